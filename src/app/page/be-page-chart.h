/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart with its tools: scale, reference band, its numbers as a table, readout and sentence. */
#pragma once

#include "app/be-update.h"
#include "report/compare/be-comparison.h"

G_BEGIN_DECLS

/* Signal "volume-changed" (double factor, gboolean final): the volume marker was moved; factor is
 * the new volume over the one at the last refresh before the gesture began. The view stays where it
 * is while a gesture lasts. */
#define BE_TYPE_PAGE_CHART (be_page_chart_get_type ())
G_DECLARE_FINAL_TYPE (BePageChart, be_page_chart, BE, PAGE_CHART, GtkWidget)

GtkWidget *be_page_chart_new (BeKind kind);
/* Which workload the kinds for one workload show, from the next refresh on. */
void be_page_chart_set_workload (BePageChart *self, int workload);
void be_page_chart_set_pool (BePageChart *self, int pool);
/* What the bridge shows, from the next refresh on; NULL: nothing. */
void be_page_chart_set_comparison (BePageChart *self, BeComparison *comparison);
/* The least height of the chart itself, as of be_chart_view_set_minimum_height. */
void be_page_chart_set_chart_height (BePageChart *self, int height);
/* Works the chart out anew from update's scenario. Returns the milliseconds it took, drawing
 * excluded. */
double be_page_chart_refresh (BePageChart *self, BeUpdate *update);
/* Shows the newest crossover in words; only the crossover page has such a sentence. */
void be_page_chart_show_crossover (BePageChart *self, BeUpdate *update);
/* What is shown; borrowed, NULL before the first refresh. */
BeChartData *be_page_chart_get_data (BePageChart *self);
/* Milliseconds the chart's view needed to lay out and draw the last time. */
double be_page_chart_get_draw_ms (BePageChart *self);
const char *be_page_chart_get_sentence (BePageChart *self);

/* Of a chart that has no such choice: FALSE, and not set. */
gboolean be_page_chart_get_logarithmic (BePageChart *self);
void be_page_chart_set_logarithmic (BePageChart *self, gboolean logarithmic);
gboolean be_page_chart_get_band_shown (BePageChart *self);
void be_page_chart_set_band_shown (BePageChart *self, gboolean shown);
void be_page_chart_set_numbers_shown (BePageChart *self, gboolean shown);
gboolean be_page_chart_get_numbers_shown (BePageChart *self);

G_END_DECLS
