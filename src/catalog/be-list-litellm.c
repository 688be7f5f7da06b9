/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LiteLLM's model_prices_and_context_window.json: one object, models by name, USD per token. */
#include "catalog/be-price-list-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The list's names; what follows them ("_batches", "_above_200k_tokens") is the condition. */
static const struct {
  const char *list, *rate;
} rates[] = {
  { "input_cost_per_token", "input" },
  { "output_cost_per_token", "output" },
  { "cache_read_input_token_cost", "cached_input" },
  { "input_cost_per_token_cache_hit", "cached_input" }, /* only where the one before is absent */
  { "cache_creation_input_token_cost", "cache_write" },
  { "cache_creation_input_token_cost_above_1hr", "cache_write_1h" },
  { "output_cost_per_reasoning_token", "reasoning" },
};

/* A threshold above a billion tokens is none. */
#define MOST_THOUSANDS 1000000

static const char *const modes[] = { "chat", "completion", "responses" };

static gboolean
recognise (JsonNode *root)
{
  JsonObject *models = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  if (models == NULL)
    return FALSE;
  JsonObjectIter iter;
  JsonNode *node;
  json_object_iter_init (&iter, models);
  while (json_object_iter_next (&iter, NULL, &node)) {
    JsonObject *model = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    if (model != NULL
        && (json_object_has_member (model, "litellm_provider")
            || json_object_has_member (model, "input_cost_per_token")))
      return TRUE;
  }
  return FALSE;
}

static void
read_rates (BeListRow *row, JsonObject *from, const char *condition, JsonObject *to,
            const char *prefix)
{
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    g_autofree char *name = g_strconcat (rates[i].list, condition, NULL);
    g_autofree char *as = g_strconcat (prefix, rates[i].rate, NULL);
    if (!json_object_has_member (to, as))
      be_list_rate (row, from, name, BE_PER_TOKEN, to, as);
  }
}

/* The N of every "..._above_Nk_tokens", without repetition. */
static GArray *
thresholds_of (JsonObject *model)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GList) names = json_object_get_members (model);
  for (GList *name = names; name != NULL; name = name->next) {
    const char *above = strstr (name->data, "per_token_above_");
    if (above == NULL)
      above = strstr (name->data, "token_cost_above_");
    if (above == NULL)
      continue;
    char *end;
    guint64 thousands = g_ascii_strtoull (strstr (above, "_above_") + 7, &end, 10);
    gboolean known =
        thousands == 0 || thousands > MOST_THOUSANDS || !g_str_has_prefix (end, "k_tokens");
    for (guint i = 0; i < found->len; i++)
      known |= g_array_index (found, guint64, i) == thousands;
    if (!known)
      g_array_append_val (found, thousands);
  }
  return found;
}

/* `kind` is "" or that of a service tier, "_priority". */
static void
read_tiers (BeListRow *row, JsonObject *model, const char *kind, JsonObject *prices)
{
  g_autoptr (GArray) thresholds = thresholds_of (model);
  for (guint i = 0; i < thresholds->len; i++) {
    guint64 thousands = g_array_index (thresholds, guint64, i);
    g_autofree char *condition =
        g_strdup_printf ("_above_%" G_GUINT64_FORMAT "k_tokens%s", thousands, kind);
    g_autofree char *batch = g_strconcat (condition, "_batches", NULL);
    g_autoptr (JsonObject) found = json_object_new ();
    read_rates (row, model, condition, found, "");
    read_rates (row, model, batch, found, "batch_");
    if (json_object_get_size (found) == 0)
      continue; /* it is one of another kind */
    JsonObject *tier = be_list_add_tier (prices, thousands * 1000.0, FALSE);
    read_rates (row, model, condition, tier, "");
    read_rates (row, model, batch, tier, "batch_");
  }
}

/* tiered_pricing: ranges of prompt tokens whose end belongs to the lower one. */
static void
read_ranges (BeListRow *row, JsonArray *ranges, JsonObject *prices)
{
  for (guint i = 0; i < json_array_get_length (ranges); i++) {
    JsonNode *node = json_array_get_element (ranges, i);
    JsonObject *range = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    JsonArray *ends = range != NULL ? be_list_array (range, "range") : NULL;
    double from;
    if (ends == NULL || json_array_get_length (ends) == 0
        || !be_list_number (json_array_get_element (ends, 0), &from) || !(from >= 0)
        || !(from <= 1e12)) {
      be_list_refuse (row, _ ("tiered_pricing/%u has no range that begins with a number"), i);
      return;
    }
    JsonObject *into = from > 0 ? be_list_add_tier (prices, from, FALSE) : prices;
    read_rates (row, range, "", into, "");
  }
}

static gboolean
is_any (const char *name)
{
  return TRUE;
}

static gboolean
is_off_peak (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    if (strcmp (name, rates[i].list) == 0)
      return TRUE;
  return strcmp (name, "hours_utc") == 0;
}

/* off_peak_pricing: {"hours_utc": "16:30-00:30" or a list of them, and rates}. */
static void
read_off_peak (BeListRow *row, JsonObject *model, JsonObject *prices)
{
  JsonObject *off_peak = be_list_object (model, "off_peak_pricing");
  JsonArray *list = off_peak != NULL ? be_list_array (off_peak, "hours_utc") : NULL;
  const char *single = off_peak != NULL ? be_list_text (off_peak, "hours_utc") : NULL;
  guint n = list != NULL ? json_array_get_length (list) : single != NULL ? 1 : 0;

  if (off_peak == NULL)
    return;
  be_list_note_untaken (row, off_peak, is_any, is_off_peak);
  if (n == 0)
    be_list_note (row->reader, row->place,
                  _ ("off_peak_pricing was left out: it has no hours_utc"));
  for (guint i = 0; i < n; i++) {
    JsonNode *node = list != NULL ? json_array_get_element (list, i) : NULL;
    const char *text =
        node == NULL ? single
        : JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
            ? json_node_get_string (node)
            : "";
    g_auto (GStrv) ends = g_strsplit (text, "-", 2);
    g_autofree char *utc =
        ends[0] != NULL && ends[1] != NULL ? be_list_hours (ends[0], ends[1]) : NULL;
    if (utc == NULL) {
      be_list_note (row->reader, row->place,
                    _ ("off_peak_pricing was left out: %.40s are no hours of the form HH:MM-HH:MM"),
                    text);
      continue;
    }
    JsonObject *window = be_list_add_window (row, prices, utc, NULL);
    if (window != NULL)
      read_rates (row, off_peak, "", window, "");
  }
}

static void
read_fees (BeListRow *row, JsonObject *model, JsonObject *prices)
{
  g_autoptr (JsonObject) fees = json_object_new ();
  JsonObject *search = be_list_object (model, "search_context_cost_per_query");
  be_list_rate (row, model, "input_cost_per_request", 1, fees, "per_request");
  if (search != NULL)
    be_list_rate (row, search, "search_context_size_medium", 1000, fees, "web_search_per_1000");
  if (json_object_get_size (fees) > 0)
    json_object_set_object_member (prices, "fees", g_steal_pointer (&fees));
}

static void
read_limits (BeListRow *row, JsonObject *model, JsonObject *entry)
{
  g_autoptr (JsonObject) limits = json_object_new ();
  be_list_count (row, model, "rpm", limits, "rpm");
  be_list_count (row, model, "tpm", limits, "tpm");
  if (json_object_get_size (limits) > 0)
    json_object_set_object_member (entry, "limits", g_steal_pointer (&limits));
}

static gboolean
is_price (const char *name)
{
  return strstr (name, "_cost") != NULL;
}

/* What follows a rate's name: nothing, a condition of a tier, batches, a service tier. */
static gboolean
is_condition (const char *rest)
{
  static const char *const ends[] = { "", "_batches", "_priority", "_flex" };
  if (g_str_has_prefix (rest, "_above_")) {
    char *end;
    guint64 thousands = g_ascii_strtoull (rest + strlen ("_above_"), &end, 10);
    if (thousands == 0 || thousands > MOST_THOUSANDS || !g_str_has_prefix (end, "k_tokens"))
      return FALSE;
    rest = end + strlen ("k_tokens");
  }
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (strcmp (rest, ends[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_taken (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    if (g_str_has_prefix (name, rates[i].list) && is_condition (name + strlen (rates[i].list)))
      return TRUE;
  return strcmp (name, "input_cost_per_request") == 0
         || strcmp (name, "search_context_cost_per_query") == 0;
}

static gboolean
is_text_mode (const char *mode)
{
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    if (g_strcmp0 (mode, modes[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
read_service_tiers (BeListRow *row, JsonObject *model, JsonObject *entry)
{
  static const char *const names[] = { "priority", "flex" };
  g_autoptr (JsonObject) sets = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (JsonObject) set = json_object_new ();
    g_autofree char *condition = g_strconcat ("_", names[i], NULL);
    read_rates (row, model, condition, set, "");
    read_tiers (row, model, condition, set);
    be_list_settle_tiers (row, set);
    if (json_object_get_size (set) > 0)
      json_object_set_object_member (sets, names[i], g_steal_pointer (&set));
  }
  if (json_object_get_size (sets) > 0)
    json_object_set_object_member (entry, "rate_sets", g_steal_pointer (&sets));
}

static void
read_model (BeListReader *reader, const char *id, JsonNode *node)
{
  BeListRow row = { reader, id, FALSE };
  JsonObject *model = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (model == NULL) {
    be_list_skip (reader, id, _ ("not a model: the entry is no object"));
    return;
  }
  const char *mode = be_list_text (model, "mode"),
             *provider = be_list_text (model, "litellm_provider");
  if (strcmp (id, "sample_spec") == 0) {
    be_list_skip (reader, id, _ ("not a model: the list's own explanation"));
    return;
  }
  if (!is_text_mode (mode)) {
    be_list_skip (reader, id, _ ("mode %s: not priced by text tokens"),
                  mode != NULL ? mode : _ ("(none)"));
    return;
  }
  if (provider == NULL || *id == '\0') {
    be_list_skip (reader, id, _ ("not a model: no litellm_provider"));
    return;
  }
  JsonObject *entry = be_list_entry (provider, id, NULL), *prices = json_object_new ();
  JsonArray *ranges = be_list_of (&row, model, "tiered_pricing");
  read_rates (&row, model, "", prices, "");
  read_rates (&row, model, "_batches", prices, "batch_");
  read_tiers (&row, model, "", prices);
  if (ranges != NULL)
    read_ranges (&row, ranges, prices);
  read_off_peak (&row, model, prices);
  read_fees (&row, model, prices);
  be_list_note_untaken (&row, model, is_price, is_taken);
  be_list_add_prices (&row, entry, prices, NULL, NULL);
  read_service_tiers (&row, model, entry);
  read_limits (&row, model, entry);
  be_list_count (&row, model, "max_input_tokens", entry, "context_window");
  if (!json_object_has_member (entry, "context_window"))
    be_list_count (&row, model, "max_tokens", entry, "context_window");
  be_list_count (&row, model, "max_output_tokens", entry, "max_output");
  g_autofree char *deprecated = be_list_date (be_list_text (model, "deprecation_date"));
  const char *source = be_list_text (model, "source");
  if (deprecated != NULL)
    json_object_set_string_member (entry, "deprecation_date", deprecated);
  if (source != NULL)
    json_object_set_string_member (entry, "pricing_url", source);
  be_list_take (&row, entry);
}

static void
read_list (BeListReader *reader, JsonNode *root)
{
  JsonObject *models = json_node_get_object (root);
  guint index = 0, n = json_object_get_size (models);
  JsonObjectIter iter;
  const char *id;
  JsonNode *node;
  json_object_iter_init_ordered (&iter, models);
  while (json_object_iter_next_ordered (&iter, &id, &node) && be_list_goes_on (reader, index++, n))
    read_model (reader, id, node);
}

const BeListFormat be_list_litellm = { "LiteLLM", recognise, read_list };
