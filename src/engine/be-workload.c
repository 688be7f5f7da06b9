/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows from a workload's inputs: volume, prompt length, cache shares, retries. */
#include "engine/be-plan-internal.h"

#include <math.h>

double
be_workload_prompt (const BeWorkload *workload)
{
  return workload->system + (workload->turns + 1) / 2.0 * (workload->input + workload->output)
         - workload->output;
}

double
be_turn_prompt (const BeWorkload *workload, int turn)
{
  return workload->system + turn * workload->input + (turn - 1) * workload->output;
}

double
be_workload_share_above (const BeWorkload *workload, double token_factor, double tokens)
{
  double room = tokens - (workload->output + workload->reasoning) * token_factor, above = 0;

  if (isnan (room))
    return NAN;
  for (int turn = 1; turn <= workload->turns; turn++) {
    double q, g;
    be_lognormal_above (be_turn_prompt (workload, turn) * token_factor, workload->input_spread,
                        room, &q, &g);
    above += q;
  }
  return above / workload->turns;
}

void
be_retry_factors (double rate, int retries, double billed_share, double *attempts, double *billed)
{
  if (rate >= 1) {
    *attempts = retries + 1.0;
    *billed = *attempts * billed_share;
    return;
  }
  double success = 1 - pow (rate, retries + 1.0);
  *attempts = success / (1 - rate);
  *billed = success + rate * *attempts * billed_share;
}

static void
derive_profile (BeFlow *flow)
{
  const double *profile = flow->workload->profile;
  double sum = 0;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    sum += profile[hour];
  for (int day = 0; day < BE_WEEK_DAYS; day++) {
    double of_day = 0;
    for (int hour = day * BE_DAY_HOURS; hour < (day + 1) * BE_DAY_HOURS; hour++) {
      flow->profile[hour] = profile[hour] * BE_WEEK_HOURS / sum;
      of_day += flow->profile[hour];
    }
    flow->day_weight[day] = of_day / BE_DAY_HOURS;
  }
}

/* Share of arrivals that find their prefix still cached, averaged over the week by traffic. */
static double
derived_hit (const BeFlow *flow)
{
  const BeWorkload *workload = flow->workload;
  double per_ttl = flow->per_hour / workload->cache_prefixes * workload->cache_ttl_minutes / 60;
  double hit = 0;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    hit -= flow->profile[hour] * expm1 (-per_ttl * flow->profile[hour]);
  return fmin (hit / BE_WEEK_HOURS, 1); /* the mean of 168 ones may be a hair more */
}

static void
derive_cache (BeFlow *flow)
{
  const BeWorkload *workload = flow->workload;
  flow->write_1h = workload->cache_ttl_minutes > 5;
  flow->read_share = workload->cache_read_share;
  flow->write_share = workload->cache_write_share;
  if (workload->cache_source == BE_CACHE_DERIVED) {
    double hit = workload->cache_prefix_share > 0 ? derived_hit (flow) : 0;
    flow->read_share = workload->cache_prefix_share * hit;
    flow->write_share = workload->cache_prefix_share * (1 - hit);
  }
}

void
be_flow_derive (BeFlow *flow, const BeWorkload *workload, double volume, double month_hours)
{
  flow->workload = workload;
  flow->per_hour = workload->requests_per_day * volume / BE_DAY_HOURS;
  flow->per_month = flow->per_hour * month_hours;
  flow->prompt = be_workload_prompt (workload);
  derive_profile (flow);
  derive_cache (flow);
  be_retry_factors (workload->retry_rate, workload->max_retries, workload->retry_billed_share,
                    &flow->attempts, &flow->billed);
}
