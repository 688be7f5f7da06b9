/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fleet of a pool over the week, how it is paid, and what other ways would cost. */
#pragma once

#include "app/serving/be-serving-view.h"

G_BEGIN_DECLS

#define BE_TYPE_FLEET_VIEW (be_fleet_view_get_type ())
G_DECLARE_FINAL_TYPE (BeFleetView, be_fleet_view, BE, FLEET_VIEW, BeServingView)

GtkWidget *be_fleet_view_new (void);

G_END_DECLS
