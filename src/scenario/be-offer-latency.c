/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of an offer's speed: published by its vendor, or entered. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Figures of one offer; where they are published stands beside them as "source" and "asOf". */
static const char *const members[] = { "ttftMs", "outputTokensPerSecond" };

void
be_offer_forget_source (JsonNode **root, const char *path)
{
  static const char *const facts[] = { "source", "asOf" };
  const BeInput *input = be_input_find (path);

  if (input == NULL || !g_str_has_prefix (input->pattern, "offers/?/latency/")
      || be_tree_find (*root, path) == NULL)
    return;
  g_autofree char *latency = g_path_get_dirname (path);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++) {
    g_autofree char *fact = g_strconcat (latency, "/", facts[i], NULL);
    be_tree_advance (root, be_tree_replace (*root, fact, NULL));
  }
}

static gboolean
has_figure (JsonNode *latency)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (be_tree_member (latency, members[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_allowed (const char *path, double value, GError **error)
{
  const BeInput *input = be_input_find (path);

  if (input == NULL) {
    g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_PATH,
                 _ ("%s: found no such input, allowed are the inputs of this scenario"), path);
    return FALSE;
  }
  g_autoptr (JsonNode) node = be_tree_new_number (isnan (value) ? input->minimum : value);
  return be_validate_value (input, path, node, error);
}

gboolean
be_scenario_set_latency (BeScenario *self, const char *key, const char *member, double value,
                         GError **error)
{
  g_autofree char *owner = be_path_join ("offers", key, NULL);
  g_autofree char *latency = g_strconcat (owner, "/latency", NULL);
  g_autofree char *path = g_strconcat (latency, "/", member, NULL);
  g_autoptr (JsonNode) root = NULL;

  if (!be_scenario_check_writable (self, error) || !is_allowed (path, value, error))
    return FALSE;
  root = be_tree_with_offer (self, key, error);
  if (root == NULL)
    return FALSE;
  be_offer_forget_source (&root, path);
  be_tree_advance (&root,
                   be_tree_replace (root, path, isnan (value) ? NULL : be_tree_new_number (value)));
  if (!has_figure (be_tree_find (root, latency)))
    be_tree_advance (&root, be_tree_replace (root, latency, NULL));
  return be_scenario_commit (self, g_steal_pointer (&root), error);
}

void
be_offer_renew_latency (JsonNode *snapshot, JsonObject *renewed)
{
  JsonNode *before = be_tree_member (snapshot, "latency");
  JsonNode *published = json_object_get_member (renewed, "latency");

  if (before == NULL)
    return;
  if (published == NULL || be_tree_text (before, "source") == NULL) {
    json_object_set_member (renewed, "latency", json_node_copy (before));
    return;
  }
  JsonObject *latency = be_tree_copy_members (published);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    JsonNode *entered = be_tree_member (before, members[i]);
    if (entered != NULL && !json_object_has_member (latency, members[i]))
      json_object_set_member (latency, members[i], json_node_copy (entered));
  }
  json_object_set_member (renewed, "latency", be_tree_take_object (latency));
}
