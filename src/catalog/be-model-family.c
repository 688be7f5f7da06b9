/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Defaults of the families of open-weight models. */
#include "catalog/be-model-family.h"

#include "catalog/be-model-config.h"

#include <math.h>
#include <string.h>

#define GATED(TYPE)                                                                                \
  {                                                                                                \
    TYPE, 3, FALSE, NAN, NAN, NAN, NAN, NAN, 0, 0, 0, FALSE                                        \
  }
#define PLAIN(TYPE, TIED)                                                                          \
  {                                                                                                \
    TYPE, 2, TIED, NAN, NAN, NAN, NAN, 4, 0, 0, 0, FALSE                                           \
  }

/* The first row whose type begins the model's: longer names before shorter ones. */
static const BeModelFamily families[] = {
  { "gemma3", 3, TRUE, 262208, 8, 4, 256, NAN, 4096, 6, 0, FALSE },
  { "gemma2", 3, TRUE, 256000, 8, 4, 256, NAN, 4096, 2, 0, FALSE },
  { "gemma", 3, TRUE, 256000, 16, 16, 256, NAN, 0, 0, 0, FALSE },
  { "gpt_oss", 3, FALSE, 201088, 64, 8, 64, NAN, 128, 2, 0, FALSE },
  { "llama4", 3, FALSE, 202048, 40, 8, NAN, NAN, 8192, 4, 0, FALSE },
  { "qwen3_next", 3, FALSE, NAN, NAN, NAN, 256, NAN, 0, 0, 4, FALSE },
  { "qwen3_5", 3, FALSE, NAN, NAN, NAN, 256, NAN, 0, 0, 4, FALSE },
  { "qwen3", 3, FALSE, NAN, NAN, NAN, 128, NAN, 0, 0, 0, FALSE },
  { "cohere2", 3, TRUE, 256000, NAN, NAN, NAN, NAN, 4096, 4, 0, FALSE },
  { "cohere", 3, TRUE, 256000, NAN, NAN, NAN, NAN, 0, 0, 0, FALSE },
  { "exaone4", 3, FALSE, NAN, NAN, NAN, NAN, NAN, 0, 0, 0, FALSE },
  GATED ("llama"),
  GATED ("mistral"),
  GATED ("ministral"),
  GATED ("mixtral"),
  GATED ("qwen"),
  GATED ("deepseek"),
  GATED ("kimi"),
  GATED ("glm"),
  GATED ("chatglm"),
  GATED ("minimax"),
  GATED ("olmo"),
  GATED ("granite"),
  GATED ("internlm"),
  GATED ("yi"),
  GATED ("stablelm"),
  GATED ("ernie"),
  GATED ("hunyuan"),
  GATED ("smollm"),
  { "phi3", 3, FALSE, 32064, 32, NAN, NAN, NAN, 0, 0, 0, FALSE },
  GATED ("phi4"),
  GATED ("phimoe"),
  PLAIN ("phi", FALSE),
  PLAIN ("gptj", FALSE),
  PLAIN ("gpt_neox", FALSE),
  PLAIN ("gpt_bigcode", TRUE),
  PLAIN ("gpt2", TRUE),
  PLAIN ("falcon", TRUE),
  PLAIN ("RefinedWeb", TRUE),
  PLAIN ("starcoder2", TRUE),
  PLAIN ("opt", TRUE),
  PLAIN ("bloom", TRUE),
  PLAIN ("mpt", TRUE),
  PLAIN ("nemotron", FALSE),
};

static const BeModelFamily general = { "", 3, FALSE, NAN, NAN, NAN, NAN, NAN, 0, 0, 0, TRUE };

const BeModelFamily *
be_model_family_find (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    if (g_str_has_prefix (type, families[i].type))
      return &families[i];
  return &general;
}

gboolean
be_model_family_is_sparse (const char *family)
{
  return family != NULL && (strstr (family, "dsa") != NULL || strcmp (family, "deepseek_v32") == 0);
}

gboolean
be_model_family_is_encoder (const char *type)
{
  static const char *const encoders[] = { "bert",        "roberta", "distilbert", "modernbert",
                                          "xlm-roberta", "deberta", "deberta-v2", "electra",
                                          "albert",      "mpnet",   "nomic_bert", "clip",
                                          "vit",         "siglip",  "wav2vec2",   NULL };
  return g_strv_contains (encoders, type);
}
