/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks every page, every view in it and the windows that actions open, and prints what it finds,
 * one thing a line, for test-walk.py to judge:
 *   text PLACE WORDS        what a label, button, tooltip or placeholder says
 *   cut PLACE WORDS         a label that shows less than its words, and has no tooltip with them
 *   focus PLACE WIDGET      what Tab comes by
 *   unreached PLACE WIDGET  takes the focus, but neither Tab nor arrows come there
 * Usage: walk-window [WIDTH HEIGHT] */
#include "app/be-application.h"
#include "app/page/be-page.h"
#include "app/window/be-main-window.h"
#include "report/be-report.h"

#include <adwaita.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST_TABS 600

static BeApplication *application;

static void
spin (void)
{
  gint64 end = g_get_monotonic_time () + 400 * 1000;

  while (g_get_monotonic_time () < end) {
    while (g_main_context_iteration (NULL, FALSE))
      ;
    g_usleep (2000);
  }
}

static void
say (const char *what, const char *place, const char *text)
{
  g_autofree char *line = g_strdup (text);

  printf ("%s\t%s\t%s\n", what, place, g_strdelimit (line, "\n\t", ' '));
}

/* ---- words ---- */

static gboolean
is_told_elsewhere (GtkWidget *label)
{
  for (GtkWidget *at = label; at != NULL; at = gtk_widget_get_parent (at))
    if (gtk_widget_get_tooltip_text (at) != NULL || GTK_IS_WINDOW_HANDLE (at))
      return TRUE;
  return FALSE;
}

static void
look_at_label (GtkLabel *label, const char *place)
{
  const char *text = gtk_label_get_text (label);

  if (text[0] == '\0')
    return;
  say ("text", place, text);
  if (!gtk_widget_get_mapped (GTK_WIDGET (label)) || gtk_widget_get_width (GTK_WIDGET (label)) == 0)
    return;
  if (pango_layout_is_ellipsized (gtk_label_get_layout (label))
      && !is_told_elsewhere (GTK_WIDGET (label)))
    say ("cut", place, text);
}

static void
look_at_words (GtkWidget *widget, const char *place)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (tooltip != NULL)
    say ("text", place, tooltip);
  if (GTK_IS_LABEL (widget))
    look_at_label (GTK_LABEL (widget), place);
  if (GTK_IS_TEXT (widget) && gtk_text_get_placeholder_text (GTK_TEXT (widget)) != NULL)
    say ("text", place, gtk_text_get_placeholder_text (GTK_TEXT (widget)));
  if (GTK_IS_WINDOW (widget) && gtk_window_get_title (GTK_WINDOW (widget)) != NULL)
    say ("text", place, gtk_window_get_title (GTK_WINDOW (widget)));
}

static void
walk (GtkWidget *widget, const char *place)
{
  look_at_words (widget, place);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk (child, place);
}

/* ---- focus ---- */

static char *
describe (GtkWidget *widget)
{
  const char *name = gtk_widget_get_tooltip_text (widget);

  if (name == NULL && GTK_IS_BUTTON (widget))
    name = gtk_button_get_label (GTK_BUTTON (widget));
  return g_strdup_printf ("%s %s", G_OBJECT_TYPE_NAME (widget), name != NULL ? name : "");
}

/* Within one of these the arrows move on; Tab comes by once. */
static GtkWidget *
arrow_group (GtkWidget *widget)
{
  for (GtkWidget *at = widget; at != NULL; at = gtk_widget_get_parent (at)) {
    GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (at));
    if (role == GTK_ACCESSIBLE_ROLE_LIST || role == GTK_ACCESSIBLE_ROLE_GRID
        || role == GTK_ACCESSIBLE_ROLE_TAB_LIST || role == GTK_ACCESSIBLE_ROLE_RADIO_GROUP
        || role == GTK_ACCESSIBLE_ROLE_TABLE || role == GTK_ACCESSIBLE_ROLE_TREE_GRID)
      return at;
  }
  return NULL;
}

static gboolean
wants_focus (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_focusable (widget)
         && gtk_widget_is_sensitive (widget) && gtk_widget_get_can_focus (widget)
         && !GTK_IS_WINDOW (widget);
}

static void
collect_focusable (GtkWidget *widget, GPtrArray *found)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_can_focus (widget))
    return;
  if (wants_focus (widget))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      collect_focusable (child, found);
}

static gboolean
is_reached (GtkWidget *widget, GHashTable *reached)
{
  GtkWidget *group = arrow_group (widget);
  GHashTableIter iter;
  gpointer other;

  g_hash_table_iter_init (&iter, reached);
  while (g_hash_table_iter_next (&iter, &other, NULL))
    if (other == widget || gtk_widget_is_ancestor (other, widget)
        || (group != NULL && (other == group || gtk_widget_is_ancestor (other, group)))
        || (GTK_IS_CHECK_BUTTON (widget) && GTK_IS_CHECK_BUTTON (other))
        || (GTK_IS_TOGGLE_BUTTON (widget)
            && gtk_widget_get_parent (widget) == gtk_widget_get_parent (other)))
      return TRUE;
  return FALSE;
}

static void
walk_focus (GtkWindow *window, const char *place)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  gtk_window_set_focus (window, NULL);
  for (int i = 0; i < MOST_TABS; i++) {
    gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
    GtkWidget *focus = gtk_window_get_focus (window);
    if (focus == NULL || !g_hash_table_add (reached, focus))
      break;
    g_autofree char *name = describe (focus);
    say ("focus", place, name);
  }
  collect_focusable (GTK_WIDGET (window), found);
  for (guint i = 0; i < found->len; i++) {
    g_autofree char *name = describe (found->pdata[i]);
    if (!is_reached (found->pdata[i], reached))
      say ("unreached", place, name);
  }
}

/* ---- places ---- */

static void
find_choices (GtkWidget *widget, GPtrArray *found)
{
  if (GTK_IS_DROP_DOWN (widget) && gtk_widget_get_mapped (widget))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_choices (child, found);
}

/* The choices of a page that change its view: those outside the inputs have no input row above. */
static gboolean
is_of_an_input (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "BeInput")
        || g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "BeSidebar")
        || g_type_is_a (G_OBJECT_TYPE (widget), g_type_from_name ("BeServingView")))
      return TRUE;
  return FALSE;
}

static void
look (GtkWindow *window, const char *place)
{
  spin ();
  walk (GTK_WIDGET (window), place);
  walk_focus (window, place);
}

static void
look_at_views (GtkWindow *window, const char *page)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new ();

  find_choices (GTK_WIDGET (window), choices);
  for (guint i = 0; i < choices->len; i++) {
    GtkDropDown *choice = choices->pdata[i];
    guint n = g_list_model_get_n_items (gtk_drop_down_get_model (choice)), before;
    if (is_of_an_input (GTK_WIDGET (choice)))
      continue;
    before = gtk_drop_down_get_selected (choice);
    for (guint k = 0; k < MIN (n, 12); k++) {
      g_autofree char *place = g_strdup_printf ("%s/%u/%u", page, i, k);
      gtk_drop_down_set_selected (choice, k);
      look (window, place);
    }
    gtk_drop_down_set_selected (choice, before);
  }
}

static void
look_at_pages (GtkWindow *window)
{
  guint n_pages;
  const BePageEntry *pages = be_page_list (&n_pages);

  for (guint i = 0; i < n_pages; i++) {
    g_action_group_activate_action (G_ACTION_GROUP (window), "page",
                                    g_variant_new_string (pages[i].name));
    look (window, pages[i].name);
    look_at_views (window, pages[i].name);
  }
}

/* The page Compare with another scenario beside the document, and with the same. */
static void
look_at_comparisons (GtkWindow *window)
{
  static const char *const names[] = { "rag", "support" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *file = g_strconcat (names[i], ".breakeven.json", NULL);
    g_autofree char *path = g_build_filename (g_getenv ("BE_DATA_DIR"), "templates", file, NULL);
    g_autofree char *place = g_strconcat ("compare/", names[i], NULL);

    g_action_group_activate_action (G_ACTION_GROUP (window), "compare-path",
                                    g_variant_new_string (path));
    look (window, place);
  }
}

static void
look_at_others (GtkWindow *window, const char *action, GActionGroup *group)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  guint before = g_list_model_get_n_items (toplevels);

  if (!g_action_group_has_action (group, action))
    return;
  g_action_group_activate_action (group, action, NULL);
  spin ();
  for (guint i = g_list_model_get_n_items (toplevels); i > 0; i--) {
    g_autoptr (GtkWindow) other = g_list_model_get_item (toplevels, i - 1);
    if (other == window || !gtk_widget_get_visible (GTK_WIDGET (other)))
      continue;
    look (other, action);
    gtk_window_close (other);
  }
  spin ();
  if (g_list_model_get_n_items (toplevels) > before + 1)
    say ("left", action, "a window stays");
}

static void
look_at_menus (GtkWidget *widget, const char *place)
{
  if (GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_popover (GTK_MENU_BUTTON (widget)) != NULL)
    walk (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (widget))), place);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at_menus (child, place);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  be_locale_start ();
  application = be_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_autoptr (BeScenario) scenario =
      be_scenario_new_from_template (be_application_get_catalog (application), "support", &error);
  g_assert_no_error (error);
  GtkWindow *window = GTK_WINDOW (be_main_window_new (GTK_APPLICATION (application), scenario));
  if (argc > 2)
    gtk_window_set_default_size (window, atoi (argv[1]), atoi (argv[2]));
  gtk_window_present (window);
  spin ();
  look_at_pages (window);
  look_at_comparisons (window);
  look_at_menus (GTK_WIDGET (window), "menus");
  static const char *const own[] = { "show-help-overlay", "preferences", "print-preview", "export",
                                     "export-report" };
  static const char *const others[] = { "about", "reference-checks", "preferences" };
  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    look_at_others (window, own[i], G_ACTION_GROUP (window));
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    look_at_others (window, others[i], G_ACTION_GROUP (application));
  gtk_window_destroy (window);
  return 0;
}
