/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue as one object: where its files are, and finding things in it. */
#include "catalog/be-catalog-private.h"

#include "be-config.h"
#include "catalog/be-price-list.h"
#include "json/be-json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

G_DEFINE_QUARK (be - catalog - error - quark, be_catalog_error)

static const char *
data_directory (void)
{
  const char *directory = g_getenv ("BE_DATA_DIR");
  return directory != NULL && *directory != '\0' ? directory : BE_PKGDATADIR;
}

static BeCatalog *
catalog_new (void)
{
  BeCatalog *catalog = g_new0 (BeCatalog, 1);
  g_atomic_ref_count_init (&catalog->references);
  catalog->keys = g_string_chunk_new (4096);
  catalog->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  catalog->same_models =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  catalog->offers = g_array_new (FALSE, TRUE, sizeof (BeCatalogOffer));
  catalog->gpus = g_array_new (FALSE, TRUE, sizeof (BeCatalogGpu));
  catalog->models = g_array_new (FALSE, TRUE, sizeof (BeCatalogModel));
  catalog->gpu_prices = g_array_new (FALSE, TRUE, sizeof (BeGpuPrice));
  catalog->limit_tiers = g_array_new (FALSE, TRUE, sizeof (BeLimitTier));
  catalog->provisioned = g_array_new (FALSE, TRUE, sizeof (BeProvisionedOffer));
  return catalog;
}

static JsonNode *
read_document (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = be_file_read (path, 0, NULL, error);
  gsize length;
  if (bytes == NULL)
    return NULL;
  const char *data = g_bytes_get_data (bytes, &length);
  return be_json_parse (data != NULL ? data : "", length, path, error);
}

static BeCatalog *
load (JsonNode *prices, const char *name, const char *directory, GError **error)
{
  g_autoptr (BeCatalog) catalog = catalog_new ();
  catalog->prices = json_node_ref (prices);
  if (!be_catalog_load_offers (catalog, name, error))
    return NULL;
  if (directory != NULL && !be_catalog_load_tables (catalog, directory, error))
    return NULL;
  return g_steal_pointer (&catalog);
}

BeCatalog *
be_catalog_new_default (GError **error)
{
  g_autofree char *path = g_build_filename (data_directory (), "prices", "catalogue.json", NULL);
  g_autoptr (JsonNode) prices = read_document (path, error);
  return prices != NULL ? load (prices, path, data_directory (), error) : NULL;
}

BeCatalog *
be_catalog_new_from_file (const char *path, GError **error)
{
  g_autoptr (JsonNode) prices = read_document (path, NULL);
  g_autoptr (BePriceList) list = NULL;
  if (prices != NULL && be_catalog_is_own (prices))
    return load (prices, path, data_directory (), error);
  list = be_price_list_load (path, NULL, error);
  return list != NULL ? load (list->catalogue, path, data_directory (), error) : NULL;
}

BeCatalog *
be_catalog_new_from_document (JsonNode *document, const char *name, GError **error)
{
  return load (document, name, NULL, error);
}

BeCatalog *
be_catalog_new_merged (BeCatalog *below, BeCatalog *above)
{
  BeCatalog *catalog = catalog_new ();
  catalog->below = be_catalog_ref (below);
  catalog->above = be_catalog_ref (above);
  catalog->as_of = strcmp (above->as_of, below->as_of) > 0 ? above->as_of : below->as_of;
  g_clear_pointer (&catalog->gpus, g_array_unref);
  g_clear_pointer (&catalog->models, g_array_unref);
  g_clear_pointer (&catalog->gpu_prices, g_array_unref);
  g_clear_pointer (&catalog->limit_tiers, g_array_unref);
  g_clear_pointer (&catalog->provisioned, g_array_unref);
  catalog->gpus = g_array_ref (below->gpus);
  catalog->models = g_array_ref (below->models);
  catalog->gpu_prices = g_array_ref (below->gpu_prices);
  catalog->limit_tiers = g_array_ref (below->limit_tiers);
  catalog->provisioned = g_array_ref (below->provisioned);
  BeCatalog *const parts[] = { below, above };
  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    for (guint i = 0; i < parts[p]->offers->len; i++) {
      const BeCatalogOffer *offer = &g_array_index (parts[p]->offers, BeCatalogOffer, i);
      guint at = GPOINTER_TO_UINT (g_hash_table_lookup (catalog->by_key, offer->key));
      if (at > 0) {
        g_array_index (catalog->offers, BeCatalogOffer, at - 1) = *offer;
        continue;
      }
      g_array_append_vals (catalog->offers, offer, 1);
      g_hash_table_insert (catalog->by_key, (gpointer) offer->key,
                           GUINT_TO_POINTER (catalog->offers->len));
    }
  return catalog;
}

BeCatalog *
be_catalog_ref (BeCatalog *catalog)
{
  g_atomic_ref_count_inc (&catalog->references);
  return catalog;
}

void
be_catalog_unref (BeCatalog *catalog)
{
  if (!g_atomic_ref_count_dec (&catalog->references))
    return;
  g_clear_pointer (&catalog->below, be_catalog_unref);
  g_clear_pointer (&catalog->above, be_catalog_unref);
  g_hash_table_unref (catalog->by_key);
  g_hash_table_unref (catalog->same_models);
  g_array_unref (catalog->offers);
  g_array_unref (catalog->gpus);
  g_array_unref (catalog->models);
  g_array_unref (catalog->gpu_prices);
  g_array_unref (catalog->limit_tiers);
  g_array_unref (catalog->provisioned);
  for (guint i = 0; i < G_N_ELEMENTS (catalog->tables); i++)
    g_clear_pointer (&catalog->tables[i], be_csv_free);
  g_string_chunk_free (catalog->keys);
  g_clear_pointer (&catalog->prices, json_node_unref);
  g_free (catalog);
}

JsonNode *
be_catalog_get_document (BeCatalog *catalog)
{
  return catalog->prices;
}

const char *
be_catalog_get_as_of (BeCatalog *catalog)
{
  return catalog->as_of;
}

size_t
be_catalog_get_n_offers (BeCatalog *catalog)
{
  return catalog->offers->len;
}

const BeCatalogOffer *
be_catalog_get_offer (BeCatalog *catalog, size_t index)
{
  g_return_val_if_fail (index < catalog->offers->len, NULL);
  return &g_array_index (catalog->offers, BeCatalogOffer, index);
}

const BeCatalogOffer *
be_catalog_find_offer (BeCatalog *catalog, const char *key)
{
  guint at = GPOINTER_TO_UINT (g_hash_table_lookup (catalog->by_key, key));
  return at > 0 ? be_catalog_get_offer (catalog, at - 1) : NULL;
}

size_t
be_catalog_get_n_gpus (BeCatalog *catalog)
{
  return catalog->gpus->len;
}

const BeCatalogGpu *
be_catalog_get_gpu (BeCatalog *catalog, size_t index)
{
  g_return_val_if_fail (index < catalog->gpus->len, NULL);
  return &g_array_index (catalog->gpus, BeCatalogGpu, index);
}

const BeCatalogGpu *
be_catalog_find_gpu (BeCatalog *catalog, const char *key)
{
  for (guint i = 0; i < catalog->gpus->len; i++)
    if (strcmp (be_catalog_get_gpu (catalog, i)->key, key) == 0)
      return be_catalog_get_gpu (catalog, i);
  return NULL;
}

size_t
be_catalog_get_n_models (BeCatalog *catalog)
{
  return catalog->models->len;
}

const BeCatalogModel *
be_catalog_get_model (BeCatalog *catalog, size_t index)
{
  g_return_val_if_fail (index < catalog->models->len, NULL);
  return &g_array_index (catalog->models, BeCatalogModel, index);
}

const BeCatalogModel *
be_catalog_find_model (BeCatalog *catalog, const char *name)
{
  for (guint i = 0; i < catalog->models->len; i++)
    if (strcmp (be_catalog_get_model (catalog, i)->name, name) == 0)
      return be_catalog_get_model (catalog, i);
  return NULL;
}

size_t
be_catalog_get_n_limit_tiers (BeCatalog *catalog)
{
  return catalog->limit_tiers->len;
}

const BeLimitTier *
be_catalog_get_limit_tier (BeCatalog *catalog, size_t index)
{
  g_return_val_if_fail (index < catalog->limit_tiers->len, NULL);
  return &g_array_index (catalog->limit_tiers, BeLimitTier, index);
}

size_t
be_catalog_get_n_provisioned (BeCatalog *catalog)
{
  return catalog->provisioned->len;
}

const BeProvisionedOffer *
be_catalog_get_provisioned (BeCatalog *catalog, size_t index)
{
  g_return_val_if_fail (index < catalog->provisioned->len, NULL);
  return &g_array_index (catalog->provisioned, BeProvisionedOffer, index);
}

size_t
be_catalog_get_n_gpu_prices (BeCatalog *catalog)
{
  return catalog->gpu_prices->len;
}

const BeGpuPrice *
be_catalog_get_gpu_price_row (BeCatalog *catalog, size_t index)
{
  g_return_val_if_fail (index < catalog->gpu_prices->len, NULL);
  return &g_array_index (catalog->gpu_prices, BeGpuPrice, index);
}

static int
compare_doubles (const void *a, const void *b)
{
  const double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

double
be_catalog_gpu_price (BeCatalog *catalog, const char *gpu_key)
{
  g_autofree double *prices = g_new (double, catalog->gpu_prices->len + 1);
  size_t n = 0;
  for (guint i = 0; i < catalog->gpu_prices->len; i++) {
    const BeGpuPrice *row = be_catalog_get_gpu_price_row (catalog, i);
    if (strcmp (row->gpu, gpu_key) == 0 && strcmp (row->kind, "cloud") == 0
        && !isnan (row->on_demand))
      prices[n++] = row->on_demand;
  }
  if (n == 0)
    return NAN;
  qsort (prices, n, sizeof *prices, compare_doubles);
  return n % 2 == 1 ? prices[n / 2] : (prices[n / 2 - 1] + prices[n / 2]) / 2;
}
