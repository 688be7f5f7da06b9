/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the schema's test: "inputs" prints the table as JSON, "validate FILE..." one verdict a line.
 */
#include "scenario/be-scenario.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void
print_inputs (void)
{
  static const char *const types[] = { "number", "whole", "boolean", "choice", "text" };
  guint n_inputs;
  const BeInput *inputs = be_inputs (&n_inputs);
  for (guint i = 0; i < n_inputs; i++) {
    g_autofree char *minimum = be_json_format_double (inputs[i].minimum);
    g_autofree char *maximum = be_json_format_double (inputs[i].maximum);
    g_autofree char *fallback = be_json_format_double (inputs[i].default_value);
    g_autofree char *choices =
        inputs[i].choices != NULL ? g_strjoinv (",", (char **) inputs[i].choices) : NULL;
    printf ("%s\t%s\t%s\t%s\t%s\t%s\t%s\n", inputs[i].pattern, types[inputs[i].type], minimum,
            maximum, fallback, choices != NULL ? choices : "", inputs[i].help);
  }
}

static void
print_verdict (BeCatalog *catalog, const char *path)
{
  g_autofree char *data = NULL;
  gsize length;
  if (!g_file_get_contents (path, &data, &length, NULL))
    g_error ("cannot read %s", path);
  g_autoptr (GPtrArray) problems = be_scenario_validate (catalog, data, length, path);
  const GError *first = problems->len > 0 ? problems->pdata[0] : NULL;
  printf ("%s\t%s\n", path, first != NULL ? first->message : "valid");
}

int
main (int argc, char **argv)
{
  g_autoptr (BeCatalog) catalog = be_catalog_new_default (NULL);
  if (catalog == NULL || argc < 2)
    return 2;
  if (strcmp (argv[1], "inputs") == 0)
    print_inputs ();
  for (int i = 2; i < argc; i++)
    print_verdict (catalog, argv[i]);
  return 0;
}
