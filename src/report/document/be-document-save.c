/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document as a file, and what the writers share. */
#include "report/document/be-document-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

BeScene *
be_document_chart_scene (const BeChartData *data, BeThemeKind theme)
{
  BeChartStyle style;

  be_chart_style_init (&style, theme, BE_DOCUMENT_CHART_WIDTH, BE_DOCUMENT_CHART_HEIGHT);
  style.format = be_format_chart;
  return be_chart_layout (data, &style);
}

char *
be_document_chart_svg (const BeChartData *data, BeThemeKind theme)
{
  BeChartStyle style;
  g_autoptr (GBytes) svg = NULL;

  be_chart_style_init (&style, theme, BE_DOCUMENT_CHART_WIDTH, BE_DOCUMENT_CHART_HEIGHT);
  style.format = be_format_chart;
  svg = be_chart_export_bytes (data, &style, BE_EXPORT_SVG, 1, FALSE, NULL);
  return g_strndup (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg));
}

char *
be_document_language (void)
{
  /* The translation of nothing is the head of the messages that are in use; "" when none are. */
  const char *head = dgettext (GETTEXT_PACKAGE, "");
  const char *line = strstr (head, "\nLanguage: ");

  if (line == NULL)
    return g_strdup ("en");
  line += strlen ("\nLanguage: ");
  return g_strdelimit (g_strndup (line, strspn (line, G_CSET_a_2_z G_CSET_A_2_Z "_")), "_", '-');
}

static gboolean
save_text (const char *path, char *text, GError **error)
{
  gboolean saved = be_file_save (path, text, strlen (text), NULL, NULL, error);

  g_free (text);
  return saved;
}

/* FALSE when one of the charts cannot be written beside the file. `made` gets the paths of those
 * that were not there before. */
static gboolean
save_charts (const char *stem, GPtrArray *charts, GPtrArray *made)
{
  for (guint i = 0; i < charts->len; i++) {
    g_autofree char *path = g_strdup_printf ("%s-%u.svg", stem, i + 1);
    gboolean is_new = !g_file_test (path, G_FILE_TEST_EXISTS);
    gsize length;
    const char *data = g_bytes_get_data (g_ptr_array_index (charts, i), &length);

    if (!be_file_save (path, data, length, NULL, NULL, NULL))
      return FALSE;
    if (is_new)
      g_ptr_array_add (made, g_steal_pointer (&path));
  }
  return TRUE;
}

static gboolean
save_markdown (const BeDocument *document, const char *path, GError **error)
{
  g_autoptr (GPtrArray) charts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_free);
  const char *dot = strrchr (path, '.');
  g_autofree char *stem = g_strndup (path, dot != NULL ? (gsize) (dot - path) : strlen (path));
  g_autofree char *base = g_path_get_basename (stem);
  char *markdown = be_document_to_markdown (document, base, charts);
  gboolean with_charts = save_charts (stem, charts, made);
  gboolean is_saved;

  if (!with_charts) {
    g_free (markdown);
    markdown = be_document_to_markdown (document, base, NULL);
  }
  is_saved = save_text (path, markdown, error);
  for (guint i = 0; i < made->len && !(is_saved && with_charts); i++)
    g_unlink (g_ptr_array_index (made, i)); /* nobody shows them */
  return is_saved;
}

gboolean
be_document_save (const BeDocument *document, BeDocumentFormat format, BePaper paper,
                  const char *path, GError **error)
{
  g_autoptr (GBytes) pdf = NULL;
  double width, height;

  switch (format) {
  case BE_DOCUMENT_HTML:
    return save_text (path, be_document_to_html (document), error);
  case BE_DOCUMENT_MARKDOWN:
    return save_markdown (document, path, error);
  case BE_DOCUMENT_PDF:
    break;
  }
  be_paper_get_size (paper, &width, &height);
  pdf = be_document_to_pdf (document, width, height, error);
  if (pdf == NULL)
    return FALSE;
  return be_file_save (path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL, NULL,
                       error);
}
