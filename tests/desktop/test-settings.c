/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings' schema is found, its defaults are the documented ones, and its absence ends
 * nothing. */
#include "app/be-settings.h"

static void
test_defaults (void)
{
  g_autoptr (GSettings) settings = be_settings_new ();

  g_assert_nonnull (settings);
  g_assert_cmpint (g_settings_get_int (settings, "window-width"), ==, 1280);
  g_assert_cmpint (g_settings_get_int (settings, "window-height"), ==, 800);
  g_assert_false (g_settings_get_boolean (settings, "window-maximized"));
  g_assert_true (g_settings_get_boolean (settings, "sidebar-shown"));
  g_assert_true (g_settings_get_boolean (settings, "restore-session"));
  g_assert_cmpint (g_settings_get_enum (settings, "color-scheme"), ==, 0);
}

static gboolean
is_allowed (GSettings *settings, const char *key, const char *text)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) found = NULL;
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_parsed (text));

  g_object_get (settings, "settings-schema", &schema, NULL);
  found = g_settings_schema_get_key (schema, key);
  return g_settings_schema_key_range_check (found, value);
}

static void
test_ranges (void)
{
  g_autoptr (GSettings) settings = be_settings_new ();

  g_assert_true (g_settings_set_string (settings, "color-scheme", "dark"));
  g_assert_cmpint (g_settings_get_enum (settings, "color-scheme"), ==, 2);
  g_assert_true (is_allowed (settings, "window-width", "360"));
  g_assert_false (is_allowed (settings, "window-width", "0"));
  g_assert_false (is_allowed (settings, "color-scheme", "'blue'"));
}

/* In a process of its own: the default schema source is read once. */
static void
test_absent (void)
{
  if (g_test_subprocess ()) {
    g_assert_null (be_settings_new ());
    return;
  }
  g_setenv ("GSETTINGS_SCHEMA_DIR", g_get_tmp_dir (), TRUE);
  g_setenv ("XDG_DATA_DIRS", g_get_tmp_dir (), TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*io.github.breakeven.Breakeven is not installed*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/defaults", test_defaults);
  g_test_add_func ("/settings/ranges", test_ranges);
  g_test_add_func ("/settings/absent", test_absent);
  return g_test_run ();
}
