/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Serving page: what a pool's GPUs do for its workload, and which others would do. */
#pragma once

#include "app/page/be-page.h"

G_BEGIN_DECLS

/* A BePage. Signal "message" (char *): an edit was refused, in words for the user. */
#define BE_TYPE_PAGE_SERVING (be_page_serving_get_type ())
G_DECLARE_FINAL_TYPE (BePageServing, be_page_serving, BE, PAGE_SERVING, GtkWidget)

GtkWidget *be_page_serving_new (void);

G_END_DECLS
