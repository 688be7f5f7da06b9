/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of a document: what the window needs to know of each, and the table of all of them. */
#pragma once

#include "app/page/be-page-chart.h"

G_BEGIN_DECLS

/* A widget that shows one side of a document's results. It keeps no document: each refresh brings
 * the newest results. What it shows beyond them (zoom, fold, a chosen row) is its own and no part
 * of undo.
 *
 * A page that edits may have these signals, which the document then connects by name:
 * "message" (char *): an edit was refused, in words for the user;
 * "volume-changed" (double factor, gboolean final): a chart's volume marker was moved;
 * "input-chosen" (char *path): an input is asked for, to be shown among the inputs.
 *
 * Every page has the signal "view-changed": what it shows beyond the results is another, and worth
 * keeping for the next start. */
#define BE_TYPE_PAGE (be_page_get_type ())
G_DECLARE_INTERFACE (BePage, be_page, BE, PAGE, GtkWidget)

struct _BePageInterface {
  GTypeInterface parent;

  void (*refresh) (BePage *self, BeUpdate *update);
  BeChartData *(*get_data) (BePage *self);
  BePageChart *(*get_chart) (BePage *self);                                 /* may be absent */
  gboolean (*take_file) (BePage *self, BeUpdate *update, const char *path); /* may be absent */
  const char *(*get_part) (BePage *self);                                   /* may be absent */
  void (*set_part) (BePage *self, const char *part);                        /* with get_part */
};

/* Shows the newest results of update. */
void be_page_refresh (BePage *self, BeUpdate *update);
/* Data of the chart that the page shows now, for export; borrowed, NULL before the first refresh.
 */
BeChartData *be_page_get_data (BePage *self);
/* The page's main chart with its tools, borrowed; NULL for a page that has none. */
BePageChart *be_page_get_chart (BePage *self);

/* Which of its parts a page shows, by a name that files may keep; NULL for a page that is one. An
 * unknown name changes nothing. */
const char *be_page_get_part (BePage *self);
void be_page_set_part (BePage *self, const char *part);
/* Emits "view-changed". */
void be_page_view_changed (BePage *self);

/* Gives a file that was dropped or opened to the page. FALSE: it has no use for such a file. */
gboolean be_page_take_file (BePage *self, BeUpdate *update, const char *path);

/* One row of the table of pages. To add a page is to add a row. */
typedef struct {
  const char *name;          /* state of the action win.page */
  const char *title;         /* N_() */
  const char *icon;          /* an icon of the theme or of the program's resources */
  GtkWidget *(*make) (void); /* a new BePage */
} BePageEntry;
/* All pages, in their order; page N has the key Alt+N. */
const BePageEntry *be_page_list (guint *n_pages);

G_END_DECLS
