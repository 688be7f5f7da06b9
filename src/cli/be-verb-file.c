/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs set and validate. */
#include "cli/be-cli.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
assign_all (BeScenario *scenario, const BeCliOptions *options, GError **error)
{
  GPtrArray *all = g_ptr_array_new ();
  g_autofree char **assignments = NULL;

  for (gsize i = 0; options->sets != NULL && options->sets[i] != NULL; i++)
    g_ptr_array_add (all, options->sets[i]);
  for (gsize i = 1; options->arguments[i] != NULL; i++)
    g_ptr_array_add (all, options->arguments[i]);
  g_ptr_array_add (all, NULL);
  assignments = (char **) g_ptr_array_free (all, FALSE);
  return assignments[0] == NULL
         || be_scenario_assign (scenario, (const char *const *) assignments, error);
}

static int
write_scenario (BeScenario *scenario, const BeCliOptions *options, const char *output)
{
  g_autoptr (GError) error = NULL;
  gboolean from_input = be_cli_is_stream (options->arguments[0]);
  g_autofree char *data = NULL;

  if ((output == NULL && from_input) || (output != NULL && g_str_equal (output, "-"))) {
    data = be_scenario_to_data (scenario, NULL);
    return be_cli_print (data);
  }
  if (!be_scenario_save (scenario, output, FALSE, &error))
    return be_cli_fail (error);
  if (options->json) {
    g_autoptr (JsonBuilder) builder = json_builder_new ();

    json_builder_begin_object (builder);
    be_cli_json_text (builder, "file", output != NULL ? output : options->arguments[0]);
    json_builder_end_object (builder);
    return be_cli_print_json (json_builder_get_root (builder));
  }
  return BE_EXIT_OK;
}

int
be_cli_run_set (const BeVerb *verb, int argc, char **argv)
{
  g_auto (BeCliOptions) options = { 0 };
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("Write here instead of in place"),
      N_ ("FILE") },
    { NULL },
  };
  BeCliOptions opening = { 0 };
  g_autoptr (BeCatalog) catalog = NULL;
  g_autoptr (BeScenario) scenario = NULL;
  g_autoptr (GError) error = NULL;

  if (!be_cli_parse (verb, entries, argc, argv, 1, G_MAXUINT, &options))
    return BE_EXIT_USAGE;
  for (gsize i = 1; options.arguments[i] != NULL; i++)
    if (strchr (options.arguments[i], '=') == NULL)
      return be_cli_usage (_ ("set: %s is no PATH=VALUE"), options.arguments[i]);
  catalog = be_cli_catalog (&options, &error);
  if (catalog == NULL)
    return be_cli_fail (error);
  /* Shares set by --set and by arguments are one step: all are applied below. */
  scenario = be_cli_open (&opening, catalog, options.arguments[0], &error);
  if (scenario == NULL || !assign_all (scenario, &options, &error))
    return be_cli_fail (error);
  return write_scenario (scenario, &options, output);
}

static int
print_problems (const BeCliOptions *options, GPtrArray *problems)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  int status;

  for (guint i = 0; !options->json && i < problems->len; i++)
    be_cli_fail (g_ptr_array_index (problems, i));
  if (options->json) {
    json_builder_begin_object (builder);
    json_builder_set_member_name (builder, "problems");
    json_builder_begin_array (builder);
    for (guint i = 0; i < problems->len; i++)
      json_builder_add_string_value (builder,
                                     ((GError *) g_ptr_array_index (problems, i))->message);
    json_builder_end_array (builder);
    json_builder_end_object (builder);
    status = be_cli_print_json (json_builder_get_root (builder));
    if (status != BE_EXIT_OK)
      return status;
  }
  return problems->len > 0 ? BE_EXIT_INPUT : BE_EXIT_OK;
}

/* The problem that --set makes, if the file itself has none. */
static void
check_sets (const BeCliOptions *options, BeCatalog *catalog, GBytes *bytes, const char *name,
            GPtrArray *problems)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (BeScenario) scenario = NULL;
  GError *error = NULL;

  scenario = be_scenario_new_from_data (catalog, data, length, name, &error);
  if (scenario == NULL
      || !be_scenario_assign (scenario, (const char *const *) options->sets, &error))
    g_ptr_array_add (problems, error);
}

int
be_cli_run_validate (const BeVerb *verb, int argc, char **argv)
{
  g_auto (BeCliOptions) options = { 0 };
  g_autoptr (BeCatalog) catalog = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;
  const char *data;
  gsize length;

  if (!be_cli_parse (verb, NULL, argc, argv, 1, 1, &options))
    return BE_EXIT_USAGE;
  catalog = be_cli_catalog (&options, &error);
  bytes = catalog != NULL ? be_cli_read (options.arguments[0], &name, &error) : NULL;
  if (bytes == NULL)
    return be_cli_fail (error);
  data = g_bytes_get_data (bytes, &length);
  problems = be_scenario_validate (catalog, data != NULL ? data : "", length, name);
  if (problems->len == 0 && options.sets != NULL)
    check_sets (&options, catalog, bytes, name, problems);
  return print_problems (&options, problems);
}
