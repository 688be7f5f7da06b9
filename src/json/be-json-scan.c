/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of JSON: white space, numbers, strings, and what is wrong where. */
#include "json/be-json-reader.h"

#include "be-config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_NUMBER_LENGTH 1000u
#define MAX_INTEGER (G_GINT64_CONSTANT (1) << 53)

void
be_json_locate (BeJsonReader *reader, const char *at)
{
  if (at < reader->counted) {
    reader->counted = reader->start;
    reader->line = reader->column = 1;
  }
  for (; reader->counted < at; reader->counted++) {
    unsigned char byte = (unsigned char) *reader->counted;
    if (byte == '\n') {
      reader->line++;
      reader->column = 1;
    } else if ((byte & 0xc0) != 0x80) {
      reader->column++;
    }
  }
}

void
be_json_fail_at (BeJsonReader *reader, const char *at, BeJsonError code, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  be_json_locate (reader, at);
  g_set_error (reader->error, BE_JSON_ERROR, code, "%s:%u:%u: %s", reader->name, reader->line,
               reader->column, message);
}

/* What stands at a place, for a message. The bytes were checked to be UTF-8 before. */
static char *
describe (const BeJsonReader *reader, const char *at)
{
  if (at >= reader->end)
    return g_strdup (_ ("the end of the document"));
  gunichar character = g_utf8_get_char (at);
  if (character == 0xfeff)
    return g_strdup (_ ("a byte order mark"));
  if (character <= ' ' || !g_unichar_isprint (character))
    return g_strdup_printf ("U+%04X", character);
  char text[7] = { 0 };
  g_unichar_to_utf8 (character, text);
  return g_strdup_printf (_ ("“%s”"), text);
}

void
be_json_fail_expected (BeJsonReader *reader, const char *at, const char *expected)
{
  g_autofree char *found = describe (reader, at);
  be_json_fail_at (reader, at, BE_JSON_ERROR_SYNTAX, _ ("found %s, expected %s"), found, expected);
}

void
be_json_skip_space (BeJsonReader *reader)
{
  while (reader->at < reader->end && strchr (" \t\n\r", *reader->at) != NULL && *reader->at != '\0')
    reader->at++;
}

gboolean
be_json_next_is (const BeJsonReader *reader, char byte)
{
  return reader->at < reader->end && *reader->at == byte;
}

static void
skip_digits (BeJsonReader *reader)
{
  while (reader->at < reader->end && g_ascii_isdigit (*reader->at))
    reader->at++;
}

static gboolean
read_digits (BeJsonReader *reader)
{
  const char *from = reader->at;
  skip_digits (reader);
  if (reader->at > from)
    return TRUE;
  be_json_fail_expected (reader, reader->at, _ ("a digit"));
  return FALSE;
}

/* Moves over one number by the grammar; *whole tells whether it has neither fraction nor exponent.
 */
static gboolean
scan_number (BeJsonReader *reader, gboolean *whole)
{
  *whole = TRUE;
  if (be_json_next_is (reader, '-'))
    reader->at++;
  const char *first = reader->at;
  if (!read_digits (reader))
    return FALSE;
  if (*first == '0' && reader->at > first + 1) {
    be_json_fail_expected (reader, first + 1, _ ("no digit after a leading zero"));
    return FALSE;
  }
  if (be_json_next_is (reader, '.')) {
    *whole = FALSE;
    reader->at++;
    if (!read_digits (reader))
      return FALSE;
  }
  if (be_json_next_is (reader, 'e') || be_json_next_is (reader, 'E')) {
    *whole = FALSE;
    reader->at++;
    if (be_json_next_is (reader, '+') || be_json_next_is (reader, '-'))
      reader->at++;
    return read_digits (reader);
  }
  return TRUE;
}

JsonNode *
be_json_read_number (BeJsonReader *reader)
{
  const char *from = reader->at;
  gboolean whole;
  if (!scan_number (reader, &whole))
    return NULL;
  gsize length = (gsize) (reader->at - from);
  if (length > MAX_NUMBER_LENGTH) {
    be_json_fail_at (reader, from, BE_JSON_ERROR_LIMIT,
                     _ ("found a number of %zu characters, expected at most %u"), length,
                     MAX_NUMBER_LENGTH);
    return NULL;
  }
  char text[MAX_NUMBER_LENGTH + 1];
  memcpy (text, from, length);
  text[length] = '\0';
  if (whole && strcmp (text, "-0") != 0) {
    errno = 0;
    gint64 integer = g_ascii_strtoll (text, NULL, 10);
    if (errno == 0 && integer >= -MAX_INTEGER && integer <= MAX_INTEGER)
      return json_node_init_int (json_node_alloc (), integer);
    if (reader->repeated != NULL)
      return json_node_init_double (json_node_alloc (), g_ascii_strtod (text, NULL));
    be_json_fail_at (
        reader, from, BE_JSON_ERROR_LIMIT,
        _ ("found the integer %.40s, expected at most 9007199254740992 either side of zero"), text);
    return NULL;
  }
  double value = g_ascii_strtod (text, NULL);
  if (isfinite (value) || reader->repeated != NULL)
    return json_node_init_double (json_node_alloc (), value);
  be_json_fail_at (reader, from, BE_JSON_ERROR_RANGE, _ ("found %.40s, expected a finite number"),
                   text);
  return NULL;
}

static gboolean
read_hex (BeJsonReader *reader, gunichar *code)
{
  *code = 0;
  for (int digit = 0; digit < 4; digit++, reader->at++) {
    if (reader->at >= reader->end || !g_ascii_isxdigit (*reader->at)) {
      be_json_fail_expected (reader, reader->at, _ ("a hexadecimal digit"));
      return FALSE;
    }
    *code = *code * 16 + (gunichar) g_ascii_xdigit_value (*reader->at);
  }
  return TRUE;
}

/* After "\u": one escape, or two of a surrogate pair. */
static gboolean
read_unicode_escape (BeJsonReader *reader, GString *text)
{
  const char *from = reader->at - 2;
  gunichar code, low;
  if (!read_hex (reader, &code))
    return FALSE;
  if (code == 0 && reader->repeated != NULL)
    code = 0xfffd;
  if (code == 0) {
    be_json_fail_at (reader, from, BE_JSON_ERROR_SYNTAX,
                     _ ("found \\u0000, expected a character that text can hold"));
    return FALSE;
  }
  if (code >= 0xd800 && code <= 0xdbff && reader->end - reader->at >= 2 && reader->at[0] == '\\'
      && reader->at[1] == 'u') {
    reader->at += 2;
    if (!read_hex (reader, &low))
      return FALSE;
    if (low >= 0xdc00 && low <= 0xdfff)
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
  }
  if (code >= 0xd800 && code <= 0xdfff && reader->repeated != NULL)
    code = 0xfffd;
  if (code >= 0xd800 && code <= 0xdfff) {
    be_json_fail_at (reader, from, BE_JSON_ERROR_SYNTAX,
                     _ ("found half of a surrogate pair, expected both halves"));
    return FALSE;
  }
  g_string_append_unichar (text, code);
  return TRUE;
}

static gboolean
read_escape (BeJsonReader *reader, GString *text)
{
  static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  reader->at++;
  if (be_json_next_is (reader, 'u')) {
    reader->at++;
    return read_unicode_escape (reader, text);
  }
  const char *found = reader->at < reader->end ? strchr (names, *reader->at) : NULL;
  if (found == NULL || *found == '\0') {
    be_json_fail_expected (reader, reader->at, _ ("one of \"\\/bfnrtu after a backslash"));
    return FALSE;
  }
  g_string_append_c (text, meant[found - names]);
  reader->at++;
  return TRUE;
}

/* Reads a string; NULL with the error set. */
char *
be_json_read_string (BeJsonReader *reader)
{
  g_autoptr (GString) text = g_string_new (NULL);
  reader->at++;
  for (;;) {
    const char *from = reader->at;
    while (reader->at < reader->end && (unsigned char) *reader->at >= 0x20 && *reader->at != '"'
           && *reader->at != '\\')
      reader->at++;
    g_string_append_len (text, from, reader->at - from);
    if (be_json_next_is (reader, '"')) {
      reader->at++;
      return g_string_free (g_steal_pointer (&text), FALSE);
    }
    if (!be_json_next_is (reader, '\\')) {
      be_json_fail_expected (reader, reader->at, _ ("the rest of a string and its closing quote"));
      return NULL;
    }
    if (!read_escape (reader, text))
      return NULL;
  }
}
