/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A choice among all routes of a document. */
#pragma once

#include "scenario/be-scenario.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row with a drop-down of "Workload · Offer", at the route of these (a workload's id and an
 * offer's key; NULL, NULL: the first). It does not follow the document; "notify::selected" of its
 * drop-down tells of another choice. */
GtkWidget *be_route_choice_new (BeScenario *scenario, const char *workload, const char *offer);
/* The offer's key and the workload's id of the chosen route; NULL, NULL when there are no routes.
 * The caller frees both. */
char *be_route_choice_get (GtkWidget *choice, char **workload);
GtkDropDown *be_route_choice_get_drop_down (GtkWidget *choice);

G_END_DECLS
