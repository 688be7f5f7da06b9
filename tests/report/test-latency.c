/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cost against latency as people read it: which places are listed, the points, the sentences. */
#include "report-inputs.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#define MINI "openai/gpt-4o-mini"
#define FULL "openai/gpt-4o"

static void
enter (BeScenario *scenario, const char *key, double ttft_ms, double tokens_per_second)
{
  g_assert_true (be_scenario_set_latency (scenario, key, "ttftMs", ttft_ms, NULL));
  g_assert_true (
      be_scenario_set_latency (scenario, key, "outputTokensPerSecond", tokens_per_second, NULL));
}

static BeLatencyReport *
report_of (BeScenario *scenario, const char *const *wanted)
{
  g_autoptr (GError) error = NULL;
  BeLatencyReport *report = be_report_latency (scenario, 0, wanted, &error);
  g_assert_no_error (error);
  return report;
}

static const BeLatencyRow *
row_of (const BeLatencyReport *report, const char *key)
{
  for (guint i = 0; i < report->rows->len; i++)
    if (g_strcmp0 (((BeLatencyRow *) report->rows->pdata[i])->key, key) == 0)
      return report->rows->pdata[i];
  return NULL;
}

/* Two routes, a pool, what is published, and the cheapest to ask next; with a list of one's own
 * that instead of the cheapest, and what is known in any case. */
static void
test_rows (void)
{
  static const char *const wanted[] = { "anthropic/claude-sonnet-4-5", FULL, "no/such", NULL };
  g_autoptr (BeScenario) scenario = report_open_template ("support");
  g_autoptr (BeLatencyReport) report = report_of (scenario, NULL);
  g_assert_cmpuint (report->rows->len, ==, 2 + 1 + 2 + 5);
  const BeLatencyRow *groq = row_of (report, "groq/llama-3.3-70b-versatile");
  g_assert_cmpfloat (groq->tokens_per_second, ==, 280);
  g_assert_true (isnan (groq->ttft_ms) && isnan (groq->place.latency_s));
  g_assert_nonnull (strstr (groq->origin, "console.groq.com"));
  g_assert_nonnull (strstr (groq->origin, "2026-10-01"));
  const BeLatencyRow *pool = report->rows->pdata[2];
  g_assert_cmpint (pool->place.kind, ==, BE_PLACE_POOL);
  g_assert_null (pool->key);
  g_assert_true (pool->place.latency_s > 1 && pool->place.per_request_usd > 0);
  g_assert_null (row_of (report, MINI)->origin);
  g_assert_nonnull (strstr (report->unknown, "9 offers and pools"));
  enter (scenario, MINI, 400, 120);
  g_autoptr (BeLatencyReport) listed = report_of (scenario, wanted);
  g_assert_cmpuint (listed->rows->len, ==, 2 + 1 + 1 + 2);
  g_assert_nonnull (row_of (listed, wanted[0]));
  g_assert_cmpstr (row_of (listed, MINI)->origin, ==, "as entered");
  g_assert_cmpfloat_with_epsilon (row_of (listed, MINI)->place.latency_s, 0.4 + 333 / 120.0, 1e-9);
}

/* No retries are counted of a route whose speed is not known; that is said. */
static void
test_timeout_of_unknown (void)
{
  g_autoptr (BeScenario) scenario = report_open_template ("support");

  g_assert_true (be_scenario_set_number (scenario, "workloads/chat/timeoutSeconds", 5, NULL));
  g_autoptr (BeLatencyReport) report = report_of (scenario, NULL);
  g_assert_nonnull (strstr (report->timeout, "GPT-4o not known"));
  g_assert_nonnull (strstr (report->timeout, "what is late on the others is in no cost"));
}

/* The vendor answers for its own figure alone. */
static void
test_origin (void)
{
  static const char groq[] = "groq/llama-3.3-70b-versatile";
  g_autoptr (BeScenario) scenario = report_open_template ("support");

  g_assert_true (be_scenario_set_latency (scenario, groq, "ttftMs", 250, NULL));
  g_autoptr (BeLatencyReport) report = report_of (scenario, NULL);
  g_assert_nonnull (strstr (row_of (report, groq)->origin, "console.groq.com"));
  g_assert_true (g_str_has_suffix (row_of (report, groq)->origin, "the first token as entered"));
  g_assert_true (be_scenario_set_latency (scenario, groq, "outputTokensPerSecond", 200, NULL));
  g_autoptr (BeLatencyReport) own = report_of (scenario, NULL);
  g_assert_cmpstr (row_of (own, groq)->origin, ==, "as entered");
}

static const BeSeries *
series_of (const BeChartData *data, BeSeriesStyle style, guint skip)
{
  for (guint i = 0; i < data->series->len; i++)
    if (((BeSeries *) data->series->pdata[i])->style == style && skip-- == 0)
      return data->series->pdata[i];
  return NULL;
}

/* The front is a staircase: level until something is cheaper, then straight down. */
static void
test_chart (void)
{
  g_autoptr (BeScenario) scenario = report_open_template ("support");
  BeChartOptions options;
  enter (scenario, FULL, 600, 90);
  enter (scenario, "groq/openai/gpt-oss-120b", 200, 500);
  g_assert_true (be_scenario_set_number (scenario, "workloads/chat/timeoutSeconds", 6, NULL));
  enter (scenario, MINI, 4000, 100); /* slower, and dearer than the open model */
  enter (scenario, "aws-bedrock/amazon.nova-micro-v1:0", 1000, 100);
  g_autoptr (BeLatencyReport) report = report_of (scenario, NULL);
  be_chart_options_init (&options);
  g_autoptr (BeChartData) data = be_report_latency_chart (report, &options);
  g_assert_cmpint (data->x_scale, ==, BE_SCALE_LOG);
  const BeSeries *used = series_of (data, BE_SERIES_POINTS, 0);
  g_assert_cmpuint (used->n, ==, 2);
  g_assert_true (used->is_labelled && used->x[0] < used->x[1]);
  g_assert_cmpuint (series_of (data, BE_SERIES_POINTS, 1)->n, ==, 1); /* the pool */
  g_assert_cmpuint (series_of (data, BE_SERIES_POINTS, 2)->n, ==, 2);
  const BeSeries *front = series_of (data, BE_SERIES_STAIRCASE, 0);
  g_assert_cmpuint (front->n, ==, 4);
  g_assert_cmpfloat_with_epsilon (front->x[0], 0.2 + 333 / 500.0, 1e-9);
  g_assert_cmpfloat (front->x[1], ==, front->x[2]);
  g_assert_cmpfloat (front->y[0], ==, front->y[1]);
  g_assert_cmpfloat (front->y[2], <, front->y[1]);
  g_assert_cmpfloat (front->y[2], ==, front->y[3]);
  g_assert_cmpfloat_with_epsilon (front->x[2], 1 + 333 / 100.0, 1e-9);
  g_assert_cmpuint (data->bands->len, ==, 1);
  g_assert_cmpuint (data->markers->len, ==, 2); /* the mean, the slowest */
  g_assert_cmpfloat (((BeMarker *) data->markers->pdata[0])->x, ==, report->latency.mean_s);
  g_assert_cmpfloat (((BeMarker *) data->markers->pdata[1])->x, ==, used->x[1]);
  g_autoptr (BeTable) table = be_report_chart_table (data);
  g_assert_cmpuint (table->rows->len, ==, 5); /* the points of all series */
  g_assert_cmpstr (((char **) table->rows->pdata[0])[0], ==, "GPT-4o");
}

static void
test_sentences (void)
{
  g_autoptr (BeScenario) scenario = report_open_template ("support");
  g_autoptr (BeLatencyReport) unknown = report_of (scenario, NULL);
  g_assert_nonnull (strstr (unknown->gain, "Against GPT-4o alone, routing costs"));
  g_assert_nonnull (strstr (unknown->timeout, "No timeout"));
  enter (scenario, FULL, 600, 90);
  enter (scenario, MINI, 400, 120);
  g_assert_true (be_scenario_set_number (scenario, "workloads/chat/timeoutSeconds", 5, NULL));
  g_autoptr (BeLatencyReport) known = report_of (scenario, NULL);
  g_test_message ("%s %s", known->gain, known->timeout);
  g_assert_nonnull (strstr (known->gain, "routing takes"));
  g_assert_nonnull (strstr (known->gain, "instead of 4.3"));
  g_assert_nonnull (strstr (known->timeout, "GPT-4o mini 9.58"));
  g_assert_null (strstr (known->timeout, "on the others"));
  const BeLatencyRow *full = row_of (known, FULL);
  g_autofree char *words = be_report_latency_words (full, known->timeout_s);
  g_test_message ("%s", words);
  g_assert_nonnull (strstr (words, "past the timeout"));
  g_assert_nonnull (strstr (words, "of retries"));
  g_autofree char *calm = be_report_latency_words (full, 0);
  g_assert_null (strstr (calm, "past the timeout"));
}

/* Nothing to draw: the chart says what to do, its table is empty. */
static void
test_empty (void)
{
  g_autoptr (BeScenario) scenario = report_open_template ("support");
  g_autoptr (GError) error = NULL;
  BeChartOptions options;
  g_auto (GStrv) pools = be_scenario_list_pools (scenario);
  g_autofree char *path = be_path_join ("pools", pools[0], NULL);
  g_assert_true (be_scenario_remove (scenario, path, &error));
  be_chart_options_init (&options);
  g_autoptr (BeChartData) data = be_report_chart (scenario, BE_KIND_LATENCY, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (data->series->len + data->markers->len, ==, 0);
  g_assert_nonnull (strstr (data->empty_text, "No latency is known"));
  g_assert_null (be_report_latency (scenario, 9, NULL, &error));
  g_assert_error (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report-latency/rows", test_rows);
  g_test_add_func ("/report-latency/origin", test_origin);
  g_test_add_func ("/report-latency/timeout-of-unknown", test_timeout_of_unknown);
  g_test_add_func ("/report-latency/chart", test_chart);
  g_test_add_func ("/report-latency/sentences", test_sentences);
  g_test_add_func ("/report-latency/empty", test_empty);
  return g_test_run ();
}
