/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An input row tied to one path of a document. */
#include "app/input/be-bound-row.h"

#include <math.h>
#include <string.h>

typedef struct {
  BeScenario *scenario;
  char *path;
  const BeInput *input;
  BeRefusedFunc refused;
  gpointer user_data;
} Binding;

static void
binding_free (gpointer data)
{
  Binding *binding = data;

  g_object_unref (binding->scenario);
  g_free (binding->path);
  g_free (binding);
}

static Binding *
get_binding (gpointer row)
{
  return g_object_get_data (G_OBJECT (row), "be-binding");
}

static double
get_value (const Binding *binding)
{
  const BeInput *input = binding->input;
  g_autofree char *text = NULL;

  if (input->type != BE_INPUT_CHOICE)
    return be_scenario_get_number (binding->scenario, binding->path);
  text = be_scenario_get_text (binding->scenario, binding->path);
  for (int i = 0; text != NULL && input->choices[i] != NULL; i++) {
    if (strcmp (input->choices[i], text) == 0)
      return i;
  }
  return NAN;
}

const char *
be_bound_row_get_path (GtkWidget *row)
{
  return get_binding (row)->path;
}

void
be_bound_row_refresh (GtkWidget *row)
{
  const Binding *binding = get_binding (row);

  be_input_row_set_value (BE_INPUT_ROW (row), get_value (binding));
  be_input_row_set_is_set (BE_INPUT_ROW (row),
                           be_scenario_is_set (binding->scenario, binding->path));
}

static void
begin_cb (BeInputRow *row, Binding *binding)
{
  be_scenario_begin_gesture (binding->scenario, be_input_label (binding->input));
}

static void
end_cb (BeInputRow *row, Binding *binding)
{
  be_scenario_end_gesture (binding->scenario);
}

static void
value_cb (BeInputRow *row, double value, Binding *binding)
{
  const BeInput *input = binding->input;
  g_autoptr (GError) error = NULL;
  gboolean is_done;

  if (input->type == BE_INPUT_CHOICE)
    is_done = be_scenario_set_text (binding->scenario, binding->path, input->choices[(int) value],
                                    &error);
  else
    is_done = be_scenario_set_number (binding->scenario, binding->path, value, &error);
  if (is_done)
    return;
  be_bound_row_refresh (GTK_WIDGET (row));
  binding->refused (binding->user_data, error);
}

static void
reset_cb (BeInputRow *row, Binding *binding)
{
  g_autoptr (GError) error = NULL;

  if (!be_scenario_reset (binding->scenario, binding->path, &error))
    binding->refused (binding->user_data, error);
}

GtkWidget *
be_bound_row_new (BeScenario *scenario, const char *path, BeRefusedFunc refused, gpointer user_data)
{
  g_autofree char *owner = be_scenario_describe_owner (scenario, path);

  return be_bound_row_new_named (scenario, path, owner, refused, user_data);
}

GtkWidget *
be_bound_row_new_named (BeScenario *scenario, const char *path, const char *context,
                        BeRefusedFunc refused, gpointer user_data)
{
  const BeInput *input = be_input_find (path);
  GtkWidget *row = be_input_row_new (input, context);
  Binding *binding = g_new (Binding, 1);

  *binding = (Binding){ g_object_ref (scenario), g_strdup (path), input, refused, user_data };
  g_object_set_data_full (G_OBJECT (row), "be-binding", binding, binding_free);
  be_bound_row_refresh (row);
  g_signal_connect (row, "gesture-begin", G_CALLBACK (begin_cb), binding);
  g_signal_connect (row, "value-changed", G_CALLBACK (value_cb), binding);
  g_signal_connect (row, "gesture-end", G_CALLBACK (end_cb), binding);
  g_signal_connect (row, "reset", G_CALLBACK (reset_cb), binding);
  return row;
}
