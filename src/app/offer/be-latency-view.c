/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cost against latency: the chart, the timeout, and the speeds to enter. */
#include "app/offer/be-latency-view.h"

#include "app/dialog/be-offer-dialog.h"
#include "app/input/be-bound-rows.h"
#include "app/offer/be-speed-table.h"
#include "app/serving/be-serving-view.h"
#include "be-config.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>

#define CHART_HEIGHT 300

struct _BeLatencyView {
  GtkWidget parent_instance;

  /* children */
  GtkWidget *scroller, *chart, *enter, *card, *timeout, *late, *table;

  /* borrowed */
  BeUpdate *update;     /* weak */
  BeScenario *scenario; /* that `workload` is of; never followed */
  BeCatalog *catalog;   /* that the listed offers were chosen from; never followed */

  /* owned */
  char *workload;    /* id */
  GPtrArray *wanted; /* keys of the offers that are listed, once some are; char * */
  char *asked;       /* key of an offer that was just added */

  int index; /* of the workload */
};

G_DEFINE_FINAL_TYPE (BeLatencyView, be_latency_view, GTK_TYPE_WIDGET)

static guint message_signal;

static void
refused (gpointer view, GError *error)
{
  g_signal_emit (view, message_signal, 0, error->message);
}

static void
message_cb (GtkWidget *table, const char *text, BeLatencyView *self)
{
  g_signal_emit (self, message_signal, 0, text);
}

static gboolean
entered_cb (GtkWidget *table, const char *key, const char *member, double value,
            BeLatencyView *self)
{
  g_autoptr (GError) error = NULL;

  if (self->update == NULL
      || be_scenario_set_latency (be_update_get_scenario (self->update), key, member, value,
                                  &error))
    return TRUE;
  refused (self, error);
  return FALSE;
}

static void
enter_cb (GtkButton *button, BeLatencyView *self)
{
  be_speed_table_ask (BE_SPEED_TABLE (self->table), NULL);
}

/* ---- which offers are listed ---- */

static void
forget_wanted (BeLatencyView *self)
{
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
}

/* The rows stay as they are listed, whatever is entered in them. */
static void
keep_wanted (BeLatencyView *self, const BeLatencyReport *report)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < report->rows->len; i++) {
    const BeLatencyRow *row = report->rows->pdata[i];
    if (row->place.kind == BE_PLACE_OFFER)
      g_ptr_array_add (keys, g_strdup (row->key));
  }
  g_ptr_array_add (keys, NULL);
  forget_wanted (self);
  self->wanted = keys;
}

static void
show_table (BeLatencyView *self)
{
  g_autoptr (BeLatencyReport) report = be_report_latency (
      be_update_get_scenario (self->update), self->index,
      self->wanted != NULL ? (const char *const *) self->wanted->pdata : NULL, NULL);
  BeChartData *data = be_page_chart_get_data (BE_PAGE_CHART (self->chart));

  gtk_label_set_text (GTK_LABEL (self->late), report != NULL ? report->timeout : "");
  gtk_widget_set_visible (self->card, report != NULL);
  gtk_widget_set_visible (self->enter, report != NULL && data != NULL && data->series->len == 0);
  if (report == NULL)
    return;
  keep_wanted (self, report);
  be_speed_table_show (BE_SPEED_TABLE (self->table), report);
  if (self->asked != NULL)
    be_speed_table_ask (BE_SPEED_TABLE (self->table), self->asked);
  g_clear_pointer (&self->asked, g_free);
}

static void
chosen_cb (const char *key, gpointer data)
{
  BeLatencyView *self = data;

  if (self->update == NULL || self->wanted == NULL)
    return;
  g_ptr_array_insert (self->wanted, 0, g_strdup (key));
  self->asked = g_strdup (key);
  show_table (self);
}

static void
add_cb (GtkButton *button, BeLatencyView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->update == NULL || self->workload == NULL)
    return;
  gtk_window_present (GTK_WINDOW (be_offer_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, be_update_get_scenario (self->update),
      self->workload, chosen_cb, g_object_ref (self), g_object_unref)));
}

/* ---- showing ---- */

/* What is listed belongs to one workload of one document. */
static void
follow_workload (BeLatencyView *self, BeScenario *scenario)
{
  g_auto (GStrv) workloads = be_scenario_list_workloads (scenario);
  const char *id = self->index < (int) g_strv_length (workloads) ? workloads[self->index] : NULL;

  if (self->scenario == scenario && g_strcmp0 (id, self->workload) == 0)
    return;
  forget_wanted (self);
  self->scenario = scenario;
  g_free (self->workload);
  self->workload = g_strdup (id);
}

void
be_latency_view_show (BeLatencyView *self, BeUpdate *update, int workload)
{
  BeScenario *scenario = be_update_get_scenario (update);

  g_set_weak_pointer (&self->update, update);
  self->index = workload;
  follow_workload (self, scenario);
  if (self->catalog != be_scenario_get_catalog (scenario))
    forget_wanted (self);
  self->catalog = be_scenario_get_catalog (scenario);
  be_bound_rows_show (self->timeout, scenario, self->workload);
  gtk_widget_set_sensitive (self->enter, !be_scenario_is_read_only (scenario));
  gtk_widget_set_sensitive (self->table, !be_scenario_is_read_only (scenario));
  be_page_chart_set_workload (BE_PAGE_CHART (self->chart), workload);
  be_page_chart_refresh (BE_PAGE_CHART (self->chart), update);
  show_table (self);
}

BePageChart *
be_latency_view_get_chart (BeLatencyView *self)
{
  return BE_PAGE_CHART (self->chart);
}

static void
be_latency_view_dispose (GObject *object)
{
  BeLatencyView *self = BE_LATENCY_VIEW (object);

  g_clear_weak_pointer (&self->update);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (be_latency_view_parent_class)->dispose (object);
}

static void
be_latency_view_finalize (GObject *object)
{
  BeLatencyView *self = BE_LATENCY_VIEW (object);

  forget_wanted (self);
  g_free (self->workload);
  g_free (self->asked);
  G_OBJECT_CLASS (be_latency_view_parent_class)->finalize (object);
}

static void
be_latency_view_class_init (BeLatencyViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = be_latency_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = be_latency_view_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  message_signal = g_signal_new ("message", BE_TYPE_LATENCY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
build_card (BeLatencyView *self)
{
  GtkWidget *words = be_widget_words_new (NULL, "dim-label");
  GtkWidget *add = be_widget_button_new (_ ("_Add an Offer…"));

  self->card = be_card_new (_ ("Measured by you"));
  self->table = be_speed_table_new ();
  gtk_label_set_text (GTK_LABEL (words),
                      _ ("What you measured of an offer, as your requests see it; empty means not "
                         "known. Pools have the time that the serving model gives."));
  g_signal_connect (self->table, "entered", G_CALLBACK (entered_cb), self);
  g_signal_connect (self->table, "message", G_CALLBACK (message_cb), self);
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (add, _ ("Lists one more offer of the catalogue here"));
  g_signal_connect (add, "clicked", G_CALLBACK (add_cb), self);
  be_card_append (self->card, words);
  be_card_append (self->card, self->table);
  be_card_append (self->card, add);
  return self->card;
}

static void
be_latency_view_init (BeLatencyView *self)
{
  static const char *const inputs[] = { "timeoutSeconds", NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->chart = be_page_chart_new (BE_KIND_LATENCY);
  self->enter = be_widget_button_new (_ ("_Enter a Speed"));
  be_page_chart_set_chart_height (BE_PAGE_CHART (self->chart), CHART_HEIGHT);
  gtk_widget_set_halign (self->enter, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->enter, "suggested-action");
  gtk_widget_set_visible (self->enter, FALSE);
  g_signal_connect (self->enter, "clicked", G_CALLBACK (enter_cb), self);
  gtk_box_append (GTK_BOX (box), self->chart);
  gtk_box_append (GTK_BOX (box), self->enter);
  self->timeout = be_bound_rows_new (inputs, NULL, refused, self);
  gtk_box_append (GTK_BOX (box), self->timeout);
  self->late = be_widget_words_new (NULL, "dim-label");
  gtk_box_append (GTK_BOX (box), self->late);
  gtk_box_append (GTK_BOX (box), build_card (self));
  self->scroller = be_widget_scrolled_new (box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  be_widget_name (GTK_WIDGET (self), _ ("Cost against latency"));
}

GtkWidget *
be_latency_view_new (void)
{
  return g_object_new (BE_TYPE_LATENCY_VIEW, NULL);
}
