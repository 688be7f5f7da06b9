/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every way to have a pool's fleet, and what sharing one between workloads saves. */
#include "study/be-study-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* ---- prices ---- */

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static double
median (GArray *values)
{
  if (values->len == 0)
    return NAN;
  g_array_sort (values, compare_doubles);
  guint half = values->len / 2;
  double upper = g_array_index (values, double, half);
  return values->len % 2 == 1 ? upper : (g_array_index (values, double, half - 1) + upper) / 2;
}

static void
keep (GArray *values, double value)
{
  if (!isnan (value))
    g_array_append_val (values, value);
}

void
be_fleet_prices_find (BeCatalog *catalog, const char *gpu, BeFleetPrices *prices)
{
  g_autoptr (GArray) spot = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) reserved = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) capex = g_array_new (FALSE, FALSE, sizeof (double));

  *prices = (BeFleetPrices){ NAN, NAN, NAN, NAN };
  if (gpu == NULL)
    return;
  for (size_t i = 0; i < be_catalog_get_n_gpu_prices (catalog); i++) {
    const BeGpuPrice *row = be_catalog_get_gpu_price_row (catalog, i);
    if (!g_str_equal (row->gpu, gpu))
      continue;
    keep (reserved, row->reserved);
    if (g_str_equal (row->kind, "cloud"))
      keep (spot, row->spot);
    if (g_str_has_prefix (row->kind, "capex"))
      keep (capex, row->on_demand);
  }
  prices->on_demand_usd = be_catalog_gpu_price (catalog, gpu);
  prices->reserved_usd = median (reserved);
  prices->spot_usd = median (spot);
  prices->capex_usd = median (capex);
}

/* ---- ways to have a fleet ---- */

static gboolean
set_rent (BePool *pool, BeRentKind kind, double gpu_hour_usd)
{
  pool->rent_kind = kind;
  pool->gpu_hour_usd = gpu_hour_usd;
  pool->reserved_replicas = 0;
  pool->autoscale = false;
  return gpu_hour_usd > 0;
}

/* The pool's own price where it has this kind of rent, else the catalogue's. */
static double
price_of (const BePool *pool, BeRentKind kind, double known)
{
  return pool->rent_kind == kind ? pool->gpu_hour_usd : known;
}

static double
reserved_price (const BePool *pool, const BeFleetPrices *prices)
{
  if (pool->rent_kind == BE_RENT_RESERVED_1Y || pool->rent_kind == BE_RENT_RESERVED_3Y)
    return pool->gpu_hour_usd;
  return pool->reserved_gpu_hour_usd > 0 ? pool->reserved_gpu_hour_usd : prices->reserved_usd;
}

/* Source of the example: the serving model's "Fleet sizing and cost", owned GPU-hour. */
static gboolean
set_owned (BePool *pool, const BePool *own, double capex_usd)
{
  pool->rent_kind = BE_RENT_OWNED;
  pool->reserved_replicas = 0;
  pool->autoscale = false;
  if (own->rent_kind == BE_RENT_OWNED)
    return TRUE;
  pool->capex_usd = capex_usd;
  pool->life_years = 4;
  pool->residual = 0.15;
  pool->cost_of_capital = 0.08;
  pool->kw = 1.28;
  pool->pue = 1.3;
  pool->per_kwh_usd = 0.10;
  pool->colocation_per_kw_month_usd = 100;
  pool->maintenance = 0;
  return capex_usd > 0;
}

gboolean
be_fleet_set_kind (BePool *pool, const BePool *own, BeFleetKind kind, const BeFleetPrices *prices)
{
  double on_demand = price_of (own, BE_RENT_ON_DEMAND, prices->on_demand_usd);
  double reserved = reserved_price (own, prices);

  *pool = *own;
  switch (kind) {
  case BE_FLEET_STATIC:
    return set_rent (pool, BE_RENT_ON_DEMAND, on_demand);
  case BE_FLEET_AUTOSCALED:
  case BE_FLEET_RESERVED_BASE:
    if (!set_rent (pool, BE_RENT_ON_DEMAND, on_demand))
      return FALSE;
    pool->autoscale = true;
    if (kind == BE_FLEET_AUTOSCALED)
      return TRUE;
    pool->reserved_replicas = BE_RESERVED_BEST;
    pool->reserved_gpu_hour_usd = reserved;
    return reserved > 0;
  case BE_FLEET_RESERVED:
    return set_rent (pool, BE_RENT_RESERVED_3Y, reserved);
  case BE_FLEET_SPOT:
    return set_rent (pool, BE_RENT_SPOT, price_of (own, BE_RENT_SPOT, prices->spot_usd));
  case BE_FLEET_OWNED:
    return set_owned (pool, own, prices->capex_usd);
  case BE_FLEET_AS_IS:
  default:
    return TRUE;
  }
}

static void
fill_option (BeFleetOption *option, const BePlanInput *variant, int pool, BePlanResult *result)
{
  option->per_month_usd = be_variant_cost (variant, result, pool, &option->replicas);
  option->known = !isnan (option->per_month_usd);
  option->gpu_hour_usd = be_pool_gpu_hour (&variant->pools[pool]);
  if (!option->known)
    return;
  const BePoolResult *fleet = &result->self_hosted[pool];
  const BePlan *plan = &result->plans[BE_PLAN_SELF_HOSTED];
  option->gpus = fleet->gpus;
  option->reserved = fleet->reserved;
  option->utilisation = fleet->utilisation;
  option->people_fte = fleet->people_fte;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    option->mean_running += fleet->running[hour];
  option->mean_running /= BE_WEEK_HOURS;
  for (size_t i = 0; i < plan->n_lines; i++)
    if (plan->lines[i].kind == BE_LINE_COLD_START && plan->lines[i].pool == pool)
      option->cold_start_usd += plan->lines[i].usd;
}

gboolean
be_study_fleet (const BePlanInput *input, int pool, const BeFleetPrices *prices,
                BeFleetOption options[BE_N_FLEETS], GError **error)
{
  BePlanInput variant;
  BePlanResult result;
  BePool *changed;

  if (pool < 0 || pool >= (int) input->n_pools) {
    g_set_error_literal (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT, _ ("There is no such pool"));
    return FALSE;
  }
  be_variant_init (&variant, input, pool, &changed);
  be_plan_result_init (&result);
  for (int kind = 0; kind < BE_N_FLEETS; kind++) {
    options[kind] = (BeFleetOption){ .per_month_usd = NAN, .gpu_hour_usd = NAN };
    if (be_fleet_set_kind (changed, &input->pools[pool], (BeFleetKind) kind, prices))
      fill_option (&options[kind], &variant, pool, &result);
  }
  be_plan_result_clear (&result);
  be_variant_clear (&variant);
  return TRUE;
}

double
be_peak_to_average (const double load[BE_WEEK_HOURS])
{
  double peak = 0, sum = 0;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    peak = fmax (peak, load[hour]);
    sum += load[hour];
  }
  return sum > 0 ? peak * BE_WEEK_HOURS / sum : 0;
}

int
be_overload_hours (const double load[BE_WEEK_HOURS], double replicas)
{
  int hours = 0;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    hours += load[hour] > replicas * (1 + 1e-12);
  return hours;
}

/* ---- several workloads on one pool ---- */

/* The bills of the pools `first` to `first + n - 1`, and the replicas and peaks they need. */
static double
pools_cost (const BePlanInput *variant, BePlanResult *result, size_t first, size_t n, int *replicas,
            double *peaks)
{
  double usd = 0;

  *replicas = 0;
  *peaks = 0;
  if (be_plan_evaluate_some (variant, 1u << BE_PLAN_SELF_HOSTED, result) != BE_OK)
    return NAN;
  const BePlan *plan = &result->plans[BE_PLAN_SELF_HOSTED];
  if (plan->feasible != BE_FEASIBLE)
    return NAN;
  for (size_t i = 0; i < plan->n_lines; i++)
    if (plan->lines[i].pool >= (int) first && plan->lines[i].pool < (int) (first + n))
      usd += plan->lines[i].usd;
  for (size_t i = first; i < first + n; i++) {
    *replicas += result->self_hosted[i].replicas;
    *peaks += result->self_hosted[i].peak_replicas;
  }
  return usd;
}

/* One pool for each workload in the place of the last pool; the first keeps people and fixed cost.
 */
static void
separate (BePlanInput *variant, const BePlanInput *input, int pool, BePool **pools)
{
  const BePool *shared = &input->pools[pool];
  size_t n = input->n_pools - 1, at = 0;

  *variant = *input;
  *pools = g_new (BePool, n + shared->n_serves);
  for (size_t i = 0; i < input->n_pools; i++)
    if ((int) i != pool)
      (*pools)[at++] = input->pools[i];
  for (size_t i = 0; i < shared->n_serves; i++) {
    BePool *own = &(*pools)[n + i];
    *own = *shared;
    own->serves = &shared->serves[i];
    own->n_serves = 1;
    if (i > 0) {
      own->n_people = 0;
      own->fixed_per_month_usd = 0;
    }
  }
  variant->pools = *pools;
  variant->n_pools = n + shared->n_serves;
}

static void
fill_undeferred (BePooling *pooling, const BePlanInput *input, int pool, BePlanResult *result)
{
  BePlanInput variant = *input;
  g_autofree BeWorkload *workloads = g_new (BeWorkload, MAX (input->n_workloads, 1));
  double peaks;

  for (size_t i = 0; i < input->n_workloads; i++)
    workloads[i] = input->workloads[i];
  for (size_t i = 0; i < input->pools[pool].n_serves; i++)
    workloads[input->pools[pool].serves[i].workload].batch_share = 0;
  variant.workloads = workloads;
  pooling->undeferred_usd =
      pools_cost (&variant, result, (size_t) pool, 1, &pooling->undeferred_replicas, &peaks);
}

gboolean
be_study_pooling (const BePlanInput *input, int pool, BePooling *pooling, GError **error)
{
  BePlanInput variant;
  BePlanResult result;
  g_autofree BePool *pools = NULL;

  if (pool < 0 || pool >= (int) input->n_pools || input->pools[pool].n_serves == 0) {
    g_set_error_literal (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT,
                         _ ("There is no such pool that serves a workload"));
    return FALSE;
  }
  *pooling = (BePooling){ .n_workloads = input->pools[pool].n_serves };
  be_plan_result_init (&result);
  pooling->together_usd = pools_cost (input, &result, (size_t) pool, 1, &pooling->together_replicas,
                                      &pooling->together_peak);
  fill_undeferred (pooling, input, pool, &result);
  separate (&variant, input, pool, &pools);
  pooling->separate_usd =
      pools_cost (&variant, &result, input->n_pools - 1, input->pools[pool].n_serves,
                  &pooling->separate_replicas, &pooling->separate_peaks);
  be_plan_result_clear (&result);
  return TRUE;
}
