/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of a pool's memory and of its week: the fleet, the owned base and what overflows. */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Both ends of each hour: a staircase over the week. */
typedef struct {
  double x[2 * BE_WEEK_HOURS], y[2 * BE_WEEK_HOURS];
} Steps;

static void
add_step (Steps *steps, int hour, double value)
{
  for (int edge = 0; edge < 2; edge++) {
    steps->x[2 * hour + edge] = hour + edge;
    steps->y[2 * hour + edge] = value;
  }
}

BeChartData *
be_report_memory_chart (BeScenario *scenario, const BePlanInput *input, int pool,
                        const BeChartOptions *options, GError **error)
{
  BeServingFit fit;
  BeChartData *data;

  if (!be_study_fit (input, be_scenario_get_catalog (scenario), pool, &fit, error))
    return NULL;
  data = be_report_new_pool_chart (BE_CHART_STACK, _ ("Memory of a GPU"), _ ("Part"), _ ("GiB"),
                                   options);
  data->y_unit = BE_CHART_UNIT_COUNT;
  be_chart_data_add_bar (data, _ ("Weights"), fit.weights_gib, FALSE, BE_ROLE_SELF_HOSTED);
  if (fit.fits)
    be_chart_data_add_bar (data, _ ("KV cache in use"), fit.cache_gib, FALSE, BE_ROLE_HYBRID);
  be_chart_data_add_bar (data, _ ("Reserve"), fit.reserved_gib, FALSE, BE_ROLE_REFERENCE);
  if (fit.free_gib > 0)
    be_chart_data_add_bar (data, _ ("Free"), fit.free_gib, TRUE, BE_ROLE_TOTAL);
  g_autofree char *memory = be_format_number (fit.gpu_gib, FALSE);
  g_autofree char *weights = be_format_number (be_report_estimate (fit.weights_gib), FALSE);
  g_autofree char *running = be_format_number (fit.sequences, FALSE);
  g_autofree char *most = be_format_number (floor (fit.most_sequences), FALSE);
  data->summary =
      fit.fits ? g_strdup_printf (_ ("Of %s GiB the weights take %s; %s requests run at once, and "
                                     "memory has room for %s."),
                                  memory, weights, running, most)
               : g_strdup_printf (_ ("The weights take %s of %s GiB: they do not fit."), weights,
                                  memory);
  be_serving_fit_clear (&fit);
  return data;
}

BeChartData *
be_report_replicas_chart (const BePlanResult *result, int pool, const BeChartOptions *options)
{
  BeChartOptions linear = *options;
  BeChartData *data;
  const BePoolResult *hybrid = &result->hybrid[pool];

  linear.x_scale = linear.y_scale = BE_SCALE_LINEAR;
  data = be_report_new_pool_chart (BE_CHART_XY, _ ("Hybrid cost by number of replicas"),
                                   _ ("replicas owned"), _ ("$/month of the pool's work"), &linear);
  data->y_unit = BE_CHART_UNIT_USD;
  if (hybrid->n_costs < 2)
    return data;
  g_autofree double *x = g_new (double, hybrid->n_costs);
  for (size_t n = 0; n < hybrid->n_costs; n++)
    x[n] = (double) n;
  be_chart_data_add_series (data, _ ("Pool and overflow"), BE_ROLE_HYBRID, BE_SERIES_LINE, x,
                            hybrid->costs, hybrid->n_costs);
  g_autofree char *share =
      be_format_value (be_report_estimate (hybrid->overflow_share), BE_UNIT_SHARE, FALSE);
  g_autofree char *cost =
      be_format_value (hybrid->costs[hybrid->replicas], BE_UNIT_USD_PER_MONTH, TRUE);
  data->summary = g_strdup_printf (
      ngettext ("%d replica is the best base: %s, with %s of the work overflowing.",
                "%d replicas are the best base: %s, with %s of the work overflowing.",
                (gulong) hybrid->replicas),
      hybrid->replicas, cost, share);
  be_chart_data_add_marker (data, _ ("Best base"), data->summary, hybrid->replicas,
                            hybrid->costs[hybrid->replicas], BE_ROLE_HYBRID);
  return data;
}

static BeChartData *
new_week_chart (const char *title, const BeChartOptions *options)
{
  BeChartOptions linear = *options;

  linear.x_scale = linear.y_scale = BE_SCALE_LINEAR;
  BeChartData *data = be_report_new_pool_chart (BE_CHART_XY, title, _ ("hour of the week, UTC"),
                                                _ ("replicas"), &linear);
  data->x_unit = BE_CHART_UNIT_WEEK_HOUR;
  data->y_unit = BE_CHART_UNIT_COUNT;
  return data;
}

BeChartData *
be_report_week_chart (const BePlanResult *result, int pool, const BeChartOptions *options)
{
  const BePoolResult *hybrid = &result->hybrid[pool];
  const double *load = result->self_hosted[pool].load;
  BeChartData *data = new_week_chart (_ ("What the owned base carries"), options);
  Steps carried, all, base;
  double peak = 0;
  guint over = 0;

  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    add_step (&all, hour, load[hour]);
    add_step (&carried, hour, load[hour] * (1 - hybrid->overflow[hour]));
    add_step (&base, hour, hybrid->running[hour]);
    peak = fmax (peak, load[hour]);
    over += hybrid->overflow[hour] > 0;
  }
  if (!(peak > 0))
    return data;
  be_chart_data_add_area (data, _ ("On owned replicas"), BE_ROLE_HYBRID, carried.x, carried.y, NULL,
                          2 * BE_WEEK_HOURS);
  be_chart_data_add_area (data, _ ("Overflows to hosted offers"), BE_ROLE_HOSTED, all.x, all.y,
                          carried.y, 2 * BE_WEEK_HOURS);
  be_chart_data_add_series (data, _ ("Owned base"), BE_ROLE_HYBRID, BE_SERIES_LINE, base.x, base.y,
                            2 * BE_WEEK_HOURS);
  g_autofree char *share =
      be_format_value (be_report_estimate (hybrid->overflow_share), BE_UNIT_SHARE, FALSE);
  data->summary = g_strdup_printf (
      ngettext ("A base of %d replica carries all but %s of the work; in %u of 168 hours some of "
                "it overflows, before a queue could form.",
                "A base of %d replicas carries all but %s of the work; in %u of 168 hours some of "
                "it overflows, before a queue could form.",
                (gulong) hybrid->replicas),
      hybrid->replicas, share, over);
  return data;
}

char *
be_report_fleet_sentence (const BePlanInput *input, const BePlanResult *result, int pool)
{
  const BePoolResult *fleet = &result->self_hosted[pool];
  g_autofree char *ratio = be_format_number (be_peak_to_average (fleet->load), FALSE);
  g_autofree char *used =
      be_format_value (be_report_estimate (fleet->utilisation), BE_UNIT_SHARE, FALSE);
  g_autofree char *probability =
      be_format_value (input->pools[pool].wait_probability, BE_UNIT_SHARE, FALSE);
  g_autofree char *wait = be_format_value (input->pools[pool].wait_s, BE_UNIT_SECONDS, FALSE);

  if (!fleet->queueing_margin)
    return g_strdup_printf (
        ngettext (
            "%d replica at the peak hour, which is %s times the mean; used to %s. There is no "
            "margin for waiting.",
            "%d replicas at the peak hour, which is %s times the mean; used to %s. There is "
            "no margin for waiting.",
            (gulong) fleet->replicas),
        fleet->replicas, ratio, used);
  return g_strdup_printf (
      ngettext (
          "%d replica at the peak hour, which is %s times the mean; used to %s. At most %s of "
          "the requests wait longer than %s.",
          "%d replicas at the peak hour, which is %s times the mean; used to %s. At most %s "
          "of the requests wait longer than %s.",
          (gulong) fleet->replicas),
      fleet->replicas, ratio, used, probability, wait);
}

BeChartData *
be_report_fleet_chart (const BePlanInput *input, const BePlanResult *result, int pool,
                       const BeChartOptions *options)
{
  const BePoolResult *fleet = &result->self_hosted[pool];
  BeChartData *data = new_week_chart (_ ("Replicas hour by hour"), options);
  Steps rented, reserved, needed, load;

  if (fleet->replicas == 0)
    return data;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    add_step (&rented, hour, MAX (fleet->running[hour], fleet->reserved));
    add_step (&reserved, hour, fleet->reserved);
    add_step (&needed, hour, fleet->needed[hour]);
    add_step (&load, hour, fleet->load[hour]);
  }
  be_chart_data_add_area (
      data, input->pools[pool].rent_kind == BE_RENT_OWNED ? _ ("Owned") : _ ("Rented"),
      BE_ROLE_SELF_HOSTED, rented.x, rented.y, reserved.y, 2 * BE_WEEK_HOURS);
  if (fleet->reserved > 0)
    be_chart_data_add_area (data, _ ("Reserved"), BE_ROLE_HYBRID, reserved.x, reserved.y, NULL,
                            2 * BE_WEEK_HOURS);
  be_chart_data_add_series (data, _ ("Needed for the wait target"), BE_ROLE_SELF_HOSTED,
                            BE_SERIES_LINE, needed.x, needed.y, 2 * BE_WEEK_HOURS);
  be_chart_data_add_series (data, _ ("Load"), BE_ROLE_REFERENCE, BE_SERIES_LINE, load.x, load.y,
                            2 * BE_WEEK_HOURS);
  data->summary = be_report_fleet_sentence (input, result, pool);
  return data;
}
