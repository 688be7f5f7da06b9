/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workbook's curve: every plan's cost over volume, as numbers and as a native chart. */
#include "report/export/be-workbook-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static lxw_color_t
color_of (BeRole role)
{
  const BeColor *color = &be_theme_get (BE_THEME_LIGHT)->role[role];

  return (lxw_color_t) ((unsigned) lround (color->r * 255) << 16
                        | (unsigned) lround (color->g * 255) << 8
                        | (unsigned) lround (color->b * 255));
}

static void
write_series (BeBook *book, const BeSeries *series, const BeSeries *first, lxw_col_t column)
{
  for (gsize i = 0; i < first->n; i++) {
    /* Both sides of a step stand at one volume: by row where the rows are the same. */
    double y = i < series->n && series->x[i] == first->x[i]
                   ? series->y[i]
                   : be_series_value_at (series, first->x[i]);
    be_book_number (book, BE_SHEET_CURVE, (lxw_row_t) i + 1, column, BE_CELL_MONEY, y);
  }
}

static void
style_series (lxw_chart_series *line, BeRole role)
{
  lxw_chart_line look = { .color = color_of (role), .width = 2.25 };

  if (role == BE_ROLE_HYBRID)
    look.dash_type = LXW_CHART_LINE_DASH_DASH;
  else if (role == BE_ROLE_PROVISIONED)
    look.dash_type = LXW_CHART_LINE_DASH_ROUND_DOT;
  chart_series_set_line (line, &look);
  chart_series_set_marker_type (line, LXW_CHART_MARKER_NONE);
}

static void
style_axes (lxw_chart *chart, const BeChartData *data, const BeSeries *first)
{
  chart_title_set_name (chart, data->title);
  chart_axis_set_name (chart->x_axis, data->x_label);
  chart_axis_set_name (chart->y_axis, data->y_label);
  chart_axis_set_num_format (chart->x_axis, "#,##0");
  chart_axis_set_num_format (chart->y_axis, "$#,##0");
  chart_axis_set_log_base (chart->x_axis, 10);
  chart_axis_set_log_base (chart->y_axis, 10);
  chart_axis_set_min (chart->x_axis, pow (10, floor (log10 (first->x[0]))));
  chart_axis_set_max (chart->x_axis, pow (10, ceil (log10 (first->x[first->n - 1]))));
  chart_legend_set_position (chart, LXW_CHART_LEGEND_BOTTOM);
}

static void
add_chart (BeBook *book, const BeChartData *data)
{
  const BeSeries *first = g_ptr_array_index (data->series, 0);
  lxw_chart *chart = workbook_add_chart (book->book, LXW_CHART_SCATTER_STRAIGHT);
  lxw_row_t last = (lxw_row_t) first->n;
  const char *sheet = book->names[BE_SHEET_CURVE];

  for (guint i = 0; i < data->series->len; i++) {
    lxw_chart_series *line = chart_add_series (chart, NULL, NULL);
    lxw_col_t column = (lxw_col_t) i + 1;

    chart_series_set_categories (line, sheet, 1, 0, last, 0);
    chart_series_set_values (line, sheet, 1, column, last, column);
    chart_series_set_name_range (line, sheet, 0, column);
    style_series (line, ((const BeSeries *) g_ptr_array_index (data->series, i))->role);
  }
  style_axes (chart, data, first);
  lxw_chart_options place = { .x_scale = 1.6, .y_scale = 1.8 };
  worksheet_insert_chart_opt (book->sheets[BE_SHEET_CURVE], 1, (lxw_col_t) data->series->len + 2,
                              chart, &place);
}

void
be_book_fill_curve (BeBook *book)
{
  g_autoptr (BeChartData) data = NULL;
  g_autoptr (GError) no_curve = NULL;
  const BeSeries *first;
  BeChartOptions options;

  be_chart_options_init (&options);
  data = be_report_chart (book->scenario, BE_KIND_CROSSOVER, &options, &no_curve);
  if (data == NULL || data->series->len == 0) {
    /* No traffic or no price: a plan without a curve is a plan all the same. */
    be_book_text (book, BE_SHEET_CURVE, 0, 0, BE_CELL_NOTE,
                  no_curve != NULL ? no_curve->message : data->empty_text);
    return;
  }
  first = g_ptr_array_index (data->series, 0);
  worksheet_set_column (book->sheets[BE_SHEET_CURVE], 0, (lxw_col_t) data->series->len, 16, NULL);
  worksheet_freeze_panes (book->sheets[BE_SHEET_CURVE], 1, 0);
  be_book_text (book, BE_SHEET_CURVE, 0, 0, BE_CELL_HEAD_RIGHT, data->x_label);
  for (gsize i = 0; i < first->n; i++)
    be_book_number (book, BE_SHEET_CURVE, (lxw_row_t) i + 1, 0, BE_CELL_NUMBER, first->x[i]);
  for (guint i = 0; i < data->series->len; i++) {
    const BeSeries *series = g_ptr_array_index (data->series, i);

    be_book_text (book, BE_SHEET_CURVE, 0, (lxw_col_t) i + 1, BE_CELL_HEAD_RIGHT, series->name);
    write_series (book, series, first, (lxw_col_t) i + 1);
  }
  add_chart (book, data);
  be_book_fill_volume (book, data);
}
