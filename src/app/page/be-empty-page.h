/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the place of a view that has nothing to show yet. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An icon, a title, a sentence and a button that goes on from there; all texts translated, `label`
 * with a mnemonic. `callback` (GtkButton *, data) is called on a click, `data` must outlive the
 * page. */
GtkWidget *be_empty_page_new (const char *icon, const char *title, const char *words,
                              const char *label, GCallback callback, gpointer data);

/* The same without a button: an AdwStatusPage. */
GtkWidget *be_empty_page_new_plain (const char *icon, const char *title, const char *words);
/* Says something else in the place of its words; no markup. */
void be_empty_page_set_words (GtkWidget *page, const char *words);

G_END_DECLS
