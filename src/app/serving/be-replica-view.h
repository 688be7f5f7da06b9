/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One replica: model, GPU and precision, whether they fit, what they make, and at which latency. */
#pragma once

#include "app/serving/be-serving-view.h"

G_BEGIN_DECLS

#define BE_TYPE_REPLICA_VIEW (be_replica_view_get_type ())
G_DECLARE_FINAL_TYPE (BeReplicaView, be_replica_view, BE, REPLICA_VIEW, BeServingView)

GtkWidget *be_replica_view_new (void);
/* Reads a model's config.json and has the pool run it; what is wrong with it is told. */
void be_replica_view_read_model (BeReplicaView *self, const char *path);

G_END_DECLS
