/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Prices page: what a workload would cost on each offer, and what is known of each. */
#include "app/page/be-page-prices.h"

#include "app/be-accessible.h"
#include "app/dialog/be-offer-window.h"
#include "be-config.h"
#include "widget/be-chart-view.h"
#include "widget/be-widget.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

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
#define SHOWN_ROWS 40

/* One offer of the list; the widgets are used again from one refresh to the next. */
typedef struct {
  GtkWidget *row, *name, *words, *cost, *note, *use;
  char *key; /* shown */
} Row;

struct _BePagePrices {
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box, *view, *space, *stack, *search, *chooser, *chart, *sentence, *list, *more;
  GtkWidget *charts[N_VIEWS]; /* BePageChart; none for the offers */

  /* borrowed */
  BeUpdate *update; /* weak */

  /* owned */
  BeOfferRanking *ranking;
  Row rows[SHOWN_ROWS];
  char *workloads; /* names that the chooser shows */
  guint ranking_source;
  gboolean is_selecting;
};

static void be_page_prices_iface_init (BePageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BePagePrices, be_page_prices, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (BE_TYPE_PAGE, be_page_prices_iface_init))

static guint message_signal, volume_signal;

static void show_offers (BePagePrices *self);

static void
refused (gpointer page, GError *error)
{
  g_signal_emit (page, message_signal, 0, error->message);
}

static int
get_workload (BePagePrices *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser));

  return selected == GTK_INVALID_LIST_POSITION ? 0 : (int) selected;
}

static const Row *
find_row (BePagePrices *self, GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);

  for (guint i = 0; i < SHOWN_ROWS; i++)
    if (self->rows[i].row == row)
      return &self->rows[i];
  return NULL;
}

static void
open_offer (BePagePrices *self, const Row *row)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (row == NULL || row->key == NULL || self->update == NULL)
    return;
  gtk_window_present (GTK_WINDOW (
      be_offer_window_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                           be_update_get_scenario (self->update), row->key, refused, self)));
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *widget, BePagePrices *self)
{
  open_offer (self, find_row (self, GTK_WIDGET (widget)));
}

/* ---- putting an offer on a route ---- */

/* A button of the popover: `old` is the offer that gives way, NULL adds a route. */
static void
use_cb (GtkButton *button, BePagePrices *self)
{
  const char *workload = g_object_get_data (G_OBJECT (button), "workload");
  const char *old = g_object_get_data (G_OBJECT (button), "old");
  const char *key = g_object_get_data (G_OBJECT (button), "key");
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);
  BeScenario *scenario = be_update_get_scenario (self->update);
  g_autoptr (GError) error = NULL;
  gboolean done = old != NULL ? be_scenario_set_route_offer (scenario, workload, old, key, &error)
                              : be_scenario_add_route (scenario, workload, key, &error);

  gtk_popover_popdown (GTK_POPOVER (popover));
  if (!done)
    refused (self, error);
}

static void
add_use (BePagePrices *self, GtkWidget *box, const char *label, const char *workload,
         const char *old, const char *key)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "workload", g_strdup (workload), g_free);
  g_object_set_data_full (G_OBJECT (button), "old", g_strdup (old), g_free);
  g_object_set_data_full (G_OBJECT (button), "key", g_strdup (key), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (use_cb), self);
  be_widget_name_deep (button, label);
  gtk_box_append (GTK_BOX (box), button);
}

/* The popover is filled when it is opened: routes come and go. */
static void
fill_use_cb (GtkMenuButton *menu_button, gpointer data)
{
  BePagePrices *self = data;
  const Row *row = find_row (self, GTK_WIDGET (menu_button));
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  if (row != NULL && row->key != NULL && self->update != NULL) {
    BeScenario *scenario = be_update_get_scenario (self->update);
    g_auto (GStrv) workloads = be_scenario_list_workloads (scenario);
    const char *workload = workloads[get_workload (self)];
    g_auto (GStrv) routes = be_scenario_list_routes (scenario, workload);

    for (int i = 0; routes[i] != NULL; i++) {
      g_autofree char *path =
          be_path_join ("workloads", workload, "routing", "routes", routes[i], NULL);
      g_autofree char *name = be_scenario_get_entity_name (scenario, path);
      g_autofree char *label = g_strdup_printf (_ ("In the place of %s"), name);
      if (g_strcmp0 (routes[i], row->key) != 0)
        add_use (self, box, label, workload, routes[i], row->key);
    }
    add_use (self, box, _ ("As another route"), workload, NULL, row->key);
  }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (menu_button, popover);
}

/* ---- the list ---- */

static GtkWidget *
make_label (const char *css_class, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
make_row (BePagePrices *self, Row *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  row->name = make_label ("heading", 0);
  row->words = make_label ("dim-label", 0);
  row->note = make_label ("warning", 0);
  row->cost = make_label ("numeric", 1);
  row->use = gtk_menu_button_new ();
  gtk_label_set_ellipsize (GTK_LABEL (row->name), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (row->words), TRUE);
  gtk_label_set_wrap (GTK_LABEL (row->note), TRUE);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (row->use), _ ("Use"));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (row->use), fill_use_cb, self, NULL);
  gtk_widget_set_valign (row->use, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), row->name);
  gtk_box_append (GTK_BOX (texts), row->words);
  gtk_box_append (GTK_BOX (texts), row->note);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), row->cost);
  gtk_box_append (GTK_BOX (box), row->use);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  be_widget_name_deep (row->use, _ ("Use"));
  row->row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row->row), box);
  gtk_widget_set_visible (row->row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row->row);
}

static char *
describe_prices (const BeRankedOffer *offer)
{
  const double *rates = offer->offer->standard.per_mtok;
  g_autofree char *input = be_format_money (rates[BE_RATE_INPUT], FALSE);
  g_autofree char *output = be_format_money (rates[BE_RATE_OUTPUT], FALSE);
  g_autofree char *cached = be_format_money (rates[BE_RATE_CACHED_INPUT], FALSE);
  g_autofree char *context = be_format_value (offer->context_window, BE_UNIT_TOKENS, TRUE);

  /* Translators: prices of a million tokens, the context window, a date. */
  return g_strdup_printf (_ ("in %s · out %s · cached %s · context %s · %s"), input, output, cached,
                          context, offer->as_of != NULL ? offer->as_of : _ ("no date"));
}

static char *
describe_trouble (const BeRankedOffer *offer)
{
  if (isnan (offer->cost.per_month_usd))
    return g_strdup (_ ("a price that this workload needs is not known"));
  if (offer->cost.feasible == BE_INFEASIBLE_UNSERVED)
    return g_strdup (_ ("its rate limits leave requests unserved"));
  if (!offer->fits)
    return g_strdup (_ ("the mean request is longer than its context window"));
  return g_strdup (offer->age_note);
}

static void
fill_row (Row *row, const BeRankedOffer *offer)
{
  g_autofree char *name = offer->provider != NULL
                              ? g_strdup_printf ("%s · %s", offer->name, offer->provider)
                              : g_strdup (offer->name);
  g_autofree char *words = describe_prices (offer);
  g_autofree char *trouble = describe_trouble (offer);
  g_autofree char *cost = be_format_value (offer->cost.per_month_usd, BE_UNIT_USD_PER_MONTH, FALSE);

  gtk_label_set_text (GTK_LABEL (row->name), name);
  gtk_label_set_text (GTK_LABEL (row->words), words);
  gtk_label_set_text (GTK_LABEL (row->cost), cost);
  gtk_label_set_text (GTK_LABEL (row->note), trouble != NULL ? trouble : "");
  gtk_widget_set_visible (row->note, trouble != NULL);
  gtk_widget_set_visible (row->row, TRUE);
  if (g_strcmp0 (row->key, offer->key) != 0) {
    g_autofree char *use = g_strdup_printf (_ ("Use %s"), name);
    g_free (row->key);
    row->key = g_strdup (offer->key);
    be_widget_name_deep (row->use, use);
  }
  g_autofree char *label = g_strdup_printf ("%s, %s, %s", name, cost, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->row), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
fill_list (BePagePrices *self, const char *search)
{
  GPtrArray *offers = be_offer_ranking_get_offers (self->ranking);
  guint shown = 0, matching = 0;

  for (guint i = 0; i < offers->len; i++) {
    const BeRankedOffer *offer = offers->pdata[i];
    if (!be_ranked_offer_matches (offer, search))
      continue;
    if (shown < SHOWN_ROWS)
      fill_row (&self->rows[shown++], offer);
    matching++;
  }
  for (guint i = shown; i < SHOWN_ROWS; i++)
    gtk_widget_set_visible (self->rows[i].row, FALSE);
  gtk_widget_set_visible (self->more, matching > shown);
  if (matching > shown) {
    g_autofree char *text =
        g_strdup_printf (ngettext ("%u more offer: narrow the search",
                                   "%u more offers: narrow the search", matching - shown),
                         matching - shown);
    gtk_label_set_text (GTK_LABEL (self->more), text);
  }
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
  gtk_widget_set_size_request (self->chart, -1, (int) (70 + 42 * n_bars));
  be_chart_view_set_data (BE_CHART_VIEW (self->chart), data);
}

static void
show_error (BePagePrices *self, const GError *error)
{
  BeChartData *data = be_chart_data_new (BE_CHART_BARS);

  data->empty_text = g_strdup (error != NULL ? error->message : _ ("No plan can be priced yet"));
  show_chart (self, data);
}

static void
show_ranking (BePagePrices *self)
{
  BeScenario *scenario = be_update_get_scenario (self->update);
  const BePlanResult *result = be_update_get_result (self->update);
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);
  const char *search = gtk_editable_get_text (GTK_EDITABLE (self->search));
  double today = result != NULL && input != NULL
                     ? be_report_workload_usd (input, result, get_workload (self))
                     : NAN;

  show_chart (self, be_offer_ranking_chart (self->ranking, search, SHOWN_BARS, today));
  fill_list (self, search);
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
  if (view > 0 && view < N_VIEWS) {
    be_page_chart_set_workload (BE_PAGE_CHART (self->charts[view]), get_workload (self));
    be_page_chart_refresh (BE_PAGE_CHART (self->charts[view]), self->update);
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
search_changed_cb (GtkSearchEntry *search, BePagePrices *self)
{
  if (self->update != NULL && self->ranking_source == 0)
    show_ranking (self);
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
  for (guint i = 0; i < SHOWN_ROWS; i++)
    g_free (self->rows[i].key);
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
  self->search = gtk_search_entry_new ();
  self->chooser = gtk_drop_down_new (NULL, NULL);
  be_accessible_name_drop_down (GTK_DROP_DOWN (self->chooser), _ ("Workload"));
  gtk_widget_set_visible (self->chooser, FALSE);
  gtk_widget_set_hexpand (self->search, TRUE);
  g_object_set (self->search, "placeholder-text", _ ("Provider, model or date"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search offers"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (import), "win.import-prices");
  gtk_widget_set_tooltip_text (import, _ ("Reads a public price list from a file"));
  g_signal_connect (self->search, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect (self->chooser, "notify::selected", G_CALLBACK (workload_selected_cb), self);
  gtk_box_append (GTK_BOX (box), self->view);
  gtk_box_append (GTK_BOX (box), self->chooser);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_widget_set_hexpand (self->space, TRUE);
  gtk_box_append (GTK_BOX (box), self->space);
  gtk_box_append (GTK_BOX (box), import);
  return box;
}

/* The offers scroll; a chart takes the height that there is. */
static void
build_views (BePagePrices *self, GtkWidget *offers)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), offers);
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, be_kind_id (BE_KIND_OFFERS));
  for (guint i = 1; i < N_VIEWS; i++) {
    self->charts[i] = be_page_chart_new (views[i].kind);
    g_signal_connect (self->charts[i], "volume-changed", G_CALLBACK (volume_changed_cb), self);
    gtk_stack_add_named (GTK_STACK (self->stack), self->charts[i], be_kind_id (views[i].kind));
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
  self->sentence = make_label ("dim-label", 0);
  self->list = gtk_list_box_new ();
  self->more = make_label ("dim-label", 0);
  be_chart_view_set_format (BE_CHART_VIEW (self->chart), be_format_chart, NULL);
  gtk_label_set_wrap (GTK_LABEL (self->sentence), TRUE);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Offers"), -1);
  for (guint i = 0; i < SHOWN_ROWS; i++)
    make_row (self, &self->rows[i]);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_box_append (GTK_BOX (box), self->chart);
  gtk_box_append (GTK_BOX (box), self->sentence);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->more);
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

static void
be_page_prices_iface_init (BePageInterface *iface)
{
  iface->refresh = page_refresh;
  iface->get_data = page_get_data;
}
