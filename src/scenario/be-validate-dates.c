/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates of a document: each is a day that there is. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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
    check (problems, path, object, "asOf", be_is_date (as_of, TRUE),
           _ ("a date, YYYY-MM-DD, YYYY-MM or YYYY"));
}

/* Which of an offer's figures the user added to a published one. */
static void
check_entered (GPtrArray *problems, const char *path, JsonNode *latency)
{
  const char *name = be_tree_text (latency, "entered");

  if (name != NULL)
    check (problems, path, latency, "entered",
           strcmp (name, "ttftMs") == 0 || strcmp (name, "outputTokensPerSecond") == 0,
           _ ("ttftMs or outputTokensPerSecond"));
}

void
be_validate_dates (GPtrArray *problems, const char *path, JsonNode *offer)
{
  static const char *const days[] = { "from", "to", "promotionEnds" };
  g_autofree char *latency = g_strconcat (path, "/latency", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    const char *text = be_tree_text (offer, days[i]);
    if (text != NULL)
      check (problems, path, offer, days[i], be_is_date (text, FALSE), _ ("a date, YYYY-MM-DD"));
  }
  check_age (problems, path, offer);
  check_age (problems, latency, be_tree_member (offer, "latency"));
  check_entered (problems, latency, be_tree_member (offer, "latency"));
}
