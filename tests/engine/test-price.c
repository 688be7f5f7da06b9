/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prices of single requests against published cases, and in expectation against samples. */
#include "engine/be-price.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* One line's fields; quotes hide commas. */
static GPtrArray *
split_line (const char *line)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_free);
  GString *field = g_string_new (NULL);
  gboolean quoted = FALSE;
  for (const char *c = line; *c != '\0' && *c != '\r'; c++) {
    if (*c == '"')
      quoted = !quoted;
    else if (*c == ',' && !quoted) {
      g_ptr_array_add (fields, g_strdup (field->str));
      g_string_truncate (field, 0);
    } else
      g_string_append_c (field, *c);
  }
  g_ptr_array_add (fields, g_string_free (field, FALSE));
  return fields;
}

static const char *
field (GPtrArray *header, GPtrArray *row, const char *name)
{
  for (guint i = 0; i < header->len && i < row->len; i++)
    if (g_str_equal (header->pdata[i], name))
      return row->pdata[i];
  return "";
}

static double
number (GPtrArray *header, GPtrArray *row, const char *name, double absent)
{
  const char *text = field (header, row, name);
  return *text == '\0' ? absent : g_ascii_strtod (text, NULL);
}

/* The row's rates are those in force for it, so they stand as an offer's base rates. */
static void
check_row (GPtrArray *header, GPtrArray *row, const char *expected_column, const char *where)
{
  BeOffer offer;
  BeRequestCost cost;
  be_offer_init (&offer);
  double *rates = offer.standard.per_mtok;
  rates[BE_RATE_INPUT] = number (header, row, "price_input_mtok", NAN);
  rates[BE_RATE_OUTPUT] = number (header, row, "price_output_mtok", NAN);
  rates[BE_RATE_CACHED_INPUT] = number (header, row, "price_cached_mtok", NAN);
  rates[BE_RATE_CACHE_WRITE] = number (header, row, "price_cache_write_mtok", NAN);
  rates[BE_RATE_CACHE_WRITE_1H] = number (header, row, "price_cache_write_1h_mtok", NAN);
  rates[BE_RATE_REASONING] = number (header, row, "price_reasoning_mtok", NAN);
  offer.per_request_usd = number (header, row, "price_request_each", 0);
  offer.web_search_per_1000_usd = number (header, row, "price_search_each", 0) * 1000;
  BeRequest request = { .window = -1 };
  request.cached = number (header, row, "cached_read_tokens", 0);
  request.cache_write_1h = number (header, row, "cache_write_1h_tokens", 0);
  request.cache_write = number (header, row, "cache_write_tokens", 0) - request.cache_write_1h;
  request.fresh = number (header, row, "prompt_tokens_total", 0) - request.cached
                  - request.cache_write - request.cache_write_1h;
  request.reasoning = number (header, row, "reasoning_tokens_in_output", 0);
  request.output = number (header, row, "output_tokens", 0) - request.reasoning;
  request.searches = number (header, row, "web_searches", 0);
  BeStatus status = be_price_request (&offer, &request, &cost);
  if (isnan (rates[BE_RATE_INPUT]) && isnan (rates[BE_RATE_OUTPUT])
      && request.fresh + request.output > 0) {
    g_assert_cmpint (status, ==, BE_MISSING_PRICE);
    return;
  }
  double expected = number (header, row, expected_column, NAN);
  if (status != BE_OK || !(fabs (cost.total_usd - expected) <= 1e-9)) {
    g_test_message ("%s: got %.12g, expected %.12g", where, cost.total_usd, expected);
    g_test_fail ();
  }
}

static void
test_cases (gconstpointer data)
{
  const char *name = data;
  g_autofree char *path = g_build_filename (g_getenv ("BE_TEST_CASES"), name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GPtrArray) header = split_line (lines[0]);
  guint rows = 0;
  for (guint i = 1; lines[i] != NULL; i++) {
    if (*lines[i] == '\0')
      continue;
    g_autoptr (GPtrArray) row = split_line (lines[i]);
    g_autofree char *where = g_strdup_printf ("%s line %u", name, i + 1);
    check_row (header, row, "expected_total_usd", where);
    rows++;
  }
  g_assert_cmpuint (rows, >, 100);
}

static void
test_cliff (void)
{
  static const double prompts[] = { 100000, 200000, 200001, 1000000 };
  static const double expected[] = { 0.3, 0.6, 1.200006, 6 };
  BeOffer offer;
  BeRequestCost cost;
  be_offer_init (&offer);
  offer.standard.per_mtok[BE_RATE_INPUT] = 3;
  offer.tiers = g_new0 (BeTier, 1);
  offer.n_tiers = 1;
  be_rates_init (&offer.tiers[0].standard);
  be_rates_init (&offer.tiers[0].batch);
  offer.tiers[0].threshold = 200000;
  offer.tiers[0].standard.per_mtok[BE_RATE_INPUT] = 6;
  for (int i = 0; i < 4; i++) {
    BeRequest request = { .fresh = prompts[i], .window = -1 };
    g_assert_cmpint (be_price_request (&offer, &request, &cost), ==, BE_OK);
    g_assert_cmpfloat_with_epsilon (cost.total_usd, expected[i], 1e-12);
  }
  BeExpectedRequest mean = { .prompt_mean = 150000, .prompt_cv = 0.8, .window = -1 };
  g_assert_cmpint (be_price_expected (&offer, &mean, &cost), ==, BE_OK);
  double s = sqrt (log1p (0.64)), mu = log (150000) - s * s / 2, sum = 0;
  const int samples = 400000;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260923);
  g_test_message ("seed 20260923");
  for (int i = 0; i < samples; i++) {
    double u = 1 - g_rand_double (rand), v = g_rand_double (rand);
    double length = exp (mu + s * sqrt (-2 * log (u)) * cos (2 * G_PI * v));
    sum += length * (length > 200000 ? 6 : 3) / 1e6;
  }
  g_assert_cmpfloat_with_epsilon (cost.total_usd, sum / samples, 0.01 * cost.total_usd);
  be_offer_clear (&offer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/price/cases", "hosted-cost-cases.csv", test_cases);
  g_test_add_data_func ("/price/bulk", "hosted-cost-bulk.csv", test_cases);
  g_test_add_func ("/price/cliff", test_cliff);
  return g_test_run ();
}
