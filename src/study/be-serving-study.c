/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pool's GPU, precision and layout: every choice, and throughput against latency. */
#include "study/be-study-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define CURVE_POINTS 48

static const BeWeights precisions[] = { BE_WEIGHTS_FP16, BE_WEIGHTS_FP8, BE_WEIGHTS_INT8,
                                        BE_WEIGHTS_INT4, BE_WEIGHTS_FP4 };
static const int widths[] = { 1, 2, 4, 8 };

/* Tokens of a request as the pool sees what it serves first. */
static gboolean
find_lengths (const BePlanInput *input, int pool, double *prompt, double *output, GError **error)
{
  const BePool *served = pool >= 0 && pool < (int) input->n_pools ? &input->pools[pool] : NULL;

  if (served == NULL || served->n_serves == 0 || !served->serving_known) {
    g_set_error_literal (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT,
                         _ ("There is no pool with a known model and GPU that serves a workload"));
    return FALSE;
  }
  const BeServes *serves = &served->serves[0];
  const BeWorkload *workload = &input->workloads[serves->workload];
  *prompt = serves->token_factor
            * (workload->system + (workload->turns + 1) / 2.0 * (workload->input + workload->output)
               - workload->output);
  *output = serves->token_factor * (workload->output + workload->reasoning);
  if (*output > 0)
    return TRUE;
  g_set_error_literal (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT,
                       _ ("The workload has no output tokens to serve"));
  return FALSE;
}

static BeServingDemand
demand_of (const BePool *pool)
{
  return (BeServingDemand){ .tpot_s = pool->target_tpot_ms / 1000,
                            .whole_batch = true,
                            .prefix_hit = pool->prefix_hit_share };
}

/* Evaluates the plan with one choice in the pool's place. */
static void
try_choice (BePlanInput *variant, BePool *pool, double prompt, double output,
            BeServingChoice *choice, BePlanResult *result, GArray *choices)
{
  BeServingDemand demand = demand_of (pool);
  BeServingResult serving;

  if (be_serving_evaluate (&pool->serving, &demand, prompt, output, &serving) != BE_OK)
    return;
  choice->tpot_s = serving.tpot_s;
  choice->output_tokens_per_second = serving.output_tokens_per_second;
  choice->meets_target = serving.meets_target;
  choice->usd_per_mtok = choice->gpu_hour_usd * choice->gpus_per_replica
                         / (serving.output_tokens_per_second * 3600) * 1e6;
  choice->per_month_usd = NAN;
  if (be_plan_evaluate_some (variant, 1u << BE_PLAN_SELF_HOSTED, result) == BE_OK) {
    const BePlan *plan = &result->plans[BE_PLAN_SELF_HOSTED];
    choice->replicas = result->self_hosted[pool - variant->pools].replicas;
    if (plan->feasible == BE_FEASIBLE)
      choice->per_month_usd = plan->per_month_usd;
  }
  g_array_append_val (choices, *choice);
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

static void
mark_front (GArray *choices)
{
  for (guint i = 0; i < choices->len; i++) {
    BeServingChoice *choice = &g_array_index (choices, BeServingChoice, i);
    choice->on_front = TRUE;
    for (guint k = 0; k < choices->len && choice->on_front; k++) {
      const BeServingChoice *other = &g_array_index (choices, BeServingChoice, k);
      if (other->tpot_s <= choice->tpot_s && other->usd_per_mtok <= choice->usd_per_mtok
          && (other->tpot_s < choice->tpot_s || other->usd_per_mtok < choice->usd_per_mtok))
        choice->on_front = FALSE;
    }
  }
}

GArray *
be_study_gpus (const BePlanInput *input, BeCatalog *catalog, int pool, GError **error)
{
  GArray *choices;
  BePlanInput variant = *input; /* shares everything but the pools */
  BePlanResult result;
  double prompt, output;

  if (!find_lengths (input, pool, &prompt, &output, error))
    return NULL;
  choices = g_array_new (FALSE, TRUE, sizeof (BeServingChoice));
  variant.pools = g_new (BePool, input->n_pools);
  for (size_t i = 0; i < input->n_pools; i++)
    variant.pools[i] = input->pools[i];
  BePool *changed = &variant.pools[pool];
  changed->throughput_measured = false;
  changed->rent_kind = BE_RENT_ON_DEMAND;
  changed->reserved_replicas = 0;
  changed->gpus_per_instance = 0;
  changed->serving.pipeline_stages = changed->serving.attention_dp = 1;
  be_plan_result_init (&result);
  for (size_t g = 0; g < be_catalog_get_n_gpus (catalog); g++) {
    const BeCatalogGpu *gpu = be_catalog_get_gpu (catalog, g);
    double rent = be_catalog_gpu_price (catalog, gpu->key);
    if (isnan (rent))
      continue;
    for (guint p = 0; p < G_N_ELEMENTS (precisions); p++)
      for (guint w = 0; w < G_N_ELEMENTS (widths); w++) {
        BeServingChoice choice = {
          .gpu = gpu, .weights = precisions[p], .gpus_per_replica = widths[w], .gpu_hour_usd = rent
        };
        if (widths[w] > 1 && !(gpu->gpu.link_gbs > 0))
          continue;
        changed->serving.gpu = gpu->gpu;
        changed->serving.weights = precisions[p];
        changed->serving.kv_cache =
            precisions[p] != BE_WEIGHTS_FP16 && gpu->gpu.fp8_tflops > 0 ? BE_KV_FP8 : BE_KV_FP16;
        changed->serving.tensor_parallel = changed->gpus_per_replica = widths[w];
        changed->gpu_hour_usd = rent;
        try_choice (&variant, changed, prompt, output, &choice, &result, choices);
      }
  }
  be_plan_result_clear (&result);
  g_free (variant.pools);
  g_array_sort (choices, compare_choices);
  mark_front (choices);
  return choices;
}

GArray *
be_study_serving_curve (const BePlanInput *input, int pool, BeServingResult *now, GError **error)
{
  GArray *points;
  BeServingResult result, most;
  BeServingDemand demand = { 0 };
  double prompt, output;

  if (!find_lengths (input, pool, &prompt, &output, error))
    return NULL;
  const BePool *served = &input->pools[pool];
  demand.prefix_hit = served->prefix_hit_share;
  points = g_array_new (FALSE, FALSE, sizeof (BeServingPoint));
  if (be_serving_evaluate (&served->serving, &demand, prompt, output, &most) != BE_OK) {
    g_set_error_literal (
        error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT,
        _ ("The weights do not fit the memory: more GPUs for each replica, a larger "
           "GPU or fewer bits for each weight would"));
    g_array_unref (points);
    return NULL;
  }
  for (int i = 0; i < CURVE_POINTS; i++) {
    demand.concurrency = pow (fmax (most.sequences, 1), i / (double) (CURVE_POINTS - 1));
    if (be_serving_evaluate (&served->serving, &demand, prompt, output, &result) != BE_OK)
      continue;
    const BeServingPoint point = { result.sequences, result.tpot_s,
                                   result.output_tokens_per_second };
    g_array_append_val (points, point);
  }
  if (now != NULL) {
    BeServingDemand target = demand_of (served);
    if (be_serving_evaluate (&served->serving, &target, prompt, output, now) != BE_OK)
      *now = most;
  }
  return points;
}
