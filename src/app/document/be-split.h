/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Side bar beside content, folding over it when the window is narrow; behind one thin file because
 * the widget for it changes between libadwaita versions. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A widget with a boolean property "reveal-flap" (the side bar is shown) and a read-only boolean
 * property "folded" (there is no room for both side by side). */
GtkWidget *be_split_new (GtkWidget *content);
/* Replaces the side bar. */
void be_split_set_sidebar (GtkWidget *split, GtkWidget *sidebar);
GtkWidget *be_split_get_sidebar (GtkWidget *split); /* borrowed */
gboolean be_split_get_folded (GtkWidget *split);
gboolean be_split_get_shown (GtkWidget *split);
void be_split_set_shown (GtkWidget *split, gboolean shown);

G_END_DECLS
