/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weekly profile of the pool's workloads: painted, from a preset, or from a file of counts. */
#pragma once

#include "app/serving/be-serving-view.h"

G_BEGIN_DECLS

#define BE_TYPE_PROFILE_VIEW (be_profile_view_get_type ())
G_DECLARE_FINAL_TYPE (BeProfileView, be_profile_view, BE, PROFILE_VIEW, BeServingView)

GtkWidget *be_profile_view_new (void);
/* Reads timestamps or hourly counts into the shown workload's profile. */
void be_profile_view_read_csv (BeProfileView *self, const char *path);

G_END_DECLS
