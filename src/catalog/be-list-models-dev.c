/* SPDX-License-Identifier: GPL-3.0-or-later */
/* models.dev's api.json: providers by id, their models by id, USD per million tokens. */
#include "catalog/be-price-list-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const struct {
  const char *list, *rate;
} rates[] = {
  { "input", "input" },
  { "output", "output" },
  { "cache_read", "cached_input" },
  { "cache_write", "cache_write" },
  { "reasoning", "reasoning" },
};

static gboolean
recognise (JsonNode *root)
{
  JsonObjectIter iter;
  JsonNode *node;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;
  json_object_iter_init (&iter, json_node_get_object (root));
  while (json_object_iter_next (&iter, NULL, &node))
    if (JSON_NODE_HOLDS_OBJECT (node)
        && be_list_object (json_node_get_object (node), "models") != NULL)
      return TRUE;
  return FALSE;
}

static void
read_rates (BeListRow *row, JsonObject *cost, JsonObject *to)
{
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    be_list_rate (row, cost, rates[i].list, BE_PER_MTOK, to, rates[i].rate);
}

/* Where a tier begins: {"tier": {"type": "context", "size": N}} (the type may be left out,
 * it has no other), {"context": {"min": N}} or
 * {"min_context": N}; NaN for a tier of another kind. */
static double
threshold_of (BeListRow *row, JsonObject *tier)
{
  JsonObject *condition = be_list_object (tier, "tier"),
             *context = be_list_object (tier, "context");
  const char *type = condition != NULL ? be_list_text (condition, "type") : NULL;
  if (condition != NULL && (type == NULL || strcmp (type, "context") == 0))
    return be_list_tokens (row, condition, "size");
  if (condition == NULL && context != NULL)
    return be_list_tokens (row, context, "min");
  return condition == NULL ? be_list_tokens (row, tier, "min_context") : NAN;
}

static gboolean
is_price (const char *name)
{
  return TRUE;
}

static gboolean
is_taken (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    if (strcmp (name, rates[i].list) == 0)
      return TRUE;
  return strcmp (name, "tiers") == 0 || strcmp (name, "context_over_200k") == 0;
}

/* `tiers` has the exact thresholds; context_over_200k is also written for tiers that begin
 * elsewhere, so it counts only where there are none. */
static void
read_tiers (BeListRow *row, JsonObject *cost, JsonObject *prices)
{
  JsonArray *tiers = be_list_of (row, cost, "tiers");
  JsonNode *above = json_object_get_member (cost, "context_over_200k");
  JsonObject *legacy = be_list_object (cost, "context_over_200k");
  guint n = tiers != NULL ? json_array_get_length (tiers) : 0;

  for (guint i = 0; i < n; i++) {
    JsonNode *node = json_array_get_element (tiers, i);
    JsonObject *tier = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    double threshold = tier != NULL ? threshold_of (row, tier) : NAN;
    if (isnan (threshold)) {
      be_list_refuse (row, _ ("tiers/%u does not say from how many tokens it holds"), i);
      return;
    }
    read_rates (row, tier, be_list_add_tier (prices, threshold, FALSE));
  }
  if (legacy == NULL && above != NULL && !JSON_NODE_HOLDS_NULL (above))
    be_list_refuse (row, _ ("context_over_200k is not an object of prices"));
  if (n == 0 && legacy != NULL)
    read_rates (row, legacy, be_list_add_tier (prices, 200000, FALSE));
}

static void
copy_text (JsonObject *from, const char *name, JsonObject *to, const char *as)
{
  const char *text = be_list_text (from, name);
  if (text != NULL)
    json_object_set_string_member (to, as, text);
}

/* A day, a month or a year, as the list has it. */
static void
copy_date (BeListRow *row, JsonObject *model, JsonObject *entry)
{
  const char *text = be_list_text (model, "last_updated");
  g_autofree char *whole =
      text != NULL
          ? g_strdup_printf ("%s%s", text, "-01-01" + MIN (6, MAX (0, (int) strlen (text) - 4)))
          : NULL;
  g_autofree char *date = be_list_date (whole);
  if (text != NULL && date != NULL)
    json_object_set_string_member (entry, "as_of", text);
  else if (text != NULL)
    be_list_note (row->reader, row->place, _ ("last_updated: found %.40s, not a date"), text);
}

static void
read_model (BeListReader *reader, const char *provider, const char *key, JsonNode *node)
{
  g_autofree char *place = g_strdup_printf ("%s/%s", provider, key);
  BeListRow row = { reader, place, FALSE };
  JsonObject *model = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (model == NULL) {
    be_list_skip (reader, place, _ ("not a model: the entry is no object"));
    return;
  }
  JsonObject *cost = be_list_object (model, "cost"), *limit = be_list_object (model, "limit");
  const char *id = be_list_text (model, "id");
  JsonObject *entry = be_list_entry (provider, id != NULL ? id : key, be_list_text (model, "name"));
  if (cost != NULL) {
    JsonObject *prices = json_object_new ();
    read_rates (&row, cost, prices);
    read_tiers (&row, cost, prices);
    be_list_note_untaken (&row, cost, is_price, is_taken);
    be_list_add_prices (&row, entry, prices, NULL, NULL);
  }
  if (limit != NULL) {
    be_list_count (&row, limit, "context", entry, "context_window");
    be_list_count (&row, limit, "output", entry, "max_output");
  }
  copy_text (model, "release_date", entry, "released");
  copy_date (&row, model, entry);
  copy_text (model, "status", entry, "status");
  be_list_take (&row, entry);
}

static void
read_list (BeListReader *reader, JsonNode *root)
{
  guint index = 0, n = json_object_get_size (json_node_get_object (root));
  JsonObjectIter providers;
  const char *key;
  JsonNode *node;
  json_object_iter_init_ordered (&providers, json_node_get_object (root));
  while (json_object_iter_next_ordered (&providers, &key, &node)
         && be_list_goes_on (reader, index++, n)) {
    JsonObject *provider = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    JsonObject *models = provider != NULL ? be_list_object (provider, "models") : NULL;
    if (models == NULL) {
      be_list_skip (reader, key, _ ("not a provider: it has no models"));
      continue;
    }
    const char *id = be_list_text (provider, "id");
    JsonObjectIter iter;
    const char *model;
    JsonNode *value;
    json_object_iter_init_ordered (&iter, models);
    while (json_object_iter_next_ordered (&iter, &model, &value))
      read_model (reader, id != NULL ? id : key, model, value);
  }
}

const BeListFormat be_list_models_dev = { "models.dev", recognise, read_list };
