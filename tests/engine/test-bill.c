/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bills against figures worked out by hand: one rule of the cost model at a time. */
#include "bill-inputs.h"

#include <math.h>

static void
test_turns (void)
{
  BePlanInput input;
  start (&input);
  BeWorkload *workload = input.workloads;
  assert_near (hosted (&input), 720e3 * 0.002);
  workload->system = 200;
  workload->turns = 4; /* prompts 1200, 2300, 3400, 4500; mean 2850 */
  assert_near (hosted (&input), 720e3 * (2850 + 1000) / 1e6);
  /* The third and fourth pass a threshold that the mean does not. */
  BeTier *tier = g_new0 (BeTier, 1);
  be_rates_init (&tier->standard);
  be_rates_init (&tier->batch);
  tier->threshold = 3000;
  tier->standard.per_mtok[BE_RATE_INPUT] = 2;
  input.offers[0].tiers = tier;
  input.offers[0].n_tiers = 1;
  assert_near (hosted (&input), 720e3 * ((1200 + 2300 + 6800 + 9000) / 4.0 + 1000) / 1e6);
  /* The threshold sees tokens after the route's factor; so do all counts. */
  workload->routes[0].token_factor = 1.5;
  assert_near (hosted (&input), 720e3 * ((1800 + 2 * (3450 + 5100 + 6750)) / 4.0 + 1500) / 1e6);
  be_plan_input_clear (&input);
}

static void
test_derived_cache (void)
{
  BePlanInput input;
  start (&input);
  BeWorkload *workload = input.workloads;
  double *rates = input.offers[0].standard.per_mtok;
  rates[BE_RATE_CACHED_INPUT] = 0.1;
  rates[BE_RATE_CACHE_WRITE] = 1.25;
  rates[BE_RATE_CACHE_WRITE_1H] = 2;
  workload->cache_source = BE_CACHE_DERIVED;
  workload->cache_prefix_share = 0.8;
  workload->cache_prefixes = 50;
  workload->cache_ttl_minutes = 5;
  /* 1,000 requests an hour over 50 prefixes, 5 minutes: 5/3 arrivals on the mean. */
  double hit = 1 - exp (-5 / 3.0);
  double prompt = 0.2 + 0.8 * (hit * 0.1 + (1 - hit) * 1.25);
  assert_near (hosted (&input), 720 * (prompt + 1));
  workload->cache_ttl_minutes = 60;
  hit = 1 - exp (-20);
  prompt = 0.2 + 0.8 * (hit * 0.1 + (1 - hit) * 2);
  assert_near (hosted (&input), 720 * (prompt + 1));
  /* By hour, weighted with the traffic that finds it. */
  workload->cache_ttl_minutes = 5;
  set_profile (workload, 0.5, 1.5);
  hit = 0.25 * (1 - exp (-2.5 / 3)) + 0.75 * (1 - exp (-7.5 / 3));
  prompt = 0.2 + 0.8 * (hit * 0.1 + (1 - hit) * 1.25);
  assert_near (hosted (&input), 720 * (prompt + 1));
  /* Derived at each volume anew. */
  input.volume = 2;
  hit = 0.25 * (1 - exp (-5 / 3.0)) + 0.75 * (1 - exp (-5));
  prompt = 0.2 + 0.8 * (hit * 0.1 + (1 - hit) * 1.25);
  assert_near (hosted (&input), 1440 * (prompt + 1));
  /* So many arrivals that all find it: whatever the weights' last digits, no share is above 1. */
  for (int seed = 1; seed <= 50; seed++) {
    for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
      workload->profile[hour] = 1 + (hour * 7919 * seed) % 1000 / 997.0;
    input.volume = 1e6;
    assert_near (hosted (&input), 720e6 * (0.2 + 0.8 * 0.1 + 1));
  }
  be_plan_input_clear (&input);
}

static void
test_failures (void)
{
  BePlanInput input;
  start (&input);
  BeWorkload *workload = input.workloads;
  workload->retry_rate = 0.1;
  workload->max_retries = 2;
  workload->retry_billed_share = 0.5;
  /* Attempts 1.11, successes 0.999, half of the 0.111 failed ones. */
  assert_near (hosted (&input), 1440 * (0.999 + 0.0555));
  /* Answers of 100 tokens at 50/s after 0.5 s: 2.5 s. A timeout of 2 s fails them all, billed. */
  workload->retry_rate = 0;
  workload->timeout_s = 2;
  workload->max_retries = 1;
  input.offers[0].ttft_ms = 500;
  input.offers[0].output_tokens_per_second = 50;
  assert_near (hosted (&input), 2 * 1440.0);
  workload->timeout_s = 3;
  assert_near (hosted (&input), 1440);
  /* With a spread, the share of answers above 75 tokens. */
  workload->timeout_s = 2;
  workload->output_spread = 0.5;
  double s = sqrt (log (1.25)), mu = log (100) - s * s / 2;
  double late = 0.5 * erfc ((log (75) - mu) / s / sqrt (2));
  assert_near (hosted (&input), 1440 * (1 + late));
  /* Refused ones (billed nothing) and late ones (billed whole) together; deferred work has none. */
  workload->retry_rate = 0.2;
  workload->retry_billed_share = 0;
  workload->batch_share = 0.25;
  double r = 0.2 + 0.8 * late, b = 0.8 * late / r;
  assert_near (hosted (&input),
               1440 * (0.75 * (1 - r * r + r * (1 + r) * b) + 0.25 * (1 - 0.2 * 0.2)));
  be_plan_input_clear (&input);
}

/* An embedding has no output, so that its time is known without a speed; an answer at no speed
 * never ends. */
static void
test_failures_without_speed (void)
{
  BePlanInput input;
  start (&input);
  BeWorkload *workload = input.workloads;
  workload->output = 0;
  workload->max_retries = 1;
  workload->timeout_s = 0.6;
  input.offers[0].ttft_ms = 500;
  Result known = evaluate (&input);
  g_assert_cmpuint (known.n_warnings, ==, 0);
  assert_near (known.plans[BE_PLAN_HOSTED].latency_mean_s, 0.5);
  assert_near (known.plans[BE_PLAN_HOSTED].per_month_usd, 720);
  be_plan_result_clear (&known);
  workload->timeout_s = 0.4;
  assert_near (hosted (&input), 2 * 720.0);
  workload->timeout_s = 2;
  workload->output = 100;
  input.offers[0].output_tokens_per_second = 0;
  assert_near (hosted (&input), 2 * 1440.0);
  be_plan_input_clear (&input);
}

static void
test_windows (void)
{
  BePlanInput input;
  start (&input);
  BeWorkload *workload = input.workloads;
  BeOffer *offer = &input.offers[0];
  offer->windows = g_new0 (BeWindow, 1);
  offer->n_windows = 1;
  be_rates_init (&offer->windows[0].standard);
  be_rates_init (&offer->windows[0].batch);
  offer->windows[0].standard.per_mtok[BE_RATE_OUTPUT] = 5;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    offer->windows[0].hour_share[hour] = hour % 24 < 6 ? 1 : hour % 24 == 6 ? 0.5 : 0;
  set_profile (workload, 0.4, 1.6);
  /* 6.5 night hours of 0.4 are 6.5 x 0.4 / 24 of the traffic. */
  double share = 6.5 * 0.4 / 24;
  assert_near (hosted (&input), 720 * (1 + 1 - 0.5 * share));
  /* Deferred work runs at any hour of its day: the day's time-weighted mean. */
  workload->batch_share = 1;
  assert_near (hosted (&input), 720 * (1 + 1 - 0.5 * 6.5 / 24));
  be_plan_input_clear (&input);
}

static void
test_accounts (void)
{
  BePlanInput input;
  start (&input);
  input.offers[0].commitment_usd_per_month = 2000;
  assert_near (hosted (&input), 2000);
  g_auto (Result) short_of = evaluate (&input);
  assert_near (line_usd (&short_of.plans[BE_PLAN_HOSTED], BE_LINE_COMMITMENT_SHORTFALL), 560);
  input.volume = 2;
  assert_near (hosted (&input), 2880);
  input.volume = 1;
  input.offers[0].discount = 0.1; /* the discounted spend counts */
  assert_near (hosted (&input), 2000);
  input.offers[0].commitment_usd_per_month = 0;
  input.offers[0].training_cost_usd = 6000;
  input.offers[0].training_life_months = 12;
  input.offers[0].hosting_usd_per_hour = 3;
  assert_near (hosted (&input), 1440 * 0.9 + 500 + 2160);
  input.workloads[0].buffer = 0.2; /* a reserve on all of it */
  assert_near (hosted (&input), 1.2 * (1440 * 0.9 + 500 + 2160));
  /* Without traffic the commitment is still owed, and a hybrid of no replicas is the hosted plan.
   */
  add_pool (&input);
  input.volume = 0;
  input.offers[0].commitment_usd_per_month = 300;
  g_auto (Result) idle = evaluate (&input);
  g_assert_cmpfloat (line_usd (&idle.plans[BE_PLAN_HOSTED], BE_LINE_COMMITMENT_SHORTFALL), ==, 300);
  assert_near (idle.plans[BE_PLAN_HYBRID].per_month_usd, idle.plans[BE_PLAN_HOSTED].per_month_usd);
  be_plan_input_clear (&input);
}

static void
test_rate_limits (void)
{
  BePlanInput input;
  start (&input);
  set_profile (input.workloads, 0.5, 1.5); /* 25 a minute at the peak, 16.7 on the mean */
  input.offers[0].rpm_limit = 20;
  g_auto (Result) waits = evaluate (&input);
  g_assert_cmpint (waits.plans[BE_PLAN_HOSTED].feasible, ==, BE_FEASIBLE);
  g_assert_cmpuint (waits.n_warnings, ==, 1);
  g_assert_cmpint (waits.warnings[0].kind, ==, BE_WARN_RATE_LIMIT);
  assert_near (waits.warnings[0].value, 0.2);
  assert_near (waits.plans[BE_PLAN_HOSTED].per_month_usd, 1440);
  input.offers[0].rpm_limit = 15;
  g_auto (Result) unserved = evaluate (&input);
  g_assert_cmpint (unserved.plans[BE_PLAN_HOSTED].feasible, ==, BE_INFEASIBLE_UNSERVED);
  g_assert_cmpint (unserved.cheapest, ==, -1);
  input.workloads[0].batch_share = 0.5; /* deferred requests stand outside */
  g_auto (Result) deferred = evaluate (&input);
  g_assert_cmpint (deferred.plans[BE_PLAN_HOSTED].feasible, ==, BE_FEASIBLE);
  g_assert_cmpuint (deferred.n_warnings, ==, 0);
  input.workloads[0].batch_share = 0;
  input.offers[0].rpm_limit = NAN;
  input.offers[0].tpm_limit = 25 * 1100 * 1.25;
  input.workloads[0].retry_rate = 0.5;
  input.workloads[0].max_retries = 1; /* 1.5 attempts: a sixth is turned away */
  g_auto (Result) tokens = evaluate (&input);
  assert_near (tokens.warnings[0].value, 1 - 1.25 / 1.5);
  be_plan_input_clear (&input);
}

static void
test_shares_of_a_pool (void)
{
  BePlanInput input;
  start (&input);
  BePool *pool = add_pool (&input);
  BeWorkload *workload = input.workloads;
  workload->routes = g_renew (BeRoute, workload->routes, 2);
  workload->n_routes = 2;
  workload->routes[0] = (BeRoute){ 0, 0.25, 0.9, 1, false };
  workload->routes[1] = (BeRoute){ 1, 0.75, 0.7, 1, false };
  double first = 720e3 * 0.25 * 4500 * 10 / 1e6, second = 720e3 * 0.75 * 4500 * 20 / 1e6;
  assert_near (hosted (&input), first + second);
  pool->serves[0].share = 0.5; /* evenly from both */
  assert_near (self_hosted (&input), 4 * 720 + (first + second) / 2);
  pool->serves[0].replaces = g_new0 (unsigned char, 2);
  pool->serves[0].replaces[1] = 1; /* half of the second alone */
  g_auto (Result) result = evaluate (&input);
  const BePlan *plan = &result.plans[BE_PLAN_SELF_HOSTED];
  assert_near (plan->per_month_usd, 4 * 720 + first + second / 2);
  assert_near (plan->quality, 0.25 * 0.9 + 0.375 * 0.7 + 0.375 * 0.8);
  assert_near (result.self_hosted[0].utilisation, 0.375 * 0.5);
  pool->serves[0].token_factor = 2; /* the same text in more tokens */
  g_auto (Result) longer = evaluate (&input);
  assert_near (longer.self_hosted[0].utilisation, 0.375);
  be_plan_input_clear (&input);
}

/* One replica where the peak needs three: the rest overflows, dearer to another offer. */
static void
test_overflow (void)
{
  BePlanInput input;
  start (&input);
  BePool *pool = add_pool (&input);
  BeWorkload *workload = input.workloads;
  workload->requests_per_day = 24000 * 3.6;
  set_profile (workload, 0.5, 1.5); /* 0.9 by night, 2.7 by day */
  input.offers[0].ttft_ms = 1000;
  input.offers[0].output_tokens_per_second = 100; /* 46 s */
  pool->measured_ttft_ms = 1000;
  pool->measured_tpot_ms = 20; /* 91 s */
  /* Tokens of a month: 720,000 x 3.6 x 4,500 at $10; by day a share 1.7 / 2.7 overflows. */
  double all = 720e3 * 3.6 * 4500 * 10 / 1e6, over = 0.75 * 1.7 / 2.7;
  pool->gpu_hour_usd = 100; /* the second replica would spare 0.5 x 1 x 720 x 9e6 x $10 = 32,400 */
  g_auto (Result) one = evaluate (&input);
  g_assert_cmpuint (one.hybrid[0].n_costs, ==, 4);
  assert_near (one.hybrid[0].costs[0], all);
  assert_near (one.hybrid[0].costs[1], 72000 + all * over);
  g_assert_cmpint (one.hybrid[0].replicas, ==, 0);
  assert_near (one.plans[BE_PLAN_HYBRID].per_month_usd, all);
  assert_near (one.plans[BE_PLAN_HYBRID].quality, 0.9); /* nothing owned: the hosted plan itself */
  assert_near (one.plans[BE_PLAN_HYBRID].latency_mean_s, 46);
  pool->gpu_hour_usd = 50; /* 36,000: the first pays (58,320 x 2), the second does not */
  g_auto (Result) base = evaluate (&input);
  const BePlan *plan = &base.plans[BE_PLAN_HYBRID];
  g_assert_cmpint (base.hybrid[0].replicas, ==, 1);
  assert_near (plan->per_month_usd, 36000 + all * over);
  assert_near (base.hybrid[0].overflow_share, over);
  assert_near (base.hybrid[0].utilisation, (0.9 + 1) / 2);
  assert_near (plan->quality, over * 0.9 + (1 - over) * 0.8);
  assert_near (plan->latency_mean_s, over * 46 + (1 - over) * 91);
  assert_near (plan->latency_slowest_s, 91);
  pool->overflow_offer = 2; /* three times as dear: now the others pay, too */
  g_auto (Result) elsewhere = evaluate (&input);
  assert_near (elsewhere.hybrid[0].costs[1], 36000 + 3 * all * over);
  assert_near (elsewhere.hybrid[0].costs[0], all);
  be_plan_input_clear (&input);
}

/* A floor that the pool alone misses turns the plan away, and hybrid with it stays out. */
static void
test_quality_floor (void)
{
  BePlanInput input;
  start (&input);
  add_pool (&input);
  input.workloads[0].minimum_quality = 0.85;
  g_auto (Result) result = evaluate (&input);
  g_assert_cmpint (result.plans[BE_PLAN_SELF_HOSTED].feasible, ==, BE_INFEASIBLE_QUALITY);
  g_assert_cmpint (result.plans[BE_PLAN_HOSTED].feasible, ==, BE_FEASIBLE);
  g_assert_cmpint (result.plans[BE_PLAN_HYBRID].feasible, ==, BE_FEASIBLE);
  g_assert_cmpint (result.hybrid[0].replicas, ==, 0);
  g_assert_cmpint (result.cheapest, ==, BE_PLAN_HOSTED);
  bool warned = false;
  for (size_t i = 0; i < result.n_warnings; i++)
    warned |= result.warnings[i].kind == BE_WARN_QUALITY_FLOOR
              && result.warnings[i].plan == BE_PLAN_SELF_HOSTED;
  g_assert_true (warned);
  be_plan_input_clear (&input);
}

/* Three units of 6,000 tokens a minute against 18,333 on the mean. */
/* A hybrid without replicas is the hosted plan, even where nothing that fails is billed, so that a
 * pool has no work. */
static void
test_nothing_billed (void)
{
  BePlanInput input;
  start (&input);
  add_pool (&input);
  input.workloads[0].retry_rate = 1;
  input.workloads[0].retry_billed_share = 0;
  input.workloads[0].minimum_quality = 0.85;
  g_auto (Result) result = evaluate (&input);
  const BePlan *plan = &result.plans[BE_PLAN_HYBRID];
  g_assert_cmpint (result.hybrid[0].replicas, ==, 0);
  assert_near (plan->quality, result.plans[BE_PLAN_HOSTED].quality);
  assert_near (plan->quality, 0.9);
  g_assert_cmpint (plan->feasible, ==, BE_FEASIBLE);
  assert_near (plan->per_month_usd, 0);
  be_plan_input_clear (&input);
}

static void
test_provisioned (void)
{
  BePlanInput input;
  start (&input);
  BeWorkload *workload = input.workloads;
  input.provisioned = g_new0 (BeProvisioned, 1);
  input.n_provisioned = 1;
  input.provisioned[0] = (BeProvisioned){ 0, 0, 3, 1.5, 6000, 1 };
  g_auto (Result) flat = evaluate (&input);
  double carried = 3 * 6000 * 60 / (1000 * 1100.0);
  const BePlan *plan = &flat.plans[BE_PLAN_PROVISIONED];
  assert_near (plan->per_month_usd, 3 * 1.5 * 720 + 1440 * (1 - carried));
  assert_near (line_usd (plan, BE_LINE_PROVISIONED), 3 * 1.5 * 720);
  assert_near (plan->quality, 0.9);
  input.volume = 0.5; /* all of it, and units stand idle */
  g_auto (Result) idle = evaluate (&input);
  plan = &idle.plans[BE_PLAN_PROVISIONED];
  assert_near (plan->per_month_usd, 3 * 1.5 * 720);
  assert_near (line_usd (plan, BE_LINE_PROVISIONED_UNUSED), 3 * 1.5 * 720 * (1 - 0.5 / carried));
  input.volume = 1;
  set_profile (workload, 0.5, 1.5); /* the night leaves room that the day cannot use */
  workload->overhead_per_request_usd = 0.001;
  g_auto (Result) uneven = evaluate (&input);
  plan = &uneven.plans[BE_PLAN_PROVISIONED];
  assert_near (plan->per_month_usd, 3 * 1.5 * 720 + 1440 * (0.75 - carried / 2) + 720);
  /* One and two units are three: the second row takes what the first leaves, hour by hour. */
  input.provisioned = g_renew (BeProvisioned, input.provisioned, 2);
  input.n_provisioned = 2;
  input.provisioned[1] = input.provisioned[0];
  input.provisioned[0].units = 1;
  input.provisioned[1].units = 2;
  g_auto (Result) rows = evaluate (&input);
  assert_near (rows.plans[BE_PLAN_PROVISIONED].per_month_usd, plan->per_month_usd);
  input.n_provisioned = 1;
  input.provisioned[0].units = 3;
  /* What overflows does so by day, at the day's price. */
  input.offers[0].windows = g_new0 (BeWindow, 1);
  input.offers[0].n_windows = 1;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    input.offers[0].windows[0].hour_share[hour] = hour % 24 < 12 ? 0 : 1;
  be_rates_init (&input.offers[0].windows[0].batch);
  be_rates_init (&input.offers[0].windows[0].standard);
  input.offers[0].windows[0].standard.per_mtok[BE_RATE_INPUT] = 2;
  input.offers[0].windows[0].standard.per_mtok[BE_RATE_OUTPUT] = 20;
  g_auto (Result) by_day = evaluate (&input);
  assert_near (by_day.plans[BE_PLAN_PROVISIONED].per_month_usd,
               3 * 1.5 * 720 + 2 * 1440 * (0.75 - carried / 2) + 720);
  input.offers[0].n_windows = 0;
  /* A rate set of the same offer is carried by the same units, together, not twice. */
  workload->routes = g_renew (BeRoute, workload->routes, 2);
  workload->n_routes = 2;
  workload->routes[0] = (BeRoute){ 0, 0.5, 0.9, 1, false };
  workload->routes[1] = (BeRoute){ 1, 0.5, 0.9, 1, false };
  input.offers[1].account = 0;
  input.offers[1].standard = input.offers[0].standard;
  g_auto (Result) twice = evaluate (&input);
  assert_near (twice.plans[BE_PLAN_PROVISIONED].per_month_usd, plan->per_month_usd);
  workload->minimum_quality = 0.95;
  g_auto (Result) low = evaluate (&input);
  g_assert_cmpint (low.plans[BE_PLAN_PROVISIONED].feasible, ==, BE_INFEASIBLE_QUALITY);
  be_plan_input_clear (&input);
}

static void
test_refusals (void)
{
  BePlanInput input;
  Result result;
  start (&input);
  BePool *pool = add_pool (&input);
  be_plan_result_init (&result);
  g_assert_cmpint (be_plan_evaluate (&input, &result), ==, BE_OK);
  input.workloads[0].routes[0].share = 0.9; /* a split that leaves requests out */
  g_assert_cmpint (be_plan_evaluate (&input, &result), ==, BE_INVALID);
  input.workloads[0].routes[0].share = 1;
  pool->serves = g_renew (BeServes, pool->serves, 2);
  pool->n_serves = 2;
  pool->serves[0].share = 0.6;
  pool->serves[1] = pool->serves[0]; /* 120 % served */
  g_assert_cmpint (be_plan_evaluate (&input, &result), ==, BE_INVALID);
  pool->serves[1].share = 0.4;
  g_assert_cmpint (be_plan_evaluate (&input, &result), ==, BE_OK);
  pool->rent_kind = BE_RENT_SPOT;
  pool->interruption = 1;
  g_assert_cmpint (be_plan_evaluate (&input, &result), ==, BE_INVALID);
  pool->interruption = 0;
  pool->minimum = 3;
  pool->maximum = 2; /* more at least than at most */
  g_assert_cmpint (be_plan_evaluate (&input, &result), ==, BE_INVALID);
  pool->maximum = 3;
  g_assert_cmpint (be_plan_evaluate (&input, &result), ==, BE_OK);
  be_plan_result_clear (&result);
  be_plan_input_clear (&input);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bill/turns", test_turns);
  g_test_add_func ("/bill/derived-cache", test_derived_cache);
  g_test_add_func ("/bill/failures", test_failures);
  g_test_add_func ("/bill/failures-without-speed", test_failures_without_speed);
  g_test_add_func ("/bill/windows", test_windows);
  g_test_add_func ("/bill/accounts", test_accounts);
  g_test_add_func ("/bill/rate-limits", test_rate_limits);
  g_test_add_func ("/bill/shares-of-a-pool", test_shares_of_a_pool);
  g_test_add_func ("/bill/overflow", test_overflow);
  g_test_add_func ("/bill/quality-floor", test_quality_floor);
  g_test_add_func ("/bill/nothing-billed", test_nothing_billed);
  g_test_add_func ("/bill/provisioned", test_provisioned);
  g_test_add_func ("/bill/refusals", test_refusals);
  return g_test_run ();
}
