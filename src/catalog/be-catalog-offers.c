/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the dated price catalogue and turns its entries into a scenario's offers. */
#include "catalog/be-catalog-private.h"
#include "catalog/be-price-list-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The catalogue's names of rates and the scenario's. */
static const struct {
  const char *catalogue, *batch, *scenario;
} rate_names[] = {
  { "input", "batch_input", "input" },
  { "output", "batch_output", "output" },
  { "cached_input", "batch_cached_input", "cachedInput" },
  { "cache_write", "batch_cache_write", "cacheWrite" },
  { "cache_write_1h", "batch_cache_write_1h", "cacheWrite1h" },
  { "reasoning", "batch_reasoning", "reasoning" },
};

static JsonNode *
member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static const char *
text (JsonObject *object, const char *name)
{
  JsonNode *node = member (object, name);
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
is_number (JsonNode *node)
{
  const GType type =
      JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
}

static double
number (JsonObject *object, const char *name)
{
  JsonNode *node = member (object, name);
  return node != NULL && is_number (node) ? json_node_get_double (node) : NAN;
}

static JsonArray *
array (JsonObject *object, const char *name)
{
  JsonNode *node = member (object, name);
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static guint
length_of (JsonArray *values)
{
  return values == NULL ? 0 : json_array_get_length (values);
}

/* The first price row in force at the date's midnight; dates compare as text. */
static JsonObject *
row_in_force (JsonObject *entry, const char *date)
{
  JsonArray *rows = array (entry, "prices");
  for (guint i = 0; i < length_of (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    const char *from = text (row, "from"), *to = text (row, "to");
    if ((from == NULL || strcmp (from, date) <= 0) && (to == NULL || strcmp (date, to) < 0))
      return row;
  }
  return NULL;
}

static void
copy_member (JsonObject *from, const char *name, JsonObject *to, const char *as)
{
  JsonNode *node = member (from, name);
  if (node != NULL)
    json_object_set_member (to, as, json_node_copy (node));
}

/* Takes object over; leaves no empty member behind. */
static void
set_object (JsonObject *to, const char *name, JsonObject *object)
{
  if (json_object_get_size (object) > 0)
    json_object_set_object_member (to, name, object);
  else
    json_object_unref (object);
}

static void
set_array (JsonObject *to, const char *name, JsonArray *values)
{
  if (json_array_get_length (values) > 0)
    json_object_set_array_member (to, name, values);
  else
    json_array_unref (values);
}

static void
convert_rates (JsonObject *from, JsonObject *to)
{
  JsonObject *batch = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (rate_names); i++) {
    copy_member (from, rate_names[i].catalogue, to, rate_names[i].scenario);
    copy_member (from, rate_names[i].batch, batch, rate_names[i].scenario);
  }
  set_object (to, "batch", batch);
}

static void
convert_tiers (JsonObject *from, JsonObject *to)
{
  JsonArray *tiers = array (from, "tiers"), *converted = json_array_new ();
  for (guint i = 0; i < length_of (tiers); i++) {
    JsonObject *tier = json_array_get_object_element (tiers, i), *result = json_object_new ();
    const gboolean at_least = g_strcmp0 (text (tier, "compare"), "ge") == 0;
    copy_member (tier, "prompt_tokens", result, at_least ? "atLeast" : "above");
    convert_rates (tier, result);
    json_array_add_object_element (converted, result);
  }
  set_array (to, "tiers", converted);
}

static void
convert_windows (JsonObject *from, JsonObject *to)
{
  JsonArray *windows = array (from, "windows"), *converted = json_array_new ();
  for (guint i = 0; i < length_of (windows); i++) {
    JsonObject *window = json_array_get_object_element (windows, i), *result = json_object_new ();
    copy_member (window, "utc", result, "utc");
    copy_member (window, "days", result, "days");
    copy_member (window, "calendar", result, "calendar");
    convert_rates (window, result);
    json_array_add_object_element (converted, result);
  }
  set_array (to, "windows", converted);
}

static void
convert_fees (JsonObject *from, JsonObject *to)
{
  JsonNode *node = member (from, "fees");
  if (node == NULL)
    return;
  JsonObject *fees = json_object_new ();
  copy_member (json_node_get_object (node), "per_request", fees, "perRequest");
  copy_member (json_node_get_object (node), "web_search_per_1000", fees, "webSearchPer1000");
  set_object (to, "fees", fees);
}

static void
convert_row (JsonObject *row, JsonObject *to)
{
  convert_rates (row, to);
  convert_tiers (row, to);
  convert_windows (row, to);
  convert_fees (row, to);
}

static void
convert_later (JsonObject *entry, const char *date, JsonObject *to)
{
  JsonArray *rows = array (entry, "prices"), *later = json_array_new ();
  for (guint i = 0; i < length_of (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    const char *from = text (row, "from");
    if (from == NULL || strcmp (from, date) <= 0)
      continue;
    JsonObject *result = json_object_new ();
    convert_row (row, result);
    copy_member (row, "from", result, "from");
    copy_member (row, "to", result, "to");
    copy_member (row, "promotion_ends", result, "promotionEnds");
    json_array_add_object_element (later, result);
  }
  set_array (to, "later", later);
}

static void
copy_rate_sets (JsonObject *entry, JsonObject *to)
{
  JsonNode *node = member (entry, "rate_sets");
  JsonObjectIter iter;
  const char *name;
  JsonNode *set;
  if (node == NULL)
    return;
  JsonObject *sets = json_object_new ();
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &set)) {
    JsonObject *converted = json_object_new ();
    convert_rates (json_node_get_object (set), converted);
    convert_tiers (json_node_get_object (set), converted);
    set_object (sets, name, converted);
  }
  set_object (to, "rateSets", sets);
}

/* What the vendor publishes of its speed, with where and when. */
static void
convert_latency (JsonObject *entry, JsonObject *to)
{
  JsonNode *node = member (entry, "latency");
  if (node == NULL)
    return;
  JsonObject *latency = json_object_new ();
  copy_member (json_node_get_object (node), "ttft_ms", latency, "ttftMs");
  copy_member (json_node_get_object (node), "output_tokens_per_second", latency,
               "outputTokensPerSecond");
  copy_member (json_node_get_object (node), "source", latency, "source");
  copy_member (json_node_get_object (node), "as_of", latency, "asOf");
  set_object (to, "latency", latency);
}

JsonNode *
be_catalog_offer_to_scenario (const BeCatalogOffer *offer, const char *date)
{
  if (date == NULL)
    date = offer->catalog_as_of;
  JsonObject *row = row_in_force (offer->raw, date);
  if (row == NULL)
    return NULL;
  JsonObject *result = json_object_new ();
  copy_member (offer->raw, "provider", result, "provider");
  copy_member (offer->raw, "name", result, "name");
  convert_row (row, result);
  copy_member (offer->raw, "limits", result, "limits");
  convert_latency (offer->raw, result);
  copy_rate_sets (offer->raw, result);
  copy_member (offer->raw, "context_window", result, "contextWindow");
  copy_member (offer->raw, "max_output", result, "maxOutput");
  copy_member (offer->raw, "as_of", result, "asOf");
  copy_member (offer->raw, "source", result, "source");
  copy_member (row, "from", result, "from");
  copy_member (row, "to", result, "to");
  copy_member (row, "promotion_ends", result, "promotionEnds");
  convert_later (offer->raw, date, result);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, result);
  return node;
}

static gboolean
refuse (GError **error, const char *where, const char *what)
{
  g_set_error (error, BE_CATALOG_ERROR, BE_CATALOG_ERROR_FORMAT, "%s: %s", where, what);
  return FALSE;
}

static gboolean
check_rates (JsonObject *object, const char *where, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (rate_names); i++) {
    const char *const names[] = { rate_names[i].catalogue, rate_names[i].batch };
    for (guint j = 0; j < G_N_ELEMENTS (names); j++) {
      JsonNode *node = member (object, names[j]);
      if (node == NULL || (is_number (node) && json_node_get_double (node) >= 0))
        continue;
      g_set_error (error, BE_CATALOG_ERROR, BE_CATALOG_ERROR_FORMAT,
                   _ ("%s: %s is not a number of at least 0"), where, names[j]);
      return FALSE;
    }
  }
  return TRUE;
}

/* An absent list is fine; one that is there holds objects with rates only. */
static gboolean
check_list (JsonObject *object, const char *name, const char *where, GError **error)
{
  JsonNode *node = member (object, name);
  if (node == NULL)
    return TRUE;
  JsonArray *list = array (object, name);
  if (list == NULL)
    return refuse (error, where, _ ("tiers, windows and prices are lists"));
  for (guint i = 0; i < length_of (list); i++) {
    JsonNode *element = json_array_get_element (list, i);
    if (!JSON_NODE_HOLDS_OBJECT (element))
      return refuse (error, where, _ ("tiers, windows and prices hold objects"));
    if (!check_rates (json_node_get_object (element), where, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_date_or_absent (JsonObject *row, const char *name)
{
  return member (row, name) == NULL || be_is_date (text (row, name), FALSE);
}

static gboolean
refuse_date (GError **error, const char *where, JsonObject *row, const char *name)
{
  const char *found = text (row, name);
  g_set_error (error, BE_CATALOG_ERROR, BE_CATALOG_ERROR_FORMAT,
               _ ("%s: %s: found “%.40s”, allowed is a date, YYYY-MM-DD"), where, name,
               found != NULL ? found : _ ("no text"));
  return FALSE;
}

static gboolean
is_age_or_absent (JsonObject *entry)
{
  return member (entry, "as_of") == NULL || be_is_date (text (entry, "as_of"), TRUE);
}

static gboolean
check_tiers (JsonObject *row, const char *where, GError **error)
{
  JsonArray *tiers = array (row, "tiers");
  if (!check_list (row, "tiers", where, error))
    return FALSE;
  for (guint i = 0; i < length_of (tiers); i++)
    if (!(number (json_array_get_object_element (tiers, i), "prompt_tokens") >= 0))
      return refuse (error, where, _ ("a tier has no prompt_tokens"));
  return TRUE;
}

static gboolean
check_row (JsonObject *row, const char *where, GError **error)
{
  static const char *const dates[] = { "from", "to", "promotion_ends" };
  JsonNode *fees = member (row, "fees");
  if (!check_tiers (row, where, error) || !check_list (row, "windows", where, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    if (!is_date_or_absent (row, dates[i]))
      return refuse_date (error, where, row, dates[i]);
  if (fees != NULL && !JSON_NODE_HOLDS_OBJECT (fees))
    return refuse (error, where, _ ("fees is not an object"));
  return TRUE;
}

static gboolean
check_rate_sets (JsonObject *entry, const char *where, GError **error)
{
  JsonNode *node = member (entry, "rate_sets");
  JsonObjectIter iter;
  JsonNode *set;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, where, _ ("rate_sets is not an object"));
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, NULL, &set)) {
    if (!JSON_NODE_HOLDS_OBJECT (set))
      return refuse (error, where, _ ("rate_sets holds objects"));
    if (!check_rates (json_node_get_object (set), where, error)
        || !check_tiers (json_node_get_object (set), where, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_latency (JsonObject *entry, const char *where, GError **error)
{
  static const char *const names[] = { "ttft_ms", "output_tokens_per_second" };
  JsonNode *node = member (entry, "latency");
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, where, _ ("latency is not an object"));
  if (!is_age_or_absent (json_node_get_object (node)))
    return refuse_date (error, where, json_node_get_object (node), "as_of");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    JsonNode *figure = member (json_node_get_object (node), names[i]);
    if (figure == NULL || (is_number (figure) && json_node_get_double (figure) > 0))
      continue;
    g_set_error (error, BE_CATALOG_ERROR, BE_CATALOG_ERROR_FORMAT,
                 _ ("%s: %s is not a number above 0"), where, names[i]);
    return FALSE;
  }
  return TRUE;
}

gboolean
be_catalog_check_entry (JsonObject *entry, const char *where, GError **error)
{
  JsonArray *rows = array (entry, "prices");
  if (text (entry, "provider") == NULL || text (entry, "id") == NULL || rows == NULL)
    return refuse (error, where, _ ("a model needs a provider, an id and a list of prices"));
  if (!check_list (entry, "prices", where, error))
    return FALSE;
  if (!is_age_or_absent (entry))
    return refuse_date (error, where, entry, "as_of");
  for (guint i = 0; i < length_of (rows); i++)
    if (!check_row (json_array_get_object_element (rows, i), where, error))
      return FALSE;
  return check_rate_sets (entry, where, error) && check_latency (entry, where, error);
}

static void
append_offer (BeCatalog *catalog, JsonObject *entry, const char *key)
{
  JsonObject *row = row_in_force (entry, catalog->as_of);
  const char *name = text (entry, "name");
  const BeCatalogOffer offer = {
    .key = g_string_chunk_insert (catalog->keys, key),
    .provider = text (entry, "provider"),
    .id = text (entry, "id"),
    .name = name != NULL ? name : text (entry, "id"),
    .as_of = text (entry, "as_of"),
    .source = text (entry, "source"),
    .pricing_url = text (entry, "pricing_url"),
    .note = text (entry, "note"),
    .context_window = number (entry, "context_window"),
    .max_output = number (entry, "max_output"),
    .input = row == NULL ? NAN : number (row, "input"),
    .output = row == NULL ? NAN : number (row, "output"),
    .cached_input = row == NULL ? NAN : number (row, "cached_input"),
    .has_latency = member (entry, "latency") != NULL,
    .raw = entry,
    .catalog_as_of = catalog->as_of,
  };
  g_array_append_val (catalog->offers, offer);
}

static gboolean
load_models (BeCatalog *catalog, JsonArray *models, const char *path, GError **error)
{
  for (guint i = 0; i < length_of (models); i++) {
    JsonNode *node = json_array_get_element (models, i);
    g_autofree char *where = g_strdup_printf ("%s: models/%u", path, i);
    if (!JSON_NODE_HOLDS_OBJECT (node))
      return refuse (error, where, _ ("a model is an object"));
    JsonObject *entry = json_node_get_object (node);
    if (!be_catalog_check_entry (entry, where, error))
      return FALSE;
    g_autofree char *key = g_strdup_printf ("%s/%s", text (entry, "provider"), text (entry, "id"));
    append_offer (catalog, entry, key);
    const BeCatalogOffer *offer = &g_array_index (catalog->offers, BeCatalogOffer, i);
    if (!g_hash_table_insert (catalog->by_key, (gpointer) offer->key, GUINT_TO_POINTER (i + 1)))
      return refuse (error, where, _ ("this provider and id stand in the catalogue twice"));
  }
  return TRUE;
}

gboolean
be_catalog_is_own (JsonNode *document)
{
  return JSON_NODE_HOLDS_OBJECT (document)
         && g_strcmp0 (text (json_node_get_object (document), "format"), "hosted-price-catalogue")
                == 0;
}

gboolean
be_catalog_load_offers (BeCatalog *catalog, const char *path, GError **error)
{
  if (!be_catalog_is_own (catalog->prices))
    return refuse (error, path, _ ("this is not a price catalogue"));
  JsonObject *root = json_node_get_object (catalog->prices);
  if (number (root, "format_version") != 1)
    return refuse (error, path, _ ("this version of the price catalogue is not known"));
  catalog->as_of = text (root, "as_of");
  JsonArray *models = array (root, "models");
  g_autofree char *date = be_list_date (catalog->as_of);
  if (catalog->as_of != NULL && g_strcmp0 (date, catalog->as_of) != 0)
    return refuse_date (error, path, root, "as_of");
  if (catalog->as_of == NULL || models == NULL)
    return refuse (error, path, _ ("the price catalogue needs as_of (YYYY-MM-DD) and models"));
  return load_models (catalog, models, path, error);
}
