/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What differs between two offers, and between a price list and the catalogue. */
#include "catalog/be-price-list.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Members that are no prices. */
static const char *const not_prices[] = { "contextWindow", "maxOutput", "latency", "later" };

static void
rate_change_free (gpointer data)
{
  BeRateChange *change = data;
  g_free (change->path);
  g_free (change);
}

static gboolean
is_price (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (not_prices); i++)
    if (strcmp (name, not_prices[i]) == 0)
      return FALSE;
  return TRUE;
}

static double
number_of (JsonNode *node)
{
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node)
                                                            : G_TYPE_INVALID;
  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : NAN;
}

static void compare_nodes (JsonNode *before, JsonNode *after, const char *path, GPtrArray *changes);

static void
compare_member (JsonNode *before, JsonNode *after, const char *path, const char *name,
                GPtrArray *changes)
{
  g_autofree char *full = *path == '\0' ? g_strdup (name) : g_strconcat (path, "/", name, NULL);
  compare_nodes (before, after, full, changes);
}

static JsonObject *
object_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
array_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonNode *
member_of (JsonObject *object, const char *name)
{
  return object != NULL ? json_object_get_member (object, name) : NULL;
}

/* Members of either, those of `before` first. */
static void
compare_objects (JsonObject *before, JsonObject *after, const char *path, GPtrArray *changes)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  if (before != NULL) {
    json_object_iter_init_ordered (&iter, before);
    while (json_object_iter_next_ordered (&iter, &name, &node))
      if (is_price (name))
        compare_member (node, member_of (after, name), path, name, changes);
  }
  if (after == NULL)
    return;
  json_object_iter_init_ordered (&iter, after);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (is_price (name) && member_of (before, name) == NULL)
      compare_member (NULL, node, path, name, changes);
}

static void
compare_arrays (JsonArray *before, JsonArray *after, const char *path, GPtrArray *changes)
{
  guint n_before = before != NULL ? json_array_get_length (before) : 0;
  guint n_after = after != NULL ? json_array_get_length (after) : 0;
  for (guint i = 0; i < MAX (n_before, n_after); i++) {
    g_autofree char *name = g_strdup_printf ("%u", i);
    compare_member (i < n_before ? json_array_get_element (before, i) : NULL,
                    i < n_after ? json_array_get_element (after, i) : NULL, path, name, changes);
  }
}

static void
compare_nodes (JsonNode *before, JsonNode *after, const char *path, GPtrArray *changes)
{
  double x = number_of (before), y = number_of (after);
  if (object_of (before) != NULL || object_of (after) != NULL)
    compare_objects (object_of (before), object_of (after), path, changes);
  if (array_of (before) != NULL || array_of (after) != NULL)
    compare_arrays (array_of (before), array_of (after), path, changes);
  if ((isnan (x) && isnan (y)) || x == y)
    return;
  BeRateChange *change = g_new (BeRateChange, 1);
  *change = (BeRateChange){ g_strdup (path), x, y };
  g_ptr_array_add (changes, change);
}

GPtrArray *
be_offer_changes (JsonNode *before, JsonNode *after)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func (rate_change_free);
  compare_nodes (before, after, "", changes);
  return changes;
}

static void
price_change_free (gpointer data)
{
  BePriceChange *change = data;
  g_ptr_array_unref (change->rates);
  g_free (change);
}

/* Where a tier begins: the first whole number of tokens that it prices. */
static double
first_token (JsonObject *tier, double *threshold)
{
  double above = number_of (member_of (tier, "above"));
  double at_least = number_of (member_of (tier, "atLeast"));
  *threshold = isnan (at_least) ? above : at_least;
  return isnan (at_least) ? above + 1 : at_least;
}

static void
note_thresholds (JsonNode *before, JsonNode *after, const char *key, GPtrArray *notes)
{
  JsonArray *known = array_of (member_of (object_of (before), "tiers"));
  JsonArray *listed = array_of (member_of (object_of (after), "tiers"));
  guint n_known = known != NULL ? json_array_get_length (known) : 0;
  guint n_listed = listed != NULL ? json_array_get_length (listed) : 0;

  for (guint i = 0; i < n_known; i++)
    for (guint j = 0; j < n_listed; j++) {
      double ours, theirs;
      double from = first_token (json_array_get_object_element (known, i), &ours);
      double at = first_token (json_array_get_object_element (listed, j), &theirs);
      if (fabs (from - at) != 1)
        continue;
      BePriceListRemark *note = g_new (BePriceListRemark, 1);
      note->place = g_strdup (key);
      note->reason = g_strdup_printf (
          _ ("the list's tier prices prompts from %.0f tokens on, the catalogue's from %.0f"), at,
          from);
      g_ptr_array_add (notes, note);
    }
}

GPtrArray *
be_price_changes_new (void)
{
  return g_ptr_array_new_with_free_func (price_change_free);
}

void
be_catalog_compare_some (BeCatalog *list, BeCatalog *known, size_t from, size_t to,
                         GPtrArray *changes, GPtrArray *notes)
{
  for (size_t i = from; i < to; i++) {
    const BeCatalogOffer *offer = be_catalog_get_offer (list, i);
    BePriceChange *change = g_new0 (BePriceChange, 1);
    change->offer = offer;
    change->known = be_catalog_find_offer (known, offer->key);
    g_autoptr (JsonNode) after = NULL;
    g_autoptr (JsonNode) before = NULL;
    if (change->known != NULL) {
      after = be_catalog_offer_to_scenario (offer, NULL);
      before = be_catalog_offer_to_scenario (change->known, NULL);
    }
    change->rates = be_offer_changes (before, after);
    change->kind = change->known == NULL    ? BE_PRICE_NEW
                   : change->rates->len > 0 ? BE_PRICE_CHANGED
                                            : BE_PRICE_SAME;
    if (notes != NULL && before != NULL && after != NULL)
      note_thresholds (before, after, offer->key, notes);
    g_ptr_array_add (changes, change);
  }
}

GPtrArray *
be_catalog_compare (BeCatalog *list, BeCatalog *known, GPtrArray *notes)
{
  GPtrArray *changes = be_price_changes_new ();
  be_catalog_compare_some (list, known, 0, be_catalog_get_n_offers (list), changes, notes);
  return changes;
}
