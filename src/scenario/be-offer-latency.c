/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of an offer's speed: published by its vendor, or entered. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Figures of one offer. Where they are published stands beside them as "source" and "asOf", and as
 * "entered" the one that the user added to a published one. */
static const char *const members[] = { "ttftMs", "outputTokensPerSecond" };
#define N_MEMBERS G_N_ELEMENTS (members)

static gboolean
is_entered (JsonNode *latency, const char *member)
{
  return be_tree_text (latency, "source") == NULL
         || g_strcmp0 (be_tree_text (latency, "entered"), member) == 0;
}

/* The figures, taken, as a node; a source stays while one of them is of it. NULL without any. */
static JsonNode *
take_figures (JsonObject *latency, const gboolean entered[N_MEMBERS])
{
  const char *name = NULL;
  gboolean is_published = FALSE;

  for (guint i = 0; i < N_MEMBERS; i++)
    if (json_object_has_member (latency, members[i])) {
      is_published = is_published || !entered[i];
      name = entered[i] ? members[i] : name;
    }
  json_object_remove_member (latency, "entered");
  if (!is_published) {
    json_object_remove_member (latency, "source");
    json_object_remove_member (latency, "asOf");
  } else if (name != NULL) {
    json_object_set_string_member (latency, "entered", name);
  }
  if (is_published || name != NULL)
    return be_tree_take_object (latency);
  json_object_unref (latency);
  return NULL;
}

void
be_offer_note_entered (JsonNode **root, const char *path)
{
  static const char below[] = "offers/?/latency/";
  const BeInput *input = be_input_find (path);
  gboolean entered[N_MEMBERS];

  if (input == NULL || !g_str_has_prefix (input->pattern, below))
    return;
  g_autofree char *owner = g_path_get_dirname (path);
  JsonNode *before = be_tree_find (*root, owner);
  if (before == NULL)
    return;
  for (guint i = 0; i < N_MEMBERS; i++)
    entered[i] = strcmp (members[i], input->pattern + strlen (below)) == 0
                 || is_entered (before, members[i]);
  JsonNode *figures = take_figures (be_tree_copy_members (before), entered);
  be_tree_advance (root, be_tree_replace (*root, owner, figures));
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
  g_autofree char *path = g_strconcat (owner, "/latency/", member, NULL);
  g_autoptr (JsonNode) root = NULL;

  if (!be_scenario_check_writable (self, error) || !is_allowed (path, value, error))
    return FALSE;
  root = be_tree_with_offer (self, key, error);
  if (root == NULL)
    return FALSE;
  be_tree_advance (&root,
                   be_tree_replace (root, path, isnan (value) ? NULL : be_tree_new_number (value)));
  be_offer_note_entered (&root, path);
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
  gboolean entered[N_MEMBERS] = { FALSE };
  for (guint i = 0; i < N_MEMBERS; i++) {
    JsonNode *figure = be_tree_member (before, members[i]);
    entered[i] =
        figure != NULL
        && (is_entered (before, members[i]) || !json_object_has_member (latency, members[i]));
    if (entered[i])
      json_object_set_member (latency, members[i], json_node_copy (figure));
  }
  json_object_set_member (renewed, "latency", take_figures (latency, entered));
}
