/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files: same bytes twice, unknown members kept, what bad input gets, conflicts, versions. */
#include "scenario/be-scenario.h"

#include <glib/gstdio.h>
#include <string.h>

static BeCatalog *catalog;

#define HEAD "{\"format\":\"breakeven-scenario\",\"version\":1,"
#define ROUTES(R) "\"routing\":{\"routes\":[" R "]}"
#define LOAD(MORE) HEAD "\"workloads\":[{\"id\":\"a\",\"requestsPerDay\":1," MORE "}]}"
#define MINI(S) "{\"offer\":\"openai/gpt-4o-mini\",\"share\":" S "}"
#define FULL(S) "{\"offer\":\"openai/gpt-4o\",\"share\":" S "}"

/* What must be refused, and with which error. */
static const struct {
  const char *name, *data;
  int code; /* of BE_SCENARIO_ERROR; -1: one of BE_JSON_ERROR */
} bad[] = {
  { "empty", "", -1 },
  { "not JSON", "{", -1 },
  { "duplicate member", HEAD "\"name\":\"a\",\"name\":\"b\"}", -1 },
  { "not finite", HEAD "\"monthHours\":1e999}", -1 },
  { "integer beyond 2^53", HEAD "\"x\":9007199254740993}", -1 },
  { "an array", "[]", BE_SCENARIO_ERROR_FORMAT },
  { "other format", "{\"format\":\"other\",\"version\":1}", BE_SCENARIO_ERROR_FORMAT },
  { "no version", "{\"format\":\"breakeven-scenario\"}", BE_SCENARIO_ERROR_VERSION },
  { "version 0", "{\"format\":\"breakeven-scenario\",\"version\":0}", BE_SCENARIO_ERROR_VERSION },
  { "text for number", HEAD "\"monthHours\":\"730\"}", BE_SCENARIO_ERROR_TYPE },
  { "number for text", HEAD "\"name\":5}", BE_SCENARIO_ERROR_TYPE },
  { "null", HEAD "\"monthHours\":null}", BE_SCENARIO_ERROR_TYPE },
  { "object for array", HEAD "\"workloads\":{}}", BE_SCENARIO_ERROR_TYPE },
  { "array for object", HEAD "\"horizon\":[]}", BE_SCENARIO_ERROR_TYPE },
  { "number for element", HEAD "\"pools\":[1]}", BE_SCENARIO_ERROR_TYPE },
  { "negative", LOAD ("\"tokens\":{\"input\":-1}"), BE_SCENARIO_ERROR_RANGE },
  { "share over 1", LOAD ("\"batchShare\":1.5"), BE_SCENARIO_ERROR_RANGE },
  { "half a turn", LOAD ("\"turns\":1.5"), BE_SCENARIO_ERROR_RANGE },
  { "unknown profile", LOAD ("\"profile\":\"noon\""), BE_SCENARIO_ERROR_RANGE },
  { "short profile", LOAD ("\"profile\":[1,2]"), BE_SCENARIO_ERROR_RANGE },
  { "negative weight", LOAD ("\"profile\":[-1]"), BE_SCENARIO_ERROR_RANGE },
  { "shares of 0.9", LOAD (ROUTES (MINI ("0.5") "," FULL ("0.4"))), BE_SCENARIO_ERROR_RANGE },
  { "offer twice", LOAD (ROUTES (MINI ("0.5") "," MINI ("0.5"))), BE_SCENARIO_ERROR_DUPLICATE_ID },
  { "unknown offer", LOAD (ROUTES ("{\"offer\":\"no/such\"}")), BE_SCENARIO_ERROR_UNKNOWN_ID },
  { "route without offer", LOAD (ROUTES ("{\"share\":1}")), BE_SCENARIO_ERROR_MISSING },
  { "unknown rate set", LOAD (ROUTES ("{\"offer\":\"openai/gpt-4o\",\"rates\":\"x\"}")),
    BE_SCENARIO_ERROR_UNKNOWN_ID },
  { "rising cascade",
    LOAD ("\"routing\":{\"kind\":\"cascade\",\"routes\":[" MINI ("0.5") "," FULL ("1") "]}"),
    BE_SCENARIO_ERROR_RANGE },
  { "cache over 1", LOAD ("\"cache\":{\"readShare\":0.6,\"writeShare\":0.6}"),
    BE_SCENARIO_ERROR_RANGE },
  { "people and requests", LOAD ("\"people\":{\"count\":1}"), BE_SCENARIO_ERROR_RANGE },
  { "id twice", HEAD "\"workloads\":[{\"id\":\"a\"},{\"id\":\"a\"}]}",
    BE_SCENARIO_ERROR_DUPLICATE_ID },
  { "no id", HEAD "\"workloads\":[{}]}", BE_SCENARIO_ERROR_MISSING },
  { "unknown workload", HEAD "\"pools\":[{\"id\":\"p\",\"serves\":[{\"workload\":\"x\"}]}]}",
    BE_SCENARIO_ERROR_UNKNOWN_ID },
  { "served twice",
    HEAD "\"workloads\":[{\"id\":\"a\"}],\"pools\":[{\"id\":\"p\",\"serves\":[{\"workload\":"
         "\"a\"}]},{\"id\":\"q\",\"serves\":[{\"workload\":\"a\",\"share\":0.5}]}]}",
    BE_SCENARIO_ERROR_RANGE },
  { "unknown model", HEAD "\"pools\":[{\"id\":\"p\",\"model\":\"none\"}]}",
    BE_SCENARIO_ERROR_UNKNOWN_ID },
  { "unknown GPU", HEAD "\"pools\":[{\"id\":\"p\",\"gpu\":\"none\"}]}",
    BE_SCENARIO_ERROR_UNKNOWN_ID },
  { "more at least than at most",
    HEAD "\"pools\":[{\"id\":\"p\",\"replicas\":{\"minimum\":3,\"maximum\":2}}]}",
    BE_SCENARIO_ERROR_RANGE },
  { "more at least than the default at most",
    HEAD "\"pools\":[{\"id\":\"p\",\"replicas\":{\"minimum\":10001}}]}", BE_SCENARIO_ERROR_RANGE },
  { "no such day", HEAD "\"pricesAsOf\":\"2026-02-30\"}", BE_SCENARIO_ERROR_RANGE },
  { "uncertainty of nothing", HEAD "\"uncertainty\":[{\"input\":\"workloads/x/turns\"}]}",
    BE_SCENARIO_ERROR_UNKNOWN_ID },
  { "low above high",
    HEAD "\"uncertainty\":[{\"input\":\"monthHours\",\"kind\":\"normal\",\"low\":3,\"high\":2}]}",
    BE_SCENARIO_ERROR_RANGE },
  { "text for offers", HEAD "\"offers\":\"x\"}", BE_SCENARIO_ERROR_TYPE },
  { "text for price", HEAD "\"offers\":{\"a/b\":{\"batch\":{\"input\":\"1\"}}}}",
    BE_SCENARIO_ERROR_TYPE },
  { "text for later price", HEAD "\"offers\":{\"a/b\":{\"later\":[{\"input\":\"1\"}]}}}",
    BE_SCENARIO_ERROR_TYPE },
  { "number for hours", HEAD "\"offers\":{\"a/b\":{\"windows\":[{\"utc\":[5]}]}}}",
    BE_SCENARIO_ERROR_TYPE },
  { "object for day", HEAD "\"offers\":{\"a/b\":{\"windows\":[{\"days\":[{}]}]}}}",
    BE_SCENARIO_ERROR_TYPE },
  { "no day", HEAD "\"offers\":{\"a/b\":{\"windows\":[{\"days\":[\"funday\"]}]}}}",
    BE_SCENARIO_ERROR_TYPE },
  { "half past midnight of the next day",
    HEAD "\"offers\":{\"a/b\":{\"windows\":[{\"utc\":[\"08:00-24:30\"]}]}}}",
    BE_SCENARIO_ERROR_TYPE },
  { "a figure that is none",
    HEAD "\"offers\":{\"a/b\":{\"latency\":{\"ttftMs\":5,\"entered\":\"speed\"}}}}",
    BE_SCENARIO_ERROR_RANGE },
  { "two windows at once within an hour",
    HEAD "\"offers\":{\"a/"
         "b\":{\"windows\":[{\"utc\":[\"00:00-00:30\"]},{\"utc\":[\"00:15-00:45\"]}]}}}",
    BE_SCENARIO_ERROR_RANGE },
  { "two windows at once",
    HEAD "\"offers\":{\"a/"
         "b\":{\"windows\":[{\"utc\":[\"08:00-12:00\"]},{\"utc\":[\"11:59-13:00\"]}]}}}",
    BE_SCENARIO_ERROR_RANGE },
  { "text in a tier of a rate set",
    HEAD "\"offers\":{\"a/b\":{\"rateSets\":{\"eu\":{\"tiers\":[{\"above\":\"1\"}]}}}}}",
    BE_SCENARIO_ERROR_TYPE },
  { "rate set's tier without threshold",
    HEAD "\"offers\":{\"a/b\":{\"rateSets\":{\"eu\":{\"tiers\":[{\"input\":1}]}}}}}",
    BE_SCENARIO_ERROR_MISSING },
  { "route taken twice over",
    HEAD "\"workloads\":[{\"id\":\"a\"," ROUTES (MINI ("0.5") "," FULL (
        "0.5")) "}],\"pools\":[{\"id\":\"p\",\"serves\":[{\"workload\":\"a\",\"share\":0.5}]},"
                "{\"id\":\"q\",\"serves\":[{\"workload\":\"a\",\"share\":0.6,"
                "\"replaces\":[\"openai/gpt-4o\"]}]}]}",
    BE_SCENARIO_ERROR_RANGE },
  { "tier without threshold", HEAD "\"offers\":{\"a/b\":{\"tiers\":[{\"input\":1}]}}}",
    BE_SCENARIO_ERROR_MISSING },
  { "unknown lever", HEAD "\"ladder\":[\"magic\"]}", BE_SCENARIO_ERROR_UNKNOWN_ID },
};

static void
test_bad_input (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_test_message ("%s", bad[i].name);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) problems =
        be_scenario_validate (catalog, bad[i].data, strlen (bad[i].data), "f.json");
    g_assert_cmpuint (problems->len, >, 0);
    g_assert_null (
        be_scenario_new_from_data (catalog, bad[i].data, strlen (bad[i].data), "f.json", &error));
    g_assert_true (g_str_has_prefix (error->message, "f.json:"));
    if (bad[i].code < 0)
      g_assert_true (error->domain == BE_JSON_ERROR);
    else
      g_assert_error (error, BE_SCENARIO_ERROR, bad[i].code);
  }
}

static void
test_line (void)
{
  const char *data = HEAD "\n\"workloads\":[\n{\"id\":\"a\",\n\"turns\":0}]}";
  g_autoptr (GPtrArray) problems = be_scenario_validate (catalog, data, strlen (data), "f.json");
  g_assert_cmpuint (problems->len, ==, 1);
  const GError *problem = problems->pdata[0];
  g_assert_cmpstr (
      problem->message, ==,
      "f.json:4: workloads/a/turns: found 0, allowed is a whole number from 1 to 10000");
}

/* The place, what was found and what is allowed, of two members that contradict each other. */
static void
test_contradiction (void)
{
  const char *data =
      HEAD "\n\"pools\":[{\"id\":\"p\",\n\"replicas\":{\"minimum\":3,\"maximum\":2}}]}";
  g_autoptr (GPtrArray) problems = be_scenario_validate (catalog, data, strlen (data), "f.json");
  g_assert_cmpuint (problems->len, ==, 1);
  const GError *problem = problems->pdata[0];
  g_assert_cmpstr (problem->message, ==,
                   "f.json:3: pools/p/replicas/minimum: found 3, allowed is at most 2, the "
                   "pool’s replicas at most");
}

static void
test_round_trip (void)
{
  const char *data = HEAD "\"future\":{\"b\":0.10,\"a\":[null,true]},\"monthHours\":730.0,"
                          "\"workloads\":[{\"x\":1,\"id\":\"a\",\"y\":\"z\"}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) once =
      be_scenario_new_from_data (catalog, data, strlen (data), "f", &error);
  g_assert_no_error (error);
  gsize length;
  g_autofree char *first = be_scenario_to_data (once, &length);
  g_autoptr (BeScenario) twice = be_scenario_new_from_data (catalog, first, length, "f", &error);
  g_assert_no_error (error);
  g_autofree char *second = be_scenario_to_data (twice, NULL);
  g_assert_cmpstr (first, ==, second);
  g_assert_true (be_scenario_set_number (once, "workloads/a/turns", 2, NULL));
  g_autofree char *edited = be_scenario_to_data (once, NULL);
  const char *x = strstr (edited, "\"x\""), *id = strstr (edited, "\"id\"");
  const char *y = strstr (edited, "\"y\""), *turns = strstr (edited, "\"turns\"");
  g_assert_true (x != NULL && id > x && y > id && turns > y);
  g_assert_nonnull (strstr (edited, "\"b\": 0.1,"));
}

static void
test_newer_version (void)
{
  const char *data = "{\"format\":\"breakeven-scenario\",\"version\":2,\"name\":\"n\"}";
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario =
      be_scenario_new_from_data (catalog, data, strlen (data), "f", &error);
  g_assert_no_error (error);
  g_assert_true (be_scenario_is_read_only (scenario));
  g_assert_false (be_scenario_set_number (scenario, "monthHours", 720, &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_READ_ONLY);
}

static void
test_conflict (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("be-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "a.breakeven.json", NULL);
  g_autoptr (BeScenario) scenario = be_scenario_new_from_template (catalog, "support", &error);
  g_assert_true (be_scenario_save (scenario, path, FALSE, &error));
  g_assert_no_error (error);
  g_assert_false (be_scenario_changed_on_disk (scenario));
  g_autoptr (BeScenario) other = be_scenario_load (catalog, path, &error);
  g_assert_no_error (error);
  g_assert_true (be_scenario_set_number (other, "monthHours", 720, NULL));
  g_assert_true (be_scenario_is_dirty (other));
  g_assert_true (be_scenario_save (other, NULL, FALSE, &error));
  g_assert_false (be_scenario_is_dirty (other));
  g_assert_true (be_scenario_changed_on_disk (scenario));
  g_assert_false (be_scenario_save (scenario, NULL, FALSE, &error));
  g_assert_error (error, BE_JSON_ERROR, BE_JSON_ERROR_CHANGED);
  g_clear_error (&error);
  g_assert_true (be_scenario_save (scenario, NULL, TRUE, &error));
  g_unlink (path);
  g_rmdir (directory);
}

static double
get_hours (BeScenario *scenario)
{
  return be_scenario_get_number (scenario, "monthHours");
}

/* What another program wrote is one step of undo, so that nothing is lost. */
static void
test_reload (void)
{
  g_autofree char *directory = g_dir_make_tmp ("breakeven-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "plan.json", NULL);
  g_autoptr (BeScenario) scenario = NULL, other = NULL;

  g_assert_true (g_file_set_contents (path, HEAD "\"monthHours\":700}", -1, NULL));
  scenario = be_scenario_load (catalog, path, NULL);
  other = be_scenario_load (catalog, path, NULL);
  g_assert_true (be_scenario_set_number (scenario, "monthHours", 701, NULL));
  g_assert_true (be_scenario_set_number (other, "monthHours", 702, NULL));
  g_assert_true (be_scenario_save (other, NULL, FALSE, NULL));
  g_assert_true (be_scenario_reload (scenario, NULL));
  g_assert_cmpfloat (get_hours (scenario), ==, 702);
  g_assert_false (be_scenario_is_dirty (scenario));
  g_assert_false (be_scenario_changed_on_disk (scenario));
  be_scenario_undo (scenario);
  g_assert_cmpfloat (get_hours (scenario), ==, 701);
  g_assert_true (be_scenario_is_dirty (scenario));
  g_assert_true (be_scenario_save (scenario, NULL, FALSE, NULL));
  g_assert_true (g_file_set_contents (path, "{", -1, NULL));
  g_assert_false (be_scenario_reload (scenario, NULL));
  g_assert_cmpfloat (get_hours (scenario), ==, 701);
  g_unlink (path);
  g_rmdir (directory);
}

/* A draft belongs to its file and knows how the file was. */
static void
test_restore (void)
{
  g_autofree char *directory = g_dir_make_tmp ("breakeven-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "plan.json", NULL);
  g_autoptr (BeScenario) scenario = NULL, back = NULL, clean = NULL;
  g_autoptr (GBytes) draft = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  char *data;

  g_assert_true (g_file_set_contents (path, HEAD "\"monthHours\":700}", -1, NULL));
  scenario = be_scenario_load (catalog, path, NULL);
  g_assert_true (be_scenario_set_number (scenario, "monthHours", 701, NULL));
  data = be_scenario_to_data (scenario, &length);
  draft = g_bytes_new_take (data, length);
  back = be_scenario_restore (catalog, draft, path, be_scenario_get_stamp (scenario), TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (get_hours (back), ==, 701);
  g_assert_true (be_scenario_is_dirty (back));
  g_assert_false (be_scenario_changed_on_disk (back));
  g_assert_true (g_file_set_contents (path, HEAD "\"monthHours\":702}", -1, NULL));
  g_assert_true (be_scenario_changed_on_disk (back));
  g_assert_false (be_scenario_save (back, NULL, FALSE, &error));
  g_assert_error (error, BE_JSON_ERROR, BE_JSON_ERROR_CHANGED);
  g_assert_true (be_scenario_save (back, NULL, TRUE, NULL));
  g_assert_false (be_scenario_is_dirty (back));
  clean = be_scenario_restore (catalog, draft, NULL, NULL, FALSE, NULL);
  g_assert_false (be_scenario_is_dirty (clean));
  g_assert_null (be_scenario_get_path (clean));
  g_unlink (path);
  g_rmdir (directory);
}

static void
test_path_escape (void)
{
  static const char *const ids[] = { "a", "a/b", "~", "~1", "a~/b", "" };
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autofree char *segment = be_path_escape (ids[i]);
    g_autofree char *back = be_path_unescape (segment);
    g_assert_null (strchr (segment, '/'));
    g_assert_cmpstr (back, ==, ids[i]);
  }
  g_autofree char *path = be_path_join ("offers", "openai/gpt-4o", "input", NULL);
  g_assert_cmpstr (path, ==, "offers/openai~1gpt-4o/input");
}

static void
test_path_within (void)
{
  g_assert_true (be_path_is_within ("pools/llama", "pools/llama"));
  g_assert_true (be_path_is_within ("pools/llama/rent/gpuHour", "pools/llama"));
  g_assert_false (be_path_is_within ("pools/llama-2", "pools/llama"));
  g_assert_false (be_path_is_within ("pools/llama-2/rent/gpuHour", "pools/llama"));
  g_assert_false (be_path_is_within ("pools", "pools/llama"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  catalog = be_catalog_new_default (NULL);
  g_assert_nonnull (catalog);
  g_test_add_func ("/scenario/file/bad-input", test_bad_input);
  g_test_add_func ("/scenario/file/line", test_line);
  g_test_add_func ("/scenario/file/contradiction", test_contradiction);
  g_test_add_func ("/scenario/file/round-trip", test_round_trip);
  g_test_add_func ("/scenario/file/newer-version", test_newer_version);
  g_test_add_func ("/scenario/file/conflict", test_conflict);
  g_test_add_func ("/scenario/file/reload", test_reload);
  g_test_add_func ("/scenario/file/restore", test_restore);
  g_test_add_func ("/scenario/file/path-escape", test_path_escape);
  g_test_add_func ("/scenario/file/path-within", test_path_within);
  int result = g_test_run ();
  be_catalog_unref (catalog);
  return result;
}
