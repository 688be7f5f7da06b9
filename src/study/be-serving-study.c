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
  int index;
  BePlanResult result;
  double prompt, output;
  GArray *choices; /* BeServingChoice */
} Comparison;

/* Evaluates the plan with one choice in the pool's place. */
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
  g_array_append_val (comparison->choices, *choice);
}

static void
try_gpu (Comparison *comparison, const BeCatalogGpu *gpu, double rent)
{
  BePool *pool = comparison->pool;

  pool->serving.gpu = gpu->gpu;
  pool->gpu_hour_usd = rent;
  for (guint p = 0; p < G_N_ELEMENTS (precisions); p++)
    for (guint w = 0; w < G_N_ELEMENTS (widths); w++) {
      BeServingChoice choice = {
        .gpu = gpu, .weights = precisions[p], .gpus_per_replica = widths[w], .gpu_hour_usd = rent
      };
      if (widths[w] > 1 && !(gpu->gpu.link_gbs > 0))
        continue;
      pool->serving.weights = precisions[p];
      choice.kv_cache = pool->serving.kv_cache = be_kv_for (precisions[p], &gpu->gpu);
      pool->serving.tensor_parallel = pool->gpus_per_replica = widths[w];
      try_choice (comparison, &choice);
    }
}

static int
compare_choices (gconstpointer a, gconstpointer b)
{
  const BeServingChoice *x = a, *y = b;
  gboolean x_priced = !isnan (x->per_month_usd), y_priced = !isnan (y->per_month_usd);

  if (x_priced != y_priced)
    return y_priced - x_priced;
  if (x_priced && x->per_month_usd != y->per_month_usd)
    return x->per_month_usd < y->per_month_usd ? -1 : 1;
  return (x->usd_per_mtok > y->usd_per_mtok) - (x->usd_per_mtok < y->usd_per_mtok);
}

/* By latency, then by price: the front is what is cheaper than all before it. */
static int
compare_front (gconstpointer a, gconstpointer b)
{
  const BeServingChoice *x = *(BeServingChoice *const *) a, *y = *(BeServingChoice *const *) b;

  if (x->tpot_s != y->tpot_s)
    return x->tpot_s < y->tpot_s ? -1 : 1;
  return (x->usd_per_mtok > y->usd_per_mtok) - (x->usd_per_mtok < y->usd_per_mtok);
}

static void
mark_front (GArray *choices)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (choices->len);
  double least = INFINITY, at = NAN;

  for (guint i = 0; i < choices->len; i++)
    g_ptr_array_add (sorted, &g_array_index (choices, BeServingChoice, i));
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
be_study_gpus (const BePlanInput *input, BeCatalog *catalog, int pool, GError **error)
{
  Comparison comparison = { .index = pool };
  BeServingSetup setup;

  if (!be_study_serving_lengths (input, pool, &comparison.prompt, &comparison.output, error)
      || !be_study_serving_setup (input, pool, &setup, error))
    return NULL;
  comparison.choices = g_array_new (FALSE, TRUE, sizeof (BeServingChoice));
  be_variant_init (&comparison.variant, input, pool, &comparison.pool);
  comparison.pool->throughput_measured = false;
  comparison.pool->serving = setup;
  comparison.pool->rent_kind = BE_RENT_ON_DEMAND;
  comparison.pool->reserved_replicas = 0;
  comparison.pool->gpus_per_instance = 0;
  comparison.pool->serving.pipeline_stages = comparison.pool->serving.attention_dp = 1;
  be_plan_result_init (&comparison.result);
  for (size_t g = 0; g < be_catalog_get_n_gpus (catalog); g++) {
    const BeCatalogGpu *gpu = be_catalog_get_gpu (catalog, g);
    double rent = be_catalog_gpu_price (catalog, gpu->key);
    if (!isnan (rent))
      try_gpu (&comparison, gpu, rent);
  }
  be_plan_result_clear (&comparison.result);
  be_variant_clear (&comparison.variant);
  g_array_sort (comparison.choices, compare_choices);
  mark_front (comparison.choices);
  return comparison.choices;
}
