/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of a pool says in figures and words. */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define STEP_MS 10
enum { FASTER, NOW, SLOWER };

double
be_report_estimate (double value)
{
  if (!isfinite (value) || value == 0)
    return value;
  double unit = pow (10, floor (log10 (fabs (value))) - 2);
  return round (value / unit) * unit;
}

/* "1,340 tokens/s", money in short: "$64.5k/month". */
static char *
estimate (double value, BeUnit unit)
{
  return be_format_value (be_report_estimate (value), unit, unit == BE_UNIT_USD_PER_MONTH);
}

void
be_serving_figures_clear (BeServingFigures *figures)
{
  g_free (figures->fit);
  g_free (figures->speed);
  g_free (figures->band);
  g_free (figures->tpot);
  g_free (figures->ttft);
  g_free (figures->batch);
  g_free (figures->per_mtok);
  g_free (figures->replicas);
  g_free (figures->per_month);
  g_free (figures->parameters);
  g_free (figures->active);
  g_free (figures->target);
  *figures = (BeServingFigures){ 0 };
}

/* "2 GPUs in FP8", "1 × H200 in FP8" */
static char *
choice_words (const BeFitChoice *choice)
{
  const char *weights = be_weights_label (choice->weights);

  if (choice->gpu != NULL)
    return g_strdup_printf (_ ("%d × %s in %s"), choice->gpus_per_replica, choice->gpu, weights);
  return g_strdup_printf (
      ngettext ("%d GPU in %s", "%d GPUs in %s", (gulong) choice->gpus_per_replica),
      choice->gpus_per_replica, weights);
}

static char *
fit_sentence (const BeServingFit *fit)
{
  g_autofree char *weights = be_format_number (be_report_estimate (fit->weights_gib), FALSE);
  g_autofree char *memory = be_format_number (fit->gpu_gib, FALSE);
  g_autofree char *share = estimate (
      (fit->gpu_gib - fit->weights_gib - fit->reserved_gib) / fit->gpu_gib, BE_UNIT_SHARE);
  g_autoptr (GString) others = g_string_new (NULL);

  if (fit->fits)
    return g_strdup_printf (
        _ ("Fits: the weights take %s of %s GiB, %s of the memory is left for the cache."), weights,
        memory, share);
  for (guint i = 0; i < MIN (fit->would_fit->len, 4); i++) {
    g_autofree char *words = choice_words (&g_array_index (fit->would_fit, BeFitChoice, i));
    g_string_append_printf (others, "%s%s", i > 0 ? "; " : "", words);
  }
  if (others->len == 0)
    return g_strdup_printf (_ ("Does not fit: the weights take %s of %s GiB."), weights, memory);
  /* Translators: then a list: "2 GPUs in FP8; 1 × H200 in FP8". */
  return g_strdup_printf (_ ("Does not fit: the weights take %s of %s GiB. What would fit: %s."),
                          weights, memory, others->str);
}

/* ---- latency ---- */

/* "10 ms faster costs $1,200/month more (12 %; 900 tokens/s)" */
static char *
step_words (const BeLatencyPrice *now, const BeLatencyPrice *other, gboolean is_faster)
{
  double change = other->per_month_usd - now->per_month_usd;
  g_autofree char *usd = estimate (fabs (change), BE_UNIT_USD_PER_MONTH);
  g_autofree char *share = estimate (fabs (change) / now->per_month_usd, BE_UNIT_SHARE);
  g_autofree char *speed = estimate (other->output_tokens_per_second, BE_UNIT_TOKENS_PER_SECOND);

  if (!other->meets_target || isnan (change))
    return g_strdup (is_faster ? _ ("10 ms faster is out of reach") : "");
  if (fabs (change) < 0.5)
    return g_strdup_printf (is_faster ? _ ("10 ms faster costs nothing more (%s a replica)")
                                      : _ ("10 ms slower saves nothing (%s a replica)"),
                            speed);
  if (is_faster)
    return g_strdup_printf (change > 0 ? _ ("10 ms faster costs %s more (%s; %s a replica)")
                                       : _ ("10 ms faster even saves %s (%s; %s a replica)"),
                            usd, share, speed);
  return g_strdup_printf (change < 0 ? _ ("10 ms slower saves %s (%s; %s a replica)")
                                     : _ ("10 ms slower even costs %s more (%s; %s a replica)"),
                          usd, share, speed);
}

static char *
target_sentence (const BeLatencyPrice prices[3])
{
  g_autofree char *target = estimate (prices[NOW].target_ms, BE_UNIT_MILLISECONDS);

  if (!prices[NOW].meets_target)
    return g_strdup_printf (_ ("Even one request alone is slower than %s for each token."), target);
  g_autofree char *faster = step_words (&prices[NOW], &prices[FASTER], TRUE);
  g_autofree char *slower = step_words (&prices[NOW], &prices[SLOWER], FALSE);
  /* Translators: a latency; then two clauses, "10 ms faster costs …" and "10 ms slower saves …". */
  return g_strdup_printf (_ ("At %s for each token: %s; %s."), target, faster, slower);
}

/* ---- all of it ---- */

static char *
band_words (const BeServingResult *serving)
{
  double middle = serving->output_tokens_per_second;
  double down = 1 - serving->output_low / middle, up = serving->output_high / middle - 1;
  g_autofree char *low = estimate (down, BE_UNIT_SHARE);
  g_autofree char *high = estimate (up, BE_UNIT_SHARE);

  if (fabs (up - down) < 0.005)
    return g_strdup_printf (_ ("±\302\240%s"), high);
  /* Translators: by how much the true figure may be lower, and higher. */
  return g_strdup_printf (_ ("−%s +%s"), low, high);
}

static char *
billions (double parameters)
{
  g_autofree char *number = be_format_number (be_report_estimate (parameters / 1e9), FALSE);

  /* Translators: billions of parameters. */
  return g_strdup_printf (_ ("%s B"), number);
}

static void
fill_speed (BeServingFigures *figures, const BeServingResult *serving)
{
  figures->speed = estimate (serving->output_tokens_per_second, BE_UNIT_TOKENS_PER_SECOND);
  figures->band = band_words (serving);
  figures->tpot = estimate (serving->tpot_s * 1000, BE_UNIT_MILLISECONDS);
  figures->ttft = estimate (serving->ttft_s * 1000, BE_UNIT_MILLISECONDS);
  figures->batch = be_format_number (serving->sequences, FALSE);
}

static void
fill_parameters (BeServingFigures *figures, const BeModelShape *model)
{
  double total, active;

  be_model_parameters (model, &total, &active);
  figures->parameters = billions (total);
  if (model->experts > 0) {
    g_autofree char *part = billions (active);
    figures->active = g_strdup_printf (_ ("%s active"), part);
  }
}

static void
fill_unknown (BeServingFigures *figures)
{
  char **const all[] = { &figures->speed,    &figures->band,     &figures->tpot,
                         &figures->ttft,     &figures->batch,    &figures->per_mtok,
                         &figures->replicas, &figures->per_month };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (*all[i] == NULL)
      *all[i] = g_strdup ("–");
  if (figures->target == NULL)
    figures->target = g_strdup ("");
}

gboolean
be_report_serving_figures (BeScenario *scenario, const BePlanInput *input, int pool,
                           BeServingFigures *figures, GError **error)
{
  BeCatalog *catalog = be_scenario_get_catalog (scenario);
  BeServingFit fit;
  BeServingResult now;
  BeLatencyPrice prices[3];

  *figures = (BeServingFigures){ 0 };
  if (!be_study_fit (input, catalog, pool, &fit, error))
    return FALSE;
  figures->fits = fit.fits;
  figures->fit = fit_sentence (&fit);
  be_serving_fit_clear (&fit);
  fill_parameters (figures, &input->pools[pool].serving.model);
  if (figures->fits && be_study_serving_now (input, catalog, pool, &now, NULL))
    fill_speed (figures, &now);
  if (figures->fits && be_study_latency_price (input, pool, STEP_MS, prices, NULL)) {
    figures->per_mtok = estimate (prices[NOW].usd_per_mtok, BE_UNIT_USD_PER_MTOK);
    figures->replicas = be_format_number (prices[NOW].replicas, FALSE);
    figures->per_month = estimate (prices[NOW].per_month_usd, BE_UNIT_USD_PER_MONTH);
    figures->target = target_sentence (prices);
  }
  fill_unknown (figures);
  return TRUE;
}
