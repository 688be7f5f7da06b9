/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pool's fleet over one week, and what it costs a month. */
#include "engine/be-plan-internal.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Share of an hour's interactive work that n replicas carry. */
static double
served_share (const BePoolState *state, int hour, int n)
{
  double share = 1;
  if (n <= 0)
    return state->load[hour] > 0 ? 0 : 1;
  if (n >= state->needed[hour])
    return 1;
  if (state->load[hour] > n)
    share = n / state->load[hour];
  if (state->queueing && state->erlangs[hour] > 0 && n < state->queue.known
      && state->queue.erlangs[n] < share * state->erlangs[hour])
    share = state->queue.erlangs[n] / state->erlangs[hour];
  return share;
}

static double
room_of_day (const BePoolState *state, const BeFleetWeek *week, int day, int level)
{
  double room = 0;
  for (int hour = day * BE_DAY_HOURS; hour < (day + 1) * BE_DAY_HOURS; hour++) {
    int n = week->replicas[hour] > level ? week->replicas[hour] : level;
    room += n - week->served[hour] * state->load[hour];
  }
  return room;
}

/* Raises a scaling fleet, the lowest hours first, until the day's deferred work has room. */
static void
raise_day (const BePoolState *state, BeFleetWeek *week, int day, int n)
{
  double work = state->deferred[day] * (1 - 1e-12);
  int low = 0, high = n;
  while (low < high) {
    int middle = low + (high - low + 1) / 2;
    if (room_of_day (state, week, day, middle) < work)
      low = middle;
    else
      high = middle - 1;
  }
  double missing = work - room_of_day (state, week, day, low);
  for (int hour = day * BE_DAY_HOURS; hour < (day + 1) * BE_DAY_HOURS; hour++) {
    if (week->replicas[hour] < low)
      week->replicas[hour] = low;
    if (week->replicas[hour] == low && low < n && missing > 0) {
      week->replicas[hour]++;
      missing -= 1;
    }
  }
}

void
be_pool_run (const BePoolState *state, int n, int minimum, BeFleetWeek *week)
{
  bool scales = be_pool_scales (state->pool);

  week->level = !scales;
  week->summed = false;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    int wanted = scales && state->needed[hour] < n ? state->needed[hour] : n;
    week->replicas[hour] = wanted > minimum ? wanted : minimum;
    week->served[hour] = served_share (state, hour, week->replicas[hour]);
  }
  for (int day = 0; day < BE_WEEK_DAYS; day++) {
    week->deferred_served[day] = 1;
    if (!(state->deferred[day] > 0))
      continue;
    double room = room_of_day (state, week, day, 0);
    if (scales && room < state->deferred[day]) {
      raise_day (state, week, day, n);
      room = room_of_day (state, week, day, 0);
    }
    if (room < state->deferred[day] * (1 - 1e-9))
      week->deferred_served[day] = fmax (room, 0) / state->deferred[day];
  }
  week->peak = 0;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    if (week->replicas[hour] > week->peak)
      week->peak = week->replicas[hour];
}

double
be_owned_gpu_hour (const BePool *pool)
{
  const double hours = 8760;
  double year = pool->capex_usd * (1 - pool->residual) / pool->life_years
                + pool->capex_usd * pool->cost_of_capital * (1 + pool->residual) / 2
                + pool->kw * pool->pue * pool->per_kwh_usd * hours
                + pool->colocation_per_kw_month_usd * 12 * pool->kw
                + pool->maintenance * pool->capex_usd;
  return year / hours;
}

/* Replicas that are rented for this many working ones: spot capacity is away for a share of the
 * time, what is reserved is not. */
static int
rented_replicas (const BePool *pool, int working, int reserved)
{
  if (pool->rent_kind != BE_RENT_SPOT || working <= reserved)
    return working;
  return reserved + (int) ceil ((working - reserved) / (1 - pool->interruption) * (1 - 1e-12));
}

static double
whole_instances (const BePool *pool, double gpus)
{
  if (pool->gpus_per_instance > 0)
    gpus = ceil (gpus / pool->gpus_per_instance) * pool->gpus_per_instance;
  return gpus;
}

static double
gpus_for (const BePool *pool, int working, int reserved)
{
  return whole_instances (pool, (double) rented_replicas (pool, working, reserved)
                                    * pool->gpus_per_replica);
}

static double
people_fte (const BePool *pool, int replicas)
{
  double fte = 0;
  for (size_t i = 0; i < pool->n_people; i++)
    if (replicas >= pool->people[i].from_replicas)
      fte = pool->people[i].fte;
  return fte;
}

/* Rent of a week on top of a reserved base, and the GPU-hours of it. */
static double
week_rent (const BePool *pool, const BeFleetWeek *week, int spare, int reserved, BePoolBill *bill)
{
  double base = whole_instances (pool, (double) reserved * pool->gpus_per_replica);
  double hours = 0, cold = 0, before = 0;

  if (week->summed) {
    hours = week->replica_hours * pool->gpus_per_replica;
    cold = week->starts * pool->gpus_per_replica;
  } else if (week->level) {
    hours = BE_WEEK_HOURS * fmax (gpus_for (pool, week->peak + spare, reserved) - base, 0);
  } else {
    before = fmax (gpus_for (pool, week->replicas[BE_WEEK_HOURS - 1] + spare, reserved) - base, 0);
    for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
      double above = fmax (gpus_for (pool, week->replicas[hour] + spare, reserved) - base, 0);
      hours += above;
      if (above > before)
        cold += above - before;
      before = above;
    }
  }
  bill->gpu_hours = hours + base * BE_WEEK_HOURS;
  bill->cold_gpu_hours = cold * pool->cold_start_minutes / 60;
  bill->cold_start_usd = bill->cold_gpu_hours * pool->gpu_hour_usd;
  double usd = hours * pool->gpu_hour_usd;
  return base > 0 ? usd + base * BE_WEEK_HOURS * pool->reserved_gpu_hour_usd : usd;
}

/* The base that costs least: replica j pays reserved while its used hours would cost more. */
static int
best_reserved (const BePool *pool, const BeFleetWeek *week, int spare)
{
  int best = 0;
  double best_usd = INFINITY;
  BePoolBill bill;

  for (int hour = -1; hour < (week->level ? 1 : BE_WEEK_HOURS); hour++) {
    int n = week->level ? week->peak : hour < 0 ? 0 : week->replicas[hour];
    int reserved = hour < 0 ? 0 : n + spare;
    if (hour > 0 && n == week->replicas[hour - 1])
      continue;
    double usd = week_rent (pool, week, spare, reserved, &bill) + bill.cold_start_usd;
    if (usd < best_usd) {
      best_usd = usd;
      best = reserved;
    }
  }
  return best;
}

void
be_pool_bill (const BePoolState *state, const BeFleetWeek *week, int spare, double month_hours,
              BePoolBill *bill)
{
  const BePool *pool = state->pool;
  double weeks = month_hours / BE_WEEK_HOURS;
  int peak = week->peak + spare, reserved = 0;

  memset (bill, 0, sizeof *bill);
  if (pool->rent_kind != BE_RENT_OWNED && pool->reserved_replicas > 0)
    reserved = (int) pool->reserved_replicas;
  else if (pool->rent_kind != BE_RENT_OWNED && pool->reserved_replicas == BE_RESERVED_BEST)
    reserved = best_reserved (pool, week, spare);
  bill->replicas = rented_replicas (pool, peak, reserved);
  bill->gpus = (int) fmin (gpus_for (pool, peak > reserved ? peak : reserved, reserved), INT_MAX);
  if (pool->rent_kind == BE_RENT_OWNED) {
    bill->gpu_hour_usd = be_owned_gpu_hour (pool);
    bill->gpu_hours = bill->gpus * month_hours;
    bill->ownership_usd = bill->gpu_hours * bill->gpu_hour_usd;
  } else {
    bill->reserved = reserved;
    bill->rent_usd = week_rent (pool, week, spare, reserved, bill) * weeks;
    bill->cold_start_usd *= weeks;
    bill->cold_gpu_hours *= weeks;
    bill->gpu_hours *= weeks;
    bill->gpu_hour_usd = bill->gpu_hours > 0 ? bill->rent_usd / bill->gpu_hours : NAN;
  }
  bill->overhead_usd =
      pool->overhead_share * (bill->rent_usd + bill->cold_start_usd + bill->ownership_usd);
  bill->fte = people_fte (pool, bill->replicas);
  bill->people_usd = bill->fte * pool->per_fte_month_usd;
  bill->fixed_usd = pool->fixed_per_month_usd;
  bill->total_usd = bill->rent_usd + bill->ownership_usd + bill->cold_start_usd + bill->people_usd
                    + bill->fixed_usd + bill->overhead_usd;
}
