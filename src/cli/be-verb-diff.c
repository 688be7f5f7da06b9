/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb diff: inputs that differ, and a bridge from one cost to the other by cause. */
#include "cli/be-cli.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>

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

static JsonNode *
diff_json (GPtrArray *differences, const BeBridge *bridge)
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
  be_cli_json_number (builder, "start", bridge->start_usd);
  be_cli_json_number (builder, "end", bridge->end_usd);
  json_builder_set_member_name (builder, "bridge");
  json_builder_begin_array (builder);
  for (int i = 0; i <= BE_N_GROUPS; i++) {
    double change = i < BE_N_GROUPS ? bridge->change_usd[i] : bridge->other_usd;

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
append_bridge (GString *text, const BeBridge *bridge)
{
  const char *const headers[] = { _ ("Cheapest plan"), _ ("$/month"), NULL };
  g_autoptr (BeTable) table = be_table_new_strv (headers);

  be_table_add (table, g_strdup (_ ("before")), be_format_money (bridge->start_usd, FALSE), NULL);
  for (int i = 0; i <= BE_N_GROUPS; i++) {
    double change = i < BE_N_GROUPS ? bridge->change_usd[i] : bridge->other_usd;

    if (change != 0)
      be_table_add (
          table, g_strdup (i < BE_N_GROUPS ? _ (causes[i].label) : _ ("what was added or removed")),
          be_format_money (change, FALSE), NULL);
  }
  be_table_add (table, g_strdup (_ ("after")), be_format_money (bridge->end_usd, FALSE), NULL);
  be_cli_append_table (text, table, "");
}

static char *
diff_text (GPtrArray *differences, const BeBridge *bridge)
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
  BeBridge bridge;

  if (!be_cli_parse (verb, NULL, argc, argv, 2, 2, &options))
    return BE_EXIT_USAGE;
  catalog = be_cli_catalog (&options, &error);
  a = catalog != NULL ? be_cli_open (&options, catalog, options.arguments[0], &error) : NULL;
  b = a != NULL ? be_cli_open (&options, catalog, options.arguments[1], &error) : NULL;
  if (b == NULL)
    return be_cli_fail (error);
  differences = be_scenario_diff (a, b);
  if (!be_study_bridge (a, b, differences, &bridge, &error))
    return be_cli_fail (error);
  if (options.json)
    return be_cli_print_json (diff_json (differences, &bridge));
  text = diff_text (differences, &bridge);
  return be_cli_print (text);
}
