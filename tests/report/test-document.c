/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan as a document: cells that hold marks of Markdown, and every rate in its one place. */
#include "report-inputs.h"
#include "report/document/be-document.h"

#include <locale.h>
#include <string.h>

/* Bars that part cells: those that are not escaped. */
static guint
count_bars (const char *line)
{
  guint n = 0;
  for (const char *at = line; *at != '\0'; at++)
    n += *at == '|' && (at == line || at[-1] != '\\');
  return n;
}

/* The first line of a text that holds these words; caller frees. */
static char *
find_line (const char *text, const char *words)
{
  const char *at = strstr (text, words);
  g_assert_nonnull (at);
  while (at > text && at[-1] != '\n')
    at--;
  return g_strndup (at, strcspn (at, "\n"));
}

static void
test_bars_in_cells (void)
{
  g_autoptr (BeDocument) document = be_document_new ("a|b", "c|d", "e|f");
  BeTable *table = be_table_new ("left | right", "sum", NULL);
  be_table_add (table, g_strdup ("one|two||three"), g_strdup ("4 \\| 5"), NULL);
  be_document_take_table (document, table, "lr", FALSE);
  g_autofree char *markdown = be_document_to_markdown (document, "plan", NULL);
  g_autofree char *row = find_line (markdown, "one");
  g_autofree char *head = find_line (markdown, "left");
  g_test_message ("%s", row);
  g_assert_cmpuint (count_bars (row), ==, 3);
  g_assert_nonnull (strstr (row, "one\\|two\\|\\|three"));
  g_assert_nonnull (strstr (row, "4 \\\\\\| 5")); /* the backslash, too */
  g_assert_cmpuint (count_bars (head), ==, 3);
}

static guint
count_of (const char *text, const char *words)
{
  guint n = 0;
  for (const char *at = text; (at = strstr (at, words)) != NULL; at += strlen (words))
    n++;
  return n;
}

/* A batch price stands in the table of rates, and not again among the terms. */
static void
test_batch_rates (void)
{
  g_autoptr (BeScenario) scenario = report_open_template ("support");
  g_autoptr (GError) error = NULL;
  const char *const sets[] = { "offers/openai~1gpt-4o/batch/input=1.3125",
                               "offers/openai~1gpt-4o/batch/output=5.4375",
                               "offers/openai~1gpt-4o/batch/cachedInput=0.8125", NULL };
  g_assert_true (be_scenario_assign (scenario, sets, &error));
  g_autoptr (BeDocument) document = be_report_document (scenario, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *markdown = be_document_to_markdown (document, "plan", NULL);
  static const char *const listed[] = { "$1.3125", "$5.4375" };
  for (gsize i = 0; i < G_N_ELEMENTS (listed); i++) {
    g_assert_cmpuint (count_of (markdown, listed[i]), ==, 1);
    g_autofree char *row = find_line (markdown, listed[i]);
    g_assert_nonnull (strstr (row, "openai/gpt-4o"));
    g_assert_cmpuint (count_bars (row), ==, 9); /* the eight columns of rates */
  }
  /* One that has no column there stands among the terms. */
  g_assert_cmpuint (count_of (markdown, "$0.8125"), ==, 1);
  g_autofree char *row = find_line (markdown, "$0.8125");
  g_assert_cmpuint (count_bars (row), ==, 5);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/bars-in-cells", test_bars_in_cells);
  g_test_add_func ("/document/batch-rates", test_batch_rates);
  return g_test_run ();
}
