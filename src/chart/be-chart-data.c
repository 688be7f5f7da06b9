/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a chart shows: plain series, markers, bands and bars. */
#include "chart/be-chart.h"

#include <math.h>

static void
series_free (BeSeries *series)
{
  g_free (series->name);
  g_free (series->x);
  g_free (series->y);
  g_free (series->low);
  g_strfreev (series->names);
  g_free (series);
}

static void
marker_free (BeMarker *marker)
{
  g_free (marker->name);
  g_free (marker->description);
  g_free (marker);
}

static void
band_free (BeBand *band)
{
  g_free (band->name);
  g_free (band);
}

static void
bar_free (BeBar *bar)
{
  g_free (bar->name);
  g_free (bar);
}

BeChartData *
be_chart_data_new (BeChartType type)
{
  BeChartData *data = g_new0 (BeChartData, 1);

  data->type = type;
  data->x_low = data->x_high = data->y_low = data->y_high = data->volume_x = NAN;
  data->series = g_ptr_array_new_with_free_func ((GDestroyNotify) series_free);
  data->markers = g_ptr_array_new_with_free_func ((GDestroyNotify) marker_free);
  data->bands = g_ptr_array_new_with_free_func ((GDestroyNotify) band_free);
  data->bars = g_ptr_array_new_with_free_func ((GDestroyNotify) bar_free);
  return data;
}

void
be_chart_data_free (BeChartData *data)
{
  if (data == NULL)
    return;
  g_free (data->title);
  g_free (data->x_label);
  g_free (data->y_label);
  g_free (data->summary);
  g_free (data->volume_name);
  g_free (data->empty_text);
  g_ptr_array_unref (data->series);
  g_ptr_array_unref (data->markers);
  g_ptr_array_unref (data->bands);
  g_ptr_array_unref (data->bars);
  g_free (data);
}

BeSeries *
be_chart_data_add_series (BeChartData *data, const char *name, BeRole role, BeSeriesStyle style,
                          const double *x, const double *y, gsize n)
{
  BeSeries *series = g_new0 (BeSeries, 1);

  series->name = g_strdup (name);
  series->role = role;
  series->style = style;
  series->x = g_memdup2 (x, n * sizeof *x);
  series->y = g_memdup2 (y, n * sizeof *y);
  series->n = n;
  g_ptr_array_add (data->series, series);
  return series;
}

BeSeries *
be_chart_data_add_area (BeChartData *data, const char *name, BeRole role, const double *x,
                        const double *y, const double *low, gsize n)
{
  BeSeries *series = be_chart_data_add_series (data, name, role, BE_SERIES_AREA, x, y, n);

  if (low != NULL)
    series->low = g_memdup2 (low, n * sizeof *low);
  return series;
}

void
be_series_set_names (BeSeries *series, const char *const *names)
{
  g_strfreev (series->names);
  series->names = g_new0 (char *, series->n + 1);
  for (gsize i = 0; i < series->n; i++)
    series->names[i] = g_strdup (names[i]);
}

void
be_chart_data_add_marker (BeChartData *data, const char *name, const char *description, double x,
                          double y, BeRole role)
{
  BeMarker *marker = g_new0 (BeMarker, 1);

  *marker = (BeMarker){ g_strdup (name), g_strdup (description), x, y, role };
  g_ptr_array_add (data->markers, marker);
}

void
be_chart_data_add_band (BeChartData *data, const char *name, double low, double high, gboolean on_x)
{
  BeBand *band = g_new0 (BeBand, 1);

  *band = (BeBand){ g_strdup (name), low, high, on_x };
  g_ptr_array_add (data->bands, band);
}

void
be_chart_data_add_bar (BeChartData *data, const char *name, double value, gboolean is_total,
                       BeRole role)
{
  BeBar *bar = g_new0 (BeBar, 1);

  *bar = (BeBar){ g_strdup (name), value, is_total, role };
  g_ptr_array_add (data->bars, bar);
}

/* Index of the last point at or before x; n when there is none. */
static gsize
point_before (const BeSeries *series, double x)
{
  gsize low = 0, high = series->n;

  while (low < high) {
    gsize middle = low + (high - low) / 2;
    if (series->x[middle] <= x)
      low = middle + 1;
    else
      high = middle;
  }
  return low == 0 ? series->n : low - 1;
}

double
be_series_value_at (const BeSeries *series, double x)
{
  gsize before = point_before (series, x);

  if (before >= series->n)
    return NAN;
  if (before + 1 == series->n)
    return x <= series->x[before] * (1 + 1e-9) ? series->y[before] : NAN;
  if (series->x[before] == x)
    return series->y[before];
  double share = (x - series->x[before]) / (series->x[before + 1] - series->x[before]);
  return series->y[before] + share * (series->y[before + 1] - series->y[before]);
}
