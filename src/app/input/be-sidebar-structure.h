/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of the sidebar that adds, renames, exchanges and removes workloads, routes and pools. */
#pragma once

#include "app/input/be-bound-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Appends to box what belongs to this group: workloads to Traffic, routes to Routing, pools with
 * their model and GPU to Self-hosting; nothing to the others. The widgets edit `scenario`, which
 * must outlive them, and are made anew after each edit of the structure. */
void be_sidebar_add_structure (GtkWidget *box, BeScenario *scenario, BeGroup group,
                               BeRefusedFunc refused, gpointer sidebar);
/* Names and choices that the widgets show: when this differs they must be made anew. Caller frees.
 */
char *be_sidebar_describe_structure (BeScenario *scenario);

G_END_DECLS
