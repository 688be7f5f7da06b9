/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole plan as a file: report, workbook or bills. */
#pragma once

#include "report/document/be-document.h"

G_BEGIN_DECLS

typedef enum {
  BE_PLAN_FILE_PDF,
  BE_PLAN_FILE_HTML,
  BE_PLAN_FILE_MARKDOWN,
  BE_PLAN_FILE_XLSX,
  BE_PLAN_FILE_CSV, /* every plan's bill */
  BE_N_PLAN_FILES
} BePlanFile;
/* By the ending of a name (.pdf, .html, .htm, .md, .markdown, .xlsx, .csv), in any case;
 * BE_N_PLAN_FILES: none of them. */
BePlanFile be_plan_file_of (const char *path);
/* Whole or not at all. paper as for be_document_save, today as for be_report_document; of no
 * concern to workbook and bills. */
gboolean be_report_save_plan (BeScenario *scenario, BePlanFile file, BePaper paper,
                              const char *today, const char *path, GError **error);

G_END_DECLS
