/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chart data over volume: costs of every plan, and the crossover with its markers. */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DEFAULT_POINTS 72
#define REFERENCE_LOW_USD 30000
#define REFERENCE_HIGH_USD 100000

static const char *const kind_ids[] = {
  [BE_KIND_COSTS] = "costs",
  [BE_KIND_CROSSOVER] = "crossover",
  [BE_KIND_BREAKDOWN] = "breakdown",
  [BE_KIND_BILL] = "bill",
  [BE_KIND_OFFERS] = "offers",
  [BE_KIND_CACHING] = "caching",
  [BE_KIND_LIMITS] = "limits",
  [BE_KIND_LATENCY] = "latency",
  [BE_KIND_FINE_TUNED] = "fineTuned",
  [BE_KIND_STEP] = "step",
  [BE_KIND_THROUGHPUT] = "throughput",
  [BE_KIND_GPUS] = "gpus",
  [BE_KIND_PRECISIONS] = "precisions",
  [BE_KIND_REPLICAS] = "replicas",
  [BE_KIND_WEEK] = "week",
  [BE_KIND_MEMORY] = "memory",
  [BE_KIND_FLEET] = "fleet",
  [BE_KIND_BRIDGE] = "bridge",
};

const char *
be_kind_id (BeKind kind)
{
  return kind_ids[kind];
}

void
be_chart_options_init (BeChartOptions *options)
{
  *options = (BeChartOptions){
    .x_scale = BE_SCALE_LOG, .y_scale = BE_SCALE_LOG, .from = NAN, .to = NAN, .reference_band = TRUE
  };
}

double
be_total_requests_per_day (const BePlanInput *input)
{
  double total = 0;

  for (size_t i = 0; i < input->n_workloads; i++)
    total += input->workloads[i].requests_per_day;
  return total * input->volume;
}

static gsize
count_finite (const double *y, gsize n)
{
  gsize count = 0;

  for (gsize i = 0; y != NULL && i < n; i++)
    if (isfinite (y[i]))
      count++;
  return count;
}

static void
add_plan_series (BeChartData *data, const BeVolumeCurve *curve, BePlanKind plan)
{
  BeSeriesStyle style = plan == BE_PLAN_SELF_HOSTED ? BE_SERIES_STAIRCASE : BE_SERIES_LINE;

  if (count_finite (curve->y[plan], curve->n) > 0)
    be_chart_data_add_series (data, be_plan_label (plan), be_plan_role (plan), style, curve->x,
                              curve->y[plan], curve->n);
}

static char *
crossing_name (const BeCrossing *crossing)
{
  double shown = crossing->requests_per_day > 1000 ? rint (crossing->requests_per_day)
                                                   : crossing->requests_per_day;
  g_autofree char *volume = be_format_value (shown, BE_UNIT_REQUESTS_PER_DAY, FALSE);

  if (crossing->permanent)
    return g_strdup_printf (_ ("Self-hosting stays cheaper: %s"), volume);
  if (crossing->kind == BE_CROSSING_BECOMES_CHEAPER)
    return g_strdup_printf (_ ("Self-hosting becomes cheaper: %s"), volume);
  return g_strdup_printf (_ ("Hosted is cheaper again: %s"), volume);
}

static void
add_crossing (BeChartData *data, const BeCrossing *crossing)
{
  g_autofree char *name = crossing_name (crossing);
  g_autofree char *cost = be_format_value (crossing->usd_per_month, BE_UNIT_USD_PER_MONTH, FALSE);
  g_autofree char *tokens = be_format_number (crossing->mtok_per_month, TRUE);
  g_autofree char *description =
      g_strdup_printf (_ ("%s, %s Mtok/month, both cost %s"), name, tokens, cost);

  be_chart_data_add_marker (
      data, name, description, crossing->requests_per_day, crossing->usd_per_month,
      crossing->kind == BE_CROSSING_BECOMES_CHEAPER ? BE_ROLE_SELF_HOSTED : BE_ROLE_HOSTED);
}

static void
add_crossings (BeChartData *data, const BeCrossover *crossover)
{
  for (guint i = 0; crossover->crossings != NULL && i < crossover->crossings->len; i++) {
    const BeCrossing *crossing = &g_array_index (crossover->crossings, BeCrossing, i);

    if (crossing->requests_per_day >= data->x_low && crossing->requests_per_day <= data->x_high)
      add_crossing (data, crossing);
  }
}

static void
add_hybrid_optimum (BeChartData *data, const BePlanResult *result)
{
  const BePlan *plan = &result->plans[BE_PLAN_HYBRID];
  g_autofree char *description = NULL;
  g_autofree char *cost = NULL;
  int replicas = 0;

  if (!plan->defined || plan->feasible != BE_FEASIBLE || !isfinite (data->volume_x))
    return;
  for (size_t i = 0; i < result->n_pools; i++)
    replicas += result->hybrid[i].replicas;
  cost = be_format_value (plan->per_month_usd, BE_UNIT_USD_PER_MONTH, FALSE);
  description = g_strdup_printf (ngettext ("Best hybrid today: %d replica, %s",
                                           "Best hybrid today: %d replicas, %s", (gulong) replicas),
                                 replicas, cost);
  be_chart_data_add_marker (data, _ ("Best hybrid today"), description, data->volume_x,
                            plan->per_month_usd, BE_ROLE_HYBRID);
}

static char *
cheapest_sentence (const BePlanInput *input, const BePlanResult *result)
{
  g_autofree char *volume =
      be_format_value (be_total_requests_per_day (input), BE_UNIT_REQUESTS_PER_DAY, FALSE);
  g_autofree char *cost = NULL;

  if (result->cheapest < 0)
    return g_strdup_printf (_ ("At %s no plan can be run."), volume);
  cost =
      be_format_value (result->plans[result->cheapest].per_month_usd, BE_UNIT_USD_PER_MONTH, FALSE);
  return g_strdup_printf (_ ("At %s the cheapest plan is %s with %s."), volume,
                          be_plan_label (result->cheapest), cost);
}

/* The range that is shown: as asked, else one that holds the crossings and today's volume. */
static void
choose_range (const BePlanInput *input, const BeChartOptions *options, double *from, double *to)
{
  be_study_volume_range (input, from, to);
  if (isfinite (options->from))
    *from = options->from;
  else if (options->x_scale == BE_SCALE_LINEAR)
    *from = 0;
  if (isfinite (options->to))
    *to = options->to;
}

static gboolean
add_curves (BeChartData *data, const BePlanInput *input, const BeChartOptions *options,
            GError **error)
{
  guint points = options->points > 0 ? options->points : DEFAULT_POINTS;
  double from, to, start;
  BeVolumeCurve curve = { 0 };

  choose_range (input, options, &from, &to);
  data->x_low = from;
  data->x_high = to;
  /* A volume of nothing has no price per request: the curve starts one sample later. */
  start = from > 0 ? from : to / points;
  if (!be_study_volume_curve (input, start, to, points, options->x_scale == BE_SCALE_LOG, &curve,
                              error))
    return FALSE;
  for (int i = 0; i < BE_N_PLANS; i++)
    add_plan_series (data, &curve, i);
  be_volume_curve_clear (&curve);
  return TRUE;
}

BeChartData *
be_report_new_volume_chart (const char *title, const char *x_label, double today,
                            const BeChartOptions *options)
{
  BeChartData *data = be_chart_data_new (BE_CHART_XY);

  data->title = g_strdup (title);
  data->x_label = g_strdup (x_label);
  data->y_label = g_strdup (_ ("$/month"));
  data->x_unit = BE_CHART_UNIT_COUNT;
  data->y_unit = BE_CHART_UNIT_USD;
  data->x_scale = options->x_scale;
  data->y_scale = options->y_scale;
  data->volume_x = today > 0 ? today : NAN;
  data->volume_name = g_strdup (_ ("Today's volume"));
  data->empty_text = g_strdup (_ ("No plan can be priced yet"));
  return data;
}

static gboolean
add_crossover (BeChartData *data, const BePlanInput *input, const BePlanResult *result,
               const BeChartOptions *options, GError **error)
{
  BeCrossover crossover = { 0 };
  g_autofree char *cheapest = cheapest_sentence (input, result);
  g_autofree char *sentence = NULL;

  if (!be_study_crossover (input, &crossover, error))
    return FALSE;
  add_crossings (data, &crossover);
  add_hybrid_optimum (data, result);
  if (options->reference_band)
    be_chart_data_add_band (data, _ ("Rule of thumb: $30k–$100k a month"), REFERENCE_LOW_USD,
                            REFERENCE_HIGH_USD, FALSE);
  sentence = be_crossover_sentence (&crossover);
  g_free (data->summary);
  data->summary = g_strconcat (cheapest, " ", sentence, NULL);
  be_crossover_clear (&crossover);
  return TRUE;
}

static gboolean
has_volume (const BePlanInput *input, GError **error)
{
  double total = be_total_requests_per_day (input);

  if (total > 0 && isfinite (total))
    return TRUE;
  g_set_error_literal (
      error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_MISSING,
      _ ("There are no requests: a curve over volume needs at least one workload with traffic"));
  return FALSE;
}

BeChartData *
be_report_volume_chart (BeScenario *scenario, const BePlanInput *input, const BePlanResult *result,
                        BeKind kind, const BeChartOptions *options, GError **error)
{
  g_autoptr (BeChartData) data = NULL;

  if (!has_volume (input, error))
    return NULL;
  data = be_report_new_volume_chart (
      kind == BE_KIND_CROSSOVER ? _ ("Where self-hosting pays") : _ ("Cost by volume"),
      _ ("requests/day"), be_total_requests_per_day (input), options);
  if (!add_curves (data, input, options, error))
    return NULL;
  data->summary = cheapest_sentence (input, result);
  if (kind == BE_KIND_CROSSOVER && !add_crossover (data, input, result, options, error))
    return NULL;
  if (kind == BE_KIND_CROSSOVER)
    be_report_add_elsewhere (data, scenario, input);
  return g_steal_pointer (&data);
}
