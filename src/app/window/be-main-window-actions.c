/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's actions, for menus, keys, buttons and the session bus. */
#include "app/window/be-main-window-private.h"

#include "app/be-application.h"
#include "app/dialog/be-file-dialog.h"
#include "app/dialog/be-message.h"
#include "be-config.h"

#include <glib/gi18n-lib.h>

static void
undo (BeDocumentView *view)
{
  be_scenario_undo (be_document_view_get_scenario (view));
}

static void
redo (BeDocumentView *view)
{
  be_scenario_redo (be_document_view_get_scenario (view));
}

static void
save_path (BeDocumentView *view, const char *path)
{
  be_document_view_save_path (view, path);
}

static void
export_path (BeDocumentView *view, const char *path)
{
  be_document_view_export_path (view, path);
}

/* What goes to the document that is shown; with a path when run_path is there. */
static const struct {
  const char *name;
  void (*run) (BeDocumentView *view);
  void (*run_path) (BeDocumentView *view, const char *path);
} document_actions[] = {
  { "save", be_document_view_save, NULL },
  { "save-as", be_document_view_choose_save, NULL },
  { "export", be_document_view_choose_export, NULL },
  { "export-report", be_document_view_choose_report, NULL },
  { "copy-chart", be_document_view_copy_chart, NULL },
  { "copy-numbers", be_document_view_copy_numbers, NULL },
  { "print", be_document_view_print, NULL },
  { "print-preview", be_document_view_preview_print, NULL },
  { "undo", undo, NULL },
  { "redo", redo, NULL },
  { "focus-next", be_document_view_focus_next, NULL },
  { "reload", be_document_view_reload, NULL },
  { "keep-mine", be_document_view_keep_mine, NULL },
  { "import-prices", be_document_view_choose_import, NULL },
  { "apply-prices", be_document_view_apply_prices, NULL },
  { "keep-prices", be_document_view_keep_prices, NULL },
  { "save-path", NULL, save_path },
  { "export-path", NULL, export_path },
  { "export-report-path", NULL, be_document_view_export_report_path },
  { "print-path", NULL, be_document_view_print_path },
  { "import-path", NULL, be_document_view_import_path },
  { "compare-path", NULL, be_document_view_compare_path },
};

static void
document_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BeMainWindow *self = data;
  const char *name = g_action_get_name (G_ACTION (action));

  for (gsize i = 0; i < G_N_ELEMENTS (document_actions) && self->shown != NULL; i++) {
    if (g_strcmp0 (document_actions[i].name, name) != 0)
      continue;
    if (document_actions[i].run != NULL)
      document_actions[i].run (self->shown);
    else
      document_actions[i].run_path (self->shown, g_variant_get_string (parameter, NULL));
    return;
  }
}

static void
chosen_cb (const char *path, gpointer data)
{
  be_main_window_open_path (data, path);
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const BeFileKind kind = { _ ("Scenarios"), "*.json" };

  be_file_dialog_open (data, _ ("Open a Scenario"), &kind, 1, chosen_cb, data);
}

static void
open_path_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  be_main_window_open_path (data, g_variant_get_string (parameter, NULL));
}

static void
new_tab_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  be_main_window_add_start (data);
}

static void
start_from_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (data));
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario =
      be_scenario_new_from_template (be_application_get_catalog (BE_APPLICATION (application)),
                                     g_variant_get_string (parameter, NULL), &error);

  if (scenario != NULL)
    be_main_window_add (data, scenario);
  else
    be_message_tell (data, _ ("There is no such template"), error->message);
}

static void
close_tab_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  be_main_window_close_tab (data);
}

static void
move_tab_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  be_main_window_move_tab (data);
}

void
be_main_window_add_actions (BeMainWindow *self)
{
  static const GActionEntry entries[] = {
    { "open", open_cb, NULL, NULL, NULL, { 0 } },
    { "open-path", open_path_cb, "s", NULL, NULL, { 0 } },
    { "new-tab", new_tab_cb, NULL, NULL, NULL, { 0 } },
    { "start-from", start_from_cb, "s", NULL, NULL, { 0 } },
    { "close-tab", close_tab_cb, NULL, NULL, NULL, { 0 } },
    { "move-tab", move_tab_cb, NULL, NULL, NULL, { 0 } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (document_actions); i++) {
    const GVariantType *type = document_actions[i].run_path != NULL ? G_VARIANT_TYPE_STRING : NULL;
    g_autoptr (GSimpleAction) action = g_simple_action_new (document_actions[i].name, type);

    g_signal_connect (action, "activate", G_CALLBACK (document_cb), self);
    g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
  }
}

/* An action whose state is a property of the document that is shown. */
static void
bind (BeMainWindow *self, const char *name, gpointer object, const char *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

static void
set_enabled (BeMainWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
be_main_window_update_actions (BeMainWindow *self)
{
  BeScenario *scenario = be_main_window_get_scenario (self);

  for (gsize i = 0; i < G_N_ELEMENTS (document_actions); i++)
    set_enabled (self, document_actions[i].name, scenario != NULL);
  if (scenario != NULL && be_scenario_is_read_only (scenario)) {
    set_enabled (self, "save", FALSE);
    set_enabled (self, "save-as", FALSE);
    set_enabled (self, "save-path", FALSE);
  }
  set_enabled (self, "undo", scenario != NULL && be_scenario_can_undo (scenario));
  set_enabled (self, "redo", scenario != NULL && be_scenario_can_redo (scenario));
  set_enabled (self, "move-tab", adw_tab_view_get_n_pages (self->tabs) > 1);
}

void
be_main_window_bind_actions (BeMainWindow *self)
{
  if (self->shown == NULL) {
    g_action_map_remove_action (G_ACTION_MAP (self), "page");
    g_action_map_remove_action (G_ACTION_MAP (self), "sidebar");
    return;
  }
  bind (self, "page", be_document_view_get_stack (self->shown), "visible-child-name");
  bind (self, "sidebar", be_document_view_get_split (self->shown), "reveal-flap");
}
