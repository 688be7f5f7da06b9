/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of two scenarios side by side. */
#include "be-config.h"
#include "report/be-report-private.h"
#include "report/compare/be-comparison.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define NOTHING "–"
/* As near as crossings are found with a target for the wait, by their size. */
#define CROSSING_ERROR 1e-6

static void
figure_free (gpointer data)
{
  BeFigure *figure = data;

  g_free (figure->label);
  g_free (figure->before);
  g_free (figure->after);
  g_free (figure->difference);
  g_free (figure->before_note);
  g_free (figure->after_note);
  g_free (figure);
}

static BeFigure *
add_figure (GPtrArray *figures, const char *label)
{
  BeFigure *figure = g_new0 (BeFigure, 1);

  figure->label = g_strdup (label);
  figure->difference = g_strdup ("");
  figure->before_note = g_strdup ("");
  figure->after_note = g_strdup ("");
  g_ptr_array_add (figures, figure);
  return figure;
}

/* The plan that a side is judged by; NULL: it has none that can be run. */
static const BePlan *
cheapest_of (const BeSide *side)
{
  return side->result != NULL && side->result->cheapest >= 0
             ? &side->result->plans[side->result->cheapest]
             : NULL;
}

static char *
describe_cheapest (const BeSide *side)
{
  const BePlan *plan = cheapest_of (side);

  if (plan != NULL)
    return g_strdup (be_plan_label (side->result->cheapest));
  return g_strdup (side->result != NULL ? _ ("none can be run") : NOTHING);
}

static void
add_cheapest (GPtrArray *figures, const BeSide *before, const BeSide *after)
{
  BeFigure *figure = add_figure (figures, _ ("Cheapest plan"));

  figure->before = describe_cheapest (before);
  figure->after = describe_cheapest (after);
}

/* A cost of both cheapest plans; `get` answers NaN for none. */
static void
add_cost (GPtrArray *figures, const char *label, const BeSide *before, const BeSide *after,
          double (*get) (const BePlan *plan))
{
  BeFigure *figure = add_figure (figures, label);
  double first = cheapest_of (before) != NULL ? get (cheapest_of (before)) : NAN;
  double second = cheapest_of (after) != NULL ? get (cheapest_of (after)) : NAN;

  figure->before = be_format_money (first, FALSE);
  figure->after = be_format_money (second, FALSE);
  g_free (figure->difference);
  figure->difference = be_format_change (second - first, BE_UNIT_USD);
}

static double
get_per_month (const BePlan *plan)
{
  return plan->per_month_usd;
}

static double
get_per_request (const BePlan *plan)
{
  return plan->per_request_usd;
}

static double
get_per_mtok (const BePlan *plan)
{
  return plan->per_mtok_usd;
}

/* In few words: the sentence has more. */
static char *
describe_crossover (const BeCrossover *crossover)
{
  if (crossover == NULL)
    return g_strdup (NOTHING);
  switch (crossover->verdict) {
  case BE_CROSSOVER_FOUND:
    return be_format_value (crossover->permanent, BE_UNIT_REQUESTS_PER_DAY, TRUE);
  case BE_CROSSOVER_NEVER:
    return g_strdup (_ ("never"));
  case BE_CROSSOVER_ALWAYS:
    /* Translators: self-hosting is cheaper from the first request on. */
    return g_strdup (_ ("from the start"));
  case BE_CROSSOVER_BEYOND_CAPACITY:
    /* Translators: there is no lasting crossover within the capacity that was priced. */
    return g_strdup (_ ("beyond capacity"));
  case BE_CROSSOVER_NO_POOL:
  case BE_CROSSOVER_INFEASIBLE:
  default:
    return g_strdup (NOTHING);
  }
}

static char *
note_crossover (const BeCrossover *crossover)
{
  return crossover != NULL && crossover->verdict != BE_CROSSOVER_FOUND
             ? be_crossover_sentence (crossover)
             : g_strdup ("");
}

/* "+20,000 requests/day"; "" when one of them is none. */
static char *
subtract_crossovers (const BeCrossover *before, const BeCrossover *after)
{
  double change = before != NULL && after != NULL ? after->permanent - before->permanent : NAN;

  if (!isfinite (change))
    return g_strdup ("");
  if (fabs (change) <= CROSSING_ERROR * fabs (before->permanent))
    change = 0;
  return be_format_change (rint (change), BE_UNIT_REQUESTS_PER_DAY);
}

/* One that is older than what cannot be priced any more is none. */
static const BeCrossover *
crossover_of (const BeSide *side)
{
  return side->result != NULL ? side->crossover : NULL;
}

static void
add_crossover (GPtrArray *figures, const BeSide *before, const BeSide *after)
{
  BeFigure *figure = add_figure (figures, _ ("Permanent crossover"));
  const BeCrossover *first = crossover_of (before), *second = crossover_of (after);

  g_free (figure->difference);
  g_free (figure->before_note);
  g_free (figure->after_note);
  figure->before = describe_crossover (first);
  figure->after = describe_crossover (second);
  figure->difference = subtract_crossovers (first, second);
  figure->before_note = note_crossover (first);
  figure->after_note = note_crossover (second);
}

static char *
describe_plan (const BeSide *side, BePlanKind kind, char **note)
{
  const BePlan *plan = side->result != NULL ? &side->result->plans[kind] : NULL;

  if (plan == NULL || !plan->defined)
    return g_strdup (NOTHING);
  if (plan->feasible == BE_FEASIBLE)
    return be_format_money (plan->per_month_usd, FALSE);
  g_free (*note);
  *note = be_feasibility_sentence (side->scenario, plan);
  return g_strdup (_ ("cannot be run"));
}

static double
cost_of_plan (const BeSide *side, BePlanKind kind)
{
  const BePlan *plan = side->result != NULL ? &side->result->plans[kind] : NULL;

  return plan != NULL && plan->defined && plan->feasible == BE_FEASIBLE ? plan->per_month_usd : NAN;
}

static gboolean
has_plan (const BeSide *side, BePlanKind kind)
{
  return side->result != NULL && side->result->plans[kind].defined;
}

static void
add_plan (GPtrArray *figures, const BeSide *before, const BeSide *after, BePlanKind kind)
{
  BeFigure *figure;

  if (!has_plan (before, kind) && !has_plan (after, kind))
    return;
  figure = add_figure (figures, be_plan_label (kind));
  figure->before = describe_plan (before, kind, &figure->before_note);
  figure->after = describe_plan (after, kind, &figure->after_note);
  g_free (figure->difference);
  figure->difference =
      be_format_change (cost_of_plan (after, kind) - cost_of_plan (before, kind), BE_UNIT_USD);
}

GPtrArray *
be_report_figures (const BeSide *before, const BeSide *after)
{
  GPtrArray *figures = g_ptr_array_new_with_free_func (figure_free);

  add_cheapest (figures, before, after);
  add_cost (figures, _ ("Per month"), before, after, get_per_month);
  add_cost (figures, _ ("Per request"), before, after, get_per_request);
  add_cost (figures, _ ("Per million tokens"), before, after, get_per_mtok);
  add_crossover (figures, before, after);
  for (int kind = 0; kind < BE_N_PLANS; kind++)
    add_plan (figures, before, after, (BePlanKind) kind);
  return figures;
}
