/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The price lists that the user imported, kept in the data directory of the user. */
#pragma once

#include "catalog/be-catalog.h"

G_BEGIN_DECLS

/* Puts the kept lists over the catalogue. One that cannot be read is left aside with a warning on
 * the standard error. */
void be_own_prices_load (BeCatalog **catalog);
/* Keeps a list, in the place of an earlier one from the same source; in a thread. */
void be_own_prices_save (BeCatalog *offers);
/* Removes all of them. */
void be_own_prices_forget (void);

G_END_DECLS
