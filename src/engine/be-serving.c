/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens per second of a replica from the model's shape and the GPU's datasheet. */

#include "engine/be-serving.h"

#include <math.h>
#include <string.h>

/* Tuned on 2,726 published measurements; source: data/serving/constants.json. They trade off
 * against each other, so they are read and changed as a set. */
static const double e_bw = 0.744, e_kv = 0.768;               /* of peak bandwidth */
static const double e_c16 = 0.72, e_c8 = 0.658, e_c4 = 0.428; /* of peak arithmetic */
static const double e_att = 0.8;                              /* of peak, attention kernels */
static const double c_moe = 51.4;                        /* bytes per routed token and hidden */
static const double t_lay = 4.38e-05, t_moel = 4.53e-05; /* s per layer, per MoE layer */
static const double t_sgl = 0.0017, t_tok = 2.49e-06;    /* s per SGLang step, per token */
static const double alpha = 5.65e-06;                    /* s per hop */
static const double e_link = 0.517, e_pcie = 0.442;      /* of peak link bandwidth */
static const double resv = 0.382;                        /* GiB */
static const double k_rtx = 1.51, b_gddr = 1.13, o_blw = 0.711;
static const double k_cdna = 0.7, b_cdna = 0.85;

static const double token_budget = 8192;   /* M_t, tokens per step */
static const double most_sequences = 2048; /* the engine's own cap per attention rank, times g */
static const double smallest_chunk = 256;  /* prefill tokens */
static const double memory_share = 0.90;   /* of the GPU's memory that the engine takes */
static const double gib = 1073741824.0;

/* Everything of a setup that does not depend on the workload. Names as in the serving model. */
typedef struct {
  const BeServingSetup *setup;
  double t, g, a;    /* t is 1 when attention runs data-parallel */
  double m;          /* max (t, a) of the layout: ranks that share the experts */
  double w, w_a;     /* bytes per weight; of attention weights */
  double A, D, S, e; /* parameters */
  double E, U, k, L_m;
  double kv_layer;    /* bytes per token and layer on one GPU, before layers and g */
  double F, F16, F_a; /* FLOP/s */
  double R_w, R_k;    /* bytes/s */
  double o;           /* factor on per-layer overhead */
} Replica;

/* What one step works on: decode sequences at mean context x, prefill tokens at attended length y.
 */
typedef struct {
  double decode, context, prefill, attended;
} Step;

bool
be_gpu_is_gddr_class (BeGpuArch arch, double bandwidth_gbs)
{
  return bandwidth_gbs < 1850
         && (arch == BE_ARCH_ADA || arch == BE_ARCH_BLACKWELL || arch == BE_ARCH_TURING);
}

static double
attention_parameters (const BeModelShape *m)
{
  if (!m->mla)
    return m->layers
           * (2 * m->hidden * m->heads * m->head_dim + 2 * m->hidden * m->kv_heads * m->head_dim);
  const double query = m->heads * (m->nope_dim + m->rope_dim);
  const double query_parameters =
      m->q_lora > 0 ? (m->hidden + query) * m->q_lora : m->hidden * query;
  return m->layers
         * (query_parameters + m->hidden * (m->kv_lora + m->rope_dim)
            + m->kv_lora * m->heads * (m->nope_dim + m->v_dim) + m->heads * m->v_dim * m->hidden);
}

static double
moe_layers (const BeModelShape *m)
{
  return m->experts > 0 ? m->layers - m->dense_layers : 0;
}

static double
dense_parameters (const BeModelShape *m)
{
  return m->dense_layers * m->ffn * m->hidden * m->ffn_matrices;
}

static double
shared_parameters (const BeModelShape *m)
{
  return moe_layers (m) * (3 * m->hidden * m->shared_ffn + m->hidden * m->experts);
}

static double
expert_parameters (const BeModelShape *m)
{
  return 3 * moe_layers (m) * m->hidden * m->moe_ffn;
}

void
be_model_parameters (const BeModelShape *model, double *total, double *active)
{
  const double always =
      attention_parameters (model) + dense_parameters (model) + shared_parameters (model);
  const double expert = expert_parameters (model);
  const double embedding = model->vocab * model->hidden;
  *total = always + model->experts * expert + embedding * (model->tied_embeddings ? 1 : 2);
  *active = always + (model->experts > 0 ? model->topk * expert : 0) + embedding;
}

static double
bytes_per_weight (BeWeights weights)
{
  switch (weights) {
  case BE_WEIGHTS_FP8:
  case BE_WEIGHTS_INT8:
    return 1;
  case BE_WEIGHTS_FP4:
  case BE_WEIGHTS_INT4:
    return 0.5625;
  case BE_WEIGHTS_MXFP4:
    return 0.53125;
  case BE_WEIGHTS_Q4_K_M:
    return 0.61;
  case BE_WEIGHTS_FP16:
    break;
  }
  return 2;
}

static double
bytes_per_attention_weight (const BeServingSetup *setup)
{
  const double bytes = bytes_per_weight (setup->weights);
  return setup->model.gpt_oss || (setup->model.mla && bytes < 1) ? 2 : bytes;
}

/* FLOP/s of the weights' arithmetic type, efficiency included; weight-only 4-bit formats and types
 * that the GPU lacks are computed in the next wider type. */
static double
arithmetic_rate (BeWeights weights, const BeGpu *gpu)
{
  const bool has_fp4 = gpu->arch == BE_ARCH_BLACKWELL || gpu->arch == BE_ARCH_CDNA4;
  if (weights == BE_WEIGHTS_FP4 && has_fp4 && gpu->fp4_tflops > 0)
    return e_c4 * gpu->fp4_tflops * 1e12;
  if ((weights == BE_WEIGHTS_FP8 || weights == BE_WEIGHTS_FP4) && gpu->fp8_tflops > 0)
    return e_c8 * gpu->fp8_tflops * 1e12;
  if (weights == BE_WEIGHTS_INT8 && gpu->int8_tops > 0)
    return e_c8 * gpu->int8_tops * 1e12;
  return e_c16 * gpu->bf16_tflops * 1e12;
}

static void
replica_set_rates (Replica *r)
{
  const BeGpu *gpu = &r->setup->gpu;
  const bool cdna = gpu->arch == BE_ARCH_CDNA || gpu->arch == BE_ARCH_CDNA4;
  const bool blackwell = gpu->arch == BE_ARCH_BLACKWELL;
  const double kappa = cdna ? k_cdna : gpu->gddr && blackwell ? k_rtx : 1;
  const double beta = cdna ? b_cdna : gpu->gddr ? b_gddr : 1;
  const double sustained = gpu->sustained_compute * kappa;
  r->F = arithmetic_rate (r->setup->weights, gpu) * sustained;
  r->F16 = e_c16 * gpu->bf16_tflops * 1e12 * sustained;
  r->F_a = e_att * gpu->bf16_tflops * 1e12 * sustained;
  r->R_w = e_bw * gpu->bandwidth_gbs * 1e9 * beta;
  r->R_k = e_kv * gpu->bandwidth_gbs * 1e9 * beta;
  r->o = blackwell ? o_blw : 1;
}

static Replica
replica_new (const BeServingSetup *setup)
{
  const BeModelShape *model = &setup->model;
  const bool data_parallel = setup->attention_dp > 1;
  Replica r = { .setup = setup, .g = setup->pipeline_stages };
  r.a = data_parallel ? setup->attention_dp : 1;
  r.t = data_parallel ? 1 : setup->tensor_parallel;
  r.m = fmax (setup->tensor_parallel, r.a);
  r.w = bytes_per_weight (setup->weights);
  r.w_a = bytes_per_attention_weight (setup);
  r.A = attention_parameters (model);
  r.D = dense_parameters (model);
  r.S = shared_parameters (model);
  r.e = expert_parameters (model);
  r.E = model->experts;
  r.k = model->topk;
  r.U = model->vocab * model->hidden;
  r.L_m = moe_layers (model);
  const double b = setup->kv_cache == BE_KV_FP16 ? 2 : 1;
  if (model->mla)
    r.kv_layer = (model->kv_lora + model->rope_dim) * b;
  else
    r.kv_layer = 2 * model->kv_heads * model->head_dim * b / fmin (r.t, model->kv_heads);
  replica_set_rates (&r);
  return r;
}

/* Tokens that the layers keep or attend to at a context: full layers all, window layers theirs. */
static double
layer_tokens (const BeModelShape *model, double context)
{
  return model->kv_layers * context + model->swa_layers * fmin (context, model->swa_window);
}

static double
kv_bytes (const Replica *r, double context)
{
  return layer_tokens (&r->setup->model, context) * r->kv_layer / r->g;
}

static double
dense_bytes (const Replica *r)
{
  return (r->A * r->w_a + (r->D + r->S) * r->w) / (r->t * r->g);
}

static double
weight_bytes (const Replica *r)
{
  const double copies = r->setup->model.tied_embeddings ? 1 : 2;
  return dense_bytes (r) + r->E * r->e * r->w / (r->m * r->g) + 2 * r->U * copies / r->t;
}

static double
expert_time (const Replica *r, double tokens)
{
  if (!(r->E > 0))
    return 0;
  const double routed = tokens * r->a;
  const double touched = r->E * (1 - pow (1 - r->k / r->E, routed));
  const double share = r->m * r->g;
  return 2 * routed * r->k * r->e / (share * r->F) + touched * (r->e * r->w / share) / r->R_w
         + c_moe * r->setup->model.hidden * (routed * r->k / r->m) * (r->L_m / r->g) / r->R_w
         + t_moel * r->o * r->L_m / r->g;
}

static double
attention_time (const Replica *r, const Step *step)
{
  const BeModelShape *model = &r->setup->model;
  const double decode_flops = model->mla ? 2 * model->heads * (2 * model->kv_lora + model->rope_dim)
                                         : 4 * model->heads * model->head_dim;
  const double prefill_flops =
      model->mla ? 2 * model->heads * (model->nope_dim + model->rope_dim + model->v_dim)
                 : 4 * model->heads * model->head_dim;
  const double rate = r->g * r->t * r->F_a;
  return step->decode * decode_flops * layer_tokens (model, step->context) / rate
         + step->decode * kv_bytes (r, step->context) / r->R_k
         + step->prefill * prefill_flops * layer_tokens (model, step->attended) / rate;
}

static double
link_time (const Replica *r, double tokens)
{
  const BeServingSetup *setup = r->setup;
  const double rate = (setup->gpu.nvlink ? e_link : e_pcie) * setup->gpu.link_gbs * 1e9;
  const double h = setup->model.hidden;
  if (r->a > 1)
    return r->L_m / r->g
           * (2 * alpha + 3 * tokens * h * fmin (r->k, r->a) * (r->a - 1) / r->a / rate);
  if (r->t > 1)
    return 2 * (setup->model.layers / r->g)
           * (alpha * log2 (r->t) * (setup->gpu.nvlink ? 1 : 2)
              + 2 * (r->t - 1) / r->t * tokens * h * 2 / rate);
  return 0;
}

/* Section 5: seconds of one engine step by part; the sum is returned. */
static double
step_time (const Replica *r, const Step *step, double parts[BE_N_STEP_PARTS])
{
  const double n = step->decode + step->prefill;
  parts[BE_STEP_DENSE] =
      2 * n * (r->A + r->D + r->S) / (r->g * r->t * r->F) + dense_bytes (r) / r->R_w;
  parts[BE_STEP_EXPERTS] = expert_time (r, n);
  parts[BE_STEP_HEAD] =
      (2 * step->decode * r->U / (r->t * r->F16) + 2 * r->U / (r->t * r->R_w)) / r->g;
  parts[BE_STEP_ATTENTION] = attention_time (r, step);
  parts[BE_STEP_LINKS] = link_time (r, n);
  parts[BE_STEP_FIXED] = t_lay * r->o * r->setup->model.layers / r->g + t_tok * n
                         + (r->setup->engine == BE_ENGINE_SGLANG ? t_sgl : 0);
  double sum = 0;
  for (int i = 0; i < BE_N_STEP_PARTS; i++) {
    parts[i] /= r->setup->software_efficiency;
    sum += parts[i];
  }
  return sum;
}

/* One request's tokens: prompt, the part of it that is computed, and answer. */
typedef struct {
  double input, computed, output;
} Tokens;

static double
decoding_sequences (double batch, const Tokens *tokens)
{
  return fmin (batch, token_budget / (1 + tokens->computed / tokens->output));
}

/* Section 6: mean seconds of a step in the steady state, by part. */
static double
steady_step (const Replica *r, const Tokens *tokens, double batch, double parts[BE_N_STEP_PARTS])
{
  const double decode = decoding_sequences (batch, tokens);
  const double owed = decode * tokens->computed / tokens->output;
  const double chunk =
      fmin (fmax (token_budget - decode, smallest_chunk), fmax (tokens->computed, owed));
  const double phi = owed > 0 ? fmin (1, owed / chunk) : 0;
  const Step mixed = { decode, tokens->input + tokens->output / 2, phi < 1 ? chunk : owed,
                       tokens->input - tokens->computed / 2 };
  const Step plain = { decode, mixed.context, 0, 0 };
  double with[BE_N_STEP_PARTS], without[BE_N_STEP_PARTS];
  step_time (r, &mixed, with);
  step_time (r, &plain, without);
  double sum = 0;
  for (int i = 0; i < BE_N_STEP_PARTS; i++) {
    parts[i] = phi * with[i] + (1 - phi) * without[i];
    sum += parts[i];
  }
  return sum;
}

/* Seconds between two tokens of one sequence: it visits every stage. */
static double
token_interval (const Replica *r, const Tokens *tokens, double batch)
{
  double parts[BE_N_STEP_PARTS];
  return steady_step (r, tokens, batch, parts) * r->g;
}

/* The largest batch up to `most` whose interval meets the target; 0 when none above 0 does. The
 * interval rises with the batch, almost in a straight line: a secant kept between a batch that
 * meets the target and one that does not (regula falsi, Illinois variant) takes a tenth of the
 * steps that halving would. */
static double
batch_within_target (const Replica *r, const Tokens *tokens, double most, double target_s)
{
  double low = 0, below = token_interval (r, tokens, 0) - target_s;
  double high = most, above = token_interval (r, tokens, most) - target_s;
  int kept = 0; /* which end stayed the last time: -1 low, 1 high */

  if (above <= 0)
    return most;
  if (below > 0)
    return 0;
  for (int i = 0; i < 100 && high - low > 1e-13 * high; i++) {
    double middle = i < 60 ? low + (high - low) * below / (below - above) : (low + high) / 2;
    if (!(middle > low && middle < high))
      middle = (low + high) / 2;
    double miss = token_interval (r, tokens, middle) - target_s;
    if (miss <= 0) {
      low = middle;
      below = miss;
      above *= kept == 1 ? 0.5 : 1;
      kept = 1;
    } else {
      high = middle;
      above = miss;
      below *= kept == -1 ? 0.5 : 1;
      kept = -1;
    }
    if (miss == 0)
      return middle;
  }
  return low;
}

static double
working_batch (const Replica *r, const Tokens *tokens, const BeServingDemand *demand, double b_max,
               bool *meets_target)
{
  const double ranks = r->a * r->g;
  double batch = fmin (b_max, most_sequences / r->g);
  if (demand->concurrency > 0)
    batch = fmin (batch, demand->concurrency / ranks);
  if (demand->n_requests > 0) {
    const double slots = batch * ranks, wanted = demand->n_requests;
    batch = (slots < wanted ? wanted / ceil (wanted / slots) : wanted) / ranks;
  }
  *meets_target = true;
  if (demand->tpot_s > 0) {
    const double smallest = fmin (1, batch);
    const double within = batch_within_target (r, tokens, batch, demand->tpot_s);
    *meets_target = within >= smallest;
    batch = fmax (within, smallest);
  }
  return demand->whole_batch && batch > 1 ? floor (batch) : batch;
}

static bool
is_sane (const BeServingSetup *setup, const BeServingDemand *demand, double input, double output)
{
  const BeModelShape *m = &setup->model;
  const BeGpu *gpu = &setup->gpu;
  const bool model_ok = m->layers > 0 && m->hidden > 0 && m->heads > 0 && m->vocab > 0
                        && m->head_dim >= 0 && m->experts >= 0 && m->topk >= 0
                        && m->topk <= m->experts && m->dense_layers <= m->layers
                        && (m->mla ? m->kv_lora + m->rope_dim > 0 : m->kv_heads > 0);
  const bool gpu_ok = gpu->memory_gib > 0 && gpu->bandwidth_gbs > 0 && gpu->bf16_tflops > 0
                      && gpu->sustained_compute > 0;
  const bool layout_ok =
      setup->tensor_parallel >= 1 && setup->pipeline_stages >= 1 && setup->attention_dp >= 0
      && setup->software_efficiency > 0
      && (gpu->link_gbs > 0 || (setup->tensor_parallel == 1 && setup->attention_dp <= 1));
  return model_ok && gpu_ok && layout_ok && isfinite (input) && input >= 0 && isfinite (output)
         && output > 0 && demand->prefix_hit >= 0 && demand->prefix_hit <= 1;
}

static void
fill_memory (const Replica *r, double context, BeServingResult *result)
{
  const double memory = r->setup->gpu.memory_gib * gib;
  const double weights = weight_bytes (r);
  const double kv = kv_bytes (r, context);
  const double room = memory_share * memory - weights - resv * gib;
  result->weights_gib = weights / gib;
  result->kv_gib_per_sequence = kv / gib;
  result->free_share = room / memory;
  result->memory_gib = memory / gib;
  result->reserved_gib = (1 - memory_share) * memory / gib + resv;
  result->b_max = kv > 0 ? room / kv / r->g : 0;
  result->fits = result->b_max >= 1;
}

BeStatus
be_serving_evaluate (const BeServingSetup *setup, const BeServingDemand *demand, double input,
                     double output, BeServingResult *result)
{
  memset (result, 0, sizeof *result);
  if (!is_sane (setup, demand, input, output))
    return BE_INVALID;
  const Replica r = replica_new (setup);
  const Tokens tokens = { input, input * (1 - demand->prefix_hit), output };
  be_model_parameters (&setup->model, &result->total_params, &result->active_params);
  fill_memory (&r, input + output, result);
  if (!result->fits)
    return BE_DOES_NOT_FIT;

  result->batch = working_batch (&r, &tokens, demand, result->b_max, &result->meets_target);
  const double running = decoding_sequences (result->batch, &tokens);
  const double step = steady_step (&r, &tokens, result->batch, result->step_s);
  result->sequences = running * r.a * r.g;
  result->tpot_s = step * r.g;
  result->output_tokens_per_second = result->sequences / result->tpot_s;

  const Step own = { 0, 0, tokens.computed, input - tokens.computed / 2 };
  double parts[BE_N_STEP_PARTS];
  const double engine_s = setup->engine == BE_ENGINE_SGLANG ? 0.200 : 0.025;
  result->ttft_s = engine_s + 0.5 * result->tpot_s + 1.2 * step_time (&r, &own, parts) * r.g;
  be_serving_fill_range (setup, result);
  return BE_OK;
}
