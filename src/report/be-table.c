/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of texts: made, filled row by row, freed. */
#include "report/be-report.h"

#include <stdarg.h>

BeTable *
be_table_new_strv (const char *const *headers)
{
  BeTable *table = g_new0 (BeTable, 1);

  table->headers = g_strdupv ((char **) headers);
  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  return table;
}

BeTable *
be_table_new (const char *first, ...)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  va_list values;

  va_start (values, first);
  for (const char *header = first; header != NULL; header = va_arg (values, const char *))
    g_ptr_array_add (headers, (gpointer) header);
  va_end (values);
  g_ptr_array_add (headers, NULL);
  return be_table_new_strv ((const char *const *) headers->pdata);
}

void
be_table_add (BeTable *table, char *first, ...)
{
  GPtrArray *cells = g_ptr_array_new ();
  va_list values;

  va_start (values, first);
  for (char *cell = first; cell != NULL; cell = va_arg (values, char *))
    g_ptr_array_add (cells, cell);
  va_end (values);
  g_ptr_array_add (cells, NULL);
  be_table_take_row (table, (char **) g_ptr_array_free (cells, FALSE));
}

void
be_table_take_row (BeTable *table, char **cells)
{
  g_ptr_array_add (table->rows, cells);
}

void
be_table_free (BeTable *table)
{
  if (table == NULL)
    return;
  g_strfreev (table->headers);
  g_ptr_array_unref (table->rows);
  g_free (table);
}
