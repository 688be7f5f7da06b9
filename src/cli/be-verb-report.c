/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb report: the plan as a document, a workbook or a bill. */
#include "cli/be-cli.h"

#include "be-config.h"
#include "report/export/be-plan-file.h"

#include <glib/gi18n-lib.h>

typedef struct {
  char *output, *date, *paper;
} ReportArguments;

static int
write_report (const BeCliOptions *options, const ReportArguments *arguments, BePlanFile file,
              BePaper paper)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = NULL;
  g_autoptr (JsonBuilder) builder = NULL;

  scenario = be_cli_open_argument (options, 0, &error);
  if (scenario == NULL
      || !be_report_save_plan (scenario, file, paper, arguments->date, arguments->output, &error))
    return be_cli_fail (error);
  if (!options->json)
    return BE_EXIT_OK;
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  be_cli_json_text (builder, "file", arguments->output);
  json_builder_end_object (builder);
  return be_cli_print_json (json_builder_get_root (builder));
}

static int
run_report (const BeCliOptions *options, const ReportArguments *arguments)
{
  BePlanFile file;
  BePaper paper = arguments->paper != NULL ? be_paper_of (arguments->paper) : be_paper_of_locale ();

  if (arguments->output == NULL)
    return be_cli_usage (_ ("report: -o is needed"));
  file = be_plan_file_of (arguments->output);
  if (file == BE_N_PLAN_FILES)
    return be_cli_usage (_ ("report: %s: a name that ends in .pdf, .html, .md, .xlsx or .csv is "
                            "wanted"),
                         arguments->output);
  if (arguments->date != NULL && !be_is_day (arguments->date))
    return be_cli_usage (_ ("report: --date is %s: YYYY-MM-DD is wanted"), arguments->date);
  if (paper == BE_N_PAPERS)
    return be_cli_usage (_ ("report: --paper is %s: a4 or letter is wanted"), arguments->paper);
  if (arguments->paper != NULL && file != BE_PLAN_FILE_PDF)
    return be_cli_usage (_ ("report: --paper is of a .pdf alone"));
  return write_report (options, arguments, file, paper);
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
    { "paper", 0, 0, G_OPTION_ARG_STRING, &arguments.paper,
      N_ ("Pages of a .pdf: a4 or letter, else the locale's"), N_ ("PAPER") },
    { NULL },
  };
  int status = BE_EXIT_USAGE;

  if (be_cli_parse (verb, entries, argc, argv, 1, 1, &options))
    status = run_report (&options, &arguments);
  g_free (arguments.output);
  g_free (arguments.date);
  g_free (arguments.paper);
  return status;
}
