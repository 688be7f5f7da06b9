/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window of documents, one a tab. */
#include "app/window/be-main-window-private.h"

#include "app/be-accessible.h"
#include "app/be-application.h"
#include "app/be-recent.h"
#include "app/dialog/be-message.h"
#include "app/document/be-split.h"
#include "app/window/be-header.h"
#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define NAME_CHARS 14

G_DEFINE_FINAL_TYPE (BeMainWindow, be_main_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- what is shown ---- */

static void
name_step (GtkWidget *button, const char *verb, const char *step)
{
  /* Translators: "Undo: Requests per day". */
  g_autofree char *full = step != NULL ? g_strdup_printf (_ ("%s: %s"), verb, step) : NULL;

  gtk_widget_set_tooltip_text (button, full != NULL ? full : verb);
}

static void
show_title (BeMainWindow *self)
{
  AdwWindowTitle *middle = ADW_WINDOW_TITLE (self->title);
  BeScenario *scenario = be_document_view_get_scenario (self->shown);
  const char *path = be_scenario_get_path (scenario);
  g_autofree char *name = be_document_view_get_title (self->shown);
  g_autofree char *file = be_document_view_get_file_name (self->shown);
  g_autofree char *title = g_strconcat (be_scenario_is_dirty (scenario) ? "• " : "", name, NULL);

  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (middle, title);
  adw_window_title_set_subtitle (middle, file);
  /* Cut after a letter or two it would say nothing; the mark of an edit must not move the pages. */
  gtk_label_set_width_chars (GTK_LABEL (self->name_label),
                             (int) MIN (g_utf8_strlen (name, -1) + 2, NAME_CHARS));
  gtk_label_set_text (GTK_LABEL (self->name_label), title);
  gtk_widget_set_tooltip_text (self->name_label, path != NULL ? path : file);
  name_step (self->undo, _ ("Undo"), be_scenario_get_undo_label (scenario));
  name_step (self->redo, _ ("Redo"), be_scenario_get_redo_label (scenario));
}

static void
show_no_title (BeMainWindow *self)
{
  AdwWindowTitle *middle = ADW_WINDOW_TITLE (self->title);

  gtk_window_set_title (GTK_WINDOW (self), _ ("Breakeven"));
  adw_window_title_set_title (middle, _ ("Breakeven"));
  adw_window_title_set_subtitle (middle, "");
  gtk_label_set_width_chars (GTK_LABEL (self->name_label), -1);
  gtk_label_set_text (GTK_LABEL (self->name_label), "");
}

static const char *
find_text (GtkWidget *root)
{
  const char *text = GTK_IS_LABEL (root) ? gtk_label_get_text (GTK_LABEL (root)) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && text == NULL;
       child = gtk_widget_get_next_sibling (child))
    text = find_text (child);
  return text;
}

/* A tab takes the focus by a part of libadwaita's that has no name: it gets that of its label. */
static void
name_tabs (GtkWidget *root)
{
  if (gtk_widget_get_focusable (root) && !GTK_IS_BUTTON (root)) {
    const char *text = find_text (root);

    gtk_accessible_update_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    text != NULL ? text : _ ("Tabs"), -1);
  }
  /* Of a tab's buttons one closes it and says so in its tooltip, the other is the mark beside the
   * title. */
  if (GTK_IS_BUTTON (root)) {
    const char *tooltip = gtk_widget_get_tooltip_text (root);

    gtk_accessible_update_property (
        GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL,
        tooltip != NULL && *tooltip != '\0' ? tooltip : _ ("Mark of the tab"), -1);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_tabs (child);
}

/* What was just told may be told in the middle of an allocation, when nothing may be shown or
 * hidden: the next frame may. */
static gboolean
fit_header_cb (GtkWidget *window, GdkFrameClock *clock, gpointer data)
{
  BeMainWindow *self = BE_MAIN_WINDOW (window);
  gboolean is_wide =
      self->shown == NULL || !be_split_get_folded (be_document_view_get_split (self->shown));

  self->is_fitting = FALSE;
  gtk_widget_set_visible (self->wide_start, is_wide);
  gtk_widget_set_visible (self->wide_end, is_wide);
  be_accessible_hush (self->tab_bar);
  name_tabs (self->tab_bar);
  return G_SOURCE_REMOVE;
}

void
be_main_window_update (BeMainWindow *self)
{
  if (self->shown != NULL)
    show_title (self);
  else
    show_no_title (self);
  be_main_window_update_actions (self);
  if (!self->is_fitting)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), fit_header_cb, NULL, NULL);
  self->is_fitting = TRUE;
}

void
be_main_window_show (BeMainWindow *self, BeDocumentView *view)
{
  AdwViewStack *stack = view != NULL ? be_document_view_get_stack (view) : NULL;

  self->shown = view;
  adw_view_switcher_set_stack (ADW_VIEW_SWITCHER (self->switcher), stack);
  adw_squeezer_page_set_enabled (
      adw_squeezer_get_page (ADW_SQUEEZER (self->middle), self->switcher), stack != NULL);
  adw_view_switcher_bar_set_stack (ADW_VIEW_SWITCHER_BAR (self->switcher_bar), stack);
  be_main_window_bind_actions (self);
  be_main_window_update (self);
  be_accessible_hush (GTK_WIDGET (self));
}

/* ---- files ---- */

/* Whether a file says that it is a scenario, by its first bytes. A pipe, which would be waited for,
 * and whatever else is no file are left to who opens it and says so. */
static gboolean
is_scenario_file (const char *path)
{
  char start[4096 + 1] = { 0 };
  gsize n = 0;
  FILE *file;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  file = fopen (path, "rb");
  if (file != NULL) {
    n = fread (start, 1, sizeof start - 1, file);
    fclose (file);
  }
  start[n] = '\0';
  return strstr (start, "breakeven-scenario") != NULL;
}

/* Scenarios open, anything else is taken for a price list. */
static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, BeMainWindow *self)
{
  const GSList *files = g_value_get_boxed (value);
  gboolean is_taken = FALSE;

  for (const GSList *l = files; l != NULL; l = l->next) {
    g_autofree char *path = g_file_get_path (l->data);

    if (path == NULL)
      continue;
    is_taken = TRUE;
    if (is_scenario_file (path) || self->shown == NULL)
      be_main_window_open_path (self, path);
    else
      be_document_view_import_path (self->shown, path);
  }
  return is_taken;
}

static BeCatalog *
get_catalog (BeMainWindow *self)
{
  return be_application_get_catalog (
      BE_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
}

void
be_main_window_open_path (BeMainWindow *self, const char *name)
{
  g_autofree char *path = g_canonicalize_filename (name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = NULL;

  g_return_if_fail (BE_IS_MAIN_WINDOW (self));

  if (be_main_window_show_file (self, path))
    return;
  scenario = be_scenario_load (get_catalog (self), path, &error);
  if (self->shown != NULL && g_error_matches (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_FORMAT)) {
    be_document_view_import_path (self->shown, path); /* another JSON: a price list, perhaps */
    return;
  }
  if (scenario == NULL) {
    be_message_tell (GTK_WINDOW (self), _ ("The file cannot be opened"), error->message);
    return;
  }
  be_recent_add (path);
  if (self->shown != NULL && be_document_view_is_pristine (self->shown))
    be_document_view_set_scenario (self->shown, scenario);
  else
    be_main_window_add (self, scenario);
}

/* ---- the window ---- */

static void
active_cb (GObject *window, GParamSpec *pspec, BeMainWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)) && self->shown != NULL)
    be_document_view_check_file (self->shown);
}

static gboolean
be_main_window_close_request (GtkWindow *window)
{
  BeMainWindow *self = BE_MAIN_WINDOW (window);

  if (be_main_window_ask_close (self))
    return TRUE;
  be_main_window_keep_state (self);
  be_application_window_closes (BE_APPLICATION (gtk_window_get_application (window)));
  return GTK_WINDOW_CLASS (be_main_window_parent_class)->close_request (window);
}

/* Nothing is told to a window whose parts are going away. */
static void
be_main_window_dispose (GObject *object)
{
  BeMainWindow *self = BE_MAIN_WINDOW (object);

  if (self->tabs != NULL)
    g_signal_handlers_disconnect_by_data (self->tabs, self);
  self->tabs = NULL;
  self->shown = NULL;
  G_OBJECT_CLASS (be_main_window_parent_class)->dispose (object);
}

static void
be_main_window_class_init (BeMainWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_main_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = be_main_window_close_request;
}

static void
build (BeMainWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  AdwTabBar *bar = adw_tab_bar_new ();
  BeHeader header;

  be_header_build (&header);
  self->middle = header.middle;
  self->switcher = header.switcher;
  self->title = header.title;
  self->name_label = header.name_label;
  self->undo = header.undo;
  self->redo = header.redo;
  self->wide_start = header.wide_start;
  self->wide_end = header.wide_end;
  self->switcher_bar = adw_view_switcher_bar_new ();
  be_main_window_build_tabs (self);
  adw_tab_bar_set_view (bar, self->tabs);
  self->tab_bar = GTK_WIDGET (bar);
  gtk_widget_set_vexpand (GTK_WIDGET (self->tabs), TRUE);
  be_header_reveal_bar (self->middle, self->title, self->switcher_bar);
  gtk_box_append (GTK_BOX (box), header.bar);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (bar));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->tabs));
  gtk_box_append (GTK_BOX (box), self->switcher_bar);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), box);
}

static void
be_main_window_init (BeMainWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 294);
  build (self);
  be_main_window_add_actions (self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), self);
}

/* The toolkit draws the names of keys as it has them: "Page_Down". */
static void
polish_keycaps (GtkWidget *root)
{
  if (GTK_IS_LABEL (root) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (root)), "Page_")) {
    g_auto (GStrv) words = g_strsplit (gtk_label_get_text (GTK_LABEL (root)), "_", -1);
    g_autofree char *text = g_strjoinv (" ", words);

    gtk_label_set_text (GTK_LABEL (root), text);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    polish_keycaps (child);
}

BeMainWindow *
be_main_window_new (GtkApplication *application, BeScenario *scenario)
{
  BeMainWindow *self = g_object_new (BE_TYPE_MAIN_WINDOW, "application", application, NULL);
  GtkShortcutsWindow *keys =
      gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (self));

  if (keys != NULL) {
    polish_keycaps (GTK_WIDGET (keys));
    be_accessible_name_toolkit (GTK_WIDGET (keys), _ ("Keyboard shortcuts"));
  }
  be_main_window_restore_state (self);
  if (scenario != NULL)
    be_main_window_add (self, scenario);
  return self;
}

BeDocumentView *
be_main_window_get_shown (BeMainWindow *self)
{
  g_return_val_if_fail (BE_IS_MAIN_WINDOW (self), NULL);

  return self->shown;
}

BeScenario *
be_main_window_get_scenario (BeMainWindow *self)
{
  g_return_val_if_fail (BE_IS_MAIN_WINDOW (self), NULL);

  return self->shown != NULL ? be_document_view_get_scenario (self->shown) : NULL;
}
