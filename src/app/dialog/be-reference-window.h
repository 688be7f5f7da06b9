/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Published examples beside the program's own figures. */
#pragma once

#include "catalog/be-catalog.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows the checks above parent (nullable). */
void be_reference_window_show (GtkWindow *parent, BeCatalog *catalog);

G_END_DECLS
