/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which scenario is before and which is after, and what can be done about it. */
#include "app/compare/be-compare-bar.h"

#include "app/be-accessible.h"
#include "be-config.h"
#include "widget/be-columns.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>

/* Names and buttons stand below each other where two of these have no room. */
#define COLUMN_WIDTH 240

struct _BeCompareBar {
  GtkWidget parent_instance;

  GtkWidget *box, *before, *after, *outdated, *reload, *menu;
  GMenuModel *(*make_menu) (gpointer data);
  gpointer menu_data;
};

G_DEFINE_FINAL_TYPE (BeCompareBar, be_compare_bar, GTK_TYPE_WIDGET)

static GtkWidget *
add_name (GtkWidget *grid, const char *caption, int row)
{
  GtkWidget *words = be_widget_words_new (caption, "dim-label");
  GtkWidget *name = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (words), FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (name, "heading");
  gtk_grid_attach (GTK_GRID (grid), words, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), name, 1, row, 1, 1);
  return name;
}

static GtkWidget *
add_button (GtkWidget *box, GtkWidget *button, const char *name)
{
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  be_widget_name (button, name);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
add_action (GtkWidget *box, const char *icon, const char *name, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return add_button (box, button, name);
}

static void
popup_cb (GtkMenuButton *button, gpointer data)
{
  BeCompareBar *self = data;
  g_autoptr (GMenuModel) model = self->make_menu != NULL ? self->make_menu (self->menu_data) : NULL;

  gtk_menu_button_set_menu_model (button, model);
  if (model != NULL)
    be_accessible_name_menu (gtk_menu_button_get_popover (button));
}

static void
build_buttons (BeCompareBar *self, GtkWidget *box)
{
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "document-open-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu), popup_cb, self, NULL);
  add_action (box, "object-flip-vertical-symbolic", _ ("Swap before and after"), "compare.swap");
  add_button (box, self->menu, _ ("Compare with another scenario"));
  self->reload = add_action (box, "view-refresh-symbolic", _ ("Read the other scenario anew"),
                             "compare.reload");
  add_action (box, "window-close-symbolic", _ ("End the comparison"), "compare.close");
}

static void
be_compare_bar_dispose (GObject *object)
{
  g_clear_pointer (&BE_COMPARE_BAR (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (be_compare_bar_parent_class)->dispose (object);
}

static void
be_compare_bar_class_init (BeCompareBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_compare_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
be_compare_bar_init (BeCompareBar *self)
{
  GtkWidget *grid = gtk_grid_new (), *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *top = be_columns_new (COLUMN_WIDTH, 2);

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  gtk_widget_set_valign (grid, GTK_ALIGN_CENTER);
  self->before = add_name (grid, _ ("Before"), 0);
  self->after = add_name (grid, _ ("After"), 1);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  build_buttons (self, buttons);
  be_columns_append (BE_COLUMNS (top), grid, FALSE);
  be_columns_append (BE_COLUMNS (top), buttons, FALSE);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), top);
  self->outdated = be_widget_add_words (
      self->box, _ ("The other scenario has changed since it was read."), "warning");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  be_compare_bar_set_outdated (self, FALSE);
  be_widget_name (GTK_WIDGET (self), _ ("What is compared"));
}

GtkWidget *
be_compare_bar_new (void)
{
  return g_object_new (BE_TYPE_COMPARE_BAR, NULL);
}

void
be_compare_bar_show (BeCompareBar *self, const char *before, const char *after)
{
  g_return_if_fail (BE_IS_COMPARE_BAR (self));

  be_widget_set_words (self->before, before, before);
  be_widget_set_words (self->after, after, after);
}

void
be_compare_bar_set_outdated (BeCompareBar *self, gboolean outdated)
{
  g_return_if_fail (BE_IS_COMPARE_BAR (self));

  gtk_widget_set_visible (self->outdated, outdated);
  if (outdated)
    gtk_widget_add_css_class (self->reload, "suggested-action");
  else
    gtk_widget_remove_css_class (self->reload, "suggested-action");
}

void
be_compare_bar_set_menu (BeCompareBar *self, GMenuModel *(*make) (gpointer data), gpointer data)
{
  g_return_if_fail (BE_IS_COMPARE_BAR (self));

  self->make_menu = make;
  self->menu_data = data;
}
