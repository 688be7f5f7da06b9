/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window that reads a public price list and shows what it would change, before it does. */
#pragma once

#include "scenario/be-scenario.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Called when the list was applied; `offers` are the list's. */
typedef void (*BeImportedFunc) (BeCatalog *offers, gpointer user_data);

/* Reads the file in a thread, compares it with the document's catalogue piece by piece, and takes
 * it over on Apply as one step of undo. `imported` (nullable) is not called when user_data, a
 * GObject, is gone by then. */
GtkWidget *be_import_dialog_new (GtkWindow *parent, BeScenario *scenario, const char *path,
                                 BeImportedFunc imported, gpointer user_data);

G_END_DECLS
