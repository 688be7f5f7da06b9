/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view of quantisation. */
#include "app/serving/be-precision-view.h"

#include "app/serving/be-chart-card.h"
#include "be-config.h"
#include "widget/be-columns.h"
#include "widget/be-table-view.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>

/* Each way to see the precisions: $/month, tokens/s, memory. */
enum { COST, SPEED, MEMORY, N_CHARTS };

struct _BePrecisionView {
  BeServingView parent_instance;

  GtkWidget *charts[N_CHARTS], *table, *words, *problem, *table_card;
};

G_DEFINE_FINAL_TYPE (BePrecisionView, be_precision_view, BE_TYPE_SERVING_VIEW)

static void
be_precision_view_refresh (BeServingView *view)
{
  BePrecisionView *self = BE_PRECISION_VIEW (view);
  static const BePrecisionMeasure measures[N_CHARTS] = {
    [COST] = BE_PRECISION_COST, [SPEED] = BE_PRECISION_SPEED, [MEMORY] = BE_PRECISION_MEMORY
  };
  const BePlanInput *input = be_serving_view_get_input (view);
  int pool = be_serving_view_get_pool (view);
  BePrecision rows[BE_N_PRECISIONS];
  g_autoptr (GError) error = NULL;
  gboolean is_known = input != NULL && be_study_precisions (input, pool, rows, &error);
  g_autofree char *words = is_known ? be_report_precision_words (rows) : NULL;

  gtk_label_set_text (GTK_LABEL (self->words),
                      is_known ? words : (error != NULL ? error->message : ""));
  gtk_widget_set_visible (self->table_card, is_known);
  for (int i = 0; i < N_CHARTS; i++) {
    gtk_widget_set_visible (self->charts[i], is_known);
    if (is_known)
      be_chart_card_set_data (BE_CHART_CARD (self->charts[i]),
                              be_report_precision_chart (rows, measures[i]), NULL);
  }
  if (is_known)
    be_table_view_set_table (BE_TABLE_VIEW (self->table), be_report_precision_table (rows));
}

static BeChartData *
be_precision_view_get_data (BeServingView *view)
{
  return be_chart_card_get_data (BE_CHART_CARD (BE_PRECISION_VIEW (view)->charts[COST]));
}

static void
be_precision_view_build (BeServingView *view)
{
  BePrecisionView *self = BE_PRECISION_VIEW (view);
  static const char *const names[N_CHARTS] = { [COST] = N_ ("Cost by precision"),
                                               [SPEED] = N_ ("Speed by precision"),
                                               [MEMORY] = N_ ("Memory by precision") };
  GtkWidget *columns = be_columns_new (300, 3);
  GtkWidget *words = be_card_new (_ ("What fewer bits gain here"));

  self->words = be_widget_words_new (NULL, NULL);
  be_card_append (words, self->words);
  be_columns_append (BE_COLUMNS (columns), words, TRUE);
  for (int i = 0; i < N_CHARTS; i++) {
    self->charts[i] = be_chart_card_new (_ (names[i]), 220);
    be_columns_append (BE_COLUMNS (columns), self->charts[i], FALSE);
  }
  self->table_card = be_card_new (_ ("Side by side"));
  self->table = be_table_view_new ();
  gtk_widget_set_size_request (self->table, -1,
                               (int) (190 * be_widget_get_text_scale (self->table)));
  be_card_append (self->table_card, self->table);
  be_columns_append (BE_COLUMNS (columns), self->table_card, TRUE);
  gtk_widget_set_parent (be_widget_scrolled_new (columns), GTK_WIDGET (self));
}

static void
be_precision_view_class_init (BePrecisionViewClass *klass)
{
  BeServingViewClass *view_class = BE_SERVING_VIEW_CLASS (klass);

  view_class->build = be_precision_view_build;
  view_class->refresh = be_precision_view_refresh;
  view_class->get_data = be_precision_view_get_data;
}

static void
be_precision_view_init (BePrecisionView *self)
{
}

GtkWidget *
be_precision_view_new (void)
{
  return g_object_new (BE_TYPE_PRECISION_VIEW, NULL);
}
