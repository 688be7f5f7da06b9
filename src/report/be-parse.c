/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads numbers as people type them: groups, decimal signs, "8k", "$2.50/h", "70 %". */
#include "report/be-report.h"

#include "report/be-report-private.h"

#include <math.h>
#include <string.h>

/* What may follow a number of each unit, besides be_unit_suffix: words parted by spaces. */
static const char *const unit_words[] = {
  [BE_UNIT_NONE] = "",
  [BE_UNIT_COUNT] = "",
  [BE_UNIT_TOKENS] = "token tokens tok",
  [BE_UNIT_SHARE] = "%",
  [BE_UNIT_USD] = "$ usd",
  [BE_UNIT_USD_PER_MTOK] = "$ /mtok $/mtok usd/mtok /m",
  [BE_UNIT_USD_PER_HOUR] = "$ /h $/h usd/h /hour /hr",
  [BE_UNIT_USD_PER_MONTH] = "$ /month $/month usd/month /mo",
  [BE_UNIT_REQUESTS_PER_DAY] = "requests/day /day requests",
  [BE_UNIT_TOKENS_PER_SECOND] = "tokens/s tok/s /s",
  [BE_UNIT_TOKENS_PER_MINUTE] = "tokens/min tok/min /min tpm",
  [BE_UNIT_REQUESTS_PER_MINUTE] = "requests/min /min rpm",
  [BE_UNIT_HOURS] = "h hour hours",
  [BE_UNIT_MINUTES] = "min minute minutes",
  [BE_UNIT_SECONDS] = "s second seconds",
  [BE_UNIT_MILLISECONDS] = "ms",
  [BE_UNIT_MONTHS] = "month months",
  [BE_UNIT_YEARS] = "year years",
  [BE_UNIT_GPUS] = "gpu gpus",
  [BE_UNIT_REPLICAS] = "replica replicas",
  [BE_UNIT_FTE] = "fte",
  [BE_UNIT_KILOWATT] = "kw",
  [BE_UNIT_FACTOR] = "x \303\227",
};

static const char *
skip_spaces (const char *text)
{
  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

static gboolean
is_blank_group (gunichar c)
{
  return c == ' ' || c == 0xa0 || c == 0x202f || c == 0x2009 || c == '\'' || c == 0x2019;
}

/* One sign of a number in ASCII: a digit, ',' or '.', '_' for blanks; 0 when it is none. */
static char
number_sign (const char *at, const BeNumberSigns *signs)
{
  gunichar c = g_utf8_get_char (at);
  int digit = g_unichar_digit_value (c);

  if (digit >= 0)
    return (char) ('0' + digit);
  if (c == '.' || c == ',')
    return (char) c;
  if (is_blank_group (c) || c == 0x66c) /* the Arabic group sign has no other meaning */
    return '_';
  if (c == 0x66b) /* nor has its decimal sign */
    return 'D';
  if (signs->decimal[0] != '\0' && g_str_has_prefix (at, signs->decimal))
    return 'D';
  return 0;
}

/* Collects digits and signs; blanks count only between digits. */
static const char *
collect_number (const char *text, const BeNumberSigns *signs, GString *number)
{
  while (*text != '\0') {
    char sign = number_sign (text, signs);
    const char *next = g_utf8_next_char (text);

    if (sign == 0)
      break;
    if (sign == '_' && !g_unichar_isdigit (g_utf8_get_char (next)))
      break;
    g_string_append_c (number, sign);
    text = next;
  }
  return text;
}

/* Whole digits with at most one kind of group sign; writes the digits. Groups: 1 to 3 first, then 2
 * or 3, 3 at last. */
static gboolean
read_whole (const char *text, gsize n, GString *digits)
{
  char kind = 0;
  gsize run = 0;

  for (gsize i = 0; i < n; i++) {
    if (g_ascii_isdigit (text[i])) {
      g_string_append_c (digits, text[i]);
      run++;
      continue;
    }
    if (text[i] == 'D' || (kind != 0 && text[i] != kind) || run == 0 || run > 3
        || (kind != 0 && run < 2))
      return FALSE;
    if (kind == 0 && run == 1 && text[i - 1] == '0')
      return FALSE;
    kind = text[i];
    run = 0;
  }
  return kind == 0 || run == 3;
}

static gboolean
is_grouped (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  return read_whole (text, strlen (text), digits);
}

/* Index of the decimal sign, or -1: the locale's, else a "." that parts no groups of the locale. */
static gssize
find_decimal (const char *text, const BeNumberSigns *signs)
{
  gboolean latin = signs->decimal[0] == '.' || signs->decimal[0] == ',';
  char local = latin && strchr (text, 'D') == NULL ? signs->decimal[0] : 'D';
  const char *at = strrchr (text, local);

  if (at != NULL)
    return strchr (text, local) == at ? at - text : -1;
  at = strrchr (text, '.');
  if (at == NULL || strchr (text, '.') != at)
    return -1;
  if (signs->group[0] == '.' && is_grouped (text))
    return -1;
  return at - text;
}

static gboolean
read_number (const char *collected, const BeNumberSigns *signs, GString *ascii)
{
  gssize decimal = find_decimal (collected, signs);
  gsize whole = decimal >= 0 ? (gsize) decimal : strlen (collected);

  if (!read_whole (collected, whole, ascii))
    return FALSE;
  if (decimal < 0)
    return ascii->len > 0;
  if (strspn (collected + decimal + 1, "0123456789") != strlen (collected + decimal + 1))
    return FALSE;
  g_string_append_c (ascii, '.');
  g_string_append (ascii, collected + decimal + 1);
  return ascii->len > 1;
}

/* "e-7" and the like, as edit text of extreme values has it. */
static const char *
collect_exponent (const char *text, GString *ascii)
{
  const char *at = text;

  if (*at != 'e' && *at != 'E')
    return text;
  at++;
  if (*at == '-' || *at == '+')
    at++;
  if (!g_ascii_isdigit (*at))
    return text;
  while (g_ascii_isdigit (*at))
    at++;
  g_string_append_len (ascii, text, at - text);
  return at;
}

static gboolean
is_unit_text (const char *text, BeUnit unit)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *suffix = g_utf8_casefold (be_unit_suffix (unit), -1);
  g_autofree char *of_one = g_utf8_casefold (be_unit_after (1, unit), -1);
  g_auto (GStrv) words = g_strsplit (unit_words[unit], " ", -1);

  return folded[0] == '\0' || g_str_equal (folded, suffix) || g_str_equal (folded, of_one)
         || g_strv_contains ((const char *const *) words, folded);
}

/* Reads what follows the number: unit, or a size letter and the unit. */
static gboolean
read_tail (const char *tail, BeUnit unit, double *factor)
{
  static const struct {
    char letter;
    double size;
  } sizes[] = {
    { 'k', 1e3 }, { 'K', 1e3 }, { 'M', 1e6 }, { 'B', 1e9 }, { 'G', 1e9 }, { 'T', 1e12 }
  };
  g_autofree char *rest = g_strstrip (g_strdup (skip_spaces (tail)));

  *factor = 1;
  if (is_unit_text (rest, unit))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    if (rest[0] != sizes[i].letter)
      continue;
    *factor = sizes[i].size;
    return is_unit_text (skip_spaces (rest + 1), unit);
  }
  return FALSE;
}

static const char *
skip_sign (const char *text, gboolean *negative)
{
  gunichar c = g_utf8_get_char (text);

  *negative = c == '-' || c == 0x2212;
  return *negative || c == '+' ? skip_spaces (g_utf8_next_char (text)) : text;
}

/* The marks that keep a number's order in text from right to left say nothing of its value. */
static char *
without_marks (const char *text)
{
  GString *rest = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar c = g_utf8_get_char (text);
    if (c != 0x200e && c != 0x200f && c != 0x61c)
      g_string_append_unichar (rest, c);
  }
  return g_string_free (rest, FALSE);
}

gboolean
be_parse_value (const char *text, BeUnit unit, double *value)
{
  g_autofree char *words = NULL;
  g_autoptr (GString) collected = g_string_new (NULL);
  g_autoptr (GString) ascii = g_string_new (NULL);
  BeNumberSigns signs;
  gboolean negative, negative_inside = FALSE;
  double number, factor;
  const char *at;

  if (text == NULL || !g_utf8_validate (text, -1, NULL) || unit >= G_N_ELEMENTS (unit_words))
    return FALSE;
  words = without_marks (text);
  be_number_signs_get (&signs);
  at = skip_sign (skip_spaces (words), &negative);
  if (*at == '$')
    at = skip_sign (skip_spaces (at + 1), &negative_inside);
  at = collect_number (at, &signs, collected);
  if (!read_number (collected->str, &signs, ascii))
    return FALSE;
  at = collect_exponent (at, ascii);
  if (!read_tail (at, unit, &factor))
    return FALSE;
  number = g_ascii_strtod (ascii->str, NULL) * factor;
  if (unit == BE_UNIT_SHARE)
    number /= 100;
  if (!isfinite (number))
    return FALSE;
  *value = negative != negative_inside ? -number : number;
  return TRUE;
}
