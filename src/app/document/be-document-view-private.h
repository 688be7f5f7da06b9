/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the document view share. */
#pragma once

#include "app/document/be-document-view.h"
#include "app/dialog/be-export-dialog.h"
#include "app/input/be-volume.h"

G_BEGIN_DECLS

struct _BeDocumentView {
  AdwBin parent_instance;

  /* children */
  GtkWidget *notice, *gone, *newer; /* bars about the file */
  GtkWidget *drift, *toasts, *split, *headline, *stack;
  GPtrArray *pages; /* BePage, in the order of the table; owned array of borrowed pages */

  /* owned */
  BeScenario *scenario;
  BeUpdate *update;
  GFileMonitor *monitor;
  BeVolumeGesture volume;

  /* state */
  gboolean *stale;     /* of each page; owned */
  gboolean is_keeping; /* the change on disk was seen, and the document is kept */
  gboolean closes_on_save;
  JsonNode *checked_offers; /* the snapshot that was last compared with checked_catalog */
  BeCatalog *checked_catalog;
  BeExportChoice export_choice; /* on its way to the file that is being chosen */
  GQueue lists_to_import;       /* paths, owned: one dialog at a time */
  GtkWidget *import_dialog;     /* borrowed, NULL when none shows */
  gboolean keeps_prices;        /* older prices than the catalogue's were agreed on */
};

/* The window that the view is in now, for dialogs; NULL while it is in none. */
GtkWindow *be_document_view_get_window (BeDocumentView *self);

/* Gives a file to the first page that has a use for it, and shows that page. */
gboolean be_document_view_give_file (BeDocumentView *self, const char *path);

/* be-document-file.c */
void be_document_view_watch_file (BeDocumentView *self);
void be_document_view_settle_close (BeDocumentView *self, gboolean may_close);

/* be-document-export.c */
/* Data of the chart that has the focus, else of the one that the page shows; borrowed, nullable. */
BeChartData *be_document_view_get_chart_data (BeDocumentView *self);

/* be-document-prices.c */
/* Shows or hides the bar that tells of other prices in the catalogue. */
void be_document_view_check_prices (BeDocumentView *self);

G_END_DECLS
