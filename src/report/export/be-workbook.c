/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workbook as a file: sheets, formats, and the cells that every sheet is made of. */
#include "report/export/be-workbook.h"

#include "be-config.h"
#include "report/export/be-workbook-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>

/* Of the 32,767 UTF-16 units that a cell holds; a character takes at most two. */
#define MAX_CHARACTERS 16000
#define FIXED_TIME 946684800 /* 2000-01-01: a date of the day would make every export differ */

void
be_book_text (BeBook *book, BeSheet sheet, lxw_row_t row, lxw_col_t column, BeCell cell,
              const char *text)
{
  g_autofree char *cut = NULL;

  if (text == NULL || text[0] == '\0')
    return;
  if (g_utf8_strlen (text, -1) > MAX_CHARACTERS)
    text = cut = g_utf8_substring (text, 0, MAX_CHARACTERS);
  worksheet_write_string (book->sheets[sheet], row, column, text, book->formats[cell]);
}

void
be_book_number (BeBook *book, BeSheet sheet, lxw_row_t row, lxw_col_t column, BeCell cell,
                double value)
{
  if (isfinite (value))
    worksheet_write_number (book->sheets[sheet], row, column, value, book->formats[cell]);
}

void
be_book_formula (BeBook *book, BeSheet sheet, lxw_row_t row, lxw_col_t column, BeCell cell,
                 const char *formula, double value)
{
  worksheet_write_formula_num (book->sheets[sheet], row, column, formula, book->formats[cell],
                               isfinite (value) ? value : 0);
}

char *
be_book_cell (lxw_row_t row, lxw_col_t column)
{
  char name[LXW_MAX_CELL_NAME_LENGTH];

  lxw_rowcol_to_cell (name, row, column);
  return g_strdup (name);
}

char *
be_book_reference (const BeBook *book, BeSheet sheet, lxw_row_t row, lxw_col_t column)
{
  char name[LXW_MAX_CELL_NAME_LENGTH];
  g_auto (GStrv) parts = g_strsplit (book->names[sheet], "'", -1);
  g_autofree char *quoted = g_strjoinv ("''", parts);

  lxw_rowcol_to_cell_abs (name, row, column, TRUE, TRUE);
  return g_strdup_printf ("'%s'!%s", quoted, name);
}

void
be_book_heads (BeBook *book, BeSheet sheet, lxw_row_t row, const char *align,
               const char *const *heads)
{
  for (lxw_col_t column = 0; heads[column] != NULL; column++)
    be_book_text (book, sheet, row, column,
                  align[column] == 'r' ? BE_CELL_HEAD_RIGHT : BE_CELL_HEAD, heads[column]);
}

static void
add_formats (BeBook *book)
{
  static const struct {
    const char *number;
    gboolean bold, right, changes, top;
    double size;
  } looks[BE_N_CELLS] = {
    [BE_CELL_TITLE] = { .bold = TRUE, .size = 16 },
    [BE_CELL_HEAD] = { .bold = TRUE },
    [BE_CELL_HEAD_RIGHT] = { .bold = TRUE, .right = TRUE },
    [BE_CELL_MONEY] = { .number = "$#,##0.00" },
    [BE_CELL_MONEY_FINE] = { .number = "$#,##0.00########" },
    [BE_CELL_RATE] = { .number = "$#,##0.00####", .changes = TRUE },
    [BE_CELL_SHARE_RATE] = { .number = "0.00%", .changes = TRUE },
    [BE_CELL_VOLUME] = { .number = "#,##0", .changes = TRUE },
    [BE_CELL_NUMBER] = { .number = "#,##0.00" },
    [BE_CELL_SHARE] = { .number = "0.00%" },
    [BE_CELL_TOTAL] = { .bold = TRUE, .top = TRUE },
    [BE_CELL_TOTAL_MONEY] = { .number = "$#,##0.00", .bold = TRUE, .top = TRUE },
  };

  for (int i = 0; i < BE_N_CELLS; i++) {
    lxw_format *format = book->formats[i] = workbook_add_format (book->book);

    format_set_align (format, LXW_ALIGN_VERTICAL_TOP);
    if (looks[i].number != NULL)
      format_set_num_format (format, looks[i].number);
    if (looks[i].bold)
      format_set_bold (format);
    if (looks[i].right)
      format_set_align (format, LXW_ALIGN_RIGHT);
    if (looks[i].size > 0)
      format_set_font_size (format, looks[i].size);
    if (looks[i].top)
      format_set_top (format, LXW_BORDER_THIN);
    if (i == BE_CELL_HEAD || i == BE_CELL_HEAD_RIGHT)
      format_set_bottom (format, LXW_BORDER_THIN);
    if (i == BE_CELL_NOTE)
      format_set_font_color (format, 0x5e5c64);
    if (looks[i].changes) {
      format_set_font_color (format, 0x0062a8);
      format_set_bg_color (format, 0xfff8e1);
    }
  }
}

static void
add_sheets (BeBook *book)
{
  /* Translators: the names of a workbook's sheets: at most 31 characters, none of []:*?/\ */
  static const char *const names[BE_N_SHEETS] = { N_ ("Summary"), N_ ("Plan"), N_ ("Curve"),
                                                  N_ ("Inputs"), N_ ("Offers") };

  for (int i = 0; i < BE_N_SHEETS; i++) {
    book->names[i] = _ (names[i]);
    if (workbook_validate_sheet_name (book->book, book->names[i]) != LXW_NO_ERROR)
      book->names[i] = names[i];
    book->sheets[i] = workbook_add_worksheet (book->book, book->names[i]);
    worksheet_set_landscape (book->sheets[i]);
    worksheet_set_paper (book->sheets[i], 9); /* A4 */
    worksheet_fit_to_pages (book->sheets[i], 1, 0);
  }
}

static void
fill (BeBook *book)
{
  lxw_doc_properties properties = { .created = FIXED_TIME };
  g_autofree char *title = NULL;
  const char *name = be_scenario_get_name (book->scenario);

  add_formats (book);
  add_sheets (book);
  title = g_utf8_substring (name != NULL ? name : "", 0,
                            MIN (g_utf8_strlen (name != NULL ? name : "", -1), 120));
  /* The library escapes control characters in cells, not here. */
  for (char *at = title; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  properties.title = title;
  properties.comments = (char *) "Breakeven " BE_VERSION;
  workbook_set_properties (book->book, &properties);
  be_book_fill_plan (book);
  be_book_fill_summary (book);
  be_book_fill_inputs (book);
  be_book_fill_offers (book);
  be_book_fill_curve (book);
}

/* The library writes numbers by the locale of the thread: with a decimal comma no program could
 * read them. Messages stay in the language that they are in. */
static locale_t
use_c_numbers (void)
{
  return uselocale (newlocale (LC_NUMERIC_MASK, "C", duplocale (LC_GLOBAL_LOCALE)));
}

static void
use_locale_again (locale_t before)
{
  freelocale (uselocale (before));
}

static gboolean
write_book (BeBook *book, const char *path, GError **error)
{
  lxw_workbook_options options = { .constant_memory = FALSE, .tmpdir = (char *) g_get_tmp_dir () };
  locale_t before;
  lxw_error failed;

  book->book = workbook_new_opt (path, &options);
  if (book->book == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, g_strerror (ENOMEM));
    return FALSE;
  }
  before = use_c_numbers ();
  fill (book);
  failed = workbook_close (book->book);
  use_locale_again (before);
  if (failed != LXW_NO_ERROR)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 /* Translators: a folder for temporary files, and the reason. */
                 _ ("%s: the workbook cannot be made there: %s"), g_get_tmp_dir (),
                 lxw_strerror (failed));
  return failed == LXW_NO_ERROR;
}

/* The library writes to a name only: a file of our own, read back and removed. */
static GBytes *
make_bytes (BeBook *book, GError **error)
{
  g_autofree char *path = NULL;
  GBytes *bytes = NULL;
  int fd = g_file_open_tmp ("breakeven-XXXXXX.xlsx", &path, error);

  if (fd < 0)
    return NULL;
  g_close (fd, NULL);
  if (write_book (book, path, error))
    bytes = be_file_read (path, 0, NULL, error);
  g_unlink (path);
  return bytes;
}

GBytes *
be_report_workbook (BeScenario *scenario, GError **error)
{
  BePlanResult result;
  BeBook book = { .scenario = scenario, .result = &result };
  GBytes *bytes = NULL;

  book.input = be_scenario_resolve (scenario, error);
  if (book.input == NULL)
    return NULL;
  be_plan_result_init (&result);
  if (be_report_evaluate (book.input, &result, error))
    bytes = make_bytes (&book, error);
  be_plan_result_clear (&result);
  return bytes;
}

gboolean
be_report_workbook_save (BeScenario *scenario, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = be_report_workbook (scenario, error);

  return bytes != NULL
         && be_file_save (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                          NULL, error);
}
