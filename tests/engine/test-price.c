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

static const char *const rate_columns[BE_N_RATES] = {
  [BE_RATE_INPUT] = "price_input_mtok",
  [BE_RATE_OUTPUT] = "price_output_mtok",
  [BE_RATE_CACHED_INPUT] = "price_cached_mtok",
  [BE_RATE_CACHE_WRITE] = "price_cache_write_mtok",
  [BE_RATE_CACHE_WRITE_1H] = "price_cache_write_1h_mtok",
  [BE_RATE_REASONING] = "price_reasoning_mtok",
};

static void
add_tier (BeOffer *offer, double threshold, bool at_least)
{
  offer->tiers = g_renew (BeTier, offer->tiers, offer->n_tiers + 1);
  BeTier *tier = &offer->tiers[offer->n_tiers++];
  *tier = (BeTier){ .threshold = threshold, .at_least = at_least };
  be_rates_init (&tier->standard);
  be_rates_init (&tier->batch);
}

/* The tiers of the one published offer that has different ones for input and output. */
static void
add_many_tiers (BeOffer *offer)
{
  static const struct {
    double threshold, input, output;
  } tiers[] = { { 100000, 2, 3 }, { 200000, 2, 5 }, { 500000, 3, 5 }, { 1000000, 5, 8 } };
  for (guint i = 0; i < G_N_ELEMENTS (tiers); i++) {
    add_tier (offer, tiers[i].threshold, false);
    offer->tiers[i].standard.per_mtok[BE_RATE_INPUT] = tiers[i].input;
    offer->tiers[i].standard.per_mtok[BE_RATE_OUTPUT] = tiers[i].output;
  }
  offer->standard.per_mtok[BE_RATE_INPUT] = 1;
  offer->standard.per_mtok[BE_RATE_OUTPUT] = 3;
}

/* The row's rates are those in force for it. They stand in the tier that the row's rule says is
 * passed, with wrong ones everywhere else, so that only the right tier gives the right price; and
 * as batch rates where the row is a batch. Rules that are another engine's own (by the parts, by
 * total tokens) have no tier of ours: they test the arithmetic. */
static void
set_rates (BeOffer *offer, GPtrArray *header, GPtrArray *row, double prompt, guint *n_tiered)
{
  const double wrong = 977;
  const char *rule = field (header, row, "tier_rule");
  const char *limit = strstr (rule, "prompt_total > ");
  bool batch = number (header, row, "batch", 0) > 0;

  if (strstr (rule, "3 input tiers") != NULL) {
    add_many_tiers (offer);
    ++*n_tiered;
    return;
  }
  BeRates *rates = batch ? &offer->batch : &offer->standard;
  if (limit != NULL) {
    double threshold = g_ascii_strtod (limit + strlen ("prompt_total > "), NULL);
    add_tier (offer, threshold, false);
    for (int key = 0; key < BE_N_RATES; key++)
      offer->standard.per_mtok[key] = offer->tiers[0].standard.per_mtok[key] = wrong;
    rates = prompt > threshold ? &offer->tiers[0].standard : &offer->standard;
    ++*n_tiered;
  }
  for (int key = 0; key < BE_N_RATES; key++) {
    double rate = number (header, row, rate_columns[key], NAN);
    rates->per_mtok[key] = rate;
    if (batch) {
      offer->standard.per_mtok[key] = isnan (rate) ? NAN : wrong;
      if (key == BE_RATE_CACHED_INPUT && number (header, row, "cached_read_tokens", 0) == 0)
        rates->per_mtok[key] = NAN;
    }
  }
}

static void
check_row (GPtrArray *header, GPtrArray *row, const char *where, guint *n_tiered)
{
  BeOffer offer;
  BeRequestCost cost;
  be_offer_init (&offer);
  BeRequest request = { .window = -1, .batch = number (header, row, "batch", 0) > 0 };
  request.cached = number (header, row, "cached_read_tokens", 0);
  request.cache_write_1h = number (header, row, "cache_write_1h_tokens", 0);
  request.cache_write = number (header, row, "cache_write_tokens", 0) - request.cache_write_1h;
  double prompt = number (header, row, "prompt_tokens_total", 0);
  request.fresh = prompt - request.cached - request.cache_write - request.cache_write_1h;
  request.reasoning = number (header, row, "reasoning_tokens_in_output", 0);
  request.output = number (header, row, "output_tokens", 0) - request.reasoning;
  request.searches = number (header, row, "web_searches", 0);
  set_rates (&offer, header, row, prompt, n_tiered);
  offer.per_request_usd = number (header, row, "price_request_each", 0);
  offer.web_search_per_1000_usd = number (header, row, "price_search_each", 0) * 1000;
  BeStatus status = be_price_request (&offer, &request, &cost);
  double expected = number (header, row, "expected_total_usd", NAN);
  bool unpriced = *field (header, row, "price_input_mtok") == '\0'
                  && *field (header, row, "price_output_mtok") == '\0' && offer.n_tiers == 0
                  && request.fresh + request.output > 0;
  if (unpriced ? status != BE_MISSING_PRICE
               : status != BE_OK || !(fabs (cost.total_usd - expected) <= 1e-9)) {
    g_test_message ("%s: status %d, got %.12g, expected %.12g", where, status, cost.total_usd,
                    expected);
    g_test_fail ();
  }
  be_offer_clear (&offer);
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
  guint rows = 0, tiered = 0;
  for (guint i = 1; lines[i] != NULL; i++) {
    if (*lines[i] == '\0')
      continue;
    g_autoptr (GPtrArray) row = split_line (lines[i]);
    g_autofree char *where = g_strdup_printf ("%s line %u", name, i + 1);
    check_row (header, row, where, &tiered);
    rows++;
  }
  g_test_message ("%u rows, %u through a tier's threshold", rows, tiered);
  g_assert_cmpuint (rows, >, 100);
  if (strcmp (name, "hosted-cost-cases.csv") == 0)
    g_assert_cmpuint (tiered, >=, 27);
}

/* A row without any price is an error, not the nought that its list gives. */
static void
test_unpriced_row (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("BE_TEST_CASES"), "hosted-cost-bulk.csv", NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GPtrArray) header = split_line (lines[0]);
  guint found = 0;
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_autoptr (GPtrArray) row = split_line (lines[i]);
    if (*field (header, row, "price_input_mtok") != '\0')
      continue;
    BeOffer offer;
    BeRequestCost cost;
    be_offer_init (&offer);
    BeRequest request = { .window = -1, .fresh = number (header, row, "prompt_tokens_total", 0) };
    g_assert_cmpstr (field (header, row, "provider"), ==, "cerebras");
    g_assert_cmpfloat (request.fresh, >, 0);
    g_assert_cmpint (be_price_request (&offer, &request, &cost), ==, BE_MISSING_PRICE);
    g_assert_cmpint (cost.missing, ==, BE_RATE_INPUT);
    found++;
  }
  g_assert_cmpuint (found, ==, 1);
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
  add_tier (&offer, 200000, false);
  offer.tiers[0].standard.per_mtok[BE_RATE_INPUT] = 6;
  for (int i = 0; i < 4; i++) {
    BeRequest request = { .fresh = prompts[i], .window = -1 };
    BeExpectedRequest alike = { .prompt_mean = prompts[i], .window = -1 };
    g_assert_cmpint (be_price_request (&offer, &request, &cost), ==, BE_OK);
    g_assert_cmpfloat_with_epsilon (cost.total_usd, expected[i], 1e-12);
    g_assert_cmpint (be_price_expected (&offer, &alike, &cost), ==, BE_OK);
    g_assert_cmpfloat_with_epsilon (cost.total_usd, expected[i], 1e-12);
  }
  offer.tiers[0].at_least = true;
  BeRequest request = { .fresh = 150000, .cached = 40000, .cache_write = 10000, .window = -1 };
  BeExpectedRequest alike = { .prompt_mean = 200000, .window = -1 };
  g_assert_cmpint (be_price_request (&offer, &request, &cost), ==, BE_OK);
  g_assert_cmpfloat_with_epsilon (cost.total_usd, 1.2, 1e-12);
  g_assert_cmpint (be_price_expected (&offer, &alike, &cost), ==, BE_OK);
  g_assert_cmpfloat_with_epsilon (cost.total_usd, 1.2, 1e-12);
  be_offer_clear (&offer);
}

static double
draw_lognormal (GRand *rand, double mean, double cv)
{
  double s = sqrt (log1p (cv * cv)), mu = log (mean) - s * s / 2;
  double u = 1 - g_rand_double (rand), v = g_rand_double (rand);
  return exp (mu + s * sqrt (-2 * log (u)) * cos (2 * G_PI * v));
}

/* The closed form against 10^6 single requests of the exact price, tiers, cache and batch in. */
static void
test_expected_is_the_mean (void)
{
  static const struct {
    double mean, cv, read, write;
    bool at_least, batch, hour;
  } cases[] = {
    { 90000, 0.9, 0, 0, false, false, false },    { 220000, 1.5, 0.5, 0.2, true, false, false },
    { 400000, 0.3, 0.2, 0.1, false, true, true }, { 2000, 4, 0.9, 0.05, false, false, false },
    { 1e6, 0.05, 0, 1, true, true, false },
  };
  const int samples = 1000000;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261124);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    BeOffer offer;
    BeRequestCost cost;
    be_offer_init (&offer);
    add_many_tiers (&offer);
    offer.standard.per_mtok[BE_RATE_CACHED_INPUT] = 0.1;
    offer.standard.per_mtok[BE_RATE_CACHE_WRITE] = 1.25;
    offer.batch.per_mtok[BE_RATE_INPUT] = 0.5;
    offer.tiers[2].standard.per_mtok[BE_RATE_CACHED_INPUT] = 0.4;
    offer.tiers[1].batch.per_mtok[BE_RATE_OUTPUT] = 2;
    for (size_t tier = 0; tier < offer.n_tiers; tier++)
      offer.tiers[tier].at_least = cases[i].at_least;
    BeExpectedRequest expected = { .prompt_mean = cases[i].mean,
                                   .prompt_cv = cases[i].cv,
                                   .read_share = cases[i].read,
                                   .write_share = cases[i].write,
                                   .write_1h = cases[i].hour,
                                   .output = 700,
                                   .reasoning = 300,
                                   .batch = cases[i].batch,
                                   .window = -1 };
    g_assert_cmpint (be_price_expected (&offer, &expected, &cost), ==, BE_OK);
    double closed = cost.total_usd, sum = 0, squares = 0;
    for (int sample = 0; sample < samples; sample++) {
      double prompt = draw_lognormal (rand, cases[i].mean, cases[i].cv);
      BeRequest request = { .cached = prompt * cases[i].read,
                            .output = 700,
                            .reasoning = 300,
                            .batch = cases[i].batch,
                            .window = -1 };
      *(cases[i].hour ? &request.cache_write_1h : &request.cache_write) = prompt * cases[i].write;
      request.fresh =
          fmax (prompt - request.cached - request.cache_write - request.cache_write_1h, 0);
      g_assert_cmpint (be_price_request (&offer, &request, &cost), ==, BE_OK);
      sum += cost.total_usd;
      squares += cost.total_usd * cost.total_usd;
    }
    double mean = sum / samples;
    double error = sqrt ((squares / samples - mean * mean) / samples);
    g_test_message ("case %u: closed %.9g, simulated %.9g, off by %.2f standard errors", i, closed,
                    mean, (closed - mean) / error);
    g_assert_cmpfloat (fabs (closed - mean), <=, 3 * error);
    be_offer_clear (&offer);
  }
}

/* Whatever the tiers, their shares of requests and of tokens are parts of a whole. */
static void
test_tiers_share_everything (void)
{
  for (int i = 0; i < 500; i++) {
    BeOffer offer;
    BeRequestCost cost;
    be_offer_init (&offer);
    offer.standard.per_mtok[BE_RATE_INPUT] = 3;
    offer.standard.per_mtok[BE_RATE_OUTPUT] = 15;
    double threshold = 0;
    for (int tier = g_test_rand_int_range (0, 5); tier > 0; tier--) {
      add_tier (&offer, threshold += g_test_rand_double_range (1, 400000), g_test_rand_bit ());
      offer.tiers[offer.n_tiers - 1].standard = offer.standard;
    }
    BeExpectedRequest request = { .prompt_mean = g_test_rand_double_range (1, 1e6),
                                  .prompt_cv = g_test_rand_double_range (0, 3),
                                  .read_share = 0.25,
                                  .output = 1000,
                                  .window = -1 };
    g_assert_cmpint (be_price_expected (&offer, &request, &cost), ==, BE_OK);
    g_assert_cmpfloat_with_epsilon (cost.total_usd, (3 * request.prompt_mean + 15000) / 1e6,
                                    1e-12 * request.prompt_mean);
    be_offer_clear (&offer);
  }
}

static double
price (const BeOffer *offer, BeRequest request)
{
  BeRequestCost cost;
  g_assert_cmpint (be_price_request (offer, &request, &cost), ==, BE_OK);
  return cost.total_usd * 1e6;
}

static void
test_fallbacks (void)
{
  BeOffer offer;
  BeRequestCost cost;
  be_offer_init (&offer);
  double *standard = offer.standard.per_mtok, *batch = offer.batch.per_mtok;
  standard[BE_RATE_INPUT] = 8;
  batch[BE_RATE_INPUT] = 4;
  standard[BE_RATE_OUTPUT] = 20;
  batch[BE_RATE_OUTPUT] = 10;
  /* No rate of its own: bills like the key it falls back to, batch included. */
  g_assert_cmpfloat (price (&offer, (BeRequest){ .cached = 1, .window = -1 }), ==, 8);
  g_assert_cmpfloat (price (&offer, (BeRequest){ .cached = 1, .batch = true, .window = -1 }), ==,
                     4);
  g_assert_cmpfloat (
      price (&offer, (BeRequest){ .cache_write_1h = 1, .batch = true, .window = -1 }), ==, 4);
  g_assert_cmpfloat (price (&offer, (BeRequest){ .reasoning = 1, .batch = true, .window = -1 }), ==,
                     10);
  /* A standard rate but no batch rate: no discount. */
  standard[BE_RATE_CACHED_INPUT] = 0.8;
  standard[BE_RATE_CACHE_WRITE] = 10;
  standard[BE_RATE_REASONING] = 30;
  g_assert_cmpfloat (price (&offer, (BeRequest){ .cached = 1, .batch = true, .window = -1 }), ==,
                     0.8);
  g_assert_cmpfloat (
      price (&offer, (BeRequest){ .cache_write_1h = 1, .batch = true, .window = -1 }), ==, 10);
  g_assert_cmpfloat (price (&offer, (BeRequest){ .reasoning = 1, .batch = true, .window = -1 }), ==,
                     30);
  standard[BE_RATE_CACHE_WRITE_1H] = 16;
  g_assert_cmpfloat (price (&offer, (BeRequest){ .cache_write_1h = 1, .window = -1 }), ==, 16);
  /* Above a tier a batch rate that is not named keeps the base's proportion. */
  add_tier (&offer, 100, false);
  offer.tiers[0].standard.per_mtok[BE_RATE_INPUT] = 16;
  offer.tiers[0].standard.per_mtok[BE_RATE_OUTPUT] = 30;
  offer.tiers[0].batch.per_mtok[BE_RATE_OUTPUT] = 12;
  g_assert_cmpfloat_with_epsilon (
      price (&offer, (BeRequest){ .fresh = 200, .output = 1, .batch = true, .window = -1 }),
      200 * 8 + 12, 1e-9);
  g_assert_cmpfloat_with_epsilon (price (&offer, (BeRequest){ .cached = 200, .window = -1 }),
                                  200 * 0.8, 1e-9);
  /* A fee takes the offer's discount, but none for batch. */
  offer.per_request_usd = 0.01;
  offer.web_search_per_1000_usd = 10;
  g_assert_cmpfloat_with_epsilon (
      price (&offer, (BeRequest){ .searches = 3, .batch = true, .window = -1 }), 4e4, 1e-6);
  offer.discount = 0.25;
  g_assert_cmpfloat_with_epsilon (
      price (&offer, (BeRequest){ .fresh = 10, .searches = 3, .window = -1 }), 3e4 + 60, 1e-6);
  /* Unknown is an error as soon as one token is billed, and only then. */
  standard[BE_RATE_OUTPUT] = batch[BE_RATE_OUTPUT] = NAN;
  BeRequest answer = { .fresh = 1, .output = 1, .window = -1 };
  BeRequest embedding = { .fresh = 1, .window = -1 };
  g_assert_cmpint (be_price_request (&offer, &answer, &cost), ==, BE_MISSING_PRICE);
  g_assert_cmpint (cost.missing, ==, BE_RATE_OUTPUT);
  g_assert_cmpint (be_price_request (&offer, &embedding, &cost), ==, BE_OK);
  BeRequest bad = { .fresh = -1, .window = -1 };
  g_assert_cmpint (be_price_request (&offer, &bad, &cost), ==, BE_INVALID);
  bad.fresh = NAN;
  g_assert_cmpint (be_price_request (&offer, &bad, &cost), ==, BE_INVALID);
  be_offer_clear (&offer);
}

static void
test_windows (void)
{
  BeOffer offer;
  be_offer_init (&offer);
  offer.standard.per_mtok[BE_RATE_INPUT] = 2;
  offer.standard.per_mtok[BE_RATE_OUTPUT] = 6;
  offer.batch.per_mtok[BE_RATE_INPUT] = 1;
  offer.windows = g_new0 (BeWindow, 1);
  offer.n_windows = 1;
  be_rates_init (&offer.windows[0].standard);
  be_rates_init (&offer.windows[0].batch);
  offer.windows[0].standard.per_mtok[BE_RATE_INPUT] = 4;
  add_tier (&offer, 1000, false);
  offer.tiers[0].standard.per_mtok[BE_RATE_INPUT] = 5;
  BeRequest request = { .fresh = 100, .output = 10, .window = 0 };
  g_assert_cmpfloat_with_epsilon (price (&offer, request), 460, 1e-9);
  request.batch = true; /* half of the window's */
  g_assert_cmpfloat_with_epsilon (price (&offer, request), 260, 1e-9);
  request = (BeRequest){ .fresh = 2000, .output = 10, .window = 0 };
  g_assert_cmpfloat_with_epsilon (price (&offer, request), 10060, 1e-9);
  be_offer_clear (&offer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/price/cases", "hosted-cost-cases.csv", test_cases);
  g_test_add_data_func ("/price/bulk", "hosted-cost-bulk.csv", test_cases);
  g_test_add_func ("/price/unpriced-row", test_unpriced_row);
  g_test_add_func ("/price/cliff", test_cliff);
  g_test_add_func ("/price/expected-is-the-mean", test_expected_is_the_mean);
  g_test_add_func ("/price/tiers-share-everything", test_tiers_share_everything);
  g_test_add_func ("/price/fallbacks", test_fallbacks);
  g_test_add_func ("/price/windows", test_windows);
  return g_test_run ();
}
