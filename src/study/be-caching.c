/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a prompt cache does at a rate of arrivals: none, five minutes, one hour. */
#include "study/be-study-private.h"

#include <math.h>

/* The share of the prompt that repeats: as set, else what is given as read and written, else the
 * system prompt. */
static double
prefix_share (const BeWorkload *workload)
{
  double prompt = be_workload_prompt (workload);
  double given = workload->cache_read_share + workload->cache_write_share;

  if (workload->cache_prefix_share > 0)
    return workload->cache_prefix_share;
  if (workload->cache_source == BE_CACHE_GIVEN && given > 0)
    return fmin (given, 1);
  return prompt > 0 ? workload->system / prompt : 0;
}

static double
line_quantity (const BePlan *plan, BeLineKind kind)
{
  double quantity = 0;

  for (size_t i = 0; i < plan->n_lines; i++)
    if (plan->lines[i].kind == kind)
      quantity += plan->lines[i].quantity;
  return quantity;
}

gboolean
be_study_caching (const BePlanInput *input, int workload, double volume_factor,
                  BeCacheCase cases[BE_N_CACHE_CASES], GError **error)
{
  static const double ttl_minutes[BE_N_CACHE_CASES] = { 0, 5, 60 };
  BePlanInput alone;
  BePlanResult result;
  gboolean valid = TRUE;

  if (!be_alone_init (&alone, input, workload, error))
    return FALSE;
  BeWorkload *only = &alone.workloads[0];
  double share = prefix_share (only);
  alone.volume *= volume_factor;
  only->cache_source = BE_CACHE_DERIVED;
  if (!(only->cache_prefixes > 0))
    only->cache_prefixes = 1;
  be_plan_result_init (&result);
  for (int i = 0; i < BE_N_CACHE_CASES && valid; i++) {
    const BePlan *plan = &result.plans[BE_PLAN_HOSTED];
    only->cache_prefix_share = i == BE_CACHE_CASE_NONE ? 0 : share;
    only->cache_ttl_minutes = ttl_minutes[i];
    valid = be_alone_cost (&alone, &result, &cases[i].per_month_usd);
    double read = line_quantity (plan, BE_LINE_CACHED_INPUT);
    double written = line_quantity (plan, BE_LINE_CACHE_WRITE);
    cases[i].hit = read + written > 0 ? read / (read + written) : 0;
    cases[i].prefix_share = share;
  }
  be_plan_result_clear (&result);
  be_alone_clear (&alone);
  if (!valid)
    be_study_fail_prices (error);
  return valid;
}

double
be_cache_break_even (const BeOffer *offer, gboolean one_hour)
{
  double input = be_offer_rate (offer, BE_RATE_INPUT, false, -1, -1);
  double read = be_offer_rate (offer, BE_RATE_CACHED_INPUT, false, -1, -1);
  double write =
      be_offer_rate (offer, one_hour ? BE_RATE_CACHE_WRITE_1H : BE_RATE_CACHE_WRITE, false, -1, -1);

  if (!(read < input))
    return INFINITY;
  return fmax (write - input, 0) / (input - read);
}
