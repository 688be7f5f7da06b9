/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of one document: inputs at the left, headline above, pages in the middle. */
#include "app/window/be-main-window-private.h"

#include "app/be-accessible.h"
#include "app/window/be-header.h"
#include "app/dialog/be-message.h"
#include "app/window/be-notice-bar.h"
#include "app/input/be-sidebar.h"
#include "app/window/be-split.h"
#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A longer text does not fit into a toast. */
#define TOAST_LENGTH 90

G_DEFINE_FINAL_TYPE (BeMainWindow, be_main_window, ADW_TYPE_APPLICATION_WINDOW)

static const char *const page_names[BE_N_TABS] = { "costs", "crossover", "breakdown", "prices",
                                                   "serving" };

void
be_main_window_tell (BeMainWindow *self, const char *heading, const char *text)
{
  g_autofree char *markup = NULL;
  AdwToast *toast;

  if (strlen (text) > TOAST_LENGTH || strchr (text, '\n') != NULL) {
    be_message_tell (GTK_WINDOW (self), heading, text);
    return;
  }
  markup = g_markup_escape_text (text, -1);
  toast = adw_toast_new (markup);
  adw_toast_set_timeout (toast, 5);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

static BeTab
get_page (BeMainWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (self->stack));

  for (int i = 0; i < BE_N_TABS; i++) {
    if (g_strcmp0 (name, page_names[i]) == 0)
      return (BeTab) i;
  }
  return BE_TAB_COSTS;
}

BePageChart *
be_main_window_get_shown_chart (BeMainWindow *self)
{
  switch (get_page (self)) {
  case BE_TAB_CROSSOVER:
    return BE_PAGE_CHART (self->crossover);
  case BE_TAB_BREAKDOWN:
    return be_page_breakdown_get_chart (BE_PAGE_BREAKDOWN (self->breakdown));
  case BE_TAB_PRICES:
  case BE_TAB_SERVING:
    return NULL;
  case BE_TAB_COSTS:
  case BE_N_TABS:
  default:
    return BE_PAGE_CHART (self->costs);
  }
}

BeChartData *
be_main_window_get_shown_data (BeMainWindow *self)
{
  BePageChart *chart = be_main_window_get_shown_chart (self);

  if (chart != NULL)
    return be_page_chart_get_data (chart);
  return get_page (self) == BE_TAB_SERVING
             ? be_page_serving_get_data (BE_PAGE_SERVING (self->serving))
             : be_page_prices_get_data (BE_PAGE_PRICES (self->prices));
}

static void
refresh_shown_page (BeMainWindow *self)
{
  BeTab page = get_page (self);

  if (!self->stale[page])
    return;
  self->stale[page] = FALSE;
  if (page == BE_TAB_BREAKDOWN)
    be_page_breakdown_refresh (BE_PAGE_BREAKDOWN (self->breakdown), self->update);
  else if (page == BE_TAB_PRICES)
    be_page_prices_refresh (BE_PAGE_PRICES (self->prices), self->update);
  else if (page == BE_TAB_SERVING)
    be_page_serving_refresh (BE_PAGE_SERVING (self->serving), self->update);
  else
    be_page_chart_refresh (be_main_window_get_shown_chart (self), self->update);
}

static void
evaluated_cb (BeUpdate *update, BeMainWindow *self)
{
  for (int i = 0; i < BE_N_TABS; i++)
    self->stale[i] = TRUE;
  refresh_shown_page (self);
  be_headline_view_show (BE_HEADLINE_VIEW (self->headline), update);
}

static void
crossover_ready_cb (BeUpdate *update, BeMainWindow *self)
{
  be_headline_view_show (BE_HEADLINE_VIEW (self->headline), update);
  be_page_chart_show_crossover (BE_PAGE_CHART (self->crossover), update);
}

static void
measure_cb (BeUpdate *update, BeMainWindow *self)
{
  BePageChart *chart = be_main_window_get_shown_chart (self);

  if (chart != NULL)
    be_update_add_work_ms (update, be_page_chart_get_draw_ms (chart));
}

static void
page_shown_cb (GObject *stack, GParamSpec *pspec, BeMainWindow *self)
{
  if (self->update == NULL)
    return;
  refresh_shown_page (self);
  be_accessible_hush (GTK_WIDGET (self));
}

static void
volume_changed_cb (BePageChart *page, double factor, gboolean final, BeMainWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (!be_volume_gesture_scale (&self->volume, self->scenario, factor, final, &error))
    be_main_window_tell (self, _ ("The volume was not changed"), error->message);
}

static void
message_cb (GtkWidget *sidebar, const char *text, BeMainWindow *self)
{
  be_main_window_tell (self, _ ("Not changed"), text);
}

static void
update_title (BeMainWindow *self)
{
  const char *path = be_scenario_get_path (self->scenario);
  const char *name = be_scenario_get_name (self->scenario);
  const char *dot = be_scenario_is_dirty (self->scenario) ? "• " : "";
  g_autofree char *file = path != NULL ? g_path_get_basename (path) : g_strdup (_ ("Not saved"));
  g_autofree char *title = g_strconcat (dot, name != NULL && *name != '\0' ? name : file, NULL);
  AdwViewSwitcherTitle *switcher = ADW_VIEW_SWITCHER_TITLE (self->switcher_title);

  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_view_switcher_title_set_title (switcher, title);
  adw_view_switcher_title_set_subtitle (switcher, file);
  gtk_label_set_text (GTK_LABEL (self->name_label), title);
  gtk_widget_set_tooltip_text (self->name_label, path != NULL ? path : file);
}

static void
saved_changed_cb (BeScenario *scenario, BeMainWindow *self)
{
  update_title (self);
  be_main_window_update_actions (self);
  be_main_window_watch_file (self);
}

/* Prices change with the catalogue or the snapshot; during a gesture there is no need to look. */
static void
steps_changed_cb (BeScenario *scenario, BeMainWindow *self)
{
  be_main_window_check_prices (self);
}

static gboolean
fit_header_cb (GtkWidget *window, GdkFrameClock *clock, gpointer data)
{
  BeMainWindow *self = BE_MAIN_WINDOW (window);
  gboolean is_wide = !be_split_get_folded (self->split);

  gtk_widget_set_visible (self->wide_start, is_wide);
  gtk_widget_set_visible (self->wide_end, is_wide);
  return G_SOURCE_REMOVE;
}

/* Told in the middle of an allocation, when nothing may be shown or hidden: the next frame may. */
static void
folded_cb (GObject *split, GParamSpec *pspec, BeMainWindow *self)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (self), fit_header_cb, NULL, NULL);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, BeMainWindow *self)
{
  g_autofree char *path = g_file_get_path (g_value_get_object (value));

  if (path == NULL)
    return FALSE;
  if (be_main_window_is_scenario_file (path))
    be_main_window_open_path (self, path);
  else
    be_main_window_import_path (self, path);
  return TRUE;
}

static void
active_cb (GObject *window, GParamSpec *pspec, BeMainWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)) && self->scenario != NULL)
    be_main_window_check_file (self);
}

static gboolean
be_main_window_close_request (GtkWindow *window)
{
  BeMainWindow *self = BE_MAIN_WINDOW (window);

  if (!self->is_leaving && be_scenario_is_dirty (self->scenario)) {
    be_main_window_ask_close (self);
    return TRUE;
  }
  return GTK_WINDOW_CLASS (be_main_window_parent_class)->close_request (window);
}

static void
forget_scenario (BeMainWindow *self)
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
  g_clear_pointer (&self->checked_catalog, be_catalog_unref);
}

static void
be_main_window_dispose (GObject *object)
{
  forget_scenario (BE_MAIN_WINDOW (object));
  G_OBJECT_CLASS (be_main_window_parent_class)->dispose (object);
}

static void
be_main_window_class_init (BeMainWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_main_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = be_main_window_close_request;
}

static GtkWidget *
add_page (BeMainWindow *self, BeTab page, GtkWidget *child, const char *title, const char *icon)
{
  AdwViewStackPage *stack_page;

  if (page == BE_TAB_SERVING) {
    g_signal_connect (child, "message", G_CALLBACK (message_cb), self);
  } else if (page == BE_TAB_PRICES) {
    g_signal_connect (child, "message", G_CALLBACK (message_cb), self);
    g_signal_connect (child, "volume-changed", G_CALLBACK (volume_changed_cb), self);
  } else if (page != BE_TAB_BREAKDOWN) {
    gtk_widget_set_margin_start (child, 12);
    gtk_widget_set_margin_end (child, 12);
    gtk_widget_set_margin_bottom (child, 12);
    g_signal_connect (child, "volume-changed", G_CALLBACK (volume_changed_cb), self);
  }
  stack_page =
      adw_view_stack_add_titled (ADW_VIEW_STACK (self->stack), child, page_names[page], title);
  adw_view_stack_page_set_icon_name (stack_page, icon);
  return child;
}

static GtkWidget *
build_pages (BeMainWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->headline = be_headline_view_new ();
  self->stack = adw_view_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_widget_set_hexpand (self->stack, TRUE);
  self->costs = add_page (self, BE_TAB_COSTS, be_page_chart_new (BE_KIND_COSTS), _ ("Costs"),
                          "accessories-calculator-symbolic");
  self->crossover = add_page (self, BE_TAB_CROSSOVER, be_page_chart_new (BE_KIND_CROSSOVER),
                              _ ("Crossover"), "media-playlist-shuffle-symbolic");
  self->breakdown = add_page (self, BE_TAB_BREAKDOWN, be_page_breakdown_new (), _ ("Breakdown"),
                              "view-list-symbolic");
  self->prices = add_page (self, BE_TAB_PRICES, be_page_prices_new (), _ ("Prices"),
                           "view-sort-ascending-symbolic");
  self->serving = add_page (self, BE_TAB_SERVING, be_page_serving_new (), _ ("Serving"),
                            "network-server-symbolic");
  g_signal_connect (self->stack, "notify::visible-child-name", G_CALLBACK (page_shown_cb), self);
  gtk_box_append (GTK_BOX (box), self->headline);
  gtk_box_append (GTK_BOX (box), self->stack);
  gtk_widget_set_size_request (box, 340, -1);
  return box;
}

static void
build_header (BeMainWindow *self, GtkWidget *box)
{
  BeHeader header;

  be_header_build (&header, ADW_VIEW_STACK (self->stack));
  self->switcher_title = header.switcher_title;
  self->name_label = header.name_label;
  self->wide_start = header.wide_start;
  self->wide_end = header.wide_end;
  gtk_box_append (GTK_BOX (box), header.bar);
}

static void
build (BeMainWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *pages = build_pages (self);

  build_header (self, box);
  self->notice = be_notice_bar_new (_ ("Another program changed this file."), _ ("_Reload"),
                                    "win.reload", _ ("_Keep Mine"), "win.keep-mine");
  self->drift = be_notice_bar_new (NULL, _ ("_Apply"), "win.apply-prices", _ ("_Keep Mine"),
                                   "win.keep-prices");
  self->split = be_split_new (pages);
  self->toasts = adw_toast_overlay_new ();
  self->switcher_bar = adw_view_switcher_bar_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), self->split);
  gtk_widget_set_vexpand (self->toasts, TRUE);
  adw_view_switcher_bar_set_stack (ADW_VIEW_SWITCHER_BAR (self->switcher_bar),
                                   ADW_VIEW_STACK (self->stack));
  g_object_bind_property (self->switcher_title, "title-visible", self->switcher_bar, "reveal",
                          G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (box), self->notice);
  gtk_box_append (GTK_BOX (box), self->drift);
  gtk_box_append (GTK_BOX (box), self->toasts);
  gtk_box_append (GTK_BOX (box), self->switcher_bar);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), box);
  g_signal_connect (self->split, "notify::folded", G_CALLBACK (folded_cb), self);
}

static void
be_main_window_init (BeMainWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_window_set_default_size (GTK_WINDOW (self), 1280, 800);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 294);
  build (self);
  be_main_window_add_actions (self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), self);
}

BeMainWindow *
be_main_window_new (GtkApplication *application, BeScenario *scenario)
{
  BeMainWindow *self = g_object_new (BE_TYPE_MAIN_WINDOW, "application", application, NULL);

  be_main_window_set_scenario (self, scenario);
  return self;
}

BeScenario *
be_main_window_get_scenario (BeMainWindow *self)
{
  return self->scenario;
}

void
be_main_window_set_scenario (BeMainWindow *self, BeScenario *scenario)
{
  GtkWidget *sidebar;

  g_return_if_fail (BE_IS_MAIN_WINDOW (self));
  g_return_if_fail (BE_IS_SCENARIO (scenario));

  g_object_ref (scenario);
  forget_scenario (self);
  self->scenario = scenario;
  self->is_keeping = FALSE;
  self->keeps_prices = FALSE;
  sidebar = be_sidebar_new (scenario);
  g_signal_connect (sidebar, "message", G_CALLBACK (message_cb), self);
  be_split_set_sidebar (self->split, sidebar);
  self->update = be_update_new (scenario, GTK_WIDGET (self));
  g_signal_connect (self->update, "evaluated", G_CALLBACK (evaluated_cb), self);
  g_signal_connect (self->update, "crossover-ready", G_CALLBACK (crossover_ready_cb), self);
  g_signal_connect (self->update, "measure", G_CALLBACK (measure_cb), self);
  g_signal_connect (scenario, "saved-changed", G_CALLBACK (saved_changed_cb), self);
  g_signal_connect (scenario, "saved-changed", G_CALLBACK (steps_changed_cb), self);
  saved_changed_cb (scenario, self);
  be_update_flush (self->update);
  be_main_window_check_prices (self);
  be_accessible_hush (GTK_WIDGET (self));
}

gboolean
be_main_window_is_pristine (BeMainWindow *self)
{
  return be_scenario_get_path (self->scenario) == NULL && !be_scenario_is_dirty (self->scenario)
         && !be_scenario_can_undo (self->scenario) && !be_scenario_can_redo (self->scenario);
}

const char *
be_main_window_get_headline (BeMainWindow *self, const char *figure)
{
  be_update_flush (self->update);
  return be_headline_view_get_text (BE_HEADLINE_VIEW (self->headline), figure);
}
