/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pool's work costs on another offer, by volume. */
#include "study/be-study-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The workload's routes with what the pool serves on one more route; FALSE: a cascade of which the
 * pool serves a part has no such routing. The routes are the caller's. */
static gboolean
move_requests (BeWorkload *workload, const BeServes *serves, int offer)
{
  gboolean whole = workload->routing == BE_ROUTING_CASCADE;
  double moved = 0;

  if (whole && serves->share < 1)
    return FALSE;
  BeRoute *routes = g_new0 (BeRoute, workload->n_routes + 1);
  for (size_t r = 0; r < workload->n_routes; r++) {
    routes[r] = workload->routes[r];
    double part = serves->replaces == NULL || serves->replaces[r] ? serves->share : 0;
    moved += whole ? 0 : routes[r].share * part;
    routes[r].share *= 1 - part;
  }
  routes[workload->n_routes] =
      (BeRoute){ offer, whole ? 1 : moved, serves->quality, serves->token_factor, false };
  if (whole) {
    routes[0] = routes[workload->n_routes];
    workload->routing = BE_ROUTING_SPLIT;
    workload->n_routes = 0;
  }
  workload->routes = routes;
  workload->n_routes++;
  workload->minimum_quality = 0;
  return TRUE;
}

/* The hosted plan alone, on offers without limits, with one more offer. */
static void
start (BePlanInput *variant, const BePlanInput *input, const BeOffer *offer)
{
  *variant = *input;
  variant->n_pools = variant->n_provisioned = 0;
  variant->offers = g_new (BeOffer, input->n_offers + 1);
  variant->workloads = g_new (BeWorkload, MAX (input->n_workloads, 1));
  for (size_t i = 0; i < input->n_offers; i++)
    variant->offers[i] = input->offers[i];
  variant->offers[variant->n_offers++] = *offer;
  variant->offers[input->n_offers].account = (int) input->n_offers;
  for (size_t i = 0; i < variant->n_offers; i++)
    variant->offers[i].rpm_limit = variant->offers[i].tpm_limit = NAN;
  for (size_t i = 0; i < input->n_workloads; i++)
    variant->workloads[i] = input->workloads[i];
}

static void
finish (BePlanInput *variant, const BePlanInput *input)
{
  for (size_t i = 0; i < input->n_workloads; i++)
    if (variant->workloads[i].routes != input->workloads[i].routes)
      g_free (variant->workloads[i].routes);
  g_free (variant->workloads);
  g_free (variant->offers);
}

gboolean
be_study_elsewhere (const BePlanInput *input, int pool, const BeOffer *offer,
                    const double *volume_factors, gsize n, double *per_month_usd, GError **error)
{
  BePlanInput variant;
  BePlanResult result;
  gboolean moved = pool >= 0 && pool < (int) input->n_pools;

  start (&variant, input, offer);
  for (size_t i = 0; moved && i < input->pools[pool].n_serves; i++) {
    const BeServes *serves = &input->pools[pool].serves[i];
    moved = move_requests (&variant.workloads[serves->workload], serves, (int) input->n_offers);
  }
  be_plan_result_init (&result);
  for (gsize i = 0; moved && i < n; i++) {
    variant.volume = input->volume * volume_factors[i];
    BeStatus status = be_plan_evaluate_some (&variant, 1u << BE_PLAN_HOSTED, &result);
    const BePlan *plan = &result.plans[BE_PLAN_HOSTED];
    per_month_usd[i] = status == BE_OK && plan->feasible != BE_INFEASIBLE_MISSING_PRICE
                           ? plan->per_month_usd
                           : NAN;
  }
  be_plan_result_clear (&result);
  finish (&variant, input);
  if (!moved)
    g_set_error_literal (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT,
                         _ ("There is no such pool, or it serves a part of a cascade"));
  return moved;
}
