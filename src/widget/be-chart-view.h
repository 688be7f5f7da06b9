/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows chart data on the screen: hover and key readout, draggable volume marker, zoom. */
#pragma once

#include "chart/be-chart.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signals:
 * "volume-changed" (double x, gboolean final): the volume marker was moved, by pointer or by
 *   Alt+Left/Right; final ends the gesture.
 * "readout-changed" (const char *text): what the crosshair reads; "" when it went away.
 * "point-activated" (int series, int point): a point of a POINTS series was clicked, or chosen by
 *   Return. Left and Right go from point to point there.
 * "view-changed": the shown range of x was zoomed (+, -, 0, Ctrl+wheel).
 * Keys: Left, Right, Home, End move the readout, Escape hides it. */
#define BE_TYPE_CHART_VIEW (be_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (BeChartView, be_chart_view, BE, CHART_VIEW, GtkWidget)

GtkWidget *be_chart_view_new (void);
/* Takes ownership of data; NULL empties the view. */
void be_chart_view_set_data (BeChartView *self, BeChartData *data);
BeChartData *be_chart_view_get_data (BeChartView *self); /* borrowed, NULL at first */
void be_chart_view_set_format (BeChartView *self, BeChartFormat format, gpointer user_data);
/* The readout as a sentence; NULL when there is none. Caller frees. */
char *be_chart_view_describe_readout (BeChartView *self);
/* Rings a point of a series; -1, -1 for none. Forgotten by nobody but the next call. */
void be_chart_view_set_selected (BeChartView *self, int series, int point);
/* 200 px unless set; twice that is its natural height. */
void be_chart_view_set_minimum_height (BeChartView *self, int height);
/* Milliseconds that the last layout and snapshot of the static part took. */
double be_chart_view_get_last_work_ms (BeChartView *self);

G_END_DECLS
