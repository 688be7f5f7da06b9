/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The owned base of the hybrid plan, what overflows it, and what sharing the pool saves. */
#pragma once

#include "app/serving/be-serving-view.h"

G_BEGIN_DECLS

#define BE_TYPE_HYBRID_VIEW (be_hybrid_view_get_type ())
G_DECLARE_FINAL_TYPE (BeHybridView, be_hybrid_view, BE, HYBRID_VIEW, BeServingView)

GtkWidget *be_hybrid_view_new (void);

G_END_DECLS
