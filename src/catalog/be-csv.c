/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of comma-separated values (RFC 4180) with a line of column names. */
#include "catalog/be-csv.h"

#include "be-config.h"
#include "catalog/be-catalog.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct {
  GPtrArray *fields; /* char * */
  guint line;        /* where the row begins, from 1 */
} Row;

struct _BeCsv {
  char *name;
  GArray *rows; /* Row; the first holds the column names */
};

static void
row_clear (gpointer data)
{
  g_ptr_array_unref (((Row *) data)->fields);
}

void
be_csv_free (BeCsv *csv)
{
  g_free (csv->name);
  g_array_unref (csv->rows);
  g_free (csv);
}

/* Takes one field from *at, which is left on the comma, the line end or the end. FALSE for a quote
 * that is not closed or stands inside of a field. */
static gboolean
take_field (const char **at, const char *end, guint *line, GString *field)
{
  const char *c = *at;
  const gboolean quoted = c < end && *c == '"';
  c += quoted;
  while (c < end) {
    if (quoted && *c == '"') {
      if (c + 1 == end || c[1] != '"')
        break;
      c++;
    } else if (!quoted && (*c == ',' || *c == '\n' || *c == '\r'))
      break;
    else if (!quoted && *c == '"')
      return FALSE;
    *line += *c == '\n';
    g_string_append_c (field, *c++);
  }
  if (quoted && c++ == end)
    return FALSE;
  *at = c;
  return c == end || *c == ',' || *c == '\n' || *c == '\r';
}

static gboolean
take_row (const char **at, const char *end, guint *line, GPtrArray *fields)
{
  for (;;) {
    g_autoptr (GString) field = g_string_new (NULL);
    if (!take_field (at, end, line, field))
      return FALSE;
    g_ptr_array_add (fields, g_strdup (field->str));
    if (*at == end || **at != ',')
      break;
    (*at)++;
  }
  if (*at < end && **at == '\r')
    (*at)++;
  if (*at == end)
    return TRUE;
  if (**at != '\n')
    return FALSE;
  (*at)++;
  (*line)++;
  return TRUE;
}

static GPtrArray *
columns_of (const BeCsv *csv)
{
  return g_array_index (csv->rows, Row, 0).fields;
}

BeCsv *
be_csv_parse (const char *data, gsize length, const char *name, GError **error)
{
  if (!g_utf8_validate (data, (gssize) length, NULL)) {
    g_set_error (error, BE_CATALOG_ERROR, BE_CATALOG_ERROR_FORMAT, _ ("%s: not UTF-8 text"), name);
    return NULL;
  }
  g_autoptr (BeCsv) csv = g_new0 (BeCsv, 1);
  csv->name = g_strdup (name);
  csv->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (csv->rows, row_clear);
  const char *at = data, *end = data + length;
  guint line = 1;
  while (at < end) {
    const Row row = { g_ptr_array_new_with_free_func (g_free), line };
    g_array_append_val (csv->rows, row);
    if (!take_row (&at, end, &line, row.fields)) {
      g_set_error (error, BE_CATALOG_ERROR, BE_CATALOG_ERROR_FORMAT,
                   _ ("%s:%u: a quote is misplaced or not closed"), name, line);
      return NULL;
    }
    if (row.fields->len != columns_of (csv)->len) {
      g_set_error (error, BE_CATALOG_ERROR, BE_CATALOG_ERROR_FORMAT,
                   _ ("%s:%u: %u fields where there are %u columns"), name, row.line,
                   row.fields->len, columns_of (csv)->len);
      return NULL;
    }
  }
  if (csv->rows->len == 0) {
    g_set_error (error, BE_CATALOG_ERROR, BE_CATALOG_ERROR_FORMAT, _ ("%s: the file is empty"),
                 name);
    return NULL;
  }
  return g_steal_pointer (&csv);
}

size_t
be_csv_get_n_rows (const BeCsv *csv)
{
  return csv->rows->len - 1;
}

static int
find_column (const BeCsv *csv, const char *column)
{
  const GPtrArray *columns = columns_of (csv);
  for (guint i = 0; i < columns->len; i++)
    if (strcmp (columns->pdata[i], column) == 0)
      return (int) i;
  return -1;
}

gboolean
be_csv_require (const BeCsv *csv, const char *const *columns, GError **error)
{
  for (; *columns != NULL; columns++)
    if (find_column (csv, *columns) < 0) {
      g_set_error (error, BE_CATALOG_ERROR, BE_CATALOG_ERROR_FORMAT, _ ("%s: no column “%s”"),
                   csv->name, *columns);
      return FALSE;
    }
  return TRUE;
}

const char *
be_csv_get_text (const BeCsv *csv, size_t row, const char *column)
{
  const int index = find_column (csv, column);
  g_return_val_if_fail (index >= 0, NULL);
  const char *text = g_array_index (csv->rows, Row, row + 1).fields->pdata[index];
  return *text == '\0' ? NULL : text;
}

const char *
be_csv_get_name (const BeCsv *csv, size_t row, const char *column, GError **error)
{
  const char *text = be_csv_get_text (csv, row, column);
  if (text == NULL && *error == NULL)
    g_set_error (error, BE_CATALOG_ERROR, BE_CATALOG_ERROR_FORMAT, _ ("%s:%u: %s is empty"),
                 csv->name, g_array_index (csv->rows, Row, row + 1).line, column);
  return text;
}

double
be_csv_get_number (const BeCsv *csv, size_t row, const char *column, GError **error)
{
  const char *text = be_csv_get_text (csv, row, column);
  if (text == NULL)
    return NAN;
  char *end = NULL;
  const double number = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && isfinite (number) && number >= 0)
    return number;
  if (*error == NULL)
    g_set_error (error, BE_CATALOG_ERROR, BE_CATALOG_ERROR_FORMAT,
                 _ ("%s:%u: %s is “%s”, not a number of at least 0"), csv->name,
                 g_array_index (csv->rows, Row, row + 1).line, column, text);
  return NAN;
}
