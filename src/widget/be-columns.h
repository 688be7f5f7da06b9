/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards in as many columns as there is room for, each under the shortest column. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_COLUMNS (be_columns_get_type ())
G_DECLARE_FINAL_TYPE (BeColumns, be_columns, BE, COLUMNS, GtkWidget)

/* column_width: the least width of a column in px, 1 to max_columns of them side by side. */
GtkWidget *be_columns_new (int column_width, int max_columns);
/* is_wide: over all columns, below what came before it. Hidden children take no room. */
void be_columns_append (BeColumns *self, GtkWidget *child, gboolean is_wide);

G_END_DECLS
