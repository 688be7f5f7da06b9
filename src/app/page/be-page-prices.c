/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Prices page: what a workload would cost on each offer, and what is known of each. */
#include "app/page/be-page-prices.h"

#include "app/be-accessible.h"
#include "app/dialog/be-offer-window.h"
#include "app/input/be-bound-rows.h"
#include "app/offer/be-latency-view.h"
#include "app/offer/be-offer-list.h"
#include "app/offer/be-offer-search.h"
#include "app/page/be-empty-page.h"
#include "app/page/be-page-chart-out.h"
#include "be-config.h"
#include "widget/be-chart-view.h"
#include "widget/be-widget.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* What is shown beside the offers. */
static const struct {
  BeKind kind;
  const char *title;
} views[] = {
  { BE_KIND_OFFERS, N_ ("Offers") },          { BE_KIND_CACHING, N_ ("Caching") },
  { BE_KIND_LIMITS, N_ ("Rate limits") },     { BE_KIND_LATENCY, N_ ("Latency") },
  { BE_KIND_FINE_TUNED, N_ ("Fine-tuning") },
};
enum { N_VIEWS = G_N_ELEMENTS (views) };

/* More offers than this are ranked piece by piece. */
#define RANKED_AT_ONCE 1000
#define PIECE 200
#define SHOWN_BARS 12

struct _BePagePrices {
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box, *view, *space, *stack, *search, *chooser, *chart, *sentence, *list;
  GtkWidget *charts[N_VIEWS]; /* BePageChart; none for the offers */
  GtkWidget *empty[N_VIEWS];  /* what stands there while a chart has nothing to show, or NULL */
  GtkWidget *knobs;           /* the inputs of caching */
  GtkWidget *latency;         /* the view around the chart of that kind */

  /* borrowed */
  BeUpdate *update; /* weak */

  /* owned */
  BeOfferRanking *ranking;
  char *workloads; /* names that the chooser shows */
  guint ranking_source;
  gboolean is_selecting;
  gboolean is_listing; /* the list says that nothing matches; the chart need not */
};

static void be_page_prices_iface_init (BePageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BePagePrices, be_page_prices, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (BE_TYPE_PAGE, be_page_prices_iface_init))

static guint message_signal, volume_signal;

static int
get_workload (BePagePrices *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser));

  return selected == GTK_INVALID_LIST_POSITION ? 0 : (int) selected;
}

static void
open_offer (BePagePrices *self, const char *key)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *window = be_offer_window_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                           be_update_get_scenario (self->update), key);

  /* It is not modal: it goes with the document. */
  g_signal_connect_object (self->update, "stopped", G_CALLBACK (gtk_window_destroy), window,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

/* A row of the list was activated. */
static void
open_offer_cb (BeOfferList *list, const char *key, BePagePrices *self)
{
  if (self->update != NULL)
    open_offer (self, key);
}

static void
refused_cb (gpointer page, GError *error)
{
  g_signal_emit (page, message_signal, 0, error->message);
}

/* Id of the workload that is shown; NULL when there is none. Caller frees. */
static char *
get_workload_id (BePagePrices *self)
{
  g_auto (GStrv) ids = be_scenario_list_workloads (be_update_get_scenario (self->update));
  int workload = get_workload (self);

  return workload < (int) g_strv_length (ids) ? g_strdup (ids[workload]) : NULL;
}

/* ---- views without anything to show ---- */

/* Its rates and its training are the user's to enter: its window opens at once. */
static void
add_fine_tuned_cb (GtkButton *button, BePagePrices *self)
{
  g_autofree char *workload = self->update != NULL ? get_workload_id (self) : NULL;
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;

  if (workload == NULL)
    return;
  key = be_scenario_add_fine_tuned (be_update_get_scenario (self->update), workload, &error);
  if (key == NULL)
    refused_cb (self, error);
  else
    open_offer (self, key);
}

static void
enter_limits_cb (GtkButton *button, BePagePrices *self)
{
  g_autofree char *workload = self->update != NULL ? get_workload_id (self) : NULL;
  g_auto (GStrv) routes = NULL;

  if (workload == NULL)
    return;
  routes = be_scenario_list_routes (be_update_get_scenario (self->update), workload);
  if (routes[0] != NULL)
    open_offer (self, routes[0]);
}

static void
make_empty_pages (BePagePrices *self)
{
  for (guint i = 0; i < N_VIEWS; i++) {
    if (views[i].kind == BE_KIND_LIMITS)
      self->empty[i] = be_empty_page_new (
          "document-open-recent-symbolic", _ ("No Rate Limit Is Known"),
          _ ("Enter the requests or tokens a minute of an offer. This view then holds the busiest "
             "hour against them, and says what is turned away."),
          _ ("_Enter Limits"), G_CALLBACK (enter_limits_cb), self);
    else if (views[i].kind == BE_KIND_FINE_TUNED)
      self->empty[i] = be_empty_page_new (
          "applications-science-symbolic", _ ("No Fine-Tuned Model Yet"),
          _ ("Add a smaller model that was trained for this work, and keep a larger one to "
             "compare. "
             "This view then shows from which volume its training and hosting pay."),
          _ ("Add a _Fine-Tuned Route"), G_CALLBACK (add_fine_tuned_cb), self);
  }
}

/* Whether the workload has a route whose offer can be edited. */
static gboolean
has_route (BePagePrices *self)
{
  BeScenario *scenario = be_update_get_scenario (self->update);
  g_autofree char *workload = get_workload_id (self);
  g_auto (GStrv) routes = workload != NULL ? be_scenario_list_routes (scenario, workload) : NULL;

  return routes != NULL && routes[0] != NULL && !be_scenario_is_read_only (scenario);
}

/* The chart, or what stands there instead while it has nothing to show. */
static void
show_or_explain (BePagePrices *self, guint view)
{
  BeChartData *data;
  gboolean is_empty;

  if (self->empty[view] == NULL)
    return;
  data = be_page_chart_get_data (BE_PAGE_CHART (self->charts[view]));
  is_empty = data != NULL && data->series->len == 0 && data->bars->len == 0
             && be_update_get_result (self->update) != NULL;
  if (is_empty)
    gtk_widget_set_sensitive (adw_status_page_get_child (ADW_STATUS_PAGE (self->empty[view])),
                              has_route (self));
  gtk_widget_set_visible (self->empty[view], is_empty);
  gtk_widget_set_visible (self->charts[view], !is_empty);
}

static void
message_cb (GtkWidget *sender, const char *text, BePagePrices *self)
{
  g_signal_emit (self, message_signal, 0, text);
}

/* ---- the page ---- */

static void
fill_chooser (BePagePrices *self, BeScenario *scenario)
{
  g_auto (GStrv) workloads = be_scenario_list_workloads (scenario);
  GString *names = g_string_new (NULL);
  int selected = get_workload (self);

  for (int i = 0; workloads[i] != NULL; i++) {
    g_autofree char *path = be_path_join ("workloads", workloads[i], NULL);
    g_autofree char *name = be_scenario_get_entity_name (scenario, path);
    g_string_append_printf (names, "%s\n", name);
  }
  if (g_strcmp0 (names->str, self->workloads) != 0) {
    g_autofree char *text = g_strndup (names->str, names->len > 0 ? names->len - 1 : 0);
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    GtkStringList *model = gtk_string_list_new ((const char *const *) lines);

    self->is_selecting = TRUE;
    gtk_drop_down_set_model (GTK_DROP_DOWN (self->chooser), G_LIST_MODEL (model));
    if (selected < (int) g_strv_length (lines))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), (guint) selected);
    self->is_selecting = FALSE;
    gtk_widget_set_visible (self->chooser, g_strv_length (lines) > 1);
    be_accessible_name_drop_down (GTK_DROP_DOWN (self->chooser), _ ("Workload"));
    be_accessible_hush (self->chooser);
    g_object_unref (model);
    g_free (self->workloads);
    self->workloads = g_strdup (names->str);
  }
  g_string_free (names, TRUE);
}

static void
show_chart (BePagePrices *self, BeChartData *data)
{
  guint n_bars = MAX (data->bars->len, 1);

  gtk_label_set_text (GTK_LABEL (self->sentence), data->summary != NULL ? data->summary : "");
  be_chart_view_set_minimum_height (BE_CHART_VIEW (self->chart), (int) (48 + 26 * n_bars));
  gtk_widget_set_visible (self->chart, data->bars->len > 0 || !self->is_listing);
  gtk_widget_set_visible (self->sentence, data->bars->len > 0);
  be_chart_view_set_data (BE_CHART_VIEW (self->chart), data);
}

static void
show_error (BePagePrices *self, const GError *error)
{
  BeChartData *data = be_chart_data_new (BE_CHART_ROWS);

  self->is_listing = FALSE;
  data->empty_text = g_strdup (error != NULL ? error->message : _ ("No plan can be priced yet"));
  show_chart (self, data);
}

static void
show_ranking (BePagePrices *self)
{
  BeScenario *scenario = be_update_get_scenario (self->update);
  const BePlanResult *result = be_update_get_result (self->update);
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);
  BeOfferFilter filter;
  g_auto (GStrv) providers = be_offer_ranking_list_providers (self->ranking);
  g_autoptr (GPtrArray) offers = NULL;
  double today = result != NULL && input != NULL
                     ? be_report_workload_usd (input, result, get_workload (self))
                     : NAN;

  be_offer_search_set_providers (BE_OFFER_SEARCH (self->search), providers);
  filter = be_offer_search_get_filter (BE_OFFER_SEARCH (self->search));
  offers = be_offer_ranking_filter (self->ranking, &filter);
  self->is_listing = TRUE;
  show_chart (self, be_offer_ranking_chart (offers, SHOWN_BARS, today));
  be_offer_list_show (BE_OFFER_LIST (self->list), scenario, get_workload (self), offers, today);
}

/* Other offers are to be listed, or more of them; while they are ranked that comes by itself. */
static void
listing_changed_cb (GtkWidget *sender, BePagePrices *self)
{
  if (self->update != NULL && self->ranking_source == 0)
    show_ranking (self);
}

/* One piece of a long ranking; it is shown when it is done. */
static gboolean
rank_cb (gpointer data)
{
  BePagePrices *self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = TRUE;

  if (self->update != NULL
      && be_offer_ranking_step (self->ranking, be_update_get_scenario (self->update), PIECE, &done,
                                &error)
      && !done)
    return G_SOURCE_CONTINUE;
  self->ranking_source = 0;
  if (error != NULL)
    show_error (self, error);
  else if (self->update != NULL)
    show_ranking (self);
  return G_SOURCE_REMOVE;
}

static void
show_offers (BePagePrices *self)
{
  guint view = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->view));
  BeScenario *scenario;

  if (self->update == NULL)
    return;
  scenario = be_update_get_scenario (self->update);
  fill_chooser (self, scenario);
  if (view < N_VIEWS && views[view].kind == BE_KIND_LATENCY) {
    be_latency_view_show (BE_LATENCY_VIEW (self->latency), self->update, get_workload (self));
    return;
  }
  if (view > 0 && view < N_VIEWS) {
    be_page_chart_set_workload (BE_PAGE_CHART (self->charts[view]), get_workload (self));
    be_page_chart_refresh (BE_PAGE_CHART (self->charts[view]), self->update);
    show_or_explain (self, view);
    if (views[view].kind == BE_KIND_CACHING) {
      g_autofree char *id = get_workload_id (self);
      be_bound_rows_show (self->knobs, scenario, id);
    }
    return;
  }
  if (be_update_get_result (self->update) == NULL) {
    show_error (self, be_update_get_error (self->update));
    return;
  }
  be_offer_ranking_begin (self->ranking, scenario, get_workload (self));
  if (be_catalog_get_n_offers (be_scenario_get_catalog (scenario)) > RANKED_AT_ONCE) {
    if (self->ranking_source == 0)
      self->ranking_source = g_idle_add (rank_cb, self);
    return;
  }
  while (rank_cb (self) == G_SOURCE_CONTINUE)
    ;
}

static void
view_selected_cb (GtkDropDown *chooser, GParamSpec *pspec, BePagePrices *self)
{
  guint view = gtk_drop_down_get_selected (chooser);

  if (view >= N_VIEWS)
    return;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), be_kind_id (views[view].kind));
  gtk_widget_set_visible (self->search, view == 0);
  gtk_widget_set_visible (self->space, view != 0);
  show_offers (self);
  be_page_view_changed (BE_PAGE (self));
}

static void
volume_changed_cb (BePageChart *chart, double factor, gboolean final, BePagePrices *self)
{
  g_signal_emit (self, volume_signal, 0, factor, final);
}

static void
workload_selected_cb (GtkDropDown *chooser, GParamSpec *pspec, BePagePrices *self)
{
  if (!self->is_selecting)
    show_offers (self);
}

static void
be_page_prices_dispose (GObject *object)
{
  BePagePrices *self = BE_PAGE_PRICES (object);

  g_clear_handle_id (&self->ranking_source, g_source_remove);
  g_clear_weak_pointer (&self->update);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (be_page_prices_parent_class)->dispose (object);
}

static void
be_page_prices_finalize (GObject *object)
{
  BePagePrices *self = BE_PAGE_PRICES (object);

  g_clear_pointer (&self->ranking, be_offer_ranking_free);
  g_free (self->workloads);
  G_OBJECT_CLASS (be_page_prices_parent_class)->finalize (object);
}

static void
be_page_prices_class_init (BePagePricesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_page_prices_dispose;
  G_OBJECT_CLASS (klass)->finalize = be_page_prices_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  message_signal = g_signal_new ("message", BE_TYPE_PAGE_PRICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  volume_signal = g_signal_new ("volume-changed", BE_TYPE_PAGE_PRICES, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_BOOLEAN);
}

static GtkWidget *
build_toolbar (BePagePrices *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *import = be_widget_button_new (_ ("_Import…"));

  GtkStringList *titles = gtk_string_list_new (NULL);

  self->space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_visible (self->space, FALSE);
  for (guint i = 0; i < N_VIEWS; i++)
    gtk_string_list_append (titles, _ (views[i].title));
  self->view = gtk_drop_down_new (G_LIST_MODEL (titles), NULL);
  be_accessible_name_drop_down (GTK_DROP_DOWN (self->view), _ ("What is shown"));
  g_signal_connect (self->view, "notify::selected", G_CALLBACK (view_selected_cb), self);
  self->search = be_offer_search_new ();
  self->chooser = gtk_drop_down_new (NULL, NULL);
  be_accessible_name_drop_down (GTK_DROP_DOWN (self->chooser), _ ("Workload"));
  gtk_widget_set_visible (self->chooser, FALSE);
  gtk_widget_set_hexpand (self->search, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (import), "win.import-prices");
  gtk_widget_set_tooltip_text (import, _ ("Reads a public price list from a file"));
  g_signal_connect (self->search, "changed", G_CALLBACK (listing_changed_cb), self);
  g_signal_connect (self->chooser, "notify::selected", G_CALLBACK (workload_selected_cb), self);
  gtk_box_append (GTK_BOX (box), self->view);
  gtk_box_append (GTK_BOX (box), self->chooser);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_widget_set_hexpand (self->space, TRUE);
  gtk_box_append (GTK_BOX (box), self->space);
  gtk_box_append (GTK_BOX (box), import);
  return box;
}

/* A chart with what stands above it, or in its place. */
static GtkWidget *
make_holder (BePagePrices *self, guint view)
{
  static const char *const caching[] = { "cache/prefixShare", "cache/prefixes", NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  if (views[view].kind == BE_KIND_CACHING) {
    self->knobs = be_bound_rows_new (caching, _ ("Caching"), refused_cb, self);
    gtk_box_append (GTK_BOX (box), self->knobs);
  }
  gtk_widget_set_vexpand (self->charts[view], TRUE);
  gtk_box_append (GTK_BOX (box), self->charts[view]);
  if (self->empty[view] != NULL) {
    gtk_widget_set_visible (self->empty[view], FALSE);
    gtk_box_append (GTK_BOX (box), self->empty[view]);
  }
  return box;
}

/* The offers scroll; a chart takes the height that there is. */
static void
build_views (BePagePrices *self, GtkWidget *offers)
{
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), be_widget_scrolled_new (offers),
                       be_kind_id (BE_KIND_OFFERS));
  self->latency = be_latency_view_new ();
  g_signal_connect (self->latency, "message", G_CALLBACK (message_cb), self);
  for (guint i = 1; i < N_VIEWS; i++) {
    gboolean is_latency = views[i].kind == BE_KIND_LATENCY;
    self->charts[i] = is_latency
                          ? GTK_WIDGET (be_latency_view_get_chart (BE_LATENCY_VIEW (self->latency)))
                          : be_page_chart_new (views[i].kind);
    g_signal_connect (self->charts[i], "volume-changed", G_CALLBACK (volume_changed_cb), self);
    gtk_stack_add_named (GTK_STACK (self->stack),
                         is_latency ? self->latency : make_holder (self, i),
                         be_kind_id (views[i].kind));
  }
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_margin_start (self->box, 12);
  gtk_widget_set_margin_end (self->box, 12);
  gtk_widget_set_margin_bottom (self->box, 12);
  gtk_box_append (GTK_BOX (self->box), build_toolbar (self));
  gtk_box_append (GTK_BOX (self->box), self->stack);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
be_page_prices_init (BePagePrices *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->ranking = be_offer_ranking_new ();
  self->chart = be_chart_view_new ();
  self->sentence = gtk_label_new (NULL);
  self->list = be_offer_list_new (TRUE);
  be_chart_view_set_format (BE_CHART_VIEW (self->chart), be_format_chart, NULL);
  be_page_chart_add_ways_out (BE_CHART_VIEW (self->chart));
  make_empty_pages (self);
  gtk_label_set_wrap (GTK_LABEL (self->sentence), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->sentence), 0);
  gtk_widget_add_css_class (self->sentence, "dim-label");
  g_signal_connect (self->list, "chosen", G_CALLBACK (open_offer_cb), self);
  g_signal_connect (self->list, "widened", G_CALLBACK (listing_changed_cb), self);
  g_signal_connect (self->list, "message", G_CALLBACK (message_cb), self);
  gtk_box_append (GTK_BOX (box), self->chart);
  gtk_box_append (GTK_BOX (box), self->sentence);
  gtk_box_append (GTK_BOX (box), self->list);
  build_views (self, box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Prices"), -1);
}

GtkWidget *
be_page_prices_new (void)
{
  return g_object_new (BE_TYPE_PAGE_PRICES, NULL);
}

static void
page_refresh (BePage *page, BeUpdate *update)
{
  BePagePrices *self = BE_PAGE_PRICES (page);

  g_set_weak_pointer (&self->update, update);
  show_offers (self);
}

static BeChartData *
page_get_data (BePage *page)
{
  BePagePrices *self = BE_PAGE_PRICES (page);
  guint view = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->view));

  if (view > 0 && view < N_VIEWS)
    return be_page_chart_get_data (BE_PAGE_CHART (self->charts[view]));
  return be_chart_view_get_data (BE_CHART_VIEW (self->chart));
}

static const char *
page_get_part (BePage *page)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (BE_PAGE_PRICES (page)->stack));
}

static void
page_set_part (BePage *page, const char *part)
{
  for (guint i = 0; i < N_VIEWS; i++) {
    if (g_strcmp0 (be_kind_id (views[i].kind), part) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (BE_PAGE_PRICES (page)->view), i);
  }
}

static void
be_page_prices_iface_init (BePageInterface *iface)
{
  iface->get_part = page_get_part;
  iface->set_part = page_set_part;
  iface->refresh = page_refresh;
  iface->get_data = page_get_data;
}
