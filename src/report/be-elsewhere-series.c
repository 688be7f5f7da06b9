/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same open weights at a provider, as a line to compare with. */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Whether everything that the pool serves is on that offer already. */
static gboolean
is_hosted_plan (BeScenario *scenario, const BePlanInput *input, int pool,
                const BeCatalogOffer *host)
{
  for (size_t i = 0; i < input->pools[pool].n_serves; i++) {
    const BeWorkload *workload = &input->workloads[input->pools[pool].serves[i].workload];
    for (size_t r = 0; r < workload->n_routes; r++) {
      int offer = workload->routes[r].offer;
      if (g_strcmp0 (be_scenario_offer_key (scenario, offer), host->key) != 0)
        return FALSE;
    }
  }
  return TRUE;
}

gboolean
be_report_elsewhere (BeScenario *scenario, const BePlanInput *input, int pool,
                     const double *volume_factors, gsize n, double *per_month_usd,
                     const BeCatalogOffer **host)
{
  g_autofree char *date = be_scenario_get_text (scenario, "pricesAsOf");
  BeSameWeights same;
  BeOffer offer;

  *host = NULL;
  if (be_study_same_weights (scenario, pool, &same, NULL))
    *host = same.offer;
  if (*host == NULL || is_hosted_plan (scenario, input, pool, *host))
    return FALSE;
  g_autoptr (JsonNode) node = be_catalog_offer_to_scenario (*host, date);
  if (node == NULL || !be_scenario_resolve_offer (scenario, node, &offer))
    return FALSE;
  gboolean good = be_study_elsewhere (input, pool, &offer, volume_factors, n, per_month_usd, NULL);
  be_offer_clear (&offer);
  return good;
}

void
be_report_add_elsewhere (BeChartData *data, BeScenario *scenario, const BePlanInput *input)
{
  double today = be_total_requests_per_day (input);
  const BeSeries *curve = data->series->len > 0 ? g_ptr_array_index (data->series, 0) : NULL;
  const BeCatalogOffer *host;

  if (!(today > 0) || curve == NULL)
    return;
  g_autofree double *x = g_memdup2 (curve->x, curve->n * sizeof *curve->x);
  g_autofree double *factors = g_new (double, curve->n);
  g_autofree double *y = g_new (double, curve->n);
  gsize n = curve->n;
  for (gsize i = 0; i < n; i++)
    factors[i] = x[i] / today;
  for (size_t p = 0; p < input->n_pools; p++) {
    if (!be_report_elsewhere (scenario, input, (int) p, factors, n, y, &host))
      continue;
    /* Translators: a provider. */
    g_autofree char *name = g_strdup_printf (_ ("Same model hosted by %s"), host->provider);
    be_chart_data_add_series (data, name, BE_ROLE_REFERENCE, BE_SERIES_LINE, x, y, n);
  }
}
