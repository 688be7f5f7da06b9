/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb selftest: published figures beside this program's own. */
#include "cli/be-cli.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>

static int
print_json (BeCatalog *catalog)
{
  g_autoptr (GArray) checks = be_study_reference (catalog);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "checks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < checks->len; i++) {
    const BeReferenceCheck *check = &g_array_index (checks, BeReferenceCheck, i);
    json_builder_begin_object (builder);
    be_cli_json_text (builder, "id", check->id);
    be_cli_json_text (builder, "what", check->what);
    be_cli_json_text (builder, "source", check->source);
    be_cli_json_number (builder, "low", check->published_low);
    be_cli_json_number (builder, "high", check->published_high);
    be_cli_json_number (builder, "ours", check->ours);
    json_builder_set_member_name (builder, "holds");
    if (check->worked)
      json_builder_add_boolean_value (builder, check->holds);
    else
      json_builder_add_null_value (builder);
    be_cli_json_text (builder, "note", check->note);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return be_cli_print_json (json_builder_get_root (builder));
}

int
be_cli_run_selftest (const BeVerb *verb, int argc, char **argv)
{
  g_auto (BeCliOptions) options = { 0 };
  g_autoptr (BeCatalog) catalog = NULL;
  g_autoptr (BeTable) table = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean all_hold;
  int status;

  if (!be_cli_parse (verb, NULL, argc, argv, 0, 0, &options))
    return BE_EXIT_USAGE;
  if (options.sets != NULL)
    return be_cli_usage (_ ("selftest: there is no scenario that --set could change"));
  catalog = be_cli_catalog (&options, &error);
  if (catalog == NULL)
    return be_cli_fail (error);
  table = be_report_reference_table (catalog, &all_hold);
  be_cli_append_table (text, table, "");
  status = options.json ? print_json (catalog) : be_cli_print (text->str);
  return status != BE_EXIT_OK ? status : all_hold ? BE_EXIT_OK : BE_EXIT_INPUT;
}
