/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of offers: name, rates, context window, date, what the workload would cost on each. */
#include "app/offer/be-offer-list.h"

#include "app/be-accessible.h"
#include "be-config.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define SHOWN_ROWS 40
/* Rows before more are asked for: words that wrap take long to lay out. */
#define FIRST_ROWS 12

typedef struct {
  GtkWidget *row, *name, *used, *words, *cost, *change, *note, *use;
  char *key; /* shown */
} Row;

struct _BeOfferList {
  GtkWidget parent_instance;

  GtkWidget *box, *list, *widen, *more;
  Row rows[SHOWN_ROWS];
  guint n_shown, most;
  gboolean can_use;

  BeScenario *scenario; /* weak */
  int workload;
};

G_DEFINE_FINAL_TYPE (BeOfferList, be_offer_list, GTK_TYPE_WIDGET)

static guint chosen_signal, message_signal, widened_signal;

static const Row *
find_row (BeOfferList *self, GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);

  for (guint i = 0; i < SHOWN_ROWS; i++)
    if (self->rows[i].row == row)
      return &self->rows[i];
  return NULL;
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *widget, BeOfferList *self)
{
  const Row *row = find_row (self, GTK_WIDGET (widget));

  if (row != NULL && row->key != NULL)
    g_signal_emit (self, chosen_signal, 0, row->key);
}

/* ---- putting an offer on a route ---- */

/* A button of the popover: `old` is the offer that gives way, NULL adds a route. */
static void
use_cb (GtkButton *button, BeOfferList *self)
{
  const char *workload = g_object_get_data (G_OBJECT (button), "workload");
  const char *old = g_object_get_data (G_OBJECT (button), "old");
  const char *key = g_object_get_data (G_OBJECT (button), "key");
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);
  g_autoptr (GError) error = NULL;

  gtk_popover_popdown (GTK_POPOVER (popover));
  if (self->scenario == NULL)
    return;
  if (old != NULL)
    be_scenario_set_route_offer (self->scenario, workload, old, key, &error);
  else
    be_scenario_add_route (self->scenario, workload, key, &error);
  if (error != NULL)
    g_signal_emit (self, message_signal, 0, error->message);
}

static void
add_use (BeOfferList *self, GtkWidget *box, const char *label, const char *workload,
         const char *old, const char *key)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "workload", g_strdup (workload), g_free);
  g_object_set_data_full (G_OBJECT (button), "old", g_strdup (old), g_free);
  g_object_set_data_full (G_OBJECT (button), "key", g_strdup (key), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (use_cb), self);
  be_widget_name_deep (button, label);
  gtk_box_append (GTK_BOX (box), button);
}

static void
add_uses (BeOfferList *self, GtkWidget *box, const char *key)
{
  g_auto (GStrv) workloads = be_scenario_list_workloads (self->scenario);
  const char *workload = workloads[self->workload];
  g_auto (GStrv) routes = be_scenario_list_routes (self->scenario, workload);
  gboolean is_routed = FALSE;

  for (int i = 0; routes[i] != NULL; i++)
    is_routed |= g_strcmp0 (routes[i], key) == 0;
  for (int i = 0; routes[i] != NULL && !is_routed; i++) {
    g_autofree char *path =
        be_path_join ("workloads", workload, "routing", "routes", routes[i], NULL);
    g_autofree char *name = be_scenario_get_entity_name (self->scenario, path);
    g_autofree char *label = g_strdup_printf (_ ("In the place of %s"), name);
    add_use (self, box, label, workload, routes[i], key);
  }
  if (is_routed)
    gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("This offer is on a route already")));
  else
    add_use (self, box, _ ("As another route"), workload, NULL, key);
}

/* The popover is filled when it is opened: routes come and go. */
static void
fill_use_cb (GtkMenuButton *menu_button, gpointer data)
{
  BeOfferList *self = data;
  const Row *row = find_row (self, GTK_WIDGET (menu_button));
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  if (row != NULL && row->key != NULL && self->scenario != NULL)
    add_uses (self, box, row->key);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  be_accessible_name_menu (GTK_POPOVER (popover));
  gtk_menu_button_set_popover (menu_button, popover);
}

/* ---- rows ---- */

static GtkWidget *
make_label (const char *css_class, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Name with what is in use, rates, and what to mind, one below the other. */
static GtkWidget *
make_texts (Row *row)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  row->name = make_label ("heading", 0);
  row->used = make_label ("caption-heading", 0);
  row->words = make_label ("dim-label", 0);
  row->note = make_label ("warning", 0);
  gtk_label_set_text (GTK_LABEL (row->used), _ ("in use"));
  gtk_widget_add_css_class (row->used, "accent");
  gtk_widget_add_css_class (row->words, "caption");
  gtk_widget_add_css_class (row->note, "caption");
  gtk_label_set_wrap (GTK_LABEL (row->name), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (row->name), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_wrap (GTK_LABEL (row->words), TRUE);
  gtk_label_set_wrap (GTK_LABEL (row->note), TRUE);
  gtk_box_append (GTK_BOX (head), row->name);
  gtk_box_append (GTK_BOX (head), row->used);
  gtk_box_append (GTK_BOX (texts), head);
  gtk_box_append (GTK_BOX (texts), row->words);
  gtk_box_append (GTK_BOX (texts), row->note);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  return texts;
}

static GtkWidget *
make_figures (Row *row)
{
  GtkWidget *figures = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  row->cost = make_label ("numeric", 1);
  row->change = make_label ("numeric", 1);
  gtk_widget_add_css_class (row->change, "caption");
  gtk_box_append (GTK_BOX (figures), row->cost);
  gtk_box_append (GTK_BOX (figures), row->change);
  gtk_widget_set_valign (figures, GTK_ALIGN_CENTER);
  return figures;
}

static void
make_row (BeOfferList *self, Row *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_append (GTK_BOX (box), make_texts (row));
  gtk_box_append (GTK_BOX (box), make_figures (row));
  if (self->can_use) {
    row->use = gtk_menu_button_new ();
    gtk_menu_button_set_label (GTK_MENU_BUTTON (row->use), _ ("Use"));
    gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (row->use), fill_use_cb, self, NULL);
    gtk_widget_set_valign (row->use, GTK_ALIGN_CENTER);
    gtk_box_append (GTK_BOX (box), row->use);
    be_widget_name_deep (row->use, _ ("Use"));
  }
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  row->row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row->row), box);
  gtk_widget_set_visible (row->row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row->row);
}

static char *
describe_prices (const BeRankedOffer *offer)
{
  const double *rates = offer->offer->standard.per_mtok;
  g_autofree char *input = be_format_price (rates[BE_RATE_INPUT]);
  g_autofree char *output = be_format_price (rates[BE_RATE_OUTPUT]);
  g_autofree char *cached = be_format_price (rates[BE_RATE_CACHED_INPUT]);
  g_autofree char *context = be_format_value (offer->context_window, BE_UNIT_TOKENS, TRUE);

  /* Translators: prices of a million tokens, the context window, a date. */
  return g_strdup_printf (_ ("in %s · out %s · cached %s · context %s · %s"), input, output, cached,
                          context, offer->as_of != NULL ? offer->as_of : _ ("no date"));
}

static char *
describe_trouble (const BeRankedOffer *offer)
{
  const char *trouble = NULL;

  if (isnan (offer->cost.per_month_usd))
    trouble = _ ("a price that this workload needs is not known");
  else if (offer->cost.feasible == BE_INFEASIBLE_UNSERVED)
    trouble = _ ("its rate limits leave requests unserved");
  else if (!offer->fits)
    trouble = _ ("the mean request is longer than its context window");
  if (trouble != NULL && offer->age_note != NULL)
    return g_strdup_printf ("%s · %s", trouble, offer->age_note);
  return g_strdup (trouble != NULL ? trouble : offer->age_note);
}

/* Against the routing as it is: "−96 %". */
static void
fill_change (Row *row, double usd, double today_usd)
{
  double change = fabs (usd - today_usd) < 1e-9 * today_usd ? 0 : usd / today_usd - 1;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (row->change, isfinite (change) && change != 0);
  gtk_widget_remove_css_class (row->change, "success");
  gtk_widget_remove_css_class (row->change, "dim-label");
  if (!isfinite (change) || change == 0)
    return;
  text = change > 9 ? be_format_value (rint (usd / today_usd), BE_UNIT_FACTOR, FALSE)
                    : be_format_change (change, BE_UNIT_SHARE);
  gtk_label_set_text (GTK_LABEL (row->change), text);
  gtk_widget_add_css_class (row->change, change < 0 ? "success" : "dim-label");
}

static void
fill_row (Row *row, const BeRankedOffer *offer, double today_usd)
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
  fill_change (row, offer->cost.per_month_usd, today_usd);
  gtk_label_set_text (GTK_LABEL (row->note), trouble != NULL ? trouble : "");
  gtk_widget_set_visible (row->note, trouble != NULL);
  gtk_widget_set_visible (row->used, offer->is_used);
  gtk_widget_set_visible (row->row, TRUE);
  if (g_strcmp0 (row->key, offer->key) != 0) {
    g_autofree char *use = g_strdup_printf (_ ("Use %s"), name);
    g_free (row->key);
    row->key = g_strdup (offer->key);
    if (row->use != NULL)
      be_widget_name_deep (row->use, use);
  }
  g_autofree char *label =
      g_strdup_printf ("%s, %s, %s%s%s", name, cost, words, trouble != NULL ? ", " : "",
                       trouble != NULL ? trouble : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->row), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
fill_more (BeOfferList *self, guint matching)
{
  g_autofree char *text = NULL;

  if (matching == 0)
    text = g_strdup (_ ("No offer matches. Widen the search or its filters."));
  else if (matching > self->n_shown && self->most == SHOWN_ROWS)
    text =
        g_strdup_printf (ngettext ("%u more offer: narrow the search",
                                   "%u more offers: narrow the search", matching - self->n_shown),
                         matching - self->n_shown);
  gtk_label_set_text (GTK_LABEL (self->more), text != NULL ? text : "");
  gtk_widget_set_visible (self->more, text != NULL);
  gtk_widget_set_visible (self->widen, matching > self->n_shown && self->most < SHOWN_ROWS);
  gtk_widget_set_visible (self->list, self->n_shown > 0);
}

static void
widen_cb (GtkButton *button, BeOfferList *self)
{
  guint before = self->n_shown;

  self->most = SHOWN_ROWS;
  g_signal_emit (self, widened_signal, 0);
  if (self->n_shown > before) /* the keyboard goes on where it was */
    gtk_widget_grab_focus (self->rows[before].row);
}

/* ---- the widget ---- */

static void
be_offer_list_dispose (GObject *object)
{
  BeOfferList *self = BE_OFFER_LIST (object);

  g_clear_weak_pointer (&self->scenario);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (be_offer_list_parent_class)->dispose (object);
}

static void
be_offer_list_finalize (GObject *object)
{
  BeOfferList *self = BE_OFFER_LIST (object);

  for (guint i = 0; i < SHOWN_ROWS; i++)
    g_free (self->rows[i].key);
  G_OBJECT_CLASS (be_offer_list_parent_class)->finalize (object);
}

static void
be_offer_list_class_init (BeOfferListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_offer_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = be_offer_list_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  chosen_signal = g_signal_new ("chosen", BE_TYPE_OFFER_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  widened_signal = g_signal_new ("widened", BE_TYPE_OFFER_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  message_signal = g_signal_new ("message", BE_TYPE_OFFER_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
be_offer_list_init (BeOfferList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->list = gtk_list_box_new ();
  self->most = FIRST_ROWS;
  self->widen = gtk_button_new_with_label (_ ("Show More Offers"));
  gtk_widget_set_halign (self->widen, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->widen, FALSE);
  g_signal_connect (self->widen, "clicked", G_CALLBACK (widen_cb), self);
  be_widget_name_deep (self->widen, _ ("Show More Offers"));
  self->more = make_label ("dim-label", 0.5);
  gtk_label_set_wrap (GTK_LABEL (self->more), TRUE);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Offers"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_box_append (GTK_BOX (self->box), self->widen);
  gtk_box_append (GTK_BOX (self->box), self->more);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Offers"), -1);
}

GtkWidget *
be_offer_list_new (gboolean can_use)
{
  BeOfferList *self = g_object_new (BE_TYPE_OFFER_LIST, NULL);

  self->can_use = can_use;
  for (guint i = 0; i < SHOWN_ROWS; i++)
    make_row (self, &self->rows[i]);
  return GTK_WIDGET (self);
}

void
be_offer_list_show (BeOfferList *self, BeScenario *scenario, int workload, GPtrArray *offers,
                    double today_usd)
{
  g_return_if_fail (BE_IS_OFFER_LIST (self));

  g_set_weak_pointer (&self->scenario, scenario);
  self->workload = workload;
  self->n_shown = MIN (offers->len, self->most);
  for (guint i = 0; i < self->n_shown; i++)
    fill_row (&self->rows[i], offers->pdata[i], today_usd);
  for (guint i = self->n_shown; i < SHOWN_ROWS; i++)
    gtk_widget_set_visible (self->rows[i].row, FALSE);
  fill_more (self, offers->len);
}

void
be_offer_list_choose_first (BeOfferList *self)
{
  if (self->n_shown > 0)
    g_signal_emit (self, chosen_signal, 0, self->rows[0].key);
}
