/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of comma-separated values (RFC 4180) with a line of column names. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BeCsv BeCsv;

/* Reads a whole table. Every row must have as many fields as there are columns; the file must be
 * UTF-8. name stands in messages ("name:line: ..."). NULL and BE_CATALOG_ERROR_FORMAT otherwise. */
BeCsv *be_csv_parse (const char *data, gsize length, const char *name, GError **error);
void be_csv_free (BeCsv *csv);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeCsv, be_csv_free)

size_t be_csv_get_n_rows (const BeCsv *csv);
/* TRUE when every column of the NULL-terminated list is there. */
gboolean be_csv_require (const BeCsv *csv, const char *const *columns, GError **error);
/* The field's text, owned by the table; NULL when it is empty. The column must exist. */
const char *be_csv_get_text (const BeCsv *csv, size_t row, const char *column);
/* The same for a field that must not be empty: sets error when it is, unless it is set already. */
const char *be_csv_get_name (const BeCsv *csv, size_t row, const char *column, GError **error);
/* The field as a finite number of at least 0; NaN when it is empty. Anything else sets error,
 * unless it is set already, so that a row can be read whole before asking. */
double be_csv_get_number (const BeCsv *csv, size_t row, const char *column, GError **error);

G_END_DECLS
