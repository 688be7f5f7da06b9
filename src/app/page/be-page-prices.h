/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Prices page: what a workload would cost on each offer, and what is known of each. */
#pragma once

#include "app/page/be-page.h"

G_BEGIN_DECLS

/* A BePage. Signals: "message" (char *): an edit was refused, in words for the user;
 * "volume-changed" (double factor, gboolean final): a chart's volume marker was moved. */
#define BE_TYPE_PAGE_PRICES (be_page_prices_get_type ())
G_DECLARE_FINAL_TYPE (BePagePrices, be_page_prices, BE, PAGE_PRICES, GtkWidget)

GtkWidget *be_page_prices_new (void);

G_END_DECLS
