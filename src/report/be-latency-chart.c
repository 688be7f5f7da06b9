/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cost against latency as a chart: a point for each place, and the line of what nothing beats. */
#include "report/be-report.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Far to the right of every answer. */
#define NEVER_S 1e9

static const struct {
  const char *name;
  BeRole role;
} kinds[] = {
  [BE_PLACE_ROUTE] = { N_ ("In use"), BE_ROLE_HOSTED },
  [BE_PLACE_POOL] = { N_ ("Self-hosted"), BE_ROLE_SELF_HOSTED },
  [BE_PLACE_OFFER] = { N_ ("Other offers"), BE_ROLE_REFERENCE },
};

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const BePlace *p = &(*(BeLatencyRow *const *) a)->place;
  const BePlace *q = &(*(BeLatencyRow *const *) b)->place;

  if (p->latency_s != q->latency_s)
    return p->latency_s < q->latency_s ? -1 : 1;
  return (p->per_request_usd > q->per_request_usd) - (p->per_request_usd < q->per_request_usd);
}

/* What has a point, from the fastest on; borrowed. */
static GPtrArray *
list_points (const BeLatencyReport *report)
{
  GPtrArray *points = g_ptr_array_new ();

  for (guint i = 0; i < report->rows->len; i++) {
    BeLatencyRow *row = report->rows->pdata[i];
    if (be_place_has_point (&row->place))
      g_ptr_array_add (points, row);
  }
  g_ptr_array_sort (points, compare_rows);
  return points;
}

static void
add_points (BeChartData *data, GPtrArray *points, BePlaceKind kind)
{
  g_autofree double *x = g_new (double, points->len + 1);
  g_autofree double *y = g_new (double, points->len + 1);
  g_autofree const char **names = g_new (const char *, points->len + 1);
  gsize n = 0;

  for (guint i = 0; i < points->len; i++) {
    const BeLatencyRow *row = points->pdata[i];
    if (row->place.kind != kind)
      continue;
    x[n] = row->place.latency_s;
    y[n] = row->place.per_request_usd * 1000;
    names[n++] = row->name;
  }
  if (n == 0)
    return;
  BeSeries *series = be_chart_data_add_series (data, _ (kinds[kind].name), kinds[kind].role,
                                               BE_SERIES_POINTS, x, y, n);
  be_series_set_names (series, names);
  series->is_labelled = TRUE;
}

/* Both sides of each step: the price that the next faster one has holds until there is a cheaper.
 */
static void
add_front (BeChartData *data, GPtrArray *points)
{
  g_autofree double *x = g_new (double, 2 * points->len + 2);
  g_autofree double *y = g_new (double, 2 * points->len + 2);
  const BeLatencyRow *last = points->pdata[points->len - 1];
  gsize n = 0;

  for (guint i = 0; i < points->len; i++) {
    const BePlace *place = &((const BeLatencyRow *) points->pdata[i])->place;
    if (!place->on_front)
      continue;
    if (n > 0) {
      x[n] = place->latency_s;
      y[n] = y[n - 1];
      n++;
    }
    x[n] = place->latency_s;
    y[n++] = place->per_request_usd * 1000;
  }
  if (n == 0)
    return;
  x[n] = last->place.latency_s;
  y[n] = y[n - 1];
  n++;
  be_chart_data_add_series (data, _ ("Nothing is faster and cheaper"), BE_ROLE_SAVING,
                            BE_SERIES_STAIRCASE, x, y, n);
}

/* The mean of the routing and its slowest route, where there is more than one. */
static void
add_routing (BeChartData *data, const BeLatencyReport *report)
{
  const BeLatency *latency = &report->latency;

  if (latency->reference < 0 && report->rows->len < 2)
    return;
  if (isfinite (latency->mean_s) && latency->mean_s > 0 && latency->per_request_usd > 0) {
    g_autofree char *time = be_format_value (latency->mean_s, BE_UNIT_SECONDS, FALSE);
    g_autofree char *usd = be_format_money (latency->per_request_usd * 1000, FALSE);
    g_autofree char *words =
        g_strdup_printf (_ ("Your routing on the mean: %s, %s for 1,000 requests"), time, usd);
    be_chart_data_add_marker (data, _ ("Your routing, mean"), words, latency->mean_s,
                              latency->per_request_usd * 1000, BE_ROLE_TOTAL);
  }
  if (latency->slowest < 0 || latency->reference < 0)
    return;
  const BeLatencyRow *slowest = report->rows->pdata[latency->slowest];
  g_autofree char *time = be_format_value (slowest->place.latency_s, BE_UNIT_SECONDS, FALSE);
  g_autofree char *words = g_strdup_printf (_ ("Slowest route: %s, %s"), slowest->name, time);
  if (be_place_has_point (&slowest->place))
    be_chart_data_add_marker (data, _ ("Slowest route"), words, slowest->place.latency_s,
                              slowest->place.per_request_usd * 1000, BE_ROLE_HOSTED);
}

static char *
front_sentence (GPtrArray *points, guint n_rows)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < points->len; i++) {
    const BeLatencyRow *row = points->pdata[i];
    if (row->place.on_front)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", row->name);
  }
  /* Translators: two numbers, then a list of offers and pools. */
  return g_strdup_printf (
      _ ("%u of %u offers and pools have a time and a price. Nothing is both faster and "
         "cheaper than: %s."),
      points->len, n_rows, names->str);
}

static char *
summary_of (const BeLatencyReport *report, GPtrArray *points)
{
  g_autofree char *front =
      points->len > 0 ? front_sentence (points, report->rows->len) : g_strdup ("");
  const char *const parts[] = { front, report->gain, report->unknown };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && parts[i][0] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", parts[i]);
  return g_string_free (text, FALSE);
}

BeChartData *
be_report_latency_chart (const BeLatencyReport *report, const BeChartOptions *options)
{
  g_autoptr (GPtrArray) points = list_points (report);
  BeChartData *data = be_chart_data_new (BE_CHART_XY);

  data->title = g_strdup (_ ("Cost against latency"));
  data->x_label = g_strdup (_ ("seconds for a request"));
  data->y_label = g_strdup (_ ("$ for 1,000 requests"));
  data->x_unit = BE_CHART_UNIT_COUNT;
  data->y_unit = BE_CHART_UNIT_USD;
  data->x_scale = options->x_scale;
  data->y_scale = options->y_scale;
  data->x_low = data->x_high = data->y_low = data->y_high = data->volume_x = NAN;
  data->empty_text = g_strdup (
      _ ("No latency is known: enter a time to first token and an output speed on an offer"));
  for (int kind = 0; kind < (int) G_N_ELEMENTS (kinds); kind++)
    add_points (data, points, kind);
  if (points->len > 0) {
    add_front (data, points);
    add_routing (data, report);
  }
  if (points->len > 0 && report->timeout_s > 0)
    be_chart_data_add_band (data, _ ("past the timeout"), report->timeout_s, NEVER_S, TRUE);
  data->summary = summary_of (report, points);
  return data;
}
