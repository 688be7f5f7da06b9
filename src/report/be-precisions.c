/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantisation as a chart, a table and a sentence. */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

BeChartData *
be_report_precision_chart (const BePrecision rows[BE_N_PRECISIONS], BePrecisionMeasure measure)
{
  static const struct {
    const char *title, *label;
    BeRole role;
  } kinds[] = {
    [BE_PRECISION_COST] = { N_ ("Self-hosted plan"), N_ ("$/month"), BE_ROLE_SELF_HOSTED },
    [BE_PRECISION_SPEED] = { N_ ("Output of a replica"), N_ ("tokens/s"), BE_ROLE_SAVING },
    [BE_PRECISION_MEMORY] = { N_ ("Weights of a replica"), N_ ("GiB"), BE_ROLE_TOTAL },
  };
  BeChartData *data = be_chart_data_new (BE_CHART_BARS);

  data->title = g_strdup (_ (kinds[measure].title));
  data->x_label = g_strdup (_ ("Weights"));
  data->y_label = g_strdup (_ (kinds[measure].label));
  data->y_unit = measure == BE_PRECISION_COST ? BE_CHART_UNIT_USD : BE_CHART_UNIT_COUNT;
  data->empty_text = g_strdup (_ ("No precision fits"));
  for (int i = 0; i < BE_N_PRECISIONS; i++) {
    const BePrecision *row = &rows[i];
    double value = measure == BE_PRECISION_COST    ? row->per_month_usd
                   : measure == BE_PRECISION_SPEED ? row->output_tokens_per_second
                                                   : row->weights_gib;
    if ((row->fits || measure == BE_PRECISION_MEMORY) && isfinite (value))
      be_chart_data_add_bar (data, be_weights_label (row->weights), value, TRUE,
                             kinds[measure].role);
  }
  return data;
}

static void
fill_row (char **cells, const BePrecision *row)
{
  double of = row->fits ? 1 : NAN;

  cells[0] = g_strdup (be_weights_label (row->weights));
  cells[1] = be_format_number (be_report_estimate (row->weights_gib), FALSE);
  cells[2] = be_format_value (be_report_estimate (row->memory_saved), BE_UNIT_SHARE, FALSE);
  cells[3] = row->fits
                 ? be_format_number (be_report_estimate (row->output_tokens_per_second), FALSE)
                 : g_strdup (_ ("does not fit"));
  cells[4] = be_format_number (be_report_estimate (row->speed_ratio * of), FALSE);
  cells[5] = be_format_money (row->usd_per_mtok * of, FALSE);
  cells[6] = be_format_number (row->replicas * of, FALSE);
  cells[7] = be_format_money (row->per_month_usd * of, TRUE);
}

BeTable *
be_report_precision_table (const BePrecision rows[BE_N_PRECISIONS])
{
  static const char *const headers[] = { N_ ("Weights"),  N_ ("GiB"),    N_ ("Memory saved"),
                                         N_ ("Tokens/s"), N_ ("× FP16"), N_ ("$/Mtok out"),
                                         N_ ("Replicas"), N_ ("$/month") };
  const char *words[G_N_ELEMENTS (headers) + 1] = { NULL };
  BeTable *table;

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    words[i] = _ (headers[i]);
  table = be_table_new_strv (words);
  for (guint i = 0; i < BE_N_PRECISIONS; i++) {
    char **cells = g_new0 (char *, G_N_ELEMENTS (headers) + 1);
    fill_row (cells, &rows[i]);
    be_table_take_row (table, cells);
  }
  return table;
}

char *
be_report_precision_words (const BePrecision rows[BE_N_PRECISIONS])
{
  g_autoptr (GString) text = g_string_new (_ ("Marketing promises two to four times the speed and "
                                              "50 to 75 % of the memory."));
  const BePrecision *best = NULL;

  for (int i = 1; i < BE_N_PRECISIONS; i++)
    if (rows[i].fits && isfinite (rows[i].per_month_usd)
        && (best == NULL || rows[i].per_month_usd < best->per_month_usd))
      best = &rows[i];
  if (best == NULL)
    return g_string_free (g_steal_pointer (&text), FALSE);
  g_autofree char *memory =
      be_format_value (be_report_estimate (best->memory_saved), BE_UNIT_SHARE, FALSE);
  g_autofree char *ratio = be_format_number (be_report_estimate (best->speed_ratio), FALSE);
  g_autofree char *cost = be_format_value (best->per_month_usd, BE_UNIT_USD_PER_MONTH, TRUE);
  const char *name = be_weights_label (best->weights);
  if (isnan (best->speed_ratio))
    g_string_append_printf (text,
                            _ (" Here %s takes %s less memory, and FP16 does not fit at all; the "
                               "plan then costs %s."),
                            name, memory, cost);
  else
    g_string_append_printf (
        text,
        _ (" Here %s, the cheapest, takes %s less memory and is %s times as fast as FP16: %s."),
        name, memory, ratio, cost);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
