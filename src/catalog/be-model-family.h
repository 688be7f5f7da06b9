/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the configuration of a family of models leaves unsaid. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Defaults of a "model_type", as the family's published configuration class has them (huggingface
 * transformers, src/transformers/models/ of the family, configuration_*.py). NaN: there is none. */
typedef struct {
  const char *type; /* prefix of model_type */
  int ffn_matrices; /* 3 gated, 2 plain */
  gboolean tied_embeddings;
  double vocab, heads, kv_heads, head_dim;
  double ffn_factor;   /* width of the feed-forward part by hidden size */
  double window;       /* 0: none */
  double full_every;   /* one in so many layers sees the whole context; 0: no such pattern */
  double linear_every; /* the same where the other layers are linear */
  gboolean is_general; /* the family is not known */
} BeModelFamily;

/* Never NULL: the general shape for families that are not known. */
const BeModelFamily *be_model_family_find (const char *type);
/* Families that make vectors or labels, not text. */
gboolean be_model_family_is_encoder (const char *type);

G_END_DECLS
