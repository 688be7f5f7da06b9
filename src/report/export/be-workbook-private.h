/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that fill a workbook share. */
#pragma once

#include "report/be-report-private.h"

#include <xlsxwriter.h>

G_BEGIN_DECLS

typedef enum {
  BE_SHEET_SUMMARY,
  BE_SHEET_PLAN,
  BE_SHEET_CURVE,
  BE_SHEET_INPUTS,
  BE_SHEET_OFFERS,
  BE_N_SHEETS
} BeSheet;

typedef enum {
  BE_CELL_TEXT,
  BE_CELL_TITLE,
  BE_CELL_NOTE,
  BE_CELL_HEAD,
  BE_CELL_HEAD_RIGHT,
  BE_CELL_MONEY,
  BE_CELL_MONEY_FINE,
  BE_CELL_RATE, /* may be changed */
  BE_CELL_SHARE_RATE,
  BE_CELL_VOLUME, /* may be changed */
  BE_CELL_NUMBER,
  BE_CELL_SHARE,
  BE_CELL_PLAIN, /* a number as it is */
  BE_CELL_TOTAL,
  BE_CELL_TOTAL_MONEY,
  BE_N_CELLS
} BeCell;

typedef struct {
  lxw_workbook *book;
  lxw_worksheet *sheets[BE_N_SHEETS];
  const char *names[BE_N_SHEETS]; /* of the sheets */
  lxw_format *formats[BE_N_CELLS];
  BeScenario *scenario;
  const BePlanInput *input;
  const BePlanResult *result;
  lxw_row_t totals[BE_N_PLANS]; /* row of the plan's total on the Plan sheet */
} BeBook;

/* The Plan sheet's column of amounts. */
#define BE_PLAN_AMOUNT 7

/* Cut to what a cell holds; "" and NULL leave it empty. */
void be_book_text (BeBook *book, BeSheet sheet, lxw_row_t row, lxw_col_t column, BeCell cell,
                   const char *text);
/* NaN and infinity leave the cell empty. */
void be_book_number (BeBook *book, BeSheet sheet, lxw_row_t row, lxw_col_t column, BeCell cell,
                     double value);
/* A formula with the value that it gives. */
void be_book_formula (BeBook *book, BeSheet sheet, lxw_row_t row, lxw_col_t column, BeCell cell,
                      const char *formula, double value);
/* "G12". Caller frees. */
char *be_book_cell (lxw_row_t row, lxw_col_t column);
/* "'Plan'!$G$12". Caller frees. */
char *be_book_reference (const BeBook *book, BeSheet sheet, lxw_row_t row, lxw_col_t column);
/* A row of column headings; `align` is 'l' or 'r' by column. */
void be_book_heads (BeBook *book, BeSheet sheet, lxw_row_t row, const char *align,
                    const char *const *heads);

void be_book_fill_plan (BeBook *book);
void be_book_fill_summary (BeBook *book);
void be_book_fill_curve (BeBook *book);
/* The summary's costs at a volume that may be changed; `data` is what the curve's sheet holds. */
void be_book_fill_volume (BeBook *book, const BeChartData *data);
void be_book_fill_inputs (BeBook *book);
void be_book_fill_offers (BeBook *book);

G_END_DECLS
