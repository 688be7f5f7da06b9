/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accessible names: parts that only arrange others must not be read out by their class name. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* GTK 4.8 tells assistive technology the class name ("AdwSqueezer") of a widget without a name.
 * Gives every widget below root that has none and takes no focus an empty name instead; widgets
 * that take focus are left alone, as they need a real one. Call it again when parts were added. */
void be_accessible_hush (GtkWidget *root);
/* Names a drop-down and the button inside it, which is what takes the focus. */
void be_accessible_name_drop_down (GtkDropDown *drop_down, const char *name);
/* Puts the child into an expander so that Tab passes it by while it is folded: GTK 4.18 looks for
 * the focus in it all the same, and complains that it is in no window then. */
void be_accessible_fold (GtkExpander *expander, GtkWidget *child);

/* Names the parts of a window that the toolkit made: what a person acts on by its tooltip, its
 * words or else the title; what only holds others by nothing. The
 * title is kept: a constant or a translation. */
void be_accessible_name_toolkit (GtkWidget *root, const char *title);

/* Names the items of a menu by their words, each time it is shown: GTK 4.18 leaves them without a
 * name. What only holds them has none. */
void be_accessible_name_menu (GtkPopover *menu);

/* Gives a window the header bar that all windows of the program have, its parts named. */
void be_accessible_add_bar (GtkWidget *window);

G_END_DECLS
