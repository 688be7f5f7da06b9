/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart for the clipboard and for other programs that it is dropped on. */
#pragma once

#include "chart/be-chart.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The chart as image/png (at twice its size), image/svg+xml and text/csv, for the receiver to
 * choose from. NULL and error when it cannot be drawn. */
GdkContentProvider *be_chart_content_new (const BeChartData *data, GError **error);
/* The same and a PNG file of this name, for programs that take files; it lies in the user's cache
 * until the next one is made. */
GdkContentProvider *
be_chart_content_new_with_file (const BeChartData *data, const char *name, GError **error);
/* The numbers as text/csv and as text. */
GdkContentProvider *be_chart_content_new_numbers (const BeChartData *data);

G_END_DECLS
