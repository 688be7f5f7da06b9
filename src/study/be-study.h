/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine over many points: sweeps, crossings, the savings ladder. */
#pragma once

#include "scenario/be-scenario.h"
#include "study/be-serving-study.h"

G_BEGIN_DECLS

#define BE_STUDY_ERROR (be_study_error_quark ())
GQuark be_study_error_quark (void);
typedef enum {
  BE_STUDY_ERROR_INPUT, /* the engine refuses the input, or a price that is needed is missing */
  BE_STUDY_ERROR_RANGE, /* no points, an empty range, zero or less on a logarithmic axis */
} BeStudyError;

/* Curves of every plan over volume. x in requests/day over all workloads. */
typedef struct {
  gsize n;
  double *x;             /* requests/day, ascending; both sides of each step are points */
  double *y[BE_N_PLANS]; /* $/month; NaN where a plan is undefined or infeasible */
  int *hybrid_replicas, *self_hosted_replicas; /* sums */
} BeVolumeCurve;
void be_volume_curve_clear (BeVolumeCurve *curve);
/* From..to in requests/day, `points` samples (log spaced if asked) plus the staircase's edges
 * within the range (up to a bound that keeps it quick). */
gboolean be_study_volume_curve (const BePlanInput *input, double from, double to, guint points,
                                gboolean logarithmic, BeVolumeCurve *curve, GError **error);
/* A range that shows the crossings and today's volume. */
void be_study_volume_range (const BePlanInput *input, double *from, double *to);

/* Every plan over one input's path (CLI sweep, what-if). Caller frees rows: points x (1 +
 * BE_N_PLANS). */
gboolean be_study_sweep (BeScenario *scenario, const char *path, double from, double to,
                         guint points, gboolean logarithmic, double **rows, GError **error);

/* Where the self-hosted plan becomes cheaper than the hosted one, and where that is undone, over
 * one factor on every workload's volume. Rate limits are left aside: a crossing compares prices. A
 * volume is passed over only where no crossing can be, so every one up to `searched_to` is found,
 * to 1e-11 (with a wait target to 1e-7); this needs the hosted cost per unit of volume not to rise,
 * and the pools' bill not to fall, with volume. */
typedef enum { BE_CROSSING_BECOMES_CHEAPER, BE_CROSSING_REVERSAL } BeCrossingKind;
typedef struct {
  BeCrossingKind kind;
  double volume_factor;
  double requests_per_day; /* over all workloads */
  double mtok_per_month;
  double usd_per_month; /* hosted cost there (continuous) */
  gboolean permanent;
} BeCrossing;

typedef enum {
  BE_CROSSOVER_FOUND,           /* permanent crossover known */
  BE_CROSSOVER_NEVER,           /* never in the long run; a finite window may still be listed */
  BE_CROSSOVER_ALWAYS,          /* cheaper from the first request on */
  BE_CROSSOVER_BEYOND_CAPACITY, /* not within replicas.maximum */
  BE_CROSSOVER_NO_POOL,         /* nothing to compare with */
  BE_CROSSOVER_INFEASIBLE,      /* self-hosted plan cannot be evaluated */
} BeCrossoverVerdict;

typedef struct {
  BeCrossoverVerdict verdict;
  GArray *crossings;                             /* BeCrossing, ascending */
  double first;                                  /* requests/day, NaN = none */
  double permanent;                              /* requests/day, NaN = none */
  double self_usd_per_mtok, hosted_usd_per_mtok; /* the two numbers of the long run, same mix */
  double searched_to;                            /* requests/day */
  int hybrid_replicas;                           /* optimum at today's volume */
  double hybrid_usd_per_month;
} BeCrossover;
void be_crossover_clear (BeCrossover *crossover);
gboolean be_study_crossover (const BePlanInput *input, BeCrossover *crossover, GError **error);

/* What one workload costs on one offer: all of its requests there, buffer and the offer's own
 * charges included. */
typedef struct {
  BeFeasibility feasible;
  double per_month_usd, per_request_usd; /* NaN: a price is missing */
  double latency_s;                      /* NaN: unknown */
  double late_share; /* of attempts, past the timeout; NaN: not known; 0 without one */
} BeOfferCost;
/* costs: n_offers of the caller. Token factor 1 on every offer. */
gboolean be_study_offers (const BePlanInput *input, int workload, const BeOffer *offers,
                          gsize n_offers, BeOfferCost *costs, GError **error);

/* Where an answer may come from, by time and price. */
typedef enum { BE_PLACE_ROUTE, BE_PLACE_POOL, BE_PLACE_OFFER } BePlaceKind;
typedef struct {
  BePlaceKind kind;
  int index;              /* of the workload's route, of the pool, of the offer that was given */
  double share;           /* of the workload's requests that reach it; 0 for an offer */
  double latency_s;       /* of one request; NaN: unknown */
  double per_request_usd; /* all of the workload there, buffer included; NaN: no price is known */
  double late_share;      /* of interactive attempts, past the timeout; 0 without one and on a pool,
                             which is held to none; NaN: not known */
  double retries;         /* a month, on the route's share */
  double retries_usd;     /* a month, paid again for them, buffer included */
  gboolean on_front;      /* nothing is faster and no dearer, nor cheaper and no slower */
} BePlace;
/* What one workload's answers cost against the time that they take. */
typedef struct {
  GArray *places; /* BePlace: the routes, the pools that serve it, then the offers */
  double mean_s, per_request_usd; /* of the routing as it is, hosted; NaN: not known */
  int slowest;                    /* route; -1: not known */
  int reference;                  /* place that routing is held against; -1: there is one route */
  double retries, retries_usd;    /* a month, over the routes, buffer included */
} BeLatency;
/* The reference is the route of the highest quality, of equals the dearest, fine-tuned ones aside:
 * as of the savings ladder. Pools take their part of the self-hosted plan by their work. */
gboolean be_study_latency (const BePlanInput *input, int workload, const BeOffer *offers,
                           gsize n_offers, BeLatency *latency, GError **error);
void be_latency_clear (BeLatency *latency);
/* Whether a time and a price are known and above zero: both axes of the chart are logarithmic. */
gboolean be_place_has_point (const BePlace *place);

/* $/month of the hosted plan with what a pool serves on one offer more, at factors of today's
 * volume; NaN: a price is missing. Rate limits are left aside. An error when the pool serves a part
 * of a cascade, which no routing says. */
gboolean
be_study_elsewhere (const BePlanInput *input, int pool, const BeOffer *offer,
                    const double *volume_factors, gsize n, double *per_month_usd, GError **error);

/* Like against like: what a pool serves, on the same open weights hosted by a provider. */
typedef struct {
  gboolean known;                  /* the pool names a model and serves something */
  int other_workload, other_route; /* a hosted route in use that it is compared with and that runs
                                      another model; -1: none does */
  const BeCatalogOffer *offer;     /* cheapest host of the weights, borrowed from the scenario's
                                      catalogue; NULL: it has none */
  double per_month_usd; /* all that the pool serves, buffer included; NaN without offer */
  double per_mtok_usd;  /* the same by all its tokens */
} BeSameWeights;
gboolean
be_study_same_weights (BeScenario *scenario, int pool, BeSameWeights *same, GError **error);

/* One workload's hosted cost with a prompt cache at its arrival rate: the hit share is derived from
 * arrivals and time to live, write premium included. */
typedef enum {
  BE_CACHE_CASE_NONE,
  BE_CACHE_CASE_5_MINUTES,
  BE_CACHE_CASE_1_HOUR,
  BE_N_CACHE_CASES
} BeCacheCaseKind;
typedef struct {
  double per_month_usd; /* NaN: a price is missing */
  double hit;           /* share of the repeated tokens that is read, not written */
  double prefix_share;  /* of the prompt: what repeats */
} BeCacheCase;
gboolean be_study_caching (const BePlanInput *input, int workload, double volume_factor,
                           BeCacheCase cases[BE_N_CACHE_CASES], GError **error);
/* Reads after one write from which the cache has paid for the write: (write - input) / (input -
 * read). 0 where writing costs no more than input, infinite where reading saves nothing. */
double be_cache_break_even (const BeOffer *offer, gboolean one_hour);

/* The best fine-tuned route of a workload against the best other one, each with all of it. */
typedef struct {
  int large, small; /* routes; -1: the workload has none of the kind */
  gsize n;
  double *large_usd, *small_usd; /* $/month at each factor; owned */
  double crossing_factor;        /* the small one is cheaper from here on; NaN: never */
  double crossing_usd;
} BeReplacement;
gboolean be_study_replacement (const BePlanInput *input, int workload, const double *factors,
                               gsize n, BeReplacement *replacement, GError **error);
void be_replacement_clear (BeReplacement *replacement);

/* Where the price of a GPU-hour is from. */
typedef enum {
  BE_PRICED_BY_CATALOGUE, /* median rent on demand */
  BE_PRICED_BY_POOL,      /* the pool's own rent or ownership, as it stands */
  BE_PRICED_BY_NOTHING,   /* no price is known */
} BePriced;
/* One way to run a pool: a GPU, a precision, a number of GPUs for each replica. */
typedef struct {
  const BeCatalogGpu *gpu; /* borrowed from the catalogue, or the scenario's own */
  BeWeights weights;
  int gpus_per_replica;
  BePriced priced;
  double gpu_hour_usd; /* NaN without a price */
  int replicas;
  BeKvCache kv_cache;
  double tpot_s, ttft_s, output_tokens_per_second; /* of a replica, at what it serves first */
  double output_low, output_high;                  /* the band around it */
  unsigned doubts;                                 /* BE_DOUBT_... */
  double usd_per_mtok;  /* output tokens, of a replica that is fully used; NaN without a price */
  double per_month_usd; /* the whole self-hosted plan; NaN without a price, or infeasible */
  gboolean meets_target;
  gboolean on_front;     /* no other is both faster and cheaper by the token */
  gboolean is_pools_own; /* the GPU that the pool has now */
} BeServingChoice;
/* Every GPU of the catalogue and of the document x FP16, FP8, INT8, INT4, FP4 x 1, 2, 4, 8 GPUs
 * that fits: cheapest plan first, what cannot be run after that, what has no price last, by
 * tokens/s of a GPU. The pool's GPU and the user's own are priced by the pool's own rent, the
 * others by the catalogue, on demand and without a reserved base or whole instances. The pool's
 * other inputs stay, a measured software factor too; KV cache is FP8 where the weights are below 16
 * bits and the GPU knows FP8, else FP16. `input` is of the scenario, its volume may differ. GArray
 * of BeServingChoice. */
GArray *be_study_gpus (const BePlanInput *input, BeScenario *scenario, int pool, GError **error);

/* One published figure beside ours: every worked example ("W1" ...) and claim ("C1" ...). what,
 * source and note are N_(): translate them. The published figure is a range: what its digits or its
 * tolerance leave open, or the claim itself. */
typedef struct {
  const char *id, *what, *source;
  double published_low, published_high;
  double ours;      /* NaN: not worked out here */
  gboolean holds;   /* ours is in the range */
  const char *note; /* why it differs, or is not worked out; NULL: nothing to say */
  gboolean worked;
} BeReferenceCheck;
/* Every reference check; GArray of BeReferenceCheck. */
GArray *be_study_reference (BeCatalog *catalog);

/* From what one scenario costs to what another does, by the groups of inputs that differ. */
typedef struct {
  double start_usd, end_usd;      /* a month, of the cheapest plan of each; NaN: none can be run */
  double change_usd[BE_N_GROUPS]; /* each group's inputs applied after those before it */
  double other_usd; /* the rest: what was added or removed, and inputs that fit only with it */
} BeBridge;
/* differences: of be_scenario_diff (a, b). The changes add up to end - start. Neither scenario is
 * touched. An error when one of them cannot be priced. */
gboolean be_study_bridge (BeScenario *a, BeScenario *b, GPtrArray *differences, BeBridge *bridge,
                          GError **error);

typedef enum {
  BE_LEVER_CACHING,
  BE_LEVER_BATCH,
  BE_LEVER_ROUTING,
  BE_LEVER_FINE_TUNED,
  BE_LEVER_SELF_HOSTING,
  BE_LEVER_QUANTISATION,
  BE_LEVER_HYBRID,
  BE_N_LEVERS
} BeLever;
const char *be_lever_id (BeLever lever);    /* as in the file's `ladder` */
const char *be_lever_label (BeLever lever); /* translated */
typedef struct {
  BeLever lever;
  gboolean used;
  char *reason;      /* translated, why it is left out; NULL when used */
  double change_usd; /* signed: negative saves */
} BeRung;
typedef struct {
  double start_usd; /* the unoptimised hosted plan */
  double end_usd;   /* the cheapest plan; start + sum of changes exactly */
  int end_plan;     /* BePlanKind */
  GArray *rungs;    /* BeRung */
} BeLadder;
void be_ladder_clear (BeLadder *ladder);
/* In the order of the file's member `ladder`; levers it does not name follow. On an error the
 * ladder is empty. */
gboolean be_study_ladder (BeScenario *scenario, BeLadder *ladder, GError **error);
/* The same for an input alone; order holds all BE_N_LEVERS, NULL = as enumerated. Quantisation and
 * hybrid move behind self-hosting. Provisioned throughput is no lever: the end is the cheapest of
 * the other plans. Rate limits and quality floors do not stop a step. */
gboolean be_study_ladder_of_input (const BePlanInput *input, const BeLever *order, BeLadder *ladder,
                                   GError **error);

G_END_DECLS
