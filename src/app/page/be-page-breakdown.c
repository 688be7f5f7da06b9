/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Breakdown page: the savings ladder, the bill of a chosen plan line by line, the plans as
 * bars. */
#include "app/page/be-page-breakdown.h"

#include "app/be-accessible.h"
#include "app/page/be-bill-list.h"
#include "be-config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _BePageBreakdown {
  GtkWidget parent_instance;

  /* children */
  GtkWidget *scroller;
  GtkWidget *ladder, *bars;
  GtkWidget *chooser;
  GtkWidget *bill;

  /* borrowed */
  BeUpdate *update; /* weak */

  gboolean plan_chosen;  /* by the user */
  gboolean is_selecting; /* the program sets the chooser */
};

static void be_page_breakdown_iface_init (BePageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BePageBreakdown, be_page_breakdown, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (BE_TYPE_PAGE, be_page_breakdown_iface_init))

static void
show_bill (BePageBreakdown *self)
{
  if (self->update == NULL)
    return;
  be_bill_list_show (BE_BILL_LIST (self->bill), be_update_get_scenario (self->update),
                     be_update_get_result (self->update), be_page_breakdown_get_plan (self));
}

static void
plan_selected_cb (GtkDropDown *chooser, GParamSpec *pspec, BePageBreakdown *self)
{
  if (self->is_selecting)
    return;
  self->plan_chosen = TRUE;
  show_bill (self);
}

static GtkWidget *
make_heading (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static GtkWidget *
make_chooser_row (BePageBreakdown *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkStringList *plans = gtk_string_list_new (NULL);
  GtkWidget *heading = make_heading (_ ("Bill"));

  for (int i = 0; i < BE_N_PLANS; i++)
    gtk_string_list_append (plans, be_plan_label ((BePlanKind) i));
  self->chooser = gtk_drop_down_new (G_LIST_MODEL (plans), NULL);
  be_accessible_name_drop_down (GTK_DROP_DOWN (self->chooser), _ ("Plan"));
  g_signal_connect (self->chooser, "notify::selected", G_CALLBACK (plan_selected_cb), self);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), self->chooser);
  return box;
}

static void
be_page_breakdown_dispose (GObject *object)
{
  BePageBreakdown *self = BE_PAGE_BREAKDOWN (object);

  g_clear_weak_pointer (&self->update);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (be_page_breakdown_parent_class)->dispose (object);
}

static void
be_page_breakdown_class_init (BePageBreakdownClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_page_breakdown_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
be_page_breakdown_init (BePageBreakdown *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->ladder = be_page_chart_new (BE_KIND_BREAKDOWN);
  self->bars = be_page_chart_new (BE_KIND_BILL);
  self->bill = be_bill_list_new ();
  gtk_widget_set_vexpand (self->ladder, FALSE);
  be_page_chart_set_chart_height (BE_PAGE_CHART (self->ladder), 250);
  be_page_chart_set_chart_height (BE_PAGE_CHART (self->bars), 220);
  gtk_box_append (GTK_BOX (box), self->ladder);
  gtk_box_append (GTK_BOX (box), make_chooser_row (self));
  gtk_box_append (GTK_BOX (box), self->bill);
  gtk_box_append (GTK_BOX (box), make_heading (_ ("Plans compared")));
  gtk_box_append (GTK_BOX (box), self->bars);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_bottom (box, 12);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Breakdown"), -1);
}

GtkWidget *
be_page_breakdown_new (void)
{
  return g_object_new (BE_TYPE_PAGE_BREAKDOWN, NULL);
}

static void
select_plan (BePageBreakdown *self, BePlanKind plan)
{
  self->is_selecting = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), (guint) plan);
  self->is_selecting = FALSE;
}

static void
page_refresh (BePage *page, BeUpdate *update)
{
  BePageBreakdown *self = BE_PAGE_BREAKDOWN (page);
  const BePlanResult *result = be_update_get_result (update);

  g_set_weak_pointer (&self->update, update);
  if (!self->plan_chosen && result != NULL && result->cheapest >= 0)
    select_plan (self, (BePlanKind) result->cheapest);
  be_page_chart_refresh (BE_PAGE_CHART (self->ladder), update);
  show_bill (self);
  be_page_chart_refresh (BE_PAGE_CHART (self->bars), update);
}

static BePageChart *
page_get_chart (BePage *page)
{
  return BE_PAGE_CHART (BE_PAGE_BREAKDOWN (page)->ladder);
}

static BeChartData *
page_get_data (BePage *page)
{
  return be_page_chart_get_data (page_get_chart (page));
}

static void
be_page_breakdown_iface_init (BePageInterface *iface)
{
  iface->refresh = page_refresh;
  iface->get_data = page_get_data;
  iface->get_chart = page_get_chart;
}

BePlanKind
be_page_breakdown_get_plan (BePageBreakdown *self)
{
  return (BePlanKind) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser));
}

void
be_page_breakdown_set_plan (BePageBreakdown *self, BePlanKind plan)
{
  self->plan_chosen = TRUE;
  select_plan (self, plan);
  show_bill (self);
}

guint
be_page_breakdown_get_n_lines (BePageBreakdown *self)
{
  return be_bill_list_get_n_lines (BE_BILL_LIST (self->bill));
}
