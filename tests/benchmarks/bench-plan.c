/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Processor time of the studies behind a slider's move, for each scenario named: microseconds of
 * resolving and evaluating, milliseconds of a page's curve, of the crossings and of the ladder. */
#include "study/be-study.h"

#include <stdio.h>
#include <time.h>

enum { ROUNDS = 200, STUDIES = 10, CURVE_POINTS = 72 };

static double
elapsed_s (clock_t begin)
{
  return (double) (clock () - begin) / CLOCKS_PER_SEC;
}

static double
evaluate_us (const BePlanInput *input)
{
  BePlanResult result;
  BePlanInput moved = *input; /* only the volume differs, as under a slider */
  be_plan_result_init (&result);
  clock_t begin = clock ();
  for (int i = 0; i < ROUNDS; i++) {
    moved.volume = input->volume * (1 + i * 1e-3);
    if (be_plan_evaluate (&moved, &result) != BE_OK)
      g_error ("no plan");
  }
  double us = elapsed_s (begin) / ROUNDS * 1e6;
  be_plan_result_clear (&result);
  return us;
}

static double
curve_ms (const BePlanInput *input)
{
  double from, to;
  be_study_volume_range (input, &from, &to);
  clock_t begin = clock ();
  for (int i = 0; i < STUDIES; i++) {
    BeVolumeCurve curve;
    if (!be_study_volume_curve (input, from, to, CURVE_POINTS, FALSE, &curve, NULL))
      g_error ("no curve");
    be_volume_curve_clear (&curve);
  }
  return elapsed_s (begin) / STUDIES * 1e3;
}

static double
crossover_ms (const BePlanInput *input, guint *n)
{
  clock_t begin = clock ();
  for (int i = 0; i < STUDIES; i++) {
    BeCrossover crossover;
    if (!be_study_crossover (input, &crossover, NULL))
      g_error ("no crossover");
    *n = crossover.crossings->len;
    be_crossover_clear (&crossover);
  }
  return elapsed_s (begin) / STUDIES * 1e3;
}

static double
ladder_ms (const BePlanInput *input)
{
  clock_t begin = clock ();
  for (int i = 0; i < STUDIES; i++) {
    BeLadder ladder;
    if (be_study_ladder_of_input (input, NULL, &ladder, NULL))
      be_ladder_clear (&ladder);
  }
  return elapsed_s (begin) / STUDIES * 1e3;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (BeCatalog) catalog = be_catalog_new_default (&failure);
  if (catalog == NULL)
    g_error ("%s", failure->message);
  printf ("%-28s %12s %12s %12s %12s %12s\n", "scenario", "resolve us", "evaluate us", "curve ms",
          "crossings ms", "ladder ms");
  for (int i = 1; i < argc; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BeScenario) scenario = be_scenario_load (catalog, argv[i], &error);
    if (scenario == NULL)
      g_error ("%s", error->message);
    clock_t begin = clock ();
    for (int round = 0; round < ROUNDS; round++) {
      g_autoptr (BeScenario) copy = be_scenario_copy (scenario);
      be_scenario_resolve (copy, NULL);
    }
    double resolve = elapsed_s (begin) / ROUNDS * 1e6;
    const BePlanInput *input = be_scenario_resolve (scenario, &error);
    guint n = 0;
    double crossings = crossover_ms (input, &n);
    g_autofree char *name = g_path_get_basename (argv[i]);
    printf ("%-28s %12.1f %12.1f %12.2f %8.2f /%2u %12.2f\n", name, resolve, evaluate_us (input),
            curve_ms (input), crossings, n, ladder_ms (input));
  }
  return 0;
}
