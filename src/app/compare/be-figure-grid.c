/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of two scenarios side by side. Each has its name above its numbers, so that they fit
 * a phone. */
#include "app/compare/be-figure-grid.h"

#include "be-config.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>

enum { NAME, BEFORE, AFTER, DIFFERENCE, N_PARTS };

struct _BeFigureGrid {
  GtkWidget parent_instance;

  GtkWidget *grid;
  GPtrArray *labels; /* GtkLabel, N_PARTS for each figure, borrowed from the grid */
};

G_DEFINE_FINAL_TYPE (BeFigureGrid, be_figure_grid, GTK_TYPE_WIDGET)

static GtkWidget *
add_label (BeFigureGrid *self, const char *text, const char *css_class, int column, int row)
{
  GtkWidget *label = be_widget_words_new (text, css_class);

  gtk_label_set_xalign (GTK_LABEL (label), column < 0 ? 0 : 1);
  gtk_label_set_justify (GTK_LABEL (label), column < 0 ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_RIGHT);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_grid_attach (GTK_GRID (self->grid), label, MAX (column, 0), row, column < 0 ? 3 : 1, 1);
  return label;
}

static void
add_head (BeFigureGrid *self)
{
  const char *const heads[] = { _ ("Before"), _ ("After"), _ ("Difference") };

  for (int i = 0; i < 3; i++)
    add_label (self, heads[i], "caption-heading", i, 0);
}

/* A name over all columns, its numbers in the row below. */
static void
add_figure (BeFigureGrid *self)
{
  int row = 1 + 2 * (int) (self->labels->len / N_PARTS);
  GtkWidget *name = add_label (self, NULL, "dim-label", -1, row);

  gtk_widget_add_css_class (name, "caption");
  gtk_widget_set_margin_top (name, 9);
  g_ptr_array_add (self->labels, name);
  for (int column = 0; column < 3; column++)
    g_ptr_array_add (self->labels, add_label (self, NULL, "numeric", column, row + 1));
}

static GtkWidget *
get_part (BeFigureGrid *self, guint figure, guint part)
{
  return g_ptr_array_index (self->labels, figure * N_PARTS + part);
}

static void
set_part (BeFigureGrid *self, guint figure, guint part, const char *text, const char *note)
{
  GtkWidget *label = get_part (self, figure, part);

  be_widget_set_words (label, text, note != NULL && *note != '\0' ? note : NULL);
  gtk_widget_set_visible (label, TRUE);
}

void
be_figure_grid_show (BeFigureGrid *self, GPtrArray *figures)
{
  g_return_if_fail (BE_IS_FIGURE_GRID (self));

  while (self->labels->len < figures->len * N_PARTS)
    add_figure (self);
  for (guint i = 0; i < figures->len; i++) {
    const BeFigure *figure = g_ptr_array_index (figures, i);

    set_part (self, i, NAME, figure->label, NULL);
    set_part (self, i, BEFORE, figure->before, figure->before_note);
    set_part (self, i, AFTER, figure->after, figure->after_note);
    set_part (self, i, DIFFERENCE, figure->difference, NULL);
  }
  for (guint i = figures->len * N_PARTS; i < self->labels->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->labels, i), FALSE);
}

static void
be_figure_grid_dispose (GObject *object)
{
  BeFigureGrid *self = BE_FIGURE_GRID (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  G_OBJECT_CLASS (be_figure_grid_parent_class)->dispose (object);
}

static void
be_figure_grid_class_init (BeFigureGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_figure_grid_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
be_figure_grid_init (BeFigureGrid *self)
{
  self->labels = g_ptr_array_new ();
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_widget_set_hexpand (self->grid, TRUE);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  add_head (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Figures side by side"), -1);
}

GtkWidget *
be_figure_grid_new (void)
{
  return g_object_new (BE_TYPE_FIGURE_GRID, NULL);
}
