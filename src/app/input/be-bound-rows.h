/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A few inputs of a workload, to stand beside a chart that they decide about. */
#pragma once

#include "app/input/be-bound-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* `inputs`: paths below a workload, ended by NULL, that outlive the rows; a single one is as wide
 * as there is room. `context`, as of be_bound_row_new_named, is static; NULL: the workload's own.
 * `refused` may be called as long as they live. */
GtkWidget *be_bound_rows_new (const char *const *inputs, const char *context, BeRefusedFunc refused,
                              gpointer user_data);
/* Shows those of a workload (an id; NULL: none) as they are now. */
void be_bound_rows_show (GtkWidget *rows, BeScenario *scenario, const char *workload);

G_END_DECLS
