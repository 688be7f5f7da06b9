/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The summary's costs at a volume that may be changed, read from the workbook's own curve. */
#include "report/export/be-workbook-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Below the plans of the summary. */
enum { ROW_TITLE = 18, ROW_NOTE, ROW_VOLUME, ROW_POINT, ROW_CHEAPEST, ROW_FIRST = 24 };

#define SUMMARY BE_SHEET_SUMMARY
#define VOLUME "$B$21"
#define POINT "$B$22"

/* "'Curve'!$A$2:$A$109": the points of a column. */
static char *
curve_range (const BeBook *book, lxw_col_t column, gsize n)
{
  g_autofree char *first = be_book_reference (book, BE_SHEET_CURVE, 1, column);
  char last[LXW_MAX_CELL_NAME_LENGTH];

  lxw_rowcol_to_cell_abs (last, (lxw_row_t) n, column, TRUE, TRUE);
  return g_strdup_printf ("%s:%s", first, last);
}

static void
write_volume (BeBook *book, const BeChartData *data, const char *volumes, const BeSeries *first)
{
  g_autofree char *point = g_strdup_printf ("=IF(" VOLUME "<INDEX(%s,1),1,MIN(MATCH(" VOLUME
                                            ",%s,1),%" G_GSIZE_FORMAT "))",
                                            volumes, volumes, first->n - 1);
  gsize at = 0;

  while (at + 2 < first->n && first->x[at + 1] <= data->volume_x)
    at++;
  be_book_text (book, SUMMARY, ROW_TITLE, 0, BE_CELL_HEAD, _ ("At another volume"));
  be_book_text (
      book, SUMMARY, ROW_NOTE, 0, BE_CELL_NOTE,
      _ ("The volume in blue may be changed. Costs are read from the curve, at the rates "
         "of the scenario, in a straight line from point to point: self-hosted and hybrid "
         "may be off by a small step."));
  be_book_text (book, SUMMARY, ROW_VOLUME, 0, BE_CELL_TEXT, data->x_label);
  be_book_number (book, SUMMARY, ROW_VOLUME, 1, BE_CELL_VOLUME, data->volume_x);
  be_book_text (book, SUMMARY, ROW_POINT, 0, BE_CELL_NOTE, _ ("Point of the curve below it"));
  be_book_formula (book, SUMMARY, ROW_POINT, 1, BE_CELL_NOTE, point, (double) at + 1);
}

/* y1 + (v - x1) * (y2 - y1) / (x2 - x1), and nothing past the ends or where the plan cannot be run:
 * there the curve's cell is blank, which would count as 0. Both sides of a step stand at
 * next to the same volume, so that a step stays one. */
static void
write_cost (BeBook *book, const BeSeries *series, lxw_row_t row, lxw_col_t column,
            const char *volumes, gsize n, double volume)
{
  g_autofree char *name = be_book_reference (book, BE_SHEET_CURVE, 0, column);
  g_autofree char *label = g_strconcat ("=", name, NULL);
  g_autofree char *costs = curve_range (book, column, n);
  GString *formula = g_string_new (NULL);

  g_string_append_printf (
      formula, "=IF(" VOLUME "<INDEX(%s,1),\"\",IF(" VOLUME ">INDEX(%s,%" G_GSIZE_FORMAT "),\"\",",
      volumes, volumes, n);
  g_string_append_printf (formula,
                          "IF(OR(COUNT(INDEX(%s," POINT "))=0,AND(" VOLUME ">INDEX(%s," POINT
                          "),COUNT(INDEX(%s," POINT "+1))=0)),\"\",",
                          costs, volumes, costs);
  g_string_append_printf (formula,
                          "INDEX(%s," POINT ")+(" VOLUME "-INDEX(%s," POINT "))"
                          "*(INDEX(%s," POINT "+1)-INDEX(%s," POINT "))"
                          "/(INDEX(%s," POINT "+1)-INDEX(%s," POINT ")))))",
                          costs, volumes, costs, costs, volumes, volumes);
  worksheet_write_formula_str (book->sheets[SUMMARY], row, 0, label, book->formats[BE_CELL_TEXT],
                               series->name);
  be_book_formula (book, SUMMARY, row, 1, BE_CELL_MONEY, formula->str,
                   be_series_value_at (series, volume));
  g_string_free (formula, TRUE);
}

/* IF(AND(ISNUMBER(B25),B25<=MIN(B25:B27)*1.000000000001),A25,IF(...)), as of the plans above it. */
static void
write_cheapest (BeBook *book, lxw_row_t last, const char *cheapest)
{
  g_autofree char *first_cost = be_book_cell (ROW_FIRST, 1);
  g_autofree char *last_cost = be_book_cell (last, 1);
  GString *formula = g_string_new (NULL);

  g_string_append_printf (formula, "=IF(COUNT(%s:%s)=0,\"\",", first_cost, last_cost);
  for (lxw_row_t row = ROW_FIRST; row <= last; row++) {
    g_autofree char *cost = be_book_cell (row, 1);
    g_autofree char *name = be_book_cell (row, 0);

    g_string_append_printf (formula, "IF(AND(ISNUMBER(%s),%s<=MIN(%s:%s)*1.000000000001),%s,", cost,
                            cost, first_cost, last_cost, name);
  }
  g_string_append (formula, "\"\")");
  for (lxw_row_t row = ROW_FIRST; row <= last; row++)
    g_string_append_c (formula, ')');
  be_book_text (book, SUMMARY, ROW_CHEAPEST, 0, BE_CELL_TOTAL, _ ("Cheapest plan"));
  worksheet_write_formula_str (book->sheets[SUMMARY], ROW_CHEAPEST, 1, formula->str,
                               book->formats[BE_CELL_TOTAL], cheapest);
  g_string_free (formula, TRUE);
}

/* The plan's place among the series; the number of them when it has none, or no cost. */
static guint
find_plan (const BeChartData *data, BeRole role)
{
  guint i = 0;

  while (i < data->series->len) {
    const BeSeries *series = g_ptr_array_index (data->series, i);
    if (series->role == role && isfinite (be_series_value_at (series, data->volume_x)))
      break;
    i++;
  }
  return i;
}

void
be_book_fill_volume (BeBook *book, const BeChartData *data)
{
  /* In the order in which a tie is decided. */
  static const BeRole plans[] = { BE_ROLE_HOSTED, BE_ROLE_HYBRID, BE_ROLE_SELF_HOSTED,
                                  BE_ROLE_PROVISIONED };
  const BeSeries *first = g_ptr_array_index (data->series, 0);
  g_autofree char *volumes = curve_range (book, 0, first->n);
  const char *cheapest = NULL;
  double least = INFINITY;
  lxw_row_t row = ROW_FIRST;

  if (first->n < 2 || isnan (data->volume_x))
    return;
  write_volume (book, data, volumes, first);
  for (gsize p = 0; p < G_N_ELEMENTS (plans); p++) {
    guint at = find_plan (data, plans[p]);
    const BeSeries *series = at < data->series->len ? g_ptr_array_index (data->series, at) : NULL;
    double cost = series != NULL ? be_series_value_at (series, data->volume_x) : INFINITY;

    if (series == NULL)
      continue;
    write_cost (book, series, row++, (lxw_col_t) at + 1, volumes, first->n, data->volume_x);
    if (cost * 1.000000000001 < least) {
      least = cost;
      cheapest = series->name;
    }
  }
  if (cheapest != NULL)
    write_cheapest (book, row - 1, cheapest);
}
