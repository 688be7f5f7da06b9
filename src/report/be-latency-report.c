/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cost against latency as people read it: the places by name, the timeout, routing's gain. */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Offers that nothing is known of yet, beside those in use: the cheapest. */
#define SUGGESTED 5
/* In a longer catalogue they are not looked for: it would be read whole, and priced, in one frame.
 */
#define MOST_RANKED 1000

static void
row_free (gpointer data)
{
  BeLatencyRow *row = data;

  g_free (row->key);
  g_free (row->name);
  g_free (row->origin);
  g_free (row);
}

void
be_latency_report_free (BeLatencyReport *report)
{
  if (report == NULL)
    return;
  g_ptr_array_unref (report->rows);
  be_latency_clear (&report->latency);
  g_free (report->gain);
  g_free (report->timeout);
  g_free (report->unknown);
  g_free (report);
}

/* ---- which offers ---- */

static void
add_key (GPtrArray *keys, GHashTable *seen, const char *key)
{
  char *copy;

  if (g_hash_table_contains (seen, key))
    return;
  copy = g_strdup (key);
  g_hash_table_add (seen, copy);
  g_ptr_array_add (keys, copy);
}

/* The offer's own figures, borrowed; NULL when it has none. */
static JsonNode *
get_latency (JsonNode *offer)
{
  JsonNode *node = JSON_NODE_HOLDS_OBJECT (offer)
                       ? json_object_get_member (json_node_get_object (offer), "latency")
                       : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? node : NULL;
}

static void
add_known (GPtrArray *keys, GHashTable *seen, BeScenario *scenario)
{
  JsonObject *root = json_node_get_object (be_scenario_get_root (scenario));
  JsonNode *snapshot = json_object_get_member (root, "offers");
  BeCatalog *catalog = be_scenario_get_catalog (scenario);
  JsonObjectIter iter;
  const char *key;
  JsonNode *offer;

  if (snapshot != NULL && JSON_NODE_HOLDS_OBJECT (snapshot)) {
    json_object_iter_init_ordered (&iter, json_node_get_object (snapshot));
    while (json_object_iter_next_ordered (&iter, &key, &offer))
      if (get_latency (offer) != NULL)
        add_key (keys, seen, key);
  }
  for (size_t i = 0; i < be_catalog_get_n_offers (catalog); i++)
    if (be_catalog_get_offer (catalog, i)->has_latency)
      add_key (keys, seen, be_catalog_get_offer (catalog, i)->key);
}

static void
add_cheapest (GPtrArray *keys, GHashTable *seen, BeScenario *scenario, int workload)
{
  g_autoptr (BeOfferRanking) ranking = be_offer_ranking_new ();
  guint n = 0;

  if (be_catalog_get_n_offers (be_scenario_get_catalog (scenario)) > MOST_RANKED
      || !be_offer_ranking_update (ranking, scenario, workload, NULL))
    return;
  GPtrArray *offers = be_offer_ranking_get_offers (ranking);
  for (guint i = 0; i < offers->len && n < SUGGESTED; i++) {
    const BeRankedOffer *offer = offers->pdata[i];
    if (!offer->fits || isnan (offer->cost.per_month_usd)
        || g_hash_table_contains (seen, offer->key))
      continue;
    add_key (keys, seen, offer->key);
    n++;
  }
}

/* Keys of the offers beside the routes. */
static GPtrArray *
list_offers (BeScenario *scenario, const BePlanInput *input, int workload,
             const char *const *wanted)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) used = g_ptr_array_new_with_free_func (g_free);
  const BeWorkload *only = &input->workloads[workload];

  for (size_t r = 0; r < only->n_routes; r++) {
    const char *key = be_scenario_offer_key (scenario, only->routes[r].offer);
    if (key != NULL)
      add_key (used, seen, key);
  }
  for (guint i = 0; wanted != NULL && wanted[i] != NULL; i++)
    add_key (keys, seen, wanted[i]);
  add_known (keys, seen, scenario);
  if (wanted == NULL)
    add_cheapest (keys, seen, scenario, workload);
  return keys;
}

/* ---- rows ---- */

static char *
describe_origin (JsonNode *latency)
{
  const char *source = be_offer_text (latency, "source"), *as_of = be_offer_text (latency, "asOf"),
             *entered = be_offer_text (latency, "entered");

  if (source == NULL)
    return g_strdup (_ ("as entered"));
  if (g_str_has_prefix (source, "https://"))
    source += strlen ("https://");
  if (as_of == NULL)
    as_of = "–";
  /* Translators: an address, a date. */
  if (entered == NULL)
    return g_strdup_printf (_ ("published: %s, %s"), source, as_of);
  if (strcmp (entered, "ttftMs") == 0)
    /* Translators: an address, a date. */
    return g_strdup_printf (_ ("published: %s, %s; the first token as entered"), source, as_of);
  /* Translators: an address, a date. */
  return g_strdup_printf (_ ("published: %s, %s; the speed as entered"), source, as_of);
}

/* A row of an offer; `node` is its own, a rate set's too, or NULL. */
static BeLatencyRow *
new_offer_row (const char *key, JsonNode *node, const BePlace *place)
{
  BeLatencyRow *row = g_new0 (BeLatencyRow, 1);
  const char *name = node != NULL ? be_offer_text (node, "name") : NULL;
  JsonNode *latency = node != NULL ? get_latency (node) : NULL;

  row->key = g_strdup (key);
  row->place = *place;
  row->name = g_strdup (name != NULL ? name : key);
  row->ttft_ms = latency != NULL ? be_offer_number (latency, "ttftMs") : NAN;
  row->tokens_per_second =
      latency != NULL ? be_offer_number (latency, "outputTokensPerSecond") : NAN;
  if (!isnan (row->ttft_ms) || !isnan (row->tokens_per_second))
    row->origin = describe_origin (latency);
  return row;
}

static BeLatencyRow *
new_route_row (BeScenario *scenario, int offer, const BePlace *place)
{
  const char *key = be_scenario_offer_key (scenario, offer);
  g_autoptr (JsonNode) node = key != NULL ? be_scenario_get_offer (scenario, key) : NULL;

  return new_offer_row (key != NULL ? key : "", node, place);
}

static BeLatencyRow *
new_pool_row (BeScenario *scenario, const BePool *pool, const BePlace *place)
{
  BeLatencyRow *row = g_new0 (BeLatencyRow, 1);

  row->name = be_pool_name (scenario, place->index);
  row->origin =
      g_strdup (pool->throughput_measured ? _ ("as measured") : _ ("by the serving model"));
  row->ttft_ms = row->tokens_per_second = NAN;
  row->place = *place;
  return row;
}

/* keys, nodes: of the other offers. */
static void
add_rows (BeLatencyReport *report, BeScenario *scenario, const BePlanInput *input, int workload,
          GPtrArray *keys, GPtrArray *nodes)
{
  for (guint i = 0; i < report->latency.places->len; i++) {
    const BePlace *place = &g_array_index (report->latency.places, BePlace, i);
    int at = place->index;
    BeLatencyRow *row;

    if (place->kind == BE_PLACE_POOL)
      row = new_pool_row (scenario, &input->pools[at], place);
    else if (place->kind == BE_PLACE_ROUTE)
      row = new_route_row (scenario, input->workloads[workload].routes[at].offer, place);
    else
      row = new_offer_row (keys->pdata[at], nodes->pdata[at], place);
    g_ptr_array_add (report->rows, row);
  }
}

/* Keys that are no offer go from `keys`; of the others `nodes` gets the offers. */
static gboolean
study (BeLatencyReport *report, BeScenario *scenario, const BePlanInput *input, int workload,
       GPtrArray *keys, GPtrArray *nodes, GError **error)
{
  g_autofree BeOffer *offers = g_new0 (BeOffer, keys->len + 1);
  guint n = 0;

  for (guint i = 0; i < keys->len; i++) {
    g_autoptr (JsonNode) node = be_scenario_get_offer (scenario, keys->pdata[i]);
    if (node != NULL && be_scenario_resolve_offer (scenario, node, &offers[n])) {
      g_ptr_array_add (nodes, g_steal_pointer (&node));
      n++;
    } else {
      g_ptr_array_remove_index (keys, i--);
    }
  }
  gboolean done = be_study_latency (input, workload, offers, n, &report->latency, error);
  for (guint i = 0; i < n; i++)
    be_offer_clear (&offers[i]);
  return done;
}

/* ---- sentences ---- */

static char *
per_thousand (double per_request_usd)
{
  return be_format_money (per_request_usd * 1000, FALSE);
}

/* "−42 %" */
static char *
change_words (double from, double to)
{
  return be_format_change (rint ((to / from - 1) * 1000) / 1000, BE_UNIT_SHARE);
}

static char *
gain_sentence (const BeLatencyReport *report)
{
  const BeLatency *latency = &report->latency;

  if (latency->reference < 0 || isnan (latency->per_request_usd))
    return NULL;
  const BeLatencyRow *row = report->rows->pdata[latency->reference];
  double alone_per_request_usd = row->place.per_request_usd, alone_s = row->place.latency_s;
  if (!(alone_per_request_usd > 0))
    return NULL;
  g_autofree char *usd = per_thousand (latency->per_request_usd);
  g_autofree char *alone_usd = per_thousand (alone_per_request_usd);
  g_autofree char *less = change_words (alone_per_request_usd, latency->per_request_usd);
  if (!(alone_s > 0) || isnan (latency->mean_s))
    /* Translators: an offer, dollars, dollars, "−42 %". */
    return g_strdup_printf (
        _ ("Against %s alone, routing costs %s instead of %s for 1,000 requests "
           "(%s). What it gains in time is known once all its routes are "
           "measured."),
        row->name, usd, alone_usd, less);
  g_autofree char *time = be_format_value (latency->mean_s, BE_UNIT_SECONDS, FALSE);
  g_autofree char *alone_time = be_format_value (alone_s, BE_UNIT_SECONDS, FALSE);
  g_autofree char *faster = change_words (alone_s, latency->mean_s);
  /* Translators: an offer, "1.2 s", "2.5 s", "−42 %", dollars, dollars, "−42 %". */
  return g_strdup_printf (
      _ ("Against %s alone, routing takes %s instead of %s on the mean (%s) and "
         "costs %s instead of %s for 1,000 requests (%s)."),
      row->name, time, alone_time, faster, usd, alone_usd, less);
}

/* "GPT-4o 12 %, GPT-4o mini not known", and of how many routes it is not known. */
static char *
late_words (const BeLatencyReport *report, guint *n_unknown)
{
  GString *text = g_string_new (NULL);

  *n_unknown = 0;
  for (guint i = 0; i < report->rows->len; i++) {
    const BeLatencyRow *row = report->rows->pdata[i];
    if (row->place.kind != BE_PLACE_ROUTE)
      continue;
    *n_unknown += isnan (row->place.late_share);
    g_autofree char *share = isnan (row->place.late_share)
                                 ? g_strdup (_ ("not known"))
                                 : be_format_value (row->place.late_share, BE_UNIT_SHARE, FALSE);
    g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", row->name, share);
  }
  return g_string_free (text, FALSE);
}

static char *
timeout_sentence (const BeLatencyReport *report)
{
  guint n_unknown;
  g_autofree char *limit = be_format_value (report->timeout_s, BE_UNIT_SECONDS, FALSE);
  g_autofree char *late = late_words (report, &n_unknown);
  g_autofree char *retries = be_format_number (rint (report->latency.retries), FALSE);
  g_autofree char *usd =
      be_format_value (report->latency.retries_usd, BE_UNIT_USD_PER_MONTH, FALSE);

  if (!(report->timeout_s > 0))
    return g_strdup (_ ("No timeout is set: every answer is waited for."));
  /* Translators: "2 s", a list "GPT-4o 12 %, GPT-4o mini 0 %", a number, "$340/month". */
  if (n_unknown == 0)
    return g_strdup_printf (_ ("Attempts that run past the timeout of %s: %s. They are paid for "
                               "and asked again: %s retries a month for %s."),
                            limit, late, retries, usd);
  /* Translators: "2 s", a list "GPT-4o 12 %, GPT-4o mini not known", a number, "$340/month". */
  return g_strdup_printf (_ ("Attempts that run past the timeout of %s: %s. They are paid for and "
                             "asked again: where the share is known, %s retries a month for %s; "
                             "what is late on the others is in no cost."),
                          limit, late, retries, usd);
}

static char *
unknown_sentence (const BeLatencyReport *report)
{
  guint n = 0;

  for (guint i = 0; i < report->rows->len; i++)
    n += isnan (((BeLatencyRow *) report->rows->pdata[i])->place.latency_s);
  if (n == 0)
    return NULL;
  return g_strdup_printf (
      ngettext ("%u offer or pool has no time yet and is not in the chart.",
                "%u offers and pools have no time yet and are not in the chart.", n),
      n);
}

char *
be_report_latency_words (const BeLatencyRow *row, double timeout_s)
{
  g_autofree char *time = isnan (row->place.latency_s)
                              ? g_strdup (_ ("time not known"))
                              : be_format_value (row->place.latency_s, BE_UNIT_SECONDS, FALSE);
  g_autofree char *usd = per_thousand (row->place.per_request_usd);
  /* Translators: "2.4 s", dollars. */
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("%s · %s for 1,000 requests"), time, usd);
  if (timeout_s > 0 && row->place.kind != BE_PLACE_POOL && !isnan (row->place.late_share)) {
    g_autofree char *late = be_format_value (row->place.late_share, BE_UNIT_SHARE, FALSE);
    g_string_append_printf (text, _ (" · %s past the timeout"), late);
  }
  if (row->place.retries_usd > 0) {
    g_autofree char *again = be_format_value (row->place.retries_usd, BE_UNIT_USD_PER_MONTH, FALSE);
    g_string_append_printf (text, _ (" · %s of retries"), again);
  }
  return g_string_free (text, FALSE);
}

BeLatencyReport *
be_report_latency (BeScenario *scenario, int workload, const char *const *wanted, GError **error)
{
  const BePlanInput *input = be_scenario_resolve (scenario, error);
  g_autoptr (BeLatencyReport) report = NULL;

  if (input == NULL)
    return NULL;
  if (workload < 0 || workload >= (int) input->n_workloads) {
    g_set_error_literal (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT,
                         _ ("There is no such workload"));
    return NULL;
  }
  report = g_new0 (BeLatencyReport, 1);
  report->rows = g_ptr_array_new_with_free_func (row_free);
  report->timeout_s = input->workloads[workload].timeout_s;
  g_autoptr (GPtrArray) keys = list_offers (scenario, input, workload, wanted);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  if (!study (report, scenario, input, workload, keys, nodes, error))
    return NULL;
  add_rows (report, scenario, input, workload, keys, nodes);
  report->gain = gain_sentence (report);
  report->timeout = timeout_sentence (report);
  report->unknown = unknown_sentence (report);
  return g_steal_pointer (&report);
}
