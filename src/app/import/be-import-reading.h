/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a price list in a thread, with its progress. */
#pragma once

#include "catalog/be-price-list.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BeImportReading BeImportReading;

/* Called once in the main loop, with an error when there is no list; not at all after
 * be_import_reading_stop. */
typedef void (*BeImportReadFunc) (BeImportReading *reading, const GError *error,
                                  gpointer user_data);

/* The members are the reading's, and NULL until it is done. */
struct _BeImportReading {
  BePriceList *list;
  BeCatalog *offers; /* what is plausible */
  BeCatalog *every;  /* with what is not; NULL when all is */
};

BeImportReading *
be_import_reading_start (const char *path, BeImportReadFunc read, gpointer user_data);
/* How much of the reading is done, 0 to 1. */
double be_import_reading_get_share (BeImportReading *self);
/* Ends it early, and calls nobody. */
void be_import_reading_stop (BeImportReading *self);
/* Stops it and gives it up. A list of thousands of rows is freed in a thread. */
void be_import_reading_drop (BeImportReading *self);

G_END_DECLS
