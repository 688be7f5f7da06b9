/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prices one tiered request with a cached part again and again; prints calls per second and the
 * price. */
#include "engine/be-price.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 20000000 };

static double
seconds (void)
{
  struct timespec now;
  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

int
main (void)
{
  static const double base[] = { 2.5, 15, 0.25 }, tiered[] = { 5, 22.5, 0.5 };
  BeOffer offer;
  BeTier tier = { .threshold = 272000 };
  BeRequestCost cost;
  double sum = 0;

  be_offer_init (&offer);
  be_rates_init (&tier.standard);
  be_rates_init (&tier.batch);
  for (int key = 0; key < 3; key++) {
    offer.standard.per_mtok[key] = base[key];
    tier.standard.per_mtok[key] = tiered[key];
  }
  offer.tiers = &tier;
  offer.n_tiers = 1;
  BeRequest request = { .cached = 100000, .output = 1000, .window = -1 };
  double begin = seconds ();
  for (int i = 0; i < ROUNDS; i++) {
    request.fresh = 200000 + (i & 1023); /* so that no call can be taken out of the loop */
    if (be_price_request (&offer, &request, &cost) != BE_OK)
      return 1;
    sum += cost.total_usd;
  }
  double elapsed = seconds () - begin;
  request.fresh = 200000;
  be_price_request (&offer, &request, &cost);
  printf ("%.0f %.6f %g\n", ROUNDS / elapsed, cost.total_usd, sum);
  return 0;
}
