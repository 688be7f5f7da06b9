/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan's report on paper: the pages of report/document/ by GTK's print operation. */
#pragma once

#include "report/document/be-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*BePrintFailed) (const char *message, gpointer user_data);
/* Takes the document and asks for printer and paper, both remembered while the program runs. failed
 * (nullable) is called when it could not be printed, not when the user thought better of it; not
 * when user_data, a GObject, is gone by then. */
void
be_print_ask (GtkWindow *parent, BeDocument *document, BePrintFailed failed, gpointer user_data);
/* Prints to a PDF file on the remembered paper, without asking. Needs no display. */
gboolean be_print_to_file (const BeDocument *document, const char *path, GError **error);
/* The remembered paper in points; A4 or Letter by the locale at first. */
void be_print_get_paper (double *width, double *height);

G_END_DECLS
