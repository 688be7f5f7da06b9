/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb complete: the words that shells offer. It is not in the help: shells call it. */
#include "cli/be-cli.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>

static void
append_word (GString *text, const char *word)
{
  g_string_append_printf (text, "%s\n", word);
}

static void
list_verbs (GString *text)
{
  gsize n_verbs;
  const BeVerb *verbs = be_cli_verbs (&n_verbs);

  for (gsize i = 0; i < n_verbs; i++)
    append_word (text, verbs[i].name);
}

static void
list_kinds (GString *text)
{
  for (int i = 0; i < BE_N_KINDS; i++)
    append_word (text, be_kind_id ((BeKind) i));
}

static gboolean
list_catalog (GString *text, const char *list, const BeCliOptions *options)
{
  g_autoptr (BeCatalog) catalog = be_cli_catalog (options, NULL);

  if (catalog == NULL)
    return FALSE;
  if (g_str_equal (list, "offers"))
    for (size_t i = 0; i < be_catalog_get_n_offers (catalog); i++)
      append_word (text, be_catalog_get_offer (catalog, i)->key);
  else if (g_str_equal (list, "gpus"))
    for (size_t i = 0; i < be_catalog_get_n_gpus (catalog); i++)
      append_word (text, be_catalog_get_gpu (catalog, i)->key);
  else
    for (size_t i = 0; i < be_catalog_get_n_models (catalog); i++)
      append_word (text, be_catalog_get_model (catalog, i)->name);
  return TRUE;
}

/* The inputs of a scenario: what --set and --over take. */
static gboolean
list_inputs (GString *text, const BeCliOptions *options)
{
  g_autoptr (BeScenario) scenario = NULL;

  if (options->arguments[1] != NULL)
    scenario = be_cli_open_argument (options, 1, NULL);
  if (scenario == NULL)
    return FALSE;
  for (int group = 0; group < BE_N_GROUPS; group++) {
    g_autoptr (GPtrArray) paths = be_scenario_list_inputs (scenario, (BeGroup) group);
    for (guint i = 0; i < paths->len; i++)
      append_word (text, g_ptr_array_index (paths, i));
  }
  return TRUE;
}

/* complete verbs|kinds|offers|gpus|models, complete inputs FILE: one word a line. A list that
 * cannot be made is silent, as a shell has nowhere to show a message; only its name is checked. */
int
be_cli_run_complete (const BeVerb *verb, int argc, char **argv)
{
  g_auto (BeCliOptions) options = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean good = TRUE;

  if (!be_cli_parse (verb, NULL, argc, argv, 1, 2, &options))
    return BE_EXIT_USAGE;
  const char *list = options.arguments[0];
  if (g_str_equal (list, "verbs"))
    list_verbs (text);
  else if (g_str_equal (list, "kinds"))
    list_kinds (text);
  else if (g_str_equal (list, "inputs"))
    good = list_inputs (text, &options);
  else if (g_str_equal (list, "offers") || g_str_equal (list, "gpus")
           || g_str_equal (list, "models"))
    good = list_catalog (text, list, &options);
  else
    return be_cli_usage (_ ("complete: there is no list %s"), list);
  return good ? be_cli_print (text->str) : BE_EXIT_INPUT;
}
