/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What leaves a document: charts, numbers and reports as files. */
#include "app/document/be-document-view-private.h"

#include "app/be-accessible.h"
#include "app/dialog/be-export-dialog.h"
#include "app/dialog/be-file-dialog.h"
#include "app/dialog/be-message.h"
#include "be-config.h"
#include "report/export/be-chart-file.h"
#include "report/export/be-plan-file.h"

#include <glib/gi18n-lib.h>

/* How a chart is exported where nothing else was chosen. */
#define EXPORT_WIDTH 960
#define EXPORT_HEIGHT 600
#define EXPORT_SCALE 2

BeChartData *
be_document_view_get_chart_data (BeDocumentView *self)
{
  GtkWindow *window = be_document_view_get_window (self);
  GtkWidget *focus = window != NULL ? gtk_window_get_focus (window) : NULL;
  GtkWidget *chart = focus != NULL ? gtk_widget_get_ancestor (focus, BE_TYPE_PAGE_CHART) : NULL;

  if (chart != NULL && gtk_widget_is_ancestor (chart, GTK_WIDGET (self)))
    return be_page_chart_get_data (BE_PAGE_CHART (chart));
  return be_document_view_get_shown_data (self);
}

/* Tells how it went; takes the error. */
static gboolean
tell_outcome (BeDocumentView *self, const char *path, GError *error)
{
  g_autoptr (GError) owned = error;
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = NULL;

  if (owned != NULL) {
    be_message_tell (be_document_view_get_window (self), _ ("Nothing was exported"),
                     owned->message);
    return FALSE;
  }
  text = g_strdup_printf (_ ("Exported “%s”"), name);
  be_document_view_tell (self, _ ("Exported"), text);
  return TRUE;
}

static void
style_of (const BeExportChoice *choice, BeChartStyle *style)
{
  be_chart_style_init (style, choice->theme, choice->width, choice->height);
  style->format = be_format_chart;
}

gboolean
be_document_view_export_path (BeDocumentView *self, const char *path)
{
  BeChartFile file = be_chart_file_of (path);
  BeChartData *data = be_document_view_get_chart_data (self);
  GError *error = NULL;
  BeChartStyle style;

  if (data == NULL)
    return FALSE;
  be_chart_style_init (&style, file == BE_CHART_FILE_PDF ? BE_THEME_PRINT : BE_THEME_LIGHT,
                       EXPORT_WIDTH, EXPORT_HEIGHT);
  style.format = be_format_chart;
  if (file == BE_N_CHART_FILES)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                 _ ("“%s” names no format: end it with .png, .svg, .pdf or .csv"), path);
  else
    be_report_chart_save (data, file, &style, EXPORT_SCALE, FALSE, path, &error);
  return tell_outcome (self, path, error);
}

/* By the ending of `name`; the file has the name that was chosen, whatever that ends in. */
static void
save_plan (BeDocumentView *self, const char *name, const char *path, GError **error)
{
  BePlanFile file = be_plan_file_of (name);

  if (file == BE_N_PLAN_FILES)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                 _ ("“%s” names no format: end it with .pdf, .html, .md, .xlsx or .csv"), path);
  else
    be_report_save_plan (self->scenario, file, be_paper_of_locale (), NULL, path, error);
}

void
be_document_view_export_report_path (BeDocumentView *self, const char *path)
{
  GError *error = NULL;

  save_plan (self, path, path, &error);
  tell_outcome (self, path, error);
}

static void
write_cb (const char *path, gpointer data)
{
  BeDocumentView *self = data;
  const BeExportChoice *choice = &self->export_choice;
  BeChartData *chart = be_document_view_get_chart_data (self);
  g_autofree char *name = g_strconcat ("x.", choice->ending, NULL);
  GError *error = NULL;
  BeChartStyle style;

  if (choice->what == BE_EXPORT_WHAT_REPORT || choice->is_bill
      || g_str_equal (choice->ending, "xlsx")) {
    save_plan (self, name, path, &error);
  } else if (chart != NULL) {
    style_of (choice, &style);
    be_report_chart_save (chart, be_chart_file_of (name), &style, choice->scale,
                          choice->transparent, path, &error);
  }
  tell_outcome (self, path, error);
}

/* "Support assistant" -> "Support assistant.pdf"; nothing in it parts folders. */
static char *
file_name (BeDocumentView *self, const BeExportChoice *choice)
{
  gboolean is_chart = choice->what == BE_EXPORT_WHAT_CHART
                      || (g_str_equal (choice->ending, "csv") && !choice->is_bill);
  g_autofree char *title = be_document_view_get_title (self);
  g_autofree char *name =
      is_chart ? g_strconcat (
          title, " ", adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (self->stack)), NULL)
               : g_strdup (title);

  g_strdelimit (name, "/\n\t", '-');
  if (name[0] == '.')
    name[0] = '-';
  return g_strconcat (name, ".", choice->ending, NULL);
}

static void
chosen_cb (const BeExportChoice *choice, gpointer data)
{
  BeDocumentView *self = data;
  g_autofree char *pattern = g_strconcat ("*.", choice->ending, NULL);
  g_autofree char *upper = g_ascii_strup (choice->ending, -1);
  const BeFileKind kind = { upper, pattern };
  g_autofree char *name = file_name (self, choice);

  self->export_choice = *choice;
  be_file_dialog_save (be_document_view_get_window (self), _ ("Export"), name, &kind, 1, write_cb,
                       self);
}

static GBytes *
preview_cb (const BeExportChoice *choice, gpointer data)
{
  BeChartData *chart = be_document_view_get_chart_data (data);
  BeChartStyle style;

  if (chart == NULL)
    return NULL;
  style_of (choice, &style);
  return be_report_chart_bytes (chart, BE_CHART_FILE_PNG, &style, choice->scale,
                                choice->transparent, NULL);
}

static void
choose (BeDocumentView *self, BeExportWhat what)
{
  GtkWidget *dialog =
      be_export_dialog_new (be_document_view_get_window (self), what, preview_cb, chosen_cb, self);

  gtk_window_present (GTK_WINDOW (dialog));
  be_accessible_hush (dialog);
}

void
be_document_view_choose_export (BeDocumentView *self)
{
  choose (self, BE_EXPORT_WHAT_CHART);
}

void
be_document_view_choose_report (BeDocumentView *self)
{
  choose (self, BE_EXPORT_WHAT_REPORT);
}
