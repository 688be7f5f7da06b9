/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's tabs: one document each, moved between windows, closed after a question. */
#include "app/window/be-main-window-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>

BeDocumentView *
be_main_window_get_nth (BeMainWindow *self, int n)
{
  return BE_DOCUMENT_VIEW (adw_tab_page_get_child (adw_tab_view_get_nth_page (self->tabs, n)));
}

guint
be_main_window_get_n_tabs (BeMainWindow *self)
{
  g_return_val_if_fail (BE_IS_MAIN_WINDOW (self), 0);

  return (guint) adw_tab_view_get_n_pages (self->tabs);
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

static void
state_changed_cb (BeDocumentView *view, BeMainWindow *self)
{
  update_tab (self, view);
  if (view == self->shown)
    be_main_window_update (self);
}

/* A document was agreed to be closed, or not. */
static void
close_settled_cb (BeDocumentView *view, gboolean may_close, BeMainWindow *self)
{
  AdwTabPage *page = adw_tab_view_get_page (self->tabs, GTK_WIDGET (view));

  g_object_set_data (G_OBJECT (view), "may-close", GINT_TO_POINTER (may_close));
  if (!self->is_closing) {
    if (may_close)
      adw_tab_view_close_page (self->tabs, page);
  } else if (may_close) {
    gtk_window_close (GTK_WINDOW (self)); /* asks about the next one */
  } else {
    self->is_closing = FALSE;
    for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
      g_object_set_data (G_OBJECT (be_main_window_get_nth (self, i)), "may-close", NULL);
  }
}

static gboolean
may_close (BeDocumentView *view)
{
  return !be_scenario_is_dirty (be_document_view_get_scenario (view))
         || g_object_get_data (G_OBJECT (view), "may-close") != NULL;
}

static gboolean
close_page_cb (AdwTabView *tabs, AdwTabPage *page, BeMainWindow *self)
{
  BeDocumentView *view = BE_DOCUMENT_VIEW (adw_tab_page_get_child (page));

  if (may_close (view))
    return FALSE; /* closes */
  adw_tab_view_close_page_finish (tabs, page, FALSE);
  adw_tab_view_set_selected_page (tabs, page);
  be_document_view_ask_close (view);
  return TRUE;
}

gboolean
be_main_window_ask_close (BeMainWindow *self)
{
  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++) {
    BeDocumentView *view = be_main_window_get_nth (self, i);

    if (may_close (view))
      continue;
    self->is_closing = TRUE;
    adw_tab_view_set_selected_page (self->tabs, adw_tab_view_get_nth_page (self->tabs, i));
    be_document_view_ask_close (view);
    return TRUE;
  }
  return FALSE;
}

static void
page_attached_cb (AdwTabView *tabs, AdwTabPage *page, int position, BeMainWindow *self)
{
  BeDocumentView *view = BE_DOCUMENT_VIEW (adw_tab_page_get_child (page));

  g_signal_connect_object (view, "state-changed", G_CALLBACK (state_changed_cb), self, 0);
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
  GtkWidget *view = adw_tab_page_get_child (page);

  g_signal_handlers_disconnect_by_data (view, self);
  if (self->shown == BE_DOCUMENT_VIEW (view))
    be_main_window_show (self, NULL);
  if (adw_tab_view_get_n_pages (tabs) == 0)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_empty_cb, g_object_ref (self), g_object_unref);
}

static void
selected_cb (GObject *tabs, GParamSpec *pspec, BeMainWindow *self)
{
  AdwTabPage *page = adw_tab_view_get_selected_page (self->tabs);

  be_main_window_show (self,
                       page != NULL ? BE_DOCUMENT_VIEW (adw_tab_page_get_child (page)) : NULL);
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
  g_signal_connect (self->tabs, "close-page", G_CALLBACK (close_page_cb), self);
  g_signal_connect (self->tabs, "create-window", G_CALLBACK (create_window_cb), self);
  g_signal_connect (self->tabs, "setup-menu", G_CALLBACK (setup_menu_cb), self);
}

BeDocumentView *
be_main_window_add (BeMainWindow *self, BeScenario *scenario)
{
  GtkWidget *view;
  AdwTabPage *page;

  g_return_val_if_fail (BE_IS_MAIN_WINDOW (self), NULL);
  g_return_val_if_fail (BE_IS_SCENARIO (scenario), NULL);

  view = be_document_view_new (scenario);
  page = adw_tab_view_append (self->tabs, view);
  adw_tab_view_set_selected_page (self->tabs, page);
  return BE_DOCUMENT_VIEW (view);
}

void
be_main_window_close_tab (BeMainWindow *self)
{
  AdwTabPage *page = adw_tab_view_get_selected_page (self->tabs);

  if (page != NULL)
    adw_tab_view_close_page (self->tabs, page);
}

void
be_main_window_move_tab (BeMainWindow *self)
{
  AdwTabPage *page = adw_tab_view_get_selected_page (self->tabs);

  if (page != NULL && adw_tab_view_get_n_pages (self->tabs) > 1)
    adw_tab_view_transfer_page (self->tabs, page, make_window (self), 0);
}

static gboolean
show_file_here (BeMainWindow *self, const char *path)
{
  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++) {
    BeScenario *scenario = be_document_view_get_scenario (be_main_window_get_nth (self, i));

    if (g_strcmp0 (be_scenario_get_path (scenario), path) != 0)
      continue;
    adw_tab_view_set_selected_page (self->tabs, adw_tab_view_get_nth_page (self->tabs, i));
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
