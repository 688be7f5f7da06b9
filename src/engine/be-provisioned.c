/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Provisioned throughput: committed units carry the base, the rest is paid as it goes. */
#include "engine/be-plan-internal.h"

#include <math.h>

/* Share of the route's interactive requests that the units carry over the week. */
static double
carried_share (const BeRouteBook *book, const BeFlow *flow, const BeProvisioned *row)
{
  double capacity = row->units * row->tokens_per_minute_per_unit * 60;
  double tokens = flow->per_hour * (1 - flow->workload->batch_share) * book->share * book->billed
                  * book->attempt_tokens;
  double carried = 0, all = 0;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    double wanted = tokens * flow->profile[hour];
    carried += fmin (wanted, capacity);
    all += wanted;
  }
  return all > 0 ? carried / all * (1 - flow->workload->batch_share) : 0;
}

void
be_provisioned_evaluate (BeEvaluation *evaluation, BePlanResult *result, bool warn)
{
  const BePlanInput *input = evaluation->input;
  BeBill bill;

  be_bill_start (&bill, evaluation, &result->plans[BE_PLAN_PROVISIONED]);
  be_plan_keep (evaluation, false);
  for (size_t i = 0; i < input->n_provisioned; i++) {
    const BeProvisioned *row = &input->provisioned[i];
    double usd = row->units * row->unit_hour_usd * input->month_hours;
    BeLine *line = be_bill_line (&bill, BE_LINE_PROVISIONED, usd, row->units * input->month_hours,
                                 row->unit_hour_usd);
    line->workload = row->workload;
    line->offer = row->offer;
    bill.buffer_usd += usd * input->workloads[row->workload].buffer;
    for (size_t b = evaluation->first_book[row->workload];
         b < evaluation->first_book[row->workload + 1]; b++) {
      const BeRouteBook *book = &evaluation->books[b];
      if (book->offer != row->offer || row->offer < 0)
        continue;
      const BeFlow *flow = &evaluation->flows[row->workload];
      double carried = carried_share (book, flow, row);
      evaluation->kept[b] -= carried;
      bill.quality += flow->per_month * carried * book->end_share * book->quality;
      bill.latency += flow->per_month * carried * book->share * book->latency_s;
    }
  }
  be_plan_bill_kept (&bill);
  be_bill_finish (&bill, result, warn);
}
