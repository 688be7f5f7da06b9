/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window with everything that is known of one offer, to read and to edit. */
#pragma once

#include "scenario/be-scenario.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows the offer with its rates, dates, source and users. What stands in the document's snapshot
 * can be edited; an edit makes it the user's own offer. One of the user's own can be removed, one
 * of the catalogue given its prices back. An offer of the catalogue alone is shown as it is, and a
 * copy of it can be edited. Closes itself when the offer goes away; the caller presents it, and
 * destroys it when the document goes. */
GtkWidget *be_offer_window_new (GtkWindow *parent, BeScenario *scenario, const char *key);

G_END_DECLS
