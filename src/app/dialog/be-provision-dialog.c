/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window to choose a price of provisioned throughput. */
#include "app/dialog/be-provision-dialog.h"

#include "app/be-accessible.h"
#include "app/input/be-route-choice.h"
#include "be-config.h"
#include "report/be-report.h"
#include "widget/be-widget.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* What a unit of the user's own costs before it is edited: an ordinary order of magnitude. */
#define OWN_UNIT_HOUR_USD 10

typedef struct {
  GtkWidget *window, *search, *routes, *list, *none; /* borrowed */
  BeScenario *scenario;                              /* owned */
  gpointer owner;                                    /* weak */
  BeRefusedFunc refused;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_clear_weak_pointer (&dialog->owner);
  g_object_unref (dialog->scenario);
  g_free (dialog);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, Dialog *dialog)
{
  const BeProvisionedOffer *published = g_object_get_data (G_OBJECT (row), "published");
  g_autofree char *workload = NULL;
  g_autofree char *offer = be_route_choice_get (dialog->routes, &workload);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  if (offer == NULL)
    return;
  be_scenario_begin_gesture (dialog->scenario, _ ("Add Provisioned Units"));
  id =
      be_scenario_add_provisioned (dialog->scenario, workload, offer,
                                   published != NULL ? published->name : _ ("Provisioned units"),
                                   published != NULL ? published->unit_hour_usd : OWN_UNIT_HOUR_USD,
                                   published != NULL ? published->term_months : 0, &error);
  be_scenario_end_gesture (dialog->scenario);
  if (error != NULL && dialog->owner != NULL)
    dialog->refused (dialog->owner, error);
  gtk_window_close (GTK_WINDOW (dialog->window));
}

/* ---- rows ---- */

static GtkWidget *
make_figures (double usd_per_hour, double month_hours)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *hour = be_format_value (usd_per_hour, BE_UNIT_USD_PER_HOUR, FALSE);
  g_autofree char *month =
      be_format_value (usd_per_hour * month_hours, BE_UNIT_USD_PER_MONTH, FALSE);
  const char *texts[] = { hour, month };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    GtkWidget *label = gtk_label_new (texts[i]);
    gtk_label_set_xalign (GTK_LABEL (label), 1);
    gtk_widget_add_css_class (label, "numeric");
    if (i > 0) {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
    }
    gtk_box_append (GTK_BOX (box), label);
  }
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

/* `words`: what the search looks through. */
static GtkWidget *
make_row (const char *title, const char *subtitle, const char *words)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = g_strconcat (title, ", ", subtitle, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "words", g_utf8_casefold (words, -1), g_free);
  be_widget_name (row, name);
  return row;
}

static GtkWidget *
make_published_row (const BeProvisionedOffer *published, double month_hours)
{
  const char *region = published->region != NULL ? published->region : _ ("any region");
  g_autofree char *subtitle = g_strdup_printf (
      /* Translators: a region, months of a commitment, a source, a date. */
      ngettext ("%s · committed for %d month · %s, %s", "%s · committed for %d months · %s, %s",
                (gulong) published->term_months),
      region, (int) published->term_months, published->source, published->as_of);
  g_autofree char *words = g_strconcat (published->name, " ", subtitle, NULL);
  GtkWidget *row = make_row (published->name, subtitle, words);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             make_figures (published->unit_hour_usd, month_hours));
  g_object_set_data (G_OBJECT (row), "published", (gpointer) published);
  return row;
}

static void
fill_list (Dialog *dialog)
{
  BeCatalog *catalog = be_scenario_get_catalog (dialog->scenario);
  double month_hours = be_scenario_get_number (dialog->scenario, "monthHours");
  const char *own = _ ("A price of your own");

  gtk_list_box_append (
      GTK_LIST_BOX (dialog->list),
      make_row (own, _ ("From your contract: what a unit costs and carries is entered next"), own));
  for (size_t i = 0; i < be_catalog_get_n_provisioned (catalog); i++)
    gtk_list_box_append (GTK_LIST_BOX (dialog->list),
                         make_published_row (be_catalog_get_provisioned (catalog, i), month_hours));
}

/* Every word of the search is in the row. */
static gboolean
matches (GtkListBoxRow *row, gpointer data)
{
  Dialog *dialog = data;
  g_autofree char *search =
      g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (dialog->search)), -1);
  g_auto (GStrv) words = g_strsplit (search, " ", -1);
  const char *text = g_object_get_data (G_OBJECT (row), "words");

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static void
search_changed_cb (GtkSearchEntry *entry, Dialog *dialog)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (dialog->list));
}

/* Enter takes the first price that is shown. */
static void
submitted_cb (GtkSearchEntry *entry, Dialog *dialog)
{
  for (GtkWidget *row = gtk_widget_get_first_child (dialog->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (GTK_IS_LIST_BOX_ROW (row) && matches (GTK_LIST_BOX_ROW (row), dialog)) {
      row_activated_cb (GTK_LIST_BOX (dialog->list), GTK_LIST_BOX_ROW (row), dialog);
      return;
    }
}

/* ---- the window ---- */

static void
make_list (Dialog *dialog, GtkWidget *box)
{
  dialog->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (dialog->list), GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (dialog->list), matches, dialog, NULL);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (dialog->list), dialog->none);
  gtk_widget_add_css_class (dialog->list, "boxed-list");
  gtk_widget_set_valign (dialog->list, GTK_ALIGN_START);
  gtk_widget_set_margin_top (dialog->list, 2);
  gtk_widget_set_margin_bottom (dialog->list, 2);
  gtk_widget_set_margin_start (dialog->list, 2);
  gtk_widget_set_margin_end (dialog->list, 2);
  g_signal_connect (dialog->list, "row-activated", G_CALLBACK (row_activated_cb), dialog);
  be_widget_name (dialog->list, _ ("Prices of provisioned units"));
  gtk_box_append (GTK_BOX (box), be_widget_scrolled_new (dialog->list));
}

static GtkWidget *
make_content (Dialog *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  be_widget_add_words (
      box,
      _ ("Committed units are paid by the hour, used or not. They carry the requests of one "
         "route; what is beyond them is paid as it goes."),
      NULL);
  dialog->routes = be_route_choice_new (dialog->scenario, NULL, NULL);
  gtk_box_append (GTK_BOX (box), dialog->routes);
  dialog->search = gtk_search_entry_new ();
  g_object_set (dialog->search, "placeholder-text", _ ("Search model, region or term"), NULL);
  g_signal_connect (dialog->search, "search-changed", G_CALLBACK (search_changed_cb), dialog);
  g_signal_connect (dialog->search, "activate", G_CALLBACK (submitted_cb), dialog);
  g_signal_connect_swapped (dialog->search, "stop-search", G_CALLBACK (gtk_window_close),
                            dialog->window);
  be_widget_name (dialog->search, _ ("Search model, region or term"));
  gtk_box_append (GTK_BOX (box), dialog->search);
  dialog->none = gtk_label_new (_ ("No published price matches."));
  gtk_widget_set_margin_top (dialog->none, 18);
  gtk_widget_set_margin_bottom (dialog->none, 18);
  make_list (dialog, box);
  be_widget_add_words (
      box,
      _ ("What one unit carries is not published: enter its tokens per minute from your "
         "contract or a load test."),
      "dim-label");
  return box;
}

GtkWidget *
be_provision_dialog_new (GtkWindow *parent, BeScenario *scenario, BeRefusedFunc refused,
                         gpointer owner)
{
  Dialog *dialog = g_new0 (Dialog, 1);

  dialog->scenario = g_object_ref (scenario);
  dialog->refused = refused;
  g_set_weak_pointer (&dialog->owner, owner);
  dialog->window = gtk_window_new ();
  be_accessible_add_bar (dialog->window);
  gtk_window_set_title (GTK_WINDOW (dialog->window), _ ("Provisioned Units"));
  gtk_window_set_transient_for (GTK_WINDOW (dialog->window), parent);
  gtk_window_set_modal (GTK_WINDOW (dialog->window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog->window), TRUE);
  be_widget_set_default_size (GTK_WINDOW (dialog->window), 560, 620);
  gtk_window_set_child (GTK_WINDOW (dialog->window), make_content (dialog));
  be_widget_close_on_escape (dialog->window);
  g_object_set_data_full (G_OBJECT (dialog->window), "dialog", dialog, dialog_free);
  fill_list (dialog);
  be_accessible_hush (dialog->window);
  gtk_widget_grab_focus (dialog->search);
  return dialog->window;
}
