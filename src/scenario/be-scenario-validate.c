/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds every value of a document to its row of the input table, and says where it breaks it. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const char *const arrays[] = { "workloads",    "routes",      "pools",    "serves",
                                      "steps",        "tiers",       "windows",  "gpus",
                                      "models",       "provisioned", "later",    "uncertainty",
                                      "correlations", "ladder",      "replaces", "utc",
                                      "days",         NULL };
/* Of one array or map of the format: what looks up an id in it stays quick. */
#define MAX_ELEMENTS 5000u
/* More problems than this tell nobody more. */
#define MAX_PROBLEMS 1000u

static const char *const maps[] = { "offers", "rateSets", NULL };
/* Objects of the format that hold no row of the table. */
static const char *const texts[] = { "id",  "asOf",    "source", "from", "to", "promotionEnds",
                                     "key", "entered", NULL };

/* Every row and every prefix of one, by pattern; a prefix has a NULL value. */
static GHashTable *
patterns (void)
{
  static gsize ready = 0;
  static GHashTable *known;
  if (g_once_init_enter (&ready)) {
    known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    guint n_inputs;
    const BeInput *inputs = be_inputs (&n_inputs);
    for (guint i = 0; i < n_inputs; i++) {
      for (const char *at = strchr (inputs[i].pattern, '/'); at != NULL;
           at = strchr (at + 1, '/')) {
        char *prefix = g_strndup (inputs[i].pattern, (gsize) (at - inputs[i].pattern));
        if (!g_hash_table_contains (known, prefix))
          g_hash_table_insert (known, prefix, NULL);
        else
          g_free (prefix);
      }
      g_hash_table_insert (known, g_strdup (inputs[i].pattern), (gpointer) &inputs[i]);
    }
    g_once_init_leave (&ready, 1);
  }
  return known;
}

/* A value as the user wrote it, short enough for a message. */
static char *
describe (JsonNode *value)
{
  if (JSON_NODE_HOLDS_OBJECT (value))
    return g_strdup (_ ("an object"));
  if (JSON_NODE_HOLDS_ARRAY (value))
    return g_strdup (_ ("an array"));
  if (JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("null");
  if (be_tree_is_number (value))
    return be_json_format_double (json_node_get_double (value));
  if (json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (value) ? "true" : "false");
  return g_strdup_printf (_ ("“%.60s”"), json_node_get_string (value));
}

static char *
allowed_of (const BeInput *input)
{
  if (input->type == BE_INPUT_TEXT)
    return g_strdup (_ ("a text"));
  if (input->type == BE_INPUT_BOOLEAN)
    return g_strdup (_ ("true or false"));
  if (input->type == BE_INPUT_CHOICE) {
    g_autofree char *list = g_strjoinv (", ", (char **) input->choices);
    return g_strdup_printf (_ ("one of %s"), list);
  }
  g_autofree char *from = be_json_format_double (input->minimum);
  g_autofree char *to = be_json_format_double (input->maximum);
  return g_strdup_printf (input->type == BE_INPUT_WHOLE ? _ ("a whole number from %s to %s")
                                                        : _ ("a number from %s to %s"),
                          from, to);
}

static gboolean
is_choice (const BeInput *input, JsonNode *value)
{
  const char *text = json_node_get_string (value);
  for (guint i = 0; text != NULL && input->choices[i] != NULL; i++) {
    if (strcmp (input->choices[i], text) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_type (const BeInput *input, JsonNode *value)
{
  if (!JSON_NODE_HOLDS_VALUE (value))
    return FALSE;
  GType type = json_node_get_value_type (value);
  if (input->type == BE_INPUT_BOOLEAN)
    return type == G_TYPE_BOOLEAN;
  if (input->type == BE_INPUT_TEXT || input->type == BE_INPUT_CHOICE)
    return type == G_TYPE_STRING;
  return be_tree_is_number (value);
}

static gboolean
in_range (const BeInput *input, JsonNode *value)
{
  if (input->type == BE_INPUT_CHOICE)
    return is_choice (input, value);
  if (input->type != BE_INPUT_NUMBER && input->type != BE_INPUT_WHOLE)
    return TRUE;
  double number = json_node_get_double (value);
  return number >= input->minimum && number <= input->maximum
         && (input->type != BE_INPUT_WHOLE || number == floor (number));
}

gboolean
be_validate_value (const BeInput *input, const char *path, JsonNode *value, GError **error)
{
  gboolean is_best = JSON_NODE_HOLDS_VALUE (value)
                     && g_strcmp0 (json_node_get_string (value), "best") == 0
                     && g_str_has_suffix (input->pattern, "/reserved/replicas");
  if (is_best || (has_type (input, value) && in_range (input, value)))
    return TRUE;
  g_autofree char *found = describe (value), *allowed = allowed_of (input);
  g_set_error (error, BE_SCENARIO_ERROR,
               has_type (input, value) ? BE_SCENARIO_ERROR_RANGE : BE_SCENARIO_ERROR_TYPE,
               _ ("%s: found %s, allowed is %s"), path, found, allowed);
  return FALSE;
}

void
be_validate_problem (GPtrArray *problems, BeScenarioError code, const char *path, const char *found,
                     const char *allowed)
{
  if (problems->len < MAX_PROBLEMS)
    g_ptr_array_add (problems,
                     g_error_new (BE_SCENARIO_ERROR, code, _ ("%s: found %s, allowed is %s"), path,
                                  found, allowed));
}

static void
wrong_type (GPtrArray *problems, const char *path, JsonNode *node, const char *allowed)
{
  g_autofree char *found = describe (node);
  be_validate_problem (problems, BE_SCENARIO_ERROR_TYPE, path, found, allowed);
}

static void check_node (GPtrArray *problems, const char *path, const char *pattern,
                        const char *member, JsonNode *node);

static char *
below (const char *path, const char *segment)
{
  return *path == '\0' ? g_strdup (segment) : g_strdup_printf ("%s/%s", path, segment);
}

static gboolean
is_short (GPtrArray *problems, const char *path, guint length)
{
  g_autofree char *found = g_strdup_printf (_ ("%u elements"), length);
  g_autofree char *allowed = g_strdup_printf (_ ("at most %u"), MAX_ELEMENTS);
  if (length > MAX_ELEMENTS)
    be_validate_problem (problems, BE_SCENARIO_ERROR_RANGE, path, found, allowed);
  return length <= MAX_ELEMENTS;
}

static void
check_elements (GPtrArray *problems, const char *path, const char *pattern, const char *member,
                JsonArray *array)
{
  gboolean is_later = g_str_equal (member, "later");
  if (!is_short (problems, path, json_array_get_length (array)))
    return;
  g_autofree char *inner =
      is_later ? g_path_get_dirname (pattern) : g_strdup_printf ("%s/?", pattern);
  gboolean holds_objects = g_hash_table_contains (patterns (), inner)
                           && g_hash_table_lookup (patterns (), inner) == NULL;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);
    const char *id = be_tree_element_id (element, member);
    g_autofree char *segment = id != NULL ? be_path_escape (id) : g_strdup_printf ("%u", i);
    g_autofree char *at = below (path, segment);
    if (holds_objects && !JSON_NODE_HOLDS_OBJECT (element))
      wrong_type (problems, at, element, _ ("an object"));
    else
      check_node (problems, at, inner, "", element);
  }
}

static void
check_members (GPtrArray *problems, const char *path, const char *pattern, const char *member,
               JsonObject *object)
{
  gboolean is_map = g_strv_contains (maps, member);
  if (is_map && !is_short (problems, path, json_object_get_size (object)))
    return;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    g_autofree char *segment = be_path_escape (name);
    g_autofree char *at = below (path, segment);
    g_autofree char *inner = below (pattern, is_map ? "?" : name);
    check_node (problems, at, inner, is_map ? "" : name, value);
  }
}

/* Whether the format has this member here although the table has no row below it. */
static gboolean
is_plain_array (const char *pattern, const char *member)
{
  if (g_strv_contains ((const char *const[]){ "uncertainty", "correlations", "ladder", NULL },
                       pattern))
    return TRUE;
  return (g_str_equal (member, "later") && g_str_equal (pattern, "offers/?/later"))
         || g_str_equal (pattern, "pools/?/serves/?/replaces")
         || g_str_equal (pattern, "offers/?/windows/?/utc")
         || g_str_equal (pattern, "offers/?/windows/?/days");
}

static gboolean
is_plain_text (const char *pattern, const char *member)
{
  g_autofree char *owner = g_path_get_dirname (pattern);
  return (g_strv_contains (texts, member) && g_hash_table_contains (patterns (), owner))
         || g_str_equal (pattern, "format");
}

/* A rate set has the same keys as its offer: what it has no row for is the offer's. */
static const char *
pattern_of_set (const char *pattern)
{
  static const char set[] = "offers/?/rateSets/?/";
  gpointer row;
  if (!g_str_has_prefix (pattern, set)
      || g_hash_table_lookup_extended (patterns (), pattern, NULL, &row))
    return NULL;
  return pattern + strlen (set);
}

static void
check_node (GPtrArray *problems, const char *path, const char *pattern, const char *member,
            JsonNode *node)
{
  gpointer row;
  const char *of_offer = pattern_of_set (pattern);
  if (of_offer != NULL) {
    g_autofree char *plain = g_strdup_printf ("offers/?/%s", of_offer);
    check_node (problems, path, plain, member, node);
    return;
  }
  gboolean is_known = g_hash_table_lookup_extended (patterns (), pattern, NULL, &row);
  gboolean is_plain = !is_known && is_plain_array (pattern, member);
  gboolean is_weights =
      g_str_equal (pattern, "workloads/?/profile") && JSON_NODE_HOLDS_ARRAY (node);
  if (is_plain || is_weights || (is_known && row == NULL && g_strv_contains (arrays, member))) {
    if (JSON_NODE_HOLDS_ARRAY (node))
      check_elements (problems, path, pattern, member, json_node_get_array (node));
    else
      wrong_type (problems, path, node, _ ("an array"));
    return;
  }
  if (is_known && row != NULL) {
    GError *error = NULL;
    if (problems->len < MAX_PROBLEMS && !be_validate_value (row, path, node, &error))
      g_ptr_array_add (problems, error);
    return;
  }
  if (is_known && JSON_NODE_HOLDS_OBJECT (node))
    check_members (problems, path, pattern, member, json_node_get_object (node));
  else if (is_known)
    wrong_type (problems, path, node, _ ("an object"));
  else if (is_plain_text (pattern, member)
           && (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING))
    wrong_type (problems, path, node, _ ("a text"));
}

/* The format's name and version; FALSE when nothing else is worth a look. */
static gboolean
check_head (JsonNode *root, GPtrArray *problems)
{
  if (!JSON_NODE_HOLDS_OBJECT (root)) {
    g_autofree char *found = describe (root);
    be_validate_problem (problems, BE_SCENARIO_ERROR_FORMAT, "format", found,
                         "{ \"format\": \"breakeven-scenario\" }");
    return FALSE;
  }
  const char *format = be_tree_text (root, "format");
  if (g_strcmp0 (format, "breakeven-scenario") != 0) {
    be_validate_problem (problems, BE_SCENARIO_ERROR_FORMAT, "format",
                         format != NULL ? format : _ ("nothing"), "“breakeven-scenario”");
    return FALSE;
  }
  JsonNode *version = be_tree_member (root, "version");
  double number = be_tree_number (root, "version", NAN);
  if (number >= 1 && number == floor (number))
    return TRUE;
  g_autofree char *found = version != NULL ? describe (version) : g_strdup (_ ("nothing"));
  be_validate_problem (problems, BE_SCENARIO_ERROR_VERSION, "version", found,
                       _ ("a whole number from 1"));
  return FALSE;
}

void
be_validate_document (BeCatalog *catalog, JsonNode *root, GPtrArray *problems)
{
  if (!check_head (root, problems))
    return;
  check_members (problems, "", "", "", json_node_get_object (root));
  if (problems->len == 0)
    be_validate_relations (catalog, root, problems);
}

/* Path of an input to the pointer of a position: ids become indices, escapes are the same. */
static char *
pointer_of (JsonNode *root, const char *path)
{
  GString *pointer = g_string_new (NULL);
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  JsonNode *node = root;
  const char *member = "";
  for (char **at = segments; *at != NULL && node != NULL; member = *at++) {
    g_autofree char *id = be_path_unescape (*at);
    if (!JSON_NODE_HOLDS_ARRAY (node)) {
      node = be_tree_member (node, id);
      if (node != NULL)
        g_string_append_printf (pointer, "/%s", *at);
      continue;
    }
    JsonArray *array = json_node_get_array (node);
    guint length = json_array_get_length (array), index = length;
    for (guint i = 0; i < length && index == length; i++) {
      const char *found = be_tree_element_id (json_array_get_element (array, i), member);
      if (found != NULL ? g_str_equal (found, id) : g_ascii_strtoull (id, NULL, 10) == i)
        index = i;
    }
    node = index < length ? json_array_get_element (array, index) : NULL;
    if (node != NULL)
      g_string_append_printf (pointer, "/%u", index);
  }
  return g_string_free (pointer, FALSE);
}

void
be_validate_locate (GError *problem, JsonNode *root, BeJsonPositions *positions, const char *name)
{
  const char *end = strstr (problem->message, ": ");
  if (problem->domain != BE_SCENARIO_ERROR || end == NULL)
    return;
  g_autofree char *path = g_strndup (problem->message, (gsize) (end - problem->message));
  g_autofree char *pointer = pointer_of (root, path);
  guint line = 1;
  while (!be_json_positions_find (positions, pointer, &line, NULL) && *pointer != '\0')
    *strrchr (pointer, '/') = '\0'; /* a value that is missing: where its owner begins */
  char *message = g_strdup_printf ("%s:%u: %s", name, line, problem->message);
  g_free (problem->message);
  problem->message = message;
}
