/* SPDX-License-Identifier: GPL-3.0-or-later */
/* File choosers, in one place because their class changes between GTK versions. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One kind of file: a translated name and a pattern like "*.json". */
typedef struct {
  const char *name;
  const char *pattern;
} BeFileKind;

/* path: the chosen local file, never NULL. Not called when the chooser is closed without a choice.
 */
typedef void (*BeFileDialogCallback) (const char *path, gpointer user_data);
/* The chooser was closed without a choice. */
typedef void (*BeFileDialogCancelled) (gpointer user_data);

/* user_data is a GObject; when it is gone by then nothing is called. */
void be_file_dialog_open (GtkWindow *parent, const char *title, const BeFileKind *kinds,
                          guint n_kinds, BeFileDialogCallback callback, gpointer user_data);
void be_file_dialog_save (GtkWindow *parent, const char *title, const char *name,
                          const BeFileKind *kinds, guint n_kinds, BeFileDialogCallback callback,
                          gpointer user_data);
void be_file_dialog_save_or_cancel (GtkWindow *parent, const char *title, const char *name,
                                    const BeFileKind *kinds, guint n_kinds,
                                    BeFileDialogCallback callback, BeFileDialogCancelled cancelled,
                                    gpointer user_data);

G_END_DECLS
