/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluates replicas for the Python reference: one setup a line in, its figures a line out. */
#include "catalog/be-catalog.h"

#include <stdio.h>
#include <string.h>

/* model gpu t g a weights kv engine efficiency input output tpot_s concurrency n_requests whole hit
 */
#define LINE "%63s %31s %d %d %d %d %d %d %lf %lf %lf %lf %lf %lf %d %lf"
#define FIELDS 16

int
main (void)
{
  g_autoptr (BeCatalog) catalog = be_catalog_new_default (NULL);
  char line[512], model[64], gpu[32];

  while (fgets (line, sizeof line, stdin) != NULL) {
    BeServingSetup setup = { 0 };
    BeServingDemand demand = { 0 };
    BeServingResult r;
    int weights, kv, engine, whole;
    double input, output;
    if (sscanf (line, LINE, model, gpu, &setup.tensor_parallel, &setup.pipeline_stages,
                &setup.attention_dp, &weights, &kv, &engine, &setup.software_efficiency, &input,
                &output, &demand.tpot_s, &demand.concurrency, &demand.n_requests, &whole,
                &demand.prefix_hit)
        != FIELDS)
      return 2;
    setup.model = be_catalog_find_model (catalog, model)->shape;
    setup.gpu = be_catalog_find_gpu (catalog, gpu)->gpu;
    setup.weights = (BeWeights) weights;
    setup.kv_cache = (BeKvCache) kv;
    setup.engine = (BeEngine) engine;
    demand.whole_batch = whole != 0;
    BeStatus status = be_serving_evaluate (&setup, &demand, input, output, &r);
    printf ("%d %.17g %.17g %.17g %.17g %.17g %.17g %.17g %.17g", status == BE_OK, r.b_max,
            r.weights_gib, r.kv_gib_per_sequence, r.batch, r.sequences, r.output_tokens_per_second,
            r.tpot_s, r.ttft_s);
    for (int i = 0; i < BE_N_STEP_PARTS; i++)
      printf (" %.17g", r.step_s[i]);
    printf ("\n");
  }
  return 0;
}
