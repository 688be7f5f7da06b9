/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets inputs by path: checked first, all or nothing, shares kept whole. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static gboolean
no_such_input (const char *path, GError **error)
{
  g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_PATH,
               _ ("%s: found no such input, allowed are the inputs of this scenario"), path);
  return FALSE;
}

/* Whether every id in a path names something that exists. */
static gboolean
owner_exists (JsonNode *root, const BeInput *input, const char *path)
{
  g_auto (GStrv) pattern = g_strsplit (input->pattern, "/", -1);
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  g_autoptr (GString) prefix = g_string_new (NULL);
  for (guint i = 0; pattern[i] != NULL; i++) {
    g_string_append_printf (prefix, "%s%s", i > 0 ? "/" : "", segments[i]);
    if (strcmp (pattern[i], "?") == 0 && be_tree_find (root, prefix->str) == NULL)
      return FALSE;
  }
  return TRUE;
}

/* Path of the entity that a path of a workload begins with: "workloads/chat". */
static char *
first_two (const char *path)
{
  const char *slash = strchr (path, '/');
  const char *end = slash != NULL ? strchr (slash + 1, '/') : NULL;
  return end != NULL ? g_strndup (path, (gsize) (end - path)) : g_strdup (path);
}

static void
remove_path (JsonNode **root, const char *owner, const char *rest)
{
  g_autofree char *path = g_strdup_printf ("%s/%s", owner, rest);
  if (be_tree_find (*root, path) != NULL)
    be_tree_advance (root, be_tree_replace (*root, path, NULL));
}

/* A week of weights, each by the row of one; how many they are is looked at with the rest. */
static gboolean
validate_weights (const char *path, JsonArray *weights, GError **error)
{
  for (guint i = 0; i < json_array_get_length (weights); i++) {
    g_autofree char *at = g_strdup_printf ("%s/%u", path, i);
    if (!be_validate_value (be_input_find (at), at, json_array_get_element (weights, i), error))
      return FALSE;
  }
  return TRUE;
}

/* Sets one value, taken; the other way to say how many requests goes away. */
static gboolean
apply (JsonNode **root, const char *path, JsonNode *value, GError **error)
{
  g_autoptr (JsonNode) taken = value;
  const BeInput *input = be_input_find (path);
  if (input == NULL || !owner_exists (*root, input, path))
    return no_such_input (path, error);
  gboolean is_week =
      g_str_equal (input->pattern, "workloads/?/profile") && JSON_NODE_HOLDS_ARRAY (value);
  if (is_week ? !validate_weights (path, json_node_get_array (value), error)
              : !be_validate_value (input, path, value, error))
    return FALSE;
  g_autofree char *owner = first_two (path);
  if (g_str_equal (input->pattern, "workloads/?/requestsPerDay"))
    remove_path (root, owner, "people");
  else if (g_str_has_prefix (input->pattern, "workloads/?/people/"))
    remove_path (root, owner, "requestsPerDay");
  be_tree_advance (root, be_tree_replace (*root, path, g_steal_pointer (&taken)));
  be_offer_note_entered (root, path);
  return TRUE;
}

static gboolean
is_share (const char *path)
{
  const BeInput *input = be_input_find (path);
  return input != NULL && g_str_equal (input->pattern, "workloads/?/routing/routes/?/share");
}

static char *
share_path (const char *workload, JsonNode *route)
{
  const char *key = be_tree_text (route, "offer");
  g_autofree char *segment = be_path_escape (key != NULL ? key : "");
  return g_strdup_printf ("%s/routing/routes/%s/share", workload, segment);
}

/* The routes of a split that were not set take the rest in their ratios. */
static void
rebalance (JsonNode **root, const char *workload, const char *const *set)
{
  g_autoptr (JsonNode) before = json_node_ref (*root);
  JsonNode *routing = be_tree_member (be_tree_find (before, workload), "routing");
  JsonArray *routes = be_tree_array (routing, "routes");
  guint n_routes = routes != NULL ? json_array_get_length (routes) : 0, n_free = 0;
  double fixed = 0, free_sum = 0;
  if (g_strcmp0 (be_tree_text (routing, "kind"), "cascade") == 0)
    return;
  for (guint i = 0; i < n_routes; i++) {
    JsonNode *route = json_array_get_element (routes, i);
    g_autofree char *path = share_path (workload, route);
    double share = be_tree_number (route, "share", 1);
    gboolean is_set = g_strv_contains (set, path);
    *(is_set ? &fixed : &free_sum) += share;
    n_free += is_set ? 0 : 1;
  }
  double rest = fmax (0, 1 - fixed);
  for (guint i = 0; i < n_routes && n_free > 0 && fixed <= 1; i++) {
    JsonNode *route = json_array_get_element (routes, i);
    g_autofree char *path = share_path (workload, route);
    if (g_strv_contains (set, path))
      continue;
    double share = be_tree_number (route, "share", 1);
    double scaled = free_sum > 0 ? share / free_sum * rest : rest / n_free;
    be_tree_advance (root, be_tree_replace (*root, path, be_tree_new_number (scaled)));
  }
}

/* A split becomes the cascade that answers the same requests on each route, and back. */
static void
convert (JsonNode **root, const char *workload, gboolean to_cascade)
{
  g_autoptr (JsonNode) before = json_node_ref (*root);
  JsonNode *routing = be_tree_member (be_tree_find (before, workload), "routing");
  JsonArray *routes = be_tree_array (routing, "routes");
  guint n_routes = routes != NULL ? json_array_get_length (routes) : 0;
  double reached = 1;
  for (guint i = 0; i < n_routes; i++) {
    JsonNode *route = json_array_get_element (routes, i);
    JsonNode *next = i + 1 < n_routes ? json_array_get_element (routes, i + 1) : NULL;
    double share = be_tree_number (route, "share", 1), after = 0;
    if (next != NULL)
      after = be_tree_number (next, "share", 1);
    g_autofree char *path = share_path (workload, route);
    double value = to_cascade ? reached : share - after;
    be_tree_advance (root, be_tree_replace (*root, path, be_tree_new_number (value)));
    reached = fmax (0, reached - share);
  }
}

static gboolean
sets_share_of (const char *const *set, const char *workload)
{
  for (guint i = 0; set[i] != NULL; i++) {
    g_autofree char *owner = first_two (set[i]);
    if (is_share (set[i]) && g_str_equal (owner, workload))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_cascade_at (JsonNode *root, const char *workload)
{
  JsonNode *routing = be_tree_member (be_tree_find (root, workload), "routing");
  return g_strcmp0 (be_tree_text (routing, "kind"), "cascade") == 0;
}

/* What follows from the inputs that were set: the other shares of their routings. */
static void
settle_shares (JsonNode *before, JsonNode **root, const char *const *set)
{
  for (guint i = 0; set[i] != NULL; i++) {
    g_autofree char *workload = first_two (set[i]);
    gboolean is_cascade = is_cascade_at (*root, workload);
    if (is_share (set[i]))
      rebalance (root, workload, set);
    else if (g_str_has_suffix (set[i], "/routing/kind") && !sets_share_of (set, workload)
             && is_cascade != is_cascade_at (before, workload))
      convert (root, workload, is_cascade);
  }
}

static gboolean
set_value (BeScenario *self, const char *path, JsonNode *value, GError **error)
{
  g_autoptr (JsonNode) root = json_node_ref (self->root);
  const char *const set[] = { path, NULL };
  if (!apply (&root, path, value, error))
    return FALSE;
  settle_shares (self->root, &root, set);
  return be_scenario_commit (self, g_steal_pointer (&root), error);
}

static JsonNode *
node_of_number (const BeInput *input, double value)
{
  if (input != NULL && input->type == BE_INPUT_BOOLEAN)
    return json_node_init_boolean (json_node_alloc (), value != 0);
  if (input != NULL && input->type == BE_INPUT_CHOICE && value >= 0 && value <= input->maximum)
    return be_tree_new_text (input->choices[(int) value]);
  return be_tree_new_number (value);
}

gboolean
be_scenario_set_number (BeScenario *self, const char *path, double value, GError **error)
{
  if (!be_scenario_check_writable (self, error))
    return FALSE;
  if (!isfinite (value)) {
    g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE,
                 _ ("%s: found %g, allowed is a finite number"), path, value);
    return FALSE;
  }
  return set_value (self, path, node_of_number (be_input_find (path), value), error);
}

/* A value as it stands behind "=": JSON, or bare text where a text belongs. */
static JsonNode *
parse_value (const BeInput *input, const char *path, const char *text, GError **error)
{
  gboolean takes_text = input != NULL
                        && (input->type == BE_INPUT_TEXT || input->type == BE_INPUT_CHOICE
                            || g_str_has_suffix (path, "/reserved/replicas"));
  GError *parse_error = NULL;
  JsonNode *value = be_json_parse (text, strlen (text), path, &parse_error);
  gboolean is_fitting =
      value != NULL
      && (!takes_text || input->type != BE_INPUT_TEXT
          || (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING));
  if (is_fitting || (value == NULL && !takes_text)) {
    if (value == NULL)
      g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_TYPE,
                   _ ("%s: found “%.60s”, allowed is a number"), path, text);
    g_clear_error (&parse_error);
    return value;
  }
  g_clear_error (&parse_error);
  g_clear_pointer (&value, json_node_unref);
  return be_tree_new_text (text);
}

gboolean
be_scenario_set_text (BeScenario *self, const char *path, const char *value, GError **error)
{
  if (!be_scenario_check_writable (self, error))
    return FALSE;
  const BeInput *input = be_input_find (path);
  if (input == NULL)
    return no_such_input (path, error);
  gboolean is_bare = input->type == BE_INPUT_TEXT || input->type == BE_INPUT_CHOICE;
  JsonNode *node = is_bare ? be_tree_new_text (value) : parse_value (input, path, value, error);
  return node != NULL && set_value (self, path, node, error);
}

gboolean
be_scenario_reset (BeScenario *self, const char *path, GError **error)
{
  if (!be_scenario_check_writable (self, error))
    return FALSE;
  const BeInput *input = be_input_find (path);
  if (input == NULL)
    return no_such_input (path, error);
  if (be_tree_find (self->root, path) == NULL)
    return TRUE;
  g_autoptr (JsonNode) root = json_node_ref (self->root);
  be_tree_advance (&root, be_tree_replace (root, path, NULL));
  be_offer_note_entered (&root, path);
  return be_scenario_commit (self, g_steal_pointer (&root), error);
}

gboolean
be_scenario_assign (BeScenario *self, const char *const *assignments, GError **error)
{
  if (!be_scenario_check_writable (self, error))
    return FALSE;
  g_autoptr (JsonNode) root = json_node_ref (self->root);
  g_autoptr (GPtrArray) set = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; assignments != NULL && assignments[i] != NULL; i++) {
    const char *equals = strchr (assignments[i], '=');
    if (equals == NULL)
      return no_such_input (assignments[i], error);
    char *path = g_strndup (assignments[i], (gsize) (equals - assignments[i]));
    g_ptr_array_add (set, path);
    const BeInput *input = be_input_find (path);
    if (input == NULL)
      return no_such_input (path, error);
    JsonNode *value = parse_value (input, path, equals + 1, error);
    if (value == NULL || !apply (&root, path, value, error))
      return FALSE;
  }
  g_ptr_array_add (set, NULL);
  settle_shares (self->root, &root, (const char *const *) set->pdata);
  return be_scenario_commit (self, g_steal_pointer (&root), error);
}

gboolean
be_scenario_set_profile (BeScenario *self, const char *workload, const double weights[168],
                         GError **error)
{
  JsonArray *array = json_array_sized_new (BE_WEEK_HOURS);
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    json_array_add_element (array, be_tree_new_number (weights[hour]));
  JsonNode *node = json_node_init_array (json_node_alloc (), array);
  json_array_unref (array);
  g_autofree char *path = be_path_join ("workloads", workload, "profile", NULL);
  return set_value (self, path, node, error);
}
