/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must be said of a computed throughput: where the serving model is weak or leaves things out.
 */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const struct {
  unsigned doubt;
  const char *code, *words;
} notes[] = {
  { BE_DOUBT_MEMORY_EDGE, "memoryEdge",
    N_ ("Weights leave under 15 % of the memory for the KV cache: throughput is then a small "
        "difference of large numbers, and measurements were mostly 1.2 to 1.9 times the "
        "estimate.") },
  { BE_DOUBT_SOFTWARE, "untunedSoftware",
    N_ ("The software efficiency is below 1 (0.9 is typical of untuned NVIDIA stacks, 0.3 to 0.7 "
        "of "
        "AMD stacks of 2024): that factor is a guess until you enter a measurement.") },
  { BE_DOUBT_SPARSE_ATTENTION, "sparseAttention",
    N_ ("The model attends to what an indexer chooses, which is not modelled: such a model was "
        "predicted a third too fast.") },
  { BE_DOUBT_LINEAR_ATTENTION, "linearAttention",
    N_ ("Some layers have linear attention; they are approximated as layers without a KV cache.") },
  { BE_DOUBT_PCIE_WIDE, "pcieWide",
    N_ ("Four or more GPUs over PCIe: almost no published measurements to check this against.") },
  { BE_DOUBT_GPU_UNMEASURED, "gpuUnmeasured",
    N_ ("There are no, or almost no, published measurements of this GPU to check the estimate "
        "against.") },
  { BE_DOUBT_GPU_ONE_ROW, "gpuOneMeasurement",
    N_ ("One published measurement of this GPU exists, and the estimate was 1.38 times too "
        "fast.") },
  { BE_DOUBT_FP4_EXTRAPOLATED, "fp4Extrapolated",
    N_ ("FP4 on several of these boards is extrapolated.") },
  { BE_DOUBT_SEVERAL_NODES, "severalNodes",
    N_ ("A replica of more than eight GPUs may span nodes; the network between them is left "
        "out.") },
};

static void
add_note (GPtrArray *messages, const char *code, const char *words)
{
  BeMessage *message = g_new0 (BeMessage, 1);

  message->code = g_strdup (code);
  message->path = g_strdup ("");
  message->message = g_strdup (words);
  g_ptr_array_add (messages, message);
}

/* More ranks than KV heads, or any with one latent for all heads, hold the same cache again. */
static gboolean
copies_cache (const BeServingSetup *setup)
{
  if (setup->attention_dp > 1 || setup->tensor_parallel <= 1)
    return FALSE;
  return setup->model.mla || setup->tensor_parallel > setup->model.kv_heads;
}

GPtrArray *
be_serving_notes (const BeServingSetup *setup, const BeServingResult *result, double prefix_hit)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func (be_message_free);

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    if (result->doubts & notes[i].doubt)
      add_note (messages, notes[i].code, _ (notes[i].words));
  if (copies_cache (setup))
    add_note (
        messages, "cacheCopied",
        _ ("Every GPU of the replica holds the whole KV cache of each sequence: attention data "
           "parallel would share it."));
  if (prefix_hit > 0)
    add_note (messages, "prefixCache",
              _ ("Cached prefixes save the time of prefill; that sequences share their KV cache is "
                 "not counted."));
  if (!result->meets_target)
    add_note (messages, "latencyTarget",
              _ ("Even one sequence at a time is slower than the latency target."));
  return messages;
}

char *
be_serving_latency_note (void)
{
  return g_strdup (_ ("The time to the first token is of an unloaded replica; under load it is a "
                      "25 % estimate, and the slowest requests wait longer. Speculative decoding "
                      "and disaggregated prefill are left out."));
}

char *
be_serving_range_words (const BeServingResult *result)
{
  g_autofree char *low = be_format_number (result->output_low, FALSE);
  g_autofree char *high = be_format_value (result->output_high, BE_UNIT_TOKENS_PER_SECOND, FALSE);
  /* Translators: from a number to a number of tokens a second. */
  return g_strdup_printf (_ ("%s to %s"), low, high);
}

/* ---- of a pool, as warnings ---- */

static void
add_pool_message (GPtrArray *messages, const char *code, const char *path, const char *member,
                  char *words)
{
  BeMessage *message = g_new0 (BeMessage, 1);

  message->code = g_strdup (code);
  message->path = member != NULL ? g_strconcat (path, "/", member, NULL) : g_strdup (path);
  message->message = words;
  g_ptr_array_add (messages, message);
}

static void
add_unverified (GPtrArray *messages, BeScenario *scenario, const char *path, const char *name)
{
  g_autofree char *gpu_path = g_strconcat (path, "/gpu", NULL);
  g_autofree char *key = be_scenario_get_text (scenario, gpu_path);
  g_auto (GStrv) own = be_scenario_list_gpus (scenario);
  const BeCatalogGpu *gpu =
      key != NULL ? be_catalog_find_gpu (be_scenario_get_catalog (scenario), key) : NULL;

  if (gpu == NULL || !gpu->unverified || g_strv_contains ((const char *const *) own, key))
    return;
  add_pool_message (
      messages, "gpuUnverified", path, "gpu",
      /* Translators: a pool, a GPU. */
      g_strdup_printf (_ ("%s: the figures of %s are unverified; compare them with its datasheet."),
                       name, gpu->name));
}

void
be_report_add_pool_notes (GPtrArray *messages, BeScenario *scenario, const BePlanInput *input,
                          int pool)
{
  g_autofree char *path = be_pool_path (scenario, pool);
  g_autofree char *name = be_pool_name (scenario, pool);
  BeServingResult now;

  if (path == NULL || input->pools[pool].throughput_measured)
    return;
  add_unverified (messages, scenario, path, name);
  if (!be_study_serving_now (input, NULL, pool, &now, NULL))
    return;
  /* The engine's own warning says it for all that the pool serves. */
  now.doubts &= ~(unsigned) BE_DOUBT_MEMORY_EDGE;
  g_autoptr (GPtrArray) said =
      be_serving_notes (&input->pools[pool].serving, &now, input->pools[pool].prefix_hit_share);
  for (guint i = 0; i < said->len; i++) {
    const BeMessage *note = said->pdata[i];
    add_pool_message (messages, note->code, path, NULL,
                      g_strdup_printf ("%s: %s", name, note->message));
  }
}
