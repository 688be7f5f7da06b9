/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cost against latency: the chart, the timeout, and the speeds to enter. */
#pragma once

#include "app/page/be-page-chart.h"

G_BEGIN_DECLS

/* Signal "message" (char *): an edit was refused. */
#define BE_TYPE_LATENCY_VIEW (be_latency_view_get_type ())
G_DECLARE_FINAL_TYPE (BeLatencyView, be_latency_view, BE, LATENCY_VIEW, GtkWidget)

GtkWidget *be_latency_view_new (void);
BePageChart *be_latency_view_get_chart (BeLatencyView *self);
/* workload: index in the document. */
void be_latency_view_show (BeLatencyView *self, BeUpdate *update, int workload);

G_END_DECLS
