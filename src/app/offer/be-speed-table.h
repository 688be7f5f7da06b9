/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast each offer answers, as it was measured: a table to fill in. */
#pragma once

#include "report/be-report.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Knows no document. Signals: "entered" (char *key, char *member, double value): a figure was
 * entered, NaN: emptied; its handler says whether it was taken; "message" (char *): what was typed
 * is no number. */
#define BE_TYPE_SPEED_TABLE (be_speed_table_get_type ())
G_DECLARE_FINAL_TYPE (BeSpeedTable, be_speed_table, BE, SPEED_TABLE, GtkWidget)

GtkWidget *be_speed_table_new (void);
/* Rows that are the same keep their entries, and what is being typed into one. */
void be_speed_table_show (BeSpeedTable *self, const BeLatencyReport *report);
/* The focus goes to the first figure that is not known, of the offer with this key if it is not
 * NULL. */
void be_speed_table_ask (BeSpeedTable *self, const char *key);

G_END_DECLS
