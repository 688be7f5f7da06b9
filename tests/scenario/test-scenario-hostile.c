/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Thousands of damaged scenarios: each is refused with one clear error, or it is a plan that saves
 * to the same bytes twice. BE_FUZZ_SECONDS, of processor time, lengthens the run, BE_FUZZ_SEED
 * changes it. */
#include "scenario/be-scenario.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NAME "mutant.json"
#define MUTANTS 4000

static BeCatalog *catalog;
static GRand *dice;

/* What a careless or hostile hand writes where a value belongs. */
static const char *const values[] = {
  "-1",
  "0",
  "1e308",
  "1e999",
  "-1e-320",
  "9007199254740993",
  "0.1",
  "1.5",
  "NaN",
  "null",
  "true",
  "\"\"",
  "[]",
  "{}",
  "[[]]",
  "[1,2,3]",
  "\"x\"",
  "\"best\"",
  "01",
  "1e",
  "2",
  "100000",
  "1e12",
  "\"\\u0000\"",
  "\"\\ud800\"",
  "\"owned\"",
  "\"spot\"",
  "\"cascade\"",
  "\"measured\"",
  "{\"a\":1,\"a\":2}",
  "\"2026-02-30\"",
  "\"nightly\"",
  "[1e308,1e308]",
};

/* Of this process: other work on the machine does not count. */
static double
used_s (void)
{
  return (double) clock () / CLOCKS_PER_SEC;
}

static guint
roll (guint sides)
{
  return sides > 0 ? (guint) g_rand_int_range (dice, 0, (gint32) sides) : 0;
}

/* The span of one value that begins after a colon or in an array: enough of JSON to cut it out. */
static gboolean
find_value (const GString *text, gsize *from, gsize *to)
{
  gsize at = roll ((guint) text->len);
  while (at < text->len && text->str[at] != ':')
    at++;
  if (at >= text->len)
    return FALSE;
  for (at++; at < text->len && g_ascii_isspace (text->str[at]);)
    at++;
  *from = at;
  int depth = 0;
  gboolean quoted = FALSE;
  for (; at < text->len; at++) {
    char c = text->str[at];
    if (quoted) {
      at += c == '\\';
      quoted = c != '"';
    } else if (c == '"') {
      quoted = TRUE;
    } else if (c == '{' || c == '[') {
      depth++;
    } else if (c == '}' || c == ']' || c == ',') {
      if (depth == 0)
        break;
      depth -= c != ',';
    }
  }
  *to = MIN (at, text->len);
  return *to > *from;
}

static void
replace (GString *text, gsize from, gsize to, const char *with, gssize length)
{
  g_string_erase (text, (gssize) from, (gssize) (to - from));
  g_string_insert_len (text, (gssize) from, with, length);
}

static void
mutate_value (GString *text)
{
  gsize from, to, other, end;
  if (!find_value (text, &from, &to))
    return;
  if (roll (3) > 0) {
    replace (text, from, to, values[roll (G_N_ELEMENTS (values))], -1);
    return;
  }
  if (!find_value (text, &other, &end) || end - other > 4000)
    return;
  g_autofree char *copy = g_strndup (text->str + other, end - other);
  replace (text, from, to, copy, -1);
}

static void
mutate_bytes (GString *text)
{
  gsize at = roll ((guint) text->len), span = 1 + roll (40);
  span = MIN (span, text->len - at);
  switch (roll (5)) {
  case 0:
    text->str[at] = (char) roll (256);
    break;
  case 1:
    g_string_erase (text, (gssize) at, (gssize) span);
    break;
  case 2: {
    g_autofree char *copy = g_memdup2 (text->str + at, span);
    g_string_insert_len (text, (gssize) roll ((guint) text->len), copy, (gssize) span);
    break;
  }
  case 3:
    g_string_truncate (text, at);
    break;
  default:
    text->str[at] ^= (char) (1 << roll (8));
    break;
  }
}

/* A member's name becomes another one of the document. */
static void
mutate_name (GString *text)
{
  static const char *const names[] = { "id",       "share",   "rent",  "tiers",  "windows",
                                       "rateSets", "utc",     "later", "steps",  "replaces",
                                       "reserved", "profile", "offer", "tokens", "a/b",
                                       "~",        "" };
  gsize at = roll ((guint) text->len);
  const char *name = names[roll (G_N_ELEMENTS (names))];
  const char *found = strstr (text->str + at, "\": ");
  if (found == NULL)
    return;
  gsize to = (gsize) (found - text->str), from = to;
  while (from > 0 && text->str[from - 1] != '"')
    from--;
  replace (text, from, to, name, -1);
}

static void
mutate (GString *text)
{
  for (guint times = 1 + roll (3); times > 0 && text->len > 0; times--) {
    guint kind = roll (10);
    if (kind < 6)
      mutate_value (text);
    else if (kind < 8)
      mutate_name (text);
    else
      mutate_bytes (text);
  }
}

/* What was taken is a plan, or says which number is missing; it saves to the same bytes twice. */
static void
check_taken (BeScenario *scenario)
{
  BePlanResult result;
  g_autoptr (GError) error = NULL;
  gsize first_length, second_length;
  g_autofree char *first = be_scenario_to_data (scenario, &first_length);
  g_autoptr (BeScenario) again =
      be_scenario_new_from_data (catalog, first, first_length, NAME, &error);
  if (again == NULL)
    g_error ("what was saved is refused: %s\n%s", error->message, first);
  g_autofree char *second = be_scenario_to_data (again, &second_length);
  g_assert_cmpmem (first, first_length, second, second_length);
  const BePlanInput *input = be_scenario_resolve (scenario, &error);
  if (input == NULL) {
    g_assert_nonnull (error);
    return;
  }
  be_plan_result_init (&result);
  BeStatus status = be_plan_evaluate (input, &result);
  if (status == BE_INVALID)
    g_error ("accepted, but no plan:\n%s", first);
  g_assert_cmpint (status, ==, BE_OK);
  for (int i = 0; i < BE_N_PLANS; i++) {
    const BePlan *plan = &result.plans[i];
    if (plan->defined && plan->feasible == BE_FEASIBLE && !(plan->per_month_usd >= 0))
      g_error ("a plan of %g:\n%s", plan->per_month_usd, first);
  }
  be_plan_result_clear (&result);
}

static void
check (const GString *text, guint *taken, guint *refused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario =
      be_scenario_new_from_data (catalog, text->str, text->len, NAME, &error);
  if (scenario != NULL) {
    ++*taken;
    check_taken (scenario);
    return;
  }
  ++*refused;
  g_assert_nonnull (error);
  if (!g_str_has_prefix (error->message, NAME ":") || strstr (error->message, "found") == NULL
      || (strstr (error->message, "expected") == NULL
          && strstr (error->message, "allowed") == NULL))
    g_error ("an unclear error: %s", error->message);
}

static void
test_mutants (void)
{
  static const char *const names[] = { "support", "rag", "coding", "summaries" };
  const char *seconds = g_getenv ("BE_FUZZ_SECONDS"), *seed = g_getenv ("BE_FUZZ_SEED");
  double limit_s = seconds != NULL ? atoi (seconds) : 15;
  guint32 start = seed != NULL ? (guint32) atoi (seed) : 20261125;
  guint taken = 0, refused = 0;
  char *texts[G_N_ELEMENTS (names)];
  g_test_message ("seed %u", start);
  dice = g_rand_new_with_seed (start);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path =
        g_strdup_printf ("%s/templates/%s.breakeven.json", g_getenv ("BE_DATA_DIR"), names[i]);
    g_assert_true (g_file_get_contents (path, &texts[i], NULL, NULL));
  }
  for (guint i = 0; (seconds != NULL || i < MUTANTS) && used_s () < limit_s; i++) {
    g_autoptr (GString) text = g_string_new (texts[i % G_N_ELEMENTS (texts)]);
    mutate (text);
    check (text, &taken, &refused);
  }
  g_test_message ("%u taken, %u refused", taken, refused);
  g_assert_cmpuint (taken, >, 100);
  g_assert_cmpuint (refused, >, 300);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_rand_free (dice);
}

/* A scenario that names one thing many times over: answered in a moment, whatever the answer. */
static void
test_heavy (void)
{
  static const struct {
    const char *name, *head, *unit, *tail;
    guint count;
  } rows[] = {
    { "array", "{\"x\":[", "0,", "0]}", 2000000 },
    { "depth", "", "[", "", 1000000 },
    { "problems", "{\"format\":\"breakeven-scenario\",\"version\":1,\"ladder\":[", "1,", "1]}",
      200000 },
    { "workloads", "{\"format\":\"breakeven-scenario\",\"version\":1,\"workloads\":[",
      "{\"id\":\"a\"},", "{\"id\":\"b\"}]}", 50000 },
    { "elements", "{\"format\":\"breakeven-scenario\",\"version\":1,\"workloads\":[",
      "{\"id\":\"a\",\"turns\":0},", "{\"id\":\"b\"}]}", 4000 },
    { "text", "{\"x\":\"", "aaaaaaaaaaaaaaaa", "\"}", 900000 },
    { "spaces", "", "                ", "{}", 900000 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    double begin = used_s ();
    g_autoptr (GString) text = g_string_new (rows[i].head);
    for (guint unit = 0; unit < rows[i].count; unit++)
      g_string_append (text, rows[i].unit);
    g_string_append (text, rows[i].tail);
    g_autoptr (GPtrArray) problems =
        be_scenario_validate (catalog, text->str, text->len, "heavy.json");
    double took = used_s () - begin;
    g_test_message ("%s: %u problems, %.2f s", rows[i].name, problems->len, took);
    g_assert_cmpuint (problems->len, >, 0);
    g_assert_cmpfloat (took, <, 10);
  }
}

/* A name as long as the file, before many values: their places must not each hold it. */
static void
test_long_name (void)
{
  g_autoptr (GString) text = g_string_new ("{\"format\":\"breakeven-scenario\",\"version\":1,\"");
  g_autofree char *name = g_strnfill (4000000, 'n');
  g_autoptr (GError) error = NULL;
  g_string_append (text, name);
  g_string_append (text, "\":[");
  for (int i = 0; i < 100000; i++)
    g_string_append (text, "0,");
  g_string_append (text, "0]}");
  g_autoptr (BeScenario) scenario =
      be_scenario_new_from_data (catalog, text->str, text->len, "long.json", &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  catalog = be_catalog_new_default (NULL);
  g_assert_nonnull (catalog);
  g_test_add_func ("/hostile/mutants", test_mutants);
  g_test_add_func ("/hostile/heavy", test_heavy);
  g_test_add_func ("/hostile/long-name", test_long_name);
  int status = g_test_run ();
  be_catalog_unref (catalog);
  return status;
}
