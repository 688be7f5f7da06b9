/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences window. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows the settings above parent (nullable); what is changed holds at once. */
void be_preferences_show (GtkWindow *parent, GSettings *settings);

G_END_DECLS
