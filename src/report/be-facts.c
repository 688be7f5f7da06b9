/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What documents and workbooks say about inputs and offers: values as text, rates, sources. */
#include "report/be-report.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

char *
be_report_input_value (BeScenario *scenario, const BeInput *input, const char *path)
{
  double value = be_scenario_get_number (scenario, path);
  char *text;

  switch (input->type) {
  case BE_INPUT_BOOLEAN:
    return g_strdup (value != 0 ? _ ("yes") : _ ("no"));
  case BE_INPUT_NUMBER:
  case BE_INPUT_WHOLE:
    return be_format_value (value, input->unit, FALSE);
  case BE_INPUT_CHOICE:
  case BE_INPUT_TEXT:
    break;
  }
  text = be_scenario_get_text (scenario, path);
  for (gsize i = 0; input->choices != NULL && input->choices[i] != NULL; i++) {
    if (g_strcmp0 (text, input->choices[i]) != 0)
      continue;
    g_free (text);
    return g_strdup (g_dgettext (GETTEXT_PACKAGE, input->choice_labels[i]));
  }
  return text != NULL ? text : g_strdup ("");
}

char *
be_report_input_default (const BeInput *input)
{
  if (input->type == BE_INPUT_TEXT || !isfinite (input->default_value))
    return g_strdup ("");
  if (input->type == BE_INPUT_BOOLEAN)
    return g_strdup (input->default_value != 0 ? _ ("yes") : _ ("no"));
  if (input->type == BE_INPUT_CHOICE)
    return g_strdup (
        g_dgettext (GETTEXT_PACKAGE, input->choice_labels[(gsize) input->default_value]));
  return be_format_value (input->default_value, input->unit, FALSE);
}

/* A pool has several steps of people: each is two rows, which its number brings together. */
char *
be_report_input_owner (BeScenario *scenario, const BeInput *input, const char *path)
{
  g_autofree char *owner = be_scenario_describe_owner (scenario, path);
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  guint n = g_strv_length (segments);

  if ((input->scope == BE_SCOPE_ROUTE || input->scope == BE_SCOPE_SERVES) && n > 1) {
    g_autofree char *whole = g_strjoin ("/", segments[0], segments[1], NULL);
    g_autofree char *name = be_scenario_get_entity_name (scenario, whole);

    /* Translators: a workload and an offer on its route, or a pool and a workload that it serves.
     */
    return g_strcmp0 (name, owner) != 0 ? g_strdup_printf (_ ("%s, %s"), name, owner)
                                        : g_steal_pointer (&owner);
  }
  if (input->scope != BE_SCOPE_PEOPLE_STEP || n < 2)
    return g_steal_pointer (&owner);
  /* Translators: a pool, and which of its steps of people. */
  return g_strdup_printf (_ ("%s, step %d"), owner, atoi (segments[n - 2]) + 1);
}

gboolean
be_report_input_is_own (BeScenario *scenario, const BeInput *input, const char *path)
{
  if (!be_scenario_is_set (scenario, path))
    return FALSE;
  if (input->type == BE_INPUT_TEXT)
    return TRUE;
  if (input->type == BE_INPUT_CHOICE && isfinite (input->default_value)) {
    g_autofree char *text = be_scenario_get_text (scenario, path);
    return g_strcmp0 (text, input->choices[(gsize) input->default_value]) != 0;
  }
  return !(be_scenario_get_number (scenario, path) == input->default_value);
}

char *
be_report_offer_fact (BeScenario *scenario, const char *key, const char *member)
{
  g_autofree char *path = be_path_join ("offers", key, member, NULL);
  char *text = be_scenario_get_text (scenario, path);
  const BeCatalogOffer *offer;

  if (text != NULL)
    return text;
  offer = be_catalog_find_offer (be_scenario_get_catalog (scenario), key);
  if (offer == NULL)
    return g_strdup ("");
  if (g_str_equal (member, "source"))
    return g_strdup (offer->source != NULL        ? offer->source
                     : offer->pricing_url != NULL ? offer->pricing_url
                                                  : "");
  return g_strdup (g_str_equal (member, "asOf") && offer->as_of != NULL ? offer->as_of : "");
}

GPtrArray *
be_report_used_offers (BeScenario *scenario, const BePlanInput *input)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  for (size_t i = 0; i < input->n_offers; i++) {
    const char *key = be_scenario_offer_key (scenario, (int) i);

    if (key != NULL && !g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
      g_ptr_array_add (keys, g_strdup (key));
  }
  return keys;
}

double
be_report_offer_rate (BeScenario *scenario, const char *key, const char *member)
{
  g_autofree char *offer = be_path_join ("offers", key, NULL);
  g_autofree char *path = g_strconcat (offer, "/", member, NULL);

  return be_scenario_get_number (scenario, path);
}
