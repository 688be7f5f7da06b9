/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout of one lying bar made of parts, each named with its value below it. */
#include "chart/be-chart-private.h"

#include <math.h>

static double
sum_parts (const BeChartData *data)
{
  double sum = 0;

  for (guint i = 0; i < data->bars->len; i++) {
    const BeBar *bar = data->bars->pdata[i];
    if (bar->value > 0)
      sum += bar->value;
  }
  return sum;
}

/* The unused rest is no part of the load: it has the colour of the grid. */
static BeColor
part_color (BeLayout *layout, const BeBar *bar)
{
  const BeTheme *theme = layout->style->theme;

  return bar->is_total ? theme->grid : theme->role[bar->role];
}

static void
layout_parts (BeLayout *layout, double y, double height, double sum)
{
  BeScene *scene = layout->scene;
  double at = 0;

  for (guint i = 0; i < layout->data->bars->len; i++) {
    const BeBar *bar = layout->data->bars->pdata[i];
    double width = bar->value > 0 ? bar->value / sum * scene->plot_width : 0;
    double x = scene->rtl ? scene->plot_x + scene->plot_width - at - width : scene->plot_x + at;
    be_layout_rect (layout, "bar", x, y, width, height, part_color (layout, bar))->datum = (int) i;
    at += width;
    if (i > 0)
      be_layout_line (layout, "bar", scene->rtl ? x + width : x, y, scene->rtl ? x + width : x,
                      y + height, layout->style->theme->background, 2);
  }
}

static char *
part_text (BeLayout *layout, const BeBar *bar)
{
  const char *unit = layout->data->y_label;
  g_autofree char *value = be_layout_format (layout, bar->value, layout->data->y_unit, FALSE);

  return g_strdup_printf (unit != NULL ? "%s %s %s" : "%s %s", bar->name, value, unit);
}

/* Sample and text of one part; returns its width. */
static double
layout_name (BeLayout *layout, guint i, double x, double y, gboolean draw)
{
  const BeBar *bar = layout->data->bars->pdata[i];
  double size = layout->font_size, swatch = size * 0.8;
  g_autofree char *text = part_text (layout, bar);
  double width = swatch + layout->gap / 2 + be_layout_text_width (layout, text, size, FALSE);

  if (!draw)
    return width;
  gboolean rtl = layout->scene->rtl;
  double left = rtl ? layout->scene->width - x - swatch : x;
  be_layout_rect (layout, "legend", left, y - swatch * 0.9, swatch, swatch,
                  part_color (layout, bar))
      ->datum = (int) i;
  be_layout_text (layout, "legend", rtl ? left - layout->gap / 2 : left + swatch + layout->gap / 2,
                  y, rtl ? 1 : 0, text, layout->style->theme->text)
      ->datum = (int) i;
  return width;
}

void
be_layout_stack (BeLayout *layout, double top)
{
  BeScene *scene = layout->scene;
  double size = layout->font_size, height = size * 2, sum = sum_parts (layout->data);
  double x = layout->gap, y = top + height + size * 1.7;

  scene->plot_x = layout->gap;
  scene->plot_width = MAX (scene->width - 2 * layout->gap, 10);
  scene->plot_y = top;
  scene->plot_height = height;
  scene->x_low = scene->y_low = 0;
  scene->x_high = scene->y_high = sum;
  layout_parts (layout, top, height, sum > 0 ? sum : 1);
  for (guint i = 0; i < layout->data->bars->len; i++) {
    double width = layout_name (layout, i, 0, 0, FALSE);
    if (x > layout->gap && x + width > scene->width - layout->gap) {
      x = layout->gap;
      y += size * 1.6;
    }
    layout_name (layout, i, x, y, TRUE);
    x += width + 2 * layout->gap;
  }
}
