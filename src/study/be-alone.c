/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One workload by itself, hosted. */
#include "study/be-study-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

gboolean
be_alone_init (BePlanInput *alone, const BePlanInput *input, int workload, GError **error)
{
  be_plan_input_init (alone);
  if (workload < 0 || workload >= (int) input->n_workloads) {
    g_set_error_literal (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT,
                         _ ("There is no such workload"));
    return FALSE;
  }
  alone->month_hours = input->month_hours;
  alone->volume = input->volume;
  alone->offers = input->offers;
  alone->n_offers = input->n_offers;
  alone->workloads = g_new (BeWorkload, 1);
  alone->n_workloads = 1;
  alone->workloads[0] = input->workloads[workload];
  alone->workloads[0].minimum_quality = 0;
  return TRUE;
}

void
be_alone_clear (BePlanInput *alone)
{
  g_free (alone->workloads);
  be_plan_input_init (alone);
}

int
be_reference_route (const BeWorkload *workload, const double *costs)
{
  int best = -1;

  for (size_t r = 0; r < workload->n_routes; r++) {
    const BeRoute *route = &workload->routes[r];
    if (route->fine_tuned)
      continue;
    if (best < 0 || route->quality > workload->routes[best].quality
        || (route->quality == workload->routes[best].quality && costs[r] > costs[best]))
      best = (int) r;
  }
  return best;
}

gboolean
be_alone_cost (const BePlanInput *alone, BePlanResult *result, double *usd)
{
  const BePlan *plan = &result->plans[BE_PLAN_HOSTED];

  *usd = NAN;
  if (be_plan_evaluate_some (alone, 1u << BE_PLAN_HOSTED, result) != BE_OK)
    return FALSE;
  if (plan->feasible != BE_INFEASIBLE_MISSING_PRICE)
    *usd = plan->per_month_usd;
  return TRUE;
}
