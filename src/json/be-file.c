/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads whole files and saves them so that at every moment one good version is on disk. */
#include "json/be-json.h"

#include "be-config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define READ_CHUNK 65536u

/* A save under way. */
typedef struct {
  const char *shown; /* the path as the user named it, for messages */
  char *target;      /* owned; no symbolic links in it */
  char *directory;   /* owned */
  char *temporary;   /* owned; removed unless it became the target */
  int fd;            /* of the temporary, -1 when closed */
  int old_fd;        /* of the file that is replaced, -1 = a new file */
  struct stat old;
} Save;

void
be_file_stamp_clear (BeFileStamp *stamp)
{
  g_clear_pointer (&stamp->sha256, g_free);
  memset (stamp, 0, sizeof *stamp);
}

static void
fill_stamp (BeFileStamp *stamp, const struct stat *info, const void *data, gsize length)
{
  be_file_stamp_clear (stamp);
  stamp->size = (goffset) length;
  stamp->mtime_ns = (gint64) info->st_mtim.tv_sec * 1000000000 + info->st_mtim.tv_nsec;
  stamp->inode = info->st_ino;
  stamp->sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, length);
}

static gboolean
fail_io (GError **error, const char *path, const char *what, int number)
{
  g_set_error (error, BE_JSON_ERROR, BE_JSON_ERROR_IO, "%s: %s: %s", path, what,
               g_strerror (number));
  return FALSE;
}

GBytes *
be_file_read_stream (int fd, const char *name, gsize max_bytes, GError **error)
{
  gsize limit = max_bytes == 0 ? BE_JSON_MAX_BYTES : max_bytes;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 chunk[READ_CHUNK];
  for (;;) {
    ssize_t got = read (fd, chunk, sizeof chunk);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0) {
      fail_io (error, name, _ ("cannot be read"), errno);
      return NULL;
    }
    if (got == 0)
      return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
    if (bytes->len + (gsize) got > limit) {
      g_set_error (error, BE_JSON_ERROR, BE_JSON_ERROR_LIMIT,
                   _ ("%s: found more than %zu bytes, expected fewer"), name, limit);
      return NULL;
    }
    g_byte_array_append (bytes, chunk, (guint) got);
  }
}

static gboolean
refuse (GError **error, const char *path, const char *reason)
{
  g_set_error (error, BE_JSON_ERROR, BE_JSON_ERROR_IO, "%s: %s", path, reason);
  return FALSE;
}

/* Without O_NONBLOCK the open of a FIFO waits for somebody to write into it, for ever perhaps. */
static int
open_regular (const char *path, struct stat *info, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0 || fstat (fd, info) != 0)
    fail_io (error, path, _ ("cannot be opened"), errno);
  else if (S_ISDIR (info->st_mode))
    fail_io (error, path, _ ("cannot be read"), EISDIR);
  else if (!S_ISREG (info->st_mode))
    refuse (error, path, _ ("is not a regular file"));
  else
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

GBytes *
be_file_read (const char *path, gsize max_bytes, BeFileStamp *stamp, GError **error)
{
  struct stat info;
  int fd = open_regular (path, &info, error);
  if (fd < 0)
    return NULL;
  GBytes *bytes = be_file_read_stream (fd, path, max_bytes, error);
  close (fd);
  if (bytes != NULL && stamp != NULL)
    fill_stamp (stamp, &info, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return bytes;
}

/* Finds the real file behind links, or the place of a new one. */
static gboolean
find_target (Save *save, GError **error)
{
  struct stat link;
  save->target = realpath (save->shown, NULL);
  if (save->target == NULL) {
    if (errno != ENOENT || lstat (save->shown, &link) == 0)
      return fail_io (error, save->shown, _ ("leads to no file"), errno);
    g_autofree char *directory = g_path_get_dirname (save->shown);
    g_autofree char *base = g_path_get_basename (save->shown);
    char *real = realpath (directory, NULL);
    if (real == NULL)
      return fail_io (error, save->shown, _ ("cannot be written"), errno);
    save->target = g_build_filename (real, base, NULL);
    free (real);
  }
  save->directory = g_path_get_dirname (save->target);
  return TRUE;
}

static gboolean
open_old (Save *save, GError **error)
{
  struct stat info;
  if (stat (save->target, &info) != 0)
    return errno == ENOENT ? TRUE : fail_io (error, save->shown, _ ("cannot be read"), errno);
  if (!S_ISREG (info.st_mode))
    return refuse (error, save->shown, _ ("is not a regular file"));
  if (access (save->target, W_OK) != 0 || (info.st_mode & 0222) == 0)
    return refuse (error, save->shown, _ ("is read-only"));
  if (info.st_nlink > 1)
    return refuse (error, save->shown,
                   _ ("has several names (hard links); saving would part them"));
  save->old_fd = open (save->target, O_RDONLY | O_CLOEXEC);
  if (save->old_fd < 0 || fstat (save->old_fd, &save->old) != 0)
    return fail_io (error, save->shown, _ ("cannot be read"), errno);
  return TRUE;
}

static gboolean
open_temporary (Save *save, GError **error)
{
  g_autofree char *base = g_path_get_basename (save->target);
  mode_t mode = save->old_fd < 0 ? 0666 : 0600;
  for (int attempt = 0; attempt < 100; attempt++) {
    g_autofree char *name = g_strdup_printf (".%.200s.%08x", base, g_random_int ());
    g_autofree char *path = g_build_filename (save->directory, name, NULL);
    save->fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (save->fd >= 0) {
      save->temporary = g_steal_pointer (&path);
      return TRUE;
    }
    if (errno != EEXIST)
      break;
  }
  return fail_io (error, save->shown, _ ("cannot be written beside"), errno);
}

static void
copy_attribute (Save *save, const char *name)
{
  ssize_t size = fgetxattr (save->old_fd, name, NULL, 0);
  if (size < 0)
    return;
  g_autofree char *value = g_malloc ((gsize) size + 1);
  size = fgetxattr (save->old_fd, name, value, (gsize) size);
  /* Labels of security modules may be refused; the system then sets its own. */
  if (size >= 0 && fsetxattr (save->fd, name, value, (gsize) size, 0) != 0)
    g_debug ("%s: attribute %s not kept: %s", save->shown, name, g_strerror (errno));
}

/* Gives the temporary the owner, attributes and mode of the file it will replace. */
static gboolean
copy_marks (Save *save, GError **error)
{
  struct stat now;
  if (save->old_fd < 0)
    return TRUE;
  if (fstat (save->fd, &now) != 0)
    return fail_io (error, save->shown, _ ("cannot be written"), errno);
  if ((now.st_uid != save->old.st_uid || now.st_gid != save->old.st_gid)
      && fchown (save->fd, save->old.st_uid, save->old.st_gid) != 0)
    return fail_io (error, save->shown, _ ("its owner cannot be kept"), errno);
  char names[4096];
  ssize_t size = flistxattr (save->old_fd, names, sizeof names);
  for (ssize_t at = 0; at < size; at += (ssize_t) strlen (names + at) + 1)
    copy_attribute (save, names + at);
  if (fchmod (save->fd, save->old.st_mode & 07777) != 0)
    return fail_io (error, save->shown, _ ("its permissions cannot be kept"), errno);
  return TRUE;
}

static gboolean
write_all (Save *save, const char *data, gsize length, GError **error)
{
  while (length > 0) {
    ssize_t put = write (save->fd, data, length);
    if (put < 0 && errno == EINTR)
      continue;
    if (put < 0)
      return fail_io (error, save->shown, _ ("cannot be written"), errno);
    data += put;
    length -= (gsize) put;
  }
  if (fsync (save->fd) != 0)
    return fail_io (error, save->shown, _ ("cannot be written"), errno);
  return TRUE;
}

/* The content decides: a file that was only touched, or moved away and back, loses nothing. */
static gboolean
check_unchanged (Save *save, const BeFileStamp *expected, GError **error)
{
  BeFileStamp now = { 0 };
  if (expected == NULL)
    return TRUE;
  g_autoptr (GBytes) bytes =
      be_file_read (save->target, MAX ((gsize) expected->size, 1) + 1, &now, NULL);
  gboolean same =
      bytes != NULL && now.size == expected->size && g_strcmp0 (now.sha256, expected->sha256) == 0;
  be_file_stamp_clear (&now);
  if (!same)
    g_set_error (error, BE_JSON_ERROR, BE_JSON_ERROR_CHANGED,
                 _ ("%s: was changed by another program since it was read"), save->shown);
  return same;
}

static gboolean
close_temporary (Save *save, GError **error)
{
  int result = close (save->fd);
  save->fd = -1;
  return result == 0 || fail_io (error, save->shown, _ ("cannot be written"), errno);
}

static gboolean
sync_directory (Save *save, GError **error)
{
  int fd = open (save->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  /* File systems that cannot sync a directory answer EINVAL; there is nothing more to do there. */
  gboolean good = fd >= 0 && (fsync (fd) == 0 || errno == EINVAL);
  int number = errno;
  if (fd >= 0)
    close (fd);
  return good
         || fail_io (error, save->shown, _ ("was saved, but may not survive a power cut"), number);
}

static gboolean
replace_file (Save *save, const char *data, gsize length, const BeFileStamp *expected,
              BeFileStamp *written, GError **error)
{
  struct stat info;
  if (!open_temporary (save, error) || !copy_marks (save, error)
      || !write_all (save, data, length, error))
    return FALSE;
  if (fstat (save->fd, &info) != 0)
    return fail_io (error, save->shown, _ ("cannot be written"), errno);
  if (!close_temporary (save, error) || !check_unchanged (save, expected, error))
    return FALSE;
  if (rename (save->temporary, save->target) != 0)
    return fail_io (error, save->shown, _ ("cannot be replaced"), errno);
  g_clear_pointer (&save->temporary, g_free);
  if (written != NULL)
    fill_stamp (written, &info, data, length);
  return sync_directory (save, error);
}

static void
save_clear (Save *save)
{
  if (save->fd >= 0)
    close (save->fd);
  if (save->old_fd >= 0)
    close (save->old_fd);
  if (save->temporary != NULL)
    unlink (save->temporary);
  g_free (save->temporary);
  g_free (save->directory);
  g_free (save->target);
}

gboolean
be_file_save (const char *path, const char *data, gsize length, const BeFileStamp *expected,
              BeFileStamp *written, GError **error)
{
  Save save = { .shown = path, .fd = -1, .old_fd = -1 };
  gboolean good = find_target (&save, error) && open_old (&save, error)
                  && check_unchanged (&save, expected, error)
                  && replace_file (&save, data, length, expected, written, error);
  save_clear (&save);
  return good;
}
