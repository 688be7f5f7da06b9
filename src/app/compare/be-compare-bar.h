/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which scenario is before and which is after, and what can be done about it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Two names with buttons for the actions "compare.swap", "compare.reload" and "compare.close", and
 * a menu of what else to compare with. */
#define BE_TYPE_COMPARE_BAR (be_compare_bar_get_type ())
G_DECLARE_FINAL_TYPE (BeCompareBar, be_compare_bar, BE, COMPARE_BAR, GtkWidget)

GtkWidget *be_compare_bar_new (void);
/* Names for people. */
void be_compare_bar_show (BeCompareBar *self, const char *before, const char *after);
/* Says that the other scenario was changed since it was read, and suggests the reload. */
void be_compare_bar_set_outdated (BeCompareBar *self, gboolean outdated);
/* model: read anew each time the menu is about to be opened; called with data. */
void
be_compare_bar_set_menu (BeCompareBar *self, GMenuModel *(*make) (gpointer data), gpointer data);

G_END_DECLS
