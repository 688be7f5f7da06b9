/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart as bytes and files: PNG, SVG, PDF; the same chart gives the same bytes. */
#include "chart/be-chart-private.h"

#include "be-config.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_PIXELS 16384

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
take_bytes (GByteArray *bytes, cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", cairo_status_to_string (status));
  return NULL;
}

static GBytes *
export_png (const BeScene *scene, double scale, gboolean transparent, GError **error)
{
  double width = ceil (scene->width * scale), height = ceil (scene->height * scale);
  GBytes *bytes = NULL;

  if (!(width >= 1 && height >= 1 && width <= MAX_PIXELS && height <= MAX_PIXELS)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _ ("An image of %.0f × %.0f pixels: 1 to %d each are allowed"), width, height,
                 MAX_PIXELS);
    return NULL;
  }
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) width, (int) height);
  cairo_t *cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  be_scene_paint (scene, cr);
  cairo_status_t status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    bytes = be_png_encode (surface, !transparent, error);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", cairo_status_to_string (status));
  cairo_surface_destroy (surface);
  return bytes;
}

static GBytes *
export_pdf (const BeScene *scene, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (append_cb, bytes, scene->width, scene->height);

  /* A date inside would make every export differ. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
  if (scene->title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, scene->title);
  cairo_t *cr = cairo_create (surface);
  be_scene_paint (scene, cr);
  cairo_show_page (cr);
  cairo_status_t status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return take_bytes (bytes, status, error);
}

GBytes *
be_chart_export_bytes (const BeChartData *data, const BeChartStyle *style, BeExportFormat format,
                       double scale, gboolean transparent, GError **error)
{
  g_autoptr (BeScene) scene = be_chart_layout (data, style);
  char *svg;

  if (transparent)
    g_array_index (scene->prims, BePrim, 0).color.a = 0;
  switch (format) {
  case BE_EXPORT_PNG:
    return export_png (scene, CLAMP (scale, 1, BE_EXPORT_MAX_SCALE), transparent, error);
  case BE_EXPORT_PDF:
    return export_pdf (scene, error);
  case BE_EXPORT_SVG:
    break;
  }
  svg = be_scene_to_svg (scene, style->theme->font_family);
  return g_bytes_new_take (svg, strlen (svg));
}
