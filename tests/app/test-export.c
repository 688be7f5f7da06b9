/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What leaves the program by clipboard, drop and printer. */
#include "app/export/be-chart-content.h"
#include "app/export/be-print.h"

#include <glib/gstdio.h>
#include <string.h>

static BeScenario *
new_scenario (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeCatalog) catalog = be_catalog_new_default (&error);
  BeScenario *scenario;

  g_assert_no_error (error);
  scenario = be_scenario_new_from_template (catalog, "support", &error);
  g_assert_no_error (error);
  return scenario;
}

static BeChartData *
new_chart (void)
{
  g_autoptr (BeScenario) scenario = new_scenario ();
  g_autoptr (GError) error = NULL;
  BeChartOptions options;
  BeChartData *data;

  be_chart_options_init (&options);
  data = be_report_chart (scenario, BE_KIND_BILL, &options, &error);
  g_assert_no_error (error);
  return data;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

/* What a receiver gets that asks for a media type. */
static char *
receive (GdkContentProvider *content, const char *media)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  gboolean done = FALSE;
  gsize length;

  gdk_content_provider_write_mime_type_async (content, media, stream, 0, NULL, written_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream));
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)), length);
}

static void
test_formats (void)
{
  static const struct {
    const char *media, *magic;
  } cases[] = { { "image/png", "\x89PNG" },
                { "image/svg+xml", "<?xml" },
                { "text/csv", "Plan,$/month\nHosted," } };
  g_autoptr (BeChartData) data = new_chart ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkContentProvider) copied = be_chart_content_new (data, &error);
  g_autoptr (GdkContentFormats) formats = NULL;

  g_assert_no_error (error);
  formats = gdk_content_provider_ref_formats (copied);
  g_assert_false (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *received = receive (copied, cases[i].media);

    g_assert_true (gdk_content_formats_contain_mime_type (formats, cases[i].media));
    g_assert_true (g_str_has_prefix (received, cases[i].magic));
  }
}

static void
test_dropped_file (void)
{
  g_autoptr (BeChartData) data = new_chart ();
  g_autoptr (GError) error = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  g_autofree char *gone = NULL;

  for (int round = 0; round < 2; round++) {
    g_autofree char *name = g_strdup_printf ("chart %d", round);
    g_autoptr (GdkContentProvider) content = be_chart_content_new_with_file (data, name, &error);
    g_autofree char *contents = NULL;
    g_autofree char *path = NULL;
    GSList *files;

    g_assert_no_error (error);
    g_value_init (&value, GDK_TYPE_FILE_LIST);
    g_assert_true (gdk_content_provider_get_value (content, &value, &error));
    files = g_value_get_boxed (&value);
    g_assert_cmpint (g_slist_length (files), ==, 1);
    path = g_file_get_path (files->data);
    g_assert_true (g_str_has_suffix (path, ".png"));
    g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
    g_assert_true (g_str_has_prefix (contents, "\x89PNG"));
    g_assert_true (gone == NULL || !g_file_test (gone, G_FILE_TEST_EXISTS));
    g_free (gone);
    gone = g_steal_pointer (&path);
    g_value_unset (&value);
  }
}

static void
test_numbers (void)
{
  g_autoptr (BeChartData) data = new_chart ();
  g_autoptr (GdkContentProvider) content = be_chart_content_new_numbers (data);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
  g_assert_true (g_str_has_prefix (g_value_get_string (&value), "Plan,$/month\nHosted,46795.64"));
}

static void
test_print (void)
{
  g_autoptr (BeScenario) scenario = new_scenario ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BeDocument) document = be_report_document (scenario, NULL, &error);
  g_autofree char *folder = g_dir_make_tmp ("breakeven-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "printed.pdf", NULL);
  g_autofree char *contents = NULL;
  double width, height;

  g_assert_no_error (error);
  g_assert_true (be_print_to_file (document, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_true (g_str_has_prefix (contents, "%PDF"));
  g_unlink (path);
  g_rmdir (folder);
  be_print_get_paper (&width, &height);
  g_assert_cmpfloat (width, >, 500);
  g_assert_cmpfloat (height, >, width);
}

int
main (int argc, char **argv)
{
  g_autofree char *cache = g_dir_make_tmp ("breakeven-XXXXXX", NULL);

  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ()) {
    g_print ("1..0 # SKIP no display\n");
    return 0;
  }
  g_test_add_func ("/export/formats", test_formats);
  g_test_add_func ("/export/dropped-file", test_dropped_file);
  g_test_add_func ("/export/numbers", test_numbers);
  g_test_add_func ("/export/print", test_print);
  return g_test_run ();
}
