/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads config.json files: the names that are in use, and what each family leaves unsaid. */
#include "catalog/be-model-config.h"

#include "be-config.h"
#include "catalog/be-model-family.h"
#include "catalog/be-catalog.h"
#include "json/be-json.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MOST_LAYERS 10000.0
#define MOST_WIDTH 1e7
#define MOST_PARAMS 1e15
#define LONGEST_NAME 80

/* One file while it is read; only the first error is kept. */
typedef struct {
  const char *file;
  JsonObject *root, *text; /* borrowed; the same where nothing is nested */
  const BeModelFamily *family;
  BeModelConfig *config;
  GError **error;
  gboolean failed;
} Reader;

static void
fail (Reader *reader, const char *member, const char *found, const char *allowed)
{
  if (!reader->failed)
    g_set_error (reader->error, BE_CATALOG_ERROR, BE_CATALOG_ERROR_FORMAT,
                 _ ("%s: %s: found %s, allowed is %s"), reader->file, member, found, allowed);
  reader->failed = TRUE;
}

static char *
found_text (JsonNode *node)
{
  g_autofree char *text = be_json_write (node, NULL);
  char *brief = g_utf8_substring (g_strchomp (text), 0, MIN (g_utf8_strlen (text, -1), 40));
  return brief;
}

/* The first of the names that is there and not null. */
static JsonNode *
find (JsonObject *object, const char *const *names, const char **found)
{
  for (guint i = 0; names[i] != NULL; i++) {
    JsonNode *node = json_object_get_member (object, names[i]);
    if (node == NULL || JSON_NODE_HOLDS_NULL (node))
      continue;
    *found = names[i];
    return node;
  }
  return NULL;
}

static gboolean
is_number (JsonNode *node)
{
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  GType type = json_node_get_value_type (node);
  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
}

/* A whole number from least to most. Absent: `fallback`, and where that is NaN an error. */
static double
whole (Reader *reader, const char *const *names, double least, double most, double fallback)
{
  const char *member = names[0];
  JsonNode *node = find (reader->text, names, &member);
  if (node == NULL) {
    g_autofree char *all = g_strjoinv (", ", (char **) names);
    g_autofree char *allowed = g_strdup_printf (_ ("one of %s"), all);
    if (isnan (fallback))
      fail (reader, member, _ ("nothing"), allowed);
    return fallback;
  }
  double value = is_number (node) ? json_node_get_double (node) : NAN;
  if (value >= least && value <= most && value == floor (value))
    return value;
  g_autofree char *found = found_text (node);
  g_autofree char *allowed = g_strdup_printf (_ ("a whole number from %.0f to %.0f"), least, most);
  fail (reader, member, found, allowed);
  return fallback;
}

#define WHOLE(READER, LEAST, MOST, FALLBACK, ...)                                                  \
  whole (READER, (const char *const[]){ __VA_ARGS__, NULL }, LEAST, MOST, FALLBACK)

static gboolean
flag (Reader *reader, JsonObject *object, const char *member, gboolean fallback)
{
  JsonNode *node = json_object_get_member (object, member);
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return fallback;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  g_autofree char *found = found_text (node);
  fail (reader, member, found, _ ("true or false"));
  return fallback;
}

static const char *
text (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/* An array of as many elements as there are layers; NULL when there is none. */
static JsonArray *
layer_array (Reader *reader, const char *member)
{
  JsonNode *node = json_object_get_member (reader->text, member);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  JsonArray *array = json_node_get_array (node);
  guint length = json_array_get_length (array);
  if (length == reader->config->shape.layers)
    return array;
  g_autofree char *found = g_strdup_printf (_ ("%u elements"), length);
  g_autofree char *allowed =
      g_strdup_printf (_ ("one for each of %.0f layers"), reader->config->shape.layers);
  if (length > 0)
    fail (reader, member, found, allowed);
  return NULL;
}

G_GNUC_PRINTF (2, 3)
static void
note (Reader *reader, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_ptr_array_add (reader->config->notes, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* ---- attention ---- */

static void
read_mla (Reader *reader)
{
  BeModelShape *shape = &reader->config->shape;
  shape->mla = true;
  shape->kv_lora = WHOLE (reader, 1, MOST_WIDTH, NAN, "kv_lora_rank");
  shape->q_lora = WHOLE (reader, 1, MOST_WIDTH, 0, "q_lora_rank");
  shape->rope_dim = WHOLE (reader, 0, MOST_WIDTH, NAN, "qk_rope_head_dim");
  shape->nope_dim = WHOLE (reader, 1, MOST_WIDTH, NAN, "qk_nope_head_dim");
  shape->v_dim = WHOLE (reader, 1, MOST_WIDTH, NAN, "v_head_dim");
  shape->kv_heads = shape->heads;
  shape->head_dim = shape->nope_dim;
  if (shape->q_lora == 0 && !reader->failed)
    note (reader, _ ("The queries have no low rank: they are projected from the whole width."));
}

static void
read_heads (Reader *reader)
{
  const BeModelFamily *family = reader->family;
  BeModelShape *shape = &reader->config->shape;
  shape->heads = WHOLE (reader, 1, MOST_WIDTH, family->heads, "num_attention_heads", "n_head",
                        "n_heads", "num_heads");
  if (json_object_has_member (reader->text, "kv_lora_rank")
      && !json_object_get_null_member (reader->text, "kv_lora_rank")) {
    read_mla (reader);
    return;
  }
  double kv_heads = isnan (family->kv_heads) ? shape->heads : family->kv_heads;
  if (flag (reader, reader->text, "multi_query", FALSE)
      && !flag (reader, reader->text, "new_decoder_architecture", FALSE))
    kv_heads = 1;
  else
    kv_heads = WHOLE (reader, 1, MOST_WIDTH, kv_heads, "num_key_value_heads", "num_kv_heads",
                      "n_head_kv", "multi_query_group_num", "kv_n_heads");
  shape->kv_heads = kv_heads;
  double head_dim = isnan (family->head_dim) ? shape->hidden / shape->heads : family->head_dim;
  shape->head_dim =
      WHOLE (reader, 1, MOST_WIDTH, head_dim, "head_dim", "kv_channels", "attention_head_dim");
  if (reader->failed)
    return;
  g_autofree char *found =
      g_strdup_printf (_ ("%.0f for %.0f query heads"), kv_heads, shape->heads);
  if (kv_heads > shape->heads || fmod (shape->heads, kv_heads) != 0)
    fail (reader, "num_key_value_heads", found, _ ("a divisor of the query heads"));
  g_autofree char *width =
      g_strdup_printf (_ ("nothing, and %.0f / %.0f is not whole"), shape->hidden, shape->heads);
  if (shape->head_dim != floor (shape->head_dim))
    fail (reader, "head_dim", width, _ ("a whole number"));
}

/* ---- windows ---- */

/* Layers with the whole context; the others keep a window, or nothing where attention is linear. */
static void
set_layers (Reader *reader, double full, double linear, double window)
{
  BeModelShape *shape = &reader->config->shape;
  double context = reader->config->context;
  shape->kv_layers = full;
  shape->swa_layers = shape->layers - full - linear;
  shape->swa_window = window;
  if (!isnan (context) && window >= context) { /* a window that never ends is none */
    shape->kv_layers += shape->swa_layers;
    shape->swa_layers = 0;
  }
  if (shape->swa_layers == 0)
    shape->swa_window = 0;
  if (linear > 0)
    note (reader,
          _ ("%.0f layers have linear attention: their state and weights are approximated by "
             "layers without a cache."),
          linear);
  if (shape->swa_layers > 0 && !(window > 0))
    fail (reader, "sliding_window", _ ("nothing"), _ ("the window of the sliding layers"));
}

static void
count_layer_types (Reader *reader, JsonArray *types, double window)
{
  double full = 0, linear = 0;
  for (guint i = 0; i < json_array_get_length (types); i++) {
    JsonNode *node = json_array_get_element (types, i);
    const char *type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
    gboolean windowed = type != NULL
                        && (g_str_has_prefix (type, "sliding") || g_str_has_prefix (type, "chunked")
                            || g_str_has_prefix (type, "local"));
    if (type != NULL && (g_str_has_prefix (type, "full") || g_str_has_prefix (type, "global")))
      full++;
    else if (type != NULL && g_str_has_prefix (type, "linear"))
      linear++;
    else if (!windowed) {
      g_autofree char *found = found_text (node);
      fail (reader, "layer_types", found,
            "full_attention, sliding_attention, chunked_attention, linear_attention");
      return;
    }
  }
  set_layers (reader, full, linear, window);
}

/* Elements of a list of 0 and 1 that are 1. */
static double
count_ones (JsonArray *array)
{
  double ones = 0;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    ones += is_number (node) && json_node_get_double (node) == 1;
  }
  return ones;
}

/* Every how many layers attention is full; 0: no pattern. "LLLG" is 4. */
static double
full_every (Reader *reader)
{
  const char *pattern = text (reader->text, "sliding_window_pattern");
  if (pattern != NULL && *pattern != '\0')
    return (double) strlen (pattern);
  return WHOLE (reader, 1, MOST_LAYERS, reader->family->full_every, "sliding_window_pattern",
                "_sliding_window_pattern", "no_rope_layer_interval");
}

static void
read_windows (Reader *reader)
{
  BeModelShape *shape = &reader->config->shape;
  double layers = shape->layers;
  double window = WHOLE (reader, 0, 1e9, reader->family->window, "sliding_window",
                         "attention_chunk_size", "sliding_window_size");
  JsonArray *types = layer_array (reader, "layer_types");
  JsonArray *rope = layer_array (reader, "no_rope_layers");
  JsonArray *kinds = layer_array (reader, "attn_type_list");
  JsonArray *hybrid = layer_array (reader, "hybrid_layer_pattern");
  double linear_every =
      WHOLE (reader, 1, MOST_LAYERS, reader->family->linear_every, "full_attention_interval");
  double every = full_every (reader);
  double sliding_from = WHOLE (reader, 0, MOST_LAYERS, 0, "max_window_layers");

  if (reader->failed)
    return;
  if (types != NULL)
    count_layer_types (reader, types, window);
  else if (kinds != NULL)
    set_layers (reader, count_ones (kinds), layers - count_ones (kinds), 0);
  else if (hybrid != NULL)
    set_layers (reader, layers - count_ones (hybrid), 0, window);
  else if (linear_every > 0)
    set_layers (reader, floor (layers / linear_every), layers - floor (layers / linear_every), 0);
  else if (rope != NULL)
    set_layers (reader, layers - count_ones (rope), 0, window);
  else if (every > 0)
    set_layers (reader, floor (layers / every), 0, window);
  else if (window > 0
           && flag (reader, reader->text, "use_sliding_window",
                    !g_str_has_prefix (reader->family->type, "qwen")))
    set_layers (reader, fmin (sliding_from, layers), 0, window);
  else
    set_layers (reader, layers, 0, 0);
}

/* ---- feed-forward part and experts ---- */

/* Layers without experts, of the several ways in which files say it. */
static double
dense_layers (Reader *reader)
{
  double layers = reader->config->shape.layers;
  JsonArray *freq = layer_array (reader, "moe_layer_freq");
  if (freq != NULL)
    return layers - count_ones (freq);
  JsonNode *only = json_object_get_member (reader->text, "mlp_only_layers");
  double listed = only != NULL && JSON_NODE_HOLDS_ARRAY (only)
                      ? json_array_get_length (json_node_get_array (only))
                      : 0;
  double step = WHOLE (reader, 1, MOST_LAYERS, 1, "decoder_sparse_step",
                       "interleave_moe_layer_step", "moe_layer_interval");
  double first = WHOLE (reader, 0, MOST_LAYERS, 0, "first_k_dense_replace", "moe_layer_start_index",
                        "num_dense_layers");
  double dense = fmax (first, layers - floor (layers / step)) + listed;
  if (dense <= layers)
    return dense;
  g_autofree char *found = g_strdup_printf ("%.0f", dense);
  g_autofree char *allowed = g_strdup_printf (_ ("at most the %.0f layers"), layers);
  fail (reader, "first_k_dense_replace", found, allowed);
  return 0;
}

static void
read_experts (Reader *reader, double experts)
{
  BeModelShape *shape = &reader->config->shape;
  gboolean llama4 = strcmp (reader->family->type, "llama4") == 0;
  shape->experts = experts;
  shape->topk = WHOLE (reader, 1, experts, NAN, "num_experts_per_tok", "num_experts_per_token",
                       "experts_per_token", "moe_topk", "moe_k", "top_k_experts");
  shape->moe_ffn =
      WHOLE (reader, 1, MOST_WIDTH, shape->ffn > 0 ? shape->ffn : NAN, "moe_intermediate_size",
             "expert_intermediate_size", "moe_ffn_hidden_size", "intermediate_size");
  double shared = WHOLE (reader, 0, 1000, 0, "n_shared_experts", "num_shared_experts",
                         "num_shared_expert", "moe_num_shared_experts");
  shape->shared_ffn =
      WHOLE (reader, 0, MOST_WIDTH, llama4 ? shape->moe_ffn : shared * shape->moe_ffn,
             "shared_expert_intermediate_size", "shared_intermediate_size");
  shape->dense_layers = dense_layers (reader);
}

static void
read_ffn (Reader *reader)
{
  BeModelShape *shape = &reader->config->shape;
  double experts = WHOLE (reader, 0, 1e6, 0, "num_local_experts", "n_routed_experts", "num_experts",
                          "moe_num_experts", "num_moe_experts");
  gboolean only_experts = json_object_has_member (reader->text, "moe_intermediate_size");
  double fallback = reader->family->ffn_factor * shape->hidden;
  if (experts > 1 && only_experts && isnan (fallback))
    fallback = 0;
  shape->ffn_matrices = reader->family->ffn_matrices;
  shape->ffn = WHOLE (reader, 0, MOST_WIDTH, fallback, "intermediate_size_mlp", "intermediate_size",
                      "ffn_hidden_size", "n_inner", "ffn_dim", "d_ff");
  shape->dense_layers = shape->layers;
  if (experts > 1)
    read_experts (reader, experts);
  else if (shape->ffn == 0)
    fail (reader, "intermediate_size", "0", _ ("a whole number above 0"));
}

/* ---- the whole ---- */

static const char *const parts[] = { "text_config",    "llm_config",     "language_config",
                                     "thinker_config", "language_model", NULL };

/* The object that describes the decoder: the outermost one with layers. */
static JsonObject *
find_text (JsonObject *object, guint depth)
{
  static const char *const layers[] = { "num_hidden_layers", "n_layer", "n_layers", "num_layers",
                                        NULL };
  const char *found;
  for (guint i = 0; parts[i] != NULL && depth < 3; i++) {
    JsonNode *node = json_object_get_member (object, parts[i]);
    JsonObject *inner = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                            ? find_text (json_node_get_object (node), depth + 1)
                            : NULL;
    if (inner != NULL)
      return inner;
  }
  return find (object, layers, &found) != NULL ? object : NULL;
}

/* What this model of serving cannot describe. */
static void
refuse_others (Reader *reader)
{
  static const char *const states[] = { "ssm_cfg",        "mamba_d_state",   "state_size",
                                        "ssm_state_size", "mamba_num_heads", NULL };
  const char *found = NULL;
  if (flag (reader, reader->root, "is_encoder_decoder", FALSE))
    fail (reader, "is_encoder_decoder", "true", _ ("a model that only decodes"));
  else if (find (reader->text, states, &found) != NULL)
    fail (reader, found, _ ("a state-space layer"), _ ("attention in every layer"));
  else if (be_model_family_is_encoder (reader->config->family))
    fail (reader, "model_type", reader->config->family, _ ("a model that generates text"));
}

static void
read_precision (Reader *reader)
{
  BeModelConfig *config = reader->config;
  JsonNode *node = json_object_get_member (reader->root, "quantization_config");
  if (node == NULL)
    node = json_object_get_member (reader->text, "quantization_config");
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  JsonObject *object = json_node_get_object (node);
  const char *method = text (object, "quant_method"), *algorithm = text (object, "quant_algo");
  JsonNode *bits = json_object_get_member (object, "bits");
  double width = bits != NULL && is_number (bits) ? json_node_get_double (bits) : 0;
  config->has_weights = TRUE;
  if (g_strcmp0 (method, "mxfp4") == 0)
    config->weights = BE_WEIGHTS_MXFP4;
  else if (g_strcmp0 (algorithm, "NVFP4") == 0)
    config->weights = BE_WEIGHTS_FP4;
  else if (g_strcmp0 (method, "fp8") == 0 || g_strcmp0 (method, "fbgemm_fp8") == 0
           || g_strcmp0 (algorithm, "FP8") == 0)
    config->weights = BE_WEIGHTS_FP8;
  else if (width == 4)
    config->weights = BE_WEIGHTS_INT4;
  else if (width == 8)
    config->weights = BE_WEIGHTS_INT8;
  else
    config->has_weights = FALSE;
}

static void
read_body (Reader *reader)
{
  BeModelConfig *config = reader->config;
  BeModelShape *shape = &config->shape;
  shape->layers =
      WHOLE (reader, 1, MOST_LAYERS, NAN, "num_hidden_layers", "n_layer", "n_layers", "num_layers");
  shape->hidden = WHOLE (reader, 1, MOST_WIDTH, NAN, "hidden_size", "n_embd", "d_model", "dim");
  shape->vocab =
      WHOLE (reader, 1, 1e9, reader->family->vocab, "vocab_size", "padded_vocab_size", "n_vocab");
  config->context = WHOLE (reader, 1, 1e12, INFINITY, "max_position_embeddings", "n_positions",
                           "max_seq_len", "seq_length", "max_sequence_length", "n_ctx");
  if (isinf (config->context))
    config->context = NAN;
  gboolean tied =
      flag (reader, reader->root, "tie_word_embeddings", reader->family->tied_embeddings);
  shape->tied_embeddings = flag (reader, reader->text, "tie_word_embeddings", tied);
  shape->sparse_attention = be_model_family_is_sparse (reader->config->family);
  shape->gpt_oss = strcmp (reader->family->type, "gpt_oss") == 0;
  if (!reader->failed)
    read_heads (reader);
  if (!reader->failed)
    read_ffn (reader);
  if (!reader->failed)
    read_windows (reader);
}

static void
finish (Reader *reader)
{
  BeModelConfig *config = reader->config;
  be_model_parameters (&config->shape, &config->total_params, &config->active_params);
  g_autofree char *found = g_strdup_printf (_ ("%.3g parameters in all"), config->total_params);
  if (!(config->total_params <= MOST_PARAMS))
    fail (reader, "num_hidden_layers", found, _ ("at most 1e15"));
  if (reader->family->is_general)
    note (
        reader,
        _ ("The family \"%s\" is not known: a decoder with gated feed-forward layers is assumed."),
        config->family);
  if (reader->text != reader->root)
    note (reader, _ ("Only the part that makes text is counted; vision and audio are left out."));
  if (isnan (config->context))
    note (reader, _ ("The file does not say how long the context may be."));
}

/* ---- names ---- */

static char *
clean_name (const char *raw)
{
  g_autofree char *trimmed = g_strdup (raw);
  g_strdelimit (g_strstrip (trimmed), "\t\r\n", ' ');
  gsize length = strlen (trimmed);
  while (length > 0 && trimmed[length - 1] == '/')
    trimmed[--length] = '\0';
  const char *slash = strrchr (trimmed, '/');
  const char *last = slash != NULL ? slash + 1 : trimmed;
  if (*last == '\0' || *last == '.')
    return NULL;
  return g_utf8_substring (last, 0, MIN (g_utf8_strlen (last, -1), LONGEST_NAME));
}

static char *
file_name (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *valid = NULL;
  if (g_ascii_strcasecmp (base, "config.json") == 0) {
    valid = g_utf8_make_valid (folder, -1);
  } else {
    if (g_str_has_suffix (base, ".json"))
      base[strlen (base) - strlen (".json")] = '\0';
    valid = g_utf8_make_valid (base, -1);
  }
  return clean_name (valid);
}

static char *
choose_name (const Reader *reader)
{
  const char *path = text (reader->root, "_name_or_path");
  char *name = path != NULL ? clean_name (path) : NULL;
  if (name == NULL)
    name = file_name (reader->file);
  if (name == NULL)
    name = g_strdup (*reader->config->family != '\0' ? reader->config->family : _ ("Own model"));
  return name;
}

void
be_model_config_free (BeModelConfig *config)
{
  if (config == NULL)
    return;
  g_free (config->name);
  g_free (config->family);
  g_ptr_array_unref (config->notes);
  g_free (config);
}

BeModelConfig *
be_model_config_parse (const char *data, gsize length, const char *name, GError **error)
{
  g_autoptr (JsonNode) root = be_json_parse (data, length, name, error);
  g_autoptr (BeModelConfig) config = g_new0 (BeModelConfig, 1);
  Reader reader = { .file = name, .config = config, .error = error };

  config->notes = g_ptr_array_new_with_free_func (g_free);
  if (root == NULL)
    return NULL;
  reader.root = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  reader.text = reader.root != NULL ? find_text (reader.root, 0) : NULL;
  if (reader.text == NULL) {
    fail (&reader, "num_hidden_layers", _ ("nothing"),
          _ ("the config.json of a model: an object with its layers"));
    return NULL;
  }
  const char *type = text (reader.text, "model_type");
  if (type == NULL)
    type = text (reader.root, "model_type");
  config->family = g_strdup (type != NULL ? type : "");
  reader.family = be_model_family_find (config->family);
  refuse_others (&reader);
  if (!reader.failed)
    read_body (&reader);
  if (!reader.failed)
    finish (&reader);
  if (reader.failed)
    return NULL;
  read_precision (&reader);
  config->name = choose_name (&reader);
  return g_steal_pointer (&config);
}

BeModelConfig *
be_model_config_load (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = be_file_read (path, 0, NULL, error);
  gsize length;
  if (bytes == NULL)
    return NULL;
  const char *data = g_bytes_get_data (bytes, &length);
  return be_model_config_parse (data != NULL ? data : "", length, path, error);
}
