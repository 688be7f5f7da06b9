/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Curves over volume: both sides of every step, ranges, errors. */
#include "study-inputs.h"

#include <math.h>

static void
assert_close (double found, double expected, double tolerance)
{
  if (!(fabs (found - expected) <= tolerance * MAX (fabs (expected), 1e-300)))
    g_error ("found %.12g, expected %.12g", found, expected);
}

static void
test_steps (void)
{
  BePlanInput input;
  BeVolumeCurve curve;
  g_autoptr (GError) error = NULL;
  study_day_curve (&input);
  double daily = 345600, peak = 0;
  for (int h = 0; h < 24; h++)
    peak = MAX (peak, input.workloads[0].profile[h]);
  double edge = 2500 / (4000 * peak) * daily;
  g_assert_true (be_study_volume_curve (&input, 0.1 * daily, 2 * daily, 40, FALSE, &curve, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (curve.n, ==, 40 + 2 * 6);
  int n = 1;
  for (gsize i = 0; i < curve.n; i++) {
    assert_close (curve.y[BE_PLAN_HOSTED][i], 10512 * curve.x[i] / daily, 1e-9);
    assert_close (curve.y[BE_PLAN_SELF_HOSTED][i], 2920.0 * curve.self_hosted_replicas[i], 1e-9);
    g_assert_true (isnan (curve.y[BE_PLAN_PROVISIONED][i]));
    double best = MIN (curve.y[BE_PLAN_HOSTED][i], curve.y[BE_PLAN_SELF_HOSTED][i]);
    g_assert_cmpfloat (curve.y[BE_PLAN_HYBRID][i], <=, best * (1 + 1e-9));
    if (i == 0 || curve.self_hosted_replicas[i] == n)
      continue;
    g_assert_cmpfloat (curve.x[i], >, curve.x[i - 1]);
    g_assert_cmpint (curve.self_hosted_replicas[i], ==, n + 1);
    assert_close (curve.x[i - 1], n * edge, 2e-5);
    assert_close (curve.x[i], n * edge, 2e-5);
    n++;
  }
  g_assert_cmpint (n, ==, 7);
  be_volume_curve_clear (&curve);
  be_plan_input_clear (&input);
}

static void
test_samples (void)
{
  BePlanInput input;
  BeVolumeCurve curve;
  study_day_curve (&input);
  g_assert_true (be_study_volume_curve (&input, 10, 10000, 4, TRUE, &curve, NULL));
  g_assert_cmpuint (curve.n, ==, 4);
  for (guint i = 0; i < 4; i++)
    assert_close (curve.x[i], pow (10, 1 + i), 1e-12);
  be_volume_curve_clear (&curve);
  g_assert_null (curve.x);
  be_plan_input_clear (&input);
}

static void
test_errors (void)
{
  static const struct {
    double from, to;
    guint points;
    gboolean logarithmic;
  } rows[] = { { 1, 2, 0, FALSE },   { 2, 1, 5, FALSE },        { 0, 1, 5, TRUE },
               { NAN, 1, 5, FALSE }, { 1, INFINITY, 5, FALSE }, { 1, 2, 1000000000, FALSE } };
  BePlanInput input;
  study_day_curve (&input);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    BeVolumeCurve curve;
    g_autoptr (GError) error = NULL;
    g_assert_false (be_study_volume_curve (&input, rows[i].from, rows[i].to, rows[i].points,
                                           rows[i].logarithmic, &curve, &error));
    g_assert_error (error, BE_STUDY_ERROR, BE_STUDY_ERROR_RANGE);
  }
  be_plan_input_clear (&input);
}

static void
test_range (void)
{
  BePlanInput input;
  double from, to, daily = 345600;
  study_day_curve (&input);
  be_study_volume_range (&input, &from, &to);
  g_assert_cmpfloat (from, >, 0);
  g_assert_cmpfloat (from, <, daily * 5 / 18);
  g_assert_cmpfloat (to, >, daily * 5 / 3);
  input.volume = 100;
  be_study_volume_range (&input, &from, &to);
  g_assert_cmpfloat (to, >, daily * 100);
  be_plan_input_clear (&input);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/study/curve/steps", test_steps);
  g_test_add_func ("/study/curve/samples", test_samples);
  g_test_add_func ("/study/curve/errors", test_errors);
  g_test_add_func ("/study/curve/range", test_range);
  return g_test_run ();
}
