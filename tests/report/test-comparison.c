/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two scenarios side by side: rows, causes, sentence, chart and figures. */
#include "report/compare/be-comparison.h"

#include "report-inputs.h"

#include <math.h>
#include <string.h>

#define ROUTE "workloads/chat/routing/routes/"

/* A copy with these inputs changed, "PATH=VALUE" parted by spaces. */
static BeScenario *
edited (BeScenario *scenario, const char *edits)
{
  BeScenario *copy = be_scenario_copy (scenario);
  g_auto (GStrv) sets = g_strsplit (edits, " ", -1);
  g_autoptr (GError) error = NULL;

  if (*edits != '\0')
    be_scenario_assign (copy, (const char *const *) sets, &error);
  g_assert_no_error (error);
  return copy;
}

/* Each row as "cause: label | owner | before | after". */
static char *
rows_as_text (BeComparison *comparison)
{
  GPtrArray *rows = be_comparison_get_rows (comparison);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++) {
    const BeDifferenceRow *row = rows->pdata[i];
    g_string_append_printf (text, "%s: %s | %s | %s | %s\n", be_cause_id (row->cause), row->label,
                            row->owner, row->before, row->after);
  }
  return g_string_free (text, FALSE);
}

static void
test_rows (void)
{
  static const struct {
    const char *name, *edits, *rows;
  } cases[] = {
    { "nothing", "", "" },
    { "one input", "workloads/chat/requestsPerDay=700000",
      "traffic: Requests per day | Chat | 500,000 requests/day | 700,000 requests/day\n" },
    { "causes in their order",
      "offers/openai~1gpt-4o/input=3 workloads/chat/buffer=0.25 workloads/chat/tokens/output=400",
      "tokens: Output tokens | Chat | 333 tokens | 400 tokens\n"
      "savings: Buffer | Chat | 20\302\240% | 25\302\240%\n"
      "prices: Input price | GPT-4o | $2.50/Mtok | $3.00/Mtok\n" },
    { "names have no part in the cost", "name=Autumn workloads/chat/name=Talk",
      "none: Name |  | Support assistant | Autumn\nnone: Name | Talk | Chat | Talk\n" },
    { "a choice", "pools/llama/weights=int4",
      "selfHosting: Weights | Llama 3.3 70B on H100 | FP8 | INT4\n" },
    { "less than is shown otherwise", "pools/llama/rent/gpuHour=2.950000001",
      "selfHosting: GPU price per hour | Llama 3.3 70B on H100 | 2.95 | 2.950000001\n" },
    { "of a route", ROUTE "openai~1gpt-4o/quality=0.95",
      "routing: Quality | Chat, GPT-4o | 100\302\240% | 95\302\240%\n" },
  };
  g_autoptr (BeScenario) before = report_open_template ("support");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].name);
    g_autoptr (BeScenario) after = edited (before, cases[i].edits);
    g_autoptr (BeComparison) comparison = be_comparison_new (before, after);
    g_autofree char *rows = rows_as_text (comparison);
    g_assert_cmpstr (rows, ==, cases[i].rows);
  }
}

/* What one file writes out and the other leaves at its default is no difference. */
static void
test_written_defaults (void)
{
  g_autoptr (BeScenario) before = report_open_template ("support");
  g_autoptr (BeScenario) after =
      edited (before, "pools/llama/prefixHitShare=0 pools/llama/engine=vllm");
  g_autoptr (BeComparison) comparison = be_comparison_new (before, after);

  g_assert_cmpuint (be_comparison_get_differences (comparison)->len, >, 0);
  g_assert_cmpuint (be_comparison_get_rows (comparison)->len, ==, 0);
  g_assert_cmpstr (be_comparison_get_sentence (comparison), ==, "No input differs.");
}

/* A whole week is one row. */
static void
test_week (void)
{
  g_autoptr (BeScenario) before = report_open_template ("support");
  g_autoptr (BeScenario) after = be_scenario_copy (before);
  double weights[168];

  for (int i = 0; i < 168; i++)
    weights[i] = 1 + i % 5;
  g_assert_true (be_scenario_set_profile (after, "chat", weights, NULL));
  g_autoptr (BeComparison) comparison = be_comparison_new (before, after);
  g_autofree char *rows = rows_as_text (comparison);
  g_assert_true (g_str_has_prefix (rows, "traffic: Weekly profile | Chat | "));
  g_assert_true (g_str_has_suffix (rows, " | hour by hour\n"));
  g_assert_cmpuint (be_comparison_get_rows (comparison)->len, ==, 1);
}

/* What is there in one of them only is one row, also when it holds defaults alone. */
static void
test_structure (void)
{
  g_autoptr (BeScenario) before = report_open_template ("support");
  g_autoptr (BeScenario) after = be_scenario_copy (before);
  g_autoptr (GError) error = NULL;

  be_scenario_add_route (after, "chat", "openai/gpt-4.1", &error);
  g_assert_no_error (error);
  be_scenario_remove (after, "pools/llama", &error);
  g_assert_no_error (error);
  g_autoptr (BeComparison) comparison = be_comparison_new (before, after);
  g_autofree char *rows = rows_as_text (comparison);
  g_assert_nonnull (strstr (rows, "structure: Route | Chat, GPT-4.1 | – | added\n"));
  g_assert_nonnull (strstr (rows, "structure: Pool | Llama 3.3 70B on H100 | there | removed\n"));
  g_assert_null (strstr (rows, "Offer |"));            /* alike in the catalogue */
  g_assert_null (strstr (rows, "GPU price per hour")); /* within the pool */
  g_assert_null (strstr (rows, "Workload served"));
}

/* Added with nothing but defaults: no input differs, and it is told all the same. */
static void
test_bare_structure (void)
{
  static const char form[] =
      "{\"format\":\"breakeven-scenario\",\"version\":1,\"workloads\":[{\"id\":\"a\","
      "\"requestsPerDay\":1000,\"tokens\":{\"input\":1000,\"output\":100},\"routing\":{\"routes\":"
      "[{\"offer\":\"x/"
      "y\"}]}}],\"pools\":[{\"id\":\"p\",\"model\":\"Llama-3.3-70B\",\"gpu\":\"H100\","
      "\"gpusPerReplica\":4,\"rent\":{\"gpuHour\":2}%s}],\"offers\":{\"x/"
      "y\":{\"input\":2,\"output\":10}}}";
  g_autoptr (BeCatalog) catalog = be_catalog_new_default (NULL);
  BeScenario *both[2];
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 2; i++) {
    g_autofree char *data =
        g_strdup_printf (form, i == 0 ? "" : ",\"serves\":[{\"workload\":\"a\"}]");
    both[i] = be_scenario_new_from_data (catalog, data, strlen (data), "f", &error);
    g_assert_no_error (error);
  }
  g_autoptr (BeComparison) comparison = be_comparison_new (both[0], both[1]);
  g_autofree char *rows = rows_as_text (comparison);
  g_assert_cmpstr (rows, ==, "structure: Workload served | p, a | – | added\n");
  g_object_unref (both[0]);
  g_object_unref (both[1]);
}

/* What is taken over from either side. */
static void
test_assignments (void)
{
  g_autoptr (BeScenario) before = report_open_template ("support");
  g_autoptr (BeScenario) after =
      edited (before, "workloads/chat/buffer=0.25 workloads/chat/retry/rate=0.1");
  g_assert_true (be_scenario_reset (before, "workloads/chat/retry/rate", NULL));
  g_autoptr (BeComparison) comparison = be_comparison_new (before, after);
  g_autofree char *of_before =
      be_comparison_get_assignment (comparison, "workloads/chat/buffer", FALSE);
  g_autofree char *of_after =
      be_comparison_get_assignment (comparison, "workloads/chat/buffer", TRUE);

  g_assert_cmpstr (of_before, ==, "workloads/chat/buffer=0.2");
  g_assert_cmpstr (of_after, ==, "workloads/chat/buffer=0.25");
  g_assert_null (be_comparison_get_assignment (comparison, "workloads/chat/retry/rate", FALSE));
  g_assert_null (be_comparison_get_assignment (comparison, "workloads/chat/tokens/input", TRUE));
}

/* People in the place of a number of requests are not taken over one by one; of people in both each
 * number is. */
static void
test_ways_of_volume (void)
{
  g_autoptr (BeScenario) number = report_open_template ("support");
  g_autoptr (BeScenario) people =
      edited (number, "workloads/chat/people/count=100000 workloads/chat/people/sessionsPerDay=2 "
                      "workloads/chat/people/requestsPerSession=3 workloads/chat/buffer=0.1");
  g_autoptr (BeScenario) more = edited (people, "workloads/chat/people/count=200000");
  g_autoptr (BeComparison) mixed = be_comparison_new (number, people);
  g_autoptr (BeComparison) alike = be_comparison_new (people, more);
  GPtrArray *rows = be_comparison_get_rows (mixed);
  const BeDifferenceRow *only = be_comparison_get_rows (alike)->pdata[0];

  g_assert_cmpuint (rows->len, ==, 5);
  for (guint i = 0; i < rows->len; i++) {
    const BeDifferenceRow *row = rows->pdata[i];
    g_assert_cmpint (row->is_single, ==, row->cause == BE_GROUP_SAVINGS);
  }
  g_assert_cmpuint (be_comparison_get_rows (alike)->len, ==, 1);
  g_assert_true (only->is_single);
}

static BeChartData *
chart_of (BeComparison *comparison)
{
  BeChartOptions options;

  be_chart_options_init (&options);
  options.comparison = comparison;
  return be_report_chart (NULL, BE_KIND_BRIDGE, &options, NULL);
}

static void
test_chart (void)
{
  g_autoptr (BeScenario) before = report_open_template ("support");
  g_autoptr (BeScenario) after =
      edited (before, "workloads/chat/requestsPerDay=700000 offers/openai~1gpt-4o/input=2");
  g_autoptr (BeComparison) comparison = be_comparison_new (before, after);
  g_autoptr (BeChartData) data = chart_of (comparison);
  const BeBar *first = data->bars->pdata[0], *last = data->bars->pdata[data->bars->len - 1];
  double sum = 0;

  g_assert_cmpint (data->type, ==, BE_CHART_WATERFALL);
  g_assert_cmpuint (data->bars->len, ==, 4);
  g_assert_cmpstr (first->name, ==, "Before");
  g_assert_cmpstr (last->name, ==, "After");
  g_assert_cmpstr (((BeBar *) data->bars->pdata[1])->name, ==, "Traffic");
  g_assert_cmpint (((BeBar *) data->bars->pdata[1])->role, ==, BE_ROLE_INCREASE);
  g_assert_cmpint (((BeBar *) data->bars->pdata[2])->role, ==, BE_ROLE_SAVING);
  for (guint i = 0; i + 1 < data->bars->len; i++)
    sum += ((BeBar *) data->bars->pdata[i])->value;
  g_assert_cmpfloat_with_epsilon (sum, last->value, 1e-6);
  g_assert_cmpfloat (be_comparison_get_change (comparison, BE_GROUP_TRAFFIC), ==,
                     ((BeBar *) data->bars->pdata[1])->value);
  g_assert_nonnull (strstr (data->summary, "more. Largest cause: Traffic."));
}

/* Back again: every sign is the other, and the sentence says less. */
static void
test_backwards (void)
{
  g_autoptr (BeScenario) before = report_open_template ("support");
  g_autoptr (BeScenario) after = edited (before, "workloads/chat/requestsPerDay=700000");
  g_autoptr (BeComparison) there = be_comparison_new (before, after);
  g_autoptr (BeComparison) back = be_comparison_new (after, before);

  g_assert_nonnull (strstr (be_comparison_get_sentence (back), "less. Largest cause: Traffic."));
  g_assert_cmpfloat (be_comparison_get_change (back, BE_GROUP_TRAFFIC), ==,
                     -be_comparison_get_change (there, BE_GROUP_TRAFFIC));
}

/* Nothing to draw is said in words, never as a cost of nothing. */
static void
test_words (void)
{
  g_autoptr (BeScenario) before = report_open_template ("support");
  g_autoptr (BeScenario) same = be_scenario_copy (before);
  g_autoptr (BeScenario) idle = edited (before, "notes=later");
  g_autoptr (BeScenario) broken = be_scenario_copy (before);
  g_autoptr (BeScenario) barred = edited (before, "workloads/chat/minimumQuality=1");

  g_assert_true (be_scenario_reset (broken, "workloads/chat/requestsPerDay", NULL));
  g_assert_true (be_scenario_remove (barred, "pools/llama", NULL)); /* of quality 1 */
  g_autoptr (BeChartData) none = chart_of (NULL);
  g_assert_cmpuint (none->bars->len, ==, 0);
  g_assert_nonnull (none->empty_text);

  g_autoptr (BeComparison) equal = be_comparison_new (before, same);
  g_autoptr (BeChartData) equal_chart = chart_of (equal);
  g_assert_cmpuint (equal_chart->bars->len, ==, 0);
  g_assert_cmpstr (equal_chart->summary, ==, "No input differs.");

  g_autoptr (BeComparison) idling = be_comparison_new (before, idle);
  g_assert_nonnull (strstr (be_comparison_get_sentence (idling), "before and after."));

  g_autoptr (BeComparison) failing = be_comparison_new (before, broken);
  g_assert_null (be_comparison_get_bridge (failing));
  g_assert_error (be_comparison_get_error (failing), BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_MISSING);
  g_assert_nonnull (strstr (be_comparison_get_fault (failing), "no cost after"));
  g_assert_true (isnan (be_comparison_get_change (failing, BE_GROUP_TRAFFIC)));
  g_autoptr (BeChartData) failing_chart = chart_of (failing);
  g_assert_cmpuint (failing_chart->bars->len, ==, 0);
  g_assert_null (strstr (failing_chart->empty_text, "$0.00"));

  g_autoptr (BeComparison) without = be_comparison_new (barred, before);
  g_assert_nonnull (strstr (be_comparison_get_fault (without), "no cost before"));
  g_assert_nonnull (strstr (be_comparison_get_fault (without), "quality"));
  for (int cause = 0; cause < BE_N_CAUSES; cause++)
    g_assert_true (isnan (be_comparison_get_change (without, cause)));
}

static void
test_changes (void)
{
  static const struct {
    double usd;
    const char *text;
  } cases[] = {
    { 1200, "+$1,200.00" },   { -3, "−$3.00" }, { 0, "±$0.00" },   { 1e-13, "±$0.00" },
    { 0.00253, "+$0.00253" }, { NAN, "–" },     { INFINITY, "–" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = be_format_change (cases[i].usd, BE_UNIT_USD);
    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

/* ---- figures ---- */

typedef struct {
  BeScenario *scenario;
  BePlanResult result;
  BeCrossover crossover;
} Evaluated;

static void
evaluate (Evaluated *self, BeScenario *scenario)
{
  const BePlanInput *input = be_scenario_resolve (scenario, NULL);

  self->scenario = scenario;
  be_plan_result_init (&self->result);
  g_assert_true (be_report_evaluate (input, &self->result, NULL));
  g_assert_true (be_study_crossover (input, &self->crossover, NULL));
}

static void
evaluated_clear (Evaluated *self)
{
  be_plan_result_clear (&self->result);
  be_crossover_clear (&self->crossover);
}

static const BeFigure *
find_figure (GPtrArray *figures, const char *label)
{
  for (guint i = 0; i < figures->len; i++)
    if (g_str_equal (((BeFigure *) figures->pdata[i])->label, label))
      return figures->pdata[i];
  return NULL;
}

static void
test_figures (void)
{
  g_autoptr (BeScenario) before = report_open_template ("support");
  g_autoptr (BeScenario) after = edited (before, "workloads/chat/requestsPerDay=700000");
  Evaluated first, second;

  evaluate (&first, before);
  evaluate (&second, after);
  BeSide one = { before, &first.result, &first.crossover };
  BeSide two = { after, &second.result, &second.crossover };
  g_autoptr (GPtrArray) figures = be_report_figures (&one, &two);
  const BeFigure *cost = find_figure (figures, "Per month");
  g_autofree char *change =
      be_format_change (second.result.plans[second.result.cheapest].per_month_usd
                            - first.result.plans[first.result.cheapest].per_month_usd,
                        BE_UNIT_USD);

  g_assert_cmpstr (cost->difference, ==, change);
  g_assert_true (g_str_has_prefix (cost->difference, "+$"));
  g_assert_cmpstr (find_figure (figures, "Permanent crossover")->difference, ==, "±0 requests/day");
  g_assert_nonnull (find_figure (figures, "Hosted"));
  g_assert_null (find_figure (figures, "Provisioned")); /* neither has it */
  evaluated_clear (&first);
  evaluated_clear (&second);
}

/* A plan that cannot be run, and one that is not there, are told apart, and neither costs $0. */
static void
test_figures_without (void)
{
  g_autoptr (BeScenario) before = report_open_template ("support");
  g_autoptr (BeScenario) barred = edited (before, "workloads/chat/minimumQuality=1");
  g_autoptr (BeScenario) hosted = be_scenario_copy (before);
  Evaluated first, second;

  g_assert_true (be_scenario_remove (hosted, "pools/llama", NULL));
  evaluate (&first, barred);
  evaluate (&second, hosted);
  BeSide one = { barred, &first.result, &first.crossover };
  BeSide two = { hosted, &second.result, &second.crossover };
  BeSide nothing = { barred, NULL, &first.crossover }; /* of before it could not be priced */
  g_autoptr (GPtrArray) figures = be_report_figures (&one, &two);
  const BeFigure *plan = find_figure (figures, "Hosted"),
                 *own = find_figure (figures, "Self-hosted");

  g_assert_cmpstr (plan->before, ==, "cannot be run");
  g_assert_nonnull (strstr (plan->before_note, "quality"));
  g_assert_cmpstr (plan->difference, ==, "–");
  g_assert_cmpstr (own->after, ==, "–");
  g_assert_cmpstr (own->after_note, ==, "");
  g_assert_cmpstr (find_figure (figures, "Permanent crossover")->after, ==, "–");
  g_autoptr (GPtrArray) unknown = be_report_figures (&nothing, &nothing);
  for (guint i = 0; i < unknown->len; i++)
    g_assert_cmpstr (((BeFigure *) unknown->pdata[i])->before, ==, "–");
  evaluated_clear (&first);
  evaluated_clear (&second);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comparison/rows", test_rows);
  g_test_add_func ("/comparison/written-defaults", test_written_defaults);
  g_test_add_func ("/comparison/week", test_week);
  g_test_add_func ("/comparison/structure", test_structure);
  g_test_add_func ("/comparison/bare-structure", test_bare_structure);
  g_test_add_func ("/comparison/assignments", test_assignments);
  g_test_add_func ("/comparison/ways-of-volume", test_ways_of_volume);
  g_test_add_func ("/comparison/chart", test_chart);
  g_test_add_func ("/comparison/backwards", test_backwards);
  g_test_add_func ("/comparison/words", test_words);
  g_test_add_func ("/comparison/changes", test_changes);
  g_test_add_func ("/comparison/figures", test_figures);
  g_test_add_func ("/comparison/figures-without", test_figures_without);
  return g_test_run ();
}
