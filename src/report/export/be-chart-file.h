/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart as a file or as bytes for the clipboard: picture or numbers. */
#pragma once

#include "report/be-report.h"

G_BEGIN_DECLS

typedef enum {
  BE_CHART_FILE_PNG,
  BE_CHART_FILE_SVG,
  BE_CHART_FILE_PDF,
  BE_CHART_FILE_CSV,
  BE_N_CHART_FILES
} BeChartFile;
const char *be_chart_file_ending (BeChartFile file); /* "png" */
const char *be_chart_file_media (BeChartFile file);  /* "image/png" */
/* By the ending of a name, in any case; BE_N_CHART_FILES: none of them. */
BeChartFile be_chart_file_of (const char *path);

/* scale and transparent as in be_chart_export_bytes; CSV takes no notice of style. */
GBytes *be_report_chart_bytes (const BeChartData *data, BeChartFile file, const BeChartStyle *style,
                               double scale, gboolean transparent, GError **error);
/* Whole or not at all. */
gboolean
be_report_chart_save (const BeChartData *data, BeChartFile file, const BeChartStyle *style,
                      double scale, gboolean transparent, const char *path, GError **error);

G_END_DECLS
