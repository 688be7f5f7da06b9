/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accessible names: parts that only arrange others must not be read out by their class name. */
#include "app/be-accessible.h"

#include "widget/be-widget.h"

#include <adwaita.h>

static gboolean
has_name (GtkAccessible *accessible)
{
  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
         || gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static void
set_name (GtkAccessible *accessible, const char *name)
{
  if (!has_name (accessible))
    gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* A stack's pages are accessible without being widgets. */
static void
hush_stack (GtkStack *stack)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    set_name (GTK_ACCESSIBLE (gtk_stack_get_page (stack, child)), "");
}

void
be_accessible_hush (GtkWidget *root)
{
  if (!gtk_widget_get_focusable (root))
    set_name (GTK_ACCESSIBLE (root), "");
  if (GTK_IS_STACK (root))
    hush_stack (GTK_STACK (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    be_accessible_hush (child);
}

static void
name_all (GtkWidget *root, const char *name)
{
  set_name (GTK_ACCESSIBLE (root), name);
  if (GTK_IS_STACK (root))
    hush_stack (GTK_STACK (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (!GTK_IS_POPOVER (child))
      name_all (child, name);
  }
}

/* The list that opens. Its items have their own words. */
static void
name_lists (GtkWidget *root, const char *name)
{
  if (GTK_IS_LIST_VIEW (root)) {
    set_name (GTK_ACCESSIBLE (root), name);
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_lists (child, name);
}

void
be_accessible_name_drop_down (GtkDropDown *drop_down, const char *name)
{
  /* GTK 4.18 labels a drop-down by the item that it shows, which is its value. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  name_all (GTK_WIDGET (drop_down), name);
  name_lists (GTK_WIDGET (drop_down), name);
}

void
be_accessible_fold (GtkExpander *expander, GtkWidget *child)
{
  gtk_expander_set_child (expander, child);
  g_object_bind_property (expander, "expanded", child, "can-focus", G_BINDING_SYNC_CREATE);
}

/* The first words that a widget shows. */
static const char *
find_words (GtkWidget *root)
{
  const char *words = GTK_IS_LABEL (root) ? gtk_label_get_text (GTK_LABEL (root)) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL && (words == NULL || *words == '\0');
       child = gtk_widget_get_next_sibling (child))
    words = find_words (child);
  return words;
}

static void
name_parts (GtkWidget *root, const char *title)
{
  const char *words = gtk_widget_get_tooltip_text (root);
  gboolean acts = gtk_widget_get_focusable (root) || GTK_IS_BUTTON (root) || GTK_IS_EDITABLE (root);

  if (words == NULL && acts)
    words = find_words (root);
  if (words == NULL || *words == '\0')
    words = acts || GTK_IS_WINDOW (root) ? title : "";
  if (!GTK_IS_LABEL (root))
    set_name (GTK_ACCESSIBLE (root), words);
  if (GTK_IS_STACK (root))
    hush_stack (GTK_STACK (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_parts (child, title);
}

void
be_accessible_name_toolkit (GtkWidget *root, const char *title)
{
  name_parts (root, title);
  /* Some parts, such as the window's own buttons, come when it is shown. */
  g_signal_connect_after (root, "map", G_CALLBACK (name_parts), (gpointer) title);
}

static void
name_items (GtkWidget *root)
{
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (root));
  const char *words = NULL;

  if (role == GTK_ACCESSIBLE_ROLE_MENU_ITEM || role == GTK_ACCESSIBLE_ROLE_MENU_ITEM_CHECKBOX
      || role == GTK_ACCESSIBLE_ROLE_MENU_ITEM_RADIO)
    words = find_words (root);
  if (words != NULL && *words != '\0')
    be_widget_name (root, words);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_items (child);
}

static void
name_menu_cb (GtkWidget *menu)
{
  name_items (menu);
  be_accessible_hush (menu);
}

void
be_accessible_name_menu (GtkPopover *menu)
{
  g_signal_connect (menu, "map", G_CALLBACK (name_menu_cb), NULL);
}

void
be_accessible_add_bar (GtkWidget *window)
{
  GtkWidget *bar = adw_header_bar_new ();

  be_accessible_name_toolkit (bar, "");
  gtk_window_set_titlebar (GTK_WINDOW (window), bar);
}
