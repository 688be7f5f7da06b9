/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window to choose a price of provisioned throughput. */
#pragma once

#include "app/input/be-bound-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lists the published prices, dated, and one of the user's own; a click puts one committed unit
 * into the document, for the requests of the route that is chosen there. One step of undo. What is
 * refused is told through `refused`, unless `owner`, a GObject, is gone by then. The caller
 * presents it. */
GtkWidget *be_provision_dialog_new (GtkWindow *parent, BeScenario *scenario, BeRefusedFunc refused,
                                    gpointer owner);

G_END_DECLS
