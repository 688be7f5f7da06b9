/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates of a document: each is a day that there is. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

gboolean
be_validate_is_date (const char *text)
{
  int year, month, day, end = 0;

  return sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &end) == 3 && end == 10
         && text[end] == '\0' && month >= 1 && month <= 12 && day >= 1 && year >= 1
         && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

/* The day of a moment like 2026-09-23T10:00:00Z, too. */
static gboolean
begins_with_date (const char *text)
{
  g_autofree char *day = g_strndup (text, 10);

  return be_validate_is_date (day) && (strlen (text) <= 10 || strchr ("T ", text[10]) != NULL);
}

/* Lists date some offers by month or year only. */
static gboolean
is_age (const char *text)
{
  static const char first[] = "YYYY-01-01";
  gsize length = strlen (text);
  g_autofree char *day =
      length == 4 || length == 7 ? g_strconcat (text, first + length, NULL) : NULL;

  return day != NULL ? be_validate_is_date (day) : begins_with_date (text);
}

static void
check (GPtrArray *problems, const char *path, JsonNode *object, const char *name, gboolean is_valid,
       const char *allowed)
{
  g_autofree char *at = g_strconcat (path, "/", name, NULL);

  if (!is_valid)
    be_validate_problem (problems, BE_SCENARIO_ERROR_RANGE, at, be_tree_text (object, name),
                         allowed);
}

static void
check_age (GPtrArray *problems, const char *path, JsonNode *object)
{
  const char *as_of = be_tree_text (object, "asOf");

  if (as_of != NULL)
    check (problems, path, object, "asOf", is_age (as_of),
           _ ("a date, YYYY-MM-DD, YYYY-MM or YYYY"));
}

void
be_validate_dates (GPtrArray *problems, const char *path, JsonNode *offer)
{
  static const char *const days[] = { "from", "to", "promotionEnds" };
  g_autofree char *latency = g_strconcat (path, "/latency", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    const char *text = be_tree_text (offer, days[i]);
    if (text != NULL)
      check (problems, path, offer, days[i], begins_with_date (text), _ ("a date, YYYY-MM-DD"));
  }
  check_age (problems, path, offer);
  check_age (problems, latency, be_tree_member (offer, "latency"));
}
