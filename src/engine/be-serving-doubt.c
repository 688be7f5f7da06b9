/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the serving model is known to be weak, and how far it may then be off. */

#include "engine/be-serving.h"

#include <math.h>

/* Memory left for the cache below which throughput goes as a small difference of large numbers. */
static const double edge_share = 0.15;
static const int node_gpus = 8;

static unsigned
hardware_doubts (const BeServingSetup *setup)
{
  const BeGpu *gpu = &setup->gpu;
  unsigned doubts = 0;
  int gpus =
      setup->tensor_parallel > setup->attention_dp ? setup->tensor_parallel : setup->attention_dp;

  if (gpu->evidence == BE_EVIDENCE_NONE)
    doubts |= BE_DOUBT_GPU_UNMEASURED;
  if (gpu->evidence == BE_EVIDENCE_ONE_ROW)
    doubts |= BE_DOUBT_GPU_ONE_ROW;
  if (!gpu->nvlink && gpus >= 4)
    doubts |= BE_DOUBT_PCIE_WIDE;
  if (gpu->evidence == BE_EVIDENCE_NO_FP4_PAIR && setup->weights == BE_WEIGHTS_FP4 && gpus >= 2)
    doubts |= BE_DOUBT_FP4_EXTRAPOLATED;
  if (gpus * setup->pipeline_stages > node_gpus)
    doubts |= BE_DOUBT_SEVERAL_NODES;
  return doubts;
}

unsigned
be_serving_doubts (const BeServingSetup *setup, const BeServingResult *result)
{
  const BeModelShape *model = &setup->model;
  unsigned doubts = hardware_doubts (setup);

  if (result->free_share < edge_share)
    doubts |= BE_DOUBT_MEMORY_EDGE;
  if (setup->software_efficiency < 1)
    doubts |= BE_DOUBT_SOFTWARE;
  if (model->sparse_attention)
    doubts |= BE_DOUBT_SPARSE_ATTENTION;
  if (model->kv_layers + model->swa_layers < model->layers)
    doubts |= BE_DOUBT_LINEAR_ATTENTION;
  return doubts;
}

double
be_serving_band (const BeServingSetup *setup, const BeServingResult *result)
{
  return be_serving_doubts (setup, result) == 0 ? 0.15 : 0.30;
}

void
be_serving_fill_range (const BeServingSetup *setup, BeServingResult *result)
{
  double band = be_serving_band (setup, result);
  double low = 1 - band, high = 1 + band;

  result->doubts = be_serving_doubts (setup, result);
  if (result->doubts & BE_DOUBT_MEMORY_EDGE)
    high = 1.9; /* usually 1.2 to 1.9 times too slow, once 1.4 times too fast */
  if (result->doubts & BE_DOUBT_SPARSE_ATTENTION)
    low = fmin (low, 0.85 / (4.0 / 3)); /* predicted a third too fast */
  if (result->doubts & BE_DOUBT_GPU_ONE_ROW)
    low = fmin (low, 0.85 / 1.38); /* predicted 1.38 times too fast */
  result->output_low = result->output_tokens_per_second * low;
  result->output_high = result->output_tokens_per_second * high;
}
