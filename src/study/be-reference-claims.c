/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims that guides publish, worked out for one case: a 70B model on H100s at list prices. */
#include "study/be-reference-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define PROMPT 1667.0
#define OUTPUT 333.0

static gboolean
find_setup (BeCatalog *catalog, BeWeights weights, int gpus, BeServingSetup *setup)
{
  const BeCatalogModel *model = be_catalog_find_model (catalog, "Llama-3.3-70B");
  const BeCatalogGpu *gpu = be_catalog_find_gpu (catalog, "H100");

  if (model == NULL || gpu == NULL)
    return FALSE;
  *setup = (BeServingSetup){
    .model = model->shape,
    .gpu = gpu->gpu,
    .tensor_parallel = gpus,
    .pipeline_stages = 1,
    .attention_dp = 1,
    .weights = weights,
    .kv_cache = weights == BE_WEIGHTS_FP16 ? BE_KV_FP16 : BE_KV_FP8,
    .engine = BE_ENGINE_VLLM,
    .software_efficiency = 1,
  };
  return TRUE;
}

/* As fast as memory allows. */
static gboolean
serve (BeCatalog *catalog, BeWeights weights, int gpus, BeServingResult *result)
{
  const BeServingDemand demand = { .whole_batch = true };
  BeServingSetup setup;

  return find_setup (catalog, weights, gpus, &setup)
         && be_serving_evaluate (&setup, &demand, PROMPT, OUTPUT, result) == BE_OK;
}

/* A pool of two H100s with FP8 for each replica, without queueing margin or latency target. */
static gboolean
start_pool (BePlanInput *input, BeCatalog *catalog, double requests_per_day)
{
  be_reference_start (input, 1, requests_per_day, PROMPT, OUTPUT);
  be_reference_set_rates (&input->offers[0], 0.59, 0.79, 1);
  input->month_hours = 730;
  BePool *pool = be_reference_add_pool (input, 0, be_catalog_gpu_price (catalog, "H100"));
  pool->throughput_measured = false;
  pool->serving_known = find_setup (catalog, BE_WEIGHTS_FP8, 2, &pool->serving);
  pool->gpus_per_replica = 2;
  pool->target_tpot_ms = 1e6;
  return pool->serving_known;
}

/* One replica used to this share: the plan's own cost for a million tokens, in and out, and by
 * output alone. */
static void
use_replica (BeCatalog *catalog, double speed, double use, double *blended, double *by_output)
{
  BePlanInput input;
  BePlanResult result;

  *blended = *by_output = NAN;
  be_plan_result_init (&result);
  if (start_pool (&input, catalog, use * speed / OUTPUT * 86400)
      && be_plan_evaluate (&input, &result) == BE_OK && result.self_hosted[0].replicas == 1) {
    *blended = result.plans[BE_PLAN_SELF_HOSTED].per_mtok_usd;
    *by_output = result.plans[BE_PLAN_SELF_HOSTED].per_mtok_output_usd;
  }
  be_plan_result_clear (&result);
  be_plan_input_clear (&input);
}

static void
check_price (GArray *checks, BeCatalog *catalog)
{
  const char *source = N_ ("Published claim: $0.50 for a million tokens");
  double blended, by_output, idle, unused;
  BeServingResult pair;

  if (!serve (catalog, BE_WEIGHTS_FP8, 2, &pair))
    return;
  use_replica (catalog, pair.output_tokens_per_second, 0.9, &blended, &by_output);
  use_replica (catalog, pair.output_tokens_per_second, 0.3, &idle, &unused);
  const BeReferenceCheck claims[] = {
    { .what = N_ ("70B on two H100 in FP8, used to 90 %: $ for a million tokens, in and out"),
      .published_low = 0,
      .published_high = 0.5,
      .ours = blended },
    { .what = N_ ("the same for a million output tokens"),
      .published_low = 0.5,
      .published_high = INFINITY,
      .ours = by_output,
      .note = N_ ("the claim is of input and output together; output alone is dearer") },
    { .what = N_ ("the same used to 30 %, in and out"),
      .published_low = 0.5,
      .published_high = INFINITY,
      .ours = idle,
      .note = N_ ("the claim needs a replica that is well used") },
  };
  for (guint i = 0; i < G_N_ELEMENTS (claims); i++) {
    BeReferenceCheck check = claims[i];
    check.id = "C1";
    check.source = source;
    be_reference_add (checks, &check);
  }
}

/* Monthly spend at the permanent crossover against the same weights hosted at $0.59 and $0.79. */
static double
crossover_spend (BeCatalog *catalog, gboolean staff)
{
  BePeopleStep steps[] = { { 1, 0.5 }, { 5, 1.5 } };
  BePlanInput input;
  BeCrossover crossover;
  double usd = NAN;

  if (start_pool (&input, catalog, 500000)) {
    BePool *pool = &input.pools[0];
    pool->target_tpot_ms = 50;
    pool->wait_probability = 0.05;
    pool->minimum = pool->spare = 1;
    pool->overhead_share = 0.15;
    pool->per_fte_month_usd = 16000;
    pool->people = steps;
    pool->n_people = staff ? G_N_ELEMENTS (steps) : 0;
    if (be_study_crossover (&input, &crossover, NULL)) {
      for (guint i = 0; i < crossover.crossings->len; i++) {
        const BeCrossing *crossing = &g_array_index (crossover.crossings, BeCrossing, i);
        usd = crossing->permanent ? crossing->usd_per_month : usd;
      }
      be_crossover_clear (&crossover);
    }
    pool->people = NULL;
    pool->n_people = 0;
  }
  be_plan_input_clear (&input);
  return usd;
}

static void
check_crossover (GArray *checks, BeCatalog *catalog)
{
  const char *source = N_ ("Published rule of thumb: self-hosting pays from $30,000 to $100,000");
  const BeReferenceCheck with = {
    .id = "C2",
    .what = N_ ("hosted $/month from which a pool of the same 70B stays cheaper, 0.5 to 1.5 staff"),
    .source = source,
    .published_low = 30000,
    .published_high = 100000,
    .ours = crossover_spend (catalog, TRUE),
  };
  const BeReferenceCheck without = {
    .id = "C2",
    .what = N_ ("the same with no staff counted: below the rule"),
    .source = source,
    .published_low = 0,
    .published_high = 30000,
    .ours = crossover_spend (catalog, FALSE),
    .note = N_ ("the rule holds only with people counted; for other prices it is elsewhere"),
  };
  be_reference_add (checks, &with);
  be_reference_add (checks, &without);
}

static void
check_precision (GArray *checks, BeCatalog *catalog)
{
  BeServingResult fp16, fp8, int4;

  if (!serve (catalog, BE_WEIGHTS_FP16, 4, &fp16) || !serve (catalog, BE_WEIGHTS_FP8, 4, &fp8)
      || !serve (catalog, BE_WEIGHTS_INT4, 4, &int4))
    return;
  const BeReferenceCheck claims[] = {
    { "C3", N_ ("FP8 weights take less memory by this share"),
      N_ ("published claim: 43 to 70 % less"), 0.43, 0.7, 1 - fp8.weights_gib / fp16.weights_gib,
      .note = N_ ("not a half: embedding and head stay at 16 bits") },
    { "C3", N_ ("INT4 weights take less memory by this share"),
      N_ ("published claim: 43 to 70 % less"), 0.43, 0.7, 1 - int4.weights_gib / fp16.weights_gib,
      .note = N_ ("not three quarters: scales take 0.56 bytes a weight") },
    { "C4", N_ ("FP8 against FP16 on four H100: times as fast, within the model's ±15 %"),
      N_ ("published claim: about 1.9 times"), 1.9 * 0.85, 1.9 * 1.15,
      fp8.output_tokens_per_second / fp16.output_tokens_per_second,
      .note = N_ ("links, fixed overhead and the arithmetic of attention gain nothing") },
  };
  for (guint i = 0; i < G_N_ELEMENTS (claims); i++)
    be_reference_add (checks, &claims[i]);
}

void
be_reference_check_claims (GArray *checks, BeCatalog *catalog)
{
  check_price (checks, catalog);
  check_crossover (checks, catalog);
  check_precision (checks, catalog);
}
