/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One replica of a pool: its setup, its working point, and what a measurement says of it. */
#include "study/be-study-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define CURVE_POINTS 48
#define LEAST_FACTOR 0.01 /* the range of throughput/softwareEfficiency */
#define MOST_FACTOR 10.0

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT, message);
  return FALSE;
}

gboolean
be_study_serving_lengths (const BePlanInput *input, int pool, double *prompt, double *output,
                          GError **error)
{
  const BePool *served = pool >= 0 && pool < (int) input->n_pools ? &input->pools[pool] : NULL;

  if (served == NULL || served->n_serves == 0 || !served->serving_known)
    return refuse (error, _ ("There is no pool with a known model and GPU that serves a workload"));
  const BeServes *serves = &served->serves[0];
  const BeWorkload *workload = &input->workloads[serves->workload];
  *prompt = serves->token_factor * be_workload_prompt (workload);
  *output = serves->token_factor * (workload->output + workload->reasoning);
  return *output > 0 || refuse (error, _ ("The workload has no output tokens to serve"));
}

BeServingDemand
be_pool_demand (const BePool *pool)
{
  return (BeServingDemand){ .tpot_s = pool->target_tpot_ms / 1000,
                            .whole_batch = true,
                            .prefix_hit = pool->prefix_hit_share };
}

gboolean
be_study_serving_setup (const BePlanInput *input, int pool, BeServingSetup *setup, GError **error)
{
  double prompt, output, factor;

  if (!be_study_serving_lengths (input, pool, &prompt, &output, error))
    return FALSE;
  const BePool *served = &input->pools[pool];
  *setup = served->serving;
  if (!served->throughput_measured || !(served->output_tokens_per_second > 0))
    return TRUE;
  if (be_study_software_factor (input, pool, served->output_tokens_per_second, served->sequences,
                                &factor, NULL))
    setup->software_efficiency = factor;
  return TRUE;
}

gboolean
be_study_serving_now (const BePlanInput *input, BeCatalog *catalog, int pool, BeServingResult *now,
                      GError **error)
{
  BeServingSetup setup;
  double prompt, output;

  if (!be_study_serving_setup (input, pool, &setup, error)
      || !be_study_serving_lengths (input, pool, &prompt, &output, error))
    return FALSE;
  BeServingDemand demand = be_pool_demand (&input->pools[pool]);
  BeStatus status = be_serving_evaluate (&setup, &demand, prompt, output, now);
  if (status == BE_OK)
    return TRUE;
  if (status != BE_DOES_NOT_FIT)
    return refuse (error,
                   _ ("The throughput cannot be worked out: a figure of the model or the GPU "
                      "is missing"));
  g_autofree char *words = be_study_fit_words (input, catalog, pool);
  return refuse (error, words);
}

GArray *
be_study_serving_curve (const BePlanInput *input, int pool, BeServingResult *now, GError **error)
{
  GArray *points;
  BeServingSetup setup;
  BeServingResult result, most;
  BeServingDemand demand = { 0 };
  double prompt, output;

  if (!be_study_serving_lengths (input, pool, &prompt, &output, error)
      || !be_study_serving_setup (input, pool, &setup, error)
      || (now != NULL && !be_study_serving_now (input, NULL, pool, now, error)))
    return NULL;
  demand.prefix_hit = input->pools[pool].prefix_hit_share;
  if (be_serving_evaluate (&setup, &demand, prompt, output, &most) != BE_OK) {
    g_autofree char *words = be_study_fit_words (input, NULL, pool);
    refuse (error, words);
    return NULL;
  }
  points = g_array_new (FALSE, FALSE, sizeof (BeServingPoint));
  for (int i = 0; i < CURVE_POINTS; i++) {
    demand.concurrency = pow (fmax (most.sequences, 1), i / (double) (CURVE_POINTS - 1));
    if (be_serving_evaluate (&setup, &demand, prompt, output, &result) != BE_OK)
      continue;
    const BeServingPoint point = { result.sequences, result.tpot_s, result.ttft_s,
                                   result.output_tokens_per_second };
    g_array_append_val (points, point);
  }
  return points;
}

/* ---- measured throughput ---- */

typedef struct {
  BeServingSetup setup;
  BeServingDemand demand;
  double prompt, output;
} Replica;

static double
speed_at (Replica *replica, double factor)
{
  BeServingResult result;
  replica->setup.software_efficiency = factor;
  BeStatus status = be_serving_evaluate (&replica->setup, &replica->demand, replica->prompt,
                                         replica->output, &result);
  return status == BE_OK ? result.output_tokens_per_second : NAN;
}

/* Under a latency target a faster stack also runs a larger batch: speed rises with the factor, by
 * steps of whole sequences. */
static double
solve_factor (Replica *replica, double tokens_per_second)
{
  double low = LEAST_FACTOR, high = MOST_FACTOR;
  if (speed_at (replica, high) <= tokens_per_second)
    return high;
  for (int i = 0; i < 50; i++) {
    double middle = sqrt (low * high);
    if (speed_at (replica, middle) < tokens_per_second)
      low = middle;
    else
      high = middle;
  }
  return high;
}

gboolean
be_study_software_factor (const BePlanInput *input, int pool, double tokens_per_second,
                          double sequences, double *factor, GError **error)
{
  Replica replica;

  if (!(tokens_per_second > 0) || !isfinite (tokens_per_second))
    return refuse (error, _ ("A measured throughput is a number above 0"));
  if (!be_study_serving_lengths (input, pool, &replica.prompt, &replica.output, error))
    return FALSE;
  const BePool *served = &input->pools[pool];
  replica.setup = served->serving;
  replica.demand = be_pool_demand (served);
  if (sequences > 0)
    replica.demand =
        (BeServingDemand){ .concurrency = sequences, .prefix_hit = served->prefix_hit_share };
  double tuned = speed_at (&replica, 1);
  if (!(tuned > 0))
    return refuse (error,
                   _ ("The model says that this replica does not fit its memory, so that there is "
                      "nothing to compare the measurement with"));
  *factor = sequences > 0 ? tokens_per_second / tuned : solve_factor (&replica, tokens_per_second);
  if (*factor >= LEAST_FACTOR && *factor < MOST_FACTOR)
    return TRUE;
  return refuse (error,
                 _ ("The measurement is more than ten times the model's figure, or less than "
                    "a hundredth of it: is it of one replica, in output tokens?"));
}

static gboolean
set_factor (BeScenario *scenario, const char *pool, double factor, GError **error)
{
  g_autofree char *path = be_path_join ("pools", pool, "throughput", "softwareEfficiency", NULL);
  return be_scenario_set_number (scenario, path, factor, error);
}

static gboolean
take_factor (BeScenario *scenario, const BePlanInput *input, int pool, gboolean everywhere,
             double factor, GError **error)
{
  g_auto (GStrv) pools = be_scenario_list_pools (scenario);
  g_autofree gboolean *computed = g_new (gboolean, input->n_pools);

  for (size_t i = 0; i < input->n_pools; i++)
    computed[i] = !input->pools[i].throughput_measured;
  g_autofree char *source = be_path_join ("pools", pools[pool], "throughput", "source", NULL);
  if (!be_scenario_set_text (scenario, source, "model", error)
      || !set_factor (scenario, pools[pool], factor, error))
    return FALSE;
  for (int i = 0; everywhere && pools[i] != NULL; i++)
    if (i != pool && computed[i] && !set_factor (scenario, pools[i], factor, error))
      return FALSE;
  return TRUE;
}

static int
index_of (char **pools, const char *wanted)
{
  for (int i = 0; pools[i] != NULL; i++)
    if (g_str_equal (pools[i], wanted))
      return i;
  return -1;
}

gboolean
be_study_take_measured_factor (BeScenario *scenario, const char *pool, gboolean everywhere,
                               double *factor, GError **error)
{
  g_auto (GStrv) pools = be_scenario_list_pools (scenario);
  const BePlanInput *input = be_scenario_resolve (scenario, error);
  int index = index_of (pools, pool);

  if (input == NULL)
    return FALSE;
  if (index < 0 || !input->pools[index].throughput_measured)
    return refuse (error, _ ("This pool has no measured throughput"));
  const BePool *measured = &input->pools[index];
  if (!be_study_software_factor (input, index, measured->output_tokens_per_second,
                                 measured->sequences, factor, error))
    return FALSE;
  be_scenario_begin_gesture (scenario, _ ("Measured Software Factor"));
  gboolean done = take_factor (scenario, input, index, everywhere, *factor, error);
  be_scenario_end_gesture (scenario);
  return done;
}
