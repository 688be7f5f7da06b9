/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart with its tools: scale, reference band, its numbers as a table and its sentence. */
#include "app/page/be-page-chart.h"

#include "app/page/be-page-chart-out.h"
#include "app/page/be-page.h"
#include "be-config.h"
#include "widget/be-chart-view.h"
#include "widget/be-table-view.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _BePageChart {
  GtkWidget parent_instance;

  /* children */
  GtkWidget *toolbar, *logarithmic, *band, *numbers;
  GtkWidget *stack, *chart, *table;
  GtkWidget *sentence;
  GtkWidget *crossings; /* their table; of the crossover's chart alone, else NULL */

  /* borrowed */
  BeUpdate *update; /* weak: the one of the last refresh */

  BeComparison *comparison; /* owned, NULL: none */

  BeKind kind;
  int workload, pool; /* of the kinds that show one */
  gboolean dragging;
  gboolean table_stale;
  double drag_volume;         /* requests/day when the gesture began */
  double held_low, held_high; /* x range while a gesture lasts */
};

enum { SIGNAL_VOLUME_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void be_page_chart_iface_init (BePageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BePageChart, be_page_chart, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (BE_TYPE_PAGE, be_page_chart_iface_init))

static void
refresh_table (BePageChart *self)
{
  BeChartData *data = be_page_chart_get_data (self);

  if (!self->table_stale || data == NULL || !be_page_chart_get_numbers_shown (self))
    return;
  self->table_stale = FALSE;
  be_table_view_set_table (BE_TABLE_VIEW (self->table), be_report_chart_table (data));
}

static void
refresh_again (BePageChart *self)
{
  if (self->update != NULL)
    be_page_chart_refresh (self, self->update);
  be_page_view_changed (BE_PAGE (self));
}

static void
numbers_toggled_cb (GtkToggleButton *button, BePageChart *self)
{
  gboolean shown = gtk_toggle_button_get_active (button);

  gtk_stack_set_visible_child (GTK_STACK (self->stack), shown ? self->table : self->chart);
  gtk_button_set_label (GTK_BUTTON (button), shown ? _ ("Show _Chart") : _ ("Show _Numbers"));
  be_widget_name (GTK_WIDGET (button), shown ? _ ("Show chart") : _ ("Show numbers"));
  refresh_table (self);
  be_page_view_changed (BE_PAGE (self));
}

/* The range of x that the data covers. */
static void
find_x_range (const BeChartData *data, double *low, double *high)
{
  *low = data->x_low;
  *high = data->x_high;
  for (guint i = 0; i < data->series->len; i++) {
    const BeSeries *series = g_ptr_array_index (data->series, i);

    if (series->n == 0)
      continue;
    if (isnan (data->x_low))
      *low = fmin (*low, series->x[0]);
    if (isnan (data->x_high))
      *high = fmax (*high, series->x[series->n - 1]);
  }
}

static void
volume_changed_cb (GtkWidget *chart, double x, gboolean final, BePageChart *self)
{
  BeChartData *data = be_page_chart_get_data (self);

  if (data == NULL || isnan (data->volume_x) || data->volume_x <= 0)
    return;
  if (!self->dragging) {
    self->dragging = TRUE;
    self->drag_volume = data->volume_x;
    find_x_range (data, &self->held_low, &self->held_high);
  }
  if (final)
    self->dragging = FALSE;
  g_signal_emit (self, signals[SIGNAL_VOLUME_CHANGED], 0, x / self->drag_volume, final);
}

/* Where a page has several charts the toolkit would only move the focus from one button to the
 * next: the key is about the chart that has the focus, else about the first. */
static gboolean
numbers_mnemonic_cb (GtkWidget *button, gboolean is_shared, BePageChart *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (button));
  GtkWidget *chart = focus != NULL ? gtk_widget_get_ancestor (focus, BE_TYPE_PAGE_CHART) : NULL;
  /* GTK 4.18 leaves the focus on a page that is hidden. */
  gboolean is_other = is_shared && chart != NULL && gtk_widget_get_mapped (chart);
  BePageChart *meant = is_other ? BE_PAGE_CHART (chart) : self;

  gtk_widget_grab_focus (meant->numbers);
  be_page_chart_set_numbers_shown (meant, !be_page_chart_get_numbers_shown (meant));
  return TRUE;
}

static GtkWidget *
make_toggle (BePageChart *self, const char *label, gboolean active, GCallback callback)
{
  GtkWidget *toggle = gtk_toggle_button_new_with_mnemonic (label);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), active);
  g_signal_connect_swapped (toggle, "toggled", callback, self);
  gtk_box_append (GTK_BOX (self->toolbar), toggle);
  return toggle;
}

/* The visible label is short, so that three of them fit a phone. */
static void
name_toggle (GtkWidget *toggle, const char *name, const char *tooltip)
{
  be_widget_name (toggle, name);
  gtk_widget_set_tooltip_text (toggle, tooltip);
}

static void
build_toolbar (BePageChart *self)
{
  gboolean is_curve = self->kind == BE_KIND_COSTS || self->kind == BE_KIND_CROSSOVER
                      || self->kind == BE_KIND_CACHING || self->kind == BE_KIND_LATENCY
                      || self->kind == BE_KIND_FINE_TUNED || self->kind == BE_KIND_THROUGHPUT
                      || self->kind == BE_KIND_GPUS;
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  if (is_curve)
    self->logarithmic =
        make_toggle (self, _ ("_Log"), self->kind != BE_KIND_COSTS, G_CALLBACK (refresh_again));
  if (is_curve)
    name_toggle (self->logarithmic, _ ("Logarithmic scale"),
                 _ ("Logarithmic axes: equal steps are equal factors"));
  if (self->kind == BE_KIND_CROSSOVER) {
    self->band = make_toggle (self, _ ("_Band"), FALSE, G_CALLBACK (refresh_again));
    name_toggle (
        self->band, _ ("Reference band"),
        _ ("Marks $30,000 to $100,000 a month, where published reports place the change to "
           "self-hosting"));
  }
  gtk_widget_set_hexpand (space, TRUE);
  gtk_box_append (GTK_BOX (self->toolbar), space);
  self->numbers = gtk_toggle_button_new_with_mnemonic (_ ("Show _Numbers"));
  be_widget_name (self->numbers, _ ("Show numbers"));
  g_signal_connect (self->numbers, "toggled", G_CALLBACK (numbers_toggled_cb), self);
  g_signal_connect (self->numbers, "mnemonic-activate", G_CALLBACK (numbers_mnemonic_cb), self);
  gtk_box_append (GTK_BOX (self->toolbar), self->numbers);
}

static GtkWidget *
make_line (BePageChart *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
build_crossings (BePageChart *self)
{
  self->crossings = be_table_view_new ();
  gtk_widget_set_size_request (self->crossings, -1,
                               (int) (112 * be_widget_get_text_scale (GTK_WIDGET (self))));
  gtk_widget_set_vexpand (self->crossings, FALSE);
  gtk_widget_set_visible (self->crossings, FALSE);
  be_widget_name_deep (self->crossings, _ ("Crossings"));
  gtk_widget_set_parent (self->crossings, GTK_WIDGET (self));
}

static void
build (BePageChart *self)
{
  self->toolbar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_parent (self->toolbar, GTK_WIDGET (self));
  build_toolbar (self);

  self->stack = gtk_stack_new ();
  self->chart = be_chart_view_new ();
  self->table = be_table_view_new ();
  be_chart_view_set_format (BE_CHART_VIEW (self->chart), be_format_chart, NULL);
  be_page_chart_add_ways_out (BE_CHART_VIEW (self->chart));
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_widget_set_hexpand (self->stack, TRUE);
  gtk_stack_add_child (GTK_STACK (self->stack), self->chart);
  gtk_stack_add_child (GTK_STACK (self->stack), self->table);
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  g_signal_connect (self->chart, "volume-changed", G_CALLBACK (volume_changed_cb), self);

  self->sentence = make_line (self);
  gtk_widget_add_css_class (self->sentence, "dim-label");
  if (self->kind == BE_KIND_CROSSOVER)
    build_crossings (self);
}

static void
be_page_chart_dispose (GObject *object)
{
  BePageChart *self = BE_PAGE_CHART (object);
  GtkWidget *child;

  g_clear_weak_pointer (&self->update);
  g_clear_pointer (&self->comparison, be_comparison_unref);
  if (self->chart != NULL)
    g_signal_handlers_disconnect_by_data (self->chart, self);
  self->chart = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (be_page_chart_parent_class)->dispose (object);
}

static void
be_page_chart_class_init (BePageChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = be_page_chart_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_VOLUME_CHANGED] =
      g_signal_new ("volume-changed", BE_TYPE_PAGE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_BOOLEAN);
}

static void
be_page_chart_init (BePageChart *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
}

GtkWidget *
be_page_chart_new (BeKind kind)
{
  static const char *const names[BE_N_KINDS] = {
    [BE_KIND_COSTS] = N_ ("Costs chart"),
    [BE_KIND_CROSSOVER] = N_ ("Crossover chart"),
    [BE_KIND_BREAKDOWN] = N_ ("Savings chart"),
    [BE_KIND_BILL] = N_ ("Plans chart"),
    [BE_KIND_OFFERS] = N_ ("Offers chart"),
    [BE_KIND_CACHING] = N_ ("Caching chart"),
    [BE_KIND_LIMITS] = N_ ("Limits chart"),
    [BE_KIND_LATENCY] = N_ ("Latency chart"),
    [BE_KIND_FINE_TUNED] = N_ ("Fine-tuning chart"),
    [BE_KIND_STEP] = N_ ("Step time chart"),
    [BE_KIND_THROUGHPUT] = N_ ("Throughput chart"),
    [BE_KIND_GPUS] = N_ ("GPUs chart"),
    [BE_KIND_PRECISIONS] = N_ ("Precisions chart"),
    [BE_KIND_REPLICAS] = N_ ("Hybrid base chart"),
    [BE_KIND_WEEK] = N_ ("Week chart"),
    [BE_KIND_MEMORY] = N_ ("Memory chart"),
    [BE_KIND_FLEET] = N_ ("Fleet chart"),
    [BE_KIND_BRIDGE] = N_ ("Bridge chart"),
  };
  BePageChart *self = g_object_new (BE_TYPE_PAGE_CHART, NULL);

  self->kind = kind;
  build (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (names[kind]), -1);
  return GTK_WIDGET (self);
}

static void
fill_options (BePageChart *self, BeChartOptions *options)
{
  be_chart_options_init (options);
  options->workload = self->workload;
  options->pool = self->pool;
  options->comparison = self->comparison;
  if (self->logarithmic != NULL) {
    BeScaleKind scale = be_page_chart_get_logarithmic (self) ? BE_SCALE_LOG : BE_SCALE_LINEAR;

    options->x_scale = scale;
    options->y_scale = scale;
  }
  options->reference_band = be_page_chart_get_band_shown (self);
  if (self->dragging) {
    options->from = self->held_low;
    options->to = self->held_high;
  }
}

void
be_page_chart_set_workload (BePageChart *self, int workload)
{
  g_return_if_fail (BE_IS_PAGE_CHART (self));

  self->workload = workload;
}

void
be_page_chart_set_chart_height (BePageChart *self, int height)
{
  g_return_if_fail (BE_IS_PAGE_CHART (self));

  be_chart_view_set_minimum_height (BE_CHART_VIEW (self->chart), height);
}

void
be_page_chart_set_pool (BePageChart *self, int pool)
{
  g_return_if_fail (BE_IS_PAGE_CHART (self));

  self->pool = pool;
}

void
be_page_chart_set_comparison (BePageChart *self, BeComparison *comparison)
{
  g_return_if_fail (BE_IS_PAGE_CHART (self));

  g_clear_pointer (&self->comparison, be_comparison_unref);
  self->comparison = comparison != NULL ? be_comparison_ref (comparison) : NULL;
}

double
be_page_chart_refresh (BePageChart *self, BeUpdate *update)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  BeChartOptions options;
  BeChartData *data;

  g_return_val_if_fail (BE_IS_PAGE_CHART (self), 0);

  g_set_weak_pointer (&self->update, update);
  fill_options (self, &options);
  data = be_report_chart (be_update_get_scenario (update), self->kind, &options, &error);
  if (data == NULL) {
    data = be_chart_data_new (BE_CHART_XY);
    data->empty_text = g_strdup (error->message);
  }
  if (self->kind != BE_KIND_CROSSOVER)
    gtk_label_set_text (GTK_LABEL (self->sentence), data->summary != NULL ? data->summary : "");
  be_chart_view_set_data (BE_CHART_VIEW (self->chart), data);
  self->table_stale = TRUE;
  refresh_table (self);
  be_page_chart_show_crossover (self, update);
  return (double) (g_get_monotonic_time () - begin) / 1000.0;
}

void
be_page_chart_show_crossover (BePageChart *self, BeUpdate *update)
{
  const BeCrossover *crossover = be_update_get_crossover (update, NULL);
  g_autofree char *sentence = NULL;

  if (self->kind != BE_KIND_CROSSOVER)
    return;
  sentence = crossover != NULL ? be_crossover_sentence (crossover) : NULL;
  gtk_label_set_text (GTK_LABEL (self->sentence), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->crossings, crossover != NULL && crossover->crossings->len > 0);
  be_table_view_set_table (BE_TABLE_VIEW (self->crossings),
                           crossover != NULL ? be_report_crossings_table (crossover) : NULL);
}

BeChartData *
be_page_chart_get_data (BePageChart *self)
{
  return be_chart_view_get_data (BE_CHART_VIEW (self->chart));
}

double
be_page_chart_get_draw_ms (BePageChart *self)
{
  return be_chart_view_get_last_work_ms (BE_CHART_VIEW (self->chart));
}

const char *
be_page_chart_get_sentence (BePageChart *self)
{
  return gtk_label_get_text (GTK_LABEL (self->sentence));
}

gboolean
be_page_chart_get_logarithmic (BePageChart *self)
{
  return self->logarithmic != NULL
         && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->logarithmic));
}

void
be_page_chart_set_logarithmic (BePageChart *self, gboolean logarithmic)
{
  if (self->logarithmic != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->logarithmic), logarithmic);
}

gboolean
be_page_chart_get_band_shown (BePageChart *self)
{
  return self->band != NULL && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->band));
}

void
be_page_chart_set_band_shown (BePageChart *self, gboolean shown)
{
  if (self->band != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->band), shown);
}

void
be_page_chart_set_numbers_shown (BePageChart *self, gboolean shown)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->numbers), shown);
}

gboolean
be_page_chart_get_numbers_shown (BePageChart *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->numbers));
}

static void
page_refresh (BePage *page, BeUpdate *update)
{
  be_page_chart_refresh (BE_PAGE_CHART (page), update);
}

static BeChartData *
page_get_data (BePage *page)
{
  return be_page_chart_get_data (BE_PAGE_CHART (page));
}

static BePageChart *
page_get_chart (BePage *page)
{
  return BE_PAGE_CHART (page);
}

static void
be_page_chart_iface_init (BePageInterface *iface)
{
  iface->refresh = page_refresh;
  iface->get_data = page_get_data;
  iface->get_chart = page_get_chart;
}
