/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One plan's bill: lines, account charges, the buffer, totals and rate limits. */
#include "engine/be-plan-internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const BeLineKind part_line[BE_N_PARTS] = {
  [BE_PART_FRESH] = BE_LINE_FRESH_INPUT,       [BE_PART_CACHED] = BE_LINE_CACHED_INPUT,
  [BE_PART_CACHE_WRITE] = BE_LINE_CACHE_WRITE, [BE_PART_CACHE_WRITE_1H] = BE_LINE_CACHE_WRITE,
  [BE_PART_OUTPUT] = BE_LINE_OUTPUT,           [BE_PART_REASONING] = BE_LINE_REASONING,
  [BE_PART_SEARCH] = BE_LINE_SEARCHES,         [BE_PART_REQUEST] = BE_LINE_REQUEST_FEES,
};

void
be_bill_start (BeBill *bill, BeEvaluation *evaluation, BePlan *plan, bool hosted)
{
  size_t n = evaluation->input->n_offers;
  memset (bill, 0, sizeof *bill);
  bill->evaluation = evaluation;
  bill->plan = plan;
  plan->defined = true;
  bill->counts_load = evaluation->limited || hosted;
  memset (evaluation->quality, 0, evaluation->input->n_workloads * sizeof *evaluation->quality);
  if (n == 0)
    return;
  memset (evaluation->spend, 0, n * sizeof *evaluation->spend);
  memset (evaluation->buffered, 0, n * sizeof *evaluation->buffered);
  memset (evaluation->used, 0, n);
  if (bill->counts_load)
    memset (evaluation->limits, 0, 2 * n * BE_WEEK_HOURS * sizeof *evaluation->limits);
}

BeLine *
be_bill_line (BeBill *bill, BeLineKind kind, double usd, double quantity, double rate_usd)
{
  static _Thread_local BeLine lost;
  BePlan *plan = bill->plan;
  BeLine *line = &lost;

  if (plan->n_lines == plan->lines_allocated) {
    size_t allocated = plan->lines_allocated * 2 + 32;
    BeLine *grown = realloc (plan->lines, allocated * sizeof *grown);
    if (grown == NULL) {
      bill->out_of_memory = true;
    } else {
      plan->lines = grown;
      plan->lines_allocated = allocated;
    }
  }
  if (plan->n_lines < plan->lines_allocated)
    line = &plan->lines[plan->n_lines++];
  *line = (BeLine){ kind, -1, -1, -1, -1, false, usd, quantity, rate_usd };
  plan->per_month_usd += usd;
  return line;
}

void
be_bill_fault (BeBill *bill, BeFeasibility feasible, int workload, int route, int pool)
{
  if (bill->plan->feasible != BE_FEASIBLE)
    return;
  bill->plan->feasible = feasible;
  bill->plan->fault_workload = workload;
  bill->plan->fault_route = route;
  bill->plan->fault_pool = pool;
}

int
be_account_of (const BePlanInput *input, int offer)
{
  int account = input->offers[offer].account;
  return account >= 0 ? account : offer;
}

static void
add_route_line (BeBill *bill, const BeRouteBook *book, bool overflow, BeLine line, double per)
{
  BeLine *added =
      be_bill_line (bill, line.kind, line.usd, line.quantity, line.usd / line.quantity * per);
  added->workload = book->workload;
  added->route = book->route;
  added->offer = book->offer;
  added->overflow = overflow;
  bill->buffer_usd += line.usd * bill->evaluation->flows[book->workload].workload->buffer;
}

/* One part of what the requests cost, those asked for again after a timeout left out. */
static double
bill_part (BeBill *bill, const BeRouteBook *book, const double *counts, bool overflow, int part)
{
  const BeFlow *flow = &bill->evaluation->flows[book->workload];
  double timely = book->billed > 0 ? flow->billed / book->billed : 1, usd = 0, billed = 0;

  for (size_t i = 0; i < 2 * book->n_cells; i++) {
    billed += counts[i] * flow->billed;
    usd += counts[i] * (i < book->n_cells ? timely : 1) * book->cells[i].usd[part];
  }
  double quantity = billed * book->tokens[part];
  bool is_fee = part >= BE_PART_SEARCH;
  if (!(quantity > 0) || (is_fee && usd == 0))
    return usd;
  add_route_line (bill, book, overflow,
                  (BeLine){ part_line[part], .usd = usd, .quantity = quantity },
                  part <= BE_PART_REASONING ? 1e6 : 1);
  return usd;
}

/* Late answers are paid whole and asked for again: attempts that only the timeout makes. */
static double
bill_timeouts (BeBill *bill, const BeRouteBook *book, const double *counts, bool overflow)
{
  const BeFlow *flow = &bill->evaluation->flows[book->workload];
  double asked = 0, usd = 0;

  if (!(book->attempts > flow->attempts) || !(book->billed > 0))
    return 0;
  for (size_t i = 0; i < book->n_cells; i++) {
    asked += counts[i];
    usd += counts[i] * (1 - flow->billed / book->billed) * book->cells[i].total_usd;
  }
  double quantity = asked * (book->attempts - flow->attempts);
  if (quantity > 0)
    add_route_line (bill, book, overflow,
                    (BeLine){ BE_LINE_TIMEOUT_RETRIES, .usd = usd, .quantity = quantity }, 1);
  return usd;
}

void
be_bill_route (BeBill *bill, const BeRouteBook *book, const double *counts, bool overflow)
{
  BeEvaluation *evaluation = bill->evaluation;
  double asked = 0, spend = 0;

  if (book->status != BE_OK) {
    be_bill_fault (bill, BE_INFEASIBLE_MISSING_PRICE, book->workload, book->route, -1);
    return;
  }
  for (int part = 0; part < BE_N_PARTS; part++)
    spend += bill_part (bill, book, counts, overflow, part);
  spend += bill_timeouts (bill, book, counts, overflow);
  for (size_t i = 0; i < 2 * book->n_cells; i++)
    asked += counts[i];
  double router = asked * book->router_usd;
  if (router != 0)
    add_route_line (bill, book, overflow,
                    (BeLine){ BE_LINE_ROUTER, .usd = router, .quantity = asked }, 1);
  int account = be_account_of (evaluation->input, book->offer);
  evaluation->spend[account] += spend;
  evaluation->buffered[account] += spend * evaluation->flows[book->workload].workload->buffer;
  evaluation->used[account] = 1;
}

void
be_bill_answer (BeBill *bill, int workload, double ended, double quality, double answered,
                double latency_s)
{
  double *slowest = &bill->plan->latency_slowest_s;
  bill->evaluation->quality[workload] += ended * quality;
  if (!(answered > 0))
    return;
  bill->latency += answered * latency_s;
  *slowest = isnan (*slowest) || isnan (latency_s) ? NAN : fmax (*slowest, latency_s);
}

void
be_bill_router (BeBill *bill, const BeRouteBook *book, double requests)
{
  double usd = requests * book->router_usd;
  if (!(usd > 0))
    return;
  BeLine *line = be_bill_line (bill, BE_LINE_ROUTER, usd, requests, book->router_usd);
  line->workload = book->workload;
  line->route = book->route;
  line->offer = book->offer;
  bill->buffer_usd += usd * bill->evaluation->flows[book->workload].workload->buffer;
}

void
be_bill_kept (BeBill *bill, const BeRouteBook *book, double kept)
{
  BeEvaluation *evaluation = bill->evaluation;
  const BeFlow *flow = &evaluation->flows[book->workload];
  double requests = flow->per_month * book->share * kept;
  double batch = flow->workload->batch_share;

  be_bill_answer (bill, book->workload, flow->per_month * kept * book->end_share, book->quality,
                  requests, book->latency_s);
  if (!(book->share * kept > 1e-12))
    return;
  for (size_t i = 0; i < 2 * book->n_cells && book->status == BE_OK; i++)
    evaluation->weights[i] = requests * book->week[i] * (i < book->n_cells ? 1 - batch : batch);
  be_bill_route (bill, book, evaluation->weights, false);
  if (!bill->counts_load || book->offer < 0)
    return;
  double *load = evaluation->limits + (size_t) book->offer * 2 * BE_WEEK_HOURS;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    double attempts = flow->per_hour * flow->profile[hour] * book->share * kept * (1 - batch)
                      * book->attempts / 60;
    load[hour] += attempts;
    load[BE_WEEK_HOURS + hour] += attempts * book->attempt_tokens;
  }
}

/* Requests of a month by cell, of those that nothing else serves; returns their sum. */
static double
count_rest (const BeRouteBook *book, const BeFlow *flow, const BeOffer *offer, double share,
            const double *served, const double *deferred_served, double *counts)
{
  double batch = flow->workload->batch_share, hourly = flow->per_month / BE_WEEK_HOURS * share;
  double total = 0;

  for (size_t cell = 0; cell < book->n_cells; cell++) {
    double interactive = 0, deferred = 0;
    for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
      interactive +=
          (1 - served[hour]) * flow->profile[hour] * be_route_hour_share (offer, cell, hour);
    for (int day = 0; day < BE_WEEK_DAYS; day++)
      deferred += (1 - deferred_served[day]) * flow->day_weight[day]
                  * be_route_day_share (offer, cell, day);
    counts[cell] = interactive * hourly * (1 - batch);
    counts[book->n_cells + cell] = deferred * hourly * BE_DAY_HOURS * batch;
    total += counts[cell] + counts[book->n_cells + cell];
  }
  return total;
}

void
be_bill_rest (BeBill *bill, const BeRouteBook *book, double share, double ended,
              const double served[BE_WEEK_HOURS], const double deferred_served[BE_WEEK_DAYS],
              bool overflow)
{
  BeEvaluation *evaluation = bill->evaluation;
  const BeFlow *flow = &evaluation->flows[book->workload];
  const BeOffer *offer = &evaluation->input->offers[book->offer];
  double total =
      count_rest (book, flow, offer, share, served, deferred_served, evaluation->weights);

  /* Without traffic a route in use still owes what its offer charges whatever the volume. */
  if (!(flow->per_month > 0) && share > 0)
    evaluation->used[be_account_of (evaluation->input, book->offer)] = 1;
  if (!(total > 0))
    return;
  be_bill_answer (bill, book->workload, total * ended, book->quality, total, book->latency_s);
  be_bill_route (bill, book, evaluation->weights, overflow);
  if (!bill->counts_load)
    return;
  double *load = evaluation->limits + (size_t) book->offer * 2 * BE_WEEK_HOURS;
  double interactive = share * (1 - flow->workload->batch_share);
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    double attempts = flow->per_hour * flow->profile[hour] * interactive * (1 - served[hour])
                      * book->attempts / 60;
    load[hour] += attempts;
    load[BE_WEEK_HOURS + hour] += attempts * book->attempt_tokens;
  }
}

void
be_bill_pool (BeBill *bill, int pool, const BePoolBill *fleet, double buffer)
{
  const double per_fte = bill->evaluation->input->pools[pool].per_fte_month_usd;
  const BeLine lines[] = {
    { BE_LINE_RENT, .usd = fleet->rent_usd, .quantity = fleet->gpu_hours,
      .rate_usd = fleet->gpu_hour_usd },
    { BE_LINE_OWNERSHIP, .usd = fleet->ownership_usd, .quantity = fleet->gpu_hours,
      .rate_usd = fleet->gpu_hour_usd },
    { BE_LINE_COLD_START, .usd = fleet->cold_start_usd, .quantity = fleet->cold_gpu_hours,
      .rate_usd = bill->evaluation->input->pools[pool].gpu_hour_usd },
    { BE_LINE_PEOPLE, .usd = fleet->people_usd, .quantity = fleet->fte, .rate_usd = per_fte },
    { BE_LINE_FIXED, .usd = fleet->fixed_usd, .quantity = NAN, .rate_usd = NAN },
    { BE_LINE_OVERHEAD, .usd = fleet->overhead_usd, .quantity = NAN, .rate_usd = NAN },
  };
  for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
    if (lines[i].usd == 0)
      continue;
    BeLine *line =
        be_bill_line (bill, lines[i].kind, lines[i].usd, lines[i].quantity, lines[i].rate_usd);
    line->pool = pool;
  }
  bill->buffer_usd += fleet->total_usd * buffer;
}

double
be_account_usd (const BePlanInput *input, int account, double spend)
{
  const BeOffer *offer = &input->offers[account];
  double usd = fmax (offer->commitment_usd_per_month - spend, 0);
  if (offer->training_life_months > 0)
    usd += offer->training_cost_usd / offer->training_life_months;
  return usd + offer->hosting_usd_per_hour * input->month_hours;
}

/* Mean buffer of the workloads that spend on an account; of those that name it if none does. */
static double
account_buffer (const BeEvaluation *evaluation, int account)
{
  const BePlanInput *input = evaluation->input;
  double sum = 0, n = 0;
  if (evaluation->spend[account] > 0)
    return evaluation->buffered[account] / evaluation->spend[account];
  for (size_t w = 0; w < input->n_workloads; w++)
    for (size_t i = 0; i < input->workloads[w].n_routes; i++) {
      int offer = input->workloads[w].routes[i].offer;
      if (offer < 0 || be_account_of (input, offer) != account)
        continue;
      sum += input->workloads[w].buffer;
      n++;
    }
  return n > 0 ? sum / n : 0;
}

static void
bill_accounts (BeBill *bill)
{
  const BeEvaluation *evaluation = bill->evaluation;
  const BePlanInput *input = evaluation->input;

  for (int account = 0; account < (int) input->n_offers; account++) {
    const BeOffer *offer = &input->offers[account];
    if (!evaluation->used[account])
      continue;
    double before = bill->plan->per_month_usd;
    double shortfall = offer->commitment_usd_per_month - evaluation->spend[account];
    if (shortfall > 0)
      be_bill_line (bill, BE_LINE_COMMITMENT_SHORTFALL, shortfall, NAN, NAN)->offer = account;
    if (offer->training_life_months > 0 && offer->training_cost_usd > 0)
      be_bill_line (bill, BE_LINE_TRAINING, offer->training_cost_usd / offer->training_life_months,
                    NAN, NAN)
          ->offer = account;
    if (offer->hosting_usd_per_hour > 0)
      be_bill_line (bill, BE_LINE_HOSTING, offer->hosting_usd_per_hour * input->month_hours,
                    input->month_hours, offer->hosting_usd_per_hour)
          ->offer = account;
    double charges = bill->plan->per_month_usd - before;
    if (charges > 0)
      bill->buffer_usd += charges * account_buffer (evaluation, account);
  }
}

/* At the route that names the offer, or at the pool that overflows to it. */
static void
warn_limit (const BeBill *bill, BePlanResult *result, BeWarningKind kind, int offer, double value,
            double limit)
{
  const BePlanInput *input = bill->evaluation->input;
  BeWarning warning = { kind, bill->plan - result->plans, -1, -1, -1, value, limit };
  for (size_t w = 0; w < input->n_workloads && warning.workload < 0; w++)
    for (size_t i = 0; i < input->workloads[w].n_routes && warning.workload < 0; i++)
      if (input->workloads[w].routes[i].offer == offer) {
        warning.workload = (int) w;
        warning.route = (int) i;
      }
  for (size_t p = 0; p < input->n_pools && warning.workload < 0; p++)
    if (input->pools[p].overflow_offer == offer)
      warning.pool = (int) p;
  be_plan_result_warn (result, warning);
}

static void
check_quality (BeBill *bill, BePlanResult *result, bool warn)
{
  const BeEvaluation *evaluation = bill->evaluation;
  for (int w = 0; w < (int) evaluation->input->n_workloads; w++) {
    double requests = evaluation->flows[w].per_month;
    double quality = evaluation->quality[w] / requests;
    double floor = evaluation->input->workloads[w].minimum_quality;
    bill->plan->quality += evaluation->quality[w] / result->requests_per_month;
    if (!(requests > 0) || quality >= floor - 1e-9)
      continue;
    be_bill_fault (bill, BE_INFEASIBLE_QUALITY, w, -1, -1);
    if (warn)
      be_plan_result_warn (result, (BeWarning){ BE_WARN_QUALITY_FLOOR, bill->plan - result->plans,
                                                w, -1, -1, quality, floor });
  }
}

static void
check_limits (BeBill *bill, BePlanResult *result, bool warn)
{
  const BeEvaluation *evaluation = bill->evaluation;
  const BePlanInput *input = evaluation->input;

  for (size_t i = 0; bill->counts_load && i < 2 * input->n_offers; i++) {
    const BeOffer *offer = &input->offers[i / 2];
    double limit = i % 2 ? offer->tpm_limit : offer->rpm_limit;
    const double *load = evaluation->limits + i * BE_WEEK_HOURS;
    double peak = 0, sum = 0;
    for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
      peak = fmax (peak, load[hour]);
      sum += load[hour];
    }
    if (bill->plan == &result->plans[BE_PLAN_HOSTED])
      *(i % 2 ? &result->peaks[i / 2].tokens_per_minute
              : &result->peaks[i / 2].attempts_per_minute) = peak;
    if (!(peak > limit))
      continue;
    double unserved = 1 - limit * BE_WEEK_HOURS / sum;
    if (warn)
      warn_limit (bill, result, BE_WARN_RATE_LIMIT, (int) i / 2, 1 - limit / peak, limit);
    if (unserved <= 1e-12)
      continue;
    be_bill_fault (bill, BE_INFEASIBLE_UNSERVED, -1, -1, -1);
    if (warn)
      warn_limit (bill, result, BE_WARN_UNSERVED, (int) i / 2, unserved, limit);
  }
}

/* A plan that lacks a price, a speed or capacity has a bill in part only: its cost is not known. */
static bool
has_cost (BeFeasibility feasible)
{
  return feasible == BE_FEASIBLE || feasible == BE_INFEASIBLE_UNSERVED
         || feasible == BE_INFEASIBLE_QUALITY;
}

void
be_bill_finish (BeBill *bill, BePlanResult *result, bool warn)
{
  BePlan *plan = bill->plan;
  bill_accounts (bill);
  if (bill->buffer_usd > 0)
    be_bill_line (bill, BE_LINE_BUFFER, bill->buffer_usd, NAN, NAN);
  check_limits (bill, result, warn);
  check_quality (bill, result, warn);
  if (!has_cost (plan->feasible))
    plan->per_month_usd = NAN;
  plan->per_request_usd = plan->per_month_usd / result->requests_per_month;
  plan->per_mtok_usd = plan->per_month_usd / (result->input_mtok + result->output_mtok);
  plan->per_mtok_input_usd = plan->per_month_usd / result->input_mtok;
  plan->per_mtok_output_usd = plan->per_month_usd / result->output_mtok;
  plan->latency_mean_s = bill->latency / result->requests_per_month;
}
