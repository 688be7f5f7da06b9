/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences window. */
#include "app/dialog/be-preferences.h"

#include "app/be-accessible.h"
#include "be-config.h"
#include "widget/be-widget.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

static void
style_chosen_cb (AdwComboRow *row, GParamSpec *pspec, GSettings *settings)
{
  g_settings_set_enum (settings, "color-scheme", (int) adw_combo_row_get_selected (row));
}

/* The order of the choices is that of the schema's values. */
static GtkWidget *
make_style_row (GSettings *settings)
{
  const char *const choices[] = { _ ("As the system"), _ ("Light"), _ ("Dark"), NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (choices);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Style"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row),
                              (guint) g_settings_get_enum (settings, "color-scheme"));
  be_widget_name_deep (row, _ ("Style"));
  g_signal_connect (row, "notify::selected", G_CALLBACK (style_chosen_cb), settings);
  return row;
}

static GtkWidget *
make_restore_row (GSettings *settings)
{
  GtkWidget *row = adw_action_row_new (), *flag = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Restore the session"));
  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (row),
      _ ("Opens what was open at the last exit. Unsaved changes of a crash always come back."));
  gtk_widget_set_valign (flag, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), flag);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), flag);
  be_widget_name_deep (row, _ ("Restore the session"));
  g_settings_bind (settings, "restore-session", flag, "active", G_SETTINGS_BIND_DEFAULT);
  return row;
}

static void
add_group (AdwPreferencesPage *page, const char *title, GtkWidget *row)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_group_add (group, row);
  adw_preferences_page_add (page, group);
}

void
be_preferences_show (GtkWindow *parent, GSettings *settings)
{
  GtkWidget *window = adw_preferences_window_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());

  add_group (page, _ ("Appearance"), make_style_row (settings));
  add_group (page, _ ("At the start"), make_restore_row (settings));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), page);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  be_widget_set_default_size (GTK_WINDOW (window), 480, 380);
  gtk_accessible_update_property (GTK_ACCESSIBLE (window), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Preferences"), -1);
  be_accessible_hush (window);
  gtk_window_present (GTK_WINDOW (window));
}
