/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A choice among all routes of a document. */
#include "app/input/be-route-choice.h"

#include "app/be-accessible.h"
#include "be-config.h"

#include <glib/gi18n-lib.h>

/* The routes in the order of the drop-down, each a workload's id and an offer's key. */
typedef struct {
  GPtrArray *workloads, *offers; /* of char*, owned */
  GtkDropDown *drop_down;        /* borrowed */
} Choice;

static void
choice_free (gpointer data)
{
  Choice *self = data;

  g_ptr_array_unref (self->workloads);
  g_ptr_array_unref (self->offers);
  g_free (self);
}

static Choice *
get_choice (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "be-route-choice");
}

static void
add_route (Choice *self, GtkStringList *names, BeScenario *scenario, const char *workload,
           const char *offer)
{
  g_autofree char *owner = be_path_join ("workloads", workload, NULL);
  g_autofree char *path = be_path_join ("workloads", workload, "routing", "routes", offer, NULL);
  g_autofree char *of = be_scenario_get_entity_name (scenario, owner);
  g_autofree char *on = be_scenario_get_entity_name (scenario, path);
  g_autofree char *name = g_strdup_printf ("%s · %s", of, on);

  g_ptr_array_add (self->workloads, g_strdup (workload));
  g_ptr_array_add (self->offers, g_strdup (offer));
  gtk_string_list_append (names, name);
}

static GtkStringList *
list_routes (Choice *self, BeScenario *scenario)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  g_auto (GStrv) workloads = be_scenario_list_workloads (scenario);

  for (guint w = 0; workloads[w] != NULL; w++) {
    g_auto (GStrv) routes = be_scenario_list_routes (scenario, workloads[w]);
    for (guint r = 0; routes[r] != NULL; r++)
      add_route (self, names, scenario, workloads[w], routes[r]);
  }
  return names;
}

GtkWidget *
be_route_choice_new (BeScenario *scenario, const char *workload, const char *offer)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_ ("Carries")), *drop_down;
  Choice *self = g_new0 (Choice, 1);
  guint selected = workload == NULL ? 0 : GTK_INVALID_LIST_POSITION;

  self->workloads = g_ptr_array_new_with_free_func (g_free);
  self->offers = g_ptr_array_new_with_free_func (g_free);
  drop_down = gtk_drop_down_new (G_LIST_MODEL (list_routes (self, scenario)), NULL);
  self->drop_down = GTK_DROP_DOWN (drop_down);
  for (guint i = 0; i < self->offers->len; i++)
    if (g_strcmp0 (self->workloads->pdata[i], workload) == 0
        && g_strcmp0 (self->offers->pdata[i], offer) == 0)
      selected = i;
  gtk_drop_down_set_selected (self->drop_down, selected);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (drop_down, TRUE);
  gtk_widget_set_tooltip_text (drop_down, _ ("The requests of which route the units carry"));
  be_accessible_name_drop_down (self->drop_down, _ ("Carries"));
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), drop_down);
  g_object_set_data_full (G_OBJECT (row), "be-route-choice", self, choice_free);
  return row;
}

char *
be_route_choice_get (GtkWidget *row, char **workload)
{
  Choice *self = get_choice (row);
  guint selected = gtk_drop_down_get_selected (self->drop_down);

  *workload = NULL;
  if (selected >= self->offers->len)
    return NULL;
  *workload = g_strdup (self->workloads->pdata[selected]);
  return g_strdup (self->offers->pdata[selected]);
}

GtkDropDown *
be_route_choice_get_drop_down (GtkWidget *row)
{
  return get_choice (row)->drop_down;
}
