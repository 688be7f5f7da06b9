/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's header bar and its menus. */
#include "app/window/be-header.h"

#include "app/be-accessible.h"
#include "app/be-recent.h"
#include "be-config.h"
#include "scenario/be-scenario.h"

#include <glib/gi18n-lib.h>

static void
name_widget (GtkWidget *widget, const char *name)
{
  gtk_widget_set_tooltip_text (widget, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
make_button (const char *icon, const char *name, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  name_widget (button, name);
  return button;
}

static void
set_menu (GtkWidget *button, GMenu *menu)
{
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  be_accessible_name_menu (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
}

static GtkWidget *
make_new_button (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();
  guint n_templates;
  const BeTemplate *templates = be_scenario_templates (&n_templates);

  for (guint i = 0; i < n_templates; i++) {
    g_autoptr (GMenuItem) item = g_menu_item_new (_ (templates[i].name), NULL);

    g_menu_item_set_action_and_target (item, "app.new-from", "s", templates[i].id);
    g_menu_append_item (menu, item);
  }
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "document-new-symbolic");
  set_menu (button, menu);
  name_widget (button, _ ("New from a template"));
  return button;
}

static void
append_section (GMenu *menu, const char *const *entries, guint n_entries)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i + 1 < 2 * n_entries; i += 2)
    g_menu_append (section, _ (entries[i]), entries[i + 1]);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
append_open (GMenu *menu)
{
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenuModel) recent = be_recent_menu_new ();

  g_menu_append (section, _ ("_Open…"), "win.open");
  g_menu_append_submenu (section, _ ("Open _Recent"), recent);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GtkWidget *
make_menu_button (void)
{
  static const char *const files[] = {
    N_ ("_Save"),           "win.save",          N_ ("Save _As…"), "win.save-as",
    N_ ("_Import Prices…"), "win.import-prices",
  };
  static const char *const outs[] = {
    N_ ("_Export…"),       "win.export",        N_ ("Export _Report…"), "win.export-report",
    N_ ("Print Pre_view"), "win.print-preview", N_ ("_Print…"),         "win.print",
  };
  static const char *const tabs[] = {
    N_ ("New _Window"),
    "app.new",
    N_ ("New _Tab"),
    "win.new-tab",
  };
  static const char *const edits[] = { N_ ("_Undo"), "win.undo", N_ ("_Redo"), "win.redo" };
  static const char *const others[] = {
    N_ ("_Preferences"),
    "app.preferences",
    N_ ("_Keyboard Shortcuts"),
    "win.show-help-overlay",
    N_ ("_Reference Checks"),
    "app.reference-checks",
    N_ ("_Forget Imported Prices"),
    "app.forget-prices",
    N_ ("_About Breakeven"),
    "app.about",
  };
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  append_section (menu, tabs, 2);
  append_open (menu);
  append_section (menu, files, 3);
  append_section (menu, outs, 4);
  append_section (menu, edits, 2);
  append_section (menu, others, 5);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "open-menu-symbolic");
  set_menu (button, menu);
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (button), TRUE);
  name_widget (button, _ ("Main menu"));
  return button;
}

static GtkWidget *
make_sidebar_button (void)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), "sidebar-show-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.sidebar");
  name_widget (button, _ ("Show the inputs"));
  return button;
}

/* The name keeps its place where the title in the middle says it, or the pages would come and go.
 */
static gboolean
title_to_opacity (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_set_double (to, g_value_get_boolean (from) ? 0 : 1);
  return TRUE;
}

static GtkWidget *
make_wide_start (BeHeader *header)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  header->name_label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (header->name_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (header->name_label), 28);
  gtk_label_set_xalign (GTK_LABEL (header->name_label), 0);
  gtk_widget_add_css_class (header->name_label, "heading");
  gtk_widget_set_margin_start (header->name_label, 6);
  gtk_box_append (GTK_BOX (box), make_button ("document-open-symbolic", _ ("Open"), "win.open"));
  g_object_bind_property_full (header->switcher_title, "title-visible", header->name_label,
                               "opacity", G_BINDING_SYNC_CREATE, title_to_opacity, NULL, NULL,
                               NULL);
  gtk_box_append (GTK_BOX (box), header->name_label);
  return box;
}

static GtkWidget *
make_wide_end (BeHeader *header)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *const children[] = {
    header->undo = make_button ("edit-undo-symbolic", _ ("Undo"), "win.undo"),
    header->redo = make_button ("edit-redo-symbolic", _ ("Redo"), "win.redo"),
    make_button ("document-save-symbolic", _ ("Save"), "win.save"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_box_append (GTK_BOX (box), children[i]);
  return box;
}

void
be_header_build (BeHeader *header)
{
  AdwHeaderBar *bar = ADW_HEADER_BAR (adw_header_bar_new ());

  header->bar = GTK_WIDGET (bar);
  header->switcher_title = adw_view_switcher_title_new ();
  adw_header_bar_set_title_widget (bar, header->switcher_title);
  adw_header_bar_set_centering_policy (bar, ADW_CENTERING_POLICY_LOOSE);

  header->wide_start = make_wide_start (header);
  header->wide_end = make_wide_end (header);
  adw_header_bar_pack_start (bar, make_sidebar_button ());
  adw_header_bar_pack_start (bar, make_new_button ());
  adw_header_bar_pack_start (bar, header->wide_start);
  adw_header_bar_pack_end (bar, make_menu_button ());
  adw_header_bar_pack_end (bar, header->wide_end);
}
