/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The input table: one row for every number, choice and text that a user may set. */
#include "scenario/be-input.h"

#include "be-config.h"
#include "engine/be-plan.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stddef.h>

#define CODE G_MAXSIZE
#define AT(type, member) offsetof (type, member)

/* clang-format off */
#define ROW(PATTERN, SCOPE, GROUP, TYPE, UNIT, MIN, MAX, SOFT_MIN, SOFT_MAX, STEP, LOG, DEFAULT, LABEL, HELP, OFFSET) \
  { PATTERN, BE_SCOPE_##SCOPE, BE_GROUP_##GROUP, BE_INPUT_##TYPE, BE_UNIT_##UNIT, MIN, MAX, SOFT_MIN, SOFT_MAX, STEP, LOG, DEFAULT, LABEL, HELP, NULL, NULL, OFFSET },
#define NUM(PATTERN, SCOPE, GROUP, UNIT, MIN, MAX, SOFT_MIN, SOFT_MAX, STEP, DEFAULT, LABEL, HELP, OFFSET) \
  ROW (PATTERN, SCOPE, GROUP, NUMBER, UNIT, MIN, MAX, SOFT_MIN, SOFT_MAX, STEP, FALSE, DEFAULT, LABEL, HELP, OFFSET)
#define LOG(PATTERN, SCOPE, GROUP, UNIT, MIN, MAX, SOFT_MIN, SOFT_MAX, STEP, DEFAULT, LABEL, HELP, OFFSET) \
  ROW (PATTERN, SCOPE, GROUP, NUMBER, UNIT, MIN, MAX, SOFT_MIN, SOFT_MAX, STEP, TRUE, DEFAULT, LABEL, HELP, OFFSET)
#define WHOLE(PATTERN, SCOPE, GROUP, UNIT, MIN, MAX, SOFT_MIN, SOFT_MAX, DEFAULT, LABEL, HELP, OFFSET) \
  ROW (PATTERN, SCOPE, GROUP, WHOLE, UNIT, MIN, MAX, SOFT_MIN, SOFT_MAX, 1, FALSE, DEFAULT, LABEL, HELP, OFFSET)
#define SHARE(PATTERN, SCOPE, GROUP, DEFAULT, LABEL, HELP, OFFSET) \
  ROW (PATTERN, SCOPE, GROUP, NUMBER, SHARE, 0, 1, 0, 1, 0.01, FALSE, DEFAULT, LABEL, HELP, OFFSET)
#define FLAG(PATTERN, SCOPE, GROUP, DEFAULT, LABEL, HELP, OFFSET) \
  ROW (PATTERN, SCOPE, GROUP, BOOLEAN, NONE, 0, 1, 0, 1, 1, FALSE, DEFAULT, LABEL, HELP, OFFSET)
#define TEXT(PATTERN, SCOPE, GROUP, LABEL, HELP) \
  ROW (PATTERN, SCOPE, GROUP, TEXT, NONE, 0, 0, 0, 0, 0, FALSE, NAN, LABEL, HELP, CODE)
#define CHOICE(PATTERN, SCOPE, GROUP, DEFAULT, LABEL, HELP, CHOICES, LABELS, OFFSET) \
  { PATTERN, BE_SCOPE_##SCOPE, BE_GROUP_##GROUP, BE_INPUT_CHOICE, BE_UNIT_NONE, 0, G_N_ELEMENTS (CHOICES) - 2, 0, G_N_ELEMENTS (CHOICES) - 2, 1, FALSE, DEFAULT, LABEL, HELP, CHOICES, LABELS, OFFSET },

static const char *const profiles[] = { "flat", "office", "consumer", "nightly", NULL };
static const char *const profile_labels[] = { N_("Even all day"), N_("Office hours"), N_("Consumers, all week"), N_("At night"), NULL };
static const char *const cache_sources[] = { "given", "derived", NULL };
static const char *const cache_source_labels[] = { N_("Entered"), N_("From arrivals"), NULL };
static const char *const routings[] = { "split", "cascade", NULL };
static const char *const routing_labels[] = { N_("Split"), N_("Cascade"), NULL };
static const char *const weights[] = { "fp16", "fp8", "int8", "fp4", "mxfp4", "int4", "q4_k_m", NULL };
static const char *const weight_labels[] = { "FP16", "FP8", "INT8", "FP4", "MXFP4", "INT4", "Q4_K_M", NULL };
static const char *const kv_caches[] = { "fp16", "fp8", "int8", NULL };
static const char *const kv_cache_labels[] = { "FP16", "FP8", "INT8", NULL };
static const char *const engines[] = { "vllm", "sglang", "tensorrt-llm", NULL };
static const char *const engine_labels[] = { "vLLM", "SGLang", "TensorRT-LLM", NULL };
static const char *const throughputs[] = { "model", "measured", NULL };
static const char *const throughput_labels[] = { N_("Computed"), N_("Measured"), NULL };
static const char *const rents[] = { "on-demand", "reserved-1y", "reserved-3y", "spot", "owned", NULL };
static const char *const rent_labels[] = { N_("On demand"), N_("Reserved, 1 year"), N_("Reserved, 3 years"), N_("Spot"), N_("Owned"), NULL };
static const char *const attentions[] = { "mha", "gqa", "mqa", "mla", NULL };
static const char *const attention_labels[] = { "MHA", "GQA", "MQA", "MLA", NULL };

#define PRICE(PATTERN, SCOPE, STRUCT, MEMBER, LABEL, HELP) \
  LOG (PATTERN, SCOPE, PRICES, USD_PER_MTOK, 0, 1e6, 0.01, 100, 0.01, NAN, LABEL, HELP, AT (STRUCT, MEMBER))
#define RATES(PREFIX, SCOPE, STRUCT) \
  PRICE (PREFIX "/input", SCOPE, STRUCT, standard.per_mtok[BE_RATE_INPUT], N_("Input price"), N_("USD per million input tokens, from the provider's price page.")) \
  PRICE (PREFIX "/output", SCOPE, STRUCT, standard.per_mtok[BE_RATE_OUTPUT], N_("Output price"), N_("USD per million output tokens, from the provider's price page.")) \
  PRICE (PREFIX "/cachedInput", SCOPE, STRUCT, standard.per_mtok[BE_RATE_CACHED_INPUT], N_("Cached input price"), N_("USD per million tokens read from the cache. Absent: the input price.")) \
  PRICE (PREFIX "/cacheWrite", SCOPE, STRUCT, standard.per_mtok[BE_RATE_CACHE_WRITE], N_("Cache write price"), N_("USD per million tokens written to the cache for 5 minutes. Absent: the input price.")) \
  PRICE (PREFIX "/cacheWrite1h", SCOPE, STRUCT, standard.per_mtok[BE_RATE_CACHE_WRITE_1H], N_("Cache write price, 1 hour"), N_("USD per million tokens written to the cache for an hour. Absent: the 5-minute price.")) \
  PRICE (PREFIX "/reasoning", SCOPE, STRUCT, standard.per_mtok[BE_RATE_REASONING], N_("Reasoning price"), N_("USD per million reasoning tokens. Absent: the output price.")) \
  PRICE (PREFIX "/batch/input", SCOPE, STRUCT, batch.per_mtok[BE_RATE_INPUT], N_("Batch input price"), N_("USD per million input tokens of deferred requests. Absent: no discount.")) \
  PRICE (PREFIX "/batch/output", SCOPE, STRUCT, batch.per_mtok[BE_RATE_OUTPUT], N_("Batch output price"), N_("USD per million output tokens of deferred requests. Absent: no discount.")) \
  PRICE (PREFIX "/batch/cachedInput", SCOPE, STRUCT, batch.per_mtok[BE_RATE_CACHED_INPUT], N_("Batch cached input price"), N_("USD per million cached tokens of deferred requests. Absent: no discount.")) \
  PRICE (PREFIX "/batch/cacheWrite", SCOPE, STRUCT, batch.per_mtok[BE_RATE_CACHE_WRITE], N_("Batch cache write price"), N_("USD per million written tokens of deferred requests. Absent: no discount.")) \
  PRICE (PREFIX "/batch/cacheWrite1h", SCOPE, STRUCT, batch.per_mtok[BE_RATE_CACHE_WRITE_1H], N_("Batch cache write price, 1 hour"), N_("USD per million tokens of deferred requests written for an hour. Absent: no discount.")) \
  PRICE (PREFIX "/batch/reasoning", SCOPE, STRUCT, batch.per_mtok[BE_RATE_REASONING], N_("Batch reasoning price"), N_("USD per million reasoning tokens of deferred requests. Absent: no discount."))
#define SHAPE(NAME, MEMBER, LABEL) \
  LOG ("models/?/" NAME, MODEL, SELF_HOSTING, COUNT, 0, 1e9, 0, 1e6, 1, 0, LABEL, N_("From the model's published configuration."), AT (BeModelShape, MEMBER))
#define CHIP(NAME, MEMBER, UNIT, LABEL) \
  LOG ("gpus/?/" NAME, GPU, SELF_HOSTING, UNIT, 0, 1e9, 1, 1e5, 1, NAN, LABEL, N_("From the accelerator's datasheet."), MEMBER)
#define W "workloads/?/"
#define R "workloads/?/routing/routes/?/"
#define P "pools/?/"
#define O "offers/?/"

static const BeInput table[] = {
  TEXT ("name", DOCUMENT, TRAFFIC, N_("Name"), N_("What this scenario is about."))
  TEXT ("notes", DOCUMENT, TRAFFIC, N_("Notes"), N_("Anything worth keeping with the numbers."))
  NUM ("monthHours", DOCUMENT, OVER_TIME, HOURS, 1, 8784, 672, 744, 1, 730, N_("Hours in a month"), N_("The one basis of traffic and rent: 730 is a twelfth of 8,760 hours."), AT (BePlanInput, month_hours))
  TEXT ("pricesAsOf", DOCUMENT, PRICES, N_("Prices as of"), N_("Prices in force on this day at 00:00 UTC. Absent: the catalogue's date."))

  TEXT (W "name", WORKLOAD, TRAFFIC, N_("Name"), N_("What this traffic is."))
  LOG (W "requestsPerDay", WORKLOAD, TRAFFIC, REQUESTS_PER_DAY, 0, 1e12, 100, 1e7, 1, NAN, N_("Requests per day"), N_("Calls to a model per day, turns of a conversation each counted."), AT (BeWorkload, requests_per_day))
  LOG (W "people/count", WORKLOAD, TRAFFIC, COUNT, 0, 1e11, 10, 1e6, 1, NAN, N_("People"), N_("Users per day; with sessions and requests it stands for requests per day."), CODE)
  NUM (W "people/sessionsPerDay", WORKLOAD, TRAFFIC, COUNT, 0, 1e6, 0, 20, 0.1, NAN, N_("Sessions per person and day"), N_("How often one person comes back on a day."), CODE)
  NUM (W "people/requestsPerSession", WORKLOAD, TRAFFIC, COUNT, 0, 1e6, 0, 50, 0.1, NAN, N_("Requests per session"), N_("Calls to a model in one session."), CODE)
  CHOICE (W "profile", WORKLOAD, TRAFFIC, 0, N_("Weekly profile"), N_("How traffic is spread over the hours of the week; sets the peak that must be served."), profiles, profile_labels, CODE)
  NUM (W "profile/?", WORKLOAD, TRAFFIC, FACTOR, 0, 1e9, 0, 5, 0.01, NAN, N_("Weight of an hour"), N_("Monday 00:00 UTC first; only the ratios count."), CODE)
  WHOLE (W "profileShiftHours", WORKLOAD, TRAFFIC, HOURS, -167, 167, -12, 12, 0, N_("Shift of the profile"), N_("Hours by which a preset runs later than UTC."), CODE)
  LOG (W "tokens/system", WORKLOAD, TOKENS, TOKENS, 0, 1e9, 0, 20000, 1, 0, N_("System prompt"), N_("Tokens that every call repeats before the user's."), AT (BeWorkload, system))
  LOG (W "tokens/input", WORKLOAD, TOKENS, TOKENS, 0, 1e9, 10, 200000, 1, NAN, N_("Input tokens"), N_("Tokens of one turn of the user."), AT (BeWorkload, input))
  LOG (W "tokens/output", WORKLOAD, TOKENS, TOKENS, 0, 1e9, 1, 20000, 1, NAN, N_("Output tokens"), N_("Visible tokens of one answer."), AT (BeWorkload, output))
  LOG (W "tokens/reasoning", WORKLOAD, TOKENS, TOKENS, 0, 1e9, 0, 50000, 1, 0, N_("Reasoning tokens"), N_("On top of the output and billed like it."), AT (BeWorkload, reasoning))
  NUM (W "tokens/inputSpread", WORKLOAD, TOKENS, FACTOR, 0, 100, 0, 3, 0.05, 0, N_("Spread of input"), N_("Standard deviation by mean of the prompt length; 0 = all alike."), AT (BeWorkload, input_spread))
  NUM (W "tokens/outputSpread", WORKLOAD, TOKENS, FACTOR, 0, 100, 0, 3, 0.05, 0, N_("Spread of output"), N_("Standard deviation by mean of the answer length; 0 = all alike."), AT (BeWorkload, output_spread))
  WHOLE (W "turns", WORKLOAD, TOKENS, COUNT, 1, 10000, 1, 50, 1, N_("Turns"), N_("A conversation resends its history with every turn, so its input grows."), AT (BeWorkload, turns))
  NUM (W "webSearchesPerRequest", WORKLOAD, TOKENS, COUNT, 0, 1e6, 0, 10, 0.1, 0, N_("Web searches per request"), N_("Billed by the offer's fee per thousand searches."), AT (BeWorkload, searches_per_request))

  CHOICE (W "routing/kind", WORKLOAD, ROUTING, BE_ROUTING_SPLIT, N_("Routing"), N_("A split sends each request to one route; a cascade tries the first and escalates."), routings, routing_labels, AT (BeWorkload, routing))
  NUM (W "routing/overheadPerRequest", WORKLOAD, ROUTING, USD, 0, 1e6, 0, 0.01, 0.0001, 0, N_("Router cost per request"), N_("USD for a router or judge, each time it decides."), AT (BeWorkload, overhead_per_request_usd))
  SHARE (W "minimumQuality", WORKLOAD, ROUTING, 0, N_("Lowest quality"), N_("A plan below this share-weighted quality is not feasible."), AT (BeWorkload, minimum_quality))
  SHARE (R "share", ROUTE, ROUTING, 1, N_("Share"), N_("Of requests. In a split the others share the rest; in a cascade the part that reaches this route."), AT (BeRoute, share))
  SHARE (R "quality", ROUTE, ROUTING, 1, N_("Quality"), N_("How good this offer is at this work, by your own measure."), AT (BeRoute, quality))
  NUM (R "tokenFactor", ROUTE, ROUTING, FACTOR, 0.01, 100, 0.65, 1.35, 0.01, 1, N_("Tokenizer factor"), N_("The same text is 0.65 to 1.35 times as many tokens in another model family."), AT (BeRoute, token_factor))
  FLAG (R "fineTuned", ROUTE, ROUTING, 0, N_("Fine-tuned"), N_("A smaller model trained for this work; never the reference of the savings."), AT (BeRoute, fine_tuned))
  TEXT (R "rates", ROUTE, ROUTING, N_("Rate set"), N_("Region, priority or flex: one of the offer's named rate sets."))

  CHOICE (W "cache/source", WORKLOAD, SAVINGS, BE_CACHE_GIVEN, N_("Cache hits"), N_("Entered as shares, or derived from arrivals and time to live."), cache_sources, cache_source_labels, AT (BeWorkload, cache_source))
  SHARE (W "cache/readShare", WORKLOAD, SAVINGS, 0, N_("Cache reads"), N_("Share of prompt tokens read from the provider's cache."), AT (BeWorkload, cache_read_share))
  SHARE (W "cache/writeShare", WORKLOAD, SAVINGS, 0, N_("Cache writes"), N_("Share of prompt tokens written to the provider's cache."), AT (BeWorkload, cache_write_share))
  NUM (W "cache/ttlMinutes", WORKLOAD, SAVINGS, MINUTES, 0, 525600, 1, 60, 1, 5, N_("Cache time to live"), N_("5 minutes by default; above that the 1-hour write price holds."), AT (BeWorkload, cache_ttl_minutes))
  SHARE (W "cache/prefixShare", WORKLOAD, SAVINGS, 0, N_("Cacheable share"), N_("Share of the prompt that repeats and can be cached."), AT (BeWorkload, cache_prefix_share))
  LOG (W "cache/prefixes", WORKLOAD, SAVINGS, COUNT, 1, 1e12, 1, 1e5, 1, 1, N_("Distinct prefixes"), N_("How many different cached beginnings share the traffic."), AT (BeWorkload, cache_prefixes))
  SHARE (W "batchShare", WORKLOAD, SAVINGS, 0, N_("Deferred share"), N_("Requests that may wait within the day and take batch prices."), AT (BeWorkload, batch_share))
  SHARE (W "retry/rate", WORKLOAD, SAVINGS, 0, N_("Failure rate"), N_("Share of attempts that fail."), AT (BeWorkload, retry_rate))
  WHOLE (W "retry/maxRetries", WORKLOAD, SAVINGS, COUNT, 0, 1000, 0, 10, 3, N_("Retries at most"), N_("3 is what common client libraries do."), AT (BeWorkload, max_retries))
  SHARE (W "retry/billedShare", WORKLOAD, SAVINGS, 1, N_("Failures billed"), N_("A timeout after generation is billed, a refused request is not."), AT (BeWorkload, retry_billed_share))
  NUM (W "timeoutSeconds", WORKLOAD, SAVINGS, SECONDS, 0, 1e6, 0, 120, 1, 0, N_("Timeout"), N_("Requests that run longer fail and are billed whole; 0 = none."), AT (BeWorkload, timeout_s))
  SHARE (W "buffer", WORKLOAD, SAVINGS, 0.2, N_("Buffer"), N_("Reserve for what is not modelled, a line of its own; guides use 15 to 20 %."), AT (BeWorkload, buffer))
  NUM (W "growthPerMonth", WORKLOAD, OVER_TIME, SHARE, -1, 10, -0.2, 0.5, 0.01, NAN, N_("Growth per month"), N_("Absent: the horizon's."), AT (BeWorkload, growth_per_month))

  TEXT (P "name", POOL, SELF_HOSTING, N_("Name"), N_("What this pool is called."))
  TEXT (P "model", POOL, SELF_HOSTING, N_("Model"), N_("An open-weight model of the catalogue or of this scenario."))
  TEXT (P "gpu", POOL, SELF_HOSTING, N_("GPU"), N_("An accelerator of the catalogue or of this scenario."))
  TEXT (P "overflow", POOL, SELF_HOSTING, N_("Overflow to"), N_("Another offer that answers what the pool has no room for. Absent: the workload's own routing."))
  SHARE (P "serves/?/share", SERVES, SELF_HOSTING, 1, N_("Share served"), N_("Of the workload's requests, taken before routing."), AT (BeServes, share))
  SHARE (P "serves/?/quality", SERVES, SELF_HOSTING, 1, N_("Quality"), N_("How good the pool's model is at this work."), AT (BeServes, quality))
  NUM (P "serves/?/tokenFactor", SERVES, SELF_HOSTING, FACTOR, 0.01, 100, 0.65, 1.35, 0.01, 1, N_("Tokenizer factor"), N_("The same text is 0.65 to 1.35 times as many tokens in another model family."), AT (BeServes, token_factor))
  WHOLE (P "gpusPerReplica", POOL, SELF_HOSTING, GPUS, 1, 1024, 1, 16, 1, N_("GPUs per replica"), N_("All GPUs that hold one copy of the model."), AT (BePool, gpus_per_replica))
  WHOLE (P "gpusPerInstance", POOL, SELF_HOSTING, GPUS, 0, 1024, 0, 8, 0, N_("GPUs per instance"), N_("Replicas are rented in whole instances; 0 = any number."), AT (BePool, gpus_per_instance))
  WHOLE (P "pipelineStages", POOL, SELF_HOSTING, COUNT, 1, 1024, 1, 8, 1, N_("Pipeline stages"), N_("The layers are spread over this many groups of GPUs."), AT (BePool, serving.pipeline_stages))
  WHOLE (P "attentionDataParallel", POOL, SELF_HOSTING, COUNT, 1, 1024, 1, 16, 1, N_("Attention data parallel"), N_("Ranks that each hold their own requests; above 1 the experts are spread over them."), AT (BePool, serving.attention_dp))
  CHOICE (P "weights", POOL, SELF_HOSTING, BE_WEIGHTS_FP16, N_("Weights"), N_("Format of the weights: fewer bits need less memory and stream faster."), weights, weight_labels, AT (BePool, serving.weights))
  CHOICE (P "kvCache", POOL, SELF_HOSTING, BE_KV_FP16, N_("KV cache"), N_("Format of the attention cache: fewer bits hold more requests at once."), kv_caches, kv_cache_labels, AT (BePool, serving.kv_cache))
  CHOICE (P "engine", POOL, SELF_HOSTING, BE_ENGINE_VLLM, N_("Serving engine"), N_("Some engines spend more time per step on the host."), engines, engine_labels, AT (BePool, serving.engine))
  SHARE (P "prefixHitShare", POOL, SELF_HOSTING, 0, N_("Prefix hits"), N_("Share of prompt tokens whose computation the pool's own cache saves."), AT (BePool, prefix_hit_share))
  CHOICE (P "throughput/source", POOL, SELF_HOSTING, 0, N_("Throughput"), N_("Computed from the model's shape and the datasheet, or measured by you."), throughputs, throughput_labels, CODE)
  NUM (P "throughput/softwareEfficiency", POOL, SELF_HOSTING, FACTOR, 0.01, 10, 0.3, 1.2, 0.01, 1, N_("Software efficiency"), N_("1 = a tuned stack, as in the published measurements."), AT (BePool, serving.software_efficiency))
  LOG (P "throughput/outputTokensPerSecond", POOL, SELF_HOSTING, TOKENS_PER_SECOND, 0, 1e9, 10, 50000, 1, NAN, N_("Measured speed"), N_("Output tokens per second of a replica at this mix, reasoning included."), AT (BePool, output_tokens_per_second))
  LOG (P "throughput/sequences", POOL, SELF_HOSTING, COUNT, 0, 1e9, 1, 1024, 1, NAN, N_("Measured sequences"), N_("Requests that ran at once at that speed."), AT (BePool, sequences))
  NUM (P "throughput/tpotMs", POOL, SELF_HOSTING, MILLISECONDS, 0, 1e6, 1, 200, 1, NAN, N_("Measured time per token"), N_("Between output tokens of one request."), AT (BePool, measured_tpot_ms))
  NUM (P "throughput/ttftMs", POOL, SELF_HOSTING, MILLISECONDS, 0, 1e7, 1, 10000, 10, NAN, N_("Measured time to first token"), N_("From request to first token."), AT (BePool, measured_ttft_ms))
  LOG (P "target/tpotMs", POOL, SELF_HOSTING, MILLISECONDS, 0.01, 1e6, 5, 200, 1, 50, N_("Time per token at most"), N_("50 ms is 20 tokens per second for each reader."), AT (BePool, target_tpot_ms))
  NUM (P "target/waitSeconds", POOL, SELF_HOSTING, SECONDS, 0, 1e6, 0, 10, 0.1, 1, N_("Wait at most"), N_("Time in the queue that few requests may exceed."), AT (BePool, wait_s))
  SHARE (P "target/waitProbability", POOL, SELF_HOSTING, 0.05, N_("Chance of a longer wait"), N_("1 means no queueing margin."), AT (BePool, wait_probability))
  WHOLE (P "replicas/minimum", POOL, SELF_HOSTING, REPLICAS, 0, 1e6, 0, 20, 1, N_("Replicas at least"), N_("Running even without traffic."), AT (BePool, minimum))
  WHOLE (P "replicas/spare", POOL, SELF_HOSTING, REPLICAS, 0, 1e6, 0, 10, 0, N_("Spare replicas"), N_("On top of the load, for failures and updates."), AT (BePool, spare))
  WHOLE (P "replicas/maximum", POOL, SELF_HOSTING, REPLICAS, 1, 1e6, 1, 10000, 10000, N_("Replicas at most"), N_("Beyond it no capacity was priced."), AT (BePool, maximum))
  FLAG (P "replicas/autoscale", POOL, SELF_HOSTING, 0, N_("Autoscale"), N_("Replicas follow the load hour by hour instead of standing at the peak. What is reserved or bought is paid at every hour."), AT (BePool, autoscale))
  NUM (P "replicas/coldStartMinutes", POOL, SELF_HOSTING, MINUTES, 0, 1440, 0, 30, 0.5, 2, N_("Cold start"), N_("Billed for each replica that is added."), AT (BePool, cold_start_minutes))
  CHOICE (P "rent/kind", POOL, SELF_HOSTING, BE_RENT_ON_DEMAND, N_("Kind of rent"), N_("How the GPUs are paid."), rents, rent_labels, AT (BePool, rent_kind))
  LOG (P "rent/gpuHour", POOL, SELF_HOSTING, USD_PER_HOUR, 0, 1e6, 0.1, 20, 0.01, NAN, N_("GPU price per hour"), N_("USD for one GPU and hour."), AT (BePool, gpu_hour_usd))
  NUM (P "rent/interruption", POOL, SELF_HOSTING, SHARE, 0, 0.99, 0, 0.5, 0.01, 0, N_("Interruption"), N_("Share of time that spot capacity is away; more replicas make up for it."), AT (BePool, interruption))
  WHOLE (P "rent/reserved/replicas", POOL, SELF_HOSTING, REPLICAS, 0, 1e6, 0, 50, 0, N_("Reserved replicas"), N_("Base that is reserved under an on-demand peak; “best” looks for the cheapest."), CODE)
  LOG (P "rent/reserved/gpuHour", POOL, SELF_HOSTING, USD_PER_HOUR, 0, 1e6, 0.1, 20, 0.01, NAN, N_("Reserved GPU price per hour"), N_("USD for one reserved GPU and hour."), AT (BePool, reserved_gpu_hour_usd))
  LOG (P "rent/capex", POOL, SELF_HOSTING, USD, 0, 1e9, 1000, 100000, 100, NAN, N_("Purchase price"), N_("USD per GPU with its part of the server."), AT (BePool, capex_usd))
  NUM (P "rent/lifeYears", POOL, SELF_HOSTING, YEARS, 0.1, 50, 1, 8, 0.5, 4, N_("Useful life"), N_("Years of straight-line depreciation."), AT (BePool, life_years))
  SHARE (P "rent/residual", POOL, SELF_HOSTING, 0, N_("Residual value"), N_("Share of the purchase price at the end of life."), AT (BePool, residual))
  NUM (P "rent/costOfCapital", POOL, SELF_HOSTING, SHARE, 0, 10, 0, 0.3, 0.01, 0, N_("Cost of capital"), N_("Per year, on the mean of purchase price and residual value."), AT (BePool, cost_of_capital))
  NUM (P "rent/kw", POOL, SELF_HOSTING, KILOWATT, 0, 1000, 0, 3, 0.05, 0, N_("Power per GPU"), N_("Kilowatts with its part of the server."), AT (BePool, kw))
  NUM (P "rent/pue", POOL, SELF_HOSTING, FACTOR, 1, 10, 1, 2, 0.01, 1, N_("PUE"), N_("Power of the building by power of the machines."), AT (BePool, pue))
  NUM (P "rent/perKwh", POOL, SELF_HOSTING, USD, 0, 1000, 0, 0.5, 0.01, 0, N_("Electricity per kWh"), N_("USD for a kilowatt-hour."), AT (BePool, per_kwh_usd))
  NUM (P "rent/colocationPerKwMonth", POOL, SELF_HOSTING, USD_PER_MONTH, 0, 1e6, 0, 500, 5, 0, N_("Colocation per kW"), N_("USD per kilowatt and month."), AT (BePool, colocation_per_kw_month_usd))
  NUM (P "rent/maintenance", POOL, SELF_HOSTING, SHARE, 0, 10, 0, 0.3, 0.01, 0, N_("Maintenance"), N_("Share of the purchase price per year."), AT (BePool, maintenance))
  LOG (P "people/perFteMonth", POOL, SELF_HOSTING, USD_PER_MONTH, 0, 1e7, 1000, 50000, 100, 0, N_("Cost of a full-time engineer"), N_("USD per month, all included."), AT (BePool, per_fte_month_usd))
  NUM (P "people/fte", POOL, SELF_HOSTING, FTE, 0, 1e5, 0, 10, 0.1, 0, N_("Engineers"), N_("Full-time equivalents whatever the size of the fleet."), CODE)
  WHOLE (P "people/steps/?/fromReplicas", PEOPLE_STEP, SELF_HOSTING, REPLICAS, 0, 1e6, 1, 100, 1, N_("From replicas"), N_("The step holds from this many replicas on, spares included."), CODE)
  NUM (P "people/steps/?/fte", PEOPLE_STEP, SELF_HOSTING, FTE, 0, 1e5, 0, 10, 0.1, 0, N_("Engineers"), N_("Full-time equivalents from this size of the fleet on."), AT (BePeopleStep, fte))
  LOG (P "fixedPerMonth", POOL, SELF_HOSTING, USD_PER_MONTH, 0, 1e12, 0, 50000, 100, 0, N_("Fixed cost"), N_("USD per month as soon as the pool runs."), AT (BePool, fixed_per_month_usd))
  SHARE (P "overheadShare", POOL, SELF_HOSTING, 0, N_("Overhead"), N_("Storage, egress and monitoring as a share of rent."), AT (BePool, overhead_share))
  LOG (P "setupCost", POOL, OVER_TIME, USD, 0, 1e12, 0, 500000, 1000, 0, N_("Set-up cost"), N_("Paid once; counts in payback and over time, not in the month."), AT (BePool, setup_cost_usd))

  NUM ("horizon/months", DOCUMENT, OVER_TIME, MONTHS, 0, 60, 1, 60, 1, 36, N_("Horizon"), N_("Months that the forecast runs."), CODE)
  NUM ("horizon/growthPerMonth", DOCUMENT, OVER_TIME, SHARE, -1, 10, -0.2, 0.5, 0.01, 0, N_("Growth per month"), N_("Of every workload that has none of its own."), CODE)
  NUM ("horizon/hostedPriceDeclinePerYear", DOCUMENT, OVER_TIME, SHARE, -10, 1, 0, 0.9, 0.01, 0, N_("Hosted prices fall per year"), N_("A negative number lets them rise."), CODE)
  NUM ("horizon/gpuPriceDeclinePerYear", DOCUMENT, OVER_TIME, SHARE, -10, 1, 0, 0.9, 0.01, 0, N_("GPU prices fall per year"), N_("A negative number lets them rise."), CODE)
  NUM ("horizon/discountRate", DOCUMENT, OVER_TIME, SHARE, -0.99, 10, 0, 0.5, 0.01, 0, N_("Discount rate"), N_("Per year, for the net present value."), CODE)
  NUM ("horizon/setupMonths", DOCUMENT, OVER_TIME, MONTHS, 0, 60, 0, 24, 1, 0, N_("Set-up months"), N_("Both bills run until the pool takes over."), CODE)

  WHOLE ("provisioned/?/units", PROVISIONED, ROUTING, COUNT, 0, 1e6, 0, 100, NAN, N_("Units"), N_("Committed units of provisioned throughput."), CODE)
  LOG ("provisioned/?/unitHour", PROVISIONED, ROUTING, USD_PER_HOUR, 0, 1e6, 0.1, 100, 0.01, NAN, N_("Price of a unit per hour"), N_("USD, used or not."), AT (BeProvisioned, unit_hour_usd))
  LOG ("provisioned/?/tokensPerMinutePerUnit", PROVISIONED, ROUTING, TOKENS_PER_MINUTE, 0, 1e12, 100, 1e6, 100, NAN, N_("Tokens per minute of a unit"), N_("What one unit carries before requests overflow."), AT (BeProvisioned, tokens_per_minute_per_unit))
  NUM ("provisioned/?/termMonths", PROVISIONED, ROUTING, MONTHS, 0, 600, 0, 36, 1, 0, N_("Term"), N_("Months of the commitment."), AT (BeProvisioned, term_months))

  TEXT (O "provider", OFFER, PRICES, N_("Provider"), N_("Who serves the model."))
  TEXT (O "name", OFFER, PRICES, N_("Name"), N_("The model's name."))
  RATES ("offers/?", OFFER, BeOffer)
  SHARE (O "discount", OFFER, PRICES, 0, N_("Discount"), N_("Off every token rate and fee, as in your contract."), AT (BeOffer, discount))
  LOG (O "commitment/perMonth", OFFER, PRICES, USD_PER_MONTH, 0, 1e12, 0, 1e6, 100, 0, N_("Commitment"), N_("The bill is at least this; the shortfall is its own line."), AT (BeOffer, commitment_usd_per_month))
  NUM (O "fees/perRequest", OFFER, PRICES, USD, 0, 1e6, 0, 0.1, 0.0001, 0, N_("Fee per request"), N_("USD, not discounted by batch."), AT (BeOffer, per_request_usd))
  NUM (O "fees/webSearchPer1000", OFFER, PRICES, USD, 0, 1e6, 0, 50, 0.1, 0, N_("Fee per 1,000 web searches"), N_("USD, not discounted by batch."), AT (BeOffer, web_search_per_1000_usd))
  LOG (O "limits/rpm", OFFER, PRICES, REQUESTS_PER_MINUTE, 0, 1e12, 10, 1e5, 10, NAN, N_("Requests per minute"), N_("The provider's limit. Absent: none known."), AT (BeOffer, rpm_limit))
  LOG (O "limits/tpm", OFFER, PRICES, TOKENS_PER_MINUTE, 0, 1e15, 1000, 1e8, 1000, NAN, N_("Tokens per minute"), N_("The provider's limit. Absent: none known."), AT (BeOffer, tpm_limit))
  NUM (O "latency/ttftMs", OFFER, PRICES, MILLISECONDS, 0, 1e7, 50, 10000, 10, NAN, N_("Time to first token"), N_("Measured or published. Absent: unknown."), AT (BeOffer, ttft_ms))
  NUM (O "latency/outputTokensPerSecond", OFFER, PRICES, TOKENS_PER_SECOND, 0, 1e6, 5, 500, 1, NAN, N_("Output speed"), N_("Tokens per second of one answer. Absent: unknown."), AT (BeOffer, output_tokens_per_second))
  LOG (O "training/cost", OFFER, PRICES, USD, 0, 1e12, 0, 1e5, 100, 0, N_("Training cost"), N_("Paid once, spread over the life of the fine-tuned model."), AT (BeOffer, training_cost_usd))
  NUM (O "training/lifeMonths", OFFER, PRICES, MONTHS, 0, 600, 1, 36, 1, 0, N_("Life of the training"), N_("Months until it is done again; 0 = no training."), AT (BeOffer, training_life_months))
  LOG (O "training/hostingHour", OFFER, PRICES, USD_PER_HOUR, 0, 1e6, 0, 20, 0.01, 0, N_("Hosting per hour"), N_("USD for a fine-tuned model that is kept ready."), AT (BeOffer, hosting_usd_per_hour))
  RATES ("offers/?/rateSets/?", RATE_SET, BeOffer)
  LOG (O "tiers/?/above", TIER, PRICES, TOKENS, 0, 1e12, 1000, 1e6, 1000, NAN, N_("Above"), N_("Prompts of more tokens pay these prices for the whole request."), AT (BeTier, threshold))
  LOG (O "tiers/?/atLeast", TIER, PRICES, TOKENS, 0, 1e12, 1000, 1e6, 1000, NAN, N_("At or above"), N_("Prompts of this many tokens or more pay these prices for the whole request."), AT (BeTier, threshold))
  RATES ("offers/?/tiers/?", TIER, BeTier)
  TEXT (O "windows/?/calendar", WINDOW, PRICES, N_("Calendar"), N_("Time zone that the days are read in."))
  RATES ("offers/?/windows/?", WINDOW, BeWindow)

  TEXT ("gpus/?/name", GPU, SELF_HOSTING, N_("Name"), N_("What to call the accelerator."))
  TEXT ("gpus/?/vendor", GPU, SELF_HOSTING, N_("Vendor"), N_("Who makes it."))
  TEXT ("gpus/?/arch", GPU, SELF_HOSTING, N_("Architecture"), N_("As in the catalogue: Hopper, Blackwell, CDNA3 ..."))
  TEXT ("gpus/?/linkType", GPU, SELF_HOSTING, N_("Link"), N_("NVLink, or PCIe with its version."))
  CHIP ("memGib", AT (BeGpu, memory_gib), COUNT, N_("Memory in GiB"))
  CHIP ("memBwGbs", AT (BeGpu, bandwidth_gbs), COUNT, N_("Memory bandwidth in GB/s"))
  CHIP ("bf16DenseTflops", AT (BeGpu, bf16_tflops), COUNT, N_("BF16 TFLOP/s"))
  CHIP ("fp8DenseTflops", AT (BeGpu, fp8_tflops), COUNT, N_("FP8 TFLOP/s"))
  CHIP ("int8DenseTops", AT (BeGpu, int8_tops), COUNT, N_("INT8 TOP/s"))
  CHIP ("fp4DenseTflops", AT (BeGpu, fp4_tflops), COUNT, N_("FP4 TFLOP/s"))
  CHIP ("linkUnidirGbs", AT (BeGpu, link_gbs), COUNT, N_("Link bandwidth in GB/s, one direction"))
  NUM ("gpus/?/sustainedCompute", GPU, SELF_HOSTING, FACTOR, 0.01, 2, 0.3, 1, 0.01, 1, N_("Sustained compute"), N_("Share of the peak that power limits leave."), AT (BeGpu, sustained_compute))
  LOG ("gpus/?/tdpW", GPU, SELF_HOSTING, COUNT, 0, 1e6, 50, 2000, 1, NAN, N_("Power in watts"), N_("From the accelerator's datasheet; for people, not used in the sums."), CODE)
  TEXT ("models/?/name", MODEL, SELF_HOSTING, N_("Name"), N_("What to call the model."))
  TEXT ("models/?/org", MODEL, SELF_HOSTING, N_("Maker"), N_("Who published the weights."))
  TEXT ("models/?/family", MODEL, SELF_HOSTING, N_("Family"), N_("The model_type of its configuration."))
  LOG ("models/?/context", MODEL, SELF_HOSTING, TOKENS, 0, 1e12, 1000, 1e6, 1000, NAN, N_("Context"), N_("The longest context that the model was made for."), CODE)
  SHAPE ("layers", layers, N_("Layers"))
  SHAPE ("hidden", hidden, N_("Hidden size"))
  SHAPE ("heads", heads, N_("Query heads"))
  SHAPE ("kvHeads", kv_heads, N_("KV heads"))
  SHAPE ("headDim", head_dim, N_("Head size"))
  SHAPE ("vocab", vocab, N_("Vocabulary"))
  WHOLE ("models/?/tiedEmb", MODEL, SELF_HOSTING, NONE, 0, 1, 0, 1, 0, N_("Tied embeddings"), N_("1 when embedding and head share their weights."), CODE)
  SHAPE ("ffn", ffn, N_("FFN width"))
  SHAPE ("ffnMats", ffn_matrices, N_("FFN matrices"))
  SHAPE ("experts", experts, N_("Experts"))
  SHAPE ("topk", topk, N_("Experts per token"))
  SHAPE ("moeFfn", moe_ffn, N_("Expert width"))
  SHAPE ("sharedFfn", shared_ffn, N_("Shared expert width"))
  SHAPE ("denseLayers", dense_layers, N_("Dense layers"))
  CHOICE ("models/?/attn", MODEL, SELF_HOSTING, 1, N_("Attention"), N_("From the model's published configuration."), attentions, attention_labels, CODE)
  SHAPE ("kvLora", kv_lora, N_("MLA latent size"))
  SHAPE ("qLora", q_lora, N_("MLA query rank"))
  SHAPE ("ropeDim", rope_dim, N_("MLA rope size"))
  SHAPE ("nopeDim", nope_dim, N_("MLA nope size"))
  SHAPE ("vDim", v_dim, N_("MLA value size"))
  SHAPE ("kvLayers", kv_layers, N_("Layers with full cache"))
  SHAPE ("swaLayers", swa_layers, N_("Sliding-window layers"))
  SHAPE ("swaWindow", swa_window, N_("Sliding window"))
};
/* clang-format on */

const BeInput *
be_inputs (guint *n_inputs)
{
  *n_inputs = G_N_ELEMENTS (table);
  return table;
}

const char *
be_input_label (const BeInput *input)
{
  return g_dgettext (GETTEXT_PACKAGE, input->label);
}

const char *
be_input_help (const BeInput *input)
{
  return g_dgettext (GETTEXT_PACKAGE, input->help);
}
