/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The headline and the sentence about the crossover. */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *const verdict_ids[] = {
  [BE_CROSSOVER_FOUND] = "found",    [BE_CROSSOVER_NEVER] = "never",
  [BE_CROSSOVER_ALWAYS] = "always",  [BE_CROSSOVER_BEYOND_CAPACITY] = "beyondCapacity",
  [BE_CROSSOVER_NO_POOL] = "noPool", [BE_CROSSOVER_INFEASIBLE] = "infeasible",
};

const char *
be_verdict_id (BeCrossoverVerdict verdict)
{
  return verdict_ids[verdict];
}

void
be_headline_clear (BeHeadline *headline)
{
  g_clear_pointer (&headline->plan, g_free);
  g_clear_pointer (&headline->cost, g_free);
  g_clear_pointer (&headline->difference, g_free);
  g_clear_pointer (&headline->crossover, g_free);
  g_clear_pointer (&headline->per_mtok, g_free);
  headline->cheapest = -1;
}

gboolean
be_differs (double a_usd, double b_usd)
{
  return fabs (a_usd - b_usd) > 1e-9 * fmax (fabs (a_usd), fabs (b_usd));
}

static char *
difference_to (const BePlan *best, const BePlan *other, int kind)
{
  double less = other->per_month_usd - best->per_month_usd;
  g_autofree char *money = be_format_money (less, TRUE);
  g_autofree char *share = NULL;

  if (!be_differs (best->per_month_usd, other->per_month_usd))
    return g_strdup_printf (_ ("the same as %s"), be_plan_label (kind));
  share = be_format_value (rint (less / other->per_month_usd * 1000) / 1000, BE_UNIT_SHARE, FALSE);
  return g_strdup_printf (_ ("%s (%s) less than %s"), money, share, be_plan_label (kind));
}

static char *
differences (const BePlanResult *result)
{
  const BePlan *best = &result->plans[result->cheapest];
  GString *text = g_string_new (NULL);

  for (int i = 0; i < BE_N_PLANS; i++) {
    const BePlan *other = &result->plans[i];
    g_autofree char *part = NULL;

    if (i == result->cheapest || !other->defined || other->feasible != BE_FEASIBLE)
      continue;
    part = difference_to (best, other, i);
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
  }
  if (text->len == 0)
    g_string_append (text, _ ("Nothing to compare with"));
  return g_string_free (text, FALSE);
}

void
be_report_headline (BeScenario *scenario, const BePlanResult *result, const BeCrossover *crossover,
                    BeHeadline *headline)
{
  const BePlan *best;

  *headline = (BeHeadline){ .cheapest = result->cheapest };
  headline->crossover = crossover != NULL ? be_crossover_sentence (crossover) : g_strdup ("");
  if (result->cheapest < 0) {
    headline->plan = g_strdup (_ ("No plan can be run"));
    headline->cost = be_format_money (NAN, FALSE);
    headline->difference = result->plans[BE_PLAN_HOSTED].defined
                               ? be_feasibility_sentence (scenario, &result->plans[BE_PLAN_HOSTED])
                               : g_strdup ("");
    headline->per_mtok = be_format_money (NAN, FALSE);
    return;
  }
  best = &result->plans[result->cheapest];
  headline->plan = g_strdup (be_plan_label (result->cheapest));
  headline->cost = be_format_value (best->per_month_usd, BE_UNIT_USD_PER_MONTH, FALSE);
  headline->difference = differences (result);
  headline->per_mtok = be_format_cost (best->per_mtok_usd, BE_UNIT_USD_PER_MTOK);
}

static char *
never_sentence (const BeCrossover *crossover)
{
  g_autofree char *self = be_format_cost (crossover->self_usd_per_mtok, BE_UNIT_USD_PER_MTOK);
  g_autofree char *hosted = be_format_cost (crossover->hosted_usd_per_mtok, BE_UNIT_USD_PER_MTOK);
  g_autofree char *first = NULL;

  if (!isfinite (crossover->first))
    return g_strdup_printf (_ ("Self-hosting is never cheaper: its floor is %s against %s hosted."),
                            self, hosted);
  first = be_format_value (crossover->first, BE_UNIT_REQUESTS_PER_DAY, TRUE);
  return g_strdup_printf (
      _ ("Self-hosting is cheaper for a while from %s, but never in the long run: its floor is %s "
         "against %s hosted."),
      first, self, hosted);
}

static char *
found_sentence (const BeCrossover *crossover)
{
  g_autofree char *permanent =
      be_format_value (crossover->permanent, BE_UNIT_REQUESTS_PER_DAY, TRUE);
  g_autofree char *first = NULL;

  if (!isfinite (crossover->first) || crossover->first >= crossover->permanent)
    return g_strdup_printf (_ ("Self-hosting is cheaper for good from %s."), permanent);
  first = be_format_value (crossover->first, BE_UNIT_REQUESTS_PER_DAY, TRUE);
  return g_strdup_printf (_ ("Self-hosting is cheaper for good from %s, first from %s."), permanent,
                          first);
}

char *
be_crossover_sentence (const BeCrossover *crossover)
{
  g_autofree char *searched = NULL;

  switch (crossover->verdict) {
  case BE_CROSSOVER_FOUND:
    return found_sentence (crossover);
  case BE_CROSSOVER_NEVER:
    return never_sentence (crossover);
  case BE_CROSSOVER_ALWAYS:
    return g_strdup (_ ("Self-hosting is cheaper from the first request on."));
  case BE_CROSSOVER_BEYOND_CAPACITY:
    searched = be_format_value (crossover->searched_to, BE_UNIT_REQUESTS_PER_DAY, TRUE);
    return g_strdup_printf (_ ("No lasting crossover within the priced capacity, up to %s."),
                            searched);
  case BE_CROSSOVER_NO_POOL:
    return g_strdup (_ ("There is no pool to compare with."));
  case BE_CROSSOVER_INFEASIBLE:
  default:
    return g_strdup (_ ("The self-hosted plan cannot be evaluated."));
  }
}
