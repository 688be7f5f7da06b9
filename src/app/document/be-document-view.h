/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One document as people see it: inputs at the left, headline above, pages in the middle. */
#pragma once

#include "app/page/be-page.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Shows one scenario and does to its file what the user asks for. It may be moved from one window
 * to another: the window is the root that it has at the moment. Signals:
 * "state-changed": title, file, unsaved changes or undo changed, or whether the side bar has room;
 * "view-changed": what is shown beyond the results, see be_document_view_describe_shown;
 * "close-settled" (gboolean may_close): the answer to be_document_view_ask_close. */
#define BE_TYPE_DOCUMENT_VIEW (be_document_view_get_type ())
G_DECLARE_FINAL_TYPE (BeDocumentView, be_document_view, BE, DOCUMENT_VIEW, AdwBin)

GtkWidget *be_document_view_new (BeScenario *scenario);
BeScenario *be_document_view_get_scenario (BeDocumentView *self);
/* Shows another document in the place of this one, which is dropped without a question. */
void be_document_view_set_scenario (BeDocumentView *self, BeScenario *scenario);
/* Is it an example that nobody has touched, so that another document may take its place? */
gboolean be_document_view_is_pristine (BeDocumentView *self);
/* The scenario's name, else its file's. Caller frees. */
char *be_document_view_get_title (BeDocumentView *self);
/* The file's name, or that there is none. Caller frees. */
char *be_document_view_get_file_name (BeDocumentView *self);

/* Borrowed: for switchers, actions and whether there is room. */
AdwViewStack *be_document_view_get_stack (BeDocumentView *self);
GtkWidget *be_document_view_get_split (BeDocumentView *self);

/* The page that is shown, and by its name in the table of pages; NULL for an unknown name. */
BePage *be_document_view_get_shown_page (BeDocumentView *self);
BePage *be_document_view_get_page (BeDocumentView *self, const char *name);
/* Results that are brought up to date, and what the shown page makes of them; all borrowed. Data
 * may be NULL, see be_page_get_data. */
BeUpdate *be_document_view_get_update (BeDocumentView *self);
BeChartData *be_document_view_get_shown_data (BeDocumentView *self);
/* Text as shown in the headline, see be_headline_view_get_text. */
const char *be_document_view_get_headline (BeDocumentView *self, const char *figure);

/* Tells of an error or a fact: a toast when it is short, else a dialog. */
void be_document_view_tell (BeDocumentView *self, const char *heading, const char *text);

/* Moves the focus from the inputs to the first chart of the shown page, from chart to chart, and
 * from the last one back to the inputs. */
void be_document_view_focus_next (BeDocumentView *self);

/* ---- its file ---- */

/* Saves where the document belongs; asks for a place when it has none. */
void be_document_view_save (BeDocumentView *self);
void be_document_view_choose_save (BeDocumentView *self);
/* path NULL: where it belongs. TRUE when it was saved; else the error is told. */
gboolean be_document_view_save_path (BeDocumentView *self, const char *path);
/* Ask what to export and where to, beginning at the chart or at the report. */
void be_document_view_choose_export (BeDocumentView *self);
void be_document_view_choose_report (BeDocumentView *self);
/* The chart that has the focus, else the one that is shown; by suffix png, svg, pdf or csv. Errors
 * are told. */
gboolean be_document_view_export_path (BeDocumentView *self, const char *path);
/* The whole plan; by suffix pdf, html, md, xlsx or csv (the bills). Errors are told. */
void be_document_view_export_report_path (BeDocumentView *self, const char *path);
/* To the clipboard: the same chart as picture and numbers, or its numbers alone. */
void be_document_view_copy_chart (BeDocumentView *self);
void be_document_view_copy_numbers (BeDocumentView *self);
/* The report on paper: asks for a printer; shows the pages; prints to a PDF file without asking. */
void be_document_view_print (BeDocumentView *self);
void be_document_view_preview_print (BeDocumentView *self);
void be_document_view_print_path (BeDocumentView *self, const char *path);
/* Takes what another program wrote into the file, or goes on with this document. */
void be_document_view_reload (BeDocumentView *self);
void be_document_view_keep_mine (BeDocumentView *self);
/* Looks whether the file was changed by others and tells so in a bar. */
void be_document_view_check_file (BeDocumentView *self);
/* Shows the page Compare with another scenario's file. */
void be_document_view_compare_path (BeDocumentView *self, const char *path);
/* Asks what to do with unsaved changes and answers by "close-settled", at once when there are none.
 */
void be_document_view_ask_close (BeDocumentView *self);

/* ---- its prices ---- */

void be_document_view_choose_import (BeDocumentView *self);
/* Shows what a public price list would change, to be applied or left. */
void be_document_view_import_path (BeDocumentView *self, const char *path);
void be_document_view_apply_prices (BeDocumentView *self);
void be_document_view_keep_prices (BeDocumentView *self);

G_END_DECLS
