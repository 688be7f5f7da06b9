/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the chart view shows over its static part: crosshair, readout, ring, marker under way. */
#include "widget/be-chart-view-private.h"

#include <adwaita.h>
#include <math.h>

#define BUBBLE_PADDING 8
#define BUBBLE_DISTANCE 12

BeThemeKind
be_chart_view_theme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean contrast = adw_style_manager_get_high_contrast (manager);

  if (adw_style_manager_get_dark (manager))
    return contrast ? BE_THEME_DARK_CONTRAST : BE_THEME_DARK;
  return contrast ? BE_THEME_LIGHT_CONTRAST : BE_THEME_LIGHT;
}

static GdkRGBA
rgba (const BeColor *color)
{
  return (GdkRGBA){ (float) color->r, (float) color->g, (float) color->b, (float) color->a };
}

static void
snapshot_line (BeChartView *self, GtkSnapshot *snapshot, double x, const BeColor *color,
               float width)
{
  GdkRGBA colour = rgba (color);

  gtk_snapshot_append_color (snapshot, &colour,
                             &GRAPHENE_RECT_INIT ((float) x - width / 2,
                                                  (float) self->scene->plot_y, width,
                                                  (float) self->scene->plot_height));
}

/* A box of text beside px, above or below py, so that it covers neither. */
static void
snapshot_bubble (BeChartView *self, GtkSnapshot *snapshot, const BeTheme *theme, const char *words,
                 double px, double py)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), words);
  int width, height;
  GskRoundedRect outline;
  GdkRGBA background = rgba (&theme->background), border = rgba (&theme->axis);
  GdkRGBA text = rgba (&theme->text);
  const float widths[4] = { 1, 1, 1, 1 };
  const GdkRGBA colors[4] = { border, border, border, border };

  pango_layout_set_width (layout, (int) MAX (self->scene->width * 0.7, 120) * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, &width, &height);
  /* Text from right to left stands at the end of its width. */
  pango_layout_set_width (layout, (width + 1) * PANGO_SCALE);
  width += 2 * BUBBLE_PADDING;
  height += 2 * BUBBLE_PADDING;
  double x = px + BUBBLE_DISTANCE, y = py - BUBBLE_DISTANCE - height;
  if (x + width > self->scene->width)
    x = MAX (px - BUBBLE_DISTANCE - width, 0);
  if (y < 0)
    y = MIN (py + BUBBLE_DISTANCE, MAX (self->scene->height - height, 0));
  gsk_rounded_rect_init_from_rect (
      &outline, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height), 6);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &background, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float) x + BUBBLE_PADDING, (float) y + BUBBLE_PADDING));
  gtk_snapshot_append_layout (snapshot, layout, &text);
  gtk_snapshot_restore (snapshot);
}

/* A ring around the point that stands for what is chosen elsewhere. */
static void
snapshot_selected (BeChartView *self, GtkSnapshot *snapshot, const BeTheme *theme)
{
  GskRoundedRect ring;
  GdkRGBA color = rgba (&theme->text);
  const float widths[4] = { 2, 2, 2, 2 };
  const GdkRGBA colors[4] = { color, color, color, color };

  if (self->selected_series < 0 || self->selected_series >= (int) self->data->series->len)
    return;
  const BeSeries *series = self->data->series->pdata[self->selected_series];
  if (self->selected_point < 0 || self->selected_point >= (int) series->n)
    return;
  double x = be_scene_x_to_px (self->scene, series->x[self->selected_point]);
  double y = be_scene_y_to_px (self->scene, series->y[self->selected_point]);
  if (!isfinite (x) || !isfinite (y))
    return;
  gsk_rounded_rect_init_from_rect (&ring,
                                   &GRAPHENE_RECT_INIT ((float) x - 8, (float) y - 8, 16, 16), 8);
  gtk_snapshot_append_border (snapshot, &ring, widths, colors);
}

/* What is pinned stands at the foot of the plot, where the readout that moves seldom is. */
static void
snapshot_pinned (BeChartView *self, GtkSnapshot *snapshot, const BeTheme *theme)
{
  double px = be_chart_view_pinned_px (self);

  if (!isfinite (px) || self->pinned_text == NULL)
    return;
  if (self->pinned.bar < 0)
    snapshot_line (self, snapshot, px, &theme->crosshair, 2);
  snapshot_bubble (self, snapshot, theme, self->pinned_text, px,
                   self->scene->plot_y + self->scene->plot_height);
}

void
be_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BeChartView *self = BE_CHART_VIEW (widget);
  const BeTheme *theme = be_theme_get (be_chart_view_theme ());

  be_chart_view_ensure_node (self);
  if (self->node == NULL)
    return;
  gtk_snapshot_append_node (snapshot, self->node);
  snapshot_selected (self, snapshot, theme);
  if (self->dragging)
    snapshot_line (self, snapshot, be_scene_x_to_px (self->scene, self->drag_x), &theme->text, 2);
  snapshot_pinned (self, snapshot, theme);
  if (!self->has_readout || self->readout_text == NULL)
    return;
  if (self->readout.bar < 0)
    snapshot_line (self, snapshot, self->readout_px, &theme->crosshair, 1);
  snapshot_bubble (self, snapshot, theme, self->readout_text, self->readout_px,
                   CLAMP (self->readout_py, self->scene->plot_y,
                          self->scene->plot_y + self->scene->plot_height));
}
