/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A search entry with filters and an order for lists of offers. */
#include "app/offer/be-offer-search.h"

#include "app/be-accessible.h"
#include "be-config.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *label;
  double tokens;
} contexts[] = {
  { N_ ("Any length"), 0 },
  { N_ ("32k tokens or more"), 32000 },
  { N_ ("128k tokens or more"), 128000 },
  { N_ ("200k tokens or more"), 200000 },
  { N_ ("1M tokens or more"), 1000000 },
};

static const char *const sorts[] = {
  [BE_OFFER_SORT_COST] = N_ ("Cost of this workload"),
  [BE_OFFER_SORT_INPUT] = N_ ("Input price"),
  [BE_OFFER_SORT_OUTPUT] = N_ ("Output price"),
  [BE_OFFER_SORT_CONTEXT] = N_ ("Context window"),
  [BE_OFFER_SORT_DATE] = N_ ("Date"),
  [BE_OFFER_SORT_NAME] = N_ ("Provider and name"),
};

struct _BeOfferSearch {
  GtkWidget parent_instance;

  GtkWidget *box, *entry, *button, *provider, *context, *current, *sort;
  char **providers; /* owned; those of the drop-down after "Any provider" */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (BeOfferSearch, be_offer_search, GTK_TYPE_WIDGET)

static guint changed_signal, submitted_signal;

/* The button tells that offers are left out which the entry does not name. */
static void
changed (BeOfferSearch *self)
{
  BeOfferFilter filter = be_offer_search_get_filter (self);
  gboolean narrow = filter.provider != NULL || filter.least_context > 0 || filter.only_current;

  if (self->is_filling)
    return;
  if (narrow)
    gtk_widget_add_css_class (self->button, "accent");
  else
    gtk_widget_remove_css_class (self->button, "accent");
  g_signal_emit (self, changed_signal, 0);
}

static void
selected_cb (GtkDropDown *drop_down, GParamSpec *pspec, BeOfferSearch *self)
{
  changed (self);
}

static void
toggled_cb (GtkCheckButton *button, BeOfferSearch *self)
{
  changed (self);
}

static void
search_changed_cb (GtkSearchEntry *entry, BeOfferSearch *self)
{
  changed (self);
}

static void
activate_cb (GtkSearchEntry *entry, BeOfferSearch *self)
{
  g_signal_emit (self, submitted_signal, 0);
}

static void
be_offer_search_dispose (GObject *object)
{
  BeOfferSearch *self = BE_OFFER_SEARCH (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (be_offer_search_parent_class)->dispose (object);
}

static void
be_offer_search_finalize (GObject *object)
{
  g_strfreev (BE_OFFER_SEARCH (object)->providers);
  G_OBJECT_CLASS (be_offer_search_parent_class)->finalize (object);
}

static void
be_offer_search_class_init (BeOfferSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_offer_search_dispose;
  G_OBJECT_CLASS (klass)->finalize = be_offer_search_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  changed_signal = g_signal_new ("changed", BE_TYPE_OFFER_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  submitted_signal = g_signal_new ("submitted", BE_TYPE_OFFER_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add_choice (BeOfferSearch *self, GtkWidget *grid, int row, const char *title)
{
  GtkWidget *label = gtk_label_new (title), *drop_down = gtk_drop_down_new (NULL, NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (drop_down, TRUE);
  gtk_grid_attach (GTK_GRID (grid), label, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), drop_down, 1, row, 1, 1);
  be_accessible_name_drop_down (GTK_DROP_DOWN (drop_down), title);
  return drop_down;
}

static void
fill_choice (GtkWidget *drop_down, const char *const *names, guint selected)
{
  GtkStringList *list = gtk_string_list_new (names);

  gtk_drop_down_set_model (GTK_DROP_DOWN (drop_down), G_LIST_MODEL (list));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
  g_object_unref (list);
}

static GtkWidget *
build_popover (BeOfferSearch *self)
{
  GtkWidget *popover = gtk_popover_new (), *grid = gtk_grid_new ();
  GtkWidget *words = gtk_label_new (
      _ ("The search also compares: context>=200k, in<1, out<=5, cached<0.1, cost<10k, "
         "date>=2026-09. A comma parts searches of which one must hold."));
  const char *lengths[G_N_ELEMENTS (contexts) + 1] = { NULL };
  const char *orders[G_N_ELEMENTS (sorts) + 1] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (contexts); i++)
    lengths[i] = _ (contexts[i].label);
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    orders[i] = _ (sorts[i]);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  self->provider = add_choice (self, grid, 0, _ ("Provider"));
  self->context = add_choice (self, grid, 1, _ ("Context window"));
  self->sort = add_choice (self, grid, 2, _ ("Order"));
  fill_choice (self->provider, (const char *const[]){ _ ("Any provider"), NULL }, 0);
  fill_choice (self->context, lengths, 0);
  fill_choice (self->sort, orders, BE_OFFER_SORT_COST);
  self->current = gtk_check_button_new_with_label (_ ("No old prices and none that end soon"));
  gtk_grid_attach (GTK_GRID (grid), self->current, 0, 3, 2, 1);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (words), 36);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_add_css_class (words, "dim-label");
  gtk_widget_add_css_class (words, "caption");
  gtk_grid_attach (GTK_GRID (grid), words, 0, 4, 2, 1);
  gtk_widget_set_margin_start (grid, 6);
  gtk_widget_set_margin_end (grid, 6);
  gtk_widget_set_margin_top (grid, 6);
  gtk_widget_set_margin_bottom (grid, 6);
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  return popover;
}

static void
be_offer_search_init (BeOfferSearch *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->entry = gtk_search_entry_new ();
  self->button = gtk_menu_button_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  g_object_set (self->entry, "placeholder-text", _ ("Search offers"), NULL);
  gtk_widget_set_tooltip_text (self->entry, _ ("Provider, model, price or date"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search offers"), -1);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (self->button, _ ("Filters and order"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), build_popover (self));
  be_widget_name_deep (self->button, _ ("Filters and order"));
  gtk_box_append (GTK_BOX (self->box), self->entry);
  gtk_box_append (GTK_BOX (self->box), self->button);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect (self->entry, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect (self->entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect (self->provider, "notify::selected", G_CALLBACK (selected_cb), self);
  g_signal_connect (self->context, "notify::selected", G_CALLBACK (selected_cb), self);
  g_signal_connect (self->sort, "notify::selected", G_CALLBACK (selected_cb), self);
  g_signal_connect (self->current, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search offers"), -1);
}

GtkWidget *
be_offer_search_new (void)
{
  return g_object_new (BE_TYPE_OFFER_SEARCH, NULL);
}

static gboolean
is_same (char **a, char **b)
{
  return a != NULL && g_strv_equal ((const char *const *) a, (const char *const *) b);
}

void
be_offer_search_set_providers (BeOfferSearch *self, char **providers)
{
  BeOfferFilter filter = be_offer_search_get_filter (self);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint selected = 0;

  g_return_if_fail (BE_IS_OFFER_SEARCH (self));

  if (is_same (self->providers, providers))
    return;
  g_ptr_array_add (names, (gpointer) _ ("Any provider"));
  for (guint i = 0; providers[i] != NULL; i++) {
    if (g_strcmp0 (providers[i], filter.provider) == 0)
      selected = i + 1;
    g_ptr_array_add (names, providers[i]);
  }
  g_ptr_array_add (names, NULL);
  self->is_filling = TRUE;
  fill_choice (self->provider, (const char *const *) names->pdata, selected);
  self->is_filling = FALSE;
  g_strfreev (self->providers);
  self->providers = g_strdupv (providers);
  be_widget_name_deep (self->provider, _ ("Provider"));
}

BeOfferFilter
be_offer_search_get_filter (BeOfferSearch *self)
{
  guint provider = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->provider));
  guint context = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->context));
  guint sort = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->sort));
  BeOfferFilter filter = { .search = gtk_editable_get_text (GTK_EDITABLE (self->entry)) };

  if (self->providers != NULL && provider > 0 && provider <= g_strv_length (self->providers))
    filter.provider = self->providers[provider - 1];
  if (context < G_N_ELEMENTS (contexts))
    filter.least_context = contexts[context].tokens;
  if (sort < G_N_ELEMENTS (sorts))
    filter.sort = (BeOfferSort) sort;
  filter.only_current = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->current));
  return filter;
}

void
be_offer_search_focus (BeOfferSearch *self)
{
  gtk_widget_grab_focus (self->entry);
}

GtkWidget *
be_offer_search_get_entry (BeOfferSearch *self)
{
  g_return_val_if_fail (BE_IS_OFFER_SEARCH (self), NULL);

  return self->entry;
}
