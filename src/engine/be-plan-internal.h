/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the plan evaluation share. Private to the engine. */
#pragma once

#include "engine/be-plan.h"

enum { BE_WEEK_DAYS = 7, BE_DAY_HOURS = 24 };

/* Derived quantities of one workload at the volume of the evaluation. */
typedef struct {
  const BeWorkload *workload;
  double per_hour;                 /* requests, mean over the week */
  double per_month;                /* requests */
  double profile[BE_WEEK_HOURS];   /* mean 1 */
  double day_weight[BE_WEEK_DAYS]; /* mean of the profile over each UTC day */
  double prompt;                   /* tokens of one request, mean over the turns */
  double read_share, write_share;  /* of prompt tokens */
  bool write_1h;
  double attempts; /* expected attempts a request */
  double billed;   /* whole requests billed for one request asked */
} BeFlow;

/* USD of one request asked, retries included, in one window (or none). */
typedef struct {
  double usd[BE_N_PARTS];
  double total_usd;
} BeCell;

/* One priced route of one workload. */
typedef struct {
  int offer; /* index */
  int workload, route;
  double share;     /* of the workload's requests that reach it */
  double end_share; /* of the workload's requests that end there */
  double quality;
  double attempts, billed; /* of one interactive request, timeouts included */
  double attempt_tokens;   /* prompt and output tokens of one attempt, token factor applied */
  double tokens[BE_N_PARTS];
  double router_usd; /* a request that reaches it */
  double latency_s;  /* NaN = unknown */
  double late_share; /* of interactive attempts; NaN: not known */
  BeStatus status;
  size_t n_cells; /* 1 + windows of the offer */
  double *week;   /* interactive share by cell over the week, then the deferred one */
  BeCell *cells;  /* interactive by cell, then deferred */
} BeRouteBook;

/* The serving model's answer for one workload, which holds at every volume. */
struct BeSpeedMemory {
  BeServingSetup setup;
  BeServingDemand demand;
  double prompt, output;
  bool known;
  BeStatus status;
  BeServingResult result;
};

/* What a pool does for one workload. */
typedef struct {
  const BeServes *serves;
  const BeFlow *flow;
  const BeRouteBook *books; /* the workload's routes */
  BeRouteBook *overflow;    /* the pool's other overflow offer, or NULL */
  double fraction;          /* of the workload's requests */
  double replaced;          /* share of the workload's requests on the replaced routes */
  double tokens_per_second, hold_s, sequences, latency_s;
  double work;                  /* replica-hours of one request */
  struct BeSpeedMemory *memory; /* of the result, or NULL */
} BePoolEntry;

/* The largest offered load by the number of replicas, with the wait target. */
typedef struct {
  double servers_per_replica, hold_s, wait_s, probability;
  double *erlangs; /* by n; owned */
  int known;       /* entries that are filled in */
  int allocated;
} BeQueue;

typedef struct {
  const BePool *pool;
  BePoolEntry *entries; /* n_serves; owned by the evaluation */
  BeFeasibility feasible;
  double load[BE_WEEK_HOURS];         /* interactive work, replicas */
  double erlangs[BE_WEEK_HOURS];      /* interactive */
  double deferred[BE_WEEK_DAYS];      /* replica-hours */
  double overflow_usd[BE_WEEK_HOURS]; /* a month, if all of the hour overflowed; with buffer */
  double overflow_deferred_usd[BE_WEEK_DAYS];
  double hosted_usd;         /* all of its traffic on the workloads' own routes; with buffer */
  int needed[BE_WEEK_HOURS]; /* replicas for the interactive work */
  int working;               /* a static fleet, deferred work included, before the minimum */
  double mean_load, peak_load;
  double peak_erlangs,
      peak_day; /* peak_day: replicas' work of the busiest day with deferred work */
  double tokens_per_second;
  double buffer;
  double free_share; /* NaN when the speed was measured */
  bool queueing;
  BeQueue queue;
  struct BeQueueMemory *queue_memory; /* of the result, or NULL */
} BePoolState;

/* One week of a fleet. */
typedef struct {
  int replicas[BE_WEEK_HOURS];
  int peak;
  bool level;                           /* as many at every hour */
  bool summed;                          /* only these two sums are known, not the hours */
  double replica_hours, starts;         /* of the week */
  double served[BE_WEEK_HOURS];         /* share of the interactive work */
  double deferred_served[BE_WEEK_DAYS]; /* share of the deferred work */
} BeFleetWeek;

/* A pool's monthly bill, before the buffer. */
typedef struct {
  double rent_usd, ownership_usd, cold_start_usd, people_usd, fixed_usd, overhead_usd, total_usd;
  double gpu_hours, cold_gpu_hours, gpu_hour_usd, fte;
  int replicas, gpus; /* rented at the peak: spares, and what makes up for interruptions */
  int reserved;       /* replicas of the base */
} BePoolBill;

/* What all plans of one evaluation share. */
typedef struct {
  const BePlanInput *input;
  BeFlow *flows;
  BeRouteBook *books; /* all workloads' routes, one after the other */
  size_t *first_book; /* by workload; n_workloads + 1 entries */
  BePoolState *pools;
  BePoolEntry *entries;
  BeRouteBook *overflow_books; /* one for each entry */
  double *weights;             /* room for the cells of one route */
  double *spend, *buffered;    /* by account */
  unsigned char *used;         /* by account */
  double *limits;              /* a minute: attempts, then tokens, by offer and hour */
  bool limited;                /* some offer has a limit */
  double *kept;                /* by book: share of its traffic that stays hosted */
  double *quality;             /* by workload: sum of requests x quality */
} BeEvaluation;

/* One plan's bill in the making. */
typedef struct {
  BeEvaluation *evaluation;
  BePlan *plan;
  double buffer_usd;
  double latency; /* sum weighted by requests */
  bool counts_load;
  bool out_of_memory;
} BeBill;

/* Whether every number is inside its range. */
bool be_plan_input_valid (const BePlanInput *input);

/* Mean prompt tokens of the n-th turn, from 1: it resends what came before it. */
double be_turn_prompt (const BeWorkload *workload, int turn);
void be_flow_derive (BeFlow *flow, const BeWorkload *workload, double volume, double month_hours);
/* Attempts and whole requests billed at failure rate r, at most `retries` retries and billed share
 * b. */
void
be_retry_factors (double rate, int retries, double billed_share, double *attempts, double *billed);

/* Cells of a book of this offer. */
size_t be_route_cells (const BeOffer *offer);
/* Prices a route; book->week and book->cells are set by the caller (2 n_cells each). */
void
be_route_price (BeRouteBook *book, const BeFlow *flow, const BeOffer *offer, double token_factor);
/* Share of hour h (or of day d, for deferred work) in one cell. */
double be_route_hour_share (const BeOffer *offer, size_t cell, int hour);
double be_route_day_share (const BeOffer *offer, size_t cell, int day);
/* USD of one request at an hour, or deferred on a day, router included. */
double be_route_hour_usd (const BeRouteBook *book, const BeOffer *offer, int hour);
double be_route_day_usd (const BeRouteBook *book, const BeOffer *offer, int day);

/* The load on offers is counted in the hosted plan, in the others only where there are limits. */
void be_bill_start (BeBill *bill, BeEvaluation *evaluation, BePlan *plan, bool hosted);
BeLine *be_bill_line (BeBill *bill, BeLineKind kind, double usd, double quantity, double rate_usd);
/* Bills requests of a route: counts[] of a month by cell, interactive then deferred. */
void be_bill_route (BeBill *bill, const BeRouteBook *book, const double *counts, bool overflow);
/* Bills the share `kept` of the route's whole traffic and counts it against the limits. */
void be_bill_kept (BeBill *bill, const BeRouteBook *book, double kept);
/* Bills what is not served elsewhere of this share of the workload's requests, hour by hour and,
 * deferred, day by day; of them the share `ended` ends on the route. Counts it against the limits.
 */
void be_bill_rest (BeBill *bill, const BeRouteBook *book, double share, double ended,
                   const double served[BE_WEEK_HOURS], const double deferred_served[BE_WEEK_DAYS],
                   bool overflow);
/* Notes where requests of a month are answered: `ended` of them end there with this quality,
 * `answered` take this long there. */
void be_bill_answer (BeBill *bill, int workload, double ended, double quality, double answered,
                     double latency_s);
/* Bills the router's or judge's fee of requests that a route answers without a price of its own. */
void be_bill_router (BeBill *bill, const BeRouteBook *book, double requests);
void be_bill_pool (BeBill *bill, int pool, const BePoolBill *fleet, double buffer);
void be_bill_fault (BeBill *bill, BeFeasibility feasible, int workload, int route, int pool);
/* USD a month of an account beyond what is used: shortfall, training, hosting. */
/* The offer whose commitment, training and hosting an offer shares. */
int be_account_of (const BePlanInput *input, int offer);
double be_account_usd (const BePlanInput *input, int account, double spend);
/* Shortfalls, training and hosting, the buffer line, totals, limits and quality floors. */
void be_bill_finish (BeBill *bill, BePlanResult *result, bool warn);

/* Largest load in erlangs that n replicas carry within the wait target; fills the table. NaN when
 * memory is out. */
double be_queue_capacity (BeQueue *queue, int n);
/* Takes over what an earlier evaluation solved for the same target, speed and slots; gives it back
 * for the next one. What is remembered never changes a result by more than the solver's 1e-9. */
void be_queue_recall (BeQueue *queue, struct BeQueueMemory *memory);
void be_queue_remember (BeQueue *queue, struct BeQueueMemory *memory);

BeStatus be_pool_derive (BePoolState *state, const BeEvaluation *evaluation, int index);
/* Growth of every volume that n working replicas still carry; NaN for a fleet that scales. */
double be_pool_headroom (BePoolState *state, int n);
/* The week of a fleet of at most n working replicas that scales or not. */
void be_pool_run (const BePoolState *state, int n, int minimum, BeFleetWeek *week);
/* USD a month of a fleet with `spare` more replicas at every hour. */
void be_pool_bill (const BePoolState *state, const BeFleetWeek *week, int spare, double month_hours,
                   BePoolBill *bill);

void be_plan_result_warn (BePlanResult *result, BeWarning warning);
/* Bills what stays hosted beside the pools, by evaluation->kept. */
void be_plan_bill_kept (BeBill *bill);
/* Share of each route's traffic that no pool takes; all of it without pools. */
void be_plan_keep (BeEvaluation *evaluation, bool pools);
BeStatus be_hybrid_evaluate (BeEvaluation *evaluation, BePlanResult *result);
void be_provisioned_evaluate (BeEvaluation *evaluation, BePlanResult *result);
