/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout of charts with two axes: lines, staircases, named points, bands, the volume marker. */
#include "chart/be-chart-private.h"

#include <math.h>
#include <string.h>

#define POINT_MARGIN 0.03 /* of the range */

static void
widen (double value, double *low, double *high)
{
  if (!isfinite (value))
    return;
  *low = isfinite (*low) ? MIN (*low, value) : value;
  *high = isfinite (*high) ? MAX (*high, value) : value;
}

static gboolean
has_points (const BeChartData *data)
{
  for (guint i = 0; i < data->series->len; i++)
    if (((const BeSeries *) data->series->pdata[i])->style == BE_SERIES_POINTS)
      return TRUE;
  return FALSE;
}

/* Marks on the very edge would be cut. */
static void
leave_margin (BeScaleKind kind, double *low, double *high)
{
  if (kind == BE_SCALE_LOG && *low > 0 && *high > *low) {
    double factor = pow (*high / *low, POINT_MARGIN);
    *low /= factor;
    *high *= factor;
  } else if (kind == BE_SCALE_LINEAR && *high > *low) {
    double margin = (*high - *low) * POINT_MARGIN;
    *low = *low >= 0 ? MAX (*low - margin, 0) : *low - margin;
    *high += margin;
  }
}

static void
choose_x_range (const BeChartData *data, BeScene *scene)
{
  double low = NAN, high = NAN;

  for (guint i = 0; i < data->series->len; i++) {
    const BeSeries *series = data->series->pdata[i];
    if (series->n == 0)
      continue;
    widen (series->x[0], &low, &high);
    widen (series->x[series->n - 1], &low, &high);
  }
  if (has_points (data) && isfinite (low))
    leave_margin (scene->x_scale, &low, &high);
  scene->x_low = isfinite (data->x_low) ? data->x_low : low;
  scene->x_high = isfinite (data->x_high) ? data->x_high : high;
  be_scale_mend (scene->x_scale, &scene->x_low, &scene->x_high);
}

static void
choose_y_range (const BeChartData *data, BeScene *scene)
{
  double low = NAN, high = NAN;

  for (guint i = 0; i < data->series->len; i++) {
    const BeSeries *series = data->series->pdata[i];
    for (gsize k = 0; k < series->n; k++)
      if (series->x[k] >= scene->x_low && series->x[k] <= scene->x_high
          && (scene->y_scale == BE_SCALE_LINEAR || series->y[k] > 0))
        widen (series->y[k], &low, &high);
  }
  if (scene->y_scale == BE_SCALE_LINEAR && isfinite (low))
    low = MIN (low, 0);
  be_scale_mend (scene->y_scale, &low, &high);
  be_scale_round (scene->y_scale, &low, &high);
  scene->y_low = isfinite (data->y_low) ? data->y_low : low;
  scene->y_high = isfinite (data->y_high) ? data->y_high : high;
  be_scale_mend (scene->y_scale, &scene->y_low, &scene->y_high);
}

static double
widest_label (BeLayout *layout, GArray *ticks, BeChartUnit unit)
{
  double widest = 0;

  for (guint i = 0; i < ticks->len; i++) {
    g_autofree char *text = be_layout_format (layout, g_array_index (ticks, double, i), unit, TRUE);
    widest = MAX (widest, be_layout_text_width (layout, text, layout->font_size, FALSE));
  }
  return widest;
}

static void
place_plot (BeLayout *layout, double top, GArray *y_ticks)
{
  BeScene *scene = layout->scene;
  double side = widest_label (layout, y_ticks, layout->data->y_unit) + 1.5 * layout->gap;
  double below = layout->font_size * (layout->data->x_label != NULL ? 3.4 : 2);

  if (layout->data->y_label != NULL)
    top += layout->font_size * 1.8;
  scene->plot_x = scene->rtl ? layout->gap * 1.5 : side;
  scene->plot_width = MAX (scene->width - side - layout->gap * 1.5, 10);
  scene->plot_y = top + layout->gap / 2;
  scene->plot_height = MAX (scene->height - scene->plot_y - below, 10);
}

static void
layout_y_axis (BeLayout *layout, GArray *ticks)
{
  const BeTheme *theme = layout->style->theme;
  BeScene *scene = layout->scene;
  double left = scene->plot_x, right = scene->plot_x + scene->plot_width;
  double text_x = scene->rtl ? right + layout->gap / 2 : left - layout->gap / 2;

  for (guint i = 0; i < ticks->len; i++) {
    double value = g_array_index (ticks, double, i);
    double y = be_scene_y_to_px (scene, value);
    g_autofree char *text = be_layout_format (layout, value, layout->data->y_unit, TRUE);
    be_layout_line (layout, "grid", left, y, right, y, theme->grid, 1);
    be_layout_text (layout, "axis", text_x, y + layout->font_size * 0.36, scene->rtl ? 0 : 1, text,
                    theme->dim_text);
  }
  if (layout->data->y_label != NULL)
    be_layout_text (layout, "axis", scene->rtl ? scene->width - layout->gap : layout->gap,
                    scene->plot_y - layout->font_size, scene->rtl ? 1 : 0, layout->data->y_label,
                    theme->dim_text);
}

static void
layout_x_axis (BeLayout *layout, GArray *ticks)
{
  const BeTheme *theme = layout->style->theme;
  BeScene *scene = layout->scene;
  double bottom = scene->plot_y + scene->plot_height, used = -1e9;

  for (guint i = 0; i < ticks->len; i++) {
    double value = g_array_index (ticks, double, i);
    double x = be_scene_x_to_px (scene, value);
    g_autofree char *text = be_layout_format (layout, value, layout->data->x_unit, TRUE);
    double half = be_layout_text_width (layout, text, layout->font_size, FALSE) / 2;
    be_layout_line (layout, "grid", x, scene->plot_y, x, bottom, theme->grid, 1);
    if (x - half < used || x - half < 0 || x + half > scene->width)
      continue;
    used = x + half + layout->gap;
    be_layout_text (layout, "axis", x, bottom + layout->font_size * 1.4, 0.5, text,
                    theme->dim_text);
  }
  be_layout_line (layout, "axis", scene->plot_x, bottom, scene->plot_x + scene->plot_width, bottom,
                  theme->axis, 1);
  if (layout->data->x_label != NULL)
    be_layout_text (layout, "axis", scene->plot_x + scene->plot_width / 2,
                    bottom + layout->font_size * 2.9, 0.5, layout->data->x_label, theme->dim_text);
}

static void
layout_bands (BeLayout *layout)
{
  BeScene *scene = layout->scene;

  for (guint i = 0; i < layout->data->bands->len; i++) {
    const BeBand *band = layout->data->bands->pdata[i];
    double from =
        band->on_x ? be_scene_x_to_px (scene, band->low) : be_scene_y_to_px (scene, band->high);
    double to =
        band->on_x ? be_scene_x_to_px (scene, band->high) : be_scene_y_to_px (scene, band->low);
    double origin = band->on_x ? scene->plot_x : scene->plot_y;
    double end = origin + (band->on_x ? scene->plot_width : scene->plot_height);
    from = CLAMP (from, origin, end);
    to = CLAMP (to, origin, end);
    if (to - from < 1)
      continue;
    if (band->on_x)
      be_layout_rect (layout, "band", from, scene->plot_y, to - from, scene->plot_height,
                      layout->style->theme->band);
    else
      be_layout_rect (layout, "band", scene->plot_x, from, scene->plot_width, to - from,
                      layout->style->theme->band);
  }
}

/* Points under construction: within one pixel column only first, lowest, highest and last stay. */
typedef struct {
  GArray *points;
  double column, first, low, high, last;
} Thinner;

static void
thinner_flush (Thinner *thinner)
{
  double x = thinner->column;

  if (!isfinite (x))
    return;
  const double ys[] = { thinner->first, thinner->low, thinner->high, thinner->last };
  for (gsize i = 0; i < G_N_ELEMENTS (ys); i++)
    if (i == 0 || ys[i] != ys[i - 1]) {
      const double pair[] = { x, ys[i] };
      g_array_append_vals (thinner->points, pair, 2);
    }
  thinner->column = NAN;
}

static void
thinner_add (Thinner *thinner, double x, double y)
{
  if (isfinite (thinner->column) && fabs (x - thinner->column) < 0.5) {
    thinner->low = MIN (thinner->low, y);
    thinner->high = MAX (thinner->high, y);
    thinner->last = y;
    return;
  }
  thinner_flush (thinner);
  thinner->column = x;
  thinner->first = thinner->low = thinner->high = thinner->last = y;
}

static void
finish_line (BeLayout *layout, const BeSeries *series, int index, GArray *points)
{
  const BeTheme *theme = layout->style->theme;

  if (points->len >= 4) {
    BePrim *prim =
        be_layout_line (layout, "series", 0, 0, 0, 0, theme->role[series->role], theme->line_width);
    g_free (prim->points);
    prim->n_points = points->len / 2;
    prim->points = g_memdup2 (points->data, points->len * sizeof (double));
    prim->dash = theme->dash[series->role];
    prim->n_dash = theme->n_dash[series->role];
    prim->series = index;
  } else if (points->len == 2) {
    const double *at = (const double *) (gpointer) points->data;
    be_layout_mark (layout, "series", at[0], at[1], layout->font_size * 0.6, series->role)->series =
        index;
  }
  g_array_set_size (points, 0);
}

static void
layout_line (BeLayout *layout, const BeSeries *series, int index)
{
  BeScene *scene = layout->scene;
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (double));
  Thinner thinner = { points, NAN, 0, 0, 0, 0 };
  double bottom = scene->plot_y + scene->plot_height;

  for (gsize i = 0; i < series->n; i++) {
    double x = be_scene_x_to_px (scene, series->x[i]);
    double y = be_scene_y_to_px (scene, series->y[i]);
    gboolean inside = x >= scene->plot_x - 0.5 && x <= scene->plot_x + scene->plot_width + 0.5;
    if (!isfinite (y) || !inside) {
      thinner_flush (&thinner);
      finish_line (layout, series, index, points);
      continue;
    }
    thinner_add (&thinner, x, CLAMP (y, scene->plot_y, bottom));
  }
  thinner_flush (&thinner);
  finish_line (layout, series, index, points);
}

/* One closed piece of a filled band: along the upper edge and back along the lower one. */
static void
finish_area (BeLayout *layout, const BeSeries *series, int index, GArray *upper, GArray *lower)
{
  BeColor color = layout->style->theme->role[series->role];

  if (upper->len >= 4) {
    for (guint i = lower->len; i >= 2; i -= 2)
      g_array_append_vals (upper, &g_array_index (lower, double, i - 2), 2);
    color.a *= layout->style->theme->area_alpha;
    BePrim *prim = be_layout_line (layout, "series", 0, 0, 0, 0, color, 0);
    g_free (prim->points);
    prim->n_points = upper->len / 2;
    prim->points = g_memdup2 (upper->data, upper->len * sizeof (double));
    prim->filled = TRUE;
    prim->series = index;
  }
  g_array_set_size (upper, 0);
  g_array_set_size (lower, 0);
}

static void
layout_area (BeLayout *layout, const BeSeries *series, int index)
{
  BeScene *scene = layout->scene;
  g_autoptr (GArray) upper = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) lower = g_array_new (FALSE, FALSE, sizeof (double));
  double bottom = scene->plot_y + scene->plot_height;

  for (gsize i = 0; i < series->n; i++) {
    double low = series->low != NULL ? series->low[i] : 0;
    double x = CLAMP (be_scene_x_to_px (scene, series->x[i]), scene->plot_x,
                      scene->plot_x + scene->plot_width);
    if (!isfinite (series->y[i]) || !isfinite (low)) {
      finish_area (layout, series, index, upper, lower);
      continue;
    }
    const double high_at[] = { x, CLAMP (be_scene_y_to_px (scene, series->y[i]), scene->plot_y,
                                         bottom) };
    double y = be_scene_y_to_px (scene, low);
    const double low_at[] = { x, isfinite (y) ? CLAMP (y, scene->plot_y, bottom) : bottom };
    g_array_append_vals (upper, high_at, 2);
    g_array_append_vals (lower, low_at, 2);
  }
  finish_area (layout, series, index, upper, lower);
}

static void
layout_points (BeLayout *layout, const BeSeries *series, int index)
{
  for (gsize i = 0; i < series->n; i++) {
    double x = be_scene_x_to_px (layout->scene, series->x[i]);
    double y = be_scene_y_to_px (layout->scene, series->y[i]);
    if (!isfinite (x) || !isfinite (y))
      continue;
    BePrim *prim = be_layout_mark (layout, "series", x, y, layout->font_size * 0.7, series->role);
    prim->series = index;
    prim->datum = (int) i;
  }
}

static void
layout_volume (BeLayout *layout)
{
  const BeChartData *data = layout->data;
  BeScene *scene = layout->scene;
  double x = be_scene_x_to_px (scene, data->volume_x);

  if (!isfinite (data->volume_x) || x < scene->plot_x - 0.5
      || x > scene->plot_x + scene->plot_width + 0.5)
    return;
  be_layout_line (layout, "volume", x, scene->plot_y, x, scene->plot_y + scene->plot_height,
                  layout->style->theme->text, 1.5);
  be_layout_rect (layout, "volume", x - 4, scene->plot_y + scene->plot_height - 6, 8, 12,
                  layout->style->theme->text);
}

/* Days of the week, as many as there is room for. */
static GArray *
day_ticks (double low, double high, int wanted)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (double));
  double step = 24;

  while ((high - low) / step > wanted + 1)
    step += 24;
  for (double at = ceil (low / step) * step; at < high; at += step)
    g_array_append_val (ticks, at);
  return ticks;
}

void
be_layout_xy (BeLayout *layout, double top)
{
  const BeChartData *data = layout->data;
  BeScene *scene = layout->scene;

  scene->x_scale = data->x_scale;
  scene->y_scale = data->y_scale;
  choose_x_range (data, scene);
  choose_y_range (data, scene);
  int wanted = (int) CLAMP ((scene->height - top) / (layout->font_size * 4), 2, 9);
  g_autoptr (GArray) y_ticks =
      be_scale_get (scene->y_scale)->ticks (scene->y_low, scene->y_high, wanted);
  place_plot (layout, top, y_ticks);
  wanted = (int) CLAMP (scene->plot_width / (layout->font_size * 6.5), 2, 12);
  g_autoptr (GArray) x_ticks =
      data->x_unit == BE_CHART_UNIT_WEEK_HOUR
          ? day_ticks (scene->x_low, scene->x_high, wanted)
          : be_scale_get (scene->x_scale)->ticks (scene->x_low, scene->x_high, wanted);
  layout_bands (layout);
  layout_y_axis (layout, y_ticks);
  layout_x_axis (layout, x_ticks);
  for (guint i = 0; i < data->series->len; i++) {
    const BeSeries *series = data->series->pdata[i];
    if (series->style == BE_SERIES_POINTS)
      layout_points (layout, series, (int) i);
    else if (series->style == BE_SERIES_AREA)
      layout_area (layout, series, (int) i);
    else
      layout_line (layout, series, (int) i);
  }
  layout_volume (layout);
  be_layout_markers (layout);
  be_layout_name_points (layout);
  be_layout_name_volume (layout);
  be_layout_name_bands (layout);
}
