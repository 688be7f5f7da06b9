/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every line kind has its own label and formula, every verdict its sentence; tables and CSV hold
 * the chart's numbers. */
#include "report/be-report.h"

#include <locale.h>
#include <math.h>
#include <string.h>

typedef struct {
  BeScenario *scenario;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeCatalog) catalog = be_catalog_new_default (&error);

  g_assert_no_error (error);
  fixture->scenario = be_scenario_new_from_template (catalog, "support", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_clear_object (&fixture->scenario);
}

static void
test_line_kinds (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int kind = 0; kind < BE_N_LINES; kind++) {
    BeLine line = { .kind = kind, .workload = 0, .route = 0, .offer = 0, .pool = -1, .usd = 11.25 };
    char *label = be_line_label (fixture->scenario, &line);
    g_autofree char *formula = NULL;

    line.quantity = NAN;
    line.rate_usd = NAN;
    formula = be_line_formula (fixture->scenario, &line);
    g_test_message ("%d: %s; %s", kind, label, formula);
    g_assert_true (g_utf8_validate (label, -1, NULL));
    g_assert_true (g_str_has_suffix (formula, "= $11.25"));
    g_assert_true (g_hash_table_add (seen, label));
  }
}

/* A line that is a share of others says of how much; where several shares meet, words say what it
 * is. */
static void
test_share_formula (Fixture *fixture, gconstpointer unused)
{
  const BePlanInput *input = be_scenario_resolve (fixture->scenario, NULL);
  BeLine overhead = { .kind = BE_LINE_OVERHEAD,
                      .workload = -1,
                      .route = -1,
                      .offer = -1,
                      .pool = 0,
                      .usd = 1500,
                      .quantity = NAN,
                      .rate_usd = NAN };
  BeLine buffer = { .kind = BE_LINE_BUFFER,
                    .workload = -1,
                    .route = -1,
                    .offer = -1,
                    .pool = -1,
                    .usd = 150,
                    .quantity = NAN,
                    .rate_usd = NAN };
  g_autofree char *of_rent = be_line_formula (fixture->scenario, &overhead);
  g_autofree char *of_all = NULL;

  g_assert_cmpfloat (input->pools[0].overhead_share, ==, 0.15);
  g_assert_cmpstr (of_rent, ==, "15\302\240% \303\227 $10,000.00 = $1,500.00");
  g_assert_cmpfloat (input->workloads[0].buffer, ==, 0.2);
  of_all = be_line_formula (fixture->scenario, &buffer);
  g_assert_cmpstr (of_all, ==, "20\302\240% \303\227 $750.00 = $150.00");
}

static void
test_formula (Fixture *fixture, gconstpointer unused)
{
  BeLine line = { .kind = BE_LINE_FRESH_INPUT,
                  .workload = 0,
                  .route = 0,
                  .offer = 0,
                  .pool = -1,
                  .usd = 11.25,
                  .quantity = 4.5e6,
                  .rate_usd = 2.5 };
  g_autofree char *formula = be_line_formula (fixture->scenario, &line);
  g_autofree char *plain = be_line_label (fixture->scenario, &line);
  g_autofree char *overflow = NULL;

  g_assert_cmpstr (formula, ==, "4.5 Mtok \303\227 $2.50/Mtok = $11.25");
  line.overflow = true;
  overflow = be_line_label (fixture->scenario, &line);
  g_assert_true (g_str_has_prefix (overflow, plain));
  g_assert_cmpstr (overflow, !=, plain);
}

static void
test_verdicts (void)
{
  for (int verdict = BE_CROSSOVER_FOUND; verdict <= BE_CROSSOVER_INFEASIBLE; verdict++) {
    BeCrossover crossover = { .verdict = verdict,
                              .first = NAN,
                              .permanent = 123000,
                              .self_usd_per_mtok = 2,
                              .hosted_usd_per_mtok = 1,
                              .searched_to = 1e6 };
    g_autofree char *sentence = be_crossover_sentence (&crossover);

    g_test_message ("%s", sentence);
    g_assert_true (g_str_has_suffix (sentence, "."));
    g_assert_cmpint (strstr (sentence, "123k") != NULL, ==, verdict == BE_CROSSOVER_FOUND);
    g_assert_cmpint (strstr (sentence, "$2.00/Mtok") != NULL, ==, verdict == BE_CROSSOVER_NEVER);
  }
}

static void
test_csv (void)
{
  const double x[] = { 1, 2.5 }, y[] = { 0.1, NAN };
  g_autoptr (BeChartData) data = be_chart_data_new (BE_CHART_XY);
  g_autoptr (BeTable) table = NULL;
  g_autofree char *csv = NULL;
  char **row;

  data->x_label = g_strdup ("volume, \"all\"");
  data->y_unit = BE_CHART_UNIT_USD;
  be_chart_data_add_series (data, "Hosted", BE_ROLE_HOSTED, BE_SERIES_LINE, x, y, G_N_ELEMENTS (x));
  csv = be_report_chart_csv (data);
  g_assert_cmpstr (csv, ==, "\"volume, \"\"all\"\"\",Hosted\n1,0.1\n2.5,\n");
  table = be_report_chart_table (data);
  g_assert_cmpuint (table->rows->len, ==, 2);
  row = g_ptr_array_index (table->rows, 0);
  g_assert_cmpstr (row[1], ==, "$0.10");
}

/* The charts of the first example: series that are finite somewhere, a sentence, bars that add up.
 */
static void
test_charts (Fixture *fixture, gconstpointer unused)
{
  for (int kind = 0; kind < BE_N_KINDS; kind++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BeChartData) data = NULL;
    BeChartOptions options;
    double sum = 0;

    be_chart_options_init (&options);
    data = be_report_chart (fixture->scenario, kind, &options, &error);
    g_assert_no_error (error);
    g_assert_nonnull (data->title);
    if (kind > BE_KIND_OFFERS) { /* about what this example may not have: it says so then */
      g_assert_true (data->summary != NULL || data->empty_text != NULL);
      continue;
    }
    g_assert_nonnull (data->summary);
    g_assert_cmpuint (data->type == BE_CHART_XY ? data->series->len : data->bars->len, >, 1);
    if (data->type != BE_CHART_WATERFALL)
      continue;
    for (guint i = 0; i + 1 < data->bars->len; i++)
      sum += ((BeBar *) g_ptr_array_index (data->bars, i))->value;
    g_assert_cmpfloat_with_epsilon (
        sum, ((BeBar *) g_ptr_array_index (data->bars, data->bars->len - 1))->value, 1e-6);
  }
}

static void
test_headline (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  const BePlanInput *input = be_scenario_resolve (fixture->scenario, &error);
  BePlanResult result;
  BeHeadline headline;

  g_assert_no_error (error);
  be_plan_result_init (&result);
  g_assert_true (be_report_evaluate (input, &result, &error));
  be_report_headline (fixture->scenario, &result, NULL, &headline);
  g_assert_cmpint (headline.cheapest, ==, result.cheapest);
  g_assert_cmpstr (headline.plan, ==, be_plan_label (result.cheapest));
  g_assert_true (g_str_has_prefix (headline.cost, "$"));
  g_assert_true (g_str_has_suffix (headline.per_mtok, "/Mtok"));
  be_headline_clear (&headline);
  be_plan_result_clear (&result);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  ADD ("/report/line-kinds", test_line_kinds);
  ADD ("/report/formula", test_formula);
  ADD ("/report/share-formula", test_share_formula);
  ADD ("/report/charts", test_charts);
  ADD ("/report/headline", test_headline);
  g_test_add_func ("/report/verdicts", test_verdicts);
  g_test_add_func ("/report/csv", test_csv);
  return g_test_run ();
}
