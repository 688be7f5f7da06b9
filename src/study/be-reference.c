/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Published examples and claims, worked out by this program's own evaluation. */
#include "study/be-study.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const double day_curve[24] = { .2,  .15,  .1,  .1,  .1,  .15, .3, .5, .8, 1,  1.1, 1.2,
                                      1.2, 1.15, 1.1, 1.1, 1.0, .9,  .7, .6, .5, .4, .35, .25 };

static void
add (GArray *checks, const char *what, const char *source, double low, double high, double ours)
{
  double slack = fmax (fabs (low), fabs (high)) * 1e-9;
  const BeReferenceCheck check = { what, source, low,
                                   high, ours,   ours >= low - slack && ours <= high + slack };

  g_array_append_val (checks, check);
}

/* A figure that was published with so many digits that half of the last one is `half`. */
static void
add_rounded (GArray *checks, const char *what, const char *source, double published, double half,
             double ours)
{
  add (checks, what, source, published - half, published + half, ours);
}

/* One workload on as many offers as there are routes, month of 720 hours, no buffer. */
static void
start (BePlanInput *input, guint n_offers, double requests_per_day, double prompt, double output)
{
  be_plan_input_init (input);
  input->month_hours = 720;
  input->offers = g_new0 (BeOffer, n_offers);
  input->n_offers = n_offers;
  input->workloads = g_new0 (BeWorkload, 1);
  input->n_workloads = 1;
  BeWorkload *workload = input->workloads;
  be_workload_init (workload);
  workload->requests_per_day = requests_per_day;
  workload->input = prompt;
  workload->output = output;
  workload->buffer = 0;
  workload->routes = g_new0 (BeRoute, n_offers);
  workload->n_routes = n_offers;
  for (guint i = 0; i < n_offers; i++) {
    be_offer_init (&input->offers[i]);
    input->offers[i].account = (int) i;
    workload->routes[i] = (BeRoute){ (int) i, 1.0 / n_offers, 1, 1, false };
  }
}

static void
set_rates (BeOffer *offer, double prompt, double output, double batch_factor)
{
  offer->standard.per_mtok[BE_RATE_INPUT] = prompt;
  offer->standard.per_mtok[BE_RATE_OUTPUT] = output;
  offer->batch.per_mtok[BE_RATE_INPUT] = prompt * batch_factor;
  offer->batch.per_mtok[BE_RATE_OUTPUT] = output * batch_factor;
}

static double
cost (const BePlanInput *input, BePlanKind plan)
{
  BePlanResult result;
  double usd = NAN;

  be_plan_result_init (&result);
  if (be_plan_evaluate (input, &result) == BE_OK && result.plans[plan].feasible == BE_FEASIBLE)
    usd = result.plans[plan].per_month_usd;
  be_plan_result_clear (&result);
  return usd;
}

static void
check_flagship (GArray *checks)
{
  const char *source = N_ ("published guide, list prices of 2024");
  BePlanInput input;

  start (&input, 1, 500000, 2000 * 5 / 6.0, 2000 / 6.0);
  set_rates (&input.offers[0], 2.5, 10, 0.5);
  add_rounded (checks, N_ ("500,000 requests a day on GPT-4o, $/month"), source, 112500, 0.005,
               cost (&input, BE_PLAN_HOSTED));
  input.workloads[0].buffer = 0.2;
  add_rounded (checks, N_ ("the same with a reserve of 20 %"), source, 135000, 0.005,
               cost (&input, BE_PLAN_HOSTED));
  input.workloads[0].buffer = 0;
  input.month_hours = 730;
  add_rounded (checks, N_ ("the same in a month of 730 hours"), source, 114062.5, 0.005,
               cost (&input, BE_PLAN_HOSTED));
  be_plan_input_clear (&input);

  start (&input, 2, 500000, 2000 * 5 / 6.0, 2000 / 6.0);
  set_rates (&input.offers[0], 2.5, 10, 0.5);
  set_rates (&input.offers[1], 0.15, 0.6, 0.5);
  input.workloads[0].routes[0].share = 0.3;
  input.workloads[0].routes[1].share = 0.7;
  add_rounded (checks, N_ ("70 % of it routed to GPT-4o mini"), source, 38475, 0.005,
               cost (&input, BE_PLAN_HOSTED));
  input.workloads[0].batch_share = 0.25;
  add_rounded (checks, N_ ("and a quarter of all requests in batches"), source, 33665.63, 0.0051,
               cost (&input, BE_PLAN_HOSTED));
  be_plan_input_clear (&input);
}

static void
check_cliff (GArray *checks)
{
  static const struct {
    const char *what;
    double prompt, usd;
  } cases[] = {
    { N_ ("$3 below, $6 above 200,000: a prompt of 100,000"), 100000, 0.3 },
    { N_ ("a prompt of 200,000"), 200000, 0.6 },
    { N_ ("a prompt of 200,001"), 200001, 1.200006 },
    { N_ ("a prompt of 1,000,000"), 1000000, 6 },
  };
  BeTier tier = { .threshold = 200000 };
  BeOffer offer;

  be_offer_init (&offer);
  be_rates_init (&tier.standard);
  be_rates_init (&tier.batch);
  offer.standard.per_mtok[BE_RATE_INPUT] = 3;
  tier.standard.per_mtok[BE_RATE_INPUT] = 6;
  offer.tiers = &tier;
  offer.n_tiers = 1;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    BeRequest request = { .fresh = cases[i].prompt, .window = -1 };
    BeRequestCost priced;
    be_price_request (&offer, &request, &priced);
    add_rounded (checks, cases[i].what, N_ ("genai-prices, tests of tiered prices"), cases[i].usd,
                 1e-9, priced.total_usd);
  }
}

static void
check_cache (GArray *checks)
{
  const char *source = N_ ("morgandt-reed, tests of the model");
  BePlanInput input;

  start (&input, 1, 1e6 / 30, 100, 10); /* a million a month */
  set_rates (&input.offers[0], 1, 10, 0.5);
  input.offers[0].standard.per_mtok[BE_RATE_CACHED_INPUT] = 0.1;
  input.offers[0].batch.per_mtok[BE_RATE_CACHED_INPUT] = 0.05;
  add_rounded (checks, N_ ("100 Mtok in and 10 out, nothing cached"), source, 200, 1e-6,
               cost (&input, BE_PLAN_HOSTED));
  input.workloads[0].cache_read_share = 0.5;
  add_rounded (checks, N_ ("half of the input read from the cache"), source, 155, 1e-6,
               cost (&input, BE_PLAN_HOSTED));
  input.workloads[0].batch_share = 0.5;
  add_rounded (checks, N_ ("and half of all in batches at half price"), source, 116.25, 1e-6,
               cost (&input, BE_PLAN_HOSTED));
  be_plan_input_clear (&input);
}

static BePool *
add_pool (BePlanInput *input, double tokens_per_second, double gpu_hour)
{
  input->pools = g_new0 (BePool, 1);
  input->n_pools = 1;
  BePool *pool = input->pools;
  be_pool_init (pool);
  pool->serves = g_new0 (BeServes, 1);
  pool->n_serves = 1;
  pool->serves[0] = (BeServes){ 0, 1, 1, 1, NULL };
  pool->throughput_measured = true;
  pool->output_tokens_per_second = tokens_per_second;
  pool->gpu_hour_usd = gpu_hour;
  pool->minimum = pool->spare = 0;
  return pool;
}

/* One replica, used to the last token. */
static void
check_full_replica (GArray *checks, const char *what, const char *source, double rate, double speed,
                    double published, double half)
{
  BePlanInput input;

  start (&input, 1, speed * 86.4, 0, 1000);
  set_rates (&input.offers[0], 1, 1, 1);
  add_pool (&input, speed, rate);
  add_rounded (checks, what, source, published, half,
               cost (&input, BE_PLAN_SELF_HOSTED) / (speed * 720 * 3600) * 1e6);
  be_plan_input_clear (&input);
}

static void
check_staircase (GArray *checks)
{
  static const struct {
    const char *what;
    double usd;
  } published[] = {
    { N_ ("day curve: hosted, $/month"), 10512 }, { N_ ("hybrid with one replica"), 8130 },
    { N_ ("with two, the optimum"), 7783 },       { N_ ("with three"), 8805 },
    { N_ ("with four, all self-hosted"), 11680 },
  };
  const char *source = N_ ("own illustration in the cost model");
  BePlanInput input;
  BePlanResult result;
  BeCrossover crossover = { 0 };

  start (&input, 1, 4000 * 86.4, 0, 1000);
  input.month_hours = 730;
  set_rates (&input.offers[0], 1, 1, 1);
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    input.workloads[0].profile[hour] = day_curve[hour % 24];
  add_pool (&input, 2500, 4);
  be_plan_result_init (&result);
  be_plan_evaluate (&input, &result);
  for (guint n = 0; n < G_N_ELEMENTS (published); n++)
    add_rounded (checks, published[n].what, source, published[n].usd, 0.5,
                 n < result.hybrid[0].n_costs ? result.hybrid[0].costs[n] : NAN);
  be_plan_result_clear (&result);
  if (be_study_crossover (&input, &crossover, NULL)) {
    add_rounded (checks, N_ ("first cheaper at this factor of the volume"), source, 5 / 18.0, 1e-6,
                 crossover.first / (4000 * 86.4));
    add_rounded (checks, N_ ("cheaper for good from this factor on"), source, 5 / 3.0, 1e-6,
                 crossover.permanent / (4000 * 86.4));
    be_crossover_clear (&crossover);
  }
  be_plan_input_clear (&input);
}

/* A 70B model on H100s at the worked example's lengths, as fast as memory allows. */
static gboolean
serve (BeCatalog *catalog, BeWeights weights, int gpus, BeServingResult *result)
{
  const BeCatalogModel *model = be_catalog_find_model (catalog, "Llama-3.3-70B");
  const BeCatalogGpu *gpu = be_catalog_find_gpu (catalog, "H100");
  const BeServingDemand demand = { .whole_batch = true };

  if (model == NULL || gpu == NULL)
    return FALSE;
  const BeServingSetup setup = {
    .model = model->shape,
    .gpu = gpu->gpu,
    .tensor_parallel = gpus,
    .pipeline_stages = 1,
    .attention_dp = 1,
    .weights = weights,
    .kv_cache = weights == BE_WEIGHTS_FP16 ? BE_KV_FP16 : BE_KV_FP8,
    .engine = BE_ENGINE_TENSORRT_LLM,
    .software_efficiency = 1,
  };
  return be_serving_evaluate (&setup, &demand, 1667, 333, result) == BE_OK;
}

static void
check_claims (GArray *checks, BeCatalog *catalog)
{
  const char *source = N_ ("published claim");
  double rent = be_catalog_gpu_price (catalog, "H100");
  BeServingResult fp8, fp16, pair, int4;

  if (!serve (catalog, BE_WEIGHTS_FP8, 4, &fp8) || !serve (catalog, BE_WEIGHTS_FP16, 4, &fp16)
      || !serve (catalog, BE_WEIGHTS_FP8, 2, &pair) || !serve (catalog, BE_WEIGHTS_INT4, 4, &int4))
    return;
  double per_output = 2 * rent / (pair.output_tokens_per_second * 3600) * 1e6;
  double blended = per_output * 333 / 2000;
  add (checks, N_ ("70B on H100 in FP8, well used: below $0.50 for a million tokens, in and out"),
       source, 0, 0.5, blended);
  add (checks, N_ ("but above it for a million output tokens"), source, 0.5, INFINITY, per_output);
  add (checks, N_ ("and above it in and out at 30 % use of a fleet with peaks and spares"), source,
       0.5, INFINITY, blended / 0.3);
  add (checks, N_ ("FP8 weights take less memory by this share"), source, 0.43, 0.7,
       1 - fp8.weights_gib / fp16.weights_gib);
  add (checks, N_ ("FP8 is faster than FP16 about 1.9 times"), source, 1.5, 2.3,
       fp8.output_tokens_per_second / fp16.output_tokens_per_second);
}

GArray *
be_study_reference (BeCatalog *catalog)
{
  GArray *checks = g_array_new (FALSE, FALSE, sizeof (BeReferenceCheck));

  check_flagship (checks);
  check_cliff (checks);
  check_cache (checks);
  check_full_replica (checks, N_ ("$6.98/h at 255 tokens/s, $ for a million output tokens"),
                      N_ ("vllm-cost-meter, results C1"), 6.98, 255.14653291847958, 7.599119, 1e-6);
  check_full_replica (checks, N_ ("the same at 2,464 tokens/s"), N_ ("vllm-cost-meter, results C1"),
                      6.98, 2464.4452299005106, 0.786745, 1e-6);
  check_full_replica (checks, N_ ("$2.80/h at 1,000 tokens/s"),
                      N_ ("InferenceX-app, tests of its charts"), 2.8, 1000, 0.7777777777777777,
                      1e-9);
  check_staircase (checks);
  check_claims (checks, catalog);
  return checks;
}
