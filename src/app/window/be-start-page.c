/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tab without a document yet: templates to begin with, and the files used last. */
#include "app/window/be-start-page.h"

#include "app/be-recent.h"
#include "be-config.h"
#include "scenario/be-scenario.h"
#include "widget/be-widget.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MARK "be-start-page"

static void
add_row (GtkListBox *list, const char *title, const char *subtitle, const char *action,
         const char *target)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = g_strdup_printf ("%s. %s", title, subtitle);
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle, -1);
  GtkWidget *icon = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_markup);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", target);
  be_widget_name_deep (row, name);
  gtk_list_box_append (list, row);
}

static GtkWidget *
add_group (GtkWidget *box, const char *title)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *heading = gtk_label_new (title);
  GtkWidget *list = gtk_list_box_new ();

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "title-4");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  be_widget_name_deep (list, title);
  gtk_box_append (GTK_BOX (group), heading);
  gtk_box_append (GTK_BOX (group), list);
  gtk_box_append (GTK_BOX (box), group);
  return list;
}

static void
add_templates (GtkWidget *box)
{
  guint n_templates;
  const BeTemplate *templates = be_scenario_templates (&n_templates);
  GtkWidget *list = add_group (box, _ ("Begin with a Template"));

  for (guint i = 0; i < n_templates; i++)
    add_row (GTK_LIST_BOX (list), _ (templates[i].name), _ (templates[i].description),
             "win.start-from", templates[i].id);
}

static void
add_recent (GtkWidget *box)
{
  g_auto (GStrv) paths = be_recent_list ();
  GtkWidget *list;

  if (paths[0] == NULL)
    return;
  list = add_group (box, _ ("Recent Files"));
  for (guint i = 0; paths[i] != NULL; i++) {
    g_autofree char *folder = NULL;
    g_autofree char *name = be_recent_describe (paths[i], &folder);

    add_row (GTK_LIST_BOX (list), name, folder, "win.open-path", paths[i]);
  }
}

GtkWidget *
be_start_page_new (void)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *open = be_widget_button_new (_ ("_Open a File…"));

  add_templates (box);
  add_recent (box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "win.open");
  gtk_widget_add_css_class (open, "pill");
  gtk_widget_set_halign (open, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), open);
  gtk_widget_set_margin_top (box, 24);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  g_object_set_data (G_OBJECT (scroller), MARK, scroller);
  return scroller;
}

gboolean
be_start_page_is (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), MARK) != NULL;
}
