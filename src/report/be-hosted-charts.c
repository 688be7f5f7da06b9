/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of the hosted side of one workload: offers, caching, rate limits, latency, fine-tuning. */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define POINTS 49
/* Volume factors of the curves: from a hundredth to thirty times today's. */
#define FACTOR_LOW 0.01
#define FACTOR_HIGH 30.0
#define SHOWN_OFFERS 12

static BeChartData *
new_workload_chart (const BePlanInput *input, int workload, const BeChartOptions *options,
                    const char *title)
{
  return be_report_new_volume_chart (title, _ ("requests/day of this workload"),
                                     input->workloads[workload].requests_per_day * input->volume,
                                     options);
}

static void
fill_factors (double *factors, const BeChartOptions *options)
{
  gboolean is_log = options->x_scale == BE_SCALE_LOG;

  for (int i = 0; i < POINTS; i++) {
    double t = i / (double) (POINTS - 1);
    factors[i] = is_log ? FACTOR_LOW * pow (FACTOR_HIGH / FACTOR_LOW, t)
                        : FACTOR_LOW + t * (2.5 - FACTOR_LOW);
  }
}

/* ---- caching ---- */

static char *
break_even_text (const BeOffer *offer, gboolean one_hour)
{
  double reads = be_cache_break_even (offer, one_hour);
  g_autofree char *number = be_format_number (reads, FALSE);

  if (!isfinite (reads))
    return g_strdup (_ ("never"));
  return g_strdup_printf (_ ("%s reads"), number);
}

static gboolean
is_alike (double a, double b)
{
  return fabs (a - b) <= 1e-6 * fmax (fabs (a), fabs (b));
}

/* Why lines of the chart lie on each other, or a cache costs more than it saves; "" when neither.
 */
static const char *
caching_reason (const BeCacheCase *cases)
{
  double none = cases[BE_CACHE_CASE_NONE].per_month_usd;
  double five = cases[BE_CACHE_CASE_5_MINUTES].per_month_usd;
  double hour = cases[BE_CACHE_CASE_1_HOUR].per_month_usd;

  if (is_alike (none, five) && is_alike (none, hour))
    return _ (
        " The routes have no lower price for what is read from a cache, so it changes nothing.");
  if (cases[BE_CACHE_CASE_5_MINUTES].hit > 0.99)
    return _ (
        " Requests come so fast that five minutes find nearly everything: an hour adds nothing.");
  if (none < five && none < hour)
    return _ (" So few come back in time that writing costs more than reading saves.");
  return "";
}

/* What it does at today's volume, and from how many reads a write has paid for itself. */
static char *
caching_sentence (const BePlanInput *input, int workload, const BeCacheCase *cases)
{
  const BeWorkload *only = &input->workloads[workload];
  int offer = only->n_routes > 0 ? only->routes[only->n_routes - 1].offer : -1;
  g_autofree char *share = be_format_value (cases[0].prefix_share, BE_UNIT_SHARE, FALSE);
  g_autofree char *hit_5 =
      be_format_value (cases[BE_CACHE_CASE_5_MINUTES].hit, BE_UNIT_SHARE, FALSE);
  g_autofree char *hit_60 = be_format_value (cases[BE_CACHE_CASE_1_HOUR].hit, BE_UNIT_SHARE, FALSE);
  g_autofree char *usd[BE_N_CACHE_CASES] = { NULL };
  char *sentence;

  if (!(cases[0].prefix_share > 0))
    return g_strdup (
        _ ("Nothing of the prompt repeats, so the three lines are one: set a share that can be "
           "cached, or a system prompt."));
  for (int i = 0; i < BE_N_CACHE_CASES; i++)
    usd[i] = be_format_value (cases[i].per_month_usd, BE_UNIT_USD_PER_MONTH, FALSE);
  g_autofree char *first = offer >= 0 ? break_even_text (&input->offers[offer], FALSE) : NULL;
  g_autofree char *second = offer >= 0 ? break_even_text (&input->offers[offer], TRUE) : NULL;
  sentence = g_strdup_printf (
      _ ("%s of the prompt repeats. Today %s of it is found after 5 minutes, %s after an hour: %s "
         "without a cache, %s with 5 minutes, %s with an hour. On the last route a write has paid "
         "for itself after %s (5 minutes), %s (1 hour).%s"),
      share, hit_5, hit_60, usd[0], usd[1], usd[2], first != NULL ? first : "–",
      second != NULL ? second : "–", caching_reason (cases));
  for (int i = 0; i < BE_N_CACHE_CASES; i++)
    g_free (g_steal_pointer (&usd[i]));
  return sentence;
}

static BeChartData *
caching_chart (const BePlanInput *input, int workload, const BeChartOptions *options,
               GError **error)
{
  static const struct {
    const char *name;
    BeRole role;
  } series[BE_N_CACHE_CASES] = {
    { N_ ("No cache"), BE_ROLE_HOSTED },
    { N_ ("5 minutes"), BE_ROLE_SELF_HOSTED },
    { N_ ("1 hour"), BE_ROLE_HYBRID },
  };
  double factors[POINTS], x[POINTS], y[BE_N_CACHE_CASES][POINTS];
  double today = input->workloads[workload].requests_per_day * input->volume;
  BeCacheCase cases[BE_N_CACHE_CASES];
  BeChartData *data;

  fill_factors (factors, options);
  for (int i = 0; i < POINTS; i++) {
    if (!be_study_caching (input, workload, factors[i], cases, error))
      return NULL;
    x[i] = today * factors[i];
    for (int k = 0; k < BE_N_CACHE_CASES; k++)
      y[k][i] = cases[k].per_month_usd / (x[i] * input->month_hours / 24) * 1000;
  }
  if (!be_study_caching (input, workload, 1, cases, error))
    return NULL;
  data = new_workload_chart (input, workload, options, _ ("What a prompt cache does by volume"));
  g_free (data->y_label);
  data->y_label = g_strdup (_ ("$ for 1,000 requests"));
  data->y_scale = BE_SCALE_LINEAR;
  for (int k = 0; k < BE_N_CACHE_CASES; k++)
    be_chart_data_add_series (data, _ (series[k].name), series[k].role, BE_SERIES_LINE, x, y[k],
                              POINTS);
  data->summary = caching_sentence (input, workload, cases);
  return data;
}

/* ---- a fine-tuned model ---- */

static char *
offer_name_at (BeScenario *scenario, const BePlanInput *input, int workload, int route)
{
  return be_offer_name (scenario, input->workloads[workload].routes[route].offer);
}

static char *
replacement_sentence (const BeReplacement *replacement, const char *large, const char *small,
                      double today)
{
  g_autofree char *volume = NULL;

  if (isnan (replacement->crossing_factor))
    return g_strdup_printf (_ ("%s does not become cheaper than %s at any volume."), small, large);
  volume = be_format_value (today * replacement->crossing_factor, BE_UNIT_REQUESTS_PER_DAY, FALSE);
  return g_strdup_printf (_ ("%s pays from %s on: its training and hosting are then less than what "
                             "it saves against %s."),
                          small, volume, large);
}

/* What the comparison rests on, told for whoever has not entered it yet. */
static char *
with_training (char *sentence, const BeOffer *small)
{
  g_autofree char *owned = sentence;
  g_autofree char *cost = be_format_money (small->training_cost_usd, FALSE);
  g_autofree char *life = be_format_value (small->training_life_months, BE_UNIT_MONTHS, FALSE);

  if (!(small->training_cost_usd > 0))
    return g_steal_pointer (&owned);
  /* Translators: a sentence; a cost; a number of months. */
  return g_strdup_printf (_ ("%s Training is counted with %s over %s, as its offer has it."), owned,
                          cost, life);
}

static BeChartData *
fine_tuned_chart (BeScenario *scenario, const BePlanInput *input, int workload,
                  const BeChartOptions *options, GError **error)
{
  double factors[POINTS], x[POINTS];
  double today = input->workloads[workload].requests_per_day * input->volume;
  BeReplacement replacement;
  BeChartData *data;

  fill_factors (factors, options);
  if (!be_study_replacement (input, workload, factors, POINTS, &replacement, error))
    return NULL;
  data =
      new_workload_chart (input, workload, options, _ ("A fine-tuned model against the large one"));
  if (replacement.n == 0) {
    g_free (data->empty_text);
    data->empty_text = g_strdup (_ ("Mark one route as fine-tuned, and keep another to compare"));
    return data;
  }
  g_autofree char *large = offer_name_at (scenario, input, workload, replacement.large);
  g_autofree char *small = offer_name_at (scenario, input, workload, replacement.small);
  for (int i = 0; i < POINTS; i++)
    x[i] = today * factors[i];
  be_chart_data_add_series (data, large, BE_ROLE_HOSTED, BE_SERIES_LINE, x, replacement.large_usd,
                            POINTS);
  be_chart_data_add_series (data, small, BE_ROLE_HYBRID, BE_SERIES_LINE, x, replacement.small_usd,
                            POINTS);
  data->summary =
      with_training (replacement_sentence (&replacement, large, small, today),
                     &input->offers[input->workloads[workload].routes[replacement.small].offer]);
  if (isfinite (replacement.crossing_factor) && today > 0
      && replacement.crossing_factor <= factors[POINTS - 1])
    be_chart_data_add_marker (data, _ ("The fine-tuned model pays"), data->summary,
                              today * replacement.crossing_factor, replacement.crossing_usd,
                              BE_ROLE_HYBRID);
  be_replacement_clear (&replacement);
  return data;
}

/* ---- rate limits ---- */

static void
add_limit (BeChartData *data, GString *words, const char *name, const char *what, double load,
           double limit)
{
  g_autofree char *label = NULL, *asked = NULL, *allowed = NULL;

  if (isnan (limit))
    return;
  label = g_strdup_printf ("%s: %s", name, what);
  asked = be_format_number (load, FALSE);
  allowed = be_format_number (limit, FALSE);
  be_chart_data_add_bar (data, label, limit > 0 ? load / limit * 100 : 0, TRUE,
                         load > limit ? BE_ROLE_INCREASE : BE_ROLE_HOSTED);
  g_string_append_printf (words, _ ("%s: %s %s of %s"), name, asked, what, allowed);
  if (load > limit) {
    g_autofree char *share = be_format_value (1 - limit / load, BE_UNIT_SHARE, FALSE);
    g_string_append_printf (
        words, _ (", %s turned away: it costs nothing by itself, but waits for an hour with room"),
        share);
  }
  g_string_append (words, ". ");
}

/* How full a tier is at the busiest hour: the larger share of its two limits. */
static double
share_of_tier (const BePeakLoad *peak, const BeLimitTier *tier)
{
  if (isnan (tier->rpm) && isnan (tier->tpm))
    return NAN;
  double requests = isnan (tier->rpm) ? 0 : peak->attempts_per_minute / tier->rpm;
  double tokens = isnan (tier->tpm) ? 0 : peak->tokens_per_minute / tier->tpm;

  return MAX (requests, tokens);
}

/* The published usage tiers of an offer: each as a bar where the offer itself has no limit, and in
 * words the lowest that carries the load. Nothing where none is published. */
static void
add_tiers (BeChartData *data, GString *words, BeScenario *scenario, int offer, const char *name,
           const BePeakLoad *peak, gboolean as_bars)
{
  const char *key = be_scenario_offer_key (scenario, offer);
  const BeLimitTier *needed = NULL;
  BeCatalog *catalog = be_scenario_get_catalog (scenario);

  for (size_t i = 0; i < be_catalog_get_n_limit_tiers (catalog); i++) {
    const BeLimitTier *tier = be_catalog_get_limit_tier (catalog, i);
    double share;
    if (g_strcmp0 (tier->offer, key) != 0)
      continue;
    share = share_of_tier (peak, tier);
    if (share <= 1 && (needed == NULL || tier->level < needed->level))
      needed = tier;
    /* Translators: an offer, a usage tier as the provider numbers it. */
    g_autofree char *label = g_strdup_printf (_ ("%s, usage tier %d"), name, tier->level);
    if (as_bars && isfinite (share))
      be_chart_data_add_bar (data, label, share * 100, needed == tier,
                             share > 1 ? BE_ROLE_INCREASE : BE_ROLE_HOSTED);
  }
  if (needed != NULL)
    /* Translators: an offer, a usage tier as the provider numbers it, a source. */
    g_string_append_printf (words, _ ("%s: usage tier %d would be enough (limits by %s). "), name,
                            needed->level, needed->source);
}

static BeChartData *
limits_chart (BeScenario *scenario, const BePlanInput *input, const BePlanResult *result)
{
  BeChartData *data = be_chart_data_new (BE_CHART_ROWS);
  GString *words = g_string_new (NULL);

  data->title = g_strdup (_ ("The busiest hour in % of the rate limits"));
  data->x_label = g_strdup (_ ("Limit"));
  data->y_label = g_strdup (_ ("% of the limit"));
  data->empty_text = g_strdup (_ ("No rate limit is known: enter one on the offer"));
  for (size_t i = 0; i < result->n_offers; i++) {
    const BePeakLoad *peak = &result->peaks[i];
    g_autofree char *name = be_offer_name (scenario, (int) i);

    if (!(peak->attempts_per_minute > 0))
      continue;
    add_limit (data, words, name, _ ("requests a minute"), peak->attempts_per_minute,
               input->offers[i].rpm_limit);
    add_limit (data, words, name, _ ("tokens a minute"), peak->tokens_per_minute,
               input->offers[i].tpm_limit);
    if (isnan (input->offers[i].rpm_limit) && isnan (input->offers[i].tpm_limit)) {
      g_autofree char *requests = be_format_number (peak->attempts_per_minute, FALSE);
      g_autofree char *tokens = be_format_number (peak->tokens_per_minute, FALSE);
      g_string_append_printf (words,
                              _ ("%s: %s requests and %s tokens a minute, no limit is known. "),
                              name, requests, tokens);
    }
    add_tiers (data, words, scenario, (int) i, name, peak,
               isnan (input->offers[i].rpm_limit) && isnan (input->offers[i].tpm_limit));
  }
  data->summary = g_string_free (words, FALSE);
  return data;
}

static BeChartData *
latency_chart (BeScenario *scenario, int workload, const BeChartOptions *options, GError **error)
{
  /* What might be asked next has no point: to look for it in every frame would be in vain. */
  static const char *const nothing_more[] = { NULL };
  g_autoptr (BeLatencyReport) report = be_report_latency (scenario, workload, nothing_more, error);

  return report != NULL ? be_report_latency_chart (report, options) : NULL;
}

/* ---- offers ---- */

static BeChartData *
offers_chart (BeScenario *scenario, const BePlanInput *input, const BePlanResult *result,
              int workload, GError **error)
{
  g_autoptr (BeOfferRanking) ranking = be_offer_ranking_new ();
  const BeOfferFilter all = { .search = NULL };

  if (!be_offer_ranking_update (ranking, scenario, workload, error))
    return NULL;
  g_autoptr (GPtrArray) offers = be_offer_ranking_filter (ranking, &all);
  return be_offer_ranking_chart (offers, SHOWN_OFFERS,
                                 be_report_workload_usd (input, result, workload));
}

BeChartData *
be_report_hosted_chart (BeScenario *scenario, const BePlanInput *input, const BePlanResult *result,
                        BeKind kind, const BeChartOptions *options, GError **error)
{
  int workload = options->workload < (int) input->n_workloads ? options->workload : 0;

  switch (kind) {
  case BE_KIND_OFFERS:
    return offers_chart (scenario, input, result, workload, error);
  case BE_KIND_CACHING:
    return caching_chart (input, workload, options, error);
  case BE_KIND_FINE_TUNED:
    return fine_tuned_chart (scenario, input, workload, options, error);
  case BE_KIND_LIMITS:
    return limits_chart (scenario, input, result);
  case BE_KIND_LATENCY:
    return latency_chart (scenario, workload, options, error);
  case BE_KIND_COSTS:
  case BE_KIND_CROSSOVER:
  case BE_KIND_BREAKDOWN:
  case BE_KIND_BILL:
  case BE_KIND_STEP:
  case BE_KIND_THROUGHPUT:
  case BE_KIND_GPUS:
  case BE_KIND_PRECISIONS:
  case BE_KIND_REPLICAS:
  case BE_KIND_WEEK:
  case BE_KIND_MEMORY:
  case BE_KIND_FLEET:
  case BE_KIND_BRIDGE:
  case BE_N_KINDS:
  default:
    return NULL;
  }
}
