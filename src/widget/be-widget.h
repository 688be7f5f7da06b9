/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all widgets of this room share: their style sheet and their names for assistive tools. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Registers the resources and the style sheet for the default display, once. Needs gtk_init. */
void be_widget_init (void);

/* Gives `widget` the accessible name `name`, whatever words it shows. */
void be_widget_name (GtkWidget *widget, const char *name);

/* Gives `widget` and every widget below it that is no label the accessible name `name`, so that no
 * class name is read aloud. Items of lists are named after their own text. */
void be_widget_name_deep (GtkWidget *widget, const char *name);

/* Sets the text and the tooltip (nullable) of a label, where they are others: what is set is told
 * to assistive tools each time, and laid out. */
void be_widget_set_words (GtkWidget *label, const char *text, const char *tooltip);

/* A text that wraps, from the start of its line; both may be NULL. */
GtkWidget *be_widget_words_new (const char *text, const char *css_class);
GtkWidget *be_widget_add_words (GtkWidget *box, const char *text, const char *css_class);
/* A card appended to a box, to hold rows this far apart. */
GtkWidget *be_widget_add_card (GtkWidget *box, int spacing);

/* Scrolls `child` up and down in all the height that there is. */
GtkWidget *be_widget_scrolled_new (GtkWidget *child);

/* A button with a mnemonic in its label, read aloud without the underline. */
GtkWidget *be_widget_button_new (const char *label);

/* Escape closes the window. */
void be_widget_close_on_escape (GtkWidget *window);

/* How large the desktop wants text: 1 as usual, 0.75 to 3. "notify::gtk-xft-dpi" of the widget's
 * settings tells of a change. */
double be_widget_get_text_scale (GtkWidget *widget);
/* The size of a new window whose text has its usual size; larger text makes it larger, as far
 * as the monitor has room. -1: what its parts want. */
void be_widget_set_default_size (GtkWindow *window, int width, int height);

/* Keeps the mouse wheel for the scrolling around `widget` instead of changing its value. */
void be_widget_ignore_wheel (GtkWidget *widget);

G_END_DECLS
