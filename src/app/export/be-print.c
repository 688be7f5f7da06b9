/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan's report on paper. */
#include "app/export/be-print.h"

/* One print under way; the operation owns it. */
typedef struct {
  const BeDocument *document;
  BeDocument *owned; /* the document, or NULL when it is the caller's */
  BePages *pages;
  BePrintFailed failed;
  GObject *user_data; /* weak */
} Job;

/* What the user chose last, for the next time. */
static GtkPrintSettings *settings;
static GtkPageSetup *page_setup;

static void
job_free (gpointer data)
{
  Job *job = data;

  be_pages_free (job->pages);
  be_document_free (job->owned);
  g_clear_weak_pointer (&job->user_data);
  g_free (job);
}

/* The margins are those of the pages: the context is the whole sheet. */
static gboolean
paginate_cb (GtkPrintOperation *operation, GtkPrintContext *context, Job *job)
{
  g_clear_pointer (&job->pages, be_pages_free);
  job->pages = be_pages_new (job->document, gtk_print_context_get_width (context),
                             gtk_print_context_get_height (context));
  gtk_print_operation_set_n_pages (operation, (int) be_pages_get_n (job->pages));
  return TRUE;
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, Job *job)
{
  be_pages_paint (job->pages, (guint) page, gtk_print_context_get_cairo_context (context));
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, Job *job)
{
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_APPLY) {
    g_set_object (&settings, gtk_print_operation_get_print_settings (operation));
    g_set_object (&page_setup, gtk_print_operation_get_default_page_setup (operation));
  }
  if (result != GTK_PRINT_OPERATION_RESULT_ERROR || job->failed == NULL || job->user_data == NULL)
    return;
  gtk_print_operation_get_error (operation, &error);
  job->failed (error != NULL ? error->message : "", job->user_data);
}

static GtkPrintOperation *
new_operation (Job *job)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();

  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_job_name (operation, job->document->title);
  if (settings != NULL)
    gtk_print_operation_set_print_settings (operation, settings);
  if (page_setup != NULL)
    gtk_print_operation_set_default_page_setup (operation, page_setup);
  g_object_set_data_full (G_OBJECT (operation), "be-print-job", job, job_free);
  g_signal_connect (operation, "paginate", G_CALLBACK (paginate_cb), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), job);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), job);
  return operation;
}

void
be_print_ask (GtkWindow *parent, BeDocument *document, BePrintFailed failed, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);
  g_autoptr (GtkPrintOperation) operation = NULL;

  job->document = job->owned = document;
  job->failed = failed;
  g_set_weak_pointer (&job->user_data, G_OBJECT (user_data));
  operation = new_operation (job);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}

gboolean
be_print_to_file (const BeDocument *document, const char *path, GError **error)
{
  Job *job = g_new0 (Job, 1);
  g_autoptr (GtkPrintOperation) operation = NULL;

  job->document = document;
  operation = new_operation (job);
  gtk_print_operation_set_export_filename (operation, path);
  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, error)
         == GTK_PRINT_OPERATION_RESULT_APPLY;
}

void
be_print_get_paper (double *width, double *height)
{
  g_autoptr (GtkPageSetup) fallback = page_setup == NULL ? gtk_page_setup_new () : NULL;
  GtkPageSetup *setup = page_setup != NULL ? page_setup : fallback;

  *width = gtk_page_setup_get_paper_width (setup, GTK_UNIT_POINTS);
  *height = gtk_page_setup_get_paper_height (setup, GTK_UNIT_POINTS);
}
