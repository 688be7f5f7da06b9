/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models and GPUs of the user's own: rows of the document beside those of the catalogue. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
put_text (JsonObject *row, const char *member, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_member (row, member, be_tree_new_text (text));
}

static void
put_number (JsonObject *row, const char *member, double value)
{
  if (isfinite (value))
    json_object_set_member (row, member, be_tree_new_number (value));
}

/* A size of a part that the model may not have. */
static void
put_size (JsonObject *row, const char *member, double value)
{
  if (value > 0)
    put_number (row, member, value);
}

static const char *
attention_of (const BeModelShape *shape)
{
  if (shape->mla)
    return "mla";
  if (shape->kv_heads == shape->heads)
    return "mha";
  return shape->kv_heads == 1 ? "mqa" : "gqa";
}

static void
put_shape (JsonObject *row, const BeModelShape *shape)
{
  put_number (row, "layers", shape->layers);
  put_number (row, "hidden", shape->hidden);
  put_number (row, "heads", shape->heads);
  put_number (row, "kvHeads", shape->kv_heads);
  put_number (row, "headDim", shape->head_dim);
  put_number (row, "vocab", shape->vocab);
  put_number (row, "tiedEmb", shape->tied_embeddings ? 1 : 0);
  put_number (row, "ffn", shape->ffn);
  put_number (row, "ffnMats", shape->ffn_matrices);
  put_size (row, "experts", shape->experts);
  put_size (row, "topk", shape->topk);
  put_size (row, "moeFfn", shape->moe_ffn);
  put_size (row, "sharedFfn", shape->shared_ffn);
  put_number (row, "denseLayers", shape->dense_layers);
  put_text (row, "attn", attention_of (shape));
  put_size (row, "kvLora", shape->kv_lora);
  put_size (row, "qLora", shape->q_lora);
  put_size (row, "ropeDim", shape->rope_dim);
  put_size (row, "nopeDim", shape->nope_dim);
  put_size (row, "vDim", shape->v_dim);
  put_number (row, "kvLayers", shape->kv_layers);
  put_size (row, "swaLayers", shape->swa_layers);
  put_size (row, "swaWindow", shape->swa_window);
}

/* Appends the row (taken) to an array of the document and lets the pool's member name it. */
static gboolean
commit_row (BeScenario *self, const char *array, JsonObject *row, const char *pool,
            const char *member, const char *id, GError **error)
{
  g_autofree char *owner = pool != NULL ? be_path_join ("pools", pool, NULL) : NULL;
  JsonNode *root = be_tree_append (self->root, array, be_tree_take_object (row));

  if (owner != NULL) {
    g_autofree char *path = be_path_join ("pools", pool, member, NULL);
    if (be_tree_find (root, owner) == NULL) {
      json_node_unref (root);
      g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID,
                   _ ("%s: there is no such pool"), owner);
      return FALSE;
    }
    JsonNode *next = be_tree_replace (root, path, be_tree_new_text (id));
    json_node_unref (root);
    root = next;
  }
  return be_scenario_commit (self, root, error);
}

char *
be_scenario_add_model (BeScenario *self, const BeModelConfig *model, const char *pool,
                       GError **error)
{
  g_autofree char *id = be_scenario_new_id (self, "models", model->name);
  JsonObject *row = json_object_new ();
  put_text (row, "id", id);
  put_text (row, "name", model->name);
  put_text (row, "family", model->family);
  put_shape (row, &model->shape);
  put_number (row, "context", model->context);
  put_text (row, "source", "config.json");
  return commit_row (self, "models", row, pool, "model", id, error) ? g_steal_pointer (&id) : NULL;
}

static gboolean
check_figure (const char *member, double value, GError **error)
{
  if (value > 0 && isfinite (value))
    return TRUE;
  g_autofree char *found = isnan (value) ? g_strdup (_ ("nothing")) : be_json_format_double (value);
  g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE,
               _ ("gpus/%s: found %s, allowed is a number above 0"), member, found);
  return FALSE;
}

char *
be_scenario_add_gpu (BeScenario *self, const BeCatalogGpu *gpu, const char *pool, GError **error)
{
  if (!check_figure ("memGib", gpu->gpu.memory_gib, error)
      || !check_figure ("memBwGbs", gpu->gpu.bandwidth_gbs, error)
      || !check_figure ("bf16DenseTflops", gpu->gpu.bf16_tflops, error))
    return NULL;
  g_autofree char *id = be_scenario_new_id (self, "gpus", gpu->name);
  JsonObject *row = json_object_new ();
  put_text (row, "id", id);
  put_text (row, "name", gpu->name);
  put_text (row, "vendor", gpu->vendor);
  put_text (row, "arch", gpu->arch);
  put_number (row, "memGib", gpu->gpu.memory_gib);
  put_number (row, "memBwGbs", gpu->gpu.bandwidth_gbs);
  put_number (row, "bf16DenseTflops", gpu->gpu.bf16_tflops);
  put_size (row, "fp8DenseTflops", gpu->gpu.fp8_tflops);
  put_size (row, "int8DenseTops", gpu->gpu.int8_tops);
  put_size (row, "fp4DenseTflops", gpu->gpu.fp4_tflops);
  put_size (row, "tdpW", gpu->tdp_w);
  put_size (row, "linkUnidirGbs", gpu->gpu.link_gbs);
  put_text (row, "linkType", gpu->link_type);
  put_size (row, "sustainedCompute", gpu->gpu.sustained_compute);
  put_text (row, "source", gpu->source);
  return commit_row (self, "gpus", row, pool, "gpu", id, error) ? g_steal_pointer (&id) : NULL;
}

char **
be_scenario_list_models (BeScenario *self)
{
  return be_scenario_list_ids (self, "models");
}

char **
be_scenario_list_gpus (BeScenario *self)
{
  return be_scenario_list_ids (self, "gpus");
}

gboolean
be_scenario_find_shape (BeScenario *self, const char *model, BeModelShape *shape)
{
  return be_resolve_shape (self->catalog, self->root, model, shape);
}

gboolean
be_scenario_find_gpu (BeScenario *self, const char *gpu, BeGpu *figures)
{
  return be_resolve_gpu (self->catalog, self->root, gpu, figures);
}

/* A row that was handed out; its texts are the node's, which no edit changes. */
typedef struct {
  BeCatalogGpu gpu;
  JsonNode *row;
} OwnGpu;

void
be_own_gpu_free (gpointer own)
{
  json_node_unref (((OwnGpu *) own)->row);
  g_free (own);
}

const BeCatalogGpu *
be_scenario_get_own_gpu (BeScenario *self, const char *id)
{
  g_autofree char *path = id != NULL ? be_path_join ("gpus", id, NULL) : NULL;
  JsonNode *row = path != NULL ? be_tree_find (self->root, path) : NULL;

  if (row == NULL)
    return NULL;
  for (guint i = 0; i < self->own_gpus->len; i++) {
    const OwnGpu *known = self->own_gpus->pdata[i];
    if (known->row == row)
      return &known->gpu;
  }
  OwnGpu *own = g_new0 (OwnGpu, 1);
  own->row = json_node_ref (row);
  own->gpu.key = own->gpu.name = be_tree_text (row, "id");
  if (be_tree_text (row, "name") != NULL)
    own->gpu.name = be_tree_text (row, "name");
  own->gpu.vendor = be_tree_text (row, "vendor");
  own->gpu.arch = be_tree_text (row, "arch");
  own->gpu.link_type = be_tree_text (row, "linkType");
  own->gpu.source = be_tree_text (row, "source");
  own->gpu.tdp_w = be_tree_number (row, "tdpW", NAN);
  be_resolve_gpu (self->catalog, self->root, id, &own->gpu.gpu);
  g_ptr_array_add (self->own_gpus, own);
  return &own->gpu;
}

const char *
be_scenario_model_family (BeScenario *self, const char *model)
{
  g_autofree char *path = model != NULL ? be_path_join ("models", model, NULL) : NULL;
  const char *family =
      path != NULL ? be_tree_text (be_tree_find (self->root, path), "family") : NULL;
  return family != NULL ? family : "";
}
