/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The profile editor: grid, presets, file, and what the week then asks of the fleet. */
#include "app/serving/be-profile-view.h"

#include "app/be-accessible.h"
#include "app/dialog/be-file-dialog.h"
#include "app/serving/be-chart-card.h"
#include "be-config.h"
#include "widget/be-columns.h"
#include "widget/be-week-grid.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum { RATIO, BUSIEST, UTILISATION, OVERLOAD, N_TILES };

static const char *const captions[N_TILES] = {
  [RATIO] = N_ ("Peak to average"),
  [BUSIEST] = N_ ("Busiest hour"),
  [UTILISATION] = N_ ("Use of a fleet for the peak"),
  [OVERLOAD] = N_ ("Over a fleet for the mean"),
};

/* As in the file; the first stands for weights of one's own. */
static const char *const presets[] = { NULL, "flat", "office", "consumer", "nightly" };
static const char *const preset_names[] = { N_ ("Painted or read"), N_ ("Even all day"),
                                            N_ ("Office hours"), N_ ("Consumers, all week"),
                                            N_ ("At night") };

struct _BeProfileView {
  BeServingView parent_instance;

  /* children */
  GtkWidget *grid, *readout, *preset, *workload, *brush, *tiles[N_TILES], *chart;

  char *names; /* of the workloads that the chooser shows; owned */
  gboolean is_showing;
};

G_DEFINE_FINAL_TYPE (BeProfileView, be_profile_view, BE_TYPE_SERVING_VIEW)

static int
get_serves (BeProfileView *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->workload));

  return selected == GTK_INVALID_LIST_POSITION ? 0 : (int) selected;
}

/* Index of the workload whose profile is shown. */
static int
get_workload (BeProfileView *self)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  const BePlanInput *input = be_serving_view_get_input (view);
  int pool = be_serving_view_get_pool (view), serves = get_serves (self);

  if (input == NULL || pool >= (int) input->n_pools || serves >= (int) input->pools[pool].n_serves)
    return be_serving_view_get_workload (view);
  return input->pools[pool].serves[serves].workload;
}

static char *
get_workload_id (BeProfileView *self)
{
  g_auto (GStrv) ids =
      be_scenario_list_workloads (be_serving_view_get_scenario (BE_SERVING_VIEW (self)));
  int index = get_workload (self);

  return index < (int) g_strv_length (ids) ? g_strdup (ids[index]) : g_strdup ("");
}

/* ---- edits ---- */

static void
set_profile (BeProfileView *self, const double *weights)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  g_autofree char *id = get_workload_id (self);
  g_autoptr (GError) error = NULL;

  if (be_scenario_set_profile (be_serving_view_get_scenario (view), id, weights, &error))
    return;
  be_serving_view_tell (view, error->message);
  be_serving_view_show (view, be_serving_view_get_update (view), be_serving_view_get_pool (view));
}

static void
grid_begin_cb (BeWeekGrid *grid, BeProfileView *self)
{
  be_scenario_begin_gesture (be_serving_view_get_scenario (BE_SERVING_VIEW (self)),
                             _ ("Weekly profile"));
}

static void
grid_changed_cb (BeWeekGrid *grid, BeProfileView *self)
{
  set_profile (self, be_week_grid_get_weights (grid));
}

static void
grid_end_cb (BeWeekGrid *grid, BeProfileView *self)
{
  be_scenario_end_gesture (be_serving_view_get_scenario (BE_SERVING_VIEW (self)));
}

static void
described_cb (BeWeekGrid *grid, GParamSpec *pspec, BeProfileView *self)
{
  gtk_label_set_text (GTK_LABEL (self->readout), be_week_grid_get_description (grid));
}

static void
brush_cb (GtkRange *range, BeProfileView *self)
{
  be_week_grid_set_brush (BE_WEEK_GRID (self->grid), gtk_range_get_value (range) / 100);
}

static void
preset_cb (GtkDropDown *drop_down, GParamSpec *pspec, BeProfileView *self)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  guint selected = gtk_drop_down_get_selected (drop_down);
  g_autofree char *id = NULL, *path = NULL;
  g_autoptr (GError) error = NULL;

  if (self->is_showing || selected == 0 || selected >= G_N_ELEMENTS (presets))
    return;
  id = get_workload_id (self);
  path = be_path_join ("workloads", id, "profile", NULL);
  if (!be_scenario_set_text (be_serving_view_get_scenario (view), path, presets[selected], &error))
    be_serving_view_tell (view, error->message);
}

static void
workload_cb (GtkDropDown *drop_down, GParamSpec *pspec, BeProfileView *self)
{
  BeServingView *view = BE_SERVING_VIEW (self);

  if (!self->is_showing)
    be_serving_view_show (view, be_serving_view_get_update (view), be_serving_view_get_pool (view));
}

/* ---- a file ---- */

void
be_profile_view_read_csv (BeProfileView *self, const char *path)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  g_autofree char *id = get_workload_id (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *words =
      be_report_read_profile (be_serving_view_get_scenario (view), id, path, &error);

  be_serving_view_tell (view, words != NULL ? words : error->message);
}

static void
file_chosen (const char *path, gpointer self)
{
  be_profile_view_read_csv (self, path);
}

static void
read_cb (GtkButton *button, BeProfileView *self)
{
  const BeFileKind kinds[] = { { _ ("Timestamps or hourly counts (CSV)"), "*.csv" },
                               { _ ("All files"), "*" } };
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  be_file_dialog_open (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                       _ ("Read a Week of Traffic"), kinds, 2, file_chosen, self);
}

/* ---- showing ---- */

static void
show_workloads (BeProfileView *self, BeScenario *scenario, const BePool *pool)
{
  g_auto (GStrv) ids = be_scenario_list_workloads (scenario);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  int selected = get_serves (self);

  for (size_t i = 0; i < pool->n_serves; i++) {
    g_autofree char *path = be_path_join ("workloads", ids[pool->serves[i].workload], NULL);
    g_autofree char *name = be_scenario_get_entity_name (scenario, path);
    g_string_append_printf (names, "%s\n", name);
    gtk_string_list_append (model, name);
  }
  if (g_strcmp0 (names->str, self->names) == 0)
    return;
  g_free (self->names);
  self->names = g_strdup (names->str);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->workload), G_LIST_MODEL (model));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->workload),
                              selected < (int) pool->n_serves ? (guint) selected : 0);
  gtk_widget_set_visible (gtk_widget_get_parent (self->workload), pool->n_serves > 1);
  be_accessible_name_drop_down (GTK_DROP_DOWN (self->workload), _ ("Workload"));
}

static void
show_preset (BeProfileView *self, BeScenario *scenario)
{
  g_autofree char *id = get_workload_id (self);
  g_autofree char *path = be_path_join ("workloads", id, "profile", NULL);
  g_autofree char *value = be_scenario_get_text (scenario, path);
  guint selected = 0;

  for (guint i = 1; i < G_N_ELEMENTS (presets); i++)
    if (g_strcmp0 (presets[i], value) == 0)
      selected = i;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->preset), selected);
}

static void
show_tiles (BeProfileView *self, const BeWorkload *workload, const BePoolResult *fleet)
{
  int busiest = 0;

  for (int hour = 1; hour < BE_WEEK_HOURS; hour++)
    if (workload->profile[hour] > workload->profile[busiest])
      busiest = hour;
  g_autofree char *ratio = be_format_number (be_peak_to_average (workload->profile), FALSE);
  g_autofree char *when = be_format_week_hour (busiest, FALSE);
  be_tile_set (self->tiles[RATIO], ratio, NULL);
  be_tile_set (self->tiles[BUSIEST], when, _ ("UTC"));
  if (fleet == NULL || fleet->replicas == 0) {
    be_tile_set (self->tiles[UTILISATION], "–", NULL);
    be_tile_set (self->tiles[OVERLOAD], "–", NULL);
    return;
  }
  g_autofree char *used =
      be_format_value (be_report_estimate (fleet->utilisation), BE_UNIT_SHARE, FALSE);
  int over = be_overload_hours (fleet->load, ceil (fleet->mean_replicas));
  g_autofree char *hours = be_format_number (over, FALSE);
  g_autofree char *of_mean = be_format_number (ceil (fleet->mean_replicas), FALSE);
  /* Translators: hours a week; %s is a number of replicas. */
  g_autofree char *remark = g_strdup_printf (_ ("h a week over %s"), of_mean);
  be_tile_set (self->tiles[UTILISATION], used, NULL);
  be_tile_set (self->tiles[OVERLOAD], hours, remark);
}

static void
show_chart (BeProfileView *self)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  BeChartOptions options;
  GError *error = NULL;

  be_chart_options_init (&options);
  options.pool = be_serving_view_get_pool (view);
  be_chart_card_set_data (
      BE_CHART_CARD (self->chart),
      be_report_chart (be_serving_view_get_scenario (view), BE_KIND_FLEET, &options, &error),
      error);
}

static void
be_profile_view_refresh (BeServingView *view)
{
  BeProfileView *self = BE_PROFILE_VIEW (view);
  BeScenario *scenario = be_serving_view_get_scenario (view);
  const BePlanInput *input = be_serving_view_get_input (view);
  const BePlanResult *result = be_serving_view_get_result (view);
  int pool = be_serving_view_get_pool (view);

  if (input == NULL || pool >= (int) input->n_pools)
    return;
  self->is_showing = TRUE;
  show_workloads (self, scenario, &input->pools[pool]);
  show_preset (self, scenario);
  self->is_showing = FALSE;
  const BeWorkload *workload = &input->workloads[get_workload (self)];
  be_week_grid_set_weights (BE_WEEK_GRID (self->grid), workload->profile);
  described_cb (BE_WEEK_GRID (self->grid), NULL, self);
  show_tiles (self, workload, result != NULL ? &result->self_hosted[pool] : NULL);
  show_chart (self);
}

static BeChartData *
be_profile_view_get_data (BeServingView *view)
{
  return be_chart_card_get_data (BE_CHART_CARD (BE_PROFILE_VIEW (view)->chart));
}

static void
be_profile_view_finalize (GObject *object)
{
  g_free (BE_PROFILE_VIEW (object)->names);
  G_OBJECT_CLASS (be_profile_view_parent_class)->finalize (object);
}

static char *
format_brush (GtkScale *scale, double value, gpointer unused)
{
  return be_format_value (value / 100, BE_UNIT_SHARE, FALSE);
}

static GtkWidget *
build_brush (BeProfileView *self)
{
  self->brush = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 100, 5);
  gtk_range_set_value (GTK_RANGE (self->brush), 100);
  gtk_scale_set_draw_value (GTK_SCALE (self->brush), TRUE);
  gtk_scale_set_value_pos (GTK_SCALE (self->brush), GTK_POS_RIGHT);
  gtk_scale_set_format_value_func (GTK_SCALE (self->brush), format_brush, NULL, NULL);
  gtk_widget_set_size_request (self->brush, 180, -1);
  gtk_widget_add_css_class (self->brush, "be-brush");
  gtk_widget_set_tooltip_text (self->brush, _ ("How busy a painted hour is, in percent of the "
                                               "busiest"));
  be_widget_name_deep (self->brush, _ ("Paint with, in percent of the busiest hour"));
  be_widget_ignore_wheel (self->brush);
  g_signal_connect (self->brush, "value-changed", G_CALLBACK (brush_cb), self);
  return be_line_new (_ ("Paint with"), self->brush);
}

static GtkWidget *
build_presets (BeProfileView *self)
{
  GtkWidget *line, *read = be_widget_button_new (_ ("_Read From CSV…"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (preset_names); i++)
    gtk_string_list_append (names, _ (preset_names[i]));
  self->preset = gtk_drop_down_new (G_LIST_MODEL (names), NULL);
  self->workload = gtk_drop_down_new (NULL, NULL);
  be_accessible_name_drop_down (GTK_DROP_DOWN (self->preset), _ ("Start from"));
  be_accessible_name_drop_down (GTK_DROP_DOWN (self->workload), _ ("Workload"));
  gtk_widget_set_tooltip_text (read, _ ("A column of timestamps, or hours with their counts; a "
                                        "file can be dropped here, too"));
  gtk_widget_set_halign (read, GTK_ALIGN_END);
  g_signal_connect (self->preset, "notify::selected", G_CALLBACK (preset_cb), self);
  g_signal_connect (self->workload, "notify::selected", G_CALLBACK (workload_cb), self);
  g_signal_connect (read, "clicked", G_CALLBACK (read_cb), self);
  line = be_line_new (_ ("Workload"), self->workload);
  gtk_widget_set_visible (line, FALSE);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), be_line_new (_ ("Start from"), self->preset));
  gtk_box_append (GTK_BOX (box), build_brush (self));
  gtk_box_append (GTK_BOX (box), read);
  return box;
}

static GtkWidget *
build_grid (BeProfileView *self)
{
  GtkWidget *card = be_card_new (_ ("A week, hour by hour"));

  self->grid = be_week_grid_new ();
  self->readout = be_widget_words_new (NULL, "dim-label");
  g_signal_connect (self->grid, "gesture-begin", G_CALLBACK (grid_begin_cb), self);
  g_signal_connect (self->grid, "changed", G_CALLBACK (grid_changed_cb), self);
  g_signal_connect (self->grid, "gesture-end", G_CALLBACK (grid_end_cb), self);
  g_signal_connect (self->grid, "notify::description", G_CALLBACK (described_cb), self);
  be_card_append (card, self->grid);
  be_card_append (card, self->readout);
  return card;
}

static void
be_profile_view_build (BeServingView *view)
{
  BeProfileView *self = BE_PROFILE_VIEW (view);
  GtkWidget *columns = be_columns_new (340, 2);
  GtkWidget *tools = be_card_new (_ ("Traffic")), *tiles = be_card_new (_ ("What it asks for"));
  const char *names[N_TILES];

  for (int i = 0; i < N_TILES; i++)
    names[i] = _ (captions[i]);
  self->chart = be_chart_card_new (_ ("Replicas hour by hour"), 220);
  be_card_append (tools, build_presets (self));
  be_card_append (tiles, be_tiles_new (names, N_TILES, self->tiles));
  be_columns_append (BE_COLUMNS (columns), build_grid (self), TRUE);
  be_columns_append (BE_COLUMNS (columns), tools, FALSE);
  be_columns_append (BE_COLUMNS (columns), tiles, FALSE);
  be_columns_append (BE_COLUMNS (columns), self->chart, TRUE);
  gtk_widget_set_parent (be_widget_scrolled_new (columns), GTK_WIDGET (self));
}

static void
be_profile_view_class_init (BeProfileViewClass *klass)
{
  BeServingViewClass *view_class = BE_SERVING_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = be_profile_view_finalize;
  view_class->build = be_profile_view_build;
  view_class->refresh = be_profile_view_refresh;
  view_class->get_data = be_profile_view_get_data;
}

static void
be_profile_view_init (BeProfileView *self)
{
}

GtkWidget *
be_profile_view_new (void)
{
  return g_object_new (BE_TYPE_PROFILE_VIEW, NULL);
}
