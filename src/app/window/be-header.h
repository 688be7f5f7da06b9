/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's header bar and its menus. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The parts that the window changes later; all borrowed from the bar. */
typedef struct {
  GtkWidget *bar;                       /* floating */
  GtkWidget *middle, *switcher, *title; /* shows the pages or, without room for them, the title */
  GtkWidget *name_label;
  GtkWidget *undo, *redo;           /* their tooltips name the step */
  GtkWidget *wide_start, *wide_end; /* what a narrow window has in its menu only */
} BeHeader;

/* Builds the bar; the window gives its switcher the pages to switch. Its buttons activate actions
 * of the window and of the application. */
void be_header_build (BeHeader *header);
/* Shows the pages in switcher_bar while `title` stands in their place in `middle`. */
void be_header_reveal_bar (GtkWidget *middle, GtkWidget *title, GtkWidget *switcher_bar);

G_END_DECLS
