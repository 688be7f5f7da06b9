/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offers ranked by what a workload would cost on each, as rows and as a chart. */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

struct _BeOfferRanking {
  GPtrArray *offers;  /* BeRankedOffer; cheapest first when it is done, without a price last */
  GArray *resolved;   /* BeOffer, by `index` of the row */
  GPtrArray *keys;    /* still to be read from `read` on */
  JsonNode *made_for; /* the snapshot that the rows are read from */
  BeCatalog *catalog;
  int workload;
  guint read, priced;
  gboolean done;
};

static void
ranked_free (gpointer data)
{
  BeRankedOffer *ranked = data;

  g_free (ranked->key);
  g_free (ranked->name);
  g_free (ranked->provider);
  g_free (ranked->as_of);
  g_free (ranked->age_note);
  g_free (ranked->words);
  g_free (ranked);
}

static void
clear_offers (BeOfferRanking *self)
{
  g_ptr_array_set_size (self->offers, 0);
  g_array_set_size (self->resolved, 0);
  g_ptr_array_set_size (self->keys, 0);
  self->read = self->priced = 0;
  g_clear_pointer (&self->made_for, json_node_unref);
  g_clear_pointer (&self->catalog, be_catalog_unref);
}

BeOfferRanking *
be_offer_ranking_new (void)
{
  BeOfferRanking *self = g_new0 (BeOfferRanking, 1);

  self->offers = g_ptr_array_new_with_free_func (ranked_free);
  self->resolved = g_array_new (FALSE, FALSE, sizeof (BeOffer));
  self->keys = g_ptr_array_new_with_free_func (g_free);
  g_array_set_clear_func (self->resolved, (GDestroyNotify) be_offer_clear);
  return self;
}

void
be_offer_ranking_free (BeOfferRanking *self)
{
  if (self == NULL)
    return;
  clear_offers (self);
  g_ptr_array_unref (self->offers);
  g_array_unref (self->resolved);
  g_ptr_array_unref (self->keys);
  g_free (self);
}

const char *
be_offer_text (JsonNode *offer, const char *name)
{
  JsonNode *node = json_object_get_member (json_node_get_object (offer), name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

double
be_offer_number (JsonNode *offer, const char *name)
{
  JsonNode *node = json_object_get_member (json_node_get_object (offer), name);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node)
                                                            : G_TYPE_INVALID;

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : NAN;
}

static void
add_offer (BeOfferRanking *self, BeScenario *scenario, const char *key)
{
  g_autoptr (JsonNode) node = be_scenario_get_offer (scenario, key);
  BeRankedOffer *ranked;
  BeOffer offer;

  if (node == NULL || !be_scenario_resolve_offer (scenario, node, &offer))
    return;
  ranked = g_new0 (BeRankedOffer, 1);
  ranked->key = g_strdup (key);
  ranked->name =
      g_strdup (be_offer_text (node, "name") != NULL ? be_offer_text (node, "name") : key);
  ranked->provider = g_strdup (be_offer_text (node, "provider"));
  ranked->as_of = g_strdup (be_offer_text (node, "asOf"));
  ranked->age_note = be_offer_age_note (node);
  ranked->context_window = be_offer_number (node, "contextWindow");
  ranked->index = self->resolved->len;
  g_autofree char *context = be_format_value (ranked->context_window, BE_UNIT_TOKENS, TRUE);
  g_autofree char *input = be_format_price (be_offer_number (node, "input"));
  g_autofree char *output = be_format_price (be_offer_number (node, "output"));
  g_autofree char *all =
      g_strjoin (" ", key, ranked->name, ranked->provider != NULL ? ranked->provider : "",
                 ranked->as_of != NULL ? ranked->as_of : "", context, input, output, NULL);
  ranked->words = g_utf8_casefold (all, -1);
  g_array_append_val (self->resolved, offer);
  g_ptr_array_add (self->offers, ranked);
}

/* Keys of the snapshot's offers and the catalogue's; again only when one of them changed. */
static void
list_keys (BeOfferRanking *self, BeScenario *scenario)
{
  JsonObject *root = json_node_get_object (be_scenario_get_root (scenario));
  JsonNode *snapshot = json_object_get_member (root, "offers");
  BeCatalog *catalog = be_scenario_get_catalog (scenario);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonObjectIter iter;
  const char *key;

  if (self->catalog == catalog && self->made_for == snapshot)
    return;
  clear_offers (self);
  if (snapshot != NULL && JSON_NODE_HOLDS_OBJECT (snapshot)) {
    json_object_iter_init_ordered (&iter, json_node_get_object (snapshot));
    while (json_object_iter_next_ordered (&iter, &key, NULL)) {
      g_hash_table_add (seen, (gpointer) key);
      g_ptr_array_add (self->keys, g_strdup (key));
    }
  }
  for (size_t i = 0; i < be_catalog_get_n_offers (catalog); i++) {
    key = be_catalog_get_offer (catalog, i)->key;
    if (!g_hash_table_contains (seen, key))
      g_ptr_array_add (self->keys, g_strdup (key));
  }
  self->made_for = snapshot != NULL ? json_node_ref (snapshot) : NULL;
  self->catalog = be_catalog_ref (catalog);
}

static int
compare_cost (gconstpointer a, gconstpointer b)
{
  const BeRankedOffer *x = *(BeRankedOffer *const *) a, *y = *(BeRankedOffer *const *) b;
  double cost_x = x->cost.per_month_usd, cost_y = y->cost.per_month_usd;

  if (isnan (cost_x) || isnan (cost_y))
    return isnan (cost_x) - isnan (cost_y);
  if (cost_x != cost_y)
    return cost_x < cost_y ? -1 : 1;
  return strcmp (x->key, y->key);
}

static gboolean
is_used (BeScenario *scenario, const BeWorkload *workload, const char *key)
{
  for (size_t i = 0; i < workload->n_routes; i++)
    if (workload->routes[i].offer >= 0
        && g_strcmp0 (be_scenario_offer_key (scenario, workload->routes[i].offer), key) == 0)
      return TRUE;
  return FALSE;
}

void
be_offer_ranking_begin (BeOfferRanking *self, BeScenario *scenario, int workload)
{
  list_keys (self, scenario);
  self->workload = workload;
  self->priced = 0;
  self->done = FALSE;
}

/* All are read: their offers stand still from here on. */
static void
forget_costs (BeOfferRanking *self)
{
  for (guint i = 0; i < self->offers->len; i++) {
    BeRankedOffer *ranked = self->offers->pdata[i];
    ranked->offer = &g_array_index (self->resolved, BeOffer, ranked->index);
    ranked->cost = (BeOfferCost){ .per_month_usd = NAN, .per_request_usd = NAN, .latency_s = NAN };
    ranked->is_used = FALSE;
    ranked->fits = TRUE;
  }
}

/* Prices the rows from `priced` on, `n` of them. They are in any order then. */
static gboolean
price_rows (BeOfferRanking *self, BeScenario *scenario, const BePlanInput *input, guint n,
            GError **error)
{
  const BeWorkload *workload = &input->workloads[self->workload];
  g_autofree BeOfferCost *costs = g_new0 (BeOfferCost, n + 1);
  g_autofree BeOffer *offers = g_new (BeOffer, n + 1);
  /* The mean request of a conversation: the turns before it and reasoning are in it. */
  double tokens = be_workload_prompt (workload) + workload->output + workload->reasoning;

  for (guint i = 0; i < n; i++) {
    BeRankedOffer *ranked = self->offers->pdata[self->priced + i];
    offers[i] = g_array_index (self->resolved, BeOffer, ranked->index);
  }
  if (!be_study_offers (input, self->workload, offers, n, costs, error))
    return FALSE;
  for (guint i = 0; i < n; i++) {
    BeRankedOffer *ranked = self->offers->pdata[self->priced++];

    ranked->cost = costs[i];
    ranked->is_used = is_used (scenario, workload, ranked->key);
    ranked->fits = !(ranked->context_window < tokens);
  }
  return TRUE;
}

gboolean
be_offer_ranking_step (BeOfferRanking *self, BeScenario *scenario, guint budget, gboolean *done,
                       GError **error)
{
  const BePlanInput *input;
  guint read_to = MIN (self->read + budget, self->keys->len);

  *done = FALSE;
  if (self->read < self->keys->len) {
    for (; self->read < read_to; self->read++)
      add_offer (self, scenario, self->keys->pdata[self->read]);
    return TRUE;
  }
  if (self->priced == 0)
    forget_costs (self);
  input = be_scenario_resolve (scenario, error);
  if (input == NULL)
    return FALSE;
  if (self->workload < 0 || self->workload >= (int) input->n_workloads)
    self->workload = 0;
  /* A price is worked out in a tenth of the time that reading an offer takes. */
  if (!price_rows (self, scenario, input, MIN (10 * budget, self->offers->len - self->priced),
                   error))
    return FALSE;
  *done = self->priced == self->offers->len;
  if (*done)
    g_ptr_array_sort (self->offers, compare_cost);
  self->done = *done;
  return TRUE;
}

gboolean
be_offer_ranking_update (BeOfferRanking *self, BeScenario *scenario, int workload, GError **error)
{
  gboolean done = FALSE;

  be_offer_ranking_begin (self, scenario, workload);
  while (!done)
    if (!be_offer_ranking_step (self, scenario, G_MAXUINT / 20, &done, error))
      return FALSE;
  return TRUE;
}

GPtrArray *
be_offer_ranking_get_offers (BeOfferRanking *self)
{
  return self->offers;
}

/* The provider stands with the name where the name alone would be ambiguous. */
static char *
bar_name (const BeRankedOffer *offer)
{
  if (offer->provider == NULL)
    return g_strdup (offer->name);
  return g_strdup_printf ("%s · %s", offer->name, offer->provider);
}

/* Blue is in use, green cheaper than the routing as it is, grey the rest. */
static BeRole
role_of (const BeRankedOffer *offer, double today_usd)
{
  if (offer->is_used)
    return BE_ROLE_HOSTED;
  return offer->cost.per_month_usd < today_usd ? BE_ROLE_SAVING : BE_ROLE_REFERENCE;
}

static char *
ranking_sentence (guint shown, guint matching, guint cheaper, double today_usd)
{
  g_autofree char *first = g_strdup_printf (
      ngettext ("%u of %u offer that matches, cheapest first, each with the whole workload.",
                "%u of %u offers that match, cheapest first, each with the whole workload.",
                matching),
      shown, matching);
  if (!isfinite (today_usd))
    return g_steal_pointer (&first);
  g_autofree char *second = g_strdup_printf (
      ngettext ("%u costs less than the routing as it is (green); what is in use is blue.",
                "%u cost less than the routing as it is (green); what is in use is blue.", cheaper),
      cheaper);
  return g_strconcat (first, " ", second, NULL);
}

BeChartData *
be_offer_ranking_chart (GPtrArray *offers, guint n_bars, double today_usd)
{
  BeChartData *data = be_chart_data_new (BE_CHART_ROWS);
  g_autoptr (GPtrArray) ranked = g_ptr_array_new ();
  guint matching = 0, cheaper = 0;

  data->title = g_strdup (_ ("This workload on each offer, $ a month"));
  data->x_label = g_strdup (_ ("Offer"));
  data->y_label = g_strdup (_ ("$/month"));
  data->y_unit = BE_CHART_UNIT_USD;
  data->empty_text = g_strdup (_ ("No offer matches"));
  for (guint i = 0; i < offers->len; i++)
    if (!isnan (((BeRankedOffer *) offers->pdata[i])->cost.per_month_usd))
      g_ptr_array_add (ranked, offers->pdata[i]);
  g_ptr_array_sort (ranked, compare_cost);
  if (isfinite (today_usd) && ranked->len > 0)
    be_chart_data_add_bar (data, _ ("Routing as it is"), today_usd, TRUE, BE_ROLE_TOTAL);
  for (guint i = 0; i < ranked->len; i++) {
    const BeRankedOffer *offer = ranked->pdata[i];
    g_autofree char *name = bar_name (offer);

    cheaper += offer->cost.per_month_usd < today_usd;
    if (matching++ < n_bars || offer->is_used)
      be_chart_data_add_bar (data, name, offer->cost.per_month_usd, offer->is_used,
                             role_of (offer, today_usd));
  }
  if (matching > 0)
    data->summary = ranking_sentence (MIN (matching, n_bars), matching, cheaper, today_usd);
  return data;
}

/* The workload's own hosted cost as it is routed. */
double
be_report_workload_usd (const BePlanInput *input, const BePlanResult *result, int workload)
{
  const BePlan *plan = &result->plans[BE_PLAN_HOSTED];
  double usd = 0;

  if (!plan->defined || plan->feasible == BE_INFEASIBLE_MISSING_PRICE)
    return NAN;
  for (size_t i = 0; i < plan->n_lines; i++)
    if (plan->lines[i].workload == workload)
      usd += plan->lines[i].usd;
  return usd * (1 + input->workloads[workload].buffer);
}
