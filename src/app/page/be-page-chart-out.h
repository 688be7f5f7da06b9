/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways out of a chart: its context menu, and dragging it to other programs. */
#pragma once

#include "widget/be-chart-view.h"

G_BEGIN_DECLS

/* Adds to the chart of a BePageChart: a menu by the secondary button, a long press, Menu or
 * Shift+F10, with copying and exporting through the window's actions; Ctrl+C; and a drag that
 * offers the chart as a file and as picture and numbers. In the plot of a chart with a volume
 * marker that drag needs Ctrl, since one without is meant for the marker. */
void be_page_chart_add_ways_out (BeChartView *chart);

G_END_DECLS
