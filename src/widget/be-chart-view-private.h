/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the chart view share. */
#pragma once

#include "widget/be-chart-view.h"

#define MAX_CHILDREN 6

struct _BeChartView {
  GtkWidget parent_instance;

  /* owned */
  BeChartData *data;
  BeScene *scene;
  GskRenderNode *node;               /* the static part; NULL when stale */
  GtkWidget *children[MAX_CHILDREN]; /* a label for each series, for assistive tools only */
  BeReadout readout;
  char *readout_text;

  /* borrowed */
  BeChartFormat format;
  gpointer format_data;

  gboolean has_readout, dragging;
  double readout_px, drag_start_px, drag_x;
  double full_low, full_high; /* the range of x before any zoom */
  double zoom_low, zoom_high; /* NaN: not zoomed */
  double work_ms;
  int selected_series, selected_point; /* -1 */
  int minimum_height;
};

/* be-chart-view.c */
void be_chart_view_ensure_scene (BeChartView *self);
void be_chart_view_ensure_node (BeChartView *self);
/* Lays out and draws anew. */
void be_chart_view_invalidate (BeChartView *self);

/* be-chart-view-draw.c */
BeThemeKind be_chart_view_theme (void);
void be_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

/* be-chart-view-zoom.c: each returns whether the shown range may have changed. */
void be_chart_view_apply_zoom (BeChartView *self);
/* factor < 1 shows less, around the readout or the middle. */
gboolean be_chart_view_zoom (BeChartView *self, double factor);
gboolean be_chart_view_reset_zoom (BeChartView *self);
