/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ladder starts at the unoptimised hosted plan, ends at the cheapest, and its bars add up. */
#include "study-inputs.h"

#include <math.h>

static void
assert_close (double found, double expected)
{
  if (!(fabs (found - expected) <= 1e-9 * MAX (fabs (expected), 1)))
    g_error ("found %.12g, expected %.12g", found, expected);
}

static const BeRung *
find_rung (const BeLadder *ladder, BeLever lever)
{
  for (guint i = 0; i < ladder->rungs->len; i++) {
    const BeRung *rung = &g_array_index (ladder->rungs, BeRung, i);
    if (rung->lever == lever)
      return rung;
  }
  return NULL;
}

static void
run (const BePlanInput *input, const BeLever *order, BeLadder *ladder)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (be_study_ladder_of_input (input, order, ladder, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (ladder->rungs->len, ==, BE_N_LEVERS);
}

/* The sums, and the end against the engine. */
static void
check_sums (const BePlanInput *input, const BeLadder *ladder)
{
  static const BePlanKind ends[] = { BE_PLAN_HOSTED, BE_PLAN_SELF_HOSTED, BE_PLAN_HYBRID };
  BePlanResult result;
  double sum = ladder->start_usd, cheapest = INFINITY;
  for (guint i = 0; i < ladder->rungs->len; i++) {
    const BeRung *rung = &g_array_index (ladder->rungs, BeRung, i);
    g_assert_true (rung->used == (rung->reason == NULL));
    g_assert_true (rung->used || rung->change_usd == 0);
    sum += rung->change_usd;
  }
  assert_close (sum, ladder->end_usd);
  be_plan_result_init (&result);
  g_assert_cmpint (be_plan_evaluate (input, &result), ==, BE_OK);
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (result.plans[ends[i]].defined && result.plans[ends[i]].feasible == BE_FEASIBLE)
      cheapest = MIN (cheapest, result.plans[ends[i]].per_month_usd);
  assert_close (ladder->end_usd, cheapest);
  assert_close (ladder->end_usd, result.plans[ladder->end_plan].per_month_usd);
  be_plan_result_clear (&result);
}

static void
test_random (void)
{
  static const BeLever other_order[BE_N_LEVERS] = { BE_LEVER_HYBRID,  BE_LEVER_FINE_TUNED,
                                                    BE_LEVER_ROUTING, BE_LEVER_SELF_HOSTING,
                                                    BE_LEVER_CACHING, BE_LEVER_QUANTISATION,
                                                    BE_LEVER_BATCH };
  guint32 seed = 20260925;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  int ends[BE_N_PLANS] = { 0 };
  g_test_message ("seed %u", seed);
  for (int i = 0; i < 100; i++) {
    BePlanInput input;
    BeLadder ladder, other;
    study_random_input (rand, &input);
    run (&input, NULL, &ladder);
    run (&input, other_order, &other);
    check_sums (&input, &ladder);
    check_sums (&input, &other);
    assert_close (other.start_usd, ladder.start_usd);
    g_assert_false (find_rung (&ladder, BE_LEVER_QUANTISATION)->used);
    ends[ladder.end_plan]++;
    be_ladder_clear (&ladder);
    be_ladder_clear (&other);
    be_plan_input_clear (&input);
  }
  g_assert_cmpint (ends[BE_PLAN_HOSTED], >, 0);
  g_assert_cmpint (ends[BE_PLAN_HYBRID], >, 0);
}

/* Hosted 10,512; four replicas 11,680; two with overflow 7,783. */
static void
test_day_curve (void)
{
  BePlanInput input;
  BeLadder ladder;
  study_day_curve (&input);
  run (&input, NULL, &ladder);
  check_sums (&input, &ladder);
  assert_close (ladder.start_usd, 10512);
  g_assert_cmpint (ladder.end_plan, ==, BE_PLAN_HYBRID);
  g_assert_cmpfloat (fabs (ladder.end_usd - 7783), <, 0.5);
  assert_close (find_rung (&ladder, BE_LEVER_SELF_HOSTING)->change_usd, 1168);
  g_assert_cmpfloat (find_rung (&ladder, BE_LEVER_HYBRID)->change_usd, <, 0);
  g_assert_false (find_rung (&ladder, BE_LEVER_CACHING)->used);
  g_assert_false (find_rung (&ladder, BE_LEVER_BATCH)->used);
  g_assert_false (find_rung (&ladder, BE_LEVER_ROUTING)->used);
  g_assert_false (find_rung (&ladder, BE_LEVER_FINE_TUNED)->used);
  be_ladder_clear (&ladder);
  be_plan_input_clear (&input);
}

/* 500,000 requests/day of 5/3 and 1/3 thousand tokens: all on the dear model 114,062.50 at 730 h,
 * with 70 % on the small one 39,009.375 (38,475 at 720 h). */
static void
test_routing (void)
{
  BePlanInput input;
  BeLadder ladder;
  guint32 seed = 1;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  static const double prices[][2] = { { 0.15, 0.6 }, { 2.5, 10 }, { 1, 1 } };
  study_random_input (rand, &input);
  input.n_workloads = 1;
  size_t n_pools = input.n_pools;
  input.n_pools = 0;
  for (int i = 0; i < 3; i++) {
    input.offers[i].standard.per_mtok[BE_RATE_INPUT] = prices[i][0];
    input.offers[i].standard.per_mtok[BE_RATE_OUTPUT] = prices[i][1];
  }
  BeWorkload *workload = &input.workloads[0];
  workload->requests_per_day = 500000;
  workload->input = 5000.0 / 3;
  workload->output = 1000.0 / 3;
  workload->buffer = workload->batch_share = 0;
  workload->cache_read_share = workload->cache_write_share = 0;
  workload->n_routes = 2;
  workload->routes[0].share = 0.7;
  workload->routes[1].share = 0.3;
  workload->routes[0].quality = workload->routes[1].quality = 1;
  run (&input, NULL, &ladder);
  assert_close (ladder.start_usd, 114062.5);
  assert_close (ladder.end_usd, 38475 / 720.0 * 730);
  assert_close (find_rung (&ladder, BE_LEVER_ROUTING)->change_usd, 38475 / 720.0 * 730 - 114062.5);
  g_assert_cmpint (ladder.end_plan, ==, BE_PLAN_HOSTED);
  g_assert_nonnull (find_rung (&ladder, BE_LEVER_SELF_HOSTING)->reason);
  be_ladder_clear (&ladder);
  workload->routes[0].quality = 1;
  workload->routes[1].quality = 0.9;
  run (&input, NULL, &ladder);
  assert_close (ladder.start_usd, 0.225 * 30416.666666666668);
  g_assert_cmpfloat (find_rung (&ladder, BE_LEVER_ROUTING)->change_usd, >, 0);
  be_ladder_clear (&ladder);
  input.n_pools = n_pools;
  input.n_workloads = 1;
  be_plan_input_clear (&input);
}

static void
test_missing_price (void)
{
  BePlanInput input;
  BeLadder ladder;
  g_autoptr (GError) error = NULL;
  study_day_curve (&input);
  input.offers[0].standard.per_mtok[BE_RATE_OUTPUT] = NAN;
  g_assert_false (be_study_ladder_of_input (&input, NULL, &ladder, &error));
  g_assert_error (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT);
  g_assert_null (ladder.rungs);
  be_plan_input_clear (&input);
}

static void
test_names (void)
{
  for (int lever = 0; lever < BE_N_LEVERS; lever++) {
    g_assert_nonnull (be_lever_id ((BeLever) lever));
    g_assert_nonnull (be_lever_label ((BeLever) lever));
    for (int other = 0; other < lever; other++)
      g_assert_cmpstr (be_lever_id ((BeLever) other), !=, be_lever_id ((BeLever) lever));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/study/ladder/day-curve", test_day_curve);
  g_test_add_func ("/study/ladder/routing", test_routing);
  g_test_add_func ("/study/ladder/missing-price", test_missing_price);
  g_test_add_func ("/study/ladder/random", test_random);
  g_test_add_func ("/study/ladder/names", test_names);
  return g_test_run ();
}
