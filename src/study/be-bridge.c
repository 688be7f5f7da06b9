/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bridge from one scenario's cost to another's, by cause. */
#include "study/be-study-private.h"

#include <math.h>
#include <string.h>

/* $/month of the cheapest plan; NaN when none can be run. */
static gboolean
cheapest_cost (BeScenario *scenario, double *usd, GError **error)
{
  const BePlanInput *input = be_scenario_resolve (scenario, error);
  BePlanResult result;
  gboolean done = FALSE;

  if (input == NULL)
    return FALSE;
  be_plan_result_init (&result);
  if (be_plan_evaluate (input, &result) == BE_OK) {
    *usd = result.cheapest >= 0 ? result.plans[result.cheapest].per_month_usd : NAN;
    done = TRUE;
  } else {
    be_study_fail_prices (error);
  }
  be_plan_result_clear (&result);
  return done;
}

static gboolean
is_of_group (const BeDifference *difference, BeGroup group)
{
  const BeInput *input = be_input_find (difference->path);

  return input != NULL && input->group == group;
}

/* Whether one of the places that lead to an input is not in the scenario: its workload, pool or
 * offer, or its route, tier or step of people within them. */
static gboolean
is_gone (BeScenario *scenario, const char *path)
{
  g_auto (GStrv) pattern = g_strsplit (be_input_find (path)->pattern, "/", -1);
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  g_autoptr (GString) place = g_string_new (NULL);

  for (guint i = 0; segments[i] != NULL && segments[i + 1] != NULL; i++) {
    g_string_append_printf (place, "%s%s", i > 0 ? "/" : "", segments[i]);
    if (strcmp (pattern[i], "?") == 0 && !be_scenario_is_set (scenario, place->str))
      return TRUE;
  }
  return FALSE;
}

/* Whether an input is a route's share, and the routes that share are not those of the other: they
 * would not sum to 1 among the ones that both have. */
static gboolean
shares_with_others (BeScenario *scenario, BeScenario *target, const char *path)
{
  if (strcmp (be_input_find (path)->pattern, "workloads/?/routing/routes/?/share") != 0)
    return FALSE;
  g_auto (GStrv) segments = g_strsplit (path, "/", 3);
  g_autofree char *workload = be_path_unescape (segments[1]);
  g_auto (GStrv) ours = be_scenario_list_routes (scenario, workload);
  g_auto (GStrv) theirs = be_scenario_list_routes (target, workload);

  if (g_strv_length (ours) != g_strv_length (theirs))
    return TRUE;
  for (guint i = 0; ours[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) theirs, ours[i]))
      return TRUE;
  return FALSE;
}

/* Whether an input can change by itself: what only one of the two has is told as the rest. */
static gboolean
is_in_both (BeScenario *scenario, BeScenario *target, const char *path)
{
  return !is_gone (scenario, path) && !is_gone (target, path)
         && !shares_with_others (scenario, target, path);
}

/* Applies the differences of one group in one step; one that cannot be applied leaves all as it
 * was. */
static void
apply_group (BeScenario *scenario, BeScenario *target, GPtrArray *differences, BeGroup group)
{
  g_autoptr (GPtrArray) assignments = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < differences->len; i++) {
    const BeDifference *difference = differences->pdata[i];
    if (is_of_group (difference, group) && difference->after != NULL
        && is_in_both (scenario, target, difference->path))
      g_ptr_array_add (assignments, g_strdup_printf ("%s=%s", difference->path, difference->after));
  }
  g_ptr_array_add (assignments, NULL);
  if (assignments->len > 1)
    be_scenario_assign (scenario, (const char *const *) assignments->pdata, NULL);
  for (guint i = 0; i < differences->len; i++) {
    const BeDifference *difference = differences->pdata[i];
    if (is_of_group (difference, group) && difference->after == NULL
        && is_in_both (scenario, target, difference->path))
      be_scenario_reset (scenario, difference->path, NULL);
  }
}

gboolean
be_study_bridge (BeScenario *a, BeScenario *b, GPtrArray *differences, BeBridge *bridge,
                 GError **error)
{
  g_autoptr (BeScenario) step = be_scenario_copy (a);
  double before;

  *bridge = (BeBridge){ .start_usd = NAN, .end_usd = NAN };
  if (!cheapest_cost (a, &bridge->start_usd, error) || !cheapest_cost (b, &bridge->end_usd, error))
    return FALSE;
  before = bridge->start_usd;
  for (int group = 0; group < BE_N_GROUPS; group++) {
    g_autoptr (BeScenario) next = be_scenario_copy (step);
    double after;
    apply_group (next, b, differences, group);
    if (!cheapest_cost (next, &after, NULL) || isnan (after))
      continue; /* what has no price by itself is no cause: it stays in the rest */
    g_set_object (&step, next);
    bridge->change_usd[group] = after - before;
    before = after;
  }
  bridge->other_usd = bridge->end_usd - before;
  return TRUE;
}
