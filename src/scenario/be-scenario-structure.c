/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adds, replaces, renames and removes workloads, routes and pools, with all that refers to them. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static gboolean
unknown (GError **error, BeScenarioError code, const char *what, const char *allowed)
{
  g_set_error (error, BE_SCENARIO_ERROR, code, _ ("%s: found nothing of this name, allowed is %s"),
               what, allowed);
  return FALSE;
}

/* "Support chat" -> "support-chat", with a number when that is taken. */
static char *
new_id (JsonNode *root, const char *member, const char *name)
{
  g_autoptr (GString) base = g_string_new (NULL);
  g_autofree char *ascii = g_str_to_ascii (name, "C");
  for (const char *at = ascii; *at != '\0'; at++) {
    if (g_ascii_isalnum (*at))
      g_string_append_c (base, g_ascii_tolower (*at));
    else if (base->len > 0 && base->str[base->len - 1] != '-')
      g_string_append_c (base, '-');
  }
  while (base->len > 0 && base->str[base->len - 1] == '-')
    g_string_truncate (base, base->len - 1);
  if (base->len == 0)
    g_string_assign (base, member);
  char *id = g_strdup (base->str);
  for (guint number = 2;; number++) {
    g_autofree char *path = be_path_join (member, id, NULL);
    if (be_tree_find (root, path) == NULL)
      return id;
    g_free (id);
    id = g_strdup_printf ("%s-%u", base->str, number);
  }
}

static void
set_text (JsonObject *object, const char *member, const char *text)
{
  json_object_set_member (object, member, be_tree_new_text (text));
}

static void
set_number (JsonObject *object, const char *member, double value)
{
  json_object_set_member (object, member, be_tree_new_number (value));
}

static JsonNode *
array_of (JsonNode *only)
{
  JsonArray *array = json_array_new ();
  if (only != NULL)
    json_array_add_element (array, only);
  JsonNode *node = json_node_init_array (json_node_alloc (), array);
  json_array_unref (array);
  return node;
}

static JsonNode *
new_route (const char *key, double share)
{
  JsonObject *route = json_object_new ();
  set_text (route, "offer", key);
  set_number (route, "share", share);
  return be_tree_take_object (route);
}

/* The offer that a new workload starts with: the file's first, else the catalogue's. */
static const char *
first_offer (BeScenario *self)
{
  JsonNode *offers = be_tree_member (self->root, "offers");
  JsonObjectIter iter;
  const char *key;
  if (offers != NULL && JSON_NODE_HOLDS_OBJECT (offers)) {
    json_object_iter_init_ordered (&iter, json_node_get_object (offers));
    if (json_object_iter_next_ordered (&iter, &key, NULL))
      return key;
  }
  const BeCatalogOffer *offer = be_catalog_find_offer (self->catalog, "openai/gpt-4o-mini");
  if (offer == NULL && be_catalog_get_n_offers (self->catalog) > 0)
    offer = be_catalog_get_offer (self->catalog, 0);
  return offer != NULL ? offer->key : "";
}

static gboolean
finish (BeScenario *self, JsonNode *root, GError **error)
{
  JsonNode *complete = be_offers_complete (self->catalog, root);
  json_node_unref (root);
  return be_scenario_commit (self, complete, error);
}

char *
be_scenario_new_id (BeScenario *self, const char *array, const char *name)
{
  return new_id (self->root, array, name);
}

char *
be_scenario_add_workload (BeScenario *self, const char *name, GError **error)
{
  g_autofree char *id = new_id (self->root, "workloads", name);
  JsonObject *workload = json_object_new (), *tokens = json_object_new ();
  JsonObject *routing = json_object_new ();
  set_number (tokens, "input", 1000);
  set_number (tokens, "output", 300);
  set_text (routing, "kind", "split");
  json_object_set_member (routing, "routes", array_of (new_route (first_offer (self), 1)));
  set_text (workload, "id", id);
  set_text (workload, "name", name);
  set_number (workload, "requestsPerDay", 10000);
  json_object_set_member (workload, "tokens", be_tree_take_object (tokens));
  json_object_set_member (workload, "routing", be_tree_take_object (routing));
  JsonNode *root = be_tree_append (self->root, "workloads", be_tree_take_object (workload));
  return finish (self, root, error) ? g_steal_pointer (&id) : NULL;
}

/* The first workload that no pool serves yet, or NULL. */
static const char *
unserved_workload (JsonNode *root)
{
  JsonArray *workloads = be_tree_array (root, "workloads"), *pools = be_tree_array (root, "pools");
  for (guint w = 0; workloads != NULL && w < json_array_get_length (workloads); w++) {
    const char *id = be_tree_text (json_array_get_element (workloads, w), "id");
    gboolean is_served = FALSE;
    for (guint p = 0; pools != NULL && p < json_array_get_length (pools); p++) {
      const char *pool = be_tree_text (json_array_get_element (pools, p), "id");
      g_autofree char *path = be_path_join ("pools", pool, "serves", id, NULL);
      is_served = is_served || be_tree_find (root, path) != NULL;
    }
    if (!is_served)
      return id;
  }
  return NULL;
}

char *
be_scenario_add_pool (BeScenario *self, const char *name, GError **error)
{
  g_autofree char *id = new_id (self->root, "pools", name);
  const char *workload = unserved_workload (self->root);
  JsonObject *pool = json_object_new (), *rent = json_object_new ();
  JsonNode *entry = NULL;
  if (workload != NULL) {
    JsonObject *serves = json_object_new ();
    set_text (serves, "workload", workload);
    entry = be_tree_take_object (serves);
  }
  double price = be_catalog_gpu_price (self->catalog, "H100");
  if (isfinite (price))
    set_number (rent, "gpuHour", price);
  set_text (rent, "kind", "on-demand");
  set_text (pool, "id", id);
  set_text (pool, "name", name);
  json_object_set_member (pool, "serves", array_of (entry));
  set_text (pool, "model", "Llama-3.3-70B");
  set_text (pool, "gpu", "H100");
  set_number (pool, "gpusPerReplica", 2);
  set_text (pool, "weights", "fp8");
  set_text (pool, "kvCache", "fp8");
  json_object_set_member (pool, "rent", be_tree_take_object (rent));
  JsonNode *root = be_tree_append (self->root, "pools", be_tree_take_object (pool));
  return finish (self, root, error) ? g_steal_pointer (&id) : NULL;
}

gboolean
be_scenario_add_route (BeScenario *self, const char *workload, const char *offer_key,
                       GError **error)
{
  g_autofree char *owner = be_path_join ("workloads", workload, NULL);
  g_autofree char *path = g_strconcat (owner, "/routing/routes", NULL);
  if (be_tree_find (self->root, owner) == NULL)
    return unknown (error, BE_SCENARIO_ERROR_UNKNOWN_ID, owner, _ ("the id of a workload"));
  g_auto (GStrv) routes = be_scenario_list_routes (self, workload);
  JsonNode *route = new_route (offer_key, routes[0] == NULL ? 1 : 0);
  return finish (self, be_tree_append (self->root, path, route), error);
}

char *
be_scenario_add_provisioned (BeScenario *self, const char *workload, const char *offer_key,
                             const char *name, double unit_hour, double term_months, GError **error)
{
  g_autofree char *owner = be_path_join ("workloads", workload, NULL);
  if (be_tree_find (self->root, owner) == NULL) {
    unknown (error, BE_SCENARIO_ERROR_UNKNOWN_ID, owner, _ ("the id of a workload"));
    return NULL;
  }
  g_autofree char *id = new_id (self->root, "provisioned", name);
  JsonObject *row = json_object_new ();
  set_text (row, "id", id);
  set_text (row, "name", name);
  set_text (row, "workload", workload);
  set_text (row, "offer", offer_key);
  set_number (row, "units", 1);
  set_number (row, "unitHour", unit_hour);
  set_number (row, "tokensPerMinutePerUnit", 0);
  if (term_months > 0)
    set_number (row, "termMonths", term_months);
  if (!finish (self, be_tree_append (self->root, "provisioned", be_tree_take_object (row)), error))
    return NULL;
  return g_steal_pointer (&id);
}

typedef gboolean (*KeepFunc) (JsonNode *element, const char *what);

/* A root with only those elements of an array that are kept; the same if there is no array. */
static void
filter (JsonNode **root, const char *path, KeepFunc keep, const char *what)
{
  JsonNode *node = be_tree_find (*root, path);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  JsonArray *from = json_node_get_array (node), *to = json_array_new ();
  for (guint i = 0; i < json_array_get_length (from); i++) {
    JsonNode *element = json_array_get_element (from, i);
    if (keep (element, what))
      json_array_add_element (to, json_node_ref (element));
  }
  JsonNode *kept = json_node_init_array (json_node_alloc (), to);
  json_array_unref (to);
  be_tree_advance (root, be_tree_replace (*root, path, kept));
}

static gboolean
is_below (const char *path, const char *owner)
{
  gsize length = strlen (owner);
  return path != NULL && strncmp (path, owner, length) == 0
         && (path[length] == '/' || path[length] == '\0');
}

static gboolean
keeps_input (JsonNode *element, const char *owner)
{
  return !is_below (be_tree_text (element, "input"), owner);
}

static gboolean
keeps_correlation (JsonNode *element, const char *owner)
{
  return !is_below (be_tree_text (element, "a"), owner)
         && !is_below (be_tree_text (element, "b"), owner);
}

static gboolean
keeps_workload (JsonNode *element, const char *workload)
{
  return g_strcmp0 (be_tree_text (element, "workload"), workload) != 0;
}

static gboolean
keeps_text (JsonNode *element, const char *text)
{
  return g_strcmp0 (json_node_get_string (element), text) != 0;
}

static void
forget_workload (JsonNode **root, char **pools, const char *workload)
{
  for (char **pool = pools; *pool != NULL; pool++) {
    g_autofree char *path = be_path_join ("pools", *pool, "serves", NULL);
    filter (root, path, keeps_workload, workload);
  }
  filter (root, "provisioned", keeps_workload, workload);
}

/* Gives the removed share to the other routes in their ratios; the first of a cascade gets all. */
static void
share_out (JsonNode **root, const char *routes_path, gboolean is_cascade)
{
  g_autoptr (JsonNode) before = json_node_ref (*root);
  JsonNode *node = be_tree_find (before, routes_path);
  JsonArray *routes = json_node_get_array (node);
  guint n_routes = json_array_get_length (routes);
  double sum = 0;
  for (guint i = 0; i < n_routes; i++)
    sum += be_tree_number (json_array_get_element (routes, i), "share", 1);
  for (guint i = 0; i < n_routes; i++) {
    JsonNode *route = json_array_get_element (routes, i);
    g_autofree char *segment = be_path_escape (be_tree_text (route, "offer"));
    g_autofree char *path = g_strdup_printf ("%s/%s/share", routes_path, segment);
    double share = be_tree_number (route, "share", 1);
    double given = sum > 0 ? share / sum : 1.0 / n_routes;
    if (is_cascade)
      given = i == 0 ? 1 : share;
    if (given != share)
      be_tree_advance (root, be_tree_replace (*root, path, be_tree_new_number (given)));
  }
}

static void
forget_route (JsonNode **root, char **pools, char **segments)
{
  g_autofree char *workload = be_path_unescape (segments[1]), *key = be_path_unescape (segments[4]);
  g_autofree char *routes = g_strdup_printf ("workloads/%s/routing/routes", segments[1]);
  g_autofree char *routing = g_strdup_printf ("workloads/%s/routing", segments[1]);
  gboolean is_cascade =
      g_strcmp0 (be_tree_text (be_tree_find (*root, routing), "kind"), "cascade") == 0;
  share_out (root, routes, is_cascade);
  for (char **pool = pools; *pool != NULL; pool++) {
    g_autofree char *path = be_path_join ("pools", *pool, "serves", workload, "replaces", NULL);
    filter (root, path, keeps_text, key);
  }
}

gboolean
be_scenario_remove (BeScenario *self, const char *path, GError **error)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  g_auto (GStrv) pools = be_scenario_list_pools (self);
  guint n_segments = g_strv_length (segments);
  gboolean is_route = n_segments == 5 && strcmp (segments[0], "workloads") == 0
                      && strcmp (segments[3], "routes") == 0;
  gboolean is_entity =
      n_segments == 2
      && g_strv_contains ((const char *const[]){ "workloads", "pools", "provisioned", "gpus",
                                                 "models", "offers", NULL },
                          segments[0]);
  if (!(is_route || is_entity) || be_tree_find (self->root, path) == NULL)
    return unknown (error, BE_SCENARIO_ERROR_PATH, path,
                    _ ("a workload, route, pool, GPU, model or offer"));
  if (!is_route && strcmp (segments[0], "offers") == 0) {
    g_autofree char *key = be_path_unescape (segments[1]);
    if (!be_scenario_check_unused (self, key, error))
      return FALSE;
  }
  JsonNode *root = be_tree_replace (self->root, path, NULL);
  filter (&root, "uncertainty", keeps_input, path);
  filter (&root, "correlations", keeps_correlation, path);
  if (is_route)
    forget_route (&root, pools, segments);
  else if (strcmp (segments[0], "workloads") == 0) {
    g_autofree char *id = be_path_unescape (segments[1]);
    forget_workload (&root, pools, id);
  }
  return be_scenario_commit (self, root, error);
}

/* Paths of inputs that begin with `from` begin with `to` instead. */
static void
move_inputs (JsonNode **root, const char *array_path, const char *member, const char *from,
             const char *to)
{
  g_autoptr (JsonNode) before = json_node_ref (*root);
  JsonArray *array = be_tree_array (before, array_path);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    const char *input = be_tree_text (json_array_get_element (array, i), member);
    if (!is_below (input, from))
      continue;
    g_autofree char *moved = g_strconcat (to, input + strlen (from), NULL);
    g_autofree char *path = g_strdup_printf ("%s/%u/%s", array_path, i, member);
    be_tree_advance (root, be_tree_replace (*root, path, be_tree_new_text (moved)));
  }
}

/* A set of rates by its name is one of the offer's: it goes where the new offer has none of it. */
static void
forget_rates (BeScenario *self, JsonNode **root, const char *route, const char *key)
{
  g_autofree char *path = g_strconcat (route, "/rates", NULL);
  g_autoptr (JsonNode) offer = be_scenario_get_offer (self, key);
  const char *rates = be_tree_text (be_tree_find (*root, route), "rates");
  if (rates != NULL && offer != NULL
      && be_tree_member (be_tree_member (offer, "rateSets"), rates) == NULL)
    be_tree_advance (root, be_tree_replace (*root, path, NULL));
}

gboolean
be_scenario_set_route_offer (BeScenario *self, const char *workload, const char *old_key,
                             const char *new_key, GError **error)
{
  g_autofree char *from = be_path_join ("workloads", workload, "routing", "routes", old_key, NULL);
  g_autofree char *to = be_path_join ("workloads", workload, "routing", "routes", new_key, NULL);
  g_autofree char *path = g_strconcat (from, "/offer", NULL);
  if (be_tree_find (self->root, from) == NULL)
    return unknown (error, BE_SCENARIO_ERROR_UNKNOWN_ID, from, _ ("the offer of a route"));
  JsonNode *root = be_tree_replace (self->root, path, be_tree_new_text (new_key));
  forget_rates (self, &root, to, new_key);
  move_inputs (&root, "uncertainty", "input", from, to);
  move_inputs (&root, "correlations", "a", from, to);
  move_inputs (&root, "correlations", "b", from, to);
  g_auto (GStrv) pools = be_scenario_list_pools (self);
  for (char **pool = pools; *pool != NULL; pool++) {
    g_autofree char *list = be_path_join ("pools", *pool, "serves", workload, "replaces", NULL);
    JsonNode *replaces = be_tree_find (root, list);
    JsonArray *array = replaces != NULL ? json_node_get_array (replaces) : NULL;
    for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
      g_autofree char *element = g_strdup_printf ("%s/%u", list, i);
      if (g_strcmp0 (json_array_get_string_element (array, i), old_key) == 0)
        be_tree_advance (&root, be_tree_replace (root, element, be_tree_new_text (new_key)));
    }
  }
  return finish (self, root, error);
}

gboolean
be_scenario_rename (BeScenario *self, const char *path, const char *name, GError **error)
{
  JsonNode *node = be_tree_find (self->root, path);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return unknown (error, BE_SCENARIO_ERROR_PATH, path, _ ("a workload or pool"));
  g_autofree char *at = *path == '\0' ? g_strdup ("name") : g_strconcat (path, "/name", NULL);
  return be_scenario_commit (self, be_tree_replace (self->root, at, be_tree_new_text (name)),
                             error);
}
