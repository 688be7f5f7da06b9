/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A throughput that was measured, its ratio to the computed one, and taking that as the factor. */
#pragma once

#include "app/serving/be-serving-view.h"

G_BEGIN_DECLS

#define BE_TYPE_MEASURED_CARD (be_measured_card_get_type ())
G_DECLARE_FINAL_TYPE (BeMeasuredCard, be_measured_card, BE, MEASURED_CARD, GtkWidget)

GtkWidget *be_measured_card_new (void);
/* Its rows are those of the view's pool from now on. The view outlives the card. */
void be_measured_card_rebind (BeMeasuredCard *self, BeServingView *view);
void be_measured_card_refresh (BeMeasuredCard *self, BeServingView *view);

G_END_DECLS
