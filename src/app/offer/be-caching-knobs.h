/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inputs that decide about a prompt cache, to stand beside its chart. */
#pragma once

#include "app/input/be-bound-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* `refused` may be called as long as it lives. */
GtkWidget *be_caching_knobs_new (BeRefusedFunc refused, gpointer user_data);
/* Shows those of a workload (an id; NULL: none) as they are now. */
void be_caching_knobs_show (GtkWidget *knobs, BeScenario *scenario, const char *workload);

G_END_DECLS
