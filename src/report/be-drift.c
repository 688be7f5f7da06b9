/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What newer prices would do to the plan. */
#include "report/be-report.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* $/month of the hosted plan, and of the cheapest one; NaN where there is none. */
static void
costs_of (BeScenario *scenario, double *hosted, double *cheapest)
{
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);
  BePlanResult result;

  *hosted = *cheapest = NAN;
  be_plan_result_init (&result);
  if (input != NULL && be_plan_evaluate (input, &result) == BE_OK) {
    const BePlan *plan = &result.plans[BE_PLAN_HOSTED];
    if (plan->defined && plan->feasible == BE_FEASIBLE)
      *hosted = plan->per_month_usd;
    if (result.cheapest >= 0)
      *cheapest = result.plans[result.cheapest].per_month_usd;
  }
  be_plan_result_clear (&result);
}

char *
be_report_drift_sentence (BeScenario *scenario)
{
  g_autoptr (GPtrArray) drift = be_scenario_list_drift (scenario);
  g_autoptr (BeScenario) newer = NULL;
  double hosted[2], cheapest[2];

  if (drift->len == 0)
    return NULL;
  newer = be_scenario_copy (scenario);
  if (!be_scenario_apply_drift (newer, NULL))
    return NULL;
  costs_of (scenario, &hosted[0], &cheapest[0]);
  costs_of (newer, &hosted[1], &cheapest[1]);
  g_autofree char *of_hosted = be_format_change (hosted[1] - hosted[0], BE_UNIT_USD);
  g_autofree char *of_cheapest = be_format_change (cheapest[1] - cheapest[0], BE_UNIT_USD);
  /* Translators: a number of prices, a date, two signed amounts of dollars a month. */
  return g_strdup_printf (
      ngettext ("%u offer has other prices in the catalogue of %s: hosted %s a month, the cheapest "
                "plan %s.",
                "%u offers have other prices in the catalogue of %s: hosted %s a month, the "
                "cheapest plan %s.",
                drift->len),
      drift->len, be_catalog_get_as_of (be_scenario_get_catalog (scenario)), of_hosted,
      of_cheapest);
}
