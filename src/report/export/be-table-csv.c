/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables as CSV (RFC 4180), and every plan's bill with raw numbers. */
#include "report/be-report-private.h"

#include "be-config.h"
#include "report/export/be-export-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

gboolean
be_text_is_formula (const char *text)
{
  char *end;

  if (text[0] == '\0' || strchr ("=+-@\t\r", text[0]) == NULL)
    return FALSE;
  g_ascii_strtod (text, &end);
  return end == text || *end != '\0';
}

/* Quoted when it holds a comma, a quote or a line end; a leading apostrophe keeps a spreadsheet
 * from running a name as a formula. */
static void
append_field (GString *text, const char *field)
{
  gboolean guarded = be_text_is_formula (field);

  if (strpbrk (field, ",\"\r\n") == NULL) {
    g_string_append (text, guarded ? "'" : "");
    g_string_append (text, field);
    return;
  }
  g_string_append (text, guarded ? "\"'" : "\"");
  for (const char *at = field; *at != '\0'; at++) {
    if (*at == '"')
      g_string_append_c (text, '"');
    g_string_append_c (text, *at);
  }
  g_string_append_c (text, '"');
}

static void
append_record (GString *text, char **fields)
{
  for (gsize i = 0; fields[i] != NULL; i++) {
    if (i > 0)
      g_string_append_c (text, ',');
    append_field (text, fields[i]);
  }
  g_string_append_c (text, '\n');
}

char *
be_table_to_csv (const BeTable *table)
{
  GString *text = g_string_new (NULL);

  append_record (text, table->headers);
  for (guint i = 0; i < table->rows->len; i++)
    append_record (text, g_ptr_array_index (table->rows, i));
  return g_string_free (text, FALSE);
}

static char *
raw (double value)
{
  return isfinite (value) ? be_json_format_double (value) : g_strdup ("");
}

/* Takes the cells. */
static void
take_row (BeTable *table, char *plan, char *label, const char *kind, double quantity,
          const char *unit, double rate, double usd)
{
  char **cells = g_new0 (char *, 8);

  cells[0] = plan;
  cells[1] = label;
  cells[2] = g_strdup (kind);
  cells[3] = raw (quantity);
  cells[4] = g_strdup (unit);
  cells[5] = raw (rate);
  cells[6] = raw (usd);
  be_table_take_row (table, cells);
}

static void
add_plan (BeTable *table, BeScenario *scenario, const BePlan *plan, BePlanKind kind)
{
  for (size_t i = 0; i < plan->n_lines; i++) {
    const BeLine *line = &plan->lines[i];
    const char *unit = isfinite (line->quantity) ? be_line_quantity_unit (line->kind, NULL) : "";

    take_row (table, g_strdup (be_plan_id (kind)), be_line_label (scenario, line),
              be_line_kind_id (line->kind), be_line_quantity (line), unit, line->rate_usd,
              line->usd);
  }
  take_row (table, g_strdup (be_plan_id (kind)),
            plan->feasible == BE_FEASIBLE ? g_strdup (_ ("Total"))
                                          : be_feasibility_sentence (scenario, plan),
            "total", NAN, "", NAN, plan->per_month_usd);
}

char *
be_report_bill_csv (BeScenario *scenario, const BePlanResult *result)
{
  static const char *const headers[] = { "plan", "line", "kind",     "quantity",
                                         "unit", "rate", "perMonth", NULL };
  BeTable *table = be_table_new_strv (headers);
  char *csv;

  for (int kind = 0; kind < BE_N_PLANS; kind++)
    if (result->plans[kind].defined)
      add_plan (table, scenario, &result->plans[kind], kind);
  csv = be_table_to_csv (table);
  be_table_free (table);
  return csv;
}
