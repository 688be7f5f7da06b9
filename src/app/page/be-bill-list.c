/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of one plan's bill, each with the formula and the values it comes from. */
#include "app/page/be-bill-list.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>

struct _BeBillList {
  GtkWidget parent_instance;

  GtkWidget *list;
  GtkWidget *words;
  GPtrArray *rows; /* GtkListBoxRow, borrowed from the list; the last one shown is the sum */
  guint n_lines;
};

G_DEFINE_FINAL_TYPE (BeBillList, be_bill_list, GTK_TYPE_WIDGET)

static GtkWidget *
add_label (GtkWidget *grid, int column, int row, const char *css_class, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_set_hexpand (label, column == 0);
  gtk_widget_add_css_class (label, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (GTK_GRID (grid), label, column, row, 1, 1);
  return label;
}

static GtkWidget *
make_row (void)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_widget_set_margin_start (grid, 12);
  gtk_widget_set_margin_end (grid, 12);
  gtk_widget_set_margin_top (grid, 6);
  gtk_widget_set_margin_bottom (grid, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), grid);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  g_object_set_data (G_OBJECT (row), "title", add_label (grid, 0, 0, NULL, 0));
  g_object_set_data (G_OBJECT (row), "cost", add_label (grid, 1, 0, NULL, 1));
  g_object_set_data (G_OBJECT (row), "formula", add_label (grid, 0, 1, "dim-label", 0));
  g_object_set_data (G_OBJECT (row), "note", add_label (grid, 0, 2, "warning", 0));
  return row;
}

static void
fill_row (BeBillList *self, guint index, const char *title, double usd, const char *formula,
          const char *note)
{
  g_autofree char *cost = be_format_money (usd, FALSE);
  g_autofree char *name =
      g_strdup_printf (note != NULL ? "%s, %s, %s" : "%s, %s", title, cost, note);
  GtkWidget *row;

  if (index >= self->rows->len) {
    row = make_row ();
    gtk_list_box_append (GTK_LIST_BOX (self->list), row);
    g_ptr_array_add (self->rows, row);
  }
  row = g_ptr_array_index (self->rows, index);
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "title"), title);
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "cost"), cost);
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "formula"), formula);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), "formula"), *formula != '\0');
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "note"), note != NULL ? note : "");
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), "note"), note != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, formula, -1);
  gtk_widget_set_visible (row, TRUE);
}

static void
be_bill_list_dispose (GObject *object)
{
  BeBillList *self = BE_BILL_LIST (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (be_bill_list_parent_class)->dispose (object);
}

static void
be_bill_list_class_init (BeBillListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_bill_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
be_bill_list_init (BeBillList *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Bill"),
                                  -1);
  self->rows = g_ptr_array_new ();
  self->words = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->words), 0);
  gtk_widget_set_margin_bottom (self->words, 6);
  gtk_widget_set_parent (self->words, GTK_WIDGET (self));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Lines of the bill"), -1);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

GtkWidget *
be_bill_list_new (void)
{
  return g_object_new (BE_TYPE_BILL_LIST, NULL);
}

static char *
describe_plan (BeScenario *scenario, const BePlan *plan)
{
  if (!plan->defined)
    return g_strdup (_ ("This scenario has no such plan."));
  if (plan->feasible != BE_FEASIBLE)
    return be_feasibility_sentence (scenario, plan);
  return NULL;
}

void
be_bill_list_show (BeBillList *self, BeScenario *scenario, const BePlanResult *result,
                   BePlanKind plan_kind)
{
  const BePlan *plan = result != NULL ? &result->plans[plan_kind] : NULL;
  g_autofree char *words = plan != NULL ? describe_plan (scenario, plan) : NULL;
  guint shown;

  g_return_if_fail (BE_IS_BILL_LIST (self));

  self->n_lines = plan != NULL && plan->defined ? (guint) plan->n_lines : 0;
  for (guint i = 0; i < self->n_lines; i++) {
    g_autofree char *title = be_line_label (scenario, &plan->lines[i]);
    g_autofree char *formula = be_line_formula (scenario, &plan->lines[i]);
    const char *key = be_scenario_offer_key (scenario, plan->lines[i].offer);
    g_autofree char *note = be_offer_note (scenario, key);

    fill_row (self, i, title, plan->lines[i].usd, formula != NULL ? formula : "", note);
  }
  shown = self->n_lines;
  if (self->n_lines > 0)
    fill_row (self, shown++, _ ("Total per month"), plan->per_month_usd, "", NULL);
  for (guint i = shown; i < self->rows->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->rows, i), FALSE);
  gtk_label_set_text (GTK_LABEL (self->words), words != NULL ? words : "");
  gtk_widget_set_visible (self->words, words != NULL);
  gtk_widget_set_visible (self->list, shown > 0);
}

guint
be_bill_list_get_n_lines (BeBillList *self)
{
  return self->n_lines;
}
