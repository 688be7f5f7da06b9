/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving the volume: every workload's requests by one factor, one undo step per gesture. */
#include "app/input/be-volume.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
begin (BeVolumeGesture *gesture, BeScenario *scenario)
{
  g_auto (GStrv) workloads = be_scenario_list_workloads (scenario);

  gesture->paths = g_ptr_array_new_with_free_func (g_free);
  gesture->values = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; workloads[i] != NULL; i++) {
    char *path = be_path_join ("workloads", workloads[i], "people", "count", NULL);
    double value;

    if (!be_scenario_is_set (scenario, path)) {
      g_free (path);
      path = be_path_join ("workloads", workloads[i], "requestsPerDay", NULL);
    }
    value = be_scenario_get_number (scenario, path);
    g_ptr_array_add (gesture->paths, path);
    g_array_append_val (gesture->values, value);
  }
  be_scenario_begin_gesture (scenario, _ ("Volume"));
}

/* To four digits: a hand on a chart means no more. */
static double
settle (double value)
{
  double unit = pow (10, floor (log10 (value)) - 3);

  return value > 0 && isfinite (unit) ? round (value / unit) * unit : value;
}

static double
limit_value (const char *path, double value)
{
  const BeInput *input = be_input_find (path);

  if (input == NULL)
    return value;
  if (input->type == BE_INPUT_WHOLE)
    value = round (value);
  return fmin (fmax (value, input->minimum), input->maximum);
}

void
be_volume_gesture_end (BeVolumeGesture *gesture, BeScenario *scenario)
{
  if (gesture->paths == NULL)
    return;
  be_scenario_end_gesture (scenario);
  g_clear_pointer (&gesture->paths, g_ptr_array_unref);
  g_clear_pointer (&gesture->values, g_array_unref);
}

gboolean
be_volume_gesture_scale (BeVolumeGesture *gesture, BeScenario *scenario, double factor,
                         gboolean final, GError **error)
{
  gboolean is_set = TRUE;

  if (gesture->paths == NULL)
    begin (gesture, scenario);
  for (guint i = 0; i < gesture->paths->len && is_set; i++) {
    const char *path = g_ptr_array_index (gesture->paths, i);
    double before = g_array_index (gesture->values, double, i);
    double value = factor == 1 ? before : settle (factor * before);

    if (isfinite (value))
      is_set = be_scenario_set_number (scenario, path, limit_value (path, value), error);
  }
  if (final || !is_set)
    be_volume_gesture_end (gesture, scenario);
  return is_set;
}
