/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one request costs on one offer: exactly, and in expectation over prompt lengths. */
#include "engine/be-price.h"

#include <math.h>
#include <string.h>

static const BeRateKey part_key[] = {
  [BE_PART_FRESH] = BE_RATE_INPUT,
  [BE_PART_CACHED] = BE_RATE_CACHED_INPUT,
  [BE_PART_CACHE_WRITE] = BE_RATE_CACHE_WRITE,
  [BE_PART_CACHE_WRITE_1H] = BE_RATE_CACHE_WRITE_1H,
  [BE_PART_OUTPUT] = BE_RATE_OUTPUT,
  [BE_PART_REASONING] = BE_RATE_REASONING,
};

enum { N_TOKEN_PARTS = BE_PART_REASONING + 1 };

/* The batch rate that a tier or window gives a key: its own, else its standard rate times the
 * base's ratio of batch to standard. NaN if the level does not name the key. */
static inline double
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
static inline double
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

/* What a key without a rate of its own bills like; itself when there is nothing to bill like. */
static const BeRateKey fall_back[BE_N_RATES] = {
  [BE_RATE_INPUT] = BE_RATE_INPUT,
  [BE_RATE_OUTPUT] = BE_RATE_OUTPUT,
  [BE_RATE_CACHED_INPUT] = BE_RATE_INPUT,
  [BE_RATE_CACHE_WRITE] = BE_RATE_INPUT,
  [BE_RATE_CACHE_WRITE_1H] = BE_RATE_CACHE_WRITE,
  [BE_RATE_REASONING] = BE_RATE_OUTPUT,
};

double
be_offer_rate (const BeOffer *offer, BeRateKey key, bool batch, int tier, int window)
{
  double rate = own_rate (offer, key, batch, tier, window);
  while (isnan (rate) && fall_back[key] != key) {
    key = fall_back[key];
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

static void
clear_cost (BeRequestCost *cost)
{
  memset (cost, 0, sizeof *cost);
  cost->tier = -1;
  cost->missing = BE_N_RATES;
}

/* A fee that the list does not name is not charged. */
static double
known_fee (double fee)
{
  return isnan (fee) ? 0 : fee;
}

static void
add_fees (const BeOffer *offer, double searches, BeRequestCost *cost)
{
  double kept = 1 - offer->discount;
  cost->rate[BE_PART_SEARCH] = known_fee (offer->web_search_per_1000_usd) / 1000 * kept;
  cost->usd[BE_PART_SEARCH] = searches * cost->rate[BE_PART_SEARCH];
  cost->rate[BE_PART_REQUEST] = known_fee (offer->per_request_usd) * kept;
  cost->usd[BE_PART_REQUEST] = cost->rate[BE_PART_REQUEST];
}

static void
add_up (BeRequestCost *cost)
{
  cost->total_usd = 0;
  for (int part = 0; part < BE_N_PARTS; part++)
    cost->total_usd += cost->usd[part];
}

static BeStatus
missing_price (BeRequestCost *cost, BeRateKey key)
{
  bool is_output = key == BE_RATE_OUTPUT || key == BE_RATE_REASONING;
  cost->missing = is_output ? BE_RATE_OUTPUT : BE_RATE_INPUT;
  return BE_MISSING_PRICE;
}

static inline bool
valid_count (double count)
{
  return count >= 0 && count < INFINITY;
}

BeStatus
be_price_request (const BeOffer *offer, const BeRequest *request, BeRequestCost *cost)
{
  const double tokens[N_TOKEN_PARTS] = {
    [BE_PART_FRESH] = request->fresh,
    [BE_PART_CACHED] = request->cached,
    [BE_PART_CACHE_WRITE] = request->cache_write,
    [BE_PART_CACHE_WRITE_1H] = request->cache_write_1h,
    [BE_PART_OUTPUT] = request->output,
    [BE_PART_REASONING] = request->reasoning,
  };

  clear_cost (cost);
  for (int part = 0; part < N_TOKEN_PARTS; part++)
    if (!valid_count (tokens[part]))
      return BE_INVALID;
  if (!valid_count (request->searches) || request->window >= (int) offer->n_windows)
    return BE_INVALID;

  double prompt = request->fresh + request->cached + request->cache_write + request->cache_write_1h;
  cost->tier = be_offer_tier_for (offer, prompt);
  for (int part = 0; part < N_TOKEN_PARTS; part++) {
    if (!(tokens[part] > 0))
      continue;
    double rate =
        be_offer_rate (offer, part_key[part], request->batch, cost->tier, request->window);
    if (isnan (rate))
      return missing_price (cost, part_key[part]);
    cost->rate[part] = rate;
    cost->usd[part] = tokens[part] * rate / 1e6;
  }
  add_fees (offer, request->searches, cost);
  add_up (cost);
  return BE_OK;
}

static double
normal_above (double z)
{
  return 0.5 * erfc (z * 0.70710678118654752440);
}

void
be_lognormal_above (double mean, double cv, double threshold, double *q, double *g)
{
  if (!(mean > 0)) {
    *q = *g = threshold < 0 ? 1 : 0;
    return;
  }
  if (!(threshold > 0)) {
    *q = *g = 1;
    return;
  }
  if (!(cv > 0)) {
    *q = *g = mean > threshold ? 1 : 0;
    return;
  }
  double variance = log1p (cv * cv);
  double s = sqrt (variance);
  double mu = log (mean) - variance / 2;
  double z = (log (threshold) - mu) / s;
  *q = normal_above (z);
  *g = normal_above (z - s);
}

/* Shares of requests and prompt tokens that a tier (-1: none passed) prices. */
static void
tier_shares (const BeOffer *offer, const BeExpectedRequest *request, int tier, double *requests,
             double *tokens)
{
  double q_above = 0, g_above = 0;

  *requests = *tokens = 1;
  if (tier >= 0)
    be_lognormal_above (request->prompt_mean, request->prompt_cv, offer->tiers[tier].threshold,
                        requests, tokens);
  if (tier + 1 < (int) offer->n_tiers)
    be_lognormal_above (request->prompt_mean, request->prompt_cv, offer->tiers[tier + 1].threshold,
                        &q_above, &g_above);
  *requests = fmax (*requests - q_above, 0);
  *tokens = fmax (*tokens - g_above, 0);
}

static BeStatus
add_tier (const BeOffer *offer, const BeExpectedRequest *request, int tier,
          const double tokens[N_TOKEN_PARTS], BeRequestCost *cost)
{
  double q = 1, g = 1;
  bool alike = !(request->prompt_cv > 0);

  if (!alike)
    tier_shares (offer, request, tier, &q, &g);
  for (int part = 0; part < N_TOKEN_PARTS; part++) {
    double share = part <= BE_PART_CACHE_WRITE_1H ? g : q;
    if (share <= 0 || !(tokens[part] > 0))
      continue;
    double rate = be_offer_rate (offer, part_key[part], request->batch, tier, request->window);
    if (isnan (rate))
      return missing_price (cost, part_key[part]);
    cost->rate[part] += share * rate;
    cost->usd[part] += tokens[part] * share * rate / 1e6;
  }
  return BE_OK;
}

static bool
valid_expected (const BeOffer *offer, const BeExpectedRequest *request)
{
  return valid_count (request->prompt_mean) && valid_count (request->prompt_cv)
         && valid_count (request->read_share) && valid_count (request->write_share)
         && request->read_share + request->write_share <= 1 + 1e-9 && valid_count (request->output)
         && valid_count (request->reasoning) && valid_count (request->searches)
         && request->window < (int) offer->n_windows;
}

BeStatus
be_price_expected (const BeOffer *offer, const BeExpectedRequest *request, BeRequestCost *cost)
{
  clear_cost (cost);
  if (!valid_expected (offer, request))
    return BE_INVALID;

  double read = request->prompt_mean * request->read_share;
  double written = request->prompt_mean * request->write_share;
  const double tokens[N_TOKEN_PARTS] = {
    [BE_PART_FRESH] = fmax (request->prompt_mean - read - written, 0),
    [BE_PART_CACHED] = read,
    [BE_PART_CACHE_WRITE] = request->write_1h ? 0 : written,
    [BE_PART_CACHE_WRITE_1H] = request->write_1h ? written : 0,
    [BE_PART_OUTPUT] = request->output,
    [BE_PART_REASONING] = request->reasoning,
  };

  int first = -1, last = (int) offer->n_tiers - 1;
  if (!(request->prompt_cv > 0) || offer->n_tiers == 0) {
    cost->tier = be_offer_tier_for (offer, request->prompt_mean);
    first = last = cost->tier;
  }
  BeExpectedRequest alike = *request;
  if (first == last)
    alike.prompt_cv = 0;
  for (int tier = first; tier <= last; tier++) {
    BeStatus status = add_tier (offer, &alike, tier, tokens, cost);
    if (status != BE_OK)
      return status;
  }
  add_fees (offer, request->searches, cost);
  add_up (cost);
  return BE_OK;
}
