/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan's reader is warned of, and the place that each warning names. */
#include "report-inputs.h"

#include <locale.h>
#include <math.h>
#include <string.h>

static GPtrArray *
warnings_of (BeScenario *scenario)
{
  g_autoptr (GError) error = NULL;
  const BePlanInput *input = be_scenario_resolve (scenario, &error);
  BePlanResult result;
  g_assert_no_error (error);
  be_plan_result_init (&result);
  g_assert_true (be_report_evaluate (input, &result, &error));
  GPtrArray *messages = be_report_warnings (scenario, &result);
  be_plan_result_clear (&result);
  return messages;
}

static const BeMessage *
find (GPtrArray *messages, const char *code)
{
  for (guint i = 0; i < messages->len; i++)
    if (strcmp (((BeMessage *) messages->pdata[i])->code, code) == 0)
      return messages->pdata[i];
  return NULL;
}

/* Which price of a pool is missing, and where it is entered. */
static void
test_missing_price (void)
{
  static const struct {
    const char *name, *assignment, *words;
  } rows[] = {
    { "owned", "rent/kind=owned", "rent/capex" },
    { "reserved", "rent/reserved/replicas=1", "rent/reserved/gpuHour" },
  };
  g_autoptr (BeScenario) scenario = report_open_template ("support");
  g_auto (GStrv) pools = be_scenario_list_pools (scenario);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *set = g_strdup_printf ("pools/%s/%s", pools[0], rows[i].assignment);
    const char *const sets[] = { set, NULL };
    g_autoptr (GError) error = NULL;

    g_assert_true (be_scenario_assign (scenario, sets, &error));
    g_autoptr (GPtrArray) messages = warnings_of (scenario);
    const BeMessage *found = find (messages, "missingPrice");
    g_assert_nonnull (found);
    g_test_message ("%s: %s %s", rows[i].name, found->path, found->message);
    g_assert_true (g_str_has_suffix (found->path, rows[i].words));
    g_assert_nonnull (strstr (found->message, rows[i].words));
    be_scenario_undo (scenario);
  }
}

/* A workload on one offer that takes 128,000 tokens, whose prompts differ. */
static BeScenario *
open_prompts (BeCatalog *catalog, const char *members)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = g_strdup_printf (
      "{\"format\":\"breakeven-scenario\",\"version\":1,\"workloads\":[{\"id\":\"a\","
      "\"requestsPerDay\":100,%s,\"routing\":{\"routes\":[{\"offer\":\"openai/gpt-4o\"}]}}]}",
      members);
  BeScenario *scenario = be_scenario_new_from_data (catalog, data, strlen (data), "f", &error);
  g_assert_no_error (error);
  return scenario;
}

/* By the lengths' spread and over the turns of a conversation; what is rare is no warning. */
static void
test_context_window (void)
{
  static const struct {
    const char *members;
    double share; /* 0: no warning */
  } rows[] = {
    { "\"tokens\":{\"input\":127999,\"output\":1}", 0 },
    { "\"tokens\":{\"input\":127999,\"output\":2}", 1 },
    /* 1 - Phi ((ln 2 + ln 2 / 2) / sqrt (ln 2)): 10.6 % */
    { "\"tokens\":{\"input\":64000,\"output\":0,\"inputSpread\":1}", 0.1059 },
    { "\"tokens\":{\"input\":64000,\"output\":0,\"inputSpread\":0.15}", 0 },
    /* the fourth of four turns resends 160,000 */
    { "\"turns\":4,\"tokens\":{\"input\":40000,\"output\":0}", 0.25 },
    { "\"turns\":3,\"tokens\":{\"input\":40000,\"output\":0}", 0 },
  };
  g_autoptr (BeCatalog) catalog = be_catalog_new_default (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (BeScenario) scenario = open_prompts (catalog, rows[i].members);
    g_autoptr (GPtrArray) messages = warnings_of (scenario);
    const BeMessage *found = find (messages, "contextWindow");
    g_test_message ("%s: %s", rows[i].members, found != NULL ? found->message : "nothing");
    g_assert_true ((found != NULL) == (rows[i].share > 0));
    if (found == NULL)
      continue;
    g_autofree char *words = be_format_value (rows[i].share, BE_UNIT_SHARE, FALSE);
    g_assert_nonnull (strstr (found->message, words));
    g_assert_nonnull (strstr (found->message, "128,000"));
    g_assert_cmpstr (found->path, ==, "workloads/a/routing/routes/openai~1gpt-4o");
  }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/warnings/missing-price", test_missing_price);
  g_test_add_func ("/warnings/context-window", test_context_window);
  return g_test_run ();
}
