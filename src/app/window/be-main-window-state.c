/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a window keeps for the next one: its size, and whether the inputs are shown. */
#include "app/window/be-main-window-private.h"

#include "app/be-application.h"
#include "app/document/be-split.h"

#define WIDTH 1280
#define HEIGHT 800

static GSettings *
get_settings (BeMainWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  return application != NULL ? be_application_get_settings (BE_APPLICATION (application)) : NULL;
}

void
be_main_window_restore_state (BeMainWindow *self)
{
  GSettings *settings = get_settings (self);
  int width = settings != NULL ? g_settings_get_int (settings, "window-width") : WIDTH;
  int height = settings != NULL ? g_settings_get_int (settings, "window-height") : HEIGHT;

  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (settings != NULL && g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

void
be_main_window_keep_state (BeMainWindow *self)
{
  GSettings *settings = get_settings (self);
  GtkWidget *split = self->shown != NULL ? be_document_view_get_split (self->shown) : NULL;
  int width, height;

  if (settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  if (width > 0 && height > 0) {
    g_settings_set_int (settings, "window-width", width);
    g_settings_set_int (settings, "window-height", height);
  }
  /* A narrow window hides the inputs by itself: that is nobody's wish. */
  if (split != NULL && !be_split_get_folded (split))
    g_settings_set_boolean (settings, "sidebar-shown", be_split_get_shown (split));
}

void
be_main_window_apply_state (BeMainWindow *self, BeDocumentView *view)
{
  GSettings *settings = get_settings (self);

  if (settings != NULL && !g_settings_get_boolean (settings, "sidebar-shown"))
    be_split_set_shown (be_document_view_get_split (view), FALSE);
}
