/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Published examples and claims, worked out by this program's own evaluation. */
#include "study/be-reference-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

void
be_reference_add (GArray *checks, const BeReferenceCheck *check)
{
  BeReferenceCheck full = *check;
  double slack = fmax (fabs (check->published_low), fabs (check->published_high)) * 1e-9;

  full.worked = !isnan (check->ours);
  full.holds = full.worked && check->ours >= check->published_low - slack
               && check->ours <= check->published_high + slack;
  g_array_append_val (checks, full);
}

void
be_reference_add_rounded (GArray *checks, const char *id, const char *what, const char *source,
                          double published, double tolerance, double ours)
{
  const BeReferenceCheck check = { .id = id,
                                   .what = what,
                                   .source = source,
                                   .published_low = published - tolerance,
                                   .published_high = published + tolerance,
                                   .ours = ours };
  be_reference_add (checks, &check);
}

void
be_reference_add_left_out (GArray *checks, const char *id, const char *what, const char *source,
                           double published, const char *note)
{
  const BeReferenceCheck check = { .id = id,
                                   .what = what,
                                   .source = source,
                                   .published_low = published,
                                   .published_high = published,
                                   .ours = NAN,
                                   .note = note };
  be_reference_add (checks, &check);
}

/* Month of 720 hours, no buffer. */
void
be_reference_start (BePlanInput *input, guint n_offers, double requests_per_day, double prompt,
                    double output)
{
  be_plan_input_init (input);
  input->month_hours = 720;
  input->offers = g_new0 (BeOffer, n_offers);
  input->n_offers = n_offers;
  input->workloads = g_new0 (BeWorkload, 1);
  input->n_workloads = 1;
  BeWorkload *workload = input->workloads;
  be_workload_init (workload);
  workload->requests_per_day = requests_per_day;
  workload->input = prompt;
  workload->output = output;
  workload->buffer = 0;
  workload->routes = g_new0 (BeRoute, n_offers);
  workload->n_routes = n_offers;
  for (guint i = 0; i < n_offers; i++) {
    be_offer_init (&input->offers[i]);
    input->offers[i].account = (int) i;
    workload->routes[i] = (BeRoute){ (int) i, 1.0 / n_offers, 1, 1, false };
  }
}

void
be_reference_set_rates (BeOffer *offer, double prompt, double output, double batch_factor)
{
  offer->standard.per_mtok[BE_RATE_INPUT] = prompt;
  offer->standard.per_mtok[BE_RATE_OUTPUT] = output;
  offer->batch.per_mtok[BE_RATE_INPUT] = prompt * batch_factor;
  offer->batch.per_mtok[BE_RATE_OUTPUT] = output * batch_factor;
}

double
be_reference_cost (const BePlanInput *input, BePlanKind plan)
{
  BePlanResult result;
  double usd = NAN;

  be_plan_result_init (&result);
  if (be_plan_evaluate (input, &result) == BE_OK && result.plans[plan].feasible == BE_FEASIBLE)
    usd = result.plans[plan].per_month_usd;
  be_plan_result_clear (&result);
  return usd;
}

static void
check_flagship (GArray *checks)
{
  const char *source = N_ ("Published guide, list prices of 2024");
  BePlanInput input;

  be_reference_start (&input, 1, 500000, 2000 * 5 / 6.0, 2000 / 6.0);
  be_reference_set_rates (&input.offers[0], 2.5, 10, 0.5);
  be_reference_add_rounded (checks, "W1", N_ ("500,000 requests a day on GPT-4o, $/month"), source,
                            112500, 0.005, be_reference_cost (&input, BE_PLAN_HOSTED));
  input.workloads[0].buffer = 0.2;
  be_reference_add_rounded (checks, "W1", N_ ("the same with a reserve of 20 %"), source, 135000,
                            0.005, be_reference_cost (&input, BE_PLAN_HOSTED));
  input.workloads[0].buffer = 0;
  input.month_hours = 730;
  be_reference_add_rounded (checks, "W1", N_ ("the same in a month of 730 hours"), source, 114062.5,
                            0.005, be_reference_cost (&input, BE_PLAN_HOSTED));
  be_plan_input_clear (&input);

  be_reference_start (&input, 2, 500000, 2000 * 5 / 6.0, 2000 / 6.0);
  be_reference_set_rates (&input.offers[0], 2.5, 10, 0.5);
  be_reference_set_rates (&input.offers[1], 0.15, 0.6, 0.5);
  input.workloads[0].routes[0].share = 0.3;
  input.workloads[0].routes[1].share = 0.7;
  be_reference_add_rounded (checks, "W2", N_ ("70 % of it routed to GPT-4o mini"), source, 38475,
                            0.005, be_reference_cost (&input, BE_PLAN_HOSTED));
  input.workloads[0].batch_share = 0.25;
  be_reference_add_rounded (checks, "W2", N_ ("and a quarter of all requests in batches"), source,
                            33665.63, 0.0051, be_reference_cost (&input, BE_PLAN_HOSTED));
  be_plan_input_clear (&input);
}

static void
check_cliff (GArray *checks)
{
  static const struct {
    const char *what;
    double prompt, usd;
  } cases[] = {
    { N_ ("$3 below, $6 above 200,000: a prompt of 100,000"), 100000, 0.3 },
    { N_ ("a prompt of 200,000"), 200000, 0.6 },
    { N_ ("a prompt of 200,001"), 200001, 1.200006 },
    { N_ ("a prompt of 1,000,000"), 1000000, 6 },
  };
  BeTier tier = { .threshold = 200000 };
  BeOffer offer;

  be_offer_init (&offer);
  be_rates_init (&tier.standard);
  be_rates_init (&tier.batch);
  offer.standard.per_mtok[BE_RATE_INPUT] = 3;
  tier.standard.per_mtok[BE_RATE_INPUT] = 6;
  offer.tiers = &tier;
  offer.n_tiers = 1;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    BeRequest request = { .fresh = cases[i].prompt, .window = -1 };
    BeRequestCost priced;
    be_price_request (&offer, &request, &priced);
    be_reference_add_rounded (checks, "W19", cases[i].what,
                              N_ ("Tests of genai-prices: tiered prices"), cases[i].usd, 1e-9,
                              priced.total_usd);
  }
}

/* W20 and W22: one request each. */
static void
check_requests (GArray *checks)
{
  BeTier tier = { .threshold = 100000 };
  BeOffer offer;
  BeRequestCost priced;
  BeRequest request = { .fresh = 1000, .output = 100, .window = -1 };

  be_offer_init (&offer);
  offer.standard.per_mtok[BE_RATE_INPUT] = 2.5;
  offer.standard.per_mtok[BE_RATE_OUTPUT] = 10;
  be_price_request (&offer, &request, &priced);
  be_reference_add_rounded (checks, "W22", N_ ("1,000 tokens in and 100 out at $2.50 and $10"),
                            N_ ("Tests of genai-prices: price calculation"), 0.0035, 1e-12,
                            priced.total_usd);
  be_rates_init (&tier.standard);
  be_rates_init (&tier.batch);
  offer.standard.per_mtok[BE_RATE_INPUT] = 0;
  offer.standard.per_mtok[BE_RATE_OUTPUT] = 1;
  tier.standard.per_mtok[BE_RATE_OUTPUT] = 2;
  offer.tiers = &tier;
  offer.n_tiers = 1;
  request.fresh = 150000;
  request.output = 10000;
  be_price_request (&offer, &request, &priced);
  be_reference_add_rounded (
      checks, "W20", N_ ("$1 and, from 100,000 tokens of prompt, $2: 10,000 tokens out"),
      N_ ("Tests of genai-prices: tiered prices"), 0.02, 1e-9, priced.total_usd);
}

static void
check_cache (GArray *checks)
{
  const char *source = N_ ("morgandt-reed, tests of the model");
  BePlanInput input;

  be_reference_start (&input, 1, 1e6 / 30, 100, 10); /* a million a month */
  be_reference_set_rates (&input.offers[0], 1, 10, 0.5);
  input.offers[0].standard.per_mtok[BE_RATE_CACHED_INPUT] = 0.1;
  input.offers[0].batch.per_mtok[BE_RATE_CACHED_INPUT] = 0.05;
  be_reference_add_rounded (checks, "W15", N_ ("100 Mtok in and 10 out, nothing cached"), source,
                            200, 1e-6, be_reference_cost (&input, BE_PLAN_HOSTED));
  input.workloads[0].cache_read_share = 0.5;
  be_reference_add_rounded (checks, "W15", N_ ("half of the input read from the cache"), source,
                            155, 1e-6, be_reference_cost (&input, BE_PLAN_HOSTED));
  input.workloads[0].batch_share = 0.5;
  be_reference_add_rounded (checks, "W15", N_ ("and half of all in batches at half price"), source,
                            116.25, 1e-6, be_reference_cost (&input, BE_PLAN_HOSTED));
  be_plan_input_clear (&input);
}

/* Worked examples whose inputs are not published, or that ask for something else. */
static void
add_left_out (GArray *checks)
{
  const char *no_inputs = N_ ("the example gives its result but not what went into it");

  be_reference_add_left_out (checks, "W4", N_ ("cost per million tokens"),
                             N_ ("llmtco.com, methodology"), 10.5, no_inputs);
  be_reference_add_left_out (checks, "W6", N_ ("break-even of an owned server"),
                             N_ ("llmtco.com, methodology"), 106.7, no_inputs);
  be_reference_add_left_out (checks, "W8", N_ ("break-even requests of a fine-tuned model"),
                             N_ ("Manning, chapter 12.9"), 625, no_inputs);
  be_reference_add_left_out (
      checks, "W12", N_ ("500 developers on nodes of their own, $/month for each"),
      N_ ("morgandt-reed, comparison"), 620.06,
      N_ ("the parts of the node's price and the rates of seats are not given"));
  be_reference_add_left_out (checks, "W13", N_ ("developers from which a node pays"),
                             N_ ("morgandt-reed, README"), 145, no_inputs);
  be_reference_add_left_out (checks, "W18", N_ ("A10G and A100 mixed for two lengths, $/h"),
                             N_ ("melange, example"), 6.7,
                             N_ ("it mixes two kinds of GPU by a solver; a pool here has one"));
}

GArray *
be_study_reference (BeCatalog *catalog)
{
  GArray *checks = g_array_new (FALSE, FALSE, sizeof (BeReferenceCheck));

  check_flagship (checks);
  check_cliff (checks);
  check_requests (checks);
  check_cache (checks);
  be_reference_check_pools (checks);
  be_reference_check_claims (checks, catalog);
  add_left_out (checks);
  return checks;
}
