/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Configurations of published models give the rows of the catalogue; broken ones are refused. */
#include "catalog/be-catalog.h"
#include "catalog/be-model-config.h"
#include "json/be-json.h"

#include <math.h>
#include <string.h>

static BeCatalog *catalog;

/* What counts of each model's config.json, single quotes for double ones. */
static const struct {
  const char *model, *config;
} published[] = {
  { "Llama-3.1-8B",
    "{'architectures':['LlamaForCausalLM'],'hidden_size':4096,'intermediate_size':14336,"
    "'max_position_embeddings':131072,'model_type':'llama','num_attention_heads':32,"
    "'num_hidden_layers':32,'num_key_value_heads':8,'tie_word_embeddings':false,'vocab_size':"
    "128256,"
    "'head_dim':null}" },
  { "Llama-3.2-1B",
    "{'head_dim':64,'hidden_size':2048,'intermediate_size':8192,'max_position_embeddings':131072,"
    "'model_type':'llama','num_attention_heads':32,'num_hidden_layers':16,'num_key_value_heads':8,"
    "'tie_word_embeddings':true,'vocab_size':128256}" },
  { "Mistral-Nemo-12B",
    "{'head_dim':128,'hidden_size':5120,'intermediate_size':14336,'max_position_embeddings':131072,"
    "'model_type':'mistral','num_attention_heads':32,'num_hidden_layers':40,"
    "'num_key_value_heads':8,'sliding_window':null,'tie_word_embeddings':false,"
    "'vocab_size':131072}" },
  { "Mixtral-8x7B",
    "{'hidden_size':4096,'intermediate_size':14336,'max_position_embeddings':32768,"
    "'model_type':'mixtral','num_attention_heads':32,'num_experts_per_tok':2,"
    "'num_hidden_layers':32,'num_key_value_heads':8,'num_local_experts':8,'sliding_window':null,"
    "'tie_word_embeddings':false,'vocab_size':32000}" },
  { "Qwen2.5-7B",
    "{'hidden_size':3584,'intermediate_size':18944,'max_position_embeddings':131072,"
    "'max_window_layers':28,'model_type':'qwen2','num_attention_heads':28,'num_hidden_layers':28,"
    "'num_key_value_heads':4,'sliding_window':131072,'tie_word_embeddings':false,"
    "'use_sliding_window':false,'vocab_size':152064}" },
  { "Qwen3-32B",
    "{'head_dim':128,'hidden_size':5120,'intermediate_size':25600,'max_position_embeddings':40960,"
    "'max_window_layers':64,'model_type':'qwen3','num_attention_heads':64,'num_hidden_layers':64,"
    "'num_key_value_heads':8,'sliding_window':null,'tie_word_embeddings':false,"
    "'use_sliding_window':false,'vocab_size':151936}" },
  { "Qwen3-235B-A22B",
    "{'decoder_sparse_step':1,'head_dim':128,'hidden_size':4096,'intermediate_size':12288,"
    "'max_position_embeddings':40960,'mlp_only_layers':[],'model_type':'qwen3_moe',"
    "'moe_intermediate_size':1536,'num_attention_heads':64,'num_experts':128,"
    "'num_experts_per_tok':8,'num_hidden_layers':94,'num_key_value_heads':4,"
    "'tie_word_embeddings':false,'vocab_size':151936}" },
  { "DeepSeek-V3",
    "{'first_k_dense_replace':3,'hidden_size':7168,'intermediate_size':18432,'kv_lora_rank':512,"
    "'max_position_embeddings':163840,'model_type':'deepseek_v3','moe_intermediate_size':2048,"
    "'moe_layer_freq':1,'n_routed_experts':256,'n_shared_experts':1,'num_attention_heads':128,"
    "'num_experts_per_tok':8,'num_hidden_layers':61,'num_key_value_heads':128,'q_lora_rank':1536,"
    "'qk_nope_head_dim':128,'qk_rope_head_dim':64,'tie_word_embeddings':false,'v_head_dim':128,"
    "'vocab_size':129280,'quantization_config':{'quant_method':'fp8'}}" },
  { "Kimi-K2.5",
    "{'model_type':'kimi_k25','vision_config':{'num_hidden_layers':27},'text_config':{"
    "'first_k_dense_replace':1,'hidden_size':7168,'intermediate_size':18432,'kv_lora_rank':512,"
    "'max_position_embeddings':262144,'model_type':'kimi_k2','moe_intermediate_size':2048,"
    "'n_routed_experts':384,'n_shared_experts':1,'num_attention_heads':64,'num_experts_per_tok':8,"
    "'num_hidden_layers':61,'num_key_value_heads':64,'q_lora_rank':1536,'qk_nope_head_dim':128,"
    "'qk_rope_head_dim':64,'tie_word_embeddings':false,'v_head_dim':128,'vocab_size':163840}}" },
  { "GLM-5",
    "{'first_k_dense_replace':3,'hidden_size':6144,'intermediate_size':12288,'kv_lora_rank':512,"
    "'max_position_embeddings':202752,'model_type':'glm_moe_dsa','moe_intermediate_size':2048,"
    "'n_routed_experts':256,'n_shared_experts':1,'num_attention_heads':64,'num_experts_per_tok':8,"
    "'num_hidden_layers':78,'num_key_value_heads':64,'q_lora_rank':2048,'qk_nope_head_dim':192,"
    "'qk_rope_head_dim':64,'tie_word_embeddings':false,'v_head_dim':256,'vocab_size':154880}" },
  { "gpt-oss-20b",
    "{'head_dim':64,'hidden_size':2880,'intermediate_size':2880,'layer_types':['sliding_attention',"
    "'full_attention','sliding_attention','full_attention','sliding_attention','full_attention',"
    "'sliding_attention','full_attention','sliding_attention','full_attention','sliding_attention',"
    "'full_attention','sliding_attention','full_attention','sliding_attention','full_attention',"
    "'sliding_attention','full_attention','sliding_attention','full_attention','sliding_attention',"
    "'full_attention','sliding_attention','full_attention'],'max_position_embeddings':131072,"
    "'model_type':'gpt_oss','num_attention_heads':64,'num_experts_per_tok':4,"
    "'num_hidden_layers':24,'num_key_value_heads':8,'num_local_experts':32,'sliding_window':128,"
    "'tie_word_embeddings':false,'vocab_size':201088,'quantization_config':{'quant_method':"
    "'mxfp4'}}" },
  { "MiniMax-M2.5",
    "{'head_dim':128,'hidden_size':3072,'intermediate_size':1536,'max_position_embeddings':196608,"
    "'model_type':'minimax_m2','num_attention_heads':48,'num_experts_per_tok':8,"
    "'num_hidden_layers':62,'num_key_value_heads':8,'num_local_experts':256,"
    "'tie_word_embeddings':false,'vocab_size':200064}" },
  { "Gemma-2-27B",
    "{'head_dim':128,'hidden_size':4608,'intermediate_size':36864,'max_position_embeddings':8192,"
    "'model_type':'gemma2','num_attention_heads':32,'num_hidden_layers':46,"
    "'num_key_value_heads':16,'sliding_window':4096,'vocab_size':256000}" },
  { "Gemma-3-4B",
    "{'architectures':['Gemma3ForConditionalGeneration'],'model_type':'gemma3','text_config':{"
    "'hidden_size':2560,'intermediate_size':10240,'model_type':'gemma3_text',"
    "'num_hidden_layers':34,'sliding_window':1024},'vision_config':{'hidden_size':1152,"
    "'num_hidden_layers':27}}" },
  { "Gemma-3-27B", "{'model_type':'gemma3','text_config':{'head_dim':128,'hidden_size':5376,"
                   "'intermediate_size':21504,'model_type':'gemma3_text','num_attention_heads':32,"
                   "'num_hidden_layers':62,'num_key_value_heads':16,'sliding_window':1024}}" },
  { "Llama-4-Maverick",
    "{'model_type':'llama4','text_config':{'attention_chunk_size':8192,'head_dim':128,"
    "'hidden_size':5120,'interleave_moe_layer_step':2,'intermediate_size':8192,"
    "'intermediate_size_mlp':16384,'max_position_embeddings':1048576,'model_type':'llama4_text',"
    "'no_rope_layers':[],'num_attention_heads':40,'num_experts_per_tok':1,'num_hidden_layers':48,"
    "'num_key_value_heads':8,'num_local_experts':128,'tie_word_embeddings':false,"
    "'vocab_size':202048}}" },
  { "Phi-3-mini", "{'hidden_size':3072,'intermediate_size':8192,'max_position_embeddings':131072,"
                  "'model_type':'phi3','num_attention_heads':32,'num_hidden_layers':32,"
                  "'num_key_value_heads':32,'sliding_window':262144,'tie_word_embeddings':false,"
                  "'vocab_size':32064}" },
  { "Phi-4", "{'hidden_size':5120,'intermediate_size':17920,'max_position_embeddings':16384,"
             "'model_type':'phi3','num_attention_heads':40,'num_hidden_layers':40,"
             "'num_key_value_heads':10,'sliding_window':null,'tie_word_embeddings':false,"
             "'vocab_size':100352}" },
  { "GPT-J-6B",
    "{'model_type':'gptj','n_embd':4096,'n_head':16,'n_inner':null,'n_layer':28,"
    "'n_positions':2048,'rotary_dim':64,'tie_word_embeddings':false,'vocab_size':50400}" },
  { "Falcon-180B",
    "{'hidden_size':14848,'model_type':'falcon','multi_query':true,"
    "'new_decoder_architecture':true,'num_attention_heads':232,'num_hidden_layers':80,"
    "'num_kv_heads':8,'vocab_size':65024}" },
};

static BeModelConfig *
parse (const char *quoted, GError **error)
{
  g_autofree char *json = g_strdup (quoted);
  g_strdelimit (json, "'", '"');
  return be_model_config_parse (json, strlen (json), "folder/my-model.json", error);
}

#define SAME(MEMBER) g_assert_cmpfloat (ours->MEMBER, ==, theirs->MEMBER)

static void
assert_shape (const BeModelShape *ours, const BeModelShape *theirs)
{
  SAME (layers);
  SAME (hidden);
  SAME (heads);
  SAME (kv_heads);
  SAME (vocab);
  SAME (ffn_matrices);
  SAME (experts);
  SAME (topk);
  SAME (moe_ffn);
  SAME (shared_ffn);
  SAME (dense_layers);
  SAME (kv_lora);
  SAME (q_lora);
  SAME (rope_dim);
  SAME (nope_dim);
  SAME (v_dim);
  SAME (kv_layers);
  SAME (swa_layers);
  if (!ours->mla)
    SAME (head_dim);
  if (ours->dense_layers > 0)
    SAME (ffn);
  if (ours->swa_layers > 0)
    SAME (swa_window);
  g_assert_true (ours->tied_embeddings == theirs->tied_embeddings);
  g_assert_true (ours->mla == theirs->mla);
  g_assert_true (ours->gpt_oss == theirs->gpt_oss);
}

static void
test_published (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (published); i++) {
    g_autoptr (GError) error = NULL;
    const BeCatalogModel *row = be_catalog_find_model (catalog, published[i].model);
    g_test_message ("%s", published[i].model);
    g_autoptr (BeModelConfig) config = parse (published[i].config, &error);
    g_assert_no_error (error);
    g_assert_nonnull (row);
    assert_shape (&config->shape, &row->shape);
    g_assert_cmpfloat (fabs (config->total_params / 1e9 / row->params_b - 1), <, 0.01);
    g_assert_cmpfloat (config->active_params, <=, config->total_params);
  }
}

/* What no row of the catalogue shows. */
static void
test_other_forms (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeModelConfig) lite = parse (
      "{'first_k_dense_replace':1,'hidden_size':2048,'intermediate_size':10944,'kv_lora_rank':512,"
      "'max_position_embeddings':163840,'model_type':'deepseek_v2','moe_intermediate_size':1408,"
      "'n_routed_experts':64,'n_shared_experts':2,'num_attention_heads':16,'num_experts_per_tok':6,"
      "'num_hidden_layers':27,'q_lora_rank':null,'qk_nope_head_dim':128,'qk_rope_head_dim':64,"
      "'tie_word_embeddings':false,'v_head_dim':128,'vocab_size':102400}",
      &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (fabs (lite->total_params / 15.7e9 - 1), <, 0.01); /* DeepSeek-V2-Lite: 15.7B */
  g_assert_cmpfloat (lite->shape.shared_ffn, ==, 2816);
  g_autoptr (BeModelConfig) next = parse (
      "{'full_attention_interval':4,'hidden_size':2048,'intermediate_size':5120,'head_dim':256,"
      "'model_type':'qwen3_next','moe_intermediate_size':512,'num_attention_heads':16,"
      "'num_experts':512,'num_experts_per_tok':10,'num_hidden_layers':48,'num_key_value_heads':2,"
      "'shared_expert_intermediate_size':512,'vocab_size':151936,'_name_or_path':'Qwen/Next-80B'}",
      &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (next->shape.kv_layers, ==, 12);
  g_assert_cmpfloat (next->shape.swa_layers, ==, 0);
  g_assert_cmpuint (next->notes->len, >=, 1);
  g_assert_cmpstr (next->name, ==, "Next-80B");
  g_autoptr (BeModelConfig) window =
      parse ("{'hidden_size':4096,'intermediate_size':14336,'max_position_embeddings':32768,"
             "'model_type':'mistral','num_attention_heads':32,'num_hidden_layers':32,"
             "'num_key_value_heads':8,'sliding_window':4096,'vocab_size':32000}",
             &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (window->shape.swa_layers, ==, 32);
  g_assert_cmpfloat (window->shape.swa_window, ==, 4096);
  g_assert_cmpstr (window->name, ==, "my-model");
  g_autoptr (BeModelConfig) unknown = parse (
      "{'hidden_size':64,'intermediate_size':128,'num_attention_heads':4,'num_hidden_layers':2,"
      "'vocab_size':100,'quantization_config':{'quant_method':'awq','bits':4}}",
      &error);
  g_assert_no_error (error);
  g_assert_true (unknown->has_weights && unknown->weights == BE_WEIGHTS_INT4);
  g_assert_cmpfloat (unknown->shape.head_dim, ==, 16);
  g_assert_cmpfloat (unknown->shape.kv_heads, ==, 4);
  g_assert_cmpfloat (unknown->total_params, ==, 2 * 4 * 64 * 64 + 2 * 3 * 64 * 128 + 2 * 100 * 64);
}

#define GOOD                                                                                       \
  "'hidden_size':64,'intermediate_size':128,'num_attention_heads':4,'num_hidden_layers':2,"        \
  "'vocab_size':100"

static void
test_refused (void)
{
  static const struct {
    const char *config, *says;
  } cases[] = {
    { "{}", "num_hidden_layers" },
    { "[]", "num_hidden_layers" },
    { "3", "num_hidden_layers" },
    { "{'text_config':{'text_config':{'text_config':{'text_config':{}}}}}", "num_hidden_layers" },
    { "{'num_hidden_layers':2}", "hidden_size" },
    { "{'num_hidden_layers':'2','hidden_size':64}", "num_hidden_layers: found \"2\"" },
    { "{'num_hidden_layers':-2}", "num_hidden_layers: found -2" },
    { "{'num_hidden_layers':1.5}", "found 1.5" },
    { "{'num_hidden_layers':1e300}", "num_hidden_layers" },
    { "{'num_hidden_layers':[2]}", "num_hidden_layers" },
    { "{'hidden_size':64,'num_attention_heads':4,'num_hidden_layers':2,'vocab_size':100}",
      "intermediate_size" },
    { "{'hidden_size':64,'intermediate_size':128,'num_attention_heads':4,'num_hidden_layers':2}",
      "vocab_size" },
    { "{'hidden_size':64,'intermediate_size':128,'num_attention_heads':5,'num_hidden_layers':2,"
      "'vocab_size':9}",
      "head_dim" },
    { "{" GOOD ",'num_key_value_heads':3}", "num_key_value_heads" },
    { "{" GOOD ",'num_key_value_heads':8}", "num_key_value_heads" },
    { "{" GOOD ",'num_local_experts':8}", "num_experts_per_tok" },
    { "{" GOOD ",'num_local_experts':8,'num_experts_per_tok':9}", "from 1 to 8" },
    { "{" GOOD ",'num_local_experts':8,'num_experts_per_tok':2,'first_k_dense_replace':3}",
      "at most the 2 layers" },
    { "{" GOOD ",'layer_types':['full_attention']}", "one for each of 2 layers" },
    { "{" GOOD ",'layer_types':['full_attention','odd']}", "layer_types: found \"odd\"" },
    { "{" GOOD ",'layer_types':['full_attention',{}]}", "layer_types" },
    { "{" GOOD ",'layer_types':['full_attention','sliding_attention']}", "sliding_window" },
    { "{" GOOD ",'tie_word_embeddings':1}", "tie_word_embeddings" },
    { "{" GOOD ",'kv_lora_rank':512}", "qk_rope_head_dim" },
    { "{" GOOD ",'is_encoder_decoder':true}", "is_encoder_decoder" },
    { "{" GOOD ",'model_type':'bert'}", "model_type" },
    { "{" GOOD ",'mamba_d_state':16}", "mamba_d_state" },
    { "{" GOOD ",'vocab_size':1}", "" },
    { "{'num_hidden_layers':10000,'hidden_size':10000000,'intermediate_size':10000000,"
      "'num_attention_heads':4,'vocab_size':100}",
      "1e15" },
    { "{'num_hidden_layers':", "" },
    { "", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BeModelConfig) config = parse (cases[i].config, &error);
    g_test_message ("%s -> %s", cases[i].config, error != NULL ? error->message : "taken");
    g_assert_null (config);
    g_assert_nonnull (error);
    g_assert_true (error->domain == BE_CATALOG_ERROR || error->domain == BE_JSON_ERROR);
    g_assert_nonnull (strstr (error->message, "my-model.json"));
    g_assert_nonnull (strstr (error->message, cases[i].says));
  }
}

/* Every cut and every changed byte of a good file gives a model or an error, never more. */
static void
test_damaged (void)
{
  g_autofree char *good = g_strdup (published[7].config);
  g_strdelimit (good, "'", '"');
  gsize length = strlen (good);
  for (gsize i = 0; i < length; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BeModelConfig) cut = be_model_config_parse (good, i, "cut", &error);
    g_assert_null (cut);
    g_assert_nonnull (error);
    char kept = good[i];
    good[i] = (char) g_test_rand_int_range (1, 256);
    g_clear_error (&error);
    g_autoptr (BeModelConfig) changed = be_model_config_parse (good, length, "changed", &error);
    g_assert_true ((changed == NULL) == (error != NULL));
    g_assert_true (changed == NULL || isfinite (changed->total_params));
    good[i] = kept;
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  catalog = be_catalog_new_default (NULL);
  g_test_add_func ("/model-config/published", test_published);
  g_test_add_func ("/model-config/other-forms", test_other_forms);
  g_test_add_func ("/model-config/refused", test_refused);
  g_test_add_func ("/model-config/damaged", test_damaged);
  int status = g_test_run ();
  be_catalog_unref (catalog);
  return status;
}
