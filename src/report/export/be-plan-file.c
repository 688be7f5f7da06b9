/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole plan as a file. */
#include "report/export/be-plan-file.h"

#include "report/export/be-workbook.h"

#include <string.h>

BePlanFile
be_plan_file_of (const char *path)
{
  static const struct {
    const char *ending;
    BePlanFile file;
  } endings[] = {
    { ".pdf", BE_PLAN_FILE_PDF },           { ".html", BE_PLAN_FILE_HTML },
    { ".htm", BE_PLAN_FILE_HTML },          { ".md", BE_PLAN_FILE_MARKDOWN },
    { ".markdown", BE_PLAN_FILE_MARKDOWN }, { ".xlsx", BE_PLAN_FILE_XLSX },
    { ".csv", BE_PLAN_FILE_CSV },
  };
  const char *dot = strrchr (path, '.');

  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (dot, endings[i].ending) == 0)
      return endings[i].file;
  return BE_N_PLAN_FILES;
}

static gboolean
save_bills (BeScenario *scenario, const char *path, GError **error)
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

gboolean
be_report_save_plan (BeScenario *scenario, BePlanFile file, BePaper paper, const char *today,
                     const char *path, GError **error)
{
  static const BeDocumentFormat formats[] = { [BE_PLAN_FILE_PDF] = BE_DOCUMENT_PDF,
                                              [BE_PLAN_FILE_HTML] = BE_DOCUMENT_HTML,
                                              [BE_PLAN_FILE_MARKDOWN] = BE_DOCUMENT_MARKDOWN };
  g_autoptr (BeDocument) document = NULL;

  g_return_val_if_fail (file < BE_N_PLAN_FILES, FALSE);
  if (file == BE_PLAN_FILE_CSV)
    return save_bills (scenario, path, error);
  if (file == BE_PLAN_FILE_XLSX)
    return be_report_workbook_save (scenario, path, error);
  document = be_report_document (scenario, today, error);
  return document != NULL && be_document_save (document, formats[file], paper, path, error);
}
