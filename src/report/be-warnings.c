/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reader of the plan must be warned of, with the place it belongs to. */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define STALE_DAYS 90

void
be_message_free (gpointer data)
{
  BeMessage *message = data;

  if (message == NULL)
    return;
  g_free (message->code);
  g_free (message->path);
  g_free (message->message);
  g_free (message);
}

/* Takes path and text. */
static void
add_message (GPtrArray *messages, const char *code, char *path, char *text)
{
  BeMessage *message = g_new0 (BeMessage, 1);

  message->code = g_strdup (code);
  message->path = path != NULL ? path : g_strdup ("");
  message->message = text;
  g_ptr_array_add (messages, message);
}

static const char *const warning_codes[] = {
  [BE_WARN_RATE_LIMIT] = "rateLimit",
  [BE_WARN_UNSERVED] = "unserved",
  [BE_WARN_LATENCY_UNKNOWN] = "latencyUnknown",
  [BE_WARN_NO_QUEUEING_MARGIN] = "noQueueingMargin",
  [BE_WARN_QUALITY_FLOOR] = "qualityFloor",
  [BE_WARN_MEMORY_EDGE] = "memoryEdge",
  [BE_WARN_OTHER_MODEL_OVERFLOW] = "otherModelOverflow",
};

static char *
warning_path (BeScenario *scenario, const BeWarning *warning)
{
  if (warning->pool >= 0)
    return be_pool_path (scenario, warning->pool);
  if (warning->route >= 0)
    return be_route_path (scenario, warning->workload, warning->route);
  return be_workload_path (scenario, warning->workload);
}

static char *
warning_owner (BeScenario *scenario, const BeWarning *warning)
{
  g_autofree char *path = NULL;
  char *name = NULL;

  if (warning->pool >= 0)
    return be_pool_name (scenario, warning->pool);
  if (warning->route >= 0) {
    path = be_route_path (scenario, warning->workload, warning->route);
    name = path != NULL ? be_scenario_get_entity_name (scenario, path) : NULL;
  }
  return name != NULL ? name : be_workload_name (scenario, warning->workload);
}

/* The owner's name, with the plan where that is not the hosted one. */
static char *
warning_subject (BeScenario *scenario, const BeWarning *warning)
{
  g_autofree char *owner = warning_owner (scenario, warning);

  if (warning->plan <= BE_PLAN_HOSTED)
    return g_steal_pointer (&owner);
  /* Translators: a workload, route or pool, and the plan in which something happens to it. */
  return g_strdup_printf (_ ("%s (%s)"), owner, be_plan_label ((BePlanKind) warning->plan));
}

static char *
warning_text (const BeWarning *warning, const char *owner)
{
  g_autofree char *value = be_format_value (warning->value, BE_UNIT_SHARE, FALSE);
  g_autofree char *limit = be_format_value (warning->limit, BE_UNIT_SHARE, FALSE);
  /* What the peak hour asks for: the limit is the part of it that is not turned away. */
  g_autofree char *needed = be_format_number (warning->limit / (1 - warning->value), FALSE);

  switch (warning->kind) {
  case BE_WARN_RATE_LIMIT:
    if (isfinite (warning->limit) && warning->limit > 0)
      return g_strdup_printf (
          _ ("%s: the limit per minute turns away %s of the requests at the peak hour; they wait "
             "for the next hour with room. The limit would have to be %s."),
          owner, value, needed);
    return g_strdup_printf (
        _ ("%s: the limit per minute turns away %s of the requests at the peak hour; they wait "
           "for the next hour with room."),
        owner, value);
  case BE_WARN_UNSERVED:
    return g_strdup_printf (
        _ ("%s: %s of the requests find no room in the week under the rate limits."), owner, value);
  case BE_WARN_LATENCY_UNKNOWN:
    return g_strdup_printf (
        _ ("%s: the latency is unknown, so the share of requests that run into the timeout is "
           "left at zero."),
        owner);
  case BE_WARN_NO_QUEUEING_MARGIN:
    return g_strdup_printf (_ ("%s: sized with no queueing margin."), owner);
  case BE_WARN_QUALITY_FLOOR:
    return g_strdup_printf (_ ("%s: the quality %s is below the floor of %s."), owner, value,
                            limit);
  case BE_WARN_MEMORY_EDGE:
    return g_strdup_printf (
        _ ("%s: little GPU memory is left for the KV cache; small changes of the lengths change "
           "the throughput much."),
        owner);
  case BE_WARN_OTHER_MODEL_OVERFLOW:
    return g_strdup_printf (_ ("%s: what overflows is answered by another model."), owner);
  default:
    return g_strdup (owner);
  }
}

static void
add_plan_faults (GPtrArray *messages, BeScenario *scenario, const BePlanResult *result)
{
  for (int i = 0; i < BE_N_PLANS; i++) {
    const BePlan *plan = &result->plans[i];
    g_autofree char *sentence = NULL;

    if (!plan->defined || plan->feasible == BE_FEASIBLE)
      continue;
    sentence = be_feasibility_sentence (scenario, plan);
    add_message (messages, be_feasibility_id (plan->feasible), be_fault_path (scenario, plan),
                 g_strdup_printf (_ ("%s cannot be run. %s"), be_plan_label (i), sentence));
  }
}

/* What the same weights cost at a provider, or "". */
static char *
hosted_elsewhere (const BeSameWeights *same, const char *model)
{
  g_autofree char *price = be_format_cost (same->per_mtok_usd, BE_UNIT_USD_PER_MTOK);
  g_autofree char *cost = be_format_value (same->per_month_usd, BE_UNIT_USD_PER_MONTH, FALSE);

  if (same->offer == NULL)
    return g_strdup ("");
  /* Translators: a second sentence; a provider, the model's name, a price per million tokens, a
   * cost per month. */
  return g_strdup_printf (
      _ (" Hosted by %s, %s costs %s at this mix, %s for what the pool serves."),
      same->offer->provider, model, price, cost);
}

char *
be_same_weights_sentence (BeScenario *scenario, int pool)
{
  g_autofree char *path = be_pool_path (scenario, pool);
  g_autofree char *model_path = path != NULL ? g_strconcat (path, "/model", NULL) : NULL;
  g_autofree char *model = model_path != NULL ? be_scenario_get_text (scenario, model_path) : NULL;
  g_autofree char *name = be_pool_name (scenario, pool);
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);
  BeSameWeights same;

  if (!be_study_same_weights (scenario, pool, &same, NULL) || same.other_route < 0)
    return NULL;
  const BeWorkload *workload = &input->workloads[same.other_workload];
  g_autofree char *other = be_offer_name (scenario, workload->routes[same.other_route].offer);
  g_autofree char *elsewhere = hosted_elsewhere (&same, model);
  return g_strdup_printf (_ ("%s runs %s, but it is compared with %s, which is another model.%s"),
                          name, model, other, elsewhere);
}

static void
add_other_model (GPtrArray *messages, BeScenario *scenario, int pool)
{
  char *sentence = be_same_weights_sentence (scenario, pool);

  if (sentence != NULL)
    add_message (messages, "otherModel", be_pool_path (scenario, pool), sentence);
}

static void
add_stale_prices (GPtrArray *messages, BeScenario *scenario, GDateTime *today)
{
  g_autofree char *text = be_scenario_get_text (scenario, "pricesAsOf");
  g_autofree char *moment = text != NULL ? g_strconcat (text, "T00:00:00Z", NULL) : NULL;
  g_autoptr (GDateTime) as_of = moment != NULL ? g_date_time_new_from_iso8601 (moment, NULL) : NULL;
  gint64 days;

  if (as_of == NULL)
    return;
  days = g_date_time_difference (today, as_of) / G_TIME_SPAN_DAY;
  if (days > STALE_DAYS)
    add_message (messages, "stalePrices", g_strdup ("pricesAsOf"),
                 g_strdup_printf (ngettext ("The prices are of %s, %d day old.",
                                            "The prices are of %s, %d days old.", (gulong) days),
                                  text, (int) days));
}

/* What the offer's dates and rates say, once for each offer. Takes path. */
static void
add_offer_date (GPtrArray *messages, BeScenario *scenario, GHashTable *seen, GDateTime *today,
                int offer, char *path)
{
  g_autofree char *place = path;

  if (offer < 0 || !g_hash_table_add (seen, GINT_TO_POINTER (offer + 1)))
    return;
  const char *key = be_scenario_offer_key (scenario, offer);
  g_autoptr (JsonNode) node = key != NULL ? be_scenario_get_offer (scenario, key) : NULL;
  if (node == NULL)
    return;
  g_autofree char *note = be_offer_note_on (node, today);
  g_autofree char *name = be_offer_name (scenario, offer);
  g_autofree char *implausible = be_offer_implausible_note (node);
  if (implausible != NULL)
    add_message (messages, "implausiblePrice", g_strdup (place),
                 g_strdup_printf ("%s: %s.", name, implausible));
  if (note != NULL)
    add_message (messages, "priceDate", g_steal_pointer (&place),
                 g_strdup_printf ("%s: %s.", name, note));
}

/* Prices that are old, or about to end, of the offers in use. */
static void
add_offer_dates (GPtrArray *messages, BeScenario *scenario, const BePlanInput *input,
                 GDateTime *today)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_auto (GStrv) units = be_scenario_list_provisioned (scenario);

  for (size_t w = 0; w < input->n_workloads; w++)
    for (size_t r = 0; r < input->workloads[w].n_routes; r++)
      add_offer_date (messages, scenario, seen, today, input->workloads[w].routes[r].offer,
                      be_route_path (scenario, (int) w, (int) r));
  for (size_t i = 0; i < input->n_pools; i++)
    add_offer_date (messages, scenario, seen, today, input->pools[i].overflow_offer,
                    be_pool_path (scenario, (int) i));
  for (size_t i = 0; i < input->n_provisioned && units[i] != NULL; i++)
    add_offer_date (messages, scenario, seen, today, input->provisioned[i].offer,
                    be_path_join ("provisioned", units[i], NULL));
}

/* Fewer requests than one in so many are no warning: a spread has no longest prompt. */
#define RARE 1e-4

/* Requests that the offer's model cannot take, by the prompts' spread. */
static void
add_context (GPtrArray *messages, BeScenario *scenario, const BePlanInput *input, int w, int r)
{
  const BeRoute *route = &input->workloads[w].routes[r];
  const char *key = be_scenario_offer_key (scenario, route->offer);
  double window = key != NULL ? be_report_offer_rate (scenario, key, "contextWindow") : NAN;
  double share = be_workload_share_above (&input->workloads[w], route->token_factor, window);

  if (!(share > RARE))
    return;
  g_autofree char *offer = be_offer_name (scenario, route->offer);
  g_autofree char *owner = be_workload_name (scenario, w);
  g_autofree char *beyond = be_format_value (share, BE_UNIT_SHARE, FALSE);
  g_autofree char *allowed = be_format_value (window, BE_UNIT_TOKENS, FALSE);
  add_message (messages, "contextWindow", be_route_path (scenario, w, r),
               /* Translators: an offer, "128,000 tokens", "10.6 %", a workload. */
               g_strdup_printf (_ ("%s takes %s at most, but %s of the requests of %s have more, "
                                   "prompt and answer together."),
                                offer, allowed, beyond, owner));
}

static void
add_contexts (GPtrArray *messages, BeScenario *scenario, const BePlanInput *input)
{
  for (size_t w = 0; w < input->n_workloads; w++)
    for (size_t r = 0; r < input->workloads[w].n_routes; r++)
      add_context (messages, scenario, input, (int) w, (int) r);
}

/* The same place, kind and value under an earlier plan. */
static gboolean
is_said (const BePlanResult *result, size_t index)
{
  const BeWarning *warning = &result->warnings[index];

  for (size_t i = 0; i < index; i++) {
    const BeWarning *earlier = &result->warnings[i];
    if (earlier->kind == warning->kind && earlier->workload == warning->workload
        && earlier->route == warning->route && earlier->pool == warning->pool
        && earlier->limit == warning->limit
        && fabs (earlier->value - warning->value) <= 1e-9 * fabs (warning->value))
      return TRUE;
  }
  return FALSE;
}

GPtrArray *
be_report_warnings (BeScenario *scenario, const BePlanResult *result)
{
  g_autoptr (GDateTime) today = g_date_time_new_now_utc ();

  return be_report_warnings_on (scenario, result, today);
}

GPtrArray *
be_report_warnings_on (BeScenario *scenario, const BePlanResult *result, GDateTime *today)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func (be_message_free);
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);

  add_plan_faults (messages, scenario, result);
  for (size_t i = 0; i < result->n_warnings; i++) {
    const BeWarning *warning = &result->warnings[i];
    g_autofree char *owner = warning_subject (scenario, warning);

    if (is_said (result, i))
      continue;
    add_message (messages, warning_codes[warning->kind], warning_path (scenario, warning),
                 warning_text (warning, owner));
  }
  for (size_t i = 0; input != NULL && i < input->n_pools; i++) {
    add_other_model (messages, scenario, (int) i);
    be_report_add_pool_notes (messages, scenario, input, (int) i);
  }
  if (input != NULL)
    add_contexts (messages, scenario, input);
  if (input != NULL)
    add_offer_dates (messages, scenario, input, today);
  if (today != NULL)
    add_stale_prices (messages, scenario, today);
  return messages;
}
