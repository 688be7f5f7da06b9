/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a latency target and the precision of the weights do to a pool. */
#include "study/be-study-private.h"

#include "be-config.h"

#include <math.h>

void
be_variant_init (BePlanInput *variant, const BePlanInput *input, int pool, BePool **changed)
{
  *variant = *input; /* shares everything but the pools */
  variant->pools = g_new (BePool, MAX (input->n_pools, 1));
  for (size_t i = 0; i < input->n_pools; i++)
    variant->pools[i] = input->pools[i];
  *changed = &variant->pools[pool];
}

void
be_variant_clear (BePlanInput *variant)
{
  g_clear_pointer (&variant->pools, g_free);
}

double
be_variant_cost (const BePlanInput *variant, BePlanResult *result, int pool, int *replicas)
{
  *replicas = 0;
  if (be_plan_evaluate_some (variant, 1u << BE_PLAN_SELF_HOSTED, result) != BE_OK)
    return NAN;
  *replicas = result->self_hosted[pool].replicas;
  const BePlan *plan = &result->plans[BE_PLAN_SELF_HOSTED];
  return plan->feasible == BE_FEASIBLE ? plan->per_month_usd : NAN;
}

double
be_pool_gpu_hour (const BePool *pool)
{
  return pool->rent_kind == BE_RENT_OWNED ? be_owned_gpu_hour (pool) : pool->gpu_hour_usd;
}

double
be_full_replica_per_mtok (const BePool *pool, double tokens_per_second)
{
  return be_pool_gpu_hour (pool) * pool->gpus_per_replica / (tokens_per_second * 3600) * 1e6;
}

/* The input with a pool whose speed is computed, whatever was measured. */
typedef struct {
  BePlanInput variant;
  BePlanResult result;
  BePool *pool;         /* of the variant; may be changed */
  BeServingSetup setup; /* as the pool is */
  double prompt, output;
} Computed;

static gboolean
computed_init (Computed *computed, const BePlanInput *input, int pool, GError **error)
{
  if (!be_study_serving_lengths (input, pool, &computed->prompt, &computed->output, error)
      || !be_study_serving_setup (input, pool, &computed->setup, error))
    return FALSE;
  be_variant_init (&computed->variant, input, pool, &computed->pool);
  be_plan_result_init (&computed->result);
  computed->pool->throughput_measured = false;
  computed->pool->serving = computed->setup;
  return TRUE;
}

static void
computed_clear (Computed *computed)
{
  be_plan_result_clear (&computed->result);
  be_variant_clear (&computed->variant);
}

gboolean
be_study_latency_price (const BePlanInput *input, int pool, double step_ms,
                        BeLatencyPrice prices[3], GError **error)
{
  Computed computed;

  if (!computed_init (&computed, input, pool, error))
    return FALSE;
  for (int i = 0; i < 3; i++) {
    BeServingResult serving;
    BeLatencyPrice *price = &prices[i];
    *price = (BeLatencyPrice){ .target_ms =
                                   fmax (input->pools[pool].target_tpot_ms + (i - 1) * step_ms, 1),
                               .per_month_usd = NAN,
                               .usd_per_mtok = NAN };
    computed.pool->target_tpot_ms = price->target_ms;
    BeServingDemand demand = be_pool_demand (computed.pool);
    if (be_serving_evaluate (&computed.setup, &demand, computed.prompt, computed.output, &serving)
        != BE_OK)
      continue;
    price->meets_target = serving.meets_target;
    price->tpot_s = serving.tpot_s;
    price->ttft_s = serving.ttft_s;
    price->output_tokens_per_second = serving.output_tokens_per_second;
    price->usd_per_mtok =
        be_full_replica_per_mtok (computed.pool, serving.output_tokens_per_second);
    price->per_month_usd =
        be_variant_cost (&computed.variant, &computed.result, pool, &price->replicas);
  }
  computed_clear (&computed);
  return TRUE;
}

static void
fill_precision (BePrecision *row, Computed *computed, int pool)
{
  BeServingResult serving;
  const BePool *changed = computed->pool;
  BeServingDemand demand = be_pool_demand (changed);
  int ranks = MAX (changed->serving.tensor_parallel, changed->serving.attention_dp)
              * changed->serving.pipeline_stages;

  row->fits =
      be_serving_evaluate (&changed->serving, &demand, computed->prompt, computed->output, &serving)
      == BE_OK;
  row->weights_gib = serving.weights_gib * ranks;
  if (!row->fits)
    return;
  row->output_tokens_per_second = serving.output_tokens_per_second;
  row->output_low = serving.output_low;
  row->output_high = serving.output_high;
  row->tpot_s = serving.tpot_s;
  row->usd_per_mtok = be_full_replica_per_mtok (changed, serving.output_tokens_per_second);
  row->per_month_usd =
      be_variant_cost (&computed->variant, &computed->result, pool, &row->replicas);
}

gboolean
be_study_precisions (const BePlanInput *input, int pool, BePrecision rows[BE_N_PRECISIONS],
                     GError **error)
{
  static const BeWeights order[BE_N_PRECISIONS] = { BE_WEIGHTS_FP16, BE_WEIGHTS_FP8,
                                                    BE_WEIGHTS_INT8, BE_WEIGHTS_INT4,
                                                    BE_WEIGHTS_FP4 };
  Computed computed;

  if (!computed_init (&computed, input, pool, error))
    return FALSE;
  for (int i = 0; i < BE_N_PRECISIONS; i++) {
    BePrecision *row = &rows[i];
    *row = (BePrecision){ .weights = order[i], .usd_per_mtok = NAN, .per_month_usd = NAN };
    computed.pool->serving.weights = order[i];
    row->kv_cache = computed.pool->serving.kv_cache = be_kv_for (order[i], &computed.setup.gpu);
    fill_precision (row, &computed, pool);
    row->memory_saved = 1 - row->weights_gib / rows[0].weights_gib;
    row->speed_ratio = row->fits && rows[0].fits
                           ? row->output_tokens_per_second / rows[0].output_tokens_per_second
                           : NAN;
  }
  computed_clear (&computed);
  return TRUE;
}
