/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of reference checks share. */
#pragma once

#include "study/be-study.h"

G_BEGIN_DECLS

/* Adds a check; whether it holds follows from its range and `ours` (NaN: not worked out). */
void be_reference_add (GArray *checks, const BeReferenceCheck *check);
void be_reference_add_rounded (GArray *checks, const char *id, const char *what, const char *source,
                               double published, double tolerance, double ours);
/* One that is not worked out here, and why. */
void be_reference_add_left_out (GArray *checks, const char *id, const char *what,
                                const char *source, double published, const char *note);

/* One workload, its requests evenly on as many offers as there are; to be cleared. */
void be_reference_start (BePlanInput *input, guint n_offers, double requests_per_day, double prompt,
                         double output);
void be_reference_set_rates (BeOffer *offer, double prompt, double output, double batch_factor);
/* $/month of a plan; NaN when it cannot be run. */
double be_reference_cost (const BePlanInput *input, BePlanKind plan);
/* A pool of measured speed that serves all of the workload, without minimum, spare or queueing. */
BePool *be_reference_add_pool (BePlanInput *input, double tokens_per_second, double gpu_hour);

void be_reference_check_pools (GArray *checks);
void be_reference_check_claims (GArray *checks, BeCatalog *catalog);

G_END_DECLS
