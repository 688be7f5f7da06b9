/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where drafts and sessions lie: a directory for each running program. */
#include "app/session/be-session-store.h"

#include "be-config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define SESSION "session.json"
#define LOCK "lock"
#define DRAFT_SUFFIX ".breakeven.json"

struct _BeSessionStore {
  char *base; /* of all sessions */
  char *directory;
  int lock;
  gboolean is_used; /* something was written */
  GPtrArray *left;  /* directories that were listed, char *, owned */
  GArray *left_fds; /* int: their locks, held until they are dropped */
};

/* A file descriptor that holds the lock of a directory, -1 when another program does. */
static int
take_lock (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, LOCK, NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    return -1;
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  close (fd);
  return -1;
}

static gboolean
fail (GError **error, const char *path)
{
  g_set_error (error, BE_JSON_ERROR, BE_JSON_ERROR_IO, _ ("%s: cannot be written: %s"), path,
               g_strerror (errno));
  return FALSE;
}

static gboolean
make_directory (BeSessionStore *store, GError **error)
{
  g_autofree char *id = g_uuid_string_random ();

  store->directory = g_build_filename (store->base, id, NULL);
  if (g_mkdir_with_parents (store->directory, 0700) != 0)
    return fail (error, store->directory);
  store->lock = take_lock (store->directory);
  return store->lock >= 0 || fail (error, store->directory);
}

static void
remove_directory (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (directory, name, NULL);
    g_unlink (path);
  }
  g_rmdir (directory);
}

void
be_session_store_free (BeSessionStore *store)
{
  if (store == NULL)
    return;
  for (guint i = 0; i < store->left_fds->len; i++)
    close (g_array_index (store->left_fds, int, i));
  if (!store->is_used && store->directory != NULL)
    remove_directory (store->directory);
  if (store->lock >= 0)
    close (store->lock);
  g_ptr_array_unref (store->left);
  g_array_unref (store->left_fds);
  g_free (store->base);
  g_free (store->directory);
  g_free (store);
}

BeSessionStore *
be_session_store_new (GError **error)
{
  g_autoptr (BeSessionStore) store = g_new0 (BeSessionStore, 1);

  store->lock = -1;
  store->base = g_build_filename (g_get_user_data_dir (), "breakeven", "sessions", NULL);
  store->left = g_ptr_array_new_with_free_func (g_free);
  store->left_fds = g_array_new (FALSE, FALSE, sizeof (int));
  return make_directory (store, error) ? g_steal_pointer (&store) : NULL;
}

/* ---- what is left over ---- */

/* Without its session a directory still has its drafts, and none of them may be lost. */
static BeSavedSession *
gather_drafts (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  BeSavedSession *session = be_saved_session_new ();
  BeSavedWindow *window = be_saved_window_new ();
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    BeSavedTab *tab;

    if (*name == '.' || !g_str_has_suffix (name, DRAFT_SUFFIX))
      continue;
    tab = be_saved_tab_new ();
    tab->draft = g_strdup (name);
    tab->is_dirty = TRUE;
    g_ptr_array_add (window->tabs, tab);
  }
  g_ptr_array_add (session->windows, window);
  return session;
}

static BeSavedSession *
read_session (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, SESSION, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = be_file_read (path, 0, NULL, &error);
  BeSavedSession *session = NULL;
  gsize length = 0;

  if (bytes != NULL) {
    const char *data = g_bytes_get_data (bytes, &length);
    session = be_saved_session_from_data (data != NULL ? data : "", length, path, &error);
  }
  if (session == NULL && bytes != NULL)
    g_printerr ("%s\n", error->message);
  return session != NULL ? session : gather_drafts (directory);
}

static void
left_free (gpointer data)
{
  BeLeftSession *left = data;

  g_free (left->directory);
  be_saved_session_free (left->session);
  g_free (left);
}

GPtrArray *
be_session_store_list_left (BeSessionStore *store)
{
  g_autoptr (GDir) dir = g_dir_open (store->base, 0, NULL);
  GPtrArray *all = g_ptr_array_new_with_free_func (left_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *directory = g_build_filename (store->base, name, NULL);
    BeLeftSession *left;
    int lock;

    if (strcmp (directory, store->directory) == 0 || !g_file_test (directory, G_FILE_TEST_IS_DIR))
      continue;
    lock = take_lock (directory);
    if (lock < 0)
      continue;
    left = g_new (BeLeftSession, 1);
    *left = (BeLeftSession){ g_strdup (directory), read_session (directory) };
    g_ptr_array_add (all, left);
    g_ptr_array_add (store->left, g_steal_pointer (&directory));
    g_array_append_val (store->left_fds, lock);
  }
  return all;
}

GBytes *
be_left_session_read_draft (const BeLeftSession *left, const char *draft, GError **error)
{
  g_autofree char *path = g_build_filename (left->directory, draft, NULL);

  return be_file_read (path, 0, NULL, error);
}

void
be_left_session_set_aside (const BeLeftSession *left, const char *draft)
{
  g_autofree char *from = g_build_filename (left->directory, draft, NULL);
  g_autofree char *directory =
      g_build_filename (g_get_user_data_dir (), "breakeven", "unreadable", NULL);
  g_autofree char *to = g_build_filename (directory, draft, NULL);

  if (g_mkdir_with_parents (directory, 0700) != 0 || g_rename (from, to) != 0)
    g_printerr (_ ("%s: cannot be read as a scenario\n"), from);
  else
    g_printerr (_ ("%s: cannot be read as a scenario, it is kept there\n"), to);
}

void
be_session_store_drop_left (BeSessionStore *store)
{
  for (guint i = 0; i < store->left->len; i++) {
    remove_directory (g_ptr_array_index (store->left, i));
    close (g_array_index (store->left_fds, int, i));
  }
  g_ptr_array_set_size (store->left, 0);
  g_array_set_size (store->left_fds, 0);
}

/* ---- writing ---- */

BeSessionWrite *
be_session_write_new (void)
{
  BeSessionWrite *write = g_new0 (BeSessionWrite, 1);

  write->names = g_ptr_array_new_with_free_func (g_free);
  write->bytes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  write->session = be_saved_session_new ();
  return write;
}

void
be_session_write_free (BeSessionWrite *write)
{
  g_ptr_array_unref (write->names);
  g_ptr_array_unref (write->bytes);
  be_saved_session_free (write->session);
  g_free (write);
}

static gboolean
names_draft (const BeSavedSession *session, const char *name)
{
  for (guint w = 0; w < session->windows->len; w++) {
    const BeSavedWindow *window = g_ptr_array_index (session->windows, w);

    for (guint t = 0; t < window->tabs->len; t++) {
      const BeSavedTab *tab = g_ptr_array_index (window->tabs, t);
      if (g_strcmp0 (tab->draft, name) == 0)
        return TRUE;
    }
  }
  return FALSE;
}

static void
remove_other_drafts (BeSessionStore *store, const BeSavedSession *session)
{
  g_autoptr (GDir) dir = g_dir_open (store->directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (store->directory, name, NULL);

    if (g_str_has_suffix (name, DRAFT_SUFFIX) && !names_draft (session, name))
      g_unlink (path);
  }
}

static gboolean
write_file (BeSessionStore *store, const char *name, const char *data, gsize length, GError **error)
{
  g_autofree char *path = g_build_filename (store->directory, name, NULL);

  return be_file_save (path, data, length, NULL, NULL, error);
}

gboolean
be_session_store_write (BeSessionStore *store, const BeSessionWrite *write, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  store->is_used = TRUE;
  for (guint i = 0; i < write->names->len; i++) {
    const char *data = g_bytes_get_data (g_ptr_array_index (write->bytes, i), &length);
    if (!write_file (store, g_ptr_array_index (write->names, i), data, length, error))
      return FALSE;
  }
  text = be_saved_session_to_data (write->session, &length);
  if (!write_file (store, SESSION, text, length, error))
    return FALSE;
  remove_other_drafts (store, write->session);
  return TRUE;
}
