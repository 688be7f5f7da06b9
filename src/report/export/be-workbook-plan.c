/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheet of bills: amounts, reserve and totals as formulas over quantities and rates. */
#include "report/export/be-workbook-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

enum {
  COLUMN_PLAN,
  COLUMN_LINE,
  COLUMN_ITEM,
  COLUMN_OWNER,
  COLUMN_QUANTITY,
  COLUMN_UNIT,
  COLUMN_RATE,
  COLUMN_AMOUNT,
  COLUMN_RESERVE,
};
G_STATIC_ASSERT (COLUMN_AMOUNT == BE_PLAN_AMOUNT);

#define FIRST_ROW 4
#define MAX_FORMULA 4000 /* of the 8,192 characters that are allowed */

/* One plan's lines on their way into rows. */
typedef struct {
  BeBook *book;
  BePlanKind kind;
  const BePlan *plan;
  lxw_row_t first;
  double other_reserve; /* of lines that belong to no workload */
  GHashTable *rates;    /* line's identity and rate -> its cell, over all plans; borrowed */
} Bill;

static lxw_row_t
row_of (const Bill *bill, size_t line)
{
  return bill->first + (lxw_row_t) line;
}

static int
account_of (const BePlanInput *input, int offer)
{
  return offer >= 0 && input->offers[offer].account >= 0 ? input->offers[offer].account : offer;
}

static double
workload_reserve (const Bill *bill, const BeLine *line)
{
  return bill->book->input->workloads[line->workload].buffer;
}

/* The engine gives the reserve as one sum: what the workloads' own lines do not explain is that of
 * pools and of what belongs to an offer as a whole. */
static double
find_other_reserve (const Bill *bill)
{
  const BePlanInput *input = bill->book->input;
  double left = 0, others = 0, rate;

  for (size_t i = 0; i < bill->plan->n_lines; i++) {
    const BeLine *line = &bill->plan->lines[i];

    if (line->kind == BE_LINE_BUFFER)
      left += line->usd;
    else if (line->workload >= 0)
      left -= line->usd * workload_reserve (bill, line);
    else
      others += line->usd;
  }
  rate = others > 0 ? left / others : 0;
  for (size_t i = 0; i < input->n_workloads; i++)
    if (fabs (rate - input->workloads[i].buffer) < 1e-9)
      return input->workloads[i].buffer;
  return fmax (rate, 0);
}

/* "H5:H8,H11": the amounts of lines for which `belongs` holds. */
static char *
list_amounts (const Bill *bill, gboolean (*belongs) (const Bill *, const BeLine *, const BeLine *),
              const BeLine *asking)
{
  GString *list = g_string_new (NULL);
  size_t n = bill->plan->n_lines;

  for (size_t i = 0; i < n; i++) {
    size_t end = i;

    while (end < n && belongs (bill, &bill->plan->lines[end], asking))
      end++;
    if (end == i)
      continue;
    g_autofree char *from = be_book_cell (row_of (bill, i), COLUMN_AMOUNT);
    g_autofree char *to = be_book_cell (row_of (bill, end - 1), COLUMN_AMOUNT);
    g_string_append_printf (list, "%s%s:%s", list->len > 0 ? "," : "", from, to);
    i = end;
  }
  return g_string_free (list, FALSE);
}

static gboolean
is_use_of_account (const Bill *bill, const BeLine *line, const BeLine *asking)
{
  const BePlanInput *input = bill->book->input;

  return line->workload >= 0 && line->route >= 0 && line->kind != BE_LINE_ROUTER
         && account_of (input, line->offer) == account_of (input, asking->offer);
}

static gboolean
is_rent_of_pool (const Bill *bill, const BeLine *line, const BeLine *asking)
{
  return line->pool == asking->pool
         && (line->kind == BE_LINE_RENT || line->kind == BE_LINE_OWNERSHIP
             || line->kind == BE_LINE_COLD_START);
}

/* A rate that stands in an earlier plan already is that cell's, so that one change does for all. */
static void
write_rate (Bill *bill, const BeLine *line, lxw_row_t row, double rate, BeCell cell)
{
  g_autofree char *number = be_json_format_double (rate);
  g_autofree char *identity = g_strdup_printf ("%d %d %d %d %d %s", line->kind, line->workload,
                                               line->route, line->offer, line->pool, number);
  const char *earlier = g_hash_table_lookup (bill->rates, identity);

  if (earlier != NULL) {
    g_autofree char *formula = g_strconcat ("=", earlier, NULL);
    be_book_formula (bill->book, BE_SHEET_PLAN, row, COLUMN_RATE,
                     cell == BE_CELL_RATE ? BE_CELL_MONEY_FINE : BE_CELL_SHARE, formula, rate);
    return;
  }
  be_book_number (bill->book, BE_SHEET_PLAN, row, COLUMN_RATE, cell, rate);
  g_hash_table_insert (bill->rates, g_steal_pointer (&identity), be_book_cell (row, COLUMN_RATE));
}

static void
write_product (Bill *bill, const BeLine *line, lxw_row_t row)
{
  gboolean is_product = isfinite (line->quantity) && isfinite (line->rate_usd);
  double quantity = is_product ? be_line_quantity (line) : 1;
  double rate = is_product ? line->rate_usd : line->usd;
  g_autofree char *a = be_book_cell (row, COLUMN_QUANTITY);
  g_autofree char *b = be_book_cell (row, COLUMN_RATE);
  g_autofree char *formula = g_strdup_printf ("=%s*%s", a, b);

  /* Reserved and on-demand hours in one line have a mean rate. */
  if (is_product && fabs (quantity * rate - line->usd) > 1e-9 * fabs (line->usd) && quantity > 0)
    rate = line->usd / quantity;
  be_book_number (bill->book, BE_SHEET_PLAN, row, COLUMN_QUANTITY, BE_CELL_NUMBER, quantity);
  be_book_text (bill->book, BE_SHEET_PLAN, row, COLUMN_UNIT, BE_CELL_TEXT,
                is_product ? be_line_quantity_unit (line->kind, NULL) : _ ("month"));
  write_rate (bill, line, row, rate, BE_CELL_RATE);
  be_book_formula (bill->book, BE_SHEET_PLAN, row, COLUMN_AMOUNT, BE_CELL_MONEY, formula,
                   line->usd);
}

/* Storage, egress, monitoring: a share of the pool's rent. FALSE when the bill says otherwise. */
static gboolean
write_overhead (Bill *bill, const BeLine *line, lxw_row_t row)
{
  double share = bill->book->input->pools[line->pool].overhead_share, rent = 0;
  g_autofree char *amounts = list_amounts (bill, is_rent_of_pool, line);
  g_autofree char *rate = be_book_cell (row, COLUMN_RATE);
  g_autofree char *formula = g_strdup_printf ("=%s*SUM(%s)", rate, amounts);

  for (size_t i = 0; i < bill->plan->n_lines; i++)
    if (is_rent_of_pool (bill, &bill->plan->lines[i], line))
      rent += bill->plan->lines[i].usd;
  if (amounts[0] == '\0' || fabs (rent * share - line->usd) > 1e-9 * fabs (line->usd))
    return FALSE;
  be_book_text (bill->book, BE_SHEET_PLAN, row, COLUMN_UNIT, BE_CELL_TEXT, _ ("share of the rent"));
  write_rate (bill, line, row, share, BE_CELL_SHARE_RATE);
  be_book_formula (bill->book, BE_SHEET_PLAN, row, COLUMN_AMOUNT, BE_CELL_MONEY, formula,
                   line->usd);
  return TRUE;
}

/* What the use of an offer leaves of its commitment. */
static gboolean
write_shortfall (Bill *bill, const BeLine *line, lxw_row_t row)
{
  double commitment = bill->book->input->offers[line->offer].commitment_usd_per_month;
  g_autofree char *amounts = list_amounts (bill, is_use_of_account, line);
  g_autofree char *rate = be_book_cell (row, COLUMN_RATE);
  g_autofree char *formula = g_strdup_printf ("=MAX(%s-SUM(%s),0)", rate, amounts);

  if (amounts[0] == '\0' || strlen (amounts) > MAX_FORMULA)
    return FALSE;
  be_book_text (bill->book, BE_SHEET_PLAN, row, COLUMN_UNIT, BE_CELL_TEXT, _ ("committed"));
  write_rate (bill, line, row, commitment, BE_CELL_RATE);
  be_book_formula (bill->book, BE_SHEET_PLAN, row, COLUMN_AMOUNT, BE_CELL_MONEY, formula,
                   line->usd);
  return TRUE;
}

static void
write_line (Bill *bill, const BeLine *line, lxw_row_t row)
{
  BeBook *book = bill->book;
  g_autofree char *label = be_line_label (book->scenario, line);
  g_autofree char *owner = line->offer >= 0
                               ? g_strdup (be_scenario_offer_key (book->scenario, line->offer))
                           : line->pool >= 0 ? be_pool_name (book->scenario, line->pool)
                                             : g_strdup ("");

  g_strdelimit (owner, "\n", ' ');
  be_book_text (book, BE_SHEET_PLAN, row, COLUMN_PLAN, BE_CELL_TEXT, be_plan_label (bill->kind));
  be_book_text (book, BE_SHEET_PLAN, row, COLUMN_LINE, BE_CELL_TEXT, label);
  be_book_text (book, BE_SHEET_PLAN, row, COLUMN_ITEM, BE_CELL_TEXT,
                be_line_kind_label (line->kind));
  be_book_text (book, BE_SHEET_PLAN, row, COLUMN_OWNER, BE_CELL_TEXT, owner);
  be_book_number (book, BE_SHEET_PLAN, row, COLUMN_RESERVE, BE_CELL_SHARE_RATE,
                  line->workload >= 0 ? workload_reserve (bill, line) : bill->other_reserve);
  if (line->kind == BE_LINE_OVERHEAD && write_overhead (bill, line, row))
    return;
  if (line->kind == BE_LINE_COMMITMENT_SHORTFALL && write_shortfall (bill, line, row))
    return;
  write_product (bill, line, row);
}

/* Reserve and total below the lines. Returns the row after them. */
static lxw_row_t
write_sums (Bill *bill, lxw_row_t row, double reserve)
{
  BeBook *book = bill->book;
  g_autofree char *first = be_book_cell (bill->first, COLUMN_AMOUNT);
  g_autofree char *last = be_book_cell (row - 1, COLUMN_AMOUNT);
  g_autofree char *first_share = be_book_cell (bill->first, COLUMN_RESERVE);
  g_autofree char *last_share = be_book_cell (row - 1, COLUMN_RESERVE);
  g_autofree char *kept = be_book_cell (row, COLUMN_AMOUNT);
  g_autofree char *product =
      g_strdup_printf ("=SUMPRODUCT(%s:%s,%s:%s)", first, last, first_share, last_share);
  g_autofree char *sum = g_strdup_printf ("=SUM(%s:%s)", first, kept);

  be_book_text (book, BE_SHEET_PLAN, row, COLUMN_PLAN, BE_CELL_TEXT, be_plan_label (bill->kind));
  be_book_text (book, BE_SHEET_PLAN, row, COLUMN_LINE, BE_CELL_TEXT,
                be_line_kind_label (BE_LINE_BUFFER));
  be_book_formula (book, BE_SHEET_PLAN, row++, COLUMN_AMOUNT, BE_CELL_MONEY, product, reserve);
  for (lxw_col_t column = 0; column <= COLUMN_RESERVE; column++)
    worksheet_write_blank (book->sheets[BE_SHEET_PLAN], row, column, book->formats[BE_CELL_TOTAL]);
  be_book_text (book, BE_SHEET_PLAN, row, COLUMN_PLAN, BE_CELL_TOTAL, be_plan_label (bill->kind));
  if (isfinite (bill->plan->per_month_usd)) {
    be_book_text (book, BE_SHEET_PLAN, row, COLUMN_LINE, BE_CELL_TOTAL, _ ("Total"));
    be_book_formula (book, BE_SHEET_PLAN, row, COLUMN_AMOUNT, BE_CELL_TOTAL_MONEY, sum,
                     bill->plan->per_month_usd);
  } else {
    g_autofree char *reason = be_feasibility_sentence (book->scenario, bill->plan);
    be_book_text (book, BE_SHEET_PLAN, row, COLUMN_LINE, BE_CELL_TOTAL, reason);
    be_book_text (book, BE_SHEET_PLAN, row, COLUMN_AMOUNT, BE_CELL_TOTAL, _ ("not known"));
  }
  book->totals[bill->kind] = row;
  return row + 2;
}

static lxw_row_t
write_bill (Bill *bill)
{
  lxw_row_t row = bill->first;
  double reserve = 0;

  bill->other_reserve = find_other_reserve (bill);
  /* The engine's last line is the reserve, so lines and rows go together. */
  for (size_t i = 0; i < bill->plan->n_lines; i++) {
    if (bill->plan->lines[i].kind == BE_LINE_BUFFER)
      reserve += bill->plan->lines[i].usd;
    else
      write_line (bill, &bill->plan->lines[i], row++);
  }
  if (row == bill->first)
    be_book_text (bill->book, BE_SHEET_PLAN, row++, COLUMN_LINE, BE_CELL_NOTE,
                  _ ("nothing is billed"));
  return write_sums (bill, row, reserve);
}

void
be_book_fill_plan (BeBook *book)
{
  static const double widths[] = { 13, 44, 26, 30, 15, 16, 14, 16, 11 };
  const char *const heads[] = { _ ("Plan"),     _ ("Line"), _ ("Item"), _ ("Offer or pool"),
                                _ ("Quantity"), _ ("Unit"), _ ("Rate"), _ ("$/month"),
                                _ ("Reserve"),  NULL };
  g_autoptr (GHashTable) rates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  lxw_worksheet *sheet = book->sheets[BE_SHEET_PLAN];
  lxw_row_t row = FIRST_ROW;

  for (lxw_col_t i = 0; i < G_N_ELEMENTS (widths); i++)
    worksheet_set_column (sheet, i, i, widths[i], NULL);
  be_book_text (book, BE_SHEET_PLAN, 0, 0, BE_CELL_TITLE, _ ("Bills"));
  be_book_text (book, BE_SHEET_PLAN, 1, 0, BE_CELL_NOTE,
                _ ("Rates and reserves in blue may be changed: amounts, totals and the summary "
                   "follow. Quantities are those of the scenario."));
  be_book_heads (book, BE_SHEET_PLAN, FIRST_ROW - 1, "llllrlrrr", heads);
  worksheet_freeze_panes (sheet, FIRST_ROW, 0);
  worksheet_repeat_rows (sheet, FIRST_ROW - 1, FIRST_ROW - 1);
  for (int kind = 0; kind < BE_N_PLANS; kind++) {
    Bill bill = {
      .book = book, .kind = kind, .plan = &book->result->plans[kind], .first = row, .rates = rates
    };
    if (bill.plan->defined)
      row = write_bill (&bill);
  }
}
