/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the tables of GPUs, open-weight models and rental prices. */
#include "catalog/be-catalog-private.h"

#include "json/be-json.h"

#include <math.h>
#include <string.h>

/* One row while it is read; the first bad number is kept in error. */
typedef struct {
  const BeCsv *csv;
  size_t index;
  GError **error;
} Reader;

static const char *
text (const Reader *reader, const char *column)
{
  return be_csv_get_text (reader->csv, reader->index, column);
}

static const char *
name (const Reader *reader, const char *column)
{
  return be_csv_get_name (reader->csv, reader->index, column, reader->error);
}

static double
number (const Reader *reader, const char *column)
{
  return be_csv_get_number (reader->csv, reader->index, column, reader->error);
}

/* A size of a shape: an empty field means that the model has no such part. */
static double
size (const Reader *reader, const char *column)
{
  const double value = number (reader, column);
  return isnan (value) ? 0 : value;
}

BeGpuArch
be_gpu_arch_from_name (const char *name)
{
  static const struct {
    const char *prefix;
    BeGpuArch arch;
  } known[] = {
    { "Turing", BE_ARCH_TURING }, { "Ampere", BE_ARCH_AMPERE },       { "Ada", BE_ARCH_ADA },
    { "Hopper", BE_ARCH_HOPPER }, { "Blackwell", BE_ARCH_BLACKWELL }, { "CDNA4", BE_ARCH_CDNA4 },
    { "CDNA", BE_ARCH_CDNA },
  };
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strncasecmp (name, known[i].prefix, strlen (known[i].prefix)) == 0)
      return known[i].arch;
  return BE_ARCH_OTHER;
}

/* "RTX A6000" ends in "A6000", whatever the marks and the case. */
static gboolean
ends_in (const char *name, const char *board)
{
  const char *end = name + strlen (name), *left = board + strlen (board);
  while (left > board) {
    while (end > name && !g_ascii_isalnum (end[-1]))
      end--;
    if (end == name || g_ascii_tolower (*--end) != g_ascii_tolower (*--left))
      return FALSE;
  }
  return TRUE;
}

gboolean
be_gpu_is_gddr (const char *name, BeGpuArch arch, double bandwidth_gbs)
{
  static const char *const boards[] = { "A10G", "A10", "A40", "A6000", "RTX3090" };
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (boards); i++)
    if (ends_in (name, boards[i]))
      return TRUE;
  return be_gpu_is_gddr_class (arch, bandwidth_gbs);
}

BeEvidence
be_gpu_evidence (const char *name, BeGpuArch arch)
{
  static const char *const unmeasured[] = { "T4", "V100", "A10G" };
  if (arch == BE_ARCH_OTHER || arch == BE_ARCH_TURING)
    return BE_EVIDENCE_NONE;
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (unmeasured); i++)
    if (ends_in (name, unmeasured[i]))
      return BE_EVIDENCE_NONE;
  if (name != NULL && ends_in (name, "RTX5090"))
    return BE_EVIDENCE_NO_FP4_PAIR;
  return name != NULL && ends_in (name, "L4") ? BE_EVIDENCE_ONE_ROW : BE_EVIDENCE_MEASURED;
}

/* Rows that were entered from memory say so in their source. */
static gboolean
is_unverified (const char *source)
{
  return source != NULL
         && (strstr (source, "verify") != NULL || strstr (source, "general knowledge") != NULL);
}

static void
read_gpu (BeCatalog *catalog, const Reader *reader)
{
  const char *link = text (reader, "link_type");
  BeCatalogGpu row = {
    .name = name (reader, "name"),
    .key = name (reader, "key"),
    .vendor = text (reader, "vendor"),
    .arch = text (reader, "arch"),
    .link_type = link,
    .source = text (reader, "source"),
    .tdp_w = number (reader, "tdp_w"),
    .gpu = {
      .nvlink = link != NULL && strstr (link, "PCIe") == NULL,
      .memory_gib = number (reader, "mem_gib"),
      .bandwidth_gbs = number (reader, "mem_bw_gbs"),
      .bf16_tflops = number (reader, "bf16_dense_tflops"),
      .fp8_tflops = number (reader, "fp8_dense_tflops"),
      .int8_tops = number (reader, "int8_dense_tops"),
      .fp4_tflops = number (reader, "fp4_dense_tflops"),
      .link_gbs = number (reader, "link_unidir_gbs"),
      .sustained_compute = number (reader, "sustained_compute"),
    },
  };
  row.gpu.arch = be_gpu_arch_from_name (row.arch);
  row.gpu.gddr = be_gpu_is_gddr (row.key, row.gpu.arch, row.gpu.bandwidth_gbs);
  row.gpu.evidence = be_gpu_evidence (row.key, row.gpu.arch);
  row.unverified = is_unverified (row.source);
  if (isnan (row.gpu.sustained_compute))
    row.gpu.sustained_compute = 1;
  g_array_append_val (catalog->gpus, row);
}

static BeModelShape
read_shape (const Reader *reader)
{
  return (BeModelShape){
    .layers = size (reader, "layers"),
    .hidden = size (reader, "hidden"),
    .heads = size (reader, "heads"),
    .kv_heads = size (reader, "kv_heads"),
    .head_dim = size (reader, "head_dim"),
    .vocab = size (reader, "vocab"),
    .tied_embeddings = size (reader, "tied_emb") != 0,
    .ffn = size (reader, "ffn"),
    .ffn_matrices = size (reader, "ffn_mats"),
    .experts = size (reader, "experts"),
    .topk = size (reader, "topk"),
    .moe_ffn = size (reader, "moe_ffn"),
    .shared_ffn = size (reader, "shared_ffn"),
    .dense_layers = size (reader, "dense_layers"),
    .mla = g_strcmp0 (text (reader, "attn"), "mla") == 0,
    .kv_lora = size (reader, "kv_lora"),
    .q_lora = size (reader, "q_lora"),
    .rope_dim = size (reader, "rope_dim"),
    .nope_dim = size (reader, "nope_dim"),
    .v_dim = size (reader, "v_dim"),
    .kv_layers = size (reader, "kv_layers"),
    .swa_layers = size (reader, "swa_layers"),
    .swa_window = size (reader, "swa_window"),
  };
}

static void
read_model (BeCatalog *catalog, const Reader *reader)
{
  BeCatalogModel row = {
    .name = name (reader, "model"),
    .org = text (reader, "org"),
    .source = text (reader, "source"),
    .context = number (reader, "context"),
    .params_b = number (reader, "params_b"),
    .active_b = number (reader, "active_b"),
    .shape = read_shape (reader),
  };
  row.unverified = is_unverified (row.source);
  row.shape.sparse_attention = row.name != NULL && g_str_has_prefix (row.name, "GLM-5");
  row.shape.gpt_oss = row.name != NULL && g_str_has_prefix (row.name, "gpt-oss");
  g_array_append_val (catalog->models, row);
}

static void
read_gpu_price (BeCatalog *catalog, const Reader *reader)
{
  BeGpuPrice row = {
    .provider = name (reader, "provider"),
    .gpu = name (reader, "gpu"),
    .kind = name (reader, "kind"),
    .on_demand = number (reader, "on_demand_usd_gpu_h"),
    .spot = number (reader, "spot_usd_gpu_h"),
    .reserved = number (reader, "reserved_usd_gpu_h"),
    .instance = text (reader, "instance"),
    .gpus_per_instance = number (reader, "gpus_per_instance"),
    .note = text (reader, "note"),
    .source = text (reader, "source"),
    .date = text (reader, "date"),
  };
  row.unverified = is_unverified (row.source);
  g_array_append_val (catalog->gpu_prices, row);
}

static void
read_limit_tier (BeCatalog *catalog, const Reader *reader)
{
  const BeLimitTier row = {
    .offer = name (reader, "offer"),
    .level = (int) number (reader, "level"),
    .rpm = number (reader, "rpm"),
    .tpm = number (reader, "tpm"),
    .source = text (reader, "source"),
    .as_of = text (reader, "date"),
  };
  g_array_append_val (catalog->limit_tiers, row);
}

static void
read_provisioned (BeCatalog *catalog, const Reader *reader)
{
  const BeProvisionedOffer row = {
    .name = name (reader, "name"),
    .region = text (reader, "region"),
    .term_months = number (reader, "term_months"),
    .unit_hour_usd = number (reader, "unit_hour_usd"),
    .source = text (reader, "source"),
    .as_of = text (reader, "date"),
  };
  g_array_append_val (catalog->provisioned, row);
}

static const char *const limit_columns[] = {
  "offer", "level", "rpm", "tpm", "source", "date", NULL
};
static const char *const provisioned_columns[] = {
  "name", "region", "term_months", "unit_hour_usd", "source", "date", NULL
};
static const char *const gpu_columns[] = { "name",
                                           "key",
                                           "vendor",
                                           "arch",
                                           "mem_gib",
                                           "mem_bw_gbs",
                                           "bf16_dense_tflops",
                                           "fp8_dense_tflops",
                                           "int8_dense_tops",
                                           "fp4_dense_tflops",
                                           "tdp_w",
                                           "link_unidir_gbs",
                                           "link_type",
                                           "sustained_compute",
                                           "source",
                                           NULL };
static const char *const model_columns[] = {
  "model",     "org",          "params_b",   "active_b", "layers",     "hidden",
  "heads",     "kv_heads",     "head_dim",   "vocab",    "tied_emb",   "ffn",
  "ffn_mats",  "experts",      "topk",       "moe_ffn",  "shared_ffn", "attn",
  "kv_lora",   "dense_layers", "q_lora",     "rope_dim", "nope_dim",   "v_dim",
  "kv_layers", "swa_layers",   "swa_window", "context",  "source",     NULL
};
static const char *const price_columns[] = { "provider",
                                             "gpu",
                                             "kind",
                                             "on_demand_usd_gpu_h",
                                             "spot_usd_gpu_h",
                                             "instance",
                                             "gpus_per_instance",
                                             "reserved_usd_gpu_h",
                                             "note",
                                             "source",
                                             "date",
                                             NULL };

static const struct {
  const char *file;
  const char *const *columns;
  void (*read) (BeCatalog *catalog, const Reader *reader);
} tables[] = {
  { "serving/gpus.csv", gpu_columns, read_gpu },
  { "serving/models.csv", model_columns, read_model },
  { "serving/gpu_prices.csv", price_columns, read_gpu_price },
  { "prices/rate_limits.csv", limit_columns, read_limit_tier },
  { "prices/provisioned.csv", provisioned_columns, read_provisioned },
};

gboolean
be_catalog_load_tables (BeCatalog *catalog, const char *directory, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *path = g_build_filename (directory, tables[i].file, NULL);
    g_autoptr (GBytes) bytes = be_file_read (path, 0, NULL, error);
    if (bytes == NULL)
      return FALSE;
    BeCsv *csv =
        be_csv_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), path, error);
    catalog->tables[i] = csv;
    if (csv == NULL || !be_csv_require (csv, tables[i].columns, error))
      return FALSE;
    GError *bad = NULL;
    for (size_t row = 0; row < be_csv_get_n_rows (csv) && bad == NULL; row++)
      tables[i].read (catalog, &(Reader){ csv, row, &bad });
    if (bad != NULL) {
      g_propagate_error (error, bad);
      return FALSE;
    }
  }
  return TRUE;
}
