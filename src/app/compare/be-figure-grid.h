/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of two scenarios side by side: before, after, difference. */
#pragma once

#include "report/compare/be-comparison.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_FIGURE_GRID (be_figure_grid_get_type ())
G_DECLARE_FINAL_TYPE (BeFigureGrid, be_figure_grid, BE, FIGURE_GRID, GtkWidget)

GtkWidget *be_figure_grid_new (void);
/* figures: of be_report_figures, borrowed. Labels are used again. */
void be_figure_grid_show (BeFigureGrid *self, GPtrArray *figures);

G_END_DECLS
