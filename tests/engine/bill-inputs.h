/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inputs for the tests of bills, built without a file. */
#pragma once

#include "engine/be-plan.h"

#include <glib.h>

#define assert_near(value, expected)                                                               \
  g_assert_cmpfloat_with_epsilon ((value), (expected), 1e-9 * fabs ((double) (expected)) + 1e-9)

enum { N_OFFERS = 3 };

/* 24,000 requests a day of 1,000 and 100 tokens at $1 and $10: 720,000 a month of 720 h, $0.002
 * each. */
void start (BePlanInput *input);
/* Measured at 2,500 tokens/s, $4 for each GPU-hour; half a replica's work on the mean. */
BePool *add_pool (BePlanInput *input);
void set_profile (BeWorkload *workload, double night, double day);

typedef BePlanResult Result;
static inline void
result_clear (Result *result)
{
  be_plan_result_clear (result);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

/* All plans, each of whose lines add up. */
Result evaluate (const BePlanInput *input);
double hosted (const BePlanInput *input);
double self_hosted (const BePlanInput *input);
double line_usd (const BePlan *plan, BeLineKind kind);
