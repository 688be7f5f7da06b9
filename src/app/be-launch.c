/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Command-line options and launcher actions. */
#include "app/be-launch.h"

#include "be-config.h"
#include "scenario/be-scenario.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define EXIT_USAGE 2
#define ACTION_PREFIX "new-"

void
be_launch_add_options (GApplication *application)
{
  g_application_add_main_option (application, "new-instance", 0, 0, G_OPTION_ARG_NONE,
                                 _ ("Do not join a program that runs already"), NULL);
  g_application_add_main_option (application, "new-window", 0, 0, G_OPTION_ARG_NONE,
                                 _ ("Open a new window"), NULL);
  g_application_add_main_option (application, "template", 0, 0, G_OPTION_ARG_STRING,
                                 _ ("Open a new window on this template"), _ ("ID"));
  g_application_add_main_option (application, "version", 0, 0, G_OPTION_ARG_NONE,
                                 _ ("Print the version"), NULL);
}

static void
new_from_template_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  const char *id = g_action_get_name (G_ACTION (action)) + strlen (ACTION_PREFIX);

  g_action_group_activate_action (application, "new-from", g_variant_new_string (id));
}

void
be_launch_add_actions (GApplication *application)
{
  guint n_templates;
  const BeTemplate *templates = be_scenario_templates (&n_templates);

  for (guint i = 0; i < n_templates; i++) {
    g_autofree char *name = g_strconcat (ACTION_PREFIX, templates[i].id, NULL);
    g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);
    g_signal_connect (action, "activate", G_CALLBACK (new_from_template_cb), application);
    g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (action));
  }
}

static gboolean
is_template (const char *id)
{
  guint n_templates;
  const BeTemplate *templates = be_scenario_templates (&n_templates);
  g_autoptr (GString) known = g_string_new (NULL);

  for (guint i = 0; i < n_templates; i++) {
    if (g_str_equal (templates[i].id, id))
      return TRUE;
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", templates[i].id);
  }
  g_printerr (_ ("There is no template %s; there are: %s\n"), id, known->str);
  return FALSE;
}

static int
open_window (GApplication *application, const char *action, GVariant *parameter)
{
  g_autoptr (GVariant) owned = parameter != NULL ? g_variant_ref_sink (parameter) : NULL;
  g_autoptr (GError) error = NULL;

  if (!g_application_register (application, NULL, &error)) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  g_action_group_activate_action (G_ACTION_GROUP (application), action, owned);
  return g_application_get_is_remote (application) ? 0 : -1;
}

int
be_launch_handle_options (GApplication *application, GVariantDict *options)
{
  const char *template = NULL;

  if (g_variant_dict_contains (options, "version")) {
    g_print ("breakeven %s\n", BE_VERSION);
    return 0;
  }
  if (g_variant_dict_contains (options, "new-instance"))
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  if (g_variant_dict_lookup (options, "template", "&s", &template))
    return is_template (template)
               ? open_window (application, "new-from", g_variant_new_string (template))
               : EXIT_USAGE;
  if (g_variant_dict_contains (options, "new-window"))
    return open_window (application, "new", NULL);
  return -1;
}
