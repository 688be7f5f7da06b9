/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pools carry the base, what exceeds them overflows hour by hour to hosted offers. */
#include "engine/be-plan-internal.h"

#include <math.h>
#include <stdlib.h>

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
  for (int n = 0; n < (int) n_costs; n++) {
    result->costs[n] = cost_of (state, n, month_hours, &week);
    if (result->costs[n] < result->costs[result->replicas])
      result->replicas = n;
  }
  return BE_OK;
}

/* Bills what overflows from one entry to one route. */
static void
bill_overflow (BeBill *bill, const BePoolEntry *entry, const BeRouteBook *book, double part,
               const BeFleetWeek *week)
{
  BeEvaluation *evaluation = bill->evaluation;
  const BeFlow *flow = entry->flow;
  const BeOffer *offer = &evaluation->input->offers[book->offer];
  double batch = flow->workload->batch_share;
  double hourly = flow->per_month / BE_WEEK_HOURS * entry->fraction * part;
  double *counts = evaluation->weights, total = 0;

  for (size_t cell = 0; cell < book->n_cells; cell++) {
    double interactive = 0, deferred = 0;
    for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
      interactive +=
          (1 - week->served[hour]) * flow->profile[hour] * be_route_hour_share (offer, cell, hour);
    for (int day = 0; day < BE_WEEK_DAYS; day++)
      deferred += (1 - week->deferred_served[day]) * flow->day_weight[day]
                  * be_route_day_share (offer, cell, day);
    counts[cell] = interactive * hourly * (1 - batch);
    counts[book->n_cells + cell] = deferred * hourly * BE_DAY_HOURS * batch;
    total += counts[cell] + counts[book->n_cells + cell];
  }
  if (!(total > 0))
    return;
  be_bill_route (bill, book, counts, true);
  if (evaluation->limits == NULL)
    return;
  double *load = evaluation->limits + (size_t) book->offer * 2 * BE_WEEK_HOURS;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    double attempts = flow->per_hour * flow->profile[hour] * entry->fraction * part * (1 - batch)
                      * (1 - week->served[hour]) * book->attempts / 60;
    load[hour] += attempts;
    load[BE_WEEK_HOURS + hour] += attempts * book->attempt_tokens;
  }
}

static void
bill_entry (BeBill *bill, const BePoolEntry *entry, bool elsewhere, const BeFleetWeek *week)
{
  if (elsewhere && entry->overflow != NULL) {
    bill_overflow (bill, entry, entry->overflow, 1, week);
    return;
  }
  for (size_t i = 0; i < entry->flow->workload->n_routes && entry->replaced > 0; i++) {
    if (entry->serves->replaces != NULL && !entry->serves->replaces[i])
      continue;
    if (entry->books[i].offer < 0)
      be_bill_fault (bill, BE_INFEASIBLE_MISSING_PRICE, entry->books[i].workload, (int) i, -1);
    else
      bill_overflow (bill, entry, &entry->books[i], entry->books[i].share / entry->replaced, week);
  }
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
bill_pool (BeBill *bill, int index, BePoolResult *result)
{
  const BePoolState *state = &bill->evaluation->pools[index];
  double month_hours = bill->evaluation->input->month_hours;
  int n = result->replicas;
  BeFleetWeek week;
  BePoolBill fleet;

  be_pool_run (state, n, 0, &week);
  result->overflow_share = n > 0 ? overflow_share (state, &week) : 1;
  double capacity = 0;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    capacity += week.replicas[hour];
  result->utilisation =
      capacity > 0 ? state->mean_load * BE_WEEK_HOURS * (1 - result->overflow_share) / capacity : 0;
  if (n > 0) {
    be_pool_bill (state, &week, 0, month_hours, &fleet);
    be_bill_pool (bill, index, &fleet, state->buffer);
    result->gpus = fleet.gpus;
    result->people_fte = fleet.fte;
  }
  for (size_t i = 0; i < state->pool->n_serves; i++) {
    const BePoolEntry *entry = &state->entries[i];
    bill_entry (bill, entry, n > 0, &week);
    double requests = entry->flow->per_month * entry->fraction;
    bill->quality += requests * entry->serves->quality;
    bill->latency += requests * entry->latency_s;
  }
}

BeStatus
be_hybrid_evaluate (BeEvaluation *evaluation, BePlanResult *result, bool warn)
{
  const BePlanInput *input = evaluation->input;
  BeBill bill;

  be_bill_start (&bill, evaluation, &result->plans[BE_PLAN_HYBRID]);
  be_plan_keep (evaluation, true);
  be_plan_bill_kept (&bill);
  for (size_t i = 0; i < input->n_pools; i++) {
    const BePoolState *state = &evaluation->pools[i];
    BePoolResult *pool = &result->hybrid[i];
    if (state->feasible != BE_FEASIBLE && state->feasible != BE_INFEASIBLE_CAPACITY) {
      be_bill_fault (&bill, state->feasible, -1, -1, (int) i);
      continue;
    }
    pool->output_tokens_per_second = state->tokens_per_second;
    pool->mean_replicas = state->mean_load;
    pool->peak_replicas = state->peak_load;
    pool->queueing_margin = state->queueing;
    BeStatus status = find_optimum (state, pool, input->month_hours);
    if (status != BE_OK)
      return status;
    bill_pool (&bill, (int) i, pool);
  }
  be_bill_finish (&bill, result, warn);
  return bill.out_of_memory ? BE_NO_MEMORY : BE_OK;
}
