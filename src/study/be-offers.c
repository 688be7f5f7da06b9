/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One workload whole on each of many offers. */
#include "study/be-study-private.h"

#include <math.h>

gboolean
be_study_offers (const BePlanInput *input, int workload, const BeOffer *offers, gsize n_offers,
                 BeOfferCost *costs, GError **error)
{
  BeRoute route = { .offer = 0, .share = 1, .quality = 1, .token_factor = 1 };
  BePlanInput alone;
  BePlanResult result;
  gboolean valid = TRUE;

  if (!be_alone_init (&alone, input, workload, error))
    return FALSE;
  alone.workloads[0].routing = BE_ROUTING_SPLIT;
  alone.workloads[0].overhead_per_request_usd = 0;
  alone.workloads[0].routes = &route;
  alone.workloads[0].n_routes = alone.n_offers = 1;
  be_plan_result_init (&result);
  for (gsize i = 0; i < n_offers && valid; i++) {
    BeOffer offer = offers[i];
    const BePlan *plan = &result.plans[BE_PLAN_HOSTED];

    offer.account = 0;
    alone.offers = &offer;
    valid = be_alone_cost (&alone, &result, &costs[i].per_month_usd);
    costs[i].feasible = plan->feasible;
    costs[i].per_request_usd = isnan (costs[i].per_month_usd) ? NAN : plan->per_request_usd;
    costs[i].latency_s = plan->latency_mean_s;
    costs[i].late_share = valid ? result.times[0].late_share : NAN;
  }
  be_plan_result_clear (&result);
  be_alone_clear (&alone);
  if (!valid)
    be_study_fail_prices (error);
  return valid;
}
