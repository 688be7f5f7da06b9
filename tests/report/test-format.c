/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formatter and the parser: tables in the C locale and in German where it is installed, and
 * edit text that reads back to the same number. */
#include "report/be-report.h"

#include <locale.h>
#include <math.h>

typedef struct {
  const char *name;
  double value;
  BeUnit unit;
  gboolean compact;
  const char *expected;
} FormatRow;

static const FormatRow format_rows[] = {
  { "published bill", 38475, BE_UNIT_USD, FALSE, "$38,475.00" },
  { "millions", 1234567.891, BE_UNIT_USD, FALSE, "$1,234,567.89" },
  { "small price", 0.0075, BE_UNIT_USD, FALSE, "$0.0075" },
  { "half", 0.5, BE_UNIT_USD, FALSE, "$0.50" },
  { "nothing", 0, BE_UNIT_USD, FALSE, "$0.00" },
  { "rounds to a dollar", 0.99999, BE_UNIT_USD, FALSE, "$1.00" },
  { "price of a token", 1.5e-7, BE_UNIT_USD, FALSE, "$0.00000015" },
  { "left over by a subtraction", -3.638e-11, BE_UNIT_USD, FALSE, "$0.00" },
  { "negative", -5, BE_UNIT_USD, FALSE, "\342\210\222$5.00" },
  { "compact thousands", 38475, BE_UNIT_USD, TRUE, "$38.5k" },
  { "compact millions", 1500000, BE_UNIT_USD, TRUE, "$1.5M" },
  { "compact carries into the next letter", 999950, BE_UNIT_USD, TRUE, "$1M" },
  { "compact small", 0.15, BE_UNIT_USD, TRUE, "$0.15" },
  { "compact hundreds", 123.4, BE_UNIT_USD, TRUE, "$123" },
  { "unknown", NAN, BE_UNIT_USD, FALSE, "\342\200\223" },
  { "without bound", INFINITY, BE_UNIT_REQUESTS_PER_DAY, FALSE, "\342\200\223" },
  { "rate", 2.5, BE_UNIT_USD_PER_MTOK, FALSE, "$2.50/Mtok" },
  { "rent", 2.95, BE_UNIT_USD_PER_HOUR, FALSE, "$2.95/h" },
  { "rate with a third decimal", 2.375, BE_UNIT_USD_PER_MTOK, FALSE, "$2.375/Mtok" },
  { "rate below a cent", 0.00375, BE_UNIT_USD_PER_MTOK, FALSE, "$0.00375/Mtok" },
  { "mean rate", 2.41388888, BE_UNIT_USD_PER_HOUR, FALSE, "$2.41389/h" },
  { "large rate", 16000, BE_UNIT_USD_PER_HOUR, FALSE, "$16,000.00/h" },
  { "free", 0, BE_UNIT_USD_PER_MTOK, FALSE, "$0.00/Mtok" },
  { "requests", 500000, BE_UNIT_REQUESTS_PER_DAY, FALSE, "500,000 requests/day" },
  { "share", 0.7, BE_UNIT_SHARE, FALSE, "70\302\240%" },
  { "share with a part", 0.075, BE_UNIT_SHARE, FALSE, "7.5\302\240%" },
  { "tokens", 1667, BE_UNIT_TOKENS, FALSE, "1,667 tokens" },
  { "one", 1, BE_UNIT_GPUS, FALSE, "1 GPU" },
  { "two", 2, BE_UNIT_GPUS, FALSE, "2 GPUs" },
  { "none", 0, BE_UNIT_REPLICAS, FALSE, "0 replicas" },
  { "one token", 1, BE_UNIT_TOKENS, FALSE, "1 token" },
  { "one request", 1, BE_UNIT_REQUESTS_PER_DAY, FALSE, "1 request/day" },
  { "one and a half", 1.5, BE_UNIT_MONTHS, FALSE, "1.5 months" },
  { "one thousand", 1000, BE_UNIT_TOKENS, TRUE, "1k tokens" },
  { "compact count", 8000, BE_UNIT_NONE, TRUE, "8k" },
  { "factor", 1.25, BE_UNIT_FACTOR, FALSE, "1.25\303\227" },
};

typedef struct {
  const char *name, *text;
  BeUnit unit;
  double expected; /* NaN: unreadable */
} ParseRow;

static const ParseRow parse_rows[] = {
  { "thousands", "8k", BE_UNIT_TOKENS, 8000 },
  { "millions", "1.5M", BE_UNIT_TOKENS, 1500000 },
  { "millions with a unit", "2 Mtok", BE_UNIT_TOKENS, 2000000 },
  { "rate", "$2.50/h", BE_UNIT_USD_PER_HOUR, 2.5 },
  { "rate with blanks", " $ 2.50 / h ", BE_UNIT_USD_PER_HOUR, NAN },
  { "per Mtok", "$0.15/Mtok", BE_UNIT_USD_PER_MTOK, 0.15 },
  { "percent", "70%", BE_UNIT_SHARE, 0.7 },
  { "percent with a blank", "70 %", BE_UNIT_SHARE, 0.7 },
  { "percent as it is shown", "70\302\240%", BE_UNIT_SHARE, 0.7 },
  { "percent without its sign", "7.5", BE_UNIT_SHARE, 0.075 },
  { "blank groups", "1 500", BE_UNIT_COUNT, 1500 },
  { "narrow no-break blank", "1\342\200\257500", BE_UNIT_COUNT, 1500 },
  { "comma groups", "1,500", BE_UNIT_COUNT, 1500 },
  { "several groups", "1,234,567.5", BE_UNIT_COUNT, 1234567.5 },
  { "Indian groups", "1,50,000", BE_UNIT_COUNT, 150000 },
  { "kilowatt is a unit", "0.7 kW", BE_UNIT_KILOWATT, 0.7 },
  { "thousand requests", "500k requests/day", BE_UNIT_REQUESTS_PER_DAY, 500000 },
  { "one request", "1 request/day", BE_UNIT_REQUESTS_PER_DAY, 1 },
  { "one GPU", "1 GPU", BE_UNIT_GPUS, 1 },
  { "minus", "-5", BE_UNIT_USD, -5 },
  { "typographic minus", "\342\210\222$5.00", BE_UNIT_USD, -5 },
  { "exponent", "1e-7", BE_UNIT_NONE, 1e-7 },
  { "Arabic digits", "\331\241\331\242", BE_UNIT_COUNT, 12 },
  { "empty", "", BE_UNIT_COUNT, NAN },
  { "blank", "  ", BE_UNIT_COUNT, NAN },
  { "word", "many", BE_UNIT_COUNT, NAN },
  { "half a group", "1,50", BE_UNIT_COUNT, NAN },
  { "two decimal signs", "1.5.2", BE_UNIT_COUNT, NAN },
  { "another unit", "5 h", BE_UNIT_TOKENS, NAN },
  { "percent of tokens", "5 %", BE_UNIT_TOKENS, NAN },
  { "lone sign", ".", BE_UNIT_COUNT, NAN },
  { "not a number", "nan", BE_UNIT_COUNT, NAN },
  { "too large", "1e999", BE_UNIT_COUNT, NAN },
};

static void
check_formats (const FormatRow *rows, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    g_autofree char *text = be_format_value (rows[i].value, rows[i].unit, rows[i].compact);

    g_test_message ("%s", rows[i].name);
    g_assert_cmpstr (text, ==, rows[i].expected);
  }
}

static void
check_parses (const ParseRow *rows, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    double value = 42;
    gboolean readable = be_parse_value (rows[i].text, rows[i].unit, &value);

    g_test_message ("%s: \"%s\"", rows[i].name, rows[i].text);
    if (isnan (rows[i].expected)) {
      g_assert_false (readable);
      g_assert_cmpfloat (value, ==, 42);
      continue;
    }
    g_assert_true (readable);
    g_assert_cmpfloat_with_epsilon (value, rows[i].expected, 1e-12 * fabs (rows[i].expected));
  }
}

static void
test_format (void)
{
  check_formats (format_rows, G_N_ELEMENTS (format_rows));
}

static void
test_parse (void)
{
  check_parses (parse_rows, G_N_ELEMENTS (parse_rows));
}

static void
check_round_trip (double value, BeUnit unit)
{
  g_autofree char *text = be_format_edit (value, unit);
  double back;

  if (!be_parse_value (text, unit, &back))
    g_error ("edit text \"%s\" of %.17g does not read back", text, value);
  if (fabs (back - value) > 4e-16 * fabs (value))
    g_error ("edit text \"%s\" of %.17g reads back as %.17g", text, value, back);
}

/* Every unit, numbers over thirty decades: what an entry shows reads back to the same double,
 * shares to the last place of the percent. */
static void
test_round_trip (void)
{
  for (int i = 0; i < 20000; i++) {
    BeUnit unit = (BeUnit) g_test_rand_int_range (BE_UNIT_NONE, BE_UNIT_FACTOR + 1);
    double value = g_test_rand_double_range (-1, 1) * pow (10, g_test_rand_double_range (-12, 18));

    check_round_trip (value, unit);
    check_round_trip (rint (value), unit);
  }
}

static void
test_edit (void)
{
  g_autofree char *share = be_format_edit (0.07, BE_UNIT_SHARE);
  g_autofree char *third = be_format_edit (1667, BE_UNIT_TOKENS);
  g_autofree char *rate = be_format_edit (0.15, BE_UNIT_USD_PER_MTOK);
  g_autofree char *large = be_format_edit (-1234567.25, BE_UNIT_COUNT);

  g_assert_cmpstr (large, ==, "-1,234,567.25");
  g_assert_cmpstr (share, ==, "7 %");
  g_assert_cmpstr (third, ==, "1,667");
  g_assert_cmpstr (rate, ==, "0.15");
}

/* In text from right to left a mark of the other direction keeps the minus before its number. */
static void
test_right_to_left (void)
{
  be_format_set_right_to_left (TRUE);
  g_autofree char *share = be_format_value (-0.25, BE_UNIT_SHARE, FALSE);
  g_autofree char *money = be_format_money (-5, FALSE);
  g_autofree char *more = be_format_change (0.5, BE_UNIT_SHARE);
  g_autofree char *edit = be_format_edit (0.7, BE_UNIT_SHARE);
  double value;

  be_format_set_right_to_left (FALSE);
  g_assert_cmpstr (share, ==, "\342\200\216\342\210\22225\302\240%\342\200\216");
  g_assert_cmpstr (more, ==, "\342\200\216+\342\200\21650\302\240%\342\200\216");
  g_assert_cmpstr (money, ==, "\342\200\216\342\210\222$5.00");
  g_assert_true (be_parse_value (share, BE_UNIT_SHARE, &value));
  g_assert_cmpfloat_with_epsilon (value, -0.25, 1e-15);
  g_assert_true (be_parse_value (edit, BE_UNIT_SHARE, &value));
  g_assert_cmpfloat_with_epsilon (value, 0.7, 1e-15);
}

static void
test_suffixes (void)
{
  for (int unit = BE_UNIT_NONE; unit <= BE_UNIT_FACTOR; unit++) {
    g_autofree char *text = g_strconcat ("3 ", be_unit_suffix (unit), NULL);
    double value;

    g_test_message ("unit %d: \"%s\"", unit, text);
    g_assert_true (be_parse_value (text, unit, &value));
    g_assert_cmpfloat_with_epsilon (value, unit == BE_UNIT_SHARE ? 0.03 : 3, 1e-15);
  }
}

static void
test_german (void)
{
  static const FormatRow formats[] = {
    { "bill", 38475, BE_UNIT_USD, FALSE, "$38.475,00" },
    { "share", 0.075, BE_UNIT_SHARE, FALSE, "7,5\302\240%" },
    { "compact", 38475, BE_UNIT_USD, TRUE, "$38,5k" },
  };
  static const ParseRow parses[] = {
    { "decimal comma", "1,5", BE_UNIT_COUNT, 1.5 },
    { "three decimals", "1,500", BE_UNIT_COUNT, 1.5 },
    { "groups of points", "1.500", BE_UNIT_COUNT, 1500 },
    { "both", "1.234,5", BE_UNIT_COUNT, 1234.5 },
    { "point as decimal sign", "2.50", BE_UNIT_COUNT, 2.5 },
    { "below one", "0.125", BE_UNIT_COUNT, 0.125 },
  };

  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL) {
    g_test_skip ("de_DE.UTF-8 is not installed");
    return;
  }
  check_formats (formats, G_N_ELEMENTS (formats));
  check_parses (parses, G_N_ELEMENTS (parses));
  test_round_trip ();
  setlocale (LC_NUMERIC, "C.UTF-8");
}

/* Every locale reads back what it writes, and digits of other scripts are digits. */
static void
test_other_locales (void)
{
  static const char *const names[] = { "fr_FR.UTF-8", "en_IN.UTF-8", "de_CH.UTF-8", "ar_EG.UTF-8",
                                       "fa_IR.UTF-8", "hi_IN.UTF-8", "pt_BR.UTF-8", "sv_SE.UTF-8" };
  static const ParseRow parses[] = {
    { "Arabic digits", "١٢٣٤", BE_UNIT_COUNT, 1234 },
    { "Arabic groups and decimal", "١٬٢٣٤٫٥", BE_UNIT_COUNT, 1234.5 },
    { "Persian digits", "۱۲۳۴٫۵", BE_UNIT_COUNT, 1234.5 },
    { "Devanagari with a letter", "८k", BE_UNIT_COUNT, 8000 },
    { "no digit", "abc", BE_UNIT_COUNT, NAN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (setlocale (LC_NUMERIC, names[i]) == NULL) {
      g_test_message ("%s is not installed", names[i]);
      continue;
    }
    test_round_trip ();
    check_parses (parses, G_N_ELEMENTS (parses));
  }
  setlocale (LC_NUMERIC, "C.UTF-8");
  check_parses (parses, G_N_ELEMENTS (parses));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/format", test_format);
  g_test_add_func ("/report/parse", test_parse);
  g_test_add_func ("/report/round-trip", test_round_trip);
  g_test_add_func ("/report/edit", test_edit);
  g_test_add_func ("/report/suffixes", test_suffixes);
  g_test_add_func ("/report/right-to-left", test_right_to_left);
  g_test_add_func ("/report/german", test_german);
  g_test_add_func ("/report/other-locales", test_other_locales);
  return g_test_run ();
}
