/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that lay out pages share. */
#pragma once

#include "report/document/be-document-private.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

typedef enum { BE_PIECE_LINE, BE_PIECE_TEXT, BE_PIECE_RULE, BE_PIECE_SCENE } BePieceKind;

/* One thing that stands on a page; points, y down. */
typedef struct {
  BePieceKind kind;
  guint page;
  double x, y, width, height;
  PangoLayout *layout; /* owned: LINE, TEXT */
  int line;            /* LINE: which of the layout's */
  double baseline;     /* LINE: from y down */
  BeScene *scene;      /* SCENE: borrowed from the pages */
  gboolean is_dim;
} BePiece;

typedef struct {
  char *text;
  guint page;
  double y;
} BePageMark;

struct _BePages {
  const BeDocument *document; /* borrowed */
  double width, height, margin, content, top, bottom;
  double y; /* where the next piece goes, on the last page */
  guint n_pages;
  GArray *pieces;    /* BePiece */
  GPtrArray *scenes; /* BeScene */
  GArray *marks;     /* BePageMark */
  PangoContext *context;
};

const char *be_document_font (void);
/* A layout in the document's face; width 0: not wrapped. */
PangoLayout *
be_pages_text (BePages *pages, const char *text, double size, gboolean bold, double width);
double be_pages_layout_height (PangoLayout *layout);
/* On the last page; borrowed until the next. */
BePiece *
be_pages_add (BePages *pages, BePieceKind kind, double x, double y, double width, double height);
void be_pages_break (BePages *pages);
void be_pages_need (BePages *pages, double height);
void be_pages_add_table (BePages *pages, const BeBlock *block);

G_END_DECLS
