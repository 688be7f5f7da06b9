/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The about window. */
#include "app/dialog/be-about.h"

#include "app/be-accessible.h"
#include "be-config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

void
be_about_show (GtkWindow *parent)
{
  GtkWidget *window = adw_about_window_new ();

  g_object_set (window, "transient-for", parent, "modal", TRUE, "application-name", "Breakeven",
                "application-icon", BE_APPLICATION_ID, "version", BE_VERSION, "license-type",
                GTK_LICENSE_GPL_3_0, "comments",
                _ ("Plans what LLM inference costs: hosted, self-hosted or both, and where "
                   "one becomes cheaper than the other."),
                NULL);
  be_accessible_name_toolkit (window, "Breakeven");
  gtk_window_present (GTK_WINDOW (window));
}
