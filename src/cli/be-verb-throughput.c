/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb throughput: the serving model for one replica. */
#include "cli/be-cli.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct {
  char *model, *model_config, *gpu, *weights, *kv, *engine;
  int gpus, pipeline, attention_dp;
  double input, output, tpot_ms, concurrency, requests, efficiency, prefix_hit;
} ThroughputArguments;

/* The replica that was asked for and what it is called. */
typedef struct {
  BeServingSetup setup;
  const char *model; /* borrowed */
  const BeCatalogGpu *gpu;
  BeModelConfig *config; /* owned; NULL: of the catalogue */
} Replica;

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
  int ranks = (int) MIN ((gint64) arguments->pipeline * arguments->attention_dp, G_MAXINT);

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
  else if (!(arguments->efficiency > 0) || !isfinite (arguments->efficiency)
           || !(arguments->prefix_hit >= 0) || !(arguments->prefix_hit <= 1))
    g_set_error_literal (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE,
                         _ ("--efficiency is above 0, --prefix-hit from 0 to 1"));
  else if (!(arguments->tpot_ms >= 0) || !(arguments->concurrency >= 0)
           || !(arguments->requests >= 0))
    g_set_error_literal (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE,
                         _ ("--tpot-ms, --concurrency and --requests are at least 0"));
  else
    return TRUE;
  return FALSE;
}

static BeModelConfig *
read_config (const char *path, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = be_cli_read (path, &name, error);
  const char *data;
  gsize length;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  return be_model_config_parse (data != NULL ? data : "", length, name, error);
}

/* The model of --model-config, of the catalogue, or of a file that --model names. */
static gboolean
find_model (BeCatalog *catalog, const ThroughputArguments *arguments, Replica *replica,
            GError **error)
{
  const BeCatalogModel *known =
      arguments->model != NULL ? be_catalog_find_model (catalog, arguments->model) : NULL;
  const char *path = arguments->model_config;

  if (path == NULL && known == NULL && g_str_has_suffix (arguments->model, ".json"))
    path = arguments->model;
  if (path != NULL) {
    replica->config = read_config (path, error);
    if (replica->config == NULL)
      return FALSE;
    replica->model = path == arguments->model || arguments->model == NULL ? replica->config->name
                                                                          : arguments->model;
    replica->setup.model = replica->config->shape;
    return TRUE;
  }
  if (known == NULL) {
    g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID,
                 _ ("%s is no model of the catalogue; breakeven-cli catalog lists them"),
                 arguments->model);
    return FALSE;
  }
  replica->model = known->name;
  replica->setup.model = known->shape;
  return TRUE;
}

static gboolean
fill_replica (BeCatalog *catalog, const ThroughputArguments *arguments, Replica *replica,
              GError **error)
{
  int weights, kv, engine;

  replica->gpu = be_catalog_find_gpu (catalog, arguments->gpu);
  if (!find_model (catalog, arguments, replica, error))
    return FALSE;
  if (replica->gpu == NULL) {
    g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID,
                 _ ("%s is no GPU of the catalogue; breakeven-cli catalog lists them"),
                 arguments->gpu);
    return FALSE;
  }
  if (!find_name ("weights", weight_names, arguments->weights, &weights, error)
      || !find_name ("kv", kv_names, arguments->kv, &kv, error)
      || !find_name ("engine", engine_names, arguments->engine, &engine, error))
    return FALSE;
  BeServingSetup *setup = &replica->setup;
  setup->gpu = replica->gpu->gpu;
  setup->pipeline_stages = arguments->pipeline;
  setup->attention_dp = arguments->attention_dp;
  setup->tensor_parallel = arguments->gpus / arguments->pipeline;
  setup->weights =
      arguments->weights == NULL && replica->config != NULL && replica->config->has_weights
          ? replica->config->weights
          : (BeWeights) weights;
  setup->kv_cache = (BeKvCache) kv;
  setup->engine = (BeEngine) engine;
  setup->software_efficiency = arguments->efficiency;
  return TRUE;
}

/* Everything that must be said of the result. */
static GPtrArray *
list_notes (const Replica *replica, const ThroughputArguments *arguments,
            const BeServingResult *result)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; replica->config != NULL && i < replica->config->notes->len; i++)
    g_ptr_array_add (texts, g_strdup (replica->config->notes->pdata[i]));
  if (replica->gpu->unverified)
    g_ptr_array_add (texts, g_strdup_printf (_ ("The figures of %s are unverified: compare them "
                                                "with its datasheet."),
                                             replica->gpu->name));
  if (!result->fits)
    return texts;
  g_autoptr (GPtrArray) notes = be_serving_notes (&replica->setup, result, arguments->prefix_hit);
  for (guint i = 0; i < notes->len; i++)
    g_ptr_array_add (texts, g_strdup (((const BeMessage *) notes->pdata[i])->message));
  g_ptr_array_add (texts, be_serving_latency_note ());
  return texts;
}

static void
build_texts (JsonBuilder *builder, const char *name, GPtrArray *texts)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < texts->len; i++)
    json_builder_add_string_value (builder, texts->pdata[i]);
  json_builder_end_array (builder);
}

static JsonNode *
throughput_json (const Replica *replica, const ThroughputArguments *arguments,
                 const BeServingResult *result, double gpu_hour, double per_mtok)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) notes = list_notes (replica, arguments, result);
  double share = arguments->output / (arguments->input + arguments->output);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "fits");
  json_builder_add_boolean_value (builder, result->fits);
  be_cli_json_number (builder, "outputTokensPerSecond",
                      result->fits ? result->output_tokens_per_second : NAN);
  be_cli_json_number (builder, "low", result->fits ? result->output_low : NAN);
  be_cli_json_number (builder, "high", result->fits ? result->output_high : NAN);
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
  be_cli_json_text (builder, "model", replica->model);
  be_cli_json_number (builder, "parameters", result->total_params);
  be_cli_json_number (builder, "activeParameters", result->active_params);
  json_builder_set_member_name (builder, "gpuUnverified");
  json_builder_add_boolean_value (builder, replica->gpu->unverified);
  build_texts (builder, "notes", notes);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static char *
throughput_text (const Replica *replica, const ThroughputArguments *arguments,
                 const BeServingResult *result, double gpu_hour, double per_mtok)
{
  const char *const headers[] = { replica->model, replica->gpu->key, NULL };
  g_autoptr (GPtrArray) notes = list_notes (replica, arguments, result);
  g_autofree char *total = be_format_number (result->total_params / 1e9, FALSE);
  g_autofree char *active = be_format_number (result->active_params / 1e9, FALSE);
  g_autoptr (BeTable) table = be_table_new_strv (headers);
  GString *text = g_string_new (NULL);

  be_table_add (
      table, g_strdup (_ ("output per replica")),
      be_format_value (result->output_tokens_per_second, BE_UNIT_TOKENS_PER_SECOND, FALSE), NULL);
  be_table_add (table, g_strdup (_ ("expected within")), be_serving_range_words (result), NULL);
  be_table_add (table, g_strdup (_ ("time per output token")),
                be_format_value (result->tpot_s * 1000, BE_UNIT_MILLISECONDS, FALSE), NULL);
  be_table_add (table, g_strdup (_ ("time to first token")),
                be_format_value (result->ttft_s * 1000, BE_UNIT_MILLISECONDS, FALSE), NULL);
  be_table_add (table, g_strdup (_ ("batch")), be_format_number (result->batch, FALSE), NULL);
  for (int i = 0; i < BE_N_STEP_PARTS; i++)
    be_table_add (table, g_strdup_printf (_ ("step: %s"), _ (steps[i].label)),
                  be_format_value (result->step_s[i] * 1000, BE_UNIT_MILLISECONDS, FALSE), NULL);
  be_table_add (table, g_strdup (_ ("GPU price")),
                be_format_value (gpu_hour, BE_UNIT_USD_PER_HOUR, FALSE), NULL);
  be_table_add (table, g_strdup (_ ("cost of output")),
                be_format_value (per_mtok, BE_UNIT_USD_PER_MTOK, FALSE), NULL);
  be_table_add (table, g_strdup (_ ("parameters, active for each token")),
                /* Translators: billions of parameters, in all and active. */
                g_strdup_printf (_ ("%s B, %s B"), total, active), NULL);
  be_cli_append_table (text, table, "");
  for (guint i = 0; i < notes->len; i++)
    g_string_append_printf (text, "%s* %s\n", i == 0 ? "\n" : "", (char *) notes->pdata[i]);
  return g_string_free (text, FALSE);
}

static int
print_result (const BeCliOptions *options, const ThroughputArguments *arguments,
              const Replica *replica, const BeServingResult *result, BeCatalog *catalog)
{
  double gpu_hour = be_catalog_gpu_price (catalog, arguments->gpu);
  double per_mtok = gpu_hour * arguments->gpus * 1e6 / (3600 * result->output_tokens_per_second);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (options->json)
    return be_cli_print_json (
        throughput_json (replica, arguments, result, gpu_hour, result->fits ? per_mtok : NAN));
  if (!result->fits) {
    g_autofree char *fitting = be_study_would_fit_words (&replica->setup, catalog, arguments->gpus,
                                                         arguments->input, arguments->output);
    g_autofree char *weights = be_format_number (be_report_estimate (result->weights_gib), FALSE);

    g_set_error (&error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE,
                 ngettext ("%s does not fit: %s GiB of weights on %d GPU leave no room for one "
                           "sequence.%s",
                           "%s does not fit: %s GiB of weights on each of %d GPUs leave no room "
                           "for one sequence.%s",
                           (gulong) arguments->gpus),
                 replica->model, weights, arguments->gpus, fitting);
    return be_cli_fail (error);
  }
  text = throughput_text (replica, arguments, result, gpu_hour, per_mtok);
  return be_cli_print (text);
}

static int
run_throughput (const BeCliOptions *options, const ThroughputArguments *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeCatalog) catalog = be_cli_catalog (options, &error);
  BeServingDemand demand = { .tpot_s = arguments->tpot_ms / 1000,
                             .concurrency = arguments->concurrency,
                             .n_requests = arguments->requests,
                             .prefix_hit = arguments->prefix_hit };
  Replica replica = { 0 };
  BeServingResult result = { 0 };
  int status;

  if (catalog == NULL || !check_layout (arguments, &error)
      || !fill_replica (catalog, arguments, &replica, &error)) {
    status = be_cli_fail (error);
  } else {
    BeStatus answer =
        be_serving_evaluate (&replica.setup, &demand, arguments->input, arguments->output, &result);
    if (answer == BE_OK || answer == BE_DOES_NOT_FIT) {
      status = print_result (options, arguments, &replica, &result, catalog);
    } else {
      g_set_error_literal (
          &error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE,
          _ ("the throughput cannot be worked out: this GPU lacks what the format needs"));
      status = be_cli_fail (error);
    }
  }
  be_model_config_free (replica.config);
  return status;
}

static int
check_and_run (const BeCliOptions *options, const ThroughputArguments *arguments)
{
  if ((arguments->model == NULL && arguments->model_config == NULL) || arguments->gpu == NULL
      || arguments->gpus == G_MININT || isnan (arguments->input) || isnan (arguments->output))
    return be_cli_usage (_ ("throughput: --model, --gpu, --gpus, --input and --output are needed"));
  if (options->sets != NULL)
    return be_cli_usage (_ ("throughput: there is no scenario that --set could change"));
  return run_throughput (options, arguments);
}

int
be_cli_run_throughput (const BeVerb *verb, int argc, char **argv)
{
  ThroughputArguments arguments = {
    .gpus = G_MININT, .pipeline = 1, .attention_dp = 1, .input = NAN, .output = NAN, .efficiency = 1
  };
  g_auto (BeCliOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "model", 0, 0, G_OPTION_ARG_STRING, &arguments.model, N_ ("Model of the catalogue"), "M" },
    { "model-config", 0, 0, G_OPTION_ARG_FILENAME, &arguments.model_config,
      N_ ("Model of a config.json file instead"), "FILE" },
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
    { "efficiency", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.efficiency,
      N_ ("Software efficiency (1)"), "X" },
    { "prefix-hit", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.prefix_hit,
      N_ ("Share of the prompt that is cached (0)"), "X" },
    { "engine", 0, 0, G_OPTION_ARG_STRING, &arguments.engine, N_ ("vLLM, SGLang or TensorRT-LLM"),
      "NAME" },
    { NULL },
  };
  int status = BE_EXIT_USAGE;

  if (be_cli_parse (verb, entries, argc, argv, 0, 0, &options))
    status = check_and_run (&options, &arguments);
  g_free (arguments.model);
  g_free (arguments.model_config);
  g_free (arguments.gpu);
  g_free (arguments.weights);
  g_free (arguments.kv);
  g_free (arguments.engine);
  return status;
}
