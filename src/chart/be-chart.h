/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts: data -> layout -> scene -> paint. Knows cairo and pango, no GTK, no study. */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* STACK: the bars side by side as the parts of one lying bar, named below it. ROWS: a ranked list,
 * one lying bar below the other; is_total: its name is bold. */
typedef enum {
  BE_CHART_XY,
  BE_CHART_WATERFALL,
  BE_CHART_BARS,
  BE_CHART_STACK,
  BE_CHART_ROWS
} BeChartType;
typedef enum { BE_SCALE_LINEAR, BE_SCALE_LOG } BeScaleKind;
typedef enum {
  BE_SERIES_LINE,
  BE_SERIES_STAIRCASE,
  BE_SERIES_POINTS,
  BE_SERIES_AREA /* filled between y and low */
} BeSeriesStyle;
typedef enum {
  BE_CHART_UNIT_NONE,
  BE_CHART_UNIT_USD,
  BE_CHART_UNIT_COUNT,
  BE_CHART_UNIT_WEEK_HOUR /* 0 = Monday 00:00; ticks at the days */
} BeChartUnit;

/* Colour roles: the theme decides the colour, dash and marker of each. */
typedef enum {
  BE_ROLE_HOSTED,
  BE_ROLE_SELF_HOSTED,
  BE_ROLE_HYBRID,
  BE_ROLE_PROVISIONED,
  BE_ROLE_SAVING,
  BE_ROLE_INCREASE,
  BE_ROLE_TOTAL,
  BE_ROLE_REFERENCE,
  BE_N_ROLES
} BeRole;

typedef struct {
  char *name;
  BeRole role;
  BeSeriesStyle style;
  double *x, *y; /* NaN y = gap; x ascending */
  gsize n;
  double *low;          /* AREA: the lower edge; NULL = 0 */
  char **names;         /* POINTS: what each point is, n entries; NULL = unnamed */
  gboolean is_labelled; /* POINTS: the names stand beside the points, where there is room */
} BeSeries;

/* A named point: a crossing, an optimum, the working point. */
typedef struct {
  char *name;
  char *description; /* sentence for the readout and accessibility */
  double x, y;
  BeRole role;
} BeMarker;

/* A labelled reference band over y (or x). */
typedef struct {
  char *name;
  double low, high;
  gboolean on_x;
} BeBand;

typedef struct {
  char *name;
  double value; /* BARS, ROWS: length; STACK: length, 0 or more, is_total: the unused rest;
                   WATERFALL: total for is_total, else the signed change */
  gboolean is_total;
  BeRole role;
} BeBar;

typedef struct {
  BeChartType type;
  char *title, *y_label;
  char *x_label; /* of the axis; of bars, which have none: what one is ("Offer"), for the table */
  char *summary; /* one sentence that says what the chart shows */
  BeChartUnit x_unit, y_unit;
  BeScaleKind x_scale, y_scale;
  double x_low, x_high, y_low, y_high; /* the view; NaN = from the data */
  double volume_x;                     /* draggable vertical marker; NaN = none */
  char *volume_name;
  GPtrArray *series;  /* BeSeries */
  GPtrArray *markers; /* BeMarker */
  GPtrArray *bands;   /* BeBand */
  GPtrArray *bars;    /* BeBar */
  char *empty_text;   /* shown when there is nothing to draw */
} BeChartData;

BeChartData *be_chart_data_new (BeChartType type);
void be_chart_data_free (BeChartData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeChartData, be_chart_data_free)
/* The arrays are copied. Returns the new series, borrowed. */
BeSeries *be_chart_data_add_series (BeChartData *data, const char *name, BeRole role,
                                    BeSeriesStyle style, const double *x, const double *y, gsize n);
/* A filled band between y and `low` (NULL: down to 0). Returns the new series, borrowed. */
BeSeries *be_chart_data_add_area (BeChartData *data, const char *name, BeRole role, const double *x,
                                  const double *y, const double *low, gsize n);
/* Names every point of a series; the strings are copied. */
void be_series_set_names (BeSeries *series, const char *const *names);
void be_chart_data_add_marker (BeChartData *data, const char *name, const char *description,
                               double x, double y, BeRole role);
void be_chart_data_add_band (BeChartData *data, const char *name, double low, double high,
                             gboolean on_x);
void be_chart_data_add_bar (BeChartData *data, const char *name, double value, gboolean is_total,
                            BeRole role);

typedef enum {
  BE_THEME_LIGHT,
  BE_THEME_DARK,
  BE_THEME_PRINT,
  BE_THEME_LIGHT_CONTRAST,
  BE_THEME_DARK_CONTRAST
} BeThemeKind;
typedef struct {
  double r, g, b, a;
} BeColor;
typedef struct {
  BeColor background, text, dim_text, grid, axis, band, crosshair;
  BeColor role[BE_N_ROLES];
  const double *dash[BE_N_ROLES]; /* NULL = solid */
  int n_dash[BE_N_ROLES];
  double line_width, font_size; /* px; font_size is multiplied by the layout's text scale */
  double area_alpha;            /* of a role's colour in a filled band */
  const char *font_family;
} BeTheme;
const BeTheme *be_theme_get (BeThemeKind kind);

/* How numbers are written on axes and in the readout: injected, so that chart needs no formatter of
 * its own. */
typedef char *(*BeChartFormat) (double value, BeChartUnit unit, gboolean compact,
                                gpointer user_data);

typedef struct {
  double width, height; /* px */
  double text_scale;    /* 1 = 100 % */
  gboolean rtl;
  const BeTheme *theme;
  BeChartFormat format; /* NULL: plain %g */
  gpointer format_data;
  gboolean fixed_metrics; /* text widths from a table, not from pango: for goldens */
} BeChartStyle;
void be_chart_style_init (BeChartStyle *style, BeThemeKind theme, double width, double height);

typedef enum { BE_PRIM_RECT, BE_PRIM_POLYLINE, BE_PRIM_TEXT, BE_PRIM_MARKER } BePrimKind;
typedef enum { BE_MARK_CIRCLE, BE_MARK_SQUARE, BE_MARK_DIAMOND, BE_MARK_TRIANGLE } BeMarkShape;

/* One primitive. Coordinates in px, y down. */
typedef struct {
  BePrimKind kind;
  const char
      *part; /* "grid", "axis", "series", "marker", "legend", "band", "bar", "label", "title" */
  int series, datum; /* what it shows, -1 none */
  BeColor color;
  double x, y, width, height; /* rect; text anchor; marker centre, width = size */
  double *points;             /* polyline: x0 y0 x1 y1 ... owned */
  gsize n_points;
  gboolean filled; /* polyline: the closed area, no line */
  double line_width;
  const double *dash;
  int n_dash;
  BeMarkShape shape;
  char *text;               /* owned */
  double font_size, anchor; /* 0 start, 0.5 middle, 1 end */
  gboolean bold, rotated;   /* rotated: 90 degrees counter-clockwise */
} BePrim;

typedef struct {
  double width, height;
  double plot_x, plot_y, plot_width, plot_height;
  GArray *prims; /* BePrim */
  char *title, *description;
  /* the scales as they were chosen */
  BeScaleKind x_scale, y_scale;
  double x_low, x_high, y_low, y_high;
  gboolean rtl;
} BeScene;

BeScene *be_chart_layout (const BeChartData *data, const BeChartStyle *style);
void be_scene_free (BeScene *scene);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeScene, be_scene_free)
void be_scene_paint (const BeScene *scene, cairo_t *cr);
double be_scene_x_to_px (const BeScene *scene, double x);
double be_scene_y_to_px (const BeScene *scene, double y);
double be_scene_px_to_x (const BeScene *scene, double px);
char *be_scene_to_text (const BeScene *scene); /* for goldens */

/* What is under a point: the x of the readout, and every series' value there (staircase: the step).
 */
typedef struct {
  double x;
  gsize n;           /* series, or 1 for a bar */
  double *y;         /* NaN = none; owned */
  int marker;        /* index of a marker near the point, -1 */
  int bar;           /* index of the bar under the point, -1 */
  int series, point; /* the nearest point of the POINTS series in reach, -1 */
} BeReadout;
/* A POINTS series has a value only at the point that is read. */
gboolean be_chart_readout (const BeChartData *data, const BeScene *scene, double px, double py,
                           BeReadout *readout);
void be_readout_clear (BeReadout *readout);
double be_series_value_at (const BeSeries *series, double x);
/* The next point of all POINTS series, from left to right (by 1) or back (by -1); the first or last
 * one when *series is none of them (-1). FALSE when there is none. */
gboolean be_chart_next_point (const BeChartData *data, int by, int *series, int *point);

typedef enum { BE_EXPORT_PNG, BE_EXPORT_SVG, BE_EXPORT_PDF } BeExportFormat;
#define BE_EXPORT_MAX_SCALE 4
/* The chart as a file's bytes; PNG by `scale` (1..4, clamped) pixels per unit. SVG has real text.
 * Transparent: no background, in every format. No dates inside: the same chart gives the same
 * bytes.
 */
GBytes *
be_chart_export_bytes (const BeChartData *data, const BeChartStyle *style, BeExportFormat format,
                       double scale, gboolean transparent, GError **error);

/* Text for XML and HTML, in elements and in quoted attributes. Characters that XML cannot hold
 * become U+FFFD. The text is valid UTF-8; the caller frees. */
char *be_xml_escape (const char *text);

G_END_DECLS
