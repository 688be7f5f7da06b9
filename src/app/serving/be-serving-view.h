/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One of the views of the Serving page: what it knows and how it is brought up to date. */
#pragma once

#include "app/be-update.h"

G_BEGIN_DECLS

/* Signal "message" (const char *): something that was refused, to be told to the user. */
#define BE_TYPE_SERVING_VIEW (be_serving_view_get_type ())
G_DECLARE_DERIVABLE_TYPE (BeServingView, be_serving_view, BE, SERVING_VIEW, GtkWidget)

struct _BeServingViewClass {
  GtkWidgetClass parent_class;

  /* Makes the children, before the view is shown for the first time. */
  void (*build) (BeServingView *self);
  /* The pool or the document is another: rows that are bound to it are made anew. */
  void (*rebind) (BeServingView *self);
  /* After each evaluation; there is a pool. */
  void (*refresh) (BeServingView *self);
  /* Data of the main chart, borrowed; NULL before there is any. */
  BeChartData *(*get_data) (BeServingView *self);
};

/* pool: index in the document. */
void be_serving_view_show (BeServingView *self, BeUpdate *update, int pool);
BeChartData *be_serving_view_get_data (BeServingView *self);

/* For the views. The scenario, and the input and result (NULL when it cannot be evaluated). */
BeUpdate *be_serving_view_get_update (BeServingView *self);
BeScenario *be_serving_view_get_scenario (BeServingView *self);
const BePlanInput *be_serving_view_get_input (BeServingView *self);
const BePlanResult *be_serving_view_get_result (BeServingView *self);
int be_serving_view_get_pool (BeServingView *self);
/* "pools/ID" and a member below it, or NULL for the pool itself. */
char *be_serving_view_pool_path (BeServingView *self, const char *member);
/* Index of the first workload that the pool serves, 0 if it serves none. */
int be_serving_view_get_workload (BeServingView *self);
void be_serving_view_tell (BeServingView *self, const char *text);
/* An input row of the pool, whose refusals are told. */
GtkWidget *be_serving_view_bind (BeServingView *self, const char *member);

/* ---- the parts they are made of ---- */
/* A box with a heading, and what is appended to it below. */
GtkWidget *be_card_new (const char *title);
void be_card_append (GtkWidget *card, GtkWidget *child);
/* A caption above a figure and a remark behind it. */
GtkWidget *be_tile_new (const char *caption);
void be_tile_set (GtkWidget *tile, const char *value, const char *remark);
/* Tiles beside each other, as many in a row as fit. */
GtkWidget *be_tiles_new (const char *const *captions, guint n, GtkWidget **tiles);
/* "Label" at the left, a widget at the right. */
GtkWidget *be_line_new (const char *label, GtkWidget *widget);

G_END_DECLS
