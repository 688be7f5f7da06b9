/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view of the fleet: chart, sizing, rent, and the ways to have it. */
#include "app/serving/be-fleet-view.h"

#include "app/input/be-bound-row.h"
#include "app/serving/be-chart-card.h"
#include "be-config.h"
#include "widget/be-columns.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum { REPLICAS, GPUS, UTILISATION, PER_MONTH, N_TILES };

static const char *const captions[N_TILES] = {
  [REPLICAS] = N_ ("Replicas at the peak"),
  [GPUS] = N_ ("GPUs"),
  [UTILISATION] = N_ ("Utilisation"),
  [PER_MONTH] = N_ ("Plan with this fleet"),
};

typedef enum { ALWAYS, RENTED, SPOT, OWNED } Shown;

/* The inputs that the view brings near; every one is in the sidebar, too. */
static const struct {
  const char *member;
  Shown shown;
  gboolean is_sizing;
} rows[] = {
  { "replicas/minimum", ALWAYS, TRUE },
  { "replicas/spare", ALWAYS, TRUE },
  { "target/waitSeconds", ALWAYS, TRUE },
  { "target/waitProbability", ALWAYS, TRUE },
  { "replicas/autoscale", RENTED, TRUE },
  { "replicas/coldStartMinutes", RENTED, TRUE },
  { "rent/kind", ALWAYS, FALSE },
  { "rent/gpuHour", RENTED, FALSE },
  { "rent/interruption", SPOT, FALSE },
  { "rent/reserved/replicas", RENTED, FALSE },
  { "rent/reserved/gpuHour", RENTED, FALSE },
  { "rent/capex", OWNED, FALSE },
  { "rent/lifeYears", OWNED, FALSE },
  { "rent/residual", OWNED, FALSE },
  { "rent/costOfCapital", OWNED, FALSE },
  { "rent/kw", OWNED, FALSE },
  { "rent/pue", OWNED, FALSE },
  { "rent/perKwh", OWNED, FALSE },
  { "rent/colocationPerKwMonth", OWNED, FALSE },
  { "rent/maintenance", OWNED, FALSE },
};
enum { N_ROWS = G_N_ELEMENTS (rows) };

/* One way to have the fleet. */
typedef struct {
  GtkWidget *row, *name, *words, *cost, *use;
} Way;

struct _BeFleetView {
  BeServingView parent_instance;

  GtkWidget *chart, *tiles[N_TILES], *sizing, *rent, *list, *problem;
  GtkWidget *bound[N_ROWS]; /* made anew for another pool */
  Way ways[BE_N_FLEETS];
  BeFleetOption options[BE_N_FLEETS];
  BeFleetPrices prices;
};

G_DEFINE_FINAL_TYPE (BeFleetView, be_fleet_view, BE_TYPE_SERVING_VIEW)

static void
use_cb (GtkButton *button, BeFleetView *self)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  const BePlanInput *input = be_serving_view_get_input (view);
  int index = be_serving_view_get_pool (view);
  g_autofree char *path = be_serving_view_pool_path (view, NULL);
  g_autoptr (GError) error = NULL;

  if (input == NULL)
    return;
  for (int kind = 0; kind < BE_N_FLEETS; kind++) {
    if (self->ways[kind].use != GTK_WIDGET (button))
      continue;
    g_auto (GStrv) sets = be_report_fleet_assignments (kind, &self->options[kind], &self->prices,
                                                       &input->pools[index], path);
    if (!be_scenario_assign (be_serving_view_get_scenario (view), (const char *const *) sets,
                             &error))
      be_serving_view_tell (view, error->message);
    return;
  }
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
be_fleet_view_rebind (BeServingView *view)
{
  BeFleetView *self = BE_FLEET_VIEW (view);

  clear_box (self->sizing);
  clear_box (self->rent);
  for (int i = 0; i < N_ROWS; i++) {
    self->bound[i] = be_serving_view_bind (view, rows[i].member);
    gtk_box_append (GTK_BOX (rows[i].is_sizing ? self->sizing : self->rent), self->bound[i]);
  }
}

static gboolean
is_shown (Shown shown, BeRentKind kind)
{
  switch (shown) {
  case RENTED:
    return kind != BE_RENT_OWNED;
  case SPOT:
    return kind == BE_RENT_SPOT;
  case OWNED:
    return kind == BE_RENT_OWNED;
  case ALWAYS:
  default:
    return TRUE;
  }
}

static void
show_tiles (BeFleetView *self, const BePlanResult *result, int pool)
{
  const BePlan *plan = &result->plans[BE_PLAN_SELF_HOSTED];
  const BePoolResult *fleet = &result->self_hosted[pool];
  g_autofree char *replicas = be_format_number (fleet->replicas, FALSE);
  g_autofree char *gpus = be_format_number (fleet->gpus, FALSE);
  g_autofree char *used =
      be_format_value (be_report_estimate (fleet->utilisation), BE_UNIT_SHARE, FALSE);
  g_autofree char *cost = be_format_value (
      plan->feasible == BE_FEASIBLE ? plan->per_month_usd : NAN, BE_UNIT_USD_PER_MONTH, TRUE);
  g_autofree char *reserved =
      fleet->reserved > 0 ? g_strdup_printf (_ ("%d reserved"), fleet->reserved) : NULL;

  be_tile_set (self->tiles[REPLICAS], replicas, reserved);
  be_tile_set (self->tiles[GPUS], gpus, NULL);
  be_tile_set (self->tiles[UTILISATION], used, NULL);
  be_tile_set (self->tiles[PER_MONTH], cost, NULL);
}

static void
show_way (Way *way, BeFleetKind kind, const BeFleetOption *option, double now_usd)
{
  g_autofree char *words = be_report_fleet_words (option);
  g_autofree char *cost = be_format_value (option->per_month_usd, BE_UNIT_USD_PER_MONTH, TRUE);
  g_autofree char *label =
      g_strdup_printf ("%s, %s, %s", be_report_fleet_label (kind), cost, words);
  gboolean is_cheaper = option->known && option->per_month_usd < now_usd - 0.5;

  gtk_label_set_text (GTK_LABEL (way->name), be_report_fleet_label (kind));
  gtk_label_set_text (GTK_LABEL (way->words), words);
  gtk_label_set_text (GTK_LABEL (way->cost), option->known ? cost : "–");
  gtk_widget_set_sensitive (way->use, option->known);
  gtk_widget_set_visible (way->use, kind != BE_FLEET_AS_IS);
  if (is_cheaper)
    gtk_widget_add_css_class (way->cost, "success");
  else
    gtk_widget_remove_css_class (way->cost, "success");
  gtk_accessible_update_property (GTK_ACCESSIBLE (way->row), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
show_ways (BeFleetView *self, const BePlanInput *input, int pool)
{
  BeServingView *view = BE_SERVING_VIEW (self);
  BeScenario *scenario = be_serving_view_get_scenario (view);
  g_autofree char *path = be_serving_view_pool_path (view, "gpu");
  g_autofree char *gpu = be_scenario_get_text (scenario, path);
  g_autoptr (GError) error = NULL;

  be_fleet_prices_find (be_scenario_get_catalog (scenario), gpu, &self->prices);
  gboolean is_known = be_study_fleet (input, pool, &self->prices, self->options, &error);
  gtk_label_set_text (GTK_LABEL (self->problem), is_known ? "" : error->message);
  gtk_widget_set_visible (self->problem, !is_known);
  gtk_widget_set_visible (self->list, is_known);
  for (int kind = 0; is_known && kind < BE_N_FLEETS; kind++)
    show_way (&self->ways[kind], (BeFleetKind) kind, &self->options[kind],
              self->options[BE_FLEET_AS_IS].per_month_usd);
}

static void
be_fleet_view_refresh (BeServingView *view)
{
  BeFleetView *self = BE_FLEET_VIEW (view);
  const BePlanInput *input = be_serving_view_get_input (view);
  const BePlanResult *result = be_serving_view_get_result (view);
  int pool = be_serving_view_get_pool (view);
  BeChartOptions options;
  GError *error = NULL;

  for (int i = 0; i < N_ROWS; i++) {
    be_bound_row_refresh (self->bound[i]);
    if (input != NULL)
      gtk_widget_set_visible (self->bound[i],
                              is_shown (rows[i].shown, input->pools[pool].rent_kind));
  }
  be_chart_options_init (&options);
  options.pool = pool;
  be_chart_card_set_data (
      BE_CHART_CARD (self->chart),
      be_report_chart (be_serving_view_get_scenario (view), BE_KIND_FLEET, &options, &error),
      error);
  if (input == NULL || result == NULL)
    return;
  show_tiles (self, result, pool);
  show_ways (self, input, pool);
}

static BeChartData *
be_fleet_view_get_data (BeServingView *view)
{
  return be_chart_card_get_data (BE_CHART_CARD (BE_FLEET_VIEW (view)->chart));
}

static void
make_way (BeFleetView *self, Way *way)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  way->name = be_widget_words_new (NULL, NULL);
  way->words = be_widget_words_new (NULL, "caption");
  gtk_widget_add_css_class (way->words, "dim-label");
  way->cost = gtk_label_new (NULL);
  way->use = be_widget_button_new (_ ("Use"));
  gtk_widget_add_css_class (way->cost, "numeric");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (way->use, GTK_ALIGN_CENTER);
  g_signal_connect (way->use, "clicked", G_CALLBACK (use_cb), self);
  gtk_box_append (GTK_BOX (texts), way->name);
  gtk_box_append (GTK_BOX (texts), way->words);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), way->cost);
  gtk_box_append (GTK_BOX (box), way->use);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  way->row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (way->row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (way->row), FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), way->row);
}

static GtkWidget *
build_ways (BeFleetView *self)
{
  GtkWidget *card = be_card_new (_ ("Ways to have it"));

  self->list = gtk_list_box_new ();
  self->problem = be_widget_words_new (NULL, "dim-label");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Ways to have the fleet"), -1);
  for (int kind = 0; kind < BE_N_FLEETS; kind++)
    make_way (self, &self->ways[kind]);
  be_card_append (card, self->list);
  be_card_append (card, self->problem);
  return card;
}

static void
be_fleet_view_build (BeServingView *view)
{
  BeFleetView *self = BE_FLEET_VIEW (view);
  GtkWidget *columns = be_columns_new (340, 2);
  GtkWidget *sizing = be_card_new (_ ("Size")), *rent = be_card_new (_ ("Rent or purchase"));
  GtkWidget *tiles = be_card_new (_ ("The fleet"));
  const char *names[N_TILES];

  for (int i = 0; i < N_TILES; i++)
    names[i] = _ (captions[i]);
  self->chart = be_chart_card_new (_ ("Replicas hour by hour"), 260);
  self->sizing = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->rent = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  be_card_append (sizing, self->sizing);
  be_card_append (rent, self->rent);
  be_card_append (tiles, be_tiles_new (names, N_TILES, self->tiles));
  be_columns_append (BE_COLUMNS (columns), self->chart, TRUE);
  be_columns_append (BE_COLUMNS (columns), tiles, FALSE);
  be_columns_append (BE_COLUMNS (columns), build_ways (self), FALSE);
  be_columns_append (BE_COLUMNS (columns), sizing, FALSE);
  be_columns_append (BE_COLUMNS (columns), rent, FALSE);
  gtk_widget_set_parent (be_widget_scrolled_new (columns), GTK_WIDGET (self));
}

static void
be_fleet_view_class_init (BeFleetViewClass *klass)
{
  BeServingViewClass *view_class = BE_SERVING_VIEW_CLASS (klass);

  view_class->rebind = be_fleet_view_rebind;
  view_class->build = be_fleet_view_build;
  view_class->refresh = be_fleet_view_refresh;
  view_class->get_data = be_fleet_view_get_data;
}

static void
be_fleet_view_init (BeFleetView *self)
{
}

GtkWidget *
be_fleet_view_new (void)
{
  return g_object_new (BE_TYPE_FLEET_VIEW, NULL);
}
