/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The precisions of the pool's weights side by side: what each gains in this case. */
#pragma once

#include "app/serving/be-serving-view.h"

G_BEGIN_DECLS

#define BE_TYPE_PRECISION_VIEW (be_precision_view_get_type ())
G_DECLARE_FINAL_TYPE (BePrecisionView, be_precision_view, BE, PRECISION_VIEW, BeServingView)

GtkWidget *be_precision_view_new (void);

G_END_DECLS
