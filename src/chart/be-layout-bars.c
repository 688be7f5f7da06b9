/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout of bars and of the waterfall: upright where the names fit below, else lying. */
#include "chart/be-chart-private.h"

#include <math.h>

/* From..to of a bar on the value axis. */
typedef struct {
  double from, to;
} Span;

static GArray *
make_spans (const BeChartData *data)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));
  double level = 0;

  for (guint i = 0; i < data->bars->len; i++) {
    const BeBar *bar = data->bars->pdata[i];
    gboolean whole = bar->is_total || data->type == BE_CHART_BARS;
    Span span = { whole ? 0 : level, whole ? bar->value : level + bar->value };
    level = span.to;
    g_array_append_val (spans, span);
  }
  return spans;
}

static void
choose_range (BeLayout *layout, GArray *spans)
{
  BeScene *scene = layout->scene;

  scene->y_low = scene->y_high = 0;
  for (guint i = 0; i < spans->len; i++) {
    const Span *span = &g_array_index (spans, Span, i);
    scene->y_low = MIN (scene->y_low, MIN (span->from, span->to));
    scene->y_high = MAX (scene->y_high, MAX (span->from, span->to));
  }
  be_scale_mend (BE_SCALE_LINEAR, &scene->y_low, &scene->y_high);
  be_scale_round (BE_SCALE_LINEAR, &scene->y_low, &scene->y_high);
  scene->x_low = 0;
  scene->x_high = spans->len;
}

static char *
value_text (BeLayout *layout, const BeBar *bar)
{
  const BeChartData *data = layout->data;
  gboolean change = data->type == BE_CHART_WATERFALL && !bar->is_total;
  g_autofree char *text = be_layout_format (layout, fabs (bar->value), data->y_unit, TRUE);

  if (!change)
    return bar->value < 0 ? g_strconcat ("−", text, NULL) : g_steal_pointer (&text);
  return g_strconcat (bar->value < 0 ? "−" : "+", text, NULL);
}

/* Lines that the tallest name needs upright; 0 if some name does not fit. */
static guint
lines_needed (BeLayout *layout, double width)
{
  guint most = 1;

  for (guint i = 0; i < layout->data->bars->len; i++) {
    const BeBar *bar = layout->data->bars->pdata[i];
    g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
    g_autofree char *value = value_text (layout, bar);
    if (!be_layout_wrap (layout, bar->name, width, lines)
        || be_layout_text_width (layout, value, layout->font_size, TRUE) > width)
      return 0;
    most = MAX (most, lines->len);
  }
  return most;
}

/* Where a value lies on the axis of lying bars, which begins at the right in right-to-left. */
static double
lying_x (const BeScene *scene, double value)
{
  double share = (value - scene->y_low) / (scene->y_high - scene->y_low);

  return scene->plot_x + scene->plot_width * (scene->rtl ? 1 - share : share);
}

static void
layout_value_axis (BeLayout *layout, GArray *ticks, gboolean lying)
{
  const BeTheme *theme = layout->style->theme;
  BeScene *scene = layout->scene;
  double right = scene->plot_x + scene->plot_width, bottom = scene->plot_y + scene->plot_height;

  for (guint i = 0; i < ticks->len; i++) {
    double value = g_array_index (ticks, double, i);
    g_autofree char *text = be_layout_format (layout, value, layout->data->y_unit, TRUE);
    if (lying) {
      double x = lying_x (scene, value);
      double half = be_layout_text_width (layout, text, layout->font_size, FALSE) / 2;
      be_layout_line (layout, "grid", x, scene->plot_y, x, bottom, theme->grid, 1);
      if (x - half < 0 || x + half > scene->width)
        continue;
      be_layout_text (layout, "axis", x, bottom + layout->font_size * 1.4, 0.5, text,
                      theme->dim_text);
      continue;
    }
    double y = be_scene_y_to_px (scene, value);
    be_layout_line (layout, "grid", scene->plot_x, y, right, y, theme->grid, 1);
    be_layout_text (layout, "axis",
                    scene->rtl ? right + layout->gap / 2 : scene->plot_x - layout->gap / 2,
                    y + layout->font_size * 0.36, scene->rtl ? 0 : 1, text, theme->dim_text);
  }
}

static void
upright_bar (BeLayout *layout, GArray *spans, guint i, double slot)
{
  BeScene *scene = layout->scene;
  const BeTheme *theme = layout->style->theme;
  const BeBar *bar = layout->data->bars->pdata[i];
  const Span *span = &g_array_index (spans, Span, i);
  double place = scene->rtl ? spans->len - 1 - i : i;
  double x = scene->plot_x + place * slot, width = MIN (slot * 0.62, layout->font_size * 8);
  double y0 = be_scene_y_to_px (scene, MAX (span->from, span->to));
  double y1 = be_scene_y_to_px (scene, MIN (span->from, span->to));
  g_autofree char *value = value_text (layout, bar);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  be_layout_rect (layout, "bar", x + (slot - width) / 2, y0, width, MAX (y1 - y0, 1),
                  theme->role[bar->role])
      ->datum = (int) i;
  BePrim *text = be_layout_text (layout, "label", x + slot / 2, y0 - layout->font_size * 0.4, 0.5,
                                 value, theme->text);
  text->bold = TRUE;
  text->datum = (int) i;
  be_layout_wrap (layout, bar->name, slot - layout->gap / 2, lines);
  for (guint k = 0; k < lines->len; k++)
    be_layout_text (layout, "axis", x + slot / 2,
                    scene->plot_y + scene->plot_height + layout->font_size * (1.4 + 1.25 * k), 0.5,
                    lines->pdata[k], theme->text)
        ->datum = (int) i;
  if (layout->data->type == BE_CHART_WATERFALL && i + 1 < spans->len) {
    double y = be_scene_y_to_px (scene, span->to), step = scene->rtl ? -slot : slot;
    double edge = x + slot / 2 + (scene->rtl ? -width / 2 : width / 2);
    be_layout_line (layout, "connector", edge, y, edge + step - (scene->rtl ? -width : width), y,
                    theme->axis, 1);
  }
}

static gboolean
layout_upright (BeLayout *layout, double top, GArray *spans)
{
  BeScene *scene = layout->scene;
  int wanted = (int) CLAMP ((scene->height - top) / (layout->font_size * 4), 2, 9);
  g_autoptr (GArray) ticks =
      be_scale_get (BE_SCALE_LINEAR)->ticks (scene->y_low, scene->y_high, wanted);
  double side = layout->font_size * 4.5 + layout->gap;
  double slot = (scene->width - side - layout->gap) / spans->len;
  guint lines = lines_needed (layout, slot - layout->gap / 2);

  if (lines == 0 || lines > 3)
    return FALSE;
  double below = layout->font_size * (1 + 1.25 * lines);
  scene->plot_x = scene->rtl ? layout->gap : side;
  scene->plot_width = scene->width - side - layout->gap;
  scene->plot_y = top + layout->font_size * 2.2;
  scene->plot_height = MAX (scene->height - scene->plot_y - below, 10);
  if (layout->data->y_label != NULL)
    be_layout_text (layout, "axis", scene->rtl ? scene->width - layout->gap : layout->gap,
                    top + layout->font_size, scene->rtl ? 1 : 0, layout->data->y_label,
                    layout->style->theme->dim_text);
  layout_value_axis (layout, ticks, FALSE);
  for (guint i = 0; i < spans->len; i++)
    upright_bar (layout, spans, i, slot);
  double zero = be_scene_y_to_px (scene, 0);
  be_layout_line (layout, "axis", scene->plot_x, zero, scene->plot_x + scene->plot_width, zero,
                  layout->style->theme->axis, 1);
  return TRUE;
}

/* Where the parts of a lying bar are: its name above or beside it, its value at the end. */
typedef struct {
  gboolean beside;
  double row, name_width, value_width; /* px */
} Lying;

static double
widest_name (BeLayout *layout)
{
  double widest = 0;

  for (guint i = 0; i < layout->data->bars->len; i++) {
    const BeBar *bar = layout->data->bars->pdata[i];
    widest = MAX (widest, be_layout_text_width (layout, bar->name, layout->font_size, FALSE));
  }
  return widest;
}

static double
widest_value (BeLayout *layout)
{
  double widest = 0;

  for (guint i = 0; i < layout->data->bars->len; i++) {
    g_autofree char *value = value_text (layout, layout->data->bars->pdata[i]);
    widest = MAX (widest, be_layout_text_width (layout, value, layout->font_size, TRUE));
  }
  return widest;
}

/* The names stand beside the bars where that leaves them half the width, or where there is no
 * height for names above them. */
static void
choose_lying (BeLayout *layout, guint n, Lying *lying)
{
  BeScene *scene = layout->scene;
  double width = scene->width - 3 * layout->gap, name = widest_name (layout);

  lying->row = scene->plot_height / n;
  lying->value_width = widest_value (layout) + layout->gap;
  lying->beside = name + layout->gap + lying->value_width <= width * 0.5
                  || lying->row < layout->font_size * 2.6;
  lying->name_width = lying->beside ? MIN (name, width * 0.4) + layout->gap : 0;
}

static void
name_lying_bar (BeLayout *layout, const Lying *lying, const BeBar *bar, guint i)
{
  BeScene *scene = layout->scene;
  const BeTheme *theme = layout->style->theme;
  gboolean rtl = scene->rtl;
  double left = layout->gap, right = scene->width - layout->gap;
  double y = scene->plot_y + i * lying->row;
  double base =
      lying->beside ? y + lying->row / 2 + layout->font_size * 0.36 : y + layout->font_size;
  double room = lying->beside ? lying->name_width - layout->gap : right - left - lying->value_width;
  g_autofree char *name = be_layout_ellipsize (layout, bar->name, room);
  g_autofree char *value = value_text (layout, bar);

  be_layout_text (layout, "axis", rtl ? right : left, base, rtl ? 1 : 0, name, theme->text)->datum =
      (int) i;
  BePrim *text =
      be_layout_text (layout, "label", rtl ? left : right, base, rtl ? 0 : 1, value, theme->text);
  text->bold = TRUE;
  text->datum = (int) i;
}

static void
lying_bar (BeLayout *layout, const Lying *lying, GArray *spans, guint i)
{
  BeScene *scene = layout->scene;
  const BeTheme *theme = layout->style->theme;
  const BeBar *bar = layout->data->bars->pdata[i];
  const Span *span = &g_array_index (spans, Span, i);
  double above = lying->beside ? lying->row * 0.15 : layout->font_size * 1.4;
  double below = lying->beside ? above : layout->gap;
  double y = scene->plot_y + i * lying->row + above;
  double height = MAX (lying->row - above - below, 3);
  double from = lying_x (scene, span->from), to = lying_x (scene, span->to);

  name_lying_bar (layout, lying, bar, i);
  be_layout_rect (layout, "bar", MIN (from, to), y, MAX (fabs (to - from), 1), height,
                  theme->role[bar->role])
      ->datum = (int) i;
  if (layout->data->type == BE_CHART_WATERFALL && i + 1 < spans->len)
    be_layout_line (layout, "connector", to, y + height, to, y + lying->row, theme->axis, 1);
}

static void
layout_lying (BeLayout *layout, double top, GArray *spans)
{
  BeScene *scene = layout->scene;
  Lying lying;

  scene->plot_y = top;
  scene->plot_height = MAX (scene->height - top - layout->font_size * 2, 10);
  choose_lying (layout, spans->len, &lying);
  double left = layout->gap + (scene->rtl ? lying.value_width : lying.name_width);
  double right = layout->gap + (scene->rtl ? lying.name_width : lying.value_width);
  if (!lying.beside)
    left = right = layout->gap * 1.5;
  scene->plot_x = left;
  scene->plot_width = MAX (scene->width - left - right, 10);
  int wanted = (int) CLAMP (scene->plot_width / (layout->font_size * 6.5), 2, 8);
  g_autoptr (GArray) ticks =
      be_scale_get (BE_SCALE_LINEAR)->ticks (scene->y_low, scene->y_high, wanted);
  layout_value_axis (layout, ticks, TRUE);
  for (guint i = 0; i < spans->len; i++)
    lying_bar (layout, &lying, spans, i);
}

void
be_layout_bars (BeLayout *layout, double top)
{
  g_autoptr (GArray) spans = make_spans (layout->data);

  choose_range (layout, spans);
  if (!layout_upright (layout, top, spans))
    layout_lying (layout, top, spans);
}
