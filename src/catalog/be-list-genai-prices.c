/* SPDX-License-Identifier: GPL-3.0-or-later */
/* genai-prices' data.json, versions 1 and 2: providers with their models, USD per million tokens.
 */
#include "catalog/be-price-list-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What a missing rate bills as inside one set of prices: an index into the same table, or -1. */
static const struct {
  const char *list, *rate;
  int falls_to;
} rates[] = {
  { "input_mtok", "input", -1 },
  { "output_mtok", "output", -1 },
  { "cache_read_mtok", "cached_input", 0 },
  { "cache_write_mtok", "cache_write", 0 },
  { "cache_write_1h_mtok", "cache_write_1h", 3 },
  { "output_reasoning_mtok", "reasoning", 1 },
};

static JsonArray *
providers_of (JsonNode *root)
{
  if (JSON_NODE_HOLDS_ARRAY (root))
    return json_node_get_array (root);
  return JSON_NODE_HOLDS_OBJECT (root) ? be_list_array (json_node_get_object (root), "providers")
                                       : NULL;
}

static gboolean
recognise (JsonNode *root)
{
  JsonArray *providers = providers_of (root);
  for (guint i = 0; providers != NULL && i < json_array_get_length (providers); i++) {
    JsonNode *node = json_array_get_element (providers, i);
    if (JSON_NODE_HOLDS_OBJECT (node)
        && be_list_array (json_node_get_object (node), "models") != NULL)
      return TRUE;
  }
  return FALSE;
}

/* The price of one key above a start: that of the last of its tiers that begins there or before. */
static double
price_above (BeListRow *row, JsonArray *tiers, double start)
{
  double found = NAN, best = -1;
  for (guint i = 0; i < json_array_get_length (tiers); i++) {
    JsonNode *node = json_array_get_element (tiers, i);
    if (!JSON_NODE_HOLDS_OBJECT (node))
      continue;
    double from = be_list_tokens (row, json_node_get_object (node), "start");
    if (from <= start && from > best) {
      best = from;
      found = be_list_price (row, json_node_get_object (node), "price", BE_PER_MTOK);
    }
  }
  return found;
}

/* FALSE when it is there already. */
static gboolean
add_start (GArray *starts, double start)
{
  for (guint i = 0; i < starts->len; i++)
    if (g_array_index (starts, double, i) == start)
      return FALSE;
  g_array_append_val (starts, start);
  return TRUE;
}

static void
collect_starts (BeListRow *row, const char *key, JsonArray *tiers, GArray *starts)
{
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < json_array_get_length (tiers); i++) {
    JsonNode *node = json_array_get_element (tiers, i);
    double start = JSON_NODE_HOLDS_OBJECT (node)
                       ? be_list_tokens (row, json_node_get_object (node), "start")
                       : NAN;
    if (isnan (start)
        || isnan (be_list_price (row, json_node_get_object (node), "price", BE_PER_MTOK))) {
      be_list_refuse (row, _ ("%s/tiers/%u needs a start and a price"), key, i);
      return;
    }
    if (!add_start (own, start))
      be_list_note (row->reader, row->place,
                    _ ("two tiers of %s begin at %.0f tokens; the first was taken"), key, start);
    add_start (starts, start);
  }
}

/* One set of prices; a key is a number or {base, tiers}. */
static void
read_prices (BeListRow *row, JsonObject *from, JsonObject *to)
{
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    JsonObject *tiered = be_list_object (from, rates[i].list);
    JsonArray *tiers = tiered != NULL ? be_list_of (row, tiered, "tiers") : NULL;
    if (tiered == NULL)
      be_list_rate (row, from, rates[i].list, BE_PER_MTOK, to, rates[i].rate);
    else if (!be_list_rate (row, tiered, "base", BE_PER_MTOK, to, rates[i].rate))
      be_list_refuse (row, _ ("%s has tiers but no base"), rates[i].list);
    if (tiers != NULL)
      collect_starts (row, rates[i].list, tiers, starts);
  }
  for (guint s = 0; s < starts->len; s++) {
    double start = g_array_index (starts, double, s);
    JsonObject *tier = be_list_add_tier (to, start, FALSE);
    for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
      JsonObject *tiered = be_list_object (from, rates[i].list);
      JsonArray *tiers = tiered != NULL ? be_list_array (tiered, "tiers") : NULL;
      double price = tiers != NULL ? price_above (row, tiers, start) : NAN;
      if (!isnan (price))
        be_list_set (tier, rates[i].rate, price);
    }
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
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    if (strcmp (name, rates[i].list) == 0)
      return TRUE;
  return strcmp (name, "requests_kcount") == 0 || strcmp (name, "web_searches_kcount") == 0
         || strcmp (name, "tool_use_kcount") == 0;
}

static void
read_fees (BeListRow *row, JsonObject *from, JsonObject *to)
{
  g_autoptr (JsonObject) fees = json_object_new ();
  JsonObject *tools = be_list_object (from, "tool_use_kcount");
  be_list_note_untaken (row, from, is_price, is_taken);
  be_list_rate (row, from, "requests_kcount", 1e-3, fees, "per_request");
  be_list_rate (row, from, "web_searches_kcount", 1, fees, "web_search_per_1000");
  if (tools != NULL && !json_object_has_member (fees, "web_search_per_1000"))
    be_list_rate (row, tools, "web_search", 1, fees, "web_search_per_1000");
  if (json_object_get_size (fees) > 0)
    json_object_set_object_member (to, "fees", g_steal_pointer (&fees));
}

/* A window's prices stand alone: what it does not name bills by its own fall-back. */
static void
complete_window (JsonObject *window, JsonObject *base)
{
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    int from = rates[i].falls_to;
    if (from < 0 || json_object_has_member (window, rates[i].rate)
        || !json_object_has_member (base, rates[i].rate)
        || !json_object_has_member (window, rates[from].rate))
      continue;
    json_object_set_member (window, rates[i].rate,
                            json_node_copy (json_object_get_member (window, rates[from].rate)));
  }
}

/* One element of a list of conditional prices. */
typedef struct {
  JsonObject *prices;
  char *date;              /* owned, NULL = always */
  const char *start, *end; /* of a window, NULL = all day */
} Condition;

static void
condition_clear (gpointer data)
{
  g_free (((Condition *) data)->date);
}

static gboolean
read_condition (BeListRow *row, JsonNode *node, Condition *condition)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonObject *constraint = object != NULL ? be_list_object (object, "constraint") : NULL;

  *condition = (Condition){ object != NULL ? be_list_object (object, "prices") : NULL };
  if (condition->prices == NULL) {
    be_list_refuse (row, _ ("a conditional price has no prices"));
    return FALSE;
  }
  if (constraint == NULL)
    return TRUE;
  condition->date = be_list_date (be_list_text (constraint, "start_date"));
  condition->start = be_list_text (constraint, "start_time");
  condition->end = be_list_text (constraint, "end_time");
  gboolean dated = condition->date != NULL;
  gboolean timed = condition->start != NULL && condition->end != NULL;
  guint known = (dated ? 1 : 0) + (timed ? 2 : 0);
  if (dated != timed && json_object_get_size (constraint) == known)
    return TRUE;
  be_list_refuse (row, _ ("a price depends on a condition that is not known"));
  return FALSE;
}

static int
compare_dates (gconstpointer a, gconstpointer b)
{
  const Condition *x = a, *y = b;
  return g_strcmp0 (x->date, y->date);
}

static void
add_windows (BeListRow *row, GArray *conditions, JsonObject *prices)
{
  for (guint i = 0; i < conditions->len; i++) {
    Condition *condition = &g_array_index (conditions, Condition, i);
    if (condition->start == NULL)
      continue;
    g_autofree char *utc = be_list_hours (condition->start, condition->end);
    if (utc == NULL) {
      be_list_refuse (row, _ ("a window is not of the form HH:MM:SSZ"));
      return;
    }
    JsonObject *window = be_list_add_window (row, prices, utc, NULL);
    if (window == NULL)
      continue;
    read_prices (row, condition->prices, window);
    complete_window (window, prices);
    if (json_object_has_member (window, "tiers")) {
      be_list_note (row->reader, row->place, _ ("tiers inside a window were left out"));
      json_object_remove_member (window, "tiers");
    }
  }
}

/* The unconditional row first, then the dated ones, each until the next begins. */
static void
read_conditional (BeListRow *row, JsonArray *list, JsonObject *entry)
{
  g_autoptr (GArray) conditions = g_array_new (FALSE, FALSE, sizeof (Condition));
  g_autoptr (GArray) dated = g_array_new (FALSE, FALSE, sizeof (Condition));
  gboolean based = FALSE;
  g_array_set_clear_func (conditions, condition_clear);
  for (guint i = 0; i < json_array_get_length (list); i++) {
    Condition condition;
    gboolean known = read_condition (row, json_array_get_element (list, i), &condition);
    g_array_append_val (conditions, condition);
    if (!known)
      return;
    if (condition.start != NULL)
      continue;
    if (condition.date == NULL && based) {
      be_list_refuse (row, _ ("two prices without a condition"));
      return;
    }
    based |= condition.date == NULL;
    g_array_append_val (dated, condition);
  }
  g_array_sort (dated, compare_dates);
  for (guint i = 0; i < dated->len; i++) {
    const Condition *condition = &g_array_index (dated, Condition, i);
    const char *until = i + 1 < dated->len ? g_array_index (dated, Condition, i + 1).date : NULL;
    if (until != NULL && g_strcmp0 (until, condition->date) == 0) {
      be_list_note (row->reader, row->place, _ ("two prices begin on %s; the last was taken"),
                    until);
      continue;
    }
    JsonObject *prices = json_object_new ();
    read_prices (row, condition->prices, prices);
    read_fees (row, condition->prices, prices);
    add_windows (row, conditions, prices);
    be_list_add_prices (row, entry, prices, condition->date, until);
  }
}

static void
read_model (BeListReader *reader, const char *provider, JsonNode *node, guint index)
{
  JsonObject *model = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = model != NULL ? be_list_text (model, "id") : NULL;
  g_autofree char *place = id != NULL ? g_strdup_printf ("%s/%s", provider, id)
                                      : g_strdup_printf ("%s/models/%u", provider, index);
  BeListRow row = { reader, place, FALSE };
  if (id == NULL) {
    be_list_skip (reader, place, _ ("not a model: no id"));
    return;
  }
  JsonObject *entry = be_list_entry (provider, id, be_list_text (model, "name"));
  JsonArray *conditional = be_list_array (model, "prices");
  JsonObject *single = be_list_object (model, "prices");
  if (conditional != NULL) {
    read_conditional (&row, conditional, entry);
  } else if (single != NULL) {
    JsonObject *prices = json_object_new ();
    read_prices (&row, single, prices);
    read_fees (&row, single, prices);
    be_list_add_prices (&row, entry, prices, NULL, NULL);
  }
  be_list_count (&row, model, "context_window", entry, "context_window");
  JsonNode *deprecated = json_object_get_member (model, "deprecated");
  if (deprecated != NULL && JSON_NODE_HOLDS_VALUE (deprecated)
      && json_node_get_value_type (deprecated) == G_TYPE_BOOLEAN
      && json_node_get_boolean (deprecated))
    json_object_set_string_member (entry, "status", "deprecated");
  be_list_take (&row, entry);
}

static void
read_list (BeListReader *reader, JsonNode *root)
{
  JsonArray *providers = providers_of (root);
  guint n = json_array_get_length (providers);
  for (guint p = 0; p < n && be_list_goes_on (reader, p, n); p++) {
    JsonNode *node = json_array_get_element (providers, p);
    JsonObject *provider = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    const char *id = provider != NULL ? be_list_text (provider, "id") : NULL;
    JsonArray *models = provider != NULL ? be_list_array (provider, "models") : NULL;
    if (id == NULL || models == NULL) {
      g_autofree char *place = g_strdup_printf ("providers/%u", p);
      be_list_skip (reader, place, _ ("not a provider: it needs an id and models"));
      continue;
    }
    for (guint i = 0; i < json_array_get_length (models); i++)
      read_model (reader, id, json_array_get_element (models, i), i);
  }
}

const BeListFormat be_list_genai_prices = { "genai-prices", recognise, read_list };
