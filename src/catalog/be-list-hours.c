/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hours and days of price lists, as windows that do not overlap. */
#include "catalog/be-price-list-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define DAY_MINUTES (24 * 60)

/* "00:30", "00:30:00", each with or without Z or +00:00, to minutes; -1 for anything else. */
static int
minutes_of (const char *text)
{
  static const char *const ends[] = { "", "Z", "+00:00", ":00", ":00Z", ":00+00:00" };
  if (text == NULL || strlen (text) < 5 || text[2] != ':')
    return -1;
  for (int i = 0; i < 5; i++)
    if (i != 2 && !g_ascii_isdigit (text[i]))
      return -1;
  int minutes = ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0';
  gboolean ended = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    ended |= strcmp (text + 5, ends[i]) == 0;
  return ended && text[3] < '6' && minutes <= DAY_MINUTES ? minutes : -1;
}

char *
be_list_hours (const char *start, const char *end)
{
  if (minutes_of (start) < 0 || minutes_of (end) < 0)
    return NULL;
  if (minutes_of (start) == minutes_of (end))
    return g_strdup ("00:00-24:00");
  return g_strdup_printf ("%.5s-%.5s", start, end);
}

char *
be_list_clock (JsonObject *from, const char *name)
{
  JsonNode *node = be_list_member (from, name);
  double value;

  if (node == NULL || !be_list_number (node, &value)
      || json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (be_list_text (from, name));
  if (!(value >= 0) || value > 2400 || value != floor (value))
    return NULL;
  return g_strdup_printf ("%02d:%02d", (int) value / 100, (int) value % 100);
}

static gboolean
is_among (JsonArray *days, const char *day)
{
  for (guint i = 0; days != NULL && i < json_array_get_length (days); i++)
    if (strcmp (json_array_get_string_element (days, i), day) == 0)
      return TRUE;
  return days == NULL;
}

/* Marks the minutes of the week that a window holds; FALSE when one of them was marked before. A
 * day is that of the minute, also past midnight. */
static gboolean
mark_window (JsonObject *window, gboolean *minutes)
{
  static const char *const names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
  const char *utc = json_array_get_string_element (be_list_array (window, "utc"), 0);
  g_autofree char *start = g_strndup (utc, 5);
  int from = minutes_of (start), to = minutes_of (utc + 6);
  gboolean is_free = TRUE;

  if (to <= from)
    to += DAY_MINUTES;
  for (guint day = 0; day < G_N_ELEMENTS (names); day++) {
    gboolean *of_day = minutes + day * DAY_MINUTES;
    if (!is_among (be_list_array (window, "days"), names[day]))
      continue;
    for (int minute = from; minute < to; minute++) {
      is_free = is_free && !of_day[minute % DAY_MINUTES];
      of_day[minute % DAY_MINUTES] = TRUE;
    }
  }
  return is_free;
}

JsonObject *
be_list_add_window (BeListRow *row, JsonObject *row_prices, const char *utc, JsonArray *days)
{
  g_autofree gboolean *minutes = g_new0 (gboolean, 7 * DAY_MINUTES);
  JsonArray *windows = be_list_array_of (row_prices, "windows");
  g_autoptr (JsonObject) window = json_object_new ();
  JsonArray *hours = json_array_new ();

  json_array_add_string_element (hours, utc);
  json_object_set_array_member (window, "utc", hours);
  if (days != NULL)
    json_object_set_array_member (window, "days", days);
  for (guint i = 0; i < json_array_get_length (windows); i++)
    mark_window (json_array_get_object_element (windows, i), minutes);
  if (!mark_window (window, minutes)) {
    be_list_note (row->reader, row->place, _ ("%s: found %s, left out"), utc,
                  _ ("windows that overlap"));
    return NULL;
  }
  json_array_add_object_element (windows, json_object_ref (window));
  return window;
}
