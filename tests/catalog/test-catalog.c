/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shipped catalogue as it is, entries as a scenario's offers, and refused catalogues. */

#include "catalog/be-catalog.h"

#include "json/be-json.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static BeCatalog *
load_default (void)
{
  g_autoptr (GError) error = NULL;
  BeCatalog *catalog = be_catalog_new_default (&error);
  g_assert_no_error (error);
  return catalog;
}

static void
test_shipped (void)
{
  g_autoptr (BeCatalog) catalog = load_default ();
  g_assert_cmpstr (be_catalog_get_as_of (catalog), ==, "2026-09-23");
  g_assert_cmpuint (be_catalog_get_n_offers (catalog), ==, 101);
  g_assert_cmpuint (be_catalog_get_n_gpus (catalog), ==, 38);
  g_assert_cmpuint (be_catalog_get_n_models (catalog), ==, 47);
  g_assert_cmpuint (be_catalog_get_n_gpu_prices (catalog), ==, 93);
  const BeCatalogOffer *offer = be_catalog_find_offer (catalog, "openai/gpt-6-astra");
  g_assert_nonnull (offer);
  g_assert_cmpstr (offer->name, ==, "GPT-6 Astra");
  g_assert_cmpfloat (offer->input, ==, 10);
  g_assert_cmpfloat (offer->cached_input, ==, 1);
  g_assert_cmpfloat (offer->context_window, ==, 1050000);
  g_assert_null (be_catalog_find_offer (catalog, "openai/none"));
  g_assert_null (be_catalog_find_gpu (catalog, "none"));
  g_assert_null (be_catalog_find_model (catalog, "none"));
  BeCatalog *again = be_catalog_ref (catalog);
  be_catalog_unref (again);
  g_assert_cmpstr (be_catalog_get_as_of (catalog), ==, "2026-09-23");
}

/* What is kept for the next time is what a look at every offer finds. */
static void
test_same_model (void)
{
  g_autoptr (BeCatalog) catalog = load_default ();
  GPtrArray *same = be_catalog_list_same_model (catalog, "Llama-3.3-70B");
  guint n = 0;

  for (size_t i = 0; i < be_catalog_get_n_offers (catalog); i++) {
    const BeCatalogOffer *offer = be_catalog_get_offer (catalog, i);
    if (be_catalog_same_model ("Llama-3.3-70B", offer->id))
      g_assert_true (g_ptr_array_index (same, n++) == offer);
  }
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (same->len, ==, n);
  g_assert_true (be_catalog_list_same_model (catalog, "Llama-3.3-70B") == same);
  g_assert_cmpuint (be_catalog_list_same_model (catalog, "No-Such-1B")->len, ==, 0);
}

static void
test_gpus (void)
{
  static const struct {
    const char *key;
    BeGpuArch arch;
    bool gddr, nvlink;
  } cases[] = {
    { "H100", BE_ARCH_HOPPER, false, true },       { "H100-PCIe", BE_ARCH_HOPPER, false, false },
    { "A100-PCIe", BE_ARCH_AMPERE, false, false }, { "A10G", BE_ARCH_AMPERE, true, false },
    { "A6000", BE_ARCH_AMPERE, true, true },       { "L40S", BE_ARCH_ADA, true, false },
    { "T4", BE_ARCH_TURING, true, false },         { "RTX5090", BE_ARCH_BLACKWELL, true, false },
    { "B200", BE_ARCH_BLACKWELL, false, true },    { "MI300X", BE_ARCH_CDNA, false, true },
    { "MI355X", BE_ARCH_CDNA4, false, true },      { "TPUv5p", BE_ARCH_OTHER, false, true },
  };
  g_autoptr (BeCatalog) catalog = load_default ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const BeCatalogGpu *row = be_catalog_find_gpu (catalog, cases[i].key);
    g_test_message ("%s", cases[i].key);
    g_assert_nonnull (row);
    g_assert_cmpint (row->gpu.arch, ==, cases[i].arch);
    g_assert_cmpint (row->gpu.gddr, ==, cases[i].gddr);
    g_assert_cmpint (row->gpu.nvlink, ==, cases[i].nvlink);
  }
  g_assert_true (isnan (be_catalog_find_gpu (catalog, "T4")->gpu.fp8_tflops));
  g_assert_cmpfloat (be_catalog_find_gpu (catalog, "H100")->tdp_w, ==, 700);
}

/* Every model runs on enough of some GPU, so no shape was read wrongly. */
static void
test_models_serve (void)
{
  g_autoptr (BeCatalog) catalog = load_default ();
  for (size_t i = 0; i < be_catalog_get_n_models (catalog); i++) {
    const BeCatalogModel *model = be_catalog_get_model (catalog, i);
    double total, active;
    g_test_message ("%s", model->name);
    be_model_parameters (&model->shape, &total, &active);
    g_assert_cmpfloat_with_epsilon (total / 1e9, model->params_b, 0.01 * model->params_b);
    const BeServingSetup setup = { .model = model->shape,
                                   .gpu = be_catalog_find_gpu (catalog, "B300")->gpu,
                                   .tensor_parallel = 8,
                                   .pipeline_stages = 1,
                                   .attention_dp = 1,
                                   .weights = BE_WEIGHTS_FP8,
                                   .software_efficiency = 1 };
    BeServingResult result;
    g_assert_cmpint (be_serving_evaluate (&setup, &(BeServingDemand){ 0 }, 1000, 200, &result), ==,
                     BE_OK);
    g_assert_true (isfinite (result.output_tokens_per_second));
  }
  g_assert_true (be_catalog_find_model (catalog, "gpt-oss-20b")->shape.gpt_oss);
  g_assert_true (be_catalog_find_model (catalog, "DeepSeek-V3")->shape.mla);
}

static void
test_gpu_prices (void)
{
  g_autoptr (BeCatalog) catalog = load_default ();
  g_assert_true (isnan (be_catalog_gpu_price (catalog, "none")));
  const double h100 = be_catalog_gpu_price (catalog, "H100");
  guint below = 0, above = 0;
  for (size_t i = 0; i < be_catalog_get_n_gpu_prices (catalog); i++) {
    const BeGpuPrice *row = be_catalog_get_gpu_price_row (catalog, i);
    if (strcmp (row->gpu, "H100") != 0 || strcmp (row->kind, "cloud") != 0)
      continue;
    below += row->on_demand < h100;
    above += row->on_demand > h100;
  }
  g_test_message ("H100: $%g an hour, %u rows below, %u above", h100, below, above);
  g_assert_cmpfloat (h100, >, 1);
  g_assert_cmpfloat (h100, <, 10);
  g_assert_cmpuint (below, ==, above);
}

static const char entry[] =
    "{\"format\":\"hosted-price-catalogue\",\"format_version\":1,\"as_of\":\"2026-09-23\","
    "\"models\":[{\"provider\":\"p\",\"id\":\"m\",\"name\":\"M\",\"context_window\":1000,"
    "\"max_output\":null,\"as_of\":\"2026-09-22\",\"source\":\"s\",\"prices\":["
    "{\"from\":\"2026-01-01\",\"to\":\"2026-06-01\",\"input\":9,\"output\":9},"
    "{\"from\":\"2026-06-01\",\"to\":\"2026-12-01\",\"input\":1.5,\"output\":6,"
    "\"cached_input\":null,\"cache_write\":2,\"cache_write_1h\":3,\"batch_multiplier\":0.5,"
    "\"batch_input\":0.75,\"batch_output\":3,\"note\":\"n\","
    "\"tiers\":[{\"prompt_tokens\":200,\"compare\":\"gt\",\"applies_to\":\"whole_request\","
    "\"input\":3,\"output\":12},{\"prompt_tokens\":500,\"compare\":\"ge\",\"input\":4,"
    "\"batch_input\":2}],\"windows\":[{\"name\":\"peak\",\"utc\":[\"01:00-04:00\"],"
    "\"days\":[\"mon\"],\"calendar\":\"Asia/Shanghai\",\"input\":2,\"cached_input\":0.1}],"
    "\"fees\":{\"web_search_per_1000\":10,\"per_request\":0.01}},"
    "{\"from\":\"2026-12-01\",\"to\":null,\"input\":1,\"output\":5}]}]}";

static const char converted[] =
    "{\"provider\":\"p\",\"name\":\"M\",\"input\":1.5,\"output\":6,\"cacheWrite\":2,"
    "\"cacheWrite1h\":3,\"batch\":{\"input\":0.75,\"output\":3},"
    "\"tiers\":[{\"above\":200,\"input\":3,\"output\":12},"
    "{\"atLeast\":500,\"input\":4,\"batch\":{\"input\":2}}],"
    "\"windows\":[{\"utc\":[\"01:00-04:00\"],\"days\":[\"mon\"],\"calendar\":\"Asia/Shanghai\","
    "\"input\":2,\"cachedInput\":0.1}],"
    "\"fees\":{\"perRequest\":0.01,\"webSearchPer1000\":10},\"contextWindow\":1000,"
    "\"asOf\":\"2026-09-22\",\"source\":\"s\",\"from\":\"2026-06-01\",\"to\":\"2026-12-01\","
    "\"later\":[{\"input\":1,\"output\":5,\"from\":\"2026-12-01\"}]}";

static BeCatalog *
load_text (const char *data, GError **error)
{
  g_autoptr (GError) io = NULL;
  g_autofree char *directory = g_dir_make_tmp ("be-catalog-XXXXXX", &io);
  g_assert_no_error (io);
  g_autofree char *path = g_build_filename (directory, "prices.json", NULL);
  g_file_set_contents (path, data, -1, &io);
  g_assert_no_error (io);
  BeCatalog *catalog = be_catalog_new_from_file (path, error);
  g_unlink (path);
  g_rmdir (directory);
  return catalog;
}

static void
test_conversion (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeCatalog) catalog = load_text (entry, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (be_catalog_get_n_offers (catalog), ==, 1);
  const BeCatalogOffer *offer = be_catalog_find_offer (catalog, "p/m");
  g_assert_cmpfloat (offer->input, ==, 1.5);
  g_assert_true (isnan (offer->cached_input));
  g_assert_true (isnan (offer->max_output));
  g_autoptr (JsonNode) node = be_catalog_offer_to_scenario (offer, NULL);
  g_autoptr (JsonNode) expected = be_json_parse (converted, strlen (converted), "expected", &error);
  g_assert_no_error (error);
  g_autofree char *got_text = be_json_write (node, NULL);
  g_autofree char *expected_text = be_json_write (expected, NULL);
  g_assert_cmpstr (got_text, ==, expected_text);
}

static void
test_row_in_force (void)
{
  static const struct {
    const char *date;
    double input; /* NaN: no row in force */
    guint later;
  } cases[] = {
    { "2025-12-31", NAN, 0 }, { "2026-01-01", 9, 2 },   { "2026-05-31", 9, 2 },
    { "2026-06-01", 1.5, 1 }, { "2026-11-30", 1.5, 1 }, { "2026-12-01", 1, 0 },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (BeCatalog) catalog = load_text (entry, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonNode) node =
        be_catalog_offer_to_scenario (be_catalog_get_offer (catalog, 0), cases[i].date);
    g_test_message ("%s", cases[i].date);
    g_assert_cmpint (node == NULL, ==, isnan (cases[i].input));
    if (node == NULL)
      continue;
    JsonObject *object = json_node_get_object (node);
    g_assert_cmpfloat (json_object_get_double_member (object, "input"), ==, cases[i].input);
    const guint later = json_object_has_member (object, "later")
                            ? json_array_get_length (json_object_get_array_member (object, "later"))
                            : 0;
    g_assert_cmpuint (later, ==, cases[i].later);
  }
}

/* A change of one stretch of the good catalogue, and what the message has to name. */
static void
test_refused (void)
{
  static const struct {
    const char *name, *from, *to, *says;
  } cases[] = {
    { "other format", "hosted-price-catalogue", "price-list", "prices.json" },
    { "newer version", "\"format_version\":1", "\"format_version\":2", "version" },
    { "no date", "\"as_of\":\"2026-09-23\"", "\"as_of\":null", "as_of" },
    { "no provider", "\"provider\":\"p\",", "", "models/0" },
    { "negative rate", "\"input\":1.5", "\"input\":-1", "input" },
    { "text for a rate", "\"batch_output\":3", "\"batch_output\":\"3\"", "batch_output" },
    { "negative tier rate", "\"output\":12", "\"output\":-12", "output" },
    { "tier without threshold", "\"prompt_tokens\":500,", "", "prompt_tokens" },
    { "fees a number", "\"fees\":{\"web_search_per_1000\":10,\"per_request\":0.01}", "\"fees\":1",
      "fees" },
    { "date a number", "\"to\":\"2026-06-01\"", "\"to\":2026", "YYYY-MM-DD" },
    { "prices an object", "\"prices\":[", "\"prices\":{},\"x\":[", "prices" },
    { "rate sets a list", "\"name\":\"M\"", "\"rate_sets\":[1]", "rate_sets" },
    { "a rate set a number", "\"name\":\"M\"", "\"rate_sets\":{\"eu\":1}", "rate_sets" },
    { "a set's rate below 0", "\"name\":\"M\"", "\"rate_sets\":{\"eu\":{\"input\":-1}}", "input" },
    { "a set's tier a number", "\"name\":\"M\"", "\"rate_sets\":{\"eu\":{\"tiers\":[1]}}",
      "tiers" },
    { "a set's tier without threshold", "\"name\":\"M\"",
      "\"rate_sets\":{\"eu\":{\"tiers\":[{\"input\":1}]}}", "prompt_tokens" },
    { "a speed without a day", "\"name\":\"M\"", "\"latency\":{\"as_of\":\"2026-13-01\"}",
      "YYYY-MM-DD" },
    { "not JSON", "\"models\":[", "\"models\":[[", "prices.json" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString) data = g_string_new (entry);
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", cases[i].name);
    g_assert_cmpuint (g_string_replace (data, cases[i].from, cases[i].to, 1), ==, 1);
    g_assert_null (load_text (data->str, &error));
    g_assert_nonnull (error);
    g_assert_nonnull (strstr (error->message, cases[i].says));
  }
  g_autoptr (GError) error = NULL;
  g_assert_null (be_catalog_new_from_file ("/nonexistent/prices.json", &error));
  g_assert_nonnull (strstr (error->message, "/nonexistent/prices.json"));
}

/* Everything that is shipped becomes an offer at its own date, with an input and an output price.
 */
static void
test_all_convert (void)
{
  g_autoptr (BeCatalog) catalog = load_default ();
  for (size_t i = 0; i < be_catalog_get_n_offers (catalog); i++) {
    const BeCatalogOffer *offer = be_catalog_get_offer (catalog, i);
    g_autoptr (JsonNode) node = be_catalog_offer_to_scenario (offer, NULL);
    g_test_message ("%s", offer->key);
    g_assert_nonnull (node);
    JsonObject *object = json_node_get_object (node);
    g_assert_cmpfloat (json_object_get_double_member (object, "input"), ==, offer->input);
    g_assert_cmpfloat (json_object_get_double_member (object, "output"), ==, offer->output);
  }
}

/* The days that there are, in digits and hyphens alone; months and years where they may stand. */
static void
test_dates (void)
{
  static const struct {
    const char *text;
    gboolean whole, partial;
  } cases[] = {
    { "2026-09-23", TRUE, TRUE },
    { "2026-09-23T10:00:00Z", TRUE, TRUE },
    { "2026-09-23 10:00", TRUE, TRUE },
    { "2024-02-29", TRUE, TRUE },
    { "2026-02-29", FALSE, FALSE },
    { "2026-13-01", FALSE, FALSE },
    { "2026-01-00", FALSE, FALSE },
    { "0000-01-01", FALSE, FALSE },
    { "2026-W05-1", FALSE, FALSE },
    { "+026-01-01", FALSE, FALSE },
    { "  2026-1-1", FALSE, FALSE },
    { "2026-1-1", FALSE, FALSE },
    { "2026/01/01", FALSE, FALSE },
    { "2026-01-01x", FALSE, FALSE },
    { "20260101", FALSE, FALSE },
    { "2026", FALSE, TRUE },
    { "2026-09", FALSE, TRUE },
    { "2026-00", FALSE, FALSE },
    { "2026-13", FALSE, FALSE },
    { "2026-9", FALSE, FALSE },
    { "2026-0", FALSE, FALSE },
    { "+026", FALSE, FALSE },
    { "", FALSE, FALSE },
    { NULL, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (be_is_date (cases[i].text, FALSE), ==, cases[i].whole);
    g_assert_cmpint (be_is_date (cases[i].text, TRUE), ==, cases[i].partial);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalog/shipped", test_shipped);
  g_test_add_func ("/catalog/same-model", test_same_model);
  g_test_add_func ("/catalog/gpus", test_gpus);
  g_test_add_func ("/catalog/models-serve", test_models_serve);
  g_test_add_func ("/catalog/gpu-prices", test_gpu_prices);
  g_test_add_func ("/catalog/conversion", test_conversion);
  g_test_add_func ("/catalog/row-in-force", test_row_in_force);
  g_test_add_func ("/catalog/refused", test_refused);
  g_test_add_func ("/catalog/all-convert", test_all_convert);
  g_test_add_func ("/catalog/dates", test_dates);
  return g_test_run ();
}
