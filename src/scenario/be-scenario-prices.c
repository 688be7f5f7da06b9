/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The price snapshot against the catalogue: what drifted, taking it over, offers of one's own. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What a user adds to an offer; a price list knows nothing of it. */
static const char *const user_members[] = { "discount", "commitment", "training" };
/* What is the list's when it has it, and stays otherwise. */
static const char *const shared_members[] = { "name", "limits", "rateSets", "contextWindow",
                                              "maxOutput" };

static void
drift_free (gpointer data)
{
  BeDrift *drift = data;
  g_free (drift->key);
  g_ptr_array_unref (drift->rates);
  g_free (drift);
}

static gboolean
is_own (JsonNode *offer)
{
  JsonNode *own = be_tree_member (offer, "own");
  return own != NULL && JSON_NODE_HOLDS_VALUE (own)
         && json_node_get_value_type (own) == G_TYPE_BOOLEAN && json_node_get_boolean (own);
}

static void
copy_member (JsonNode *from, const char *name, JsonObject *to)
{
  JsonNode *node = be_tree_member (from, name);
  if (node != NULL)
    json_object_set_member (to, name, json_node_copy (node));
}

/* The catalogue's offer with what the user added to the snapshot's. NULL: nothing to take over. */
static JsonNode *
renewed (BeCatalog *catalog, const char *key, JsonNode *snapshot, gboolean even_older)
{
  const BeCatalogOffer *known = be_catalog_find_offer (catalog, key);
  if (known == NULL || is_own (snapshot))
    return NULL;
  const char *as_of = be_tree_text (snapshot, "asOf");
  const char *dated = known->as_of != NULL ? known->as_of : known->catalog_as_of;
  if (!even_older && as_of != NULL && strcmp (as_of, dated) > 0)
    return NULL;
  JsonNode *offer = be_catalog_offer_to_scenario (known, NULL);
  if (offer == NULL)
    return NULL;
  JsonObject *object = json_node_get_object (offer);
  for (guint i = 0; i < G_N_ELEMENTS (user_members); i++)
    copy_member (snapshot, user_members[i], object);
  be_offer_renew_latency (snapshot, object);
  for (guint i = 0; i < G_N_ELEMENTS (shared_members); i++)
    if (!json_object_has_member (object, shared_members[i]))
      copy_member (snapshot, shared_members[i], object);
  return offer;
}

GPtrArray *
be_scenario_list_drift (BeScenario *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (drift_free);
  JsonNode *offers = be_tree_member (self->root, "offers");
  JsonObjectIter iter;
  const char *key;
  JsonNode *snapshot;

  if (offers == NULL || !JSON_NODE_HOLDS_OBJECT (offers) || self->catalog == NULL)
    return list;
  json_object_iter_init_ordered (&iter, json_node_get_object (offers));
  while (json_object_iter_next_ordered (&iter, &key, &snapshot)) {
    g_autoptr (JsonNode) offer = renewed (self->catalog, key, snapshot, FALSE);
    if (offer == NULL)
      continue;
    g_autoptr (GPtrArray) rates = be_offer_changes (snapshot, offer);
    if (rates->len == 0)
      continue;
    BeDrift *drift = g_new (BeDrift, 1);
    *drift = (BeDrift){ g_strdup (key), g_steal_pointer (&rates) };
    g_ptr_array_add (list, drift);
  }
  return list;
}

/* What no file could hold would be lost when it is opened again. */
static gboolean
can_be_kept (const char *key, JsonNode *offer, GError **error)
{
  g_autoptr (GPtrArray) numbers = be_offer_changes (NULL, offer);
  g_autofree char *path = be_path_join ("offers", key, NULL);

  for (guint i = 0; i < numbers->len; i++) {
    const BeRateChange *number = numbers->pdata[i];
    g_autofree char *full = g_strconcat (path, "/", number->path, NULL);
    const BeInput *input = be_input_find (full);
    if (input == NULL || !(number->after > input->maximum))
      continue;
    g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE,
                 _ ("%s: found %.15g, at most %.15g is allowed"), full, number->after,
                 input->maximum);
    return FALSE;
  }
  return TRUE;
}

/* A root with the prices of `catalog` for every offer of the snapshot that `from` has; older ones
 * than the snapshot's only when they are `even_older`. NULL and error when a price cannot be kept.
 */
static JsonNode *
take_prices (BeScenario *self, BeCatalog *catalog, BeCatalog *from, gboolean even_older,
             GError **error)
{
  JsonNode *root = json_node_ref (self->root);
  JsonNode *offers = be_tree_member (self->root, "offers");
  JsonObjectIter iter;
  const char *key;
  JsonNode *snapshot;

  if (offers == NULL || !JSON_NODE_HOLDS_OBJECT (offers))
    return root;
  json_object_iter_init_ordered (&iter, json_node_get_object (offers));
  while (json_object_iter_next_ordered (&iter, &key, &snapshot)) {
    if (be_catalog_find_offer (from, key) == NULL)
      continue;
    JsonNode *offer = renewed (catalog, key, snapshot, even_older);
    if (offer == NULL)
      continue;
    if (!can_be_kept (key, offer, error)) {
      json_node_unref (offer);
      json_node_unref (root);
      return NULL;
    }
    g_autofree char *path = be_path_join ("offers", key, NULL);
    be_tree_advance (&root, be_tree_replace (root, path, offer));
  }
  const char *date = be_tree_text (root, "pricesAsOf");
  if (date != NULL && strcmp (date, be_catalog_get_as_of (catalog)) < 0)
    be_tree_advance (&root, be_tree_replace (root, "pricesAsOf",
                                             be_tree_new_text (be_catalog_get_as_of (catalog))));
  return root;
}

gboolean
be_scenario_apply_drift (BeScenario *self, GError **error)
{
  JsonNode *root = take_prices (self, self->catalog, self->catalog, FALSE, error);
  return root != NULL && be_scenario_commit (self, root, error);
}

gboolean
be_scenario_import_offers (BeScenario *self, BeCatalog *offers, GError **error)
{
  g_autoptr (BeCatalog) merged = be_catalog_new_merged (self->catalog, offers);
  JsonNode *root = take_prices (self, merged, offers, TRUE, error);
  return root != NULL && be_scenario_commit_with (self, root, merged, error);
}

JsonNode *
be_scenario_get_offer (BeScenario *self, const char *key)
{
  JsonNode *snapshot = be_tree_member (be_tree_member (self->root, "offers"), key);
  if (snapshot != NULL)
    return json_node_copy (snapshot);
  const BeCatalogOffer *offer = be_catalog_find_offer (self->catalog, key);
  return offer != NULL
             ? be_catalog_offer_to_scenario (offer, be_tree_text (self->root, "pricesAsOf"))
             : NULL;
}

JsonNode *
be_tree_with_offer (BeScenario *self, const char *key, GError **error)
{
  g_autofree char *path = be_path_join ("offers", key, NULL);
  if (be_tree_find (self->root, path) != NULL)
    return json_node_ref (self->root);
  JsonNode *offer = be_scenario_get_offer (self, key);
  if (offer != NULL)
    return be_tree_replace (self->root, path, offer);
  g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID,
               _ ("%s: there is no such offer"), path);
  return NULL;
}

gboolean
be_scenario_is_own_offer (BeScenario *self, const char *key)
{
  JsonNode *offer = be_tree_member (be_tree_member (self->root, "offers"), key);
  return offer != NULL && (be_catalog_find_offer (self->catalog, key) == NULL || is_own (offer));
}

static char *
new_key (BeScenario *self, const char *name)
{
  g_autoptr (GString) id = g_string_new (NULL);
  g_autofree char *ascii = g_str_to_ascii (name, "C");
  for (const char *at = ascii; *at != '\0'; at++) {
    if (g_ascii_isalnum (*at) || *at == '.')
      g_string_append_c (id, g_ascii_tolower (*at));
    else if (id->len > 0 && id->str[id->len - 1] != '-')
      g_string_append_c (id, '-');
  }
  if (id->len == 0)
    g_string_assign (id, "offer");
  for (guint number = 1;; number++) {
    char *key = number == 1 ? g_strdup_printf ("own/%s", id->str)
                            : g_strdup_printf ("own/%s-%u", id->str, number);
    g_autoptr (JsonNode) taken = be_scenario_get_offer (self, key);
    if (taken == NULL)
      return key;
    g_free (key);
  }
}

static JsonNode *
true_node (void)
{
  return json_node_init_boolean (json_node_alloc (), TRUE);
}

static JsonObject *
new_offer (BeScenario *self, const char *like)
{
  g_autoptr (JsonNode) offer = like != NULL ? be_scenario_get_offer (self, like) : NULL;
  if (offer != NULL)
    return be_tree_copy_members (offer);
  JsonObject *object = json_object_new ();
  json_object_set_member (object, "input", be_tree_new_number (1));
  json_object_set_member (object, "output", be_tree_new_number (4));
  return object;
}

char *
be_scenario_add_offer (BeScenario *self, const char *like, const char *name, GError **error)
{
  g_autofree char *key = new_key (self, name);
  g_autofree char *path = be_path_join ("offers", key, NULL);
  JsonObject *object = new_offer (self, like);
  json_object_set_member (object, "provider", be_tree_new_text ("own"));
  json_object_set_member (object, "name", be_tree_new_text (name));
  json_object_set_member (object, "own", true_node ());
  json_object_remove_member (object, "source");
  json_object_remove_member (object, "later");
  JsonNode *offer = be_tree_take_object (object);
  if (!be_scenario_commit (self, be_tree_replace (self->root, path, offer), error))
    return NULL;
  return g_steal_pointer (&key);
}

gboolean
be_scenario_own_offer (BeScenario *self, const char *key, GError **error)
{
  g_autofree char *own = be_path_join ("offers", key, "own", NULL);
  g_autoptr (JsonNode) root = be_tree_with_offer (self, key, error);
  return root != NULL
         && be_scenario_commit (self, be_tree_replace (root, own, true_node ()), error);
}
