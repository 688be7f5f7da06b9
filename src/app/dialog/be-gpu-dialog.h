/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A GPU of the user's own, entered from its datasheet. */
#pragma once

#include "scenario/be-scenario.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks for the figures and puts the GPU into the document, in one step of undo; `pool` (an id) then
 * runs on it. What cannot be is told in the window, which stays. */
void be_gpu_dialog_show (GtkWindow *parent, BeScenario *scenario, const char *pool);

G_END_DECLS
