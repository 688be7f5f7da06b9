/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of a pool: where a step's time goes, throughput against latency, GPUs, replicas, week. */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *const step_names[BE_N_STEP_PARTS] = {
  [BE_STEP_DENSE] = N_ ("dense layers"), [BE_STEP_EXPERTS] = N_ ("experts"),
  [BE_STEP_HEAD] = N_ ("LM head"),       [BE_STEP_ATTENTION] = N_ ("attention"),
  [BE_STEP_LINKS] = N_ ("links"),        [BE_STEP_FIXED] = N_ ("fixed overhead"),
};

static const char *const weight_names[] = {
  [BE_WEIGHTS_FP16] = "FP16",     [BE_WEIGHTS_FP8] = "FP8",     [BE_WEIGHTS_INT8] = "INT8",
  [BE_WEIGHTS_FP4] = "FP4",       [BE_WEIGHTS_MXFP4] = "MXFP4", [BE_WEIGHTS_INT4] = "INT4",
  [BE_WEIGHTS_Q4_K_M] = "Q4_K_M",
};

const char *
be_weights_label (BeWeights weights)
{
  return weight_names[weights];
}

BeChartData *
be_report_new_pool_chart (BeChartType type, const char *title, const char *x_label,
                          const char *y_label, const BeChartOptions *options)
{
  BeChartData *data = be_chart_data_new (type);

  data->title = g_strdup (title);
  data->x_label = g_strdup (x_label);
  data->y_label = g_strdup (y_label);
  data->x_scale = type == BE_CHART_XY ? options->x_scale : BE_SCALE_LINEAR;
  data->y_scale = type == BE_CHART_XY ? options->y_scale : BE_SCALE_LINEAR;
  data->x_unit = BE_CHART_UNIT_COUNT;
  data->x_low = data->x_high = data->y_low = data->y_high = data->volume_x = NAN;
  data->empty_text = g_strdup (_ ("There is nothing to show for this pool"));
  return data;
}

static char *
serving_sentence (const BePool *pool, const BeServingResult *now)
{
  g_autofree char *speed =
      be_format_value (now->output_tokens_per_second, BE_UNIT_TOKENS_PER_SECOND, FALSE);
  g_autofree char *band =
      be_format_value (be_serving_band (&pool->serving, now), BE_UNIT_SHARE, FALSE);
  g_autofree char *tpot = be_format_value (now->tpot_s * 1000, BE_UNIT_MILLISECONDS, FALSE);
  g_autofree char *ttft = be_format_value (now->ttft_s * 1000, BE_UNIT_MILLISECONDS, FALSE);
  g_autofree char *running = be_format_number (now->sequences, FALSE);
  g_autofree char *weights = be_format_number (now->weights_gib, FALSE);
  g_autofree char *cache = be_format_number (now->kv_gib_per_sequence, FALSE);
  g_autofree char *free_share = be_format_value (now->free_share, BE_UNIT_SHARE, FALSE);
  g_autofree char *price = be_format_cost (pool->gpu_hour_usd * pool->gpus_per_replica
                                               / (now->output_tokens_per_second * 3600) * 1e6,
                                           BE_UNIT_USD_PER_MTOK);

  return g_strdup_printf (
      _ ("A replica makes %s (± %s) with %s sequences running: %s for a token, %s to the first. On "
         "each GPU the weights take %s GiB and a sequence %s GiB; %s of the memory is left for the "
         "cache. Fully used, %s of output.%s"),
      speed, band, running, tpot, ttft, weights, cache, free_share, price,
      now->meets_target ? "" : _ (" Even the smallest batch is slower than the target."));
}

static BeChartData *
step_chart (const BePlanInput *input, int pool, const BeChartOptions *options, GError **error)
{
  BeServingResult now;
  g_autoptr (GArray) curve = be_study_serving_curve (input, pool, &now, error);
  BeChartData *data;

  if (curve == NULL)
    return NULL;
  data = be_report_new_pool_chart (BE_CHART_BARS, _ ("Where the time of a step goes"), _ ("Part"),
                                   _ ("ms"), options);
  for (int i = 0; i < BE_N_STEP_PARTS; i++)
    if (now.step_s[i] > 0)
      be_chart_data_add_bar (data, _ (step_names[i]), now.step_s[i] * 1000, TRUE,
                             BE_ROLE_SELF_HOSTED);
  data->summary = serving_sentence (&input->pools[pool], &now);
  return data;
}

static BeChartData *
throughput_chart (const BePlanInput *input, int pool, const BeChartOptions *options, GError **error)
{
  BeServingResult now;
  g_autoptr (GArray) curve = be_study_serving_curve (input, pool, &now, error);
  BeChartData *data;

  if (curve == NULL)
    return NULL;
  g_autofree double *x = g_new (double, curve->len + 1);
  g_autofree double *y = g_new (double, curve->len + 1);
  data = be_report_new_pool_chart (BE_CHART_XY, _ ("Throughput against latency"),
                                   _ ("ms for each output token"), _ ("tokens/s of a replica"),
                                   options);
  data->y_unit = BE_CHART_UNIT_COUNT;
  gsize n = 0;
  for (guint i = 0; i < curve->len; i++) {
    const BeServingPoint *point = &g_array_index (curve, BeServingPoint, i);
    if (n > 0 && point->tpot_s * 1000 <= x[n - 1])
      continue;
    x[n] = point->tpot_s * 1000;
    y[n++] = point->output_tokens_per_second;
  }
  be_chart_data_add_series (data, _ ("by sequences that run at once"), BE_ROLE_SELF_HOSTED,
                            BE_SERIES_LINE, x, y, n);
  data->summary = serving_sentence (&input->pools[pool], &now);
  data->volume_x = input->pools[pool].target_tpot_ms;
  data->volume_name = g_strdup (_ ("Target"));
  if (n > 0) { /* room for the target, which may lie beyond what memory allows */
    data->x_low = fmin (x[0], data->volume_x);
    data->x_high = fmax (x[n - 1], data->volume_x) * 1.02;
  }
  be_chart_data_add_marker (data, _ ("Working point"), data->summary, now.tpot_s * 1000,
                            now.output_tokens_per_second, BE_ROLE_HYBRID);
  return data;
}

char *
be_serving_choice_name (const BeServingChoice *choice)
{
  /* Translators: a number of GPUs, the GPU, the precision of the weights. */
  return g_strdup_printf (_ ("%d × %s, %s"), choice->gpus_per_replica, choice->gpu->key,
                          be_weights_label (choice->weights));
}

static int
compare_by_latency (gconstpointer a, gconstpointer b)
{
  const BeServingChoice *x = *(BeServingChoice *const *) a, *y = *(BeServingChoice *const *) b;

  return (x->tpot_s > y->tpot_s) - (x->tpot_s < y->tpot_s);
}

/* A point for each choice, by latency, and the line of those that nothing beats. */
static void
add_choices (BeChartData *data, GArray *choices)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree double *x = g_new (double, choices->len + 1);
  g_autofree double *y = g_new (double, choices->len + 1);
  gsize n_front = 0;

  for (guint i = 0; i < choices->len; i++) {
    BeServingChoice *choice = &g_array_index (choices, BeServingChoice, i);
    if (!isnan (choice->usd_per_mtok)) /* the others have no place on the chart */
      g_ptr_array_add (sorted, choice);
  }
  g_ptr_array_sort (sorted, compare_by_latency);
  for (guint i = 0; i < sorted->len; i++) {
    const BeServingChoice *choice = sorted->pdata[i];
    x[i] = choice->tpot_s * 1000;
    y[i] = choice->usd_per_mtok;
    g_ptr_array_add (names, be_serving_choice_name (choice));
  }
  be_series_set_names (be_chart_data_add_series (data, _ ("GPU, precision and width"),
                                                 BE_ROLE_REFERENCE, BE_SERIES_POINTS, x, y,
                                                 sorted->len),
                       (const char *const *) names->pdata);
  for (guint i = 0; i < sorted->len; i++) {
    const BeServingChoice *choice = sorted->pdata[i];
    if (!choice->on_front)
      continue;
    x[n_front] = choice->tpot_s * 1000;
    y[n_front++] = choice->usd_per_mtok;
    be_chart_data_add_marker (data, names->pdata[i], names->pdata[i], choice->tpot_s * 1000,
                              choice->usd_per_mtok, BE_ROLE_SAVING);
  }
  be_chart_data_add_series (data, _ ("Nothing is faster and cheaper"), BE_ROLE_SAVING,
                            BE_SERIES_LINE, x, y, n_front);
}

/* The GPUs that fit but have no price: the array has theirs last. */
static char *
unpriced_words (GArray *choices)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (guint i = 0; i < choices->len; i++) {
    const BeServingChoice *choice = &g_array_index (choices, BeServingChoice, i);
    if (choice->priced == BE_PRICED_BY_NOTHING && !g_ptr_array_find (keys, choice->gpu->key, NULL))
      g_ptr_array_add (keys, (gpointer) choice->gpu->key);
  }
  if (keys->len == 0)
    return g_strdup ("");
  g_ptr_array_add (keys, NULL);
  g_autofree char *list = g_strjoinv (", ", (char **) keys->pdata);
  /* Translators: a further sentence, it begins with a space; a list of GPUs. */
  return g_strdup_printf (_ (" No rental price is known of %s."), list);
}

static char *
choices_summary (GArray *choices)
{
  const BeServingChoice *best = &g_array_index (choices, BeServingChoice, 0);
  g_autofree char *name = be_serving_choice_name (best);
  g_autofree char *cost = be_format_value (best->per_month_usd, BE_UNIT_USD_PER_MONTH, TRUE);
  g_autofree char *unpriced = unpriced_words (choices);

  if (isnan (best->per_month_usd))
    return g_strdup_printf (
        ngettext ("%u way to run this model fits, but no plan with it can be priced.%s",
                  "%u ways to run this model fit, but no plan with them can be priced.%s",
                  choices->len),
        choices->len, unpriced);
  return g_strdup_printf (_ ("%u ways to run this model fit. The cheapest self-hosted "
                             "plan is %s with %d replicas: %s.%s"),
                          choices->len, name, best->replicas, cost, unpriced);
}

BeChartData *
be_report_choices_chart (GArray *choices, const BeChartOptions *options)
{
  BeChartData *data = be_report_new_pool_chart (BE_CHART_XY, _ ("Cost against latency"),
                                                _ ("ms for each output token"),
                                                _ ("$ for a million output tokens"), options);

  data->y_unit = BE_CHART_UNIT_USD;
  if (choices->len > 0) {
    add_choices (data, choices);
    data->summary = choices_summary (choices);
  }
  return data;
}

static BeChartData *
gpus_chart (BeScenario *scenario, const BePlanInput *input, int pool, const BeChartOptions *options,
            GError **error)
{
  g_autoptr (GArray) choices = be_study_gpus (input, scenario, pool, error);

  return choices != NULL ? be_report_choices_chart (choices, options) : NULL;
}

static BeChartData *
precisions_chart (const BePlanInput *input, int pool, GError **error)
{
  BePrecision rows[BE_N_PRECISIONS];
  BeChartData *data;

  if (!be_study_precisions (input, pool, rows, error))
    return NULL;
  data = be_report_precision_chart (rows, BE_PRECISION_COST);
  g_free (data->title);
  data->title = g_strdup (_ ("Precisions on the pool's own GPUs"));
  data->summary = be_report_precision_words (rows);
  return data;
}

BeChartData *
be_report_serving_chart (BeScenario *scenario, const BePlanInput *input, const BePlanResult *result,
                         BeKind kind, const BeChartOptions *options, GError **error)
{
  int pool = options->pool < (int) input->n_pools ? options->pool : 0;

  if (input->n_pools == 0) {
    g_set_error_literal (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT,
                         _ ("There is no pool: add one under Self-hosting"));
    return NULL;
  }
  switch (kind) {
  case BE_KIND_STEP:
    return step_chart (input, pool, options, error);
  case BE_KIND_THROUGHPUT:
    return throughput_chart (input, pool, options, error);
  case BE_KIND_GPUS:
    return gpus_chart (scenario, input, pool, options, error);
  case BE_KIND_PRECISIONS:
    return precisions_chart (input, pool, error);
  case BE_KIND_MEMORY:
    return be_report_memory_chart (scenario, input, pool, options, error);
  case BE_KIND_REPLICAS:
    return be_report_replicas_chart (result, pool, options);
  case BE_KIND_FLEET:
    return be_report_fleet_chart (input, result, pool, options);
  case BE_KIND_WEEK:
  default:
    return be_report_week_chart (result, pool, options);
  }
}
