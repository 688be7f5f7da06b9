/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages as they will be printed, in a window of their own. */
#pragma once

#include "report/document/be-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Takes the document; shown above parent. Its Print button runs the parent's action win.print. */
GtkWidget *be_print_preview_new (GtkWindow *parent, BeDocument *document);

G_END_DECLS
