/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GPUs, precisions and widths side by side for the pool's work, and taking one of them. */
#pragma once

#include "app/serving/be-serving-view.h"

G_BEGIN_DECLS

#define BE_TYPE_COMPARE_VIEW (be_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (BeCompareView, be_compare_view, BE, COMPARE_VIEW, BeServingView)

GtkWidget *be_compare_view_new (void);

G_END_DECLS
