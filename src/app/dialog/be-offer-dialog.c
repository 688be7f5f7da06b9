/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window to choose one of the catalogue's hosted offers. */
#include "app/dialog/be-offer-dialog.h"

#include "be-config.h"
#include "report/be-report.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  GtkWidget *window, *search, *list; /* borrowed */
  BeOfferChosenFunc chosen;
  gpointer data;
  GDestroyNotify free_data;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  if (dialog->free_data != NULL)
    dialog->free_data (dialog->data);
  g_free (dialog);
}

static char *
describe_offer (const BeCatalogOffer *offer)
{
  g_autofree char *context = be_format_value (offer->context_window, BE_UNIT_TOKENS, TRUE);
  g_autofree char *input = be_format_value (offer->input, BE_UNIT_USD_PER_MTOK, FALSE);
  g_autofree char *output = be_format_value (offer->output, BE_UNIT_USD_PER_MTOK, FALSE);

  return g_strdup_printf (_ ("%s · in %s, out %s · context %s · %s"), offer->provider, input,
                          output, context,
                          offer->as_of != NULL ? offer->as_of : offer->catalog_as_of);
}

static GtkWidget *
make_row (const BeCatalogOffer *offer)
{
  GtkWidget *row = adw_action_row_new ();
  const char *name = offer->name != NULL ? offer->name : offer->id;
  g_autofree char *words = describe_offer (offer);
  g_autofree char *label = g_strdup_printf ("%s, %s", name, words);
  g_autofree char *all = g_strdup_printf ("%s %s", offer->key, name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (row), "key", g_strdup (offer->key), g_free);
  g_object_set_data_full (G_OBJECT (row), "words", g_utf8_casefold (all, -1), g_free);
  return row;
}

/* Every word of the search must occur in the key or the name. */
static gboolean
filter_cb (GtkListBoxRow *row, gpointer data)
{
  Dialog *dialog = data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (dialog->search));
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  const char *haystack = g_object_get_data (G_OBJECT (row), "words");

  for (int i = 0; words[i] != NULL; i++) {
    if (strstr (haystack, words[i]) == NULL)
      return FALSE;
  }
  return TRUE;
}

static void
choose (Dialog *dialog, GtkListBoxRow *row)
{
  dialog->chosen (g_object_get_data (G_OBJECT (row), "key"), dialog->data);
  gtk_window_close (GTK_WINDOW (dialog->window));
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, Dialog *dialog)
{
  choose (dialog, row);
}

static void
search_changed_cb (GtkSearchEntry *search, Dialog *dialog)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (dialog->list));
}

/* Enter in the search takes the first offer that is shown. */
static void
search_activate_cb (GtkSearchEntry *search, Dialog *dialog)
{
  for (GtkWidget *row = gtk_widget_get_first_child (dialog->list); row != NULL;
       row = gtk_widget_get_next_sibling (row)) {
    if (GTK_IS_LIST_BOX_ROW (row) && filter_cb (GTK_LIST_BOX_ROW (row), dialog)) {
      choose (dialog, GTK_LIST_BOX_ROW (row));
      return;
    }
  }
}

static GtkWidget *
make_content (Dialog *dialog, BeCatalog *catalog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroll = gtk_scrolled_window_new ();

  dialog->search = gtk_search_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search offers"), -1);
  dialog->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (dialog->list), GTK_SELECTION_BROWSE);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (dialog->list), filter_cb, dialog, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Offers"), -1);
  for (size_t i = 0; i < be_catalog_get_n_offers (catalog); i++)
    gtk_list_box_append (GTK_LIST_BOX (dialog->list), make_row (be_catalog_get_offer (catalog, i)));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), dialog->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (box), dialog->search);
  gtk_box_append (GTK_BOX (box), scroll);
  g_signal_connect (dialog->search, "search-changed", G_CALLBACK (search_changed_cb), dialog);
  g_signal_connect (dialog->search, "activate", G_CALLBACK (search_activate_cb), dialog);
  g_signal_connect (dialog->list, "row-activated", G_CALLBACK (row_activated_cb), dialog);
  return box;
}

GtkWidget *
be_offer_dialog_new (GtkWindow *parent, BeCatalog *catalog, BeOfferChosenFunc chosen, gpointer data,
                     GDestroyNotify free_data)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  dialog->chosen = chosen;
  dialog->data = data;
  dialog->free_data = free_data;
  dialog->window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (dialog->window), _ ("Choose an Offer"));
  gtk_window_set_transient_for (GTK_WINDOW (dialog->window), parent);
  gtk_window_set_modal (GTK_WINDOW (dialog->window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 480, 560);
  gtk_window_set_child (GTK_WINDOW (dialog->window), make_content (dialog, catalog));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (dialog->window, keys);
  g_object_set_data_full (G_OBJECT (dialog->window), "dialog", dialog, dialog_free);
  return dialog->window;
}
