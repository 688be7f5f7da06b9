/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tab without a document yet: templates to begin with, and the files used last. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Its rows activate win.start-from (id of a template) and win.open-path. */
GtkWidget *be_start_page_new (void);
gboolean be_start_page_is (GtkWidget *widget);

G_END_DECLS
