/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window with everything that is known of one offer, to read and to edit. */
#pragma once

#include "app/input/be-bound-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows the offer with its rates, dates and source. What stands in the document's snapshot can be
 * edited; an edit makes it the user's own offer. An offer of the catalogue alone is shown as it is,
 * and a copy of it can be edited. Closes itself when the offer goes away. */
GtkWidget *be_offer_window_new (GtkWindow *parent, BeScenario *scenario, const char *key,
                                BeRefusedFunc refused, gpointer user_data);

G_END_DECLS
