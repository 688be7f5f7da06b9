/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document model. */
#include "report/document/be-document.h"

static void
block_free (gpointer data)
{
  BeBlock *block = data;

  g_free (block->text);
  g_clear_pointer (&block->items, g_ptr_array_unref);
  be_table_free (block->table);
  g_free (block->align);
  g_clear_pointer (&block->data, be_chart_data_free);
  g_free (block);
}

BeDocument *
be_document_new (const char *title, const char *subtitle, const char *footer)
{
  BeDocument *document = g_new0 (BeDocument, 1);

  document->title = g_strdup (title);
  document->subtitle = g_strdup (subtitle);
  document->footer = g_strdup (footer);
  document->blocks = g_ptr_array_new_with_free_func (block_free);
  return document;
}

void
be_document_free (BeDocument *document)
{
  if (document == NULL)
    return;
  g_free (document->title);
  g_free (document->subtitle);
  g_free (document->footer);
  g_ptr_array_unref (document->blocks);
  g_free (document);
}

static BeBlock *
add_block (BeDocument *document, BeBlockKind kind, const char *text)
{
  BeBlock *block = g_new0 (BeBlock, 1);

  block->kind = kind;
  block->text = g_strdup (text);
  g_ptr_array_add (document->blocks, block);
  return block;
}

void
be_document_add_heading (BeDocument *document, int level, const char *text)
{
  add_block (document, BE_BLOCK_HEADING, text)->level = level;
}

void
be_document_add_paragraph (BeDocument *document, const char *text)
{
  add_block (document, BE_BLOCK_PARAGRAPH, text);
}

void
be_document_add_lead (BeDocument *document, const char *text)
{
  add_block (document, BE_BLOCK_LEAD, text);
}

void
be_document_add_item (BeDocument *document, const char *text)
{
  guint n = document->blocks->len;
  BeBlock *last = n > 0 ? g_ptr_array_index (document->blocks, n - 1) : NULL;

  if (last == NULL || last->kind != BE_BLOCK_LIST) {
    last = add_block (document, BE_BLOCK_LIST, NULL);
    last->items = g_ptr_array_new_with_free_func (g_free);
  }
  g_ptr_array_add (last->items, g_strdup (text));
}

void
be_document_take_table (BeDocument *document, BeTable *table, const char *align, gboolean total)
{
  BeBlock *block;

  if (table->rows->len == 0) {
    be_table_free (table);
    return;
  }
  block = add_block (document, BE_BLOCK_TABLE, NULL);
  block->table = table;
  block->align = g_strdup (align);
  block->total = total;
}

void
be_document_take_chart (BeDocument *document, BeChartData *data)
{
  add_block (document, BE_BLOCK_CHART, NULL)->data = data;
}
