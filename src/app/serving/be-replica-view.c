/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view of one replica. */
#include "app/serving/be-replica-view.h"

#include "app/dialog/be-file-dialog.h"
#include "app/dialog/be-gpu-dialog.h"
#include "app/input/be-bound-row.h"
#include "app/serving/be-chart-card.h"
#include "app/serving/be-hardware-chooser.h"
#include "app/serving/be-measured-card.h"
#include "be-config.h"
#include "widget/be-columns.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum { SPEED, TPOT, TTFT, BATCH, PER_MTOK, REPLICAS, PER_MONTH, PARAMETERS, N_TILES };

static const char *const captions[N_TILES] = {
  [SPEED] = N_ ("Output of a replica"),   [TPOT] = N_ ("Time per token"),
  [TTFT] = N_ ("Time to first token"),    [BATCH] = N_ ("Requests at once"),
  [PER_MTOK] = N_ ("Output, fully used"), [REPLICAS] = N_ ("Replicas at the peak"),
  [PER_MONTH] = N_ ("Self-hosted plan"),  [PARAMETERS] = N_ ("Parameters"),
};

static const char *const setup_members[] = { "gpusPerReplica", "weights", "kvCache" };
enum { N_SETUP = G_N_ELEMENTS (setup_members) };

struct _BeReplicaView {
  BeServingView parent_instance;

  /* children */
  GtkWidget *setup, *rows, *model, *gpu;
  GtkWidget *bound[N_SETUP], *target; /* made anew for another pool */
  GtkWidget *fit, *fit_icon, *tiles[N_TILES];
  GtkWidget *memory, *step, *curve, *target_box, *next;
  GtkWidget *warnings, *warnings_card, *measured;

  gboolean is_dragging; /* the curve's target */
};

G_DEFINE_FINAL_TYPE (BeReplicaView, be_replica_view, BE_TYPE_SERVING_VIEW)

static void
set_text (BeReplicaView *self, const char *member, const char *value)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  g_autofree char *path = be_serving_view_pool_path (view, member);
  g_autoptr (GError) error = NULL;

  if (!be_scenario_set_text (be_serving_view_get_scenario (view), path, value, &error))
    be_serving_view_tell (view, error->message);
}

static void
model_chosen_cb (GtkWidget *chooser, const char *id, BeReplicaView *self)
{
  set_text (self, "model", id);
}

static void
gpu_chosen_cb (GtkWidget *chooser, const char *id, BeReplicaView *self)
{
  set_text (self, "gpu", id);
}

static char *
pool_id (BeReplicaView *self)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  g_auto (GStrv) pools = be_scenario_list_pools (be_serving_view_get_scenario (view));

  return g_strdup (pools[be_serving_view_get_pool (view)]);
}

void
be_replica_view_read_model (BeReplicaView *self, const char *path)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (BeModelConfig) model = be_model_config_load (path, &error);
  g_autofree char *pool = pool_id (self);
  g_autofree char *id = NULL;

  if (model != NULL)
    id = be_scenario_add_model (be_serving_view_get_scenario (view), model, pool, &error);
  if (id == NULL) {
    be_serving_view_tell (view, error->message);
    return;
  }
  g_autofree char *size = be_format_number (model->total_params / 1e9, FALSE);
  g_autoptr (GString) words = g_string_new (NULL);
  g_string_append_printf (words, _ ("%s is read: %s billion parameters."), model->name, size);
  for (guint i = 0; i < model->notes->len; i++)
    g_string_append_printf (words, "\n%s", (char *) g_ptr_array_index (model->notes, i));
  be_serving_view_tell (view, words->str);
}

static void
model_opened (const char *path, gpointer self)
{
  be_replica_view_read_model (self, path);
}

static GtkWindow *
window_of (BeReplicaView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
open_model_cb (GtkButton *button, BeReplicaView *self)
{
  const BeFileKind kinds[] = { { _ ("Model configuration (config.json)"), "*.json" } };

  be_file_dialog_open (window_of (self), _ ("Read a Model’s Configuration"), kinds, 1, model_opened,
                       self);
}

static void
add_gpu_cb (GtkButton *button, BeReplicaView *self)
{
  g_autofree char *pool = pool_id (self);

  be_gpu_dialog_show (window_of (self), be_serving_view_get_scenario (BE_SERVING_VIEW (self)),
                      pool);
}

/* ---- the target on the curve ---- */

static void
target_moved_cb (GtkWidget *chart, double x, gboolean is_final, BeReplicaView *self)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  BeScenario *scenario = be_serving_view_get_scenario (view);
  g_autofree char *path = be_serving_view_pool_path (view, "target/tpotMs");
  g_autoptr (GError) error = NULL;
  /* Three digits are what a hand can mean. */
  double factor = pow (10, floor (log10 (x)) - 2);

  if (!self->is_dragging)
    be_scenario_begin_gesture (scenario, _ ("Time per token at most"));
  self->is_dragging = TRUE;
  if (!be_scenario_set_number (scenario, path, round (x / factor) * factor, &error))
    be_serving_view_tell (view, error->message);
  if (is_final)
    be_scenario_end_gesture (scenario);
  if (is_final)
    self->is_dragging = FALSE;
}

/* ---- showing ---- */

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
be_replica_view_rebind (BeServingView *view)
{
  BeReplicaView *self = BE_REPLICA_VIEW (view);

  clear_box (self->rows);
  for (guint i = 0; i < N_SETUP; i++) {
    self->bound[i] = be_serving_view_bind (view, setup_members[i]);
    gtk_box_append (GTK_BOX (self->rows), self->bound[i]);
  }
  clear_box (self->target_box);
  self->target = be_serving_view_bind (view, "target/tpotMs");
  gtk_box_append (GTK_BOX (self->target_box), self->target);
  be_measured_card_rebind (BE_MEASURED_CARD (self->measured), view);
}

static void
show_setup (BeReplicaView *self)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  BeScenario *scenario = be_serving_view_get_scenario (view);
  g_autofree char *model_path = be_serving_view_pool_path (view, "model");
  g_autofree char *gpu_path = be_serving_view_pool_path (view, "gpu");
  g_autofree char *model = be_scenario_get_text (scenario, model_path);
  g_autofree char *gpu = be_scenario_get_text (scenario, gpu_path);

  be_hardware_chooser_show (BE_HARDWARE_CHOOSER (self->model), scenario, model);
  be_hardware_chooser_show (BE_HARDWARE_CHOOSER (self->gpu), scenario, gpu);
  for (guint i = 0; i < N_SETUP; i++)
    be_bound_row_refresh (self->bound[i]);
  be_bound_row_refresh (self->target);
}

static void
show_fit (BeReplicaView *self, const char *text, gboolean fits)
{
  gtk_label_set_text (GTK_LABEL (self->fit), text);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->fit_icon),
                                fits ? "emblem-ok-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (self->fit_icon, fits ? "warning" : "success");
  gtk_widget_add_css_class (self->fit_icon, fits ? "success" : "warning");
}

static void
show_figures (BeReplicaView *self, const BePlanInput *input, int pool)
{
  BeServingFigures figures;
  g_autoptr (GError) error = NULL;

  if (!be_report_serving_figures (be_serving_view_get_scenario (BE_SERVING_VIEW (self)), input,
                                  pool, &figures, &error)) {
    show_fit (self, error->message, FALSE);
    for (int i = 0; i < N_TILES; i++)
      be_tile_set (self->tiles[i], "–", NULL);
    return;
  }
  show_fit (self, figures.fit, figures.fits);
  be_tile_set (self->tiles[SPEED], figures.speed, figures.fits ? figures.band : NULL);
  be_tile_set (self->tiles[TPOT], figures.tpot, NULL);
  be_tile_set (self->tiles[TTFT], figures.ttft, NULL);
  be_tile_set (self->tiles[BATCH], figures.batch, NULL);
  be_tile_set (self->tiles[PER_MTOK], figures.per_mtok, NULL);
  be_tile_set (self->tiles[REPLICAS], figures.replicas, NULL);
  be_tile_set (self->tiles[PER_MONTH], figures.per_month, NULL);
  be_tile_set (self->tiles[PARAMETERS], figures.parameters, figures.active);
  gtk_label_set_text (GTK_LABEL (self->next), figures.target);
  be_serving_figures_clear (&figures);
}

/* Warnings of this pool alone; the headline tells of the others. */
static void
show_warnings (BeReplicaView *self)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  g_autofree char *path = be_serving_view_pool_path (view, NULL);
  GPtrArray *messages = be_update_get_warnings (be_serving_view_get_update (view));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; messages != NULL && i < messages->len; i++) {
    const BeMessage *message = g_ptr_array_index (messages, i);
    if (be_path_is_within (message->path, path))
      g_string_append_printf (text, "%s• %s", text->len > 0 ? "\n" : "", message->message);
  }
  gtk_label_set_text (GTK_LABEL (self->warnings), text->str);
  gtk_widget_set_visible (self->warnings_card, text->len > 0);
}

static void
show_chart (BeReplicaView *self, GtkWidget *card, BeKind kind)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  BeChartOptions options;
  GError *error = NULL;

  be_chart_options_init (&options);
  options.pool = be_serving_view_get_pool (view);
  options.x_scale = options.y_scale = BE_SCALE_LINEAR;
  be_chart_card_set_data (
      BE_CHART_CARD (card),
      be_report_chart (be_serving_view_get_scenario (view), kind, &options, &error), error);
}

static void
be_replica_view_refresh (BeServingView *view)
{
  BeReplicaView *self = BE_REPLICA_VIEW (view);
  const BePlanInput *input = be_serving_view_get_input (view);

  show_setup (self);
  be_measured_card_refresh (BE_MEASURED_CARD (self->measured), view);
  if (input == NULL) {
    const GError *error = be_update_get_error (be_serving_view_get_update (view));
    show_fit (self, error != NULL ? error->message : "", FALSE);
    return;
  }
  show_figures (self, input, be_serving_view_get_pool (view));
  show_chart (self, self->memory, BE_KIND_MEMORY);
  show_chart (self, self->step, BE_KIND_STEP);
  show_chart (self, self->curve, BE_KIND_THROUGHPUT);
  show_warnings (self);
}

static BeChartData *
be_replica_view_get_data (BeServingView *view)
{
  return be_chart_card_get_data (BE_CHART_CARD (BE_REPLICA_VIEW (view)->curve));
}

static GtkWidget *
make_choice (BeReplicaView *self, const char *title, GtkWidget *chooser, const char *icon,
             const char *tooltip, GCallback callback)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_hexpand (chooser, TRUE);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  be_widget_name_deep (button, tooltip);
  g_signal_connect (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (box), chooser);
  gtk_box_append (GTK_BOX (box), button);
  return be_line_new (title, box);
}

static GtkWidget *
build_setup (BeReplicaView *self)
{
  self->setup = be_card_new (_ ("Replica"));
  self->model = be_hardware_chooser_new (BE_HARDWARE_MODEL);
  self->gpu = be_hardware_chooser_new (BE_HARDWARE_GPU);
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_signal_connect (self->model, "chosen", G_CALLBACK (model_chosen_cb), self);
  g_signal_connect (self->gpu, "chosen", G_CALLBACK (gpu_chosen_cb), self);
  be_card_append (self->setup,
                  make_choice (self, _ ("Model"), self->model, "document-open-symbolic",
                               _ ("Read a model’s config.json"), G_CALLBACK (open_model_cb)));
  be_card_append (self->setup,
                  make_choice (self, _ ("GPU"), self->gpu, "list-add-symbolic",
                               _ ("Enter a GPU from its datasheet"), G_CALLBACK (add_gpu_cb)));
  be_card_append (self->setup, self->rows);
  return self->setup;
}

static GtkWidget *
build_figures (BeReplicaView *self)
{
  GtkWidget *card = be_card_new (_ ("What it makes"));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *names[N_TILES];

  for (int i = 0; i < N_TILES; i++)
    names[i] = _ (captions[i]);
  self->fit_icon = gtk_image_new ();
  self->fit = be_widget_words_new (NULL, NULL);
  gtk_widget_set_valign (self->fit_icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (self->fit, TRUE);
  gtk_box_append (GTK_BOX (line), self->fit_icon);
  gtk_box_append (GTK_BOX (line), self->fit);
  be_card_append (card, line);
  be_card_append (card, be_tiles_new (names, N_TILES, self->tiles));
  return card;
}

static void
be_replica_view_build (BeServingView *view)
{
  BeReplicaView *self = BE_REPLICA_VIEW (view);
  GtkWidget *columns = be_columns_new (340, 2);

  self->memory = be_chart_card_new (_ ("Memory"), 136);
  self->step = be_chart_card_new (_ ("Step time"), 220);
  self->curve = be_chart_card_new (_ ("Latency"), 240);
  be_chart_card_set_talkative (BE_CHART_CARD (self->step), FALSE);
  be_chart_card_set_talkative (BE_CHART_CARD (self->curve), FALSE);
  self->target_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->measured = be_measured_card_new ();
  self->warnings_card = be_card_new (_ ("Worth knowing"));
  self->warnings = be_widget_words_new (NULL, NULL);
  be_card_append (self->warnings_card, self->warnings);
  self->next = be_widget_words_new (NULL, NULL);
  be_chart_card_append (BE_CHART_CARD (self->curve), self->target_box);
  be_chart_card_append (BE_CHART_CARD (self->curve), self->next);
  g_signal_connect (be_chart_card_get_view (BE_CHART_CARD (self->curve)), "volume-changed",
                    G_CALLBACK (target_moved_cb), self);
  be_columns_append (BE_COLUMNS (columns), build_setup (self), FALSE);
  be_columns_append (BE_COLUMNS (columns), build_figures (self), FALSE);
  be_columns_append (BE_COLUMNS (columns), self->memory, FALSE);
  be_columns_append (BE_COLUMNS (columns), self->curve, FALSE);
  be_columns_append (BE_COLUMNS (columns), self->step, FALSE);
  be_columns_append (BE_COLUMNS (columns), self->warnings_card, FALSE);
  be_columns_append (BE_COLUMNS (columns), self->measured, FALSE);
  gtk_widget_set_parent (be_widget_scrolled_new (columns), GTK_WIDGET (self));
}

static void
be_replica_view_class_init (BeReplicaViewClass *klass)
{
  BeServingViewClass *view_class = BE_SERVING_VIEW_CLASS (klass);

  view_class->rebind = be_replica_view_rebind;
  view_class->build = be_replica_view_build;
  view_class->refresh = be_replica_view_refresh;
  view_class->get_data = be_replica_view_get_data;
}

static void
be_replica_view_init (BeReplicaView *self)
{
}

GtkWidget *
be_replica_view_new (void)
{
  return g_object_new (BE_TYPE_REPLICA_VIEW, NULL);
}
