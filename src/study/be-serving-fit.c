/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The memory of a pool's GPUs, and what would fit where its weights do not. */
#include "study/be-study-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define OTHER_GPUS 4 /* how many other GPUs are named */

static const BeWeights narrower[] = { BE_WEIGHTS_FP8, BE_WEIGHTS_INT4, BE_WEIGHTS_FP4 };

static void
choice_clear (gpointer data)
{
  g_free (((BeFitChoice *) data)->gpu);
}

void
be_serving_fit_clear (BeServingFit *fit)
{
  g_clear_pointer (&fit->would_fit, g_array_unref);
}

static gboolean
fits (const BeServingSetup *setup, double prompt, double output)
{
  const BeServingDemand demand = { 0 };
  BeServingResult result;
  return be_serving_evaluate (setup, &demand, prompt, output, &result) == BE_OK;
}

static void
add_choice (GArray *choices, const char *gpu, BeWeights weights, int gpus, double gpu_hour_usd)
{
  const BeFitChoice choice = { g_strdup (gpu), weights, gpus, gpu_hour_usd };
  g_array_append_val (choices, choice);
}

/* Fewer bits on the same GPUs, the widest first; one of each width of bytes is enough. */
static void
add_precisions (GArray *choices, BeServingSetup setup, int gpus, double prompt, double output)
{
  BeWeights own = setup.weights;
  for (guint i = 0; i < G_N_ELEMENTS (narrower); i++) {
    setup.weights = narrower[i];
    if (narrower[i] != own && fits (&setup, prompt, output))
      add_choice (choices, NULL, narrower[i], gpus, NAN);
  }
}

/* The fewest GPUs of the same kind that hold the same weights. */
static void
add_width (GArray *choices, BeServingSetup setup, double prompt, double output)
{
  if (!(setup.gpu.link_gbs > 0) || setup.attention_dp > 1)
    return;
  for (int width = setup.tensor_parallel * 2; width <= 16; width *= 2) {
    setup.tensor_parallel = width;
    if (!fits (&setup, prompt, output))
      continue;
    add_choice (choices, NULL, setup.weights, width * MAX (setup.pipeline_stages, 1), NAN);
    return;
  }
}

static int
compare_rents (gconstpointer a, gconstpointer b)
{
  const BeFitChoice *x = a, *y = b;
  double x_usd = x->gpu_hour_usd * x->gpus_per_replica;
  double y_usd = y->gpu_hour_usd * y->gpus_per_replica;
  return (x_usd > y_usd) - (x_usd < y_usd);
}

/* The fewest GPUs of a kind, at most eight, that hold the weights; 0: none does. */
static int
fewest_gpus (BeServingSetup setup, int gpus, double prompt, double output)
{
  if (setup.attention_dp > 1 || setup.pipeline_stages > 1)
    return fits (&setup, prompt, output) ? gpus : 0;
  for (int width = 1; width <= 8 && (width == 1 || setup.gpu.link_gbs > 0); width *= 2) {
    setup.tensor_parallel = width;
    if (fits (&setup, prompt, output))
      return width;
  }
  return 0;
}

/* The cheapest replicas of other GPUs that hold the same weights. */
static void
add_gpus (GArray *choices, BeCatalog *catalog, BeServingSetup setup, int gpus, double prompt,
          double output)
{
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (BeFitChoice));
  for (size_t i = 0; i < be_catalog_get_n_gpus (catalog); i++) {
    const BeCatalogGpu *gpu = be_catalog_get_gpu (catalog, i);
    double rent = be_catalog_gpu_price (catalog, gpu->key);
    setup.gpu = gpu->gpu;
    int width = isnan (rent) ? 0 : fewest_gpus (setup, gpus, prompt, output);
    if (width > 0)
      add_choice (others, gpu->key, setup.weights, width, rent);
  }
  g_array_sort (others, compare_rents);
  for (guint i = 0; i < others->len; i++) {
    BeFitChoice *choice = &g_array_index (others, BeFitChoice, i);
    if (i < OTHER_GPUS)
      g_array_append_vals (choices, choice, 1);
    else
      choice_clear (choice);
  }
}

static void
fill_memory (BeServingFit *fit, const BeServingResult *now, const BeServingSetup *setup)
{
  double ranks = MAX (setup->attention_dp, 1);
  fit->fits = now->fits;
  fit->gpu_gib = now->memory_gib;
  fit->weights_gib = now->weights_gib;
  fit->reserved_gib = now->reserved_gib;
  fit->cache_per_sequence_gib = now->kv_gib_per_sequence;
  fit->sequences = now->sequences;
  fit->most_sequences = now->b_max * ranks * setup->pipeline_stages;
  fit->cache_gib = now->fits ? now->kv_gib_per_sequence * now->sequences / ranks : 0;
  fit->free_gib = fit->gpu_gib - fit->weights_gib - fit->reserved_gib - fit->cache_gib;
  if (!now->fits)
    fit->free_gib -= now->kv_gib_per_sequence * setup->pipeline_stages;
}

static GArray *
find_fitting (const BeServingSetup *setup, BeCatalog *catalog, int gpus, double prompt,
              double output)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (BeFitChoice));

  g_array_set_clear_func (choices, choice_clear);
  add_precisions (choices, *setup, gpus, prompt, output);
  add_width (choices, *setup, prompt, output);
  if (catalog != NULL)
    add_gpus (choices, catalog, *setup, gpus, prompt, output);
  return choices;
}

gboolean
be_study_fit (const BePlanInput *input, BeCatalog *catalog, int pool, BeServingFit *fit,
              GError **error)
{
  BeServingSetup setup;
  BeServingResult now;
  double prompt, output;

  *fit = (BeServingFit){ 0 };
  if (!be_study_serving_lengths (input, pool, &prompt, &output, error)
      || !be_study_serving_setup (input, pool, &setup, error))
    return FALSE;
  BeServingDemand demand = be_pool_demand (&input->pools[pool]);
  BeStatus status = be_serving_evaluate (&setup, &demand, prompt, output, &now);
  if (status == BE_INVALID) {
    g_set_error_literal (error, BE_STUDY_ERROR, BE_STUDY_ERROR_INPUT,
                         _ ("A figure of the model or the GPU is missing"));
    return FALSE;
  }
  fill_memory (fit, &now, &setup);
  if (fit->fits)
    fit->would_fit = g_array_new (FALSE, FALSE, sizeof (BeFitChoice));
  else
    fit->would_fit =
        find_fitting (&setup, catalog, input->pools[pool].gpus_per_replica, prompt, output);
  return TRUE;
}

static const char *
weights_name (BeWeights weights)
{
  static const char *const names[] = {
    [BE_WEIGHTS_FP16] = "FP16",     [BE_WEIGHTS_FP8] = "FP8",     [BE_WEIGHTS_INT8] = "INT8",
    [BE_WEIGHTS_FP4] = "FP4",       [BE_WEIGHTS_MXFP4] = "MXFP4", [BE_WEIGHTS_INT4] = "INT4",
    [BE_WEIGHTS_Q4_K_M] = "Q4_K_M",
  };
  return names[weights];
}

static void
append_choice (GString *words, const BeFitChoice *choice, const BeServingSetup *setup, int gpus)
{
  if (words->len > 0)
    g_string_append (words, ", ");
  if (choice->gpu != NULL)
    g_string_append_printf (words, "%d × %s", choice->gpus_per_replica, choice->gpu);
  else if (choice->gpus_per_replica != gpus)
    g_string_append_printf (words,
                            ngettext ("%d GPU for each replica", "%d GPUs for each replica",
                                      (gulong) choice->gpus_per_replica),
                            choice->gpus_per_replica);
  else if (choice->weights != setup->weights)
    g_string_append_printf (words, _ ("%s weights"), weights_name (choice->weights));
}

/* " What would fit: ...", for a sentence to end with. */
static char *
would_fit_words (GArray *would_fit, const BeServingSetup *setup, int gpus)
{
  g_autoptr (GString) choices = g_string_new (NULL);

  for (guint i = 0; i < would_fit->len; i++)
    append_choice (choices, &g_array_index (would_fit, BeFitChoice, i), setup, gpus);
  if (choices->len == 0)
    return g_strdup (_ (" Nothing that is known fits: shorter requests would need less."));
  /* Translators: a second sentence; a list of precisions, numbers of GPUs and GPUs. */
  return g_strdup_printf (_ (" What would fit: %s."), choices->str);
}

char *
be_study_would_fit_words (const BeServingSetup *setup, BeCatalog *catalog, int gpus, double prompt,
                          double output)
{
  g_autoptr (GArray) choices = find_fitting (setup, catalog, gpus, prompt, output);
  return would_fit_words (choices, setup, gpus);
}

char *
be_study_fit_words (const BePlanInput *input, BeCatalog *catalog, int pool)
{
  BeServingFit fit;
  const BePool *served = &input->pools[pool];

  if (!be_study_fit (input, catalog, pool, &fit, NULL))
    return g_strdup (_ ("A figure of the model or the GPU is missing"));
  g_autofree char *others =
      would_fit_words (fit.would_fit, &served->serving, served->gpus_per_replica);
  /* Translators: GiB of weights on each GPU, and of what a GPU has for weights and cache. */
  char *words = g_strdup_printf (
      _ ("The model does not fit: %.1f GiB of weights on each GPU leave no room for one request's "
         "cache in %.1f GiB.%s"),
      fit.weights_gib, fit.gpu_gib - fit.reserved_gib, others);
  be_serving_fit_clear (&fit);
  return words;
}
