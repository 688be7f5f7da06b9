/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart as a file or as bytes. */
#include "report/export/be-chart-file.h"

#include <string.h>

static const struct {
  const char *ending, *media;
  BeExportFormat picture;
} files[BE_N_CHART_FILES] = {
  [BE_CHART_FILE_PNG] = { "png", "image/png", BE_EXPORT_PNG },
  [BE_CHART_FILE_SVG] = { "svg", "image/svg+xml", BE_EXPORT_SVG },
  [BE_CHART_FILE_PDF] = { "pdf", "application/pdf", BE_EXPORT_PDF },
  [BE_CHART_FILE_CSV] = { "csv", "text/csv", BE_EXPORT_PNG },
};

const char *
be_chart_file_ending (BeChartFile file)
{
  return files[file].ending;
}

const char *
be_chart_file_media (BeChartFile file)
{
  return files[file].media;
}

BeChartFile
be_chart_file_of (const char *path)
{
  const char *dot = strrchr (path, '.');
  int file = 0;

  while (file < BE_N_CHART_FILES
         && (dot == NULL || g_ascii_strcasecmp (dot + 1, files[file].ending) != 0))
    file++;
  return (BeChartFile) file;
}

GBytes *
be_report_chart_bytes (const BeChartData *data, BeChartFile file, const BeChartStyle *style,
                       double scale, gboolean transparent, GError **error)
{
  char *csv;

  if (file != BE_CHART_FILE_CSV)
    return be_chart_export_bytes (data, style, files[file].picture, scale, transparent, error);
  csv = be_report_chart_csv (data);
  return g_bytes_new_take (csv, strlen (csv));
}

gboolean
be_report_chart_save (const BeChartData *data, BeChartFile file, const BeChartStyle *style,
                      double scale, gboolean transparent, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = be_report_chart_bytes (data, file, style, scale, transparent, error);

  return bytes != NULL
         && be_file_save (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                          NULL, error);
}
