/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of charts and bills as tables and CSV. */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Take the array of texts. */
static BeTable *
table_new (GPtrArray *headers)
{
  BeTable *table;

  g_ptr_array_add (headers, NULL);
  table = be_table_new_strv ((const char *const *) headers->pdata);
  g_ptr_array_set_free_func (headers, g_free);
  g_ptr_array_unref (headers);
  return table;
}

static void
take_row (BeTable *table, GPtrArray *cells)
{
  g_ptr_array_add (cells, NULL);
  be_table_take_row (table, (char **) g_ptr_array_free (cells, FALSE));
}

/* One cell: raw in the C locale (nothing for NaN), or as people read it. */
static char *
format_cell (double value, BeChartUnit unit, gboolean raw)
{
  if (!raw)
    return be_format_chart (value, unit, FALSE, NULL);
  return isfinite (value) ? be_json_format_double (value) : g_strdup ("");
}

/* Where a row stands: a whole number of requests, not the curve's exact sample. */
static char *
format_place (double x, BeChartUnit unit, gboolean raw)
{
  return format_cell (raw || fabs (x) < 1000 ? x : rint (x), unit, raw);
}

static gboolean
has_names (const BeChartData *data)
{
  const BeSeries *first = data->series->len > 0 ? g_ptr_array_index (data->series, 0) : NULL;

  return first != NULL && first->names != NULL;
}

/* Between named points a line has no value: nothing stands there that could be chosen. */
static double
value_of_point (const BeSeries *series, double x, double y)
{
  for (gsize i = 0; i < series->n; i++)
    if (series->x[i] == x && series->y[i] == y)
      return y;
  return NAN;
}

static double
series_value (const BeSeries *series, const BeSeries *first, gsize row)
{
  if (series != first && first->style == BE_SERIES_POINTS)
    return value_of_point (series, first->x[row], first->y[row]);
  if (row < series->n && series->x[row] == first->x[row])
    return series->y[row];
  if (series->style == BE_SERIES_POINTS)
    return NAN;
  return be_series_value_at (series, first->x[row]);
}

/* Of a chart of named points the points of all its series, else those of the first. */
static gboolean
has_rows (const BeChartData *data, guint s)
{
  const BeSeries *first = data->series->pdata[0], *series = data->series->pdata[s];

  return s == 0
         || (first->style == BE_SERIES_POINTS && series->style == BE_SERIES_POINTS
             && series->names != NULL);
}

static void
add_curve_row (BeTable *table, const BeChartData *data, const BeSeries *of, gsize row, gboolean raw)
{
  GPtrArray *cells = g_ptr_array_new ();

  if (has_names (data))
    g_ptr_array_add (cells, g_strdup (of->names[row]));
  g_ptr_array_add (cells, format_place (of->x[row], data->x_unit, raw));
  for (guint s = 0; s < data->series->len; s++)
    g_ptr_array_add (
        cells, format_cell (series_value (data->series->pdata[s], of, row), data->y_unit, raw));
  take_row (table, cells);
}

static BeTable *
curve_table (const BeChartData *data, gboolean raw)
{
  GPtrArray *headers = g_ptr_array_new ();
  BeTable *table;

  if (has_names (data))
    g_ptr_array_add (headers, g_strdup (_ ("Name")));
  g_ptr_array_add (headers, g_strdup (data->x_label != NULL ? data->x_label : ""));
  for (guint s = 0; s < data->series->len; s++)
    g_ptr_array_add (headers, g_strdup (((BeSeries *) g_ptr_array_index (data->series, s))->name));
  table = table_new (headers);
  for (guint s = 0; s < data->series->len; s++) {
    const BeSeries *series = data->series->pdata[s];
    for (gsize i = 0; has_rows (data, s) && i < series->n; i++)
      add_curve_row (table, data, series, i, raw);
  }
  return table;
}

static BeTable *
bar_table (const BeChartData *data, gboolean raw)
{
  GPtrArray *headers = g_ptr_array_new ();
  BeTable *table;

  g_ptr_array_add (headers, g_strdup (data->x_label != NULL ? data->x_label : ""));
  g_ptr_array_add (headers, g_strdup (data->y_label != NULL ? data->y_label : ""));
  table = table_new (headers);
  for (guint i = 0; i < data->bars->len; i++) {
    const BeBar *bar = g_ptr_array_index (data->bars, i);
    GPtrArray *cells = g_ptr_array_new ();

    g_ptr_array_add (cells, g_strdup (bar->name));
    g_ptr_array_add (cells, format_cell (bar->value, data->y_unit, raw));
    take_row (table, cells);
  }
  return table;
}

static BeTable *
chart_table (const BeChartData *data, gboolean raw)
{
  return data->type == BE_CHART_XY ? curve_table (data, raw) : bar_table (data, raw);
}

char *
be_report_reference_published (const BeReferenceCheck *check)
{
  double middle = (check->published_low + check->published_high) / 2;
  g_autofree char *low = be_format_number (check->published_low, FALSE);
  g_autofree char *high = be_format_number (check->published_high, FALSE);

  if (isinf (check->published_high))
    return g_strdup_printf (_ ("above %s"), low);
  if (check->published_low == 0)
    return g_strdup_printf (_ ("below %s"), high);
  if (check->published_high - check->published_low < 1e-3 * fabs (middle)
      || g_str_equal (low, high))
    return be_format_number (middle, FALSE);
  return g_strdup_printf (_ ("%s to %s"), low, high);
}

BeTable *
be_report_reference_table (BeCatalog *catalog, gboolean *all_hold)
{
  g_autoptr (GArray) checks = be_study_reference (catalog);
  GPtrArray *headers = g_ptr_array_new ();
  BeTable *table;

  g_ptr_array_add (headers, g_strdup (_ ("Example")));
  g_ptr_array_add (headers, g_strdup (_ ("Published")));
  g_ptr_array_add (headers, g_strdup (_ ("Here")));
  g_ptr_array_add (headers, g_strdup (_ ("Holds")));
  g_ptr_array_add (headers, g_strdup (_ ("Source")));
  g_ptr_array_add (headers, g_strdup (_ ("Note")));
  table = table_new (headers);
  if (all_hold != NULL)
    *all_hold = TRUE;
  for (guint i = 0; i < checks->len; i++) {
    const BeReferenceCheck *check = &g_array_index (checks, BeReferenceCheck, i);
    GPtrArray *cells = g_ptr_array_new ();

    if (all_hold != NULL && check->worked && !check->holds)
      *all_hold = FALSE;
    g_ptr_array_add (cells, g_strdup (_ (check->what)));
    g_ptr_array_add (cells, be_report_reference_published (check));
    g_ptr_array_add (cells, be_format_number (check->ours, FALSE));
    g_ptr_array_add (cells, g_strdup (!check->worked ? "–" : check->holds ? _ ("yes") : _ ("no")));
    g_ptr_array_add (cells, g_strdup (_ (check->source)));
    g_ptr_array_add (cells, g_strdup (check->note != NULL ? _ (check->note) : ""));
    take_row (table, cells);
  }
  return table;
}

BeTable *
be_report_chart_table (const BeChartData *data)
{
  return chart_table (data, FALSE);
}

char *
be_report_chart_csv (const BeChartData *data)
{
  g_autoptr (BeTable) table = chart_table (data, TRUE);

  return be_table_to_csv (table);
}

static gboolean
is_token_line (BeLineKind kind)
{
  return kind <= BE_LINE_REASONING;
}

/* "17.7B tokens", "8,760 GPU-h"; nothing where there is no quantity. */
static char *
quantity_cell (const BeLine *line)
{
  const char *unit = be_line_quantity_unit (line->kind, NULL);
  g_autofree char *number = NULL;

  if (!isfinite (line->quantity))
    return g_strdup ("");
  if (is_token_line (line->kind))
    return be_format_value (line->quantity, BE_UNIT_TOKENS, TRUE);
  number = be_format_number (line->quantity, FALSE);
  return unit[0] != '\0' ? g_strconcat (number, " ", unit, NULL) : g_steal_pointer (&number);
}

/* "$0.15/Mtok", "$2.95/GPU-h". */
static char *
rate_cell (const BeLine *line)
{
  g_autofree char *money = NULL;

  if (!isfinite (line->rate_usd))
    return g_strdup ("");
  money = be_format_price (line->rate_usd);
  return g_strconcat (money, be_line_rate_unit (line->kind), NULL);
}

static void
add_bill_row (BeTable *table, BeScenario *scenario, const BeLine *line)
{
  GPtrArray *cells = g_ptr_array_new ();

  g_ptr_array_add (cells, be_line_label (scenario, line));
  g_ptr_array_add (cells, quantity_cell (line));
  g_ptr_array_add (cells, rate_cell (line));
  g_ptr_array_add (cells, be_format_money (line->usd, FALSE));
  take_row (table, cells);
}

/* A cache that practically never misses is written a few billionths of a token a month. */
static gboolean
can_be_seen (const BePlan *plan, const BeLine *line)
{
  return line->usd == 0 || be_differs (plan->per_month_usd + line->usd, plan->per_month_usd);
}

BeTable *
be_report_bill_table (BeScenario *scenario, const BePlanResult *result, BePlanKind plan)
{
  GPtrArray *headers = g_ptr_array_new ();
  BeTable *table;

  g_ptr_array_add (headers, g_strdup (_ ("Line")));
  g_ptr_array_add (headers, g_strdup (_ ("Quantity")));
  g_ptr_array_add (headers, g_strdup (_ ("Rate")));
  g_ptr_array_add (headers, g_strdup (_ ("$/month")));
  table = table_new (headers);
  for (size_t i = 0; i < result->plans[plan].n_lines; i++)
    if (can_be_seen (&result->plans[plan], &result->plans[plan].lines[i]))
      add_bill_row (table, scenario, &result->plans[plan].lines[i]);
  return table;
}
