/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every plan along one line: over volume with the staircase's edges, or over any input's path. */
#include "study/be-study-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* More edges than this are closer than anybody can see, and each costs a search. */
#define MAX_EDGES 24u
#define MAX_EDGES_BETWEEN_SAMPLES 3
/* Relative to the stretch between two samples. */
#define EDGE_WIDTH 1e-4
/* Of an edge that follows from the load alone. */
#define EXACT_EDGE_WIDTH 1e-9
#define MAX_POINTS 100000u

typedef struct {
  double x, y[BE_N_PLANS];
  int hybrid_replicas, self_hosted_replicas;
  double headroom; /* growth to the next step of the self-hosted plan; NaN: not known */
} Row;

typedef struct {
  BePlanInput input; /* borrowed arrays; only the volume is set */
  BePlanResult result;
  double requests_per_day; /* at volume 1 */
  GArray *rows;            /* Row */
  guint edges;
} Curve;

void
be_volume_curve_clear (BeVolumeCurve *curve)
{
  g_clear_pointer (&curve->x, g_free);
  for (int plan = 0; plan < BE_N_PLANS; plan++)
    g_clear_pointer (&curve->y[plan], g_free);
  g_clear_pointer (&curve->hybrid_replicas, g_free);
  g_clear_pointer (&curve->self_hosted_replicas, g_free);
  curve->n = 0;
}

gboolean
be_study_fail_input (GError **error)
{
  g_set_error_literal (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT,
                       _ ("The plan cannot be worked out: a number is outside its meaning"));
  return FALSE;
}

gboolean
be_study_fail_prices (GError **error)
{
  g_set_error_literal (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT,
                       _ ("The inputs contradict each other, so no plan can be priced"));
  return FALSE;
}

static gboolean
check_range (double from, double to, guint points, gboolean logarithmic, GError **error)
{
  if (points >= 1 && points <= MAX_POINTS && isfinite (from) && isfinite (to) && from <= to
      && (!logarithmic || from > 0))
    return TRUE;
  g_set_error (error, BE_STUDY_ERROR, BE_STUDY_ERROR_RANGE,
               _ ("found %u points from %g to %g, expected 1 to %u points in an ascending range"
                  " (above zero on a logarithmic axis)"),
               points, from, to, MAX_POINTS);
  return FALSE;
}

static double
sample (double from, double to, guint i, guint points, gboolean logarithmic)
{
  if (i == 0)
    return from;
  if (i + 1 == points)
    return to;
  double t = (double) i / (points - 1);
  return logarithmic ? from * pow (to / from, t) : from + (to - from) * t;
}

static double
plan_cost (const BePlan *plan)
{
  return plan->defined && plan->feasible == BE_FEASIBLE ? plan->per_month_usd : NAN;
}

static int
sum_replicas (const BePoolResult *pools, size_t n_pools)
{
  int sum = 0;
  for (size_t p = 0; p < n_pools; p++)
    sum += pools[p].replicas;
  return sum;
}

static double
least_headroom (const BePoolResult *pools, size_t n_pools)
{
  double least = INFINITY;
  for (size_t p = 0; p < n_pools && !isnan (least); p++)
    least = pools[p].headroom < least || isnan (pools[p].headroom) ? pools[p].headroom : least;
  return least;
}

static gboolean
evaluate_row (Curve *curve, double x, unsigned plans, Row *row)
{
  curve->input.volume = x / curve->requests_per_day;
  if (be_plan_evaluate_some (&curve->input, plans, &curve->result) != BE_OK)
    return FALSE;
  row->x = x;
  for (int plan = 0; plan < BE_N_PLANS; plan++)
    row->y[plan] = plan_cost (&curve->result.plans[plan]);
  row->self_hosted_replicas = row->hybrid_replicas = 0;
  row->headroom = NAN;
  if (curve->result.plans[BE_PLAN_SELF_HOSTED].defined) {
    row->self_hosted_replicas = sum_replicas (curve->result.self_hosted, curve->result.n_pools);
    row->headroom = least_headroom (curve->result.self_hosted, curve->result.n_pools);
  }
  if (curve->result.plans[BE_PLAN_HYBRID].defined)
    row->hybrid_replicas = sum_replicas (curve->result.hybrid, curve->result.n_pools);
  return TRUE;
}

static gboolean
append_row (Curve *curve, double x)
{
  Row row;
  if (!evaluate_row (curve, x, BE_PLANS_ALL, &row))
    return FALSE;
  g_array_append_val (curve->rows, row);
  return TRUE;
}

/* Moves low and high together around the first change of the number of replicas after low: where
 * the headroom of low puts it, else by halving. */
static gboolean
find_edge (Curve *curve, Row *low, Row *high)
{
  double width = EDGE_WIDTH * (high->x - low->x), edge = low->x * low->headroom;
  if (edge * (1 - EXACT_EDGE_WIDTH) > low->x && edge * (1 + EXACT_EDGE_WIDTH) < high->x) {
    Row before, after;
    if (!evaluate_row (curve, edge * (1 - EXACT_EDGE_WIDTH), 1u << BE_PLAN_SELF_HOSTED, &before)
        || !evaluate_row (curve, edge * (1 + EXACT_EDGE_WIDTH), 1u << BE_PLAN_SELF_HOSTED, &after))
      return FALSE;
    if (after.self_hosted_replicas != low->self_hosted_replicas)
      *high = after;
    if (before.self_hosted_replicas == low->self_hosted_replicas)
      *low = before;
  }
  while (high->x - low->x > width) {
    Row middle;
    double x = (low->x + high->x) / 2;
    if (x <= low->x || x >= high->x)
      break;
    if (!evaluate_row (curve, x, 1u << BE_PLAN_SELF_HOSTED, &middle))
      return FALSE;
    if (middle.self_hosted_replicas == low->self_hosted_replicas)
      *low = middle;
    else
      *high = middle;
  }
  return TRUE;
}

/* Both sides of every step between two neighbouring samples, if they are few. */
static gboolean
append_edges (Curve *curve, Row low, const Row *high)
{
  int steps = high->self_hosted_replicas - low.self_hosted_replicas;
  if (steps > MAX_EDGES_BETWEEN_SAMPLES)
    return TRUE;
  while (low.self_hosted_replicas < high->self_hosted_replicas && curve->edges < MAX_EDGES) {
    Row after = *high;
    curve->edges++;
    if (!find_edge (curve, &low, &after) || !append_row (curve, low.x))
      return FALSE;
    if (after.x >= high->x)
      return TRUE;
    if (!append_row (curve, after.x))
      return FALSE;
    low = after;
  }
  return TRUE;
}

static gboolean
fill_rows (Curve *curve, double from, double to, guint points, gboolean logarithmic)
{
  Row before = { 0 };
  for (guint i = 0; i < points; i++) {
    Row row;
    if (!evaluate_row (curve, sample (from, to, i, points, logarithmic), BE_PLANS_ALL, &row))
      return FALSE;
    if (i > 0 && !append_edges (curve, before, &row))
      return FALSE;
    g_array_append_val (curve->rows, row);
    before = row;
  }
  return TRUE;
}

static void
take_rows (const GArray *rows, BeVolumeCurve *curve)
{
  curve->n = rows->len;
  curve->x = g_new (double, rows->len);
  for (int plan = 0; plan < BE_N_PLANS; plan++)
    curve->y[plan] = g_new (double, rows->len);
  curve->hybrid_replicas = g_new (int, rows->len);
  curve->self_hosted_replicas = g_new (int, rows->len);
  for (guint i = 0; i < rows->len; i++) {
    const Row *row = &g_array_index (rows, Row, i);
    curve->x[i] = row->x;
    for (int plan = 0; plan < BE_N_PLANS; plan++)
      curve->y[plan][i] = row->y[plan];
    curve->hybrid_replicas[i] = row->hybrid_replicas;
    curve->self_hosted_replicas[i] = row->self_hosted_replicas;
  }
}

static double
sum_requests (const BePlanInput *input)
{
  double sum = 0;
  for (size_t i = 0; i < input->n_workloads; i++)
    sum += input->workloads[i].requests_per_day;
  return sum;
}

gboolean
be_study_volume_curve (const BePlanInput *input, double from, double to, guint points,
                       gboolean logarithmic, BeVolumeCurve *curve, GError **error)
{
  *curve = (BeVolumeCurve){ 0 };
  if (!check_range (from, to, points, logarithmic, error))
    return FALSE;
  Curve work = { .input = *input, .requests_per_day = sum_requests (input) };
  if (!(work.requests_per_day > 0))
    return be_study_fail_input (error);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  work.rows = rows;
  be_plan_result_init (&work.result);
  gboolean good = fill_rows (&work, from, to, points, logarithmic);
  be_plan_result_clear (&work.result);
  if (!good)
    return be_study_fail_input (error);
  take_rows (rows, curve);
  return TRUE;
}

void
be_study_volume_range (const BePlanInput *input, double *from, double *to)
{
  BeCrossover crossover;
  double today = sum_requests (input) * input->volume;
  double low = today > 0 ? today : 1, high = low;
  if (be_study_crossover (input, &crossover, NULL)) {
    for (guint i = 0; i < crossover.crossings->len; i++) {
      double x = g_array_index (crossover.crossings, BeCrossing, i).requests_per_day;
      low = x > 0 ? MIN (low, x) : low;
      high = MAX (high, x);
    }
    be_crossover_clear (&crossover);
  }
  *from = low / 4;
  *to = high * 2;
}

/* Puts one value in, as the path's input takes it: whole numbers are rounded. */
static gboolean
set_sample (BeScenario *scenario, const char *path, double *value, GError **error)
{
  const BeInput *input = be_input_find (path);
  if (input != NULL && input->type == BE_INPUT_WHOLE)
    *value = round (*value);
  return be_scenario_set_number (scenario, path, *value, error);
}

gboolean
be_study_sweep (BeScenario *scenario, const char *path, double from, double to, guint points,
                gboolean logarithmic, double **rows, GError **error)
{
  *rows = NULL;
  if (!check_range (from, to, points, logarithmic, error))
    return FALSE;
  g_autoptr (BeScenario) copy = be_scenario_copy (scenario);
  g_autofree double *table = g_new (double, (gsize) points *(1 + BE_N_PLANS));
  BePlanResult result;
  gboolean good = TRUE;
  be_plan_result_init (&result);
  for (guint i = 0; good && i < points; i++) {
    double *row = table + (gsize) i * (1 + BE_N_PLANS);
    row[0] = sample (from, to, i, points, logarithmic);
    const BePlanInput *input =
        set_sample (copy, path, &row[0], error) ? be_scenario_resolve (copy, error) : NULL;
    good = input != NULL
           && (be_plan_evaluate (input, &result) == BE_OK || be_study_fail_input (error));
    for (int plan = 0; good && plan < BE_N_PLANS; plan++)
      row[1 + plan] = plan_cost (&result.plans[plan]);
  }
  be_plan_result_clear (&result);
  if (good)
    *rows = g_steal_pointer (&table);
  return good;
}
