/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An input row tied to one path of a document. */
#pragma once

#include "scenario/be-scenario.h"
#include "widget/be-input-row.h"

G_BEGIN_DECLS

/* Told of an edit that was refused; the error stays the caller's. */
typedef void (*BeRefusedFunc) (gpointer user_data, GError *error);

/* A BeInputRow that edits the path, one step of undo a gesture. `refused` may be called as long as
 * the row lives. The row keeps the scenario. It does not follow the document: see the refresh. */
GtkWidget *be_bound_row_new (BeScenario *scenario, const char *path, BeRefusedFunc refused,
                             gpointer user_data);
/* The same with another context for its accessible names than the owner's name. */
GtkWidget *be_bound_row_new_named (BeScenario *scenario, const char *path, const char *context,
                                   BeRefusedFunc refused, gpointer user_data);
const char *be_bound_row_get_path (GtkWidget *row); /* borrowed */
/* Shows what the document has now; nothing when the path is gone. */
void be_bound_row_refresh (GtkWidget *row);

G_END_DECLS
