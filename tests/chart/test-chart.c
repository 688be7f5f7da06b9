/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts without a display: scales, themes, scenes as text goldens, readout, files. */
#include "chart/be-chart-private.h"
#include "text-box.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static char *
format_plain (double value, BeChartUnit unit, gboolean compact, gpointer user_data)
{
  return g_strdup_printf ("%s%.6g", unit == BE_CHART_UNIT_USD ? "$" : "", value);
}

static BeChartData *
crossover_data (BeScaleKind scale)
{
  BeChartData *data = be_chart_data_new (BE_CHART_XY);
  const double x[] = { 10, 100, 100, 1000 };
  const double hosted[] = { 10, 100, 100, 1000 };
  const double owned[] = { 80, 80, 160, 160 };

  data->title = g_strdup ("Where self-hosting pays");
  data->summary = g_strdup ("Self-hosting pays from 160.");
  data->x_label = g_strdup ("requests/day");
  data->y_label = g_strdup ("$/month");
  data->y_unit = BE_CHART_UNIT_USD;
  data->x_scale = data->y_scale = scale;
  data->volume_x = 300;
  data->volume_name = g_strdup ("Today");
  be_chart_data_add_series (data, "Hosted", BE_ROLE_HOSTED, BE_SERIES_LINE, x, hosted, 4);
  be_chart_data_add_series (data, "Self-hosted", BE_ROLE_SELF_HOSTED, BE_SERIES_STAIRCASE, x, owned,
                            4);
  be_chart_data_add_marker (data, "First", "Cheaper from 80", 80, 80, BE_ROLE_SELF_HOSTED);
  be_chart_data_add_marker (data, "Permanent", "For good from 160", 160, 160, BE_ROLE_SELF_HOSTED);
  be_chart_data_add_band (data, "Rule of thumb", 300, 600, FALSE);
  return data;
}

static BeChartData *
waterfall_data (void)
{
  BeChartData *data = be_chart_data_new (BE_CHART_WATERFALL);

  data->title = g_strdup ("What each lever saves");
  data->y_unit = BE_CHART_UNIT_USD;
  be_chart_data_add_bar (data, "Unoptimised", 100, TRUE, BE_ROLE_TOTAL);
  be_chart_data_add_bar (data, "Routing", -60, FALSE, BE_ROLE_SAVING);
  be_chart_data_add_bar (data, "Self-hosting", 20, FALSE, BE_ROLE_INCREASE);
  be_chart_data_add_bar (data, "Hybrid", 60, TRUE, BE_ROLE_HYBRID);
  return data;
}

/* A base that is filled, the load above it, points with names. */
static BeChartData *
area_data (void)
{
  BeChartData *data = be_chart_data_new (BE_CHART_XY);
  const double x[] = { 0, 1, 2, 3, 4 };
  const double base[] = { 2, 2, NAN, 2, 2 }, load[] = { 3, 4, NAN, 5, 3 };
  const double px[] = { 1, 2.5 }, py[] = { 1, 4 };
  const char *const names[] = { "one", "two" };

  data->title = g_strdup ("Load over the week");
  be_chart_data_add_area (data, "Owned", BE_ROLE_HYBRID, x, base, NULL, 5);
  be_chart_data_add_area (data, "Overflow", BE_ROLE_HOSTED, x, load, base, 5);
  be_series_set_names (
      be_chart_data_add_series (data, "Points", BE_ROLE_REFERENCE, BE_SERIES_POINTS, px, py, 2),
      names);
  return data;
}

static BeChartData *
stack_data (void)
{
  BeChartData *data = be_chart_data_new (BE_CHART_STACK);

  data->title = g_strdup ("Memory of a GPU");
  data->y_label = g_strdup ("GiB");
  be_chart_data_add_bar (data, "Weights", 60, FALSE, BE_ROLE_SELF_HOSTED);
  be_chart_data_add_bar (data, "KV cache", 12, FALSE, BE_ROLE_HYBRID);
  be_chart_data_add_bar (data, "Free", 8, TRUE, BE_ROLE_TOTAL);
  return data;
}

static BeChartData *
rows_data (void)
{
  BeChartData *data = be_chart_data_new (BE_CHART_ROWS);

  data->title = g_strdup ("Cost on each offer");
  data->y_unit = BE_CHART_UNIT_USD;
  be_chart_data_add_bar (data, "As it is", 80, TRUE, BE_ROLE_TOTAL);
  be_chart_data_add_bar (data, "Small", 20, FALSE, BE_ROLE_SAVING);
  be_chart_data_add_bar (data, "A model whose name has no room", 160, FALSE, BE_ROLE_REFERENCE);
  return data;
}

static void
plain_style (BeChartStyle *style, double width, double height)
{
  be_chart_style_init (style, BE_THEME_LIGHT, width, height);
  style->format = format_plain;
  style->fixed_metrics = TRUE;
}

static gboolean
boxes_meet (const double *one, const double *other)
{
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

/* A finely cut line has no point in the box. */
static void
assert_line_outside (const BePrim *line, const double *box)
{
  for (gsize i = 1; i < line->n_points; i++)
    for (int step = 0; step <= 200; step++) {
      const double *from = line->points + 2 * (i - 1), *to = line->points + 2 * i;
      double x = from[0] + (to[0] - from[0]) * step / 200;
      double y = from[1] + (to[1] - from[1]) * step / 200;
      g_assert_false (x > box[0] && x < box[2] && y > box[1] && y < box[3]);
    }
}

static void
assert_clear (const BeScene *scene, const BePrim *text, guint index)
{
  double box[4];

  text_box (text, box);
  g_assert_cmpfloat (box[0], >=, 0);
  g_assert_cmpfloat (box[2], <=, scene->width);
  for (guint i = 0; i < scene->prims->len; i++) {
    const BePrim *prim = &g_array_index (scene->prims, BePrim, i);
    double other[4];
    if (prim->kind == BE_PRIM_POLYLINE
        && (g_str_equal (prim->part, "series") || g_str_equal (prim->part, "volume")))
      assert_line_outside (prim, box);
    if (prim->kind != BE_PRIM_TEXT || i == index)
      continue;
    text_box (prim, other);
    g_assert_false (boxes_meet (box, other));
  }
}

/* Lying bars on little room: no text leaves the picture, no two lie on each other. */
static void
test_bars_fit_a_phone (void)
{
  static const double sizes[][2] = { { 360, 220 }, { 400, 260 }, { 400, 520 }, { 320, 200 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (BeChartData) data = waterfall_data ();
    BeChartStyle style;
    plain_style (&style, sizes[i][0], sizes[i][1]);
    style.rtl = i % 2 != 0;
    g_autoptr (BeScene) scene = be_chart_layout (data, &style);
    for (guint k = 0; k < scene->prims->len; k++) {
      const BePrim *prim = &g_array_index (scene->prims, BePrim, k);
      if (prim->kind == BE_PRIM_RECT && g_str_equal (prim->part, "bar"))
        g_assert_cmpfloat (prim->height, >=, style.theme->font_size);
      if (prim->kind == BE_PRIM_TEXT && prim->datum >= 0)
        assert_clear (scene, prim, k);
    }
  }
}

/* Names that belong to several points and to the volume stand clear of lines and of each other. */
static void
test_labels_cover_nothing (void)
{
  static const double sizes[][2] = { { 1200, 600 }, { 800, 500 }, { 600, 420 }, { 420, 420 } };
  static const BeScaleKind scales[] = { BE_SCALE_LINEAR, BE_SCALE_LOG };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes) * G_N_ELEMENTS (scales); i++) {
    g_autoptr (BeChartData) data = crossover_data (scales[i % 2]);
    BeChartStyle style;
    plain_style (&style, sizes[i / 2][0], sizes[i / 2][1]);
    g_autoptr (BeScene) scene = be_chart_layout (data, &style);
    guint n = 0;
    for (guint k = 0; k < scene->prims->len; k++) {
      const BePrim *text = &g_array_index (scene->prims, BePrim, k);
      if (text->kind == BE_PRIM_TEXT && g_str_equal (text->part, "label")) {
        assert_clear (scene, text, k);
        n++;
      }
    }
    g_assert_cmpuint (n, >=, 2);
  }
}

static void
compare_golden (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (g_getenv ("BE_GOLDENS"), name, NULL);
  g_autofree char *golden = NULL;

  if (g_getenv ("BE_RENEW_GOLDENS") != NULL)
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_true (g_file_get_contents (path, &golden, NULL, NULL));
  g_assert_cmpstr (text, ==, golden);
}

/* Forty crossings on a few pixels: the first and the last are seen, none is cut by the next. */
static void
test_crowded_markers (void)
{
  BeChartStyle style;
  g_autoptr (BeChartData) data = crossover_data (BE_SCALE_LOG);
  gboolean seen[40] = { FALSE };
  guint n = 0;

  g_ptr_array_set_size (data->markers, 0);
  for (int i = 0; i < 40; i++)
    be_chart_data_add_marker (data, "Crossing", NULL, 80 + i * 0.25, 80 + i * 0.25,
                              i % 2 == 0 ? BE_ROLE_SELF_HOSTED : BE_ROLE_HOSTED);
  be_chart_data_add_marker (data, "Permanent", NULL, 160, 160, BE_ROLE_SELF_HOSTED);
  be_chart_data_add_marker (data, "Best", NULL, 300, 300, BE_ROLE_HYBRID);
  plain_style (&style, 800, 500);
  g_autoptr (BeScene) scene = be_chart_layout (data, &style);
  for (guint i = 0; i < scene->prims->len; i++) {
    const BePrim *one = &g_array_index (scene->prims, BePrim, i);
    if (!g_str_equal (one->part, "marker"))
      continue;
    n++;
    if (one->datum < 40)
      seen[one->datum] = TRUE;
    for (guint k = 0; k < i; k++) {
      const BePrim *other = &g_array_index (scene->prims, BePrim, k);
      if (g_str_equal (other->part, "marker"))
        g_assert_cmpfloat (hypot (one->x - other->x, one->y - other->y), >=, one->width);
    }
  }
  g_assert_true (seen[0]);
  g_assert_cmpuint (n, >=, 3);
  g_assert_cmpuint (n, <, 20);
}

/* Lines along both edges of a band: its name stands between them. */
static void
test_name_of_a_band (void)
{
  BeChartStyle style;
  g_autoptr (BeChartData) data = be_chart_data_new (BE_CHART_XY);
  const double x[] = { 0, 10 }, top[] = { 790, 790 }, bottom[] = { 210, 210 }, most[] = { 0, 1000 };
  gboolean found = FALSE;

  be_chart_data_add_series (data, "Top", BE_ROLE_HOSTED, BE_SERIES_LINE, x, top, 2);
  be_chart_data_add_series (data, "Bottom", BE_ROLE_HYBRID, BE_SERIES_LINE, x, bottom, 2);
  be_chart_data_add_series (data, "All", BE_ROLE_SELF_HOSTED, BE_SERIES_POINTS, x, most, 2);
  be_chart_data_add_band (data, "Rule of thumb", 200, 800, FALSE);
  plain_style (&style, 800, 500);
  g_autoptr (BeScene) scene = be_chart_layout (data, &style);
  for (guint i = 0; i < scene->prims->len; i++) {
    const BePrim *text = &g_array_index (scene->prims, BePrim, i);
    if (text->kind != BE_PRIM_TEXT || !g_str_equal (text->part, "band"))
      continue;
    assert_clear (scene, text, i);
    g_assert_cmpfloat (text->y, >, be_scene_y_to_px (scene, 800));
    g_assert_cmpfloat (text->y, <, be_scene_y_to_px (scene, 200));
    found = TRUE;
  }
  g_assert_true (found);
}

static void
test_goldens (void)
{
  static const struct {
    const char *name;
    BeChartData *(*make) (void);
    BeScaleKind scale;
    double width, height;
    gboolean rtl;
  } rows[] = {
    { "crossover-linear.txt", NULL, BE_SCALE_LINEAR, 800, 500, FALSE },
    { "crossover-log.txt", NULL, BE_SCALE_LOG, 800, 500, FALSE },
    { "crossover-narrow.txt", NULL, BE_SCALE_LOG, 340, 400, FALSE },
    { "crossover-rtl.txt", NULL, BE_SCALE_LINEAR, 800, 500, TRUE },
    { "waterfall.txt", waterfall_data, BE_SCALE_LINEAR, 800, 500, FALSE },
    { "waterfall-narrow.txt", waterfall_data, BE_SCALE_LINEAR, 300, 400, FALSE },
    { "area.txt", area_data, BE_SCALE_LINEAR, 800, 400, FALSE },
    { "rows.txt", rows_data, BE_SCALE_LINEAR, 600, 140, FALSE },
    { "rows-rtl.txt", rows_data, BE_SCALE_LINEAR, 260, 140, TRUE },
    { "stack.txt", stack_data, BE_SCALE_LINEAR, 600, 100, FALSE },
    { "stack-rtl.txt", stack_data, BE_SCALE_LINEAR, 260, 140, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    BeChartStyle style;
    g_autoptr (BeChartData) data =
        rows[i].make != NULL ? rows[i].make () : crossover_data (rows[i].scale);
    plain_style (&style, rows[i].width, rows[i].height);
    style.rtl = rows[i].rtl;
    g_autoptr (BeScene) scene = be_chart_layout (data, &style);
    g_autofree char *text = be_scene_to_text (scene);
    compare_golden (rows[i].name, text);
  }
}

static void
test_scales (void)
{
  static const struct {
    const char *name;
    BeScaleKind kind;
    double low, high;
    int wanted;
    double first, last;
    guint n;
  } rows[] = {
    { "linear 0..100", BE_SCALE_LINEAR, 0, 100, 5, 0, 100, 6 },
    { "linear across zero", BE_SCALE_LINEAR, -10, 10, 4, -10, 10, 5 },
    { "linear small", BE_SCALE_LINEAR, 0, 0.003, 3, 0, 0.003, 4 },
    { "log two decades", BE_SCALE_LOG, 1, 100, 9, 1, 100, 7 },
    { "log ten decades", BE_SCALE_LOG, 1, 1e10, 5, 1, 1e10, 6 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const BeScale *scale = be_scale_get (rows[i].kind);
    g_autoptr (GArray) ticks = scale->ticks (rows[i].low, rows[i].high, rows[i].wanted);
    g_test_message ("%s", rows[i].name);
    g_assert_cmpuint (ticks->len, ==, rows[i].n);
    g_assert_cmpfloat_with_epsilon (g_array_index (ticks, double, 0), rows[i].first, 1e-9);
    g_assert_cmpfloat_with_epsilon (g_array_index (ticks, double, ticks->len - 1), rows[i].last,
                                    1e-6 * rows[i].high);
    double middle = scale->from_unit (0.3, rows[i].low, rows[i].high);
    g_assert_cmpfloat_with_epsilon (scale->to_unit (middle, rows[i].low, rows[i].high), 0.3, 1e-12);
  }
}

static void
test_degenerate_ranges (void)
{
  static const double ranges[][2] = {
    { NAN, NAN }, { 0, 0 }, { 5, 5 }, { -3, -3 }, { 9, 2 }, { NAN, 7 }, { 4, NAN }, { 0, 1e-300 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    for (int kind = BE_SCALE_LINEAR; kind <= BE_SCALE_LOG; kind++) {
      double low = ranges[i][0], high = ranges[i][1];
      be_scale_mend (kind, &low, &high);
      g_assert_true (isfinite (low) && isfinite (high) && low < high);
      g_assert_true (kind == BE_SCALE_LINEAR || low > 0);
    }
}

static double
channel (double c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

/* WCAG 2.1 contrast ratio. */
static double
contrast (const BeColor *a, const BeColor *b)
{
  double la = 0.2126 * channel (a->r) + 0.7152 * channel (a->g) + 0.0722 * channel (a->b);
  double lb = 0.2126 * channel (b->r) + 0.7152 * channel (b->g) + 0.0722 * channel (b->b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

static void
test_contrast (void)
{
  for (int kind = BE_THEME_LIGHT; kind <= BE_THEME_DARK_CONTRAST; kind++) {
    const BeTheme *theme = be_theme_get (kind);
    g_assert_cmpfloat (contrast (&theme->text, &theme->background), >=, 4.5);
    g_assert_cmpfloat (contrast (&theme->dim_text, &theme->background), >=, 4.5);
    for (int role = 0; role < BE_N_ROLES; role++) {
      g_test_message ("theme %d role %d: %.2f", kind, role,
                      contrast (&theme->role[role], &theme->background));
      g_assert_cmpfloat (contrast (&theme->role[role], &theme->background), >=, 3);
    }
  }
}

static void
test_readout (void)
{
  BeChartStyle style;
  BeReadout readout;
  g_autoptr (BeChartData) data = crossover_data (BE_SCALE_LOG);

  plain_style (&style, 800, 500);
  g_autoptr (BeScene) scene = be_chart_layout (data, &style);
  double px = be_scene_x_to_px (scene, 500);
  g_assert_true (be_chart_readout (data, scene, px, scene->plot_y, &readout));
  g_assert_cmpfloat_with_epsilon (readout.x, 500, 1e-6);
  g_assert_cmpfloat_with_epsilon (readout.y[0], 500, 1e-6);
  g_assert_cmpfloat_with_epsilon (readout.y[1], 160, 1e-6);
  g_assert_cmpint (readout.marker, ==, -1);
  be_readout_clear (&readout);
  g_assert_true (be_chart_readout (data, scene, be_scene_x_to_px (scene, 160),
                                   be_scene_y_to_px (scene, 160), &readout));
  g_assert_cmpint (readout.marker, ==, 1);
  be_readout_clear (&readout);
  g_assert_false (be_chart_readout (data, scene, 0, 0, &readout));
}

static void
test_series_value (void)
{
  g_autoptr (BeChartData) data = crossover_data (BE_SCALE_LINEAR);
  const BeSeries *owned = data->series->pdata[1];

  g_assert_true (isnan (be_series_value_at (owned, 9)));
  g_assert_cmpfloat_with_epsilon (be_series_value_at (owned, 99), 80, 1e-12);
  g_assert_cmpfloat_with_epsilon (be_series_value_at (owned, 100), 160, 1e-12);
  g_assert_cmpfloat_with_epsilon (be_series_value_at (owned, 1000), 160, 1e-12);
}

static void
test_nothing_to_draw (void)
{
  const double x[] = { 1, 2, 3 }, gap[] = { NAN, NAN, NAN }, one[] = { NAN, 5, NAN };
  const double zero[] = { 0, 0, 0 };
  const double *const ys[] = { gap, one, zero };

  for (gsize i = 0; i < G_N_ELEMENTS (ys); i++)
    for (int scale = BE_SCALE_LINEAR; scale <= BE_SCALE_LOG; scale++) {
      BeChartStyle style;
      g_autoptr (BeChartData) data = be_chart_data_new (BE_CHART_XY);
      data->empty_text = g_strdup ("Nothing yet");
      data->x_scale = data->y_scale = scale;
      be_chart_data_add_series (data, "Hosted", BE_ROLE_HOSTED, BE_SERIES_LINE, x, ys[i], 3);
      plain_style (&style, 300, 300);
      g_autoptr (BeScene) scene = be_chart_layout (data, &style);
      g_autofree char *text = be_scene_to_text (scene);
      g_assert_cmpint (strstr (text, "Nothing yet") != NULL, ==, i == 0);
      g_assert_null (strstr (text, "nan"));
      g_assert_null (strstr (text, "inf"));
    }
}

static void
test_export (void)
{
  static const char *const magic[] = { "\x89PNG", "<?xml", "%PDF" };

  for (int format = BE_EXPORT_PNG; format <= BE_EXPORT_PDF; format++) {
    BeChartStyle style;
    g_autoptr (GError) error = NULL;
    g_autoptr (BeChartData) data = crossover_data (BE_SCALE_LOG);
    be_chart_style_init (&style, BE_THEME_PRINT, 600, 400);
    g_autoptr (GBytes) first = be_chart_export_bytes (data, &style, format, 2, FALSE, &error);
    g_assert_no_error (error);
    g_autoptr (GBytes) again = be_chart_export_bytes (data, &style, format, 2, FALSE, &error);
    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (first, again));
    g_assert_true (g_str_has_prefix (g_bytes_get_data (first, NULL), magic[format]));
    if (format != BE_EXPORT_SVG)
      continue;
    g_autofree char *svg = g_strndup (g_bytes_get_data (first, NULL), g_bytes_get_size (first));
    g_assert_nonnull (strstr (svg, "<title>Where self-hosting pays</title>"));
    g_assert_nonnull (strstr (svg, "<desc>Self-hosting pays from 160.</desc>"));
    g_assert_nonnull (strstr (svg, ">Permanent</text>"));
  }
}

typedef struct {
  const guchar *data;
  gsize left;
} Reader;

static cairo_status_t
read_cb (void *closure, unsigned char *to, unsigned length)
{
  Reader *reader = closure;

  if (reader->left < length)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (to, reader->data, length);
  reader->data += length;
  reader->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

static void
test_png_pixels (void)
{
  static const struct {
    BeThemeKind theme;
    double scale;
    gboolean transparent;
    guint32 corner;
  } cases[] = {
    { BE_THEME_LIGHT, 1, FALSE, 0xffffffff }, { BE_THEME_DARK, 1, FALSE, 0xff1e1e1e },
    { BE_THEME_LIGHT, 4, FALSE, 0xffffffff }, { BE_THEME_DARK, 3, TRUE, 0x00000000 },
    { BE_THEME_PRINT, 9, TRUE, 0x00000000 }, /* clamped to 4 */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    BeChartStyle style;
    g_autoptr (GError) error = NULL;
    g_autoptr (BeChartData) data = waterfall_data ();
    double scale = MIN (cases[i].scale, 4);
    gboolean drawn = FALSE;

    be_chart_style_init (&style, cases[i].theme, 320, 200);
    g_autoptr (GBytes) png = be_chart_export_bytes (data, &style, BE_EXPORT_PNG, cases[i].scale,
                                                    cases[i].transparent, &error);
    g_assert_no_error (error);
    Reader reader = { g_bytes_get_data (png, NULL), g_bytes_get_size (png) };
    cairo_surface_t *surface = cairo_image_surface_create_from_png_stream (read_cb, &reader);
    g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
    g_assert_cmpint (cairo_image_surface_get_width (surface), ==, (int) (320 * scale));
    g_assert_cmpint (cairo_image_surface_get_height (surface), ==, (int) (200 * scale));
    const guint32 *pixels = (const guint32 *) (void *) cairo_image_surface_get_data (surface);
    int n = cairo_image_surface_get_stride (surface) / 4 * (int) (200 * scale);
    guint32 mask = cairo_image_surface_get_format (surface) == CAIRO_FORMAT_RGB24 ? 0xff000000 : 0;
    g_assert_cmphex (pixels[0] | mask, ==, cases[i].corner);
    for (int k = 0; k < n; k++)
      drawn = drawn || (pixels[k] | mask) != cases[i].corner;
    g_assert_true (drawn);
    cairo_surface_destroy (surface);
  }
}

static void
test_export_too_large (void)
{
  BeChartStyle style;
  g_autoptr (GError) error = NULL;
  g_autoptr (BeChartData) data = waterfall_data ();

  be_chart_style_init (&style, BE_THEME_LIGHT, 9000, 100);
  g_assert_null (be_chart_export_bytes (data, &style, BE_EXPORT_PNG, 2, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/labels-cover-nothing", test_labels_cover_nothing);
  g_test_add_func ("/chart/bars-fit-a-phone", test_bars_fit_a_phone);
  g_test_add_func ("/chart/crowded-markers", test_crowded_markers);
  g_test_add_func ("/chart/name-of-a-band", test_name_of_a_band);
  g_test_add_func ("/chart/goldens", test_goldens);
  g_test_add_func ("/chart/scales", test_scales);
  g_test_add_func ("/chart/degenerate-ranges", test_degenerate_ranges);
  g_test_add_func ("/chart/contrast", test_contrast);
  g_test_add_func ("/chart/readout", test_readout);
  g_test_add_func ("/chart/series-value", test_series_value);
  g_test_add_func ("/chart/nothing-to-draw", test_nothing_to_draw);
  g_test_add_func ("/chart/export", test_export);
  g_test_add_func ("/chart/png-pixels", test_png_pixels);
  g_test_add_func ("/chart/export-too-large", test_export_too_large);
  return g_test_run ();
}
