/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document as Markdown (CommonMark with GitHub's tables). */
#include "report/document/be-document-private.h"

#include <string.h>

/* Everything that could begin a mark is escaped; a line end would end a heading or a table row. */
static void
append_text (GString *markdown, const char *text)
{
  for (const char *at = text; *at != '\0'; at++) {
    if (*at == '&')
      g_string_append (markdown, "&amp;");
    else if (*at == '<')
      g_string_append (markdown, "&lt;");
    else if ((guchar) *at < 0x20)
      g_string_append_c (markdown, ' ');
    else if (strchr ("\\`*_[]{}#|~", *at) != NULL)
      g_string_append_printf (markdown, "\\%c", *at);
    else
      g_string_append_c (markdown, *at);
  }
}

/* The same where a line begins: no list, rule or quotation may come of it. */
static void
append_line (GString *markdown, const char *text)
{
  gsize digits = strspn (text, "0123456789");

  if (text[0] != '\0' && strchr ("-+=>", text[0]) != NULL)
    g_string_append_c (markdown, '\\');
  else if (digits > 0 && (text[digits] == '.' || text[digits] == ')')) {
    g_string_append_len (markdown, text, (gssize) digits);
    g_string_append_c (markdown, '\\');
    text += digits;
  }
  append_text (markdown, text);
}

static void
append_row (GString *markdown, char **cells)
{
  g_string_append_c (markdown, '|');
  for (gsize i = 0; cells[i] != NULL; i++) {
    g_string_append_c (markdown, ' ');
    append_text (markdown, cells[i]);
    g_string_append (markdown, " |");
  }
  g_string_append_c (markdown, '\n');
}

static void
append_table (GString *markdown, const BeBlock *block)
{
  append_row (markdown, block->table->headers);
  g_string_append_c (markdown, '|');
  for (gsize i = 0; block->table->headers[i] != NULL; i++)
    g_string_append (markdown, block->align[i] == 'r' ? " ---: |" : " --- |");
  g_string_append_c (markdown, '\n');
  for (guint i = 0; i < block->table->rows->len; i++)
    append_row (markdown, g_ptr_array_index (block->table->rows, i));
  g_string_append_c (markdown, '\n');
}

/* Opaque, so that it can be read on any background. */
static void
append_chart (GString *markdown, const BeChartData *data, const char *prefix, GPtrArray *charts)
{
  char *svg = be_document_chart_svg (data, BE_THEME_LIGHT);
  gsize length = strlen (svg);

  g_string_append (markdown, "![");
  append_text (markdown, data->title != NULL ? data->title : "");
  if (charts == NULL) {
    g_autofree char *base64 = g_base64_encode ((const guchar *) svg, length);

    g_string_append_printf (markdown, "](data:image/svg+xml;base64,%s)\n\n", base64);
    g_free (svg);
  } else {
    g_autofree char *name = g_strdup_printf ("%s-%u.svg", prefix, charts->len + 1);
    g_autofree char *address = g_uri_escape_string (name, NULL, FALSE);

    g_string_append_printf (markdown, "](%s)\n\n", address);
    g_ptr_array_add (charts, g_bytes_new_take (svg, length));
  }
  if (data->summary != NULL) {
    append_line (markdown, data->summary);
    g_string_append (markdown, "\n\n");
  }
}

static void
append_block (GString *markdown, const BeBlock *block, const char *prefix, GPtrArray *charts)
{
  switch (block->kind) {
  case BE_BLOCK_HEADING:
    g_string_append (markdown, block->level == 1 ? "## " : "### ");
    append_text (markdown, block->text);
    g_string_append (markdown, "\n\n");
    break;
  case BE_BLOCK_PARAGRAPH:
  case BE_BLOCK_LEAD:
    append_line (markdown, block->text);
    g_string_append (markdown, "\n\n");
    break;
  case BE_BLOCK_LIST:
    for (guint i = 0; i < block->items->len; i++) {
      g_string_append (markdown, "- ");
      append_line (markdown, g_ptr_array_index (block->items, i));
      g_string_append_c (markdown, '\n');
    }
    g_string_append_c (markdown, '\n');
    break;
  case BE_BLOCK_TABLE:
    append_table (markdown, block);
    break;
  case BE_BLOCK_CHART:
    append_chart (markdown, block->data, prefix, charts);
    break;
  }
}

char *
be_document_to_markdown (const BeDocument *document, const char *prefix, GPtrArray *charts)
{
  GString *markdown = g_string_new ("# ");

  append_text (markdown, document->title);
  g_string_append (markdown, "\n\n");
  append_line (markdown, document->subtitle);
  g_string_append (markdown, "\n\n");
  for (guint i = 0; i < document->blocks->len; i++)
    append_block (markdown, g_ptr_array_index (document->blocks, i), prefix, charts);
  g_string_append (markdown, "---\n\n");
  append_line (markdown, document->footer);
  g_string_append_c (markdown, '\n');
  return g_string_free (markdown, FALSE);
}
