/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models and GPUs of the user's own give the same plan as the catalogue's of the same figures. */
#include "scenario/be-scenario.h"

#include <math.h>
#include <string.h>

static BeCatalog *catalog;

static BeScenario *
support (void)
{
  g_autoptr (GError) error = NULL;
  BeScenario *scenario = be_scenario_new_from_template (catalog, "support", &error);
  g_assert_no_error (error);
  return scenario;
}

static double
self_hosted_usd (BeScenario *scenario)
{
  BePlanResult result;
  be_plan_result_init (&result);
  g_assert_cmpint (be_plan_evaluate (be_scenario_resolve (scenario, NULL), &result), ==, BE_OK);
  double usd = result.plans[BE_PLAN_SELF_HOSTED].per_month_usd;
  be_plan_result_clear (&result);
  return usd;
}

/* The catalogue's model and GPU written into the file: nothing changes, each is one step back. */
static void
test_same_figures (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) pools = be_scenario_list_pools (scenario);
  g_autofree char *model_path = be_path_join ("pools", pools[0], "model", NULL);
  g_autofree char *gpu_path = be_path_join ("pools", pools[0], "gpu", NULL);
  g_autofree char *model_key = be_scenario_get_text (scenario, model_path);
  g_autofree char *gpu_key = be_scenario_get_text (scenario, gpu_path);
  const double before = self_hosted_usd (scenario);
  g_autofree char *bytes = be_scenario_to_data (scenario, NULL);
  BeModelConfig config = { .name = (char *) "My Model 70B",
                           .family = (char *) "llama",
                           .context = 8192,
                           .shape = be_catalog_find_model (catalog, model_key)->shape };
  g_autofree char *model = be_scenario_add_model (scenario, &config, pools[0], &error);
  g_assert_no_error (error);
  g_assert_cmpstr (model, ==, "my-model-70b");
  g_assert_cmpfloat (self_hosted_usd (scenario), ==, before);
  g_assert_cmpstr (be_scenario_model_family (scenario, model), ==, "llama");
  g_autofree char *gpu =
      be_scenario_add_gpu (scenario, be_catalog_find_gpu (catalog, gpu_key), pools[0], &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (self_hosted_usd (scenario), ==, before);
  g_assert_cmpfloat (be_scenario_get_number (scenario, "models/my-model-70b/layers"), ==,
                     config.shape.layers);
  g_assert_false (be_scenario_remove (scenario, "models/my-model-70b", &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID);
  be_scenario_undo (scenario);
  be_scenario_undo (scenario);
  g_autofree char *again = be_scenario_to_data (scenario, NULL);
  g_assert_cmpstr (again, ==, bytes);
}

/* Every model and GPU of the catalogue survives the way into the file and back. */
static void
test_all_rows (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GError) error = NULL;
  for (size_t i = 0; i < be_catalog_get_n_models (catalog); i++) {
    const BeCatalogModel *row = be_catalog_get_model (catalog, i);
    const char *family = row->shape.gpt_oss            ? "gpt_oss"
                         : row->shape.sparse_attention ? "glm_moe_dsa"
                                                       : "";
    BeModelConfig config = { .name = (char *) row->name,
                             .family = (char *) family,
                             .context = row->context,
                             .shape = row->shape };
    g_autofree char *id = be_scenario_add_model (scenario, &config, NULL, &error);
    g_assert_no_error (error);
    BeModelShape shape;
    g_assert_true (be_scenario_find_shape (scenario, id, &shape));
    g_assert_cmpmem (&shape, sizeof shape, &row->shape, sizeof row->shape);
  }
  for (size_t i = 0; i < be_catalog_get_n_gpus (catalog); i++) {
    const BeCatalogGpu *row = be_catalog_get_gpu (catalog, i);
    g_autofree char *id = be_scenario_add_gpu (scenario, row, NULL, &error);
    g_assert_no_error (error);
    BeGpu gpu;
    g_assert_true (be_scenario_find_gpu (scenario, id, &gpu));
    g_assert_cmpint (gpu.arch, ==, row->gpu.arch);
    g_assert_cmpint (gpu.evidence, ==, row->gpu.evidence);
    g_assert_true (gpu.nvlink == row->gpu.nvlink);
    g_assert_true (gpu.gddr == row->gpu.gddr);
    g_assert_cmpfloat (gpu.memory_gib, ==, row->gpu.memory_gib);
    g_assert_cmpfloat (gpu.sustained_compute, ==, row->gpu.sustained_compute);
    g_assert_true (gpu.fp4_tflops == row->gpu.fp4_tflops || !(row->gpu.fp4_tflops > 0));
  }
}

static void
test_refused (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GError) error = NULL;
  BeCatalogGpu gpu = { .name = "Half", .gpu = { .memory_gib = 80, .bandwidth_gbs = NAN } };
  g_autofree char *bytes = be_scenario_to_data (scenario, NULL);
  g_assert_null (be_scenario_add_gpu (scenario, &gpu, NULL, &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE);
  g_assert_nonnull (strstr (error->message, "memBwGbs"));
  g_clear_error (&error);
  BeModelConfig config = { .name = (char *) "M", .family = (char *) "" };
  g_assert_null (be_scenario_add_model (scenario, &config, "nowhere", &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID);
  g_autofree char *again = be_scenario_to_data (scenario, NULL);
  g_assert_cmpstr (again, ==, bytes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  catalog = be_catalog_new_default (NULL);
  g_test_add_func ("/scenario/hardware/same-figures", test_same_figures);
  g_test_add_func ("/scenario/hardware/all-rows", test_all_rows);
  g_test_add_func ("/scenario/hardware/refused", test_refused);
  int status = g_test_run ();
  be_catalog_unref (catalog);
  return status;
}
