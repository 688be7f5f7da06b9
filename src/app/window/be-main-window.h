/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window of documents, one a tab. */
#pragma once

#include "app/document/be-document-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Hosts one document view or several; the tab bar hides while there is one. Its actions, also
 * exported on the session bus, go to the document that is shown: save, save-as, undo, redo, export,
 * reload, keep-mine, import-prices, apply-prices, keep-prices, sidebar and page (stateful: a name
 * of the table of pages); and for scripts, with a path: save-path, import-path, compare-path,
 * export-path (the chart shown; by suffix png, svg, pdf or csv). Of the window itself: open,
 * open-path, new-tab, close-tab, move-tab (into a window of its own), start-from (a template, in
 * the place of a start page). A window without a tab closes itself. */
#define BE_TYPE_MAIN_WINDOW (be_main_window_get_type ())
G_DECLARE_FINAL_TYPE (BeMainWindow, be_main_window, BE, MAIN_WINDOW, AdwApplicationWindow)

/* scenario: shown in the first tab; NULL: no tab yet. */
BeMainWindow *be_main_window_new (GtkApplication *application, BeScenario *scenario);
/* A new tab, which is shown then. Returns its document, borrowed. */
BeDocumentView *be_main_window_add (BeMainWindow *self, BeScenario *scenario);
/* The document that is shown, borrowed; NULL while there is none. */
BeDocumentView *be_main_window_get_shown (BeMainWindow *self);
/* The scenario of it; NULL likewise. */
BeScenario *be_main_window_get_scenario (BeMainWindow *self);
guint be_main_window_get_n_tabs (BeMainWindow *self);
/* The document of a tab, borrowed; NULL for a tab that has none yet. */
BeDocumentView *be_main_window_get_tab (BeMainWindow *self, guint n);
/* Shows the tab of a document that this window has. */
void be_main_window_show_tab (BeMainWindow *self, BeDocumentView *view);

/* Opens a file: in the place of an untouched example, else in a new tab; when a window has the
 * file open already, its tab is shown. Errors are told. */
void be_main_window_open_path (BeMainWindow *self, const char *path);

/* ---- closing ---- */

/* Asks about unsaved changes, one document after the other, and goes on with
 * be_application_go_on_closing; FALSE when there are none (any more). */
gboolean be_main_window_ask_close (BeMainWindow *self);
/* What was agreed to be lost is asked about again. */
void be_main_window_stop_closing (BeMainWindow *self);

G_END_DECLS
