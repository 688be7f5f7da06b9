/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plans against the numbers that the cost model must give. */
#include "engine/be-plan.h"

#include <glib.h>
#include <math.h>

#define assert_near(value, expected, tolerance)                                                    \
  g_assert_cmpfloat_with_epsilon ((value), (expected), (tolerance))

static const double day_curve[24] = { .2,  .15,  .1,  .1,  .1,  .15, .3, .5, .8, 1,  1.1, 1.2,
                                      1.2, 1.15, 1.1, 1.1, 1.0, .9,  .7, .6, .5, .4, .35, .25 };

static void
set_offer (BeOffer *offer, double input, double output)
{
  be_offer_init (offer);
  offer->standard.per_mtok[BE_RATE_INPUT] = input;
  offer->standard.per_mtok[BE_RATE_OUTPUT] = output;
  offer->batch.per_mtok[BE_RATE_INPUT] = input / 2;
  offer->batch.per_mtok[BE_RATE_OUTPUT] = output / 2;
}

static void
start (BePlanInput *input, size_t n_routes)
{
  be_plan_input_init (input);
  input->offers = g_new0 (BeOffer, 2);
  input->n_offers = 2;
  set_offer (&input->offers[0], 2.5, 10);
  set_offer (&input->offers[1], 0.15, 0.6);
  input->workloads = g_new0 (BeWorkload, 1);
  input->n_workloads = 1;
  BeWorkload *workload = &input->workloads[0];
  be_workload_init (workload);
  workload->requests_per_day = 500000;
  workload->input = 2000 * 5 / 6.0;
  workload->output = 2000 / 6.0;
  workload->buffer = 0;
  workload->routes = g_new0 (BeRoute, n_routes);
  workload->n_routes = n_routes;
  for (size_t i = 0; i < n_routes; i++)
    workload->routes[i] = (BeRoute){ (int) i, 1.0 / n_routes, 1, 1, false };
}

static double
hosted (const BePlanInput *input)
{
  BePlanResult result;
  be_plan_result_init (&result);
  g_assert_cmpint (be_plan_evaluate (input, &result), ==, BE_OK);
  g_assert_cmpint (result.plans[BE_PLAN_HOSTED].feasible, ==, BE_FEASIBLE);
  double usd = result.plans[BE_PLAN_HOSTED].per_month_usd, sum = 0;
  for (size_t i = 0; i < result.plans[BE_PLAN_HOSTED].n_lines; i++)
    sum += result.plans[BE_PLAN_HOSTED].lines[i].usd;
  assert_near (sum, usd, 1e-6);
  be_plan_result_clear (&result);
  return usd;
}

static void
test_hosted (void)
{
  BePlanInput input;
  start (&input, 1);
  input.month_hours = 720;
  assert_near (hosted (&input), 112500, 1e-6);
  input.workloads[0].buffer = 0.2;
  assert_near (hosted (&input), 135000, 1e-6);
  input.workloads[0].buffer = 0;
  input.month_hours = 730;
  assert_near (hosted (&input), 114062.5, 1e-6);
  be_plan_input_clear (&input);
}

static void
test_routed (void)
{
  BePlanInput input;
  start (&input, 2);
  input.month_hours = 720;
  input.workloads[0].routes[0].share = 0.3;
  input.workloads[0].routes[1].share = 0.7;
  assert_near (hosted (&input), 38475, 1e-6);
  input.workloads[0].batch_share = 0.25;
  assert_near (hosted (&input), 33665.625, 1e-6);
  be_plan_input_clear (&input);
}

static void
test_cascade (void)
{
  BePlanInput input;
  start (&input, 2);
  set_offer (&input.offers[0], 0.1, 0.1);
  set_offer (&input.offers[1], 15, 15);
  BeWorkload *workload = &input.workloads[0];
  workload->routes[0].share = 0.8;
  workload->routes[1].share = 0.2;
  double split = hosted (&input);
  workload->routing = BE_ROUTING_CASCADE;
  workload->routes[0].share = 1;
  double cascade = hosted (&input);
  assert_near (cascade / split, 3.10 / 3.08, 1e-12);
  be_plan_input_clear (&input);
}

static void
add_pool (BePlanInput *input)
{
  BeWorkload *workload = &input->workloads[0];
  set_offer (&input->offers[0], 0, 1);
  workload->input = 0;
  workload->output = 1000;
  workload->requests_per_day = 4.0 * 86400;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    workload->profile[hour] = day_curve[hour % 24];
  input->pools = g_new0 (BePool, 1);
  input->n_pools = 1;
  BePool *pool = &input->pools[0];
  be_pool_init (pool);
  pool->serves = g_new0 (BeServes, 1);
  pool->n_serves = 1;
  pool->serves[0] = (BeServes){ 0, 1, 1, 1, NULL };
  pool->throughput_measured = true;
  pool->output_tokens_per_second = 2500;
  pool->gpu_hour_usd = 4;
}

static void
test_hybrid (void)
{
  static const double expected[] = { 10512, 8130, 7783, 8805, 11680 };
  BePlanInput input;
  BePlanResult result;

  start (&input, 1);
  add_pool (&input);
  be_plan_result_init (&result);
  for (int again = 0; again < 2; again++) {
    g_assert_cmpint (be_plan_evaluate (&input, &result), ==, BE_OK);
    g_assert_cmpuint (result.hybrid[0].n_costs, ==, 5);
    for (int n = 0; n < 5; n++)
      assert_near (result.hybrid[0].costs[n], expected[n], 0.5);
    g_assert_cmpint (result.hybrid[0].replicas, ==, 2);
    g_assert_cmpint (result.self_hosted[0].replicas, ==, 4);
    assert_near (result.plans[BE_PLAN_SELF_HOSTED].per_month_usd, 11680, 1e-6);
    assert_near (result.plans[BE_PLAN_HYBRID].per_month_usd, result.hybrid[0].costs[2], 1e-6);
    g_assert_cmpint (result.cheapest, ==, BE_PLAN_HYBRID);
  }
  gint64 before = g_get_monotonic_time ();
  for (int i = 0; i < 1000; i++)
    be_plan_evaluate (&input, &result);
  g_test_message ("evaluation: %.2f us", (g_get_monotonic_time () - before) / 1000.0);
  input.volume = 400;
  before = g_get_monotonic_time ();
  be_plan_evaluate (&input, &result);
  g_test_message ("%zu hybrid costs: %" G_GINT64_FORMAT " us", result.hybrid[0].n_costs,
                  g_get_monotonic_time () - before);
  be_plan_result_clear (&result);
  be_plan_input_clear (&input);
}

static void
test_staircase (void)
{
  BePlanInput input;
  BePlanResult result;
  double before = 0;

  start (&input, 1);
  add_pool (&input);
  be_plan_result_init (&result);
  for (double x = 0.01; x < 3; x += 0.01) {
    input.volume = x;
    g_assert_cmpint (be_plan_evaluate (&input, &result), ==, BE_OK);
    double self = result.plans[BE_PLAN_SELF_HOSTED].per_month_usd;
    double mixed = result.plans[BE_PLAN_HYBRID].per_month_usd;
    double api = result.plans[BE_PLAN_HOSTED].per_month_usd;
    assert_near (api, 10512 * x, 1e-6);
    assert_near (self, 2920 * ceil (x / 0.324436), 1e-6);
    g_assert_cmpfloat (self, >=, before);
    g_assert_cmpfloat (mixed, <=, fmin (api, self) * (1 + 1e-9));
    before = self;
  }
  be_plan_result_clear (&result);
  be_plan_input_clear (&input);
}

static void
test_missing (void)
{
  BePlanInput input;
  BePlanResult result;
  start (&input, 1);
  input.offers[0].standard.per_mtok[BE_RATE_OUTPUT] = NAN;
  be_plan_result_init (&result);
  g_assert_cmpint (be_plan_evaluate (&input, &result), ==, BE_OK);
  g_assert_cmpint (result.plans[BE_PLAN_HOSTED].feasible, ==, BE_INFEASIBLE_MISSING_PRICE);
  g_assert_cmpint (result.cheapest, ==, -1);
  input.workloads[0].requests_per_day = NAN;
  g_assert_cmpint (be_plan_evaluate (&input, &result), ==, BE_INVALID);
  be_plan_result_clear (&result);
  be_plan_input_clear (&input);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/hosted", test_hosted);
  g_test_add_func ("/plan/routed", test_routed);
  g_test_add_func ("/plan/cascade", test_cascade);
  g_test_add_func ("/plan/hybrid", test_hybrid);
  g_test_add_func ("/plan/staircase", test_staircase);
  g_test_add_func ("/plan/missing-price", test_missing);
  return g_test_run ();
}
