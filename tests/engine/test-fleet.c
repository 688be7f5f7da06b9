/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fleets against figures worked out by hand: rent, scaling, waiting, deferred work. */
#include "bill-inputs.h"

#include <math.h>

static void
test_rent (void)
{
  BePlanInput input;
  start (&input);
  BePool *pool = add_pool (&input);
  assert_near (self_hosted (&input), 4 * 720.0);
  pool->spare = 1;
  pool->gpus_per_replica = 2;
  assert_near (self_hosted (&input), 4 * 4 * 720.0);
  pool->gpus_per_instance = 8; /* rented by the whole machine */
  assert_near (self_hosted (&input), 4 * 8 * 720.0);
  pool->gpus_per_instance = 0;
  pool->rent_kind = BE_RENT_SPOT;
  pool->interruption = 0.3; /* 2 / 0.7 = 2.86: 3 replicas */
  assert_near (self_hosted (&input), 4 * 6 * 720.0);
  pool->rent_kind = BE_RENT_OWNED;
  pool->capex_usd = 30000;
  pool->life_years = 4;
  pool->residual = 0.1;
  pool->cost_of_capital = 0.08;
  pool->kw = 1;
  pool->pue = 1.3;
  pool->per_kwh_usd = 0.1;
  pool->colocation_per_kw_month_usd = 150;
  pool->maintenance = 0.05;
  double year = 30000 * 0.9 / 4 + 30000 * 0.08 * 1.1 / 2 + 1.3 * 0.1 * 8760 + 1800 + 1500;
  assert_near (self_hosted (&input), 4 * 720 * year / 8760);
  pool->rent_kind = BE_RENT_ON_DEMAND;
  pool->overhead_share = 0.1;
  pool->fixed_per_month_usd = 300;
  pool->per_fte_month_usd = 16000;
  pool->n_people = 2;
  pool->people = g_new0 (BePeopleStep, 2);
  pool->people[0] = (BePeopleStep){ 1, 0.5 };
  pool->people[1] = (BePeopleStep){ 3, 1.5 };
  pool->setup_cost_usd = 1e6; /* no part of the month */
  assert_near (self_hosted (&input), 4 * 4 * 720 * 1.1 + 300 + 8000);
  input.volume = 4; /* two replicas of work and the spare: the second step */
  assert_near (self_hosted (&input), 6 * 4 * 720 * 1.1 + 300 + 24000);
  input.volume = 0;
  assert_near (self_hosted (&input), 2 * 4 * 720 * 1.1 + 300 + 8000);
  be_plan_input_clear (&input);
}

/* Nights need one replica, days three: 84 hours each. */
static void
test_autoscale (void)
{
  BePlanInput input;
  start (&input);
  BePool *pool = add_pool (&input);
  input.workloads[0].requests_per_day = 24000 * 3.6; /* 1.8 replicas on the mean */
  set_profile (input.workloads, 0.5, 1.5);           /* 0.9 and 2.7 */
  assert_near (self_hosted (&input), 3 * 4 * 720.0);
  pool->autoscale = true;
  pool->cold_start_minutes = 15;
  /* Two replicas start each day: 14 starts a week of a quarter of an hour. */
  assert_near (self_hosted (&input), (84 + 3 * 84 + 14 * 0.25) * 4 * 720 / 168);
  pool->spare = 1;
  assert_near (self_hosted (&input), (2 * 84 + 4 * 84 + 14 * 0.25) * 4 * 720 / 168);
  pool->spare = 0;
  pool->minimum = 2;
  assert_near (self_hosted (&input), (2 * 84 + 3 * 84 + 7 * 0.25) * 4 * 720 / 168);
  pool->minimum = 0;
  /* A base of one at $2: every hour of it is used. */
  pool->reserved_replicas = 1;
  pool->reserved_gpu_hour_usd = 2;
  assert_near (self_hosted (&input), (168 * 2 + (2 * 84 + 14 * 0.25) * 4) * 720 / 168);
  /* At $2.05 half-used replicas cost more reserved than on demand, but for their cold starts. */
  pool->reserved_replicas = BE_RESERVED_BEST;
  pool->reserved_gpu_hour_usd = 2.5;
  assert_near (self_hosted (&input), (168 * 2.5 + (2 * 84 + 14 * 0.25) * 4) * 720 / 168);
  pool->reserved_gpu_hour_usd = 1.9;
  assert_near (self_hosted (&input), 3 * 168 * 1.9 * 720 / 168);
  pool->reserved_gpu_hour_usd = 4.5;
  assert_near (self_hosted (&input), (84 + 3 * 84 + 14 * 0.25) * 4 * 720 / 168);
  be_plan_input_clear (&input);
}

/* Deferred work waits for room within its day. */
static void
test_deferred_on_a_pool (void)
{
  BePlanInput input;
  start (&input);
  BePool *pool = add_pool (&input);
  BeWorkload *workload = input.workloads;
  workload->requests_per_day = 24000 * 3.6;
  set_profile (workload, 0.5, 1.5);
  workload->batch_share = 0.5; /* interactive 0.45 and 1.35; the day's mean of all 1.8 */
  assert_near (self_hosted (&input), 2 * 4 * 720.0);
  input.volume = 1.2; /* 1.62 at the peak, 2.16 on the mean */
  assert_near (self_hosted (&input), 3 * 4 * 720.0);
  input.volume = 1;
  workload->batch_share = 1;
  assert_near (self_hosted (&input), 2 * 4 * 720.0);
  workload->retry_rate = 0.2; /* failed attempts load the pool as they are billed */
  workload->retry_billed_share = 1;
  workload->max_retries = 1;
  assert_near (self_hosted (&input), 3 * 4 * 720.0); /* 1.8 x 1.2 */
  pool->maximum = 2;
  g_auto (Result) result = evaluate (&input);
  g_assert_cmpint (result.plans[BE_PLAN_SELF_HOSTED].feasible, ==, BE_INFEASIBLE_CAPACITY);
  g_assert_cmpint (result.plans[BE_PLAN_HYBRID].feasible, ==, BE_FEASIBLE);
  be_plan_input_clear (&input);
}

/* What is interpolated between large fleets is what Erlang C says. */
static void
test_queue (void)
{
  BePlanInput input;
  start (&input);
  BePool *pool = add_pool (&input);
  pool->sequences = 7;
  pool->wait_s = 0.5;
  pool->wait_probability = 0.05;
  const double hold = 4500 * 7 / 2500.0; /* s */
  for (double volume = 0.4; volume < 3000; volume *= 1.017) {
    input.volume = volume;
    g_auto (Result) result = evaluate (&input);
    const int n = result.self_hosted[0].replicas;
    const double erlangs = 1000 * volume / 3600 * hold;
    g_assert_true (result.self_hosted[0].queueing_margin);
    g_assert_cmpfloat (be_erlang_c_wait (7 * n, erlangs, 0.5, hold), <=, 0.05 * (1 + 1e-6));
    if (n > 1)
      g_assert_cmpfloat (be_erlang_c_wait (7 * (n - 1), erlangs, 0.5, hold), >, 0.05 * (1 - 1e-6));
  }
  be_plan_input_clear (&input);
}

/* The largest load of so many servers within the wait target, by halving. */
static double
largest_load (int servers, double probability, double wait_s, double hold_s)
{
  double low = 0, high = servers;
  for (int step = 0; step < 100; step++) {
    double middle = (low + high) / 2;
    if (be_erlang_c_wait (servers, middle, wait_s, hold_s) <= probability)
      low = middle;
    else
      high = middle;
  }
  return low;
}

/* A fleet that is too small carries what Erlang C lets it, to nine digits, however large it is:
 * few slots for each replica leave the widest margins. */
static void
test_queue_digits (void)
{
  BePlanInput input;
  start (&input);
  BePool *pool = add_pool (&input);
  pool->sequences = 1;
  pool->wait_s = 1;
  pool->wait_probability = 0.05;
  const double hold = 4500 / 2500.0; /* s */
  input.volume = 400;                /* 200 erlangs and more at every hour */
  g_auto (Result) result = evaluate (&input);
  const BePoolResult *pooled = &result.hybrid[0];
  const double erlangs = 1000 * input.volume / 3600 * hold;
  g_assert_cmpint (pooled->n_costs, >, 200);
  for (int n = 20; n < 200; n++) {
    const double served = largest_load (n, 0.05, 1, hold) / erlangs;
    const double rent = n * 4 * 720.0;
    const double expected = rent + (1 - served) * pooled->costs[0];
    g_assert_cmpfloat (fabs (pooled->costs[n] - expected), <, 3e-9 * pooled->costs[0]);
  }
  be_plan_input_clear (&input);
}

/* Two workloads of unlike weeks, deferred work, a wait target. `apart` makes their holding times
 * differ by less than a result shows, which is enough for the general way of costing a fleet. */
static void
start_two (BePlanInput *input, double apart)
{
  start (input);
  BePool *pool = add_pool (input);
  input->workloads = g_renew (BeWorkload, input->workloads, 2);
  input->n_workloads = 2;
  BeWorkload *first = &input->workloads[0], *second = &input->workloads[1];
  *second = *first;
  second->routes = g_memdup2 (first->routes, sizeof *first->routes);
  second->routes[0].offer = 1;
  set_profile (first, 0.5, 1.5);
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    second->profile[hour] = hour < 48 ? 3 : 1 + hour % 7;
  first->requests_per_day = 24000 * 40;
  second->requests_per_day = 24000 * 15;
  first->batch_share = 0.3;
  second->output *= 1 + apart;
  first->buffer = 0.1;
  pool->serves = g_renew (BeServes, pool->serves, 2);
  pool->n_serves = 2;
  pool->serves[1] = pool->serves[0];
  pool->serves[1].workload = 1;
  pool->spare = 1;
  pool->fixed_per_month_usd = 100;
  pool->sequences = 7;
  pool->wait_probability = 0.05;
}

/* The costs of all fleets at once are those of each fleet by itself, and the optimum's is its bill.
 */
static void
test_fleets_at_once (void)
{
  for (int reserved = 0; reserved < 2; reserved++) {
    BePlanInput at_once, each;
    start_two (&at_once, 0);
    start_two (&each, 1e-11);
    at_once.pools[0].reserved_replicas = each.pools[0].reserved_replicas = 4 * reserved;
    at_once.pools[0].reserved_gpu_hour_usd = each.pools[0].reserved_gpu_hour_usd = 2;
    g_auto (Result) a = evaluate (&at_once);
    g_auto (Result) b = evaluate (&each);
    const BePoolResult *pool = &a.hybrid[0];
    g_assert_cmpuint (pool->n_costs, >, 30);
    g_assert_cmpuint (pool->n_costs, ==, b.hybrid[0].n_costs);
    for (size_t n = 0; n < pool->n_costs; n++)
      g_assert_cmpfloat (fabs (pool->costs[n] / b.hybrid[0].costs[n] - 1), <, 1e-8);
    assert_near (a.plans[BE_PLAN_HYBRID].per_month_usd, pool->costs[pool->replicas]);
    assert_near (a.plans[BE_PLAN_HOSTED].per_month_usd, pool->costs[0]);
    be_plan_input_clear (&at_once);
    be_plan_input_clear (&each);
  }
}

/* A scaling fleet, likewise; whole instances of one GPU change nothing but the way of costing. */
static void
test_scaling_fleets_at_once (void)
{
  for (int queueing = 0; queueing < 2; queueing++) {
    BePlanInput at_once, each;
    start_two (&at_once, 0);
    start_two (&each, 0);
    at_once.workloads[0].batch_share = each.workloads[0].batch_share = 0;
    at_once.pools[0].autoscale = each.pools[0].autoscale = true;
    at_once.pools[0].wait_probability = each.pools[0].wait_probability = queueing ? 0.05 : 1;
    each.pools[0].gpus_per_instance = 1;
    g_auto (Result) a = evaluate (&at_once);
    g_auto (Result) b = evaluate (&each);
    const BePoolResult *pool = &a.hybrid[0];
    g_assert_cmpuint (pool->n_costs, >, 30);
    g_assert_cmpuint (pool->n_costs, ==, b.hybrid[0].n_costs);
    for (size_t n = 0; n < pool->n_costs; n++)
      assert_near (pool->costs[n], b.hybrid[0].costs[n]);
    assert_near (a.plans[BE_PLAN_HYBRID].per_month_usd, pool->costs[pool->replicas]);
    be_plan_input_clear (&at_once);
    be_plan_input_clear (&each);
  }
}

/* The volume may grow by the headroom and not by a hair more; a fleet that scales has none. */
static void
test_headroom (void)
{
  BePlanInput input;
  start_two (&input, 0);
  for (input.volume = 0.2; input.volume < 30; input.volume *= 1.7) {
    g_auto (Result) now = evaluate (&input);
    double volume = input.volume, headroom = now.self_hosted[0].headroom;
    g_assert_cmpfloat (headroom, >=, 1 - 1e-9);
    input.volume = volume * headroom * (1 - 1e-9);
    g_auto (Result) before = evaluate (&input);
    g_assert_cmpint (before.self_hosted[0].replicas, ==, now.self_hosted[0].replicas);
    input.volume = volume * headroom * (1 + 1e-9);
    g_auto (Result) after = evaluate (&input);
    g_assert_cmpint (after.self_hosted[0].replicas, >, now.self_hosted[0].replicas);
    input.volume = volume;
  }
  input.pools[0].autoscale = true;
  g_auto (Result) scaled = evaluate (&input);
  g_assert_true (isnan (scaled.self_hosted[0].headroom));
  be_plan_input_clear (&input);
}

/* Reserved or bought GPUs are paid at every hour; spot capacity makes up for what is taken away,
 * above the base that is not. */
static void
test_kinds_of_rent (void)
{
  BePlanInput input;
  start (&input);
  BePool *pool = add_pool (&input);
  input.workloads[0].requests_per_day = 24000 * 3.6;
  set_profile (input.workloads, 0.5, 1.5); /* 1 and 3 replicas */
  pool->autoscale = true;
  pool->cold_start_minutes = 0;
  assert_near (self_hosted (&input), (84 + 3 * 84) * 4 * 720 / 168.0);
  pool->rent_kind = BE_RENT_RESERVED_1Y;
  assert_near (self_hosted (&input), 3 * 4 * 720.0);
  pool->rent_kind = BE_RENT_SPOT;
  pool->interruption = 0.4; /* 1 / 0.6: 2; 3 / 0.6: 5 */
  pool->per_fte_month_usd = 100;
  pool->people = g_new0 (BePeopleStep, 1);
  pool->people[0] = (BePeopleStep){ 5, 1 };
  pool->n_people = 1;
  assert_near (self_hosted (&input), (2 * 84 + 5 * 84) * 4 * 720 / 168.0 + 100);
  g_auto (Result) spot = evaluate (&input);
  g_assert_cmpint (spot.self_hosted[0].replicas, ==, 5);
  g_assert_cmpint (spot.self_hosted[0].gpus, ==, 5);
  pool->n_people = 0;
  pool->reserved_replicas = 1;
  pool->reserved_gpu_hour_usd = 3; /* by day 2 / 0.6 = 3.3: 4 more */
  assert_near (self_hosted (&input), (168 * 3 + 84 * 4 * 4) * 720 / 168.0);
  pool->reserved_replicas = 6; /* more than is needed is paid all the same */
  assert_near (self_hosted (&input), 6 * 3 * 720.0);
  g_auto (Result) idle = evaluate (&input);
  g_assert_cmpint (idle.self_hosted[0].gpus, ==, 6);
  be_plan_input_clear (&input);
}

/* The replicas that each hour needs, its own and not the fleet's: whole ones, and with a wait
 * target as many as keep it. */
static void
test_needed_by_hour (void)
{
  BePlanInput input;
  start (&input);
  BePool *pool = add_pool (&input);
  input.workloads[0].requests_per_day = 24000 * 5; /* 2.5 replicas on the mean */
  set_profile (input.workloads, 0.5, 1.5);
  pool->minimum = 3;
  g_auto (Result) plain = evaluate (&input);
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    g_assert_cmpint (plain.self_hosted[0].needed[hour], ==, hour % 24 < 12 ? 2 : 4);
    g_assert_cmpint (plain.self_hosted[0].running[hour], ==, 4);
  }
  pool->sequences = 8;
  pool->wait_probability = 0.05;
  pool->wait_s = 1;
  g_auto (Result) waiting = evaluate (&input);
  const double hold = 4500 * 8 / 2500.0;
  for (int hour = 0; hour < 24; hour++) {
    const double erlangs = 5000 * (hour < 12 ? 0.5 : 1.5) * hold / 3600;
    int n = 1;
    while (be_erlang_c_wait (n * 8, erlangs, 1, hold) > 0.05)
      n++;
    g_assert_cmpint (waiting.self_hosted[0].needed[hour], ==, n);
  }
  g_assert_cmpint (waiting.self_hosted[0].needed[12], >, 4);
  be_plan_input_clear (&input);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fleet/rent", test_rent);
  g_test_add_func ("/fleet/autoscale", test_autoscale);
  g_test_add_func ("/fleet/deferred-on-a-pool", test_deferred_on_a_pool);
  g_test_add_func ("/fleet/queue", test_queue);
  g_test_add_func ("/fleet/queue-digits", test_queue_digits);
  g_test_add_func ("/fleet/fleets-at-once", test_fleets_at_once);
  g_test_add_func ("/fleet/scaling-fleets-at-once", test_scaling_fleets_at_once);
  g_test_add_func ("/fleet/headroom", test_headroom);
  g_test_add_func ("/fleet/kinds-of-rent", test_kinds_of_rent);
  g_test_add_func ("/fleet/needed-by-hour", test_needed_by_hour);
  return g_test_run ();
}
