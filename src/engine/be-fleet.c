/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pool's fleet over one week, and what it costs a month. */
#include "engine/be-plan-internal.h"

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
  if (state->queueing && state->erlangs[hour] > 0 && n < state->queue.known)
    share = fmin (share, state->queue.erlangs[n] / state->erlangs[hour]);
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

/* GPUs that are rented for this many working replicas. */
static double
gpus_for (const BePool *pool, double replicas)
{
  if (pool->rent_kind == BE_RENT_SPOT)
    replicas = ceil (replicas / (1 - pool->interruption) * (1 - 1e-12));
  double gpus = replicas * pool->gpus_per_replica;
  if (pool->gpus_per_instance > 0)
    gpus = ceil (gpus / pool->gpus_per_instance) * pool->gpus_per_instance;
  return gpus;
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
  double base = gpus_for (pool, reserved);
  double hours = 0, cold = 0;
  int before = week->replicas[BE_WEEK_HOURS - 1] + spare;

  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    int n = week->replicas[hour] + spare;
    hours += fmax (gpus_for (pool, n) - base, 0);
    if (n > before && n > reserved)
      cold += gpus_for (pool, n) - gpus_for (pool, before > reserved ? before : reserved);
    before = n;
  }
  bill->gpu_hours = hours + base * BE_WEEK_HOURS;
  bill->cold_gpu_hours = cold * pool->cold_start_minutes / 60;
  bill->cold_start_usd = bill->cold_gpu_hours * pool->gpu_hour_usd;
  return hours * pool->gpu_hour_usd + base * BE_WEEK_HOURS * pool->reserved_gpu_hour_usd;
}

/* The base that costs least: replica j pays reserved while its used hours would cost more. */
static int
best_reserved (const BePool *pool, const BeFleetWeek *week, int spare)
{
  int best = 0;
  double best_usd = INFINITY;
  BePoolBill bill;

  for (int hour = -1; hour < BE_WEEK_HOURS; hour++) {
    int reserved = hour < 0 ? 0 : week->replicas[hour] + spare;
    if (hour > 0 && week->replicas[hour] == week->replicas[hour - 1])
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
  int peak = week->peak + spare;

  memset (bill, 0, sizeof *bill);
  bill->gpus = (int) gpus_for (pool, peak);
  if (pool->rent_kind == BE_RENT_OWNED) {
    bill->gpu_hour_usd = be_owned_gpu_hour (pool);
    bill->gpu_hours = bill->gpus * month_hours;
    bill->ownership_usd = bill->gpu_hours * bill->gpu_hour_usd;
  } else {
    int reserved = pool->reserved_replicas > 0 ? (int) pool->reserved_replicas : 0;
    if (pool->reserved_replicas == BE_RESERVED_BEST)
      reserved = best_reserved (pool, week, spare);
    bill->rent_usd = week_rent (pool, week, spare, reserved, bill) * weeks;
    bill->cold_start_usd *= weeks;
    bill->cold_gpu_hours *= weeks;
    bill->gpu_hours *= weeks;
    bill->gpu_hour_usd = bill->gpu_hours > 0 ? bill->rent_usd / bill->gpu_hours : NAN;
  }
  bill->overhead_usd =
      pool->overhead_share * (bill->rent_usd + bill->cold_start_usd + bill->ownership_usd);
  bill->fte = people_fte (pool, peak);
  bill->people_usd = bill->fte * pool->per_fte_month_usd;
  bill->fixed_usd = pool->fixed_per_month_usd;
  bill->total_usd = bill->rent_usd + bill->ownership_usd + bill->cold_start_usd + bill->people_usd
                    + bill->fixed_usd + bill->overhead_usd;
}
