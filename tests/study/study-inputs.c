/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inputs for the tests of the studies, built without a file. */
#include "study-inputs.h"

#include <math.h>
#include <stdlib.h>

static const double day_curve[24] = { .2,  .15,  .1,  .1,  .1,  .15, .3, .5, .8, 1,  1.1, 1.2,
                                      1.2, 1.15, 1.1, 1.1, 1.0, .9,  .7, .6, .5, .4, .35, .25 };

/* The engine frees its arrays with free. */
static void *
allocate (size_t n, size_t size)
{
  void *block = calloc (n, size);
  g_assert_nonnull (block);
  return block;
}

static void
fill_profile (double profile[BE_WEEK_HOURS])
{
  double sum = 0;
  for (int h = 0; h < 24; h++)
    sum += day_curve[h];
  for (int h = 0; h < BE_WEEK_HOURS; h++)
    profile[h] = day_curve[h % 24] * 24 / sum;
}

void
study_add_offers (BePlanInput *input, size_t n_offers)
{
  input->offers = allocate (n_offers, sizeof (BeOffer));
  input->n_offers = n_offers;
  for (size_t i = 0; i < n_offers; i++) {
    be_offer_init (&input->offers[i]);
    input->offers[i].account = (int) i;
  }
}

static void
add_workloads (BePlanInput *input, size_t n_workloads, size_t n_routes)
{
  input->workloads = allocate (n_workloads, sizeof (BeWorkload));
  input->n_workloads = n_workloads;
  for (size_t w = 0; w < n_workloads; w++) {
    BeWorkload *workload = &input->workloads[w];
    be_workload_init (workload);
    fill_profile (workload->profile);
    workload->routes = allocate (n_routes, sizeof (BeRoute));
    workload->n_routes = n_routes;
    for (size_t r = 0; r < n_routes; r++)
      workload->routes[r] = (BeRoute){
        .offer = (int) r, .share = 1.0 / (double) n_routes, .quality = 1, .token_factor = 1
      };
  }
}

BePool *
study_add_pool (BePlanInput *input)
{
  input->pools = allocate (1, sizeof (BePool));
  input->n_pools = 1;
  BePool *pool = &input->pools[0];
  be_pool_init (pool);
  pool->serves = allocate (1, sizeof (BeServes));
  pool->n_serves = 1;
  pool->serves[0] = (BeServes){ .workload = 0, .share = 1, .quality = 1, .token_factor = 1 };
  pool->throughput_measured = true;
  pool->output_tokens_per_second = 2500;
  pool->sequences = NAN;
  pool->wait_probability = 1;
  pool->gpus_per_replica = 1;
  pool->gpu_hour_usd = 4;
  return pool;
}

void
study_day_curve (BePlanInput *input)
{
  be_plan_input_init (input);
  input->month_hours = 730;
  input->volume = 1;
  study_add_offers (input, 1);
  input->offers[0].standard.per_mtok[BE_RATE_INPUT] = 0;
  input->offers[0].standard.per_mtok[BE_RATE_OUTPUT] = 1;
  add_workloads (input, 1, 1);
  BeWorkload *workload = &input->workloads[0];
  workload->requests_per_day = 4 * 86400;
  workload->input = 0;
  workload->output = 1000;
  workload->buffer = 0;
  study_add_pool (input);
}

static void
random_workload (GRand *rand, BeWorkload *workload)
{
  workload->requests_per_day = exp (g_rand_double_range (rand, log (1e3), log (1e6)));
  workload->input = g_rand_double_range (rand, 100, 4000);
  workload->output = g_rand_double_range (rand, 50, 1000);
  workload->buffer = 0.2;
  workload->cache_read_share = g_rand_boolean (rand) ? g_rand_double_range (rand, 0, 0.6) : 0;
  workload->cache_write_share = workload->cache_read_share > 0 ? 0.1 : 0;
  workload->batch_share = g_rand_boolean (rand) ? g_rand_double_range (rand, 0, 0.5) : 0;
  workload->routes[0].share = 0.5;
  workload->routes[1].share = g_rand_boolean (rand) ? 0.3 : 0.5;
  workload->routes[2].share = 0.5 - workload->routes[1].share;
  workload->routes[1].quality = g_rand_double_range (rand, 0.5, 1);
  workload->routes[2].quality = 0.8;
  workload->routes[2].fine_tuned = true;
}

static void
random_pool (GRand *rand, BePool *pool)
{
  pool->output_tokens_per_second = g_rand_double_range (rand, 500, 5000);
  pool->gpu_hour_usd = g_rand_double_range (rand, 1, 8);
  pool->gpus_per_replica = g_rand_int_range (rand, 1, 5);
  pool->minimum = g_rand_int_range (rand, 0, 3);
  pool->spare = g_rand_int_range (rand, 0, 2);
  pool->autoscale = g_rand_int_range (rand, 0, 4) == 0;
  pool->overhead_share = 0.15;
  pool->fixed_per_month_usd = g_rand_boolean (rand) ? 500 : 0;
  pool->per_fte_month_usd = 16000;
  pool->people = allocate (2, sizeof (BePeopleStep));
  pool->n_people = 2;
  pool->people[0] = (BePeopleStep){ 1, g_rand_double_range (rand, 0, 0.5) };
  pool->people[1] = (BePeopleStep){ 5, pool->people[0].fte + g_rand_double_range (rand, 0, 0.5) };
  if (g_rand_int_range (rand, 0, 3) > 0)
    return;
  pool->sequences = 64;
  pool->measured_tpot_ms = 25;
  pool->measured_ttft_ms = 300;
  pool->wait_probability = 0.05;
  pool->wait_s = 1;
}

void
study_random_input (GRand *rand, BePlanInput *input)
{
  be_plan_input_init (input);
  input->month_hours = 730;
  input->volume = 1;
  study_add_offers (input, 3);
  for (int i = 0; i < 3; i++) {
    BeOffer *offer = &input->offers[i];
    double price = exp (g_rand_double_range (rand, log (0.2), log (5)));
    offer->standard.per_mtok[BE_RATE_INPUT] = price;
    offer->standard.per_mtok[BE_RATE_OUTPUT] = price * g_rand_double_range (rand, 2, 6);
    offer->standard.per_mtok[BE_RATE_CACHED_INPUT] = price / 4;
    offer->standard.per_mtok[BE_RATE_CACHE_WRITE] = price * 1.25;
    offer->batch.per_mtok[BE_RATE_INPUT] = price / 2;
    offer->batch.per_mtok[BE_RATE_OUTPUT] = price;
  }
  size_t n_workloads = (size_t) g_rand_int_range (rand, 1, 3);
  add_workloads (input, n_workloads, 3);
  for (size_t w = 0; w < n_workloads; w++)
    random_workload (rand, &input->workloads[w]);
  random_pool (rand, study_add_pool (input));
}

void
study_hosted (BePlanInput *input, size_t n_offers)
{
  be_plan_input_init (input);
  input->month_hours = 720;
  study_add_offers (input, n_offers);
  add_workloads (input, 1, n_offers);
  BeWorkload *workload = &input->workloads[0];
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    workload->profile[hour] = 1;
  workload->requests_per_day = 24000;
  workload->output = 100;
  workload->buffer = 0;
}

BeScenario *
study_open_template (BeCatalog *catalog, const char *name)
{
  g_autoptr (GError) error = NULL;
  BeScenario *scenario = be_scenario_new_from_template (catalog, name, &error);
  g_assert_no_error (error);
  return scenario;
}
