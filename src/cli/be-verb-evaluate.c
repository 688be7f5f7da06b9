/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs evaluate and crossover. */
#include "cli/be-cli.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
append_plans (GString *text, const BePlanResult *result)
{
  const char *const headers[] = { _ ("Plan"),   _ ("$/month"),      _ ("$/request"),
                                  _ ("$/Mtok"), _ ("$/Mtok input"), _ ("$/Mtok output"),
                                  NULL };
  g_autoptr (BeTable) table = be_table_new_strv (headers);

  for (int i = 0; i < BE_N_PLANS; i++) {
    const BePlan *plan = &result->plans[i];

    if (!plan->defined)
      continue;
    be_table_add (table, g_strdup (be_plan_label (i)), be_format_money (plan->per_month_usd, FALSE),
                  be_format_money (plan->per_request_usd, FALSE),
                  be_format_money (plan->per_mtok_usd, FALSE),
                  be_format_money (plan->per_mtok_input_usd, FALSE),
                  be_format_money (plan->per_mtok_output_usd, FALSE), NULL);
  }
  be_cli_append_table (text, table, "");
}

static void
append_lines (GString *text, BeScenario *scenario, const BePlanResult *result, BePlanKind kind)
{
  g_autoptr (BeTable) table = NULL;

  if (!result->plans[kind].defined || result->plans[kind].n_lines == 0)
    return;
  table = be_report_bill_table (scenario, result, kind);
  g_string_append_printf (text, "\n%s\n", be_plan_label (kind));
  be_cli_append_table (text, table, "  ");
}

static void
append_pools (GString *text, BeScenario *scenario, const BePlanResult *result, gboolean hybrid)
{
  const char *const headers[] = {
    _ ("Pool"),          _ ("Replicas"), _ ("GPUs"), _ ("Utilisation"),
    _ ("tokens/s each"), _ ("Overflow"), NULL
  };
  const BePoolResult *pools = hybrid ? result->hybrid : result->self_hosted;
  g_auto (GStrv) ids = be_scenario_list_pools (scenario);
  g_autoptr (BeTable) table = be_table_new_strv (headers);

  for (size_t i = 0; pools != NULL && i < result->n_pools && ids[i] != NULL; i++) {
    g_autofree char *path = be_path_join ("pools", ids[i], NULL);
    char *name = be_scenario_get_entity_name (scenario, path);

    be_table_add (
        table, name != NULL ? name : g_strdup (ids[i]), be_format_number (pools[i].replicas, FALSE),
        be_format_number (pools[i].gpus, FALSE),
        be_format_value (pools[i].utilisation, BE_UNIT_SHARE, FALSE),
        be_format_number (pools[i].output_tokens_per_second, FALSE),
        hybrid ? be_format_value (pools[i].overflow_share, BE_UNIT_SHARE, FALSE) : g_strdup (""),
        NULL);
  }
  if (table->rows->len > 0)
    be_cli_append_table (text, table, "  ");
}

static void
append_warnings (GString *text, BeScenario *scenario, const BePlanResult *result)
{
  g_autoptr (GPtrArray) messages = be_report_warnings (scenario, result);

  if (messages->len > 0)
    g_string_append_printf (text, "\n%s\n", _ ("Warnings"));
  for (guint i = 0; i < messages->len; i++)
    g_string_append_printf (text, "  %s\n",
                            ((BeMessage *) g_ptr_array_index (messages, i))->message);
}

static void
append_basis (GString *text, BeScenario *scenario)
{
  const char *name = be_scenario_get_name (scenario);
  g_autofree char *as_of = be_scenario_get_text (scenario, "pricesAsOf");
  g_autofree char *hours =
      be_format_number (be_scenario_get_number (scenario, "monthHours"), FALSE);

  if (name != NULL && name[0] != '\0')
    g_string_append_printf (text, "%s\n", name);
  g_string_append_printf (text, _ ("A month has %s hours."), hours);
  if (as_of != NULL)
    g_string_append_printf (text, _ (" Prices of %s."), as_of);
  g_string_append (text, "\n\n");
}

static char *
evaluate_text (BeScenario *scenario, const BePlanResult *result)
{
  GString *text = g_string_new (NULL);
  BeHeadline headline;

  append_basis (text, scenario);
  append_plans (text, result);
  be_report_headline (scenario, result, NULL, &headline);
  g_string_append_printf (text, _ ("\nCheapest: %s, %s; %s\n"), headline.plan, headline.cost,
                          headline.difference);
  be_headline_clear (&headline);
  for (int i = 0; i < BE_N_PLANS; i++) {
    append_lines (text, scenario, result, i);
    if (i == BE_PLAN_SELF_HOSTED || i == BE_PLAN_HYBRID)
      append_pools (text, scenario, result, i == BE_PLAN_HYBRID);
  }
  append_warnings (text, scenario, result);
  return g_string_free (text, FALSE);
}

int
be_cli_run_evaluate (const BeVerb *verb, int argc, char **argv)
{
  g_auto (BeCliOptions) options = { 0 };
  g_autoptr (BeScenario) scenario = NULL;
  g_autoptr (GError) error = NULL;
  const BePlanInput *input;
  BePlanResult result;
  int status;

  if (!be_cli_parse (verb, NULL, argc, argv, 1, 1, &options))
    return BE_EXIT_USAGE;
  scenario = be_cli_open_argument (&options, 0, &error);
  input = scenario != NULL ? be_scenario_resolve (scenario, &error) : NULL;
  if (input == NULL)
    return be_cli_fail (error);
  be_plan_result_init (&result);
  if (!be_report_evaluate (input, &result, &error)) {
    status = be_cli_fail (error);
  } else if (options.json) {
    status = be_cli_print_json (be_report_evaluate_json (scenario, &result));
  } else {
    g_autofree char *text = evaluate_text (scenario, &result);
    status = be_cli_print (text);
  }
  be_plan_result_clear (&result);
  return status;
}

static void
append_crossings (GString *text, const BeCrossover *crossover)
{
  const char *const headers[] = { _ ("Crossing"), _ ("requests/day"), _ ("Mtok/month"),
                                  _ ("$/month"), NULL };
  g_autoptr (BeTable) table = be_table_new_strv (headers);

  for (guint i = 0; crossover->crossings != NULL && i < crossover->crossings->len; i++) {
    const BeCrossing *crossing = &g_array_index (crossover->crossings, BeCrossing, i);
    const char *label = crossing->kind == BE_CROSSING_REVERSAL ? _ ("Hosted is cheaper again")
                        : crossing->permanent                  ? _ ("Self-hosting stays cheaper")
                                                               : _ ("Self-hosting becomes cheaper");

    be_table_add (table, g_strdup (label), be_format_number (crossing->requests_per_day, FALSE),
                  be_format_number (crossing->mtok_per_month, FALSE),
                  be_format_money (crossing->usd_per_month, FALSE), NULL);
  }
  if (table->rows->len == 0)
    return;
  g_string_append_c (text, '\n');
  be_cli_append_table (text, table, "");
}

static char *
crossover_text (BeScenario *scenario, const BeCrossover *crossover)
{
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);
  GString *text = g_string_new (NULL);
  g_autofree char *sentence = be_crossover_sentence (crossover);
  g_autofree char *cost =
      be_format_value (crossover->hybrid_usd_per_month, BE_UNIT_USD_PER_MONTH, FALSE);

  g_string_append_printf (text, "%s\n", sentence);
  if (isfinite (crossover->hybrid_usd_per_month))
    g_string_append_printf (text,
                            ngettext ("Best hybrid at today's volume: %d replica, %s.\n",
                                      "Best hybrid at today's volume: %d replicas, %s.\n",
                                      (gulong) crossover->hybrid_replicas),
                            crossover->hybrid_replicas, cost);
  append_crossings (text, crossover);
  for (size_t i = 0; input != NULL && i < input->n_pools; i++) {
    g_autofree char *other = be_same_weights_sentence (scenario, (int) i);
    if (other != NULL)
      g_string_append_printf (text, "\n%s\n", other);
  }
  return g_string_free (text, FALSE);
}

int
be_cli_run_crossover (const BeVerb *verb, int argc, char **argv)
{
  g_auto (BeCliOptions) options = { 0 };
  g_autoptr (BeScenario) scenario = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const BePlanInput *input;
  BeCrossover crossover = { 0 };
  int status;

  if (!be_cli_parse (verb, NULL, argc, argv, 1, 1, &options))
    return BE_EXIT_USAGE;
  scenario = be_cli_open_argument (&options, 0, &error);
  input = scenario != NULL ? be_scenario_resolve (scenario, &error) : NULL;
  if (input == NULL || !be_study_crossover (input, &crossover, &error))
    return be_cli_fail (error);
  if (options.json) {
    status = be_cli_print_json (be_report_crossover_json (scenario, &crossover));
  } else {
    text = crossover_text (scenario, &crossover);
    status = be_cli_print (text);
  }
  be_crossover_clear (&crossover);
  return status;
}
