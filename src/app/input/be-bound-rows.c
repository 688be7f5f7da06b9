/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A few inputs of a workload, to stand beside a chart that they decide about. */
#include "app/input/be-bound-rows.h"

#include "widget/be-columns.h"

/* Least width of an input, whose name stands beside its value. */
#define COLUMN_WIDTH 260

typedef struct {
  const char *const *inputs; /* borrowed, ended by NULL */
  const char *context;       /* borrowed; NULL */
  BeRefusedFunc refused;
  gpointer user_data;
  BeScenario *scenario; /* weak; that the rows were made for */
  char *owner;          /* path of the workload that they were made for */
} Rows;

static void
rows_free (gpointer data)
{
  Rows *self = data;

  g_clear_weak_pointer (&self->scenario);
  g_free (self->owner);
  g_free (self);
}

static void
make_rows (GtkWidget *box, Rows *self, BeScenario *scenario)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (box)) != NULL)
    gtk_widget_unparent (row);
  for (guint i = 0; self->owner != NULL && self->inputs[i] != NULL; i++) {
    g_autofree char *path = g_strconcat (self->owner, "/", self->inputs[i], NULL);
    row = self->context != NULL ? be_bound_row_new_named (scenario, path, self->context,
                                                          self->refused, self->user_data)
                                : be_bound_row_new (scenario, path, self->refused, self->user_data);
    be_columns_append (BE_COLUMNS (box), row, self->inputs[1] == NULL);
  }
}

void
be_bound_rows_show (GtkWidget *box, BeScenario *scenario, const char *workload)
{
  Rows *self = g_object_get_data (G_OBJECT (box), "be-bound-rows");
  g_autofree char *owner = workload != NULL ? be_path_join ("workloads", workload, NULL) : NULL;

  gtk_widget_set_sensitive (box, !be_scenario_is_read_only (scenario));
  if (scenario != self->scenario || g_strcmp0 (owner, self->owner) != 0
      || gtk_widget_get_first_child (box) == NULL) {
    g_set_weak_pointer (&self->scenario, scenario);
    g_free (self->owner);
    self->owner = g_steal_pointer (&owner);
    make_rows (box, self, scenario);
    return;
  }
  for (GtkWidget *row = gtk_widget_get_first_child (box); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    be_bound_row_refresh (row);
}

GtkWidget *
be_bound_rows_new (const char *const *inputs, const char *context, BeRefusedFunc refused,
                   gpointer user_data)
{
  GtkWidget *box = be_columns_new (COLUMN_WIDTH, 2);
  Rows *self = g_new0 (Rows, 1);

  self->inputs = inputs;
  self->context = context;
  self->refused = refused;
  self->user_data = user_data;
  g_object_set_data_full (G_OBJECT (box), "be-bound-rows", self, rows_free);
  return box;
}
