/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hours of a week as a grid of 7 by 24 cells that can be painted. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Weights are 0 or more and only their ratios count; a cell is shown by its share of the heaviest.
 *
 * Mouse: a stroke paints the brush's level into the cells it crosses; with the second button, or
 * Shift, it clears them. Keys: the arrows move the cell (Home and End to the ends of the day, Page
 * Up and Page Down to the ends of the week); + and - change it by a twentieth of the heaviest, 0 to
 * 9 set it to tenths and Space to the brush's level; Shift with an arrow takes the cell's level
 * along.
 *
 * Signals: "gesture-begin", "gesture-end" around what is one step of undo; "changed" in between,
 * when the weights are others. Never emitted by the setters. */
#define BE_TYPE_WEEK_GRID (be_week_grid_get_type ())
G_DECLARE_FINAL_TYPE (BeWeekGrid, be_week_grid, BE, WEEK_GRID, GtkWidget)

enum { BE_WEEK_GRID_DAYS = 7, BE_WEEK_GRID_HOURS = 24, BE_WEEK_GRID_CELLS = 168 };

GtkWidget *be_week_grid_new (void);
/* Monday 00:00 first. During a gesture the heaviest cell of its beginning stays the measure. */
void be_week_grid_set_weights (BeWeekGrid *self, const double weights[BE_WEEK_GRID_CELLS]);
const double *be_week_grid_get_weights (BeWeekGrid *self); /* borrowed, 168 */
/* What a stroke paints: a share of the heaviest cell, 0 to 1; 1 at first. */
void be_week_grid_set_brush (BeWeekGrid *self, double level);
/* The cell that the keys change, 0 to 167, and what is said of it. */
int be_week_grid_get_cell (BeWeekGrid *self);
void be_week_grid_set_cell (BeWeekGrid *self, int cell);
const char *be_week_grid_get_description (BeWeekGrid *self);

G_END_DECLS
