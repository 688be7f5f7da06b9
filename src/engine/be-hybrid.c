/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pools carry the base, what exceeds them overflows hour by hour to hosted offers. */
#include "engine/be-plan-internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* USD a month of a pool's traffic with n replicas, buffer included. */
static double
cost_of (const BePoolState *state, int n, double month_hours, BeFleetWeek *week)
{
  BePoolBill bill;
  if (n == 0)
    return state->hosted_usd;
  be_pool_run (state, n, 0, week);
  be_pool_bill (state, week, 0, month_hours, &bill);
  double usd = bill.total_usd * (1 + state->buffer);
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    usd += (1 - week->served[hour]) * state->overflow_usd[hour];
  for (int day = 0; day < BE_WEEK_DAYS; day++)
    usd += (1 - week->deferred_served[day]) * state->overflow_deferred_usd[day];
  return usd;
}

/* Erlangs by replica of load; NaN where hours differ in it, 0 without a wait target. */
static double
erlangs_per_load (const BePoolState *state)
{
  double ratio = 0;
  for (int hour = 0; hour < BE_WEEK_HOURS && state->queueing; hour++) {
    if (!(state->load[hour] > 0))
      continue;
    double here = state->erlangs[hour] / state->load[hour];
    if (ratio > 0 && fabs (here - ratio) > 1e-12 * ratio)
      return NAN;
    ratio = here;
  }
  return ratio;
}

/* The hours that n replicas do not carry whole, as n falls. */
typedef struct {
  int order[BE_WEEK_HOURS];       /* hours, those that need most first */
  int n_hours;                    /* of them that overflow */
  double usd, usd_by_load;        /* of these hours: all of it; divided by load */
  double day_load[BE_WEEK_DAYS];  /* of these hours */
  int day_hours[BE_WEEK_DAYS];    /* of these hours */
  double day_total[BE_WEEK_DAYS]; /* load of all hours */
  bool is_in[BE_WEEK_HOURS];
  int runs; /* of hours that are in, round the week */
} Overflow;

static void
overflow_init (Overflow *overflow, const BePoolState *state)
{
  memset (overflow, 0, sizeof *overflow);
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    int at = hour;
    overflow->day_total[hour / BE_DAY_HOURS] += state->load[hour];
    while (at > 0 && state->needed[overflow->order[at - 1]] < state->needed[hour]) {
      overflow->order[at] = overflow->order[at - 1];
      at--;
    }
    overflow->order[at] = hour;
  }
}

/* A run of hours of the week begins where an hour comes in whose neighbours are out, grows where
 * one is in, and two become one where both are. */
static void
join_runs (Overflow *overflow, int hour)
{
  bool before = overflow->is_in[(hour + BE_WEEK_HOURS - 1) % BE_WEEK_HOURS];
  bool after = overflow->is_in[(hour + 1) % BE_WEEK_HOURS];
  overflow->is_in[hour] = true;
  overflow->runs += 1 - before - after;
}

/* Lets the hours in that need more than n. */
static void
overflow_lower (Overflow *overflow, const BePoolState *state, int n)
{
  while (overflow->n_hours < BE_WEEK_HOURS
         && state->needed[overflow->order[overflow->n_hours]] > n) {
    int hour = overflow->order[overflow->n_hours++], day = hour / BE_DAY_HOURS;
    overflow->usd += state->overflow_usd[hour];
    overflow->usd_by_load += state->overflow_usd[hour] / state->load[hour];
    overflow->day_load[day] += state->load[hour];
    overflow->day_hours[day]++;
    join_runs (overflow, hour);
  }
}

/* USD a month of what n replicas, which carry this load at most in an hour, leave over. */
static double
overflow_cost (const Overflow *overflow, const BePoolState *state, int n, double carried)
{
  double usd = fmax (overflow->usd - carried * overflow->usd_by_load, 0);
  for (int day = 0; day < BE_WEEK_DAYS; day++) {
    double deferred = state->deferred[day];
    double left = overflow->day_load[day] - carried * overflow->day_hours[day];
    double room = BE_DAY_HOURS * (double) n - (overflow->day_total[day] - left);
    if (deferred > 0 && room < deferred * (1 - 1e-9))
      usd += (1 - fmax (room, 0) / deferred) * state->overflow_deferred_usd[day];
  }
  return usd;
}

/* Replica-hours and added replicas of a week in which a scaling fleet has all that is needed. */
static void
sum_needed (const BePoolState *state, BeFleetWeek *week)
{
  week->replica_hours = week->starts = 0;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    int before = state->needed[(hour + BE_WEEK_HOURS - 1) % BE_WEEK_HOURS];
    week->replica_hours += state->needed[hour];
    if (state->needed[hour] > before)
      week->starts += state->needed[hour] - before;
  }
}

/* cost_of () for every n at once, in the time of one week and one bill for each n. A fleet that
 * scales has one replica less in each of the hours that need more than n, and one start less for
 * each run of them. */
static void
sweep_costs (const BePoolState *state, double ratio, double *costs, double month_hours)
{
  Overflow overflow;
  BePoolBill bill;
  BeFleetWeek week;

  overflow_init (&overflow, state);
  week.summed = be_pool_scales (state->pool);
  week.level = !week.summed;
  sum_needed (state, &week);
  costs[0] = state->hosted_usd;
  for (int n = state->working; n > 0; n--) {
    double carried = n;
    if (ratio > 0 && n < state->queue.known)
      carried = fmin (carried, state->queue.erlangs[n] / ratio);
    overflow_lower (&overflow, state, n);
    week.peak = n;
    week.replica_hours -= overflow.n_hours;
    week.starts -= overflow.runs;
    be_pool_bill (state, &week, 0, month_hours, &bill);
    costs[n] = bill.total_usd * (1 + state->buffer) + overflow_cost (&overflow, state, n, carried);
  }
}

/* Whether sweep_costs () holds: hours that carry alike, and for a fleet that scales neither
 * deferred work to make room for nor anything that rents otherwise than replica by replica. */
static bool
can_sweep (const BePoolState *state, double ratio)
{
  const BePool *pool = state->pool;
  if (isnan (ratio))
    return false;
  if (!be_pool_scales (pool))
    return true;
  for (int day = 0; day < BE_WEEK_DAYS; day++)
    if (state->deferred[day] > 0)
      return false;
  return pool->rent_kind == BE_RENT_ON_DEMAND && pool->reserved_replicas == 0
         && pool->gpus_per_instance == 0;
}

static BeStatus
find_optimum (const BePoolState *state, BePoolResult *result, double month_hours)
{
  BeFleetWeek week;
  size_t n_costs = (size_t) state->working + 1;
  if (n_costs > result->n_costs) {
    double *grown = realloc (result->costs, n_costs * sizeof *grown);
    if (grown == NULL)
      return BE_NO_MEMORY;
    result->costs = grown;
  }
  result->n_costs = n_costs;
  result->replicas = 0;
  double ratio = erlangs_per_load (state);
  if (can_sweep (state, ratio))
    sweep_costs (state, ratio, result->costs, month_hours);
  else
    for (int n = 0; n < (int) n_costs; n++)
      result->costs[n] = cost_of (state, n, month_hours, &week);
  for (int n = 1; n < (int) n_costs; n++)
    if (result->costs[n] < result->costs[result->replicas] * (1 - 1e-12))
      result->replicas = n;
  return BE_OK;
}

static void
bill_entry (BeBill *bill, const BePoolEntry *entry, bool elsewhere, const BeFleetWeek *week)
{
  if (elsewhere && entry->overflow != NULL) {
    be_bill_rest (bill, entry->overflow, entry->fraction, 1, week->served, week->deferred_served,
                  true);
    return;
  }
  for (size_t i = 0; i < entry->flow->workload->n_routes && entry->replaced > 0; i++) {
    if (entry->serves->replaces != NULL && !entry->serves->replaces[i])
      continue;
    const BeRouteBook *book = &entry->books[i];
    if (book->offer < 0)
      be_bill_fault (bill, BE_INFEASIBLE_MISSING_PRICE, book->workload, (int) i, -1);
    else if (book->share > 0)
      be_bill_rest (bill, book, entry->fraction * book->share / entry->replaced,
                    book->end_share / book->share, week->served, week->deferred_served, true);
  }
}

/* Requests of a month that the pool itself answers for one entry. */
static double
served_requests (const BePoolEntry *entry, const BeFleetWeek *week)
{
  const BeFlow *flow = entry->flow;
  double batch = flow->workload->batch_share, interactive = 0, deferred = 0;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    interactive += week->served[hour] * flow->profile[hour];
  for (int day = 0; day < BE_WEEK_DAYS; day++)
    deferred += week->deferred_served[day] * flow->day_weight[day] * BE_DAY_HOURS;
  return flow->per_month * entry->fraction / BE_WEEK_HOURS
         * (interactive * (1 - batch) + deferred * batch);
}

static double
overflow_share (const BePoolState *state, const BeFleetWeek *week)
{
  double over = 0, all = state->mean_load * BE_WEEK_HOURS;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    over += (1 - week->served[hour]) * state->load[hour];
  for (int day = 0; day < BE_WEEK_DAYS; day++)
    over += (1 - week->deferred_served[day]) * state->deferred[day];
  return all > 0 ? over / all : 0;
}

static void
serve_nothing (BeFleetWeek *week)
{
  memset (week->served, 0, sizeof week->served);
  memset (week->deferred_served, 0, sizeof week->deferred_served);
}

static void
bill_pool (BeBill *bill, int index, BePoolResult *result)
{
  const BePoolState *state = &bill->evaluation->pools[index];
  double month_hours = bill->evaluation->input->month_hours;
  int n = result->replicas;
  BeFleetWeek week;
  BePoolBill fleet;

  be_pool_run (state, n, 0, &week);
  if (n == 0) /* nobody is there to serve, not even requests that are no work */
    serve_nothing (&week);
  result->overflow_share = n > 0 ? overflow_share (state, &week) : 1;
  double capacity = 0;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    capacity += week.replicas[hour];
    result->running[hour] = week.replicas[hour];
    result->overflow[hour] = 1 - week.served[hour];
  }
  result->utilisation =
      capacity > 0 ? state->mean_load * BE_WEEK_HOURS * (1 - result->overflow_share) / capacity : 0;
  result->gpus = result->reserved = 0;
  result->people_fte = 0;
  if (n > 0) {
    be_pool_bill (state, &week, 0, month_hours, &fleet);
    be_bill_pool (bill, index, &fleet, state->buffer);
    result->gpus = fleet.gpus;
    result->reserved = fleet.reserved;
    result->people_fte = fleet.fte;
  }
  for (size_t i = 0; i < state->pool->n_serves; i++) {
    const BePoolEntry *entry = &state->entries[i];
    bill_entry (bill, entry, n > 0, &week);
    double served = n > 0 ? served_requests (entry, &week) : 0;
    be_bill_answer (bill, entry->serves->workload, served, entry->serves->quality, served,
                    entry->latency_s);
  }
}

static bool
can_run (const BePoolState *state)
{
  return state->feasible == BE_FEASIBLE || state->feasible == BE_INFEASIBLE_CAPACITY;
}

/* The whole bill at the replicas that result->hybrid names. */
static BeStatus
bill_all (BeEvaluation *evaluation, BePlanResult *result, bool warn)
{
  BePlan *plan = &result->plans[BE_PLAN_HYBRID];
  BeBill bill;

  *plan = (BePlan){ .lines = plan->lines,
                    .lines_allocated = plan->lines_allocated,
                    .fault_workload = -1,
                    .fault_route = -1,
                    .fault_pool = -1 };
  be_bill_start (&bill, evaluation, plan, false);
  be_plan_keep (evaluation, true);
  be_plan_bill_kept (&bill);
  for (size_t i = 0; i < evaluation->input->n_pools; i++) {
    const BePoolState *state = &evaluation->pools[i];
    if (can_run (state))
      bill_pool (&bill, (int) i, &result->hybrid[i]);
    else
      be_bill_fault (&bill, state->feasible, -1, -1, (int) i);
  }
  be_bill_finish (&bill, result, warn);
  return bill.out_of_memory ? BE_NO_MEMORY : BE_OK;
}

/* costs[] prices a pool's own traffic. What belongs to an offer as a whole (a commitment's
 * shortfall, training, hosting by the hour), a rate limit, a quality floor or a price that is
 * missing shows in the whole bill alone: then that decides. */
static bool
whole_bill_decides (const BePlanInput *input, const BePlan *plan)
{
  for (size_t i = 0; i < input->n_offers; i++) {
    const BeOffer *offer = &input->offers[i];
    if (offer->commitment_usd_per_month > 0 || offer->training_cost_usd > 0
        || offer->hosting_usd_per_hour > 0)
      return true;
  }
  return plan->feasible != BE_FEASIBLE;
}

/* The most that the plan's account charges come to, buffer included. */
static double
most_charges (const BePlanInput *input, const BePlan *plan)
{
  double usd = 0, buffer = 0;
  for (size_t w = 0; w < input->n_workloads; w++)
    buffer = fmax (buffer, input->workloads[w].buffer);
  for (size_t i = 0; i < plan->n_lines; i++)
    if (plan->lines[i].workload < 0 && plan->lines[i].pool < 0
        && plan->lines[i].kind != BE_LINE_BUFFER)
      usd += plan->lines[i].usd * (1 + buffer);
  return usd;
}

/* Tries every n of one pool, the others as they stand, and leaves the best. What is neither the
 * pool's traffic nor a charge stays as it is, and no charge is below nothing: where that alone
 * costs more than the best so far, the bill need not be made out. */
static BeStatus
improve_pool (BeEvaluation *evaluation, BePlanResult *result, BePoolResult *pool)
{
  const BePlan *plan = &result->plans[BE_PLAN_HYBRID];
  int best = pool->replicas;
  bool served = plan->feasible == BE_FEASIBLE;
  double least = plan->per_month_usd;
  double rest = least - pool->costs[best] - most_charges (evaluation->input, plan);

  for (int n = 0; n < (int) pool->n_costs; n++) {
    if (served && pool->costs[n] + rest > least * (1 + 1e-9))
      continue;
    pool->replicas = n;
    BeStatus status = bill_all (evaluation, result, false);
    if (status != BE_OK)
      return status;
    bool serves = plan->feasible == BE_FEASIBLE;
    if ((serves && !served) || (serves == served && plan->per_month_usd < least)) {
      best = n;
      served = serves;
      least = plan->per_month_usd;
    }
  }
  pool->replicas = best;
  return bill_all (evaluation, result, false);
}

/* The best of: the pools' own optima, nothing owned, everything owned; from there pool by pool. So
 * hybrid is never dearer than the better pure plan. */
static BeStatus
choose_by_whole_bill (BeEvaluation *evaluation, BePlanResult *result)
{
  const BePlan *plan = &result->plans[BE_PLAN_HYBRID];
  size_t n_pools = evaluation->input->n_pools;
  int start = 0;
  bool served = plan->feasible == BE_FEASIBLE;
  double least = plan->per_month_usd;
  BeStatus status = BE_OK;

  for (int candidate = 1; candidate <= 3 && status == BE_OK; candidate++) {
    int shape = candidate < 3 ? candidate : start;
    for (size_t i = 0; i < n_pools; i++) {
      BePoolResult *pool = &result->hybrid[i];
      if (shape == 0)
        for (int n = pool->replicas = 0; n < (int) pool->n_costs; n++)
          pool->replicas = pool->costs[n] < pool->costs[pool->replicas] ? n : pool->replicas;
      else
        pool->replicas = shape == 1 || pool->n_costs == 0 ? 0 : (int) pool->n_costs - 1;
    }
    status = bill_all (evaluation, result, false);
    bool serves = plan->feasible == BE_FEASIBLE;
    if (candidate < 3
        && ((serves && !served) || (serves == served && plan->per_month_usd < least))) {
      start = candidate;
      served = serves;
      least = plan->per_month_usd;
    }
  }
  for (size_t i = 0; i < n_pools && status == BE_OK; i++)
    if (can_run (&evaluation->pools[i]))
      status = improve_pool (evaluation, result, &result->hybrid[i]);
  return status;
}

BeStatus
be_hybrid_evaluate (BeEvaluation *evaluation, BePlanResult *result)
{
  const BePlanInput *input = evaluation->input;
  size_t n_warnings = result->n_warnings;
  BeStatus status = BE_OK;

  for (size_t i = 0; i < input->n_pools && status == BE_OK; i++) {
    const BePoolState *state = &evaluation->pools[i];
    BePoolResult *pool = &result->hybrid[i];
    if (!can_run (state))
      continue;
    pool->output_tokens_per_second = state->tokens_per_second;
    pool->mean_replicas = state->mean_load;
    pool->peak_replicas = state->peak_load;
    pool->queueing_margin = state->queueing;
    memcpy (pool->load, state->load, sizeof pool->load);
    status = find_optimum (state, pool, input->month_hours);
  }
  if (status == BE_OK)
    status = bill_all (evaluation, result, true);
  if (status != BE_OK || !whole_bill_decides (input, &result->plans[BE_PLAN_HYBRID]))
    return status;
  result->n_warnings = n_warnings;
  status = choose_by_whole_bill (evaluation, result);
  return status == BE_OK ? bill_all (evaluation, result, true) : status;
}
