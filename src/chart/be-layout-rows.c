/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout of a ranked list: a row for each bar, its name before it and its value at its end. */
#include "chart/be-chart-private.h"

#include <math.h>

/* Names take no more than this share of the width; longer ones are cut. */
#define MOST_OF_NAMES 0.5
#define BAR_OF_ROW 0.62
/* Few rows do not fill the height: a row is no higher than so many times the type. */
#define MOST_OF_ROW 2.6

static double
widest (BeLayout *layout, gboolean values)
{
  double most = 0;

  for (guint i = 0; i < layout->data->bars->len; i++) {
    const BeBar *bar = layout->data->bars->pdata[i];
    g_autofree char *value = be_layout_format (layout, bar->value, layout->data->y_unit, TRUE);
    most = MAX (most, be_layout_text_width (layout, values ? value : bar->name, layout->font_size,
                                            values || bar->is_total));
  }
  return most;
}

static double
largest (const BeChartData *data)
{
  double most = 0;

  for (guint i = 0; i < data->bars->len; i++)
    most = MAX (most, ((BeBar *) data->bars->pdata[i])->value);
  return most > 0 ? most : 1;
}

/* Mirrors a place where the text runs from right to left. */
static double
place (const BeScene *scene, double x)
{
  return scene->rtl ? scene->width - x : x;
}

static void
layout_row (BeLayout *layout, guint i, double y, double row)
{
  BeScene *scene = layout->scene;
  const BeTheme *theme = layout->style->theme;
  const BeBar *bar = layout->data->bars->pdata[i];
  double start = scene->rtl ? scene->width - scene->plot_x - scene->plot_width : scene->plot_x;
  double width = MAX (MAX (bar->value, 0) / scene->y_high * scene->plot_width, 1);
  double height = MAX (row * BAR_OF_ROW, 2);
  double middle = y + row / 2, base = middle + layout->font_size * 0.36;
  g_autofree char *name = be_layout_ellipsize (layout, bar->name, start - layout->gap);
  g_autofree char *value = be_layout_format (layout, bar->value, layout->data->y_unit, TRUE);

  be_layout_rect (layout, "bar", scene->rtl ? place (scene, start) - width : start,
                  middle - height / 2, width, height, theme->role[bar->role])
      ->datum = (int) i;
  BePrim *text = be_layout_text (layout, "axis", place (scene, start - layout->gap), base,
                                 scene->rtl ? 0 : 1, name, theme->text);
  text->bold = bar->is_total;
  text->datum = (int) i;
  text = be_layout_text (layout, "label", place (scene, start + width + layout->gap * 0.75), base,
                         scene->rtl ? 1 : 0, value, theme->text);
  text->bold = TRUE;
  text->datum = (int) i;
}

void
be_layout_rows (BeLayout *layout, double top)
{
  BeScene *scene = layout->scene;
  double names = MIN (widest (layout, FALSE) + layout->gap * 1.5, scene->width * MOST_OF_NAMES);
  guint n = layout->data->bars->len;

  scene->plot_width = MAX (scene->width - names - widest (layout, TRUE) - layout->gap * 2, 10);
  scene->plot_x = scene->rtl ? scene->width - names - scene->plot_width : names;
  scene->plot_y = top;
  scene->plot_height = MAX (scene->height - top - layout->gap, 10);
  scene->x_low = scene->y_low = 0;
  scene->x_high = n;
  scene->y_high = largest (layout->data);
  double row = MIN (scene->plot_height / n, layout->font_size * MOST_OF_ROW);
  scene->plot_height = row * n;
  for (guint i = 0; i < n; i++)
    layout_row (layout, i, top + i * row, row);
  be_layout_line (layout, "axis", place (scene, names), top, place (scene, names),
                  top + scene->plot_height, layout->style->theme->axis, 1);
}
