/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pool serves, on the same open weights hosted by a provider: like against like. */
#include "study/be-study-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The first route in use that the pool stands in for and that runs another model. */
static void
find_other_model (BeScenario *scenario, const BePlanInput *input, const BePool *pool,
                  const char *model, BeSameWeights *same)
{
  for (size_t s = 0; s < pool->n_serves; s++) {
    const BeServes *serves = &pool->serves[s];
    const BeWorkload *workload = &input->workloads[serves->workload];

    for (size_t r = 0; r < workload->n_routes; r++) {
      const BeRoute *route = &workload->routes[r];
      const char *key = be_scenario_offer_key (scenario, route->offer);

      if (key == NULL || !(route->share > 0) || be_catalog_same_model (model, key)
          || (serves->replaces != NULL && !serves->replaces[r]))
        continue;
      same->other_workload = serves->workload;
      same->other_route = (int) r;
      return;
    }
  }
}

/* The pool's work as workloads of their own, each with one route on the only offer. Routes are one
 * for each workload and owned, as the workloads are; the offer is the caller's. */
static void
take_work (BePlanInput *work, const BePlanInput *input, const BePool *pool, BeRoute *routes)
{
  be_plan_input_init (work);
  work->month_hours = input->month_hours;
  work->n_offers = 1;
  work->workloads = g_new (BeWorkload, MAX (pool->n_serves, 1));
  work->n_workloads = pool->n_serves;
  for (size_t s = 0; s < pool->n_serves; s++) {
    const BeServes *serves = &pool->serves[s];
    BeWorkload *workload = &work->workloads[s];

    *workload = input->workloads[serves->workload];
    workload->requests_per_day *= serves->share * be_serves_reach (serves, workload);
    workload->routing = BE_ROUTING_SPLIT;
    workload->overhead_per_request_usd = workload->minimum_quality = 0;
    routes[s] = (BeRoute){ .share = 1, .quality = 1, .token_factor = serves->token_factor };
    workload->routes = &routes[s];
    workload->n_routes = 1;
  }
}

/* Prices the work on one offer, in force at the date, and keeps it when it is the cheapest. */
static gboolean
try_offer (BeScenario *scenario, const char *date, BePlanInput *work,
           const BeCatalogOffer *candidate, BePlanResult *result, BeSameWeights *same)
{
  g_autoptr (JsonNode) node = be_catalog_offer_to_scenario (candidate, date);
  BeOffer offer;
  double usd;

  if (node == NULL || !be_scenario_resolve_offer (scenario, node, &offer))
    return TRUE;
  offer.rpm_limit = offer.tpm_limit = NAN;
  work->offers = &offer;
  gboolean valid = be_alone_cost (work, result, &usd);
  if (valid && isfinite (usd) && (same->offer == NULL || usd < same->per_month_usd)) {
    same->offer = candidate;
    same->per_month_usd = usd;
    same->per_mtok_usd = result->plans[BE_PLAN_HOSTED].per_mtok_usd;
  }
  be_offer_clear (&offer);
  return valid;
}

static gboolean
try_offers (BeScenario *scenario, const BePlanInput *input, int pool, const char *model,
            BeSameWeights *same)
{
  GPtrArray *offers = be_catalog_list_same_model (be_scenario_get_catalog (scenario), model);
  g_autofree BeRoute *routes = g_new0 (BeRoute, MAX (input->pools[pool].n_serves, 1));
  g_autofree char *date = be_scenario_get_text (scenario, "pricesAsOf");
  BePlanInput work;
  BePlanResult result;
  gboolean valid = TRUE;

  take_work (&work, input, &input->pools[pool], routes);
  work.volume = input->volume;
  be_plan_result_init (&result);
  for (guint i = 0; i < offers->len && valid; i++)
    valid = try_offer (scenario, date, &work, offers->pdata[i], &result, same);
  be_plan_result_clear (&result);
  g_free (work.workloads);
  return valid;
}

gboolean
be_study_same_weights (BeScenario *scenario, int pool, BeSameWeights *same, GError **error)
{
  const BePlanInput *input = be_scenario_resolve (scenario, error);
  g_auto (GStrv) ids = be_scenario_list_pools (scenario);

  *same = (BeSameWeights){
    .other_workload = -1, .other_route = -1, .per_month_usd = NAN, .per_mtok_usd = NAN
  };
  if (input == NULL)
    return FALSE;
  if (pool < 0 || pool >= (int) input->n_pools) {
    g_set_error_literal (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT, _ ("There is no such pool"));
    return FALSE;
  }
  g_autofree char *path = be_path_join ("pools", ids[pool], "model", NULL);
  g_autofree char *model = be_scenario_get_text (scenario, path);
  if (model == NULL || *model == '\0' || input->pools[pool].n_serves == 0)
    return TRUE;
  same->known = TRUE;
  find_other_model (scenario, input, &input->pools[pool], model, same);
  return try_offers (scenario, input, pool, model, same) || be_study_fail_input (error);
}
