/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chart data in bars: the savings ladder and the plans' bills; and the entry for every kind. */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

BeChartData *
be_report_new_bar_chart (BeChartType type, const char *title, const char *each)
{
  BeChartData *data = be_chart_data_new (type);

  data->title = g_strdup (title);
  data->x_label = g_strdup (each);
  data->y_label = g_strdup (_ ("$/month"));
  data->y_unit = BE_CHART_UNIT_USD;
  data->x_scale = data->y_scale = BE_SCALE_LINEAR;
  data->x_low = data->x_high = data->y_low = data->y_high = data->volume_x = NAN;
  data->empty_text = g_strdup (_ ("No plan can be priced yet"));
  return data;
}

static char *
ladder_sentence (const BeLadder *ladder)
{
  g_autofree char *start = be_format_value (ladder->start_usd, BE_UNIT_USD_PER_MONTH, FALSE);
  g_autofree char *end = be_format_value (ladder->end_usd, BE_UNIT_USD_PER_MONTH, FALSE);

  return g_strdup_printf (_ ("From %s without any saving to %s with %s."), start, end,
                          be_plan_label (ladder->end_plan));
}

static BeChartData *
breakdown_chart (BeScenario *scenario, GError **error)
{
  BeLadder ladder = { 0 };
  BeChartData *data;

  if (!be_study_ladder (scenario, &ladder, error))
    return NULL;
  data = be_report_new_bar_chart (BE_CHART_WATERFALL, _ ("What each lever saves"), _ ("Lever"));
  be_chart_data_add_bar (data, _ ("Unoptimised"), ladder.start_usd, TRUE, BE_ROLE_TOTAL);
  for (guint i = 0; i < ladder.rungs->len; i++) {
    const BeRung *rung = &g_array_index (ladder.rungs, BeRung, i);

    if (rung->used)
      be_chart_data_add_bar (data, be_lever_label (rung->lever), rung->change_usd, FALSE,
                             rung->change_usd > 0 ? BE_ROLE_INCREASE : BE_ROLE_SAVING);
  }
  /* Translators: the last bar of the levers: what the plan ("Hybrid") comes to. */
  g_autofree char *end = g_strdup_printf (_ ("Plan: %s"), be_plan_label (ladder.end_plan));
  be_chart_data_add_bar (data, end, ladder.end_usd, TRUE, be_plan_role (ladder.end_plan));
  data->summary = ladder_sentence (&ladder);
  be_ladder_clear (&ladder);
  return data;
}

static char *
bill_sentence (const BePlanResult *result)
{
  g_autofree char *cost = NULL;

  if (result->cheapest < 0)
    return g_strdup (_ ("No plan can be run."));
  cost =
      be_format_value (result->plans[result->cheapest].per_month_usd, BE_UNIT_USD_PER_MONTH, FALSE);
  return g_strdup_printf (_ ("%s is the cheapest plan with %s."), be_plan_label (result->cheapest),
                          cost);
}

static BeChartData *
bill_chart (const BePlanResult *result)
{
  BeChartData *data = be_report_new_bar_chart (BE_CHART_BARS, _ ("Cost by plan"), _ ("Plan"));

  for (int i = 0; i < BE_N_PLANS; i++) {
    const BePlan *plan = &result->plans[i];

    if (plan->defined && plan->feasible == BE_FEASIBLE)
      be_chart_data_add_bar (data, be_plan_label (i), plan->per_month_usd, TRUE, be_plan_role (i));
  }
  data->summary = bill_sentence (result);
  return data;
}

gboolean
be_report_evaluate (const BePlanInput *input, BePlanResult *result, GError **error)
{
  BeStatus status = be_plan_evaluate (input, result);

  if (status == BE_OK)
    return TRUE;
  g_set_error_literal (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE,
                       status == BE_NO_MEMORY
                           ? _ ("There is not enough memory to work out the plans")
                           : _ ("The plans cannot be worked out: a number is outside its range"));
  return FALSE;
}

/* The others are of a study of their own: a cold evaluation would be for nothing. */
static const gboolean needs_result[BE_N_KINDS] = {
  [BE_KIND_COSTS] = TRUE,  [BE_KIND_CROSSOVER] = TRUE, [BE_KIND_BILL] = TRUE,
  [BE_KIND_OFFERS] = TRUE, [BE_KIND_LIMITS] = TRUE,    [BE_KIND_REPLICAS] = TRUE,
  [BE_KIND_WEEK] = TRUE,   [BE_KIND_FLEET] = TRUE,
};

BeChartData *
be_report_chart (BeScenario *scenario, BeKind kind, const BeChartOptions *options, GError **error)
{
  const BePlanInput *input = kind != BE_KIND_BRIDGE ? be_scenario_resolve (scenario, error) : NULL;
  BeChartData *data = NULL;
  BePlanResult result;

  if (kind == BE_KIND_BRIDGE)
    return be_report_bridge_chart (options->comparison);
  if (input == NULL)
    return NULL;
  if (kind == BE_KIND_BREAKDOWN)
    return breakdown_chart (scenario, error);
  be_plan_result_init (&result);
  if (!needs_result[kind] || be_report_evaluate (input, &result, error))
    data = kind == BE_KIND_BILL ? bill_chart (&result)
           : kind >= BE_KIND_STEP
               ? be_report_serving_chart (scenario, input, &result, kind, options, error)
           : kind > BE_KIND_BILL
               ? be_report_hosted_chart (scenario, input, &result, kind, options, error)
               : be_report_volume_chart (scenario, input, &result, kind, options, error);
  be_plan_result_clear (&result);
  return data;
}
