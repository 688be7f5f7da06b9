/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan as a document: one model (headings, paragraphs, lists, tables, charts) and its writers. */
#pragma once

#include "report/be-report.h"

G_BEGIN_DECLS

typedef enum {
  BE_BLOCK_HEADING,
  BE_BLOCK_PARAGRAPH,
  BE_BLOCK_LEAD, /* a paragraph that says the result */
  BE_BLOCK_LIST,
  BE_BLOCK_TABLE,
  BE_BLOCK_CHART,
} BeBlockKind;

typedef struct {
  BeBlockKind kind;
  int level;         /* heading: 1 or 2 */
  char *text;        /* heading, paragraph */
  GPtrArray *items;  /* list: char* */
  BeTable *table;    /* table */
  char *align;       /* table: 'l', 'r' by column */
  gboolean total;    /* table: its last row is a sum */
  BeChartData *data; /* chart; its title and summary are the words around it */
} BeBlock;

/* Plain text throughout: each writer escapes for its own format. */
typedef struct {
  char *title, *subtitle;
  char *footer; /* stands at the foot of every page */
  GPtrArray *blocks;
} BeDocument;

BeDocument *be_document_new (const char *title, const char *subtitle, const char *footer);
void be_document_free (BeDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeDocument, be_document_free)
void be_document_add_heading (BeDocument *document, int level, const char *text);
void be_document_add_paragraph (BeDocument *document, const char *text);
void be_document_add_lead (BeDocument *document, const char *text);
/* A further item of the list that the document ends in, or of a new one. */
void be_document_add_item (BeDocument *document, const char *text);
/* Take the table and the chart. A table without rows is left out. */
void
be_document_take_table (BeDocument *document, BeTable *table, const char *align, gboolean total);
void be_document_take_chart (BeDocument *document, BeChartData *data);

/* The scenario as a plan to decide on: summary, charts, bills, assumptions with sources and dates,
 * what is left out, warnings. The same scenario gives the same document: the day's date plays no
 * part unless `today` (YYYY-MM-DD, nullable) is given; then it is printed and the age of prices is
 * told. */
BeDocument *be_report_document (BeScenario *scenario, const char *today, GError **error);

/* ---- writers ---- */

/* One file: charts inside as SVG, for light and dark, CSS for screens and for paper, no script. */
char *be_document_to_html (const BeDocument *document);
/* Markdown with tables as GitHub reads them. Charts become images: as files named PREFIX-1.svg,
 * PREFIX-2.svg ..., whose contents are added to `charts` (GBytes, owned by the array); with
 * `charts` NULL they stand inside as data: addresses. */
char *be_document_to_markdown (const BeDocument *document, const char *prefix, GPtrArray *charts);
GBytes *
be_document_to_pdf (const BeDocument *document, double width, double height, GError **error);

typedef enum { BE_DOCUMENT_PDF, BE_DOCUMENT_HTML, BE_DOCUMENT_MARKDOWN } BeDocumentFormat;
/* What a PDF is laid out for. */
typedef enum { BE_PAPER_A4, BE_PAPER_LETTER, BE_N_PAPERS } BePaper;
BePaper be_paper_of_locale (void); /* of LC_PAPER, A4 where it names neither */
/* "a4", "letter", in any case; BE_N_PAPERS: none of them. */
BePaper be_paper_of (const char *name);
void be_paper_get_size (BePaper paper, double *width, double *height); /* in points */
/* Writes the file, whole or not at all; the paper is of concern to a PDF alone. The charts of a
 * Markdown file are written beside it, before it; where only the one file may be written (a
 * sandbox), they stand inside. */
gboolean be_document_save (const BeDocument *document, BeDocumentFormat format, BePaper paper,
                           const char *path, GError **error);

/* ---- pages ---- */

/* A document laid out on pages of one size, in points (1/72 inch): painted to PDF, to the printer
 * and to its preview alike. */
typedef struct _BePages BePages;
/* The document must outlive it. Margins are inside; sizes below 200 points are taken as 200. */
BePages *be_pages_new (const BeDocument *document, double width, double height);
void be_pages_free (BePages *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BePages, be_pages_free)
guint be_pages_get_n (const BePages *pages);
void be_pages_paint (const BePages *pages, guint page, cairo_t *cr);
/* Where the headings of level 1 are, for an outline; the text is borrowed. FALSE past the last. */
gboolean
be_pages_get_heading (const BePages *pages, guint index, const char **text, guint *page, double *y);

G_END_DECLS
