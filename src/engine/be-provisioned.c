/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Provisioned throughput: committed units carry the base, the rest is paid as it goes. */
#include "engine/be-plan-internal.h"

#include <math.h>

static bool
carries (const BePlanInput *input, const BeProvisioned *row, const BeRouteBook *book)
{
  return row->offer >= 0 && book->offer >= 0
         && be_account_of (input, row->offer) == be_account_of (input, book->offer);
}

static double
capacity_per_hour (const BeProvisioned *row)
{
  return row->units * row->tokens_per_minute_per_unit * 60;
}

/* Tokens an hour, on the mean, that the workload asks of what these units can carry. */
static double
wanted_tokens (const BeEvaluation *evaluation, const BeProvisioned *row)
{
  const BeFlow *flow = &evaluation->flows[row->workload];
  double tokens = 0;
  for (size_t b = evaluation->first_book[row->workload];
       b < evaluation->first_book[row->workload + 1]; b++) {
    const BeRouteBook *book = &evaluation->books[b];
    if (carries (evaluation->input, row, book))
      tokens += flow->per_hour * (1 - flow->workload->batch_share) * book->share * book->billed
                * book->attempt_tokens;
  }
  return tokens;
}

/* Tokens a month that this row's units carry, after those of the rows before it. */
static double
carried_tokens (const BeEvaluation *evaluation, size_t index)
{
  const BePlanInput *input = evaluation->input;
  const BeProvisioned *row = &input->provisioned[index];
  const BeFlow *flow = &evaluation->flows[row->workload];
  double tokens = wanted_tokens (evaluation, row), before = 0, carried = 0;

  for (size_t i = 0; i < index; i++)
    if (input->provisioned[i].workload == row->workload && input->provisioned[i].offer >= 0
        && row->offer >= 0
        && be_account_of (input, input->provisioned[i].offer) == be_account_of (input, row->offer))
      before += capacity_per_hour (&input->provisioned[i]);
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    double left = fmax (tokens * flow->profile[hour] - before, 0);
    carried += fmin (left, capacity_per_hour (row));
  }
  return carried * input->month_hours / BE_WEEK_HOURS;
}

/* The share of a route's interactive work that units carry at each hour; false: there are none. */
static bool
find_served (const BeEvaluation *evaluation, const BeRouteBook *book, double served[BE_WEEK_HOURS])
{
  const BePlanInput *input = evaluation->input;
  const BeFlow *flow = &evaluation->flows[book->workload];
  double capacity = 0, tokens = 0;

  for (size_t i = 0; i < input->n_provisioned; i++) {
    const BeProvisioned *row = &input->provisioned[i];
    if (row->workload != book->workload || !carries (input, row, book))
      continue;
    capacity += capacity_per_hour (row);
    tokens = wanted_tokens (evaluation, row);
  }
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    double wanted = tokens * flow->profile[hour];
    served[hour] = wanted > capacity ? capacity / wanted : 1;
  }
  return capacity > 0 && tokens > 0;
}

/* What units carry of a route has no price of its own; the rest is paid as it goes, at its hours.
 */
static void
bill_route (BeBill *bill, const BeRouteBook *book)
{
  static const double none[BE_WEEK_DAYS] = { 0 };
  const BeFlow *flow = &bill->evaluation->flows[book->workload];
  double served[BE_WEEK_HOURS], share = 0;

  if (!(book->share > 0) || !find_served (bill->evaluation, book, served)) {
    be_bill_kept (bill, book, 1);
    return;
  }
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    share += served[hour] * flow->profile[hour];
  double carried = flow->per_month * (1 - flow->workload->batch_share) * share / BE_WEEK_HOURS;
  be_bill_answer (bill, book->workload, carried * book->end_share, book->quality,
                  carried * book->share, book->latency_s);
  be_bill_router (bill, book, carried * book->share);
  be_bill_rest (bill, book, book->share, book->end_share / book->share, served, none, false);
}

static void
bill_units (BeBill *bill, size_t index)
{
  const BePlanInput *input = bill->evaluation->input;
  const BeProvisioned *row = &input->provisioned[index];
  double usd = row->units * row->unit_hour_usd * input->month_hours;
  double capacity = capacity_per_hour (row) * input->month_hours;
  double used = capacity > 0 ? carried_tokens (bill->evaluation, index) / capacity : 0;

  for (int unused = 0; unused < 2; unused++) {
    double share = unused ? 1 - used : used;
    if (!(share > 1e-12))
      continue;
    BeLine *line =
        be_bill_line (bill, unused ? BE_LINE_PROVISIONED_UNUSED : BE_LINE_PROVISIONED, usd * share,
                      row->units * input->month_hours * share, row->unit_hour_usd);
    line->workload = row->workload;
    line->offer = row->offer;
  }
  bill->buffer_usd += usd * input->workloads[row->workload].buffer;
}

void
be_provisioned_evaluate (BeEvaluation *evaluation, BePlanResult *result)
{
  const BePlanInput *input = evaluation->input;
  BeBill bill;

  be_bill_start (&bill, evaluation, &result->plans[BE_PLAN_PROVISIONED], false);
  for (size_t i = 0; i < input->n_provisioned; i++)
    bill_units (&bill, i);
  for (size_t b = 0; b < evaluation->first_book[input->n_workloads]; b++)
    bill_route (&bill, &evaluation->books[b]);
  be_bill_finish (&bill, result, true);
}
