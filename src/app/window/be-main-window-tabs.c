/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's tabs: one document each, moved between windows, closed after a question. */
#include "app/window/be-main-window-private.h"

#include "app/be-application.h"
#include "app/window/be-start-page.h"
#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* The document of a tab; NULL for the start page. */
static BeDocumentView *
get_view (AdwTabPage *page)
{
  GtkWidget *child = page != NULL ? adw_tab_page_get_child (page) : NULL;

  return child != NULL && BE_IS_DOCUMENT_VIEW (child) ? BE_DOCUMENT_VIEW (child) : NULL;
}

BeDocumentView *
be_main_window_get_tab (BeMainWindow *self, guint n)
{
  g_return_val_if_fail (BE_IS_MAIN_WINDOW (self), NULL);
  g_return_val_if_fail (n < be_main_window_get_n_tabs (self), NULL);

  return get_view (adw_tab_view_get_nth_page (self->tabs, (int) n));
}

guint
be_main_window_get_n_tabs (BeMainWindow *self)
{
  g_return_val_if_fail (BE_IS_MAIN_WINDOW (self), 0);

  return (guint) adw_tab_view_get_n_pages (self->tabs);
}

void
be_main_window_show_tab (BeMainWindow *self, BeDocumentView *view)
{
  AdwTabPage *page;

  g_return_if_fail (BE_IS_MAIN_WINDOW (self));

  page = adw_tab_view_get_page (self->tabs, GTK_WIDGET (view));
  adw_tab_view_set_selected_page (self->tabs, page);
}

static void
update_tab (BeMainWindow *self, BeDocumentView *view)
{
  AdwTabPage *page = adw_tab_view_get_page (self->tabs, GTK_WIDGET (view));
  BeScenario *scenario = be_document_view_get_scenario (view);
  g_autofree char *title = be_document_view_get_title (view);
  g_autofree char *full = g_strconcat (be_scenario_is_dirty (scenario) ? "• " : "", title, NULL);
  g_autofree char *tooltip = g_markup_escape_text (
      be_scenario_get_path (scenario) != NULL ? be_scenario_get_path (scenario) : title, -1);

  adw_tab_page_set_title (page, full);
  adw_tab_page_set_tooltip (page, tooltip);
}

/* What is open is worth keeping for the next start. */
static void
touch_session (BeMainWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (application != NULL)
    be_application_touch_session (BE_APPLICATION (application));
}

static void
state_changed_cb (BeDocumentView *view, BeMainWindow *self)
{
  update_tab (self, view);
  touch_session (self);
  if (view == self->shown)
    be_main_window_update (self);
}

static void
view_changed_cb (BeDocumentView *view, BeMainWindow *self)
{
  touch_session (self);
}

/* ---- closing ---- */

/* Unsaved changes that may be lost: the root as it was when that was agreed on. A later edit makes
 * another root, so that it is asked about again. */
static void
set_may_close (BeDocumentView *view, gboolean may_close)
{
  JsonNode *root = be_scenario_get_root (be_document_view_get_scenario (view));

  if (may_close)
    g_object_set_data_full (G_OBJECT (view), "may-close", json_node_ref (root),
                            (GDestroyNotify) json_node_unref);
  else
    g_object_set_data (G_OBJECT (view), "may-close", NULL);
}

static gboolean
may_close (BeDocumentView *view)
{
  BeScenario *scenario = be_document_view_get_scenario (view);

  return !be_scenario_is_dirty (scenario)
         || g_object_get_data (G_OBJECT (view), "may-close") == be_scenario_get_root (scenario);
}

gboolean
be_main_window_ask_close (BeMainWindow *self)
{
  g_return_val_if_fail (BE_IS_MAIN_WINDOW (self), FALSE);

  for (guint i = 0; i < be_main_window_get_n_tabs (self); i++) {
    BeDocumentView *view = be_main_window_get_tab (self, i);

    if (view == NULL || may_close (view))
      continue;
    self->is_closing = TRUE;
    be_main_window_show_tab (self, view);
    be_document_view_ask_close (view);
    return TRUE;
  }
  return FALSE;
}

void
be_main_window_stop_closing (BeMainWindow *self)
{
  g_return_if_fail (BE_IS_MAIN_WINDOW (self));

  self->is_closing = FALSE;
  for (guint i = 0; i < be_main_window_get_n_tabs (self); i++) {
    BeDocumentView *view = be_main_window_get_tab (self, i);

    if (view != NULL)
      set_may_close (view, FALSE);
  }
}

/* A document was agreed to be closed, or not. */
static void
close_settled_cb (BeDocumentView *view, gboolean agreed, BeMainWindow *self)
{
  BeApplication *application = BE_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));

  set_may_close (view, agreed);
  if (self->is_closing && agreed)
    be_application_go_on_closing (application, GTK_WINDOW (self));
  else if (self->is_closing)
    be_application_stop_closing (application);
  else if (agreed)
    adw_tab_view_close_page (self->tabs, adw_tab_view_get_page (self->tabs, GTK_WIDGET (view)));
}

static gboolean
close_page_cb (AdwTabView *tabs, AdwTabPage *page, BeMainWindow *self)
{
  BeDocumentView *view = get_view (page);

  if (view == NULL || may_close (view))
    return FALSE; /* closes */
  adw_tab_view_close_page_finish (tabs, page, FALSE);
  be_main_window_show_tab (self, view);
  be_document_view_ask_close (view);
  return TRUE;
}

void
be_main_window_close_tab (BeMainWindow *self)
{
  AdwTabPage *page = adw_tab_view_get_selected_page (self->tabs);

  /* With the last tab the window closes: that is the way that keeps the session. */
  if (adw_tab_view_get_n_pages (self->tabs) < 2)
    gtk_window_close (GTK_WINDOW (self));
  else
    adw_tab_view_close_page (self->tabs, page);
}

/* ---- coming and going ---- */

static void
page_attached_cb (AdwTabView *tabs, AdwTabPage *page, int position, BeMainWindow *self)
{
  BeDocumentView *view = get_view (page);

  touch_session (self);
  if (view == NULL)
    return;
  g_signal_connect_object (view, "state-changed", G_CALLBACK (state_changed_cb), self, 0);
  g_signal_connect_object (view, "view-changed", G_CALLBACK (view_changed_cb), self, 0);
  g_signal_connect_object (view, "close-settled", G_CALLBACK (close_settled_cb), self, 0);
  update_tab (self, view);
}

/* The last tab may be on its way into another window; then this one has no more use, either. */
static gboolean
close_empty_cb (gpointer data)
{
  BeMainWindow *self = data;

  if (self->tabs != NULL && adw_tab_view_get_n_pages (self->tabs) == 0)
    gtk_window_close (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

static void
page_detached_cb (AdwTabView *tabs, AdwTabPage *page, int position, BeMainWindow *self)
{
  GtkWidget *child = adw_tab_page_get_child (page);

  touch_session (self);
  g_signal_handlers_disconnect_by_data (child, self);
  if (get_view (page) != NULL && self->shown == get_view (page))
    be_main_window_show (self, NULL);
  if (adw_tab_view_get_n_pages (tabs) == 0)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_empty_cb, g_object_ref (self), g_object_unref);
}

static void
selected_cb (GObject *tabs, GParamSpec *pspec, BeMainWindow *self)
{
  touch_session (self);
  be_main_window_show (self, get_view (adw_tab_view_get_selected_page (self->tabs)));
}

/* A tab that goes while another is shown selects none. */
static void
n_pages_cb (GObject *tabs, GParamSpec *pspec, BeMainWindow *self)
{
  be_main_window_update_actions (self);
}

static AdwTabView *
make_window (BeMainWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  BeMainWindow *window = be_main_window_new (application, NULL);

  gtk_window_present (GTK_WINDOW (window));
  return window->tabs;
}

static AdwTabView *
create_window_cb (AdwTabView *tabs, BeMainWindow *self)
{
  return make_window (self);
}

void
be_main_window_move_tab (BeMainWindow *self)
{
  AdwTabPage *page = adw_tab_view_get_selected_page (self->tabs);

  if (page != NULL && adw_tab_view_get_n_pages (self->tabs) > 1)
    adw_tab_view_transfer_page (self->tabs, page, make_window (self), 0);
}

static void
setup_menu_cb (AdwTabView *tabs, AdwTabPage *page, BeMainWindow *self)
{
  if (page != NULL)
    adw_tab_view_set_selected_page (tabs, page); /* what the menu's actions go to */
}

static GMenuModel *
make_tab_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("_Move to New Window"), "win.move-tab");
  g_menu_append (menu, _ ("_Save"), "win.save");
  g_menu_append (menu, _ ("_Close"), "win.close-tab");
  return G_MENU_MODEL (menu);
}

void
be_main_window_build_tabs (BeMainWindow *self)
{
  g_autoptr (GMenuModel) menu = make_tab_menu ();

  self->tabs = ADW_TAB_VIEW (adw_tab_view_new ());
  adw_tab_view_set_menu_model (self->tabs, menu);
  /* Alt and a digit show a page of the document. */
  adw_tab_view_remove_shortcuts (self->tabs,
                                 ADW_TAB_VIEW_SHORTCUT_ALT_DIGITS | ADW_TAB_VIEW_SHORTCUT_ALT_ZERO);
  g_signal_connect (self->tabs, "page-attached", G_CALLBACK (page_attached_cb), self);
  g_signal_connect (self->tabs, "page-detached", G_CALLBACK (page_detached_cb), self);
  g_signal_connect (self->tabs, "notify::selected-page", G_CALLBACK (selected_cb), self);
  g_signal_connect (self->tabs, "notify::n-pages", G_CALLBACK (n_pages_cb), self);
  g_signal_connect (self->tabs, "close-page", G_CALLBACK (close_page_cb), self);
  g_signal_connect (self->tabs, "create-window", G_CALLBACK (create_window_cb), self);
  g_signal_connect (self->tabs, "setup-menu", G_CALLBACK (setup_menu_cb), self);
}

/* ---- documents ---- */

/* The document that was chosen on a start page comes where that was. */
static void
take_place (BeMainWindow *self, AdwTabPage *start, AdwTabPage *page)
{
  int position = adw_tab_view_get_page_position (self->tabs, start);

  adw_tab_view_close_page (self->tabs, start);
  adw_tab_view_reorder_page (self->tabs, page, position);
}

BeDocumentView *
be_main_window_add (BeMainWindow *self, BeScenario *scenario)
{
  GtkWidget *view;
  AdwTabPage *page, *before;

  g_return_val_if_fail (BE_IS_MAIN_WINDOW (self), NULL);
  g_return_val_if_fail (BE_IS_SCENARIO (scenario), NULL);

  view = be_document_view_new (scenario);
  be_main_window_apply_state (self, BE_DOCUMENT_VIEW (view));
  before = adw_tab_view_get_selected_page (self->tabs);
  page = adw_tab_view_append (self->tabs, view);
  adw_tab_view_set_selected_page (self->tabs, page);
  if (before != NULL && be_start_page_is (adw_tab_page_get_child (before)))
    take_place (self, before, page);
  return BE_DOCUMENT_VIEW (view);
}

void
be_main_window_add_start (BeMainWindow *self)
{
  AdwTabPage *page = adw_tab_view_append (self->tabs, be_start_page_new ());

  adw_tab_page_set_title (page, _ ("New Tab"));
  adw_tab_view_set_selected_page (self->tabs, page);
}

/* By another name, too: two documents of one file would only get in each other's way. */
static gboolean
is_same_file (const char *one, const char *other)
{
  GStatBuf first, second;

  if (g_strcmp0 (one, other) == 0)
    return TRUE;
  return one != NULL && g_stat (one, &first) == 0 && g_stat (other, &second) == 0
         && first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

static gboolean
show_file_here (BeMainWindow *self, const char *path)
{
  for (guint i = 0; i < be_main_window_get_n_tabs (self); i++) {
    BeDocumentView *view = be_main_window_get_tab (self, i);
    BeScenario *scenario = view != NULL ? be_document_view_get_scenario (view) : NULL;

    if (scenario == NULL || !is_same_file (be_scenario_get_path (scenario), path))
      continue;
    be_main_window_show_tab (self, view);
    gtk_window_present (GTK_WINDOW (self));
    return TRUE;
  }
  return FALSE;
}

gboolean
be_main_window_show_file (BeMainWindow *self, const char *path)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GList *windows = application != NULL ? gtk_application_get_windows (application) : NULL;

  for (GList *l = windows; l != NULL; l = l->next) {
    if (BE_IS_MAIN_WINDOW (l->data) && show_file_here (l->data, path))
      return TRUE;
  }
  return FALSE;
}
