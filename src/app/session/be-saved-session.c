/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which documents were open, in which windows and tabs: the data, and its file. */
#include "app/session/be-saved-session.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT "breakeven-session"

static void
tab_free (gpointer data)
{
  BeSavedTab *tab = data;

  g_free (tab->path);
  g_free (tab->draft);
  g_free (tab->page);
  g_clear_pointer (&tab->shown, json_object_unref);
  be_file_stamp_clear (&tab->stamp);
  g_free (tab);
}

static void
window_free (gpointer data)
{
  BeSavedWindow *window = data;

  g_ptr_array_unref (window->tabs);
  g_free (window);
}

BeSavedTab *
be_saved_tab_new (void)
{
  return g_new0 (BeSavedTab, 1);
}

BeSavedWindow *
be_saved_window_new (void)
{
  BeSavedWindow *window = g_new0 (BeSavedWindow, 1);

  window->tabs = g_ptr_array_new_with_free_func (tab_free);
  return window;
}

BeSavedSession *
be_saved_session_new (void)
{
  BeSavedSession *session = g_new0 (BeSavedSession, 1);

  session->windows = g_ptr_array_new_with_free_func (window_free);
  return session;
}

void
be_saved_session_free (BeSavedSession *session)
{
  if (session == NULL)
    return;
  g_ptr_array_unref (session->windows);
  g_free (session);
}

/* ---- out ---- */

static void
add_text (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

static JsonObject *
write_tab (const BeSavedTab *tab)
{
  JsonObject *object = json_object_new ();

  add_text (object, "path", tab->path);
  add_text (object, "draft", tab->draft);
  add_text (object, "page", tab->page);
  if (tab->shown != NULL)
    json_object_set_object_member (object, "shown", json_object_ref (tab->shown));
  json_object_set_boolean_member (object, "dirty", tab->is_dirty);
  if (tab->stamp.sha256 != NULL) {
    json_object_set_int_member (object, "size", tab->stamp.size);
    add_text (object, "sha256", tab->stamp.sha256);
  }
  return object;
}

static JsonObject *
write_window (const BeSavedWindow *window)
{
  JsonObject *object = json_object_new ();
  JsonArray *tabs = json_array_new ();

  json_object_set_int_member (object, "width", window->width);
  json_object_set_int_member (object, "height", window->height);
  json_object_set_boolean_member (object, "maximized", window->is_maximized);
  json_object_set_int_member (object, "shown", window->shown);
  for (guint i = 0; i < window->tabs->len; i++)
    json_array_add_object_element (tabs, write_tab (g_ptr_array_index (window->tabs, i)));
  json_object_set_array_member (object, "tabs", tabs);
  return object;
}

char *
be_saved_session_to_data (const BeSavedSession *session, gsize *length)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *windows = json_array_new ();

  json_object_set_string_member (object, "format", FORMAT);
  json_object_set_int_member (object, "version", 1);
  json_object_set_boolean_member (object, "ended", session->has_ended);
  for (guint i = 0; i < session->windows->len; i++)
    json_array_add_object_element (windows, write_window (g_ptr_array_index (session->windows, i)));
  json_object_set_array_member (object, "windows", windows);
  json_node_take_object (root, object);
  return be_json_write (root, length);
}

/* ---- in ---- */

static JsonNode *
get_value (JsonObject *object, const char *member, GType type)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;
  return node;
}

static char *
read_text (JsonObject *object, const char *member)
{
  JsonNode *node = get_value (object, member, G_TYPE_STRING);

  return node != NULL ? g_strdup (json_node_get_string (node)) : NULL;
}

static gboolean
read_flag (JsonObject *object, const char *member)
{
  JsonNode *node = get_value (object, member, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

static gint64
read_whole (JsonObject *object, const char *member, gint64 maximum)
{
  JsonNode *node = json_object_get_member (object, member);
  double value = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_double (node) : 0;

  return value >= 0 && value <= (double) maximum ? (gint64) value : 0;
}

static JsonArray *
get_array (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* The object at a place of an array that may be absent; NULL for anything else. */
static JsonObject *
get_nth (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
read_tab (JsonObject *object, BeSavedWindow *window)
{
  BeSavedTab *tab = be_saved_tab_new ();
  JsonNode *shown = json_object_get_member (object, "shown");

  tab->path = read_text (object, "path");
  tab->draft = read_text (object, "draft");
  tab->page = read_text (object, "page");
  if (shown != NULL && JSON_NODE_HOLDS_OBJECT (shown))
    tab->shown = json_node_dup_object (shown);
  tab->is_dirty = read_flag (object, "dirty");
  tab->stamp.size = read_whole (object, "size", BE_JSON_MAX_BYTES);
  tab->stamp.sha256 = read_text (object, "sha256");
  if (tab->path != NULL && !g_path_is_absolute (tab->path))
    g_clear_pointer (&tab->path, g_free);
  if (tab->draft != NULL && (*tab->draft == '.' || strchr (tab->draft, '/') != NULL))
    g_clear_pointer (&tab->draft, g_free);
  if (tab->path != NULL || tab->draft != NULL)
    g_ptr_array_add (window->tabs, tab);
  else
    tab_free (tab);
}

static void
read_window (JsonObject *object, BeSavedSession *session)
{
  BeSavedWindow *window = be_saved_window_new ();
  JsonArray *tabs = get_array (object, "tabs");

  window->width = (int) read_whole (object, "width", 16384);
  window->height = (int) read_whole (object, "height", 16384);
  window->is_maximized = read_flag (object, "maximized");
  window->shown = (guint) read_whole (object, "shown", 1000);
  for (guint i = 0; tabs != NULL && i < json_array_get_length (tabs); i++) {
    if (get_nth (tabs, i) != NULL)
      read_tab (get_nth (tabs, i), window);
  }
  if (window->tabs->len > 0)
    g_ptr_array_add (session->windows, window);
  else
    window_free (window);
}

BeSavedSession *
be_saved_session_from_data (const char *data, gsize length, const char *name, GError **error)
{
  g_autoptr (JsonNode) root = be_json_parse (data, length, name, error);
  g_autofree char *format = NULL;
  BeSavedSession *session;
  JsonObject *object;
  JsonArray *windows;

  if (root == NULL)
    return NULL;
  object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  format = object != NULL ? read_text (object, "format") : NULL;
  if (g_strcmp0 (format, FORMAT) != 0) {
    g_set_error (error, BE_JSON_ERROR, BE_JSON_ERROR_SYNTAX, _ ("%s: is no session of Breakeven"),
                 name);
    return NULL;
  }
  session = be_saved_session_new ();
  session->has_ended = read_flag (object, "ended");
  windows = get_array (object, "windows");
  for (guint i = 0; windows != NULL && i < json_array_get_length (windows); i++) {
    if (get_nth (windows, i) != NULL)
      read_window (get_nth (windows, i), session);
  }
  return session;
}
