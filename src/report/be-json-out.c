/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Machine output of evaluate and crossover: members as the file format's contract names them. */
#include "report/be-report.h"

#include "report/be-report-private.h"

#include <math.h>

static void
add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/* Takes the path; its last segment, unescaped, is the entity's id. */
static void
add_id_of (JsonBuilder *builder, const char *name, char *path)
{
  g_autofree char *owned = path;
  const char *slash = owned != NULL ? g_strrstr (owned, "/") : NULL;
  g_autofree char *id = slash != NULL ? be_path_unescape (slash + 1) : NULL;

  add_text (builder, name, id);
}

static void
add_line (JsonBuilder *builder, BeScenario *scenario, const BeLine *line)
{
  g_autofree char *label = be_line_label (scenario, line);

  json_builder_begin_object (builder);
  add_text (builder, "label", label);
  add_number (builder, "amount", line->usd);
  add_text (builder, "kind", be_line_kind_id (line->kind));
  if (line->workload >= 0)
    add_id_of (builder, "workload", be_workload_path (scenario, line->workload));
  if (line->offer >= 0)
    add_text (builder, "offer", be_scenario_offer_key (scenario, line->offer));
  if (line->pool >= 0)
    add_id_of (builder, "pool", be_pool_path (scenario, line->pool));
  if (line->overflow)
    add_boolean (builder, "overflow", TRUE);
  if (isfinite (line->quantity))
    add_number (builder, "quantity", line->quantity);
  if (isfinite (line->rate_usd))
    add_number (builder, "rate", line->rate_usd);
  json_builder_end_object (builder);
}

static void
add_costs (JsonBuilder *builder, const BePoolResult *pool)
{
  json_builder_set_member_name (builder, "costs");
  json_builder_begin_array (builder);
  for (size_t i = 0; i < pool->n_costs; i++) {
    if (isfinite (pool->costs[i]))
      json_builder_add_double_value (builder, pool->costs[i]);
    else
      json_builder_add_null_value (builder);
  }
  json_builder_end_array (builder);
}

/* The same open weights at a provider, for like against like; null when the catalogue has none. */
static void
add_same_weights (JsonBuilder *builder, BeScenario *scenario, int pool)
{
  BeSameWeights same;

  if (!be_study_same_weights (scenario, pool, &same, NULL))
    return;
  add_boolean (builder, "sameModel", same.known && same.other_route < 0);
  json_builder_set_member_name (builder, "sameWeights");
  if (same.offer == NULL) {
    json_builder_add_null_value (builder);
    return;
  }
  json_builder_begin_object (builder);
  add_text (builder, "offer", same.offer->key);
  add_number (builder, "perMonth", same.per_month_usd);
  add_number (builder, "perMtok", same.per_mtok_usd);
  json_builder_end_object (builder);
}

static void
add_pool (JsonBuilder *builder, BeScenario *scenario, const BePoolResult *pool, int index,
          gboolean hybrid)
{
  json_builder_begin_object (builder);
  add_id_of (builder, "id", be_pool_path (scenario, index));
  add_number (builder, "replicas", pool->replicas);
  add_number (builder, "gpus", pool->gpus);
  add_number (builder, "utilisation", pool->utilisation);
  add_number (builder, "outputTokensPerSecond", pool->output_tokens_per_second);
  add_number (builder, "meanReplicas", pool->mean_replicas);
  add_number (builder, "peakReplicas", pool->peak_replicas);
  add_number (builder, "fte", pool->people_fte);
  add_boolean (builder, "queueingMargin", pool->queueing_margin);
  if (!hybrid)
    add_same_weights (builder, scenario, index);
  if (hybrid) {
    add_number (builder, "overflowShare", pool->overflow_share);
    add_costs (builder, pool);
  }
  json_builder_end_object (builder);
}

static void
add_pools (JsonBuilder *builder, BeScenario *scenario, const BePlanResult *result, gboolean hybrid)
{
  const BePoolResult *pools = hybrid ? result->hybrid : result->self_hosted;
  int replicas = 0;

  for (size_t i = 0; pools != NULL && i < result->n_pools; i++)
    replicas += pools[i].replicas;
  add_number (builder, "replicas", replicas);
  json_builder_set_member_name (builder, "pools");
  json_builder_begin_array (builder);
  for (size_t i = 0; pools != NULL && i < result->n_pools; i++)
    add_pool (builder, scenario, &pools[i], (int) i, hybrid);
  json_builder_end_array (builder);
}

static void
add_plan_numbers (JsonBuilder *builder, const BePlan *plan)
{
  add_number (builder, "perMonth", plan->per_month_usd);
  add_number (builder, "perRequest", plan->per_request_usd);
  add_number (builder, "perMtok", plan->per_mtok_usd);
  add_number (builder, "perMtokInput", plan->per_mtok_input_usd);
  add_number (builder, "perMtokOutput", plan->per_mtok_output_usd);
  add_number (builder, "quality", plan->quality);
  add_number (builder, "latencyMeanSeconds", plan->latency_mean_s);
  add_number (builder, "latencySlowestSeconds", plan->latency_slowest_s);
}

static void
add_plan (JsonBuilder *builder, BeScenario *scenario, const BePlanResult *result, BePlanKind kind)
{
  const BePlan *plan = &result->plans[kind];

  json_builder_set_member_name (builder, be_plan_id (kind));
  if (!plan->defined) {
    json_builder_add_null_value (builder);
    return;
  }
  json_builder_begin_object (builder);
  add_boolean (builder, "feasible", plan->feasible == BE_FEASIBLE);
  if (plan->feasible != BE_FEASIBLE) {
    g_autofree char *sentence = be_feasibility_sentence (scenario, plan);
    add_text (builder, "fault", be_feasibility_id (plan->feasible));
    add_text (builder, "reason", sentence);
  }
  add_plan_numbers (builder, plan);
  if (kind == BE_PLAN_SELF_HOSTED || kind == BE_PLAN_HYBRID)
    add_pools (builder, scenario, result, kind == BE_PLAN_HYBRID);
  json_builder_set_member_name (builder, "lines");
  json_builder_begin_array (builder);
  for (size_t i = 0; i < plan->n_lines; i++)
    add_line (builder, scenario, &plan->lines[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* How long each route takes, and what a timeout makes of it; null: not known. */
static void
add_routes (JsonBuilder *builder, BeScenario *scenario, const BePlanResult *result)
{
  json_builder_set_member_name (builder, "routes");
  json_builder_begin_array (builder);
  for (size_t i = 0; i < result->n_times; i++) {
    const BeRouteTime *time = &result->times[i];
    g_autofree char *path = be_route_path (scenario, time->workload, time->route);
    json_builder_begin_object (builder);
    add_text (builder, "path", path);
    add_number (builder, "latencySeconds", time->latency_s);
    add_number (builder, "lateShare", time->late_share);
    add_number (builder, "retriesPerRequest", time->retries);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_warnings (JsonBuilder *builder, BeScenario *scenario, const BePlanResult *result)
{
  g_autoptr (GPtrArray) messages = be_report_warnings (scenario, result);

  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < messages->len; i++) {
    const BeMessage *message = g_ptr_array_index (messages, i);

    json_builder_begin_object (builder);
    add_text (builder, "code", message->code);
    add_text (builder, "path", message->path);
    add_text (builder, "message", message->message);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

JsonNode *
be_report_evaluate_json (BeScenario *scenario, const BePlanResult *result)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *as_of = be_scenario_get_text (scenario, "pricesAsOf");

  json_builder_begin_object (builder);
  add_text (builder, "name", be_scenario_get_name (scenario));
  add_number (builder, "monthHours", be_scenario_get_number (scenario, "monthHours"));
  add_text (builder, "pricesAsOf", as_of);
  add_number (builder, "requestsPerMonth", result->requests_per_month);
  add_number (builder, "inputMtokPerMonth", result->input_mtok);
  add_number (builder, "outputMtokPerMonth", result->output_mtok);
  json_builder_set_member_name (builder, "plans");
  json_builder_begin_object (builder);
  for (int i = 0; i < BE_N_PLANS; i++)
    add_plan (builder, scenario, result, i);
  json_builder_end_object (builder);
  add_text (builder, "cheapest", result->cheapest >= 0 ? be_plan_id (result->cheapest) : NULL);
  add_routes (builder, scenario, result);
  add_warnings (builder, scenario, result);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
add_crossings (JsonBuilder *builder, const BeCrossover *crossover)
{
  json_builder_set_member_name (builder, "crossings");
  json_builder_begin_array (builder);
  for (guint i = 0; crossover->crossings != NULL && i < crossover->crossings->len; i++) {
    const BeCrossing *crossing = &g_array_index (crossover->crossings, BeCrossing, i);

    json_builder_begin_object (builder);
    add_text (builder, "kind",
              crossing->kind == BE_CROSSING_BECOMES_CHEAPER ? "becomesCheaper" : "reversal");
    add_number (builder, "requestsPerDay", crossing->requests_per_day);
    add_number (builder, "volumeFactor", crossing->volume_factor);
    add_number (builder, "mtokPerMonth", crossing->mtok_per_month);
    add_number (builder, "perMonth", crossing->usd_per_month);
    add_boolean (builder, "permanent", crossing->permanent);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_hybrid_optimum (JsonBuilder *builder, const BeCrossover *crossover)
{
  json_builder_set_member_name (builder, "hybridOptimum");
  if (!isfinite (crossover->hybrid_usd_per_month)) {
    json_builder_add_null_value (builder);
    return;
  }
  json_builder_begin_object (builder);
  add_number (builder, "replicas", crossover->hybrid_replicas);
  add_number (builder, "perMonth", crossover->hybrid_usd_per_month);
  json_builder_end_object (builder);
}

static void
add_compared_models (JsonBuilder *builder, BeScenario *scenario)
{
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);

  json_builder_set_member_name (builder, "pools");
  json_builder_begin_array (builder);
  for (size_t i = 0; input != NULL && i < input->n_pools; i++) {
    json_builder_begin_object (builder);
    add_id_of (builder, "id", be_pool_path (scenario, (int) i));
    add_same_weights (builder, scenario, (int) i);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

JsonNode *
be_report_crossover_json (BeScenario *scenario, const BeCrossover *crossover)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *reason = be_crossover_sentence (crossover);

  json_builder_begin_object (builder);
  add_text (builder, "verdict", be_verdict_id (crossover->verdict));
  add_number (builder, "first", crossover->first);
  add_number (builder, "permanent", crossover->permanent);
  add_crossings (builder, crossover);
  add_text (builder, "reason", reason);
  add_number (builder, "selfHostedPerMtok", crossover->self_usd_per_mtok);
  add_number (builder, "hostedPerMtok", crossover->hosted_usd_per_mtok);
  add_number (builder, "searchedTo", crossover->searched_to);
  add_hybrid_optimum (builder, crossover);
  add_compared_models (builder, scenario);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
