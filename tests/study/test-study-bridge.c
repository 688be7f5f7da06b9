/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bridge between two scenarios: every cause by hand, adding up to the difference. */
#include "study/be-study.h"

#include <math.h>
#include <string.h>

#define assert_near(value, expected)                                                               \
  g_assert_cmpfloat_with_epsilon ((value), (expected), 1e-9 * fabs ((double) (expected)) + 1e-9)

static BeCatalog *catalog;

/* 1,000 requests a day of 1,000 and 100 tokens at $2 and $10, in a month of 720 hours: $90. */
static BeScenario *
open_with (const char *members)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = g_strdup_printf (
      "{\"format\":\"breakeven-scenario\",\"version\":1,\"monthHours\":720,\"workloads\":[{"
      "\"id\":\"a\",\"requestsPerDay\":1000,\"tokens\":{\"input\":1000,\"output\":100},"
      "\"buffer\":0,\"routing\":{\"routes\":[{\"offer\":\"x/y\"}]}}%s],"
      "\"offers\":{\"x/y\":{\"input\":2,\"output\":10}}}",
      members);
  BeScenario *scenario = be_scenario_new_from_data (catalog, data, strlen (data), "f", &error);
  g_assert_no_error (error);
  return scenario;
}

static void
bridge_of (BeScenario *a, BeScenario *b, BeBridge *bridge)
{
  g_autoptr (GPtrArray) differences = be_scenario_diff (a, b);
  g_autoptr (GError) error = NULL;
  double sum;
  g_assert_true (be_study_bridge (a, b, differences, bridge, &error));
  g_assert_no_error (error);
  sum = bridge->start_usd + bridge->other_usd;
  for (int group = 0; group < BE_N_GROUPS; group++)
    sum += bridge->change_usd[group];
  assert_near (sum, bridge->end_usd);
}

static void
test_causes (void)
{
  g_autoptr (BeScenario) a = open_with (""), b = open_with ("");
  BeBridge bridge;
  bridge_of (a, b, &bridge);
  assert_near (bridge.start_usd, 90);
  assert_near (bridge.other_usd, 0);
  const char *const sets[] = { "workloads/a/requestsPerDay=2000", "workloads/a/tokens/output=200",
                               "workloads/a/buffer=0.2", "offers/x~1y/input=1", NULL };
  g_assert_true (be_scenario_assign (b, sets, NULL));
  bridge_of (a, b, &bridge);
  assert_near (bridge.change_usd[BE_GROUP_TRAFFIC], 90);       /* twice as many */
  assert_near (bridge.change_usd[BE_GROUP_TOKENS], 60);        /* 60,000 x 100 tokens more at $10 */
  assert_near (bridge.change_usd[BE_GROUP_SAVINGS], 48);       /* a fifth of 240 */
  assert_near (bridge.change_usd[BE_GROUP_PRICES], -60 * 1.2); /* 60 Mtok at $1 less */
  assert_near (bridge.change_usd[BE_GROUP_SELF_HOSTING], 0);
  assert_near (bridge.end_usd, 216);
  assert_near (be_scenario_get_number (a, "workloads/a/requestsPerDay"), 1000); /* untouched */
}

/* An input that the other leaves at its default goes back to it. */
static void
test_defaults (void)
{
  g_autoptr (BeScenario) a = open_with (""), b = open_with ("");
  BeBridge bridge;
  g_assert_true (be_scenario_set_number (a, "workloads/a/retry/rate", 0.5, NULL));
  g_assert_true (be_scenario_set_number (a, "workloads/a/retry/maxRetries", 1, NULL));
  bridge_of (a, b, &bridge);
  assert_near (bridge.start_usd, 90 * 1.5);
  assert_near (bridge.change_usd[BE_GROUP_SAVINGS], -45);
  assert_near (bridge.other_usd, 0);
}

/* A workload that is there in one of them only is no input: it is told as what was added. */
static void
test_structure (void)
{
  g_autoptr (BeScenario) a = open_with ("");
  g_autoptr (BeScenario) b =
      open_with (",{\"id\":\"b\",\"requestsPerDay\":500,\"tokens\":{\"input\":1000,\"output\":100},"
                 "\"buffer\":0,\"routing\":{\"routes\":[{\"offer\":\"x/y\"}]}}");
  BeBridge bridge;
  bridge_of (a, b, &bridge);
  assert_near (bridge.other_usd, 45);
  assert_near (bridge.change_usd[BE_GROUP_TRAFFIC], 0);
  bridge_of (b, a, &bridge);
  assert_near (bridge.other_usd, -45);
  /* What else differs keeps its cause beside it. */
  g_assert_true (be_scenario_set_number (b, "workloads/a/requestsPerDay", 2000, NULL));
  bridge_of (a, b, &bridge);
  assert_near (bridge.change_usd[BE_GROUP_TRAFFIC], 90);
  assert_near (bridge.other_usd, 45);
}

/* A workload that the other has no more still pays its offer, which is gone, too: the price that
 * did change has its step all the same. */
static void
test_gone_offer (void)
{
  g_autoptr (BeScenario) b = open_with ("");
  g_autoptr (BeScenario) a =
      open_with (",{\"id\":\"b\",\"requestsPerDay\":500,\"tokens\":{\"input\":1000,\"output\":100},"
                 "\"buffer\":0,\"routing\":{\"routes\":[{\"offer\":\"x/y\"}]}}");
  BeBridge bridge;
  g_autofree char *key = be_scenario_add_offer (a, "x/y", "Other", NULL);
  g_assert_true (be_scenario_set_route_offer (a, "b", "x/y", key, NULL));
  g_assert_true (be_scenario_set_number (b, "offers/x~1y/input", 1, NULL));
  bridge_of (a, b, &bridge);
  assert_near (bridge.start_usd, 90 + 45);
  assert_near (bridge.change_usd[BE_GROUP_PRICES], -30);
  assert_near (bridge.other_usd, -45);
}

/* A tier and a route that only one has are the rest; the price and the router's cost beside them
 * keep their causes, in both directions. */
static void
test_added_within (void)
{
  g_autoptr (BeScenario) a = open_with (""), b = open_with ("");
  g_autoptr (GError) error = NULL;
  BeBridge there, back;
  g_autofree char *key = be_scenario_add_offer (b, "x/y", "Other", &error);
  g_assert_true (be_scenario_add_offer_part (b, "x/y", BE_OFFER_TIER, NULL, &error));
  g_assert_true (be_scenario_set_number (b, "offers/x~1y/input", 1, &error));
  g_assert_true (be_scenario_add_route (b, "a", key, &error));
  g_assert_true (
      be_scenario_set_number (b, "workloads/a/routing/overheadPerRequest", 0.001, &error));
  g_assert_no_error (error);
  bridge_of (a, b, &there);
  assert_near (there.change_usd[BE_GROUP_ROUTING], 30); /* 30,000 requests */
  assert_near (there.change_usd[BE_GROUP_PRICES], -30); /* 30 Mtok at $1 less */
  bridge_of (b, a, &back);
  assert_near (back.change_usd[BE_GROUP_ROUTING], -30);
  g_assert_cmpfloat (back.change_usd[BE_GROUP_PRICES], >, 0);
}

/* A file of a newer version is only read; its bridge has the same causes. */
static void
test_newer_version (void)
{
  g_autoptr (BeScenario) a = open_with (""), b = open_with ("");
  g_autofree char *old = be_scenario_to_data (a, NULL);
  g_auto (GStrv) halves = g_strsplit (old, "\"version\": 1", 2);
  g_autofree char *data = g_strjoinv ("\"version\": 2", halves);
  BeBridge bridge;
  g_autoptr (BeScenario) newer =
      be_scenario_new_from_data (catalog, data, strlen (data), "f", NULL);
  g_assert_true (be_scenario_is_read_only (newer));
  g_assert_true (be_scenario_set_number (b, "workloads/a/requestsPerDay", 2000, NULL));
  bridge_of (newer, b, &bridge);
  assert_near (bridge.change_usd[BE_GROUP_TRAFFIC], 90);
  g_assert_true (be_scenario_is_read_only (newer));
}

/* Output without a price yet: the tokens have no step of their own, and no other group's holds
 * theirs. */
static void
test_unpriced_step (void)
{
  g_autoptr (BeScenario) a = open_with (""), b = open_with ("");
  BeBridge bridge;
  g_assert_true (be_scenario_set_number (a, "workloads/a/tokens/output", 0, NULL));
  g_assert_true (be_scenario_reset (a, "offers/x~1y/output", NULL));
  g_assert_true (be_scenario_set_number (b, "offers/x~1y/input", 1, NULL));
  bridge_of (a, b, &bridge);
  assert_near (bridge.start_usd, 60);
  assert_near (bridge.change_usd[BE_GROUP_TOKENS], 0);
  assert_near (bridge.change_usd[BE_GROUP_PRICES], -30);
  assert_near (bridge.other_usd, 30);
  assert_near (bridge.end_usd, 60);
}

static void
test_errors (void)
{
  g_autoptr (BeScenario) a = open_with (""), b = open_with ("");
  g_autoptr (GError) error = NULL;
  BeBridge bridge;
  g_assert_true (be_scenario_reset (b, "workloads/a/requestsPerDay", NULL));
  g_autoptr (GPtrArray) differences = be_scenario_diff (a, b);
  g_assert_false (be_study_bridge (a, b, differences, &bridge, &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_MISSING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  catalog = be_catalog_new_default (NULL);
  g_test_add_func ("/bridge/causes", test_causes);
  g_test_add_func ("/bridge/defaults", test_defaults);
  g_test_add_func ("/bridge/structure", test_structure);
  g_test_add_func ("/bridge/gone-offer", test_gone_offer);
  g_test_add_func ("/bridge/added-within", test_added_within);
  g_test_add_func ("/bridge/newer-version", test_newer_version);
  g_test_add_func ("/bridge/unpriced-step", test_unpriced_step);
  g_test_add_func ("/bridge/errors", test_errors);
  int status = g_test_run ();
  be_catalog_unref (catalog);
  return status;
}
