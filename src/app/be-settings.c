/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the settings' schema is found. */
#include "app/be-settings.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>

#define SCHEMA_ID "io.github.breakeven.Breakeven"

/* g_settings_new ends the program when the schema is missing, so it is looked up first. */
GSettings *
be_settings_new (void)
{
  GSettingsSchemaSource *usual = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) own = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;

  if (usual != NULL)
    schema = g_settings_schema_source_lookup (usual, SCHEMA_ID, TRUE);
  if (schema == NULL)
    own = g_settings_schema_source_new_from_directory (BE_SCHEMADIR, usual, FALSE, NULL);
  if (own != NULL)
    schema = g_settings_schema_source_lookup (own, SCHEMA_ID, FALSE);
  if (schema != NULL)
    return g_settings_new_full (schema, NULL, NULL);
  g_printerr (_ ("The settings' schema %s is not installed; settings are not kept.\n"), SCHEMA_ID);
  return NULL;
}
