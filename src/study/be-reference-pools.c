/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Published examples of replicas and fleets, worked out by the plan's evaluation. */
#include "study/be-reference-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const double day_curve[24] = { .2,  .15,  .1,  .1,  .1,  .15, .3, .5, .8, 1,  1.1, 1.2,
                                      1.2, 1.15, 1.1, 1.1, 1.0, .9,  .7, .6, .5, .4, .35, .25 };

BePool *
be_reference_add_pool (BePlanInput *input, double tokens_per_second, double gpu_hour)
{
  input->pools = g_new0 (BePool, 1);
  input->n_pools = 1;
  BePool *pool = input->pools;
  be_pool_init (pool);
  pool->serves = g_new0 (BeServes, 1);
  pool->n_serves = 1;
  pool->serves[0] = (BeServes){ 0, 1, 1, 1, NULL };
  pool->throughput_measured = true;
  pool->output_tokens_per_second = tokens_per_second;
  pool->gpu_hour_usd = gpu_hour;
  pool->minimum = pool->spare = 0;
  pool->wait_probability = 1;
  return pool;
}

/* One replica, used to the last token. */
static void
check_full_replica (GArray *checks, const char *id, const char *what, const char *source,
                    double rate, double speed, double published, double half)
{
  BePlanInput input;

  be_reference_start (&input, 1, speed * 86.4, 0, 1000);
  be_reference_set_rates (&input.offers[0], 1, 1, 1);
  be_reference_add_pool (&input, speed, rate);
  be_reference_add_rounded (checks, id, what, source, published, half,
                            be_reference_cost (&input, BE_PLAN_SELF_HOSTED) / (speed * 720 * 3600)
                                * 1e6);
  be_plan_input_clear (&input);
}

static void
check_staircase (GArray *checks)
{
  static const struct {
    const char *what;
    double usd;
  } published[] = {
    { N_ ("day curve: hosted, $/month"), 10512 }, { N_ ("hybrid with one replica"), 8130 },
    { N_ ("with two, the optimum"), 7783 },       { N_ ("with three"), 8805 },
    { N_ ("with four, all self-hosted"), 11680 },
  };
  const char *source = N_ ("Own illustration in the cost model");
  BePlanInput input;
  BePlanResult result;
  BeCrossover crossover = { 0 };

  be_reference_start (&input, 1, 4000 * 86.4, 0, 1000);
  input.month_hours = 730;
  be_reference_set_rates (&input.offers[0], 1, 1, 1);
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    input.workloads[0].profile[hour] = day_curve[hour % 24];
  be_reference_add_pool (&input, 2500, 4);
  be_plan_result_init (&result);
  be_plan_evaluate (&input, &result);
  for (guint n = 0; n < G_N_ELEMENTS (published); n++)
    be_reference_add_rounded (checks, "W36", published[n].what, source, published[n].usd, 0.5,
                              n < result.hybrid[0].n_costs ? result.hybrid[0].costs[n] : NAN);
  be_plan_result_clear (&result);
  if (be_study_crossover (&input, &crossover, NULL)) {
    be_reference_add_rounded (checks, "W36", N_ ("first cheaper at this factor of the volume"),
                              source, 5 / 18.0, 1e-6, crossover.first / (4000 * 86.4));
    be_reference_add_rounded (checks, "W36", N_ ("cheaper for good from this factor on"), source,
                              5 / 3.0, 1e-6, crossover.permanent / (4000 * 86.4));
    be_crossover_clear (&crossover);
  }
  be_plan_input_clear (&input);
}

/* 64 accelerators for four years, bought or rented for the 70 % of the time that they are used:
 * 448 tenths of one. */
static void
check_owned (GArray *checks)
{
  const char *source = N_ ("Legitlads, return on accelerators");
  const double months = 48, capex = 1920000, other = 728681;
  BePlanInput input;

  be_reference_start (&input, 1, 1, 0, 1);
  input.month_hours = 730;
  be_reference_set_rates (&input.offers[0], 1, 1, 1);
  BePool *pool = be_reference_add_pool (&input, 1e6, 0.2);
  pool->minimum = 448;
  double cloud = be_reference_cost (&input, BE_PLAN_SELF_HOSTED) * months;
  pool->minimum = 64;
  pool->rent_kind = BE_RENT_OWNED;
  pool->capex_usd = capex / 64;
  pool->life_years = 4;
  pool->residual = pool->cost_of_capital = pool->maintenance = 0;
  pool->kw = pool->pue = pool->per_kwh_usd = pool->colocation_per_kw_month_usd = 0;
  pool->fixed_per_month_usd = other / months;
  double own = be_reference_cost (&input, BE_PLAN_SELF_HOSTED) * months;
  be_plan_input_clear (&input);
  be_reference_add_rounded (checks, "W9", N_ ("64 accelerators owned for four years, $"), source,
                            2648681, 1, own);
  be_reference_add_rounded (checks, "W9", N_ ("rented at $2/h for 70 % of the time, $"), source,
                            3139584, 1, cloud);
  be_reference_add_rounded (checks, "W9", N_ ("owning saves, $"), source, 490903, 1, cloud - own);
  be_reference_add_rounded (checks, "W9", N_ ("use in % from which owning is cheaper"), source, 59,
                            0.5, 70 * own / cloud);
  be_reference_add_left_out (checks, "W9", N_ ("net present value at 10 %, $"), source, -9440,
                             N_ ("a matter of cash over time, not of the monthly bill"));
}

/* A fifth of the day in its busiest hour, replicas of two GPUs in servers of eight. */
static void
check_agents (GArray *checks)
{
  const char *source = N_ ("Agentic example by NVIDIA's method");
  BePlanInput input;
  BePlanResult result;

  be_reference_start (&input, 1, 120000, 3000, 100);
  input.month_hours = 730;
  be_reference_set_rates (&input.offers[0], 1, 1, 1);
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    input.workloads[0].profile[hour] = 24 * (hour % 24 == 23 ? 0.2 : 0.8 / 23);
  BePool *pool = be_reference_add_pool (&input, 250, 0);
  pool->gpus_per_replica = 2;
  pool->gpus_per_instance = 8;
  pool->fixed_per_month_usd = 87500 / 12.0;
  be_plan_result_init (&result);
  be_plan_evaluate (&input, &result);
  const BePoolResult *fleet = &result.self_hosted[0];
  const BePlan *plan = &result.plans[BE_PLAN_SELF_HOSTED];
  be_reference_add_rounded (checks, "W11", N_ ("requests a second at the peak hour"), source, 6.7,
                            0.05, fleet->peak_replicas * 2.5);
  be_reference_add_rounded (checks, "W11", N_ ("replicas of 2.5 requests a second"), source, 3, 0,
                            fleet->replicas);
  be_reference_add_rounded (checks, "W11", N_ ("servers of eight GPUs"), source, 1, 0,
                            fleet->gpus / 8.0);
  be_reference_add_rounded (checks, "W11", N_ ("$ for a thousand requests at $87,500 a year"),
                            source, 2, 0.005, plan->per_request_usd * 1000);
  be_plan_result_clear (&result);
  be_plan_input_clear (&input);
  be_reference_add_left_out (checks, "W11", N_ ("$ for a million tokens"), source, 0.57,
                             N_ ("the lengths of the requests are not given"));
}

void
be_reference_check_pools (GArray *checks)
{
  const char *meter = N_ ("vllm-cost-meter, results C1");

  check_full_replica (checks, "W16", N_ ("$6.98/h at 255 tokens/s, $ for a million output tokens"),
                      meter, 6.98, 255.14653291847958, 7.599119, 1e-6);
  check_full_replica (checks, "W16", N_ ("the same at 2,464 tokens/s"), meter, 6.98,
                      2464.4452299005106, 0.786745, 1e-6);
  check_full_replica (checks, "W16", N_ ("the same at 6,238 tokens/s"), meter, 6.98, 6237.6, 0.3108,
                      5e-5);
  check_full_replica (checks, "W30", N_ ("$2.80/h at 1,000 tokens/s"),
                      N_ ("InferenceX-app, tests of its charts"), 2.8, 1000, 0.7777777777777777,
                      1e-9);
  check_owned (checks);
  check_agents (checks);
  check_staircase (checks);
}
