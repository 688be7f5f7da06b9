/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The volumes from which self-hosting is cheaper, from which it is not, and from which it stays so.
 *
 * The hosted plan less what stays hosted beside the pools is the worth of the pools' work, W(x). It
 * is continuous and grows with the volume factor x, and W(x) / x does not grow (but for commitments
 * that are not used up, see next_candidate). The pools' bill B(x) is a staircase that does not
 * fall. So:
 *  - while B > W, the volume x B / W is still below or at the next crossing: a jump skips none;
 *  - while W >= B, W (low) >= B (high) proves that all of low..high is cheaper; where that fails
 *    the interval is halved until it holds an edge of the staircase. */
#include "study/be-study-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_PROBES 40000u
#define SLACK 1e-12      /* relative, for sums of money in double */
#define EDGE_WIDTH 1e-11 /* relative width to which an edge of the staircase is found */
/* The same with a wait target, where each halving solves queues: finer than anything shown. */
#define QUEUEING_EDGE_WIDTH 1e-7
#define LONG_RUN_REPLICAS 4096.0
#define LONG_RUN_MAXIMUM 100000000

/* One pool at one volume. */
typedef struct {
  double bill_usd, standing_usd; /* standing: people and fixed lines, without buffer */
  double peak, fte;
  int working;     /* replicas without spares */
  double headroom; /* growth to the next step; NaN: not known */
  gboolean queueing;
} PoolPoint;

typedef struct {
  double x, hosted_usd, worth_usd, bill_usd; /* bill is infinite beyond the pools' maximum */
  double mtok;
  double usage_usd;   /* hosted lines that grow with volume, with buffer */
  gboolean shortfall; /* a commitment is not used up: worth by volume may rise for a while */
  PoolPoint *pools;   /* n_pools; owned by the search's array of points */
} Point;

/* What one pool costs far out, where people's steps and queueing no longer matter. */
typedef struct {
  double slope_usd;   /* $/month per volume factor */
  double replica_usd; /* one more replica */
  double step_usd;    /* the most that one step of the fleet adds */
  double floor_slope_usd;
} PoolLongRun;

typedef enum { WALK_CHEAPER, WALK_DEARER, WALK_PERMANENT, WALK_END, WALK_FAILED } Walk;

typedef struct {
  BePlanInput input; /* owned copy without rate limits */
  BePlanResult result;
  double volume, requests_per_day; /* of factor 1 */
  double buffer;                   /* the largest */
  PoolLongRun *pools;              /* owned */
  double bill_slope, worth_slope;
  guint probes;
  BeStatus status;
  BeFeasibility fault;
} Search;

GQuark
be_study_error_quark (void)
{
  return g_quark_from_static_string ("be-study-error-quark");
}

void
be_crossover_clear (BeCrossover *crossover)
{
  g_clear_pointer (&crossover->crossings, g_array_unref);
}

static void
point_init (Point *point, const Search *search)
{
  *point = (Point){ .pools = g_new0 (PoolPoint, MAX (search->input.n_pools, 1)) };
}

static void
point_clear (Point *point)
{
  g_clear_pointer (&point->pools, g_free);
}

static void
point_swap (Point *a, Point *b)
{
  Point kept = *a;
  *a = *b;
  *b = kept;
}

/* The buffer line is the plan's; what hosted lines and account charges (at the mean rate of the
 * hosted lines) do not explain is the pools' part. Returns it as a share of their lines. */
static double
find_pool_buffer (const Search *search, const BePlan *plan)
{
  double buffer = 0, pools = 0, hosted = 0, hosted_buffer = 0, charges = 0;
  for (size_t i = 0; i < plan->n_lines; i++) {
    const BeLine *line = &plan->lines[i];
    if (line->kind == BE_LINE_BUFFER) {
      buffer += line->usd;
    } else if (line->pool >= 0) {
      pools += line->usd;
    } else if (line->workload >= 0) {
      hosted += line->usd;
      hosted_buffer += line->usd * search->input.workloads[line->workload].buffer;
    } else {
      charges += line->usd;
    }
  }
  if (hosted > 0)
    hosted_buffer += charges * hosted_buffer / hosted;
  return pools > 0 ? CLAMP ((buffer - hosted_buffer) / pools, 0, search->buffer) : 0;
}

/* What grows with volume in the hosted plan, and whether any plan pays for an unused commitment. */
static void
fill_usage (const Search *search, Point *point)
{
  point->usage_usd = 0;
  point->shortfall = FALSE;
  for (int kind = BE_PLAN_HOSTED; kind <= BE_PLAN_SELF_HOSTED; kind++)
    for (size_t i = 0; i < search->result.plans[kind].n_lines; i++) {
      const BeLine *line = &search->result.plans[kind].lines[i];
      point->shortfall |= line->kind == BE_LINE_COMMITMENT_SHORTFALL;
      if (kind == BE_PLAN_HOSTED && line->workload >= 0)
        point->usage_usd += line->usd * (1 + search->buffer);
    }
}

static void
fill_pools (const Search *search, Point *point)
{
  const BePlan *plan = &search->result.plans[BE_PLAN_SELF_HOSTED];
  double buffer = find_pool_buffer (search, plan);
  for (size_t p = 0; p < search->input.n_pools; p++) {
    const BePoolResult *pool = &search->result.self_hosted[p];
    point->pools[p] = (PoolPoint){ .peak = MAX (pool->peak_replicas, pool->mean_replicas),
                                   .fte = pool->people_fte,
                                   .working = pool->replicas - search->input.pools[p].spare,
                                   .headroom = pool->headroom,
                                   .queueing = pool->queueing_margin };
  }
  for (size_t i = 0; i < plan->n_lines; i++) {
    const BeLine *line = &plan->lines[i];
    if (line->pool < 0)
      continue;
    point->pools[line->pool].bill_usd += line->usd * (1 + buffer);
    if (line->kind == BE_LINE_PEOPLE || line->kind == BE_LINE_FIXED)
      point->pools[line->pool].standing_usd += line->usd;
  }
}

/* Works out both plans at one volume. FALSE when they cannot be priced at all. */
static gboolean
probe (Search *search, double x, Point *point)
{
  const BePlan *plans = search->result.plans;
  search->probes++;
  search->input.volume = search->volume * x;
  search->status = be_plan_evaluate_some (
      &search->input, 1u << BE_PLAN_HOSTED | 1u << BE_PLAN_SELF_HOSTED, &search->result);
  if (search->status != BE_OK)
    return FALSE;
  BeFeasibility hosted = plans[BE_PLAN_HOSTED].feasible, self = plans[BE_PLAN_SELF_HOSTED].feasible;
  search->fault = hosted == BE_FEASIBLE || hosted == BE_INFEASIBLE_QUALITY ? self : hosted;
  if (search->fault != BE_FEASIBLE && search->fault != BE_INFEASIBLE_CAPACITY)
    return FALSE;
  point->x = x;
  point->hosted_usd = point->worth_usd = plans[BE_PLAN_HOSTED].per_month_usd;
  point->mtok = search->result.input_mtok + search->result.output_mtok;
  point->bill_usd = INFINITY;
  if (self == BE_INFEASIBLE_CAPACITY)
    return TRUE;
  fill_pools (search, point);
  fill_usage (search, point);
  point->bill_usd = 0;
  for (size_t p = 0; p < search->input.n_pools; p++)
    point->bill_usd += point->pools[p].bill_usd;
  point->worth_usd =
      point->hosted_usd - (plans[BE_PLAN_SELF_HOSTED].per_month_usd - point->bill_usd);
  return TRUE;
}

static gboolean
is_cheaper (const Point *point)
{
  return point->worth_usd * (1 + SLACK) >= point->bill_usd;
}

static void
search_clear (Search *search)
{
  be_plan_result_clear (&search->result);
  be_plan_input_clear (&search->input);
  g_free (search->pools);
}

static gboolean
search_init (Search *search, const BePlanInput *input, GError **error)
{
  *search = (Search){ .volume = input->volume };
  be_plan_result_init (&search->result);
  be_plan_input_init (&search->input);
  if (be_plan_input_copy (&search->input, input) != BE_OK) {
    g_set_error (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT, _ ("Out of memory"));
    return FALSE;
  }
  for (size_t i = 0; i < search->input.n_offers; i++)
    search->input.offers[i].rpm_limit = search->input.offers[i].tpm_limit = NAN;
  for (size_t i = 0; i < search->input.n_workloads; i++) {
    search->requests_per_day += search->input.workloads[i].requests_per_day * search->volume;
    search->buffer = MAX (search->buffer, search->input.workloads[i].buffer);
  }
  search->pools = g_new0 (PoolLongRun, MAX (input->n_pools, 1));
  return TRUE;
}

/* Between two volumes far out: what the pools and the hosted work cost by volume and by replica. */
static void
fill_long_run (Search *search, const Point *near, const Point *far)
{
  double span = far->x - near->x;
  search->worth_slope = (far->worth_usd - near->worth_usd) / span;
  search->bill_slope = (far->bill_usd - near->bill_usd) / span;
  for (size_t p = 0; p < search->input.n_pools; p++) {
    const BePool *pool = &search->input.pools[p];
    PoolLongRun *run = &search->pools[p];
    double change = far->pools[p].bill_usd - near->pools[p].bill_usd;
    int replicas = far->pools[p].working - near->pools[p].working;
    double gpus = MAX (pool->gpus_per_replica, 1);
    run->slope_usd = change / span;
    run->replica_usd = replicas > 0 ? change / replicas : 0;
    run->step_usd = run->replica_usd * MAX (ceil (pool->gpus_per_instance / gpus), 1);
    if (pool->rent_kind == BE_RENT_SPOT)
      run->step_usd *= ceil (1 / (1 - pool->interruption)) + 1;
    run->floor_slope_usd = run->slope_usd;
    if (pool->reserved_replicas != 0 && pool->reserved_gpu_hour_usd < pool->gpu_hour_usd)
      run->floor_slope_usd *= pool->reserved_gpu_hour_usd / pool->gpu_hour_usd;
  }
}

/* The volume factor at which the busiest pool's peak needs this many replicas; infinite without
 * work. */
static double
volume_of_replicas (const Search *search, const Point *point, double replicas)
{
  double peak = 0;
  for (size_t p = 0; p < search->input.n_pools; p++)
    peak = MAX (peak, point->pools[p].peak);
  return peak > 0 ? replicas * (1 - SLACK) * point->x / peak : INFINITY;
}

/* Looks far beyond the priced capacity, without queueing margins, which vanish there. */
static gboolean
look_far (Search *search, Point *near, Point *far)
{
  double replicas = LONG_RUN_REPLICAS;
  for (size_t p = 0; p < search->input.n_pools; p++) {
    BePool *pool = &search->input.pools[p];
    pool->maximum = LONG_RUN_MAXIMUM;
    pool->wait_probability = 1;
    replicas = MAX (replicas, 2 * pool->reserved_replicas);
    if (pool->n_people > 0)
      replicas = MAX (replicas, 2 * pool->people[pool->n_people - 1].from_replicas);
  }
  if (!probe (search, 1, near))
    return FALSE;
  double x = volume_of_replicas (search, near, replicas);
  if (!isfinite (x))
    return TRUE;
  if (!probe (search, x, near) || !probe (search, 2 * x, far))
    return FALSE;
  fill_long_run (search, near, far);
  return TRUE;
}

static gboolean
find_long_run (Search *search, const BePlanInput *input)
{
  Point near, far;
  point_init (&near, search);
  point_init (&far, search);
  gboolean good = look_far (search, &near, &far);
  point_clear (&near);
  point_clear (&far);
  for (size_t p = 0; p < search->input.n_pools; p++) {
    search->input.pools[p].maximum = input->pools[p].maximum;
    search->input.pools[p].wait_probability = input->pools[p].wait_probability;
  }
  return good;
}

/* Whether no later edge can undo the lead: each further replica brings work worth at least its bill
 * (a replica's usable capacity does not shrink as the fleet grows), and the lead pays one whole
 * step of every pool and all people still to come. */
static gboolean
is_permanent (const Search *search, const Point *point)
{
  double needed = 0, fleet = 0;
  for (size_t p = 0; p < search->input.n_pools; p++) {
    const BePool *pool = &search->input.pools[p];
    const PoolLongRun *run = &search->pools[p];
    double last = pool->n_people > 0 ? pool->people[pool->n_people - 1].fte : 0;
    needed +=
        run->step_usd
        + MAX (last - point->pools[p].fte, 0) * pool->per_fte_month_usd * (1 + search->buffer);
    fleet += be_pool_scales (pool) ? run->slope_usd * point->x
                                   : run->replica_usd * point->pools[p].working;
  }
  return !point->shortfall && search->worth_slope > search->bill_slope
         && search->worth_slope * point->x >= fleet && point->worth_usd - point->bill_usd >= needed;
}

/* A volume above this one and not above the next crossing; infinite when there is none. With an
 * unused commitment the worth grows at most as the hosted usage does. */
static double
next_candidate (const Search *search, const Point *point)
{
  if (point->shortfall && point->usage_usd > 0)
    return point->x * (1 + (point->bill_usd - point->worth_usd) / point->usage_usd);
  double standing = 0, slope = 0, worth = point->worth_usd / point->x;
  for (size_t p = 0; p < search->input.n_pools; p++) {
    const BePool *pool = &search->input.pools[p];
    standing += point->pools[p].standing_usd;
    if (!be_pool_scales (pool) && pool->reserved_replicas == 0)
      standing += pool->spare * search->pools[p].replica_usd;
    slope += search->pools[p].floor_slope_usd;
  }
  if (worth <= slope * (1 + SLACK))
    return INFINITY;
  return MAX (point->x * point->bill_usd / point->worth_usd,
              standing / (worth - slope) * (1 - SLACK));
}

/* From a volume where the pools are dearer to the first one where they are not. */
static Walk
walk_dearer (Search *search, Point *point)
{
  while (search->probes < MAX_PROBES && isfinite (point->bill_usd)) {
    double next = next_candidate (search, point);
    if (!isfinite (next))
      return WALK_END;
    if (next <= point->x * (1 + SLACK))
      return WALK_CHEAPER;
    if (!probe (search, next, point))
      return WALK_FAILED;
    if (is_cheaper (point))
      return WALK_CHEAPER;
  }
  return WALK_END;
}

/* Where load alone decides, the next edge of the staircase is known. */
static double
guess_edge (const Search *search, const Point *low, const Point *high)
{
  double edge = INFINITY;
  for (size_t p = 0; p < search->input.n_pools && !isnan (edge); p++) {
    double x = low->x * low->pools[p].headroom;
    if (!(x >= edge))
      edge = x;
  }
  return edge * (1 + EDGE_WIDTH) < high->x ? edge : NAN;
}

static double
edge_width (const Search *search, const Point *point)
{
  for (size_t p = 0; p < search->input.n_pools; p++)
    if (point->pools[p].queueing)
      return QUEUEING_EDGE_WIDTH;
  return EDGE_WIDTH;
}

/* Narrows low..high, cheaper up to low, to the first place where that is not proven. low and high
 * swap places with middle, so no point is copied. */
static gboolean
narrow (Search *search, Point *low, Point *high, Point *middle)
{
  double guess = guess_edge (search, low, high), width = edge_width (search, low);
  double tries[] = { guess * (1 - EDGE_WIDTH / 3), guess * (1 + EDGE_WIDTH / 3) };
  guint n_tries = isnan (guess) ? G_N_ELEMENTS (tries) : 0;
  while (high->x - low->x > width * high->x && search->probes < MAX_PROBES) {
    double x = n_tries < G_N_ELEMENTS (tries) ? tries[n_tries++] : (low->x + high->x) / 2;
    if (x <= low->x || x >= high->x)
      continue;
    if (!probe (search, x, middle))
      return FALSE;
    gboolean proven = low->worth_usd * (1 + SLACK) >= middle->bill_usd;
    point_swap (proven ? low : high, middle);
    if (proven && low->worth_usd * (1 + SLACK) >= high->bill_usd)
      return TRUE;
  }
  return TRUE;
}

/* From a volume where the pools are cheaper to the first edge that undoes it, which is then `low`.
 */
static Walk
walk_cheaper (Search *search, Point *low, Point *high, Point *middle)
{
  double step = 0.25;
  while (search->probes < MAX_PROBES) {
    if (is_permanent (search, low))
      return WALK_PERMANENT;
    if (!probe (search, low->x * (1 + step), high))
      return WALK_FAILED;
    gboolean proven = low->worth_usd * (1 + SLACK) >= high->bill_usd;
    step = proven ? MIN (2 * step, 1) : 0.25;
    if (!proven && !narrow (search, low, high, middle))
      return WALK_FAILED;
    if (!isfinite (high->bill_usd))
      return WALK_END;
    point_swap (low, high);
    if (!proven && !is_cheaper (low))
      return WALK_DEARER;
  }
  return WALK_END;
}

static void
add_crossing (const Search *search, BeCrossover *crossover, const Point *point, BeCrossingKind kind)
{
  BeCrossing crossing = { .kind = kind,
                          .volume_factor = point->x,
                          .requests_per_day = search->requests_per_day * point->x,
                          .mtok_per_month = point->mtok,
                          .usd_per_month = point->hosted_usd };
  g_array_append_val (crossover->crossings, crossing);
  if (kind == BE_CROSSING_BECOMES_CHEAPER && isnan (crossover->first))
    crossover->first = crossing.requests_per_day;
}

/* Walks up the volumes, crossing by crossing; what the last stretch was is the answer. */
static Walk
walk_up (Search *search, BeCrossover *crossover, Point points[3])
{
  gboolean cheaper = is_cheaper (&points[0]);
  crossover->first = cheaper ? 0 : NAN;
  for (;;) {
    Walk walk = cheaper ? walk_cheaper (search, &points[0], &points[1], &points[2])
                        : walk_dearer (search, &points[0]);
    if (walk != WALK_DEARER && walk != WALK_CHEAPER)
      return walk == WALK_END && cheaper ? WALK_CHEAPER : walk;
    cheaper = walk == WALK_CHEAPER;
    add_crossing (search, crossover, &points[0],
                  cheaper ? BE_CROSSING_BECOMES_CHEAPER : BE_CROSSING_REVERSAL);
  }
}

static void
judge (const Search *search, BeCrossover *crossover, Walk walk)
{
  gboolean pays = search->worth_slope > search->bill_slope;
  GArray *crossings = crossover->crossings;
  crossover->verdict = pays ? BE_CROSSOVER_BEYOND_CAPACITY : BE_CROSSOVER_NEVER;
  if (walk == WALK_FAILED)
    crossover->verdict = BE_CROSSOVER_INFEASIBLE;
  if (!pays || (walk != WALK_PERMANENT && walk != WALK_CHEAPER))
    return;
  if (crossings->len == 0) {
    crossover->verdict = BE_CROSSOVER_ALWAYS;
    crossover->permanent = 0;
    return;
  }
  BeCrossing *last = &g_array_index (crossings, BeCrossing, crossings->len - 1);
  last->permanent = TRUE;
  crossover->verdict = BE_CROSSOVER_FOUND;
  crossover->permanent = last->requests_per_day;
}

/* Mtok/month of the work that the pools serve, at factor 1. */
static double
find_pool_mtok (const BePlanInput *input)
{
  double tokens = 0;
  for (size_t p = 0; p < input->n_pools; p++)
    for (size_t i = 0; i < input->pools[p].n_serves; i++) {
      const BeServes *serves = &input->pools[p].serves[i];
      const BeWorkload *workload = &input->workloads[serves->workload];
      double asked = workload->requests_per_day * be_serves_reach (serves, workload);
      tokens += serves->share * asked
                * (be_workload_prompt (workload) + workload->output + workload->reasoning);
    }
  return tokens * input->volume * input->month_hours / 24 / 1e6;
}

static void
search_crossings (Search *search, const BePlanInput *input, BeCrossover *crossover)
{
  Point points[3];
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    point_init (&points[i], search);
  Walk walk = WALK_FAILED;
  if (find_long_run (search, input) && probe (search, 1, &points[0])) {
    double mtok = find_pool_mtok (input);
    crossover->self_usd_per_mtok = mtok > 0 ? search->bill_slope / mtok : NAN;
    crossover->hosted_usd_per_mtok = mtok > 0 ? search->worth_slope / mtok : NAN;
    double peak_x = volume_of_replicas (search, &points[0], 1);
    double start = isfinite (points[0].bill_usd) && isfinite (peak_x) ? peak_x * 1e-6 : 1e-9;
    if (probe (search, start, &points[0]))
      walk = walk_up (search, crossover, points);
  }
  judge (search, crossover, walk);
  crossover->searched_to = search->requests_per_day * points[0].x;
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    point_clear (&points[i]);
}

/* The hybrid optimum at today's volume, rate limits included. */
static BeStatus
find_hybrid (const BePlanInput *input, BePlanResult *result, BeCrossover *crossover)
{
  BeStatus status = be_plan_evaluate_some (input, 1u << BE_PLAN_HYBRID, result);
  const BePlan *plan = &result->plans[BE_PLAN_HYBRID];
  if (status != BE_OK || !plan->defined || plan->feasible != BE_FEASIBLE)
    return status;
  crossover->hybrid_usd_per_month = plan->per_month_usd;
  for (size_t p = 0; p < result->n_pools; p++)
    crossover->hybrid_replicas += result->hybrid[p].replicas;
  return status;
}

gboolean
be_study_crossover (const BePlanInput *input, BeCrossover *crossover, GError **error)
{
  Search search;
  *crossover = (BeCrossover){ .verdict = BE_CROSSOVER_NO_POOL,
                              .crossings = g_array_new (FALSE, TRUE, sizeof (BeCrossing)),
                              .first = NAN,
                              .permanent = NAN,
                              .self_usd_per_mtok = NAN,
                              .hosted_usd_per_mtok = NAN,
                              .hybrid_usd_per_month = NAN };
  if (input->n_pools == 0)
    return TRUE;
  gboolean good = search_init (&search, input, error);
  if (good) {
    search_crossings (&search, input, crossover);
    if (search.status == BE_OK)
      search.status = find_hybrid (input, &search.result, crossover);
    good = search.status != BE_INVALID && search.status != BE_NO_MEMORY;
    if (!good)
      be_study_fail_input (error);
  }
  search_clear (&search);
  if (!good)
    be_crossover_clear (crossover);
  return good;
}
