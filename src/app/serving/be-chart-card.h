/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart in a card: its sentence below it, its numbers one key away. */
#pragma once

#include "report/be-report.h"
#include "widget/be-chart-view.h"

G_BEGIN_DECLS

#define BE_TYPE_CHART_CARD (be_chart_card_get_type ())
G_DECLARE_FINAL_TYPE (BeChartCard, be_chart_card, BE, CHART_CARD, GtkWidget)

/* name: for assistive tools. height: the chart's least height in px. */
GtkWidget *be_chart_card_new (const char *name, int height);
/* Takes the data; when it is NULL the card shows `error`'s message, which it frees, instead. */
void be_chart_card_set_data (BeChartCard *self, BeChartData *data, GError *error);
BeChartView *be_chart_card_get_view (BeChartCard *self);
BeChartData *be_chart_card_get_data (BeChartCard *self);
/* Whether the chart's sentence stands below it; for assistive tools it always does. TRUE at first.
 */
void be_chart_card_set_talkative (BeChartCard *self, gboolean talkative);
/* Below the chart and its sentence. */
void be_chart_card_append (BeChartCard *self, GtkWidget *child);

G_END_DECLS
