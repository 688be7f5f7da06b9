/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the studies of one workload share. */
#pragma once

#include "study/be-study.h"

G_BEGIN_DECLS

/* What a study says of an input that the engine refuses: a number outside its meaning, or inputs of
 * which no plan can be priced. FALSE, always. */
gboolean be_study_fail_input (GError **error);
gboolean be_study_fail_prices (GError **error);

/* One workload without pools, provisioned units and quality floor, on the offers of `input`, which
 * it borrows. The workload is a copy whose members may be set; routes are borrowed. Cleared with
 * be_alone_clear, never with be_plan_input_clear. FALSE and error when there is no such workload.
 */
gboolean be_alone_init (BePlanInput *alone, const BePlanInput *input, int workload, GError **error);
void be_alone_clear (BePlanInput *alone);
/* $/month of it; NaN when a price is missing. FALSE: the input breaks its ranges. */
gboolean be_alone_cost (const BePlanInput *alone, BePlanResult *result, double *usd);

/* The route that stands for no routing: of the highest quality, of equals the dearest by `costs`
 * (one for each route), fine-tuned ones aside; -1: all are. */
int be_reference_route (const BeWorkload *workload, const double *costs);

/* ---- studies of a pool ---- */

/* The input with pools that may be changed; shares everything else. */
void be_variant_init (BePlanInput *variant, const BePlanInput *input, int pool, BePool **changed);
void be_variant_clear (BePlanInput *variant);
/* $/month of its self-hosted plan, NaN where it cannot be run, and the pool's replicas. */
double be_variant_cost (const BePlanInput *variant, BePlanResult *result, int pool, int *replicas);
/* What bounds the batch of a pool's replica. */
BeServingDemand be_pool_demand (const BePool *pool);
/* USD of a GPU-hour as the pool has it, owned or rented. */
double be_pool_gpu_hour (const BePool *pool);
/* USD of a million output tokens when a replica is fully used. */
double be_full_replica_per_mtok (const BePool *pool, double tokens_per_second);
/* The cache that studies pair with weights: FP8 below 16 bits where the GPU knows FP8, else FP16.
 */
BeKvCache be_kv_for (BeWeights weights, const BeGpu *gpu);

G_END_DECLS
