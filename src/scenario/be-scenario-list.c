/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a document: its inputs, entities, their names, and what differs from another. */
#include "scenario/be-scenario-private.h"

#include <string.h>

/* Adds every concrete path of the pattern's segments below a node. */
static void
expand (GPtrArray *paths, const char *path, const char *member, char **pattern, JsonNode *node)
{
  if (*pattern == NULL) {
    g_ptr_array_add (paths, g_strdup (path));
    return;
  }
  const char *slash = *path == '\0' ? "" : "/";
  if (strcmp (*pattern, "?") != 0) {
    g_autofree char *below = g_strconcat (path, slash, *pattern, NULL);
    expand (paths, below, *pattern, pattern + 1, be_tree_member (node, *pattern));
    return;
  }
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    for (guint i = 0; i < json_array_get_length (array); i++) {
      JsonNode *element = json_array_get_element (array, i);
      const char *id = be_tree_element_id (element, member);
      g_autofree char *segment = id != NULL ? be_path_escape (id) : g_strdup_printf ("%u", i);
      g_autofree char *below = g_strconcat (path, slash, segment, NULL);
      expand (paths, below, "", pattern + 1, element);
    }
  } else if (node != NULL && JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObjectIter iter;
    const char *name;
    JsonNode *value;
    json_object_iter_init_ordered (&iter, json_node_get_object (node));
    while (json_object_iter_next_ordered (&iter, &name, &value)) {
      g_autofree char *segment = be_path_escape (name);
      g_autofree char *below = g_strconcat (path, slash, segment, NULL);
      expand (paths, below, "", pattern + 1, value);
    }
  }
}

GPtrArray *
be_scenario_list_inputs (BeScenario *self, BeGroup group)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  guint n_inputs;
  const BeInput *inputs = be_inputs (&n_inputs);
  for (guint i = 0; i < n_inputs; i++) {
    g_auto (GStrv) pattern = g_strsplit (inputs[i].pattern, "/", -1);
    if (group == BE_N_GROUPS || inputs[i].group == group)
      expand (paths, "", "", pattern, self->root);
  }
  return paths;
}

char *
be_scenario_get_entity_name (BeScenario *self, const char *path)
{
  JsonNode *node = be_tree_find (self->root, path);
  const char *name = be_tree_text (node, "name"), *offer = be_tree_text (node, "offer");
  if (name == NULL && offer != NULL)
    name = be_tree_text (be_tree_member (be_tree_member (self->root, "offers"), offer), "name");
  if (name != NULL && *name != '\0')
    return g_strdup (name);
  const char *slash = strrchr (path, '/');
  return be_path_unescape (slash != NULL ? slash + 1 : path);
}

char *
be_scenario_describe_owner (BeScenario *self, const char *path)
{
  static const char *const entities[] = { "workloads", "pools",  "offers", "provisioned",
                                          "gpus",      "models", NULL };
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  guint n_segments = g_strv_length (segments);
  if (n_segments < 2 || !g_strv_contains ((const char *const *) entities, segments[0]))
    return g_strdup ("");
  gboolean is_route = n_segments > 4 && strcmp (segments[0], "workloads") == 0
                      && strcmp (segments[3], "routes") == 0;
  for (guint i = is_route ? 5 : 2; i < n_segments; i++)
    g_clear_pointer (&segments[i], g_free);
  g_autofree char *owner = g_strjoinv ("/", segments);
  return be_scenario_get_entity_name (self, owner);
}

static char **
list_ids (JsonNode *node, const char *member)
{
  GPtrArray *ids = g_ptr_array_new ();
  JsonArray *array = be_tree_array (node, member);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    const char *id = be_tree_element_id (json_array_get_element (array, i), member);
    if (id != NULL)
      g_ptr_array_add (ids, g_strdup (id));
  }
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (ids, FALSE);
}

char **
be_scenario_list_ids (BeScenario *self, const char *array)
{
  return list_ids (self->root, array);
}

char **
be_scenario_list_provisioned (BeScenario *self)
{
  return list_ids (self->root, "provisioned");
}

char **
be_scenario_list_workloads (BeScenario *self)
{
  return list_ids (self->root, "workloads");
}

char **
be_scenario_list_pools (BeScenario *self)
{
  return list_ids (self->root, "pools");
}

char **
be_scenario_list_routes (BeScenario *self, const char *workload)
{
  g_autofree char *path = be_path_join ("workloads", workload, "routing", NULL);
  return list_ids (be_tree_find (self->root, path), "routes");
}

static void
difference_free (gpointer data)
{
  BeDifference *difference = data;
  g_free (difference->path);
  g_free (difference->before);
  g_free (difference->after);
  g_free (difference);
}

static char *
json_text (JsonNode *node)
{
  if (node == NULL)
    return NULL;
  char *text = be_json_write (node, NULL);
  return g_strchomp (text);
}

static void
add_difference (GPtrArray *differences, BeScenario *a, BeScenario *b, const char *path)
{
  JsonNode *before = be_tree_find (a->root, path), *after = be_tree_find (b->root, path);
  if (before == after || (before != NULL && after != NULL && json_node_equal (before, after)))
    return;
  BeDifference *difference = g_new0 (BeDifference, 1);
  difference->path = g_strdup (path);
  difference->before = json_text (before);
  difference->after = json_text (after);
  g_ptr_array_add (differences, difference);
}

GPtrArray *
be_scenario_diff (BeScenario *a, BeScenario *b)
{
  GPtrArray *differences = g_ptr_array_new_with_free_func (difference_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ours = be_scenario_list_inputs (a, BE_N_GROUPS);
  g_autoptr (GPtrArray) theirs = be_scenario_list_inputs (b, BE_N_GROUPS);
  for (guint i = 0; i < ours->len + theirs->len; i++) {
    char *path = i < ours->len ? ours->pdata[i] : theirs->pdata[i - ours->len];
    if (g_hash_table_add (seen, path))
      add_difference (differences, a, b, path);
  }
  return differences;
}
