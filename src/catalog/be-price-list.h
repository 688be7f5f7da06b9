/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Public price lists: recognised by content, read into the catalogue's own form. */
#pragma once

#include "catalog/be-catalog.h"
#include "json/be-json.h"

G_BEGIN_DECLS

/* What was skipped or needs a word: the place in the list and the reason, both owned. */
typedef struct {
  char *place, *reason;
} BePriceListRemark;

/* Above these a price is off by the unit: USD per million tokens. */
#define BE_IMPLAUSIBLE_INPUT_USD 1000.0
#define BE_IMPLAUSIBLE_OUTPUT_USD 2000.0

typedef struct {
  const char *format;  /* "LiteLLM", "genai-prices", "models.dev", "OpenRouter", "llm-prices" */
  JsonNode *catalogue; /* a whole catalogue document; owned */
  guint n_models, n_implausible; /* the latter are among the former */
  GPtrArray *skipped;            /* BePriceListRemark: rows that were not taken */
  GPtrArray *notes;              /* BePriceListRemark: rows that were, but are odd */
} BePriceList;

/* Reads a list that is in memory. `name` stands in messages; `as_of` (YYYY-MM-DD) is the date of a
 * list that gives none. A row that cannot be read is skipped with its reason; NULL and error only
 * for text that is not JSON (BE_JSON_ERROR) or not a list of a known form
 * (BE_CATALOG_ERROR_FORMAT). Prices are USD per million tokens, rounded to 9 decimals. Every number
 * is taken as the list has it: nothing is repaired. May run in any thread; `watch` (nullable) tells
 * others how far it is, and is at 1000 at the end. */
BePriceList *be_price_list_read (const char *data, gsize length, const char *name,
                                 const char *as_of, BeJsonWatch *watch, GError **error);
/* Reads a file of at most 16 MiB; its own date is that of a list that gives none. */
BePriceList *be_price_list_load (const char *path, BeJsonWatch *watch, GError **error);
/* The list's catalogue without what is flagged as implausible; a reference to it when nothing is.
 * The caller owns the node. */
JsonNode *be_price_list_get_plausible (const BePriceList *list);
void be_price_list_free (BePriceList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BePriceList, be_price_list_free)

typedef enum { BE_PRICE_NEW, BE_PRICE_CHANGED, BE_PRICE_SAME } BePriceChangeKind;

/* One offer of a list against the catalogue: by "provider/id", never by a similar name. */
typedef struct {
  const BeCatalogOffer *offer; /* of the list */
  const BeCatalogOffer *known; /* of the catalogue, NULL when it is new */
  BePriceChangeKind kind;
  GPtrArray *rates; /* BeRateChange; owned */
} BePriceChange;

/* One number of an offer that differs; NaN = absent. path: "input", "batch/output",
 * "tiers/0/above".
 */
typedef struct {
  char *path;
  double before, after;
} BeRateChange;

/* Numbers that differ between two offers in the scenario's form (either may be NULL). */
GPtrArray *be_offer_changes (JsonNode *before, JsonNode *after);
/* Every offer of `list` against `known`, at `known`'s date; GPtrArray of BePriceChange. `notes`
 * (nullable) gets a BePriceListRemark for thresholds that are one token apart. */
GPtrArray *be_catalog_compare (BeCatalog *list, BeCatalog *known, GPtrArray *notes);
/* The same for the offers from..to-1 of the list, appended to `changes`, for callers that must not
 * keep others waiting. be_price_changes_new gives an empty array. */
GPtrArray *be_price_changes_new (void);
void be_catalog_compare_some (BeCatalog *list, BeCatalog *known, size_t from, size_t to,
                              GPtrArray *changes, GPtrArray *notes);

G_END_DECLS
