/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inputs of a document, in groups that fold. */
#pragma once

#include "scenario/be-scenario.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Edits the scenario and follows its "changed". Signal "message" (char *): an edit was refused, in
 * words for the user. */
#define BE_TYPE_SIDEBAR (be_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (BeSidebar, be_sidebar, BE, SIDEBAR, GtkWidget)

GtkWidget *be_sidebar_new (BeScenario *scenario);
/* Whether an input has its row here wherever a document has the input. */
gboolean be_sidebar_takes (const char *path);
/* Unfolds what holds an input's row, and gives it the focus; nothing when there is none. */
void be_sidebar_show_input (BeSidebar *self, const char *path);

G_END_DECLS
