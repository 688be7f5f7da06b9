/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario as a document to decide on: summary, charts, every plan's bill. */
#include "report/document/be-document-private.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static int
count_replicas (const BePlanResult *result, BePlanKind plan, int *gpus)
{
  const BePoolResult *pools = plan == BE_PLAN_HYBRID ? result->hybrid : result->self_hosted;
  int replicas = 0;

  *gpus = 0;
  if (plan != BE_PLAN_HYBRID && plan != BE_PLAN_SELF_HOSTED)
    return 0;
  for (size_t i = 0; pools != NULL && i < result->n_pools; i++) {
    replicas += pools[i].replicas;
    *gpus += pools[i].gpus;
  }
  return replicas;
}

static char *
count_or_nothing (int count)
{
  return count > 0 ? be_format_number (count, FALSE) : g_strdup ("");
}

static char *
more_than_cheapest (const BePlanResult *result, const BePlan *plan)
{
  const BePlan *best = result->cheapest >= 0 ? &result->plans[result->cheapest] : NULL;

  if (best == NULL || !isfinite (plan->per_month_usd))
    return g_strdup ("");
  if (plan == best)
    return g_strdup (_ ("cheapest"));
  if (!be_differs (plan->per_month_usd, best->per_month_usd))
    return g_strdup (_ ("the same"));
  return be_format_money (plan->per_month_usd - best->per_month_usd, FALSE);
}

static void
add_plans (BeDocument *document, const BePlanPaper *paper)
{
  BeTable *table =
      be_table_new (_ ("Plan"), _ ("$/month"), _ ("More than the cheapest"), _ ("$/request"),
                    _ ("$/Mtok"), _ ("Replicas"), _ ("GPUs"), _ ("Quality"), NULL);

  for (int i = 0; i < BE_N_PLANS; i++) {
    const BePlan *plan = &paper->result.plans[i];
    int gpus, replicas = count_replicas (&paper->result, i, &gpus);

    if (!plan->defined)
      continue;
    be_table_add (table, g_strdup (be_plan_label (i)), be_format_money (plan->per_month_usd, FALSE),
                  plan->feasible == BE_FEASIBLE ? more_than_cheapest (&paper->result, plan)
                                                : g_strdup (_ ("cannot be run")),
                  be_format_money (plan->per_request_usd, FALSE),
                  be_format_money (plan->per_mtok_usd, FALSE), count_or_nothing (replicas),
                  count_or_nothing (gpus), be_format_value (plan->quality, BE_UNIT_SHARE, FALSE),
                  NULL);
  }
  be_document_take_table (document, table, "lrrrrrrr", FALSE);
}

static void
add_crossover (BeDocument *document, const BePlanPaper *paper)
{
  BeCrossover crossover = { 0 };
  g_autoptr (GError) error = NULL;
  BeHeadline headline;

  if (!be_study_crossover (paper->input, &crossover, &error)) {
    be_report_headline (paper->scenario, &paper->result, NULL, &headline);
    g_free (headline.crossover);
    headline.crossover = g_strdup (error->message);
  } else {
    be_report_headline (paper->scenario, &paper->result, &crossover, &headline);
  }
  g_autofree char *lead =
      headline.cheapest >= 0
          /* Translators: the cheapest plan's name and its cost per month. */
          ? g_strdup_printf (_ ("The cheapest plan is %s, at %s."), headline.plan, headline.cost)
          : g_strdup (headline.plan);
  be_document_add_lead (document, lead);
  if (headline.difference[0] != '\0')
    be_document_add_item (document, headline.difference);
  be_document_add_item (document, headline.crossover);
  be_headline_clear (&headline);
  be_crossover_clear (&crossover);
}

static void
add_volume (BeDocument *document, const BePlanPaper *paper)
{
  const BePlanResult *result = &paper->result;
  g_autofree char *a_day =
      be_format_value (be_total_requests_per_day (paper->input), BE_UNIT_REQUESTS_PER_DAY, FALSE);
  g_autofree char *input = be_format_number (result->input_mtok, FALSE);
  g_autofree char *output = be_format_number (result->output_mtok, FALSE);
  g_autofree char *text =
      /* Translators: requests a day, then million tokens a month. */
      g_strdup_printf (_ ("Traffic: %s, %s Mtok of input and %s Mtok of output a month."), a_day,
                       input, output);

  be_document_add_item (document, text);
}

/* One sentence where all workloads have the same reserve. */
static void
add_reserves (BeDocument *document, const BePlanPaper *paper)
{
  const BePlanInput *input = paper->input;
  gboolean all_alike = TRUE;

  for (size_t w = 1; w < input->n_workloads; w++)
    all_alike = all_alike && input->workloads[w].buffer == input->workloads[0].buffer;
  for (size_t w = 0; w < (all_alike ? MIN (input->n_workloads, 1) : input->n_workloads); w++) {
    g_autofree char *name = be_workload_name (paper->scenario, (int) w);
    g_autofree char *buffer = be_format_value (input->workloads[w].buffer, BE_UNIT_SHARE, FALSE);
    g_autofree char *text =
        all_alike
            ? g_strdup_printf (_ ("A reserve of %s for what is not modelled."), buffer)
            : g_strdup_printf (_ ("%s: a reserve of %s for what is not modelled."), name, buffer);

    be_document_add_item (document, text);
  }
}

/* "1,140 to 1,540 tokens/s"; NULL where nothing can be computed. */
static char *
range_of_pool (const BePlanPaper *paper, int index)
{
  BeServingResult now = { 0 };
  g_autoptr (GArray) curve = be_study_serving_curve (paper->input, index, &now, NULL);

  if (curve == NULL || !isfinite (now.output_low) || !isfinite (now.output_high))
    return NULL;
  now.output_low = be_report_estimate (now.output_low);
  now.output_high = be_report_estimate (now.output_high);
  return be_serving_range_words (&now);
}

/* The throughput that a pool rests on: entered, or computed with its band. */
static char *
throughput_sentence (const BePlanPaper *paper, int index)
{
  const BePool *pool = &paper->input->pools[index];
  g_autofree char *name = be_pool_name (paper->scenario, index);
  double speed = paper->result.self_hosted != NULL
                     ? paper->result.self_hosted[index].output_tokens_per_second
                     : NAN;
  g_autofree char *range = pool->throughput_measured ? NULL : range_of_pool (paper, index);
  g_autofree char *tokens = be_format_value (range != NULL ? be_report_estimate (speed) : speed,
                                             BE_UNIT_TOKENS_PER_SECOND, FALSE);
  g_autofree char *rent = pool->rent_kind == BE_RENT_OWNED
                              ? g_strdup (_ ("GPUs owned"))
                              : be_format_value (pool->gpu_hour_usd, BE_UNIT_USD_PER_HOUR, FALSE);

  if (pool->rent_kind != BE_RENT_OWNED) {
    /* Translators: a price by the hour. */
    char *of_each = g_strdup_printf (_ ("%s a GPU"), rent);
    g_free (rent);
    rent = of_each;
  }
  if (range != NULL)
    /* Translators: a pool, its speed, "1,140 to 1,540 tokens/s", and "$2.95/h a GPU". */
    return g_strdup_printf (_ ("%s: %s a replica, computed; %s are to be expected; %s."), name,
                            tokens, range, rent);
  return g_strdup_printf (pool->throughput_measured ? _ ("%s: %s a replica, as measured; %s.")
                                                    : _ ("%s: %s a replica, computed; %s."),
                          name, tokens, rent);
}

static void
add_rests_on (BeDocument *document, const BePlanPaper *paper)
{
  g_autofree char *as_of = be_scenario_get_text (paper->scenario, "pricesAsOf");

  be_document_add_heading (document, 2, _ ("What the result rests on"));
  add_volume (document, paper);
  add_reserves (document, paper);
  for (size_t i = 0; i < paper->input->n_pools; i++) {
    g_autofree char *text = throughput_sentence (paper, (int) i);
    be_document_add_item (document, text);
  }
  if (as_of != NULL) {
    g_autofree char *text = g_strdup_printf (
        _ ("Hosted prices in force on %s; offers and sources are listed below."), as_of);
    be_document_add_item (document, text);
  }
}

void
be_paper_add_summary (BeDocument *document, const BePlanPaper *paper)
{
  be_document_add_heading (document, 1, _ ("Summary"));
  add_crossover (document, paper);
  add_plans (document, paper);
  for (int i = 0; i < BE_N_PLANS; i++) {
    const BePlan *plan = &paper->result.plans[i];
    g_autofree char *reason = NULL;
    g_autofree char *text = NULL;

    if (!plan->defined || plan->feasible == BE_FEASIBLE)
      continue;
    reason = be_feasibility_sentence (paper->scenario, plan);
    text = g_strdup_printf (_ ("%s cannot be run. %s"), be_plan_label (i), reason);
    be_document_add_item (document, text);
  }
  add_rests_on (document, paper);
}

void
be_paper_add_charts (BeDocument *document, const BePlanPaper *paper)
{
  static const BeKind kinds[] = { BE_KIND_CROSSOVER, BE_KIND_COSTS, BE_KIND_BREAKDOWN,
                                  BE_KIND_BILL };

  be_document_add_heading (document, 1, _ ("Charts"));
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (GError) error = NULL;
    BeChartOptions options;
    BeChartData *data;

    be_chart_options_init (&options);
    if (kinds[i] == BE_KIND_COSTS)
      options.x_scale = options.y_scale = BE_SCALE_LINEAR;
    data = be_report_chart (paper->scenario, kinds[i], &options, &error);
    if (data != NULL)
      be_document_take_chart (document, data);
    else
      be_document_add_paragraph (document, error->message);
  }
}

static void
add_pools (BeDocument *document, const BePlanPaper *paper, BePlanKind kind)
{
  const BePoolResult *pools =
      kind == BE_PLAN_HYBRID ? paper->result.hybrid : paper->result.self_hosted;
  BeTable *table;

  if (pools == NULL || (kind != BE_PLAN_HYBRID && kind != BE_PLAN_SELF_HOSTED))
    return;
  table = be_table_new (_ ("Pool"), _ ("Replicas"), _ ("GPUs"), _ ("Utilisation"),
                        _ ("tokens/s each"), _ ("Overflow"), NULL);
  for (size_t i = 0; i < paper->result.n_pools; i++)
    be_table_add (
        table, be_pool_name (paper->scenario, (int) i), be_format_number (pools[i].replicas, FALSE),
        be_format_number (pools[i].gpus, FALSE),
        be_format_value (pools[i].utilisation, BE_UNIT_SHARE, FALSE),
        be_format_number (pools[i].output_tokens_per_second, FALSE),
        kind == BE_PLAN_HYBRID ? be_format_value (pools[i].overflow_share, BE_UNIT_SHARE, FALSE)
                               : g_strdup (""),
        NULL);
  be_document_take_table (document, table, "lrrrrr", FALSE);
}

void
be_paper_add_bills (BeDocument *document, const BePlanPaper *paper)
{
  be_document_add_heading (document, 1, _ ("Bills"));
  for (int i = 0; i < BE_N_PLANS; i++) {
    const BePlan *plan = &paper->result.plans[i];
    BeTable *table;

    if (!plan->defined)
      continue;
    be_document_add_heading (document, 2, be_plan_label (i));
    table = be_report_bill_table (paper->scenario, &paper->result, i);
    be_table_add (table, g_strdup (_ ("Total")), g_strdup (""), g_strdup (""),
                  be_format_money (plan->per_month_usd, FALSE), NULL);
    be_document_take_table (document, table, "lrrr", TRUE);
    add_pools (document, paper, i);
  }
}

static BeDocument *
new_document (const BePlanPaper *paper)
{
  const char *name = be_scenario_get_name (paper->scenario);
  g_autofree char *as_of = be_scenario_get_text (paper->scenario, "pricesAsOf");
  g_autofree char *hours = be_format_number (paper->input->month_hours, FALSE);
  g_autofree char *subtitle = NULL;
  g_autofree char *footer = NULL;

  if (as_of == NULL)
    as_of = g_strdup (be_catalog_get_as_of (be_scenario_get_catalog (paper->scenario)));
  subtitle =
      paper->today != NULL
          /* Translators: the line below the title of a report: two dates, and a number between. */
          ? g_strdup_printf (
              _ ("What LLM inference will cost · prices of %s · a month has %s hours "
                 "· written on %s"),
              as_of, hours, paper->today)
          /* Translators: the line below the title of a report. */
          : g_strdup_printf (_ ("What LLM inference will cost · prices of %s · a month has %s "
                                "hours"),
                             as_of, hours);
  footer = g_strdup_printf (_ ("Breakeven %s · scenario format 1 · prices of %s · a month has %s "
                               "hours"),
                            BE_VERSION, as_of, hours);
  return be_document_new (name != NULL && name[0] != '\0' ? name : _ ("Untitled plan"), subtitle,
                          footer);
}

BeDocument *
be_report_document (BeScenario *scenario, const char *today, GError **error)
{
  BePlanPaper paper = { .scenario = scenario, .today = today };
  BeDocument *document = NULL;

  paper.input = be_scenario_resolve (scenario, error);
  if (paper.input == NULL)
    return NULL;
  be_plan_result_init (&paper.result);
  if (be_report_evaluate (paper.input, &paper.result, error)) {
    document = new_document (&paper);
    be_paper_add_summary (document, &paper);
    be_paper_add_warnings (document, &paper);
    be_paper_add_charts (document, &paper);
    be_paper_add_bills (document, &paper);
    be_paper_add_assumptions (document, &paper);
    be_paper_add_exclusions (document, &paper);
  }
  be_plan_result_clear (&paper.result);
  return document;
}
