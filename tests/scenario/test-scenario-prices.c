/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The price snapshot: drift, imported lists, offers of one's own, each as one step of undo. */
#include "scenario/be-scenario.h"

#include <math.h>
#include <string.h>

static BeCatalog *catalog;

#define INPUT "offers/openai~1gpt-4o/input"

static const char list[] =
    "[{\"id\":\"openai\",\"models\":["
    "{\"id\":\"gpt-4o\",\"name\":\"GPT-4o\",\"prices\":{\"input_mtok\":5,\"output_mtok\":20}},"
    "{\"id\":\"brand-new\",\"prices\":{\"input_mtok\":1,\"output_mtok\":2}}]}]";

static BeScenario *
support (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = be_scenario_new_from_template (catalog, "support", &error);
  g_assert_no_error (error);
  g_autofree char *data = be_scenario_to_data (scenario, NULL);
  BeScenario *opened = be_scenario_new_from_data (catalog, data, strlen (data), "file", &error);
  g_assert_no_error (error);
  return opened;
}

static guint
count_drift (BeScenario *scenario)
{
  g_autoptr (GPtrArray) drift = be_scenario_list_drift (scenario);
  return drift->len;
}

static void
test_drift (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_assert_cmpuint (count_drift (scenario), ==, 0);
  g_assert_true (be_scenario_set_number (scenario, INPUT, 4, NULL));
  g_assert_true (be_scenario_set_number (scenario, "offers/openai~1gpt-4o/discount", 0.1, NULL));
  g_autoptr (GPtrArray) drift = be_scenario_list_drift (scenario);
  g_assert_cmpuint (drift->len, ==, 1);
  const BeDrift *first = drift->pdata[0];
  g_assert_cmpstr (first->key, ==, "openai/gpt-4o");
  g_assert_cmpuint (first->rates->len, ==, 1); /* a discount is the user's, and no drift */
  const BeRateChange *rate = first->rates->pdata[0];
  g_assert_cmpstr (rate->path, ==, "input");
  g_assert_cmpfloat (rate->before, ==, 4);
  g_assert_cmpfloat (rate->after, ==, 2.5);
  g_assert_true (be_scenario_apply_drift (scenario, NULL));
  g_assert_cmpuint (count_drift (scenario), ==, 0);
  g_assert_cmpfloat (be_scenario_get_number (scenario, INPUT), ==, 2.5);
  g_assert_cmpfloat (be_scenario_get_number (scenario, "offers/openai~1gpt-4o/discount"), ==, 0.1);
  be_scenario_undo (scenario);
  g_assert_cmpfloat (be_scenario_get_number (scenario, INPUT), ==, 4);
}

static void
test_newer_and_own (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GError) error = NULL;
  g_assert_true (be_scenario_set_number (scenario, INPUT, 4, NULL));
  g_assert_cmpuint (count_drift (scenario), ==, 1);
  g_autofree char *data = be_scenario_to_data (scenario, NULL);
  g_autoptr (GString) newer = g_string_new (data);
  g_assert_cmpuint (
      g_string_replace (newer, "\"asOf\": \"2026-09-23\"", "\"asOf\": \"2099-01-01\"", 0), >, 0);
  g_autoptr (BeScenario) later =
      be_scenario_new_from_data (catalog, newer->str, newer->len, "later", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_drift (later), ==, 0);
  g_assert_true (be_scenario_own_offer (scenario, "openai/gpt-4o", NULL));
  g_assert_cmpuint (count_drift (scenario), ==, 0);
}

static void
test_import (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BePriceList) prices =
      be_price_list_read (list, strlen (list), "list", "2026-11-01", NULL, &error);
  g_assert_no_error (error);
  g_autoptr (BeCatalog) offers = be_catalog_new_from_document (prices->catalogue, "list", &error);
  g_assert_no_error (error);
  g_autoptr (BeScenario) scenario = support ();
  g_assert_true (be_scenario_import_offers (scenario, offers, &error));
  g_assert_cmpfloat (be_scenario_get_number (scenario, INPUT), ==, 5);
  g_assert_cmpfloat (be_scenario_resolve (scenario, NULL)->offers[1].standard.per_mtok[0], ==, 5);
  g_assert_nonnull (be_catalog_find_offer (be_scenario_get_catalog (scenario), "openai/brand-new"));
  g_assert_nonnull (be_catalog_find_offer (be_scenario_get_catalog (scenario), "openai/gpt-4.1"));
  g_assert_nonnull (be_catalog_find_gpu (be_scenario_get_catalog (scenario), "H100"));
  g_assert_true (be_scenario_add_route (scenario, "chat", "openai/brand-new", &error));
  be_scenario_undo (scenario);
  be_scenario_undo (scenario);
  g_assert_cmpfloat (be_scenario_get_number (scenario, INPUT), ==, 2.5);
  g_assert_null (be_catalog_find_offer (be_scenario_get_catalog (scenario), "openai/brand-new"));
  be_scenario_redo (scenario);
  g_assert_nonnull (be_catalog_find_offer (be_scenario_get_catalog (scenario), "openai/brand-new"));
}

static BeCatalog *
read_prices (const char *input, const char *as_of)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text =
      g_strdup_printf ("[{\"id\":\"openai\",\"models\":[{\"id\":\"gpt-4o\",\"prices\":"
                       "{\"input_mtok\":%s,\"output_mtok\":20}},"
                       "{\"id\":\"dear\",\"prices\":{\"input_mtok\":250000,\"output_mtok\":1}}]}]",
                       input);
  g_autoptr (BePriceList) prices =
      be_price_list_read (text, strlen (text), "list", as_of, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (JsonNode) plausible = be_price_list_get_plausible (prices);
  g_autoptr (BeCatalog) all = be_catalog_new_from_document (prices->catalogue, "list", &error);
  g_autoptr (BeCatalog) some = be_catalog_new_from_document (plausible, "list", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (be_catalog_get_n_offers (all) - be_catalog_get_n_offers (some), ==,
                    prices->n_implausible);
  g_assert_null (be_catalog_find_offer (some, "openai/dear"));
  return g_steal_pointer (&all);
}

/* An older list counts when it is imported; what no file could hold does not. */
static void
test_import_older_or_beyond (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (BeCatalog) older = read_prices ("3", "2020-01-01");
  g_autoptr (BeCatalog) beyond = read_prices ("2500000", "2026-11-01");
  g_assert_true (be_scenario_import_offers (scenario, older, &error));
  g_assert_cmpfloat (be_scenario_get_number (scenario, INPUT), ==, 3);
  g_assert_cmpuint (count_drift (scenario), ==, 0);
  g_assert_false (be_scenario_import_offers (scenario, beyond, &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE);
  g_assert_cmpfloat (be_scenario_get_number (scenario, INPUT), ==, 3);
}

static void
test_offer_parts (void)
{
  static const char key[] = "openai/gpt-4o";
  static const char tier[] = "offers/openai~1gpt-4o/tiers/0";
  static const char window[] = "offers/openai~1gpt-4o/windows/0";
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = support ();
  g_assert_true (be_scenario_add_offer_part (scenario, key, BE_OFFER_TIER, NULL, &error));
  g_assert_true (be_scenario_add_offer_part (scenario, key, BE_OFFER_TIER, NULL, &error));
  g_assert_cmpfloat (be_scenario_get_number (scenario, "offers/openai~1gpt-4o/tiers/1/above"), ==,
                     400000);
  g_assert_cmpfloat (be_scenario_get_number (scenario, "offers/openai~1gpt-4o/tiers/0/output"), ==,
                     10);
  g_assert_true (be_scenario_remove_offer_part (scenario, tier, &error));
  g_assert_cmpfloat (be_scenario_get_number (scenario, "offers/openai~1gpt-4o/tiers/0/above"), ==,
                     400000);
  be_scenario_undo (scenario);
  g_assert_cmpfloat (be_scenario_get_number (scenario, "offers/openai~1gpt-4o/tiers/0/above"), ==,
                     200000);
  g_assert_true (be_scenario_add_offer_part (scenario, key, BE_OFFER_WINDOW, NULL, &error));
  g_assert_true (
      be_scenario_set_window_hours (scenario, window, "01:00-04:00, 22:00-23:30", &error));
  g_autofree char *hours = be_scenario_get_window_hours (scenario, window);
  g_assert_cmpstr (hours, ==, "01:00-04:00, 22:00-23:30");
  g_assert_false (be_scenario_set_window_hours (scenario, window, "at night", &error));
  g_clear_error (&error);
  g_assert_true (be_scenario_add_offer_part (scenario, key, BE_OFFER_RATE_SET, "eu", &error));
  g_assert_false (be_scenario_add_offer_part (scenario, key, BE_OFFER_RATE_SET, "eu", &error));
  g_clear_error (&error);
  g_assert_true (
      be_scenario_set_number (scenario, "offers/openai~1gpt-4o/rateSets/eu/input", 3, &error));
  g_assert_true (be_scenario_set_text (
      scenario, "workloads/chat/routing/routes/openai~1gpt-4o/rates", "eu", &error));
  g_assert_false (be_scenario_remove_offer_part (scenario, "offers/openai~1gpt-4o/rateSets/eu",
                                                 &error)); /* a route pays it */
  g_clear_error (&error);
  g_assert_false (be_scenario_remove_offer_part (scenario, "offers/openai~1gpt-4o", &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_PATH);
  g_autofree char *data = be_scenario_to_data (scenario, NULL);
  g_clear_error (&error);
  g_autoptr (BeScenario) again =
      be_scenario_new_from_data (catalog, data, strlen (data), "again", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_drift (again), ==, 0); /* it is the user's own */
}

static void
test_own_offer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = support ();
  g_autofree char *key =
      be_scenario_add_offer (scenario, "anthropic/claude-haiku-4-5", "Haiku, negotiated", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (key, ==, "own/haiku-negotiated");
  g_assert_true (
      be_scenario_set_number (scenario, "offers/own~1haiku-negotiated/discount", 0.15, &error));
  g_assert_true (be_scenario_add_route (scenario, "chat", key, &error));
  g_assert_no_error (error);
  g_autofree char *data = be_scenario_to_data (scenario, NULL);
  g_autoptr (BeScenario) shared =
      be_scenario_new_from_data (catalog, data, strlen (data), "shared", &error);
  g_assert_no_error (error); /* the offer is inside the file */
  g_assert_cmpuint (count_drift (shared), ==, 0);
  g_assert_cmpfloat (be_scenario_get_number (shared, "offers/own~1haiku-negotiated/discount"), ==,
                     0.15);
  g_autofree char *second = be_scenario_add_offer (scenario, NULL, "Haiku, negotiated", &error);
  g_assert_cmpstr (second, ==, "own/haiku-negotiated-2");
}

static void
test_tier_threshold (void)
{
  static const char tier[] = "offers/openai~1gpt-4o/tiers/0";
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = support ();
  g_assert_true (
      be_scenario_add_offer_part (scenario, "openai/gpt-4o", BE_OFFER_TIER, NULL, &error));
  g_assert_false (be_scenario_get_tier_at_least (scenario, tier));
  g_assert_true (be_scenario_set_tier_threshold (scenario, tier, TRUE, 272000, &error));
  g_assert_true (be_scenario_get_tier_at_least (scenario, tier));
  g_assert_cmpfloat (be_scenario_get_number (scenario, "offers/openai~1gpt-4o/tiers/0/atLeast"), ==,
                     272000);
  g_assert_false (be_scenario_is_set (scenario, "offers/openai~1gpt-4o/tiers/0/above"));
  g_assert_false (be_scenario_set_tier_threshold (scenario, tier, TRUE, -1, &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE);
  g_clear_error (&error);
  /* Both at once cannot be said. */
  g_assert_false (
      be_scenario_set_number (scenario, "offers/openai~1gpt-4o/tiers/0/above", 100000, &error));
  g_clear_error (&error);
  be_scenario_undo (scenario);
  g_assert_false (be_scenario_get_tier_at_least (scenario, tier));
}

/* From 22:00 UTC it is the next day in Shanghai. */
static void
test_window_days (void)
{
  static const char window[] = "offers/openai~1gpt-4o/windows/0";
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = support ();
  g_assert_true (
      be_scenario_add_offer_part (scenario, "openai/gpt-4o", BE_OFFER_WINDOW, NULL, &error));
  g_assert_cmpuint (be_scenario_get_window_days (scenario, window), ==, 0x7f);
  g_assert_true (be_scenario_set_window_hours (scenario, window, "22:00-23:00", &error));
  g_assert_true (be_scenario_set_window_days (scenario, window, 1u << 0, &error)); /* Monday */
  g_assert_cmpuint (be_scenario_get_window_days (scenario, window), ==, 1);
  const BePlanInput *input = be_scenario_resolve (scenario, &error);
  g_assert_no_error (error);
  const BeWindow *read = NULL;
  for (size_t i = 0; i < input->n_offers; i++)
    read = input->offers[i].n_windows == 1 ? &input->offers[i].windows[0] : read;
  g_assert_nonnull (read);
  g_assert_cmpfloat (read->hour_share[22], ==, 1);
  g_assert_cmpfloat (read->hour_share[24 + 22], ==, 0);
  g_assert_true (be_scenario_set_window_calendar (scenario, window, "Asia/Shanghai", &error));
  input = be_scenario_resolve (scenario, &error);
  for (size_t i = 0; i < input->n_offers; i++)
    read = input->offers[i].n_windows == 1 ? &input->offers[i].windows[0] : read;
  g_assert_cmpfloat (read->hour_share[22], ==, 0);
  g_assert_cmpfloat (read->hour_share[6 * 24 + 22], ==, 1);
  g_assert_false (be_scenario_set_window_calendar (scenario, window, "Asia/Nowhere", &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID);
  g_clear_error (&error);
  g_autofree char *zone = be_scenario_get_window_calendar (scenario, window);
  g_assert_cmpstr (zone, ==, "Asia/Shanghai");
  g_assert_false (be_scenario_set_window_days (scenario, window, 0, &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_true (be_scenario_set_window_days (scenario, window, 0x7f, &error));
  g_autofree char *data = be_scenario_to_data (scenario, NULL);
  g_assert_null (strstr (data, "\"days\"")); /* every day is what holds without it */
  g_assert_cmpuint (be_scenario_get_window_days (scenario, window), ==, 0x7f);
}

/* A pool that took the requests of a route that is merged into another takes as many as before. */
static void
test_remove_replaced (void)
{
  static const char serves[] = "pools/llama/serves/chat";
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = support ();
  g_autofree char *key = be_scenario_add_offer (scenario, "openai/gpt-4o", "Negotiated", &error);

  g_assert_true (be_scenario_set_route_offer (scenario, "chat", "openai/gpt-4o", key, &error));
  g_autofree char *data = be_scenario_to_data (scenario, NULL);
  g_auto (GStrv) parts = g_strsplit (data, "\"workload\": \"chat\"", 2);
  g_autofree char *text = g_strconcat (
      parts[0], "\"workload\": \"chat\", \"replaces\": [ \"own/negotiated\" ]", parts[1], NULL);
  g_autoptr (BeScenario) served =
      be_scenario_new_from_data (catalog, text, strlen (text), "served", &error);
  g_assert_no_error (error);
  g_assert_true (be_scenario_remove_offer (served, key, "openai/gpt-4o-mini", &error));
  g_assert_no_error (error);
  g_autofree char *first = g_strconcat (serves, "/replaces/0", NULL);
  g_autofree char *taken = be_scenario_get_text (served, first);
  g_autofree char *share = g_strconcat (serves, "/share", NULL);
  g_assert_cmpstr (taken, ==, "openai/gpt-4o-mini");
  g_assert_cmpfloat_with_epsilon (be_scenario_get_number (served, share), 0.3, 1e-12);
}

/* What an offer's users become when it goes, and that all of it is one step. */
static void
test_remove_offer (void)
{
  static const char own[] = "own/negotiated", share[] = "workloads/chat/routing/routes/%s/share";
  g_autofree char *mini_share = g_strdup_printf (share, "openai~1gpt-4o-mini");
  g_autofree char *own_share = g_strdup_printf (share, "own~1negotiated");
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = support ();
  g_autofree char *key = be_scenario_add_offer (scenario, "openai/gpt-4o", "Negotiated", &error);
  g_assert_cmpstr (key, ==, own);
  g_assert_true (be_scenario_is_own_offer (scenario, own));
  g_assert_false (be_scenario_is_own_offer (scenario, "openai/gpt-4o"));
  g_autofree char *name = be_scenario_get_entity_name (scenario, "offers/openai~1gpt-4o");
  g_assert_cmpstr (name, ==, "GPT-4o"); /* a copy leaves what it is a copy of alone */
  g_assert_true (be_scenario_add_offer_part (scenario, own, BE_OFFER_RATE_SET, "eu", &error));
  g_assert_true (be_scenario_set_route_offer (scenario, "chat", "openai/gpt-4o", own, &error));
  g_assert_true (be_scenario_set_text (
      scenario, "workloads/chat/routing/routes/own~1negotiated/rates", "eu", &error));
  g_assert_true (be_scenario_set_text (scenario, "pools/llama/overflow", own, &error));
  g_autofree char *units =
      be_scenario_add_provisioned (scenario, "chat", own, "Units", 63, 1, &error);
  g_assert_no_error (error);
  g_auto (GStrv) users = be_scenario_list_offer_users (scenario, own);
  g_assert_cmpuint (g_strv_length (users), ==, 3);

  g_assert_false (be_scenario_remove_offer (scenario, own, NULL, &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_IN_USE);
  g_assert_nonnull (strstr (error->message, "Chat"));
  g_assert_nonnull (strstr (error->message, "Units"));
  g_clear_error (&error);
  g_assert_false (be_scenario_remove_offer (scenario, own, "nobody/nothing", &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID);
  g_clear_error (&error);
  g_assert_true (be_scenario_is_set (scenario, own_share));

  g_assert_true (be_scenario_remove_offer (scenario, own, "anthropic/claude-haiku-4-5", &error));
  g_assert_no_error (error);
  g_assert_false (be_scenario_is_set (scenario, "offers/own~1negotiated"));
  g_autofree char *overflow = be_scenario_get_text (scenario, "pools/llama/overflow");
  g_assert_cmpstr (overflow, ==, "anthropic/claude-haiku-4-5");
  g_autofree char *workload = NULL;
  g_autofree char *carried = be_scenario_get_provisioned_route (scenario, units, &workload);
  g_assert_cmpstr (carried, ==, "anthropic/claude-haiku-4-5");
  g_assert_nonnull (be_scenario_resolve (scenario, NULL));
  be_scenario_undo (scenario);
  g_assert_true (be_scenario_is_set (scenario, own_share));

  /* A route that is there already takes the share. */
  g_assert_true (be_scenario_remove_offer (scenario, own, "openai/gpt-4o-mini", &error));
  g_assert_cmpfloat (be_scenario_get_number (scenario, mini_share), ==, 1);
  be_scenario_undo (scenario);
  g_assert_cmpfloat (be_scenario_get_number (scenario, mini_share), ==, 0.7);
}

static void
test_fine_tuned (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = support ();
  g_autofree char *key = be_scenario_add_fine_tuned (scenario, "chat", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (key, ==, "own/gpt-4o-mini-fine-tuned");
  const BePlanInput *input = be_scenario_resolve (scenario, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (input->workloads[0].n_routes, ==, 3);
  const BeRoute *route = &input->workloads[0].routes[2];
  g_assert_true (route->fine_tuned);
  g_assert_cmpfloat (route->share, ==, 0); /* what is compared takes no requests yet */
  g_assert_cmpfloat (input->offers[route->offer].training_life_months, ==, 6);
  g_assert_cmpfloat (input->offers[route->offer].training_cost_usd, >, 0);
  be_scenario_undo (scenario);
  g_assert_false (be_scenario_is_set (scenario, "offers/own~1gpt-4o-mini-fine-tuned"));
  g_assert_null (be_scenario_add_fine_tuned (scenario, "nobody", &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID);
}

static void
test_restore_offer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = support ();
  g_assert_true (be_scenario_set_number (scenario, INPUT, 9, &error));
  g_assert_true (be_scenario_own_offer (scenario, "openai/gpt-4o", &error));
  g_assert_true (be_scenario_is_own_offer (scenario, "openai/gpt-4o"));
  g_assert_true (be_scenario_restore_offer (scenario, "openai/gpt-4o", &error));
  g_assert_cmpfloat (be_scenario_get_number (scenario, INPUT), ==, 2.5);
  g_assert_false (be_scenario_is_own_offer (scenario, "openai/gpt-4o"));
  g_assert_false (be_scenario_restore_offer (scenario, "own/nothing", &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID);
}

static void
test_provisioned (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = support ();
  g_autofree char *id =
      be_scenario_add_provisioned (scenario, "chat", "openai/gpt-4o", "Units", 63, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (be_scenario_resolve (scenario, NULL)->n_provisioned, ==, 1);
  g_assert_cmpfloat (be_scenario_resolve (scenario, NULL)->provisioned[0].unit_hour_usd, ==, 63);
  g_assert_true (
      be_scenario_set_provisioned_route (scenario, id, "chat", "openai/gpt-4o-mini", &error));
  g_autofree char *workload = NULL;
  g_autofree char *carried = be_scenario_get_provisioned_route (scenario, id, &workload);
  g_assert_cmpstr (carried, ==, "openai/gpt-4o-mini");
  g_assert_cmpstr (workload, ==, "chat");
  g_assert_false (
      be_scenario_set_provisioned_route (scenario, id, "nobody", "openai/gpt-4o", &error));
  g_clear_error (&error);
  g_autofree char *path = be_path_join ("provisioned", id, NULL);
  g_assert_true (be_scenario_remove (scenario, path, &error));
  g_assert_cmpuint (be_scenario_resolve (scenario, NULL)->n_provisioned, ==, 0);
  g_assert_null (
      be_scenario_add_provisioned (scenario, "nobody", "openai/gpt-4o", "Units", 63, 1, &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID);
}

#define GROQ "groq/llama-3.3-70b-versatile"
#define FIGURES "offers/groq~1llama-3.3-70b-versatile/latency/"

static gboolean
has_source (BeScenario *scenario)
{
  g_autoptr (JsonNode) offer = be_scenario_get_offer (scenario, GROQ);
  JsonObject *latency = json_object_get_object_member (json_node_get_object (offer), "latency");
  return json_object_has_member (latency, "source") && json_object_has_member (latency, "asOf");
}

/* The figure that the user added to a published one; NULL: none. */
static const char *
entered_of (BeScenario *scenario)
{
  g_autoptr (JsonNode) offer = be_scenario_get_offer (scenario, GROQ);
  JsonObject *latency = json_object_get_object_member (json_node_get_object (offer), "latency");
  return json_object_get_string_member_with_default (latency, "entered", NULL);
}

/* What is entered is one step of undo and no drift; what the vendor publishes keeps its source
 * until it is entered anew. */
static void
test_latency (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_autoptr (GError) error = NULL;
  g_assert_true (has_source (scenario)); /* of the catalogue, without being in the snapshot */
  g_assert_true (isnan (be_scenario_get_number (scenario, FIGURES "outputTokensPerSecond")));
  g_assert_true (be_scenario_set_latency (scenario, GROQ, "ttftMs", 250, &error));
  g_assert_cmpfloat (be_scenario_get_number (scenario, FIGURES "ttftMs"), ==, 250);
  g_assert_cmpfloat (be_scenario_get_number (scenario, FIGURES "outputTokensPerSecond"), ==, 280);
  g_assert_true (has_source (scenario)); /* of the speed alone */
  g_assert_cmpstr (entered_of (scenario), ==, "ttftMs");
  g_assert_cmpuint (count_drift (scenario), ==, 0);
  be_scenario_undo (scenario);
  g_assert_true (isnan (be_scenario_get_number (scenario, FIGURES "outputTokensPerSecond")));
  be_scenario_redo (scenario);
  g_assert_true (be_scenario_set_latency (scenario, GROQ, "outputTokensPerSecond", 300, &error));
  g_assert_false (has_source (scenario));
  g_assert_null (entered_of (scenario));
  be_scenario_undo (scenario);
  g_assert_true (has_source (scenario));
  g_assert_true (be_scenario_reset (scenario, FIGURES "ttftMs", &error));
  g_assert_true (has_source (scenario));
  g_assert_null (entered_of (scenario));
  be_scenario_undo (scenario);
  g_assert_true (be_scenario_set_number (scenario, FIGURES "outputTokensPerSecond", 290, &error));
  g_assert_false (has_source (scenario));
  be_scenario_undo (scenario);
  const char *const sets[] = { FIGURES "outputTokensPerSecond=300", NULL };
  g_assert_true (be_scenario_assign (scenario, sets, &error));
  g_assert_false (has_source (scenario));
  be_scenario_undo (scenario);
  g_assert_true (be_scenario_reset (scenario, FIGURES "outputTokensPerSecond", &error));
  g_assert_false (has_source (scenario));
  be_scenario_undo (scenario);
  g_assert_true (be_scenario_set_latency (scenario, GROQ, "outputTokensPerSecond", 300, &error));
  g_assert_true (be_scenario_set_latency (scenario, GROQ, "ttftMs", NAN, &error));
  g_assert_true (isnan (be_scenario_get_number (scenario, FIGURES "ttftMs")));
  g_assert_true (be_scenario_set_latency (scenario, GROQ, "outputTokensPerSecond", NAN, &error));
  g_autofree char *data = be_scenario_to_data (scenario, NULL);
  g_assert_null (strstr (data, "latency"));
  g_assert_false (be_scenario_set_latency (scenario, GROQ, "ttftMs", -1, &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_false (be_scenario_set_latency (scenario, GROQ, "speed", 1, &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_PATH);
  g_clear_error (&error);
  g_assert_false (be_scenario_set_latency (scenario, "no/such", "ttftMs", 1, &error));
  g_assert_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID);
}

/* Newer prices leave what was entered of the speed, and renew what was published. */
static void
test_latency_of_drift (void)
{
  g_autoptr (BeScenario) scenario = support ();
  g_assert_true (be_scenario_set_latency (scenario, GROQ, "ttftMs", 250, NULL));
  g_autofree char *data = be_scenario_to_data (scenario, NULL);
  g_autoptr (GString) older = g_string_new (data);
  g_assert_cmpuint (g_string_replace (older, "\"outputTokensPerSecond\": 280",
                                      "\"outputTokensPerSecond\": 200", 0),
                    ==, 1);
  g_assert_cmpuint (g_string_replace (older, "\"input\": 0.59", "\"input\": 0.6", 0), ==, 1);
  g_autoptr (BeScenario) opened =
      be_scenario_new_from_data (catalog, older->str, older->len, "older", NULL);
  g_assert_cmpuint (count_drift (opened), ==, 1);
  g_assert_true (be_scenario_apply_drift (opened, NULL));
  g_assert_cmpfloat (be_scenario_get_number (opened, FIGURES "ttftMs"), ==, 250);
  g_assert_cmpfloat (be_scenario_get_number (opened, FIGURES "outputTokensPerSecond"), ==, 280);
  g_assert_true (has_source (opened));
  g_assert_cmpstr (entered_of (opened), ==, "ttftMs");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  catalog = be_catalog_new_default (NULL);
  g_test_add_func ("/prices/drift", test_drift);
  g_test_add_func ("/prices/newer-and-own", test_newer_and_own);
  g_test_add_func ("/prices/import", test_import);
  g_test_add_func ("/prices/older-or-beyond", test_import_older_or_beyond);
  g_test_add_func ("/prices/offer-parts", test_offer_parts);
  g_test_add_func ("/prices/own-offer", test_own_offer);
  g_test_add_func ("/prices/latency", test_latency);
  g_test_add_func ("/prices/latency-of-drift", test_latency_of_drift);
  g_test_add_func ("/prices/tier-threshold", test_tier_threshold);
  g_test_add_func ("/prices/window-days", test_window_days);
  g_test_add_func ("/prices/remove-offer", test_remove_offer);
  g_test_add_func ("/scenario/prices/remove-replaced", test_remove_replaced);
  g_test_add_func ("/prices/fine-tuned", test_fine_tuned);
  g_test_add_func ("/prices/restore-offer", test_restore_offer);
  g_test_add_func ("/prices/provisioned", test_provisioned);
  int status = g_test_run ();
  be_catalog_unref (catalog);
  return status;
}
