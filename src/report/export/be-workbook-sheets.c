/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workbook's summary, curve, inputs and offers. */
#include "report/export/be-workbook-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define FIRST_PLAN_ROW 12
#define BASIS_COLUMN 1

enum { ROW_REQUESTS = 3, ROW_INPUT, ROW_OUTPUT, ROW_HOURS, ROW_AS_OF, ROW_CHEAPEST = 9 };

/* In the order in which a tie is decided. */
static const BePlanKind order[BE_N_PLANS] = { BE_PLAN_HOSTED, BE_PLAN_HYBRID, BE_PLAN_SELF_HOSTED,
                                              BE_PLAN_PROVISIONED };

static gboolean
is_candidate (const BeBook *book, BePlanKind kind)
{
  const BePlan *plan = &book->result->plans[kind];

  return plan->defined && plan->feasible == BE_FEASIBLE && isfinite (plan->per_month_usd);
}

static void
write_basis (BeBook *book)
{
  const BePlanResult *result = book->result;
  g_autofree char *as_of = be_scenario_get_text (book->scenario, "pricesAsOf");
  const struct {
    lxw_row_t row;
    const char *label;
    double value;
  } basis[] = {
    { ROW_REQUESTS, _ ("Requests a month"), result->requests_per_month },
    { ROW_INPUT, _ ("Input, Mtok a month"), result->input_mtok },
    { ROW_OUTPUT, _ ("Output, Mtok a month"), result->output_mtok },
    { ROW_HOURS, _ ("Hours in a month"), book->input->month_hours },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (basis); i++) {
    be_book_text (book, BE_SHEET_SUMMARY, basis[i].row, 0, BE_CELL_TEXT, basis[i].label);
    be_book_number (book, BE_SHEET_SUMMARY, basis[i].row, BASIS_COLUMN, BE_CELL_NUMBER,
                    basis[i].value);
  }
  be_book_text (book, BE_SHEET_SUMMARY, ROW_AS_OF, 0, BE_CELL_TEXT, _ ("Prices as of"));
  be_book_text (book, BE_SHEET_SUMMARY, ROW_AS_OF, BASIS_COLUMN, BE_CELL_TEXT,
                as_of != NULL ? as_of
                              : be_catalog_get_as_of (be_scenario_get_catalog (book->scenario)));
}

/* "B13,B14": the costs of the plans that can be run. NULL when there is none. */
static char *
list_costs (const BeBook *book, const lxw_row_t *rows)
{
  GString *list = g_string_new (NULL);

  for (int i = 0; i < BE_N_PLANS; i++) {
    if (!is_candidate (book, order[i]))
      continue;
    g_autofree char *cell = be_book_cell (rows[order[i]], 1);
    g_string_append_printf (list, "%s%s", list->len > 0 ? "," : "", cell);
  }
  return g_string_free (list, list->len == 0);
}

/* IF(B13<=MIN(...)*1.000000000001,A13,IF(...)): plans that tie differ in the last digits only, by
 * the order in which they are summed. */
static void
write_cheapest (BeBook *book, const lxw_row_t *rows, const char *costs)
{
  GString *formula = g_string_new ("=");
  int n = 0;

  be_book_text (book, BE_SHEET_SUMMARY, ROW_CHEAPEST, 0, BE_CELL_TOTAL, _ ("Cheapest plan"));
  if (costs == NULL) {
    be_book_text (book, BE_SHEET_SUMMARY, ROW_CHEAPEST, 1, BE_CELL_TOTAL, _ ("No plan can be run"));
    g_string_free (formula, TRUE);
    return;
  }
  for (int i = 0; i < BE_N_PLANS; i++) {
    if (!is_candidate (book, order[i]))
      continue;
    g_autofree char *cost = be_book_cell (rows[order[i]], 1);
    g_autofree char *name = be_book_cell (rows[order[i]], 0);
    g_string_append_printf (formula, "IF(%s<=MIN(%s)*1.000000000001,%s,", cost, costs, name);
    n++;
  }
  g_string_append (formula, "\"\"");
  for (; n > 0; n--)
    g_string_append_c (formula, ')');
  worksheet_write_formula_str (book->sheets[BE_SHEET_SUMMARY], ROW_CHEAPEST, 1, formula->str,
                               book->formats[BE_CELL_TOTAL],
                               be_plan_label (book->result->cheapest));
  g_string_free (formula, TRUE);
}

/* Cost divided by a cell of the basis. */
static void
write_quotient (BeBook *book, lxw_row_t row, lxw_col_t column, const char *divisor, double value)
{
  g_autofree char *cost = be_book_cell (row, 1);
  g_autofree char *formula = g_strdup_printf ("=IF(%s=0,\"\",%s/(%s))", divisor, cost, divisor);

  if (isfinite (value))
    be_book_formula (book, BE_SHEET_SUMMARY, row, column, BE_CELL_MONEY_FINE, formula, value);
}

static void
write_costs (BeBook *book, BePlanKind kind, lxw_row_t row, const char *costs)
{
  const BePlan *plan = &book->result->plans[kind];
  g_autofree char *total =
      be_book_reference (book, BE_SHEET_PLAN, book->totals[kind], BE_PLAN_AMOUNT);
  g_autofree char *formula = g_strconcat ("=", total, NULL);
  g_autofree char *cell = be_book_cell (row, 1);

  if (!isfinite (plan->per_month_usd)) {
    be_book_text (book, BE_SHEET_SUMMARY, row, 1, BE_CELL_TEXT, _ ("not known"));
    return;
  }
  be_book_formula (book, BE_SHEET_SUMMARY, row, 1, BE_CELL_MONEY, formula, plan->per_month_usd);
  if (costs != NULL) {
    g_autofree char *more = g_strdup_printf ("=%s-MIN(%s)", cell, costs);
    be_book_formula (book, BE_SHEET_SUMMARY, row, 2, BE_CELL_MONEY, more,
                     plan->per_month_usd
                         - book->result->plans[book->result->cheapest].per_month_usd);
  }
  write_quotient (book, row, 3, "$B$4", plan->per_request_usd);
  write_quotient (book, row, 4, "$B$5+$B$6", plan->per_mtok_usd);
  write_quotient (book, row, 5, "$B$5", plan->per_mtok_input_usd);
  write_quotient (book, row, 6, "$B$6", plan->per_mtok_output_usd);
}

static void
write_plan (BeBook *book, BePlanKind kind, lxw_row_t row, const char *costs)
{
  const BePlan *plan = &book->result->plans[kind];
  const BePoolResult *pools = kind == BE_PLAN_HYBRID        ? book->result->hybrid
                              : kind == BE_PLAN_SELF_HOSTED ? book->result->self_hosted
                                                            : NULL;
  g_autofree char *reason = plan->feasible != BE_FEASIBLE
                                ? be_feasibility_sentence (book->scenario, plan)
                                : g_strdup (_ ("yes"));
  int gpus = 0;

  be_book_text (book, BE_SHEET_SUMMARY, row, 0, BE_CELL_TEXT, be_plan_label (kind));
  write_costs (book, kind, row, costs);
  for (size_t i = 0; pools != NULL && i < book->result->n_pools; i++)
    gpus += pools[i].gpus;
  be_book_number (book, BE_SHEET_SUMMARY, row, 7, BE_CELL_PLAIN, pools != NULL ? gpus : NAN);
  be_book_text (book, BE_SHEET_SUMMARY, row, 8, BE_CELL_TEXT, reason);
}

void
be_book_fill_summary (BeBook *book)
{
  const char *const heads[] = { _ ("Plan"),
                                _ ("$/month"),
                                _ ("More than the cheapest"),
                                _ ("$/request"),
                                _ ("$/Mtok"),
                                _ ("$/Mtok of input"),
                                _ ("$/Mtok of output"),
                                _ ("GPUs"),
                                _ ("Can be run"),
                                NULL };
  lxw_row_t rows[BE_N_PLANS] = { 0 }, row = FIRST_PLAN_ROW;
  g_autofree char *costs = NULL;

  worksheet_set_column (book->sheets[BE_SHEET_SUMMARY], 0, 0, 24, NULL);
  worksheet_set_column (book->sheets[BE_SHEET_SUMMARY], 1, 7, 17, NULL);
  worksheet_set_column (book->sheets[BE_SHEET_SUMMARY], 2, 2, 25, NULL); /* its head is long */
  worksheet_set_row (book->sheets[BE_SHEET_SUMMARY], 0, 24, NULL);
  worksheet_set_column (book->sheets[BE_SHEET_SUMMARY], 8, 8, 40, NULL);
  be_book_text (book, BE_SHEET_SUMMARY, 0, 0, BE_CELL_TITLE, be_scenario_get_name (book->scenario));
  be_book_text (book, BE_SHEET_SUMMARY, 1, 0, BE_CELL_NOTE,
                _ ("What LLM inference will cost. The figures follow the rates on the sheet of "
                   "bills."));
  write_basis (book);
  for (int i = 0; i < BE_N_PLANS; i++)
    if (book->result->plans[order[i]].defined)
      rows[order[i]] = row++;
  costs = list_costs (book, rows);
  write_cheapest (book, rows, costs);
  be_book_heads (book, BE_SHEET_SUMMARY, FIRST_PLAN_ROW - 1, "lrrrrrrrl", heads);
  for (int i = 0; i < BE_N_PLANS; i++)
    if (rows[order[i]] > 0)
      write_plan (book, order[i], rows[order[i]], costs);
}

/* One input: a number as it is stored, a choice or text as text. */
static void
write_input (BeBook *book, const BeInput *input, const char *path, lxw_row_t row)
{
  gboolean is_number = input->type == BE_INPUT_NUMBER || input->type == BE_INPUT_WHOLE;
  BeCell cell = input->unit == BE_UNIT_SHARE ? BE_CELL_SHARE : BE_CELL_PLAIN;
  g_autofree char *owner = be_scenario_describe_owner (book->scenario, path);

  be_book_text (book, BE_SHEET_INPUTS, row, 0, BE_CELL_TEXT, path);
  be_book_text (book, BE_SHEET_INPUTS, row, 1, BE_CELL_TEXT, be_input_label (input));
  be_book_text (book, BE_SHEET_INPUTS, row, 2, BE_CELL_TEXT, owner);
  if (is_number) {
    be_book_number (book, BE_SHEET_INPUTS, row, 3, cell,
                    be_scenario_get_number (book->scenario, path));
    be_book_number (book, BE_SHEET_INPUTS, row, 5, cell, input->default_value);
  } else {
    g_autofree char *value = be_report_input_value (book->scenario, input, path);
    g_autofree char *standard = be_report_input_default (input);
    be_book_text (book, BE_SHEET_INPUTS, row, 3, BE_CELL_TEXT, value);
    be_book_text (book, BE_SHEET_INPUTS, row, 5, BE_CELL_TEXT, standard);
  }
  be_book_text (book, BE_SHEET_INPUTS, row, 4, BE_CELL_TEXT, be_unit_suffix (input->unit));
  be_book_text (book, BE_SHEET_INPUTS, row, 6, BE_CELL_TEXT,
                be_scenario_is_set (book->scenario, path) ? _ ("yes") : _ ("no"));
}

void
be_book_fill_inputs (BeBook *book)
{
  static const double widths[] = { 48, 28, 26, 16, 14, 12, 8 };
  const char *const heads[] = { _ ("Path"), _ ("Input"),   _ ("Of"),  _ ("Value"),
                                _ ("Unit"), _ ("Default"), _ ("Set"), NULL };
  g_autoptr (GPtrArray) paths = be_scenario_list_inputs (book->scenario, BE_N_GROUPS);
  lxw_row_t row = 1;

  for (lxw_col_t i = 0; i < G_N_ELEMENTS (widths); i++)
    worksheet_set_column (book->sheets[BE_SHEET_INPUTS], i, i, widths[i], NULL);
  be_book_heads (book, BE_SHEET_INPUTS, 0, "lllrlrl", heads);
  worksheet_freeze_panes (book->sheets[BE_SHEET_INPUTS], 1, 0);
  for (guint i = 0; i < paths->len; i++) {
    const char *path = g_ptr_array_index (paths, i);
    const BeInput *input = be_input_find (path);

    if (input != NULL)
      write_input (book, input, path, row++);
  }
}

void
be_book_fill_offers (BeBook *book)
{
  static const char *const rates[] = { "input",        "output",    "cachedInput", "cacheWrite",
                                       "cacheWrite1h", "reasoning", "batch/input", "batch/output" };
  const char *const heads[] = { _ ("Offer"),
                                _ ("Name"),
                                _ ("Input"),
                                _ ("Output"),
                                _ ("Cached input"),
                                _ ("Cache write"),
                                _ ("Cache write, 1 hour"),
                                _ ("Reasoning"),
                                _ ("Batch input"),
                                _ ("Batch output"),
                                _ ("As of"),
                                _ ("Source"),
                                NULL };
  g_autoptr (GPtrArray) keys = be_report_used_offers (book->scenario, book->input);

  worksheet_set_column (book->sheets[BE_SHEET_OFFERS], 0, 1, 30, NULL);
  worksheet_set_column (book->sheets[BE_SHEET_OFFERS], 2, 10, 14, NULL);
  worksheet_set_column (book->sheets[BE_SHEET_OFFERS], 11, 11, 50, NULL);
  be_book_text (book, BE_SHEET_OFFERS, 0, 0, BE_CELL_NOTE,
                _ ("USD per million tokens. An empty rate is not on the list: it bills like the "
                   "one it falls back to."));
  be_book_heads (book, BE_SHEET_OFFERS, 1, "llrrrrrrrrll", heads);
  worksheet_freeze_panes (book->sheets[BE_SHEET_OFFERS], 2, 1);
  for (guint i = 0; i < keys->len; i++) {
    const char *key = g_ptr_array_index (keys, i);
    g_autofree char *path = be_path_join ("offers", key, NULL);
    g_autofree char *name = be_scenario_get_entity_name (book->scenario, path);
    g_autofree char *as_of = be_report_offer_fact (book->scenario, key, "asOf");
    g_autofree char *source = be_report_offer_fact (book->scenario, key, "source");

    be_book_text (book, BE_SHEET_OFFERS, i + 2, 0, BE_CELL_TEXT, key);
    be_book_text (book, BE_SHEET_OFFERS, i + 2, 1, BE_CELL_TEXT, name);
    for (lxw_col_t rate = 0; rate < G_N_ELEMENTS (rates); rate++)
      be_book_number (book, BE_SHEET_OFFERS, i + 2, rate + 2, BE_CELL_MONEY_FINE,
                      be_report_offer_rate (book->scenario, key, rates[rate]));
    be_book_text (book, BE_SHEET_OFFERS, i + 2, 10, BE_CELL_TEXT, as_of);
    be_book_text (book, BE_SHEET_OFFERS, i + 2, 11, BE_CELL_TEXT, source);
  }
}
