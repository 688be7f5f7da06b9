/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels as PNG, with speed before size: a chart at four times its size is copied while one waits.
 */
#include "chart/be-chart-private.h"

#include <png.h>

/* cairo keeps colours multiplied by their alpha, a PNG does not. */
static guint8
straight (guint32 channel, guint32 alpha)
{
  return alpha == 0 ? 0 : (guint8) MIN ((channel * 255 + alpha / 2) / alpha, 255);
}

static void
write_pixel (guint8 *to, guint32 pixel, gboolean opaque)
{
  guint32 alpha = opaque ? 255 : pixel >> 24;

  to[0] = straight (pixel >> 16 & 0xff, alpha);
  to[1] = straight (pixel >> 8 & 0xff, alpha);
  to[2] = straight (pixel & 0xff, alpha);
  if (!opaque)
    to[3] = (guint8) alpha;
}

/* The pixels as PNG wants them: RGB, or RGBA where something shows through. */
static guint8 *
copy_pixels (cairo_surface_t *surface, int width, int height, gboolean opaque)
{
  gsize size = opaque ? 3 : 4;
  guint8 *pixels = g_malloc_n ((gsize) width * (gsize) height, size);
  const guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; y < height; y++) {
    const guint32 *row = (const guint32 *) (const void *) (data + (gsize) y * (gsize) stride);
    guint8 *to = pixels + (gsize) y * (gsize) width * size;

    for (int x = 0; x < width; x++)
      write_pixel (to + (gsize) x * size, row[x], opaque);
  }
  return pixels;
}

GBytes *
be_png_encode (cairo_surface_t *surface, gboolean opaque, GError **error)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  png_image image = { .version = PNG_IMAGE_VERSION,
                      .width = (png_uint_32) width,
                      .height = (png_uint_32) height,
                      .format = opaque ? PNG_FORMAT_RGB : PNG_FORMAT_RGBA,
                      .flags = PNG_IMAGE_FLAG_FAST };
  g_autofree guint8 *pixels = NULL;
  png_alloc_size_t length = PNG_IMAGE_PNG_SIZE_MAX (image);
  g_autofree guint8 *png = g_try_malloc (length);
  int written;

  cairo_surface_flush (surface);
  pixels = copy_pixels (surface, width, height, opaque);
  written = png != NULL && png_image_write_to_memory (&image, png, &length, 0, pixels, 0, NULL);
  if (!written)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "PNG: %s",
                 png != NULL ? image.message : g_strerror (ENOMEM));
  png_image_free (&image);
  return written ? g_bytes_new (png, length) : NULL;
}
