/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of numbers beside a chart: headers above, words at the left, numbers at the right. */
#include "widget/be-table-view.h"

#include "be-config.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _BeTableView {
  GtkWidget parent_instance;

  GtkWidget *scroll;
  GtkWidget *grid;
  GPtrArray *cells; /* GtkLabel, borrowed from the grid, row by row */
  guint n_columns;
  BeTable *table; /* owned */
};

G_DEFINE_FINAL_TYPE (BeTableView, be_table_view, GTK_TYPE_WIDGET)

static void
clear_cells (BeTableView *self, guint n_kept)
{
  while (self->cells->len > n_kept) {
    gtk_grid_remove (GTK_GRID (self->grid), g_ptr_array_index (self->cells, self->cells->len - 1));
    g_ptr_array_set_size (self->cells, self->cells->len - 1);
  }
}

static GtkLabel *
add_cell (BeTableView *self, guint index)
{
  int column = (int) (index % self->n_columns), row = (int) (index / self->n_columns);
  GtkWidget *cell = gtk_label_new (NULL);

  gtk_label_set_selectable (GTK_LABEL (cell), row > 0);
  /* A label that can be selected but not focused would hold Tab. */
  gtk_widget_set_can_focus (cell, FALSE);
  gtk_widget_set_hexpand (cell, TRUE);
  gtk_widget_add_css_class (cell, row == 0 ? "heading" : "numeric");
  gtk_widget_add_css_class (cell, "be-table-cell");
  gtk_grid_attach (GTK_GRID (self->grid), cell, column, row, 1, 1);
  g_ptr_array_add (self->cells, cell);
  return GTK_LABEL (cell);
}

/* Words stand at the left of their column, numbers at the right. */
static gboolean
is_words (const BeTable *table, guint column)
{
  for (guint i = 0; column > 0 && i < MIN (table->rows->len, 4); i++) {
    char **row = g_ptr_array_index (table->rows, i);
    const char *text = column < g_strv_length (row) ? row[column] : "";
    if (strpbrk (text, "0123456789") != NULL)
      return FALSE;
  }
  return column == 0 || table->rows->len > 0;
}

static void
fill_row (BeTableView *self, guint row, char **texts)
{
  gboolean is_over = FALSE;

  for (guint column = 0; column < self->n_columns; column++) {
    guint index = row * self->n_columns + column;
    GtkLabel *cell =
        index < self->cells->len ? g_ptr_array_index (self->cells, index) : add_cell (self, index);
    is_over = is_over || texts[column] == NULL;
    gtk_label_set_xalign (cell, is_words (self->table, column) ? 0 : 1);
    gtk_label_set_text (cell, is_over ? "" : texts[column]);
  }
}

static void
be_table_view_dispose (GObject *object)
{
  BeTableView *self = BE_TABLE_VIEW (object);

  g_clear_pointer (&self->scroll, gtk_widget_unparent);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_pointer (&self->table, be_table_free);
  G_OBJECT_CLASS (be_table_view_parent_class)->dispose (object);
}

static void
be_table_view_class_init (BeTableViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_table_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_TABLE);
}

static void
be_table_view_init (BeTableView *self)
{
  self->cells = g_ptr_array_new ();
  self->grid = gtk_grid_new ();
  gtk_widget_set_valign (self->grid, GTK_ALIGN_START);
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), self->grid);
  gtk_widget_set_vexpand (self->scroll, TRUE);
  gtk_widget_set_hexpand (self->scroll, TRUE);
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
  be_widget_name_deep (GTK_WIDGET (self), _ ("Numbers of the chart"));
}

GtkWidget *
be_table_view_new (void)
{
  return g_object_new (BE_TYPE_TABLE_VIEW, NULL);
}

void
be_table_view_set_table (BeTableView *self, BeTable *table)
{
  guint n_columns = table != NULL ? g_strv_length (table->headers) : 0;

  g_return_if_fail (BE_IS_TABLE_VIEW (self));
  if (n_columns != self->n_columns)
    clear_cells (self, 0);
  self->n_columns = n_columns;
  g_clear_pointer (&self->table, be_table_free);
  self->table = table;
  if (table == NULL)
    return;
  clear_cells (self, MIN (self->cells->len, (table->rows->len + 1) * n_columns));
  fill_row (self, 0, table->headers);
  for (guint i = 0; i < table->rows->len; i++)
    fill_row (self, i + 1, g_ptr_array_index (table->rows, i));
}
