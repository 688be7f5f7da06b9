/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inputs that decide about a prompt cache, to stand beside its chart. */
#include "app/offer/be-caching-knobs.h"

#include "be-config.h"
#include "widget/be-columns.h"

#include <glib/gi18n-lib.h>

/* Least width of an input, whose name stands beside its value. */
#define COLUMN_WIDTH 260

typedef struct {
  BeRefusedFunc refused;
  gpointer user_data;
  BeScenario *scenario; /* weak; that the rows were made for */
  char *owner;          /* path of the workload that they were made for */
} Knobs;

static void
knobs_free (gpointer data)
{
  Knobs *self = data;

  g_clear_weak_pointer (&self->scenario);
  g_free (self->owner);
  g_free (self);
}

static void
make_rows (GtkWidget *box, Knobs *self, BeScenario *scenario)
{
  static const char *const inputs[] = { "cache/prefixShare", "cache/prefixes" };
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (box)) != NULL)
    gtk_widget_unparent (row);
  for (guint i = 0; self->owner != NULL && i < G_N_ELEMENTS (inputs); i++) {
    g_autofree char *path = g_strconcat (self->owner, "/", inputs[i], NULL);
    row = be_bound_row_new_named (scenario, path, _ ("Caching"), self->refused, self->user_data);
    be_columns_append (BE_COLUMNS (box), row, FALSE);
  }
}

void
be_caching_knobs_show (GtkWidget *box, BeScenario *scenario, const char *workload)
{
  Knobs *self = g_object_get_data (G_OBJECT (box), "be-caching-knobs");
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
be_caching_knobs_new (BeRefusedFunc refused, gpointer user_data)
{
  GtkWidget *box = be_columns_new (COLUMN_WIDTH, 2);
  Knobs *self = g_new0 (Knobs, 1);

  self->refused = refused;
  self->user_data = user_data;
  g_object_set_data_full (G_OBJECT (box), "be-caching-knobs", self, knobs_free);
  return box;
}
