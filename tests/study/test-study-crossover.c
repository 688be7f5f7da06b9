/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Crossings: the day curve's known ones, "never", and every one against a fine grid. */
#include "study-inputs.h"

#include <math.h>
#include <stdlib.h>

static double
relative_error (double found, double expected)
{
  return fabs (found - expected) / MAX (fabs (expected), 1e-300);
}

static void
assert_close (double found, double expected, double tolerance)
{
  if (!(relative_error (found, expected) <= tolerance))
    g_error ("found %.12g, expected %.12g", found, expected);
}

static const BeCrossing *
crossing_at (const BeCrossover *crossover, guint i)
{
  return &g_array_index (crossover->crossings, BeCrossing, i);
}

static void
run (const BePlanInput *input, BeCrossover *crossover)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (be_study_crossover (input, crossover, &error));
  g_assert_no_error (error);
}

static void
test_day_curve (void)
{
  BePlanInput input;
  BeCrossover crossover;
  study_day_curve (&input);
  run (&input, &crossover);
  double peak = 0, daily = input.workloads[0].requests_per_day;
  for (int h = 0; h < 24; h++)
    peak = MAX (peak, input.workloads[0].profile[h]);
  double edge = 2500 / (4000 * peak);
  assert_close (edge, 0.324436, 1e-6);
  g_assert_cmpint (crossover.verdict, ==, BE_CROSSOVER_FOUND);
  g_assert_cmpuint (crossover.crossings->len, ==, 11);
  for (guint i = 0; i < 11; i++) {
    const BeCrossing *crossing = crossing_at (&crossover, i);
    guint n = i / 2 + 1;
    gboolean reversal = i % 2 == 1;
    g_assert_true ((crossing->kind == BE_CROSSING_REVERSAL) == reversal);
    g_assert_true (crossing->permanent == (i == 10));
    assert_close (crossing->volume_factor, reversal ? n * edge : n * 5.0 / 18, 1e-9);
    assert_close (crossing->requests_per_day, crossing->volume_factor * daily, 1e-12);
    assert_close (crossing->mtok_per_month, crossing->volume_factor * 10512, 1e-9);
    assert_close (crossing->usd_per_month, crossing->volume_factor * 10512, 1e-9);
  }
  assert_close (crossover.first, daily * 5 / 18, 1e-9);
  assert_close (crossover.permanent, daily * 5 / 3, 1e-9);
  assert_close (crossover.self_usd_per_mtok, 0.8562, 1e-4);
  assert_close (crossover.hosted_usd_per_mtok, 1, 1e-9);
  g_assert_cmpint (crossover.hybrid_replicas, ==, 2);
  g_assert_cmpfloat (fabs (crossover.hybrid_usd_per_month - 7783), <, 0.5);
  be_crossover_clear (&crossover);
  be_plan_input_clear (&input);
}

static void
test_never (void)
{
  BePlanInput input;
  BeCrossover crossover;
  study_day_curve (&input);
  input.offers[0].standard.per_mtok[BE_RATE_OUTPUT] = 0.85;
  run (&input, &crossover);
  g_assert_cmpint (crossover.verdict, ==, BE_CROSSOVER_NEVER);
  g_assert_true (isnan (crossover.permanent));
  assert_close (crossover.self_usd_per_mtok, 0.8562, 1e-4);
  assert_close (crossover.hosted_usd_per_mtok, 0.85, 1e-9);
  be_crossover_clear (&crossover);
  be_plan_input_clear (&input);
}

/* Hosted work at $0.8/Mtok is worth 8,409.6 a month at factor 1. With one replica reserved at $2/h,
 * n replicas cost 2,920 n - 1,460; that is met before the n-th edge for n = 1..7. */
static void
test_never_with_windows (void)
{
  BePlanInput input;
  BeCrossover crossover;
  study_day_curve (&input);
  input.offers[0].standard.per_mtok[BE_RATE_OUTPUT] = 0.8;
  input.pools[0].reserved_replicas = 1;
  input.pools[0].reserved_gpu_hour_usd = 2;
  run (&input, &crossover);
  g_assert_cmpint (crossover.verdict, ==, BE_CROSSOVER_NEVER);
  g_assert_cmpuint (crossover.crossings->len, ==, 14);
  for (guint i = 0; i < 14; i += 2) {
    double expected = (2920.0 * (i / 2 + 1) - 1460) / 8409.6;
    assert_close (crossing_at (&crossover, i)->volume_factor, expected, 1e-9);
    g_assert_cmpint (crossing_at (&crossover, i + 1)->kind, ==, BE_CROSSING_REVERSAL);
  }
  g_assert_true (isnan (crossover.permanent));
  assert_close (crossover.first, 1460 / 8409.6 * 345600, 1e-9);
  be_crossover_clear (&crossover);
  be_plan_input_clear (&input);
}

static void
test_beyond_capacity (void)
{
  BePlanInput input;
  BeCrossover crossover;
  study_day_curve (&input);
  input.pools[0].fixed_per_month_usd = 50000;
  input.pools[0].maximum = 3;
  run (&input, &crossover);
  g_assert_cmpint (crossover.verdict, ==, BE_CROSSOVER_BEYOND_CAPACITY);
  g_assert_cmpuint (crossover.crossings->len, ==, 0);
  be_crossover_clear (&crossover);
  input.pools[0].maximum = 10000;
  run (&input, &crossover);
  g_assert_cmpint (crossover.verdict, ==, BE_CROSSOVER_FOUND);
  g_assert_cmpfloat (crossover.permanent, >, 50000 / 10512.0 * 345600);
  be_crossover_clear (&crossover);
  be_plan_input_clear (&input);
}

static void
test_always (void)
{
  BePlanInput input;
  BeCrossover crossover;
  study_day_curve (&input);
  input.pools[0].gpu_hour_usd = 0;
  run (&input, &crossover);
  g_assert_cmpint (crossover.verdict, ==, BE_CROSSOVER_ALWAYS);
  g_assert_cmpfloat (crossover.first, ==, 0);
  g_assert_cmpfloat (crossover.permanent, ==, 0);
  be_crossover_clear (&crossover);
  be_plan_input_clear (&input);
}

static void
test_no_answer (void)
{
  BePlanInput input;
  BeCrossover crossover;
  study_day_curve (&input);
  input.pools[0].output_tokens_per_second = NAN;
  run (&input, &crossover);
  g_assert_cmpint (crossover.verdict, ==, BE_CROSSOVER_INFEASIBLE);
  be_crossover_clear (&crossover);
  input.pools[0].output_tokens_per_second = 2500;
  input.workloads[0].requests_per_day = 0;
  run (&input, &crossover);
  g_assert_cmpint (crossover.verdict, ==, BE_CROSSOVER_NEVER);
  be_crossover_clear (&crossover);
  size_t n_pools = input.n_pools;
  input.n_pools = 0;
  run (&input, &crossover);
  g_assert_cmpint (crossover.verdict, ==, BE_CROSSOVER_NO_POOL);
  be_crossover_clear (&crossover);
  input.n_pools = n_pools;
  be_plan_input_clear (&input);
}

/* Whether the listed crossings say that pools are cheaper at this factor; NaN factor near one. */
static gboolean
said_cheaper (const BeCrossover *crossover, double x, gboolean *near)
{
  gboolean cheaper = crossover->first == 0;
  *near = FALSE;
  for (guint i = 0; i < crossover->crossings->len; i++) {
    const BeCrossing *crossing = crossing_at (crossover, i);
    *near |= relative_error (x, crossing->volume_factor) < 1e-6;
    if (crossing->volume_factor <= x)
      cheaper = crossing->kind == BE_CROSSING_BECOMES_CHEAPER;
  }
  return cheaper;
}

static void
check_against_grid (BePlanInput *input, const BeCrossover *crossover, double to)
{
  BePlanResult result;
  be_plan_result_init (&result);
  for (int i = 1; i <= 600; i++) {
    gboolean near;
    double x = to * i / 600;
    input->volume = x;
    g_assert_cmpint (be_plan_evaluate_some (input, 3, &result), ==, BE_OK);
    double hosted = result.plans[BE_PLAN_HOSTED].per_month_usd;
    double self = result.plans[BE_PLAN_SELF_HOSTED].per_month_usd;
    gboolean cheaper = said_cheaper (crossover, x, &near);
    if (!near && relative_error (self, hosted) > 1e-9 && cheaper != (self < hosted))
      g_error ("at factor %.12g: hosted %.12g, self-hosted %.12g", x, hosted, self);
  }
  input->volume = 1;
  be_plan_result_clear (&result);
}

static void
test_random (void)
{
  guint32 seed = 20260924;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  int verdicts[BE_CROSSOVER_INFEASIBLE + 1] = { 0 };
  g_test_message ("seed %u", seed);
  for (int i = 0; i < 60; i++) {
    BePlanInput input;
    BeCrossover crossover;
    study_random_input (rand, &input);
    run (&input, &crossover);
    verdicts[crossover.verdict]++;
    g_test_message ("case %d: verdict %d, %u crossings", i, crossover.verdict,
                    crossover.crossings->len);
    double last = crossover.crossings->len > 0
                      ? crossing_at (&crossover, crossover.crossings->len - 1)->volume_factor
                      : 1;
    check_against_grid (&input, &crossover, 3 * last);
    be_crossover_clear (&crossover);
    be_plan_input_clear (&input);
  }
  g_assert_cmpint (verdicts[BE_CROSSOVER_FOUND], >, 5);
  g_assert_cmpint (verdicts[BE_CROSSOVER_NEVER], >=, 5);
  g_assert_cmpint (verdicts[BE_CROSSOVER_INFEASIBLE], ==, 0);
}

/* A commitment of 3,000 that half of the work leaves with the hosted offer: worth 0 until it is
 * used up, then up to the plain half. */
static void
test_commitment (void)
{
  BePlanInput input;
  BeCrossover crossover;
  study_day_curve (&input);
  input.offers[0].commitment_usd_per_month = 3000;
  input.pools[0].serves[0].share = 0.5;
  run (&input, &crossover);
  g_assert_cmpint (crossover.verdict, ==, BE_CROSSOVER_FOUND);
  g_assert_cmpuint (crossover.crossings->len, >, 0);
  double last = crossing_at (&crossover, crossover.crossings->len - 1)->volume_factor;
  check_against_grid (&input, &crossover, 3 * last);
  be_crossover_clear (&crossover);
  be_plan_input_clear (&input);
}

static double
measure_ms (const BePlanInput *input)
{
  gint64 from = g_get_monotonic_time ();
  for (int i = 0; i < 20; i++) {
    BeCrossover crossover;
    run (input, &crossover);
    be_crossover_clear (&crossover);
  }
  return (double) (g_get_monotonic_time () - from) / 20 / 1000;
}

/* Slider drags wait for this; the bounds leave room for slow machines. */
static void
test_speed (void)
{
  BePlanInput input;
  study_day_curve (&input);
  double plain_ms = measure_ms (&input);
  input.pools[0].sequences = 64;
  input.pools[0].wait_probability = 0.05;
  double queueing_ms = measure_ms (&input);
  g_test_message ("%.3f ms, with a queueing margin %.3f ms", plain_ms, queueing_ms);
  g_assert_cmpfloat (plain_ms, <, 50);
  g_assert_cmpfloat (queueing_ms, <, 250);
  be_plan_input_clear (&input);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/study/crossover/day-curve", test_day_curve);
  g_test_add_func ("/study/crossover/never", test_never);
  g_test_add_func ("/study/crossover/never-with-windows", test_never_with_windows);
  g_test_add_func ("/study/crossover/beyond-capacity", test_beyond_capacity);
  g_test_add_func ("/study/crossover/always", test_always);
  g_test_add_func ("/study/crossover/no-answer", test_no_answer);
  g_test_add_func ("/study/crossover/commitment", test_commitment);
  g_test_add_func ("/study/crossover/random", test_random);
  g_test_add_func ("/study/crossover/speed", test_speed);
  return g_test_run ();
}
