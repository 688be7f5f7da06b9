/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes JSON: two-space indent, shortest numbers, the same bytes for the same tree everywhere. */
#include "json/be-json.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Integers beyond this are written with an exponent, as the reader refuses them without one. */
#define MAX_INTEGER 9007199254740992.0
/* Powers of ten between these are written without an exponent. */
#define PLAIN_MIN_EXPONENT (-6)
#define PLAIN_MAX_EXPONENT 21

static void write_node (GString *out, JsonNode *node, guint indent);

/* Counts the last digit of "d.ddde+xx" up by one; FALSE when all of them are nines. */
static gboolean
raise_last_digit (char *text)
{
  for (char *at = strchr (text, 'e') - 1; at >= text && *at != '-'; at--) {
    if (*at == '.')
      continue;
    if (*at != '9') {
      ++*at;
      return TRUE;
    }
    *at = '0';
  }
  return FALSE;
}

/* The fewest significant digits that read back to the same double, in "d.ddde+xx" form. All have 15
 * but those below the smallest normal number, so the counts between are not tried. At a power of
 * two the doubles below are closer than those above: there the nearest decimal may read back to
 * another double, and the next one above to this. */
static void
shortest_digits (double value, char *buffer, int size)
{
  int skipped = fabs (value) < DBL_MIN ? 1 : 14;
  for (int digits = 1; digits <= 17; digits += digits == 1 ? skipped : 1) {
    char format[8];
    g_snprintf (format, sizeof format, "%%.%de", digits - 1);
    g_ascii_formatd (buffer, size, format, value);
    if (g_ascii_strtod (buffer, NULL) == value)
      return;
    if (digits < 17 && raise_last_digit (buffer) && g_ascii_strtod (buffer, NULL) == value)
      return;
  }
}

/* Takes the digits without point and trailing zeros out of "-d.ddde+xx"; returns the exponent. */
static int
split_digits (const char *text, char *digits)
{
  gsize n = 0;
  for (; *text != 'e'; text++) {
    if (g_ascii_isdigit (*text))
      digits[n++] = *text;
  }
  while (n > 1 && digits[n - 1] == '0')
    n--;
  digits[n] = '\0';
  return (int) g_ascii_strtoll (text + 1, NULL, 10);
}

static void
append_plain (GString *out, const char *digits, int exponent)
{
  int n = (int) strlen (digits);
  if (exponent < 0) {
    g_string_append (out, "0.");
    for (int i = -1; i > exponent; i--)
      g_string_append_c (out, '0');
    g_string_append (out, digits);
    return;
  }
  for (int i = 0; i < MAX (n, exponent + 1); i++) {
    if (i == exponent + 1)
      g_string_append_c (out, '.');
    g_string_append_c (out, i < n ? digits[i] : '0');
  }
}

static void
append_double (GString *out, double value)
{
  char text[40], digits[32];
  if (!isfinite (value)) {
    g_string_append (out, "null");
    return;
  }
  shortest_digits (value, text, sizeof text);
  int exponent = split_digits (text, digits);
  if (signbit (value))
    g_string_append_c (out, '-');
  gboolean fraction = (int) strlen (digits) > exponent + 1;
  if (exponent >= PLAIN_MIN_EXPONENT && exponent < PLAIN_MAX_EXPONENT
      && (fraction || fabs (value) <= MAX_INTEGER)) {
    append_plain (out, digits, exponent);
    return;
  }
  g_string_append_c (out, digits[0]);
  if (digits[1] != '\0')
    g_string_append_printf (out, ".%s", digits + 1);
  g_string_append_printf (out, "e%d", exponent);
}

char *
be_json_format_double (double value)
{
  GString *out = g_string_new (NULL);
  append_double (out, value);
  return g_string_free (out, FALSE);
}

static void
write_string (GString *out, const char *text)
{
  static const char special[] = "\"\\\b\f\n\r\t", names[] = "\"\\bfnrt";
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++) {
    const char *found = strchr (special, *text);
    if (found != NULL)
      g_string_append_printf (out, "\\%c", names[found - special]);
    else if ((unsigned char) *text < 0x20)
      g_string_append_printf (out, "\\u%04x", (guint) *text);
    else
      g_string_append_c (out, *text);
  }
  g_string_append_c (out, '"');
}

static void
new_line (GString *out, guint indent)
{
  g_string_append_c (out, '\n');
  for (guint i = 0; i < indent; i++)
    g_string_append (out, "  ");
}

static void
write_array (GString *out, JsonArray *array, guint indent)
{
  guint n = json_array_get_length (array);
  g_string_append_c (out, '[');
  for (guint i = 0; i < n; i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    new_line (out, indent + 1);
    write_node (out, json_array_get_element (array, i), indent + 1);
  }
  if (n > 0)
    new_line (out, indent);
  g_string_append_c (out, ']');
}

static void
write_object (GString *out, JsonObject *object, guint indent)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  gboolean first = TRUE;
  g_string_append_c (out, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    if (!first)
      g_string_append_c (out, ',');
    first = FALSE;
    new_line (out, indent + 1);
    write_string (out, name);
    g_string_append (out, ": ");
    write_node (out, value, indent + 1);
  }
  if (!first)
    new_line (out, indent);
  g_string_append_c (out, '}');
}

static void
write_value (GString *out, JsonNode *node)
{
  GType type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    write_string (out, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_INT64)
    append_double (out, (double) json_node_get_int (node));
  else
    append_double (out, json_node_get_double (node));
}

static void
write_node (GString *out, JsonNode *node, guint indent)
{
  switch (json_node_get_node_type (node)) {
  case JSON_NODE_OBJECT:
    write_object (out, json_node_get_object (node), indent);
    break;
  case JSON_NODE_ARRAY:
    write_array (out, json_node_get_array (node), indent);
    break;
  case JSON_NODE_VALUE:
    write_value (out, node);
    break;
  case JSON_NODE_NULL:
  default:
    g_string_append (out, "null");
    break;
  }
}

char *
be_json_write (JsonNode *root, gsize *length)
{
  GString *out = g_string_new (NULL);
  write_node (out, root, 0);
  g_string_append_c (out, '\n');
  if (length != NULL)
    *length = out->len;
  return g_string_free (out, FALSE);
}
