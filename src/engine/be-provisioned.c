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

/* Share of this much interactive work (tokens an hour on the mean) that the units carry. */
static double
carried_share (const BeFlow *flow, const BeProvisioned *row, double tokens)
{
  double capacity = row->units * row->tokens_per_minute_per_unit * 60;
  double carried = 0, all = 0;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    double wanted = tokens * flow->profile[hour];
    carried += fmin (wanted, capacity);
    all += wanted;
  }
  return all > 0 ? carried / all : 0;
}

/* Takes from the workload's routes on the offer what the units carry; returns the tokens of a month
 * that they carry. */
static double
carry (BeBill *bill, const BeProvisioned *row)
{
  BeEvaluation *evaluation = bill->evaluation;
  const BeFlow *flow = &evaluation->flows[row->workload];
  size_t first = evaluation->first_book[row->workload];
  size_t end = evaluation->first_book[row->workload + 1];
  double interactive = 1 - flow->workload->batch_share, tokens = 0;

  for (size_t b = first; b < end; b++) {
    const BeRouteBook *book = &evaluation->books[b];
    double left = evaluation->kept[b] - (1 - interactive);
    if (carries (evaluation->input, row, book) && left > 0)
      tokens += flow->per_hour * left * book->share * book->billed * book->attempt_tokens;
  }
  double share = carried_share (flow, row, tokens);
  for (size_t b = first; b < end && share > 0; b++) {
    const BeRouteBook *book = &evaluation->books[b];
    double left = evaluation->kept[b] - (1 - interactive);
    if (!carries (evaluation->input, row, book) || !(left > 0))
      continue;
    double requests = flow->per_month * share * left;
    evaluation->kept[b] -= share * left;
    be_bill_answer (bill, row->workload, requests * book->end_share, book->quality,
                    requests * book->share, book->latency_s);
    be_bill_router (bill, book, requests * book->share);
  }
  return tokens * share * evaluation->input->month_hours;
}

void
be_provisioned_evaluate (BeEvaluation *evaluation, BePlanResult *result)
{
  const BePlanInput *input = evaluation->input;
  BeBill bill;

  be_bill_start (&bill, evaluation, &result->plans[BE_PLAN_PROVISIONED], false);
  be_plan_keep (evaluation, false);
  for (size_t i = 0; i < input->n_provisioned; i++) {
    const BeProvisioned *row = &input->provisioned[i];
    double usd = row->units * row->unit_hour_usd * input->month_hours;
    double capacity = row->units * row->tokens_per_minute_per_unit * 60 * input->month_hours;
    double carried = carry (&bill, row);
    double used = capacity > 0 ? carried / capacity : 0;
    for (int unused = 0; unused < 2; unused++) {
      double share = unused ? 1 - used : used;
      if (!(share > 1e-12))
        continue;
      BeLine *line =
          be_bill_line (&bill, unused ? BE_LINE_PROVISIONED_UNUSED : BE_LINE_PROVISIONED,
                        usd * share, row->units * input->month_hours * share, row->unit_hour_usd);
      line->workload = row->workload;
      line->offer = row->offer;
    }
    bill.buffer_usd += usd * input->workloads[row->workload].buffer;
  }
  be_plan_bill_kept (&bill);
  be_bill_finish (&bill, result, true);
}
