/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of one plan's bill, each with the formula and the values it comes from. */
#pragma once

#include "report/be-report.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BE_TYPE_BILL_LIST (be_bill_list_get_type ())
G_DECLARE_FINAL_TYPE (BeBillList, be_bill_list, BE, BILL_LIST, GtkWidget)

GtkWidget *be_bill_list_new (void);
/* Shows the bill of one plan and its sum. result NULL: empty. A plan that is undefined or not
 * possible is told in words. Rows are used again, so that this is quick enough for every frame. */
void be_bill_list_show (BeBillList *self, BeScenario *scenario, const BePlanResult *result,
                        BePlanKind plan);
/* Number of lines shown, the sum not counted. */
guint be_bill_list_get_n_lines (BeBillList *self);

G_END_DECLS
