/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offers: memory, and which rate one token of a kind bills at. */
#include "engine/be-price.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void
be_rates_init (BeRates *rates)
{
  for (int key = 0; key < BE_N_RATES; key++)
    rates->per_mtok[key] = NAN;
}

void
be_offer_init (BeOffer *offer)
{
  memset (offer, 0, sizeof *offer);
  be_rates_init (&offer->standard);
  be_rates_init (&offer->batch);
  offer->rpm_limit = NAN;
  offer->tpm_limit = NAN;
  offer->ttft_ms = NAN;
  offer->output_tokens_per_second = NAN;
  offer->account = -1;
}

void
be_offer_clear (BeOffer *offer)
{
  free (offer->tiers);
  free (offer->windows);
  be_offer_init (offer);
}

BeStatus
be_offer_copy (BeOffer *to, const BeOffer *from)
{
  *to = *from;
  to->tiers = NULL;
  to->windows = NULL;
  if (from->n_tiers > 0) {
    to->tiers = malloc (from->n_tiers * sizeof *to->tiers);
    if (to->tiers == NULL)
      goto no_memory;
    memcpy (to->tiers, from->tiers, from->n_tiers * sizeof *to->tiers);
  }
  if (from->n_windows > 0) {
    to->windows = malloc (from->n_windows * sizeof *to->windows);
    if (to->windows == NULL)
      goto no_memory;
    memcpy (to->windows, from->windows, from->n_windows * sizeof *to->windows);
  }
  return BE_OK;

no_memory:
  be_offer_clear (to);
  return BE_NO_MEMORY;
}

/* The batch rate that a tier or window gives a key: its own, else its standard rate times the
 * base's ratio of batch to standard. NaN if the level does not name the key. */
static double
level_batch_rate (const BeOffer *offer, const BeRates *standard, const BeRates *batch,
                  BeRateKey key)
{
  double rate = batch->per_mtok[key];
  if (!isnan (rate))
    return rate;
  rate = standard->per_mtok[key];
  double base = offer->standard.per_mtok[key];
  double base_batch = offer->batch.per_mtok[key];
  if (isnan (rate) || isnan (base_batch) || !(base > 0))
    return rate;
  return rate * (base_batch / base);
}

/* A key's own rate in a tier (or -1) and a window (or -1), without fall-backs to other keys. */
static double
own_rate (const BeOffer *offer, BeRateKey key, bool batch, int tier, int window)
{
  double rate = NAN;
  if (tier >= 0) {
    const BeTier *level = &offer->tiers[tier];
    rate = batch ? level_batch_rate (offer, &level->standard, &level->batch, key)
                 : level->standard.per_mtok[key];
  }
  if (isnan (rate) && window >= 0) {
    const BeWindow *level = &offer->windows[window];
    rate = batch ? level_batch_rate (offer, &level->standard, &level->batch, key)
                 : level->standard.per_mtok[key];
  }
  if (isnan (rate) && batch)
    rate = offer->batch.per_mtok[key];
  if (isnan (rate))
    rate = offer->standard.per_mtok[key];
  return rate;
}

static BeRateKey
fall_back (BeRateKey key)
{
  switch (key) {
  case BE_RATE_CACHED_INPUT:
  case BE_RATE_CACHE_WRITE:
    return BE_RATE_INPUT;
  case BE_RATE_CACHE_WRITE_1H:
    return BE_RATE_CACHE_WRITE;
  case BE_RATE_REASONING:
    return BE_RATE_OUTPUT;
  case BE_RATE_INPUT:
  case BE_RATE_OUTPUT:
  case BE_N_RATES:
    break;
  }
  return key;
}

double
be_offer_rate (const BeOffer *offer, BeRateKey key, bool batch, int tier, int window)
{
  double rate = own_rate (offer, key, batch, tier, window);
  while (isnan (rate) && fall_back (key) != key) {
    key = fall_back (key);
    rate = own_rate (offer, key, batch, tier, window);
  }
  return rate * (1 - offer->discount);
}

int
be_offer_tier_for (const BeOffer *offer, double prompt_tokens)
{
  for (size_t i = offer->n_tiers; i > 0; i--) {
    const BeTier *tier = &offer->tiers[i - 1];
    bool passed =
        tier->at_least ? prompt_tokens >= tier->threshold : prompt_tokens > tier->threshold;
    if (passed)
      return (int) (i - 1);
  }
  return -1;
}
