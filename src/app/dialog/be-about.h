/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The about window, in one place because its class changes between libadwaita versions. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* parent may be NULL. */
void be_about_show (GtkWindow *parent);

G_END_DECLS
