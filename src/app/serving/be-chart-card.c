/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chart, numbers and sentence in a card. */
#include "app/serving/be-chart-card.h"

#include "app/page/be-page-chart-out.h"
#include "app/serving/be-serving-view.h"
#include "be-config.h"
#include "widget/be-table-view.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>

struct _BeChartCard {
  GtkWidget parent_instance;

  GtkWidget *card, *stack, *chart, *table, *numbers, *sentence;
  gboolean is_table_stale, is_quiet;
};

G_DEFINE_FINAL_TYPE (BeChartCard, be_chart_card, GTK_TYPE_WIDGET)

static void
fill_table (BeChartCard *self)
{
  BeChartData *data = be_chart_card_get_data (self);

  if (!self->is_table_stale || data == NULL
      || !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->numbers)))
    return;
  self->is_table_stale = FALSE;
  be_table_view_set_table (BE_TABLE_VIEW (self->table), be_report_chart_table (data));
}

static void
toggled_cb (GtkToggleButton *button, BeChartCard *self)
{
  gboolean shown = gtk_toggle_button_get_active (button);

  gtk_stack_set_visible_child (GTK_STACK (self->stack), shown ? self->table : self->chart);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  shown ? _ ("Show chart") : _ ("Show numbers"), -1);
  fill_table (self);
}

static void
be_chart_card_dispose (GObject *object)
{
  g_clear_pointer (&BE_CHART_CARD (object)->card, gtk_widget_unparent);
  G_OBJECT_CLASS (be_chart_card_parent_class)->dispose (object);
}

static void
be_chart_card_class_init (BeChartCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_chart_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
be_chart_card_init (BeChartCard *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->card = be_card_new (NULL);
  self->stack = gtk_stack_new ();
  self->chart = be_chart_view_new ();
  self->table = be_table_view_new ();
  self->sentence = be_widget_words_new (NULL, "dim-label");
  self->numbers = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->numbers), "view-list-symbolic");
  gtk_widget_add_css_class (self->numbers, "flat");
  gtk_widget_set_halign (self->numbers, GTK_ALIGN_END);
  gtk_widget_set_valign (self->numbers, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (self->numbers, _ ("The numbers of the chart"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->numbers), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Show numbers"), -1);
  g_signal_connect (self->numbers, "toggled", G_CALLBACK (toggled_cb), self);
  be_chart_view_set_format (BE_CHART_VIEW (self->chart), be_format_chart, NULL);
  be_page_chart_add_ways_out (BE_CHART_VIEW (self->chart));
  gtk_stack_add_child (GTK_STACK (self->stack), self->chart);
  gtk_stack_add_child (GTK_STACK (self->stack), self->table);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->stack);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->numbers);
  gtk_widget_set_vexpand (overlay, TRUE);
  be_card_append (self->card, overlay);
  be_card_append (self->card, self->sentence);
  gtk_widget_set_parent (self->card, GTK_WIDGET (self));
}

GtkWidget *
be_chart_card_new (const char *name, int height)
{
  BeChartCard *self = g_object_new (BE_TYPE_CHART_CARD, NULL);

  be_chart_view_set_minimum_height (BE_CHART_VIEW (self->chart), height);
  gtk_widget_set_valign (self->chart, GTK_ALIGN_FILL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

void
be_chart_card_set_data (BeChartCard *self, BeChartData *data, GError *error)
{
  g_return_if_fail (BE_IS_CHART_CARD (self));

  if (data == NULL) {
    data = be_chart_data_new (BE_CHART_XY);
    data->summary = g_strdup (error != NULL ? error->message : "");
    data->empty_text = g_strdup (_ ("Nothing to draw"));
  }
  g_clear_error (&error);
  gtk_label_set_text (GTK_LABEL (self->sentence), data->summary != NULL ? data->summary : "");
  gtk_widget_set_visible (self->sentence,
                          !self->is_quiet && data->summary != NULL && *data->summary != '\0');
  be_chart_view_set_data (BE_CHART_VIEW (self->chart), data);
  self->is_table_stale = TRUE;
  fill_table (self);
}

void
be_chart_card_set_talkative (BeChartCard *self, gboolean talkative)
{
  self->is_quiet = !talkative;
  gtk_widget_set_visible (self->sentence, talkative);
}

BeChartView *
be_chart_card_get_view (BeChartCard *self)
{
  return BE_CHART_VIEW (self->chart);
}

BeChartData *
be_chart_card_get_data (BeChartCard *self)
{
  return be_chart_view_get_data (BE_CHART_VIEW (self->chart));
}

void
be_chart_card_append (BeChartCard *self, GtkWidget *child)
{
  be_card_append (self->card, child);
}
