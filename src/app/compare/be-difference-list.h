/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What differs between two scenarios, by cause. */
#pragma once

#include "report/compare/be-comparison.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signals: "take-over" (char *path): an input is to become what the other scenario has;
 * "chosen" (char *path): an input of the side bar was asked for. */
#define BE_TYPE_DIFFERENCE_LIST (be_difference_list_get_type ())
G_DECLARE_FINAL_TYPE (BeDifferenceList, be_difference_list, BE, DIFFERENCE_LIST, GtkWidget)

GtkWidget *be_difference_list_new (void);
/* comparison: borrowed. can_take: whether inputs may be taken over. Rows are used again. */
void be_difference_list_show (BeDifferenceList *self, BeComparison *comparison, gboolean can_take);

G_END_DECLS
