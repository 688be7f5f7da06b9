/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of an offer's speed: published by its vendor, or entered. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Figures of one offer; where they are published stands beside them as "source" and "asOf". */
static const char *const members[] = { "ttftMs", "outputTokensPerSecond" };

static JsonObject *
copy_object (JsonNode *node)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return copy;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (copy, name, json_node_copy (value));
  return copy;
}

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
  return node;
}

/* The offer's figures with one of them replaced; NULL when nothing is left. One that was published
 * and is entered anew is published no more. */
static JsonNode *
with_figure (JsonNode *before, const char *member, double value)
{
  JsonObject *latency = copy_object (before);
  gboolean known = FALSE;

  if (json_object_has_member (latency, member)) {
    json_object_remove_member (latency, "source");
    json_object_remove_member (latency, "asOf");
  }
  if (isnan (value))
    json_object_remove_member (latency, member);
  else
    json_object_set_member (latency, member, be_tree_new_number (value));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    known = known || json_object_has_member (latency, members[i]);
  if (known)
    return take_object (latency);
  json_object_unref (latency);
  return NULL;
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
  g_autoptr (JsonNode) offer = be_scenario_get_offer (self, key);

  if (!be_scenario_check_writable (self, error) || !is_allowed (path, value, error))
    return FALSE;
  if (offer == NULL) {
    g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID,
                 _ ("%s: there is no such offer"), owner);
    return FALSE;
  }
  g_autoptr (JsonNode) root = be_tree_replace (self->root, owner, json_node_copy (offer));
  JsonNode *figures = with_figure (be_tree_member (offer, "latency"), member, value);
  return be_scenario_commit (self, be_tree_replace (root, latency, figures), error);
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
  JsonObject *latency = copy_object (published);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    JsonNode *entered = be_tree_member (before, members[i]);
    if (entered != NULL && !json_object_has_member (latency, members[i]))
      json_object_set_member (latency, members[i], json_node_copy (entered));
  }
  json_object_set_member (renewed, "latency", take_object (latency));
}
