/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of plans, entities and bill lines, and the formula behind each line. */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const struct {
  const char *id, *label;
  BeRole role;
} plans[BE_N_PLANS] = {
  [BE_PLAN_HOSTED] = { "hosted", N_ ("Hosted"), BE_ROLE_HOSTED },
  [BE_PLAN_SELF_HOSTED] = { "selfHosted", N_ ("Self-hosted"), BE_ROLE_SELF_HOSTED },
  [BE_PLAN_HYBRID] = { "hybrid", N_ ("Hybrid"), BE_ROLE_HYBRID },
  [BE_PLAN_PROVISIONED] = { "provisioned", N_ ("Provisioned"), BE_ROLE_PROVISIONED },
};

/* How a line's quantity and rate are written: quantity / scale, the unit words, and whether the
 * rate is a share instead of dollars. */
static const struct {
  const char *id, *label, *quantity_unit, *rate_unit;
  double scale;
} lines[BE_N_LINES] = {
  [BE_LINE_FRESH_INPUT] = { "freshInput", N_ ("input"), N_ ("Mtok"), N_ ("/Mtok"), 1e6 },
  [BE_LINE_CACHED_INPUT] = { "cachedInput", N_ ("cached input"), N_ ("Mtok"), N_ ("/Mtok"), 1e6 },
  [BE_LINE_CACHE_WRITE] = { "cacheWrite", N_ ("cache writes"), N_ ("Mtok"), N_ ("/Mtok"), 1e6 },
  [BE_LINE_OUTPUT] = { "output", N_ ("output"), N_ ("Mtok"), N_ ("/Mtok"), 1e6 },
  [BE_LINE_REASONING] = { "reasoning", N_ ("reasoning"), N_ ("Mtok"), N_ ("/Mtok"), 1e6 },
  [BE_LINE_SEARCHES] = { "searches", N_ ("web searches"), N_ ("searches"), N_ ("/search"), 1 },
  [BE_LINE_REQUEST_FEES] = { "requestFees", N_ ("request fees"), N_ ("requests"), N_ ("/request"),
                             1 },
  [BE_LINE_TIMEOUT_RETRIES] = { "timeoutRetries", N_ ("retries after the timeout"), N_ ("retries"),
                                N_ ("/retry"), 1 },
  [BE_LINE_ROUTER] = { "router", N_ ("router or judge"), N_ ("requests"), N_ ("/request"), 1 },
  [BE_LINE_COMMITMENT_SHORTFALL] = { "commitmentShortfall", N_ ("commitment not used up"), "", "",
                                     1 },
  [BE_LINE_TRAINING] = { "training", N_ ("training, spread over its life"), N_ ("months"),
                         N_ ("/month"), 1 },
  [BE_LINE_HOSTING] = { "hosting", N_ ("model hosting"), N_ ("h"), N_ ("/h"), 1 },
  [BE_LINE_RENT] = { "rent", N_ ("GPU rent"), N_ ("GPU-h"), N_ ("/GPU-h"), 1 },
  [BE_LINE_OWNERSHIP] = { "ownership", N_ ("GPU ownership"), N_ ("GPU-h"), N_ ("/GPU-h"), 1 },
  [BE_LINE_COLD_START] = { "coldStart", N_ ("cold starts"), N_ ("GPU-h"), N_ ("/GPU-h"), 1 },
  [BE_LINE_PEOPLE] = { "people", N_ ("people"), N_ ("FTE"), N_ ("/FTE"), 1 },
  [BE_LINE_FIXED] = { "fixed", N_ ("fixed cost"), "", "", 1 },
  [BE_LINE_OVERHEAD] = { "overhead", N_ ("storage, egress, monitoring"), "", "", 1 },
  [BE_LINE_PROVISIONED] = { "provisioned", N_ ("provisioned units, used"), N_ ("unit-h"),
                            N_ ("/unit-h"), 1 },
  [BE_LINE_PROVISIONED_UNUSED] = { "provisionedUnused", N_ ("provisioned units, unused"),
                                   N_ ("unit-h"), N_ ("/unit-h"), 1 },
  [BE_LINE_BUFFER] = { "buffer", N_ ("reserve for what is not modelled"), "", "", 1 },
};

static const struct {
  const char *id, *sentence;
} feasibilities[] = {
  [BE_FEASIBLE] = { "feasible", N_ ("The plan can be run.") },
  [BE_INFEASIBLE_UNSERVED] = { "unserved", N_ ("Rate limits leave requests unserved in the week") },
  [BE_INFEASIBLE_DOES_NOT_FIT] = { "doesNotFit", N_ ("The weights do not fit the memory: more GPUs "
                                                     "for each replica, a larger GPU "
                                                     "or fewer bits for each weight would") },
  [BE_INFEASIBLE_MISSING_PRICE] = { "missingPrice", N_ ("A price that is needed is not known") },
  [BE_INFEASIBLE_CAPACITY] = { "capacity",
                               N_ ("More replicas are needed than the largest number allowed") },
  [BE_INFEASIBLE_NO_THROUGHPUT] = { "noThroughput", N_ ("The throughput is not known: choose a "
                                                        "model and a GPU, or enter a measured "
                                                        "speed") },
  [BE_INFEASIBLE_QUALITY] = { "quality", N_ ("The quality is below the floor that was set") },
};

const char *
be_plan_label (BePlanKind plan)
{
  return _ (plans[plan].label);
}

const char *
be_plan_id (BePlanKind plan)
{
  return plans[plan].id;
}

BeRole
be_plan_role (BePlanKind plan)
{
  return plans[plan].role;
}

const char *
be_line_kind_label (BeLineKind kind)
{
  return _ (lines[kind].label);
}

const char *
be_line_kind_id (BeLineKind kind)
{
  return lines[kind].id;
}

const char *
be_line_quantity_unit (BeLineKind kind, double *scale)
{
  if (scale != NULL)
    *scale = lines[kind].scale;
  return lines[kind].quantity_unit[0] != '\0' ? _ (lines[kind].quantity_unit) : "";
}

const char *
be_line_rate_unit (BeLineKind kind)
{
  return lines[kind].rate_unit[0] != '\0' ? _ (lines[kind].rate_unit) : "";
}

double
be_line_quantity (const BeLine *line)
{
  return line->quantity / lines[line->kind].scale;
}

const char *
be_feasibility_id (BeFeasibility feasibility)
{
  return feasibilities[feasibility].id;
}

/* The id at an index of a list of ids; takes the list. */
static char *
id_at (char **ids, int index)
{
  g_auto (GStrv) owned = ids;

  if (owned == NULL || index < 0 || index >= (int) g_strv_length (owned))
    return NULL;
  return g_strdup (owned[index]);
}

char *
be_workload_path (BeScenario *scenario, int workload)
{
  g_autofree char *id = id_at (be_scenario_list_workloads (scenario), workload);

  return id != NULL ? be_path_join ("workloads", id, NULL) : NULL;
}

char *
be_route_path (BeScenario *scenario, int workload, int route)
{
  g_autofree char *id = id_at (be_scenario_list_workloads (scenario), workload);
  g_autofree char *key = id != NULL ? id_at (be_scenario_list_routes (scenario, id), route) : NULL;

  return key != NULL ? be_path_join ("workloads", id, "routing", "routes", key, NULL) : NULL;
}

char *
be_pool_path (BeScenario *scenario, int pool)
{
  g_autofree char *id = id_at (be_scenario_list_pools (scenario), pool);

  return id != NULL ? be_path_join ("pools", id, NULL) : NULL;
}

static char *
name_of (BeScenario *scenario, const char *path, const char *fallback)
{
  char *name = path != NULL ? be_scenario_get_entity_name (scenario, path) : NULL;

  return name != NULL ? name : g_strdup (fallback);
}

char *
be_workload_name (BeScenario *scenario, int workload)
{
  g_autofree char *path = be_workload_path (scenario, workload);

  return name_of (scenario, path, _ ("Workload"));
}

char *
be_pool_name (BeScenario *scenario, int pool)
{
  g_autofree char *path = be_pool_path (scenario, pool);

  return name_of (scenario, path, _ ("Pool"));
}

char *
be_offer_name (BeScenario *scenario, int offer)
{
  const char *key = offer >= 0 ? be_scenario_offer_key (scenario, offer) : NULL;
  g_autofree char *path = key != NULL ? be_path_join ("offers", key, NULL) : NULL;

  return name_of (scenario, path, key != NULL ? key : _ ("Offer"));
}

char *
be_line_label (BeScenario *scenario, const BeLine *line)
{
  GString *text = g_string_new (NULL);

  if (line->workload >= 0) {
    g_autofree char *name = be_workload_name (scenario, line->workload);
    g_string_append (text, name);
  }
  if (line->offer >= 0) {
    g_autofree char *name = be_offer_name (scenario, line->offer);
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
  }
  if (line->pool >= 0 && line->offer < 0) {
    g_autofree char *name = be_pool_name (scenario, line->pool);
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
  }
  g_string_append_printf (text, "%s%s", text->len > 0 ? ": " : "", be_line_kind_label (line->kind));
  if (line->overflow)
    g_string_append_printf (text, " (%s)", _ ("overflow"));
  return g_string_free (text, FALSE);
}

/* What a line without quantity and rate is made of. */
static const char *
describe_kind (BeLineKind kind)
{
  switch (kind) {
  case BE_LINE_COMMITMENT_SHORTFALL:
    return _ ("commitment − what was billed");
  case BE_LINE_TRAINING:
    return _ ("training cost ÷ life in months");
  case BE_LINE_OWNERSHIP:
    return _ ("amortisation, capital, power, colocation and maintenance");
  case BE_LINE_OVERHEAD:
    return _ ("share of the rent or ownership cost");
  case BE_LINE_FIXED:
    return _ ("fixed, each month");
  case BE_LINE_BUFFER:
    return _ ("share of the lines above");
  default:
    return be_line_kind_label (kind);
  }
}

static char *
number_with_unit (double value, const char *unit)
{
  g_autofree char *number = be_format_number (value, FALSE);

  return unit[0] != '\0' ? g_strconcat (number, " ", _ (unit), NULL) : g_steal_pointer (&number);
}

/* The share of other lines that a line is; NaN: it is none, or one share does not hold for all of
 * it. */
static double
share_of_cost (BeScenario *scenario, const BeLine *line)
{
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);
  double share;

  if (input == NULL)
    return NAN;
  if (line->kind == BE_LINE_OVERHEAD && line->pool >= 0 && line->pool < (int) input->n_pools)
    return input->pools[line->pool].overhead_share;
  if (line->kind != BE_LINE_BUFFER || input->n_workloads == 0)
    return NAN;
  share = input->workloads[0].buffer;
  for (size_t i = 1; i < input->n_workloads; i++)
    if (input->workloads[i].buffer != share)
      return NAN;
  return share;
}

/* "15 % × $17,228.00 = $2,584.20", or in words what the line is. */
static char *
share_formula (BeScenario *scenario, const BeLine *line, const char *total)
{
  double share = share_of_cost (scenario, line);
  g_autofree char *percent = NULL;
  g_autofree char *base = NULL;

  if (!(share > 0))
    return g_strdup_printf ("%s = %s", describe_kind (line->kind), total);
  percent = be_format_value (share, BE_UNIT_SHARE, FALSE);
  base = be_format_money (line->usd / share, FALSE);
  return g_strdup_printf ("%s × %s = %s", percent, base, total);
}

char *
be_line_formula (BeScenario *scenario, const BeLine *line)
{
  g_autofree char *total = be_format_money (line->usd, FALSE);
  g_autofree char *quantity = NULL;
  g_autofree char *rate = NULL;

  if (!isfinite (line->quantity) || !isfinite (line->rate_usd))
    return share_formula (scenario, line, total);
  quantity =
      number_with_unit (line->quantity / lines[line->kind].scale, lines[line->kind].quantity_unit);
  rate = be_format_price (line->rate_usd);
  return g_strdup_printf (
      "%s × %s%s = %s", quantity, rate,
      lines[line->kind].rate_unit[0] != '\0' ? _ (lines[line->kind].rate_unit) : "", total);
}

/* That a pool's model does not fit its GPUs, and what would; NULL when that is not known. */
static char *
fit_sentence (BeScenario *scenario, int pool)
{
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);

  if (input == NULL || pool < 0 || pool >= (int) input->n_pools)
    return NULL;
  g_autofree char *name = be_pool_name (scenario, pool);
  g_autofree char *words = be_study_fit_words (input, be_scenario_get_catalog (scenario), pool);
  return g_strdup_printf ("%s: %s", name, words);
}

/* That a row of the user's own lacks figures, and which; NULL: it is something else. */
static char *
gaps_sentence (BeScenario *scenario, int pool)
{
  g_auto (GStrv) pools = be_scenario_list_pools (scenario);
  g_auto (GStrv) gaps = NULL;

  if (pool < 0 || pool >= (int) g_strv_length (pools))
    return NULL;
  gaps = be_scenario_list_missing_figures (scenario, pools[pool]);
  if (gaps[0] == NULL)
    return NULL;
  g_autofree char *name = be_pool_name (scenario, pool);
  g_autofree char *list = g_strjoinv (", ", gaps);
  /* Translators: a pool; a list of places in the file. */
  return g_strdup_printf (_ ("%s: The throughput is not known. %s: found nothing, allowed is a "
                             "number above 0."),
                          name, list);
}

/* That a pool serves a workload without output tokens, and which; NULL: it does not. */
static char *
no_output_sentence (BeScenario *scenario, int pool)
{
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);

  if (input == NULL || pool < 0 || pool >= (int) input->n_pools)
    return NULL;
  for (size_t i = 0; i < input->pools[pool].n_serves; i++) {
    int served = input->pools[pool].serves[i].workload;
    if (input->workloads[served].output + input->workloads[served].reasoning > 0)
      continue;
    g_autofree char *name = be_pool_name (scenario, pool);
    g_autofree char *workload = be_workload_name (scenario, served);
    /* Translators: a pool; a workload. */
    return g_strdup_printf (_ ("%s: %s has no output tokens, in which the speed of a pool is "
                               "counted."),
                            name, workload);
  }
  return NULL;
}

/* The price that a pool lacks, as a place below the pool; NULL: it lacks none. */
static const char *
price_gap (BeScenario *scenario, int pool)
{
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);

  if (input == NULL || pool < 0 || pool >= (int) input->n_pools)
    return NULL;
  const BePool *at = &input->pools[pool];
  if (at->rent_kind == BE_RENT_OWNED)
    return isnan (at->capex_usd) ? "rent/capex" : NULL;
  return at->reserved_replicas != 0 && isnan (at->reserved_gpu_hour_usd) ? "rent/reserved/gpuHour"
                                                                         : NULL;
}

/* Which price of a pool is not known, and where it is entered; NULL: it is something else. */
static char *
price_sentence (BeScenario *scenario, int pool)
{
  const char *gap = price_gap (scenario, pool);

  if (gap == NULL)
    return NULL;
  g_autofree char *name = be_pool_name (scenario, pool);
  g_autofree char *owner = be_pool_path (scenario, pool);
  g_autofree char *path = g_strconcat (owner, "/", gap, NULL);
  /* Translators: a pool; an input, "Purchase price"; its place in the file. */
  return g_strdup_printf (_ ("%s: “%s” is not known. %s: found nothing, allowed is a number."),
                          name, be_input_label (be_input_find (path)), path);
}

char *
be_fault_path (BeScenario *scenario, const BePlan *plan)
{
  const char *gap =
      plan->feasible == BE_INFEASIBLE_MISSING_PRICE ? price_gap (scenario, plan->fault_pool) : NULL;

  if (plan->fault_pool >= 0) {
    g_autofree char *pool = be_pool_path (scenario, plan->fault_pool);
    return gap != NULL ? g_strconcat (pool, "/", gap, NULL) : g_steal_pointer (&pool);
  }
  if (plan->fault_route >= 0)
    return be_route_path (scenario, plan->fault_workload, plan->fault_route);
  return plan->fault_workload >= 0 ? be_workload_path (scenario, plan->fault_workload) : NULL;
}

/* What is said of a reason when more is known than the reason; NULL: nothing. */
static char *
closer_sentence (BeScenario *scenario, const BePlan *plan)
{
  if (plan->feasible == BE_INFEASIBLE_DOES_NOT_FIT)
    return fit_sentence (scenario, plan->fault_pool);
  if (plan->feasible == BE_INFEASIBLE_MISSING_PRICE)
    return price_sentence (scenario, plan->fault_pool);
  if (plan->feasible != BE_INFEASIBLE_NO_THROUGHPUT)
    return NULL;
  char *gaps = gaps_sentence (scenario, plan->fault_pool);
  return gaps != NULL ? gaps : no_output_sentence (scenario, plan->fault_pool);
}

char *
be_feasibility_sentence (BeScenario *scenario, const BePlan *plan)
{
  g_autofree char *where = NULL;
  const char *sentence = _ (feasibilities[plan->feasible].sentence);

  if (plan->feasible == BE_FEASIBLE)
    return g_strdup (sentence);
  char *closer = closer_sentence (scenario, plan);
  if (closer != NULL)
    return closer;
  if (plan->fault_pool >= 0) {
    where = be_pool_name (scenario, plan->fault_pool);
  } else if (plan->fault_route >= 0) {
    g_autofree char *path = be_route_path (scenario, plan->fault_workload, plan->fault_route);
    where = name_of (scenario, path, _ ("Route"));
  } else if (plan->fault_workload >= 0) {
    where = be_workload_name (scenario, plan->fault_workload);
  }
  return where != NULL ? g_strdup_printf ("%s: %s.", where, sentence)
                       : g_strdup_printf ("%s.", sentence);
}
