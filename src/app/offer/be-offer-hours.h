/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a window of an offer holds: ranges of hours, days, and the time zone of the days. */
#pragma once

#include "app/input/be-bound-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Edits "offers/KEY/windows/N", which must outlive the widget or be checked before a refresh; every
 * edit is one step of undo. `refused` may be called as long as the widget lives. */
GtkWidget *be_offer_hours_new (BeScenario *scenario, const char *path, BeRefusedFunc refused,
                               gpointer user_data);
/* Shows what the document has now; nothing when the window is gone. */
void be_offer_hours_refresh (GtkWidget *hours);

G_END_DECLS
