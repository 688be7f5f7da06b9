/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cost against latency: every place by hand, the front, the timeout's retries, routing's gain. */
#include "study-inputs.h"

#include <math.h>

#define assert_near(value, expected)                                                               \
  g_assert_cmpfloat_with_epsilon ((value), (expected), 1e-9 * fabs ((double) (expected)) + 1e-12)

enum { LARGE, SMALL, N_OFFERS };

/* 720,000 requests a month of 1,000 and 100 tokens: $0.009 on the large offer in 0.5 + 2 s, $0.0009
 * on the small one in 0.2 + 1 s. 80 % go to the small one. */
static void
start (BePlanInput *input)
{
  study_hosted (input, N_OFFERS);
  for (int i = 0; i < N_OFFERS; i++) {
    BeOffer *offer = &input->offers[i];
    offer->standard.per_mtok[BE_RATE_INPUT] = i == LARGE ? 7 : 0.7;
    offer->standard.per_mtok[BE_RATE_OUTPUT] = i == LARGE ? 20 : 2;
    offer->ttft_ms = i == LARGE ? 500 : 200;
    offer->output_tokens_per_second = i == LARGE ? 50 : 100;
  }
  BeWorkload *workload = input->workloads;
  workload->input = 1000;
  workload->routes[0] = (BeRoute){ SMALL, 0.8, 0.8, 1, false };
  workload->routes[1] = (BeRoute){ LARGE, 0.2, 0.9, 1, false };
}

/* It serves half of the requests in 0.3 s and 20 ms for each token. */
static BePool *
add_pool (BePlanInput *input)
{
  BePool *pool = study_add_pool (input);
  pool->serves[0].share = 0.5;
  pool->measured_ttft_ms = 300;
  pool->measured_tpot_ms = 20;
  return pool;
}

static const BePlace *
place_of (const BeLatency *latency, guint index)
{
  return &g_array_index (latency->places, BePlace, index);
}

static void
study (const BePlanInput *input, const BeOffer *offers, gsize n, BeLatency *latency)
{
  GError *error = NULL;
  g_assert_true (be_study_latency (input, 0, offers, n, latency, &error));
  g_assert_no_error (error);
}

static void
test_places (void)
{
  BePlanInput input;
  BeLatency latency;
  BeOffer offers[2];
  start (&input);
  add_pool (&input);
  offers[0] = input.offers[LARGE];
  offers[0].ttft_ms = 100; /* as dear as the large one and faster */
  offers[1] = input.offers[SMALL];
  offers[1].ttft_ms = NAN;
  study (&input, offers, 2, &latency);
  g_assert_cmpuint (latency.places->len, ==, 5);
  static const struct {
    BePlaceKind kind;
    double share, seconds, usd;
    gboolean on_front;
  } rows[] = {
    { BE_PLACE_ROUTE, 0.8, 1.2, 0.0009, TRUE },
    { BE_PLACE_ROUTE, 0.2, 2.5, 0.009, FALSE },
    { BE_PLACE_POOL, 0.5, 0.3 + 2, 2880 / 360e3, FALSE }, /* one replica, half of the requests */
    { BE_PLACE_OFFER, 0, 2.1, 0.009, FALSE },
    { BE_PLACE_OFFER, 0, NAN, 0.0009, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const BePlace *place = place_of (&latency, i);
    g_test_message ("%u: %g s, $%g", i, place->latency_s, place->per_request_usd);
    g_assert_cmpint (place->kind, ==, rows[i].kind);
    assert_near (place->share, rows[i].share);
    g_assert_true (isnan (rows[i].seconds) == isnan (place->latency_s));
    if (!isnan (rows[i].seconds))
      assert_near (place->latency_s, rows[i].seconds);
    assert_near (place->per_request_usd, rows[i].usd);
    g_assert_cmpint (place->on_front, ==, rows[i].on_front);
    g_assert_cmpfloat (place->late_share, ==, 0);
  }
  be_latency_clear (&latency);
  /* What is slower but cheaper than all faster ones is on the front, too. */
  input.pools[0].gpu_hour_usd = 0.1;
  study (&input, offers, 1, &latency);
  g_assert_true (place_of (&latency, 0)->on_front);
  g_assert_true (place_of (&latency, 2)->on_front);
  be_latency_clear (&latency);
  be_plan_input_clear (&input);
}

/* A pool for two workloads is paid for by its work for each, and its buffer is theirs. */
static void
test_pool_of_two (void)
{
  BePlanInput input;
  BeLatency latency;
  start (&input);
  BePool *pool = add_pool (&input);
  input.workloads = g_renew (BeWorkload, input.workloads, 2);
  input.n_workloads = 2;
  input.workloads[1] = input.workloads[0];
  input.workloads[1].routes = g_memdup2 (input.workloads[0].routes, 2 * sizeof (BeRoute));
  input.workloads[1].output = 300; /* three times the work */
  input.workloads[1].buffer = 0.4;
  pool->serves = g_renew (BeServes, pool->serves, 2);
  pool->n_serves = 2;
  pool->serves[1] = pool->serves[0];
  pool->serves[1].workload = 1;
  study (&input, NULL, 0, &latency);
  assert_near (place_of (&latency, 2)->per_request_usd, 2880 * 1.3 * 0.25 / 360e3);
  be_latency_clear (&latency);
  pool->output_tokens_per_second = NAN; /* it cannot be run: neither a time nor a price */
  study (&input, NULL, 0, &latency);
  g_assert_true (isnan (place_of (&latency, 2)->latency_s));
  g_assert_true (isnan (place_of (&latency, 2)->per_request_usd));
  be_latency_clear (&latency);
  be_plan_input_clear (&input);
}

/* Of two pools that cannot be run neither has a price, though only one of them is the plan's fault.
 */
static void
test_pools_that_cannot_run (void)
{
  BePlanInput input;
  BeLatency latency;
  start (&input);
  add_pool (&input)->output_tokens_per_second = NAN;
  input.pools = g_renew (BePool, input.pools, 2);
  input.n_pools = 2;
  input.pools[1] = input.pools[0];
  input.pools[1].serves = g_memdup2 (input.pools[0].serves, sizeof (BeServes));
  study (&input, NULL, 0, &latency);
  guint n = 0;
  for (guint i = 0; i < latency.places->len; i++)
    if (place_of (&latency, i)->kind == BE_PLACE_POOL) {
      g_assert_true (isnan (place_of (&latency, i)->per_request_usd));
      n++;
    }
  g_assert_cmpuint (n, ==, 2);
  be_latency_clear (&latency);
  be_plan_input_clear (&input);
}

/* What is free has no point on logarithmic axes, so it keeps nothing off the front. */
static void
test_free_offer (void)
{
  BePlanInput input;
  BeLatency latency;
  BeOffer offer;
  start (&input);
  offer = input.offers[SMALL];
  offer.ttft_ms = 100;
  for (int rate = 0; rate < BE_N_RATES; rate++)
    offer.standard.per_mtok[rate] = 0;
  study (&input, &offer, 1, &latency);
  g_assert_cmpfloat (place_of (&latency, 2)->per_request_usd, ==, 0);
  g_assert_false (place_of (&latency, 2)->on_front);
  g_assert_true (place_of (&latency, 0)->on_front);
  be_latency_clear (&latency);
  be_plan_input_clear (&input);
}

static void
test_gain (void)
{
  BePlanInput input;
  BeLatency latency;
  start (&input);
  study (&input, NULL, 0, &latency);
  assert_near (latency.mean_s, 0.8 * 1.2 + 0.2 * 2.5);
  assert_near (latency.per_request_usd, 0.8 * 0.0009 + 0.2 * 0.009);
  g_assert_cmpint (latency.slowest, ==, 1);
  g_assert_cmpint (latency.reference, ==, 1);
  assert_near (place_of (&latency, 1)->latency_s, 2.5);
  assert_near (place_of (&latency, 1)->per_request_usd, 0.009);
  be_latency_clear (&latency);
  /* A cascade tries the small one first: the large one's time comes on top for a fifth. */
  input.workloads[0].routing = BE_ROUTING_CASCADE;
  input.workloads[0].routes[0].share = 1;
  study (&input, NULL, 0, &latency);
  assert_near (latency.mean_s, 1.2 + 0.2 * 2.5);
  be_latency_clear (&latency);
  input.workloads[0].routing = BE_ROUTING_SPLIT;
  input.workloads[0].routes[0].share = 0.8;
  input.workloads[0].routes[1].quality = 0.8; /* of equals the dearest */
  study (&input, NULL, 0, &latency);
  g_assert_cmpint (latency.reference, ==, 1);
  be_latency_clear (&latency);
  input.workloads[0].routes[1].fine_tuned = true;
  input.offers[LARGE].ttft_ms = NAN; /* one time that is not known leaves the mean unknown */
  study (&input, NULL, 0, &latency);
  g_assert_cmpint (latency.reference, ==, 0);
  g_assert_true (isnan (latency.mean_s));
  g_assert_cmpint (latency.slowest, ==, -1);
  be_latency_clear (&latency);
  input.workloads[0].n_routes = 1;
  input.workloads[0].routes[0].share = 1;
  study (&input, NULL, 0, &latency);
  g_assert_cmpint (latency.reference, ==, -1);
  be_latency_clear (&latency);
  be_plan_input_clear (&input);
}

/* A timeout of 2 s lets no answer of the large offer through: each is paid for, and again. */
static void
test_timeout (void)
{
  BePlanInput input;
  BeLatency latency;
  GError *error = NULL;
  start (&input);
  input.workloads[0].timeout_s = 2;
  input.workloads[0].max_retries = 2;
  study (&input, NULL, 0, &latency);
  g_assert_cmpfloat (place_of (&latency, 0)->late_share, ==, 0);
  g_assert_cmpfloat (place_of (&latency, 1)->late_share, ==, 1);
  g_assert_cmpfloat (place_of (&latency, 0)->retries_usd, ==, 0);
  assert_near (place_of (&latency, 1)->retries, 2 * 0.2 * 720e3);
  assert_near (place_of (&latency, 1)->retries_usd, 2 * 0.2 * 720e3 * 0.009);
  assert_near (place_of (&latency, 1)->per_request_usd, 3 * 0.009);
  assert_near (latency.retries_usd, 2 * 0.2 * 720e3 * 0.009);
  be_latency_clear (&latency);
  input.workloads[0].buffer = 0.25; /* in the price of a request, so in its retries */
  study (&input, NULL, 0, &latency);
  assert_near (place_of (&latency, 1)->per_request_usd, 3 * 0.009 * 1.25);
  assert_near (place_of (&latency, 1)->retries_usd, 2 * 0.2 * 720e3 * 0.009 * 1.25);
  assert_near (latency.retries_usd, 2 * 0.2 * 720e3 * 0.009 * 1.25);
  be_latency_clear (&latency);
  input.workloads[0].batch_share = 0.25; /* deferred requests have no timeout */
  input.workloads[0].retry_rate = 0.1;   /* and one in ten fails anyway: 1.11 attempts */
  study (&input, NULL, 0, &latency);
  assert_near (latency.retries, (3 - 1.11) * 0.75 * 0.2 * 720e3);
  be_latency_clear (&latency);
  input.offers[LARGE].output_tokens_per_second = NAN;
  study (&input, NULL, 0, &latency);
  g_assert_true (isnan (place_of (&latency, 1)->late_share));
  g_assert_cmpfloat (latency.retries, ==, 0);
  be_latency_clear (&latency);
  g_assert_false (be_study_latency (&input, 3, NULL, 0, &latency, &error));
  g_assert_error (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT);
  g_clear_error (&error);
  be_plan_input_clear (&input);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/latency/places", test_places);
  g_test_add_func ("/latency/pool-of-two", test_pool_of_two);
  g_test_add_func ("/latency/pools-that-cannot-run", test_pools_that_cannot_run);
  g_test_add_func ("/latency/free-offer", test_free_offer);
  g_test_add_func ("/latency/gain", test_gain);
  g_test_add_func ("/latency/timeout", test_timeout);
  return g_test_run ();
}
