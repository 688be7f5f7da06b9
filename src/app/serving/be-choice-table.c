/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of ways to run a pool. */
#include "app/serving/be-choice-table.h"

#include "be-config.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* One row: a choice and where it stands in the array. */
#define BE_TYPE_CHOICE_ITEM (be_choice_item_get_type ())
G_DECLARE_FINAL_TYPE (BeChoiceItem, be_choice_item, BE, CHOICE_ITEM, GObject)
struct _BeChoiceItem {
  GObject parent_instance;
  BeServingChoice choice;
  guint index;
};
G_DEFINE_FINAL_TYPE (BeChoiceItem, be_choice_item, G_TYPE_OBJECT)

static void
be_choice_item_class_init (BeChoiceItemClass *klass)
{
}

static void
be_choice_item_init (BeChoiceItem *self)
{
}

enum { GPU, WEIGHTS, WIDTH, REPLICAS, GPUS, SPEED, TPOT, PER_MTOK, PER_MONTH, N_COLUMNS };

static const struct {
  const char *title;
  gboolean is_text;
} columns[N_COLUMNS] = {
  [GPU] = { N_ ("GPU"), TRUE },
  [WEIGHTS] = { N_ ("Weights"), TRUE },
  [WIDTH] = { N_ ("TP"), FALSE },
  [REPLICAS] = { N_ ("Replicas"), FALSE },
  [GPUS] = { N_ ("GPUs"), FALSE },
  [SPEED] = { N_ ("Tokens/s"), FALSE },
  [TPOT] = { N_ ("ms/token"), FALSE },
  [PER_MTOK] = { N_ ("$/Mtok out"), FALSE },
  [PER_MONTH] = { N_ ("$/month"), FALSE },
};

/* Rows that are made at once: a list of hundreds takes a second to lay out. */
#define PIECE 24

struct _BeChoiceTable {
  GtkWidget parent_instance;

  GtkWidget *box, *view, *more;
  GtkColumnViewColumn *made[N_COLUMNS]; /* borrowed from the view */
  GListStore *store;
  GtkSliceListModel *slice; /* of the sorted ones */
  GtkSingleSelection *selection;
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (BeChoiceTable, be_choice_table, GTK_TYPE_WIDGET)

enum { SELECTED, ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

static double
number_of (const BeServingChoice *choice, int column)
{
  switch (column) {
  case WIDTH:
    return choice->gpus_per_replica;
  case REPLICAS:
    return choice->replicas;
  case GPUS:
    return choice->replicas * choice->gpus_per_replica;
  case SPEED:
    return choice->output_tokens_per_second;
  case TPOT:
    return choice->tpot_s * 1000;
  case PER_MTOK:
    return choice->usd_per_mtok;
  default:
    return choice->per_month_usd;
  }
}

static char *
text_of (const BeServingChoice *choice, int column)
{
  double number = number_of (choice, column);

  switch (column) {
  case GPU:
    return choice->gpu->unverified ? g_strdup_printf (_ ("%s (unverified)"), choice->gpu->key)
                                   : g_strdup (choice->gpu->key);
  case WEIGHTS:
    return g_strdup (be_weights_label (choice->weights));
  case PER_MTOK:
    return be_format_money (number, FALSE);
  case PER_MONTH:
    return choice->priced == BE_PRICED_BY_NOTHING ? g_strdup (_ ("no price"))
                                                  : be_format_money (number, TRUE);
  case TPOT: {
    g_autofree char *ms = be_format_number (be_report_estimate (number), FALSE);
    return choice->meets_target ? g_steal_pointer (&ms) : g_strdup_printf ("%s ⚠", ms);
  }
  default:
    return be_format_number (be_report_estimate (number), FALSE);
  }
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer column)
{
  const BeServingChoice *x = &((BeChoiceItem *) a)->choice, *y = &((BeChoiceItem *) b)->choice;
  int which = GPOINTER_TO_INT (column);

  if (which == GPU)
    return g_utf8_collate (x->gpu->key, y->gpu->key);
  if (which == WEIGHTS)
    return strcmp (be_weights_label (x->weights), be_weights_label (y->weights));
  double left = number_of (x, which), right = number_of (y, which);
  if (isnan (left) || isnan (right)) /* what cannot be run comes last */
    return isnan (left) - isnan (right);
  return (left > right) - (left < right);
}

/* ---- cells ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *label = gtk_label_new (NULL);
  gboolean is_text = columns[GPOINTER_TO_INT (column)].is_text;

  gtk_label_set_xalign (GTK_LABEL (label), is_text ? 0 : 1);
  if (!is_text)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

/* The row is named by its first cell: what it is and what it costs. */
static void
name_row (GtkWidget *label, const BeServingChoice *choice)
{
  g_autofree char *name = be_serving_choice_name (choice);
  g_autofree char *cost =
      choice->priced == BE_PRICED_BY_NOTHING
          ? g_strdup (_ ("no price"))
          : be_format_value (choice->per_month_usd, BE_UNIT_USD_PER_MONTH, TRUE);
  g_autofree char *text = g_strdup_printf ("%s, %s", name, cost);
  GtkWidget *cell = gtk_widget_get_parent (label);
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  int column = GPOINTER_TO_INT (data);
  GtkWidget *label = gtk_list_item_get_child (item);
  const BeServingChoice *choice = &((BeChoiceItem *) gtk_list_item_get_item (item))->choice;
  g_autofree char *text = text_of (choice, column);
  GtkWidget *cell = gtk_widget_get_parent (label);

  gtk_label_set_text (GTK_LABEL (label), text);
  if (choice->on_front)
    gtk_widget_add_css_class (label, "be-front");
  else
    gtk_widget_remove_css_class (label, "be-front");
  if (cell != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (column == GPU)
    name_row (label, choice);
}

static void
add_column (BeChoiceTable *self, int column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter =
      GTK_SORTER (gtk_custom_sorter_new (compare_items, GINT_TO_POINTER (column), NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GINT_TO_POINTER (column));
  g_autoptr (GtkColumnViewColumn) made =
      gtk_column_view_column_new (_ (columns[column].title), factory);
  gtk_column_view_column_set_sorter (made, sorter);
  gtk_column_view_column_set_expand (made, column == GPU);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), made);
  self->made[column] = made;
}

/* ---- the widget ---- */

/* How many of all there are stand there, and a way to see more. */
static void
show_count (BeChoiceTable *self)
{
  guint all = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->slice));
  /* Translators: a button; how many rows of how many are shown. */
  g_autofree char *label = g_strdup_printf (_ ("%u of %u, show more"), shown, all);

  gtk_button_set_label (GTK_BUTTON (self->more), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_visible (self->more, shown < all);
}

static void
show_more (BeChoiceTable *self, guint at_least)
{
  if (gtk_slice_list_model_get_size (self->slice) < at_least)
    gtk_slice_list_model_set_size (self->slice, at_least);
  show_count (self);
}

static void
more_cb (GtkButton *button, BeChoiceTable *self)
{
  show_more (self, gtk_slice_list_model_get_size (self->slice) + PIECE);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, BeChoiceTable *self)
{
  if (!self->is_setting)
    g_signal_emit (self, signals[SELECTED], 0, be_choice_table_get_selected (self));
}

static void
activate_cb (GtkColumnView *view, guint position, BeChoiceTable *self)
{
  g_autoptr (BeChoiceItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, item->index);
}

static void
be_choice_table_dispose (GObject *object)
{
  BeChoiceTable *self = BE_CHOICE_TABLE (object);

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->slice);
  g_clear_object (&self->selection);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (be_choice_table_parent_class)->dispose (object);
}

static void
be_choice_table_class_init (BeChoiceTableClass *klass)
{
  static const char *const names[N_SIGNALS] = { "selected", "activated" };

  G_OBJECT_CLASS (klass)->dispose = be_choice_table_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  for (int i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], BE_TYPE_CHOICE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
be_choice_table_init (BeChoiceTable *self)
{
  GtkSortListModel *sorted;
  GtkWidget *scroll;

  self->store = g_list_store_new (BE_TYPE_CHOICE_ITEM);
  self->view = gtk_column_view_new (NULL);
  sorted = gtk_sort_list_model_new (
      G_LIST_MODEL (g_object_ref (self->store)),
      g_object_ref (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view))));
  self->slice = gtk_slice_list_model_new (G_LIST_MODEL (sorted), 0, PIECE);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->slice)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), GTK_SELECTION_MODEL (self->selection));
  for (int column = 0; column < N_COLUMNS; column++)
    add_column (self, column);
  gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (self->view), self->made[PER_MONTH],
                                  GTK_SORT_ASCENDING);
  gtk_widget_add_css_class (self->view, "data-table");
  scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), self->view);
  gtk_widget_set_vexpand (scroll, TRUE);
  self->more = gtk_button_new ();
  gtk_widget_add_css_class (self->more, "flat");
  g_signal_connect (self->more, "clicked", G_CALLBACK (more_cb), self);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), scroll);
  gtk_box_append (GTK_BOX (self->box), self->more);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect (self->selection, "notify::selected", G_CALLBACK (selected_cb), self);
  g_signal_connect (self->view, "activate", G_CALLBACK (activate_cb), self);
  be_widget_name_deep (GTK_WIDGET (self), _ ("Ways to run the pool"));
}

GtkWidget *
be_choice_table_new (void)
{
  return g_object_new (BE_TYPE_CHOICE_TABLE, NULL);
}

static gboolean
is_same (const BeServingChoice *a, const BeServingChoice *b)
{
  return g_str_equal (a->gpu->key, b->gpu->key) && a->weights == b->weights
         && a->gpus_per_replica == b->gpus_per_replica;
}

void
be_choice_table_set_choices (BeChoiceTable *self, GArray *choices, gboolean only_meeting)
{
  g_autoptr (BeChoiceItem) before = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  guint again = G_MAXUINT;

  g_return_if_fail (BE_IS_CHOICE_TABLE (self));

  self->is_setting = TRUE;
  before = gtk_single_selection_get_selected_item (self->selection);
  if (before != NULL)
    g_object_ref (before);
  for (guint i = 0; choices != NULL && i < choices->len; i++) {
    const BeServingChoice *choice = &g_array_index (choices, BeServingChoice, i);
    if (only_meeting && !choice->meets_target)
      continue;
    BeChoiceItem *item = g_object_new (BE_TYPE_CHOICE_ITEM, NULL);
    item->choice = *choice;
    item->index = i;
    g_ptr_array_add (items, item);
    if (before != NULL && is_same (&before->choice, choice))
      again = i;
  }
  g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)),
                       items->pdata, items->len);
  show_count (self);
  be_choice_table_select (self, again);
  self->is_setting = FALSE;
}

void
be_choice_table_select (BeChoiceTable *self, guint choice)
{
  GListModel *sorted = gtk_slice_list_model_get_model (self->slice);

  for (guint i = 0; choice != G_MAXUINT && i < g_list_model_get_n_items (sorted); i++) {
    g_autoptr (BeChoiceItem) item = g_list_model_get_item (sorted, i);
    if (item->index != choice)
      continue;
    show_more (self, i + 1);
    gtk_single_selection_set_selected (self->selection, i);
    gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", i);
    return;
  }
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
}

guint
be_choice_table_get_selected (BeChoiceTable *self)
{
  BeChoiceItem *item = gtk_single_selection_get_selected_item (self->selection);

  return item != NULL ? item->index : G_MAXUINT;
}
