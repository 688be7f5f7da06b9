/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one evaluation: every plan on the same demand. */
#include "engine/be-plan-internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Zeroed memory for n members, never NULL for n = 0; *failed when memory is out. */
static void *
room (size_t n, size_t size, bool *failed)
{
  void *memory = calloc (n > 0 ? n : 1, size);
  if (memory == NULL)
    *failed = true;
  return memory;
}

static void
price_book (BeRouteBook *book, const BeFlow *flow, const BePlanInput *input, double factor,
            bool *failed)
{
  const BeOffer *offer = &input->offers[book->offer];
  book->n_cells = be_route_cells (offer);
  book->week = room (2 * book->n_cells, sizeof *book->week, failed);
  book->cells = room (2 * book->n_cells, sizeof *book->cells, failed);
  if (book->week != NULL && book->cells != NULL)
    be_route_price (book, flow, offer, factor);
}

static void
price_routes (BeEvaluation *evaluation, int w, bool *failed)
{
  const BeWorkload *workload = &evaluation->input->workloads[w];
  BeRouteBook *books = &evaluation->books[evaluation->first_book[w]];
  bool cascade = workload->routing == BE_ROUTING_CASCADE;

  for (size_t i = 0; i < workload->n_routes; i++) {
    const BeRoute *route = &workload->routes[i];
    bool last = i + 1 == workload->n_routes;
    BeRouteBook *book = &books[i];
    book->workload = w;
    book->route = (int) i;
    book->offer = route->offer;
    book->share = route->share;
    book->end_share =
        cascade && !last ? route->share - workload->routes[i + 1].share : route->share;
    book->quality = route->quality;
    book->router_usd = cascade && last ? 0 : workload->overhead_per_request_usd;
    book->status = BE_MISSING_PRICE;
    book->latency_s = NAN;
    book->late_share = workload->timeout_s > 0 ? NAN : 0;
    book->attempts = evaluation->flows[w].attempts;
    if (route->offer >= 0)
      price_book (book, &evaluation->flows[w], evaluation->input, route->token_factor, failed);
  }
}

/* Room to remember the speed of each thing that a pool serves; NULL is only slower. */
static struct BeSpeedMemory *
speed_memory (BePoolResult *result, size_t n_serves)
{
  if (result->n_speeds != n_serves) {
    free (result->speed_memory);
    result->speed_memory = calloc (n_serves, sizeof *result->speed_memory);
    result->n_speeds = result->speed_memory != NULL ? n_serves : 0;
  }
  return result->speed_memory;
}

static void
prepare_pool (BeEvaluation *evaluation, size_t p, BePoolEntry *entries, BeRouteBook *overflow,
              BePoolResult *result, bool *failed)
{
  const BePlanInput *input = evaluation->input;
  const BePool *pool = &input->pools[p];

  struct BeSpeedMemory *memory = speed_memory (result, pool->n_serves);
  evaluation->pools[p].entries = entries;
  evaluation->pools[p].queue_memory = &result->queue_memory;
  for (size_t i = 0; i < pool->n_serves; i++) {
    BePoolEntry *entry = &entries[i];
    entry->serves = &pool->serves[i];
    entry->memory = memory != NULL ? &memory[i] : NULL;
    entry->flow = &evaluation->flows[entry->serves->workload];
    entry->books = &evaluation->books[evaluation->first_book[entry->serves->workload]];
    if (pool->overflow_offer < 0)
      continue;
    BeRouteBook *book = &overflow[i];
    *book = (BeRouteBook){ .offer = pool->overflow_offer, .route = -1, .share = 1, .end_share = 1 };
    book->workload = entry->serves->workload;
    book->quality = entry->serves->quality;
    double factor = 1;
    for (size_t r = 0; r < entry->flow->workload->n_routes; r++)
      if (entry->flow->workload->routes[r].offer == book->offer) {
        factor = entry->flow->workload->routes[r].token_factor;
        book->quality = entry->flow->workload->routes[r].quality;
      }
    price_book (book, entry->flow, input, factor, failed);
    entry->overflow = book;
  }
}

static void
clear_books (BeRouteBook *books, size_t n)
{
  for (size_t i = 0; books != NULL && i < n; i++) {
    free (books[i].week);
    free (books[i].cells);
  }
  free (books);
}

static void
clear_evaluation (BeEvaluation *evaluation, size_t n_books, size_t n_entries)
{
  clear_books (evaluation->books, n_books);
  clear_books (evaluation->overflow_books, n_entries);
  for (size_t i = 0; evaluation->pools != NULL && i < evaluation->input->n_pools; i++) {
    be_queue_remember (&evaluation->pools[i].queue, evaluation->pools[i].queue_memory);
    free (evaluation->pools[i].queue.erlangs);
  }
  free (evaluation->flows);
  free (evaluation->first_book);
  free (evaluation->pools);
  free (evaluation->entries);
  free (evaluation->weights);
  free (evaluation->spend);
  free (evaluation->buffered);
  free (evaluation->used);
  free (evaluation->limits);
  free (evaluation->kept);
  free (evaluation->quality);
}

static bool
allocate (BeEvaluation *evaluation, size_t n_books, size_t n_entries)
{
  const BePlanInput *input = evaluation->input;
  bool failed = false, limited = false;
  size_t cells = 1;

  for (size_t i = 0; i < input->n_offers; i++) {
    if (be_route_cells (&input->offers[i]) > cells)
      cells = be_route_cells (&input->offers[i]);
    limited |= !isnan (input->offers[i].rpm_limit) || !isnan (input->offers[i].tpm_limit);
  }
  evaluation->flows = room (input->n_workloads, sizeof *evaluation->flows, &failed);
  evaluation->books = room (n_books, sizeof *evaluation->books, &failed);
  evaluation->first_book = room (input->n_workloads + 1, sizeof *evaluation->first_book, &failed);
  evaluation->pools = room (input->n_pools, sizeof *evaluation->pools, &failed);
  evaluation->entries = room (n_entries, sizeof *evaluation->entries, &failed);
  evaluation->overflow_books = room (n_entries, sizeof *evaluation->overflow_books, &failed);
  evaluation->weights = room (2 * cells, sizeof *evaluation->weights, &failed);
  evaluation->spend = room (input->n_offers, sizeof *evaluation->spend, &failed);
  evaluation->buffered = room (input->n_offers, sizeof *evaluation->buffered, &failed);
  evaluation->used = room (input->n_offers, 1, &failed);
  evaluation->kept = room (n_books, sizeof *evaluation->kept, &failed);
  evaluation->quality = room (input->n_workloads, sizeof *evaluation->quality, &failed);
  evaluation->limited = limited;
  evaluation->limits =
      room (2 * BE_WEEK_HOURS * input->n_offers, sizeof *evaluation->limits, &failed);
  return !failed;
}

static void
derive_workloads (BeEvaluation *evaluation, BePlanResult *result, bool *failed)
{
  const BePlanInput *input = evaluation->input;
  result->requests_per_month = result->input_mtok = result->output_mtok = 0;
  for (size_t w = 0; w < input->n_workloads; w++) {
    const BeWorkload *workload = &input->workloads[w];
    BeFlow *flow = &evaluation->flows[w];
    be_flow_derive (flow, workload, input->volume, input->month_hours);
    evaluation->first_book[w + 1] = evaluation->first_book[w] + workload->n_routes;
    price_routes (evaluation, (int) w, failed);
    result->requests_per_month += flow->per_month;
    result->input_mtok += flow->per_month * flow->prompt / 1e6;
    result->output_mtok += flow->per_month * (workload->output + workload->reasoning) / 1e6;
  }
}

void
be_plan_keep (BeEvaluation *evaluation, bool pools)
{
  const BePlanInput *input = evaluation->input;
  for (size_t b = 0; b < evaluation->first_book[input->n_workloads]; b++)
    evaluation->kept[b] = 1;
  for (size_t p = 0; pools && p < input->n_pools; p++)
    for (size_t i = 0; i < input->pools[p].n_serves; i++) {
      const BeServes *serves = &input->pools[p].serves[i];
      double *kept = &evaluation->kept[evaluation->first_book[serves->workload]];
      for (size_t r = 0; r < input->workloads[serves->workload].n_routes; r++)
        if (serves->replaces == NULL || serves->replaces[r])
          kept[r] = fmax (kept[r] - serves->share, 0);
    }
}

void
be_plan_bill_kept (BeBill *bill)
{
  const BeEvaluation *evaluation = bill->evaluation;
  size_t n = evaluation->first_book[evaluation->input->n_workloads];
  for (size_t b = 0; b < n; b++)
    be_bill_kept (bill, &evaluation->books[b], evaluation->kept[b]);
}

static void
evaluate_hosted (BeEvaluation *evaluation, BePlanResult *result)
{
  BeBill bill;
  be_bill_start (&bill, evaluation, &result->plans[BE_PLAN_HOSTED], true);
  be_plan_keep (evaluation, false);
  be_plan_bill_kept (&bill);
  be_bill_finish (&bill, result, true);
}

static void
self_host_pool (BeBill *bill, int index, BePoolResult *result)
{
  BePoolState *state = &bill->evaluation->pools[index];
  const BePool *pool = state->pool;
  BeFleetWeek week;
  BePoolBill fleet;
  double capacity = 0;

  if (state->feasible != BE_FEASIBLE)
    be_bill_fault (bill, state->feasible, -1, -1, index);
  if (state->feasible != BE_FEASIBLE && state->feasible != BE_INFEASIBLE_CAPACITY)
    return;
  be_pool_run (state, state->working, pool->minimum, &week);
  be_pool_bill (state, &week, pool->spare, bill->evaluation->input->month_hours, &fleet);
  be_bill_pool (bill, index, &fleet, state->buffer);
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    result->running[hour] = week.replicas[hour] + pool->spare;
    capacity += result->running[hour];
  }
  result->replicas = fleet.replicas;
  result->headroom = be_pool_headroom (state, week.peak);
  result->reserved = fleet.reserved;
  result->gpus = fleet.gpus;
  result->people_fte = fleet.fte;
  result->utilisation = capacity > 0 ? state->mean_load * BE_WEEK_HOURS / capacity : 0;
  result->output_tokens_per_second = state->tokens_per_second;
  result->mean_replicas = state->mean_load;
  result->peak_replicas = state->peak_load;
  result->queueing_margin = state->queueing;
  memcpy (result->load, state->load, sizeof result->load);
  memcpy (result->needed, state->needed, sizeof result->needed);
  for (size_t i = 0; i < pool->n_serves; i++) {
    const BePoolEntry *entry = &state->entries[i];
    double requests = entry->flow->per_month * entry->fraction;
    be_bill_answer (bill, entry->serves->workload, requests, entry->serves->quality, requests,
                    entry->latency_s);
  }
}

static void
evaluate_self_hosted (BeEvaluation *evaluation, BePlanResult *result)
{
  BeBill bill;
  be_bill_start (&bill, evaluation, &result->plans[BE_PLAN_SELF_HOSTED], false);
  be_plan_keep (evaluation, true);
  be_plan_bill_kept (&bill);
  for (size_t i = 0; i < evaluation->input->n_pools; i++)
    self_host_pool (&bill, (int) i, &result->self_hosted[i]);
  be_bill_finish (&bill, result, true);
}

/* Room for `n` of a result's own members, kept from one evaluation to the next; as it was, and
 * *failed, when memory is out. */
static void *
enlarged (void *members, size_t n, size_t size, bool *failed)
{
  void *grown = realloc (members, (n > 0 ? n : 1) * size);
  if (grown == NULL)
    *failed = true;
  return grown != NULL ? grown : members;
}

static void
tell_times (const BeEvaluation *evaluation, BePlanResult *result)
{
  result->n_times = evaluation->first_book[evaluation->input->n_workloads];
  for (size_t b = 0; b < result->n_times; b++) {
    const BeRouteBook *book = &evaluation->books[b];
    result->times[b] =
        (BeRouteTime){ book->workload, book->route, book->latency_s, book->late_share,
                       book->attempts - evaluation->flows[book->workload].attempts };
  }
}

static void
tell_serves (const BeEvaluation *evaluation, int pool, BePlanResult *result)
{
  const BePoolState *state = &evaluation->pools[pool];
  double work = 0;

  for (size_t i = 0; i < evaluation->input->pools[pool].n_serves; i++)
    work += state->entries[i].flow->per_month * state->entries[i].fraction * state->entries[i].work;
  for (size_t i = 0; i < evaluation->input->pools[pool].n_serves; i++) {
    const BePoolEntry *entry = &state->entries[i];
    double requests = entry->flow->per_month * entry->fraction;
    result->serves[result->n_serves++] =
        (BeServeTime){ pool, entry->serves->workload, requests,
                       state->feasible == BE_FEASIBLE ? entry->latency_s : NAN,
                       work > 0 ? requests * entry->work / work : 0 };
  }
}

static bool
reset_result (const BePlanInput *input, BePlanResult *result)
{
  if (result->n_pools != input->n_pools) {
    be_plan_result_clear (result);
    bool failed = false;
    result->self_hosted = room (input->n_pools, sizeof *result->self_hosted, &failed);
    result->hybrid = room (input->n_pools, sizeof *result->hybrid, &failed);
    if (failed)
      return false;
    result->n_pools = input->n_pools;
  }
  BePeakLoad *peaks = realloc (result->peaks, (input->n_offers + 1) * sizeof *peaks);
  if (peaks == NULL)
    return false;
  result->peaks = peaks;
  result->n_offers = input->n_offers;
  memset (peaks, 0, input->n_offers * sizeof *peaks);
  for (int i = 0; i < BE_N_PLANS; i++) {
    BePlan *plan = &result->plans[i];
    *plan = (BePlan){ .lines = plan->lines, .lines_allocated = plan->lines_allocated };
    plan->fault_workload = plan->fault_route = plan->fault_pool = -1;
  }
  for (size_t i = 0; i < input->n_pools; i++) {
    BePoolResult *pool = &result->self_hosted[i];
    *pool = (BePoolResult){ .costs = pool->costs,
                            .headroom = NAN,
                            .queue_memory = pool->queue_memory,
                            .speed_memory = pool->speed_memory,
                            .n_speeds = pool->n_speeds };
    result->hybrid[i] = (BePoolResult){ .costs = result->hybrid[i].costs, .headroom = NAN };
  }
  result->n_warnings = result->n_times = result->n_serves = 0;
  return true;
}

static void
warn_all (const BeEvaluation *evaluation, BePlanResult *result)
{
  const BePlanInput *input = evaluation->input;
  for (size_t b = 0; b < evaluation->first_book[input->n_workloads]; b++) {
    const BeRouteBook *book = &evaluation->books[b];
    if (book->offer >= 0 && isnan (book->late_share))
      be_plan_result_warn (result, (BeWarning){ BE_WARN_LATENCY_UNKNOWN, -1, book->workload,
                                                book->route, -1, NAN, NAN });
  }
  for (int i = 0; i < (int) input->n_pools; i++) {
    const BePoolState *state = &evaluation->pools[i];
    if (state->pool == NULL)
      continue;
    if (!state->queueing && state->feasible == BE_FEASIBLE)
      be_plan_result_warn (result,
                           (BeWarning){ BE_WARN_NO_QUEUEING_MARGIN, -1, -1, -1, i, NAN, NAN });
    if (state->free_share < 0.15)
      be_plan_result_warn (
          result, (BeWarning){ BE_WARN_MEMORY_EDGE, -1, -1, -1, i, state->free_share, 0.15 });
    if (state->pool->overflow_offer >= 0)
      be_plan_result_warn (result,
                           (BeWarning){ BE_WARN_OTHER_MODEL_OVERFLOW, -1, -1, -1, i, NAN, NAN });
  }
}

static void
find_cheapest (BePlanResult *result)
{
  static const BePlanKind order[] = { BE_PLAN_HOSTED, BE_PLAN_HYBRID, BE_PLAN_SELF_HOSTED,
                                      BE_PLAN_PROVISIONED };
  result->cheapest = -1;
  for (size_t i = 0; i < BE_N_PLANS; i++) {
    const BePlan *plan = &result->plans[order[i]];
    if (!plan->defined || plan->feasible != BE_FEASIBLE)
      continue;
    if (result->cheapest < 0
        || plan->per_month_usd < result->plans[result->cheapest].per_month_usd * (1 - 1e-12))
      result->cheapest = order[i];
  }
}

static BeStatus
evaluate_plans (BeEvaluation *evaluation, unsigned plans, BePlanResult *result)
{
  const BePlanInput *input = evaluation->input;
  BeStatus status = BE_OK;
  bool pools = input->n_pools > 0;

  if (plans & (1u << BE_PLAN_HOSTED)) {
    evaluate_hosted (evaluation, result);
  }
  if (pools && (plans & (1u << BE_PLAN_SELF_HOSTED))) {
    evaluate_self_hosted (evaluation, result);
  }
  if (pools && (plans & (1u << BE_PLAN_HYBRID))) {
    status = be_hybrid_evaluate (evaluation, result);
  }
  if (input->n_provisioned > 0 && (plans & (1u << BE_PLAN_PROVISIONED)))
    be_provisioned_evaluate (evaluation, result);
  warn_all (evaluation, result);
  find_cheapest (result);
  return status;
}

BeStatus
be_plan_evaluate_some (const BePlanInput *input, unsigned plans, BePlanResult *result)
{
  BeEvaluation evaluation = { .input = input };
  size_t n_books = 0, n_entries = 0;
  bool failed = false;
  BeStatus status = BE_OK;

  if (!be_plan_input_valid (input))
    return BE_INVALID;
  for (size_t w = 0; w < input->n_workloads; w++)
    n_books += input->workloads[w].n_routes;
  for (size_t p = 0; p < input->n_pools; p++)
    n_entries += input->pools[p].n_serves;
  failed = !allocate (&evaluation, n_books, n_entries) || !reset_result (input, result);
  result->times = enlarged (result->times, n_books, sizeof *result->times, &failed);
  result->serves = enlarged (result->serves, n_entries, sizeof *result->serves, &failed);
  if (!failed)
    derive_workloads (&evaluation, result, &failed);
  if (!failed)
    tell_times (&evaluation, result);
  size_t entry = 0;
  bool with_pools = plans & (1u << BE_PLAN_SELF_HOSTED | 1u << BE_PLAN_HYBRID);
  for (size_t p = 0; p < input->n_pools && with_pools && !failed; p++) {
    prepare_pool (&evaluation, p, &evaluation.entries[entry], &evaluation.overflow_books[entry],
                  &result->self_hosted[p], &failed);
    if (!failed)
      failed = be_pool_derive (&evaluation.pools[p], &evaluation, (int) p) != BE_OK;
    if (!failed)
      tell_serves (&evaluation, (int) p, result);
    entry += input->pools[p].n_serves;
  }
  if (!failed)
    status = evaluate_plans (&evaluation, plans, result);
  clear_evaluation (&evaluation, n_books, n_entries);
  return failed ? BE_NO_MEMORY : status;
}

BeStatus
be_plan_evaluate (const BePlanInput *input, BePlanResult *result)
{
  return be_plan_evaluate_some (input, BE_PLANS_ALL, result);
}
