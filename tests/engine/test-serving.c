/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The serving model against published measurements, its reference, and its own laws. */

#include "engine/be-serving.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A CSV file as rows of column name to text; RFC 4180 quoting without line breaks in fields. */
static GPtrArray *
split_line (const char *line)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_free);
  GString *field = g_string_new (NULL);
  gboolean quoted = FALSE;
  for (const char *c = line; *c != '\0'; c++) {
    if (*c == '"')
      quoted = !quoted;
    else if (*c == ',' && !quoted) {
      g_ptr_array_add (fields, g_string_free (field, FALSE));
      field = g_string_new (NULL);
    } else if (*c != '\r')
      g_string_append_c (field, *c);
  }
  g_ptr_array_add (fields, g_string_free (field, FALSE));
  return fields;
}

static GPtrArray *
read_csv (const char *variable, const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv (variable), name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GPtrArray) columns = split_line (lines[0]);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  for (int i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++) {
    g_autoptr (GPtrArray) fields = split_line (lines[i]);
    g_assert_cmpuint (fields->len, ==, columns->len);
    GHashTable *row = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    for (guint j = 0; j < fields->len; j++)
      g_hash_table_insert (row, g_strdup (columns->pdata[j]), g_strdup (fields->pdata[j]));
    g_ptr_array_add (rows, row);
  }
  return rows;
}

static const char *
text (GHashTable *row, const char *column)
{
  const char *value = g_hash_table_lookup (row, column);
  g_assert_nonnull (value);
  return value;
}

static double
number (GHashTable *row, const char *column)
{
  return g_ascii_strtod (text (row, column), NULL);
}

static GHashTable *
find_row (GPtrArray *rows, const char *column, const char *value)
{
  for (guint i = 0; i < rows->len; i++)
    if (strcmp (text (rows->pdata[i], column), value) == 0)
      return rows->pdata[i];
  g_error ("no row with %s = %s", column, value);
}

static BeModelShape
read_shape (GHashTable *row)
{
  return (BeModelShape){
    .layers = number (row, "layers"),
    .hidden = number (row, "hidden"),
    .heads = number (row, "heads"),
    .kv_heads = number (row, "kv_heads"),
    .head_dim = number (row, "head_dim"),
    .vocab = number (row, "vocab"),
    .tied_embeddings = number (row, "tied_emb") != 0,
    .ffn = number (row, "ffn"),
    .ffn_matrices = number (row, "ffn_mats"),
    .experts = number (row, "experts"),
    .topk = number (row, "topk"),
    .moe_ffn = number (row, "moe_ffn"),
    .shared_ffn = number (row, "shared_ffn"),
    .dense_layers = number (row, "dense_layers"),
    .mla = strcmp (text (row, "attn"), "mla") == 0,
    .kv_lora = number (row, "kv_lora"),
    .q_lora = number (row, "q_lora"),
    .rope_dim = number (row, "rope_dim"),
    .nope_dim = number (row, "nope_dim"),
    .v_dim = number (row, "v_dim"),
    .kv_layers = number (row, "kv_layers"),
    .swa_layers = number (row, "swa_layers"),
    .swa_window = number (row, "swa_window"),
    .gpt_oss = g_str_has_prefix (text (row, "model"), "gpt-oss"),
  };
}

static BeGpu
read_gpu (GHashTable *row)
{
  static const struct {
    const char *name;
    BeGpuArch arch;
  } archs[] = {
    { "Turing", BE_ARCH_TURING },      { "Ampere", BE_ARCH_AMPERE }, { "Ada", BE_ARCH_ADA },
    { "Hopper", BE_ARCH_HOPPER },      { "CDNA3", BE_ARCH_CDNA },    { "CDNA4", BE_ARCH_CDNA4 },
    { "Blackwell", BE_ARCH_BLACKWELL }
  };
  static const char *const gddr_keys[] = { "A10G", "A10", "A40", "A6000", "RTX3090", NULL };
  BeGpu gpu = {
    .nvlink = strstr (text (row, "link_type"), "PCIe") == NULL,
    .memory_gib = number (row, "mem_gib"),
    .bandwidth_gbs = number (row, "mem_bw_gbs"),
    .bf16_tflops = number (row, "bf16_dense_tflops"),
    .fp8_tflops = number (row, "fp8_dense_tflops"),
    .int8_tops = number (row, "int8_dense_tops"),
    .fp4_tflops = number (row, "fp4_dense_tflops"),
    .link_gbs = number (row, "link_unidir_gbs"),
    .sustained_compute = number (row, "sustained_compute"),
  };
  for (guint i = 0; i < G_N_ELEMENTS (archs); i++)
    if (strcmp (text (row, "arch"), archs[i].name) == 0)
      gpu.arch = archs[i].arch;
  gpu.gddr = be_gpu_is_gddr_class (gpu.arch, gpu.bandwidth_gbs)
             || g_strv_contains (gddr_keys, text (row, "key"));
  return gpu;
}

static BeWeights
read_weights (const char *name)
{
  static const char *const names[] = { "fp16", "fp8", "int8", "fp4", "mxfp4", "int4", "q4_k_m" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      return (BeWeights) i;
  g_error ("weights %s", name);
}

typedef struct {
  GPtrArray *models, *gpus;
} Data;

static Data
data_read (void)
{
  return (Data){ read_csv ("BE_DATA_DIR", "serving/models.csv"),
                 read_csv ("BE_DATA_DIR", "serving/gpus.csv") };
}

static void
data_clear (Data *data)
{
  g_ptr_array_unref (data->models);
  g_ptr_array_unref (data->gpus);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Data, data_clear)

static BeServingSetup
setup_of (const Data *data, const char *model, const char *gpu)
{
  return (BeServingSetup){
    .model = read_shape (find_row (data->models, "model", model)),
    .gpu = read_gpu (find_row (data->gpus, "key", gpu)),
    .tensor_parallel = 1,
    .pipeline_stages = 1,
    .attention_dp = 1,
    .engine = BE_ENGINE_TENSORRT_LLM,
    .software_efficiency = 1,
  };
}

static double
evaluate_case (const Data *data, GHashTable *row)
{
  BeServingSetup setup = setup_of (data, text (row, "model"), text (row, "gpu"));
  setup.tensor_parallel = (int) number (row, "tp");
  setup.pipeline_stages = (int) number (row, "pp");
  setup.attention_dp = (int) number (row, "attn_dp");
  setup.weights = read_weights (text (row, "weight_precision"));
  setup.kv_cache = strcmp (text (row, "kv_precision"), "fp8") == 0 ? BE_KV_FP8 : BE_KV_FP16;
  const BeServingDemand demand = { .n_requests = number (row, "n_requests"),
                                   .concurrency = number (row, "concurrency") };
  BeServingResult result;
  const BeStatus status = be_serving_evaluate (&setup, &demand, number (row, "input_tokens"),
                                               number (row, "output_tokens"), &result);
  g_assert_cmpint (status, ==, BE_OK);
  return result.output_tokens_per_second;
}

static int
compare_doubles (const void *a, const void *b)
{
  const double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static void
test_published_measurements (void)
{
  g_auto (Data) data = data_read ();
  g_autoptr (GPtrArray) rows = read_csv ("BE_TEST_CASES", "serving-throughput.csv");
  g_autofree double *errors = g_new (double, rows->len);
  guint within = 0, differ = 0;
  double worst = 0;
  for (guint i = 0; i < rows->len; i++) {
    GHashTable *row = rows->pdata[i];
    const double predicted = evaluate_case (&data, row);
    const double reference = fabs (predicted / number (row, "model_output_tok_s") - 1);
    if (!(reference <= 1e-3)) {
      g_test_message ("%s: %g instead of %s", text (row, "id"), predicted,
                      text (row, "model_output_tok_s"));
      differ++;
    }
    worst = fmax (worst, reference);
    errors[i] = fabs (predicted / number (row, "measured_output_tok_s") - 1);
    within += errors[i] <= 0.30;
  }
  qsort (errors, rows->len, sizeof *errors, compare_doubles);
  g_test_message (
      "%u rows: off the reference by at most %.2g, off the measured by a median of %.3f,"
      " %.3f of rows within 30 %%",
      rows->len, worst, errors[rows->len / 2], (double) within / rows->len);
  g_assert_cmpuint (rows->len, ==, 160);
  g_assert_cmpuint (differ, ==, 0);
  g_assert_cmpfloat (errors[rows->len / 2], <=, 0.10);
  g_assert_cmpfloat ((double) within / rows->len, >=, 0.85);
}

static void
test_published_parameters (void)
{
  g_auto (Data) data = data_read ();
  double worst = 0;
  for (guint i = 0; i < data.models->len; i++) {
    GHashTable *row = data.models->pdata[i];
    const BeModelShape shape = read_shape (row);
    double total, active;
    be_model_parameters (&shape, &total, &active);
    const double error = fabs (total / 1e9 / number (row, "params_b") - 1);
    if (error > 0.01)
      g_test_message ("%s: %g instead of %s", text (row, "model"), total / 1e9,
                      text (row, "params_b"));
    worst = fmax (worst, error);
    g_assert_cmpfloat (active, <=, total);
  }
  g_test_message ("%u models, off by at most %.4f", data.models->len, worst);
  g_assert_cmpuint (data.models->len, >=, 40);
  g_assert_cmpfloat (worst, <=, 0.01);
}

typedef struct {
  BeServingSetup setup;
  double input, output;
} Draw;

static Draw
draw (const Data *data)
{
  static const int widths[] = { 1, 2, 4, 8 };
  GHashTable *model = data->models->pdata[g_test_rand_int_range (0, (gint32) data->models->len)];
  GHashTable *gpu = data->gpus->pdata[g_test_rand_int_range (0, (gint32) data->gpus->len)];
  Draw drawn = { .setup = setup_of (data, text (model, "model"), text (gpu, "key")) };
  const int width = drawn.setup.gpu.link_gbs > 0 ? widths[g_test_rand_int_range (0, 4)] : 1;
  if (drawn.setup.model.experts > 0 && g_test_rand_bit ())
    drawn.setup.attention_dp = width;
  else
    drawn.setup.tensor_parallel = width;
  drawn.setup.pipeline_stages = g_test_rand_int_range (0, 4) == 0 ? 2 : 1;
  drawn.setup.weights = (BeWeights) g_test_rand_int_range (0, BE_WEIGHTS_Q4_K_M + 1);
  drawn.setup.kv_cache = g_test_rand_bit () ? BE_KV_FP8 : BE_KV_FP16;
  drawn.setup.engine = g_test_rand_bit () ? BE_ENGINE_SGLANG : BE_ENGINE_VLLM;
  drawn.input = floor (exp (g_test_rand_double_range (log (16), log (20000))));
  drawn.output = floor (exp (g_test_rand_double_range (log (16), log (4000))));
  return drawn;
}

static BeServingResult
evaluate (const Draw *drawn, double concurrency)
{
  const BeServingDemand demand = { .concurrency = concurrency };
  BeServingResult result;
  const BeStatus status =
      be_serving_evaluate (&drawn->setup, &demand, drawn->input, drawn->output, &result);
  g_assert_true (status == (result.fits ? BE_OK : BE_DOES_NOT_FIT));
  return result;
}

static void
test_larger_batch_never_slower (void)
{
  g_auto (Data) data = data_read ();
  guint compared = 0;
  for (int i = 0; i < 2000; i++) {
    const Draw drawn = draw (&data);
    const double clients = exp (g_test_rand_double_range (0, log (2000)));
    const BeServingResult few = evaluate (&drawn, clients);
    const BeServingResult many = evaluate (&drawn, clients * g_test_rand_double_range (1, 4));
    if (!few.fits)
      continue;
    compared++;
    g_assert_cmpfloat (many.output_tokens_per_second, >=,
                       few.output_tokens_per_second * (1 - 1e-12));
    g_assert_cmpfloat (many.tpot_s, >=, few.tpot_s * (1 - 1e-12));
  }
  g_assert_cmpuint (compared, >, 500);
}

static void
test_longer_context_never_faster (void)
{
  g_auto (Data) data = data_read ();
  guint compared = 0;
  for (int i = 0; i < 2000; i++) {
    Draw drawn = draw (&data);
    const BeServingResult brief = evaluate (&drawn, 0);
    drawn.input = ceil (drawn.input * g_test_rand_double_range (1, 3));
    const BeServingResult wordy = evaluate (&drawn, 0);
    if (!wordy.fits)
      continue;
    compared++;
    g_assert_cmpfloat (wordy.b_max, <=, brief.b_max);
    g_assert_cmpfloat (wordy.output_tokens_per_second, <=,
                       brief.output_tokens_per_second * (1 + 1e-12));
  }
  g_assert_cmpuint (compared, >, 500);
}

static void
test_lower_precision_never_larger (void)
{
  static const BeWeights lighter[][2] = {
    { BE_WEIGHTS_FP16, BE_WEIGHTS_FP8 },   { BE_WEIGHTS_FP16, BE_WEIGHTS_INT8 },
    { BE_WEIGHTS_FP8, BE_WEIGHTS_Q4_K_M }, { BE_WEIGHTS_Q4_K_M, BE_WEIGHTS_INT4 },
    { BE_WEIGHTS_INT4, BE_WEIGHTS_FP4 },   { BE_WEIGHTS_FP4, BE_WEIGHTS_MXFP4 }
  };
  g_auto (Data) data = data_read ();
  for (int i = 0; i < 2000; i++) {
    Draw drawn = draw (&data);
    const BeWeights *pair = lighter[g_test_rand_int_range (0, G_N_ELEMENTS (lighter))];
    drawn.setup.weights = pair[0];
    drawn.setup.kv_cache = BE_KV_FP16;
    const BeServingResult wide = evaluate (&drawn, 0);
    drawn.setup.kv_cache = BE_KV_FP8;
    const BeServingResult half = evaluate (&drawn, 0);
    drawn.setup.weights = pair[1];
    const BeServingResult light = evaluate (&drawn, 0);
    /* An MLA model's attention goes back to two bytes below one byte per weight, by the model. */
    if (!drawn.setup.model.mla || pair[0] == BE_WEIGHTS_FP16)
      g_assert_cmpfloat (light.weights_gib, <=, half.weights_gib);
    g_assert_cmpfloat (half.kv_gib_per_sequence, <, wide.kv_gib_per_sequence);
    g_assert_cmpfloat (half.b_max * (wide.b_max > 0), >=, wide.b_max * (wide.b_max > 0));
  }
}

/* GPUs added to a replica, by tensor or attention data parallel, never lower what it can hold;
 * copies of the cache leave it equal at worst. */
static void
test_more_gpus_never_hold_less (void)
{
  g_auto (Data) data = data_read ();
  guint compared = 0;
  for (int i = 0; i < 3000; i++) {
    Draw drawn = draw (&data);
    if (!(drawn.setup.gpu.link_gbs > 0))
      continue;
    int *width =
        drawn.setup.attention_dp > 1 ? &drawn.setup.attention_dp : &drawn.setup.tensor_parallel;
    const int before = *width;
    const BeServingResult few = evaluate (&drawn, 0);
    *width = before * 2;
    const BeServingResult many = evaluate (&drawn, 0);
    const double per_rank = width == &drawn.setup.attention_dp && before > 1 ? 2 : 1;
    if (!few.fits)
      continue;
    compared++;
    g_assert_true (many.fits);
    g_assert_cmpfloat (many.b_max * per_rank, >=, few.b_max * (1 - 1e-12));
  }
  g_assert_cmpuint (compared, >, 500);
}

/* The range holds the estimate, is at least 15 % either way and wider with every doubt. */
static void
test_range (void)
{
  g_auto (Data) data = data_read ();
  guint doubtful = 0;
  for (int i = 0; i < 2000; i++) {
    const Draw drawn = draw (&data);
    const BeServingResult result = evaluate (&drawn, 0);
    if (!result.fits)
      continue;
    const double band = result.doubts != 0 ? 0.30 : 0.15;
    doubtful += result.doubts != 0;
    g_assert_cmpfloat (result.output_low, <=,
                       result.output_tokens_per_second * (1 - band) * (1 + 1e-12));
    g_assert_cmpfloat (result.output_high, >=,
                       result.output_tokens_per_second * (1 + band) * (1 - 1e-12));
    g_assert_true (!(result.doubts & BE_DOUBT_MEMORY_EDGE) == !(result.free_share < 0.15));
    g_assert_cmpfloat_with_epsilon (result.weights_gib + result.reserved_gib
                                        + result.free_share * result.memory_gib,
                                    result.memory_gib, 1e-6);
  }
  g_assert_cmpuint (doubtful, >, 100);
}

/* The largest batch under a target by halving, as the definition has it. */
static void
test_target_is_the_largest_batch (void)
{
  g_auto (Data) data = data_read ();
  guint searched = 0;
  for (int i = 0; i < 1000; i++) {
    const Draw drawn = draw (&data);
    const BeServingResult most = evaluate (&drawn, 0);
    if (!most.fits || most.batch < 2)
      continue;
    const double ranks = fmax (drawn.setup.attention_dp, 1) * drawn.setup.pipeline_stages;
    const double slowest = most.tpot_s, fastest = evaluate (&drawn, ranks).tpot_s;
    const double target = fastest + (slowest - fastest) * g_test_rand_double ();
    const BeServingDemand demand = { .tpot_s = target };
    BeServingResult found;
    g_assert_cmpint (be_serving_evaluate (&drawn.setup, &demand, drawn.input, drawn.output, &found),
                     ==, BE_OK);
    g_assert_cmpfloat (found.tpot_s, <=, target * (1 + 1e-9));
    if (found.batch >= most.batch * (1 - 1e-9))
      continue;
    searched++;
    g_assert_cmpfloat (evaluate (&drawn, found.batch * ranks * (1 + 1e-6)).tpot_s, >=,
                       target * (1 - 1e-9));
  }
  g_assert_cmpuint (searched, >, 200);
}

static void
test_demand (void)
{
  g_auto (Data) data = data_read ();
  BeServingSetup setup = setup_of (&data, "Llama-3.3-70B", "H100");
  setup.weights = BE_WEIGHTS_FP8;
  setup.kv_cache = BE_KV_FP8;
  setup.tensor_parallel = 2;
  BeServingDemand demand = { .tpot_s = 0.040, .whole_batch = true };
  BeServingResult result;
  g_assert_cmpint (be_serving_evaluate (&setup, &demand, 2000, 300, &result), ==, BE_OK);
  g_assert_true (result.meets_target);
  g_assert_cmpfloat (result.batch, ==, floor (result.batch));
  g_assert_cmpfloat (result.tpot_s, <=, 0.040);
  g_assert_cmpfloat_with_epsilon (result.output_tokens_per_second, result.sequences / result.tpot_s,
                                  1e-6);
  double sum = 0;
  for (int i = 0; i < BE_N_STEP_PARTS; i++)
    sum += result.step_s[i];
  g_assert_cmpfloat_with_epsilon (sum, result.tpot_s, 1e-12);
  const double batch = result.batch, speed = result.output_tokens_per_second, ttft = result.ttft_s;

  BeServingDemand one_more = { .concurrency = batch + 1 };
  g_assert_cmpint (be_serving_evaluate (&setup, &one_more, 2000, 300, &result), ==, BE_OK);
  g_assert_cmpfloat (result.tpot_s, >, 0.040);

  demand.prefix_hit = 0.5;
  g_assert_cmpint (be_serving_evaluate (&setup, &demand, 2000, 300, &result), ==, BE_OK);
  g_assert_cmpfloat (result.output_tokens_per_second, >, speed);
  g_assert_cmpfloat (result.ttft_s, <, ttft);

  demand = (BeServingDemand){ .tpot_s = 0.001, .whole_batch = true };
  g_assert_cmpint (be_serving_evaluate (&setup, &demand, 2000, 300, &result), ==, BE_OK);
  g_assert_false (result.meets_target);
  g_assert_cmpfloat (result.batch, ==, 1);

  const BeServingDemand none = { 0 };
  g_assert_cmpint (be_serving_evaluate (&setup, &none, 2000, 300, &result), ==, BE_OK);
  const double tuned = result.output_tokens_per_second;
  setup.software_efficiency = 0.5;
  g_assert_cmpint (be_serving_evaluate (&setup, &none, 2000, 300, &result), ==, BE_OK);
  g_assert_cmpfloat_with_epsilon (result.output_tokens_per_second, tuned / 2, 1e-6 * tuned);

  setup.tensor_parallel = 1;
  setup.weights = BE_WEIGHTS_FP16;
  g_assert_cmpint (be_serving_evaluate (&setup, &none, 2000, 300, &result), ==, BE_DOES_NOT_FIT);
  g_assert_false (result.fits);
  g_assert_cmpfloat (result.weights_gib, >, 80);
}

/* More ranks than KV heads keep copies: the cache per GPU shrinks no further. */
static void
test_kv_heads_bound_sharing (void)
{
  g_auto (Data) data = data_read ();
  Draw drawn = { setup_of (&data, "Llama-3.3-70B", "H100"), 2000, 300 };
  g_assert_cmpfloat (drawn.setup.model.kv_heads, ==, 8);
  drawn.setup.tensor_parallel = 8;
  const double shared = evaluate (&drawn, 1).kv_gib_per_sequence;
  drawn.setup.tensor_parallel = 16;
  g_assert_cmpfloat (evaluate (&drawn, 1).kv_gib_per_sequence, ==, shared);
}

static void
test_refusals (void)
{
  g_auto (Data) data = data_read ();
  const BeServingSetup good = setup_of (&data, "Llama-3.1-8B", "H100");
  const BeServingDemand none = { 0 }, bad_hit = { .prefix_hit = 1.5 };
  BeServingResult result;
  g_assert_cmpint (be_serving_evaluate (&good, &none, 1000, 0, &result), ==, BE_INVALID);
  g_assert_cmpint (be_serving_evaluate (&good, &none, NAN, 100, &result), ==, BE_INVALID);
  g_assert_cmpint (be_serving_evaluate (&good, &none, -1, 100, &result), ==, BE_INVALID);
  g_assert_cmpint (be_serving_evaluate (&good, &bad_hit, 1000, 100, &result), ==, BE_INVALID);
  g_assert_cmpint (be_serving_evaluate (&good, &none, 0, 100, &result), ==, BE_OK);
  g_assert_cmpfloat (result.output_tokens_per_second, >, 0);
  BeServingSetup bad = good;
  bad.software_efficiency = 0;
  g_assert_cmpint (be_serving_evaluate (&bad, &none, 1000, 100, &result), ==, BE_INVALID);
  bad = good;
  bad.gpu.bandwidth_gbs = NAN;
  g_assert_cmpint (be_serving_evaluate (&bad, &none, 1000, 100, &result), ==, BE_INVALID);
  bad = good;
  bad.tensor_parallel = 0;
  g_assert_cmpint (be_serving_evaluate (&bad, &none, 1000, 100, &result), ==, BE_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serving/published-measurements", test_published_measurements);
  g_test_add_func ("/serving/published-parameters", test_published_parameters);
  g_test_add_func ("/serving/larger-batch-never-slower", test_larger_batch_never_slower);
  g_test_add_func ("/serving/longer-context-never-faster", test_longer_context_never_faster);
  g_test_add_func ("/serving/lower-precision-never-larger", test_lower_precision_never_larger);
  g_test_add_func ("/serving/more-gpus-never-hold-less", test_more_gpus_never_hold_less);
  g_test_add_func ("/serving/range", test_range);
  g_test_add_func ("/serving/target-is-the-largest-batch", test_target_is_the_largest_batch);
  g_test_add_func ("/serving/demand", test_demand);
  g_test_add_func ("/serving/kv-heads-bound-sharing", test_kv_heads_bound_sharing);
  g_test_add_func ("/serving/refusals", test_refusals);
  return g_test_run ();
}
