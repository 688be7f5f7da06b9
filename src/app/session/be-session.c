/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The open windows and their unsaved edits, kept on disk while the program runs. */
#include "app/session/be-session.h"

#include "app/document/be-document-shown.h"
#include "app/session/be-session-store.h"
#include "app/window/be-main-window.h"
#include "be-config.h"

#include <glib/gi18n-lib.h>

#define DELAY_MS 2000

struct _BeSession {
  GtkApplication *application; /* borrowed */
  BeSessionStore *store;       /* NULL: nothing can be kept */
  guint source;
  guint epoch;          /* counts failed writes: older drafts are not on disk for sure */
  gboolean is_writing;  /* a thread is at work */
  gboolean is_waiting;  /* something changed meanwhile */
  gboolean has_ended;   /* nothing is written any more */
  gboolean has_told;    /* of a failed write */
  gboolean is_restored; /* what was left over is open again and may go with the next write */
};

/* What is on disk of a document. */
typedef struct {
  char *name;
  JsonNode *root; /* as it was written, owned; NULL: it is not on disk */
  guint epoch;
} Draft;

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  g_free (draft->name);
  g_clear_pointer (&draft->root, json_node_unref);
  g_free (draft);
}

static Draft *
get_draft (BeScenario *scenario)
{
  Draft *draft = g_object_get_data (G_OBJECT (scenario), "be-draft");

  if (draft == NULL) {
    g_autofree char *id = g_uuid_string_random ();

    draft = g_new0 (Draft, 1);
    draft->name = g_strconcat (id, ".breakeven.json", NULL);
    g_object_set_data_full (G_OBJECT (scenario), "be-draft", draft, draft_free);
  }
  return draft;
}

/* ---- what is open ---- */

static void
add_draft (BeSession *session, BeScenario *scenario, BeSessionWrite *write)
{
  Draft *draft = get_draft (scenario);
  JsonNode *root = be_scenario_get_root (scenario);
  gsize length;
  char *data;

  if (draft->root == root && draft->epoch == session->epoch)
    return;
  data = be_scenario_to_data (scenario, &length);
  g_ptr_array_add (write->names, g_strdup (draft->name));
  g_ptr_array_add (write->bytes, g_bytes_new_take (data, length));
  g_clear_pointer (&draft->root, json_node_unref);
  draft->root = json_node_ref (root);
  draft->epoch = session->epoch;
}

static BeSavedTab *
describe_tab (BeSession *session, BeDocumentView *view, BeSessionWrite *write)
{
  BeScenario *scenario = be_document_view_get_scenario (view);
  const BeFileStamp *stamp = be_scenario_get_stamp (scenario);
  gboolean is_dirty = be_scenario_is_dirty (scenario);
  BeSavedTab *tab = be_saved_tab_new ();

  tab->path = g_strdup (be_scenario_get_path (scenario));
  tab->page = g_strdup (adw_view_stack_get_visible_child_name (be_document_view_get_stack (view)));
  tab->shown = be_document_view_describe_shown (view);
  if (!session->has_ended && (is_dirty || tab->path == NULL)) {
    add_draft (session, scenario, write);
    tab->draft = g_strdup (get_draft (scenario)->name);
    tab->is_dirty = is_dirty;
    tab->stamp.size = stamp->size;
    tab->stamp.sha256 = g_strdup (stamp->sha256);
  } else {
    g_clear_pointer (&get_draft (scenario)->root, json_node_unref);
  }
  return tab;
}

static void
describe_window (BeSession *session, BeMainWindow *window, BeSessionWrite *write)
{
  BeSavedWindow *saved = be_saved_window_new ();
  guint n_tabs = be_main_window_get_n_tabs (window);

  gtk_window_get_default_size (GTK_WINDOW (window), &saved->width, &saved->height);
  saved->is_maximized = gtk_window_is_maximized (GTK_WINDOW (window));
  for (guint i = 0; i < n_tabs; i++) {
    BeDocumentView *view = be_main_window_get_tab (window, i);

    if (view == NULL
        || (session->has_ended
            && be_scenario_get_path (be_document_view_get_scenario (view)) == NULL))
      continue;
    if (view == be_main_window_get_shown (window))
      saved->shown = saved->tabs->len;
    g_ptr_array_add (saved->tabs, describe_tab (session, view, write));
  }
  g_ptr_array_add (write->session->windows, saved);
}

/* The window that was used last is the first of the application's, and must be opened last. */
static BeSessionWrite *
describe_all (BeSession *session)
{
  BeSessionWrite *write = be_session_write_new ();
  GList *last = g_list_last (gtk_application_get_windows (session->application));

  write->session->has_ended = session->has_ended;
  for (GList *l = last; l != NULL; l = l->prev) {
    if (BE_IS_MAIN_WINDOW (l->data))
      describe_window (session, l->data, write);
  }
  return write;
}

/* ---- writing ---- */

static void
drop_left (BeSession *session)
{
  if (session->is_restored)
    be_session_store_drop_left (session->store);
  session->is_restored = FALSE;
}

static void
tell_failure (BeSession *session, const GError *error)
{
  GtkWindow *window = gtk_application_get_active_window (session->application);

  session->epoch++;
  if (session->has_told)
    return;
  session->has_told = TRUE;
  g_printerr ("%s\n", error->message);
  if (BE_IS_MAIN_WINDOW (window) && be_main_window_get_shown (BE_MAIN_WINDOW (window)) != NULL)
    be_document_view_tell (be_main_window_get_shown (BE_MAIN_WINDOW (window)),
                           _ ("Drafts are not kept"), error->message);
}

static void
write_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  BeSession *session = g_object_get_data (G_OBJECT (task), "session");
  GError *error = NULL;

  if (be_session_store_write (session->store, data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BeSession *session = data;
  g_autoptr (GError) error = NULL;

  session->is_writing = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), &error)) {
    session->has_told = FALSE; /* the next failure is news again */
    drop_left (session);
  } else {
    tell_failure (session, error);
  }
  if (session->is_waiting)
    be_session_touch (session);
}

static gboolean
write_cb (gpointer data)
{
  BeSession *session = data;
  g_autoptr (GTask) task = NULL;

  session->source = 0;
  if (session->is_writing) {
    session->is_waiting = TRUE;
    return G_SOURCE_REMOVE;
  }
  session->is_writing = TRUE;
  session->is_waiting = FALSE;
  task = g_task_new (NULL, NULL, written_cb, session);
  g_object_set_data (G_OBJECT (task), "session", session);
  g_task_set_task_data (task, describe_all (session), (GDestroyNotify) be_session_write_free);
  g_task_run_in_thread (task, write_thread);
  return G_SOURCE_REMOVE;
}

static void
write_now (BeSession *session)
{
  g_autoptr (GError) error = NULL;
  BeSessionWrite *write;

  g_clear_handle_id (&session->source, g_source_remove);
  session->is_waiting = FALSE;
  while (session->is_writing)
    g_main_context_iteration (NULL, TRUE);
  write = describe_all (session);
  if (be_session_store_write (session->store, write, &error))
    drop_left (session);
  else
    tell_failure (session, error);
  be_session_write_free (write);
}

void
be_session_touch (BeSession *session)
{
  if (session->store == NULL || session->has_ended || session->source != 0)
    return;
  session->source = g_timeout_add (DELAY_MS, write_cb, session);
}

void
be_session_flush (BeSession *session)
{
  if (session->store != NULL && !session->has_ended)
    write_now (session);
}

void
be_session_end (BeSession *session)
{
  if (session->store == NULL || session->has_ended)
    return;
  session->has_ended = TRUE;
  write_now (session);
}

/* ---- restoring ---- */

static BeScenario *
load_tab (const BeLeftSession *left, const BeSavedTab *tab, BeCatalog *catalog)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  BeScenario *scenario = NULL;

  if (tab->draft == NULL) {
    scenario = be_scenario_load (catalog, tab->path, &error);
  } else {
    bytes = be_left_session_read_draft (left, tab->draft, &error);
    if (bytes != NULL)
      scenario =
          be_scenario_restore (catalog, bytes, tab->path, &tab->stamp, tab->is_dirty, &error);
    if (bytes != NULL && scenario == NULL)
      be_left_session_set_aside (left, tab->draft);
  }
  if (scenario == NULL)
    g_printerr ("%s\n", error->message);
  return scenario;
}

static void
show_page (BeDocumentView *view, const char *page)
{
  if (page != NULL && be_document_view_get_page (view, page) != NULL)
    adw_view_stack_set_visible_child_name (be_document_view_get_stack (view), page);
}

static void
tell_restored (BeDocumentView *view, guint n_dirty)
{
  g_autofree char *text =
      g_strdup_printf (ngettext ("Unsaved changes of %u document are back",
                                 "Unsaved changes of %u documents are back", (gulong) n_dirty),
                       n_dirty);

  if (n_dirty > 0)
    be_document_view_tell (view, _ ("Restored"), text);
}

static gboolean
restore_window (BeSession *session, const BeLeftSession *left, const BeSavedWindow *saved,
                BeCatalog *catalog)
{
  BeMainWindow *window = NULL;
  BeDocumentView *shown = NULL;
  guint n_dirty = 0;

  for (guint i = 0; i < saved->tabs->len; i++) {
    const BeSavedTab *tab = g_ptr_array_index (saved->tabs, i);
    g_autoptr (BeScenario) scenario = load_tab (left, tab, catalog);
    BeDocumentView *view;

    if (scenario == NULL)
      continue;
    if (window == NULL)
      window = be_main_window_new (session->application, NULL);
    view = be_main_window_add (window, scenario);
    show_page (view, tab->page);
    if (tab->shown != NULL)
      be_document_view_restore_shown (view, tab->shown);
    be_document_view_check_file (view);
    n_dirty += be_scenario_is_dirty (scenario) ? 1 : 0;
    if (shown == NULL || i == saved->shown)
      shown = view;
  }
  if (window == NULL)
    return FALSE;
  if (saved->width > 0 && saved->height > 0)
    gtk_window_set_default_size (GTK_WINDOW (window), saved->width, saved->height);
  if (saved->is_maximized)
    gtk_window_maximize (GTK_WINDOW (window));
  be_main_window_show_tab (window, shown);
  gtk_window_present (GTK_WINDOW (window));
  tell_restored (shown, n_dirty);
  return TRUE;
}

gboolean
be_session_restore (BeSession *session, BeCatalog *catalog, gboolean with_ended)
{
  g_autoptr (GPtrArray) all = NULL;
  gboolean is_restored = FALSE;

  if (session->store == NULL)
    return FALSE;
  all = be_session_store_list_left (session->store);
  for (guint i = 0; i < all->len; i++) {
    const BeLeftSession *left = g_ptr_array_index (all, i);

    if (left->session->has_ended && !with_ended)
      continue;
    for (guint w = 0; w < left->session->windows->len; w++)
      is_restored |=
          restore_window (session, left, g_ptr_array_index (left->session->windows, w), catalog);
  }
  session->is_restored = TRUE;
  be_session_touch (session);
  return is_restored;
}

BeSession *
be_session_new (GtkApplication *application)
{
  BeSession *session = g_new0 (BeSession, 1);
  g_autoptr (GError) error = NULL;

  session->application = application;
  session->store = be_session_store_new (&error);
  if (session->store == NULL)
    g_printerr (_ ("Drafts are not kept: %s\n"), error->message);
  return session;
}

void
be_session_free (BeSession *session)
{
  g_clear_handle_id (&session->source, g_source_remove);
  while (session->is_writing)
    g_main_context_iteration (NULL, TRUE);
  be_session_store_free (session->store);
  g_free (session);
}
