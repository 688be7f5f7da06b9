/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bar below the header with a sentence and two buttons: "the file was changed on disk". */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The buttons activate window actions. Hidden until be_notice_bar_set_shown. text may be NULL, and
 * so may the labels: there is no button then. */
GtkWidget *be_notice_bar_new (const char *text, const char *first_label, const char *first_action,
                              const char *second_label, const char *second_action);
void be_notice_bar_set_text (GtkWidget *bar, const char *text);
void be_notice_bar_set_shown (GtkWidget *bar, gboolean shown);
gboolean be_notice_bar_get_shown (GtkWidget *bar);

G_END_DECLS
