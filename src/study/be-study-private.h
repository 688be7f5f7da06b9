/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the studies of one workload share. */
#pragma once

#include "study/be-study.h"

G_BEGIN_DECLS

/* One workload without pools, provisioned units and quality floor, on the offers of `input`, which
 * it borrows. The workload is a copy whose members may be set; routes are borrowed. Cleared with
 * be_alone_clear, never with be_plan_input_clear. FALSE and error when there is no such workload.
 */
gboolean be_alone_init (BePlanInput *alone, const BePlanInput *input, int workload, GError **error);
void be_alone_clear (BePlanInput *alone);
/* $/month of it; NaN when a price is missing. FALSE: the input breaks its ranges. */
gboolean be_alone_cost (const BePlanInput *alone, BePlanResult *result, double *usd);

G_END_DECLS
