/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One workload's route on one offer: what a request costs there, over turns, windows, retries. */
#include "engine/be-plan-internal.h"

#include <math.h>
#include <string.h>

size_t
be_route_cells (const BeOffer *offer)
{
  return 1 + offer->n_windows;
}

double
be_route_hour_share (const BeOffer *offer, size_t cell, int hour)
{
  if (cell > 0)
    return offer->windows[cell - 1].hour_share[hour];
  double rest = 1;
  for (size_t i = 0; i < offer->n_windows; i++)
    rest -= offer->windows[i].hour_share[hour];
  return fmax (rest, 0);
}

double
be_route_day_share (const BeOffer *offer, size_t cell, int day)
{
  double sum = 0;
  if (offer->n_windows == 0)
    return 1;
  for (int hour = day * BE_DAY_HOURS; hour < (day + 1) * BE_DAY_HOURS; hour++)
    sum += be_route_hour_share (offer, cell, hour);
  return sum / BE_DAY_HOURS;
}

static void
weigh_cells (BeRouteBook *book, const BeFlow *flow, const BeOffer *offer)
{
  double *deferred = book->week + book->n_cells;
  if (book->n_cells == 1) {
    book->week[0] = deferred[0] = 1;
    return;
  }
  for (size_t cell = 0; cell < book->n_cells; cell++) {
    double share = 0, day_share = 0;
    for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
      share += flow->profile[hour] * be_route_hour_share (offer, cell, hour);
    for (int day = 0; day < BE_WEEK_DAYS; day++)
      day_share += flow->day_weight[day] * be_route_day_share (offer, cell, day);
    book->week[cell] = share / BE_WEEK_HOURS;
    deferred[cell] = day_share / BE_WEEK_DAYS;
  }
}

/* Time of one request and, with a timeout, the share of attempts that run past it. */
static void
derive_time (BeRouteBook *book, const BeWorkload *workload, const BeOffer *offer, double factor)
{
  double output = (workload->output + workload->reasoning) * factor;
  double ttft = offer->ttft_ms / 1000;
  double g;

  book->latency_s = output > 0 ? ttft + output / offer->output_tokens_per_second : ttft;
  if (!(workload->timeout_s > 0))
    book->late_share = 0;
  else if (isnan (book->latency_s))
    book->late_share = NAN;
  else if (workload->timeout_s < ttft)
    book->late_share = 1;
  else
    be_lognormal_above (output, workload->output_spread,
                        (workload->timeout_s - ttft) * offer->output_tokens_per_second,
                        &book->late_share, &g);
}

static void
derive_failures (BeRouteBook *book, const BeFlow *flow)
{
  const BeWorkload *workload = flow->workload;
  double rate = workload->retry_rate, billed_share = workload->retry_billed_share;
  double late = book->late_share;

  if (late > 0) {
    double failed = rate + (1 - rate) * late;
    billed_share = (rate * billed_share + (1 - rate) * late) / failed;
    rate = failed;
  }
  be_retry_factors (rate, workload->max_retries, billed_share, &book->attempts, &book->billed);
}

/* Mean price over the turns of one request, times the requests billed for one asked. */
static BeStatus
price_cell (BeCell *cell, const BeFlow *flow, const BeOffer *offer, BeExpectedRequest *request,
            double factor, double billed)
{
  const BeWorkload *workload = flow->workload;
  BeRequestCost cost;

  memset (cell, 0, sizeof *cell);
  for (int turn = 1; turn <= workload->turns; turn++) {
    request->prompt_mean = factor * be_turn_prompt (workload, turn);
    BeStatus status = be_price_expected (offer, request, &cost);
    if (status != BE_OK)
      return status;
    for (int part = 0; part < BE_N_PARTS; part++)
      cell->usd[part] += cost.usd[part];
  }
  for (int part = 0; part < BE_N_PARTS; part++) {
    cell->usd[part] *= billed / workload->turns;
    cell->total_usd += cell->usd[part];
  }
  return BE_OK;
}

static void
count_tokens (BeRouteBook *book, const BeFlow *flow, double factor)
{
  const BeWorkload *workload = flow->workload;
  double prompt = flow->prompt * factor;
  double written = prompt * flow->write_share;

  book->tokens[BE_PART_CACHED] = prompt * flow->read_share;
  book->tokens[BE_PART_FRESH] = fmax (prompt - book->tokens[BE_PART_CACHED] - written, 0);
  book->tokens[BE_PART_CACHE_WRITE] = flow->write_1h ? 0 : written;
  book->tokens[BE_PART_CACHE_WRITE_1H] = flow->write_1h ? written : 0;
  book->tokens[BE_PART_OUTPUT] = workload->output * factor;
  book->tokens[BE_PART_REASONING] = workload->reasoning * factor;
  book->tokens[BE_PART_SEARCH] = workload->searches_per_request;
  book->tokens[BE_PART_REQUEST] = 1;
  book->attempt_tokens = prompt + (workload->output + workload->reasoning) * factor;
}

void
be_route_price (BeRouteBook *book, const BeFlow *flow, const BeOffer *offer, double token_factor)
{
  const BeWorkload *workload = flow->workload;

  weigh_cells (book, flow, offer);
  derive_time (book, workload, offer, token_factor);
  derive_failures (book, flow);
  count_tokens (book, flow, token_factor);
  memset (book->cells, 0, 2 * book->n_cells * sizeof *book->cells);
  book->status = BE_OK;
  BeExpectedRequest request = {
    .prompt_cv = workload->input_spread,
    .read_share = flow->read_share,
    .write_share = flow->write_share,
    .write_1h = flow->write_1h,
    .output = book->tokens[BE_PART_OUTPUT],
    .reasoning = book->tokens[BE_PART_REASONING],
    .searches = workload->searches_per_request,
  };
  const double shares[] = { 1 - workload->batch_share, workload->batch_share };
  for (int deferred = 0; deferred < 2; deferred++) {
    request.batch = deferred;
    double billed = deferred ? flow->billed : book->billed;
    for (size_t cell = 0; cell < book->n_cells && shares[deferred] > 0; cell++) {
      size_t i = deferred * book->n_cells + cell;
      request.window = (int) cell - 1;
      if (book->week[i] <= 0)
        continue;
      BeStatus status = price_cell (&book->cells[i], flow, offer, &request, token_factor, billed);
      if (status != BE_OK)
        book->status = status;
    }
  }
}

double
be_route_hour_usd (const BeRouteBook *book, const BeOffer *offer, int hour)
{
  double usd = book->router_usd;
  for (size_t cell = 0; cell < book->n_cells; cell++)
    usd += be_route_hour_share (offer, cell, hour) * book->cells[cell].total_usd;
  return usd;
}

double
be_route_day_usd (const BeRouteBook *book, const BeOffer *offer, int day)
{
  double usd = book->router_usd;
  for (size_t cell = 0; cell < book->n_cells; cell++)
    usd += be_route_day_share (offer, cell, day) * book->cells[book->n_cells + cell].total_usd;
  return usd;
}
