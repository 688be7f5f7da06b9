/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inputs for the tests of bills, built without a file. */
#include "bill-inputs.h"

#include <math.h>

void
start (BePlanInput *input)
{
  be_plan_input_init (input);
  input->month_hours = 720;
  input->offers = g_new0 (BeOffer, N_OFFERS);
  input->n_offers = N_OFFERS;
  for (int i = 0; i < N_OFFERS; i++) {
    be_offer_init (&input->offers[i]);
    input->offers[i].account = i;
    input->offers[i].standard.per_mtok[BE_RATE_INPUT] = 1 + i;
    input->offers[i].standard.per_mtok[BE_RATE_OUTPUT] = 10 + 10 * i;
  }
  input->workloads = g_new0 (BeWorkload, 1);
  input->n_workloads = 1;
  BeWorkload *workload = input->workloads;
  be_workload_init (workload);
  workload->requests_per_day = 24000;
  workload->input = 1000;
  workload->output = 100;
  workload->buffer = 0;
  workload->routes = g_new0 (BeRoute, 1);
  workload->n_routes = 1;
  workload->routes[0] = (BeRoute){ 0, 1, 0.9, 1, false };
}

BePool *
add_pool (BePlanInput *input)
{
  input->pools = g_new0 (BePool, 1);
  input->n_pools = 1;
  BePool *pool = input->pools;
  be_pool_init (pool);
  pool->serves = g_new0 (BeServes, 1);
  pool->n_serves = 1;
  pool->serves[0] = (BeServes){ 0, 1, 0.8, 1, NULL };
  pool->throughput_measured = true;
  pool->output_tokens_per_second = 2500;
  pool->gpu_hour_usd = 4;
  pool->spare = pool->minimum = 0;
  input->workloads[0].input = 0;
  input->workloads[0].output = 4500; /* 1,000 requests an hour: 0.5 replicas */
  return pool;
}

void
set_profile (BeWorkload *workload, double night, double day)
{
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    workload->profile[hour] = hour % 24 < 12 ? night : day;
}

Result
evaluate (const BePlanInput *input)
{
  Result result;
  be_plan_result_init (&result);
  g_assert_cmpint (be_plan_evaluate (input, &result), ==, BE_OK);
  for (int i = 0; i < BE_N_PLANS; i++) {
    const BePlan *plan = &result.plans[i];
    double sum = 0;
    for (size_t line = 0; line < plan->n_lines; line++)
      sum += plan->lines[line].usd;
    if (plan->defined && plan->feasible == BE_FEASIBLE)
      assert_near (sum, plan->per_month_usd);
  }
  return result;
}

double
hosted (const BePlanInput *input)
{
  g_auto (Result) result = evaluate (input);
  g_assert_cmpint (result.plans[BE_PLAN_HOSTED].feasible, ==, BE_FEASIBLE);
  return result.plans[BE_PLAN_HOSTED].per_month_usd;
}

double
self_hosted (const BePlanInput *input)
{
  g_auto (Result) result = evaluate (input);
  g_assert_cmpint (result.plans[BE_PLAN_SELF_HOSTED].feasible, ==, BE_FEASIBLE);
  return result.plans[BE_PLAN_SELF_HOSTED].per_month_usd;
}

double
line_usd (const BePlan *plan, BeLineKind kind)
{
  double usd = 0;
  for (size_t i = 0; i < plan->n_lines; i++)
    usd += plan->lines[i].kind == kind ? plan->lines[i].usd : 0;
  return usd;
}
