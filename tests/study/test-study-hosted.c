/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Caching by arrivals, offers side by side, a fine-tuned model against a large one. */
#include "study-inputs.h"

#include <math.h>

#define assert_near(value, expected)                                                               \
  g_assert_cmpfloat_with_epsilon ((value), (expected), 1e-9 * fabs ((double) (expected)))

enum { LARGE, SMALL, N_OFFERS };

/* 24,000 requests a day of 500 + 500 and 100 tokens; the large offer has a cache. */
static void
start (BePlanInput *input)
{
  study_hosted (input, N_OFFERS);
  double *large = input->offers[LARGE].standard.per_mtok;
  large[BE_RATE_INPUT] = 3;
  large[BE_RATE_OUTPUT] = 15;
  large[BE_RATE_CACHED_INPUT] = 0.3;
  large[BE_RATE_CACHE_WRITE] = 3.75;
  large[BE_RATE_CACHE_WRITE_1H] = 6;
  input->offers[SMALL].standard.per_mtok[BE_RATE_INPUT] = 0.3;
  input->offers[SMALL].standard.per_mtok[BE_RATE_OUTPUT] = 1.2;
  BeWorkload *workload = input->workloads;
  workload->system = 500;
  workload->input = 500;
  workload->n_routes = 1;
  workload->routes[0] = (BeRoute){ LARGE, 1, 0.9, 1, false };
}

static void
test_caching (void)
{
  BePlanInput input;
  BeCacheCase cases[BE_N_CACHE_CASES];
  GError *error = NULL;
  start (&input);
  input.workloads[0].cache_prefixes = 100;
  g_assert_true (be_study_caching (&input, 0, 1, cases, &error));
  /* 10 requests an hour for each prefix: 5/6 in five minutes, 10 in an hour; half repeats. */
  double hit_5 = 1 - exp (-10 / 12.0), hit_60 = 1 - exp (-10);
  assert_near (cases[0].per_month_usd, 720 * (3 + 1.5));
  assert_near (cases[0].prefix_share, 0.5);
  assert_near (cases[1].hit, hit_5);
  assert_near (cases[2].hit, hit_60);
  assert_near (cases[1].per_month_usd,
               720 * (1.5 + 0.5 * (hit_5 * 0.3 + (1 - hit_5) * 3.75) + 1.5));
  assert_near (cases[2].per_month_usd, 720 * (1.5 + 0.5 * (hit_60 * 0.3 + (1 - hit_60) * 6) + 1.5));
  g_assert_true (be_study_caching (&input, 0, 0.01, cases, &error));
  g_assert_cmpfloat (cases[1].per_month_usd, >, cases[0].per_month_usd); /* writes for nothing */
  assert_near (be_cache_break_even (&input.offers[LARGE], FALSE), 0.75 / 2.7);
  assert_near (be_cache_break_even (&input.offers[LARGE], TRUE), 3 / 2.7);
  g_assert_true (isinf (be_cache_break_even (&input.offers[SMALL], FALSE)));
  g_assert_false (be_study_caching (&input, 7, 1, cases, &error));
  g_assert_error (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT);
  g_clear_error (&error);
  be_plan_input_clear (&input);
}

static void
test_offers (void)
{
  BePlanInput input;
  BeOfferCost costs[N_OFFERS + 1];
  BeOffer offers[N_OFFERS + 1];
  GError *error = NULL;
  start (&input);
  offers[0] = input.offers[LARGE];
  offers[1] = input.offers[SMALL];
  be_offer_init (&offers[2]);
  offers[1].commitment_usd_per_month = 1000;
  g_assert_true (be_study_offers (&input, 0, offers, 3, costs, &error));
  assert_near (costs[0].per_month_usd, 720 * 4.5);
  assert_near (costs[1].per_month_usd, 1000); /* 302.40 and the shortfall */
  g_assert_true (isnan (costs[2].per_month_usd));
  g_assert_cmpint (costs[2].feasible, ==, BE_INFEASIBLE_MISSING_PRICE);
  be_plan_input_clear (&input);
}

static void
test_replacement (void)
{
  static const double factors[] = { 0.1, 1, 10 };
  BePlanInput input;
  BeReplacement replacement;
  GError *error = NULL;
  start (&input);
  g_assert_true (be_study_replacement (&input, 0, factors, 3, &replacement, &error));
  g_assert_cmpint (replacement.small, ==, -1);
  be_replacement_clear (&replacement);
  BeWorkload *workload = input.workloads;
  workload->n_routes = 2;
  workload->routes[0].share = 0.5;
  workload->routes[1] = (BeRoute){ SMALL, 0.5, 0.8, 1, true };
  input.offers[SMALL].training_cost_usd = 12000;
  input.offers[SMALL].training_life_months = 6;
  input.offers[SMALL].hosting_usd_per_hour = 2;
  g_assert_true (be_study_replacement (&input, 0, factors, 3, &replacement, &error));
  g_assert_cmpint (replacement.large, ==, 0);
  g_assert_cmpint (replacement.small, ==, 1);
  assert_near (replacement.large_usd[2], 10 * 3240);
  assert_near (replacement.small_usd[1], 2000 + 1440 + 720 * 0.42);
  /* 3,440 a month against 3,240 - 302.40 saved. */
  g_assert_cmpfloat_with_epsilon (replacement.crossing_factor, 3440 / 2937.6, 1e-9);
  be_replacement_clear (&replacement);
  input.offers[SMALL].standard.per_mtok[BE_RATE_INPUT] = 4; /* dearer by the request */
  input.offers[SMALL].standard.per_mtok[BE_RATE_OUTPUT] = 20;
  g_assert_true (be_study_replacement (&input, 0, factors, 3, &replacement, &error));
  g_assert_true (isnan (replacement.crossing_factor));
  be_replacement_clear (&replacement);
  be_plan_input_clear (&input);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hosted/caching", test_caching);
  g_test_add_func ("/hosted/offers", test_offers);
  g_test_add_func ("/hosted/replacement", test_replacement);
  return g_test_run ();
}
