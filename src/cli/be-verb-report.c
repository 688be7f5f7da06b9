/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb report: the plan as a document, a workbook or a bill. */
#include "cli/be-cli.h"

#include "be-config.h"
#include "report/document/be-document.h"
#include "report/export/be-workbook.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  char *output, *date;
} ReportArguments;

static gboolean
is_date (const char *text)
{
  g_autofree char *moment = g_strconcat (text, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (moment, NULL);

  return strlen (text) == 10 && date != NULL;
}

static gboolean
write_document (BeScenario *scenario, const ReportArguments *arguments, BeDocumentFormat format,
                GError **error)
{
  g_autoptr (BeDocument) document = be_report_document (scenario, arguments->date, error);

  return document != NULL && be_document_save (document, format, arguments->output, error);
}

static gboolean
write_bill (BeScenario *scenario, const char *path, GError **error)
{
  const BePlanInput *input = be_scenario_resolve (scenario, error);
  g_autofree char *csv = NULL;
  BePlanResult result;

  if (input == NULL)
    return FALSE;
  be_plan_result_init (&result);
  if (be_report_evaluate (input, &result, error))
    csv = be_report_bill_csv (scenario, &result);
  be_plan_result_clear (&result);
  return csv != NULL && be_file_save (path, csv, strlen (csv), NULL, NULL, error);
}

static int
run_report (const BeCliOptions *options, const ReportArguments *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = NULL;
  g_autofree char *lower = NULL;
  BeDocumentFormat format = BE_DOCUMENT_PDF;
  gboolean is_csv, is_book, is_document, written;

  if (arguments->output == NULL)
    return be_cli_usage (_ ("report: -o is needed"));
  lower = g_ascii_strdown (arguments->output, -1);
  is_csv = g_str_has_suffix (lower, ".csv");
  is_book = g_str_has_suffix (lower, ".xlsx");
  is_document = be_document_format_of (arguments->output, &format);
  if (!is_csv && !is_book && !is_document)
    return be_cli_usage (_ ("report: %s: a name that ends in .pdf, .html, .md, .xlsx or .csv is "
                            "wanted"),
                         arguments->output);
  if (arguments->date != NULL && !is_date (arguments->date))
    return be_cli_usage (_ ("report: --date is %s: YYYY-MM-DD is wanted"), arguments->date);
  scenario = be_cli_open_argument (options, 0, &error);
  if (scenario == NULL)
    return be_cli_fail (error);
  written = is_csv    ? write_bill (scenario, arguments->output, &error)
            : is_book ? be_report_workbook_save (scenario, arguments->output, &error)
                      : write_document (scenario, arguments, format, &error);
  if (!written)
    return be_cli_fail (error);
  if (options->json) {
    g_autoptr (JsonBuilder) builder = json_builder_new ();

    json_builder_begin_object (builder);
    be_cli_json_text (builder, "file", arguments->output);
    json_builder_end_object (builder);
    return be_cli_print_json (json_builder_get_root (builder));
  }
  return BE_EXIT_OK;
}

int
be_cli_run_report (const BeVerb *verb, int argc, char **argv)
{
  ReportArguments arguments = { 0 };
  g_auto (BeCliOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &arguments.output,
      N_ ("File to write: .pdf, .html, .md, .xlsx or .csv"), N_ ("FILE") },
    { "date", 0, 0, G_OPTION_ARG_STRING, &arguments.date,
      N_ ("Print this day, and the age of prices on it"), "YYYY-MM-DD" },
    { NULL },
  };
  int status = BE_EXIT_USAGE;

  if (be_cli_parse (verb, entries, argc, argv, 1, 1, &options))
    status = run_report (&options, &arguments);
  g_free (arguments.output);
  g_free (arguments.date);
  return status;
}
