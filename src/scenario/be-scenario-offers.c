/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who uses an offer, and what becomes of them when it goes. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static void
add_routes (GPtrArray *users, BeScenario *self, const char *key)
{
  g_auto (GStrv) workloads = be_scenario_list_workloads (self);

  for (guint w = 0; workloads[w] != NULL; w++) {
    char *path = be_path_join ("workloads", workloads[w], "routing", "routes", key, NULL);
    if (be_tree_find (self->root, path) != NULL)
      g_ptr_array_add (users, path);
    else
      g_free (path);
  }
}

/* Elements of a top-level array whose `member` names the offer. */
static void
add_elements (GPtrArray *users, BeScenario *self, const char *array, const char *member,
              const char *key)
{
  g_auto (GStrv) ids = be_scenario_list_ids (self, array);

  for (guint i = 0; ids[i] != NULL; i++) {
    char *path = be_path_join (array, ids[i], NULL);
    if (g_strcmp0 (be_tree_text (be_tree_find (self->root, path), member), key) == 0)
      g_ptr_array_add (users, path);
    else
      g_free (path);
  }
}

char **
be_scenario_list_offer_users (BeScenario *self, const char *key)
{
  GPtrArray *users = g_ptr_array_new ();

  add_routes (users, self, key);
  add_elements (users, self, "pools", "overflow", key);
  add_elements (users, self, "provisioned", "offer", key);
  g_ptr_array_add (users, NULL);
  return (char **) g_ptr_array_free (users, FALSE);
}

char *
be_scenario_describe_offer_users (BeScenario *self, const char *key)
{
  g_auto (GStrv) users = be_scenario_list_offer_users (self, key);
  GString *names = g_string_new (NULL);

  for (guint i = 0; users[i] != NULL; i++) {
    /* The route's own name would be the offer's: what counts is whose route it is. */
    g_auto (GStrv) segments = g_strsplit (users[i], "/", 3);
    g_autofree char *owner = g_strjoin ("/", segments[0], segments[1], NULL);
    g_autofree char *name = be_scenario_get_entity_name (self, owner);
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
  }
  return g_string_free (names, names->len == 0);
}

gboolean
be_scenario_check_unused (BeScenario *self, const char *key, GError **error)
{
  g_autofree char *users = be_scenario_describe_offer_users (self, key);
  g_autofree char *path = be_path_join ("offers", key, NULL);

  if (users != NULL)
    g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_IN_USE,
                 /* Translators: a path, names of workloads, pools and provisioned units. */
                 _ ("%s: found in use by %s, allowed is an offer that nothing uses"), path, users);
  return users == NULL;
}

static double
share_of_route (BeScenario *self, const char *workload, const char *key)
{
  g_autofree char *path =
      be_path_join ("workloads", workload, "routing", "routes", key, "share", NULL);

  return be_scenario_get_number (self, path);
}

/* A pool that takes the requests of `from` but not of `to` goes on with as many of what both
 * become. */
static gboolean
move_served (BeScenario *self, const char *pool, const char *workload, const char *from,
             const char *to, GError **error)
{
  g_autofree char *path = be_path_join ("pools", pool, "serves", workload, NULL);
  g_autofree char *share = g_strconcat (path, "/share", NULL);
  JsonNode *serves = be_tree_find (self->root, path);
  JsonArray *replaces = serves != NULL ? be_tree_array (serves, "replaces") : NULL;
  guint n = replaces != NULL ? json_array_get_length (replaces) : 0, at = n;
  double sum = 0, added = share_of_route (self, workload, to);

  for (guint i = 0; i < n; i++) {
    const char *key = json_array_get_string_element (replaces, i);
    if (g_strcmp0 (key, to) == 0)
      return TRUE;
    if (g_strcmp0 (key, from) == 0)
      at = i;
    sum += share_of_route (self, workload, key);
  }
  if (at == n)
    return TRUE;
  g_autofree char *element = g_strdup_printf ("%s/replaces/%u", path, at);
  double part = be_scenario_get_number (self, share);
  return be_scenario_commit (self, be_tree_replace (self->root, element, be_tree_new_text (to)),
                             error)
         && (!(sum + added > 0)
             || be_scenario_set_number (self, share, part * sum / (sum + added), error));
}

/* The removed route's requests go to `to`, which is on the routing already. */
static gboolean
merge_routes (BeScenario *self, const char *workload, const char *from, const char *to,
              GError **error)
{
  g_autofree char *old = be_path_join ("workloads", workload, "routing", "routes", from, NULL);
  g_autofree char *share =
      be_path_join ("workloads", workload, "routing", "routes", to, "share", NULL);
  g_autofree char *kind = be_path_join ("workloads", workload, "routing", "kind", NULL);
  g_autofree char *old_share = g_strconcat (old, "/share", NULL);
  g_autofree char *routing = be_scenario_get_text (self, kind);
  double sum = be_scenario_get_number (self, old_share) + be_scenario_get_number (self, share);

  g_auto (GStrv) pools = be_scenario_list_pools (self);
  for (char **pool = pools; *pool != NULL; pool++)
    if (!move_served (self, *pool, workload, from, to, error))
      return FALSE;
  if (!be_scenario_remove (self, old, error))
    return FALSE;
  if (g_strcmp0 (routing, "cascade") == 0)
    return TRUE; /* a cascade's share is what reaches a route: it stays */
  return be_scenario_set_number (self, share, MIN (sum, 1), error);
}

static gboolean
replace_user (BeScenario *self, const char *user, const char *from, const char *to, GError **error)
{
  g_auto (GStrv) segments = g_strsplit (user, "/", -1);
  g_autofree char *id = be_path_unescape (segments[1]);
  gboolean is_pool = strcmp (segments[0], "pools") == 0;
  g_autofree char *member = g_strconcat (user, is_pool ? "/overflow" : "/offer", NULL);

  if (strcmp (segments[0], "workloads") != 0)
    return be_scenario_commit (self, be_tree_replace (self->root, member, be_tree_new_text (to)),
                               error);
  g_autofree char *other = be_path_join ("workloads", id, "routing", "routes", to, NULL);
  if (be_tree_find (self->root, other) != NULL)
    return merge_routes (self, id, from, to, error);
  return be_scenario_set_route_offer (self, id, from, to, error);
}

/* The snapshot holds what is used; a commit refuses names that it does not hold. */
static gboolean
keep_snapshot (BeScenario *self, const char *key, GError **error)
{
  JsonNode *root = be_tree_with_offer (self, key, error);

  return root != NULL && be_scenario_commit (self, root, error);
}

static gboolean
replace_users (BeScenario *self, const char *key, const char *instead, GError **error)
{
  g_auto (GStrv) users = be_scenario_list_offer_users (self, key);

  if (users[0] != NULL && !keep_snapshot (self, instead, error))
    return FALSE;
  for (guint i = 0; users[i] != NULL; i++)
    if (!replace_user (self, users[i], key, instead, error))
      return FALSE;
  return TRUE;
}

gboolean
be_scenario_remove_offer (BeScenario *self, const char *key, const char *instead, GError **error)
{
  g_autofree char *path = be_path_join ("offers", key, NULL);
  g_autofree char *name = be_scenario_get_entity_name (self, path);
  g_autofree char *label = g_strdup_printf (_ ("Remove %s"), name);
  g_autoptr (JsonNode) before = json_node_ref (self->root);
  gboolean is_done;

  if (!be_scenario_check_writable (self, error))
    return FALSE;
  be_scenario_begin_gesture (self, label);
  is_done = (instead == NULL || replace_users (self, key, instead, error))
            && be_scenario_remove (self, path, error);
  if (!is_done && self->root != before)
    be_scenario_replace (self, before);
  be_scenario_end_gesture (self);
  return is_done;
}

gboolean
be_scenario_restore_offer (BeScenario *self, const char *key, GError **error)
{
  const BeCatalogOffer *known = be_catalog_find_offer (self->catalog, key);
  g_autofree char *path = be_path_join ("offers", key, NULL);
  JsonNode *offer =
      known != NULL ? be_catalog_offer_to_scenario (known, be_tree_text (self->root, "pricesAsOf"))
                    : NULL;

  if (offer == NULL || be_tree_find (self->root, path) == NULL) {
    g_clear_pointer (&offer, json_node_unref);
    g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID,
                 _ ("%s: the catalogue has no such offer"), path);
    return FALSE;
  }
  return be_scenario_commit (self, be_tree_replace (self->root, path, offer), error);
}

/* What a first training of a small model costs, so that there is something to compare until the
 * user has entered the real figures. */
#define TRAINING_USD 1000
#define TRAINING_LIFE_MONTHS 6

static gboolean
mark_fine_tuned (BeScenario *self, const char *workload, const char *key, GError **error)
{
  g_autofree char *offer = be_path_join ("offers", key, NULL);
  g_autofree char *cost = g_strconcat (offer, "/training/cost", NULL);
  g_autofree char *life = g_strconcat (offer, "/training/lifeMonths", NULL);
  g_autofree char *flag =
      be_path_join ("workloads", workload, "routing", "routes", key, "fineTuned", NULL);

  return be_scenario_set_number (self, cost, TRAINING_USD, error)
         && be_scenario_set_number (self, life, TRAINING_LIFE_MONTHS, error)
         && be_scenario_add_route (self, workload, key, error)
         && be_scenario_set_number (self, flag, 1, error);
}

/* The offer on a route whose output is the cheapest; NULL and error when there is no route. */
static char *
find_small_model (BeScenario *self, const char *workload, GError **error)
{
  g_autofree char *path = be_path_join ("workloads", workload, "routing", "routes", NULL);
  g_auto (GStrv) routes = be_scenario_list_routes (self, workload);
  const char *found = routes[0];
  double least = INFINITY;

  for (guint i = 0; routes[i] != NULL; i++) {
    g_autoptr (JsonNode) offer = be_scenario_get_offer (self, routes[i]);
    double price = offer != NULL ? be_tree_number (offer, "output", NAN) : NAN;
    if (price < least) {
      least = price;
      found = routes[i];
    }
  }
  if (found == NULL)
    g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID,
                 _ ("%s: there is no such offer"), path);
  return g_strdup (found);
}

char *
be_scenario_add_fine_tuned (BeScenario *self, const char *workload, GError **error)
{
  g_autoptr (JsonNode) before = json_node_ref (self->root);
  g_autofree char *key = NULL;

  if (!be_scenario_check_writable (self, error))
    return NULL;
  g_autofree char *like = find_small_model (self, workload, error);
  if (like == NULL)
    return NULL;
  g_autofree char *path = be_path_join ("offers", like, NULL);
  g_autofree char *model = be_scenario_get_entity_name (self, path);
  /* Translators: the name of a model. */
  g_autofree char *name = g_strdup_printf (_ ("%s, fine-tuned"), model);
  be_scenario_begin_gesture (self, _ ("Add a Fine-Tuned Route"));
  key = be_scenario_add_offer (self, like, name, error);
  if (key != NULL && !mark_fine_tuned (self, workload, key, error)) {
    be_scenario_replace (self, before);
    g_clear_pointer (&key, g_free);
  }
  be_scenario_end_gesture (self);
  return g_steal_pointer (&key);
}

gboolean
be_scenario_set_provisioned_route (BeScenario *self, const char *id, const char *workload,
                                   const char *offer_key, GError **error)
{
  g_autofree char *path = be_path_join ("provisioned", id, NULL);
  g_autofree char *of = g_strconcat (path, "/workload", NULL);
  g_autofree char *on = g_strconcat (path, "/offer", NULL);
  g_autoptr (JsonNode) root = NULL;

  if (be_tree_find (self->root, path) == NULL) {
    g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_PATH,
                 _ ("%s: there are no such provisioned units"), path);
    return FALSE;
  }
  root = be_tree_replace (self->root, of, be_tree_new_text (workload));
  return be_scenario_commit (self, be_tree_replace (root, on, be_tree_new_text (offer_key)), error);
}

char *
be_scenario_get_provisioned_route (BeScenario *self, const char *id, char **workload)
{
  g_autofree char *path = be_path_join ("provisioned", id, NULL);
  JsonNode *row = be_tree_find (self->root, path);

  *workload = g_strdup (be_tree_text (row, "workload"));
  return g_strdup (be_tree_text (row, "offer"));
}
