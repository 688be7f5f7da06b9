/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inputs for the tests of the studies, built without a file. */
#pragma once

#include "study/be-study.h"

/* The day curve of the worked numbers: mean 4,000 output tok/s at $1/Mtok against replicas of 2,500
 * tok/s at $4/h, no buffer, no queueing margin. To be cleared by the caller. */
void study_day_curve (BePlanInput *input);
/* One or two workloads with several routes, caching, deferred requests and a measured pool. */
void study_random_input (GRand *rand, BePlanInput *input);
/* An offer with these prices in USD per Mtok. Only before the input is used otherwise. */
void study_add_offers (BePlanInput *input, size_t n_offers);

/* 24,000 requests a day in months of 720 hours, 720,000 a month, without a buffer; one workload on
 * a route for each of the offers, which have no price yet. */
void study_hosted (BePlanInput *input, size_t n_offers);
/* A pool that serves all of the first workload: measured at 2,500 tok/s, $4/h, without a margin. */
BePool *study_add_pool (BePlanInput *input);
/* A template of the program ("support"), as a new document. */
BeScenario *study_open_template (BeCatalog *catalog, const char *name);
