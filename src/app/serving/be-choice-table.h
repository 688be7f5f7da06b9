/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways to run a pool as a table that can be sorted by each column. */
#pragma once

#include "report/be-report.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signals: "selected" (guint choice): a row was chosen, G_MAXUINT for none; "activated" (guint
 * choice): by double click or Return. Choices count as in the array that was set. */
#define BE_TYPE_CHOICE_TABLE (be_choice_table_get_type ())
G_DECLARE_FINAL_TYPE (BeChoiceTable, be_choice_table, BE, CHOICE_TABLE, GtkWidget)

GtkWidget *be_choice_table_new (void);
/* Copies the choices (BeServingChoice); of them those that meet the target if asked. The order by
 * column stays, and so does the selection where it is still the same way to run. */
void be_choice_table_set_choices (BeChoiceTable *self, GArray *choices, gboolean only_meeting);
/* Selects a choice by its index and brings it into sight; nothing if it is not shown. */
void be_choice_table_select (BeChoiceTable *self, guint choice);
guint be_choice_table_get_selected (BeChoiceTable *self);

G_END_DECLS
