/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offers: memory. */
#include "engine/be-price.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void
be_rates_init (BeRates *rates)
{
  for (int key = 0; key < BE_N_RATES; key++)
    rates->per_mtok[key] = NAN;
}

void
be_offer_init (BeOffer *offer)
{
  memset (offer, 0, sizeof *offer);
  be_rates_init (&offer->standard);
  be_rates_init (&offer->batch);
  offer->rpm_limit = NAN;
  offer->tpm_limit = NAN;
  offer->ttft_ms = NAN;
  offer->output_tokens_per_second = NAN;
  offer->account = -1;
}

void
be_offer_clear (BeOffer *offer)
{
  free (offer->tiers);
  free (offer->windows);
  be_offer_init (offer);
}

BeStatus
be_offer_copy (BeOffer *to, const BeOffer *from)
{
  *to = *from;
  to->tiers = NULL;
  to->windows = NULL;
  if (from->n_tiers > 0) {
    to->tiers = malloc (from->n_tiers * sizeof *to->tiers);
    if (to->tiers == NULL)
      goto no_memory;
    memcpy (to->tiers, from->tiers, from->n_tiers * sizeof *to->tiers);
  }
  if (from->n_windows > 0) {
    to->windows = malloc (from->n_windows * sizeof *to->windows);
    if (to->windows == NULL)
      goto no_memory;
    memcpy (to->windows, from->windows, from->n_windows * sizeof *to->windows);
  }
  return BE_OK;

no_memory:
  be_offer_clear (to);
  return BE_NO_MEMORY;
}
