/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine's input: numbers, defaults, profiles, prices and speed. */
#include "scenario/be-scenario.h"

#include <math.h>
#include <string.h>

static BeCatalog *catalog;

static BeScenario *
template_of (const char *id)
{
  g_autoptr (GError) error = NULL;
  BeScenario *scenario = be_scenario_new_from_template (catalog, id, &error);
  g_assert_no_error (error);
  return scenario;
}

static void
test_numbers (void)
{
  g_autoptr (BeScenario) scenario = template_of ("support");
  g_autoptr (GError) error = NULL;
  const BePlanInput *input = be_scenario_resolve (scenario, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (input->month_hours, ==, 730);
  g_assert_cmpfloat (input->volume, ==, 1);
  const BeWorkload *workload = &input->workloads[0];
  g_assert_cmpfloat (workload->requests_per_day, ==, 500000);
  g_assert_cmpfloat (workload->growth_per_month, ==, 0.05);
  g_assert_cmpint (workload->max_retries, ==, 3);
  g_assert_cmpuint (workload->n_routes, ==, 2);
  g_assert_cmpfloat (workload->routes[0].share, ==, 0.7);
  const BeOffer *full = &input->offers[workload->routes[1].offer];
  g_assert_cmpfloat (full->standard.per_mtok[BE_RATE_INPUT], ==, 2.5);
  g_assert_cmpfloat (full->standard.per_mtok[BE_RATE_OUTPUT], ==, 10);
  g_assert_cmpstr (be_scenario_offer_key (scenario, workload->routes[1].offer), ==,
                   "openai/gpt-4o");
  const BePool *pool = &input->pools[0];
  g_assert_true (pool->serving_known);
  g_assert_cmpint (pool->serving.tensor_parallel, ==, 2);
  g_assert_cmpint (pool->serving.weights, ==, BE_WEIGHTS_FP8);
  g_assert_cmpint (pool->maximum, ==, 10000);
  g_assert_cmpfloat (pool->gpu_hour_usd, ==, 2.95);
  g_assert_cmpuint (pool->n_people, ==, 2);
  g_assert_cmpfloat (pool->people[1].from_replicas, ==, 5);
  g_assert_cmpint (pool->overflow_offer, ==, -1);
}

static void
test_profiles (void)
{
  static const struct {
    const char *profile;
    double peak;
  } rows[] = { { "flat", 1 }, { "office", 3.10 }, { "consumer", 1.93 }, { "nightly", 3 } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (BeScenario) scenario = template_of ("support");
    g_assert_true (
        be_scenario_set_text (scenario, "workloads/chat/profile", rows[i].profile, NULL));
    const double *profile = be_scenario_resolve (scenario, NULL)->workloads[0].profile;
    double sum = 0, peak = 0;
    for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
      sum += profile[hour];
      peak = fmax (peak, profile[hour]);
    }
    g_assert_cmpfloat_with_epsilon (sum / BE_WEEK_HOURS, 1, 1e-12);
    g_assert_cmpfloat_with_epsilon (peak, rows[i].peak, 0.005);
  }
}

static void
test_templates (void)
{
  guint n_templates;
  const BeTemplate *templates = be_scenario_templates (&n_templates);
  g_assert_cmpuint (n_templates, >=, 4);
  for (guint i = 0; i < n_templates; i++) {
    g_autoptr (BeScenario) scenario = template_of (templates[i].id);
    g_autoptr (GError) error = NULL;
    const BePlanInput *input = be_scenario_resolve (scenario, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (input->n_pools, ==, 1);
    g_assert_true (input->pools[0].serving_known);
    for (size_t r = 0; r < input->workloads[0].n_routes; r++)
      g_assert_cmpint (input->workloads[0].routes[r].offer, >=, 0);
  }
}

static void
test_missing (void)
{
  static const char *const paths[] = { "workloads/chat/requestsPerDay",
                                       "workloads/chat/tokens/input",
                                       "workloads/chat/tokens/output", "pools/llama/rent/gpuHour" };
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (BeScenario) scenario = template_of ("support");
    g_autoptr (GError) error = NULL;
    g_assert_true (be_scenario_reset (scenario, paths[i], NULL));
    g_assert_null (be_scenario_resolve (scenario, &error));
    g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_MISSING);
    g_assert_nonnull (strstr (error->message, paths[i]));
  }
}

/* Every row that the engine reads reaches it: a changed number changes the resolved input. */
static void
test_every_offset (void)
{
  guint n_inputs;
  const BeInput *inputs = be_inputs (&n_inputs);
  g_autoptr (BeScenario) scenario = template_of ("support");
  for (guint i = 0; i < n_inputs; i++) {
    const BeInput *input = &inputs[i];
    g_assert_cmpfloat (input->minimum, <=, input->maximum);
    if (input->type == BE_INPUT_TEXT)
      continue;
    g_assert_cmpfloat (input->soft_minimum, >=, input->minimum);
    g_assert_cmpfloat (input->soft_maximum, <=, input->maximum);
    if (!isnan (input->default_value))
      g_assert_true (input->default_value >= input->minimum
                     && input->default_value <= input->maximum);
    g_assert_true (be_input_find (input->pattern) == input || strchr (input->pattern, '?') != NULL);
  }
  g_assert_true (be_scenario_set_number (scenario, "workloads/chat/turns", 4, NULL));
  g_assert_cmpint (be_scenario_resolve (scenario, NULL)->workloads[0].turns, ==, 4);
  g_assert_true (be_scenario_set_number (scenario, "pools/llama/replicas/autoscale", 1, NULL));
  g_assert_true (be_scenario_resolve (scenario, NULL)->pools[0].autoscale);
}

static void
test_slider_speed (void)
{
  g_autoptr (BeScenario) scenario = template_of ("support");
  const char *path = "workloads/chat/routing/routes/openai~1gpt-4o-mini/share";
  be_scenario_begin_gesture (scenario, "drag");
  gint64 start = g_get_monotonic_time ();
  for (int i = 0; i < 1000; i++) {
    g_assert_true (be_scenario_set_number (scenario, path, i / 1000.0, NULL));
    g_assert_nonnull (be_scenario_resolve (scenario, NULL));
  }
  double us = (double) (g_get_monotonic_time () - start) / 1000;
  be_scenario_end_gesture (scenario);
  g_test_message ("one slider position: %.1f us", us);
  g_assert_cmpfloat (us, <, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  catalog = be_catalog_new_default (NULL);
  g_assert_nonnull (catalog);
  g_test_add_func ("/scenario/resolve/numbers", test_numbers);
  g_test_add_func ("/scenario/resolve/profiles", test_profiles);
  g_test_add_func ("/scenario/resolve/templates", test_templates);
  g_test_add_func ("/scenario/resolve/missing", test_missing);
  g_test_add_func ("/scenario/resolve/every-offset", test_every_offset);
  g_test_add_func ("/scenario/resolve/slider-speed", test_slider_speed);
  int result = g_test_run ();
  be_catalog_unref (catalog);
  return result;
}
