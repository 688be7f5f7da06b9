/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of a document as PDF, with an outline. */
#include "report/document/be-pages-private.h"

#include <cairo-pdf.h>

const char *
be_document_font (void)
{
  return be_theme_get (BE_THEME_PRINT)->font_family;
}

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
add_outline (const BePages *pages, cairo_surface_t *surface)
{
  const char *text;
  guint page;
  double y;

  for (guint i = 0; be_pages_get_heading (pages, i, &text, &page, &y); i++) {
    g_autofree char *target = g_strdup_printf ("page=%u pos=[%d %d]", page + 1, 0, (int) y);

    cairo_pdf_surface_add_outline (surface, CAIRO_PDF_OUTLINE_ROOT, text, target, 0);
  }
}

static void
paint_all (const BePages *pages, cairo_surface_t *surface)
{
  cairo_t *cr = cairo_create (surface);

  for (guint page = 0; page < be_pages_get_n (pages); page++) {
    be_pages_paint (pages, page, cr);
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
}

GBytes *
be_document_to_pdf (const BeDocument *document, double width, double height, GError **error)
{
  g_autoptr (BePages) pages = be_pages_new (document, width, height);
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (append_cb, bytes, pages->width, pages->height);
  cairo_status_t status;

  /* A date inside would make every export differ. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, document->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, document->subtitle);
  paint_all (pages, surface);
  add_outline (pages, surface);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", cairo_status_to_string (status));
  return NULL;
}
