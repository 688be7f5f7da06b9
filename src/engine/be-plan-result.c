/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory of an evaluation's result, which is used again from one to the next. */
#include "engine/be-plan-internal.h"

#include <stdlib.h>
#include <string.h>

void
be_plan_result_init (BePlanResult *result)
{
  memset (result, 0, sizeof *result);
  result->cheapest = -1;
}

static void
clear_pools (BePoolResult *pools, size_t n_pools)
{
  for (size_t i = 0; pools != NULL && i < n_pools; i++) {
    free (pools[i].costs);
    free (pools[i].queue_memory.erlangs);
    free (pools[i].speed_memory);
  }
  free (pools);
}

void
be_plan_result_clear (BePlanResult *result)
{
  for (int plan = 0; plan < BE_N_PLANS; plan++)
    free (result->plans[plan].lines);
  clear_pools (result->self_hosted, result->n_pools);
  clear_pools (result->hybrid, result->n_pools);
  free (result->warnings);
  free (result->peaks);
  free (result->times);
  free (result->serves);
  be_plan_result_init (result);
}

void
be_plan_result_warn (BePlanResult *result, BeWarning warning)
{
  if (result->n_warnings == result->warnings_allocated) {
    size_t allocated = result->warnings_allocated * 2 + 8;
    BeWarning *grown = realloc (result->warnings, allocated * sizeof *grown);
    if (grown == NULL)
      return;
    result->warnings = grown;
    result->warnings_allocated = allocated;
  }
  result->warnings[result->n_warnings++] = warning;
}
