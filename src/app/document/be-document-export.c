/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What leaves a document: the shown chart as a picture, its numbers. */
#include "app/document/be-document-view-private.h"

#include "app/dialog/be-file-dialog.h"
#include "app/dialog/be-message.h"
#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Size of an exported chart, in its own units, and pixels per unit of a PNG. */
#define EXPORT_WIDTH 960
#define EXPORT_HEIGHT 600
#define EXPORT_SCALE 2

static gboolean
export_csv (const BeChartData *data, const char *path, GError **error)
{
  g_autofree char *text = be_report_chart_csv (data);

  return be_file_save (path, text, strlen (text), NULL, NULL, error);
}

static gboolean
export_chart (const BeChartData *data, const char *path, GError **error)
{
  static const struct {
    const char *suffix;
    BeExportFormat format;
    BeThemeKind theme;
  } formats[] = {
    { ".png", BE_EXPORT_PNG, BE_THEME_LIGHT },
    { ".svg", BE_EXPORT_SVG, BE_THEME_LIGHT },
    { ".pdf", BE_EXPORT_PDF, BE_THEME_PRINT },
  };
  g_autofree char *folded = g_ascii_strdown (path, -1);
  BeChartStyle style;

  if (g_str_has_suffix (folded, ".csv"))
    return export_csv (data, path, error);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    if (!g_str_has_suffix (folded, formats[i].suffix))
      continue;
    be_chart_style_init (&style, formats[i].theme, EXPORT_WIDTH, EXPORT_HEIGHT);
    style.format = be_format_chart;
    return be_chart_export (data, &style, formats[i].format, EXPORT_SCALE, FALSE, path, error);
  }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               _ ("“%s” names no format: end it with .png, .svg, .pdf or .csv"), path);
  return FALSE;
}

gboolean
be_document_view_export_path (BeDocumentView *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = NULL;
  BeChartData *data = be_document_view_get_shown_data (self);

  if (data == NULL)
    return FALSE;
  if (!export_chart (data, path, &error)) {
    be_message_tell (be_document_view_get_window (self), _ ("The chart was not exported"),
                     error->message);
    return FALSE;
  }
  text = g_strdup_printf (_ ("Exported “%s”"), name);
  be_document_view_tell (self, _ ("Exported"), text);
  return TRUE;
}

static void
export_path (const char *path, gpointer data)
{
  be_document_view_export_path (data, path);
}

void
be_document_view_choose_export (BeDocumentView *self)
{
  const BeFileKind kinds[] = {
    { _ ("PNG image"), "*.png" },
    { _ ("SVG drawing"), "*.svg" },
    { _ ("PDF document"), "*.pdf" },
    { _ ("Numbers as CSV"), "*.csv" },
  };
  const char *page = adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (self->stack));
  g_autofree char *name = g_strconcat (page, ".png", NULL);

  be_file_dialog_save (be_document_view_get_window (self), _ ("Export the Chart"), name, kinds,
                       G_N_ELEMENTS (kinds), export_path, self);
}
