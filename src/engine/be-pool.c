/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pool: its throughput for what it serves, its load hour by hour, the replicas it needs. */
#include "engine/be-plan-internal.h"

#include <math.h>
#include <string.h>

/* What is bought, or reserved for a year or three, is paid at every hour. */
bool
be_pool_scales (const BePool *pool)
{
  return pool->autoscale
         && (pool->rent_kind == BE_RENT_ON_DEMAND || pool->rent_kind == BE_RENT_SPOT);
}

static BeFeasibility
measured_speed (BePoolEntry *entry, const BePool *pool, double output)
{
  if (!(pool->output_tokens_per_second > 0))
    return BE_INFEASIBLE_NO_THROUGHPUT;
  entry->tokens_per_second = pool->output_tokens_per_second;
  entry->sequences = pool->sequences > 0 ? pool->sequences : NAN;
  double ttft = isnan (pool->measured_ttft_ms) ? 0 : pool->measured_ttft_ms / 1000;
  entry->hold_s = ttft + output * entry->sequences / entry->tokens_per_second;
  entry->latency_s = entry->hold_s;
  if (!isnan (pool->measured_tpot_ms))
    entry->latency_s = ttft + output * pool->measured_tpot_ms / 1000;
  return BE_FEASIBLE;
}

/* The serving model's answer, worked out once for the same setup and lengths. */
static BeStatus
serve (BePoolEntry *entry, const BeServingSetup *setup, const BeServingDemand *demand,
       double prompt, double output, BeServingResult *result)
{
  struct BeSpeedMemory *memory = entry->memory;

  if (memory == NULL)
    return be_serving_evaluate (setup, demand, prompt, output, result);
  if (!memory->known || memory->prompt != prompt || memory->output != output
      || memcmp (&memory->demand, demand, sizeof *demand) != 0
      || memcmp (&memory->setup, setup, sizeof *setup) != 0) {
    memory->setup = *setup;
    memory->demand = *demand;
    memory->prompt = prompt;
    memory->output = output;
    memory->status = be_serving_evaluate (setup, demand, prompt, output, &memory->result);
    memory->known = true;
  }
  *result = memory->result;
  return memory->status;
}

static BeFeasibility
computed_speed (BePoolEntry *entry, BePoolState *state, double prompt, double output)
{
  const BePool *pool = state->pool;
  BeServingDemand demand;
  BeServingResult result;

  if (!pool->serving_known)
    return BE_INFEASIBLE_NO_THROUGHPUT;
  memset (&demand, 0, sizeof demand); /* it is compared as bytes */
  demand.tpot_s = pool->target_tpot_ms / 1000;
  demand.whole_batch = true;
  demand.prefix_hit = pool->prefix_hit_share;
  BeStatus status = serve (entry, &pool->serving, &demand, prompt, output, &result);
  if (status == BE_DOES_NOT_FIT)
    return BE_INFEASIBLE_DOES_NOT_FIT;
  if (status != BE_OK || !(result.output_tokens_per_second > 0))
    return BE_INFEASIBLE_NO_THROUGHPUT;
  entry->tokens_per_second = result.output_tokens_per_second;
  entry->sequences = result.sequences;
  entry->hold_s = result.ttft_s + output * result.tpot_s;
  entry->latency_s = entry->hold_s;
  state->free_share = fmin (state->free_share, result.free_share);
  return BE_FEASIBLE;
}

double
be_serves_reach (const BeServes *serves, const BeWorkload *workload)
{
  if (serves->replaces == NULL)
    return 1;
  double share = 0;
  for (size_t i = 0; i < workload->n_routes; i++)
    if (serves->replaces[i])
      share += workload->routes[i].share;
  return share;
}

static BeFeasibility
derive_entry (BePoolEntry *entry, BePoolState *state)
{
  const BeFlow *flow = entry->flow;
  double factor = entry->serves->token_factor;
  double output = (flow->workload->output + flow->workload->reasoning) * factor;

  entry->replaced = be_serves_reach (entry->serves, flow->workload);
  entry->fraction = entry->serves->share * entry->replaced;
  if (!(output > 0))
    return BE_INFEASIBLE_NO_THROUGHPUT;
  BeFeasibility feasible = state->pool->throughput_measured
                               ? measured_speed (entry, state->pool, output)
                               : computed_speed (entry, state, flow->prompt * factor, output);
  if (feasible == BE_FEASIBLE)
    entry->work = flow->billed * output / entry->tokens_per_second / 3600;
  return feasible;
}

/* USD of one of the entry's requests if it is hosted, at an hour or (deferred) on a day. */
static double
request_usd (const BePoolEntry *entry, const BePlanInput *input, bool elsewhere, bool deferred,
             int when)
{
  const BeWorkload *workload = entry->flow->workload;
  double usd = 0;
  if (elsewhere && entry->overflow != NULL) {
    const BeOffer *offer = &input->offers[entry->overflow->offer];
    return deferred ? be_route_day_usd (entry->overflow, offer, when)
                    : be_route_hour_usd (entry->overflow, offer, when);
  }
  for (size_t i = 0; i < workload->n_routes && entry->replaced > 0; i++) {
    const BeRouteBook *book = &entry->books[i];
    if (book->offer < 0 || (entry->serves->replaces != NULL && !entry->serves->replaces[i]))
      continue;
    const BeOffer *offer = &input->offers[book->offer];
    usd +=
        book->share / entry->replaced
        * (deferred ? be_route_day_usd (book, offer, when) : be_route_hour_usd (book, offer, when));
  }
  return usd;
}

/* Whether what a request costs hosted depends on when it comes. */
static bool
has_windows (const BePoolEntry *entry)
{
  bool found = entry->overflow != NULL && entry->overflow->n_cells > 1;
  for (size_t i = 0; i < entry->flow->workload->n_routes; i++)
    found |= entry->books[i].offer >= 0 && entry->books[i].n_cells > 1;
  return found;
}

static void
add_hosted (BePoolState *state, const BePoolEntry *entry, const BePlanInput *input)
{
  const BeFlow *flow = entry->flow;
  double batch = flow->workload->batch_share, kept = 1 + flow->workload->buffer;
  double hourly = flow->per_month / BE_WEEK_HOURS * entry->fraction * kept;
  bool varies = has_windows (entry);
  double elsewhere = 0, here = 0;

  for (int hour = 0; hour < BE_WEEK_HOURS && batch < 1; hour++) {
    double requests = hourly * flow->profile[hour] * (1 - batch);
    if (varies || hour == 0) {
      elsewhere = request_usd (entry, input, true, false, hour);
      here = request_usd (entry, input, false, false, hour);
    }
    state->overflow_usd[hour] += requests * elsewhere;
    state->hosted_usd += requests * here;
  }
  for (int day = 0; day < BE_WEEK_DAYS && batch > 0; day++) {
    double requests = hourly * flow->day_weight[day] * BE_DAY_HOURS * batch;
    if (varies || day == 0) {
      elsewhere = request_usd (entry, input, true, true, day);
      here = request_usd (entry, input, false, true, day);
    }
    state->overflow_deferred_usd[day] += requests * elsewhere;
    state->hosted_usd += requests * here;
  }
}

static void
add_load (BePoolState *state, const BePoolEntry *entry)
{
  const BeFlow *flow = entry->flow;
  double batch = flow->workload->batch_share;
  double requests = flow->per_hour * entry->fraction;

  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    double at_hour = requests * flow->profile[hour] * (1 - batch);
    state->load[hour] += at_hour * entry->work;
    state->erlangs[hour] += at_hour * flow->billed * entry->hold_s / 3600;
  }
  for (int day = 0; day < BE_WEEK_DAYS; day++)
    state->deferred[day] += requests * flow->day_weight[day] * BE_DAY_HOURS * batch * entry->work;
}

/* What the entries have in common: speed and buffer by their share of the pool's work; slots and
 * holding time, which only what does not wait needs, by what of it arrives. */
static void
mix_entries (BePoolState *state)
{
  size_t n = state->pool->n_serves;
  double work = 0, tokens = 0, arrivals = 0, erlangs = 0, servers = 0, buffer = 0;

  for (size_t i = 0; i < n; i++) {
    const BePoolEntry *entry = &state->entries[i];
    double requests = entry->flow->per_hour * entry->fraction;
    double arriving = requests * (1 - entry->flow->workload->batch_share) * entry->flow->billed;
    double weight = requests * entry->work;
    if (!(weight > 0))
      weight = 1e-300;
    if (!(arriving > 0))
      arriving = 1e-300;
    work += weight;
    tokens += weight * entry->tokens_per_second;
    buffer += weight * entry->flow->workload->buffer;
    arrivals += arriving;
    erlangs += arriving * entry->hold_s;
    servers += arriving * entry->hold_s * entry->sequences;
  }
  state->tokens_per_second = tokens / work;
  state->buffer = buffer / work;
  state->queue.servers_per_replica = servers / erlangs;
  state->queue.hold_s = erlangs / arrivals;
}

/* Smallest n that carries this much within the wait target. */
static int
replicas_for (BePoolState *state, double load, double erlangs, int limit)
{
  double whole = ceil (load * (1 - 1e-12));
  if (whole > limit)
    return limit + 1;
  int low = (int) whole;
  if (!state->queueing || !(erlangs > 0))
    return low;
  int high = low > 0 ? low : 1;
  while (high <= limit && be_queue_capacity (&state->queue, high) < erlangs) {
    low = high + 1;
    high += high / 8 + 1;
  }
  if (high > limit)
    high = limit + 1;
  while (low < high) {
    int middle = low + (high - low) / 2;
    if (be_queue_capacity (&state->queue, middle) < erlangs)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void
size_fleet (BePoolState *state)
{
  const BePool *pool = state->pool;
  int limit = pool->maximum > 0 ? pool->maximum : 10000;
  double mean = 0;

  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    int before = hour - BE_DAY_HOURS;
    bool same = before >= 0 && state->load[hour] == state->load[before]
                && state->erlangs[hour] == state->erlangs[before];
    state->needed[hour] =
        same ? state->needed[before]
             : replicas_for (state, state->load[hour], state->erlangs[hour], limit);
    if (state->needed[hour] > state->working)
      state->working = state->needed[hour];
    mean += state->load[hour];
    if (state->load[hour] > state->peak_load)
      state->peak_load = state->load[hour];
    if (state->erlangs[hour] > state->peak_erlangs)
      state->peak_erlangs = state->erlangs[hour];
  }
  for (int day = 0; day < BE_WEEK_DAYS; day++) {
    double of_day = state->deferred[day];
    mean += of_day;
    for (int hour = day * BE_DAY_HOURS; hour < (day + 1) * BE_DAY_HOURS; hour++)
      of_day += state->load[hour];
    if (state->deferred[day] > 0)
      state->peak_day = fmax (state->peak_day, of_day / BE_DAY_HOURS);
    double all_day = ceil (of_day / BE_DAY_HOURS * (1 - 1e-12));
    if (all_day > state->working && state->deferred[day] > 0)
      state->working = all_day > limit ? limit + 1 : (int) all_day;
  }
  state->mean_load = mean / BE_WEEK_HOURS;
  if (state->working > limit) {
    state->feasible = BE_INFEASIBLE_CAPACITY;
    state->working = limit;
  }
}

/* A minimum beyond this is not worth a table of queues up to it. */
enum { MOST_WITH_HEADROOM = 100000 };

double
be_pool_headroom (BePoolState *state, int n)
{
  double growth = INFINITY;
  if (be_pool_scales (state->pool) || state->feasible != BE_FEASIBLE || n > MOST_WITH_HEADROOM)
    return NAN;
  if (state->peak_load > 0)
    growth = n / state->peak_load;
  if (state->queueing && state->peak_erlangs > 0)
    growth = fmin (growth, be_queue_capacity (&state->queue, n) / state->peak_erlangs);
  if (state->peak_day > 0)
    growth = fmin (growth, n / state->peak_day);
  return growth;
}

static bool
rent_is_known (const BePool *pool)
{
  if (pool->rent_kind == BE_RENT_OWNED)
    return !isnan (pool->capex_usd);
  return pool->reserved_replicas == 0 || !isnan (pool->reserved_gpu_hour_usd);
}

BeStatus
be_pool_derive (BePoolState *state, const BeEvaluation *evaluation, int index)
{
  const BePlanInput *input = evaluation->input;
  const BePool *pool = &input->pools[index];

  state->pool = pool;
  state->free_share = NAN;
  state->feasible = rent_is_known (pool) ? BE_FEASIBLE : BE_INFEASIBLE_MISSING_PRICE;
  if (state->feasible != BE_FEASIBLE)
    return BE_OK;
  for (size_t i = 0; i < pool->n_serves; i++) {
    BePoolEntry *entry = &state->entries[i];
    BeFeasibility feasible = derive_entry (entry, state);
    if (feasible != BE_FEASIBLE) {
      state->feasible = feasible;
      return BE_OK;
    }
    add_load (state, entry);
    add_hosted (state, entry, input);
  }
  if (pool->n_serves > 0)
    mix_entries (state);
  state->queue.wait_s = pool->wait_s;
  state->queue.probability = pool->wait_probability;
  state->queueing = pool->wait_probability < 1 && state->queue.servers_per_replica >= 1
                    && state->queue.hold_s > 0;
  if (state->queueing)
    be_queue_recall (&state->queue, state->queue_memory);
  size_fleet (state);
  if (state->queueing && isnan (be_queue_capacity (&state->queue, state->working)))
    return BE_NO_MEMORY;
  return BE_OK;
}
