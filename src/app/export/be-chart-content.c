/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart for the clipboard and for drops. */
#include "app/export/be-chart-content.h"

#include "be-config.h"
#include "report/export/be-chart-file.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define WIDTH 960
#define HEIGHT 600
#define SCALE 2

/* On white: who pastes into a document does so on paper. */
static GBytes *
make_bytes (const BeChartData *data, BeChartFile file, GError **error)
{
  BeChartStyle style;

  be_chart_style_init (&style, BE_THEME_LIGHT, WIDTH, HEIGHT);
  style.format = be_format_chart;
  return be_report_chart_bytes (data, file, &style, SCALE, FALSE, error);
}

/* Adds the chart in one format to providers; FALSE when it cannot be made. */
static gboolean
add_format (GPtrArray *providers, const BeChartData *data, BeChartFile file, GError **error)
{
  g_autoptr (GBytes) bytes = make_bytes (data, file, error);

  if (bytes == NULL)
    return FALSE;
  g_ptr_array_add (providers,
                   gdk_content_provider_new_for_bytes (be_chart_file_media (file), bytes));
  return TRUE;
}

/* Takes the providers. */
static GdkContentProvider *
unite (GPtrArray *providers)
{
  gsize n;
  gpointer *all = g_ptr_array_steal (providers, &n);
  GdkContentProvider *united = gdk_content_provider_new_union ((GdkContentProvider **) all, n);

  g_free (all);
  return united;
}

static gboolean
add_pictures (GPtrArray *providers, const BeChartData *data, GError **error)
{
  return add_format (providers, data, BE_CHART_FILE_PNG, error)
         && add_format (providers, data, BE_CHART_FILE_SVG, error)
         && add_format (providers, data, BE_CHART_FILE_CSV, error);
}

GdkContentProvider *
be_chart_content_new (const BeChartData *data, GError **error)
{
  g_autoptr (GPtrArray) providers = g_ptr_array_new_with_free_func (g_object_unref);

  return add_pictures (providers, data, error) ? unite (providers) : NULL;
}

/* The folder of dropped files, empty. */
static char *
make_folder (GError **error)
{
  char *folder = g_build_filename (g_get_user_cache_dir (), "breakeven", "dropped", NULL);
  GDir *old = g_dir_open (folder, 0, NULL);
  const char *name;

  while (old != NULL && (name = g_dir_read_name (old)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_unlink (path);
  }
  g_clear_pointer (&old, g_dir_close);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return folder;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("%s: cannot be made"), folder);
  g_free (folder);
  return NULL;
}

static gboolean
add_file (GPtrArray *providers, const BeChartData *data, const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = make_bytes (data, BE_CHART_FILE_PNG, error);
  g_autofree char *folder = bytes != NULL ? make_folder (error) : NULL;
  g_autofree char *base = g_strconcat (name, ".png", NULL);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, base, NULL) : NULL;
  g_autoptr (GFile) file = NULL;
  GSList list = { 0 };

  if (path == NULL
      || !be_file_save (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, NULL,
                        error))
    return FALSE;
  file = g_file_new_for_path (path);
  list.data = file;
  g_ptr_array_add (providers, gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, &list));
  return TRUE;
}

GdkContentProvider *
be_chart_content_new_with_file (const BeChartData *data, const char *name, GError **error)
{
  g_autoptr (GPtrArray) providers = g_ptr_array_new_with_free_func (g_object_unref);

  if (!add_file (providers, data, name, error) || !add_pictures (providers, data, error))
    return NULL;
  return unite (providers);
}

GdkContentProvider *
be_chart_content_new_numbers (const BeChartData *data)
{
  g_autoptr (GPtrArray) providers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *csv = be_report_chart_csv (data);

  add_format (providers, data, BE_CHART_FILE_CSV, NULL);
  g_ptr_array_add (providers, gdk_content_provider_new_typed (G_TYPE_STRING, csv));
  return unite (providers);
}
