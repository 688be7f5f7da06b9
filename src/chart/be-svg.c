/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scene as SVG with real text, title and description. */
#include "chart/be-chart-private.h"

#include <math.h>

char *
be_xml_escape (const char *text)
{
  GString *escaped = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (c == '&')
      g_string_append (escaped, "&amp;");
    else if (c == '<')
      g_string_append (escaped, "&lt;");
    else if (c == '>')
      g_string_append (escaped, "&gt;");
    else if (c == '"')
      g_string_append (escaped, "&quot;");
    else if ((c < 0x20 && c != '\t' && c != '\n') || (c & 0xfffe) == 0xfffe)
      g_string_append (escaped, "\357\277\275");
    else
      g_string_append_unichar (escaped, c);
  }
  return g_string_free (escaped, FALSE);
}

static void
append_number (GString *svg, const char *before, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (svg, before);
  g_string_append (svg, g_ascii_formatd (buffer, sizeof buffer, "%.2f", value));
}

static void
append_color (GString *svg, const char *attribute, const BeColor *color)
{
  g_string_append_printf (svg, " %s=\"#%02x%02x%02x\"", attribute,
                          (unsigned) lround (color->r * 255), (unsigned) lround (color->g * 255),
                          (unsigned) lround (color->b * 255));
  if (color->a < 1) {
    g_string_append_printf (svg, " %s-opacity=\"", attribute);
    append_number (svg, "", color->a);
    g_string_append_c (svg, '"');
  }
}

static void
append_rect (GString *svg, const BePrim *prim)
{
  append_number (svg, "<rect x=\"", prim->x);
  append_number (svg, "\" y=\"", prim->y);
  append_number (svg, "\" width=\"", prim->width);
  append_number (svg, "\" height=\"", prim->height);
  g_string_append_c (svg, '"');
  append_color (svg, "fill", &prim->color);
  g_string_append (svg, "/>\n");
}

static void
append_polyline (GString *svg, const BePrim *prim)
{
  g_string_append (svg, prim->filled ? "<polygon points=\"" : "<polyline points=\"");
  for (gsize i = 0; i < prim->n_points; i++) {
    append_number (svg, i > 0 ? " " : "", prim->points[2 * i]);
    append_number (svg, ",", prim->points[2 * i + 1]);
  }
  if (prim->filled) {
    g_string_append_c (svg, '"');
    append_color (svg, "fill", &prim->color);
    g_string_append (svg, "/>\n");
    return;
  }
  g_string_append (svg, "\" fill=\"none\"");
  append_color (svg, "stroke", &prim->color);
  append_number (svg, " stroke-width=\"", prim->line_width);
  g_string_append_c (svg, '"');
  for (int i = 0; i < prim->n_dash; i++)
    append_number (svg, i > 0 ? "," : " stroke-dasharray=\"", prim->dash[i]);
  g_string_append (svg, prim->n_dash > 0 ? "\"/>\n" : "/>\n");
}

static void
append_text (GString *svg, const BePrim *prim)
{
  static const char *const anchors[] = { "start", "middle", "end" };
  g_autofree char *text = be_xml_escape (prim->text);

  append_number (svg, "<text x=\"", prim->x);
  append_number (svg, "\" y=\"", prim->y);
  append_number (svg, "\" font-size=\"", prim->font_size);
  g_string_append_printf (svg, "\" text-anchor=\"%s\"%s", anchors[(int) lround (prim->anchor * 2)],
                          prim->bold ? " font-weight=\"bold\"" : "");
  append_color (svg, "fill", &prim->color);
  g_string_append_printf (svg, ">%s</text>\n", text);
}

static void
append_point (GString *svg, double x, double y)
{
  append_number (svg, " ", x);
  append_number (svg, ",", y);
}

static void
append_mark (GString *svg, const BePrim *prim, const BeColor *background)
{
  double r = prim->width / 2;

  if (prim->shape == BE_MARK_CIRCLE) {
    append_number (svg, "<circle cx=\"", prim->x);
    append_number (svg, "\" cy=\"", prim->y);
    append_number (svg, "\" r=\"", r);
  } else {
    g_string_append (svg, "<polygon points=\"");
    if (prim->shape == BE_MARK_SQUARE) {
      append_point (svg, prim->x - r * 0.9, prim->y - r * 0.9);
      append_point (svg, prim->x + r * 0.9, prim->y - r * 0.9);
      append_point (svg, prim->x + r * 0.9, prim->y + r * 0.9);
      append_point (svg, prim->x - r * 0.9, prim->y + r * 0.9);
    } else if (prim->shape == BE_MARK_DIAMOND) {
      append_point (svg, prim->x, prim->y - r * 1.2);
      append_point (svg, prim->x + r * 1.2, prim->y);
      append_point (svg, prim->x, prim->y + r * 1.2);
      append_point (svg, prim->x - r * 1.2, prim->y);
    } else {
      append_point (svg, prim->x, prim->y - r * 1.1);
      append_point (svg, prim->x + r * 1.1, prim->y + r * 0.9);
      append_point (svg, prim->x - r * 1.1, prim->y + r * 0.9);
    }
  }
  g_string_append_c (svg, '"');
  append_color (svg, "fill", &prim->color);
  /* The rim that the other painter draws below the mark. */
  append_color (svg, "stroke", background);
  g_string_append (svg, " stroke-width=\"3\" paint-order=\"stroke\"/>\n");
}

static void
append_element (GString *svg, const char *name, const char *content)
{
  g_autofree char *text = be_xml_escape (content != NULL ? content : "");

  g_string_append_printf (svg, "<%s>%s</%s>\n", name, text, name);
}

char *
be_scene_to_svg (const BeScene *scene, const char *font_family)
{
  BeColor background = { 1, 1, 1, 1 };
  GString *svg = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                               "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"");

  append_number (svg, " width=\"", scene->width);
  append_number (svg, "\" height=\"", scene->height);
  append_number (svg, "\" viewBox=\"0 0 ", scene->width);
  append_number (svg, " ", scene->height);
  g_string_append_printf (svg, "\" font-family=\"%s\">\n", font_family);
  append_element (svg, "title", scene->title);
  append_element (svg, "desc", scene->description);
  for (guint i = 0; i < scene->prims->len; i++) {
    const BePrim *prim = &g_array_index (scene->prims, BePrim, i);
    if (g_str_equal (prim->part, "background"))
      background = prim->color;
    switch (prim->kind) {
    case BE_PRIM_RECT:
      append_rect (svg, prim);
      break;
    case BE_PRIM_POLYLINE:
      append_polyline (svg, prim);
      break;
    case BE_PRIM_TEXT:
      append_text (svg, prim);
      break;
    case BE_PRIM_MARKER:
      append_mark (svg, prim, &background);
      break;
    }
  }
  g_string_append (svg, "</svg>\n");
  return g_string_free (svg, FALSE);
}
