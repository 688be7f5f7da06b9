/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One workload whole on each of many offers. */
#include "study/be-study.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The workload alone, with one route on the offer at index 0. */
static void
strip (BePlanInput *alone, const BePlanInput *input, const BeWorkload *workload, BeRoute *route)
{
  be_plan_input_init (alone);
  alone->month_hours = input->month_hours;
  alone->volume = input->volume;
  alone->workloads = g_new0 (BeWorkload, 1);
  alone->n_workloads = 1;
  alone->workloads[0] = *workload;
  alone->workloads[0].routing = BE_ROUTING_SPLIT;
  alone->workloads[0].overhead_per_request_usd = 0;
  alone->workloads[0].minimum_quality = 0;
  alone->workloads[0].routes = route;
  alone->workloads[0].n_routes = 1;
  alone->n_offers = 1;
}

gboolean
be_study_offers (const BePlanInput *input, int workload, const BeOffer *offers, gsize n_offers,
                 BeOfferCost *costs, GError **error)
{
  BeRoute route = { .offer = 0, .share = 1, .quality = 1, .token_factor = 1 };
  BePlanInput alone;
  BePlanResult result;
  gboolean valid = workload >= 0 && workload < (int) input->n_workloads;

  if (!valid) {
    g_set_error_literal (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT,
                         _ ("There is no workload to compare the offers for"));
    return FALSE;
  }
  strip (&alone, input, &input->workloads[workload], &route);
  be_plan_result_init (&result);
  for (gsize i = 0; i < n_offers && valid; i++) {
    BeOffer offer = offers[i];
    const BePlan *plan = &result.plans[BE_PLAN_HOSTED];

    offer.account = 0;
    alone.offers = &offer;
    valid = be_plan_evaluate_some (&alone, 1u << BE_PLAN_HOSTED, &result) == BE_OK;
    costs[i].feasible = plan->feasible;
    costs[i].per_month_usd =
        !valid || plan->feasible == BE_INFEASIBLE_MISSING_PRICE ? NAN : plan->per_month_usd;
    costs[i].per_request_usd = isnan (costs[i].per_month_usd) ? NAN : plan->per_request_usd;
    costs[i].latency_s = plan->latency_mean_s;
  }
  be_plan_result_clear (&result);
  g_free (alone.workloads);
  if (!valid)
    g_set_error_literal (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT,
                         _ ("The inputs contradict each other, so no plan can be priced"));
  return valid;
}
