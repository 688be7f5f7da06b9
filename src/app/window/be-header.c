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

/* Whether the title stands in the middle, for want of room for the pages. */
static gboolean
child_to_titled (GBinding *binding, const GValue *from, GValue *to, gpointer title)
{
  g_value_set_boolean (to, g_value_get_object (from) == title);
  return TRUE;
}

static gboolean
child_to_opacity (GBinding *binding, const GValue *from, GValue *to, gpointer title)
{
  g_value_set_double (to, g_value_get_object (from) == title ? 0 : 1);
  return TRUE;
}

/* The pages with their names below their icons, which leave room for the rest of the bar; the title
 * where there is none for them. */
static GtkWidget *
make_middle (BeHeader *header)
{
  header->middle = adw_squeezer_new ();
  header->switcher = adw_view_switcher_new ();
  header->title = adw_window_title_new ("", "");
  adw_view_switcher_set_policy (ADW_VIEW_SWITCHER (header->switcher),
                                ADW_VIEW_SWITCHER_POLICY_NARROW);
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (header->middle), FALSE);
  adw_squeezer_set_switch_threshold_policy (ADW_SQUEEZER (header->middle),
                                            ADW_FOLD_THRESHOLD_POLICY_NATURAL);
  adw_squeezer_add (ADW_SQUEEZER (header->middle), header->switcher);
  adw_squeezer_add (ADW_SQUEEZER (header->middle), header->title);
  return header->middle;
}

void
be_header_reveal_bar (GtkWidget *middle, GtkWidget *title, GtkWidget *switcher_bar)
{
  g_object_bind_property_full (middle, "visible-child", switcher_bar, "reveal",
                               G_BINDING_SYNC_CREATE, child_to_titled, NULL, title, NULL);
}

/* A name that is cut after a letter or two says nothing: it stands there in its first words, or not
 * at all. Where the title says it, it keeps its place, or the pages would come and go. */
static GtkWidget *
make_name (BeHeader *header)
{
  GtkWidget *squeezer = adw_squeezer_new ();

  header->name_label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (header->name_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (header->name_label), 28);
  gtk_label_set_xalign (GTK_LABEL (header->name_label), 0);
  gtk_widget_add_css_class (header->name_label, "heading");
  gtk_widget_set_margin_start (header->name_label, 6);
  g_object_bind_property_full (header->middle, "visible-child", header->name_label, "opacity",
                               G_BINDING_SYNC_CREATE, child_to_opacity, NULL, header->title, NULL);
  adw_squeezer_set_allow_none (ADW_SQUEEZER (squeezer), TRUE);
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (squeezer), FALSE);
  adw_squeezer_set_switch_threshold_policy (ADW_SQUEEZER (squeezer),
                                            ADW_FOLD_THRESHOLD_POLICY_MINIMUM);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), header->name_label);
  return squeezer;
}

/* Takes what its parts want, but may be squeezed to nothing: it must not keep the window from being
 * made narrow. */
static GtkWidget *
make_wide_start (BeHeader *header)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_box_append (GTK_BOX (box), make_button ("document-open-symbolic", _ ("Open"), "win.open"));
  gtk_box_append (GTK_BOX (box), make_name (header));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  return scroller;
}

/* All of them or none: in a language of long words a button would be cut in half. What is not there
 * is in the menu. */
static GtkWidget *
make_wide_end (BeHeader *header)
{
  GtkWidget *squeezer = adw_squeezer_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *const children[] = {
    header->undo = make_button ("edit-undo-symbolic", _ ("Undo"), "win.undo"),
    header->redo = make_button ("edit-redo-symbolic", _ ("Redo"), "win.redo"),
    make_button ("document-save-symbolic", _ ("Save"), "win.save"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_box_append (GTK_BOX (box), children[i]);
  adw_squeezer_set_allow_none (ADW_SQUEEZER (squeezer), TRUE);
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (squeezer), FALSE);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), box);
  return squeezer;
}

void
be_header_build (BeHeader *header)
{
  AdwHeaderBar *bar = ADW_HEADER_BAR (adw_header_bar_new ());

  header->bar = GTK_WIDGET (bar);
  adw_header_bar_set_title_widget (bar, make_middle (header));
  adw_header_bar_set_centering_policy (bar, ADW_CENTERING_POLICY_LOOSE);

  header->wide_start = make_wide_start (header);
  header->wide_end = make_wide_end (header);
  adw_header_bar_pack_start (bar, make_sidebar_button ());
  adw_header_bar_pack_start (bar, make_new_button ());
  adw_header_bar_pack_start (bar, header->wide_start);
  adw_header_bar_pack_end (bar, make_menu_button ());
  adw_header_bar_pack_end (bar, header->wide_end);
}
