/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's actions, for menus, keys, buttons and the session bus. */
#include "app/window/be-main-window-private.h"

typedef void (*WindowFunc) (BeMainWindow *self);

static void
undo (BeMainWindow *self)
{
  be_scenario_undo (self->scenario);
}

static void
redo (BeMainWindow *self)
{
  be_scenario_redo (self->scenario);
}

static const struct {
  const char *name;
  WindowFunc run;
} plain_actions[] = {
  { "open", be_main_window_choose_open },
  { "save", be_main_window_save },
  { "save-as", be_main_window_choose_save },
  { "export", be_main_window_choose_export },
  { "undo", undo },
  { "redo", redo },
  { "reload", be_main_window_reload },
  { "keep-mine", be_main_window_keep_mine },
  { "import-prices", be_main_window_choose_import },
  { "apply-prices", be_main_window_apply_prices },
  { "keep-prices", be_main_window_keep_prices },
};

static void
plain_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *name = g_action_get_name (G_ACTION (action));

  for (gsize i = 0; i < G_N_ELEMENTS (plain_actions); i++) {
    if (g_strcmp0 (plain_actions[i].name, name) == 0)
      plain_actions[i].run (data);
  }
}

static void
path_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *name = g_action_get_name (G_ACTION (action));
  const char *path = g_variant_get_string (parameter, NULL);

  if (g_strcmp0 (name, "open-path") == 0)
    be_main_window_open_path (data, path);
  else if (g_strcmp0 (name, "save-path") == 0)
    be_main_window_save_path (data, path);
  else if (g_strcmp0 (name, "import-path") == 0)
    be_main_window_import_path (data, path);
  else
    be_main_window_export_path (data, path);
}

void
be_main_window_add_actions (BeMainWindow *self)
{
  static const char *const path_actions[] = { "open-path", "save-path", "export-path",
                                              "import-path" };
  GActionMap *map = G_ACTION_MAP (self);
  g_autoptr (GPropertyAction) page =
      g_property_action_new ("page", self->stack, "visible-child-name");
  g_autoptr (GPropertyAction) sidebar =
      g_property_action_new ("sidebar", self->split, "reveal-flap");

  for (gsize i = 0; i < G_N_ELEMENTS (plain_actions); i++) {
    g_autoptr (GSimpleAction) action = g_simple_action_new (plain_actions[i].name, NULL);

    g_signal_connect (action, "activate", G_CALLBACK (plain_cb), self);
    g_action_map_add_action (map, G_ACTION (action));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (path_actions); i++) {
    g_autoptr (GSimpleAction) action = g_simple_action_new (path_actions[i], G_VARIANT_TYPE_STRING);

    g_signal_connect (action, "activate", G_CALLBACK (path_cb), self);
    g_action_map_add_action (map, G_ACTION (action));
  }
  g_action_map_add_action (map, G_ACTION (page));
  g_action_map_add_action (map, G_ACTION (sidebar));
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
  set_enabled (self, "undo", be_scenario_can_undo (self->scenario));
  set_enabled (self, "redo", be_scenario_can_redo (self->scenario));
}
