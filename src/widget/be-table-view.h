/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of numbers beside a chart: headers above, words at the left, numbers at the right. */
#pragma once

#include "report/be-report.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_TABLE_VIEW (be_table_view_get_type ())
G_DECLARE_FINAL_TYPE (BeTableView, be_table_view, BE, TABLE_VIEW, GtkWidget)

GtkWidget *be_table_view_new (void);
/* Shows `table`, which it owns from then on; NULL empties the view. Cells are reused. */
void be_table_view_set_table (BeTableView *self, BeTable *table);

G_END_DECLS
