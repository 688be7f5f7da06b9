/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shape of an open-weight model from the config.json that its weights are published with. */
#pragma once

#include "engine/be-serving.h"

#include <glib.h>

G_BEGIN_DECLS

/* One model as its configuration describes it. The figures that the file leaves to its family's
 * defaults (embeddings tied, head size, windows) are filled in; `notes` says what was assumed. */
typedef struct {
  char *name;     /* for people: where it came from, else its family; never empty */
  char *family;   /* "model_type" of the part that makes text; "" when the file has none */
  double context; /* tokens; NaN: the file does not say */
  BeModelShape shape;
  double total_params, active_params; /* computed (be_model_parameters), not published */
  gboolean has_weights;               /* the file says in which precision the weights are stored */
  BeWeights weights;
  GPtrArray *notes; /* char *, translated sentences */
} BeModelConfig;

/* Reads the text of a configuration: strict JSON, an object that describes a decoder (itself, or in
 * text_config, llm_config, language_config, thinker_config). Layers, width, query heads, vocabulary
 * and the width of the feed-forward part must be there, under one of the names that are in use; the
 * rest has defaults. `name` stands in messages and, without its folder and ending, names the model
 * where the file does not. NULL and BE_CATALOG_ERROR_FORMAT ("NAME: MEMBER: found X, allowed is Y")
 * or a BE_JSON_ERROR. Encoder-decoders, encoders and state-space models are refused. */
BeModelConfig *
be_model_config_parse (const char *data, gsize length, const char *name, GError **error);
/* The same of a file. One called config.json is named by its folder. */
BeModelConfig *be_model_config_load (const char *path, GError **error);
/* Families whose attention reads what an indexer chooses (NULL: none). */
gboolean be_model_family_is_sparse (const char *family);
void be_model_config_free (BeModelConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeModelConfig, be_model_config_free)

G_END_DECLS
