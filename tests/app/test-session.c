/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts and sessions on disk: what is written comes back, locks hold, broken files stop nothing.
 */
#include "app/session/be-session-store.h"

#include <glib/gstdio.h>
#include <string.h>

static char *home;

static BeSavedTab *
add_tab (BeSavedWindow *window, const char *path, const char *draft)
{
  BeSavedTab *tab = be_saved_tab_new ();

  tab->path = g_strdup (path);
  tab->draft = g_strdup (draft);
  g_ptr_array_add (window->tabs, tab);
  return tab;
}

static BeSavedWindow *
add_window (BeSavedSession *session)
{
  BeSavedWindow *window = be_saved_window_new ();

  g_ptr_array_add (session->windows, window);
  return window;
}

static void
test_round_trip (void)
{
  g_autoptr (BeSavedSession) session = be_saved_session_new (), back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  BeSavedWindow *window = add_window (session);
  BeSavedTab *tab = add_tab (window, "/a/plan.json", "x.breakeven.json");
  gsize length;

  window->width = 800;
  window->height = 600;
  window->is_maximized = TRUE;
  window->shown = 1;
  tab->is_dirty = TRUE;
  tab->page = g_strdup ("serving");
  tab->shown = json_object_new ();
  json_object_set_int_member (tab->shown, "some", 5);
  tab->stamp.size = 77;
  tab->stamp.sha256 = g_strdup ("abc");
  add_tab (window, "/b/ü.json", NULL);
  session->has_ended = TRUE;
  data = be_saved_session_to_data (session, &length);
  back = be_saved_session_from_data (data, length, "test", &error);
  g_assert_no_error (error);
  g_assert_true (back->has_ended);
  g_assert_cmpuint (back->windows->len, ==, 1);
  window = back->windows->pdata[0];
  g_assert_cmpint (window->width, ==, 800);
  g_assert_cmpint (window->height, ==, 600);
  g_assert_true (window->is_maximized);
  g_assert_cmpuint (window->shown, ==, 1);
  g_assert_cmpuint (window->tabs->len, ==, 2);
  tab = window->tabs->pdata[0];
  g_assert_true (tab->is_dirty);
  g_assert_cmpstr (tab->path, ==, "/a/plan.json");
  g_assert_cmpstr (tab->draft, ==, "x.breakeven.json");
  g_assert_cmpstr (tab->page, ==, "serving");
  g_assert_cmpint (json_object_get_int_member (tab->shown, "some"), ==, 5);
  g_assert_cmpint (tab->stamp.size, ==, 77);
  g_assert_cmpstr (tab->stamp.sha256, ==, "abc");
  tab = window->tabs->pdata[1];
  g_assert_cmpstr (tab->path, ==, "/b/ü.json");
  g_assert_null (tab->draft);
}

#define HEAD "{\"format\":\"breakeven-session\","
#define TABS(T) HEAD "\"windows\":[{\"tabs\":[" T "]}]}"

/* Nothing in the file is trusted. */
static void
test_hostile (void)
{
  static const struct {
    const char *name, *data;
    int n_windows; /* -1: refused */
  } rows[] = {
    { "empty", "", -1 },
    { "cut off", HEAD "\"windows\":[", -1 },
    { "an array", "[]", -1 },
    { "other format", "{\"format\":\"other\"}", -1 },
    { "format of another type", "{\"format\":1}", -1 },
    { "no windows", HEAD "\"ended\":1}", 0 },
    { "windows are text", HEAD "\"windows\":\"x\"}", 0 },
    { "windows of other types", HEAD "\"windows\":[1,null,[],{}]}", 0 },
    { "tabs of other types", TABS ("1,null,\"x\",{}"), 0 },
    { "members of other types", TABS ("{\"path\":1,\"draft\":[],\"dirty\":\"yes\"}"), 0 },
    { "a path that is not absolute", TABS ("{\"path\":\"plan.json\"}"), 0 },
    { "a draft elsewhere", TABS ("{\"draft\":\"../../etc/passwd\"}"), 0 },
    { "a hidden draft", TABS ("{\"draft\":\".x\"}"), 0 },
    { "what is shown is of another type", TABS ("{\"path\":\"/a\",\"shown\":[1]}"), 1 },
    { "huge numbers",
      HEAD "\"windows\":[{\"width\":1e300,\"height\":-5,\"shown\":1e9,\"tabs\":"
           "[{\"path\":\"/a\"}]}]}",
      1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BeSavedSession) session =
        be_saved_session_from_data (rows[i].data, strlen (rows[i].data), "test", &error);

    g_test_message ("%s", rows[i].name);
    g_assert_true ((session == NULL) == (error != NULL));
    g_assert_cmpint (session != NULL ? (int) session->windows->len : -1, ==, rows[i].n_windows);
    if (session != NULL && session->windows->len == 1) {
      const BeSavedWindow *window = session->windows->pdata[0];
      g_assert_cmpint (window->width, ==, 0);
      g_assert_cmpint (window->height, ==, 0);
      g_assert_cmpuint (window->shown, ==, 0);
    }
  }
}

static BeSessionWrite *
new_write (const char *draft, const char *text)
{
  BeSessionWrite *write = be_session_write_new ();

  add_tab (add_window (write->session), NULL, draft);
  g_ptr_array_add (write->names, g_strdup (draft));
  g_ptr_array_add (write->bytes, g_bytes_new (text, strlen (text)));
  return write;
}

static void
write_draft (BeSessionStore *store, const char *draft, const char *text)
{
  g_autoptr (GError) error = NULL;
  BeSessionWrite *write = new_write (draft, text);

  g_assert_true (be_session_store_write (store, write, &error));
  g_assert_no_error (error);
  be_session_write_free (write);
}

static void
assert_draft (const BeLeftSession *left, const char *draft, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = be_left_session_read_draft (left, draft, &error);

  g_assert_cmpstr (bytes != NULL ? NULL : error->message, ==, NULL);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text));
}

/* What a running program holds is nobody else's; what it left over is found once, until dropped. */
static void
test_left_over (void)
{
  BeSessionStore *first = be_session_store_new (NULL);
  g_autoptr (BeSessionStore) second = be_session_store_new (NULL);
  g_autoptr (BeSessionStore) third = NULL;
  g_autoptr (GPtrArray) none = be_session_store_list_left (second);
  g_autoptr (GPtrArray) left = NULL, again = NULL;

  write_draft (first, "old.breakeven.json", "1");
  write_draft (first, "new.breakeven.json", "2");
  g_assert_cmpuint (none->len, ==, 0);
  be_session_store_free (first);
  left = be_session_store_list_left (second);
  g_assert_cmpuint (left->len, ==, 1);
  assert_draft (left->pdata[0], "new.breakeven.json", "2");
  g_assert_null (be_left_session_read_draft (left->pdata[0], "old.breakeven.json", NULL));
  third = be_session_store_new (NULL);
  again = be_session_store_list_left (third);
  g_assert_cmpuint (again->len, ==, 0);
  be_session_store_drop_left (second);
  g_assert_false (g_file_test (((BeLeftSession *) left->pdata[0])->directory, G_FILE_TEST_EXISTS));
}

/* Drafts without a session that can be read are all there. */
static void
test_broken_session (void)
{
  BeSessionStore *first = be_session_store_new (NULL);
  g_autoptr (BeSessionStore) second = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autofree char *path = NULL;
  const BeLeftSession *found;
  const BeSavedWindow *window;

  write_draft (first, "a.breakeven.json", "{");
  be_session_store_free (first);
  second = be_session_store_new (NULL);
  left = be_session_store_list_left (second);
  g_assert_cmpuint (left->len, ==, 1);
  found = left->pdata[0];
  path = g_build_filename (found->directory, "session.json", NULL);
  g_assert_cmpint (g_unlink (path), ==, 0);
  be_session_store_free (g_steal_pointer (&second));
  second = be_session_store_new (NULL);
  g_clear_pointer (&left, g_ptr_array_unref);
  left = be_session_store_list_left (second);
  g_assert_cmpuint (left->len, ==, 1);
  found = left->pdata[0];
  window = found->session->windows->pdata[0];
  g_assert_cmpuint (window->tabs->len, ==, 1);
  g_assert_cmpstr (((BeSavedTab *) window->tabs->pdata[0])->draft, ==, "a.breakeven.json");
  be_left_session_set_aside (found, "a.breakeven.json");
  g_free (path);
  path = g_build_filename (home, "breakeven", "unreadable", "a.breakeven.json", NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  be_session_store_drop_left (second);
}

int
main (int argc, char **argv)
{
  int status;

  home = g_dir_make_tmp ("breakeven-session-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/round-trip", test_round_trip);
  g_test_add_func ("/session/hostile", test_hostile);
  g_test_add_func ("/session/left-over", test_left_over);
  g_test_add_func ("/session/broken-session", test_broken_session);
  status = g_test_run ();
  g_free (home);
  return status;
}
