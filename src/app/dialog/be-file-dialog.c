/* SPDX-License-Identifier: GPL-3.0-or-later */
/* File choosers, in one place because their class changes between GTK versions. */
#include "app/dialog/be-file-dialog.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>

typedef struct {
  BeFileDialogCallback callback;
  BeFileDialogCancelled cancelled;
  GObject *user_data; /* weak */
} Choice;

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  Choice *choice = data;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT) {
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    path = file != NULL ? g_file_get_path (file) : NULL;
  }
  gtk_native_dialog_hide (dialog);
  if (path != NULL && choice->user_data != NULL)
    choice->callback (path, choice->user_data);
  else if (choice->cancelled != NULL && choice->user_data != NULL)
    choice->cancelled (choice->user_data);
  g_object_unref (dialog);
}

static void
choice_free (gpointer data, GClosure *closure)
{
  Choice *choice = data;

  g_clear_weak_pointer (&choice->user_data);
  g_free (choice);
}

static GtkFileChooserNative *
choose (GtkWindow *parent, const char *title, GtkFileChooserAction action, const BeFileKind *kinds,
        guint n_kinds, BeFileDialogCallback callback, BeFileDialogCancelled cancelled,
        gpointer user_data)
{
  GtkFileChooserNative *native = gtk_file_chooser_native_new (title, parent, action, NULL, NULL);
  Choice *choice = g_new0 (Choice, 1);

  for (guint i = 0; i < n_kinds; i++) {
    g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

    gtk_file_filter_set_name (filter, kinds[i].name);
    gtk_file_filter_add_pattern (filter, kinds[i].pattern);
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (native), filter);
  }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  choice->callback = callback;
  choice->cancelled = cancelled;
  g_set_weak_pointer (&choice->user_data, G_OBJECT (user_data));
  g_signal_connect_data (native, "response", G_CALLBACK (response_cb), choice, choice_free, 0);
  return native;
}

void
be_file_dialog_open (GtkWindow *parent, const char *title, const BeFileKind *kinds, guint n_kinds,
                     BeFileDialogCallback callback, gpointer user_data)
{
  GtkFileChooserNative *native = choose (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, kinds,
                                         n_kinds, callback, NULL, user_data);

  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

void
be_file_dialog_save (GtkWindow *parent, const char *title, const char *name,
                     const BeFileKind *kinds, guint n_kinds, BeFileDialogCallback callback,
                     gpointer user_data)
{
  be_file_dialog_save_or_cancel (parent, title, name, kinds, n_kinds, callback, NULL, user_data);
}

void
be_file_dialog_save_or_cancel (GtkWindow *parent, const char *title, const char *name,
                               const BeFileKind *kinds, guint n_kinds,
                               BeFileDialogCallback callback, BeFileDialogCancelled cancelled,
                               gpointer user_data)
{
  GtkFileChooserNative *native = choose (parent, title, GTK_FILE_CHOOSER_ACTION_SAVE, kinds,
                                         n_kinds, callback, cancelled, user_data);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}
