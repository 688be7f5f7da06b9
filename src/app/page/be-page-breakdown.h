/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Breakdown page: the savings ladder, the bill of a chosen plan line by line, the plans as
 * bars. */
#pragma once

#include "app/page/be-page.h"

G_BEGIN_DECLS

/* A BePage; its main chart is the ladder. */
#define BE_TYPE_PAGE_BREAKDOWN (be_page_breakdown_get_type ())
G_DECLARE_FINAL_TYPE (BePageBreakdown, be_page_breakdown, BE, PAGE_BREAKDOWN, GtkWidget)

GtkWidget *be_page_breakdown_new (void);
/* The plan whose bill is shown. It is the cheapest one until a plan is chosen. */
BePlanKind be_page_breakdown_get_plan (BePageBreakdown *self);
void be_page_breakdown_set_plan (BePageBreakdown *self, BePlanKind plan);
guint be_page_breakdown_get_n_lines (BePageBreakdown *self);

G_END_DECLS
