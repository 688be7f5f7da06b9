/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The price lists that the user imported, kept in the data directory of the user. */
#include "app/be-own-prices.h"

#include "be-config.h"
#include "json/be-json.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

static char *
directory (void)
{
  return g_build_filename (g_get_user_data_dir (), "breakeven", "prices", NULL);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

/* Full paths of the kept lists, in order of their names. */
static GPtrArray *
list_files (void)
{
  g_autofree char *path = directory ();
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (files, g_build_filename (path, name, NULL));
  g_ptr_array_sort (files, compare_paths);
  return files;
}

static BeCatalog *
read_file (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = be_file_read (path, 0, NULL, error);
  g_autoptr (JsonNode) document = NULL;
  const char *data;
  gsize length;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  document = be_json_parse (data != NULL ? data : "", length, path, error);
  return document != NULL ? be_catalog_new_from_document (document, path, error) : NULL;
}

void
be_own_prices_load (BeCatalog **catalog)
{
  g_autoptr (GPtrArray) files = list_files ();

  for (guint i = 0; i < files->len; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BeCatalog) offers = read_file (files->pdata[i], &error);
    BeCatalog *merged;

    if (offers == NULL) {
      g_printerr (_ ("An imported price list is left aside: %s\n"), error->message);
      continue;
    }
    merged = be_catalog_new_merged (*catalog, offers);
    be_catalog_unref (*catalog);
    *catalog = merged;
  }
}

static void
save_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  JsonNode *document = be_catalog_get_document (data);
  JsonObject *root = json_node_get_object (document);
  const char *format = json_object_get_string_member_with_default (root, "source", "list");
  g_autofree char *path = directory ();
  g_autofree char *name = g_strconcat (format, ".json", NULL);
  g_autofree char *file = g_build_filename (path, name, NULL);
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *text = be_json_write (document, &length);

  if (g_mkdir_with_parents (path, 0700) != 0
      || !be_file_save (file, text, length, NULL, NULL, &error))
    g_printerr (_ ("The imported price list could not be kept: %s\n"),
                error != NULL ? error->message : path);
  g_task_return_boolean (task, error == NULL);
}

void
be_own_prices_save (BeCatalog *offers)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, be_catalog_ref (offers), (GDestroyNotify) be_catalog_unref);
  g_task_run_in_thread (task, save_thread);
}

void
be_own_prices_forget (void)
{
  g_autoptr (GPtrArray) files = list_files ();

  for (guint i = 0; i < files->len; i++)
    g_unlink (files->pdata[i]);
}
