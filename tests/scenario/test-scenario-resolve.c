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

/* Ranges hold the sliders' and the defaults. */
static void
test_table (void)
{
  guint n_inputs;
  const BeInput *inputs = be_inputs (&n_inputs);
  for (guint i = 0; i < n_inputs; i++) {
    const BeInput *input = &inputs[i];
    g_test_message ("%s", input->pattern);
    g_assert_cmpfloat (input->minimum, <=, input->maximum);
    g_assert_cmpfloat (input->soft_minimum, >=, input->minimum);
    g_assert_cmpfloat (input->soft_maximum, <=, input->maximum);
    if (!isnan (input->default_value))
      g_assert_true (input->default_value >= input->minimum
                     && input->default_value <= input->maximum);
    for (guint k = 0; k < i; k++)
      g_assert_cmpstr (inputs[k].pattern, !=, input->pattern);
  }
}

/* The engine's struct that a path of the worked example belongs to. */
static const void *
struct_of (const BePlanInput *input, BeScope scope, const char *path)
{
  gboolean is_full = strstr (path, "gpt-4o/") != NULL;
  switch (scope) {
  case BE_SCOPE_DOCUMENT:
    return input;
  case BE_SCOPE_WORKLOAD:
    return &input->workloads[0];
  case BE_SCOPE_ROUTE:
    return &input->workloads[0].routes[is_full ? 1 : 0];
  case BE_SCOPE_POOL:
    return &input->pools[0];
  case BE_SCOPE_SERVES:
    return &input->pools[0].serves[0];
  case BE_SCOPE_OFFER:
    return &input->offers[input->workloads[0].routes[is_full ? 1 : 0].offer];
  default:
    return NULL;
  }
}

static double
read_back (const BeInput *row, const void *from)
{
  const void *at = (const char *) from + row->offset;
  if (row->type == BE_INPUT_NUMBER)
    return *(const double *) at;
  return row->type == BE_INPUT_BOOLEAN ? *(const bool *) at : *(const int *) at;
}

/* A value that is set by path arrives in the engine's struct. */
static void
test_every_offset (void)
{
  g_autoptr (BeScenario) scenario = template_of ("support");
  g_autoptr (GPtrArray) paths = be_scenario_list_inputs (scenario, BE_N_GROUPS);
  guint n_checked = 0;
  for (guint i = 0; i < paths->len; i++) {
    const char *path = paths->pdata[i];
    const BeInput *row = be_input_find (path);
    if (row->offset == G_MAXSIZE || strstr (path, "rent/gpuHour") != NULL)
      continue;
    double value =
        row->type == BE_INPUT_NUMBER ? (row->soft_minimum + row->soft_maximum) / 3 : row->maximum;
    g_autoptr (GError) error = NULL;
    if (!be_scenario_set_number (scenario, path, value, &error)) {
      /* Relations with other members: shares of a cache, stages and ranks of the GPUs, the
       * largest fleet. */
      g_assert_true (strstr (path, "cache/") != NULL || strstr (path, "pipelineStages") != NULL
                     || strstr (path, "attentionDataParallel") != NULL
                     || strstr (path, "replicas/minimum") != NULL);
      continue;
    }
    const BePlanInput *input = be_scenario_resolve (scenario, &error);
    g_assert_no_error (error);
    const void *from = struct_of (input, row->scope, path);
    if (from == NULL)
      continue;
    g_test_message ("%s", path);
    g_assert_cmpfloat (read_back (row, from), ==, value);
    n_checked++;
    be_scenario_undo (scenario);
  }
  g_assert_cmpuint (n_checked, >, 80);
}

static const BeOffer *
offer_of (BeScenario *scenario)
{
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);
  return &input->offers[input->workloads[0].routes[0].offer];
}

/* Windows in UTC on days of another calendar, tiers sorted, rate sets on their offer's account. */
static void
test_offers (void)
{
  const char *data =
      "{\"format\":\"breakeven-scenario\",\"version\":1,\"pricesAsOf\":\"2026-09-23\","
      "\"workloads\":[{\"id\":\"a\",\"requestsPerDay\":1,\"tokens\":{\"input\":1,\"output\":1},"
      "\"routing\":{\"routes\":[{\"offer\":\"x/y\",\"share\":0.5},"
      "{\"offer\":\"x/z\",\"rates\":\"eu\",\"share\":0.5}]}}],"
      "\"offers\":{\"x/y\":{\"input\":1,\"output\":2,"
      "\"tiers\":[{\"above\":200,\"input\":3},{\"atLeast\":100,\"input\":2}],"
      "\"windows\":[{\"utc\":[\"22:30-01:00\"],\"days\":[\"mon\"],"
      "\"calendar\":\"Asia/Shanghai\",\"input\":9}]},"
      "\"x/z\":{\"input\":4,\"output\":5,\"commitment\":{\"perMonth\":7},"
      "\"rateSets\":{\"eu\":{\"input\":6,\"output\":8}}}}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario =
      be_scenario_new_from_data (catalog, data, strlen (data), "f", &error);
  g_assert_no_error (error);
  const BeOffer *offer = offer_of (scenario);
  g_assert_cmpuint (offer->n_tiers, ==, 2);
  g_assert_cmpfloat (offer->tiers[0].threshold, ==, 100);
  g_assert_true (offer->tiers[0].at_least);
  g_assert_false (offer->tiers[1].at_least);
  /* Monday in Shanghai is Sunday 16:00 to Monday 16:00 UTC. */
  g_assert_cmpfloat (offer->windows[0].hour_share[0], ==, 1);
  g_assert_cmpfloat (offer->windows[0].hour_share[1], ==, 0);
  g_assert_cmpfloat (offer->windows[0].hour_share[22], ==, 0);
  g_assert_cmpfloat (offer->windows[0].hour_share[6 * 24 + 22], ==, 0.5);
  g_assert_cmpfloat (offer->windows[0].hour_share[6 * 24 + 23], ==, 1);
  g_assert_cmpfloat (offer->windows[0].standard.per_mtok[BE_RATE_INPUT], ==, 9);
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);
  int europe = input->workloads[0].routes[1].offer;
  g_assert_cmpfloat (input->offers[europe].standard.per_mtok[BE_RATE_INPUT], ==, 6);
  g_assert_cmpint (input->offers[europe].account, !=, europe);
  g_assert_cmpfloat (input->offers[input->offers[europe].account].commitment_usd_per_month, ==, 7);
  g_assert_cmpstr (be_scenario_offer_key (scenario, europe), ==, "x/z");
}

/* What the day's share of an hour is, in the week of a date. */
static double
hour_share (const char *window, const char *date, int hour)
{
  g_autofree char *data = g_strdup_printf (
      "{\"format\":\"breakeven-scenario\",\"version\":1,\"pricesAsOf\":\"%s\","
      "\"workloads\":[{\"id\":\"a\",\"requestsPerDay\":1,\"tokens\":{\"input\":1,\"output\":1},"
      "\"routing\":{\"routes\":[{\"offer\":\"x/y\",\"rates\":\"night\"}]}}],"
      "\"offers\":{\"x/y\":{\"input\":1,\"output\":2,\"fees\":{\"perRequest\":5,"
      "\"webSearchPer1000\":6},\"rateSets\":{\"night\":{\"fees\":{\"perRequest\":7},"
      "\"tiers\":[{\"above\":9,\"input\":2},{\"atLeast\":9,\"input\":1}],"
      "\"windows\":[%s]}}}}}",
      date, window);
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario =
      be_scenario_new_from_data (catalog, data, strlen (data), "f", &error);
  g_assert_no_error (error);
  const BeOffer *offer = offer_of (scenario);
  g_assert_cmpfloat (offer->per_request_usd, ==, 7);
  g_assert_cmpfloat (offer->web_search_per_1000_usd, ==, 6);
  g_assert_true (offer->tiers[0].at_least && !offer->tiers[1].at_least);
  g_assert_cmpuint (offer->n_windows, ==, 1);
  return offer->windows[0].hour_share[hour];
}

/* A rate set's own windows, fees and tiers; days of zones half an hour off, and in summer. */
static void
test_calendars (void)
{
  static const char india[] = "{\"days\":[\"tuesday\"],\"calendar\":\"Asia/Kolkata\"}";
  static const char york[] = "{\"days\":[2],\"calendar\":\"America/New_York\"}";
  /* Tuesday begins at 18:30 UTC on Monday in India; at 4:00 or 5:00 on Tuesday in New York. */
  g_assert_cmpfloat (hour_share (india, "2026-09-23", 17), ==, 0);
  g_assert_cmpfloat (hour_share (india, "2026-09-23", 18), ==, 0.5);
  g_assert_cmpfloat (hour_share (india, "2026-09-23", 19), ==, 1);
  g_assert_cmpfloat (hour_share (york, "2026-07-08", 24 + 3), ==, 0);
  g_assert_cmpfloat (hour_share (york, "2026-07-08", 24 + 4), ==, 1);
  g_assert_cmpfloat (hour_share (york, "2026-01-07", 24 + 4), ==, 0);
  g_assert_cmpfloat (hour_share (york, "2026-01-07", 24 + 5), ==, 1);
}

/* A catalogue's windows are not validated: where they overlap, the first holds, so that no hour is
 * paid twice. */
static void
test_overlapping_windows (void)
{
  static const char text[] = "{\"input\":1,\"output\":2,\"windows\":["
                             "{\"utc\":[\"00:00-24:00\"],\"days\":[\"sat\",\"sun\"],\"input\":3},"
                             "{\"utc\":[\"16:30-00:30\"],\"input\":4}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = be_scenario_new_from_template (catalog, "support", &error);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  BeOffer offer;

  g_assert_no_error (error);
  g_assert_true (be_scenario_resolve_offer (scenario, node, &offer));
  g_assert_cmpuint (offer.n_windows, ==, 2);
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    g_assert_cmpfloat (offer.windows[0].hour_share[hour] + offer.windows[1].hour_share[hour], <=,
                       1);
  g_assert_cmpfloat (offer.windows[0].hour_share[5 * 24 + 17], ==, 1);
  g_assert_cmpfloat (offer.windows[1].hour_share[5 * 24 + 17], ==, 0);
  g_assert_cmpfloat (offer.windows[1].hour_share[17], ==, 1);
  be_offer_clear (&offer);
}

/* To the minute: the later of two has those of its minutes that the first has not. */
static void
test_windows_within_an_hour (void)
{
  static const struct {
    const char *first, *second;
    double shares[2]; /* of the hour from 8:00 */
  } rows[] = {
    { "08:00-08:30", "08:30-09:00", { 0.5, 0.5 } },
    { "08:00-08:30", "08:15-08:45", { 0.5, 0.25 } },
    { "08:10-08:20", "08:00-09:00", { 1 / 6.0, 5 / 6.0 } },
    { "08:00-08:45", "08:15-08:30", { 0.75, 0 } },
  };
  g_autoptr (BeScenario) scenario = be_scenario_new_from_template (catalog, "support", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strdup_printf ("{\"input\":1,\"output\":2,\"windows\":["
                                             "{\"utc\":[\"%s\"],\"input\":3},"
                                             "{\"utc\":[\"%s\"],\"input\":4}]}",
                                             rows[i].first, rows[i].second);
    g_autoptr (JsonNode) node = json_from_string (text, NULL);
    BeOffer offer;
    g_test_message ("%s, %s", rows[i].first, rows[i].second);
    g_assert_true (be_scenario_resolve_offer (scenario, node, &offer));
    for (int k = 0; k < 2; k++)
      g_assert_cmpfloat_with_epsilon (offer.windows[k].hour_share[8], rows[i].shares[k], 1e-12);
    be_offer_clear (&offer);
  }
}

/* Ranges of one window are hours that it holds, however often they are named. */
static void
test_overlapping_ranges (void)
{
  static const struct {
    const char *window;
    int hour;
    double share;
  } rows[] = {
    { "{\"utc\":[\"08:00-08:30\",\"08:15-08:45\"]}", 8, 0.75 },
    { "{\"utc\":[\"08:00-08:30\",\"08:00-08:30\"]}", 8, 0.5 },
    { "{\"utc\":[\"08:30-09:15\",\"08:00-08:30\"]}", 8, 1 },
    { "{\"utc\":[\"23:30-00:15\",\"00:10-00:20\"]}", 24, 1 / 3.0 },
    { "{\"utc\":[\"23:30-00:15\",\"00:10-00:20\"]}", 23, 0.5 },
    { "{\"utc\":[\"00:00-24:00\",\"05:00-06:00\"]}", 5, 1 },
    { "{\"utc\":[\"07:00-07:00\"]}", 3, 1 },
    { "{\"utc\":[\"18:20-18:50\",\"18:40-18:55\"],\"days\":[2],"
      "\"calendar\":\"Asia/Kolkata\"}",
      18, 25 / 60.0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].window);
    g_assert_cmpfloat_with_epsilon (hour_share (rows[i].window, "2026-09-23", rows[i].hour),
                                    rows[i].share, 1e-12);
  }
}

/* Steps in any order; what a fleet needs to know of its price and is not told. */
static void
test_fleet (void)
{
  static const struct {
    const char *rent;
    BeFeasibility feasible;
  } rows[] = {
    { "\"gpuHour\":4", BE_FEASIBLE },
    { "\"kind\":\"owned\",\"capex\":30000", BE_FEASIBLE },
    { "\"kind\":\"owned\"", BE_INFEASIBLE_MISSING_PRICE },
    { "\"gpuHour\":4,\"reserved\":{\"replicas\":1}", BE_INFEASIBLE_MISSING_PRICE },
    { "\"gpuHour\":4,\"reserved\":{\"replicas\":\"best\",\"gpuHour\":3}", BE_FEASIBLE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *data = g_strdup_printf (
        "{\"format\":\"breakeven-scenario\",\"version\":1,"
        "\"workloads\":[{\"id\":\"a\",\"requestsPerDay\":1,\"tokens\":{\"input\":1,"
        "\"output\":1},\"routing\":{\"routes\":[{\"offer\":\"x/y\"}]}}],"
        "\"offers\":{\"x/y\":{\"input\":1,\"output\":2}},"
        "\"pools\":[{\"id\":\"p\",\"serves\":[{\"workload\":\"a\"}],"
        "\"throughput\":{\"source\":\"measured\",\"outputTokensPerSecond\":100},"
        "\"people\":{\"perFteMonth\":100,\"steps\":[{\"fromReplicas\":5,\"fte\":9},"
        "{\"fromReplicas\":1,\"fte\":2}]},\"rent\":{%s}}]}",
        rows[i].rent);
    BePlanResult result;
    g_autoptr (GError) error = NULL;
    g_autoptr (BeScenario) scenario =
        be_scenario_new_from_data (catalog, data, strlen (data), "f", &error);
    g_assert_no_error (error);
    be_plan_result_init (&result);
    g_assert_cmpint (be_plan_evaluate (be_scenario_resolve (scenario, NULL), &result), ==, BE_OK);
    g_assert_cmpint (result.plans[BE_PLAN_HOSTED].feasible, ==, BE_FEASIBLE);
    g_assert_cmpint (result.plans[BE_PLAN_SELF_HOSTED].feasible, ==, rows[i].feasible);
    g_assert_true (rows[i].feasible == BE_FEASIBLE
                   || isnan (result.plans[BE_PLAN_SELF_HOSTED].per_month_usd));
    if (rows[i].feasible == BE_FEASIBLE)
      g_assert_cmpfloat (result.self_hosted[0].people_fte, ==, 2);
    be_plan_result_clear (&result);
  }
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
  g_test_add_func ("/scenario/resolve/table", test_table);
  g_test_add_func ("/scenario/resolve/offers", test_offers);
  g_test_add_func ("/scenario/resolve/calendars", test_calendars);
  g_test_add_func ("/scenario/resolve/windows-within-an-hour", test_windows_within_an_hour);
  g_test_add_func ("/scenario/resolve/overlapping-ranges", test_overlapping_ranges);
  g_test_add_func ("/scenario/resolve/overlapping-windows", test_overlapping_windows);
  g_test_add_func ("/scenario/resolve/fleet", test_fleet);
  g_test_add_func ("/scenario/resolve/every-offset", test_every_offset);
  g_test_add_func ("/scenario/resolve/slider-speed", test_slider_speed);
  int result = g_test_run ();
  be_catalog_unref (catalog);
  return result;
}
