/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything of an offer that can be edited, in groups. */
#pragma once

#include "app/input/be-bound-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The numbers of an offer of the document's snapshot, its tiers, hours of the day and rate sets,
 * which can be added and removed. It follows the document as long as the offer is there. An edit
 * makes the offer the user's own, in the same step of undo. `refused` may be called as long as it
 * lives. */
GtkWidget *be_offer_editor_new (BeScenario *scenario, const char *key, BeRefusedFunc refused,
                                gpointer user_data);

G_END_DECLS
