/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of an offer that come and go: tiers of long prompts, hours of the day, rate sets. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const char *const part_names[] = { [BE_OFFER_TIER] = "tiers",
                                          [BE_OFFER_WINDOW] = "windows",
                                          [BE_OFFER_RATE_SET] = "rateSets" };

static gboolean
refuse (GError **error, const char *path)
{
  g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_PATH,
               _ ("%s: there is no such part of an offer"), path);
  return FALSE;
}

/* Input and output as the offer has them: a part begins with what it then changes. */
static JsonObject *
rates_like (JsonNode *offer)
{
  JsonObject *rates = json_object_new ();
  static const char *const names[] = { "input", "output" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    double rate = be_tree_number (offer, names[i], NAN);
    if (!isnan (rate))
      json_object_set_member (rates, names[i], be_tree_new_number (rate));
  }
  return rates;
}

/* Twice as long as the longest that is there. */
static double
next_threshold (JsonNode *offer)
{
  JsonArray *tiers = be_tree_array (offer, "tiers");
  double longest = 100000;

  for (guint i = 0; tiers != NULL && i < json_array_get_length (tiers); i++) {
    JsonNode *tier = json_array_get_element (tiers, i);
    longest = MAX (longest, be_tree_number (tier, "above", be_tree_number (tier, "atLeast", 0)));
  }
  return longest * 2;
}

static JsonNode *
new_texts (const char *const *texts)
{
  JsonArray *array = json_array_new ();
  JsonNode *node;

  for (guint i = 0; texts[i] != NULL; i++)
    json_array_add_string_element (array, texts[i]);
  node = json_node_init_array (json_node_alloc (), array);
  json_array_unref (array);
  return node;
}

/* The root with the offer in the snapshot and marked as the user's own; NULL when it is unknown. */
static JsonNode *
root_with_own (BeScenario *self, const char *key, const char *path, GError **error)
{
  g_autofree char *own = g_strconcat (path, "/own", NULL);
  g_autoptr (JsonNode) root = be_tree_with_offer (self, key, error);

  if (root == NULL)
    return NULL;
  return be_tree_replace (root, own, json_node_init_boolean (json_node_alloc (), TRUE));
}

/* Up to eight hours of every day that no window of the offer has yet; NULL when there are none. Two
 * prices cannot hold at one time. */
static char *
free_hours (BeScenario *self, JsonNode *offer)
{
  JsonArray *windows = be_tree_array (offer, "windows");
  const char *date = be_tree_text (self->root, "pricesAsOf");
  gboolean minutes[BE_WEEK_MINUTES] = { FALSE }, taken[25] = { FALSE };
  double share[BE_WEEK_HOURS];
  int from = 0, to;

  for (guint i = 0; windows != NULL && i < json_array_get_length (windows); i++) {
    be_resolve_window (json_array_get_element (windows, i), date, minutes, share);
    for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
      taken[hour % 24] = taken[hour % 24] || share[hour] > 0;
  }
  while (from < 24 && taken[from])
    from++;
  for (to = from; to < 24 && to < from + 8 && !taken[to];)
    to++;
  return from < 24 ? g_strdup_printf ("%02d:00-%02d:00", from, to) : NULL;
}

static gboolean
is_taken (JsonNode *root, const char *path)
{
  return be_tree_find (root, path) != NULL;
}

static gboolean
add_hours (BeScenario *self, JsonNode *offer, JsonObject *window, GError **error)
{
  g_autofree char *hours = free_hours (self, offer);
  const char *const ranges[] = { hours, NULL };

  if (hours == NULL)
    g_set_error_literal (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE,
                         _ ("All hours of the day have a price of their own already"));
  else
    json_object_set_member (window, "utc", new_texts (ranges));
  return hours != NULL;
}

gboolean
be_scenario_add_offer_part (BeScenario *self, const char *key, BeOfferPart part, const char *name,
                            GError **error)
{
  g_autofree char *path = be_path_join ("offers", key, NULL);
  g_autofree char *list = g_strconcat (path, "/", part_names[part], NULL);
  g_autoptr (JsonNode) root = root_with_own (self, key, path, error);
  JsonObject *rates;

  if (root == NULL)
    return FALSE;
  rates = rates_like (be_tree_find (root, path));
  if (part == BE_OFFER_RATE_SET) {
    g_autofree char *set = be_path_join ("offers", key, "rateSets", name, NULL);
    if (name == NULL || *name == '\0' || is_taken (root, set)) {
      json_object_unref (rates);
      return refuse (error, set);
    }
    return be_scenario_commit (self, be_tree_replace (root, set, be_tree_take_object (rates)),
                               error);
  }
  if (part == BE_OFFER_TIER)
    json_object_set_member (rates, "above",
                            be_tree_new_number (next_threshold (be_tree_find (root, path))));
  else if (!add_hours (self, be_tree_find (root, path), rates, error)) {
    json_object_unref (rates);
    return FALSE;
  }
  return be_scenario_commit (self, be_tree_append (root, list, be_tree_take_object (rates)), error);
}

/* "offers/KEY/tiers/N", "offers/KEY/windows/N" or "offers/KEY/rateSets/NAME". */
static gboolean
is_part (char **segments)
{
  return g_strv_length (segments) == 4 && strcmp (segments[0], "offers") == 0
         && (strcmp (segments[2], "tiers") == 0 || strcmp (segments[2], "windows") == 0
             || strcmp (segments[2], "rateSets") == 0);
}

gboolean
be_scenario_remove_offer_part (BeScenario *self, const char *path, GError **error)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  JsonNode *found = be_tree_find (self->root, path);

  if (!is_part (segments) || found == NULL)
    return refuse (error, path);
  g_autofree char *key = be_path_unescape (segments[1]);
  g_autofree char *offer = be_path_join ("offers", key, NULL);
  g_autoptr (JsonNode) root = root_with_own (self, key, offer, error);
  if (root == NULL)
    return FALSE;
  return be_scenario_commit (self, be_tree_replace (root, path, NULL), error);
}

/* The root with the part's offer as the user's own; NULL when there is no such part. */
static JsonNode *
root_with_part (BeScenario *self, const char *path, const char *list, GError **error)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);

  if (!is_part (segments) || strcmp (segments[2], list) != 0
      || be_tree_find (self->root, path) == NULL) {
    refuse (error, path);
    return NULL;
  }
  g_autofree char *key = be_path_unescape (segments[1]);
  g_autofree char *offer = be_path_join ("offers", key, NULL);
  return root_with_own (self, key, offer, error);
}

/* ---- the threshold of a tier ---- */

gboolean
be_scenario_get_tier_at_least (BeScenario *self, const char *path)
{
  return be_tree_member (be_tree_find (self->root, path), "atLeast") != NULL;
}

gboolean
be_scenario_set_tier_threshold (BeScenario *self, const char *path, gboolean at_least,
                                double tokens, GError **error)
{
  g_autofree char *set = g_strconcat (path, at_least ? "/atLeast" : "/above", NULL);
  g_autofree char *other = g_strconcat (path, at_least ? "/above" : "/atLeast", NULL);
  g_autoptr (JsonNode) root = root_with_part (self, path, "tiers", error);
  g_autoptr (JsonNode) value = be_tree_new_number (tokens);
  g_autoptr (JsonNode) next = NULL;

  if (root == NULL || !be_validate_value (be_input_find (set), set, value, error))
    return FALSE;
  next = be_tree_replace (root, set, json_node_ref (value));
  return be_scenario_commit (self, be_tree_replace (next, other, NULL), error);
}

/* ---- the hours and days of a window ---- */

static const char *const day_names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
#define ALL_DAYS 0x7fu

guint
be_scenario_get_window_days (BeScenario *self, const char *path)
{
  JsonArray *days = be_tree_array (be_tree_find (self->root, path), "days");
  guint set = 0;

  for (guint i = 0; days != NULL && i < json_array_get_length (days); i++) {
    int day = be_resolve_day (json_array_get_element (days, i));
    set |= day >= 0 ? 1u << day : 0;
  }
  return days != NULL ? set : ALL_DAYS;
}

gboolean
be_scenario_set_window_days (BeScenario *self, const char *path, guint days, GError **error)
{
  g_autofree char *at = g_strconcat (path, "/days", NULL);
  g_autoptr (JsonNode) root = root_with_part (self, path, "windows", error);
  const char *names[G_N_ELEMENTS (day_names) + 1] = { NULL };
  guint n = 0;

  if (root == NULL)
    return FALSE;
  if ((days & ALL_DAYS) == 0) {
    g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE,
                 _ ("%s: found no day, allowed is one day or more"), at);
    return FALSE;
  }
  for (guint day = 0; day < G_N_ELEMENTS (day_names); day++)
    if ((days & 1u << day) != 0)
      names[n++] = day_names[day];
  return be_scenario_commit (
      self, be_tree_replace (root, at, n < G_N_ELEMENTS (day_names) ? new_texts (names) : NULL),
      error);
}

char *
be_scenario_get_window_calendar (BeScenario *self, const char *path)
{
  const char *zone = be_tree_text (be_tree_find (self->root, path), "calendar");

  return g_strdup (zone != NULL ? zone : "");
}

gboolean
be_scenario_set_window_calendar (BeScenario *self, const char *path, const char *zone,
                                 GError **error)
{
  g_autofree char *at = g_strconcat (path, "/calendar", NULL);
  g_autoptr (JsonNode) root = root_with_part (self, path, "windows", error);

  return root != NULL
         && be_scenario_commit (
             self, be_tree_replace (root, at, *zone != '\0' ? be_tree_new_text (zone) : NULL),
             error);
}

char *
be_scenario_get_window_hours (BeScenario *self, const char *path)
{
  JsonArray *ranges = be_tree_array (be_tree_find (self->root, path), "utc");
  GString *text = g_string_new (NULL);

  for (guint i = 0; ranges != NULL && i < json_array_get_length (ranges); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            json_array_get_string_element (ranges, i));
  return g_string_free (text, FALSE);
}

gboolean
be_scenario_set_window_hours (BeScenario *self, const char *path, const char *hours, GError **error)
{
  g_auto (GStrv) ranges = g_strsplit (hours, ",", -1);
  g_autofree char *utc = g_strconcat (path, "/utc", NULL);
  g_autoptr (JsonNode) root = root_with_part (self, path, "windows", error);

  if (root == NULL)
    return FALSE;
  for (guint i = 0; ranges[i] != NULL; i++)
    g_strstrip (ranges[i]);
  return be_scenario_commit (
      self, be_tree_replace (root, utc, new_texts ((const char *const *) ranges)), error);
}
