/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One workload's answers by the time that they take and what they cost. */
#include "study/be-study-private.h"

#include <math.h>

void
be_latency_clear (BeLatency *latency)
{
  g_clear_pointer (&latency->places, g_array_unref);
}

static void
add_place (BeLatency *latency, BePlace place)
{
  g_array_append_val (latency->places, place);
}

static BePlace *
get_place (BeLatency *latency, guint index)
{
  return &g_array_index (latency->places, BePlace, index);
}

/* All of the workload on one of its routes. */
static gboolean
place_route (BePlanInput *alone, BePlanResult *result, int index, BePlace *place)
{
  BeWorkload *workload = &alone->workloads[0];
  BeWorkload before = *workload;
  BeRoute whole = before.routes[index];
  double usd;

  *place = (BePlace){ .kind = BE_PLACE_ROUTE, .index = index, .share = whole.share };
  whole.share = 1;
  workload->routes = &whole;
  workload->n_routes = 1;
  workload->routing = BE_ROUTING_SPLIT;
  workload->overhead_per_request_usd = 0;
  gboolean valid = be_alone_cost (alone, result, &usd);
  *workload = before;
  if (!valid)
    return FALSE;
  place->per_request_usd = isnan (usd) ? NAN : result->plans[BE_PLAN_HOSTED].per_request_usd;
  place->latency_s = result->times[0].latency_s;
  place->late_share = result->times[0].late_share;
  return TRUE;
}

static gboolean
add_routes (BeLatency *latency, BePlanInput *alone, BePlanResult *result)
{
  for (size_t r = 0; r < alone->workloads[0].n_routes; r++) {
    BePlace place;
    if (!place_route (alone, result, (int) r, &place))
      return FALSE;
    add_place (latency, place);
  }
  return TRUE;
}

/* The routing as it is, and what each of its routes pays again after the timeout. */
static gboolean
add_routing (BeLatency *latency, const BePlanInput *alone, BePlanResult *result)
{
  const BePlan *plan = &result->plans[BE_PLAN_HOSTED];
  double usd;

  if (!be_alone_cost (alone, result, &usd))
    return FALSE;
  latency->mean_s = plan->latency_mean_s;
  latency->per_request_usd = isnan (usd) ? NAN : plan->per_request_usd;
  for (size_t i = 0; i < plan->n_lines; i++) {
    const BeLine *line = &plan->lines[i];
    if (line->kind != BE_LINE_TIMEOUT_RETRIES)
      continue;
    BePlace *place = get_place (latency, (guint) line->route);
    /* A bill's lines are without the buffer, which the prices beside them hold. */
    double usd_with_buffer = line->usd * (1 + alone->workloads[0].buffer);
    place->retries += line->quantity;
    place->retries_usd += usd_with_buffer;
    latency->retries += line->quantity;
    latency->retries_usd += usd_with_buffer;
  }
  return TRUE;
}

/* The slowest route in use; none when the time of one is not known. */
static int
find_slowest (BeLatency *latency, const BeWorkload *workload)
{
  int slowest = -1;

  for (size_t r = 0; r < workload->n_routes; r++) {
    double seconds = get_place (latency, (guint) r)->latency_s;
    if (!(workload->routes[r].share > 0))
      continue;
    if (isnan (seconds))
      return -1;
    if (slowest < 0 || seconds > get_place (latency, (guint) slowest)->latency_s)
      slowest = (int) r;
  }
  return slowest;
}

static void
find_reference (BeLatency *latency, const BeWorkload *workload)
{
  g_autofree double *costs = g_new (double, workload->n_routes + 1);

  latency->reference = -1;
  if (workload->n_routes < 2)
    return;
  for (size_t r = 0; r < workload->n_routes; r++)
    costs[r] = get_place (latency, (guint) r)->per_request_usd;
  latency->reference = be_reference_route (workload, costs);
}

/* $/month of a pool in the self-hosted plan, buffer included; NaN: it cannot be run. */
static double
pool_usd (const BePlanInput *input, const BePlanResult *result, int pool)
{
  const BePlan *plan = &result->plans[BE_PLAN_SELF_HOSTED];
  double usd = 0, buffer = 0;
  gboolean runs = result->self_hosted[pool].replicas > 0;

  if (plan->fault_pool == pool)
    return NAN;
  for (size_t i = 0; i < plan->n_lines; i++) {
    if (plan->lines[i].pool != pool)
      continue;
    runs = TRUE;
    usd += plan->lines[i].usd;
  }
  if (!runs)
    return NAN;
  for (size_t i = 0; i < result->n_serves; i++)
    if (result->serves[i].pool == pool)
      buffer += result->serves[i].work_share * input->workloads[result->serves[i].workload].buffer;
  return usd * (1 + buffer);
}

static gboolean
add_pools (BeLatency *latency, const BePlanInput *input, int workload, BePlanResult *result)
{
  if (input->n_pools == 0)
    return TRUE;
  if (be_plan_evaluate_some (input, 1u << BE_PLAN_SELF_HOSTED, result) != BE_OK)
    return FALSE;
  for (size_t i = 0; i < result->n_serves; i++) {
    const BeServeTime *serves = &result->serves[i];
    if (serves->workload != workload || !(serves->requests > 0))
      continue;
    double asked =
        input->workloads[workload].requests_per_day * input->volume / 24 * input->month_hours;
    add_place (latency, (BePlace){ .kind = BE_PLACE_POOL,
                                   .index = serves->pool,
                                   .share = serves->requests / asked,
                                   .latency_s = serves->latency_s,
                                   .per_request_usd = pool_usd (input, result, serves->pool)
                                                      * serves->work_share / serves->requests });
  }
  return TRUE;
}

static gboolean
add_offers (BeLatency *latency, const BePlanInput *input, int workload, const BeOffer *offers,
            gsize n_offers, GError **error)
{
  g_autofree BeOfferCost *costs = g_new (BeOfferCost, n_offers + 1);

  if (!be_study_offers (input, workload, offers, n_offers, costs, error))
    return FALSE;
  for (gsize i = 0; i < n_offers; i++)
    add_place (latency, (BePlace){ .kind = BE_PLACE_OFFER,
                                   .index = (int) i,
                                   .latency_s = costs[i].latency_s,
                                   .per_request_usd = costs[i].per_request_usd,
                                   .late_share = costs[i].late_share });
  return TRUE;
}

/* Whether one is at least as good as the other in both, and better in one. */
static gboolean
beats (const BePlace *one, const BePlace *other)
{
  return one->latency_s <= other->latency_s && one->per_request_usd <= other->per_request_usd
         && (one->latency_s < other->latency_s || one->per_request_usd < other->per_request_usd);
}

gboolean
be_place_has_point (const BePlace *place)
{
  return isfinite (place->latency_s) && place->latency_s > 0 && isfinite (place->per_request_usd)
         && place->per_request_usd > 0;
}

static void
mark_front (BeLatency *latency)
{
  for (guint i = 0; i < latency->places->len; i++) {
    BePlace *place = get_place (latency, i);
    place->on_front = be_place_has_point (place);
    for (guint k = 0; k < latency->places->len && place->on_front; k++) {
      const BePlace *other = get_place (latency, k);
      place->on_front = !be_place_has_point (other) || !beats (other, place);
    }
  }
}

gboolean
be_study_latency (const BePlanInput *input, int workload, const BeOffer *offers, gsize n_offers,
                  BeLatency *latency, GError **error)
{
  BePlanInput alone;
  BePlanResult result;

  *latency = (BeLatency){ .mean_s = NAN, .per_request_usd = NAN, .slowest = -1, .reference = -1 };
  if (!be_alone_init (&alone, input, workload, error))
    return FALSE;
  latency->places = g_array_new (FALSE, FALSE, sizeof (BePlace));
  be_plan_result_init (&result);
  gboolean done = add_routes (latency, &alone, &result) && add_routing (latency, &alone, &result);
  if (done) {
    latency->slowest = find_slowest (latency, &alone.workloads[0]);
    find_reference (latency, &alone.workloads[0]);
    done = add_pools (latency, input, workload, &result);
  }
  be_plan_result_clear (&result);
  be_alone_clear (&alone);
  if (!done)
    be_study_fail_prices (error);
  else
    done = add_offers (latency, input, workload, offers, n_offers, error);
  if (done)
    mark_front (latency);
  else
    be_latency_clear (latency);
  return done;
}
