/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row of the user's own lacks for the serving model to work out a throughput. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *array;
  JsonNode *row;
  GPtrArray *paths;
} Gaps;

static gboolean
has (const Gaps *gaps, const char *column)
{
  return be_tree_number (gaps->row, column, 0) > 0;
}

static void
need (const Gaps *gaps, const char *column)
{
  if (!has (gaps, column))
    g_ptr_array_add (gaps->paths,
                     be_path_join (gaps->array, be_tree_text (gaps->row, "id"), column, NULL));
}

static JsonNode *
row_of (JsonNode *root, const char *array, const char *id)
{
  g_autofree char *path = id != NULL ? be_path_join (array, id, NULL) : NULL;

  return path != NULL ? be_tree_find (root, path) : NULL;
}

/* Several GPUs of one stage talk to each other; so do ranks of attention data parallelism. */
static gboolean
needs_link (JsonNode *pool)
{
  double stages = MAX (be_tree_number (pool, "pipelineStages", 1), 1);

  return be_tree_number (pool, "gpusPerReplica", 1) / stages > 1
         || be_tree_number (pool, "attentionDataParallel", 1) > 1;
}

static void
find_gpu_gaps (const Gaps *gaps, gboolean linked)
{
  need (gaps, "memGib");
  need (gaps, "memBwGbs");
  need (gaps, "bf16DenseTflops");
  if (linked)
    need (gaps, "linkUnidirGbs");
}

static void
find_attention_gaps (const Gaps *gaps)
{
  if (g_strcmp0 (be_tree_text (gaps->row, "attn"), "mla") == 0) {
    need (gaps, "kvLora");
    need (gaps, "ropeDim");
    need (gaps, "nopeDim");
    need (gaps, "vDim");
  } else {
    need (gaps, "kvHeads");
    need (gaps, "headDim");
  }
  if (has (gaps, "swaLayers"))
    need (gaps, "swaWindow");
}

static void
find_model_gaps (const Gaps *gaps)
{
  double layers = be_tree_number (gaps->row, "layers", 0);
  gboolean is_mixture = has (gaps, "experts");

  need (gaps, "layers");
  need (gaps, "hidden");
  need (gaps, "heads");
  need (gaps, "vocab");
  find_attention_gaps (gaps);
  if (be_tree_number (gaps->row, "denseLayers", is_mixture ? 0 : layers) > 0) {
    need (gaps, "ffn");
    need (gaps, "ffnMats");
  }
  if (is_mixture) {
    need (gaps, "topk");
    need (gaps, "moeFfn");
  }
}

GPtrArray *
be_find_missing_figures (JsonNode *root, JsonNode *pool)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  const Gaps model = { "models", row_of (root, "models", be_tree_text (pool, "model")), paths };
  const Gaps gpu = { "gpus", row_of (root, "gpus", be_tree_text (pool, "gpu")), paths };

  if (model.row != NULL)
    find_model_gaps (&model);
  if (gpu.row != NULL)
    find_gpu_gaps (&gpu, needs_link (pool));
  return paths;
}

static gboolean
is_measured (JsonNode *pool)
{
  const char *source = be_tree_text (be_tree_member (pool, "throughput"), "source");

  return g_strcmp0 (source, "measured") == 0;
}

char **
be_scenario_list_missing_figures (BeScenario *self, const char *pool)
{
  JsonNode *node = row_of (self->root, "pools", pool);

  if (node == NULL || is_measured (node))
    return g_new0 (char *, 1);
  GPtrArray *paths = be_find_missing_figures (self->root, node);
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_free (paths, FALSE);
}

/* Two pools may lack the same figure: it is one problem. */
void
be_validate_figures (JsonNode *root, GPtrArray *problems)
{
  JsonArray *pools = be_tree_array (root, "pools");
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint p = 0; pools != NULL && p < json_array_get_length (pools); p++) {
    JsonNode *pool = json_array_get_element (pools, p);
    if (is_measured (pool))
      continue;
    g_autoptr (GPtrArray) paths = be_find_missing_figures (root, pool);
    for (guint i = 0; i < paths->len; i++)
      if (g_hash_table_add (said, g_strdup (paths->pdata[i])))
        be_validate_problem (problems, BE_SCENARIO_ERROR_MISSING, paths->pdata[i], _ ("nothing"),
                             _ ("a number above 0"));
  }
}
