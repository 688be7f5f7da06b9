/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GPUs, precisions and widths compared, and throughput against latency. */
#include "study-inputs.h"

#include <math.h>

static BeCatalog *catalog;

static BeScenario *
support (void)
{
  return study_open_template (catalog, "support");
}

static void
test_gpus (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GError) error = NULL;
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (GArray) choices = be_study_gpus (input, scenario, 0, &error);
  g_test_message ("%u choices in %" G_GINT64_FORMAT " us", choices->len,
                  g_get_monotonic_time () - begin);
  g_assert_no_error (error);
  g_assert_cmpuint (choices->len, >, 200);
  double before = 0, fastest = INFINITY, cheapest = INFINITY;
  guint n_front = 0;
  for (guint i = 0; i < choices->len; i++) {
    const BeServingChoice *choice = &g_array_index (choices, BeServingChoice, i);
    fastest = fmin (fastest, choice->tpot_s);
    cheapest = fmin (cheapest, choice->usd_per_mtok);
    n_front += choice->on_front;
    if (isnan (choice->per_month_usd))
      continue;
    g_assert_cmpfloat (choice->per_month_usd, >=, before);
    before = choice->per_month_usd;
  }
  g_assert_cmpuint (n_front, >=, 1);
  for (guint i = 0; i < choices->len; i++) {
    const BeServingChoice *choice = &g_array_index (choices, BeServingChoice, i);
    if (choice->tpot_s == fastest || choice->usd_per_mtok == cheapest)
      g_assert_true (choice->on_front || n_front > 0);
  }
}

/* What the comparison says of a choice is what the plan says when it is taken. */
static void
test_choice_is_the_plan (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GArray) choices =
      be_study_gpus (be_scenario_resolve (scenario, NULL), scenario, 0, NULL);
  g_auto (GStrv) pools = be_scenario_list_pools (scenario);
  g_autofree char *rent_path = g_strdup_printf ("pools/%s/rent/gpuHour", pools[0]);
  double own_rent = be_scenario_get_number (scenario, rent_path);
  for (guint i = 0; i < choices->len; i += 19) {
    const BeServingChoice *choice = &g_array_index (choices, BeServingChoice, i);
    if (choice->priced == BE_PRICED_BY_NOTHING)
      continue;
    be_scenario_set_number (scenario, rent_path, own_rent, NULL);
    static const char *const weights[] = {
      "fp16", "fp8", "int8", "fp4", "mxfp4", "int4", "q4_k_m"
    };
    gboolean small = choice->weights != BE_WEIGHTS_FP16 && choice->gpu->gpu.fp8_tflops > 0;
    g_autofree char *rent = be_json_format_double (choice->gpu_hour_usd);
    g_autofree char *gpu = g_strdup_printf ("pools/%s/gpu=%s", pools[0], choice->gpu->key);
    g_autofree char *bits =
        g_strdup_printf ("pools/%s/weights=%s", pools[0], weights[choice->weights]);
    g_autofree char *cache =
        g_strdup_printf ("pools/%s/kvCache=%s", pools[0], small ? "fp8" : "fp16");
    g_autofree char *width =
        g_strdup_printf ("pools/%s/gpusPerReplica=%d", pools[0], choice->gpus_per_replica);
    g_autofree char *price = g_strdup_printf ("pools/%s/rent/gpuHour=%s", pools[0], rent);
    /* The pool's own rent stays where the catalogue has no say. */
    const char *const sets[] = {
      gpu, bits, cache, width, choice->priced == BE_PRICED_BY_CATALOGUE ? price : NULL, NULL
    };
    g_autoptr (GError) error = NULL;
    BePlanResult result;
    be_scenario_assign (scenario, sets, &error);
    g_assert_no_error (error);
    be_plan_result_init (&result);
    g_assert_cmpint (be_plan_evaluate (be_scenario_resolve (scenario, NULL), &result), ==, BE_OK);
    const BePlan *plan = &result.plans[BE_PLAN_SELF_HOSTED];
    if (isnan (choice->per_month_usd))
      g_assert_cmpint (plan->feasible, !=, BE_FEASIBLE);
    else
      g_assert_cmpfloat_with_epsilon (plan->per_month_usd, choice->per_month_usd,
                                      1e-9 * choice->per_month_usd);
    be_plan_result_clear (&result);
  }
}

static GArray *
compare (BeScenario *scenario)
{
  g_autoptr (GError) error = NULL;
  GArray *choices = be_study_gpus (be_scenario_resolve (scenario, NULL), scenario, 0, &error);
  g_assert_no_error (error);
  return choices;
}

static void
set (BeScenario *scenario, const char *member, const char *value)
{
  g_auto (GStrv) pools = be_scenario_list_pools (scenario);
  g_autofree char *assignment = g_strdup_printf ("pools/%s/%s=%s", pools[0], member, value);
  g_autoptr (GError) error = NULL;
  be_scenario_assign (scenario, (const char *const[]){ assignment, NULL }, &error);
  g_assert_no_error (error);
}

/* The first choice of a GPU. */
static const BeServingChoice *
first_of (GArray *choices, const char *gpu)
{
  for (guint i = 0; i < choices->len; i++) {
    const BeServingChoice *choice = &g_array_index (choices, BeServingChoice, i);
    if (g_str_equal (choice->gpu->key, gpu))
      return choice;
  }
  return NULL;
}

/* A small model fits every GPU that is shipped; those without a rental price come last. */
static void
test_every_gpu (void)
{
  g_autoptr (BeScenario) scenario = support ();
  set (scenario, "model", "Llama-3.1-8B");
  g_autoptr (GArray) choices = compare (scenario);
  for (size_t i = 0; i < be_catalog_get_n_gpus (catalog); i++)
    g_assert_nonnull (first_of (choices, be_catalog_get_gpu (catalog, i)->key));
  guint n_priced = 0, n_unpriced = 0;
  for (guint i = 0; i < choices->len; i++) {
    const BeServingChoice *choice = &g_array_index (choices, BeServingChoice, i);
    gboolean is_known = !isnan (be_catalog_gpu_price (catalog, choice->gpu->key));
    g_assert_cmpint (is_known || choice->is_pools_own, ==, choice->priced != BE_PRICED_BY_NOTHING);
    g_assert_cmpfloat (choice->output_tokens_per_second, >, 0);
    g_assert_cmpfloat (choice->tpot_s, >, 0);
    if (choice->priced != BE_PRICED_BY_NOTHING) {
      g_assert_cmpuint (n_unpriced, ==, 0);
      n_priced++;
      continue;
    }
    n_unpriced++;
    g_assert_true (isnan (choice->per_month_usd) && isnan (choice->usd_per_mtok));
    g_assert_true (isnan (choice->gpu_hour_usd));
    g_assert_false (choice->on_front);
    g_assert_cmpint (choice->replicas, >=, 1);
  }
  g_assert_cmpuint (n_priced, >, 100);
  g_assert_cmpuint (n_unpriced, >, 50);
}

/* The pool's own GPU at the pool's own price, whatever the catalogue has. */
static void
test_own_rent (void)
{
  static const char *const kinds[] = { "on-demand", "reserved-3y", "spot", "owned" };
  g_autoptr (BeScenario) scenario = support ();
  set (scenario, "gpu", "H100");
  set (scenario, "gpusPerReplica", "2");
  set (scenario, "weights", "fp8");
  set (scenario, "kvCache", "fp8");
  set (scenario, "rent/gpuHour", "7.77");
  set (scenario, "rent/capex", "38800");
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    set (scenario, "rent/kind", kinds[k]);
    const BePlanInput *input = be_scenario_resolve (scenario, NULL);
    g_autoptr (GArray) choices = compare (scenario);
    double price = k == 3 ? be_owned_gpu_hour (&input->pools[0]) : 7.77;
    guint n = 0;
    BePlanResult result;
    be_plan_result_init (&result);
    g_assert_cmpint (be_plan_evaluate (input, &result), ==, BE_OK);
    for (guint i = 0; i < choices->len; i++) {
      const BeServingChoice *choice = &g_array_index (choices, BeServingChoice, i);
      g_assert_cmpint (choice->is_pools_own, ==, g_str_equal (choice->gpu->key, "H100"));
      if (!choice->is_pools_own)
        continue;
      g_assert_cmpint (choice->priced, ==, BE_PRICED_BY_POOL);
      g_assert_cmpfloat_with_epsilon (choice->gpu_hour_usd, price, 1e-12);
      if (choice->gpus_per_replica != 2 || choice->weights != BE_WEIGHTS_FP8)
        continue;
      g_assert_cmpfloat_with_epsilon (choice->per_month_usd,
                                      result.plans[BE_PLAN_SELF_HOSTED].per_month_usd, 1e-6);
      n++;
    }
    g_assert_cmpuint (n, ==, 1);
    be_plan_result_clear (&result);
  }
}

/* A GPU from its datasheet stands beside the catalogue's, at the pool's rent, and in the place of
 * one with its key; who holds its row holds it over later edits. */
static void
test_own_gpu (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GError) error = NULL;
  const BeCatalogGpu *h100 = be_catalog_find_gpu (catalog, "H100");
  BeCatalogGpu twin = *h100;
  twin.name = "Twin";
  set (scenario, "rent/gpuHour", "3.21");
  g_autofree char *id = be_scenario_add_gpu (scenario, &twin, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GArray) choices = compare (scenario);
  const BeServingChoice *own = first_of (choices, id);
  g_assert_nonnull (own);
  g_assert_cmpint (own->priced, ==, BE_PRICED_BY_POOL);
  g_assert_cmpfloat (own->gpu_hour_usd, ==, 3.21);
  g_assert_cmpstr (own->gpu->name, ==, "Twin");
  for (guint i = 0; i < choices->len; i++) {
    const BeServingChoice *choice = &g_array_index (choices, BeServingChoice, i);
    if (g_str_equal (choice->gpu->key, "H100") && choice->weights == own->weights
        && choice->gpus_per_replica == own->gpus_per_replica)
      g_assert_cmpfloat (choice->output_tokens_per_second, ==, own->output_tokens_per_second);
  }
  g_autofree char *memory = g_strdup_printf ("gpus/%s/memGib", id);
  be_scenario_set_number (scenario, memory, 160, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (own->gpu->gpu.memory_gib, ==, 80);
  g_autoptr (GArray) larger = compare (scenario);
  g_assert_cmpfloat (first_of (larger, id)->gpu->gpu.memory_gib, ==, 160);
  g_autofree char *row = g_strdup_printf ("gpus/%s", id);
  be_scenario_remove (scenario, row, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (own->gpu->name, ==, "Twin");
  g_autoptr (GArray) without = compare (scenario);
  g_assert_null (first_of (without, id));
}

/* A pool that was measured at half its speed sees other GPUs through the same software. */
static void
test_measured_software (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GError) error = NULL;
  BeServingResult now;
  g_auto (GStrv) pools = be_scenario_list_pools (scenario);
  be_study_serving_now (be_scenario_resolve (scenario, NULL), catalog, 0, &now, &error);
  g_assert_no_error (error);
  g_autoptr (GArray) tuned =
      be_study_gpus (be_scenario_resolve (scenario, NULL), scenario, 0, NULL);
  g_autofree char *speed = g_strdup_printf ("pools/%s/throughput/outputTokensPerSecond=%.17g",
                                            pools[0], now.output_tokens_per_second * 0.5);
  g_autofree char *source = g_strdup_printf ("pools/%s/throughput/source=measured", pools[0]);
  g_autofree char *running =
      g_strdup_printf ("pools/%s/throughput/sequences=%.17g", pools[0], now.sequences);
  const char *const sets[] = { speed, source, running, NULL };
  be_scenario_assign (scenario, sets, &error);
  g_assert_no_error (error);
  BeServingSetup setup;
  be_study_serving_setup (be_scenario_resolve (scenario, NULL), 0, &setup, &error);
  g_assert_cmpfloat_with_epsilon (setup.software_efficiency, 0.5, 1e-6);
  g_autoptr (GArray) slow = be_study_gpus (be_scenario_resolve (scenario, NULL), scenario, 0, NULL);
  g_assert_cmpuint (slow->len, ==, tuned->len);
  double fast_sum = 0, slow_sum = 0;
  for (guint i = 0; i < slow->len; i++) {
    fast_sum += g_array_index (tuned, BeServingChoice, i).output_tokens_per_second;
    slow_sum += g_array_index (slow, BeServingChoice, i).output_tokens_per_second;
    g_assert_true (g_array_index (slow, BeServingChoice, i).doubts & BE_DOUBT_SOFTWARE);
  }
  g_assert_cmpfloat (slow_sum, <=, 0.5 * fast_sum * (1 + 1e-6));
}

static void
test_curve (void)
{
  g_autoptr (BeScenario) scenario = support ();
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);
  BeServingResult now;
  g_autoptr (GArray) curve = be_study_serving_curve (input, 0, &now, NULL);
  g_assert_cmpuint (curve->len, >, 20);
  for (guint i = 1; i < curve->len; i++) {
    const BeServingPoint *a = &g_array_index (curve, BeServingPoint, i - 1);
    const BeServingPoint *b = &g_array_index (curve, BeServingPoint, i);
    g_assert_cmpfloat (b->tpot_s, >=, a->tpot_s * (1 - 1e-12));
    g_assert_cmpfloat (b->output_tokens_per_second, >=, a->output_tokens_per_second * (1 - 1e-12));
  }
  g_assert_cmpfloat (now.tpot_s * 1000, <=, input->pools[0].target_tpot_ms);
  g_autoptr (GError) error = NULL;
  g_assert_null (be_study_serving_curve (input, 5, NULL, &error));
  g_assert_error (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  catalog = be_catalog_new_default (NULL);
  g_test_add_func ("/serving/gpus", test_gpus);
  g_test_add_func ("/serving/choice-is-the-plan", test_choice_is_the_plan);
  g_test_add_func ("/serving/every-gpu", test_every_gpu);
  g_test_add_func ("/serving/own-rent", test_own_rent);
  g_test_add_func ("/serving/own-gpu", test_own_gpu);
  g_test_add_func ("/serving/measured-software", test_measured_software);
  g_test_add_func ("/serving/curve", test_curve);
  int status = g_test_run ();
  be_catalog_unref (catalog);
  return status;
}
