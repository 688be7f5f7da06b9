/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scenarios that File > New offers; their files are compiled in. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"
#include "be-templates-resource.h"

#include <glib/gi18n-lib.h>

static const BeTemplate templates[] = {
  { "support", N_ ("Support assistant"),
    N_ ("Half a million chats a day on two hosted models, against Llama 3.3 70B on your own "
        "GPUs.") },
  { "rag", N_ ("Questions over documents"),
    N_ ("Long prompts with retrieved passages, many of them cached, short answers.") },
  { "summaries", N_ ("Nightly summaries"),
    N_ ("Batches at night: deferred prices against GPUs that run only then.") },
  { "coding", N_ ("Coding agent"), N_ ("Conversations of many turns with caching and reasoning.") },
};

const BeTemplate *
be_scenario_templates (guint *n_templates)
{
  *n_templates = G_N_ELEMENTS (templates);
  return templates;
}

BeScenario *
be_scenario_new_from_template (BeCatalog *catalog, const char *id, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s.breakeven.json", id);
  g_autofree char *path = g_strdup_printf ("/io/github/breakeven/templates/%s", name);
  GResource *resource = be_templates_get_resource ();
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL)
    return NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  return be_scenario_new_from_data (catalog, data, length, name, error);
}
