/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be minded of an offer: that its prices are old, end, or cannot be. */
#include "report/be-report.h"

#include "be-config.h"
#include "catalog/be-price-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define STALE_DAYS 90
/* Who plans a month's bill needs to know of an end two months before. */
#define ENDING_DAYS 60

/* Lists date by day, month or year: the earliest day that it may be. */
static int
days_since (const char *date, GDateTime *today)
{
  static const char first[] = "YYYY-01-01T00:00:00Z";
  gsize length = date != NULL ? MIN (strlen (date), strlen ("YYYY-MM-DD")) : 0;
  g_autofree char *moment = length >= strlen ("YYYY")
                                ? g_strdup_printf ("%.*s%s", (int) length, date, first + length)
                                : NULL;
  g_autoptr (GDateTime) then = moment != NULL ? g_date_time_new_from_iso8601 (moment, NULL) : NULL;

  return then != NULL ? (int) (g_date_time_difference (today, then) / G_TIME_SPAN_DAY) : G_MININT;
}

/* Midnight of today: dates are whole days. */
static GDateTime *
new_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_new_utc (g_date_time_get_year (now), g_date_time_get_month (now),
                              g_date_time_get_day_of_month (now), 0, 0, 0);
}

/* Dates alone, whatever the day is. */
static char *
end_note (const char *until, const char *promotion)
{
  if (until != NULL)
    return g_strdup_printf (_ ("this price ends on %s"), until);
  if (promotion != NULL)
    return g_strdup_printf (_ ("a promotion that is stated to run through %s"), promotion);
  return NULL;
}

char *
be_offer_note_on (JsonNode *offer, GDateTime *today)
{
  const char *until = be_offer_text (offer, "to"),
             *promotion = be_offer_text (offer, "promotionEnds");
  int past, over, age;

  if (today == NULL)
    return end_note (until, promotion);
  past = days_since (until, today);
  over = days_since (promotion, today);
  age = days_since (be_offer_text (offer, "asOf"), today);
  if (past >= 0)
    return g_strdup_printf (_ ("this price ended on %s"), until);
  if (over > 0)
    return g_strdup_printf (_ ("a promotion that was stated to run through %s"), promotion);
  if (past != G_MININT && -past <= ENDING_DAYS)
    return end_note (until, NULL);
  if (over != G_MININT && -over <= ENDING_DAYS)
    return end_note (NULL, promotion);
  if (age > STALE_DAYS)
    return g_strdup_printf (
        ngettext ("the price is %d day old", "the price is %d days old", (gulong) age), age);
  return NULL;
}

/* A rate that is off by the unit, in the offer or anywhere below: batch, tiers, windows, sets. */
static gboolean
is_implausible (const char *name, JsonNode *node)
{
  static const char *const outputs[] = { "output", "reasoning", NULL };
  static const char *const inputs[] = { "input", "cachedInput", "cacheWrite", "cacheWrite1h",
                                        NULL };
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  gboolean found = FALSE;
  JsonObjectIter iter;

  if (JSON_NODE_HOLDS_OBJECT (node)) {
    json_object_iter_init (&iter, json_node_get_object (node));
    while (!found && json_object_iter_next (&iter, &name, &node))
      found = is_implausible (name, node);
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *list = json_node_get_array (node);
    for (guint i = 0; !found && i < json_array_get_length (list); i++)
      found = is_implausible ("", json_array_get_element (list, i));
  } else if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE) {
    double value = json_node_get_double (node);
    found = (g_strv_contains (inputs, name) && value > BE_IMPLAUSIBLE_INPUT_USD)
            || (g_strv_contains (outputs, name) && value > BE_IMPLAUSIBLE_OUTPUT_USD);
  }
  return found;
}

char *
be_offer_implausible_note (JsonNode *offer)
{
  return is_implausible ("", offer)
             ? g_strdup (_ ("implausible: more than $1,000 for a million tokens "
                            "of input or $2,000 of output"))
             : NULL;
}

char *
be_offer_age_note (JsonNode *offer)
{
  g_autoptr (GDateTime) now = new_today ();
  g_autofree char *first = be_offer_implausible_note (offer);
  g_autofree char *dates = be_offer_note_on (offer, now);

  return first == NULL   ? g_steal_pointer (&dates)
         : dates == NULL ? g_steal_pointer (&first)
                         : g_strconcat (first, "; ", dates, NULL);
}

char *
be_offer_note (BeScenario *scenario, const char *key)
{
  g_autoptr (JsonNode) offer = key != NULL ? be_scenario_get_offer (scenario, key) : NULL;

  return offer != NULL ? be_offer_age_note (offer) : NULL;
}
