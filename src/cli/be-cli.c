/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options, files and output of every verb. */
#include "cli/be-cli.h"

#include "be-config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void
be_cli_options_clear (BeCliOptions *options)
{
  g_clear_pointer (&options->sets, g_strfreev);
  g_clear_pointer (&options->catalog_path, g_free);
  g_clear_pointer (&options->arguments, g_strfreev);
}

int
be_cli_usage (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list values;

  va_start (values, format);
  message = g_strdup_vprintf (format, values);
  va_end (values);
  g_printerr ("breakeven-cli: %s\n", message);
  return BE_EXIT_USAGE;
}

int
be_cli_fail (const GError *error)
{
  g_printerr ("breakeven-cli: %s\n", error != NULL ? error->message : _ ("unknown error"));
  return BE_EXIT_INPUT;
}

static GOptionContext *
new_context (const BeVerb *verb, const GOptionEntry *entries, BeCliOptions *options)
{
  const GOptionEntry common[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print JSON"), NULL },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->sets,
      N_ ("Change an input first (repeatable)"), N_ ("PATH=VALUE") },
    { "catalog", 0, 0, G_OPTION_ARG_FILENAME, &options->catalog_path,
      N_ ("Take hosted prices from this catalogue"), N_ ("FILE") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->arguments, NULL, NULL },
    { NULL },
  };
  g_autofree char *parameters = g_strchomp (g_strconcat (verb->name, " ", verb->arguments, NULL));
  GOptionContext *context = g_option_context_new (NULL);

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ (verb->summary));
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  g_set_prgname (parameters);
  return context;
}

static gboolean
are_assignments (const BeVerb *verb, char **sets)
{
  for (char **set = sets; set != NULL && *set != NULL; set++) {
    if (strchr (*set, '=') != NULL)
      continue;
    be_cli_usage (_ ("%s: --set %s is no PATH=VALUE"), verb->name, *set);
    return FALSE;
  }
  return TRUE;
}

gboolean
be_cli_parse (const BeVerb *verb, const GOptionEntry *entries, int argc, char **argv, guint least,
              guint most, BeCliOptions *options)
{
  g_autoptr (GOptionContext) context = new_context (verb, entries, options);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = g_strdupv (argv);
  g_autofree char *parameters = g_strdup (g_get_prgname ());
  g_autofree char *program = g_strdup_printf ("breakeven-cli %s", parameters);
  guint n;

  g_set_prgname (program);
  if (!g_option_context_parse_strv (context, &words, &error)) {
    be_cli_usage ("%s: %s", verb->name, error->message);
    return FALSE;
  }
  n = options->arguments != NULL ? g_strv_length (options->arguments) : 0;
  if (n >= least && n <= most)
    return are_assignments (verb, options->sets);
  be_cli_usage (
      ngettext ("%s: %u argument found, wanted: %s", "%s: %u arguments found, wanted: %s", n),
      verb->name, n, parameters);
  return FALSE;
}

BeCatalog *
be_cli_catalog (const BeCliOptions *options, GError **error)
{
  if (options->catalog_path != NULL)
    return be_catalog_new_from_file (options->catalog_path, error);
  return be_catalog_new_default (error);
}

gboolean
be_cli_is_stream (const char *path)
{
  GStatBuf info;

  return g_str_equal (path, "-")
         || (g_stat (path, &info) == 0 && !S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode));
}

static GBytes *
read_stream (const char *path, const char *name, GError **error)
{
  GBytes *bytes;
  int fd;

  if (g_str_equal (path, "-"))
    return be_file_read_stream (STDIN_FILENO, name, 0, error);
  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0) {
    g_set_error (error, BE_JSON_ERROR, BE_JSON_ERROR_IO, "%s: %s", name, g_strerror (errno));
    return NULL;
  }
  bytes = be_file_read_stream (fd, name, 0, error);
  close (fd);
  return bytes;
}

GBytes *
be_cli_read (const char *path, char **name, GError **error)
{
  g_autofree char *shown =
      g_str_equal (path, "-") ? g_strdup (_ ("standard input")) : g_filename_display_name (path);
  GBytes *bytes = be_cli_is_stream (path) ? read_stream (path, shown, error)
                                          : be_file_read (path, 0, NULL, error);

  if (name != NULL)
    *name = g_steal_pointer (&shown);
  return bytes;
}

static BeScenario *
open_file (BeCatalog *catalog, const char *path, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  const char *data;

  if (!be_cli_is_stream (path))
    return be_scenario_load (catalog, path, error);
  bytes = be_cli_read (path, &name, error);
  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  return be_scenario_new_from_data (catalog, data != NULL ? data : "", length, name, error);
}

BeScenario *
be_cli_open (const BeCliOptions *options, BeCatalog *catalog, const char *path, GError **error)
{
  g_autoptr (BeScenario) scenario = open_file (catalog, path, error);

  if (scenario == NULL)
    return NULL;
  if (options->sets != NULL
      && !be_scenario_assign (scenario, (const char *const *) options->sets, error))
    return NULL;
  return g_steal_pointer (&scenario);
}

BeScenario *
be_cli_open_argument (const BeCliOptions *options, guint index, GError **error)
{
  g_autoptr (BeCatalog) catalog = be_cli_catalog (options, error);

  return catalog != NULL ? be_cli_open (options, catalog, options->arguments[index], error) : NULL;
}

int
be_cli_print (const char *text)
{
  if (fputs (text, stdout) >= 0 && fflush (stdout) == 0)
    return BE_EXIT_OK;
  g_printerr ("breakeven-cli: %s: %s\n", _ ("standard output"), g_strerror (errno));
  return BE_EXIT_INPUT;
}

int
be_cli_print_json (JsonNode *root)
{
  g_autofree char *text = be_json_write (root, NULL);

  json_node_unref (root);
  return be_cli_print (text);
}

static void
append_cell (GString *text, const char *cell, gsize width, gboolean to_left, gboolean is_last)
{
  gsize length = (gsize) g_utf8_strlen (cell, -1);

  for (gsize i = length; !to_left && i < width; i++)
    g_string_append_c (text, ' ');
  g_string_append (text, cell);
  for (gsize i = length; to_left && !is_last && i < width; i++)
    g_string_append_c (text, ' ');
  g_string_append (text, is_last ? "\n" : "  ");
}

static void
append_cells (GString *text, char **cells, const gsize *widths, const char *indent)
{
  g_string_append (text, indent);
  for (gsize i = 0; cells[i] != NULL; i++)
    append_cell (text, cells[i], widths[i], i == 0, cells[i + 1] == NULL);
}

void
be_cli_append_table (GString *text, const BeTable *table, const char *indent)
{
  gsize n = g_strv_length (table->headers);
  g_autofree gsize *widths = g_new0 (gsize, n);

  for (gsize column = 0; column < n; column++) {
    widths[column] = (gsize) g_utf8_strlen (table->headers[column], -1);
    for (guint row = 0; row < table->rows->len; row++) {
      char **cells = g_ptr_array_index (table->rows, row);
      widths[column] = MAX (widths[column], (gsize) g_utf8_strlen (cells[column], -1));
    }
  }
  append_cells (text, table->headers, widths, indent);
  for (guint row = 0; row < table->rows->len; row++)
    append_cells (text, g_ptr_array_index (table->rows, row), widths, indent);
}

void
be_cli_json_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
be_cli_json_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}
