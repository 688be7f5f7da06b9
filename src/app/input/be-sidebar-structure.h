/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of the sidebar that adds, renames, exchanges and removes workloads, routes and pools. */
#pragma once

#include "app/input/be-bound-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Appends to box what stands above the rows of an owner in a group: of a workload in Traffic and of
 * a pool in Self-hosting its name, to be typed over, with a button that removes it, and the pool's
 * model and GPU; of a route its offer. FALSE when this owner has nothing of that kind here. The
 * widgets edit `scenario`, which must outlive them, and are made anew after each edit of the
 * structure. */
gboolean be_sidebar_add_owner (GtkWidget *box, BeScenario *scenario, BeGroup group,
                               const char *owner, BeRefusedFunc refused, gpointer sidebar);
/* Appends to box what adds to the group: workloads to Traffic, routes and provisioned units to
 * Routing, pools to Self-hosting; nothing to the others. */
void be_sidebar_add_structure (GtkWidget *box, BeScenario *scenario, BeGroup group,
                               BeRefusedFunc refused, gpointer sidebar);
/* Names and choices that the widgets show: when this differs they must be made anew. Caller frees.
 */
char *be_sidebar_describe_structure (BeScenario *scenario);

G_END_DECLS
