/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window to choose one of the hosted offers. */
#include "app/dialog/be-offer-dialog.h"

#include "app/be-accessible.h"
#include "app/offer/be-offer-list.h"
#include "app/offer/be-offer-search.h"
#include "be-config.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Offers ranked between two looks at the events. */
#define PIECE 200

typedef struct {
  GtkWidget *window, *search, *list; /* borrowed */
  BeScenario *scenario;              /* owned */
  BeOfferRanking *ranking;           /* owned */
  int workload;
  double today_usd;
  guint source;
  BeOfferChosenFunc chosen;
  gpointer data;
  GDestroyNotify free_data;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_clear_handle_id (&dialog->source, g_source_remove);
  if (dialog->free_data != NULL)
    dialog->free_data (dialog->data);
  be_offer_ranking_free (dialog->ranking);
  g_object_unref (dialog->scenario);
  g_free (dialog);
}

static void
show (Dialog *dialog)
{
  BeOfferFilter filter = be_offer_search_get_filter (BE_OFFER_SEARCH (dialog->search));
  g_autoptr (GPtrArray) offers = be_offer_ranking_filter (dialog->ranking, &filter);

  be_offer_list_show (BE_OFFER_LIST (dialog->list), dialog->scenario, dialog->workload, offers,
                      dialog->today_usd);
}

/* What the workload costs as it is routed; NaN when it has no price yet. */
static double
cost_as_routed (Dialog *dialog)
{
  const BePlanInput *input = be_scenario_resolve (dialog->scenario, NULL);
  BePlanResult result;
  double usd = NAN;

  be_plan_result_init (&result);
  if (input != NULL && be_plan_evaluate (input, &result) == BE_OK)
    usd = be_report_workload_usd (input, &result, dialog->workload);
  be_plan_result_clear (&result);
  return usd;
}

/* A piece of the ranking; where nothing can be priced the offers stand in the catalogue's order. */
static gboolean
rank_cb (gpointer data)
{
  Dialog *dialog = data;
  gboolean done = TRUE;

  if (be_offer_ranking_step (dialog->ranking, dialog->scenario, PIECE, &done, NULL) && !done)
    return G_SOURCE_CONTINUE;
  dialog->source = 0;
  g_auto (GStrv) providers = be_offer_ranking_list_providers (dialog->ranking);
  be_offer_search_set_providers (BE_OFFER_SEARCH (dialog->search), providers);
  show (dialog);
  be_accessible_hush (dialog->window);
  return G_SOURCE_REMOVE;
}

static void
search_changed_cb (BeOfferSearch *search, Dialog *dialog)
{
  if (dialog->source == 0)
    show (dialog);
}

typedef struct {
  Dialog *dialog;
  GtkWidget *window; /* weak; the dialog lives as long as its window */
  char *key;         /* owned */
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_clear_weak_pointer (&choice->window);
  g_free (choice->key);
  g_free (choice);
}

static gboolean
choose_cb (gpointer data)
{
  Choice *choice = data;

  if (choice->window != NULL)
    choice->dialog->chosen (choice->key, choice->dialog->data);
  if (choice->window != NULL)
    gtk_window_close (GTK_WINDOW (choice->window));
  return G_SOURCE_REMOVE;
}

/* What is chosen may end the dialog, with its parent, so that is left until the row or the entry
 * has done its work. */
static void
chosen_cb (BeOfferList *list, const char *key, Dialog *dialog)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->dialog = dialog;
  g_set_weak_pointer (&choice->window, dialog->window);
  choice->key = g_strdup (key);
  gtk_widget_set_sensitive (dialog->list, FALSE); /* one choice is enough */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, choose_cb, choice, choice_free);
}

/* Enter in the search takes the first offer that is shown. */
static void
submitted_cb (BeOfferSearch *search, Dialog *dialog)
{
  if (dialog->source == 0)
    be_offer_list_choose_first (BE_OFFER_LIST (dialog->list));
}

static GtkWidget *
make_content (Dialog *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  dialog->search = be_offer_search_new ();
  dialog->list = be_offer_list_new (FALSE);
  g_signal_connect_swapped (dialog->list, "widened", G_CALLBACK (show), dialog);
  gtk_widget_set_margin_start (dialog->search, 12);
  gtk_widget_set_margin_end (dialog->search, 12);
  gtk_widget_set_margin_top (dialog->search, 12);
  gtk_widget_set_margin_start (dialog->list, 12);
  gtk_widget_set_margin_end (dialog->list, 12);
  gtk_widget_set_margin_top (dialog->list, 2);
  gtk_widget_set_margin_bottom (dialog->list, 12);
  gtk_box_append (GTK_BOX (box), dialog->search);
  gtk_box_append (GTK_BOX (box), be_widget_scrolled_new (dialog->list));
  g_signal_connect (dialog->search, "changed", G_CALLBACK (search_changed_cb), dialog);
  g_signal_connect (dialog->search, "submitted", G_CALLBACK (submitted_cb), dialog);
  g_signal_connect (dialog->list, "chosen", G_CALLBACK (chosen_cb), dialog);
  return box;
}

static int
find_workload (BeScenario *scenario, const char *workload)
{
  g_auto (GStrv) ids = be_scenario_list_workloads (scenario);

  for (int i = 0; ids[i] != NULL; i++)
    if (g_strcmp0 (ids[i], workload) == 0)
      return i;
  return 0;
}

GtkWidget *
be_offer_dialog_new (GtkWindow *parent, BeScenario *scenario, const char *workload,
                     BeOfferChosenFunc chosen, gpointer data, GDestroyNotify free_data)
{
  Dialog *dialog = g_new0 (Dialog, 1);

  dialog->scenario = g_object_ref (scenario);
  dialog->ranking = be_offer_ranking_new ();
  dialog->workload = find_workload (scenario, workload);
  dialog->today_usd = cost_as_routed (dialog);
  dialog->chosen = chosen;
  dialog->data = data;
  dialog->free_data = free_data;
  dialog->window = gtk_window_new ();
  be_accessible_add_bar (dialog->window);
  gtk_window_set_title (GTK_WINDOW (dialog->window), _ ("Choose an Offer"));
  gtk_window_set_transient_for (GTK_WINDOW (dialog->window), parent);
  gtk_window_set_modal (GTK_WINDOW (dialog->window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog->window), TRUE);
  be_widget_set_default_size (GTK_WINDOW (dialog->window), 680, 640);
  gtk_window_set_child (GTK_WINDOW (dialog->window), make_content (dialog));
  be_widget_close_on_escape (dialog->window);
  g_signal_connect_swapped (be_offer_search_get_entry (BE_OFFER_SEARCH (dialog->search)),
                            "stop-search", G_CALLBACK (gtk_window_close), dialog->window);
  g_object_set_data_full (G_OBJECT (dialog->window), "dialog", dialog, dialog_free);
  be_offer_ranking_begin (dialog->ranking, scenario, dialog->workload);
  dialog->source = g_idle_add (rank_cb, dialog);
  be_offer_search_focus (BE_OFFER_SEARCH (dialog->search));
  return dialog->window;
}
