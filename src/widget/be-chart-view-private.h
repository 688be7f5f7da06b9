/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the chart view share. */
#pragma once

#include "widget/be-chart-view.h"

/* Accessible children: a window of them is filled where a chart has more data. */
#define MAX_CHILDREN 12

enum {
  BE_CHART_VIEW_VOLUME_CHANGED,
  BE_CHART_VIEW_READOUT_CHANGED,
  BE_CHART_VIEW_VIEW_CHANGED,
  BE_CHART_VIEW_POINT_ACTIVATED,
  BE_CHART_VIEW_N_SIGNALS
};
extern guint be_chart_view_signals[BE_CHART_VIEW_N_SIGNALS];

struct _BeChartView {
  GtkWidget parent_instance;

  /* owned */
  BeChartData *data;
  BeScene *scene;
  GskRenderNode *node;               /* the static part; NULL when stale */
  GtkWidget *children[MAX_CHILDREN]; /* a label for each series or bar, for assistive tools only */
  int allocated_width, allocated_height; /* the size that the scene is laid out for */
  BeReadout readout, pinned;             /* pinned: x NaN and bar -1 when nothing is */
  char *readout_text, *pinned_text;

  /* borrowed */
  BeChartFormat format;
  gpointer format_data;

  gboolean has_readout, dragging, drag_moved;
  gboolean by_keys;            /* the readout was moved by keys */
  double pointer_x, pointer_y; /* of the last motion */
  double readout_px, readout_py, drag_start_px, drag_x;
  double touch_scale, touch_x; /* of a pinch, or of a finger: what was acted on so far */
  double full_low, full_high;  /* the range of x before any zoom */
  double zoom_low, zoom_high;  /* NaN: not zoomed */
  double work_ms;
  int selected_series, selected_point; /* -1 */
  int minimum_height, natural_height;
};

/* be-chart-view.c */
void be_chart_view_ensure_scene (BeChartView *self);
void be_chart_view_ensure_node (BeChartView *self);
/* Lays out and draws anew. */
void be_chart_view_invalidate (BeChartView *self);

gboolean be_chart_view_is_near_volume (BeChartView *self, double px);
/* Zooms by a factor, or with 0 shows all; moves a zoomed view by a share of its range. Both tell of
 * it; the second is FALSE where nothing moves. */
void be_chart_view_change_zoom (BeChartView *self, double factor);
gboolean be_chart_view_move (BeChartView *self, double share);

/* be-chart-view-touch.c: two fingers zoom and move, one moves what is zoomed. */
void be_chart_view_add_touch (BeChartView *self);

/* be-chart-view-readout.c */
/* Reads at a place of the view; by_keys: told to assistive tools as the chart's name. */
void be_chart_view_show_readout (BeChartView *self, double px, double py, gboolean by_keys);
void be_chart_view_hide_readout (BeChartView *self);
/* The data changed: the readout goes, what is pinned is read again. */
void be_chart_view_forget_readout (BeChartView *self);
/* Moves the readout by data; FALSE at the edge. */
gboolean be_chart_view_step (BeChartView *self, double by);
/* To the next or previous named point, or bar. */
gboolean be_chart_view_step_named (BeChartView *self, int by);
/* Keeps the readout in view, or lets the same one go. */
void be_chart_view_pin (BeChartView *self);
/* Lets go of the readout, then of what is pinned; FALSE when there was nothing. */
gboolean be_chart_view_escape (BeChartView *self);
double be_chart_view_pinned_px (BeChartView *self); /* NaN: nothing pinned, or out of view */
/* Renews name, description and children for assistive tools. */
void be_chart_view_describe (BeChartView *self);

/* be-chart-view-draw.c */
BeThemeKind be_chart_view_theme (void);
void be_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

/* be-chart-view-zoom.c: each returns whether the shown range may have changed. */
void be_chart_view_apply_zoom (BeChartView *self);
/* factor < 1 shows less, around the readout or the middle. */
gboolean be_chart_view_zoom (BeChartView *self, double factor);
gboolean be_chart_view_reset_zoom (BeChartView *self);
/* Moves a zoomed view by a share of its range; FALSE where it does not move. */
gboolean be_chart_view_pan (BeChartView *self, double share);
