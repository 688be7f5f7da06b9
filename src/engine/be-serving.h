/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The serving model: tokens per second of a replica from the model's shape and the GPU's datasheet.
 */
#pragma once

#include "engine/be-price.h"

/* Shape of an open-weight model; symbols of the serving model in comments. */
typedef struct {
  double layers, hidden, heads, kv_heads, head_dim, vocab; /* L h n_q n_kv d V */
  bool tied_embeddings;
  double ffn, ffn_matrices;                  /* f m_f */
  double experts, topk, moe_ffn, shared_ffn; /* E k f_e f_s */
  double dense_layers;                       /* L_d */
  bool mla;
  double kv_lora, q_lora, rope_dim, nope_dim, v_dim; /* c c_q r p v; c_q 0: no low rank */
  double kv_layers, swa_layers, swa_window;          /* L_g L_w w */
  bool gpt_oss;          /* attention weights stay at 2 bytes in every format */
  bool sparse_attention; /* an indexer chooses what is attended to (GLM-5): not modelled */
} BeModelShape;

typedef enum {
  BE_ARCH_OTHER,
  BE_ARCH_TURING,
  BE_ARCH_AMPERE,
  BE_ARCH_ADA,
  BE_ARCH_HOPPER,
  BE_ARCH_BLACKWELL,
  BE_ARCH_CDNA,
  BE_ARCH_CDNA4
} BeGpuArch;

/* How many published measurements the serving model was checked on for a GPU. */
typedef enum {
  BE_EVIDENCE_MEASURED,
  BE_EVIDENCE_ONE_ROW,     /* L4 */
  BE_EVIDENCE_NONE,        /* none or almost none: TPU, Gaudi, T4, V100, A10G, Apple */
  BE_EVIDENCE_NO_FP4_PAIR, /* measured, but not FP4 on several boards: RTX 5090 */
} BeEvidence;

typedef struct {
  BeGpuArch arch;
  BeEvidence evidence;
  bool gddr;                        /* GDDR board by the rule of the serving model */
  bool nvlink;                      /* link type does not contain "PCIe" */
  double memory_gib, bandwidth_gbs; /* M BW */
  double bf16_tflops, fp8_tflops, int8_tops, fp4_tflops; /* NaN or 0 = not supported */
  double link_gbs;                                       /* X, one direction */
  double sustained_compute;                              /* sus */
} BeGpu;

typedef enum {
  BE_WEIGHTS_FP16,
  BE_WEIGHTS_FP8,
  BE_WEIGHTS_INT8,
  BE_WEIGHTS_FP4,
  BE_WEIGHTS_MXFP4,
  BE_WEIGHTS_INT4,
  BE_WEIGHTS_Q4_K_M
} BeWeights;
typedef enum { BE_KV_FP16, BE_KV_FP8, BE_KV_INT8 } BeKvCache;
typedef enum { BE_ENGINE_VLLM, BE_ENGINE_SGLANG, BE_ENGINE_TENSORRT_LLM } BeEngine;

/* One replica: tensor_parallel x pipeline_stages GPUs, or attention-DP ranks. */
typedef struct {
  BeModelShape model;
  BeGpu gpu;
  int tensor_parallel, pipeline_stages, attention_dp; /* t g a */
  BeWeights weights;
  BeKvCache kv_cache;
  BeEngine engine;
  double software_efficiency; /* 1.0 = tuned stack */
} BeServingSetup;

/* What makes a computed throughput less certain than usual (serving model, "Where it fails"). */
enum {
  BE_DOUBT_MEMORY_EDGE = 1 << 0,      /* under 15 % of the memory is left for the cache */
  BE_DOUBT_SOFTWARE = 1 << 1,         /* a software efficiency below 1 is itself a guess */
  BE_DOUBT_SPARSE_ATTENTION = 1 << 2, /* predicted a third too fast */
  BE_DOUBT_LINEAR_ATTENTION = 1 << 3, /* approximated by layers without a cache */
  BE_DOUBT_PCIE_WIDE = 1 << 4,        /* four GPUs or more without NVLink */
  BE_DOUBT_GPU_UNMEASURED = 1 << 5,
  BE_DOUBT_GPU_ONE_ROW = 1 << 6,      /* predicted 1.38 times too fast */
  BE_DOUBT_FP4_EXTRAPOLATED = 1 << 7, /* FP4 on several GDDR boards (RTX 5090) */
  BE_DOUBT_SEVERAL_NODES = 1 << 8,    /* more than eight GPUs: the network between is left out */
};

enum {
  BE_STEP_DENSE,
  BE_STEP_EXPERTS,
  BE_STEP_HEAD,
  BE_STEP_ATTENTION,
  BE_STEP_LINKS,
  BE_STEP_FIXED,
  BE_N_STEP_PARTS
};

typedef struct {
  bool fits;
  double b_max;                    /* sequences per attention rank that memory allows, real */
  double batch;                    /* working batch per rank, B* */
  double sequences;                /* running on the whole replica */
  double output_tokens_per_second; /* of the replica */
  double tpot_s, ttft_s;           /* unloaded TTFT */
  double step_s[BE_N_STEP_PARTS];
  double weights_gib, kv_gib_per_sequence, free_share; /* per GPU; share of memory left for KV */
  double total_params, active_params;
  double output_low, output_high;  /* tokens/s of the replica: the band around the estimate */
  unsigned doubts;                 /* BE_DOUBT_... */
  double memory_gib, reserved_gib; /* of a GPU; reserved: what the engine does not give away */
  bool meets_target; /* false: even the smallest batch is slower than the TPOT target */
} BeServingResult;

/* What bounds the batch. NaN or 0 = no such bound. */
typedef struct {
  double tpot_s;      /* latency target */
  double concurrency; /* mode conc: clients */
  double n_requests;  /* mode max: size of an offline benchmark */
  bool whole_batch;   /* a plan's batch: whole part */
  double prefix_hit;  /* I_eff = I (1 - hit) for prefill time */
} BeServingDemand;

/* True for boards with GDDR memory by the serving model's rule: bandwidth under 1,850 GB/s and Ada,
 * Blackwell or Turing. (A10G, A10, A40, A6000 and RTX 3090 are GDDR besides.) */
bool be_gpu_is_gddr_class (BeGpuArch arch, double bandwidth_gbs);

/* Published totals (serving model, section 2): all parameters and those active per token. */
void be_model_parameters (const BeModelShape *model, double *total, double *active);

/* Steady state of continuous batching at `input` and `output` tokens per request (section 6, 7).
 * BE_DOES_NOT_FIT with result->fits false when less than one sequence fits; the memory figures and
 * parameters are filled then, too. BE_INVALID for a shape, GPU, layout or demand that has no
 * meaning (output <= 0, prefix_hit outside 0..1, software_efficiency <= 0, ...). */
BeStatus be_serving_evaluate (const BeServingSetup *setup, const BeServingDemand *demand,
                              double input, double output, BeServingResult *result);

/* The doubts of a setup; `result` has its memory figures. */
unsigned be_serving_doubts (const BeServingSetup *setup, const BeServingResult *result);
/* Half the usual band around a computed throughput, as a share of it: 0.15 as a rule, 0.30 where
 * there is a doubt. output_low and output_high are further apart where the model is known to be off
 * to one side: at the edge of memory it was up to 1.9 times too slow. */
double be_serving_band (const BeServingSetup *setup, const BeServingResult *result);
/* Fills doubts, output_low and output_high; be_serving_evaluate does it. */
void be_serving_fill_range (const BeServingSetup *setup, BeServingResult *result);

/* Erlang C: probability that an arrival waits longer than wait_s with `servers` servers, `erlangs`
 * of offered load and mean holding time hold_s. 1 when erlangs >= servers. */
double be_erlang_c_wait (double servers, double erlangs, double wait_s, double hold_s);
