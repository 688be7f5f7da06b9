/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another program: a window that takes drops of one media type and prints what it got, "TYPE: " and
 * the bytes' number, then the first of them as text. Usage: drop-target TYPE */
#include <gtk/gtk.h>

static char *type;

static void
spliced_cb (GObject *stream, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  GdkDrop *drop = data;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (stream), result, &error) < 0) {
    g_print ("%s: %s\n", type, error->message);
  } else {
    bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
    text = g_strndup (g_bytes_get_data (bytes, NULL), MIN (g_bytes_get_size (bytes), 300));
    g_print ("%s: %zu %s\n", type, g_bytes_get_size (bytes), text);
  }
  gdk_drop_finish (drop, GDK_ACTION_COPY);
  g_object_unref (drop);
}

static void
read_cb (GObject *drop, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GInputStream) stream = gdk_drop_read_finish (GDK_DROP (drop), result, NULL, &error);

  if (stream == NULL) {
    g_print ("%s: %s\n", type, error->message);
    g_object_unref (drop);
    return;
  }
  g_output_stream_splice_async (
      memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
      G_PRIORITY_DEFAULT, NULL, spliced_cb, drop);
}

static gboolean
drop_cb (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, gpointer data)
{
  const char *types[] = { type, NULL };

  gdk_drop_read_async (g_object_ref (drop), types, G_PRIORITY_DEFAULT, NULL, read_cb, NULL);
  return TRUE;
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = gtk_application_window_new (application);
  const char *types[] = { type };
  GtkDropTargetAsync *target =
      gtk_drop_target_async_new (gdk_content_formats_new (types, 1), GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), NULL);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (target));
  gtk_window_set_title (GTK_WINDOW (window), "Drop target");
  gtk_window_set_default_size (GTK_WINDOW (window), 260, 200);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkApplication) application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  if (argc != 2)
    return 2;
  type = argv[1];
  setvbuf (stdout, NULL, _IOLBF, 0);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
