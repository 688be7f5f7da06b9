/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb throughput: the serving model for one replica. */
#include "cli/be-cli.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct {
  char *model, *gpu, *weights, *kv, *engine;
  int gpus, pipeline, attention_dp;
  double input, output, tpot_ms, concurrency, requests;
} ThroughputArguments;

static const char *const weight_names[] = {
  [BE_WEIGHTS_FP16] = "fp16",     [BE_WEIGHTS_FP8] = "fp8",
  [BE_WEIGHTS_INT8] = "int8",     [BE_WEIGHTS_FP4] = "fp4",
  [BE_WEIGHTS_MXFP4] = "mxfp4",   [BE_WEIGHTS_INT4] = "int4",
  [BE_WEIGHTS_Q4_K_M] = "q4_k_m", NULL
};
static const char
    *const kv_names[] = { [BE_KV_FP16] = "fp16", [BE_KV_FP8] = "fp8", [BE_KV_INT8] = "int8", NULL };
static const char *const engine_names[] = { [BE_ENGINE_VLLM] = "vLLM",
                                            [BE_ENGINE_SGLANG] = "SGLang",
                                            [BE_ENGINE_TENSORRT_LLM] = "TensorRT-LLM",
                                            NULL };
static const struct {
  const char *id, *label;
} steps[BE_N_STEP_PARTS] = {
  [BE_STEP_DENSE] = { "dense", N_ ("dense layers") },
  [BE_STEP_EXPERTS] = { "experts", N_ ("experts") },
  [BE_STEP_HEAD] = { "head", N_ ("LM head") },
  [BE_STEP_ATTENTION] = { "attention", N_ ("attention") },
  [BE_STEP_LINKS] = { "links", N_ ("links") },
  [BE_STEP_FIXED] = { "fixed", N_ ("fixed overhead") },
};

static gboolean
find_name (const char *option, const char *const *names, const char *wanted, int *index,
           GError **error)
{
  g_autofree char *all = g_strjoinv (", ", (char **) names);

  *index = 0;
  if (wanted == NULL)
    return TRUE;
  for (int i = 0; names[i] != NULL; i++) {
    *index = i;
    if (g_ascii_strcasecmp (names[i], wanted) == 0)
      return TRUE;
  }
  g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE, _ ("--%s is %s: allowed are %s"),
               option, wanted, all);
  return FALSE;
}

static gboolean
check_layout (const ThroughputArguments *arguments, GError **error)
{
  int ranks = arguments->pipeline * arguments->attention_dp;

  if (arguments->gpus < 1 || arguments->pipeline < 1 || arguments->attention_dp < 1)
    g_set_error_literal (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE,
                         _ ("--gpus, --pipeline and --attention-dp are whole numbers from 1"));
  else if (arguments->gpus % ranks != 0)
    g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE,
                 _ ("--gpus is %d: a multiple of the %d that the layout needs is allowed"),
                 arguments->gpus, ranks);
  else if (!(arguments->input >= 0) || !(arguments->output > 0)
           || !isfinite (arguments->input + arguments->output))
    g_set_error_literal (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE,
                         _ ("--input is at least 0 and --output above 0"));
  else if (!(arguments->tpot_ms >= 0) || !(arguments->concurrency >= 0)
           || !(arguments->requests >= 0))
    g_set_error_literal (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE,
                         _ ("--tpot-ms, --concurrency and --requests are at least 0"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
fill_setup (BeCatalog *catalog, const ThroughputArguments *arguments, BeServingSetup *setup,
            GError **error)
{
  const BeCatalogModel *model = be_catalog_find_model (catalog, arguments->model);
  const BeCatalogGpu *gpu = be_catalog_find_gpu (catalog, arguments->gpu);
  int weights, kv, engine;

  if (model == NULL || gpu == NULL) {
    g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID,
                 model == NULL
                     ? _ ("%s is no model of the catalogue; breakeven-cli catalog lists them")
                     : _ ("%s is no GPU of the catalogue; breakeven-cli catalog lists them"),
                 model == NULL ? arguments->model : arguments->gpu);
    return FALSE;
  }
  if (!find_name ("weights", weight_names, arguments->weights, &weights, error)
      || !find_name ("kv", kv_names, arguments->kv, &kv, error)
      || !find_name ("engine", engine_names, arguments->engine, &engine, error))
    return FALSE;
  *setup = (BeServingSetup){ .model = model->shape,
                             .gpu = gpu->gpu,
                             .pipeline_stages = arguments->pipeline,
                             .attention_dp = arguments->attention_dp,
                             .tensor_parallel =
                                 arguments->gpus / arguments->pipeline / arguments->attention_dp,
                             .weights = (BeWeights) weights,
                             .kv_cache = (BeKvCache) kv,
                             .engine = (BeEngine) engine,
                             .software_efficiency = 1 };
  return TRUE;
}

static JsonNode *
throughput_json (const ThroughputArguments *arguments, const BeServingResult *result,
                 double gpu_hour, double per_mtok)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  double share = arguments->output / (arguments->input + arguments->output);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "fits");
  json_builder_add_boolean_value (builder, result->fits);
  be_cli_json_number (builder, "outputTokensPerSecond",
                      result->fits ? result->output_tokens_per_second : NAN);
  be_cli_json_number (builder, "tpotMs", result->fits ? result->tpot_s * 1000 : NAN);
  be_cli_json_number (builder, "ttftMs", result->fits ? result->ttft_s * 1000 : NAN);
  be_cli_json_number (builder, "batch", result->fits ? result->batch : NAN);
  be_cli_json_number (builder, "sequences", result->fits ? result->sequences : NAN);
  json_builder_set_member_name (builder, "step");
  json_builder_begin_object (builder);
  for (int i = 0; i < BE_N_STEP_PARTS; i++)
    be_cli_json_number (builder, steps[i].id, result->fits ? result->step_s[i] * 1000 : NAN);
  json_builder_end_object (builder);
  be_cli_json_number (builder, "weightsGiB", result->weights_gib);
  be_cli_json_number (builder, "kvGiBPerSequence", result->kv_gib_per_sequence);
  be_cli_json_number (builder, "gpuHour", gpu_hour);
  be_cli_json_number (builder, "perMtokOutput", per_mtok);
  be_cli_json_number (builder, "perMtok", per_mtok * share);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static char *
throughput_text (const ThroughputArguments *arguments, const BeServingResult *result,
                 double gpu_hour, double per_mtok)
{
  const char *const headers[] = { arguments->model, arguments->gpu, NULL };
  g_autoptr (BeTable) table = be_cli_table_new (headers);
  GString *text = g_string_new (NULL);

  be_cli_table_add (
      table, g_strdup (_ ("output per replica")),
      be_format_value (result->output_tokens_per_second, BE_UNIT_TOKENS_PER_SECOND, FALSE), NULL);
  be_cli_table_add (table, g_strdup (_ ("typically within (±15 %)")),
                    g_strdup_printf ("%.0f – %.0f", result->output_tokens_per_second * 0.85,
                                     result->output_tokens_per_second * 1.15),
                    NULL);
  be_cli_table_add (table, g_strdup (_ ("time per output token")),
                    be_format_value (result->tpot_s * 1000, BE_UNIT_MILLISECONDS, FALSE), NULL);
  be_cli_table_add (table, g_strdup (_ ("time to first token")),
                    be_format_value (result->ttft_s * 1000, BE_UNIT_MILLISECONDS, FALSE), NULL);
  be_cli_table_add (table, g_strdup (_ ("batch")), be_format_number (result->batch, FALSE), NULL);
  for (int i = 0; i < BE_N_STEP_PARTS; i++)
    be_cli_table_add (table, g_strdup_printf (_ ("step: %s"), _ (steps[i].label)),
                      be_format_value (result->step_s[i] * 1000, BE_UNIT_MILLISECONDS, FALSE),
                      NULL);
  be_cli_table_add (table, g_strdup (_ ("GPU price")),
                    be_format_value (gpu_hour, BE_UNIT_USD_PER_HOUR, FALSE), NULL);
  be_cli_table_add (table, g_strdup (_ ("cost of output")),
                    be_format_value (per_mtok, BE_UNIT_USD_PER_MTOK, FALSE), NULL);
  be_cli_append_table (text, table, "");
  return g_string_free (text, FALSE);
}

static int
run_throughput (const BeCliOptions *options, const ThroughputArguments *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeCatalog) catalog = be_cli_catalog (options, &error);
  BeServingDemand demand = { .tpot_s = arguments->tpot_ms / 1000,
                             .concurrency = arguments->concurrency,
                             .n_requests = arguments->requests };
  g_autofree char *text = NULL;
  BeServingSetup setup;
  BeServingResult result = { 0 };
  BeStatus status;
  double gpu_hour, per_mtok;

  if (catalog == NULL || !check_layout (arguments, &error)
      || !fill_setup (catalog, arguments, &setup, &error))
    return be_cli_fail (error);
  status = be_serving_evaluate (&setup, &demand, arguments->input, arguments->output, &result);
  if (status != BE_OK && status != BE_DOES_NOT_FIT) {
    g_set_error_literal (
        &error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE,
        _ ("the throughput cannot be worked out: this GPU lacks what the format needs"));
    return be_cli_fail (error);
  }
  gpu_hour = be_catalog_gpu_price (catalog, arguments->gpu);
  per_mtok = gpu_hour * arguments->gpus * 1e6 / (3600 * result.output_tokens_per_second);
  if (options->json)
    return be_cli_print_json (
        throughput_json (arguments, &result, gpu_hour, result.fits ? per_mtok : NAN));
  if (!result.fits) {
    g_set_error (&error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE,
                 _ ("%s does not fit: %.1f GiB of weights on each of %d GPUs leave no room for one "
                    "sequence"),
                 arguments->model, result.weights_gib, arguments->gpus);
    return be_cli_fail (error);
  }
  text = throughput_text (arguments, &result, gpu_hour, per_mtok);
  return be_cli_print (text);
}

static int
check_and_run (const BeCliOptions *options, const ThroughputArguments *arguments)
{
  if (arguments->model == NULL || arguments->gpu == NULL || arguments->gpus == 0
      || isnan (arguments->input) || isnan (arguments->output))
    return be_cli_usage (_ ("throughput: --model, --gpu, --gpus, --input and --output are needed"));
  if (options->sets != NULL)
    return be_cli_usage (_ ("throughput: there is no scenario that --set could change"));
  return run_throughput (options, arguments);
}

int
be_cli_run_throughput (const BeVerb *verb, int argc, char **argv)
{
  ThroughputArguments arguments = { .pipeline = 1, .attention_dp = 1, .input = NAN, .output = NAN };
  g_auto (BeCliOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "model", 0, 0, G_OPTION_ARG_STRING, &arguments.model, N_ ("Model of the catalogue"), "M" },
    { "gpu", 0, 0, G_OPTION_ARG_STRING, &arguments.gpu, N_ ("GPU of the catalogue"), "G" },
    { "gpus", 0, 0, G_OPTION_ARG_INT, &arguments.gpus, N_ ("GPUs of one replica"), "N" },
    { "weights", 0, 0, G_OPTION_ARG_STRING, &arguments.weights, N_ ("Format of the weights (fp16)"),
      "P" },
    { "kv", 0, 0, G_OPTION_ARG_STRING, &arguments.kv, N_ ("Format of the KV cache (fp16)"), "P" },
    { "input", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.input, N_ ("Prompt tokens of a request"),
      "I" },
    { "output", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.output, N_ ("Output tokens of a request"),
      "O" },
    { "tpot-ms", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.tpot_ms,
      N_ ("Largest time per output token"), "X" },
    { "concurrency", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.concurrency, N_ ("Requests at once"),
      "C" },
    { "requests", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.requests,
      N_ ("Size of an offline benchmark"), "N" },
    { "pipeline", 0, 0, G_OPTION_ARG_INT, &arguments.pipeline, N_ ("Pipeline stages (1)"), "N" },
    { "attention-dp", 0, 0, G_OPTION_ARG_INT, &arguments.attention_dp,
      N_ ("Attention data-parallel ranks (1)"), "N" },
    { "engine", 0, 0, G_OPTION_ARG_STRING, &arguments.engine, N_ ("vLLM, SGLang or TensorRT-LLM"),
      "NAME" },
    { NULL },
  };
  int status = BE_EXIT_USAGE;

  if (be_cli_parse (verb, entries, argc, argv, 0, 0, &options))
    status = check_and_run (&options, &arguments);
  g_free (arguments.model);
  g_free (arguments.gpu);
  g_free (arguments.weights);
  g_free (arguments.kv);
  g_free (arguments.engine);
  return status;
}
