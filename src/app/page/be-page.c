/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of a document: the interface, and the table of all pages. */
#include "app/page/be-page.h"

#include "app/page/be-page-breakdown.h"
#include "app/page/be-page-compare.h"
#include "app/page/be-page-prices.h"
#include "app/page/be-page-serving.h"
#include "be-config.h"

#include <glib/gi18n-lib.h>

G_DEFINE_INTERFACE (BePage, be_page, GTK_TYPE_WIDGET)

static guint view_signal;

static void
be_page_default_init (BePageInterface *iface)
{
  view_signal = g_signal_new ("view-changed", BE_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 0);
}

void
be_page_view_changed (BePage *self)
{
  g_return_if_fail (BE_IS_PAGE (self));

  g_signal_emit (self, view_signal, 0);
}

const char *
be_page_get_part (BePage *self)
{
  g_return_val_if_fail (BE_IS_PAGE (self), NULL);

  return BE_PAGE_GET_IFACE (self)->get_part != NULL ? BE_PAGE_GET_IFACE (self)->get_part (self)
                                                    : NULL;
}

void
be_page_set_part (BePage *self, const char *part)
{
  g_return_if_fail (BE_IS_PAGE (self));

  if (BE_PAGE_GET_IFACE (self)->set_part != NULL)
    BE_PAGE_GET_IFACE (self)->set_part (self, part);
}

void
be_page_refresh (BePage *self, BeUpdate *update)
{
  g_return_if_fail (BE_IS_PAGE (self));
  g_return_if_fail (BE_IS_UPDATE (update));

  BE_PAGE_GET_IFACE (self)->refresh (self, update);
}

BeChartData *
be_page_get_data (BePage *self)
{
  g_return_val_if_fail (BE_IS_PAGE (self), NULL);

  return BE_PAGE_GET_IFACE (self)->get_data (self);
}

BePageChart *
be_page_get_chart (BePage *self)
{
  g_return_val_if_fail (BE_IS_PAGE (self), NULL);

  if (BE_PAGE_GET_IFACE (self)->get_chart == NULL)
    return NULL;
  return BE_PAGE_GET_IFACE (self)->get_chart (self);
}

gboolean
be_page_take_file (BePage *self, BeUpdate *update, const char *path)
{
  g_return_val_if_fail (BE_IS_PAGE (self), FALSE);

  return BE_PAGE_GET_IFACE (self)->take_file != NULL
         && BE_PAGE_GET_IFACE (self)->take_file (self, update, path);
}

/* A chart that is a page by itself, as the other pages with a margin around. */
static GtkWidget *
make_chart (BeKind kind)
{
  GtkWidget *chart = be_page_chart_new (kind);

  gtk_widget_set_margin_start (chart, 12);
  gtk_widget_set_margin_end (chart, 12);
  gtk_widget_set_margin_bottom (chart, 12);
  return chart;
}

static GtkWidget *
make_costs (void)
{
  return make_chart (BE_KIND_COSTS);
}

static GtkWidget *
make_crossover (void)
{
  return make_chart (BE_KIND_CROSSOVER);
}

const BePageEntry *
be_page_list (guint *n_pages)
{
  static const BePageEntry pages[] = {
    { "costs", N_ ("Costs"), "accessories-calculator-symbolic", make_costs },
    { "crossover", N_ ("Crossover"), "media-playlist-shuffle-symbolic", make_crossover },
    { "breakdown", N_ ("Breakdown"), "view-list-symbolic", be_page_breakdown_new },
    { "prices", N_ ("Prices"), "view-sort-ascending-symbolic", be_page_prices_new },
    { "serving", N_ ("Serving"), "network-server-symbolic", be_page_serving_new },
    { "compare", N_ ("Compare"), "view-dual-symbolic", be_page_compare_new },
  };

  *n_pages = G_N_ELEMENTS (pages);
  return pages;
}
