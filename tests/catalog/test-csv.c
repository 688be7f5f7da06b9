/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables: what is read, and that malformed ones are refused by line. */

#include "catalog/be-catalog.h"
#include "catalog/be-csv.h"

#include <math.h>
#include <string.h>

static void
test_fields (void)
{
  static const char data[] =
      "name,size,note\r\nA,1.5,\"x, \"\"y\"\"\nz\"\r\nB,,\nC,1e3,last line has no end";
  g_autoptr (GError) error = NULL;
  g_autoptr (BeCsv) csv = be_csv_parse (data, strlen (data), "t.csv", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (be_csv_get_n_rows (csv), ==, 3);
  g_assert_cmpstr (be_csv_get_text (csv, 0, "note"), ==, "x, \"y\"\nz");
  g_assert_cmpfloat (be_csv_get_number (csv, 0, "size", &error), ==, 1.5);
  g_assert_cmpstr (be_csv_get_text (csv, 1, "name"), ==, "B");
  g_assert_null (be_csv_get_text (csv, 1, "note"));
  g_assert_true (isnan (be_csv_get_number (csv, 1, "size", &error)));
  g_assert_no_error (error);
  g_assert_cmpfloat (be_csv_get_number (csv, 2, "size", &error), ==, 1000);
  g_assert_cmpstr (be_csv_get_text (csv, 2, "note"), ==, "last line has no end");
  g_assert_null (be_csv_get_name (csv, 1, "note", &error));
  g_assert_error (error, BE_CATALOG_ERROR, BE_CATALOG_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "t.csv:4:"));
}

static void
test_refused (void)
{
  static const struct {
    const char *name, *data, *says;
  } cases[] = {
    { "empty", "", "empty" },
    { "too few fields", "a,b\n1,2\n3\n", "t.csv:3:" },
    { "too many fields", "a,b\n1,2,3\n", "t.csv:2:" },
    { "open quote", "a,b\n1,\"2\n", "quote" },
    { "quote inside", "a,b\n1,2\"\n", "t.csv:2:" },
    { "text after quote", "a,b\n1,\"2\"x\n", "t.csv:2:" },
    { "not UTF-8", "a,b\n1,\xff\n", "UTF-8" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", cases[i].name);
    g_assert_null (be_csv_parse (cases[i].data, strlen (cases[i].data), "t.csv", &error));
    g_assert_error (error, BE_CATALOG_ERROR, BE_CATALOG_ERROR_FORMAT);
    g_assert_nonnull (strstr (error->message, cases[i].says));
  }
}

static void
test_bad_numbers (void)
{
  static const char *const texts[] = { "-1", "x", "1x", "nan", "inf", "1e999", "1 ", NULL };
  static const char *const wanted[] = { "a", "c", NULL };
  for (guint i = 0; texts[i] != NULL; i++) {
    g_autofree char *data = g_strdup_printf ("a,b\n%s,2\n", texts[i]);
    g_autoptr (GError) error = NULL, missing = NULL;
    g_autoptr (BeCsv) csv = be_csv_parse (data, strlen (data), "t.csv", &error);
    g_assert_no_error (error);
    g_assert_false (be_csv_require (csv, wanted, &missing));
    g_assert_nonnull (strstr (missing->message, "c"));
    g_test_message ("“%s”", texts[i]);
    g_assert_true (isnan (be_csv_get_number (csv, 0, "a", &error)));
    g_assert_error (error, BE_CATALOG_ERROR, BE_CATALOG_ERROR_FORMAT);
    g_assert_nonnull (strstr (error->message, "t.csv:2:"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/fields", test_fields);
  g_test_add_func ("/csv/refused", test_refused);
  g_test_add_func ("/csv/bad-numbers", test_bad_numbers);
  return g_test_run ();
}
