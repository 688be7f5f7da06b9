/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the strongest part must do in no time: one throughput evaluation, the whole comparison of
 * GPUs, precisions and widths, and the hybrid optimum over a week with up to 1,000 replicas. */
#include "study/be-study.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef void (*Work) (gpointer data);

/* Time of this program alone, whatever else runs. */
static double
cpu_us (void)
{
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e6 + (double) now.tv_nsec * 1e-3;
}

/* Median and best of many rounds, microseconds of one call. */
static void
measure (const char *what, double allowed_us, int rounds, int calls, Work work, gpointer data)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (double));

  for (int i = 0; i < rounds; i++) {
    double begin = cpu_us ();
    for (int k = 0; k < calls; k++)
      work (data);
    double each = (cpu_us () - begin) / calls;
    guint at = 0;
    while (at < times->len && g_array_index (times, double, at) < each)
      at++;
    g_array_insert_val (times, at, each);
  }
  double median = g_array_index (times, double, times->len / 2);
  double best = g_array_index (times, double, 0);
  printf ("%-58s %10.2f us (best %10.2f), %.3f of the %g us allowed\n", what, median, best,
          median / allowed_us, allowed_us);
  g_array_unref (times);
}

typedef struct {
  const BePlanInput *input;
  BeScenario *scenario;
  BePlanResult result;
  double prompt, output;
  guint n_choices;
} Bench;

static void
evaluate_replica (gpointer data)
{
  Bench *bench = data;
  const BePool *pool = &bench->input->pools[0];
  const BeServingDemand demand = { .tpot_s = 0.030, .whole_batch = true };
  BeServingResult result;

  if (be_serving_evaluate (&pool->serving, &demand, bench->prompt, bench->output, &result) != BE_OK)
    abort ();
}

static void
compare_gpus (gpointer data)
{
  Bench *bench = data;
  g_autoptr (GArray) choices = be_study_gpus (bench->input, bench->scenario, 0, NULL);

  bench->n_choices = choices->len;
}

/* From nothing: what the wait target allows is solved anew each time. */
static void
optimise_hybrid (gpointer data)
{
  Bench *bench = data;

  be_plan_result_clear (&bench->result);
  be_plan_result_init (&bench->result);
  if (be_plan_evaluate_some (bench->input, 1u << BE_PLAN_HYBRID, &bench->result) != BE_OK)
    abort ();
}

/* As while a slider moves: the memory of the last evaluation is there. */
static void
optimise_hybrid_again (gpointer data)
{
  Bench *bench = data;

  if (be_plan_evaluate_some (bench->input, 1u << BE_PLAN_HYBRID, &bench->result) != BE_OK)
    abort ();
}

/* The volume at which the peak hour needs about this many replicas. */
static void
grow_to (BeScenario *scenario, BePlanInput *input, double replicas)
{
  BePlanResult result;

  be_plan_result_init (&result);
  be_plan_input_copy (input, be_scenario_resolve (scenario, NULL));
  be_plan_evaluate_some (input, 1u << BE_PLAN_SELF_HOSTED, &result);
  input->volume *= replicas / result.self_hosted[0].peak_replicas;
  be_plan_result_clear (&result);
}

int
main (void)
{
  g_autoptr (BeCatalog) catalog = be_catalog_new_default (NULL);
  g_autoptr (BeScenario) scenario = be_scenario_new_from_template (catalog, "support", NULL);
  BePlanInput grown;
  Bench bench = { .scenario = scenario };

  be_plan_input_init (&grown);
  bench.input = be_scenario_resolve (scenario, NULL);
  be_plan_result_init (&bench.result);
  be_study_serving_lengths (bench.input, 0, &bench.prompt, &bench.output, NULL);
  measure ("one throughput evaluation under a latency target", 100, 21, 2000, evaluate_replica,
           &bench);
  measure ("GPUs x precisions x widths, the whole fleet of each", 20000, 11, 1, compare_gpus,
           &bench);
  printf ("  (%u choices fit)\n", bench.n_choices);
  grow_to (scenario, &grown, 950);
  bench.input = &grown;
  measure ("hybrid optimum, 168 hours, from nothing", 2000, 21, 1, optimise_hybrid, &bench);
  printf ("  (%zu sizes tried, the best is %d)\n", bench.result.hybrid[0].n_costs,
          bench.result.hybrid[0].replicas);
  measure ("the same once more, as while a slider moves", 2000, 21, 1, optimise_hybrid_again,
           &bench);
  be_plan_result_clear (&bench.result);
  be_plan_input_clear (&grown);
  return 0;
}
