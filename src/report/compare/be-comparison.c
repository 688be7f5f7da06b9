/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What differs between two scenarios, and the bridge between their costs as sentence and chart. */
#include "report/compare/be-comparison.h"

#include "be-config.h"
#include "report/be-report-private.h"
#include "report/compare/be-compare-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _BeComparison {
  grefcount references;
  GPtrArray *differences; /* BeDifference */
  GPtrArray *rows;        /* BeDifferenceRow */
  BeBridge bridge;
  GError *error; /* NULL: there is a bridge */
  char *fault, *sentence;
};

static const struct {
  const char *id, *label;
} causes[BE_N_CAUSES] = {
  [BE_GROUP_TRAFFIC] = { "traffic", N_ ("Traffic") },
  [BE_GROUP_TOKENS] = { "tokens", N_ ("Tokens") },
  [BE_GROUP_ROUTING] = { "routing", N_ ("Routing") },
  [BE_GROUP_SAVINGS] = { "savings", N_ ("Caching, batch, retries, buffer") },
  [BE_GROUP_SELF_HOSTING] = { "selfHosting", N_ ("Self-hosting") },
  [BE_GROUP_OVER_TIME] = { "overTime", N_ ("Over time") },
  [BE_GROUP_PRICES] = { "prices", N_ ("Prices") },
  [BE_CAUSE_STRUCTURE] = { "structure", N_ ("Added or removed") },
  [BE_CAUSE_NONE] = { "none", N_ ("Names and notes") },
};

const char *
be_cause_id (int cause)
{
  g_return_val_if_fail (cause >= 0 && cause < BE_N_CAUSES, NULL);

  return causes[cause].id;
}

const char *
be_cause_label (int cause)
{
  g_return_val_if_fail (cause >= 0 && cause < BE_N_CAUSES, NULL);

  return _ (causes[cause].label);
}

/* ---- sentences ---- */

/* Why no plan of a scenario can be run; NULL: one can. */
static char *
find_fault (BeScenario *scenario)
{
  g_autoptr (GError) error = NULL;
  const BePlanInput *input = be_scenario_resolve (scenario, &error);
  char *fault = NULL;
  BePlanResult result;

  if (input == NULL)
    return g_strdup (error->message);
  be_plan_result_init (&result);
  if (!be_report_evaluate (input, &result, &error))
    fault = g_strdup (error->message);
  else if (result.cheapest < 0)
    fault = result.plans[BE_PLAN_HOSTED].defined
                ? be_feasibility_sentence (scenario, &result.plans[BE_PLAN_HOSTED])
                : g_strdup (_ ("No plan can be run."));
  be_plan_result_clear (&result);
  return fault;
}

/* One of both sides has no cost, or both. */
static char *
fault_sentence (BeScenario *before, BeScenario *after)
{
  g_autofree char *first = find_fault (before);
  g_autofree char *second = find_fault (after);

  if (first != NULL && second != NULL)
    /* Translators: two reasons, each a sentence. */
    return g_strdup_printf (_ ("Neither has a cost. Before: %s After: %s"), first, second);
  if (first != NULL)
    /* Translators: a reason, a sentence. */
    return g_strdup_printf (_ ("There is no cost before. %s"), first);
  if (second != NULL)
    /* Translators: a reason, a sentence. */
    return g_strdup_printf (_ ("There is no cost after. %s"), second);
  return NULL;
}

/* The cause with the largest change in the direction of the whole; -1: there is none. */
static int
find_main_cause (const BeBridge *bridge)
{
  double whole = bridge->end_usd - bridge->start_usd, most = 0;
  int main_cause = -1;

  for (int i = 0; i <= BE_N_GROUPS; i++) {
    double change = be_bridge_change (bridge, i);
    if (change * whole > 0 && fabs (change) > most) {
      most = fabs (change);
      main_cause = i;
    }
  }
  return main_cause;
}

/* "$2,525.00 (6.6 %)". */
static char *
amount_of (const BeBridge *bridge)
{
  double change = fabs (bridge->end_usd - bridge->start_usd);
  g_autofree char *money = be_format_money (change, FALSE);
  g_autofree char *share = NULL;

  if (!(bridge->start_usd > 0))
    return g_steal_pointer (&money);
  share = be_format_value (rint (change / bridge->start_usd * 1000) / 1000, BE_UNIT_SHARE, FALSE);
  return g_strdup_printf ("%s (%s)", money, share);
}

static char *
change_sentence (const BeBridge *bridge)
{
  g_autofree char *start = be_format_value (bridge->start_usd, BE_UNIT_USD_PER_MONTH, FALSE);
  g_autofree char *end = be_format_value (bridge->end_usd, BE_UNIT_USD_PER_MONTH, FALSE);
  g_autofree char *amount = amount_of (bridge);
  int main_cause = find_main_cause (bridge);

  if (main_cause < 0 || !be_differs (bridge->start_usd, bridge->end_usd))
    return g_strdup_printf (_ ("The cheapest plan costs %s before and after."), end);
  if (bridge->end_usd > bridge->start_usd)
    /* Translators: two costs, an amount with its share, a cause such as "Traffic". */
    return g_strdup_printf (_ ("From %s to %s: %s more. Largest cause: %s."), start, end, amount,
                            be_cause_label (main_cause));
  /* Translators: two costs, an amount with its share, a cause such as "Traffic". */
  return g_strdup_printf (_ ("From %s to %s: %s less. Largest cause: %s."), start, end, amount,
                          be_cause_label (main_cause));
}

/* ---- the whole ---- */

/* Some members of the file are no inputs: the costs may tell that one of them differs. */
gboolean
be_comparison_is_equal (BeComparison *self)
{
  return self->rows->len == 0
         && (self->error != NULL || isnan (self->bridge.start_usd)
             || !be_differs (self->bridge.start_usd, self->bridge.end_usd));
}

BeComparison *
be_comparison_new (BeScenario *before, BeScenario *after)
{
  BeComparison *self = g_new0 (BeComparison, 1);

  g_ref_count_init (&self->references);
  self->differences = be_scenario_diff (before, after);
  self->rows = be_compare_make_rows (before, after, self->differences);
  if (!be_study_bridge (before, after, self->differences, &self->bridge, &self->error)
      || !isfinite (self->bridge.start_usd) || !isfinite (self->bridge.end_usd))
    self->fault = fault_sentence (before, after);
  if (be_comparison_is_equal (self))
    self->sentence = g_strdup (_ ("No input differs."));
  else if (self->fault != NULL)
    self->sentence = g_strdup (self->fault);
  else
    self->sentence = change_sentence (&self->bridge);
  return self;
}

BeComparison *
be_comparison_ref (BeComparison *self)
{
  g_ref_count_inc (&self->references);
  return self;
}

void
be_comparison_unref (BeComparison *self)
{
  if (self == NULL || !g_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->differences);
  g_ptr_array_unref (self->rows);
  g_clear_error (&self->error);
  g_free (self->fault);
  g_free (self->sentence);
  g_free (self);
}

GPtrArray *
be_comparison_get_rows (BeComparison *self)
{
  return self->rows;
}

GPtrArray *
be_comparison_get_differences (BeComparison *self)
{
  return self->differences;
}

char *
be_comparison_get_assignment (BeComparison *self, const char *path, gboolean after)
{
  for (guint i = 0; i < self->differences->len; i++) {
    const BeDifference *difference = self->differences->pdata[i];
    const char *value = after ? difference->after : difference->before;

    if (g_str_equal (difference->path, path))
      return value != NULL ? g_strdup_printf ("%s=%s", path, value) : NULL;
  }
  return NULL;
}

const BeBridge *
be_comparison_get_bridge (BeComparison *self)
{
  return self->error == NULL ? &self->bridge : NULL;
}

const char *
be_comparison_get_fault (BeComparison *self)
{
  return self->fault;
}

const GError *
be_comparison_get_error (BeComparison *self)
{
  return self->error;
}

const char *
be_comparison_get_sentence (BeComparison *self)
{
  return self->sentence;
}

double
be_bridge_change (const BeBridge *bridge, int cause)
{
  return cause < BE_CAUSE_STRUCTURE ? bridge->change_usd[cause] : bridge->other_usd;
}

double
be_comparison_get_change (BeComparison *self, int cause)
{
  g_return_val_if_fail (cause >= 0 && cause < BE_N_CAUSES, NAN);

  return self->fault == NULL && cause != BE_CAUSE_NONE ? be_bridge_change (&self->bridge, cause)
                                                       : NAN;
}

/* ---- the chart ---- */

/* What is left over when doubles are subtracted is no cause. */
static gboolean
is_cause (const BeBridge *bridge, double change)
{
  return be_differs (bridge->start_usd + change, bridge->start_usd)
         && be_differs (bridge->end_usd + change, bridge->end_usd);
}

BeChartData *
be_report_bridge_chart (BeComparison *comparison)
{
  BeChartData *data = be_report_new_bar_chart (
      BE_CHART_WATERFALL, _ ("What the differences do to the cost"), _ ("Cause"));

  g_free (data->empty_text);
  data->empty_text = g_strdup (comparison == NULL ? _ ("Another scenario is needed to compare with")
                               : comparison->fault != NULL ? comparison->fault
                                                           : comparison->sentence);
  if (comparison == NULL)
    return data;
  data->summary = g_strdup (comparison->sentence);
  if (comparison->fault != NULL || be_comparison_is_equal (comparison))
    return data;
  be_chart_data_add_bar (data, _ ("Before"), comparison->bridge.start_usd, TRUE, BE_ROLE_TOTAL);
  for (int i = 0; i <= BE_N_GROUPS; i++) {
    double change = be_bridge_change (&comparison->bridge, i);

    if (is_cause (&comparison->bridge, change))
      be_chart_data_add_bar (data, be_cause_label (i), change, FALSE,
                             change > 0 ? BE_ROLE_INCREASE : BE_ROLE_SAVING);
  }
  be_chart_data_add_bar (data, _ ("After"), comparison->bridge.end_usd, TRUE, BE_ROLE_TOTAL);
  return data;
}
