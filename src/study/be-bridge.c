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

/* Whether the snapshot has the offer: there is no list of its keys. */
static gboolean
has_offer (BeScenario *scenario, const char *key)
{
  JsonObject *root = json_node_get_object (be_scenario_get_root (scenario));
  JsonNode *offers = json_object_get_member (root, "offers");

  return offers != NULL && json_object_has_member (json_node_get_object (offers), key);
}

/* Whether a path's workload, pool, commitment, offer, GPU or model is not in the scenario. */
static gboolean
is_gone (BeScenario *scenario, const char *path)
{
  static const struct {
    const char *array;
    char **(*list) (BeScenario *scenario);
  } owners[] = { { "workloads", be_scenario_list_workloads },
                 { "pools", be_scenario_list_pools },
                 { "provisioned", be_scenario_list_provisioned },
                 { "gpus", be_scenario_list_gpus },
                 { "models", be_scenario_list_models } };
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);

  if (g_strv_length (segments) < 2)
    return FALSE;
  g_autofree char *id = be_path_unescape (segments[1]);
  if (strcmp (segments[0], "offers") == 0)
    return !has_offer (scenario, id);
  for (guint i = 0; i < G_N_ELEMENTS (owners); i++) {
    if (strcmp (segments[0], owners[i].array) != 0)
      continue;
    g_auto (GStrv) ids = owners[i].list (scenario);
    return !g_strv_contains ((const char *const *) ids, id);
  }
  return FALSE;
}

/* Applies the differences of one group in one step; one that cannot be applied leaves all as it
 * was. What only one of the two has at all is told as the rest. */
static void
apply_group (BeScenario *scenario, BeScenario *target, GPtrArray *differences, BeGroup group)
{
  g_autoptr (GPtrArray) assignments = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < differences->len; i++) {
    const BeDifference *difference = differences->pdata[i];
    if (is_of_group (difference, group) && difference->after != NULL
        && !is_gone (scenario, difference->path))
      g_ptr_array_add (assignments, g_strdup_printf ("%s=%s", difference->path, difference->after));
  }
  g_ptr_array_add (assignments, NULL);
  if (assignments->len > 1)
    be_scenario_assign (scenario, (const char *const *) assignments->pdata, NULL);
  for (guint i = 0; i < differences->len; i++) {
    const BeDifference *difference = differences->pdata[i];
    if (is_of_group (difference, group) && difference->after == NULL
        && !is_gone (target, difference->path))
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
