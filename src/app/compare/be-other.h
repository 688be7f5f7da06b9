/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scenario that a document is compared with. */
#pragma once

#include "app/be-update.h"
#include "report/compare/be-comparison.h"

G_BEGIN_DECLS

/* A scenario that is only read, as it was when it was chosen, with its results. Signals: "ready":
 * its crossover is known now; "outdated": another program changed its file, or the open document
 * was edited. */
#define BE_TYPE_OTHER (be_other_get_type ())
G_DECLARE_FINAL_TYPE (BeOther, be_other, BE, OTHER, GObject)

/* Reads a file as opening it does; NULL and error when it cannot be opened. clock: as of
 * be_update_new, it must outlive the object. */
BeOther *
be_other_new_for_file (BeCatalog *catalog, const char *path, GtkWidget *clock, GError **error);
/* What another open document holds now. name: what it is called, for people. */
BeOther *be_other_new_for_document (BeScenario *scenario, const char *name, GtkWidget *clock);
/* Brings the file's or the open document's newest state; on an error nothing is changed. */
gboolean be_other_reload (BeOther *self, GError **error);

BeScenario *be_other_get_scenario (BeOther *self); /* borrowed until a reload */
const char *be_other_get_path (BeOther *self);     /* NULL: it is an open document */
const char *be_other_get_name (BeOther *self);     /* the file's name, or the document's */
/* The results, borrowed until a reload or "ready". */
void be_other_get_side (BeOther *self, BeSide *side);

G_END_DECLS
