/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The measured throughput of a pool. */
#include "app/serving/be-measured-card.h"

#include "app/input/be-bound-row.h"
#include "be-config.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>

static const char *const members[] = { "throughput/source", "throughput/outputTokensPerSecond",
                                       "throughput/sequences", "throughput/softwareEfficiency" };
enum { SOURCE, SPEED, SEQUENCES, FACTOR, N_ROWS };

struct _BeMeasuredCard {
  GtkWidget parent_instance;

  GtkWidget *card, *rows, *words, *take;
  GtkWidget *bound[N_ROWS];
  BeServingView *view; /* borrowed */
};

G_DEFINE_FINAL_TYPE (BeMeasuredCard, be_measured_card, GTK_TYPE_WIDGET)

static void
take_cb (GtkButton *button, BeMeasuredCard *self)
{
  BeScenario *scenario = be_serving_view_get_scenario (self->view);
  g_auto (GStrv) pools = be_scenario_list_pools (scenario);
  g_autoptr (GError) error = NULL;
  double factor;

  if (!be_study_take_measured_factor (scenario, pools[be_serving_view_get_pool (self->view)], TRUE,
                                      &factor, &error))
    be_serving_view_tell (self->view, error->message);
}

static void
be_measured_card_dispose (GObject *object)
{
  g_clear_pointer (&BE_MEASURED_CARD (object)->card, gtk_widget_unparent);
  G_OBJECT_CLASS (be_measured_card_parent_class)->dispose (object);
}

static void
be_measured_card_class_init (BeMeasuredCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_measured_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
be_measured_card_init (BeMeasuredCard *self)
{
  self->card = be_card_new (_ ("Measured throughput"));
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->words = be_widget_words_new (NULL, "dim-label");
  self->take = be_widget_button_new (_ ("_Keep as Software Factor"));
  gtk_widget_set_halign (self->take, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (self->take, _ ("Computes again, with the measured ratio on every "
                                              "GPU and precision"));
  g_signal_connect (self->take, "clicked", G_CALLBACK (take_cb), self);
  be_card_append (self->card, self->rows);
  be_card_append (self->card, self->words);
  be_card_append (self->card, self->take);
  gtk_widget_set_parent (self->card, GTK_WIDGET (self));
}

GtkWidget *
be_measured_card_new (void)
{
  return g_object_new (BE_TYPE_MEASURED_CARD, NULL);
}

void
be_measured_card_rebind (BeMeasuredCard *self, BeServingView *view)
{
  GtkWidget *child;

  self->view = view;
  while ((child = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), child);
  for (int i = 0; i < N_ROWS; i++) {
    self->bound[i] = be_serving_view_bind (view, members[i]);
    gtk_box_append (GTK_BOX (self->rows), self->bound[i]);
  }
}

/* "Measured 1,500 tokens/s is 0.82 of what is computed" */
static gboolean
show_ratio (BeMeasuredCard *self, BeServingView *view)
{
  const BePlanInput *input = be_serving_view_get_input (view);
  int index = be_serving_view_get_pool (view);
  g_autoptr (GError) error = NULL;
  double factor;

  if (input == NULL || index >= (int) input->n_pools)
    return FALSE;
  const BePool *pool = &input->pools[index];
  if (!(pool->output_tokens_per_second > 0)) {
    gtk_label_set_text (GTK_LABEL (self->words),
                        _ ("Enter what a replica of yours was measured at, at this mix of input "
                           "and output."));
    return FALSE;
  }
  if (!be_study_software_factor (input, index, pool->output_tokens_per_second, pool->sequences,
                                 &factor, &error)) {
    gtk_label_set_text (GTK_LABEL (self->words), error->message);
    return FALSE;
  }
  g_autofree char *speed =
      be_format_value (pool->output_tokens_per_second, BE_UNIT_TOKENS_PER_SECOND, FALSE);
  g_autofree char *ratio = be_format_number (factor, FALSE);
  g_autofree char *text = g_strdup_printf (
      _ ("%s is %s times what a tuned stack is computed to make. Kept as the software factor, "
         "that ratio holds for other GPUs and precisions, too."),
      speed, ratio);
  gtk_label_set_text (GTK_LABEL (self->words), text);
  return TRUE;
}

void
be_measured_card_refresh (BeMeasuredCard *self, BeServingView *view)
{
  BeScenario *scenario = be_serving_view_get_scenario (view);
  g_autofree char *path = be_serving_view_pool_path (view, "throughput/source");
  g_autofree char *source = be_scenario_get_text (scenario, path);
  gboolean is_measured = g_strcmp0 (source, "measured") == 0;

  for (int i = 0; i < N_ROWS; i++)
    be_bound_row_refresh (self->bound[i]);
  gtk_widget_set_visible (self->bound[SEQUENCES], is_measured);
  gtk_widget_set_visible (self->bound[FACTOR], !is_measured);
  gtk_widget_set_visible (self->take, show_ratio (self, view) && is_measured);
}
