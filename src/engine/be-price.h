/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hosted prices: what one request costs on one offer, exactly and in expectation. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define BE_WEEK_HOURS 168

typedef enum {
  BE_OK = 0,
  BE_MISSING_PRICE, /* a token of a kind is billed whose price is not known */
  BE_INVALID,       /* a number outside its meaning: negative, NaN, part above its whole */
  BE_DOES_NOT_FIT,  /* weights leave no room for one sequence */
  BE_NO_MEMORY,     /* allocation failed */
} BeStatus;

typedef enum {
  BE_RATE_INPUT,
  BE_RATE_OUTPUT,
  BE_RATE_CACHED_INPUT,
  BE_RATE_CACHE_WRITE,
  BE_RATE_CACHE_WRITE_1H,
  BE_RATE_REASONING,
  BE_N_RATES
} BeRateKey;

/* USD per million tokens by key. NaN = the list has no rate of its own for this key. */
typedef struct {
  double per_mtok[BE_N_RATES];
} BeRates;

/* A long-context tier: reprices the whole request. */
typedef struct {
  double threshold; /* prompt tokens, cached and written ones included */
  bool at_least;    /* false: applies strictly above the threshold; true: at or above */
  BeRates standard;
  BeRates batch;
} BeTier;

/* A time-of-day window. hour_share[h] is the part of UTC hour h of the week (Monday 00:00 first)
 * that lies inside it, 0..1. Windows of one offer do not overlap. */
typedef struct {
  double hour_share[BE_WEEK_HOURS];
  BeRates standard;
  BeRates batch;
} BeWindow;

/* A resolved offer: the rates in force at one date. Arrays are owned; be_offer_clear frees them.
 * NaN in any optional number = unknown. */
typedef struct {
  BeRates standard;
  BeRates batch;
  BeTier *tiers; /* ascending threshold */
  size_t n_tiers;
  BeWindow *windows;
  size_t n_windows;
  double per_request_usd;
  double web_search_per_1000_usd;
  double rpm_limit; /* requests per minute; NaN = unlimited or unknown */
  double tpm_limit; /* tokens per minute */
  double ttft_ms;
  double output_tokens_per_second;
  double discount;                 /* 0..1 off every token rate and fee */
  double commitment_usd_per_month; /* bill is at least this; 0 = none */
  double training_cost_usd;
  double training_life_months; /* 0 = none */
  double hosting_usd_per_hour;
  int account; /* index of the offer whose commitment, training and hosting this one shares (a rate
                  set shares its base offer's); its own index otherwise */
} BeOffer;

/* One request as usage reports have it, split without overlap. */
typedef struct {
  double fresh;          /* prompt tokens neither read from nor written to the cache */
  double cached;         /* prompt tokens read from the cache */
  double cache_write;    /* written with the 5-minute time to live */
  double cache_write_1h; /* written with the 1-hour time to live */
  double output;         /* visible output tokens, reasoning excluded */
  double reasoning;
  double searches;
  bool batch;
  int window; /* index of the window in force, -1 for none */
} BeRequest;

typedef enum {
  BE_PART_FRESH,
  BE_PART_CACHED,
  BE_PART_CACHE_WRITE,
  BE_PART_CACHE_WRITE_1H,
  BE_PART_OUTPUT,
  BE_PART_REASONING,
  BE_PART_SEARCH,
  BE_PART_REQUEST,
  BE_N_PARTS
} BePart;

typedef struct {
  double usd[BE_N_PARTS];
  double rate[BE_N_PARTS]; /* the rate that was used: USD per Mtok; per search; per request; 0 for
                              tokens of which there are none */
  double total_usd;        /* sum of usd[] in order */
  int tier;                /* index of the tier that applied, -1 for none */
  BeRateKey missing;       /* with BE_MISSING_PRICE: which */
} BeRequestCost;

/* Every rate NaN. */
void be_rates_init (BeRates *rates);
/* No rates, no tiers, fees 0, limits and latency NaN, account -1. */
void be_offer_init (BeOffer *offer);
void be_offer_clear (BeOffer *offer);
/* Deep copy into an uninitialised struct. */
BeStatus be_offer_copy (BeOffer *to, const BeOffer *from);

/* The rate for one key after all fall-backs (cost-model, "One hosted request"): tier beats window
 * beats base; batch rates per key; missing cached -> input, cache write -> input, 1-hour write ->
 * 5-minute write, reasoning -> output, each with its batch rate. tier, window: index or -1. The
 * discount is applied. NaN if there is no price at all. */
double be_offer_rate (const BeOffer *offer, BeRateKey key, bool batch, int tier, int window);

/* Index of the highest tier that a prompt of this many tokens passes, or -1. */
int be_offer_tier_for (const BeOffer *offer, double prompt_tokens);

/* Exact price of one request. BE_MISSING_PRICE as soon as a token is billed whose input or output
 * price is unknown; BE_INVALID for a negative or non-finite count. */
BeStatus be_price_request (const BeOffer *offer, const BeRequest *request, BeRequestCost *cost);

/* Expected tokens of one request for be_price_expected: the prompt is lognormal with this mean and
 * coefficient of variation; cached and written shares are the same in every request. */
typedef struct {
  double prompt_mean; /* tokens, after the route's token factor */
  double prompt_cv;   /* 0 = all alike */
  double read_share;  /* of prompt tokens; read_share + write_share <= 1 */
  double write_share;
  bool write_1h; /* written at the 1-hour rate */
  double output;
  double reasoning;
  double searches;
  bool batch;
  int window;
} BeExpectedRequest;

/* Expected price of one request over the length distribution, closed form (lognormal: s^2 = ln(1 +
 * cv^2), mu = ln(mean) - s^2/2; share of requests above T q = 1 - Phi((ln T - mu)/s), of tokens
 * g = 1 - Phi((ln T - mu - s^2)/s)). cost->tier is -1 unless cv = 0; cost->rate is the mean rate.
 */
BeStatus
be_price_expected (const BeOffer *offer, const BeExpectedRequest *request, BeRequestCost *cost);

/* Share of requests (q) and of prompt tokens (g) strictly above threshold. */
void be_lognormal_above (double mean, double cv, double threshold, double *q, double *g);
