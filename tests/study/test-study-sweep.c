/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sweeps and ladders of a whole document: what a sweep says is what the input set by hand gives. */
#include "study-inputs.h"

#include <math.h>

static const char document[] =
    "{\"format\": \"breakeven-scenario\", \"version\": 1, \"name\": \"Sweep\",\n"
    "\"workloads\": [{\"id\": \"chat\", \"requestsPerDay\": 500000, \"turns\": 1,\n"
    "\"tokens\": {\"input\": 1000, \"output\": 500}, \"buffer\": 0, \"batchShare\": 0.2,\n"
    "\"cache\": {\"source\": \"given\", \"readShare\": 0.5},\n"
    "\"routing\": {\"kind\": \"split\", \"routes\": [{\"offer\": \"a/small\", \"share\": 0.7,\n"
    "\"quality\": 0.9}, {\"offer\": \"a/large\", \"share\": 0.3}]}}],\n"
    "\"offers\": {\"a/small\": {\"input\": 0.15, \"output\": 0.6, \"cachedInput\": 0.075},\n"
    "\"a/large\": {\"input\": 2.5, \"output\": 10, \"cachedInput\": 1.25,\n"
    "\"batch\": {\"input\": 1.25, \"output\": 5}}},\n"
    "\"ladder\": [\"routing\", \"batch\"]}\n";

static BeScenario *
load (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeCatalog) catalog = be_catalog_new_default (&error);
  g_assert_no_error (error);
  BeScenario *scenario =
      be_scenario_new_from_data (catalog, document, sizeof document - 1, "sweep", &error);
  g_assert_no_error (error);
  return scenario;
}

static void
test_sweep (void)
{
  static const char path[] = "workloads/chat/requestsPerDay";
  g_autoptr (BeScenario) scenario = load ();
  g_autoptr (GError) error = NULL;
  g_autofree double *rows = NULL;
  BePlanResult result;
  g_assert_true (be_study_sweep (scenario, path, 1000, 1000000, 4, TRUE, &rows, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (be_scenario_get_number (scenario, path), ==, 500000);
  be_plan_result_init (&result);
  for (int i = 0; i < 4; i++) {
    const double *row = rows + i * (1 + BE_N_PLANS);
    g_assert_cmpfloat (fabs (row[0] / pow (10, 3 + i) - 1), <, 1e-12);
    g_assert_true (be_scenario_set_number (scenario, path, row[0], &error));
    const BePlanInput *input = be_scenario_resolve (scenario, &error);
    g_assert_no_error (error);
    g_assert_cmpint (be_plan_evaluate (input, &result), ==, BE_OK);
    g_assert_cmpfloat (row[1 + BE_PLAN_HOSTED], ==, result.plans[BE_PLAN_HOSTED].per_month_usd);
    g_assert_true (isnan (row[1 + BE_PLAN_SELF_HOSTED]));
  }
  be_plan_result_clear (&result);
}

static void
test_whole_numbers (void)
{
  g_autoptr (BeScenario) scenario = load ();
  g_autoptr (GError) error = NULL;
  g_autofree double *rows = NULL;
  g_assert_true (be_study_sweep (scenario, "workloads/chat/turns", 1, 4, 6, FALSE, &rows, &error));
  g_assert_no_error (error);
  for (int i = 0; i < 6; i++)
    g_assert_cmpfloat (rows[i * (1 + BE_N_PLANS)], ==, round (1 + 0.6 * i));
}

static void
test_errors (void)
{
  static const struct {
    const char *path;
    double from, to;
  } cases[] = { { "workloads/none/requestsPerDay", 1, 2 },
                { "no/such/input", 1, 2 },
                { "workloads/chat/batchShare", 0, 2 },
                { "workloads/chat/batchShare", 1, 0 } };
  g_autoptr (BeScenario) scenario = load ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    double *rows;
    g_assert_false (be_study_sweep (scenario, cases[i].path, cases[i].from, cases[i].to, 3, FALSE,
                                    &rows, &error));
    g_assert_nonnull (error);
    g_assert_null (rows);
  }
}

static void
test_ladder_order (void)
{
  static const BeLever expected[BE_N_LEVERS] = { BE_LEVER_ROUTING,      BE_LEVER_BATCH,
                                                 BE_LEVER_CACHING,      BE_LEVER_FINE_TUNED,
                                                 BE_LEVER_SELF_HOSTING, BE_LEVER_QUANTISATION,
                                                 BE_LEVER_HYBRID };
  g_autoptr (BeScenario) scenario = load ();
  g_autoptr (GError) error = NULL;
  BeLadder ladder;
  g_assert_true (be_study_ladder (scenario, &ladder, &error));
  g_assert_no_error (error);
  double sum = ladder.start_usd;
  for (guint i = 0; i < BE_N_LEVERS; i++) {
    const BeRung *rung = &g_array_index (ladder.rungs, BeRung, i);
    g_assert_cmpint (rung->lever, ==, expected[i]);
    g_assert_true (rung->used == (i < 3));
    sum += rung->change_usd;
  }
  g_assert_cmpfloat (fabs (sum / ladder.end_usd - 1), <, 1e-9);
  g_assert_cmpint (ladder.end_plan, ==, BE_PLAN_HOSTED);
  be_ladder_clear (&ladder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/study/sweep/same-as-by-hand", test_sweep);
  g_test_add_func ("/study/sweep/whole-numbers", test_whole_numbers);
  g_test_add_func ("/study/sweep/errors", test_errors);
  g_test_add_func ("/study/ladder/order-of-file", test_ladder_order);
  return g_test_run ();
}
