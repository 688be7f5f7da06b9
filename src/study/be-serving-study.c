/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pool's GPU, precision and width: every choice side by side. */
#include "study/be-study-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const BeWeights precisions[] = { BE_WEIGHTS_FP16, BE_WEIGHTS_FP8, BE_WEIGHTS_INT8,
                                        BE_WEIGHTS_INT4, BE_WEIGHTS_FP4 };
static const int widths[] = { 1, 2, 4, 8 };

BeKvCache
be_kv_for (BeWeights weights, const BeGpu *gpu)
{
  return weights != BE_WEIGHTS_FP16 && gpu->fp8_tflops > 0 ? BE_KV_FP8 : BE_KV_FP16;
}

/* What all choices of one comparison share. */
typedef struct {
  BePlanInput variant;
  BePool *pool; /* the one that changes */
  BePool own;   /* as it is paid now */
  int index;
  BePlanResult result;
  double prompt, output;
  GArray *choices; /* BeServingChoice */
} Comparison;

/* Evaluates the plan with one choice in the pool's place. Without a price it is run for nothing, so
 * that the number of replicas is known. */
static void
try_choice (Comparison *comparison, BeServingChoice *choice)
{
  BePool *pool = comparison->pool;
  BeServingDemand demand = be_pool_demand (pool);
  BeServingResult serving;

  if (be_serving_evaluate (&pool->serving, &demand, comparison->prompt, comparison->output,
                           &serving)
      != BE_OK)
    return;
  choice->tpot_s = serving.tpot_s;
  choice->ttft_s = serving.ttft_s;
  choice->output_tokens_per_second = serving.output_tokens_per_second;
  choice->output_low = serving.output_low;
  choice->output_high = serving.output_high;
  choice->doubts = serving.doubts;
  choice->meets_target = serving.meets_target;
  choice->usd_per_mtok = be_full_replica_per_mtok (pool, serving.output_tokens_per_second);
  choice->per_month_usd = be_variant_cost (&comparison->variant, &comparison->result,
                                           comparison->index, &choice->replicas);
  if (choice->priced == BE_PRICED_BY_NOTHING)
    choice->usd_per_mtok = choice->per_month_usd = NAN;
  g_array_append_val (comparison->choices, *choice);
}

/* On demand at this price; NaN: for nothing. */
static void
set_rent (BePool *pool, double usd)
{
  pool->rent_kind = BE_RENT_ON_DEMAND;
  pool->gpu_hour_usd = isnan (usd) ? 0 : usd;
  pool->reserved_replicas = 0;
  pool->gpus_per_instance = 0;
}

static void
set_own_rent (BePool *pool, const BePool *own)
{
  pool->rent_kind = own->rent_kind;
  pool->gpu_hour_usd = own->gpu_hour_usd;
  pool->reserved_replicas = own->reserved_replicas;
  pool->gpus_per_instance = own->gpus_per_instance;
}

/* Every precision and width of a GPU whose rent is set. */
static void
try_layouts (Comparison *comparison, BeServingChoice choice)
{
  BePool *pool = comparison->pool;

  for (guint p = 0; p < G_N_ELEMENTS (precisions); p++)
    for (guint w = 0; w < G_N_ELEMENTS (widths); w++) {
      if (widths[w] > 1 && !(choice.gpu->gpu.link_gbs > 0))
        continue;
      choice.weights = pool->serving.weights = precisions[p];
      choice.kv_cache = pool->serving.kv_cache = be_kv_for (precisions[p], &choice.gpu->gpu);
      choice.gpus_per_replica = pool->serving.tensor_parallel = pool->gpus_per_replica = widths[w];
      try_choice (comparison, &choice);
    }
}

static void
try_gpu (Comparison *comparison, const BeCatalogGpu *gpu, gboolean by_pool, gboolean is_pools_own,
         double rent)
{
  BePool *pool = comparison->pool;
  BeServingChoice choice = { .gpu = gpu,
                             .gpu_hour_usd = by_pool ? be_pool_gpu_hour (&comparison->own) : rent,
                             .priced = by_pool ? BE_PRICED_BY_POOL : BE_PRICED_BY_CATALOGUE,
                             .is_pools_own = is_pools_own };

  pool->serving.gpu = gpu->gpu;
  if (isnan (choice.gpu_hour_usd))
    choice.priced = BE_PRICED_BY_NOTHING;
  if (choice.priced == BE_PRICED_BY_POOL)
    set_own_rent (pool, &comparison->own);
  else
    set_rent (pool, choice.gpu_hour_usd);
  try_layouts (comparison, choice);
}

/* The catalogue's GPUs but those that a row of the document stands in for, then the document's. */
static void
try_all (Comparison *comparison, BeScenario *scenario)
{
  BeCatalog *catalog = be_scenario_get_catalog (scenario);
  g_auto (GStrv) rows = be_scenario_list_gpus (scenario);
  g_auto (GStrv) pools = be_scenario_list_pools (scenario);
  g_autofree char *path = be_path_join ("pools", pools[comparison->index], "gpu", NULL);
  g_autofree char *present = be_scenario_get_text (scenario, path);

  for (size_t g = 0; g < be_catalog_get_n_gpus (catalog); g++) {
    const BeCatalogGpu *gpu = be_catalog_get_gpu (catalog, g);
    gboolean is_present = g_strcmp0 (gpu->key, present) == 0;
    if (!g_strv_contains ((const char *const *) rows, gpu->key))
      try_gpu (comparison, gpu, is_present, is_present, be_catalog_gpu_price (catalog, gpu->key));
  }
  for (char **row = rows; *row != NULL; row++)
    try_gpu (comparison, be_scenario_get_own_gpu (scenario, *row), TRUE,
             g_strcmp0 (*row, present) == 0, NAN);
}

static int
compare_numbers (double x, double y)
{
  return (x > y) - (x < y);
}

static double
speed_of_gpu (const BeServingChoice *choice)
{
  return choice->output_tokens_per_second / choice->gpus_per_replica;
}

static int
compare_choices (gconstpointer a, gconstpointer b)
{
  const BeServingChoice *x = a, *y = b;
  gboolean x_runs = !isnan (x->per_month_usd), y_runs = !isnan (y->per_month_usd);
  gboolean x_priced = !isnan (x->usd_per_mtok), y_priced = !isnan (y->usd_per_mtok);

  if (x_priced != y_priced)
    return y_priced - x_priced;
  if (!x_priced)
    return compare_numbers (speed_of_gpu (y), speed_of_gpu (x));
  if (x_runs != y_runs)
    return y_runs - x_runs;
  if (x_runs && x->per_month_usd != y->per_month_usd)
    return compare_numbers (x->per_month_usd, y->per_month_usd);
  return compare_numbers (x->usd_per_mtok, y->usd_per_mtok);
}

/* By latency, then by price: the front is what is cheaper than all before it. What has no price is
 * none of it. */
static int
compare_front (gconstpointer a, gconstpointer b)
{
  const BeServingChoice *x = *(BeServingChoice *const *) a, *y = *(BeServingChoice *const *) b;

  if (x->tpot_s != y->tpot_s)
    return x->tpot_s < y->tpot_s ? -1 : 1;
  return compare_numbers (x->usd_per_mtok, y->usd_per_mtok);
}

static void
mark_front (GArray *choices)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (choices->len);
  double least = INFINITY, at = NAN;

  for (guint i = 0; i < choices->len; i++) {
    BeServingChoice *choice = &g_array_index (choices, BeServingChoice, i);
    if (!isnan (choice->usd_per_mtok))
      g_ptr_array_add (sorted, choice);
  }
  g_ptr_array_sort (sorted, compare_front);
  for (guint i = 0; i < sorted->len; i++) {
    BeServingChoice *choice = sorted->pdata[i];
    choice->on_front =
        choice->usd_per_mtok < least || (choice->usd_per_mtok == least && choice->tpot_s == at);
    if (choice->usd_per_mtok < least) {
      least = choice->usd_per_mtok;
      at = choice->tpot_s;
    }
  }
}

GArray *
be_study_gpus (const BePlanInput *input, BeScenario *scenario, int pool, GError **error)
{
  Comparison comparison = { .index = pool };
  BeServingSetup setup;

  if (!be_study_serving_lengths (input, pool, &comparison.prompt, &comparison.output, error)
      || !be_study_serving_setup (input, pool, &setup, error))
    return NULL;
  comparison.choices = g_array_new (FALSE, TRUE, sizeof (BeServingChoice));
  comparison.own = input->pools[pool];
  be_variant_init (&comparison.variant, input, pool, &comparison.pool);
  comparison.pool->throughput_measured = false;
  comparison.pool->serving = setup;
  comparison.pool->serving.pipeline_stages = comparison.pool->serving.attention_dp = 1;
  be_plan_result_init (&comparison.result);
  try_all (&comparison, scenario);
  be_plan_result_clear (&comparison.result);
  be_variant_clear (&comparison.variant);
  g_array_sort (comparison.choices, compare_choices);
  mark_front (comparison.choices);
  return comparison.choices;
}
