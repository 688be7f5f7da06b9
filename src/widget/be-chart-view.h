/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows chart data on the screen: hover and key readout, draggable volume marker, zoom. */
#pragma once

#include "chart/be-chart.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signals:
 * "volume-changed" (double x, gboolean final): the volume marker was moved, by pointer or by
 *   Shift+Left/Right (Alt, too); final ends the gesture.
 * "readout-changed" (const char *text): what the crosshair reads; "" when it went away.
 * "point-activated" (int series, int point): a point of a POINTS series was clicked, or chosen by
 *   Return. Left and Right go from point to point there.
 * "view-changed": the shown range of x was zoomed (+, -, 0, Ctrl+wheel, pinch) or, where it is
 *   zoomed, moved (Shift+wheel, sideways wheel, one or two fingers, Left and Right past the edge).
 * Keys: Left, Right, Page Up, Page Down, Home, End move the readout; Up and Down go to the next
 * named point, or bar; Return pins what is read, to compare with; Escape hides the readout, then
 * what is pinned.
 * Assistive tools: the chart is an image with title and summary; its children say each series at
 * the readout (else at the volume marker), or each bar. What keys read is part of the name. */
#define BE_TYPE_CHART_VIEW (be_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (BeChartView, be_chart_view, BE, CHART_VIEW, GtkWidget)

GtkWidget *be_chart_view_new (void);
/* Takes ownership of data; NULL empties the view. */
void be_chart_view_set_data (BeChartView *self, BeChartData *data);
BeChartData *be_chart_view_get_data (BeChartView *self); /* borrowed, NULL at first */
void be_chart_view_set_format (BeChartView *self, BeChartFormat format, gpointer user_data);
/* The readout as a sentence; NULL when there is none. Caller frees. */
char *be_chart_view_describe_readout (BeChartView *self);
/* Whether a press there, in px, may be meant for the volume marker: it has one, and is in the plot.
 */
gboolean be_chart_view_is_for_volume (BeChartView *self, double px, double py);
/* Rings a point of a series; -1, -1 for none. Forgotten by nobody but the next call. */
void be_chart_view_set_selected (BeChartView *self, int series, int point);
/* The range of x that it is zoomed to; FALSE: all of it is shown. */
gboolean be_chart_view_get_zoom (BeChartView *self, double *low, double *high);
/* Zooms to a range, now and for data to come, without a signal; all of it unless both are finite
 * and low < high. */
void be_chart_view_set_zoom (BeChartView *self, double low, double high);
/* Least and natural height in px where text has its usual size, more where it is larger; unless set
 * 200 px and twice that. */
void be_chart_view_set_minimum_height (BeChartView *self, int height);
/* Milliseconds that the last layout and snapshot of the static part took. */
double be_chart_view_get_last_work_ms (BeChartView *self);

G_END_DECLS
