/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that wrap, at a cost that does not grow with them. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A label that wraps is laid out a hundred times to learn how large its window may be; one of these
 * is as high as it is told, and is laid out once, when it shows. Names are for the style sheet; the
 * second may be NULL. */
GtkWidget *be_wrapped_new (const char *css_class, const char *second);
/* Sets the text, for a width in pixels (0 = not known yet); its height is guessed from its length
 * and the font. What does not fit is cut off, and told by the tooltip. */
void be_wrapped_set (GtkWidget *words, const char *text, int width);
/* Guesses the height again. */
void be_wrapped_fit (GtkWidget *words, int width);

G_END_DECLS
