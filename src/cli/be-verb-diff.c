/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb diff: inputs that differ, and a bridge from one cost to the other by cause. */
#include "cli/be-cli.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const struct {
  const char *id, *label;
} causes[BE_N_GROUPS] = {
  [BE_GROUP_TRAFFIC] = { "traffic", N_ ("traffic") },
  [BE_GROUP_TOKENS] = { "tokens", N_ ("tokens") },
  [BE_GROUP_ROUTING] = { "routing", N_ ("routing") },
  [BE_GROUP_SAVINGS] = { "savings", N_ ("caching, batch, retries, buffer") },
  [BE_GROUP_SELF_HOSTING] = { "selfHosting", N_ ("self-hosting") },
  [BE_GROUP_OVER_TIME] = { "overTime", N_ ("over time") },
  [BE_GROUP_PRICES] = { "prices", N_ ("prices") },
};

typedef struct {
  double start, end;          /* $/month of the cheapest plan */
  double change[BE_N_GROUPS]; /* by cause, in order */
  double other;               /* what no single input explains: structure */
} Bridge;

/* $/month of the cheapest plan; NaN when none can be run. */
static gboolean
cheapest_cost (BeScenario *scenario, double *usd, GError **error)
{
  const BePlanInput *input = be_scenario_resolve (scenario, error);
  gboolean done = FALSE;
  BePlanResult result;

  if (input == NULL)
    return FALSE;
  be_plan_result_init (&result);
  if (be_report_evaluate (input, &result, error)) {
    *usd = result.cheapest >= 0 ? result.plans[result.cheapest].per_month_usd : NAN;
    done = TRUE;
  }
  be_plan_result_clear (&result);
  return done;
}

/* Applies the differences of one group in one step; one that cannot be applied leaves all as it
 * was. */
static void
apply_group (BeScenario *scenario, GPtrArray *differences, BeGroup group)
{
  g_autoptr (GPtrArray) assignments = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < differences->len; i++) {
    const BeDifference *difference = g_ptr_array_index (differences, i);
    const BeInput *input = be_input_find (difference->path);

    if (input != NULL && input->group == group && difference->after != NULL)
      g_ptr_array_add (assignments, g_strdup_printf ("%s=%s", difference->path, difference->after));
  }
  g_ptr_array_add (assignments, NULL);
  if (assignments->len > 1)
    be_scenario_assign (scenario, (const char *const *) assignments->pdata, NULL);
  for (guint i = 0; i < differences->len; i++) {
    const BeDifference *difference = g_ptr_array_index (differences, i);
    const BeInput *input = be_input_find (difference->path);

    if (input != NULL && input->group == group && difference->after == NULL)
      be_scenario_reset (scenario, difference->path, NULL);
  }
}

static gboolean
build_bridge (BeScenario *a, BeScenario *b, GPtrArray *differences, Bridge *bridge, GError **error)
{
  g_autoptr (BeScenario) step = be_scenario_copy (a);
  double before;

  *bridge = (Bridge){ 0 };
  if (!cheapest_cost (a, &bridge->start, error) || !cheapest_cost (b, &bridge->end, error))
    return FALSE;
  before = bridge->start;
  for (int group = 0; group < BE_N_GROUPS; group++) {
    double after;

    apply_group (step, differences, group);
    if (!cheapest_cost (step, &after, NULL))
      continue;
    bridge->change[group] = after - before;
    before = after;
  }
  bridge->other = bridge->end - before;
  return TRUE;
}

static JsonNode *
diff_json (GPtrArray *differences, const Bridge *bridge)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "inputs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < differences->len; i++) {
    const BeDifference *difference = g_ptr_array_index (differences, i);

    json_builder_begin_object (builder);
    be_cli_json_text (builder, "path", difference->path);
    be_cli_json_text (builder, "before", difference->before);
    be_cli_json_text (builder, "after", difference->after);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  be_cli_json_number (builder, "start", bridge->start);
  be_cli_json_number (builder, "end", bridge->end);
  json_builder_set_member_name (builder, "bridge");
  json_builder_begin_array (builder);
  for (int i = 0; i <= BE_N_GROUPS; i++) {
    double change = i < BE_N_GROUPS ? bridge->change[i] : bridge->other;

    if (change == 0)
      continue;
    json_builder_begin_object (builder);
    be_cli_json_text (builder, "cause", i < BE_N_GROUPS ? causes[i].id : "structure");
    be_cli_json_number (builder, "change", change);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
append_bridge (GString *text, const Bridge *bridge)
{
  const char *const headers[] = { _ ("Cheapest plan"), _ ("$/month"), NULL };
  g_autoptr (BeTable) table = be_table_new_strv (headers);

  be_table_add (table, g_strdup (_ ("before")), be_format_money (bridge->start, FALSE), NULL);
  for (int i = 0; i <= BE_N_GROUPS; i++) {
    double change = i < BE_N_GROUPS ? bridge->change[i] : bridge->other;

    if (change != 0)
      be_table_add (
          table, g_strdup (i < BE_N_GROUPS ? _ (causes[i].label) : _ ("what was added or removed")),
          be_format_money (change, FALSE), NULL);
  }
  be_table_add (table, g_strdup (_ ("after")), be_format_money (bridge->end, FALSE), NULL);
  be_cli_append_table (text, table, "");
}

static char *
diff_text (GPtrArray *differences, const Bridge *bridge)
{
  const char *const headers[] = { _ ("Input"), _ ("before"), _ ("after"), NULL };
  g_autoptr (BeTable) table = be_table_new_strv (headers);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < differences->len; i++) {
    const BeDifference *difference = g_ptr_array_index (differences, i);

    be_table_add (table, g_strdup (difference->path),
                  g_strdup (difference->before != NULL ? difference->before : "–"),
                  g_strdup (difference->after != NULL ? difference->after : "–"), NULL);
  }
  if (differences->len == 0) {
    g_string_append_printf (text, "%s\n", _ ("No input differs."));
  } else {
    be_cli_append_table (text, table, "");
    g_string_append_c (text, '\n');
    append_bridge (text, bridge);
  }
  return g_string_free (text, FALSE);
}

int
be_cli_run_diff (const BeVerb *verb, int argc, char **argv)
{
  g_auto (BeCliOptions) options = { 0 };
  g_autoptr (BeCatalog) catalog = NULL;
  g_autoptr (BeScenario) a = NULL;
  g_autoptr (BeScenario) b = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  Bridge bridge;

  if (!be_cli_parse (verb, NULL, argc, argv, 2, 2, &options))
    return BE_EXIT_USAGE;
  catalog = be_cli_catalog (&options, &error);
  a = catalog != NULL ? be_cli_open (&options, catalog, options.arguments[0], &error) : NULL;
  b = a != NULL ? be_cli_open (&options, catalog, options.arguments[1], &error) : NULL;
  if (b == NULL)
    return be_cli_fail (error);
  differences = be_scenario_diff (a, b);
  if (!build_bridge (a, b, differences, &bridge, &error))
    return be_cli_fail (error);
  if (options.json)
    return be_cli_print_json (diff_json (differences, &bridge));
  text = diff_text (differences, &bridge);
  return be_cli_print (text);
}
