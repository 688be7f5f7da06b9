/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one evaluation: every plan's monthly cost for one resolved scenario. Pure, no I/O. */
#pragma once

#include "engine/be-price.h"
#include "engine/be-serving.h"

typedef enum { BE_ROUTING_SPLIT, BE_ROUTING_CASCADE } BeRoutingKind;
typedef enum { BE_CACHE_GIVEN, BE_CACHE_DERIVED } BeCacheSource;
typedef enum {
  BE_RENT_ON_DEMAND,
  BE_RENT_RESERVED_1Y,
  BE_RENT_RESERVED_3Y,
  BE_RENT_SPOT,
  BE_RENT_OWNED
} BeRentKind;

/* "best" number of reserved replicas. */
#define BE_RESERVED_BEST (-1.0)

typedef struct {
  int offer; /* index into BePlanInput.offers; -1: unresolved, evaluation answers BE_MISSING_PRICE
              */
  double share;        /* 0..1, meaning by routing kind */
  double quality;      /* 0..1 */
  double token_factor; /* 0.65..1.35 in practice */
  bool fine_tuned;
} BeRoute;

typedef struct {
  double requests_per_day;                 /* calls, after people x sessions x requests */
  double profile[BE_WEEK_HOURS];           /* hourly weights, mean 1 */
  double system, input, output, reasoning; /* tokens of one call; reasoning on top of output */
  double input_spread, output_spread;      /* coefficients of variation */
  int turns;                               /* >= 1 */
  BeCacheSource cache_source;
  double cache_read_share, cache_write_share;                   /* given */
  double cache_ttl_minutes, cache_prefix_share, cache_prefixes; /* derived */
  double batch_share;
  double retry_rate, retry_billed_share;
  int max_retries;
  double timeout_s; /* 0 = none */
  double buffer;    /* share of cost */
  double searches_per_request;
  double minimum_quality;
  double growth_per_month;
  BeRoutingKind routing;
  double overhead_per_request_usd;
  BeRoute *routes; /* owned */
  size_t n_routes;
} BeWorkload;

typedef struct {
  int workload;
  double share;
  double quality;
  double token_factor;
  unsigned char *replaces; /* owned; n_routes flags, NULL = evenly from all routes */
} BeServes;

typedef struct {
  double from_replicas, fte;
} BePeopleStep;

typedef struct {
  BeServes *serves; /* owned */
  size_t n_serves;
  int gpus_per_replica;            /* t x g x a all together as rented */
  int gpus_per_instance;           /* replicas are rented in whole instances; 0 = any number */
  bool throughput_measured;        /* false: computed by the serving model from `serving` */
  double output_tokens_per_second; /* measured, per replica */
  double sequences;                /* NaN = unknown */
  double measured_tpot_ms, measured_ttft_ms; /* NaN = unknown */
  BeServingSetup serving;                    /* model, GPU, layout, precision */
  bool serving_known;                        /* the model and GPU were found */
  double prefix_hit_share;
  double target_tpot_ms, wait_s, wait_probability;
  int minimum, spare, maximum;
  bool autoscale;
  double cold_start_minutes;
  BeRentKind rent_kind;
  double gpu_hour_usd;
  double interruption;
  double reserved_replicas;     /* 0 none, BE_RESERVED_BEST */
  double reserved_gpu_hour_usd; /* NaN = unknown, as capex_usd: a fleet that needs it has no cost */
  double capex_usd, life_years, residual, cost_of_capital, kw, pue, per_kwh_usd,
      colocation_per_kw_month_usd, maintenance; /* owned, per GPU */
  double per_fte_month_usd;
  BePeopleStep *people; /* owned, ascending */
  size_t n_people;
  double fixed_per_month_usd;
  double overhead_share;
  double setup_cost_usd;
  int overflow_offer; /* -1: the workload's own routing */
} BePool;

typedef struct {
  int workload, offer;
  double units, unit_hour_usd, tokens_per_minute_per_unit, term_months;
} BeProvisioned;

/* Everything be_plan_evaluate needs. Arrays owned: be_plan_input_clear frees all below. */
typedef struct {
  double month_hours;
  double volume; /* one factor on every workload's requests; 1 as written */
  BeOffer *offers;
  size_t n_offers;
  BeWorkload *workloads;
  size_t n_workloads;
  BePool *pools;
  size_t n_pools;
  BeProvisioned *provisioned;
  size_t n_provisioned;
} BePlanInput;

typedef enum {
  BE_PLAN_HOSTED,
  BE_PLAN_SELF_HOSTED,
  BE_PLAN_HYBRID,
  BE_PLAN_PROVISIONED,
  BE_N_PLANS
} BePlanKind;

typedef enum {
  BE_LINE_FRESH_INPUT,
  BE_LINE_CACHED_INPUT,
  BE_LINE_CACHE_WRITE,
  BE_LINE_OUTPUT,
  BE_LINE_REASONING,
  BE_LINE_SEARCHES,
  BE_LINE_REQUEST_FEES,
  BE_LINE_TIMEOUT_RETRIES, /* paid attempts that there would be none of without the timeout */
  BE_LINE_ROUTER,
  BE_LINE_COMMITMENT_SHORTFALL,
  BE_LINE_TRAINING,
  BE_LINE_HOSTING,
  BE_LINE_RENT,
  BE_LINE_OWNERSHIP,
  BE_LINE_COLD_START,
  BE_LINE_PEOPLE,
  BE_LINE_FIXED,
  BE_LINE_OVERHEAD,
  BE_LINE_PROVISIONED,        /* the used part of committed units */
  BE_LINE_PROVISIONED_UNUSED, /* the unused part */
  BE_LINE_BUFFER,
  BE_N_LINES
} BeLineKind;

/* One line of a bill; indices are -1 where they do not apply. Hosted lines name workload, route and
 * offer; `overflow` marks the hosted part of a workload that a pool serves in hybrid. */
typedef struct {
  BeLineKind kind;
  int workload, route, offer, pool;
  bool overflow;
  double usd;      /* per month */
  double quantity; /* tokens, requests, GPU-hours, FTE ... per month; NaN where meaningless */
  double rate_usd; /* per Mtok, request, GPU-hour, FTE; NaN where meaningless */
} BeLine;

typedef enum {
  BE_FEASIBLE,
  BE_INFEASIBLE_UNSERVED, /* rate limits leave requests unserved in the week */
  BE_INFEASIBLE_DOES_NOT_FIT,
  BE_INFEASIBLE_MISSING_PRICE,
  BE_INFEASIBLE_CAPACITY,      /* more than replicas.maximum needed */
  BE_INFEASIBLE_NO_THROUGHPUT, /* model or GPU unknown, or measured speed missing */
  BE_INFEASIBLE_QUALITY,       /* below the workload's floor */
} BeFeasibility;

typedef struct {
  bool defined;
  BeFeasibility feasible;
  int fault_workload, fault_route, fault_pool; /* where, -1 */
  double per_month_usd;       /* NaN: not known, as a price, a speed or capacity is missing */
  double per_request_usd;     /* by requests asked for */
  double per_mtok_usd;        /* by prompt + output + reasoning tokens asked for */
  double per_mtok_input_usd;  /* whole cost by prompt tokens asked for */
  double per_mtok_output_usd; /* whole cost by output and reasoning tokens asked for */
  double quality;             /* share-weighted */
  double latency_mean_s, latency_slowest_s; /* NaN = unknown */
  BeLine *lines;                            /* owned */
  size_t n_lines, lines_allocated;
} BePlan;

typedef struct {
  int replicas; /* at the peak hour, spares included; in hybrid: working ones */
  int gpus;
  double utilisation;              /* mean load / capacity */
  double output_tokens_per_second; /* per replica, at the mix of what it serves */
  double mean_replicas;            /* load in replicas, mean over the week */
  double peak_replicas;            /* at the peak hour */
  double overflow_share;           /* of the pool's work; hybrid only */
  double people_fte;
  bool queueing_margin;       /* false: sized without one */
  double headroom;            /* growth of every volume that the fleet still carries, where it is
                                 one size all month; NaN where it scales, or in hybrid */
  int reserved;               /* replicas of the reserved base under the rest; 0 = none */
  double load[BE_WEEK_HOURS]; /* interactive work by hour, in replicas */
  int needed[BE_WEEK_HOURS];  /* replicas for that work within the wait target */
  int running[BE_WEEK_HOURS]; /* replicas that stand at each hour, spares included */
  double overflow[BE_WEEK_HOURS]; /* share of the hour's interactive work; 0 in self-hosted */
  double *costs; /* hybrid: $/month of the pool's work for n = 0..n_costs-1; owned */
  size_t n_costs;
  struct BeQueueMemory {
    double key[4];
    double *erlangs; /* owned */
    int known, allocated;
  } queue_memory; /* the wait target's capacities, which hold at every volume; private */
  struct BeSpeedMemory *speed_memory; /* by what it serves; private */
  size_t n_speeds;
} BePoolResult;

typedef enum {
  BE_WARN_RATE_LIMIT, /* value = throttled share at the peak hour */
  BE_WARN_UNSERVED,
  BE_WARN_LATENCY_UNKNOWN, /* a timeout is set but a route's latency is unknown */
  BE_WARN_NO_QUEUEING_MARGIN,
  BE_WARN_QUALITY_FLOOR,
  BE_WARN_MEMORY_EDGE,
  BE_WARN_OTHER_MODEL_OVERFLOW,
} BeWarningKind;

/* Indices are -1 where they do not apply; plan -1: of the input, whatever the plan. */
typedef struct {
  BeWarningKind kind;
  int plan; /* BePlanKind */
  int workload, route, pool;
  double value, limit;
} BeWarning;

/* What the hosted plan asks of one offer at its busiest hour, retries and escalations included,
 * deferred requests left out. */
typedef struct {
  double attempts_per_minute, tokens_per_minute;
} BePeakLoad;

/* How long a route takes for a request, and what the workload's timeout makes of it. */
typedef struct {
  int workload, route;
  double latency_s;  /* at the mean length of an answer; NaN = unknown */
  double late_share; /* of interactive attempts; 0 without a timeout, NaN where it is not known */
  double retries; /* attempts more for one interactive request, as late answers are asked again */
} BeRouteTime;

/* What a pool does for one of the workloads that it serves. */
typedef struct {
  int pool, workload;
  double requests;   /* a month, all of its share */
  double latency_s;  /* NaN = unknown */
  double work_share; /* of the pool's work */
} BeServeTime;

typedef struct {
  double requests_per_month, input_mtok, output_mtok; /* asked for; output includes reasoning */
  BePlan plans[BE_N_PLANS];
  BePoolResult *self_hosted, *hybrid; /* n_pools each; owned */
  size_t n_pools;
  int cheapest;      /* BePlanKind, -1 if none is feasible; on a tie hosted, hybrid, self-hosted */
  BePeakLoad *peaks; /* by offer, n_offers; owned; filled in with the hosted plan */
  size_t n_offers;
  BeRouteTime *times; /* of every route, workload by workload; owned */
  size_t n_times;
  BeServeTime *serves; /* pool by pool; owned; none unless a plan with pools was asked for */
  size_t n_serves;
  BeWarning *warnings; /* owned */
  size_t n_warnings, warnings_allocated;
} BePlanResult;

void be_plan_input_init (BePlanInput *input);
void be_plan_input_clear (BePlanInput *input);
BeStatus be_plan_input_copy (BePlanInput *to, const BePlanInput *from);
void be_workload_init (BeWorkload *workload); /* the file format's defaults, flat profile */
void be_pool_init (BePool *pool);

/* Prompt tokens of one call, mean over the turns, each of which resends what came before it. */
double be_workload_prompt (const BeWorkload *workload);
/* Share of its calls, over the turns, whose prompt with the mean answer has more tokens than this,
 * both times the token factor; by the spread of the prompts. NaN for a NaN. */
double be_workload_share_above (const BeWorkload *workload, double token_factor, double tokens);
/* Share of the workload's requests that an entry may take: all, or those of the routes of a split
 * that it replaces. */
double be_serves_reach (const BeServes *serves, const BeWorkload *workload);

/* Whether the fleet follows the load hour by hour. Bought or reserved GPUs are paid all month. */
bool be_pool_scales (const BePool *pool);

void be_plan_result_init (BePlanResult *result);
void be_plan_result_clear (BePlanResult *result);

/* USD an hour of an owned GPU: amortisation with residual, capital, power, colocation, maintenance
 * (serving model, "Owned GPU-hour"). */
double be_owned_gpu_hour (const BePool *pool);

/* Evaluates all plans. `result` may be one that was used before: its memory is used again. A plan
 * that cannot be priced is marked infeasible with the reason; the status is BE_OK then too.
 * BE_INVALID for an input that breaks its ranges. Thread-safe on different results. */
BeStatus be_plan_evaluate (const BePlanInput *input, BePlanResult *result);

/* Which plans to work out; the others are left undefined. For studies that need one line only. */
#define BE_PLANS_ALL 0xfu
BeStatus be_plan_evaluate_some (const BePlanInput *input, unsigned plans, BePlanResult *result);
