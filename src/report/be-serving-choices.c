/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other choices for a pool in words, and as the edits that take them. */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *const weight_ids[] = {
  [BE_WEIGHTS_FP16] = "fp16",     [BE_WEIGHTS_FP8] = "fp8",     [BE_WEIGHTS_INT8] = "int8",
  [BE_WEIGHTS_FP4] = "fp4",       [BE_WEIGHTS_MXFP4] = "mxfp4", [BE_WEIGHTS_INT4] = "int4",
  [BE_WEIGHTS_Q4_K_M] = "q4_k_m",
};
static const char
    *const cache_ids[] = { [BE_KV_FP16] = "fp16", [BE_KV_FP8] = "fp8", [BE_KV_INT8] = "int8" };

static const char *const fleet_labels[BE_N_FLEETS] = {
  [BE_FLEET_AS_IS] = N_ ("As it is"),
  [BE_FLEET_STATIC] = N_ ("For the peak, on demand"),
  [BE_FLEET_AUTOSCALED] = N_ ("Autoscaled, on demand"),
  [BE_FLEET_RESERVED] = N_ ("For the peak, all reserved"),
  [BE_FLEET_RESERVED_BASE] = N_ ("Best reserved base, rest on demand"),
  [BE_FLEET_SPOT] = N_ ("Spot"),
  [BE_FLEET_OWNED] = N_ ("Bought"),
};

static void
add_text (GPtrArray *sets, const char *pool, const char *member, const char *value)
{
  g_ptr_array_add (sets, g_strdup_printf ("%s/%s=%s", pool, member, value));
}

static void
add_number (GPtrArray *sets, const char *pool, const char *member, double value)
{
  g_autofree char *text = be_json_format_double (value);

  add_text (sets, pool, member, text);
}

static char **
finish (GPtrArray *sets)
{
  g_ptr_array_add (sets, NULL);
  return (char **) g_ptr_array_free (sets, FALSE);
}

char **
be_report_choice_assignments (const BeServingChoice *choice, const char *pool)
{
  GPtrArray *sets = g_ptr_array_new ();

  add_text (sets, pool, "gpu", choice->gpu->key);
  add_text (sets, pool, "weights", weight_ids[choice->weights]);
  add_text (sets, pool, "kvCache", cache_ids[choice->kv_cache]);
  add_number (sets, pool, "gpusPerReplica", choice->gpus_per_replica);
  add_number (sets, pool, "pipelineStages", 1);
  add_number (sets, pool, "attentionDataParallel", 1);
  add_text (sets, pool, "throughput/source", "model");
  if (choice->priced != BE_PRICED_BY_CATALOGUE)
    return finish (sets);
  add_number (sets, pool, "gpusPerInstance", 0);
  add_text (sets, pool, "rent/kind", "on-demand");
  add_number (sets, pool, "rent/gpuHour", choice->gpu_hour_usd);
  add_number (sets, pool, "rent/reserved/replicas", 0);
  return finish (sets);
}

const char *
be_report_fleet_label (BeFleetKind kind)
{
  return _ (fleet_labels[kind]);
}

char *
be_report_fleet_words (const BeFleetOption *option)
{
  g_autofree char *rent = be_format_value (option->gpu_hour_usd, BE_UNIT_USD_PER_HOUR, FALSE);
  g_autofree char *used =
      be_format_value (be_report_estimate (option->utilisation), BE_UNIT_SHARE, FALSE);

  if (!option->known)
    return g_strdup (_ ("No price is known"));
  if (option->reserved > 0)
    return g_strdup_printf (_ ("%d replicas, %d reserved · GPU %s · used to %s"), option->replicas,
                            option->reserved, rent, used);
  return g_strdup_printf (ngettext ("%d replica · GPU %s · used to %s",
                                    "%d replicas · GPU %s · used to %s", (gulong) option->replicas),
                          option->replicas, rent, used);
}

static void
add_rent (GPtrArray *sets, const char *path, const BePool *pool, int reserved)
{
  if (pool->gpu_hour_usd > 0)
    add_number (sets, path, "rent/gpuHour", pool->gpu_hour_usd);
  add_number (sets, path, "rent/reserved/replicas", reserved);
  if (reserved > 0)
    add_number (sets, path, "rent/reserved/gpuHour", pool->reserved_gpu_hour_usd);
}

static void
add_purchase (GPtrArray *sets, const char *path, const BePool *pool)
{
  add_number (sets, path, "rent/capex", pool->capex_usd);
  add_number (sets, path, "rent/lifeYears", pool->life_years);
  add_number (sets, path, "rent/residual", pool->residual);
  add_number (sets, path, "rent/costOfCapital", pool->cost_of_capital);
  add_number (sets, path, "rent/kw", pool->kw);
  add_number (sets, path, "rent/pue", pool->pue);
  add_number (sets, path, "rent/perKwh", pool->per_kwh_usd);
  add_number (sets, path, "rent/colocationPerKwMonth", pool->colocation_per_kw_month_usd);
  add_number (sets, path, "rent/maintenance", pool->maintenance);
}

char **
be_report_fleet_assignments (BeFleetKind kind, const BeFleetOption *option,
                             const BeFleetPrices *prices, const BePool *own, const char *path)
{
  static const char *const kinds[] = {
    [BE_RENT_ON_DEMAND] = "on-demand",
    [BE_RENT_RESERVED_1Y] = "reserved-1y",
    [BE_RENT_RESERVED_3Y] = "reserved-3y",
    [BE_RENT_SPOT] = "spot",
    [BE_RENT_OWNED] = "owned",
  };
  GPtrArray *sets = g_ptr_array_new ();
  BePool pool;

  if (kind == BE_FLEET_AS_IS || !be_fleet_set_kind (&pool, own, kind, prices))
    return finish (sets);
  add_text (sets, path, "rent/kind", kinds[pool.rent_kind]);
  add_text (sets, path, "replicas/autoscale", pool.autoscale ? "true" : "false");
  if (pool.rent_kind == BE_RENT_OWNED)
    add_purchase (sets, path, &pool);
  else
    add_rent (sets, path, &pool, kind == BE_FLEET_RESERVED_BASE ? option->reserved : 0);
  return finish (sets);
}

/* "$1,200/month less" or "more". */
static char *
saving_words (double before, double after)
{
  g_autofree char *usd = be_format_value (fabs (before - after), BE_UNIT_USD_PER_MONTH, TRUE);

  return g_strdup_printf (after <= before ? _ ("%s less") : _ ("%s more"), usd);
}

char *
be_report_sharing_sentence (const BePlanInput *input, int pool)
{
  BePooling pooling;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (!be_study_pooling (input, pool, &pooling, &error))
    return g_strdup (error->message);
  if (pooling.n_workloads > 1 && isfinite (pooling.separate_usd)) {
    g_autofree char *change = saving_words (pooling.separate_usd, pooling.together_usd);
    g_string_append_printf (
        text,
        _ ("Together the %d workloads need %d replicas, on pools of their own %d, as their peaks "
           "fall into different hours: %s. "),
        (int) pooling.n_workloads, pooling.together_replicas, pooling.separate_replicas, change);
  } else {
    g_string_append (text, _ ("The pool serves one workload. Another one with its peak at other "
                              "hours would fill its valleys. "));
  }
  if (isfinite (pooling.undeferred_usd)
      && fabs (pooling.undeferred_usd - pooling.together_usd) > 0.5) {
    g_autofree char *change = saving_words (pooling.undeferred_usd, pooling.together_usd);
    g_string_append_printf (text,
                            _ ("What may wait fills the valleys: %d replicas instead of %d, %s."),
                            pooling.together_replicas, pooling.undeferred_replicas, change);
  } else {
    g_string_append (text, _ ("Nothing fills the valleys: with a deferred share (Savings) some of "
                              "the work could move there."));
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
be_report_elsewhere_sentence (BeScenario *scenario, const BePlanResult *result, int pool)
{
  const BePlan *plan = &result->plans[BE_PLAN_SELF_HOSTED];
  double own = plan->feasible == BE_FEASIBLE ? plan->per_mtok_usd : NAN;
  BeSameWeights same;
  g_autoptr (GError) error = NULL;

  if (!be_study_same_weights (scenario, pool, &same, &error))
    return g_strdup (error->message);
  if (same.offer == NULL)
    return g_strdup (_ ("No offer of the catalogue names these weights."));
  g_autofree char *price =
      be_format_value (be_report_estimate (same.per_mtok_usd), BE_UNIT_USD_PER_MTOK, FALSE);
  g_autofree char *month =
      be_format_value (be_report_estimate (same.per_month_usd), BE_UNIT_USD_PER_MONTH, TRUE);
  g_autofree char *mine = be_format_value (be_report_estimate (own), BE_UNIT_USD_PER_MTOK, FALSE);
  return g_strdup_printf (
      _ ("%s offers %s: what the pool serves would cost %s there, or %s. The self-hosted plan "
         "comes to %s with everything counted."),
      same.offer->provider, same.offer->name != NULL ? same.offer->name : same.offer->id, month,
      price, mine);
}
