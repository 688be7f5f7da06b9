/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the chart room share: scales, text measure, the scene under construction. */
#pragma once

#include "chart/be-chart.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* A scale is a small table of functions on a range low < high. */
typedef struct {
  double (*to_unit) (double value, double low, double high); /* -> 0..1 */
  double (*from_unit) (double unit, double low, double high);
  GArray *(*ticks) (double low, double high, int wanted); /* of double, ascending */
} BeScale;
const BeScale *be_scale_get (BeScaleKind kind);
/* Widens an empty, reversed or (for log) non-positive range to one that can be drawn. */
void be_scale_mend (BeScaleKind kind, double *low, double *high);
/* Widens the range to whole ticks. */
void be_scale_round (BeScaleKind kind, double *low, double *high);

/* One layout under way. */
typedef struct {
  const BeChartData *data;
  const BeChartStyle *style;
  BeScene *scene;
  cairo_t *measure;      /* owned; NULL with fixed metrics */
  PangoLayout *pango;    /* owned; NULL with fixed metrics */
  double font_size, gap; /* px */
  GArray *taken;         /* rectangles that labels have taken: 4 doubles each */
} BeLayout;

double be_layout_text_width (BeLayout *layout, const char *text, double size, gboolean bold);
char *be_layout_format (BeLayout *layout, double value, BeChartUnit unit, gboolean compact);
/* Each returns the new primitive, borrowed until the next call. */
BePrim *be_layout_rect (BeLayout *layout, const char *part, double x, double y, double width,
                        double height, BeColor color);
BePrim *be_layout_line (BeLayout *layout, const char *part, double x0, double y0, double x1,
                        double y1, BeColor color, double width);
BePrim *be_layout_text (BeLayout *layout, const char *part, double x, double y, double anchor,
                        const char *text, BeColor color);
BePrim *
be_layout_mark (BeLayout *layout, const char *part, double x, double y, double size, BeRole role);
BeMarkShape be_role_shape (BeRole role);
/* Title and legend at the top; returns the y below them. */
double be_layout_head (BeLayout *layout);
void be_layout_xy (BeLayout *layout, double top);
void be_layout_bars (BeLayout *layout, double top);
void be_layout_stack (BeLayout *layout, double top);
void be_layout_rows (BeLayout *layout, double top);
/* Names of points, the volume marker and bands, over the lines; in this order. */
void be_layout_markers (BeLayout *layout);
void be_layout_name_points (BeLayout *layout);
void be_layout_name_volume (BeLayout *layout);
void be_layout_name_bands (BeLayout *layout);
/* Breaks a name into lines no wider than `width`; FALSE if one word alone is wider. */
gboolean be_layout_wrap (BeLayout *layout, const char *name, double width, GPtrArray *lines);
/* The text, or its beginning and an ellipsis where it is wider. Caller frees. */
char *be_layout_ellipsize (BeLayout *layout, const char *text, double width);
/* TRUE when the rectangle is inside the plot and overlaps no label yet. */
gboolean be_layout_is_free (BeLayout *layout, double x, double y, double width, double height);
/* The same, and the rectangle is taken from then on. */
gboolean be_layout_claim (BeLayout *layout, double x, double y, double width, double height);

/* An image surface of 32 bits; opaque: its alpha is left out. */
GBytes *be_png_encode (cairo_surface_t *surface, gboolean opaque, GError **error);
/* The painter that writes SVG with real text. */
char *be_scene_to_svg (const BeScene *scene, const char *font_family);
const char *be_scene_font_family (void);

G_END_DECLS
