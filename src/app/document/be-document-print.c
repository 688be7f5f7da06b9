/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What leaves a document by other ways than files: the clipboard and the printer. */
#include "app/document/be-document-view-private.h"

#include "app/be-accessible.h"
#include "app/dialog/be-message.h"
#include "app/export/be-chart-content.h"
#include "app/export/be-print-preview.h"
#include "app/export/be-print.h"
#include "be-config.h"

#include <glib/gi18n-lib.h>

void
be_document_view_copy_chart (BeDocumentView *self)
{
  BeChartData *data = be_document_view_get_chart_data (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkContentProvider) content =
      data != NULL ? be_chart_content_new (data, &error) : NULL;

  if (content != NULL) {
    gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
    be_document_view_tell (self, _ ("Copied"), _ ("Chart copied"));
  } else if (error != NULL) {
    be_message_tell (be_document_view_get_window (self), _ ("The chart was not copied"),
                     error->message);
  }
}

void
be_document_view_copy_numbers (BeDocumentView *self)
{
  BeChartData *data = be_document_view_get_chart_data (self);
  g_autoptr (GdkContentProvider) content = NULL;

  if (data == NULL)
    return;
  content = be_chart_content_new_numbers (data);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
  be_document_view_tell (self, _ ("Copied"), _ ("Numbers copied"));
}

/* The report, or NULL after the error was told. */
static BeDocument *
make_document (BeDocumentView *self)
{
  g_autoptr (GError) error = NULL;
  BeDocument *document = be_report_document (self->scenario, NULL, &error);

  if (document == NULL)
    be_message_tell (be_document_view_get_window (self), _ ("There is nothing to print"),
                     error->message);
  return document;
}

static void
failed_cb (const char *message, gpointer data)
{
  be_message_tell (be_document_view_get_window (data), _ ("The plan was not printed"), message);
}

void
be_document_view_print (BeDocumentView *self)
{
  BeDocument *document = make_document (self);

  if (document != NULL)
    be_print_ask (be_document_view_get_window (self), document, failed_cb, self);
}

void
be_document_view_preview_print (BeDocumentView *self)
{
  BeDocument *document = make_document (self);
  GtkWidget *window;

  if (document == NULL)
    return;
  window = be_print_preview_new (be_document_view_get_window (self), document);
  gtk_window_present (GTK_WINDOW (window));
  be_accessible_hush (window);
}

void
be_document_view_print_path (BeDocumentView *self, const char *path)
{
  g_autoptr (BeDocument) document = make_document (self);
  g_autoptr (GError) error = NULL;

  if (document != NULL && !be_print_to_file (document, path, &error))
    failed_cb (error != NULL ? error->message : path, self);
}
