/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb diff: inputs that differ, and a bridge from one cost to the other by cause. */
#include "cli/be-cli.h"

#include "be-config.h"
#include "report/compare/be-comparison.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static JsonNode *
diff_json (BeComparison *comparison)
{
  GPtrArray *differences = be_comparison_get_differences (comparison);
  const BeBridge *bridge = be_comparison_get_bridge (comparison);
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
  for (int cause = 0; cause <= BE_CAUSE_STRUCTURE; cause++) {
    double change = be_comparison_get_change (comparison, cause);

    if (change == 0 || isnan (change))
      continue;
    json_builder_begin_object (builder);
    be_cli_json_text (builder, "cause", be_cause_id (cause));
    be_cli_json_number (builder, "change", change);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* The same chart as the window's page Compare, as numbers. */
static void
append_bridge (GString *text, BeComparison *comparison)
{
  g_autoptr (BeChartData) data = NULL;
  g_autoptr (BeTable) table = NULL;
  BeChartOptions options;

  be_chart_options_init (&options);
  options.comparison = comparison;
  data = be_report_chart (NULL, BE_KIND_BRIDGE, &options, NULL);
  table = be_report_chart_table (data);
  if (table->rows->len > 0) {
    be_cli_append_table (text, table, "");
    g_string_append_c (text, '\n');
  }
}

static char *
diff_text (BeComparison *comparison)
{
  const char *const headers[] = { _ ("Path"), _ ("Input"), _ ("Before"), _ ("After"), NULL };
  g_autoptr (BeTable) table = be_table_new_strv (headers);
  GPtrArray *rows = be_comparison_get_rows (comparison);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++) {
    const BeDifferenceRow *row = g_ptr_array_index (rows, i);

    be_table_add (table, g_strdup (row->path), g_strdup (row->label), g_strdup (row->before),
                  g_strdup (row->after), NULL);
  }
  if (rows->len > 0) {
    be_cli_append_table (text, table, "");
    g_string_append_c (text, '\n');
    append_bridge (text, comparison);
  }
  g_string_append_printf (text, "%s\n", be_comparison_get_sentence (comparison));
  return g_string_free (text, FALSE);
}

int
be_cli_run_diff (const BeVerb *verb, int argc, char **argv)
{
  g_auto (BeCliOptions) options = { 0 };
  g_autoptr (BeCatalog) catalog = NULL;
  g_autoptr (BeScenario) a = NULL;
  g_autoptr (BeScenario) b = NULL;
  g_autoptr (BeComparison) comparison = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!be_cli_parse (verb, NULL, argc, argv, 2, 2, &options))
    return BE_EXIT_USAGE;
  catalog = be_cli_catalog (&options, &error);
  a = catalog != NULL ? be_cli_open (&options, catalog, options.arguments[0], &error) : NULL;
  b = a != NULL ? be_cli_open (&options, catalog, options.arguments[1], &error) : NULL;
  if (b == NULL)
    return be_cli_fail (error);
  comparison = be_comparison_new (a, b);
  if (be_comparison_get_error (comparison) != NULL)
    return be_cli_fail (be_comparison_get_error (comparison));
  if (options.json)
    return be_cli_print_json (diff_json (comparison));
  text = diff_text (comparison);
  return be_cli_print (text);
}
