/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dated facts that ship with the program: hosted offers, GPUs, models and rental prices. */
#pragma once

#include "engine/be-serving.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define BE_CATALOG_ERROR (be_catalog_error_quark ())
GQuark be_catalog_error_quark (void);

typedef enum {
  BE_CATALOG_ERROR_FORMAT, /* a file is not what it should be: the message names file and line */
} BeCatalogError;

/* Immutable after loading, counted by reference. Everything it returns but JsonNodes belongs to it.
 */
typedef struct _BeCatalog BeCatalog;

/* A hosted model at one provider. Strings are NULL and numbers NaN when the catalogue has none. */
typedef struct {
  const char *key; /* "provider/id" */
  const char *provider, *id, *name;
  const char *as_of; /* YYYY-MM-DD */
  const char *source, *pricing_url, *note;
  double context_window, max_output;  /* tokens */
  double input, output, cached_input; /* $/Mtok of the row in force at the catalogue's date */
  gboolean has_latency;               /* the vendor publishes something of its speed */
  JsonObject *raw;                    /* the catalogue's own entry */
  const char *catalog_as_of;          /* date of the catalogue that it stands in */
} BeCatalogOffer;

typedef struct {
  const char *name, *key, *vendor, *arch, *link_type, *source;
  BeGpu gpu;
  double tdp_w;
  gboolean unverified; /* the source says itself that it wants a second look */
} BeCatalogGpu;

typedef struct {
  const char *name, *org, *source;
  gboolean unverified;       /* as above */
  double context;            /* tokens */
  double params_b, active_b; /* published, 1e9 parameters; NaN = unpublished */
  BeModelShape shape;
} BeCatalogModel;

/* One dated price. Prices are $ per GPU-hour, NaN = not offered. kind "cloud" is rental. */
typedef struct {
  const char *provider, *gpu, *kind;
  double on_demand, spot, reserved;
  const char *instance;
  double gpus_per_instance; /* NaN = unknown */
  const char *note, *source, *date;
  gboolean unverified; /* as of a GPU */
} BeGpuPrice;

/* Rate limits of one published usage tier of an offer. */
typedef struct {
  const char *offer; /* key */
  const char *as_of, *source;
  int level;       /* 0 = free, 1..5 */
  double rpm, tpm; /* a minute; NaN = not given */
} BeLimitTier;

/* Provisioned throughput as a provider sells it. */
typedef struct {
  const char *name, *region, *as_of, *source;
  double term_months, unit_hour_usd;
} BeProvisionedOffer;

/* Loads prices/{catalogue.json,rate_limits.csv,provisioned.csv} and
 * serving/{gpus,models,gpu_prices}.csv from $BE_DATA_DIR, else from
 * the installed data directory. NULL and error (of this
 * room or of json) when one is missing or malformed. */
BeCatalog *be_catalog_new_default (GError **error);
/* The same with the offers of another file: in the format of prices/catalogue.json, or a public
 * price list. */
BeCatalog *be_catalog_new_from_file (const char *path, GError **error);
/* Only the offers of a document in the format of prices/catalogue.json; takes a reference. */
BeCatalog *be_catalog_new_from_document (JsonNode *document, const char *name, GError **error);
/* All of `below`, with offers of `above` in the place of those with the same key, or added. Keeps
 * both. */
BeCatalog *be_catalog_new_merged (BeCatalog *below, BeCatalog *above);
BeCatalog *be_catalog_ref (BeCatalog *catalog);
void be_catalog_unref (BeCatalog *catalog);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeCatalog, be_catalog_unref)

/* The document that its offers were read from, borrowed; NULL for a merged catalogue. */
JsonNode *be_catalog_get_document (BeCatalog *catalog);
/* Date of the offers, YYYY-MM-DD. */
const char *be_catalog_get_as_of (BeCatalog *catalog);

size_t be_catalog_get_n_offers (BeCatalog *catalog);
const BeCatalogOffer *be_catalog_get_offer (BeCatalog *catalog, size_t index);
/* By "provider/id"; NULL when there is none. */
const BeCatalogOffer *be_catalog_find_offer (BeCatalog *catalog, const char *key);
/* The offer as a scenario's `offers` entry: the price row in force at `date` 00:00 UTC (YYYY-MM-DD,
 * NULL = the catalogue's date) and, in `later`, the rows announced after it. The caller owns the
 * node. NULL when no row is in force at that date. */
JsonNode *be_catalog_offer_to_scenario (const BeCatalogOffer *offer, const char *date);

size_t be_catalog_get_n_gpus (BeCatalog *catalog);
const BeCatalogGpu *be_catalog_get_gpu (BeCatalog *catalog, size_t index);
const BeCatalogGpu *be_catalog_find_gpu (BeCatalog *catalog, const char *key);

/* "Hopper", "Blackwell", "CDNA3" ... by their first letters; BE_ARCH_OTHER for others and NULL. */
BeGpuArch be_gpu_arch_from_name (const char *name);
/* Whether a GPU has GDDR memory: by the serving model's rule, or a key or name that ends in one of
 * the boards that the model lists. */
gboolean be_gpu_is_gddr (const char *name, BeGpuArch arch, double bandwidth_gbs);

/* What the serving model was checked on, by architecture and by the end of a key or name. */
BeEvidence be_gpu_evidence (const char *name, BeGpuArch arch);

size_t be_catalog_get_n_models (BeCatalog *catalog);
const BeCatalogModel *be_catalog_get_model (BeCatalog *catalog, size_t index);
const BeCatalogModel *be_catalog_find_model (BeCatalog *catalog, const char *name);

/* Whether a text begins with a day that there is, YYYY-MM-DD, and ends there or goes on to a time
 * after "T" or a blank. Lists date some offers by month or year only: `partial` takes YYYY-MM and
 * YYYY, too. NULL is none. */
gboolean be_is_date (const char *text, gboolean partial);
/* The same of a day alone, without a time: what prices are looked up by. */
gboolean be_is_day (const char *text);

/* Whether an offer's id or key names the same open weights: "Llama-3.3-70B" and
 * "groq/llama-3.3-70b-versatile", but not "Kimi-K2" and "moonshotai/kimi-k2.6", nor a distillation.
 */
gboolean be_catalog_same_model (const char *model, const char *offer_key);
/* The offers of which that is so, const BeCatalogOffer *, in the catalogue's order. Owned by the
 * catalogue, which keeps it for the next time; for one thread at a time. */
GPtrArray *be_catalog_list_same_model (BeCatalog *catalog, const char *model);

size_t be_catalog_get_n_limit_tiers (BeCatalog *catalog);
const BeLimitTier *be_catalog_get_limit_tier (BeCatalog *catalog, size_t index);
size_t be_catalog_get_n_provisioned (BeCatalog *catalog);
const BeProvisionedOffer *be_catalog_get_provisioned (BeCatalog *catalog, size_t index);

size_t be_catalog_get_n_gpu_prices (BeCatalog *catalog);
const BeGpuPrice *be_catalog_get_gpu_price_row (BeCatalog *catalog, size_t index);
/* Median on-demand $ per hour of the GPU's cloud rows; NaN when there is none. */
double be_catalog_gpu_price (BeCatalog *catalog, const char *gpu_key);

G_END_DECLS
