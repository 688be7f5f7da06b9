/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only drawing code: a scene onto a cairo context. */
#include "chart/be-chart-private.h"

#include <math.h>

static void
set_color (cairo_t *cr, const BeColor *color)
{
  cairo_set_source_rgba (cr, color->r, color->g, color->b, color->a);
}

static void
paint_polyline (cairo_t *cr, const BePrim *prim)
{
  /* Hairlines along an axis sit on whole pixels. */
  gboolean hairline = prim->n_points == 2 && prim->line_width <= 1 && !prim->filled;

  cairo_new_path (cr);
  for (gsize i = 0; i < prim->n_points; i++) {
    double x = prim->points[2 * i], y = prim->points[2 * i + 1];
    cairo_line_to (cr, hairline ? floor (x) + 0.5 : x, hairline ? floor (y) + 0.5 : y);
  }
  if (prim->filled) {
    cairo_close_path (cr);
    cairo_fill (cr);
    return;
  }
  cairo_set_line_width (cr, prim->line_width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_BEVEL);
  cairo_set_dash (cr, prim->dash, prim->n_dash, 0);
  cairo_stroke (cr);
}

static void
marker_path (cairo_t *cr, const BePrim *prim)
{
  double r = prim->width / 2;

  cairo_new_path (cr);
  switch (prim->shape) {
  case BE_MARK_CIRCLE:
    cairo_arc (cr, prim->x, prim->y, r, 0, 2 * G_PI);
    break;
  case BE_MARK_SQUARE:
    cairo_rectangle (cr, prim->x - r * 0.9, prim->y - r * 0.9, r * 1.8, r * 1.8);
    break;
  case BE_MARK_DIAMOND:
    cairo_move_to (cr, prim->x, prim->y - r * 1.2);
    cairo_line_to (cr, prim->x + r * 1.2, prim->y);
    cairo_line_to (cr, prim->x, prim->y + r * 1.2);
    cairo_line_to (cr, prim->x - r * 1.2, prim->y);
    break;
  case BE_MARK_TRIANGLE:
    cairo_move_to (cr, prim->x, prim->y - r * 1.1);
    cairo_line_to (cr, prim->x + r * 1.1, prim->y + r * 0.9);
    cairo_line_to (cr, prim->x - r * 1.1, prim->y + r * 0.9);
    break;
  }
  cairo_close_path (cr);
}

/* A mark has a rim of the background, so that it stands out from the line it sits on. */
static void
paint_marker (cairo_t *cr, const BePrim *prim, const BeColor *background)
{
  marker_path (cr, prim);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, 3);
  set_color (cr, background);
  cairo_stroke (cr);
  marker_path (cr, prim);
  set_color (cr, &prim->color);
  cairo_fill (cr);
}

static void
paint_text (cairo_t *cr, const BePrim *prim, PangoLayout *layout, PangoFontDescription *font)
{
  int width;

  pango_font_description_set_absolute_size (font, prim->font_size * PANGO_SCALE);
  pango_font_description_set_weight (font, prim->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, prim->text, -1);
  pango_layout_get_size (layout, &width, NULL);
  cairo_move_to (cr, prim->x - prim->anchor * width / PANGO_SCALE,
                 prim->y - (double) pango_layout_get_baseline (layout) / PANGO_SCALE);
  pango_cairo_show_layout (cr, layout);
}

void
be_scene_paint (const BeScene *scene, cairo_t *cr)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string (be_scene_font_family ());
  BeColor background = { 1, 1, 1, 1 };

  cairo_save (cr);
  for (guint i = 0; i < scene->prims->len; i++) {
    const BePrim *prim = &g_array_index (scene->prims, BePrim, i);
    if (g_str_equal (prim->part, "background"))
      background = prim->color;
    set_color (cr, &prim->color);
    switch (prim->kind) {
    case BE_PRIM_RECT:
      cairo_rectangle (cr, prim->x, prim->y, prim->width, prim->height);
      cairo_fill (cr);
      break;
    case BE_PRIM_POLYLINE:
      paint_polyline (cr, prim);
      break;
    case BE_PRIM_TEXT:
      paint_text (cr, prim, layout, font);
      break;
    case BE_PRIM_MARKER:
      paint_marker (cr, prim, &background);
      break;
    }
  }
  cairo_restore (cr);
  pango_font_description_free (font);
  g_object_unref (layout);
}

const char *
be_scene_font_family (void)
{
  return be_theme_get (BE_THEME_LIGHT)->font_family;
}
