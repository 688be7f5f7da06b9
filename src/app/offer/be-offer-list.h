/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of offers: name, rates, context window, date, what the workload would cost on each. */
#pragma once

#include "report/be-report.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows the first of many offers, more by a button, and says how many are left; its rows are used
 * again from one filling to the next. Signals: "chosen" (char *key): a row was activated; "message"
 * (char *): an edit was refused; "widened": it has room for more, fill it again. */
#define BE_TYPE_OFFER_LIST (be_offer_list_get_type ())
G_DECLARE_FINAL_TYPE (BeOfferList, be_offer_list, BE, OFFER_LIST, GtkWidget)

/* With `can_use` each row has a button that puts its offer on a route of the workload. */
GtkWidget *be_offer_list_new (gboolean can_use);
/* Fills it with BeRankedOffer, which are not kept; today_usd is what the workload costs as it is
 * routed, NaN when it is not known. */
void be_offer_list_show (BeOfferList *self, BeScenario *scenario, int workload, GPtrArray *offers,
                         double today_usd);
/* Emits "chosen" for the first row, if there is one. */
void be_offer_list_choose_first (BeOfferList *self);

G_END_DECLS
