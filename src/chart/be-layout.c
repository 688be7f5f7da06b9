/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout: from data and size to a flat list of primitives. What all chart types share. */
#include "chart/be-chart-private.h"

#include <math.h>
#include <string.h>

/* Mean advance of a letter in ems, for layouts that must not depend on a font. */
#define FIXED_ADVANCE 0.56

static void
prim_clear (BePrim *prim)
{
  g_free (prim->points);
  g_free (prim->text);
}

void
be_scene_free (BeScene *scene)
{
  if (scene == NULL)
    return;
  g_array_unref (scene->prims);
  g_free (scene->title);
  g_free (scene->description);
  g_free (scene);
}

double
be_layout_text_width (BeLayout *layout, const char *text, double size, gboolean bold)
{
  if (layout->pango == NULL)
    return g_utf8_strlen (text, -1) * size * FIXED_ADVANCE;
  PangoFontDescription *font =
      pango_font_description_from_string (layout->style->theme->font_family);
  int width;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout->pango, font);
  pango_layout_set_text (layout->pango, text, -1);
  pango_layout_get_size (layout->pango, &width, NULL);
  pango_font_description_free (font);
  return (double) width / PANGO_SCALE;
}

char *
be_layout_format (BeLayout *layout, double value, BeChartUnit unit, gboolean compact)
{
  if (layout->style->format != NULL)
    return layout->style->format (value, unit, compact, layout->style->format_data);
  return g_strdup_printf ("%.6g", value);
}

static BePrim *
append (BeLayout *layout, BePrimKind kind, const char *part, BeColor color)
{
  BePrim prim = {
    .kind = kind, .part = part, .series = -1, .datum = -1, .color = color, .line_width = 1
  };
  GArray *prims = layout->scene->prims;

  g_array_append_val (prims, prim);
  return &g_array_index (prims, BePrim, prims->len - 1);
}

BePrim *
be_layout_rect (BeLayout *layout, const char *part, double x, double y, double width, double height,
                BeColor color)
{
  BePrim *prim = append (layout, BE_PRIM_RECT, part, color);

  prim->x = x;
  prim->y = y;
  prim->width = width;
  prim->height = height;
  return prim;
}

BePrim *
be_layout_line (BeLayout *layout, const char *part, double x0, double y0, double x1, double y1,
                BeColor color, double width)
{
  BePrim *prim = append (layout, BE_PRIM_POLYLINE, part, color);
  const double points[] = { x0, y0, x1, y1 };

  prim->points = g_memdup2 (points, sizeof points);
  prim->n_points = 2;
  prim->line_width = width;
  return prim;
}

BePrim *
be_layout_text (BeLayout *layout, const char *part, double x, double y, double anchor,
                const char *text, BeColor color)
{
  BePrim *prim = append (layout, BE_PRIM_TEXT, part, color);

  prim->x = x;
  prim->y = y;
  prim->anchor = anchor;
  prim->text = g_strdup (text);
  prim->font_size = layout->font_size;
  return prim;
}

BePrim *
be_layout_mark (BeLayout *layout, const char *part, double x, double y, double size, BeRole role)
{
  BePrim *prim = append (layout, BE_PRIM_MARKER, part, layout->style->theme->role[role]);

  prim->x = x;
  prim->y = y;
  prim->width = size;
  prim->shape = be_role_shape (role);
  return prim;
}

gboolean
be_layout_is_free (BeLayout *layout, double x, double y, double width, double height)
{
  const BeScene *scene = layout->scene;
  const double mine[4] = { x, y, x + width, y + height };

  if (x < scene->plot_x || y < scene->plot_y || mine[2] > scene->plot_x + scene->plot_width
      || mine[3] > scene->plot_y + scene->plot_height)
    return FALSE;
  for (guint i = 0; i + 3 < layout->taken->len; i += 4) {
    const double *other = &g_array_index (layout->taken, double, i);
    if (mine[0] < other[2] && other[0] < mine[2] && mine[1] < other[3] && other[1] < mine[3])
      return FALSE;
  }
  return TRUE;
}

gboolean
be_layout_claim (BeLayout *layout, double x, double y, double width, double height)
{
  const double mine[4] = { x, y, x + width, y + height };

  if (!be_layout_is_free (layout, x, y, width, height))
    return FALSE;
  g_array_append_vals (layout->taken, mine, 4);
  return TRUE;
}

/* The legend's sample of a series: a piece of its line, its mark, or a piece of its area. */
static void
legend_swatch (BeLayout *layout, const BeSeries *series, int index, double x, double y,
               double width)
{
  const BeTheme *theme = layout->style->theme;
  BeColor color = theme->role[series->role];
  double height = layout->font_size * 0.8;

  if (series->style == BE_SERIES_AREA) {
    color.a *= theme->area_alpha;
    be_layout_rect (layout, "legend", x, y - height / 2, width, height, color)->series = index;
    return;
  }
  if (series->style != BE_SERIES_POINTS) {
    BePrim *line = be_layout_line (layout, "legend", x, y, x + width, y, color, theme->line_width);
    line->dash = theme->dash[series->role];
    line->n_dash = theme->n_dash[series->role];
    line->series = index;
  }
  be_layout_mark (layout, "legend", x + width / 2, y, layout->font_size * 0.6, series->role)
      ->series = index;
}

/* One entry of the legend: its sample and the name. Returns its width. */
static double
legend_entry (BeLayout *layout, const BeSeries *series, int index, double x, double y,
              gboolean draw)
{
  const BeTheme *theme = layout->style->theme;
  double swatch = 2 * layout->font_size, gap = layout->gap / 2;
  double width =
      swatch + gap + be_layout_text_width (layout, series->name, layout->font_size, FALSE);

  if (!draw)
    return width;
  gboolean rtl = layout->style->rtl;
  double line_x = rtl ? layout->style->width - x - swatch : x;
  double text_x = rtl ? line_x - gap : x + swatch + gap;
  legend_swatch (layout, series, index, line_x, y, swatch);
  be_layout_text (layout, "legend", text_x, y + layout->font_size * 0.36, rtl ? 1 : 0, series->name,
                  theme->text)
      ->series = index;
  return width;
}

static double
layout_legend (BeLayout *layout, double top)
{
  GPtrArray *series = layout->data->series;
  double x = layout->gap, row = layout->font_size * 1.7, y = top + row / 2;

  if (series->len == 0)
    return top;
  for (guint i = 0; i < series->len; i++) {
    double width = legend_entry (layout, series->pdata[i], (int) i, 0, 0, FALSE);
    if (x > layout->gap && x + width > layout->style->width - layout->gap) {
      x = layout->gap;
      y += row;
    }
    legend_entry (layout, series->pdata[i], (int) i, x, y, TRUE);
    x += width + 2 * layout->gap;
  }
  return y + row / 2;
}

double
be_layout_head (BeLayout *layout)
{
  const BeChartData *data = layout->data;
  double y = layout->gap;

  if (data->title != NULL) {
    gboolean rtl = layout->style->rtl;
    double size = layout->font_size * 1.25;
    BePrim *title =
        be_layout_text (layout, "title", rtl ? layout->style->width - layout->gap : layout->gap,
                        y + size, rtl ? 1 : 0, data->title, layout->style->theme->text);
    title->font_size = size;
    title->bold = TRUE;
    y += size * 1.5;
  }
  return layout_legend (layout, y) + layout->gap / 2;
}

static gboolean
has_content (const BeChartData *data)
{
  if (data->type != BE_CHART_XY)
    return data->bars->len > 0;
  for (guint i = 0; i < data->series->len; i++) {
    const BeSeries *series = data->series->pdata[i];
    for (gsize k = 0; k < series->n; k++)
      if (isfinite (series->y[k]) && isfinite (series->x[k]))
        return TRUE;
  }
  return FALSE;
}

static void
layout_empty (BeLayout *layout)
{
  const char *text = layout->data->empty_text;

  if (text != NULL)
    be_layout_text (layout, "empty", layout->style->width / 2, layout->style->height / 2, 0.5, text,
                    layout->style->theme->dim_text);
}

static void
start_measuring (BeLayout *layout)
{
  if (layout->style->fixed_metrics)
    return;
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_ALPHA, NULL);
  layout->measure = cairo_create (surface);
  cairo_surface_destroy (surface);
  layout->pango = pango_cairo_create_layout (layout->measure);
}

static void
stop_measuring (BeLayout *layout)
{
  g_clear_object (&layout->pango);
  g_clear_pointer (&layout->measure, cairo_destroy);
  g_array_unref (layout->taken);
}

BeScene *
be_chart_layout (const BeChartData *data, const BeChartStyle *style)
{
  BeScene *scene = g_new0 (BeScene, 1);
  BeLayout layout = { .data = data, .style = style, .scene = scene };

  scene->width = style->width;
  scene->height = style->height;
  scene->rtl = style->rtl;
  scene->title = g_strdup (data->title);
  scene->description = g_strdup (data->summary);
  scene->prims = g_array_new (FALSE, TRUE, sizeof (BePrim));
  g_array_set_clear_func (scene->prims, (GDestroyNotify) prim_clear);
  layout.font_size = style->theme->font_size * (style->text_scale > 0 ? style->text_scale : 1);
  layout.gap = layout.font_size * 0.75;
  layout.taken = g_array_new (FALSE, FALSE, sizeof (double));
  start_measuring (&layout);
  be_layout_rect (&layout, "background", 0, 0, style->width, style->height,
                  style->theme->background);
  if (!has_content (data))
    layout_empty (&layout);
  else if (data->type == BE_CHART_XY)
    be_layout_xy (&layout, be_layout_head (&layout));
  else if (data->type == BE_CHART_STACK)
    be_layout_stack (&layout, be_layout_head (&layout));
  else if (data->type == BE_CHART_ROWS)
    be_layout_rows (&layout, be_layout_head (&layout));
  else
    be_layout_bars (&layout, be_layout_head (&layout));
  stop_measuring (&layout);
  return scene;
}
