/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits: shares, gestures, undo, all or nothing, structure. */
#include "scenario/be-scenario.h"

#include <math.h>
#include <string.h>

static BeCatalog *catalog;

#define MINI "workloads/chat/routing/routes/openai~1gpt-4o-mini/share"
#define FULL "workloads/chat/routing/routes/openai~1gpt-4o/share"
#define VOLUME "workloads/chat/requestsPerDay"

static BeScenario *
support (void)
{
  g_autoptr (GError) error = NULL;
  BeScenario *scenario = be_scenario_new_from_template (catalog, "support", &error);
  g_assert_no_error (error);
  return scenario;
}

static void
test_set_and_undo (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_assert_cmpfloat (be_scenario_get_number (scenario, VOLUME), ==, 500000);
  g_assert_true (be_scenario_set_number (scenario, VOLUME, 600000, NULL));
  g_assert_true (be_scenario_is_dirty (scenario));
  g_assert_cmpfloat (be_scenario_resolve (scenario, NULL)->workloads[0].requests_per_day, ==,
                     600000);
  be_scenario_undo (scenario);
  g_assert_cmpfloat (be_scenario_resolve (scenario, NULL)->workloads[0].requests_per_day, ==,
                     500000);
  g_assert_false (be_scenario_is_dirty (scenario));
  g_assert_true (be_scenario_can_redo (scenario));
  be_scenario_redo (scenario);
  g_assert_cmpfloat (be_scenario_get_number (scenario, VOLUME), ==, 600000);
}

static void
test_gesture (void)
{
  g_autoptr (BeScenario) scenario = support ();
  be_scenario_begin_gesture (scenario, "drag");
  for (int i = 1; i <= 10; i++)
    g_assert_true (be_scenario_set_number (scenario, VOLUME, 1000 * i, NULL));
  be_scenario_end_gesture (scenario);
  be_scenario_undo (scenario);
  g_assert_cmpfloat (be_scenario_get_number (scenario, VOLUME), ==, 500000);
  g_assert_false (be_scenario_can_undo (scenario));
}

static void
take_redo_cb (BeScenario *scenario, gboolean *can_redo)
{
  *can_redo = be_scenario_can_redo (scenario);
}

static void
count_cb (BeScenario *scenario, int *count)
{
  (*count)++;
}

/* Whoever shows what can be redone is told that it is gone, though nothing is another number. */
static void
test_gesture_there_and_back (void)
{
  g_autoptr (BeScenario) scenario = support ();
  gboolean can_redo = FALSE;
  int told = 0;

  g_assert_true (be_scenario_set_number (scenario, VOLUME, 1000, NULL));
  g_signal_connect (scenario, "saved-changed", G_CALLBACK (take_redo_cb), &can_redo);
  be_scenario_undo (scenario);
  g_assert_true (can_redo);
  be_scenario_begin_gesture (scenario, "drag");
  g_assert_true (be_scenario_set_number (scenario, VOLUME, 2000, NULL));
  g_assert_true (be_scenario_set_number (scenario, VOLUME, 500000, NULL));
  g_signal_connect (scenario, "saved-changed", G_CALLBACK (count_cb), &told);
  be_scenario_end_gesture (scenario);
  g_assert_cmpint (told, ==, 1);
  g_assert_false (can_redo);
  g_assert_false (be_scenario_can_redo (scenario));
  g_assert_false (be_scenario_can_undo (scenario));
  be_scenario_begin_gesture (scenario, "nothing");
  be_scenario_end_gesture (scenario);
  g_assert_cmpint (told, ==, 1);
}

static void
test_shares (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_assert_true (be_scenario_set_number (scenario, MINI, 0.25, NULL));
  g_assert_cmpfloat_with_epsilon (be_scenario_get_number (scenario, FULL), 0.75, 1e-12);
  g_assert_true (be_scenario_add_route (scenario, "chat", "openai/gpt-4.1", NULL));
  g_assert_true (be_scenario_set_number (scenario, MINI, 1, NULL));
  g_assert_cmpfloat (be_scenario_get_number (scenario, FULL), ==, 0);
  g_assert_true (be_scenario_set_number (scenario, MINI, 0.5, NULL));
  g_assert_cmpfloat_with_epsilon (be_scenario_get_number (scenario, FULL), 0.25, 1e-12);
  g_assert_true (
      be_scenario_remove (scenario, "workloads/chat/routing/routes/openai~1gpt-4.1", NULL));
  g_assert_cmpfloat_with_epsilon (be_scenario_get_number (scenario, FULL), 1.0 / 3, 1e-12);
}

static void
test_kind (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GError) error = NULL;
  g_autofree char *before = be_scenario_to_data (scenario, NULL);
  g_assert_true (be_scenario_set_text (scenario, "workloads/chat/routing/kind", "cascade", &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (be_scenario_get_number (scenario, MINI), ==, 1);
  g_assert_cmpfloat_with_epsilon (be_scenario_get_number (scenario, FULL), 0.3, 1e-12);
  g_assert_false (be_scenario_set_number (scenario, MINI, 0.5, &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE);
  g_assert_true (be_scenario_set_text (scenario, "workloads/chat/routing/kind", "split", NULL));
  g_assert_cmpfloat_with_epsilon (be_scenario_get_number (scenario, MINI), 0.7, 1e-12);
  be_scenario_undo (scenario);
  be_scenario_undo (scenario);
  g_autofree char *after = be_scenario_to_data (scenario, NULL);
  g_assert_cmpstr (before, ==, after);
}

static void
test_assign (void)
{
  static const struct {
    const char *name;
    const char *assignments[4];
    int code; /* -1: accepted */
  } rows[] = {
    { "one share", { MINI "=0.1", NULL }, -1 },
    { "all shares", { MINI "=0.1", FULL "=0.9", NULL }, -1 },
    { "shares over 1", { VOLUME "=1", MINI "=0.5", FULL "=0.6", NULL }, BE_SCENARIO_ERROR_RANGE },
    { "share of 2", { VOLUME "=1", MINI "=2", NULL }, BE_SCENARIO_ERROR_RANGE },
    { "text for number", { VOLUME "=many", NULL }, BE_SCENARIO_ERROR_TYPE },
    { "negative", { VOLUME "=-1", NULL }, BE_SCENARIO_ERROR_RANGE },
    { "no such path", { "workloads/other/requestsPerDay=1", NULL }, BE_SCENARIO_ERROR_PATH },
    { "choice", { "pools/llama/weights=int4", NULL }, -1 },
    { "wrong choice", { "pools/llama/weights=int3", NULL }, BE_SCENARIO_ERROR_RANGE },
    { "part of a GPU", { "pools/llama/gpusPerReplica=1.5", NULL }, BE_SCENARIO_ERROR_RANGE },
    { "cache over 1",
      { "workloads/chat/cache/readShare=0.7", "workloads/chat/cache/writeShare=0.7", NULL },
      BE_SCENARIO_ERROR_RANGE },
    { "bare text", { "name=42", NULL }, -1 },
    { "best base", { "pools/llama/rent/reserved/replicas=best", NULL }, -1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].name);
    g_autoptr (BeScenario) scenario = support ();
    g_autofree char *before = be_scenario_to_data (scenario, NULL);
    g_autoptr (GError) error = NULL;
    gboolean done = be_scenario_assign (scenario, rows[i].assignments, &error);
    g_autofree char *after = be_scenario_to_data (scenario, NULL);
    if (rows[i].code < 0) {
      g_assert_no_error (error);
      g_assert_true (done);
      g_assert_cmpstr (before, !=, after);
      be_scenario_undo (scenario);
      g_assert_false (be_scenario_can_undo (scenario));
    } else {
      g_assert_false (done);
      g_assert_error (error, BE_SCENARIO_ERROR, rows[i].code);
      g_assert_cmpstr (before, ==, after);
      g_assert_false (be_scenario_can_undo (scenario));
    }
  }
}

static void
test_structure (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GError) error = NULL;
  g_autofree char *id = be_scenario_add_workload (scenario, "Chat", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "chat-2");
  g_autofree char *pool = be_scenario_add_pool (scenario, "Second pool", &error);
  g_assert_no_error (error);
  g_assert_true (be_scenario_is_set (scenario, "pools/second-pool/serves/chat-2"));
  g_assert_true (be_scenario_rename (scenario, "workloads/chat-2", "Mail", NULL));
  g_autofree char *owner = be_scenario_describe_owner (scenario, "workloads/chat-2/turns");
  g_assert_cmpstr (owner, ==, "Mail");
  g_assert_true (be_scenario_remove (scenario, "workloads/chat-2", &error));
  g_assert_no_error (error);
  g_assert_false (be_scenario_is_set (scenario, "pools/second-pool/serves/chat-2"));
  g_assert_true (
      be_scenario_set_route_offer (scenario, "chat", "openai/gpt-4o", "openai/gpt-4.1", &error));
  g_assert_cmpfloat_with_epsilon (
      be_scenario_get_number (scenario, "workloads/chat/routing/routes/openai~1gpt-4.1/share"), 0.3,
      1e-12);
  g_assert_true (be_scenario_is_set (scenario, "offers/openai~1gpt-4.1/input"));
  g_assert_true (be_scenario_remove (scenario, "workloads/chat", &error));
  g_assert_false (be_scenario_is_set (scenario, "uncertainty/0"));
}

static void
test_reset_and_order (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_assert_true (be_scenario_reset (scenario, "workloads/chat/buffer", NULL));
  g_assert_false (be_scenario_is_set (scenario, "workloads/chat/buffer"));
  g_assert_cmpfloat (be_scenario_get_number (scenario, "workloads/chat/buffer"), ==, 0.2);
  g_assert_true (be_scenario_set_number (scenario, "workloads/chat/buffer", 0.2, NULL));
  g_autoptr (BeScenario) fresh = support ();
  g_autofree char *a = be_scenario_to_data (scenario, NULL);
  g_autofree char *b = be_scenario_to_data (fresh, NULL);
  g_assert_cmpstr (a, ==, b);
}

static void
test_diff (void)
{
  g_autoptr (BeScenario) a = support (), b = support ();
  g_assert_true (be_scenario_set_number (b, VOLUME, 7, NULL));
  g_assert_true (be_scenario_set_number (b, "pools/llama/setupCost", 9, NULL));
  g_autoptr (GPtrArray) differences = be_scenario_diff (a, b);
  g_assert_cmpuint (differences->len, ==, 2);
  const BeDifference *first = differences->pdata[0], *second = differences->pdata[1];
  g_assert_cmpstr (first->path, ==, VOLUME);
  g_assert_cmpstr (first->before, ==, "500000");
  g_assert_cmpstr (first->after, ==, "7");
  g_assert_null (second->before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  catalog = be_catalog_new_default (NULL);
  g_assert_nonnull (catalog);
  g_test_add_func ("/scenario/edit/set-and-undo", test_set_and_undo);
  g_test_add_func ("/scenario/edit/gesture", test_gesture);
  g_test_add_func ("/scenario/edit/gesture-there-and-back", test_gesture_there_and_back);
  g_test_add_func ("/scenario/edit/shares", test_shares);
  g_test_add_func ("/scenario/edit/kind", test_kind);
  g_test_add_func ("/scenario/edit/assign", test_assign);
  g_test_add_func ("/scenario/edit/structure", test_structure);
  g_test_add_func ("/scenario/edit/reset-and-order", test_reset_and_order);
  g_test_add_func ("/scenario/edit/diff", test_diff);
  int result = g_test_run ();
  be_catalog_unref (catalog);
  return result;
}
