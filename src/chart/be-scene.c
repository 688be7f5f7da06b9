/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions to a finished scene: where a value is, what is under a point, what it says as text. */
#include "chart/be-chart-private.h"

#include <math.h>

#define NEAR_PX 10

double
be_scene_x_to_px (const BeScene *scene, double x)
{
  return scene->plot_x
         + scene->plot_width
               * be_scale_get (scene->x_scale)->to_unit (x, scene->x_low, scene->x_high);
}

double
be_scene_y_to_px (const BeScene *scene, double y)
{
  return scene->plot_y
         + scene->plot_height
               * (1 - be_scale_get (scene->y_scale)->to_unit (y, scene->y_low, scene->y_high));
}

double
be_scene_px_to_x (const BeScene *scene, double px)
{
  double unit = (px - scene->plot_x) / scene->plot_width;

  return be_scale_get (scene->x_scale)->from_unit (CLAMP (unit, 0, 1), scene->x_low, scene->x_high);
}

static const char *const kind_names[] = {
  [BE_PRIM_RECT] = "rect",
  [BE_PRIM_POLYLINE] = "line",
  [BE_PRIM_TEXT] = "text",
  [BE_PRIM_MARKER] = "mark",
};

static void
append_number (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  double rounded = round (value * 10) / 10;

  g_string_append_c (text, ' ');
  g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.1f", rounded + 0.0));
}

char *
be_scene_to_text (const BeScene *scene)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "title %s\ndescription %s\nplot", scene->title ? scene->title : "",
                          scene->description ? scene->description : "");
  append_number (text, scene->plot_x);
  append_number (text, scene->plot_y);
  append_number (text, scene->plot_width);
  append_number (text, scene->plot_height);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < scene->prims->len; i++) {
    const BePrim *prim = &g_array_index (scene->prims, BePrim, i);
    g_string_append_printf (text, "%s %s", prim->part,
                            prim->filled ? "area" : kind_names[prim->kind]);
    if (prim->series >= 0)
      g_string_append_printf (text, " series=%d", prim->series);
    if (prim->datum >= 0)
      g_string_append_printf (text, " datum=%d", prim->datum);
    for (gsize k = 0; k < 2 * prim->n_points; k++)
      append_number (text, prim->points[k]);
    if (prim->kind != BE_PRIM_POLYLINE) {
      append_number (text, prim->x);
      append_number (text, prim->y);
    }
    if (prim->kind == BE_PRIM_RECT) {
      append_number (text, prim->width);
      append_number (text, prim->height);
    }
    if (prim->text != NULL)
      g_string_append_printf (text, " \"%s\"", prim->text);
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}

static int
marker_near (const BeChartData *data, const BeScene *scene, double px, double py)
{
  int nearest = -1;
  double best = NEAR_PX;

  for (guint i = 0; i < data->markers->len; i++) {
    const BeMarker *marker = data->markers->pdata[i];
    double distance =
        hypot (be_scene_x_to_px (scene, marker->x) - px, be_scene_y_to_px (scene, marker->y) - py);
    if (distance < best) {
      best = distance;
      nearest = (int) i;
    }
  }
  return nearest;
}

/* The bar whose slot (column or row) holds the point. */
static int
bar_under (const BeScene *scene, double px, double py)
{
  int nearest = -1;
  double best = INFINITY;

  for (guint i = 0; i < scene->prims->len; i++) {
    const BePrim *prim = &g_array_index (scene->prims, BePrim, i);
    if (prim->kind != BE_PRIM_RECT || !g_str_equal (prim->part, "bar"))
      continue;
    double dx = MAX (MAX (prim->x - px, px - prim->x - prim->width), 0);
    double dy = MAX (MAX (prim->y - py, py - prim->y - prim->height), 0);
    /* Beside an upright bar counts more than above it, and the reverse for lying ones. */
    double distance = prim->height > prim->width ? dx + dy / 100 : MIN (dx, dy) + (dx + dy) / 100;
    if (distance < best) {
      best = distance;
      nearest = prim->datum;
    }
  }
  return nearest;
}

static void
point_near (const BeChartData *data, const BeScene *scene, double px, double py, BeReadout *readout)
{
  double best = 1.6 * NEAR_PX;

  for (guint s = 0; s < data->series->len; s++) {
    const BeSeries *series = data->series->pdata[s];
    for (gsize i = 0; series->style == BE_SERIES_POINTS && i < series->n; i++) {
      double distance = hypot (be_scene_x_to_px (scene, series->x[i]) - px,
                               be_scene_y_to_px (scene, series->y[i]) - py);
      if (!(distance < best))
        continue;
      best = distance;
      readout->series = (int) s;
      readout->point = (int) i;
    }
  }
}

/* Points of all series from left to right; those that stand at one x, series by series. */
static int
compare_points (const BeChartData *data, int s, int i, int t, int k)
{
  double x = ((const BeSeries *) data->series->pdata[s])->x[i];
  double y = ((const BeSeries *) data->series->pdata[t])->x[k];

  if (x != y)
    return x < y ? -1 : 1;
  return s != t ? s - t : i - k;
}

gboolean
be_chart_next_point (const BeChartData *data, int by, int *series, int *point)
{
  int best = -1, at = -1;

  for (int s = 0; s < (int) data->series->len; s++) {
    const BeSeries *points = data->series->pdata[s];
    for (int i = 0; points->style == BE_SERIES_POINTS && i < (int) points->n; i++) {
      gboolean ahead = *series < 0 || compare_points (data, s, i, *series, *point) * by > 0;
      if (!isfinite (points->y[i]) || !ahead
          || (best >= 0 && compare_points (data, s, i, best, at) * by > 0))
        continue;
      best = s;
      at = i;
    }
  }
  if (best < 0)
    return FALSE;
  *series = best;
  *point = at;
  return TRUE;
}

static double
read_series (const BeSeries *series, gsize index, const BeReadout *readout)
{
  if (series->style != BE_SERIES_POINTS)
    return be_series_value_at (series, readout->x);
  return readout->series == (int) index ? series->y[readout->point] : NAN;
}

gboolean
be_chart_readout (const BeChartData *data, const BeScene *scene, double px, double py,
                  BeReadout *readout)
{
  *readout = (BeReadout){ .x = NAN, .marker = -1, .bar = -1, .series = -1, .point = -1 };
  if (px < scene->plot_x - 1 || px > scene->plot_x + scene->plot_width + 1
      || scene->plot_width <= 0)
    return FALSE;
  if (data->type != BE_CHART_XY) {
    readout->bar = bar_under (scene, px, py);
    if (readout->bar < 0)
      return FALSE;
    const BeBar *bar = data->bars->pdata[readout->bar];
    readout->n = 1;
    readout->y = g_new (double, 1);
    readout->y[0] = bar->value;
    readout->x = readout->bar;
    return TRUE;
  }
  readout->marker = marker_near (data, scene, px, py);
  readout->x = be_scene_px_to_x (scene, px);
  if (readout->marker >= 0)
    readout->x = ((const BeMarker *) data->markers->pdata[readout->marker])->x;
  point_near (data, scene, px, py, readout);
  if (readout->point >= 0)
    readout->x = ((const BeSeries *) data->series->pdata[readout->series])->x[readout->point];
  readout->n = data->series->len;
  readout->y = g_new (double, MAX (readout->n, 1));
  for (gsize i = 0; i < readout->n; i++)
    readout->y[i] = read_series (data->series->pdata[i], i, readout);
  return readout->n > 0;
}

void
be_readout_clear (BeReadout *readout)
{
  g_clear_pointer (&readout->y, g_free);
  readout->n = 0;
}
