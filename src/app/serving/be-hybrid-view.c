/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view of the hybrid plan. */
#include "app/serving/be-hybrid-view.h"

#include "app/serving/be-chart-card.h"
#include "be-config.h"
#include "widget/be-columns.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>

struct _BeHybridView {
  BeServingView parent_instance;

  GtkWidget *week, *replicas, *sharing, *elsewhere;
};

G_DEFINE_FINAL_TYPE (BeHybridView, be_hybrid_view, BE_TYPE_SERVING_VIEW)

static void
show_chart (BeHybridView *self, GtkWidget *card, BeKind kind)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  BeChartOptions options;
  GError *error = NULL;

  be_chart_options_init (&options);
  options.pool = be_serving_view_get_pool (view);
  be_chart_card_set_data (
      BE_CHART_CARD (card),
      be_report_chart (be_serving_view_get_scenario (view), kind, &options, &error), error);
}

static void
be_hybrid_view_refresh (BeServingView *view)
{
  BeHybridView *self = BE_HYBRID_VIEW (view);
  const BePlanInput *input = be_serving_view_get_input (view);
  const BePlanResult *result = be_serving_view_get_result (view);
  int pool = be_serving_view_get_pool (view);
  g_autofree char *sharing = NULL, *elsewhere = NULL;

  show_chart (self, self->week, BE_KIND_WEEK);
  show_chart (self, self->replicas, BE_KIND_REPLICAS);
  if (input == NULL || result == NULL)
    return;
  sharing = be_report_sharing_sentence (input, pool);
  elsewhere = be_report_elsewhere_sentence (be_serving_view_get_scenario (view), result, pool);
  gtk_label_set_text (GTK_LABEL (self->sharing), sharing);
  gtk_label_set_text (GTK_LABEL (self->elsewhere), elsewhere);
}

static BeChartData *
be_hybrid_view_get_data (BeServingView *view)
{
  return be_chart_card_get_data (BE_CHART_CARD (BE_HYBRID_VIEW (view)->week));
}

static void
be_hybrid_view_build (BeServingView *view)
{
  BeHybridView *self = BE_HYBRID_VIEW (view);
  GtkWidget *columns = be_columns_new (340, 2);
  GtkWidget *sharing = be_card_new (_ ("Sharing the pool"));
  GtkWidget *elsewhere = be_card_new (_ ("The same weights hosted elsewhere"));

  self->week = be_chart_card_new (_ ("The owned base over the week"), 260);
  self->replicas = be_chart_card_new (_ ("Hybrid cost by replicas"), 240);
  self->sharing = be_widget_words_new (NULL, NULL);
  self->elsewhere = be_widget_words_new (NULL, NULL);
  be_card_append (sharing, self->sharing);
  be_card_append (elsewhere, self->elsewhere);
  be_columns_append (BE_COLUMNS (columns), self->week, TRUE);
  be_columns_append (BE_COLUMNS (columns), self->replicas, FALSE);
  be_columns_append (BE_COLUMNS (columns), sharing, FALSE);
  be_columns_append (BE_COLUMNS (columns), elsewhere, FALSE);
  gtk_widget_set_parent (be_widget_scrolled_new (columns), GTK_WIDGET (self));
}

static void
be_hybrid_view_class_init (BeHybridViewClass *klass)
{
  BeServingViewClass *view_class = BE_SERVING_VIEW_CLASS (klass);

  view_class->build = be_hybrid_view_build;
  view_class->refresh = be_hybrid_view_refresh;
  view_class->get_data = be_hybrid_view_get_data;
}

static void
be_hybrid_view_init (BeHybridView *self)
{
}

GtkWidget *
be_hybrid_view_new (void)
{
  return g_object_new (BE_TYPE_HYBRID_VIEW, NULL);
}
