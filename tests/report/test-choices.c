/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways to run a pool as words, points and edits, those without a price too. */
#include "report/be-report.h"

#include <math.h>
#include <string.h>

static BeScenario *
support (void)
{
  g_autoptr (BeCatalog) catalog = be_catalog_new_default (NULL);
  g_autoptr (GError) error = NULL;
  BeScenario *scenario = be_scenario_new_from_template (catalog, "support", &error);

  g_assert_no_error (error);
  return scenario;
}

static GArray *
compare (BeScenario *scenario)
{
  return be_study_gpus (be_scenario_resolve (scenario, NULL), scenario, 0, NULL);
}

/* What has no price has no point, no mark, and its GPU is named. */
static void
test_chart (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GArray) choices = compare (scenario);
  BeChartOptions options;
  gsize n_priced = 0;

  be_chart_options_init (&options);
  g_autoptr (BeChartData) data = be_report_choices_chart (choices, &options);
  for (guint i = 0; i < choices->len; i++)
    n_priced += !isnan (g_array_index (choices, BeServingChoice, i).usd_per_mtok);
  const BeSeries *points = data->series->pdata[0];
  g_assert_cmpuint (points->n, ==, n_priced);
  g_assert_cmpuint (n_priced, <, choices->len);
  for (gsize i = 0; i < points->n; i++)
    g_assert_true (isfinite (points->y[i]));
  g_assert_nonnull (strstr (data->summary, "No rental price is known of"));
  g_assert_nonnull (strstr (data->summary, "H200-NVL"));
  g_assert_null (strstr (data->summary, "nan"));
}

/* Taken without a price, a choice leaves the pool's rent alone; else it brings its own. */
static void
test_taken (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GArray) choices = compare (scenario);
  const BeServingChoice *last = &g_array_index (choices, BeServingChoice, choices->len - 1);
  const BeServingChoice *first = &g_array_index (choices, BeServingChoice, 0);
  g_autoptr (GError) error = NULL;
  static const char rent[] = "pools/llama/rent/gpuHour";

  g_assert_cmpint (last->priced, ==, BE_PRICED_BY_NOTHING);
  g_auto (GStrv) sets = be_report_choice_assignments (last, "pools/llama");
  be_scenario_assign (scenario, (const char *const *) sets, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (be_scenario_get_number (scenario, rent), ==, 2.95);
  g_autofree char *gpu = be_scenario_get_text (scenario, "pools/llama/gpu");
  g_assert_cmpstr (gpu, ==, last->gpu->key);
  g_assert_cmpint (first->priced, ==, BE_PRICED_BY_CATALOGUE);
  g_auto (GStrv) priced = be_report_choice_assignments (first, "pools/llama");
  be_scenario_assign (scenario, (const char *const *) priced, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (be_scenario_get_number (scenario, rent), ==, first->gpu_hour_usd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/choices/chart", test_chart);
  g_test_add_func ("/choices/taken", test_taken);
  return g_test_run ();
}
