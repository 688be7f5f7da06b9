/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies of one pool: its replica, its fleet, and what other choices would do. Each `pool` is an
 * index into the input's pools. What a replica does is worked out at the lengths of what the pool
 * serves first. Functions that take an error answer FALSE or NULL with BE_STUDY_ERROR_INPUT when
 * there is no such pool, its model or GPU is not known, or it serves nothing. */
#pragma once

#include "scenario/be-scenario.h"

G_BEGIN_DECLS

/* ---- a replica ---- */

/* The setup of a pool as studies compute it. With a measured throughput its software efficiency is
 * the measured factor, so that other GPUs and precisions are seen through the same software. */
gboolean
be_study_serving_setup (const BePlanInput *input, int pool, BeServingSetup *setup, GError **error);
/* Prompt and answer of a request as the pool sees it (turns, token factor, reasoning included). */
gboolean be_study_serving_lengths (const BePlanInput *input, int pool, double *prompt,
                                   double *output, GError **error);
/* The working point under the pool's latency target, its range and doubts included. When the
 * weights do not fit, FALSE and an error that says what would fit (see be_study_fit). */
gboolean be_study_serving_now (const BePlanInput *input, BeCatalog *catalog, int pool,
                               BeServingResult *now, GError **error);

/* Throughput against latency of one replica: by sequences that run at once. */
typedef struct {
  double sequences, tpot_s, ttft_s, output_tokens_per_second;
} BeServingPoint;
/* The pool's own model, GPU and layout; ascending sequences from one up to what memory allows.
 * `now` (nullable) gets the working point under the pool's target. */
GArray *
be_study_serving_curve (const BePlanInput *input, int pool, BeServingResult *now, GError **error);

/* ---- measured throughput ---- */

/* The software factor at which the serving model gives this throughput of a replica, tokens/s. With
 * `sequences` (NaN: unknown) it is the ratio to the model at that batch; without, the batch under
 * the pool's latency target moves with the factor, and the two are solved together. */
gboolean be_study_software_factor (const BePlanInput *input, int pool, double tokens_per_second,
                                   double sequences, double *factor, GError **error);
/* Takes the factor of a pool whose throughput is measured: the pool computes its throughput again,
 * with throughput/softwareEfficiency at the factor; with `everywhere`, so do all other pools that
 * compute theirs. One step of undo. */
gboolean be_study_take_measured_factor (BeScenario *scenario, const char *pool, gboolean everywhere,
                                        double *factor, GError **error);

/* ---- memory ---- */

/* One way that would fit. */
typedef struct {
  char *gpu; /* owned; catalogue key, NULL: the pool's own GPU */
  BeWeights weights;
  int gpus_per_replica;
  double gpu_hour_usd; /* rent on demand; NaN: not known, or the pool's own */
} BeFitChoice;
/* Memory of one GPU of the pool, GiB; parts add up to gpu_gib when it fits. */
typedef struct {
  gboolean fits;
  double gpu_gib, weights_gib;
  double cache_gib;    /* KV cache of the running sequences */
  double reserved_gib; /* what the engine does not give away */
  double free_gib;     /* negative: missing, when even one sequence does not fit */
  double cache_per_sequence_gib;
  double sequences, most_sequences; /* running; what memory allows; of the replica */
  GArray *would_fit; /* BeFitChoice: fewer bits, more GPUs, other GPUs (cheapest first) */
} BeServingFit;
gboolean be_study_fit (const BePlanInput *input, BeCatalog *catalog, int pool, BeServingFit *fit,
                       GError **error);
/* That a pool's model does not fit, and what would, as sentences; caller frees. The catalogue may
 * be NULL: then no other GPUs are named. */
char *be_study_fit_words (const BePlanInput *input, BeCatalog *catalog, int pool);
/* Only what would fit instead of a setup on this many GPUs, a sentence that begins with a space. */
char *be_study_would_fit_words (const BeServingSetup *setup, BeCatalog *catalog, int gpus,
                                double prompt, double output);
void be_serving_fit_clear (BeServingFit *fit);

/* ---- latency ---- */

/* The whole self-hosted plan at one latency target. */
typedef struct {
  double target_ms;
  gboolean meets_target;
  double tpot_s, ttft_s, output_tokens_per_second;
  double usd_per_mtok;  /* output tokens of a fully used replica, by the pool's own rent */
  double per_month_usd; /* NaN where it cannot be run */
  int replicas;
} BeLatencyPrice;
/* At the pool's target less `step_ms`, at it, and at it plus `step_ms`: what the next milliseconds
 * cost. A target does not go below 1 ms. */
gboolean be_study_latency_price (const BePlanInput *input, int pool, double step_ms,
                                 BeLatencyPrice prices[3], GError **error);

/* ---- precision ---- */

/* FP16, FP8, INT8, INT4 and FP4 side by side on the pool's own GPU and width. */
typedef struct {
  BeWeights weights;
  BeKvCache kv_cache;
  gboolean fits;
  double weights_gib;  /* of the whole replica */
  double memory_saved; /* share of the FP16 weights */
  double speed_ratio;  /* tokens/s against FP16; NaN where FP16 does not fit */
  double output_tokens_per_second, output_low, output_high, tpot_s;
  double usd_per_mtok, per_month_usd; /* as above */
  int replicas;
} BePrecision;
#define BE_N_PRECISIONS 5
gboolean be_study_precisions (const BePlanInput *input, int pool, BePrecision rows[BE_N_PRECISIONS],
                              GError **error);

/* ---- the fleet ---- */

/* What a GPU costs by the hour in each way, and to buy. NaN: not offered, not known. */
typedef struct {
  double on_demand_usd, reserved_usd, spot_usd;
  double capex_usd;
} BeFleetPrices;
/* Medians of the catalogue's dated rows; gpu is a key, NULL or unknown gives all NaN. */
void be_fleet_prices_find (BeCatalog *catalog, const char *gpu, BeFleetPrices *prices);

typedef enum {
  BE_FLEET_AS_IS,         /* the pool as it stands */
  BE_FLEET_STATIC,        /* sized at the peak, on demand all month */
  BE_FLEET_AUTOSCALED,    /* hour by hour, on demand, with cold starts */
  BE_FLEET_RESERVED,      /* sized at the peak, all of it reserved */
  BE_FLEET_RESERVED_BASE, /* the best reserved base under an autoscaled rest on demand */
  BE_FLEET_SPOT,          /* sized at the peak, more replicas for interruptions */
  BE_FLEET_OWNED,         /* bought */
  BE_N_FLEETS
} BeFleetKind;
typedef struct {
  gboolean known;       /* its price is known, and it can be run */
  double per_month_usd; /* the whole self-hosted plan */
  double gpu_hour_usd;
  int replicas, gpus, reserved; /* at the peak, spares included; reserved base */
  double mean_running;          /* replicas over the week, spares included */
  double utilisation;           /* of what stands */
  double cold_start_usd;        /* a month */
  double people_fte;
} BeFleetOption;
/* Every way to have the pool's fleet. The pool's own rent stands where it says so (its kind, its
 * reserved base, its ownership figures); other prices are of `prices`. Owned takes what the pool
 * does not say from the serving model's example: 4 years, 15 % residual, 8 % cost of capital,
 * 1.28 kW, PUE 1.3, $0.10/kWh, $100/kW-month. */
gboolean be_study_fleet (const BePlanInput *input, int pool, const BeFleetPrices *prices,
                         BeFleetOption options[BE_N_FLEETS], GError **error);

/* The pool `own` as one of these ways sets its rent; what it owns stays own's. FALSE: the price is
 * not known. */
gboolean
be_fleet_set_kind (BePool *pool, const BePool *own, BeFleetKind kind, const BeFleetPrices *prices);

/* Peak / mean of a week of load; 0 without load. */
double be_peak_to_average (const double load[BE_WEEK_HOURS]);
/* Hours of the week whose load exceeds this many replicas. */
int be_overload_hours (const double load[BE_WEEK_HOURS], double replicas);

/* ---- several workloads on one pool ---- */

/* The pool against one pool for each workload that it serves, and against itself if nothing could
 * wait. $/month of the pools' own bills; people and fixed cost are counted once. */
typedef struct {
  gsize n_workloads;
  double together_usd, separate_usd, undeferred_usd; /* NaN where it cannot be run */
  int together_replicas, separate_replicas, undeferred_replicas;
  double together_peak, separate_peaks; /* load in replicas; the sum of the separate peaks */
} BePooling;
gboolean be_study_pooling (const BePlanInput *input, int pool, BePooling *pooling, GError **error);

G_END_DECLS
