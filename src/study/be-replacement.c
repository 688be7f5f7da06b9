/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fine-tuned smaller model against the large one that it would replace. */
#include "study/be-study-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Highest volume factor that is looked at. */
#define FACTOR_LIMIT 1e6

typedef struct {
  BePlanInput alone;
  BePlanResult result;
  BeRoute route;
} Bench;

/* $/month with the whole workload on one of its routes. */
static double
cost_on (Bench *bench, const BeRoute *route, double factor)
{
  double usd;

  bench->route = *route;
  bench->route.share = 1;
  bench->alone.workloads[0].routes = &bench->route;
  bench->alone.workloads[0].n_routes = 1;
  bench->alone.workloads[0].routing = BE_ROUTING_SPLIT;
  bench->alone.workloads[0].overhead_per_request_usd = 0;
  bench->alone.volume = factor;
  return be_alone_cost (&bench->alone, &bench->result, &usd) ? usd : NAN;
}

/* Of the routes that are fine-tuned or not: the one of highest quality, of equals the dearest. */
static int
find_route (Bench *bench, const BeWorkload *workload, bool fine_tuned)
{
  int found = -1;
  double best_quality = -1, best_usd = -1;

  for (size_t i = 0; i < workload->n_routes; i++) {
    const BeRoute *route = &workload->routes[i];
    if (route->fine_tuned != fine_tuned || route->offer < 0)
      continue;
    double usd = cost_on (bench, route, 1);
    if (route->quality > best_quality || (route->quality == best_quality && usd > best_usd)) {
      found = (int) i;
      best_quality = route->quality;
      best_usd = usd;
    }
  }
  return found;
}

/* The first factor from which the small model is cheaper; both lines rise, so one search finds it.
 */
static double
find_crossing (Bench *bench, const BeRoute *large, const BeRoute *small)
{
  double low = 0, high = 1;

  while (high < FACTOR_LIMIT && !(cost_on (bench, small, high) < cost_on (bench, large, high)))
    high *= 2;
  if (high >= FACTOR_LIMIT)
    return NAN;
  for (int step = 0; step < 80; step++) {
    double middle = (low + high) / 2;
    if (cost_on (bench, small, middle) < cost_on (bench, large, middle))
      high = middle;
    else
      low = middle;
  }
  return high;
}

gboolean
be_study_replacement (const BePlanInput *input, int workload, const double *factors, gsize n,
                      BeReplacement *replacement, GError **error)
{
  Bench bench;

  *replacement = (BeReplacement){ .large = -1, .small = -1, .crossing_factor = NAN };
  if (!be_alone_init (&bench.alone, input, workload, error))
    return FALSE;
  const BeWorkload *whole = &input->workloads[workload];
  be_plan_result_init (&bench.result);
  replacement->large = find_route (&bench, whole, false);
  replacement->small = find_route (&bench, whole, true);
  if (replacement->large >= 0 && replacement->small >= 0) {
    const BeRoute *large = &whole->routes[replacement->large];
    const BeRoute *small = &whole->routes[replacement->small];
    replacement->n = n;
    replacement->large_usd = g_new (double, n);
    replacement->small_usd = g_new (double, n);
    for (gsize i = 0; i < n; i++) {
      replacement->large_usd[i] = cost_on (&bench, large, factors[i]);
      replacement->small_usd[i] = cost_on (&bench, small, factors[i]);
    }
    replacement->crossing_factor = find_crossing (&bench, large, small);
    if (isfinite (replacement->crossing_factor))
      replacement->crossing_usd = cost_on (&bench, large, replacement->crossing_factor);
  }
  be_plan_result_clear (&bench.result);
  be_alone_clear (&bench.alone);
  return TRUE;
}

void
be_replacement_clear (BeReplacement *replacement)
{
  g_clear_pointer (&replacement->large_usd, g_free);
  g_clear_pointer (&replacement->small_usd, g_free);
}
