/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The documents that are open in any tab of any window. */
#include "app/compare/be-open-documents.h"

#include "app/window/be-main-window.h"

static void
open_document_free (gpointer data)
{
  BeOpenDocument *document = data;

  g_object_unref (document->scenario);
  g_free (document->title);
  g_free (document);
}

static void
add_of_window (GPtrArray *documents, BeMainWindow *window, BeScenario *except)
{
  for (guint i = 0; i < be_main_window_get_n_tabs (window); i++) {
    BeDocumentView *view = be_main_window_get_tab (window, i);
    BeScenario *scenario = view != NULL ? be_document_view_get_scenario (view) : NULL;
    BeOpenDocument *document;

    if (scenario == NULL || scenario == except)
      continue;
    document = g_new (BeOpenDocument, 1);
    document->scenario = g_object_ref (scenario);
    document->title = be_document_view_get_title (view);
    g_ptr_array_add (documents, document);
  }
}

GPtrArray *
be_open_documents_list (BeScenario *except)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func (open_document_free);
  GApplication *application = g_application_get_default ();
  GList *windows = GTK_IS_APPLICATION (application)
                       ? gtk_application_get_windows (GTK_APPLICATION (application))
                       : NULL;

  for (GList *l = windows; l != NULL; l = l->next)
    if (BE_IS_MAIN_WINDOW (l->data))
      add_of_window (documents, l->data, except);
  return documents;
}
