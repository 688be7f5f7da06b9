/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Serving page: what a pool's GPUs do for its workload, and which others would do. */
#include "app/page/be-page-serving.h"

#include "app/be-accessible.h"
#include "be-config.h"
#include "widget/be-widget.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define SHOWN_CHOICES 24
#define SETTLE_MS 120

static const struct {
  BeKind kind;
  const char *title;
} views[] = {
  { BE_KIND_STEP, N_ ("Step time") },       { BE_KIND_THROUGHPUT, N_ ("Throughput") },
  { BE_KIND_GPUS, N_ ("GPUs compared") },   { BE_KIND_PRECISIONS, N_ ("Precisions") },
  { BE_KIND_REPLICAS, N_ ("Hybrid base") }, { BE_KIND_WEEK, N_ ("Week") },
};
enum { N_VIEWS = G_N_ELEMENTS (views), GPUS_VIEW = 2 };

/* One way to run the pool; the widgets are used again. */
typedef struct {
  GtkWidget *row, *name, *words, *cost;
  BeServingChoice choice; /* shown */
} Row;

struct _BePageServing {
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box, *view, *chooser, *stack, *cheapest, *list;
  GtkWidget *charts[N_VIEWS];

  /* borrowed */
  BeUpdate *update; /* weak */

  /* owned */
  Row rows[SHOWN_CHOICES];
  BeServingChoice best; /* cheapest that meets the target; gpu NULL: none */
  char *pools;          /* names that the chooser shows */
  guint settle_source;
  gboolean is_selecting;
};

static void be_page_serving_iface_init (BePageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BePageServing, be_page_serving, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (BE_TYPE_PAGE, be_page_serving_iface_init))

static guint message_signal;

static void show_view (BePageServing *self);

static int
get_pool (BePageServing *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser));

  return selected == GTK_INVALID_LIST_POSITION ? 0 : (int) selected;
}

/* The pool runs as this choice says, in one step of undo. */
static void
apply (BePageServing *self, const BeServingChoice *choice)
{
  static const char *const weight_ids[] = {
    [BE_WEIGHTS_FP16] = "fp16",     [BE_WEIGHTS_FP8] = "fp8",     [BE_WEIGHTS_INT8] = "int8",
    [BE_WEIGHTS_FP4] = "fp4",       [BE_WEIGHTS_MXFP4] = "mxfp4", [BE_WEIGHTS_INT4] = "int4",
    [BE_WEIGHTS_Q4_K_M] = "q4_k_m",
  };
  BeScenario *scenario = be_update_get_scenario (self->update);
  g_auto (GStrv) pools = be_scenario_list_pools (scenario);
  g_autofree char *path = be_path_join ("pools", pools[get_pool (self)], NULL);
  gboolean small_cache = choice->weights != BE_WEIGHTS_FP16 && choice->gpu->gpu.fp8_tflops > 0;
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *rent = be_json_format_double (choice->gpu_hour_usd);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (sets, g_strdup_printf ("%s/gpu=%s", path, choice->gpu->key));
  g_ptr_array_add (sets, g_strdup_printf ("%s/weights=%s", path, weight_ids[choice->weights]));
  g_ptr_array_add (sets, g_strdup_printf ("%s/kvCache=%s", path, small_cache ? "fp8" : "fp16"));
  g_ptr_array_add (sets, g_strdup_printf ("%s/gpusPerReplica=%d", path, choice->gpus_per_replica));
  g_ptr_array_add (sets, g_strdup_printf ("%s/pipelineStages=1", path));
  g_ptr_array_add (sets, g_strdup_printf ("%s/attentionDataParallel=1", path));
  g_ptr_array_add (sets, g_strdup_printf ("%s/throughput/source=model", path));
  g_ptr_array_add (sets, g_strdup_printf ("%s/rent/kind=on-demand", path));
  g_ptr_array_add (sets, g_strdup_printf ("%s/rent/gpuHour=%s", path, rent));
  g_ptr_array_add (sets, NULL);
  if (!be_scenario_assign (scenario, (const char *const *) sets->pdata, &error))
    g_signal_emit (self, message_signal, 0, error->message);
}

static void
apply_cb (GtkButton *button, BePageServing *self)
{
  GtkWidget *widget = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);

  for (guint i = 0; i < SHOWN_CHOICES && self->update != NULL; i++)
    if (self->rows[i].row == widget)
      apply (self, &self->rows[i].choice);
}

static void
cheapest_cb (GtkButton *button, BePageServing *self)
{
  if (self->best.gpu != NULL && self->update != NULL)
    apply (self, &self->best);
}

static GtkWidget *
make_label (const char *css_class, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
make_row (BePageServing *self, Row *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *button = be_widget_button_new (_ ("Use"));

  row->name = make_label ("heading", 0);
  row->words = make_label ("dim-label", 0);
  row->cost = make_label ("numeric", 1);
  gtk_label_set_wrap (GTK_LABEL (row->cost), FALSE);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", G_CALLBACK (apply_cb), self);
  gtk_box_append (GTK_BOX (texts), row->name);
  gtk_box_append (GTK_BOX (texts), row->words);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), row->cost);
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  row->row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row->row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row->row), FALSE);
  gtk_widget_set_visible (row->row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row->row);
}

static void
fill_row (Row *row, const BeServingChoice *choice)
{
  g_autofree char *name = be_serving_choice_name (choice);
  g_autofree char *speed =
      be_format_value (choice->output_tokens_per_second, BE_UNIT_TOKENS_PER_SECOND, FALSE);
  g_autofree char *tpot = be_format_value (choice->tpot_s * 1000, BE_UNIT_MILLISECONDS, FALSE);
  g_autofree char *price = be_format_value (choice->usd_per_mtok, BE_UNIT_USD_PER_MTOK, FALSE);
  g_autofree char *rent = be_format_value (choice->gpu_hour_usd, BE_UNIT_USD_PER_HOUR, FALSE);
  g_autofree char *cost = be_format_value (choice->per_month_usd, BE_UNIT_USD_PER_MONTH, FALSE);
  g_autofree char *words = g_strdup_printf (
      ngettext ("%d replica · %s · %s a token · %s · GPU %s%s",
                "%d replicas · %s · %s a token · %s · GPU %s%s", (gulong) choice->replicas),
      choice->replicas, speed, tpot, price, rent,
      choice->meets_target ? "" : _ (" · misses the latency target"));
  g_autofree char *label = g_strdup_printf ("%s, %s, %s", name, cost, words);

  row->choice = *choice;
  gtk_label_set_text (GTK_LABEL (row->name), name);
  gtk_label_set_text (GTK_LABEL (row->words), words);
  gtk_label_set_text (GTK_LABEL (row->cost), cost);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->row), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_visible (row->row, TRUE);
}

static void
fill_list (BePageServing *self)
{
  BeScenario *scenario = be_update_get_scenario (self->update);
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);
  g_autoptr (GArray) choices =
      input != NULL
          ? be_study_gpus (input, be_scenario_get_catalog (scenario), get_pool (self), NULL)
          : NULL;
  guint n = choices != NULL ? MIN (choices->len, SHOWN_CHOICES) : 0;

  self->best.gpu = NULL;
  for (guint i = 0; choices != NULL && i < choices->len && self->best.gpu == NULL; i++) {
    const BeServingChoice *choice = &g_array_index (choices, BeServingChoice, i);
    if (choice->meets_target && !isnan (choice->per_month_usd))
      self->best = *choice;
  }
  for (guint i = 0; i < SHOWN_CHOICES; i++) {
    if (i < n)
      fill_row (&self->rows[i], &g_array_index (choices, BeServingChoice, i));
    else
      gtk_widget_set_visible (self->rows[i].row, FALSE);
  }
  gtk_widget_set_sensitive (self->cheapest, self->best.gpu != NULL);
}

static void
fill_chooser (BePageServing *self, BeScenario *scenario)
{
  g_auto (GStrv) pools = be_scenario_list_pools (scenario);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  int selected = get_pool (self);
  int n = 0;

  for (; pools[n] != NULL; n++) {
    g_autofree char *path = be_path_join ("pools", pools[n], NULL);
    g_autofree char *name = be_scenario_get_entity_name (scenario, path);
    g_string_append_printf (names, "%s\n", name);
    gtk_string_list_append (model, name);
  }
  if (g_strcmp0 (names->str, self->pools) == 0)
    return;
  g_free (self->pools);
  self->pools = g_strdup (names->str);
  self->is_selecting = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->chooser), G_LIST_MODEL (model));
  if (selected < n)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), (guint) selected);
  self->is_selecting = FALSE;
  gtk_widget_set_visible (self->chooser, n > 1);
  be_accessible_name_drop_down (GTK_DROP_DOWN (self->chooser), _ ("Pool"));
  be_accessible_hush (self->chooser);
}

static guint
get_view (BePageServing *self)
{
  guint view = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->view));

  return view < N_VIEWS ? view : 0;
}

static void
show_view (BePageServing *self)
{
  guint view = get_view (self);

  if (self->update == NULL)
    return;
  fill_chooser (self, be_update_get_scenario (self->update));
  be_page_chart_set_pool (BE_PAGE_CHART (self->charts[view]), get_pool (self));
  be_page_chart_refresh (BE_PAGE_CHART (self->charts[view]), self->update);
  if (view == GPUS_VIEW)
    fill_list (self);
}

static void
view_selected_cb (GtkDropDown *chooser, GParamSpec *pspec, BePageServing *self)
{
  guint view = get_view (self);

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), be_kind_id (views[view].kind));
  gtk_widget_set_visible (self->cheapest, view == GPUS_VIEW);
  show_view (self);
}

static void
pool_selected_cb (GtkDropDown *chooser, GParamSpec *pspec, BePageServing *self)
{
  if (!self->is_selecting)
    show_view (self);
}

static void
be_page_serving_dispose (GObject *object)
{
  BePageServing *self = BE_PAGE_SERVING (object);

  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_clear_weak_pointer (&self->update);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->pools, g_free);
  G_OBJECT_CLASS (be_page_serving_parent_class)->dispose (object);
}

static void
be_page_serving_class_init (BePageServingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_page_serving_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  message_signal = g_signal_new ("message", BE_TYPE_PAGE_SERVING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
build_toolbar (BePageServing *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkStringList *titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < N_VIEWS; i++)
    gtk_string_list_append (titles, _ (views[i].title));
  self->view = gtk_drop_down_new (G_LIST_MODEL (titles), NULL);
  self->chooser = gtk_drop_down_new (NULL, NULL);
  self->cheapest = be_widget_button_new (_ ("Use the _Cheapest"));
  be_accessible_name_drop_down (GTK_DROP_DOWN (self->view), _ ("What is shown"));
  be_accessible_name_drop_down (GTK_DROP_DOWN (self->chooser), _ ("Pool"));
  gtk_widget_set_tooltip_text (self->cheapest,
                               _ ("Takes the cheapest GPU, precision and width that meets the "
                                  "latency target"));
  gtk_widget_set_visible (self->cheapest, FALSE);
  gtk_widget_set_visible (self->chooser, FALSE);
  g_signal_connect (self->view, "notify::selected", G_CALLBACK (view_selected_cb), self);
  g_signal_connect (self->chooser, "notify::selected", G_CALLBACK (pool_selected_cb), self);
  g_signal_connect (self->cheapest, "clicked", G_CALLBACK (cheapest_cb), self);
  gtk_box_append (GTK_BOX (box), self->view);
  gtk_box_append (GTK_BOX (box), self->chooser);
  gtk_box_append (GTK_BOX (box), self->cheapest);
  return box;
}

/* The comparison: its chart, and below it the choices, each with a button. */
static GtkWidget *
build_comparison (BePageServing *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Ways to run the pool"), -1);
  for (guint i = 0; i < SHOWN_CHOICES; i++)
    make_row (self, &self->rows[i]);
  gtk_widget_set_size_request (self->charts[GPUS_VIEW], -1, 420);
  gtk_box_append (GTK_BOX (box), self->charts[GPUS_VIEW]);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), box);
  return scroll;
}

static void
be_page_serving_init (BePageServing *self)
{
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  for (guint i = 0; i < N_VIEWS; i++) {
    self->charts[i] = be_page_chart_new (views[i].kind);
    gtk_stack_add_named (GTK_STACK (self->stack),
                         i == GPUS_VIEW ? build_comparison (self) : self->charts[i],
                         be_kind_id (views[i].kind));
  }
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_margin_start (self->box, 12);
  gtk_widget_set_margin_end (self->box, 12);
  gtk_widget_set_margin_bottom (self->box, 12);
  gtk_box_append (GTK_BOX (self->box), build_toolbar (self));
  gtk_box_append (GTK_BOX (self->box), self->stack);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Serving"), -1);
}

GtkWidget *
be_page_serving_new (void)
{
  return g_object_new (BE_TYPE_PAGE_SERVING, NULL);
}

static gboolean
settled_cb (gpointer data)
{
  BePageServing *self = data;

  self->settle_source = 0;
  show_view (self);
  return G_SOURCE_REMOVE;
}

/* Hundreds of plans are too much for every frame of a slider's way: they wait for its end. */
static void
page_refresh (BePage *page, BeUpdate *update)
{
  BePageServing *self = BE_PAGE_SERVING (page);
  guint view = get_view (self);

  g_set_weak_pointer (&self->update, update);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  if (views[view].kind == BE_KIND_GPUS || views[view].kind == BE_KIND_PRECISIONS)
    self->settle_source = g_timeout_add (SETTLE_MS, settled_cb, self);
  else
    show_view (self);
}

static BeChartData *
page_get_data (BePage *page)
{
  BePageServing *self = BE_PAGE_SERVING (page);

  return be_page_chart_get_data (BE_PAGE_CHART (self->charts[get_view (self)]));
}

static void
be_page_serving_iface_init (BePageInterface *iface)
{
  iface->refresh = page_refresh;
  iface->get_data = page_get_data;
}
