/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The application: its catalog, windows, actions and keys. */
#include "app/be-application.h"

#include "app/dialog/be-about.h"
#include "app/dialog/be-message.h"
#include "app/be-launch.h"
#include "app/be-own-prices.h"
#include "app/dialog/be-reference-window.h"
#include "app/be-recent.h"
#include "app/be-resources.h"
#include "app/be-settings.h"
#include "app/dialog/be-preferences.h"
#include "app/session/be-session.h"
#include "app/window/be-main-window.h"
#include "be-config.h"
#include "report/be-report.h"
#include "widget/be-widget.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>

#define FIRST_TEMPLATE "support"

struct _BeApplication {
  AdwApplication parent_instance;

  BeCatalog *catalog;
  GSettings *settings; /* NULL: no schema */
  BeSession *session;  /* NULL before the first window */
  gboolean is_quitting;
  gint64 created_us;
  gboolean is_start_measured;
};

G_DEFINE_FINAL_TYPE (BeApplication, be_application, ADW_TYPE_APPLICATION)

static void
first_paint_cb (GdkFrameClock *clock, BeApplication *self)
{
  if (!self->is_start_measured)
    return;
  self->is_start_measured = FALSE;
  printf ("first frame %.1f ms\n", (double) (g_get_monotonic_time () - self->created_us) / 1000.0);
  fflush (stdout);
}

static BeMainWindow *
show_window (BeApplication *self, BeScenario *scenario)
{
  BeMainWindow *window = be_main_window_new (GTK_APPLICATION (self), scenario);

  if (BE_IS_DEVELOPMENT)
    gtk_widget_add_css_class (GTK_WIDGET (window), "devel");
  if (self->is_start_measured) {
    gtk_widget_realize (GTK_WIDGET (window));
    g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                             G_CALLBACK (first_paint_cb), self, 0);
  }
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static BeScenario *
load_template (BeApplication *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  BeScenario *scenario = be_scenario_new_from_template (self->catalog, id, &error);
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (scenario == NULL && active != NULL)
    be_message_tell (active, _ ("There is no such template"), error->message);
  else if (scenario == NULL)
    g_printerr ("%s\n", error->message);
  return scenario;
}

static BeMainWindow *
show_template (BeApplication *self, const char *id)
{
  g_autoptr (BeScenario) scenario = load_template (self, id);

  return scenario != NULL ? show_window (self, scenario) : NULL;
}

static void
new_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show_template (data, FIRST_TEMPLATE);
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BeApplication *self = data;

  be_preferences_show (gtk_application_get_active_window (GTK_APPLICATION (self)), self->settings);
}

/* Without the schema nothing can be set: the menu says so. */
static void
update_preferences (BeApplication *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "preferences");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), self->settings != NULL);
}

static void
new_from_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show_template (data, g_variant_get_string (parameter, NULL));
}

static void
forget_prices_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BeApplication *self = data;
  BeCatalog *shipped;

  be_own_prices_forget ();
  shipped = be_catalog_new_default (NULL);
  if (shipped == NULL)
    return;
  be_catalog_unref (self->catalog);
  self->catalog = shipped;
}

static void
reference_checks_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BeApplication *self = data;

  be_reference_window_show (gtk_application_get_active_window (GTK_APPLICATION (self)),
                            self->catalog);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  be_about_show (gtk_application_get_active_window (GTK_APPLICATION (data)));
}

/* ---- the end ---- */

/* Every window's questions come before the first window goes. */
static void
quit (BeApplication *self)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  self->is_quitting = TRUE;
  for (GList *l = windows; l != NULL; l = l->next) {
    if (BE_IS_MAIN_WINDOW (l->data) && be_main_window_ask_close (l->data)) {
      gtk_window_present (l->data);
      return;
    }
  }
  if (self->session != NULL)
    be_session_end (self->session);
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (GTK_WINDOW (l->data));
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  quit (data);
}

void
be_application_go_on_closing (BeApplication *self, GtkWindow *window)
{
  g_return_if_fail (BE_IS_APPLICATION (self));

  if (self->is_quitting)
    quit (self);
  else
    gtk_window_close (window);
}

void
be_application_stop_closing (BeApplication *self)
{
  g_return_if_fail (BE_IS_APPLICATION (self));

  self->is_quitting = FALSE;
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next) {
    if (BE_IS_MAIN_WINDOW (l->data))
      be_main_window_stop_closing (l->data);
  }
}

static guint
count_windows (BeApplication *self)
{
  guint n = 0;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    n += BE_IS_MAIN_WINDOW (l->data) ? 1 : 0;
  return n;
}

void
be_application_window_closes (BeApplication *self)
{
  g_return_if_fail (BE_IS_APPLICATION (self));

  if (self->session != NULL && count_windows (self) == 1)
    be_session_end (self->session);
  else
    be_application_touch_session (self);
}

void
be_application_touch_session (BeApplication *self)
{
  g_return_if_fail (BE_IS_APPLICATION (self));

  if (self->session != NULL)
    be_session_touch (self->session);
}

/* A logout or a kill that can be heard: nothing is asked, drafts keep everything. */
static gboolean
terminated_cb (gpointer data)
{
  BeApplication *self = data;

  if (self->session != NULL)
    be_session_flush (self->session);
  g_application_quit (G_APPLICATION (self));
  return G_SOURCE_REMOVE;
}

/* Alt+1 shows the first page, and so on. */
static void
add_page_keys (GtkApplication *application)
{
  guint n_pages;
  const BePageEntry *pages = be_page_list (&n_pages);

  for (guint i = 0; i < MIN (n_pages, 9); i++) {
    g_autofree char *action = g_strconcat ("win.page::", pages[i].name, NULL);
    g_autofree char *key = g_strdup_printf ("<Alt>%u", i + 1);

    gtk_application_set_accels_for_action (application, action, (const char *const[]){ key, NULL });
  }
}

static void
add_keys (GtkApplication *application)
{
  static const struct {
    const char *action;
    const char *keys[3];
  } keys[] = {
    { "app.new", { "<Primary>n" } },
    { "app.preferences", { "<Primary>comma" } },
    { "win.new-tab", { "<Primary>t" } },
    { "win.close-tab", { "<Primary>w" } },
    { "app.quit", { "<Primary>q" } },
    { "win.open", { "<Primary>o" } },
    { "win.save", { "<Primary>s" } },
    { "win.save-as", { "<Primary><Shift>s" } },
    { "win.export", { "<Primary>e" } },
    { "win.export-report", { "<Primary><Shift>e" } },
    { "win.print", { "<Primary>p" } },
    { "win.print-preview", { "<Primary><Shift>p" } },
    { "win.undo", { "<Primary>z" } },
    { "win.redo", { "<Primary><Shift>z" } },
    { "win.sidebar", { "F9" } },
    { "win.focus-next", { "F6" } },
    { "win.show-help-overlay", { "<Primary>question", "F1" } },
    { "window.close", { "<Primary><Shift>w" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action, keys[i].keys);
  add_page_keys (application);
}

static void
color_scheme_cb (GSettings *settings, const char *key, gpointer data)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  int chosen = g_settings_get_enum (settings, key);

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[CLAMP (chosen, 0, 2)]);
}

static void
follow_color_scheme (BeApplication *self)
{
  if (self->settings == NULL)
    return;
  g_signal_connect (self->settings, "changed::color-scheme", G_CALLBACK (color_scheme_cb), NULL);
  color_scheme_cb (self->settings, "color-scheme", NULL);
}

static void
be_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { "new", new_cb, NULL, NULL, NULL, { 0 } },
    { "preferences", preferences_cb, NULL, NULL, NULL, { 0 } },
    { "new-from", new_from_cb, "s", NULL, NULL, { 0 } },
    { "about", about_cb, NULL, NULL, NULL, { 0 } },
    { "reference-checks", reference_checks_cb, NULL, NULL, NULL, { 0 } },
    { "forget-prices", forget_prices_cb, NULL, NULL, NULL, { 0 } },
    { "quit", quit_cb, NULL, NULL, NULL, { 0 } },
  };
  BeApplication *self = BE_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  g_resources_register (be_app_get_resource ());
  G_APPLICATION_CLASS (be_application_parent_class)->startup (application);
  be_widget_init ();
  be_format_set_right_to_left (gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL);
  gtk_window_set_default_icon_name (BE_APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  be_launch_add_actions (application);
  add_keys (GTK_APPLICATION (self));
  self->settings = be_settings_new ();
  update_preferences (self);
  follow_color_scheme (self);
  g_unix_signal_add (SIGTERM, terminated_cb, self);
  g_unix_signal_add (SIGHUP, terminated_cb, self);
  self->catalog = be_catalog_new_default (&error);
  if (self->catalog != NULL)
    be_own_prices_load (&self->catalog);
  else
    g_printerr (_ ("Breakeven cannot start without its price lists: %s\n"), error->message);
}

/* Opens what was open when the program was killed, or ended; not twice. Returns whether there was
 * anything. */
static gboolean
restore_session (BeApplication *self, gboolean with_ended)
{
  if (self->session != NULL)
    return FALSE;
  if (self->settings != NULL && !g_settings_get_boolean (self->settings, "restore-session"))
    with_ended = FALSE;
  self->session = be_session_new (GTK_APPLICATION (self));
  return be_session_restore (self->session, self->catalog, with_ended);
}

static void
be_application_activate (GApplication *application)
{
  BeApplication *self = BE_APPLICATION (application);
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (self->catalog == NULL)
    return;
  if (active != NULL)
    gtk_window_present (active);
  else if (!restore_session (self, TRUE))
    show_template (self, FIRST_TEMPLATE);
}

static void
open_file (BeApplication *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = NULL;
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));
  BeMainWindow *window;

  if (path != NULL && BE_IS_MAIN_WINDOW (active)) {
    be_main_window_open_path (BE_MAIN_WINDOW (active), path);
    gtk_window_present (active);
    return;
  }
  if (path != NULL)
    scenario = be_scenario_load (self->catalog, path, &error);
  if (scenario != NULL) {
    be_recent_add (path);
    show_window (self, scenario);
    return;
  }
  window = show_template (self, FIRST_TEMPLATE);
  if (window != NULL)
    be_message_tell (GTK_WINDOW (window), _ ("The file cannot be opened"),
                     error != NULL ? error->message : _ ("It is not a local file."));
}

static void
be_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  BeApplication *self = BE_APPLICATION (application);

  if (self->catalog == NULL)
    return;
  restore_session (self, FALSE);
  for (int i = 0; i < n_files; i++)
    open_file (self, files[i]);
}

static void
be_application_finalize (GObject *object)
{
  BeApplication *self = BE_APPLICATION (object);

  g_clear_pointer (&self->session, be_session_free);
  g_clear_pointer (&self->catalog, be_catalog_unref);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (be_application_parent_class)->finalize (object);
}

static void
be_application_class_init (BeApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = be_application_finalize;
  application_class->startup = be_application_startup;
  application_class->activate = be_application_activate;
  application_class->handle_local_options = be_launch_handle_options;
  application_class->open = be_application_open;
}

static void
be_application_init (BeApplication *self)
{
  be_launch_add_options (G_APPLICATION (self));
  self->created_us = g_get_monotonic_time ();
  self->is_start_measured = g_strcmp0 (g_getenv ("BE_MEASURE_START"), "1") == 0;
}

BeApplication *
be_application_new (GApplicationFlags flags)
{
  return g_object_new (BE_TYPE_APPLICATION, "application-id", BE_APPLICATION_ID, "flags",
                       flags | G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/io/github/breakeven/Breakeven", NULL);
}

void
be_application_take_offers (BeApplication *self, BeCatalog *offers)
{
  BeCatalog *merged;

  g_return_if_fail (BE_IS_APPLICATION (self));

  merged = be_catalog_new_merged (self->catalog, offers);
  be_catalog_unref (self->catalog);
  self->catalog = merged;
  be_own_prices_save (offers);
}

BeCatalog *
be_application_get_catalog (BeApplication *self)
{
  g_return_val_if_fail (BE_IS_APPLICATION (self), NULL);

  return self->catalog;
}

GSettings *
be_application_get_settings (BeApplication *self)
{
  g_return_val_if_fail (BE_IS_APPLICATION (self), NULL);

  return self->settings;
}
