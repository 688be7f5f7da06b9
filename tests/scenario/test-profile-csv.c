/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weekly profiles from tables: every form gives the same week, bad lines are named. */
#include "scenario/be-moment.h"
#include "scenario/be-profile-csv.h"

#include <math.h>
#include <string.h>

static void
test_moments (void)
{
  static const struct {
    const char *text, *iso; /* NULL: refused */
  } cases[] = {
    { "1970-01-01", "1970-01-01T00:00:00Z" },
    { "2026-09-21T13:45:10Z", "2026-09-21T13:45:10Z" },
    { "2026-09-21 13:45:10", "2026-09-21T13:45:10Z" },
    { "2026-09-21T13:45:10.123456+02:00", "2026-09-21T11:45:10Z" },
    { "2026-09-21T13:45-0530", "2026-09-21T19:15:00Z" },
    { "2024-02-29T23:59:59+00", "2024-02-29T23:59:59Z" },
    { "2026-12-31T24:00:00Z", "2027-01-01T00:00:00Z" },
    { "2026-09-21 13:00:00 UTC", "2026-09-21T13:00:00Z" },
    { "2199-12-31T00:00:00Z", "2199-12-31T00:00:00Z" },
    { "2026-02-29", NULL },
    { "2026-13-01", NULL },
    { "2026-09-21T25:00", NULL },
    { "2026-09-21T13:61", NULL },
    { "2026-09-21x", NULL },
    { "2026-09-21T13:45:10+2", NULL },
    { "21.09.2026", NULL },
    { "1969-12-31", NULL },
    { "1970-01-01T00:00:00+01:00", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gint64 second;
    gboolean good = be_moment_parse (cases[i].text, &second);
    g_test_message ("%s", cases[i].text);
    g_assert_true (good == (cases[i].iso != NULL));
    if (!good)
      continue;
    g_autoptr (GDateTime) expected = g_date_time_new_from_iso8601 (cases[i].iso, NULL);
    g_assert_cmpint (second, ==, g_date_time_to_unix (expected));
    int hour = (g_date_time_get_day_of_week (expected) - 1) * 24 + g_date_time_get_hour (expected);
    g_assert_cmpint (be_moment_hour_of_week (second), ==, hour);
  }
  gint64 second;
  g_assert_true (be_moment_from_number (1790000000, &second) && second == 1790000000);
  g_assert_true (be_moment_from_number (1790000000123, &second) && second == 1790000000);
  g_assert_true (be_moment_from_number (1790000000123456, &second) && second == 1790000000);
  g_assert_false (be_moment_from_number (9e15, &second));
}

static int
rate (int hour)
{
  return 1 + (hour * 7) % 11;
}

/* The same two weeks from 2026-09-21 (a Monday), in every form. */
static char *
write_weeks (int form)
{
  GString *csv = g_string_new (NULL);
  const gint64 start = 1789948800;
  for (int hour = 0; hour < 2 * 168; hour++) {
    gint64 at = start + hour * 3600;
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at);
    g_autofree char *iso = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%S");
    g_autofree char *day = g_date_time_format (utc, "%Y-%m-%d");
    int n = rate (hour % 168);
    if (form == 0 && hour == 0)
      g_string_append (csv, "id,Timestamp,latency\n");
    if (form == 3 && hour == 0)
      g_string_append (csv, "\xef\xbb\xbf"
                            "date;hour;requests\r\n");
    for (int i = 0; i < n && form <= 2; i++) {
      if (form == 0)
        g_string_append_printf (csv, "%d,\"%sZ\",%d\n", i, iso, 100 + i);
      else if (form == 1)
        g_string_append_printf (csv, "%" G_GINT64_FORMAT "\n", at + i);
      else
        g_string_append_printf (csv, "%" G_GINT64_FORMAT "\n", (at + i) * 1000);
    }
    if (form == 3)
      g_string_append_printf (csv, "%s;%d;%d\r\n", day, hour % 24, n);
    if (form == 4)
      g_string_append_printf (csv, "%s,%d\n", iso, n);
    if (form == 5)
      g_string_append_printf (csv, "%s,%d,%d\n\n", day, hour % 24, n);
    if (form == 6 && hour < 168)
      g_string_append_printf (csv, "%d\t%d\n", hour, n);
    if (form == 7 && hour < 168)
      g_string_append_printf (csv, "%d\n", n);
  }
  return g_string_free (csv, FALSE);
}

static void
test_forms (void)
{
  static const BeProfileCsvForm forms[] = {
    BE_PROFILE_CSV_EVENTS,       BE_PROFILE_CSV_EVENTS,      BE_PROFILE_CSV_EVENTS,
    BE_PROFILE_CSV_HOUR_COUNTS,  BE_PROFILE_CSV_HOUR_COUNTS, BE_PROFILE_CSV_HOUR_COUNTS,
    BE_PROFILE_CSV_HOUR_OF_WEEK, BE_PROFILE_CSV_WEIGHTS,
  };
  double sum = 0;
  for (int hour = 0; hour < 168; hour++)
    sum += rate (hour);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autofree char *csv = write_weeks ((int) i);
    g_autoptr (GError) error = NULL;
    BeProfileCsv profile;
    be_profile_csv_parse (csv, strlen (csv), "week.csv", &profile, &error);
    g_assert_no_error (error);
    g_assert_cmpint (profile.form, ==, forms[i]);
    g_assert_cmpuint (profile.covered_hours, ==, 168);
    for (int hour = 0; hour < 168; hour++)
      g_assert_cmpfloat_with_epsilon (profile.weights[hour], rate (hour) * 168 / sum, 1e-12);
    if (i < 6)
      g_assert_cmpfloat_with_epsilon (profile.requests_per_day, sum / 7, 1e-9);
  }
}

/* Nine days do not count two of them twice; two days fill the others. */
static void
test_spans (void)
{
  for (int days = 2; days <= 9; days += 7) {
    g_autoptr (GString) csv = g_string_new (NULL);
    g_autoptr (GError) error = NULL;
    BeProfileCsv profile;
    for (int hour = 0; hour < days * 24; hour++)
      g_string_append_printf (csv, "%d,%d\n", 1789948800 + hour * 3600, 1 + hour % 24);
    be_profile_csv_parse (csv->str, csv->len, "days", &profile, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (profile.covered_hours, ==, MIN (days, 7) * 24);
    for (int hour = 0; hour < 168; hour++)
      g_assert_cmpfloat_with_epsilon (profile.weights[hour], (1 + hour % 24) / 12.5, 1e-12);
  }
}

static void
test_refused (void)
{
  static const struct {
    const char *csv, *says;
  } cases[] = {
    { "", "no row" },
    { "timestamp\n", "no row" },
    { "timestamp,count\n2026-09-21T00:00Z,1\n2026-09-2x,1\n", "week.csv:3: found 2026-09-2x" },
    { "timestamp,count\n2026-09-21T00:00Z,-1\n", "week.csv:2: found -1" },
    { "timestamp,count\n2026-09-21T00:00Z\n", "week.csv:2: found nothing" },
    { "timestamp,count\n2026-09-21T00:00Z,many\n", "week.csv:2: found many" },
    { "2026-09-21T00:00Z\n2026-09-21T05:00Z\n", "less than a day" },
    { "168,4\n", "from 0 to 167" },
    { "1.5,4\n", "from 0 to 167" },
    { "0,0\n1,0\n", "no requests" },
    { "1\n2\n3\n", "3 numbers" },
    { "-1\n", "week.csv:1: found -1" },
    { "0,4\n2026-09-21T00:00Z,4\n", "rows of one kind" },
    { "date,hour,count\n2026-09-21,24,1\n", "hour from 0 to 23" },
    { "99999999999999999999\n", "from 1970 to 2200" },
    { "\xff\xfe,1\n", "UTF-8" },
    { "a\nb\nc\n", "week.csv:2: found b" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    BeProfileCsv profile;
    gboolean good =
        be_profile_csv_parse (cases[i].csv, strlen (cases[i].csv), "week.csv", &profile, &error);
    g_test_message ("%u: %s", i, error != NULL ? error->message : "taken");
    g_assert_false (good);
    g_assert_nonnull (error);
    g_assert_nonnull (strstr (error->message, cases[i].says));
  }
}

static void
test_presets (void)
{
  double weights[BE_WEEK_HOURS], sum = 0, peak = 0;
  g_assert_false (be_profile_preset ("other", weights));
  g_assert_true (be_profile_preset ("consumer", weights));
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    sum += weights[hour];
    peak = fmax (peak, weights[hour]);
  }
  g_assert_cmpfloat_with_epsilon (sum, BE_WEEK_HOURS, 1e-9);
  g_assert_cmpfloat_with_epsilon (peak, 1.93, 0.005);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile-csv/moments", test_moments);
  g_test_add_func ("/profile-csv/forms", test_forms);
  g_test_add_func ("/profile-csv/spans", test_spans);
  g_test_add_func ("/profile-csv/refused", test_refused);
  g_test_add_func ("/profile-csv/presets", test_presets);
  return g_test_run ();
}
