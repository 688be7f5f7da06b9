/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One document as people see it: inputs at the left, headline above, pages in the middle. */
#include "app/document/be-document-view-private.h"

#include "app/be-accessible.h"
#include "app/dialog/be-message.h"
#include "app/document/be-document-shown.h"
#include "app/document/be-headline-view.h"
#include "app/document/be-notice-bar.h"
#include "app/document/be-split.h"
#include "app/input/be-sidebar.h"
#include "be-config.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A longer text does not fit into a toast. */
#define TOAST_LENGTH 90
/* How many times the usual size it is that the headline is compact for. */
#define LARGE_TEXT 1.25

enum { SIGNAL_STATE_CHANGED, SIGNAL_VIEW_CHANGED, SIGNAL_CLOSE_SETTLED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BeDocumentView, be_document_view, ADW_TYPE_BIN)

GtkWindow *
be_document_view_get_window (BeDocumentView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

void
be_document_view_tell (BeDocumentView *self, const char *heading, const char *text)
{
  g_autofree char *markup = NULL;
  AdwToast *toast;

  g_return_if_fail (BE_IS_DOCUMENT_VIEW (self));

  if (strlen (text) > TOAST_LENGTH || strchr (text, '\n') != NULL) {
    be_message_tell (be_document_view_get_window (self), heading, text);
    return;
  }
  markup = g_markup_escape_text (text, -1);
  toast = adw_toast_new (markup);
  adw_toast_set_timeout (toast, 5);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

/* ---- pages ---- */

static void
emit_state_changed (BeDocumentView *self)
{
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);
}

/* Where the shown page stands in the table. */
static guint
get_shown_index (BeDocumentView *self)
{
  GtkWidget *shown = adw_view_stack_get_visible_child (ADW_VIEW_STACK (self->stack));
  guint index = 0;

  g_ptr_array_find (self->pages, shown, &index);
  return index;
}

BePage *
be_document_view_get_shown_page (BeDocumentView *self)
{
  g_return_val_if_fail (BE_IS_DOCUMENT_VIEW (self), NULL);

  return g_ptr_array_index (self->pages, get_shown_index (self));
}

BePage *
be_document_view_get_page (BeDocumentView *self, const char *name)
{
  GtkWidget *page;

  g_return_val_if_fail (BE_IS_DOCUMENT_VIEW (self), NULL);

  page = adw_view_stack_get_child_by_name (ADW_VIEW_STACK (self->stack), name);
  return page != NULL ? BE_PAGE (page) : NULL;
}

static void
refresh_shown_page (BeDocumentView *self)
{
  guint index = get_shown_index (self);

  if (!self->stale[index])
    return;
  self->stale[index] = FALSE;
  be_page_refresh (g_ptr_array_index (self->pages, index), self->update);
}

gboolean
be_document_view_give_file (BeDocumentView *self, const char *path)
{
  for (guint i = 0; i < self->pages->len; i++) {
    GtkWidget *page = g_ptr_array_index (self->pages, i);

    if (!be_page_take_file (BE_PAGE (page), self->update, path))
      continue;
    adw_view_stack_set_visible_child (ADW_VIEW_STACK (self->stack), page);
    return TRUE;
  }
  return FALSE;
}

static void
evaluated_cb (BeUpdate *update, BeDocumentView *self)
{
  for (guint i = 0; i < self->pages->len; i++)
    self->stale[i] = TRUE;
  refresh_shown_page (self);
  be_headline_view_show (BE_HEADLINE_VIEW (self->headline), update);
}

static void
crossover_ready_cb (BeUpdate *update, BeDocumentView *self)
{
  be_headline_view_show (BE_HEADLINE_VIEW (self->headline), update);
  for (guint i = 0; i < self->pages->len; i++) {
    BePageChart *chart = be_page_get_chart (g_ptr_array_index (self->pages, i));

    if (chart != NULL)
      be_page_chart_show_crossover (chart, update);
  }
}

static void
measure_cb (BeUpdate *update, BeDocumentView *self)
{
  BePageChart *chart = be_page_get_chart (be_document_view_get_shown_page (self));

  if (chart != NULL)
    be_update_add_work_ms (update, be_page_chart_get_draw_ms (chart));
}

static void
page_shown_cb (GObject *stack, GParamSpec *pspec, BeDocumentView *self)
{
  if (self->update == NULL)
    return;
  refresh_shown_page (self);
  be_accessible_hush (GTK_WIDGET (self));
  emit_state_changed (self);
}

static void
volume_changed_cb (GtkWidget *page, double factor, gboolean final, BeDocumentView *self)
{
  g_autoptr (GError) error = NULL;

  if (!be_volume_gesture_scale (&self->volume, self->scenario, factor, final, &error))
    be_document_view_tell (self, _ ("The volume was not changed"), error->message);
}

static void
message_cb (GtkWidget *sender, const char *text, BeDocumentView *self)
{
  be_document_view_tell (self, _ ("Not changed"), text);
}

/* In a narrow window the inputs come in the place of the page. */
static void
input_chosen_cb (GtkWidget *page, const char *path, BeDocumentView *self)
{
  be_split_set_shown (self->split, TRUE);
  be_sidebar_show_input (BE_SIDEBAR (be_split_get_sidebar (self->split)), path);
}

static void
connect_if_there (GtkWidget *page, const char *signal, GCallback callback, BeDocumentView *self)
{
  if (g_signal_lookup (signal, G_OBJECT_TYPE (page)) != 0)
    g_signal_connect (page, signal, callback, self);
}

static void
add_page (BeDocumentView *self, const BePageEntry *entry)
{
  GtkWidget *page = entry->make ();
  AdwViewStackPage *stack_page;

  connect_if_there (page, "message", G_CALLBACK (message_cb), self);
  connect_if_there (page, "input-chosen", G_CALLBACK (input_chosen_cb), self);
  connect_if_there (page, "volume-changed", G_CALLBACK (volume_changed_cb), self);
  stack_page =
      adw_view_stack_add_titled (ADW_VIEW_STACK (self->stack), page, entry->name, _ (entry->title));
  adw_view_stack_page_set_icon_name (stack_page, entry->icon);
  g_ptr_array_add (self->pages, page);
}

static GtkWidget *
build_pages (BeDocumentView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroll = gtk_scrolled_window_new ();
  guint n_pages;
  const BePageEntry *entries = be_page_list (&n_pages);

  self->headline = be_headline_view_new ();
  self->stack = adw_view_stack_new ();
  self->pages = g_ptr_array_new ();
  self->stale = g_new0 (gboolean, n_pages);
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_widget_set_hexpand (self->stack, TRUE);
  for (guint i = 0; i < n_pages; i++)
    add_page (self, &entries[i]);
  g_signal_connect (self->stack, "notify::visible-child-name", G_CALLBACK (page_shown_cb), self);
  gtk_box_append (GTK_BOX (box), self->headline);
  /* On a phone a page may be taller than what the headline leaves of the window. External, not
   * never: that would ask wrapping labels how wide they are at the window's height. And a stack
   * that is homogeneous in one direction only asks for the width of all pages at their least
   * height. */
  adw_view_stack_set_vhomogeneous (ADW_VIEW_STACK (self->stack), FALSE);
  adw_view_stack_set_hhomogeneous (ADW_VIEW_STACK (self->stack), FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), self->stack);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (box), scroll);
  gtk_widget_set_size_request (box, 340, -1);
  return box;
}

/* ---- the whole ---- */

void
be_document_view_settle_close (BeDocumentView *self, gboolean may_close)
{
  self->closes_on_save = FALSE;
  g_signal_emit (self, signals[SIGNAL_CLOSE_SETTLED], 0, may_close);
}

/* A gesture, with its many steps, is told of again when it ends. */
static void
saved_changed_cb (BeScenario *scenario, BeDocumentView *self)
{
  if (be_scenario_is_in_gesture (scenario))
    return;
  be_document_view_watch_file (self);
  be_document_view_check_prices (self);
  be_notice_bar_set_shown (self->newer, be_scenario_is_read_only (scenario));
  emit_state_changed (self);
}

static void
forget_scenario (BeDocumentView *self)
{
  if (self->update != NULL) {
    g_signal_handlers_disconnect_by_data (self->update, self);
    be_update_stop (self->update);
  }
  if (self->scenario != NULL) {
    be_volume_gesture_end (&self->volume, self->scenario);
    g_signal_handlers_disconnect_by_data (self->scenario, self);
  }
  g_clear_object (&self->update);
  g_clear_object (&self->scenario);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->checked_offers, json_node_unref);
  g_queue_clear_full (&self->lists_to_import, g_free);
  g_clear_pointer (&self->checked_catalog, be_catalog_unref);
}

static void
be_document_view_dispose (GObject *object)
{
  BeDocumentView *self = BE_DOCUMENT_VIEW (object);

  forget_scenario (self);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_clear_pointer (&self->stale, g_free);
  G_OBJECT_CLASS (be_document_view_parent_class)->dispose (object);
}

static void
be_document_view_class_init (BeDocumentViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_document_view_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_STATE_CHANGED] =
      g_signal_new ("state-changed", BE_TYPE_DOCUMENT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
  signals[SIGNAL_VIEW_CHANGED] =
      g_signal_new ("view-changed", BE_TYPE_DOCUMENT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSE_SETTLED] =
      g_signal_new ("close-settled", BE_TYPE_DOCUMENT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

/* When narrow, or with text so large that the figures would leave no room for a chart. */
static void
folded_cb (BeDocumentView *self)
{
  gboolean is_folded = be_split_get_folded (self->split);

  if (is_folded)
    gtk_widget_add_css_class (GTK_WIDGET (self), "be-narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "be-narrow");
  be_headline_view_set_compact (BE_HEADLINE_VIEW (self->headline),
                                is_folded
                                    || be_widget_get_text_scale (GTK_WIDGET (self)) > LARGE_TEXT);
  emit_state_changed (self);
}

static void
be_document_view_init (BeDocumentView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->split = be_split_new (build_pages (self));
  self->notice = be_notice_bar_new (_ ("Another program changed this file."), _ ("_Reload"),
                                    "win.reload", _ ("_Keep Mine"), "win.keep-mine");
  self->gone = be_notice_bar_new (_ ("The file is not there any more."), _ ("_Save Again"),
                                  "win.save", _ ("_Keep Mine"), "win.keep-mine");
  self->newer = be_notice_bar_new (
      _ ("A newer version of Breakeven wrote this file: it can be read here, not changed."), NULL,
      NULL, NULL, NULL);
  self->drift = be_notice_bar_new (NULL, _ ("_Apply"), "win.apply-prices", _ ("_Keep Mine"),
                                   "win.keep-prices");
  self->toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), self->split);
  gtk_widget_set_vexpand (self->toasts, TRUE);
  gtk_box_append (GTK_BOX (box), self->notice);
  gtk_box_append (GTK_BOX (box), self->gone);
  gtk_box_append (GTK_BOX (box), self->newer);
  gtk_box_append (GTK_BOX (box), self->drift);
  gtk_box_append (GTK_BOX (box), self->toasts);
  adw_bin_set_child (ADW_BIN (self), box);
  be_document_view_watch_shown (self);
  g_signal_connect_swapped (self->split, "notify::folded", G_CALLBACK (folded_cb), self);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  folded_cb (self);
}

GtkWidget *
be_document_view_new (BeScenario *scenario)
{
  BeDocumentView *self = g_object_new (BE_TYPE_DOCUMENT_VIEW, NULL);

  be_document_view_set_scenario (self, scenario);
  return GTK_WIDGET (self);
}

BeScenario *
be_document_view_get_scenario (BeDocumentView *self)
{
  g_return_val_if_fail (BE_IS_DOCUMENT_VIEW (self), NULL);

  return self->scenario;
}

void
be_document_view_set_scenario (BeDocumentView *self, BeScenario *scenario)
{
  GtkWidget *sidebar;

  g_return_if_fail (BE_IS_DOCUMENT_VIEW (self));
  g_return_if_fail (BE_IS_SCENARIO (scenario));

  g_object_ref (scenario);
  forget_scenario (self);
  self->scenario = scenario;
  self->is_keeping = FALSE;
  self->keeps_prices = FALSE;
  be_notice_bar_set_shown (self->notice, FALSE);
  be_notice_bar_set_shown (self->gone, FALSE);
  sidebar = be_sidebar_new (scenario);
  g_signal_connect (sidebar, "message", G_CALLBACK (message_cb), self);
  be_split_set_sidebar (self->split, sidebar);
  self->update = be_update_new (scenario, GTK_WIDGET (self));
  g_signal_connect (self->update, "evaluated", G_CALLBACK (evaluated_cb), self);
  g_signal_connect (self->update, "crossover-ready", G_CALLBACK (crossover_ready_cb), self);
  g_signal_connect (self->update, "measure", G_CALLBACK (measure_cb), self);
  g_signal_connect (scenario, "saved-changed", G_CALLBACK (saved_changed_cb), self);
  be_update_flush (self->update);
  saved_changed_cb (scenario, self);
  be_accessible_hush (GTK_WIDGET (self));
}

gboolean
be_document_view_is_pristine (BeDocumentView *self)
{
  g_return_val_if_fail (BE_IS_DOCUMENT_VIEW (self), FALSE);

  return be_scenario_get_path (self->scenario) == NULL && !be_scenario_is_dirty (self->scenario)
         && !be_scenario_can_undo (self->scenario) && !be_scenario_can_redo (self->scenario);
}

char *
be_document_view_get_file_name (BeDocumentView *self)
{
  const char *path = be_scenario_get_path (self->scenario);

  return path != NULL ? g_path_get_basename (path) : g_strdup (_ ("Not saved"));
}

char *
be_document_view_get_title (BeDocumentView *self)
{
  const char *name = be_scenario_get_name (self->scenario);

  return *name != '\0' ? g_strdup (name) : be_document_view_get_file_name (self);
}

AdwViewStack *
be_document_view_get_stack (BeDocumentView *self)
{
  return ADW_VIEW_STACK (self->stack);
}

GtkWidget *
be_document_view_get_split (BeDocumentView *self)
{
  return self->split;
}

BeUpdate *
be_document_view_get_update (BeDocumentView *self)
{
  be_update_flush (self->update);
  return self->update;
}

BeChartData *
be_document_view_get_shown_data (BeDocumentView *self)
{
  be_update_flush (self->update);
  return be_page_get_data (be_document_view_get_shown_page (self));
}

const char *
be_document_view_get_headline (BeDocumentView *self, const char *figure)
{
  be_update_flush (self->update);
  return be_headline_view_get_text (BE_HEADLINE_VIEW (self->headline), figure);
}
