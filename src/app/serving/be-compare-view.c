/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The comparison: a cloud of points, a table, and what is chosen in both. */
#include "app/serving/be-compare-view.h"

#include "app/serving/be-chart-card.h"
#include "app/serving/be-choice-table.h"
#include "be-config.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Hundreds of plans are too much for every frame of a slider's way: they wait for its end. */
#define SETTLE_MS 120

struct _BeCompareView {
  BeServingView parent_instance;

  /* children */
  GtkWidget *chart, *table, *meeting, *cheapest, *use, *words;

  /* owned */
  GArray *choices;    /* BeServingChoice, cheapest plan first */
  GArray *by_latency; /* guint: choice of each point of the chart */

  guint settle_source;
};

G_DEFINE_FINAL_TYPE (BeCompareView, be_compare_view, BE_TYPE_SERVING_VIEW)

static const BeServingChoice *
get_choice (BeCompareView *self, guint index)
{
  if (self->choices == NULL || index >= self->choices->len)
    return NULL;
  return &g_array_index (self->choices, BeServingChoice, index);
}

/* The cheapest that meets the target; G_MAXUINT: none does. */
static guint
find_cheapest (BeCompareView *self)
{
  for (guint i = 0; self->choices != NULL && i < self->choices->len; i++) {
    const BeServingChoice *choice = get_choice (self, i);
    if (choice->meets_target && !isnan (choice->per_month_usd))
      return i;
  }
  return G_MAXUINT;
}

/* The pool runs as this choice says, in one step of undo. */
static void
apply (BeCompareView *self, guint index)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  const BeServingChoice *choice = get_choice (self, index);
  g_auto (GStrv) sets = NULL;
  g_autofree char *pool = be_serving_view_pool_path (view, NULL);
  g_autoptr (GError) error = NULL;

  if (choice == NULL)
    return;
  sets = be_report_choice_assignments (choice, pool);
  if (!be_scenario_assign (be_serving_view_get_scenario (view), (const char *const *) sets, &error))
    be_serving_view_tell (view, error->message);
}

static void
show_selection (BeCompareView *self)
{
  guint selected = be_choice_table_get_selected (BE_CHOICE_TABLE (self->table));
  const BeServingChoice *choice = get_choice (self, selected);
  BeChartView *chart = be_chart_card_get_view (BE_CHART_CARD (self->chart));
  g_autofree char *name = choice != NULL ? be_serving_choice_name (choice) : NULL;
  g_autofree char *label = NULL;
  int point = -1;

  for (guint i = 0; choice != NULL && i < self->by_latency->len; i++)
    if (g_array_index (self->by_latency, guint, i) == selected)
      point = (int) i;
  be_chart_view_set_selected (chart, point >= 0 ? 0 : -1, point);
  gtk_widget_set_sensitive (self->use, choice != NULL);
  /* Translators: a button; %s is "2 × H100, FP8". */
  label = name != NULL ? g_strdup_printf (_ ("Use %s"), name) : g_strdup (_ ("Use the Selected"));
  gtk_button_set_label (GTK_BUTTON (self->use), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->use), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
row_selected_cb (GtkWidget *table, guint choice, BeCompareView *self)
{
  show_selection (self);
}

static void
row_activated_cb (GtkWidget *table, guint choice, BeCompareView *self)
{
  apply (self, choice);
}

static void
point_activated_cb (GtkWidget *chart, int series, int point, BeCompareView *self)
{
  if (series != 0 || point >= (int) self->by_latency->len)
    return;
  be_choice_table_select (BE_CHOICE_TABLE (self->table),
                          g_array_index (self->by_latency, guint, point));
}

static void
cheapest_cb (GtkButton *button, BeCompareView *self)
{
  apply (self, find_cheapest (self));
}

static void
use_cb (GtkButton *button, BeCompareView *self)
{
  apply (self, be_choice_table_get_selected (BE_CHOICE_TABLE (self->table)));
}

/* ---- showing ---- */

static int
compare_by_latency (gconstpointer a, gconstpointer b, gpointer choices)
{
  const BeServingChoice *x = &g_array_index ((GArray *) choices, BeServingChoice, *(guint *) a);
  const BeServingChoice *y = &g_array_index ((GArray *) choices, BeServingChoice, *(guint *) b);

  return (x->tpot_s > y->tpot_s) - (x->tpot_s < y->tpot_s);
}

static void
show_chart (BeCompareView *self, GError *error)
{
  BeChartOptions options;

  be_chart_options_init (&options);
  g_array_set_size (self->by_latency, 0);
  for (guint i = 0; self->choices != NULL && i < self->choices->len; i++)
    if (!isnan (get_choice (self, i)->usd_per_mtok)) /* the others have no point */
      g_array_append_val (self->by_latency, i);
  if (self->choices != NULL)
    g_array_sort_with_data (self->by_latency, compare_by_latency, self->choices);
  be_chart_card_set_data (
      BE_CHART_CARD (self->chart),
      self->choices != NULL ? be_report_choices_chart (self->choices, &options) : NULL, error);
}

/* The choice that the pool is now; G_MAXUINT: it is none of them. */
static guint
find_current (BeCompareView *self)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  const BePlanInput *input = be_serving_view_get_input (view);

  for (guint i = 0; input != NULL && self->choices != NULL && i < self->choices->len; i++) {
    const BeServingChoice *choice = get_choice (self, i);
    const BePool *pool = &input->pools[be_serving_view_get_pool (view)];
    if (choice->is_pools_own && choice->weights == pool->serving.weights
        && choice->gpus_per_replica == pool->gpus_per_replica)
      return i;
  }
  return G_MAXUINT;
}

static void
fill_table (BeCompareView *self)
{
  gboolean only_meeting = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->meeting));

  be_choice_table_set_choices (BE_CHOICE_TABLE (self->table), self->choices, only_meeting);
  gtk_widget_set_sensitive (self->cheapest, find_cheapest (self) != G_MAXUINT);
  if (be_choice_table_get_selected (BE_CHOICE_TABLE (self->table)) == G_MAXUINT)
    be_choice_table_select (BE_CHOICE_TABLE (self->table), find_current (self));
  show_selection (self);
}

static void
compare (BeCompareView *self)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  const BePlanInput *input = be_serving_view_get_input (view);
  GError *error = NULL;

  g_clear_pointer (&self->choices, g_array_unref);
  if (input != NULL)
    self->choices = be_study_gpus (input, be_serving_view_get_scenario (view),
                                   be_serving_view_get_pool (view), &error);
  show_chart (self, error);
  fill_table (self);
}

static gboolean
settled_cb (gpointer data)
{
  BeCompareView *self = data;

  self->settle_source = 0;
  if (be_serving_view_get_update (BE_SERVING_VIEW (self)) != NULL)
    compare (self);
  return G_SOURCE_REMOVE;
}

static void
be_compare_view_refresh (BeServingView *view)
{
  BeCompareView *self = BE_COMPARE_VIEW (view);

  g_clear_handle_id (&self->settle_source, g_source_remove);
  if (self->choices == NULL) /* the first time at once */
    compare (self);
  else
    self->settle_source = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static BeChartData *
be_compare_view_get_data (BeServingView *view)
{
  return be_chart_card_get_data (BE_CHART_CARD (BE_COMPARE_VIEW (view)->chart));
}

static void
be_compare_view_dispose (GObject *object)
{
  BeCompareView *self = BE_COMPARE_VIEW (object);

  g_clear_handle_id (&self->settle_source, g_source_remove);
  G_OBJECT_CLASS (be_compare_view_parent_class)->dispose (object);
}

static void
be_compare_view_finalize (GObject *object)
{
  BeCompareView *self = BE_COMPARE_VIEW (object);

  g_clear_pointer (&self->choices, g_array_unref);
  g_array_unref (self->by_latency);
  G_OBJECT_CLASS (be_compare_view_parent_class)->finalize (object);
}

/* The buttons stand in a flow, so that they fit a phone. */
static GtkWidget *
build_tools (BeCompareView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->meeting = gtk_check_button_new_with_label (_ ("Only what meets the latency target"));
  self->cheapest = be_widget_button_new (_ ("Use the _Cheapest"));
  self->use = gtk_button_new ();
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->meeting), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->meeting), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Only what meets the latency target"), -1);
  gtk_widget_add_css_class (self->cheapest, "suggested-action");
  gtk_widget_set_tooltip_text (self->cheapest,
                               _ ("Takes the cheapest GPU, precision and width that meets the "
                                  "latency target"));
  g_signal_connect_swapped (self->meeting, "toggled", G_CALLBACK (fill_table), self);
  g_signal_connect (self->cheapest, "clicked", G_CALLBACK (cheapest_cb), self);
  g_signal_connect (self->use, "clicked", G_CALLBACK (use_cb), self);
  gtk_box_append (GTK_BOX (buttons), self->cheapest);
  gtk_box_append (GTK_BOX (buttons), self->use);
  gtk_box_append (GTK_BOX (box), self->meeting);
  gtk_box_append (GTK_BOX (box), buttons);
  return box;
}

static void
be_compare_view_build (BeServingView *view)
{
  BeCompareView *self = BE_COMPARE_VIEW (view);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *frame = gtk_frame_new (NULL);

  self->chart = be_chart_card_new (_ ("GPUs compared"), 300);
  self->table = be_choice_table_new ();
  gtk_frame_set_child (GTK_FRAME (frame), self->table);
  gtk_widget_set_size_request (frame, -1, (int) (280 * be_widget_get_text_scale (frame)));
  gtk_widget_set_vexpand (self->chart, TRUE);
  gtk_widget_set_vexpand (frame, TRUE);
  g_signal_connect (self->table, "selected", G_CALLBACK (row_selected_cb), self);
  g_signal_connect (self->table, "activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect (be_chart_card_get_view (BE_CHART_CARD (self->chart)), "point-activated",
                    G_CALLBACK (point_activated_cb), self);
  gtk_box_append (GTK_BOX (box), self->chart);
  gtk_box_append (GTK_BOX (box), build_tools (self));
  gtk_box_append (GTK_BOX (box), frame);
  gtk_widget_set_parent (be_widget_scrolled_new (box), GTK_WIDGET (self));
}

static void
be_compare_view_class_init (BeCompareViewClass *klass)
{
  BeServingViewClass *view_class = BE_SERVING_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = be_compare_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = be_compare_view_finalize;
  view_class->build = be_compare_view_build;
  view_class->refresh = be_compare_view_refresh;
  view_class->get_data = be_compare_view_get_data;
}

static void
be_compare_view_init (BeCompareView *self)
{
  self->by_latency = g_array_new (FALSE, FALSE, sizeof (guint));
}

GtkWidget *
be_compare_view_new (void)
{
  return g_object_new (BE_TYPE_COMPARE_VIEW, NULL);
}
