/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scenario files that were used last, as the desktop keeps them. */
#include "app/be-recent.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MIME_TYPE "application/vnd.breakeven.scenario+json"
#define MAX_FILES 10

void
be_recent_add (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  GtkRecentData data = {
    .mime_type = (char *) MIME_TYPE,
    .app_name = (char *) "Breakeven",
    .app_exec = (char *) "breakeven %f",
  };

  if (uri != NULL)
    gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_visited ((GtkRecentInfo *) b),
                              gtk_recent_info_get_visited ((GtkRecentInfo *) a));
}

static gboolean
is_ours (GtkRecentInfo *info)
{
  return g_strcmp0 (gtk_recent_info_get_mime_type (info), MIME_TYPE) == 0
         && gtk_recent_info_is_local (info) && gtk_recent_info_exists (info);
}

char **
be_recent_list (void)
{
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  GPtrArray *paths = g_ptr_array_new ();

  items = g_list_sort (items, compare_newest);
  for (GList *l = items; l != NULL && paths->len < MAX_FILES; l = l->next) {
    char *path = is_ours (l->data)
                     ? g_filename_from_uri (gtk_recent_info_get_uri (l->data), NULL, NULL)
                     : NULL;
    if (path != NULL)
      g_ptr_array_add (paths, path);
  }
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_free (paths, FALSE);
}

char *
be_recent_describe (const char *path, char **folder)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *shown = NULL;
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  if (strncmp (directory, home, length) == 0 && (directory[length] == '/' || !directory[length]))
    shown = g_strconcat ("~", directory + length, NULL);
  else
    shown = g_strdup (directory);
  *folder = g_filename_display_name (shown);
  return g_filename_display_name (base);
}

static void
fill_menu (GtkRecentManager *manager, GMenu *menu)
{
  g_auto (GStrv) paths = be_recent_list ();

  g_menu_remove_all (menu);
  if (paths[0] == NULL) /* an action that there is not: the item cannot be chosen */
    g_menu_append (menu, _ ("No Recent Files"), "win.none");
  for (guint i = 0; paths[i] != NULL; i++) {
    g_autofree char *folder = NULL;
    g_autofree char *name = be_recent_describe (paths[i], &folder);
    g_auto (GStrv) parts = g_strsplit (name, "_", -1); /* no mnemonics */
    g_autofree char *label = g_strjoinv ("__", parts);
    g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

    g_menu_item_set_action_and_target (item, "win.open-path", "s", paths[i]);
    g_menu_append_item (menu, item);
  }
}

GMenuModel *
be_recent_menu_new (void)
{
  GMenu *menu = g_menu_new ();

  fill_menu (gtk_recent_manager_get_default (), menu);
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed", G_CALLBACK (fill_menu),
                           menu, 0);
  return G_MENU_MODEL (menu);
}
