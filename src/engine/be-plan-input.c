/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory, defaults and ranges of what the evaluation takes. */
#include "engine/be-plan-internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void
be_plan_input_init (BePlanInput *input)
{
  memset (input, 0, sizeof *input);
  input->month_hours = 730;
  input->volume = 1;
}

static void
clear_pool (BePool *pool)
{
  for (size_t i = 0; pool->serves != NULL && i < pool->n_serves; i++)
    free (pool->serves[i].replaces);
  free (pool->serves);
  free (pool->people);
}

void
be_plan_input_clear (BePlanInput *input)
{
  for (size_t i = 0; input->offers != NULL && i < input->n_offers; i++)
    be_offer_clear (&input->offers[i]);
  for (size_t i = 0; input->workloads != NULL && i < input->n_workloads; i++)
    free (input->workloads[i].routes);
  for (size_t i = 0; input->pools != NULL && i < input->n_pools; i++)
    clear_pool (&input->pools[i]);
  free (input->offers);
  free (input->workloads);
  free (input->pools);
  free (input->provisioned);
  be_plan_input_init (input);
}

void
be_workload_init (BeWorkload *workload)
{
  memset (workload, 0, sizeof *workload);
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    workload->profile[hour] = 1;
  workload->turns = 1;
  workload->cache_ttl_minutes = 5;
  workload->cache_prefixes = 1;
  workload->retry_billed_share = 1;
  workload->max_retries = 3;
  workload->buffer = 0.2;
}

void
be_pool_init (BePool *pool)
{
  memset (pool, 0, sizeof *pool);
  pool->gpus_per_replica = 1;
  pool->sequences = NAN;
  pool->measured_tpot_ms = NAN;
  pool->measured_ttft_ms = NAN;
  pool->serving.tensor_parallel = 1;
  pool->serving.pipeline_stages = 1;
  pool->serving.attention_dp = 1;
  pool->serving.software_efficiency = 1;
  pool->capex_usd = pool->reserved_gpu_hour_usd = NAN;
  pool->target_tpot_ms = 50;
  pool->wait_s = 1;
  pool->wait_probability = 0.05;
  pool->minimum = 1;
  pool->maximum = 10000;
  pool->cold_start_minutes = 2;
  pool->overflow_offer = -1;
}

/* A copy of n members of `size` bytes; NULL for none, *failed when memory is out. */
static void *
copy_array (const void *from, size_t n, size_t size, bool *failed)
{
  if (n == 0 || from == NULL)
    return NULL;
  void *to = malloc (n * size);
  if (to == NULL)
    *failed = true;
  else
    memcpy (to, from, n * size);
  return to;
}

static void
copy_pool (BePool *to, const BePool *from, const BePlanInput *input, bool *failed)
{
  to->serves = copy_array (from->serves, from->n_serves, sizeof *from->serves, failed);
  to->people = copy_array (from->people, from->n_people, sizeof *from->people, failed);
  for (size_t i = 0; to->serves != NULL && i < from->n_serves; i++) {
    const BeServes *serves = &from->serves[i];
    size_t n_routes = input->workloads[serves->workload].n_routes;
    to->serves[i].replaces = copy_array (serves->replaces, n_routes, 1, failed);
  }
}

BeStatus
be_plan_input_copy (BePlanInput *to, const BePlanInput *from)
{
  bool failed = false;

  *to = *from;
  to->offers = copy_array (from->offers, from->n_offers, sizeof *from->offers, &failed);
  to->workloads = copy_array (from->workloads, from->n_workloads, sizeof *from->workloads, &failed);
  to->pools = copy_array (from->pools, from->n_pools, sizeof *from->pools, &failed);
  to->provisioned =
      copy_array (from->provisioned, from->n_provisioned, sizeof *from->provisioned, &failed);
  for (size_t i = 0; to->offers != NULL && i < from->n_offers; i++)
    if (be_offer_copy (&to->offers[i], &from->offers[i]) != BE_OK)
      failed = true;
  for (size_t i = 0; to->workloads != NULL && i < from->n_workloads; i++)
    to->workloads[i].routes = copy_array (from->workloads[i].routes, from->workloads[i].n_routes,
                                          sizeof *from->workloads[i].routes, &failed);
  for (size_t i = 0; to->pools != NULL && i < from->n_pools; i++)
    copy_pool (&to->pools[i], &from->pools[i], from, &failed);
  if (failed) {
    be_plan_input_clear (to);
    return BE_NO_MEMORY;
  }
  return BE_OK;
}

/* What shares may miss their sum by: figures typed with a few digits. */
#define SHARE_SLACK 1e-6

static bool
positive (double x)
{
  return isfinite (x) && x > 0;
}

static bool
not_negative (double x)
{
  return isfinite (x) && x >= 0;
}

static bool
is_share (double x)
{
  return x >= 0 && x <= 1 + 1e-9;
}

static bool
profile_valid (const double *profile)
{
  double sum = 0;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    if (!not_negative (profile[hour]))
      return false;
    sum += profile[hour];
  }
  return positive (sum);
}

static bool
routes_valid (const BeWorkload *workload, size_t n_offers)
{
  double before = 1, sum = 0;
  for (size_t i = 0; i < workload->n_routes; i++) {
    const BeRoute *route = &workload->routes[i];
    if (!is_share (route->share) || !positive (route->token_factor)
        || route->offer >= (int) n_offers || !is_share (route->quality))
      return false;
    if (workload->routing == BE_ROUTING_CASCADE && route->share > before + 1e-9)
      return false;
    before = route->share;
    sum += route->share;
  }
  return workload->n_routes == 0 || workload->routing == BE_ROUTING_CASCADE
         || fabs (sum - 1) <= SHARE_SLACK;
}

/* No route is served more than whole, over all pools. */
static bool
serves_valid (const BePlanInput *input)
{
  for (size_t w = 0; w < input->n_workloads; w++)
    for (size_t r = 0; r < input->workloads[w].n_routes; r++) {
      double sum = 0;
      for (size_t p = 0; p < input->n_pools; p++)
        for (size_t i = 0; i < input->pools[p].n_serves; i++) {
          const BeServes *serves = &input->pools[p].serves[i];
          if (serves->workload == (int) w && (serves->replaces == NULL || serves->replaces[r]))
            sum += serves->share;
        }
      if (sum > 1 + SHARE_SLACK)
        return false;
    }
  return true;
}

static bool
workload_valid (const BeWorkload *workload, size_t n_offers)
{
  const double amounts[] = {
    workload->requests_per_day,
    workload->system,
    workload->input,
    workload->output,
    workload->reasoning,
    workload->input_spread,
    workload->output_spread,
    workload->timeout_s,
    workload->buffer,
    workload->searches_per_request,
    workload->overhead_per_request_usd,
  };
  for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++)
    if (!not_negative (amounts[i]))
      return false;
  if (workload->cache_source == BE_CACHE_GIVEN) {
    if (!is_share (workload->cache_read_share) || !is_share (workload->cache_write_share)
        || !is_share (workload->cache_read_share + workload->cache_write_share))
      return false;
  } else if (!is_share (workload->cache_prefix_share) || !positive (workload->cache_prefixes)
             || !not_negative (workload->cache_ttl_minutes)) {
    return false;
  }
  return workload->turns >= 1 && is_share (workload->batch_share) && is_share (workload->retry_rate)
         && is_share (workload->retry_billed_share) && workload->max_retries >= 0
         && profile_valid (workload->profile) && routes_valid (workload, n_offers);
}

static bool
pool_valid (const BePool *pool, const BePlanInput *input)
{
  const double amounts[] = {
    pool->wait_s,           pool->cold_start_minutes,  pool->per_fte_month_usd,
    pool->overhead_share,   pool->fixed_per_month_usd, pool->target_tpot_ms,
    pool->prefix_hit_share,
  };
  for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++)
    if (!not_negative (amounts[i]))
      return false;
  for (size_t i = 0; i < pool->n_serves; i++)
    if (pool->serves[i].workload < 0 || pool->serves[i].workload >= (int) input->n_workloads
        || !is_share (pool->serves[i].share) || !positive (pool->serves[i].token_factor))
      return false;
  bool owned = pool->rent_kind == BE_RENT_OWNED;
  if (owned ? !positive (pool->life_years) || pool->capex_usd < 0
            : !not_negative (pool->gpu_hour_usd) || pool->reserved_gpu_hour_usd < 0)
    return false;
  if (pool->maximum > 0 && pool->minimum > pool->maximum)
    return false;
  if (pool->rent_kind == BE_RENT_SPOT && !(pool->interruption >= 0 && pool->interruption < 1))
    return false;
  return pool->gpus_per_replica >= 1 && pool->gpus_per_instance >= 0 && pool->minimum >= 0
         && pool->spare >= 0 && is_share (pool->wait_probability)
         && is_share (pool->prefix_hit_share) && pool->overflow_offer < (int) input->n_offers;
}

bool
be_plan_input_valid (const BePlanInput *input)
{
  if (!positive (input->month_hours) || !not_negative (input->volume))
    return false;
  for (size_t i = 0; i < input->n_offers; i++)
    if (input->offers[i].account >= (int) input->n_offers || !is_share (input->offers[i].discount))
      return false;
  for (size_t i = 0; i < input->n_workloads; i++)
    if (!workload_valid (&input->workloads[i], input->n_offers))
      return false;
  for (size_t i = 0; i < input->n_pools; i++)
    if (!pool_valid (&input->pools[i], input))
      return false;
  for (size_t i = 0; i < input->n_provisioned; i++) {
    const BeProvisioned *row = &input->provisioned[i];
    if (row->workload < 0 || row->workload >= (int) input->n_workloads
        || row->offer >= (int) input->n_offers || !not_negative (row->units)
        || !not_negative (row->unit_hour_usd) || !not_negative (row->tokens_per_minute_per_unit))
      return false;
  }
  return serves_valid (input);
}
