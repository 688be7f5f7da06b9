/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving keeps one good version on disk, and the file's link, mode and owner. */
#include "json/be-json.h"

#include <glib/gstdio.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  char *directory, *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->directory = g_dir_make_tmp ("be-file-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->directory, "plan.json", NULL);
  g_assert_true (g_file_set_contents (fixture->path, "old\n", -1, NULL));
}

/* Removes what the directory holds and answers how many entries there were. */
static guint
empty_directory (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *entry = g_build_filename (path, name, NULL);
    g_unlink (entry);
    n++;
  }
  return n;
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_chmod (fixture->directory, 0700);
  empty_directory (fixture->directory);
  g_assert_cmpint (g_rmdir (fixture->directory), ==, 0);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static void
assert_content (const char *path, const char *expected)
{
  g_autofree char *content = NULL;
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

static void
assert_save_fails (const char *path, const BeFileStamp *expected, int code)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (be_file_save (path, "new\n", 4, expected, NULL, &error));
  g_assert_error (error, BE_JSON_ERROR, code);
  g_assert_true (g_str_has_prefix (error->message, path));
}

static void
assert_saves (const char *path, const BeFileStamp *expected, BeFileStamp *written)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (be_file_save (path, "new\n", 4, expected, written, &error));
  g_assert_no_error (error);
  assert_content (path, "new\n");
}

static void
test_new_file (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->directory, "new.json", NULL);
  struct stat info;
  mode_t mask = umask (027);
  assert_saves (path, NULL, NULL);
  umask (mask);
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0640);
  g_assert_cmpuint (empty_directory (fixture->directory), ==, 2);
}

static void
test_mode_kept (Fixture *fixture, gconstpointer unused)
{
  struct stat info;
  g_assert_cmpint (g_chmod (fixture->path, 0604), ==, 0);
  assert_saves (fixture->path, NULL, NULL);
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0604);
  g_assert_cmpuint (empty_directory (fixture->directory), ==, 1);
}

static void
test_link_kept (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *link = g_build_filename (fixture->directory, "link.json", NULL);
  g_assert_cmpint (symlink ("plan.json", link), ==, 0);
  assert_saves (link, NULL, NULL);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  assert_content (fixture->path, "new\n");
}

static void
test_dangling_link (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *link = g_build_filename (fixture->directory, "link.json", NULL);
  g_assert_cmpint (symlink ("nowhere/plan.json", link), ==, 0);
  assert_save_fails (link, NULL, BE_JSON_ERROR_IO);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
}

static void
test_read_only_file (Fixture *fixture, gconstpointer unused)
{
  g_assert_cmpint (g_chmod (fixture->path, 0444), ==, 0);
  assert_save_fails (fixture->path, NULL, BE_JSON_ERROR_IO);
  assert_content (fixture->path, "old\n");
}

static void
test_hard_links (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *other = g_build_filename (fixture->directory, "other.json", NULL);
  g_assert_cmpint (link (fixture->path, other), ==, 0);
  assert_save_fails (fixture->path, NULL, BE_JSON_ERROR_IO);
  assert_content (other, "old\n");
}

static void
test_not_a_file (Fixture *fixture, gconstpointer unused)
{
  assert_save_fails (fixture->directory, NULL, BE_JSON_ERROR_IO);
  assert_save_fails ("/dev/full", NULL, BE_JSON_ERROR_IO);
  assert_save_fails ("/nonexistent/plan.json", NULL, BE_JSON_ERROR_IO);
}

static void
test_read_only_directory (Fixture *fixture, gconstpointer unused)
{
  if (geteuid () == 0) {
    g_test_skip ("the superuser may write everywhere");
    return;
  }
  g_assert_cmpint (g_chmod (fixture->directory, 0500), ==, 0);
  assert_save_fails (fixture->path, NULL, BE_JSON_ERROR_IO);
  assert_content (fixture->path, "old\n");
}

/* A limit on file sizes makes write fail midway, as a full disk does. */
static void
test_full_disk (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  struct rlimit before, small;
  gsize length = 100000;
  g_autofree char *data = g_strnfill (length, 'x');
  void (*handler) (int) = signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 4096;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  gboolean saved = be_file_save (fixture->path, data, length, NULL, NULL, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, handler);
  g_assert_false (saved);
  g_assert_error (error, BE_JSON_ERROR, BE_JSON_ERROR_IO);
  assert_content (fixture->path, "old\n");
  g_assert_cmpuint (empty_directory (fixture->directory), ==, 1);
}

static void
test_changed_by_others (Fixture *fixture, gconstpointer unused)
{
  BeFileStamp stamp = { 0 };
  g_autoptr (GBytes) bytes = be_file_read (fixture->path, 0, &stamp, NULL);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "old\n", 4);
  g_assert_cmpint (stamp.size, ==, 4);
  g_assert_true (g_file_set_contents (fixture->path, "odd\n", -1, NULL));
  assert_save_fails (fixture->path, &stamp, BE_JSON_ERROR_CHANGED);
  assert_content (fixture->path, "odd\n");
  g_assert_true (g_file_set_contents (fixture->path, "a longer text\n", -1, NULL));
  assert_save_fails (fixture->path, &stamp, BE_JSON_ERROR_CHANGED);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  assert_save_fails (fixture->path, &stamp, BE_JSON_ERROR_CHANGED);
  g_assert_cmpuint (empty_directory (fixture->directory), ==, 0);
  be_file_stamp_clear (&stamp);
}

static void
test_stamp_goes_on (Fixture *fixture, gconstpointer unused)
{
  BeFileStamp stamp = { 0 }, reread = { 0 };
  assert_saves (fixture->path, NULL, &stamp);
  assert_saves (fixture->path, &stamp, &stamp);
  g_autoptr (GBytes) bytes = be_file_read (fixture->path, 0, &reread, NULL);
  g_assert_nonnull (bytes);
  g_assert_cmpstr (stamp.sha256, ==, reread.sha256);
  g_assert_cmpint (stamp.mtime_ns, ==, reread.mtime_ns);
  g_assert_cmpuint (stamp.inode, ==, reread.inode);
  be_file_stamp_clear (&stamp);
  be_file_stamp_clear (&reread);
}

static void
test_read_bounds (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) fits = be_file_read (fixture->path, 4, NULL, NULL);
  g_assert_nonnull (fits);
  g_assert_null (be_file_read (fixture->path, 3, NULL, &error));
  g_assert_error (error, BE_JSON_ERROR, BE_JSON_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (be_file_read (fixture->directory, 0, NULL, &error));
  g_assert_error (error, BE_JSON_ERROR, BE_JSON_ERROR_IO);
}

/* Nobody writes into the FIFO: to open it the usual way would take for ever. */
static void
test_streams (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *fifo = g_build_filename (fixture->directory, "fifo", NULL);
  const char *const streams[] = { fifo, "/dev/zero", "/dev/null" };
  g_autoptr (GError) error = NULL;
  int fd;
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (streams); i++) {
    g_assert_null (be_file_read (streams[i], 0, NULL, &error));
    g_assert_error (error, BE_JSON_ERROR, BE_JSON_ERROR_IO);
    g_clear_error (&error);
  }
  assert_save_fails (fifo, NULL, BE_JSON_ERROR_IO);
  fd = open ("/dev/zero", O_RDONLY | O_CLOEXEC);
  g_assert_null (be_file_read_stream (fd, "zero", 100000, &error));
  g_assert_error (error, BE_JSON_ERROR, BE_JSON_ERROR_LIMIT);
  g_assert_true (g_close (fd, NULL));
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*function) (Fixture *, gconstpointer);
  } tests[] = {
    { "new", test_new_file },
    { "mode-kept", test_mode_kept },
    { "link-kept", test_link_kept },
    { "dangling-link", test_dangling_link },
    { "read-only", test_read_only_file },
    { "hard-links", test_hard_links },
    { "not-a-file", test_not_a_file },
    { "read-only-directory", test_read_only_directory },
    { "full-disk", test_full_disk },
    { "changed-by-others", test_changed_by_others },
    { "stamp-goes-on", test_stamp_goes_on },
    { "read-bounds", test_read_bounds },
    { "streams", test_streams },
  };
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/json/file/%s", tests[i].name);
    g_test_add (path, Fixture, NULL, set_up, tests[i].function, tear_down);
  }
  return g_test_run ();
}
