/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies of one pool: memory, the measured factor, latency, precision, fleet, sharing. */
#include "study-inputs.h"

#include <math.h>
#include <string.h>

static BeCatalog *catalog;

static BeScenario *
support (void)
{
  return study_open_template (catalog, "support");
}

static void
assign (BeScenario *scenario, const char *assignment)
{
  const char *const all[] = { assignment, NULL };
  g_autoptr (GError) error = NULL;
  be_scenario_assign (scenario, all, &error);
  g_assert_no_error (error);
}

static void
test_memory (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GError) error = NULL;
  BeServingFit fit;
  g_assert_true (be_study_fit (be_scenario_resolve (scenario, NULL), catalog, 0, &fit, &error));
  g_assert_no_error (error);
  g_assert_true (fit.fits);
  g_assert_cmpuint (fit.would_fit->len, ==, 0);
  g_assert_cmpfloat_with_epsilon (fit.weights_gib + fit.cache_gib + fit.reserved_gib + fit.free_gib,
                                  fit.gpu_gib, 1e-9);
  g_assert_cmpfloat (fit.free_gib, >=, -1e-9);
  g_assert_cmpfloat (fit.sequences, <=, fit.most_sequences);
  be_serving_fit_clear (&fit);
}

/* What is said to fit does fit when it is set. */
static void
test_would_fit (void)
{
  static const char *const names[] = { "fp16", "fp8", "int8", "fp4", "mxfp4", "int4", "q4_k_m" };
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GError) error = NULL;
  BeServingFit fit;
  BeServingResult now;
  assign (scenario, "pools/llama/weights=fp16");
  assign (scenario, "pools/llama/gpusPerReplica=1");
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);
  g_assert_true (be_study_fit (input, catalog, 0, &fit, &error));
  g_assert_false (fit.fits);
  g_assert_cmpfloat (fit.free_gib, <, 0);
  g_assert_cmpuint (fit.would_fit->len, >=, 3);
  g_assert_false (be_study_serving_now (input, catalog, 0, &now, &error));
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "What would fit: "));
  for (guint i = 0; i < fit.would_fit->len; i++) {
    const BeFitChoice *choice = &g_array_index (fit.would_fit, BeFitChoice, i);
    g_autoptr (BeScenario) tried = be_scenario_copy (scenario);
    g_autofree char *weights = g_strdup_printf ("pools/llama/weights=%s", names[choice->weights]);
    g_autofree char *width =
        g_strdup_printf ("pools/llama/gpusPerReplica=%d", choice->gpus_per_replica);
    assign (tried, weights);
    assign (tried, width);
    if (choice->gpu != NULL) {
      g_autofree char *gpu = g_strdup_printf ("pools/llama/gpu=%s", choice->gpu);
      assign (tried, gpu);
    }
    g_assert_true (
        be_study_serving_now (be_scenario_resolve (tried, NULL), catalog, 0, &now, NULL));
  }
  be_serving_fit_clear (&fit);
}

static double
speed_of (BeScenario *scenario)
{
  BeServingResult now;
  g_assert_true (
      be_study_serving_now (be_scenario_resolve (scenario, NULL), catalog, 0, &now, NULL));
  return now.output_tokens_per_second;
}

/* A measurement of half the speed gives the factor that gives it back, also under a latency target
 * that then allows fewer sequences; it is one step of undo. */
static void
test_measured_factor (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GError) error = NULL;
  double tuned = speed_of (scenario), factor;
  g_autofree char *measured =
      g_strdup_printf ("pools/llama/throughput/outputTokensPerSecond=%.17g", tuned * 0.6);
  assign (scenario, measured);
  assign (scenario, "pools/llama/throughput/source=measured");
  g_autofree char *before = be_scenario_to_data (scenario, NULL);
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);
  g_assert_true (be_study_software_factor (input, 0, tuned * 0.6, 64, &factor, &error));
  g_assert_true (be_study_take_measured_factor (scenario, "llama", TRUE, &factor, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (factor, >, 0.5);
  g_assert_cmpfloat (factor, <, 1);
  g_assert_cmpfloat (fabs (speed_of (scenario) / (tuned * 0.6) - 1), <, 0.02);
  g_assert_cmpfloat (be_scenario_get_number (scenario, "pools/llama/throughput/softwareEfficiency"),
                     ==, factor);
  be_scenario_undo (scenario);
  g_autofree char *after = be_scenario_to_data (scenario, NULL);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (be_study_software_factor (input, 0, 1e9, NAN, &factor, &error));
  g_clear_error (&error);
  g_assert_false (be_study_software_factor (input, 0, 0, NAN, &factor, &error));
}

static void
test_latency_price (void)
{
  g_autoptr (BeScenario) scenario = support ();
  BeLatencyPrice prices[3];
  BePlanResult result;
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);
  g_assert_true (be_study_latency_price (input, 0, 10, prices, NULL));
  be_plan_result_init (&result);
  g_assert_cmpint (be_plan_evaluate (input, &result), ==, BE_OK);
  g_assert_cmpfloat (prices[1].per_month_usd, ==, result.plans[BE_PLAN_SELF_HOSTED].per_month_usd);
  be_plan_result_clear (&result);
  g_assert_cmpfloat (prices[0].target_ms, ==, prices[1].target_ms - 10);
  for (int i = 0; i < 2; i++) {
    g_assert_cmpfloat (prices[i].usd_per_mtok, >=, prices[i + 1].usd_per_mtok);
    g_assert_cmpfloat (prices[i].per_month_usd, >=, prices[i + 1].per_month_usd);
  }
}

static void
test_precisions (void)
{
  g_autoptr (BeScenario) scenario = support ();
  BePrecision rows[BE_N_PRECISIONS];
  assign (scenario, "pools/llama/gpusPerReplica=4");
  g_assert_true (be_study_precisions (be_scenario_resolve (scenario, NULL), 0, rows, NULL));
  g_assert_cmpfloat (rows[0].memory_saved, ==, 0);
  g_assert_cmpfloat (rows[0].speed_ratio, ==, 1);
  g_assert_cmpfloat (fabs (rows[0].weights_gib / 131.4 - 1), <, 0.01); /* 70.55e9 x 2 bytes */
  for (int i = 1; i < BE_N_PRECISIONS; i++) {
    g_assert_cmpfloat (rows[i].weights_gib, <=, rows[i - 1].weights_gib);
    g_assert_true (rows[i].fits);
    g_assert_cmpint (rows[i].replicas, >=, 1);
  }
  g_assert_cmpfloat (rows[1].memory_saved, >, 0.43);
  g_assert_cmpfloat (rows[3].memory_saved, <, 0.75);
}

static void
test_fleet (void)
{
  g_autoptr (BeScenario) scenario = support ();
  BeFleetOption o[BE_N_FLEETS];
  BeFleetPrices prices;
  be_fleet_prices_find (catalog, "H100", &prices);
  g_assert_cmpfloat (prices.capex_usd, ==, 38750);
  g_assert_cmpfloat (prices.on_demand_usd, ==, be_catalog_gpu_price (catalog, "H100"));
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);
  g_assert_true (be_study_fleet (input, 0, &prices, o, NULL));
  for (int i = 0; i < BE_N_FLEETS; i++)
    g_test_message ("%d: %g $/month, %d replicas, mean %g, reserved %d, use %g", i,
                    o[i].per_month_usd, o[i].replicas, o[i].mean_running, o[i].reserved,
                    o[i].utilisation);
  g_assert_cmpfloat (o[BE_FLEET_STATIC].mean_running, ==, o[BE_FLEET_STATIC].replicas);
  g_assert_cmpfloat (o[BE_FLEET_AUTOSCALED].mean_running, <=, o[BE_FLEET_STATIC].mean_running);
  g_assert_cmpfloat (o[BE_FLEET_AUTOSCALED].utilisation, >=, o[BE_FLEET_STATIC].utilisation);
  g_assert_cmpfloat (o[BE_FLEET_AUTOSCALED].cold_start_usd, >, 0);
  g_assert_cmpfloat (o[BE_FLEET_RESERVED_BASE].per_month_usd, <=,
                     o[BE_FLEET_AUTOSCALED].per_month_usd);
  g_assert_cmpfloat (o[BE_FLEET_RESERVED_BASE].per_month_usd, <=,
                     o[BE_FLEET_RESERVED].per_month_usd * (1 + 1e-9));
  g_assert_cmpfloat (fabs (o[BE_FLEET_OWNED].gpu_hour_usd - 1.5), <, 0.15);
  double load[BE_WEEK_HOURS] = { 3 };
  g_assert_cmpfloat (be_peak_to_average (load), ==, BE_WEEK_HOURS);
  g_assert_cmpint (be_overload_hours (load, 2), ==, 1);
  g_assert_cmpint (be_overload_hours (load, 3), ==, 0);
}

/* A day shift and a night shift on one pool need half of what two pools need. */
static void
test_pooling (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GError) error = NULL;
  BePooling pooling;
  g_autofree char *night = be_scenario_add_workload (scenario, "Night", &error);
  double day_weights[168], night_weights[168];
  for (int hour = 0; hour < 168; hour++) {
    day_weights[hour] = hour % 24 >= 8 && hour % 24 < 20;
    night_weights[hour] = 1 - day_weights[hour];
  }
  be_scenario_set_profile (scenario, "chat", day_weights, NULL);
  be_scenario_set_profile (scenario, night, night_weights, NULL);
  assign (scenario, "workloads/night/requestsPerDay=500000");
  assign (scenario, "workloads/night/tokens/input=1667");
  assign (scenario, "workloads/night/tokens/output=333");
  assign (scenario, "pools/llama/replicas/spare=0");
  g_assert_true (be_study_pooling (be_scenario_resolve (scenario, NULL), 0, &pooling, &error));
  g_assert_cmpuint (pooling.n_workloads, ==, 1);
  g_assert_cmpfloat (pooling.together_usd, ==, pooling.separate_usd);
  g_autofree char *data = be_scenario_to_data (scenario, NULL);
  char *at = strstr (data, "\"workload\": \"chat\"");
  g_assert_nonnull (at);
  char *end = strchr (at, '}');
  g_autofree char *more =
      g_strdup_printf ("%.*s}, { \"workload\": \"night\" %s", (int) (end - data), data, end);
  g_autoptr (BeScenario) both =
      be_scenario_new_from_data (catalog, more, strlen (more), "both", &error);
  g_assert_no_error (error);
  const BePlanInput *input = be_scenario_resolve (both, NULL);
  g_assert_cmpuint (input->pools[0].n_serves, ==, 2);
  g_assert_true (be_study_pooling (input, 0, &pooling, &error));
  g_test_message ("together %g $ on %d, separate %g $ on %d", pooling.together_usd,
                  pooling.together_replicas, pooling.separate_usd, pooling.separate_replicas);
  g_assert_cmpint (pooling.separate_replicas, ==, 2 * pooling.together_replicas);
  g_assert_cmpfloat (pooling.together_usd, <, pooling.separate_usd);
  g_assert_cmpfloat_with_epsilon (pooling.separate_peaks, 2 * pooling.together_peak, 1e-9);
  g_assert_cmpfloat (pooling.undeferred_usd, ==, pooling.together_usd);
  assign (both, "workloads/night/batchShare=0.8");
  g_assert_true (be_study_pooling (be_scenario_resolve (both, NULL), 0, &pooling, &error));
  g_assert_cmpfloat (pooling.together_usd, <=, pooling.undeferred_usd);
}

/* All of a pool's work on one offer costs what the hosted plan costs with that offer as its route;
 * a pool that serves a part moves that part. */
static void
test_elsewhere (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GError) error = NULL;
  const double factors[] = { 0.5, 1, 4 };
  double moved[3], part[3];
  BePlanResult result;
  BeOffer offer;
  const BeCatalogOffer *host = be_catalog_find_offer (catalog, "groq/llama-3.3-70b-versatile");
  g_autoptr (JsonNode) node = be_catalog_offer_to_scenario (host, NULL);
  g_assert_true (be_scenario_resolve_offer (scenario, node, &offer));
  be_study_elsewhere (be_scenario_resolve (scenario, NULL), 0, &offer, factors, 3, moved, &error);
  g_assert_no_error (error);
  be_plan_result_init (&result);
  be_plan_evaluate (be_scenario_resolve (scenario, NULL), &result);
  const double hosted = result.plans[BE_PLAN_HOSTED].per_month_usd;
  assign (scenario, "pools/llama/serves/chat/share=0.25");
  be_study_elsewhere (be_scenario_resolve (scenario, NULL), 0, &offer, factors, 3, part, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (part[1], 0.25 * moved[1] + 0.75 * hosted, 1e-9 * hosted);
  g_auto (GStrv) routes = be_scenario_list_routes (scenario, "chat");
  for (int i = 1; routes[i] != NULL; i++) {
    g_autofree char *path =
        be_path_join ("workloads", "chat", "routing", "routes", routes[i], NULL);
    be_scenario_remove (scenario, path, &error);
    g_assert_no_error (error);
  }
  be_scenario_set_route_offer (scenario, "chat", routes[0], host->key, &error);
  g_assert_no_error (error);
  for (int i = 0; i < 3; i++) {
    BePlanInput input;
    be_plan_input_init (&input);
    be_plan_input_copy (&input, be_scenario_resolve (scenario, NULL));
    input.volume = factors[i];
    be_plan_evaluate_some (&input, 1u << BE_PLAN_HOSTED, &result);
    g_assert_cmpfloat_with_epsilon (result.plans[BE_PLAN_HOSTED].per_month_usd, moved[i],
                                    1e-9 * moved[i]);
    be_plan_input_clear (&input);
  }
  be_plan_result_clear (&result);
  be_offer_clear (&offer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  catalog = be_catalog_new_default (NULL);
  g_test_add_func ("/pool/memory", test_memory);
  g_test_add_func ("/pool/would-fit", test_would_fit);
  g_test_add_func ("/pool/measured-factor", test_measured_factor);
  g_test_add_func ("/pool/latency-price", test_latency_price);
  g_test_add_func ("/pool/precisions", test_precisions);
  g_test_add_func ("/pool/fleet", test_fleet);
  g_test_add_func ("/pool/pooling", test_pooling);
  g_test_add_func ("/pool/elsewhere", test_elsewhere);
  int status = g_test_run ();
  be_catalog_unref (catalog);
  return status;
}
