/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of named points: what is read near them, the way of the keys, names that cover nothing. */
#include "chart/be-chart.h"
#include "text-box.h"

#include <math.h>
#include <string.h>

enum { LINE, LEFT, RIGHT };

/* Two series of points, which take turns from left to right, and the line of those below. */
static BeChartData *
points_data (BeScaleKind scale)
{
  BeChartData *data = be_chart_data_new (BE_CHART_XY);
  const double line_x[] = { 1, 3, 3, 30 }, line_y[] = { 8, 8, 2, 2 };
  const double left_x[] = { 1, 6, 20 }, left_y[] = { 8, NAN, 7 };
  const double right_x[] = { 3, 6, 30 }, right_y[] = { 2, 5, 6 };
  const char *const left[] = { "first of all", "nowhere", "last but one" };
  const char *const right[] = { "second", "third", "last" };

  data->title = g_strdup ("Cost against latency");
  data->x_scale = data->y_scale = scale;
  be_chart_data_add_series (data, "Front", BE_ROLE_SAVING, BE_SERIES_STAIRCASE, line_x, line_y, 4);
  BeSeries *series =
      be_chart_data_add_series (data, "Left", BE_ROLE_HOSTED, BE_SERIES_POINTS, left_x, left_y, 3);
  be_series_set_names (series, left);
  series->is_labelled = TRUE;
  series = be_chart_data_add_series (data, "Right", BE_ROLE_SELF_HOSTED, BE_SERIES_POINTS, right_x,
                                     right_y, 3);
  be_series_set_names (series, right);
  series->is_labelled = TRUE;
  return data;
}

static void
plain_style (BeChartStyle *style, double width, double height)
{
  be_chart_style_init (style, BE_THEME_LIGHT, width, height);
  style->fixed_metrics = TRUE;
}

/* A point is read when the pointer is near it, and only there has its series a value. */
static void
test_readout (void)
{
  BeChartStyle style;
  BeReadout readout;
  g_autoptr (BeChartData) data = points_data (BE_SCALE_LINEAR);

  plain_style (&style, 800, 400);
  g_autoptr (BeScene) scene = be_chart_layout (data, &style);
  double px = be_scene_x_to_px (scene, 6), py = be_scene_y_to_px (scene, 5);
  g_assert_true (be_chart_readout (data, scene, px + 5, py - 5, &readout));
  g_assert_cmpint (readout.series, ==, RIGHT);
  g_assert_cmpint (readout.point, ==, 1);
  g_assert_cmpfloat (readout.x, ==, 6);
  g_assert_cmpfloat (readout.y[RIGHT], ==, 5);
  g_assert_true (isnan (readout.y[LEFT]));
  be_readout_clear (&readout);
  g_assert_true (be_chart_readout (data, scene, px + 60, py, &readout));
  g_assert_cmpint (readout.point, ==, -1);
  g_assert_true (isnan (readout.y[RIGHT]));
  be_readout_clear (&readout);
}

/* Over all series from left to right and back, without what stands nowhere. */
static void
test_keys (void)
{
  static const int way[][2] = {
    { LEFT, 0 }, { RIGHT, 0 }, { RIGHT, 1 }, { LEFT, 2 }, { RIGHT, 2 }
  };
  const int n = G_N_ELEMENTS (way);
  g_autoptr (BeChartData) data = points_data (BE_SCALE_LINEAR);
  int series = -1, point = -1;

  for (int i = 0; i < n; i++) {
    g_assert_true (be_chart_next_point (data, 1, &series, &point));
    g_assert_cmpint (series, ==, way[i][0]);
    g_assert_cmpint (point, ==, way[i][1]);
  }
  g_assert_false (be_chart_next_point (data, 1, &series, &point));
  g_assert_cmpint (point, ==, 2);
  for (int i = n - 2; i >= 0; i--) {
    g_assert_true (be_chart_next_point (data, -1, &series, &point));
    g_assert_cmpint (series, ==, way[i][0]);
    g_assert_cmpint (point, ==, way[i][1]);
  }
  g_assert_false (be_chart_next_point (data, -1, &series, &point));
  series = point = -1;
  g_assert_true (be_chart_next_point (data, -1, &series, &point));
  g_assert_cmpint (series, ==, RIGHT);
  g_assert_cmpint (point, ==, 2);
}

/* Names that the scene holds; each lies on no point and on no other text. */
static guint
count_names (const BeScene *scene)
{
  guint n = 0;

  for (guint i = 0; i < scene->prims->len; i++) {
    const BePrim *text = &g_array_index (scene->prims, BePrim, i);
    double box[4], other[4];
    if (text->kind != BE_PRIM_TEXT || strcmp (text->part, "label") != 0)
      continue;
    n++;
    text_box (text, box);
    for (guint k = 0; k < scene->prims->len; k++) {
      const BePrim *prim = &g_array_index (scene->prims, BePrim, k);
      if (prim->kind == BE_PRIM_MARKER)
        g_assert_false (prim->x > box[0] && prim->x < box[2] && prim->y > box[1]
                        && prim->y < box[3]);
      if (prim->kind != BE_PRIM_TEXT || k == i)
        continue;
      text_box (prim, other);
      g_assert_false (box[0] < other[2] && other[0] < box[2] && box[1] < other[3]
                      && other[1] < box[3]);
    }
  }
  return n;
}

/* All have a name where there is room; where there is none a name is left out, not laid on others.
 */
static void
test_names (void)
{
  static const double sizes[][2] = { { 1200, 600 }, { 700, 400 }, { 360, 260 } };

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (sizes); i++) {
    g_autoptr (BeChartData) data = points_data (i % 2 ? BE_SCALE_LOG : BE_SCALE_LINEAR);
    BeChartStyle style;
    plain_style (&style, sizes[i / 2][0], sizes[i / 2][1]);
    g_autoptr (BeScene) scene = be_chart_layout (data, &style);
    guint n = count_names (scene);
    if (sizes[i / 2][0] > 400)
      g_assert_cmpuint (n, ==, 5);
  }
  double x[60], y[60];
  const char *names[60];
  for (int i = 0; i < 60; i++) {
    x[i] = 1 + i / 60.0;
    y[i] = 5 + sin (i);
    names[i] = "one of very many";
  }
  g_autoptr (BeChartData) crowd = be_chart_data_new (BE_CHART_XY);
  BeSeries *series =
      be_chart_data_add_series (crowd, "Crowd", BE_ROLE_HOSTED, BE_SERIES_POINTS, x, y, 60);
  be_series_set_names (series, names);
  series->is_labelled = TRUE;
  BeChartStyle style;
  plain_style (&style, 400, 260);
  g_autoptr (BeScene) scene = be_chart_layout (crowd, &style);
  g_assert_cmpuint (count_names (scene), <, 60);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/points/readout", test_readout);
  g_test_add_func ("/points/keys", test_keys);
  g_test_add_func ("/points/names", test_names);
  return g_test_run ();
}
