/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one formatter: money, values with units, axis labels and edit text, by the locale. */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#define MINUS "\342\210\222"
#define LEFT_TO_RIGHT_MARK "\342\200\216"
#define EN_DASH "\342\200\223"
#define NO_BREAK_SPACE "\302\240" /* a line must not end between a number and its % */
/* A token of the cheapest offers costs 1e-8 dollars; what is less than half of the last decimal is
 * what is left over when doubles are subtracted. */
#define MONEY_DECIMALS 10
#define LEAST_USD 5e-11

static gboolean
is_c_locale (void)
{
  const char *name = setlocale (LC_NUMERIC, NULL);

  return name == NULL || g_str_equal (name, "POSIX") || g_str_equal (name, "C")
         || g_str_has_prefix (name, "C.");
}

static void
copy_sign (char *to, gsize size, const char *local, const char *fallback)
{
  g_autofree char *utf8 = g_locale_to_utf8 (local, -1, NULL, NULL, NULL);

  g_strlcpy (to, utf8 != NULL ? utf8 : fallback, size);
}

void
be_number_signs_get (BeNumberSigns *signs)
{
  const struct lconv *conventions = localeconv ();

  if (is_c_locale ()) {
    *signs = (BeNumberSigns){ ".", ",", "\3" };
    return;
  }
  copy_sign (signs->decimal, sizeof signs->decimal, conventions->decimal_point, ".");
  copy_sign (signs->group, sizeof signs->group, conventions->thousands_sep, "");
  g_strlcpy (signs->grouping, conventions->grouping, sizeof signs->grouping);
}

/* Appends the digits of a whole number, its groups as the locale's `grouping` describes them. */
static void
append_grouped (GString *text, const char *digits, gsize n, const BeNumberSigns *signs)
{
  gsize at = text->len, left = n;
  const char *rule = signs->grouping;

  g_string_append_len (text, digits, (gssize) n);
  if (signs->group[0] == '\0')
    return;
  while (*rule > 0 && *rule != CHAR_MAX && left > (gsize) *rule) {
    left -= (gsize) *rule;
    g_string_insert (text, (gssize) (at + left), signs->group);
    if (rule[1] != '\0')
      rule++;
  }
}

/* `least` to `most` decimals, trailing zeros beyond `least` cut. The sign is the caller's. */
static char *
format_decimals (double magnitude, int least, int most)
{
  char format[16], buffer[400];
  BeNumberSigns signs;
  GString *text = g_string_new (NULL);
  const char *point;
  gsize decimals;

  g_snprintf (format, sizeof format, "%%.%df", most);
  g_ascii_formatd (buffer, sizeof buffer, format, magnitude);
  be_number_signs_get (&signs);
  point = strchr (buffer, '.');
  append_grouped (text, buffer, point != NULL ? (gsize) (point - buffer) : strlen (buffer), &signs);
  if (point == NULL)
    return g_string_free (text, FALSE);
  decimals = strlen (point + 1);
  while (decimals > (gsize) least && point[decimals] == '0')
    decimals--;
  if (decimals > 0) {
    g_string_append (text, signs.decimal);
    g_string_append_len (text, point + 1, (gssize) decimals);
  }
  return g_string_free (text, FALSE);
}

/* Decimals that show `digits` significant digits of a magnitude below 1. */
static int
decimals_for (double magnitude, int digits)
{
  if (!(magnitude > 0))
    return 0;
  return CLAMP (digits - 1 - (int) floor (log10 (magnitude)), 0, 14);
}

static gboolean
is_printable (double value)
{
  return isfinite (value) && fabs (value) < 1e300;
}

static const char *mark = ""; /* before a sign and behind a "%" in text from right to left */

void
be_format_set_right_to_left (gboolean right_to_left)
{
  mark = right_to_left ? LEFT_TO_RIGHT_MARK : "";
}

static char *
with_sign (double value, const char *currency, char *number)
{
  char *text = g_strconcat (value < 0 ? mark : "", value < 0 ? MINUS : "", currency, number, NULL);

  g_free (number);
  return text;
}

static char *
format_compact (double magnitude)
{
  static const struct {
    double size;
    const char *letter;
  } sizes[] = { { 1e12, "T" }, { 1e9, "B" }, { 1e6, "M" }, { 1e3, "k" } };
  double rounded;
  char *number, *text;

  if (magnitude > 0 && magnitude < 1)
    return format_decimals (magnitude, 0, decimals_for (magnitude, 3));
  rounded = magnitude > 0 ? pow (10, floor (log10 (magnitude)) - 2) : 1;
  rounded = rint (magnitude / rounded) * rounded;
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    if (rounded < sizes[i].size * (1 - 1e-9))
      continue;
    number =
        format_decimals (magnitude / sizes[i].size, 0, decimals_for (rounded / sizes[i].size, 3));
    text = g_strconcat (number, sizes[i].letter, NULL);
    g_free (number);
    return text;
  }
  return format_decimals (magnitude, 0, decimals_for (rounded, 3));
}

char *
be_format_money (double usd, gboolean compact)
{
  double magnitude = fabs (usd);

  if (!is_printable (usd))
    return g_strdup (EN_DASH);
  if (compact)
    return with_sign (usd, "$", format_compact (magnitude));
  if (magnitude < LEAST_USD)
    usd = magnitude = 0;
  if (magnitude < 0.995 && magnitude > 0)
    return with_sign (
        usd, "$",
        format_decimals (magnitude, 2, CLAMP (decimals_for (magnitude, 4), 2, MONEY_DECIMALS)));
  return with_sign (usd, "$", format_decimals (magnitude, 2, 2));
}

char *
be_format_price (double usd)
{
  double magnitude = fabs (usd);

  if (!is_printable (usd))
    return g_strdup (EN_DASH);
  int decimals = magnitude >= 1 ? CLAMP (5 - (int) floor (log10 (magnitude)), 2, 5)
                                : CLAMP (decimals_for (magnitude, 6), 2, MONEY_DECIMALS);
  if (magnitude < LEAST_USD)
    usd = magnitude = 0;
  return with_sign (usd, "$", format_decimals (magnitude, 2, decimals));
}

char *
be_format_money_fine (double usd)
{
  if (!is_printable (usd))
    return g_strdup (EN_DASH);
  if (fabs (usd) < LEAST_USD)
    usd = 0;
  return with_sign (usd, "$", format_decimals (fabs (usd), 2, MONEY_DECIMALS));
}

char *
be_format_number (double value, gboolean compact)
{
  double magnitude = fabs (value);

  if (!is_printable (value))
    return g_strdup (EN_DASH);
  if (compact)
    return with_sign (value, "", format_compact (magnitude));
  if (magnitude < 1)
    return with_sign (value, "", format_decimals (magnitude, 0, decimals_for (magnitude, 4)));
  return with_sign (value, "", format_decimals (magnitude, 0, magnitude < 1e5 ? 2 : 0));
}

const char *
be_unit_suffix (BeUnit unit)
{
  static const char *const suffixes[] = {
    [BE_UNIT_NONE] = "",
    [BE_UNIT_COUNT] = "",
    [BE_UNIT_TOKENS] = N_ ("tokens"),
    [BE_UNIT_SHARE] = N_ ("%"),
    [BE_UNIT_USD] = N_ ("$"),
    [BE_UNIT_USD_PER_MTOK] = N_ ("$/Mtok"),
    [BE_UNIT_USD_PER_HOUR] = N_ ("$/h"),
    [BE_UNIT_USD_PER_MONTH] = N_ ("$/month"),
    [BE_UNIT_REQUESTS_PER_DAY] = N_ ("requests/day"),
    [BE_UNIT_TOKENS_PER_SECOND] = N_ ("tokens/s"),
    [BE_UNIT_TOKENS_PER_MINUTE] = N_ ("tokens/min"),
    [BE_UNIT_REQUESTS_PER_MINUTE] = N_ ("requests/min"),
    [BE_UNIT_HOURS] = N_ ("h"),
    [BE_UNIT_MINUTES] = N_ ("min"),
    [BE_UNIT_SECONDS] = N_ ("s"),
    [BE_UNIT_MILLISECONDS] = N_ ("ms"),
    [BE_UNIT_MONTHS] = N_ ("months"),
    [BE_UNIT_YEARS] = N_ ("years"),
    [BE_UNIT_GPUS] = N_ ("GPUs"),
    [BE_UNIT_REPLICAS] = N_ ("replicas"),
    [BE_UNIT_FTE] = N_ ("FTE"),
    [BE_UNIT_KILOWATT] = N_ ("kW"),
    [BE_UNIT_FACTOR] = N_ ("\303\227"),
  };

  if (unit >= G_N_ELEMENTS (suffixes) || suffixes[unit][0] == '\0')
    return "";
  return _ (suffixes[unit]);
}

const char *
be_unit_after (double value, BeUnit unit)
{
  gulong n = value == floor (value) && fabs (value) < 1e9 ? (gulong) fabs (value) : 2;

  switch ((int) unit) {
  case BE_UNIT_TOKENS:
    return ngettext ("token", "tokens", n);
  case BE_UNIT_REQUESTS_PER_DAY:
    return ngettext ("request/day", "requests/day", n);
  case BE_UNIT_MONTHS:
    return ngettext ("month", "months", n);
  case BE_UNIT_YEARS:
    return ngettext ("year", "years", n);
  case BE_UNIT_GPUS:
    return ngettext ("GPU", "GPUs", n);
  case BE_UNIT_REPLICAS:
    return ngettext ("replica", "replicas", n);
  default:
    return be_unit_suffix (unit);
  }
}

static gboolean
is_money (BeUnit unit)
{
  return unit == BE_UNIT_USD || unit == BE_UNIT_USD_PER_MTOK || unit == BE_UNIT_USD_PER_HOUR
         || unit == BE_UNIT_USD_PER_MONTH;
}

/* "$1.24" and "$/Mtok" make "$1.24/Mtok". */
static char *
with_money_unit (char *number, const char *suffix)
{
  char *text = g_strconcat (number, g_str_has_prefix (suffix, "$") ? suffix + 1 : suffix, NULL);

  g_free (number);
  return text;
}

char *
be_format_cost (double usd, BeUnit unit)
{
  return with_money_unit (be_format_money (usd, FALSE), be_unit_after (usd, unit));
}

char *
be_format_value (double value, BeUnit unit, gboolean compact)
{
  g_autofree char *number = NULL;
  const char *suffix = be_unit_after (value, unit);

  if (is_money (unit)) {
    gboolean is_price = unit == BE_UNIT_USD_PER_MTOK || unit == BE_UNIT_USD_PER_HOUR;
    return with_money_unit (
        is_price && !compact ? be_format_price (value) : be_format_money (value, compact), suffix);
  }
  number = be_format_number (unit == BE_UNIT_SHARE ? value * 100 : value, compact);
  if (suffix[0] == '\0' || !is_printable (value))
    return g_steal_pointer (&number);
  if (unit == BE_UNIT_FACTOR)
    return g_strconcat (number, suffix, NULL);
  if (unit == BE_UNIT_SHARE)
    return g_strconcat (value < 0 ? "" : mark, number, NO_BREAK_SPACE, suffix, mark, NULL);
  return g_strconcat (number, " ", suffix, NULL);
}

char *
be_format_change (double value, BeUnit unit)
{
  g_autofree char *size = be_format_value (fabs (value), unit, FALSE);
  g_autofree char *nothing = be_format_value (0, unit, FALSE);

  if (!is_printable (value))
    return g_strdup (EN_DASH);
  if (g_str_equal (size, nothing))
    return g_strconcat (mark, "±", size, NULL);
  return g_strconcat (mark, value < 0 ? MINUS : "+", size, NULL);
}

/* "1234567.5" as it is written here: "1,234,567.5". */
static char *
in_local_signs (const char *ascii, const BeNumberSigns *signs)
{
  const char *first = ascii + (ascii[0] == '-'), *rest;
  gsize whole = strspn (first, "0123456789");
  GString *text = g_string_new_len (ascii, first - ascii);

  append_grouped (text, first, whole, signs);
  rest = first + whole;
  if (*rest == '.') {
    g_string_append (text, signs->decimal);
    rest++;
  }
  g_string_append (text, rest);
  return g_string_free (text, FALSE);
}

char *
be_format_edit (double value, BeUnit unit)
{
  double shown = unit == BE_UNIT_SHARE ? value * 100 : value;
  double back;
  char *text = NULL;

  if (!isfinite (value))
    return g_strdup ("");
  for (int digits = 12; digits <= 17; digits++) {
    char format[8], buffer[64];
    BeNumberSigns signs;

    g_snprintf (format, sizeof format, "%%.%dg", digits);
    g_ascii_formatd (buffer, sizeof buffer, format, shown);
    be_number_signs_get (&signs);
    g_free (text);
    text = in_local_signs (buffer, &signs);
    if (be_parse_value (text, unit, &back) && back == value)
      break;
  }
  if (unit == BE_UNIT_SHARE) {
    char *percent = g_strconcat (mark, text, " %", mark, NULL);
    g_free (text);
    text = percent;
  }
  return text;
}

char *
be_format_week_hour (double hour, gboolean compact)
{
  static const char *const days[] = { N_ ("Mon"), N_ ("Tue"), N_ ("Wed"), N_ ("Thu"),
                                      N_ ("Fri"), N_ ("Sat"), N_ ("Sun") };
  int whole = isfinite (hour) ? (int) CLAMP (floor (hour), 0, 167) : 0;

  if (compact)
    return g_strdup (_ (days[whole / 24]));
  return g_strdup_printf ("%s %02d:00", _ (days[whole / 24]), whole % 24);
}

char *
be_format_chart (double value, BeChartUnit unit, gboolean compact, gpointer unused)
{
  if (unit == BE_CHART_UNIT_USD)
    return be_format_money (value, compact);
  if (unit == BE_CHART_UNIT_WEEK_HOUR)
    return be_format_week_hour (value, compact);
  return be_format_number (value, compact);
}
