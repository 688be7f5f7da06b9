/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document as one HTML file that needs nothing beside it. */
#include "report/document/be-document-private.h"

#include <string.h>

static const char style_sheet[] =
    ":root{color-scheme:light dark}\n"
    "body{font:16px/1.5 Cantarell,'Adwaita Sans',system-ui,sans-serif;max-width:60rem;"
    "margin:2rem auto;padding:0 1rem;color:#2e2e32;background:#fff}\n"
    "h1{font-size:2rem;line-height:1.2;margin:0}\n"
    "h2{font-size:1.4rem;margin:2.5rem 0 .75rem;border-bottom:1px solid #c0bfc4}\n"
    "h3{font-size:1.1rem;margin:1.75rem 0 .5rem}\n"
    ".sub,footer{color:#5e5c64}\n"
    ".lead{font-size:1.15rem}\n"
    ".wide{overflow-x:auto;margin:.75rem 0}\n"
    "table{border-collapse:collapse;width:100%;font-size:.9rem}\n"
    "th,td{padding:.3rem "
    ".6rem;text-align:start;vertical-align:top;min-width:5rem;border-bottom:1px solid #dcdbe0;"
    "overflow-wrap:anywhere}\n"
    ".n{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap;"
    "overflow-wrap:normal}\n"
    "thead th{border-bottom:2px solid #8a8890}\n"
    "tr.sum>*{font-weight:bold;border-top:2px solid #8a8890}\n"
    "figure{margin:1rem 0}\nfigcaption{color:#5e5c64;font-size:.9rem}\n"
    "svg{max-width:100%;height:auto}\n.dark{display:none}\n"
    "footer{margin-top:3rem;font-size:.85rem}\n"
    "@media(prefers-color-scheme:dark){body{color:#f4f4f5;background:#1e1e1e}"
    ".sub,footer,figcaption{color:#b8b6bd}h2,th,td{border-color:#4a4a4d}"
    ".dark{display:block}.light{display:none}}\n"
    "@media print{:root{color-scheme:light}body{max-width:none;margin:0;font-size:10pt;color:#000;"
    "background:#fff}.sub,footer,figcaption{color:#3d3d3d}.dark{display:none}"
    ".light{display:block}thead{display:table-header-group}"
    "tr,figure{break-inside:avoid}h2,h3{break-after:avoid}h2,th,td{border-color:#bbb}}\n";

static void
append_element (GString *html, const char *open, const char *text, const char *close)
{
  g_autofree char *escaped = be_xml_escape (text != NULL ? text : "");

  g_string_append_printf (html, "%s%s%s\n", open, escaped, close);
}

static void
append_row (GString *html, char **cells, const BeBlock *block, gboolean header, gboolean sum)
{
  g_string_append (html, sum ? "<tr class=\"sum\">" : "<tr>");
  for (gsize i = 0; cells[i] != NULL; i++) {
    g_autofree char *escaped = be_xml_escape (cells[i]);
    const char *number = block->align[i] == 'r' ? " class=\"n\"" : "";

    if (header)
      g_string_append_printf (html, "<th scope=\"col\"%s>%s</th>", number, escaped);
    else
      g_string_append_printf (html, "<td%s>%s</td>", number, escaped);
  }
  g_string_append (html, "</tr>\n");
}

static void
append_table (GString *html, const BeBlock *block)
{
  guint n = block->table->rows->len;

  g_string_append (html, "<div class=\"wide\"><table>\n<thead>");
  append_row (html, block->table->headers, block, TRUE, FALSE);
  g_string_append (html, "</thead>\n<tbody>\n");
  for (guint i = 0; i < n; i++)
    append_row (html, g_ptr_array_index (block->table->rows, i), block, FALSE,
                block->total && i + 1 == n);
  g_string_append (html, "</tbody></table></div>\n");
}

static void
append_drawing (GString *html, const BeChartData *data, BeThemeKind theme, const char *class)
{
  g_autofree char *svg = be_document_chart_svg (data, theme);
  const char *start = strstr (svg, "<svg");

  g_string_append_printf (html, "<div class=\"%s\">", class);
  g_string_append (html, start != NULL ? start : svg);
  g_string_append (html, "</div>\n");
}

static void
append_chart (GString *html, const BeChartData *data)
{
  g_string_append (html, "<figure>\n");
  append_drawing (html, data, BE_THEME_LIGHT, "light");
  append_drawing (html, data, BE_THEME_DARK, "dark");
  append_element (html, "<figcaption>", data->summary, "</figcaption>");
  g_string_append (html, "</figure>\n");
}

static void
append_block (GString *html, const BeBlock *block)
{
  switch (block->kind) {
  case BE_BLOCK_HEADING:
    append_element (html, block->level == 1 ? "<h2>" : "<h3>", block->text,
                    block->level == 1 ? "</h2>" : "</h3>");
    break;
  case BE_BLOCK_PARAGRAPH:
    append_element (html, "<p>", block->text, "</p>");
    break;
  case BE_BLOCK_LEAD:
    append_element (html, "<p class=\"lead\">", block->text, "</p>");
    break;
  case BE_BLOCK_LIST:
    g_string_append (html, "<ul>\n");
    for (guint i = 0; i < block->items->len; i++)
      append_element (html, "<li>", g_ptr_array_index (block->items, i), "</li>");
    g_string_append (html, "</ul>\n");
    break;
  case BE_BLOCK_TABLE:
    append_table (html, block);
    break;
  case BE_BLOCK_CHART:
    append_chart (html, block->data);
    break;
  }
}

char *
be_document_to_html (const BeDocument *document)
{
  GString *html = g_string_new ("<!DOCTYPE html>\n");
  g_autofree char *language = be_document_language ();

  g_string_append_printf (html, "<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", language);
  g_string_append (html, "<meta name=\"viewport\" content=\"width=device-width\">\n");
  append_element (html, "<title>", document->title, "</title>");
  g_string_append_printf (html, "<style>\n%s</style>\n</head>\n<body>\n<header>\n", style_sheet);
  append_element (html, "<h1>", document->title, "</h1>");
  append_element (html, "<p class=\"sub\">", document->subtitle, "</p>");
  g_string_append (html, "</header>\n<main>\n");
  for (guint i = 0; i < document->blocks->len; i++)
    append_block (html, g_ptr_array_index (document->blocks, i));
  g_string_append (html, "</main>\n");
  append_element (html, "<footer>", document->footer, "</footer>");
  g_string_append (html, "</body>\n</html>\n");
  return g_string_free (html, FALSE);
}
