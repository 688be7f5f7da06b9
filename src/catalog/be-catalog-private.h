/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this room share. */
#pragma once

#include "catalog/be-catalog.h"
#include "catalog/be-csv.h"

G_BEGIN_DECLS

struct _BeCatalog {
  gatomicrefcount references;
  BeCatalog *below, *above; /* of a merged one; owned */
  GHashTable *by_key;       /* offer's key -> index + 1 */
  JsonNode *prices;         /* owns the strings of offers */
  GStringChunk *keys;       /* owns the offers' keys */
  GHashTable *same_models;  /* model's name -> GPtrArray of its offers, as they were asked for */
  BeCsv *tables[5];         /* own the strings of GPUs, models and rental prices */
  const char *as_of;
  GArray *offers;      /* BeCatalogOffer */
  GArray *gpus;        /* BeCatalogGpu */
  GArray *models;      /* BeCatalogModel */
  GArray *gpu_prices;  /* BeGpuPrice */
  GArray *limit_tiers; /* BeLimitTier */
  GArray *provisioned; /* BeProvisionedOffer */
};

/* Fill catalog->offers from catalog->prices, which `name` calls in messages, and the tables from
 * the directory. FALSE and error when something is missing or malformed. */
gboolean be_catalog_load_offers (BeCatalog *catalog, const char *name, GError **error);
/* Whether a document says that it is a catalogue of this program. */
gboolean be_catalog_is_own (JsonNode *document);
/* Whether one model of a catalogue is well-formed; `where` stands in the message. */
gboolean be_catalog_check_entry (JsonObject *entry, const char *where, GError **error);
gboolean be_catalog_load_tables (BeCatalog *catalog, const char *directory, GError **error);

G_END_DECLS
