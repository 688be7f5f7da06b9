/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OpenRouter's /api/v1/models: {"data": [...]}, USD per token as text. */
#include "catalog/be-price-list-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const struct {
  const char *list, *rate;
} rates[] = {
  { "prompt", "input" },
  { "completion", "output" },
  { "input_cache_read", "cached_input" },
  { "input_cache_write", "cache_write" },
  { "input_cache_write_1h", "cache_write_1h" },
  { "internal_reasoning", "reasoning" },
};

static gboolean
recognise (JsonNode *root)
{
  JsonArray *data =
      JSON_NODE_HOLDS_OBJECT (root) ? be_list_array (json_node_get_object (root), "data") : NULL;
  for (guint i = 0; data != NULL && i < json_array_get_length (data); i++) {
    JsonNode *node = json_array_get_element (data, i);
    if (JSON_NODE_HOLDS_OBJECT (node)
        && json_object_has_member (json_node_get_object (node), "pricing"))
      return TRUE;
  }
  return FALSE;
}

/* Nought beside a paid prompt means "no separate charge" here: the key is left out, and billed as
 * what it falls back to. */
static void
read_rates (BeListRow *row, JsonObject *pricing, double kept, gboolean paid, JsonObject *to)
{
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    double price = be_list_price (row, pricing, rates[i].list, BE_PER_TOKEN);
    gboolean optional = i >= 2;
    if (isnan (price) || (optional && price == 0 && paid))
      continue;
    be_list_set (to, rates[i].rate, price * kept);
  }
}

static gboolean
is_price (const char *name)
{
  return TRUE;
}

static gboolean
is_taken (const char *name)
{
  static const char *const others[] = { "request", "web_search", "discount", "overrides" };
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    if (strcmp (name, rates[i].list) == 0)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (strcmp (name, others[i]) == 0)
      return TRUE;
  return FALSE;
}

/* ["monday", ...] as ["mon", ...]; FALSE for what is no day. NULL for every day. */
static gboolean
read_days (JsonObject *override, JsonArray **days)
{
  static const char *const names[] = { "monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday" };
  JsonArray *listed = be_list_array (override, "utc_days");
  JsonArray *found;

  *days = NULL;
  if (!json_object_has_member (override, "utc_days"))
    return TRUE;
  if (listed == NULL)
    return FALSE;
  found = json_array_new ();
  for (guint d = 0; d < G_N_ELEMENTS (names); d++)
    for (guint i = 0; i < json_array_get_length (listed); i++) {
      JsonNode *node = json_array_get_element (listed, i);
      const char *text =
          JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
              ? json_node_get_string (node)
              : "";
      if (g_ascii_strcasecmp (text, names[d]) != 0)
        continue;
      g_autofree char *day = g_strndup (names[d], 3);
      json_array_add_string_element (found, day);
    }
  if (json_array_get_length (found) == json_array_get_length (listed)
      && json_array_get_length (found) > 0) {
    *days = found;
    return TRUE;
  }
  json_array_unref (found);
  return FALSE;
}

/* Hours of UTC, days or both; without hours it is the whole day. */
static void
read_window (BeListRow *row, JsonObject *override, double kept, gboolean paid, JsonObject *prices)
{
  gboolean all_day = !json_object_has_member (override, "utc_start")
                     && !json_object_has_member (override, "utc_end");
  g_autofree char *start = be_list_clock (override, "utc_start");
  g_autofree char *end = be_list_clock (override, "utc_end");
  g_autofree char *utc = all_day ? g_strdup ("00:00-24:00") : be_list_hours (start, end);
  JsonArray *days = NULL;

  if (utc == NULL || !read_days (override, &days)) {
    be_list_note (row->reader, row->place,
                  _ ("an override was left out: its hours are not of the form HH:MM, or its days "
                     "are none"));
    return;
  }
  JsonObject *window = be_list_add_window (row, prices, utc, days);
  if (window != NULL)
    read_rates (row, override, kept, paid, window);
}

static void
read_override (BeListRow *row, JsonNode *node, double kept, gboolean paid, JsonObject *prices)
{
  JsonObject *override = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (override == NULL) {
    be_list_note (row->reader, row->place, _ ("an override that is not an object was left out"));
    return;
  }
  double from = be_list_tokens (row, override, "min_prompt_tokens");
  gboolean timed = json_object_has_member (override, "utc_start")
                   || json_object_has_member (override, "utc_end")
                   || json_object_has_member (override, "utc_days");
  if (row->refused)
    return;
  if (!isnan (from) && timed)
    be_list_note (row->reader, row->place,
                  _ ("an override by both length and hours was left out: it cannot be said here"));
  else if (!isnan (from))
    read_rates (row, override, kept, paid, be_list_add_tier (prices, from, TRUE));
  else if (timed)
    read_window (row, override, kept, paid, prices);
  else
    be_list_note (row->reader, row->place,
                  _ ("an override without min_prompt_tokens or hours was left out"));
}

static void
read_fees (BeListRow *row, JsonObject *pricing, double kept, JsonObject *prices)
{
  g_autoptr (JsonObject) fees = json_object_new ();
  double request = be_list_price (row, pricing, "request", 1);
  double search = be_list_price (row, pricing, "web_search", 1000);
  if (request > 0)
    be_list_set (fees, "per_request", request * kept);
  if (search > 0)
    be_list_set (fees, "web_search_per_1000", search * kept);
  if (json_object_get_size (fees) > 0)
    json_object_set_object_member (prices, "fees", g_steal_pointer (&fees));
}

static void
read_limits (BeListRow *row, JsonObject *model, JsonObject *entry)
{
  JsonObject *provider = be_list_object (model, "top_provider");
  be_list_count (row, model, "context_length", entry, "context_window");
  if (provider != NULL)
    be_list_count (row, provider, "max_completion_tokens", entry, "max_output");
}

static void
read_model (BeListReader *reader, JsonNode *node, guint index)
{
  JsonObject *model = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = model != NULL ? be_list_text (model, "id") : NULL;
  g_autofree char *place = id != NULL ? g_strdup (id) : g_strdup_printf ("data/%u", index);
  BeListRow row = { reader, place, FALSE };
  JsonObject *pricing = id != NULL ? be_list_object (model, "pricing") : NULL;
  if (pricing == NULL) {
    be_list_skip (reader, place, _ ("not a model: it needs an id and pricing"));
    return;
  }
  double discount = be_list_price (&row, pricing, "discount", 1);
  if (discount > 1)
    be_list_refuse (&row, _ ("discount: found %g, a share is at most 1"), discount);
  double kept = isnan (discount) ? 1 : 1 - discount;
  gboolean paid = be_list_price (&row, pricing, "prompt", BE_PER_TOKEN) > 0;
  JsonObject *entry = be_list_entry ("openrouter", id, be_list_text (model, "name"));
  JsonObject *prices = json_object_new ();
  JsonArray *overrides = be_list_of (&row, pricing, "overrides");
  read_rates (&row, pricing, kept, paid, prices);
  for (guint i = 0; overrides != NULL && i < json_array_get_length (overrides); i++)
    read_override (&row, json_array_get_element (overrides, i), kept, paid, prices);
  read_fees (&row, pricing, kept, prices);
  be_list_note_untaken (&row, pricing, is_price, is_taken);
  be_list_add_prices (&row, entry, prices, NULL, NULL);
  read_limits (&row, model, entry);
  be_list_take (&row, entry);
}

static void
read_list (BeListReader *reader, JsonNode *root)
{
  JsonArray *data = be_list_array (json_node_get_object (root), "data");
  guint n = json_array_get_length (data);
  for (guint i = 0; i < n && be_list_goes_on (reader, i, n); i++)
    read_model (reader, json_array_get_element (data, i), i);
}

const BeListFormat be_list_openrouter = { "OpenRouter", recognise, read_list };
