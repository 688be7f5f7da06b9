/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The savings ladder: from the unoptimised hosted plan to the cheapest one, lever by lever.
 *
 * A step is a set of levers. Its input is the scenario's own with every lever outside the set
 * undone, and its cost that of the hosted, self-hosted or hybrid plan. The last step is the
 * scenario itself, so the bars add up to the difference. */
#include "study/be-study-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Plans this close, relative, cost the same: a hybrid of no replicas is the hosted plan. */
#define TIE 1e-12

typedef struct {
  const char *id, *label;
} LeverName;

static const LeverName lever_names[BE_N_LEVERS] = {
  [BE_LEVER_CACHING] = { "caching", N_ ("Caching") },
  [BE_LEVER_BATCH] = { "batch", N_ ("Batch") },
  [BE_LEVER_ROUTING] = { "routing", N_ ("Routing") },
  [BE_LEVER_FINE_TUNED] = { "fineTuned", N_ ("Fine-tuned model") },
  [BE_LEVER_SELF_HOSTING] = { "selfHosting", N_ ("Self-hosting") },
  [BE_LEVER_QUANTISATION] = { "quantisation", N_ ("Quantisation") },
  [BE_LEVER_HYBRID] = { "hybrid", N_ ("Hybrid") },
};

typedef struct {
  const BePlanInput *input; /* borrowed */
  BePlanResult result;
  int *references; /* by workload, -1 = only fine-tuned routes; owned */
  int end_plan;
  GError **error;
} Climb;

const char *
be_lever_id (BeLever lever)
{
  return lever_names[lever].id;
}

const char *
be_lever_label (BeLever lever)
{
  return _ (lever_names[lever].label);
}

static void
clear_rung (gpointer data)
{
  g_free (((BeRung *) data)->reason);
}

void
be_ladder_clear (BeLadder *ladder)
{
  g_clear_pointer (&ladder->rungs, g_array_unref);
}

static gboolean
has_lever (unsigned levers, BeLever lever)
{
  return (levers >> lever & 1) != 0;
}

static gboolean
is_16_bit (const BePool *pool)
{
  return pool->serving.weights == BE_WEIGHTS_FP16 && pool->serving.kv_cache == BE_KV_FP16;
}

/* Takes routes out of a workload, and out of what the pools replace. */
static void
keep_routes (BePlanInput *input, int workload_index, const gboolean *keep)
{
  BeWorkload *workload = &input->workloads[workload_index];
  size_t kept = 0;
  for (size_t r = 0; r < workload->n_routes; r++) {
    if (!keep[r])
      continue;
    workload->routes[kept] = workload->routes[r];
    for (size_t p = 0; p < input->n_pools; p++)
      for (size_t i = 0; i < input->pools[p].n_serves; i++) {
        BeServes *serves = &input->pools[p].serves[i];
        if (serves->workload == workload_index && serves->replaces != NULL)
          serves->replaces[kept] = serves->replaces[r];
      }
    kept++;
  }
  workload->n_routes = kept;
}

/* Leaves the reference route and those of the levers that are on. In a split the reference takes
 * the shares of the routes left out; in a cascade the chain closes over them. */
static void
reduce_routes (BePlanInput *input, int workload_index, int reference, unsigned levers)
{
  BeWorkload *workload = &input->workloads[workload_index];
  g_autofree gboolean *keep = g_new0 (gboolean, MAX (workload->n_routes, 1));
  double left_out = 0;
  size_t n_kept = 0;
  for (size_t r = 0; r < workload->n_routes; r++) {
    BeLever lever = workload->routes[r].fine_tuned ? BE_LEVER_FINE_TUNED : BE_LEVER_ROUTING;
    keep[r] = (int) r == reference || has_lever (levers, lever);
    n_kept += keep[r];
    left_out += keep[r] ? 0 : workload->routes[r].share;
  }
  if (n_kept == workload->n_routes)
    return;
  if (workload->routing == BE_ROUTING_SPLIT)
    workload->routes[reference].share += left_out;
  keep_routes (input, workload_index, keep);
  if (workload->routing == BE_ROUTING_CASCADE)
    workload->routes[0].share = 1;
  if (n_kept > 1)
    return;
  workload->routing = BE_ROUTING_SPLIT;
  workload->routes[0].share = 1;
  workload->overhead_per_request_usd = 0;
}

/* Undoes every lever that is not in the set. */
static void
undo_levers (Climb *climb, BePlanInput *input, unsigned levers)
{
  for (size_t i = 0; i < input->n_offers; i++)
    input->offers[i].rpm_limit = input->offers[i].tpm_limit = NAN;
  for (size_t w = 0; w < input->n_workloads; w++) {
    BeWorkload *workload = &input->workloads[w];
    workload->minimum_quality = 0;
    if (!has_lever (levers, BE_LEVER_CACHING)) {
      workload->cache_source = BE_CACHE_GIVEN;
      workload->cache_read_share = workload->cache_write_share = 0;
    }
    if (!has_lever (levers, BE_LEVER_BATCH))
      workload->batch_share = 0;
    if (climb->references[w] >= 0)
      reduce_routes (input, (int) w, climb->references[w], levers);
  }
  for (size_t p = 0; p < input->n_pools; p++) {
    BePool *pool = &input->pools[p];
    if (has_lever (levers, BE_LEVER_QUANTISATION) || pool->throughput_measured)
      continue;
    pool->serving.weights = BE_WEIGHTS_FP16;
    pool->serving.kv_cache = BE_KV_FP16;
  }
}

static BePlanKind
plan_of_levers (unsigned levers)
{
  if (has_lever (levers, BE_LEVER_HYBRID))
    return BE_PLAN_HYBRID;
  return has_lever (levers, BE_LEVER_SELF_HOSTING) ? BE_PLAN_SELF_HOSTED : BE_PLAN_HOSTED;
}

/* Cost of one step, NaN when it cannot be worked out. */
static double
evaluate_step (Climb *climb, unsigned levers)
{
  BePlanInput copy;
  be_plan_input_init (&copy);
  if (be_plan_input_copy (&copy, climb->input) != BE_OK)
    return NAN;
  undo_levers (climb, &copy, levers);
  BePlanKind kind = plan_of_levers (levers);
  BeStatus status = be_plan_evaluate_some (&copy, 1u << kind, &climb->result);
  be_plan_input_clear (&copy);
  const BePlan *plan = &climb->result.plans[kind];
  gboolean priced = status == BE_OK && plan->defined && plan->feasible == BE_FEASIBLE;
  return priced ? plan->per_month_usd : NAN;
}

static void
choose_reference (Climb *climb, int w)
{
  const BeWorkload *workload = &climb->input->workloads[w];
  g_autofree double *costs = g_new0 (double, workload->n_routes + 1);
  for (size_t r = 0; r < workload->n_routes; r++) {
    climb->references[w] = (int) r;
    costs[r] = workload->routes[r].fine_tuned ? NAN : evaluate_step (climb, 0);
  }
  climb->references[w] = be_reference_route (workload, costs);
}

static gboolean
any_cached (const BePlanInput *input)
{
  for (size_t w = 0; w < input->n_workloads; w++) {
    const BeWorkload *workload = &input->workloads[w];
    if (workload->cache_source == BE_CACHE_DERIVED
            ? workload->cache_prefix_share > 0
            : workload->cache_read_share > 0 || workload->cache_write_share > 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
any_batch (const BePlanInput *input)
{
  for (size_t w = 0; w < input->n_workloads; w++)
    if (input->workloads[w].batch_share > 0)
      return TRUE;
  return FALSE;
}

static gboolean
any_route (const Climb *climb, gboolean fine_tuned)
{
  for (size_t w = 0; w < climb->input->n_workloads; w++) {
    const BeWorkload *workload = &climb->input->workloads[w];
    for (size_t r = 0; climb->references[w] >= 0 && r < workload->n_routes; r++)
      if ((int) r != climb->references[w] && workload->routes[r].share > 0
          && !workload->routes[r].fine_tuned == !fine_tuned)
        return TRUE;
  }
  return FALSE;
}

static const char *
why_no_pool (const Climb *climb, BePlanKind end)
{
  if (climb->input->n_pools == 0)
    return _ ("The scenario has no pool");
  return end == BE_PLAN_HOSTED ? _ ("The hosted plan is the cheapest")
                               : _ ("The self-hosted plan is the cheapest");
}

static const char *
why_not_quantised (const Climb *climb)
{
  gboolean any_modelled = FALSE, any_quantised = FALSE;
  for (size_t p = 0; p < climb->input->n_pools; p++) {
    const BePool *pool = &climb->input->pools[p];
    any_modelled |= !pool->throughput_measured;
    any_quantised |= !pool->throughput_measured && !is_16_bit (pool);
  }
  if (!any_modelled)
    return _ ("The throughput is measured, not computed");
  return any_quantised ? NULL : _ ("The pools run at 16 bits");
}

/* Why the scenario does not pull this lever; NULL when it does. */
static const char *
why_unused (const Climb *climb, BeLever lever)
{
  BePlanKind end = climb->end_plan;
  switch (lever) {
  case BE_LEVER_CACHING:
    return any_cached (climb->input) ? NULL : _ ("No prompt is cached");
  case BE_LEVER_BATCH:
    return any_batch (climb->input) ? NULL : _ ("No request is deferred");
  case BE_LEVER_ROUTING:
    return any_route (climb, FALSE) ? NULL : _ ("Each workload has one model");
  case BE_LEVER_FINE_TUNED:
    return any_route (climb, TRUE) ? NULL : _ ("No route is fine-tuned");
  case BE_LEVER_SELF_HOSTING:
    return end != BE_PLAN_HOSTED ? NULL : why_no_pool (climb, end);
  case BE_LEVER_QUANTISATION:
    return end != BE_PLAN_HOSTED ? why_not_quantised (climb) : why_no_pool (climb, end);
  case BE_LEVER_HYBRID:
    return end == BE_PLAN_HYBRID ? NULL : why_no_pool (climb, end);
  case BE_N_LEVERS:
  default:
    return NULL;
  }
}

/* Adds one lever's bar; `levers` moves on, and `cost` when the step can be worked out. */
static void
add_rung (Climb *climb, BeLadder *ladder, BeLever lever, unsigned *levers, double *cost)
{
  BeRung rung = { .lever = lever };
  const char *reason = why_unused (climb, lever);
  unsigned with = *levers | 1u << lever;
  double next = reason == NULL ? evaluate_step (climb, with) : NAN;
  if (reason == NULL && isnan (next) && lever == BE_LEVER_SELF_HOSTING) {
    /* 16 bits may not fit: then the pools stand at their own precision from the start. */
    with |= 1u << BE_LEVER_QUANTISATION;
    next = evaluate_step (climb, with);
  }
  if (reason == NULL && lever == BE_LEVER_QUANTISATION && has_lever (*levers, lever))
    reason = _ ("At 16 bits the pools cannot be worked out");
  else if (reason == NULL && isnan (next))
    reason = _ ("This step cannot be worked out by itself");
  rung.used = reason == NULL;
  rung.reason = g_strdup (reason);
  /* A lever without a bar of its own is pulled all the same, so that the last step is the scenario.
   */
  if (why_unused (climb, lever) == NULL)
    *levers = with;
  if (rung.used) {
    rung.change_usd = next - *cost;
    *cost = next;
  }
  g_array_append_val (ladder->rungs, rung);
}

static void
add_lever (BeLever *order, guint *n, BeLever lever)
{
  for (guint i = 0; i < *n; i++)
    if (order[i] == lever)
      return;
  order[(*n)++] = lever;
}

static void
read_file_order (BeScenario *scenario, BeLever order[BE_N_LEVERS])
{
  JsonNode *root = be_scenario_get_root (scenario);
  JsonNode *member = json_object_get_member (json_node_get_object (root), "ladder");
  JsonArray *list =
      member != NULL && JSON_NODE_HOLDS_ARRAY (member) ? json_node_get_array (member) : NULL;
  guint n = 0;
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    JsonNode *element = json_array_get_element (list, i);
    if (json_node_get_value_type (element) != G_TYPE_STRING)
      continue;
    for (int lever = 0; lever < BE_N_LEVERS; lever++)
      if (strcmp (json_node_get_string (element), lever_names[lever].id) == 0)
        add_lever (order, &n, (BeLever) lever);
  }
  for (int lever = 0; lever < BE_N_LEVERS; lever++)
    add_lever (order, &n, (BeLever) lever);
}

/* Quantisation and hybrid move behind self-hosting; NULL = the order of the enumeration. */
static void
settle_order (const BeLever *wanted, BeLever order[BE_N_LEVERS])
{
  guint n = 0;
  gboolean pooled = FALSE;
  for (guint i = 0; i < BE_N_LEVERS; i++) {
    BeLever lever = wanted != NULL ? wanted[i] : (BeLever) i;
    if (!pooled && (lever == BE_LEVER_QUANTISATION || lever == BE_LEVER_HYBRID))
      continue;
    add_lever (order, &n, lever);
    if (lever != BE_LEVER_SELF_HOSTING)
      continue;
    pooled = TRUE;
    for (guint before = 0; wanted != NULL && before < i; before++)
      add_lever (order, &n, wanted[before]);
  }
}

static gboolean
fail (Climb *climb)
{
  g_set_error (climb->error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT,
               _ ("The ladder needs a price for the reference model of each workload, and one plan"
                  " that can be worked out"));
  return FALSE;
}

/* The cheapest plan that levers lead to; provisioned throughput is no lever. */
static gboolean
find_end (Climb *climb)
{
  static const BePlanKind ends[] = { BE_PLAN_HOSTED, BE_PLAN_HYBRID, BE_PLAN_SELF_HOSTED };
  double best = INFINITY;
  climb->end_plan = -1;
  if (be_plan_evaluate (climb->input, &climb->result) != BE_OK)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
    const BePlan *plan = &climb->result.plans[ends[i]];
    if (plan->defined && plan->feasible == BE_FEASIBLE && plan->per_month_usd < best * (1 - TIE)) {
      best = plan->per_month_usd;
      climb->end_plan = (int) ends[i];
    }
  }
  return climb->end_plan >= 0;
}

static gboolean
climb_up (Climb *climb, const BeLever *wanted, BeLadder *ladder)
{
  BeLever order[BE_N_LEVERS];
  unsigned levers = 0;
  if (!find_end (climb))
    return fail (climb);
  for (size_t w = 0; w < climb->input->n_workloads; w++)
    climb->references[w] = -1;
  for (size_t w = 0; w < climb->input->n_workloads; w++)
    choose_reference (climb, (int) w);
  double cost = evaluate_step (climb, levers);
  if (isnan (cost))
    return fail (climb);
  ladder->start_usd = cost;
  ladder->end_plan = climb->end_plan;
  settle_order (wanted, order);
  for (guint i = 0; i < BE_N_LEVERS; i++)
    add_rung (climb, ladder, order[i], &levers, &cost);
  ladder->end_usd = cost;
  return TRUE;
}

gboolean
be_study_ladder_of_input (const BePlanInput *input, const BeLever *order, BeLadder *ladder,
                          GError **error)
{
  *ladder = (BeLadder){ .end_plan = -1, .rungs = g_array_new (FALSE, TRUE, sizeof (BeRung)) };
  g_array_set_clear_func (ladder->rungs, clear_rung);
  g_autofree int *references = g_new (int, MAX (input->n_workloads, 1));
  Climb climb = { .input = input, .references = references, .error = error };
  be_plan_result_init (&climb.result);
  gboolean good = climb_up (&climb, order, ladder);
  be_plan_result_clear (&climb.result);
  if (!good)
    be_ladder_clear (ladder);
  return good;
}

gboolean
be_study_ladder (BeScenario *scenario, BeLadder *ladder, GError **error)
{
  BeLever order[BE_N_LEVERS];
  *ladder = (BeLadder){ .end_plan = -1 };
  const BePlanInput *input = be_scenario_resolve (scenario, error);
  if (input == NULL)
    return FALSE;
  read_file_order (scenario, order);
  return be_study_ladder_of_input (input, order, ladder, error);
}
