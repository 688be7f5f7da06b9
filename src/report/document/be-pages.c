/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document on pages: laid out once into pieces with a page and a place, then painted. */
#include "report/document/be-pages-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MARGIN 54
#define SMALLEST 200
#define FOOT_SIZE 8
#define CHART_ROOM 34 /* of the words below a chart */

static void
piece_clear (gpointer data)
{
  BePiece *piece = data;

  g_clear_object (&piece->layout);
}

static void
mark_clear (gpointer data)
{
  g_free (((BePageMark *) data)->text);
}

PangoLayout *
be_pages_text (BePages *pages, const char *text, double size, gboolean bold, double width)
{
  PangoLayout *layout = pango_layout_new (pages->context);
  PangoFontDescription *font = pango_font_description_from_string (be_document_font ());

  pango_font_description_set_size (font, (int) (size * PANGO_SCALE));
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, text != NULL ? text : "", -1);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (width > 0)
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  return layout;
}

double
be_pages_layout_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

BePiece *
be_pages_add (BePages *pages, BePieceKind kind, double x, double y, double width, double height)
{
  BePiece piece = {
    .kind = kind, .page = pages->n_pages - 1, .x = x, .y = y, .width = width, .height = height
  };

  g_array_append_val (pages->pieces, piece);
  return &g_array_index (pages->pieces, BePiece, pages->pieces->len - 1);
}

void
be_pages_break (BePages *pages)
{
  pages->n_pages++;
  pages->y = pages->top;
}

/* A new page where the height does not fit any more; at the top of a page it is taken as it is. */
void
be_pages_need (BePages *pages, double height)
{
  if (pages->y + height > pages->bottom && pages->y > pages->top)
    be_pages_break (pages);
}

/* Line by line, so that a text longer than a page goes on on the next. Takes the layout. */
static void
flow_text (BePages *pages, PangoLayout *layout, double x, gboolean is_dim)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  int number = 0;

  do {
    PangoRectangle extents;
    BePiece *piece;
    double height;

    pango_layout_iter_get_line_extents (iter, NULL, &extents);
    height = (double) extents.height / PANGO_SCALE;
    be_pages_need (pages, height);
    piece = be_pages_add (pages, BE_PIECE_LINE, x + (double) extents.x / PANGO_SCALE, pages->y, 0,
                          height);
    piece->layout = g_object_ref (layout);
    piece->line = number++;
    piece->baseline = (double) (pango_layout_iter_get_baseline (iter) - extents.y) / PANGO_SCALE;
    piece->is_dim = is_dim;
    pages->y += height;
  } while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  g_object_unref (layout);
}

static double
chart_height (const BePages *pages)
{
  return MIN (pages->content, BE_DOCUMENT_CHART_WIDTH) * BE_DOCUMENT_CHART_HEIGHT
         / BE_DOCUMENT_CHART_WIDTH;
}

/* How much of the page the block needs at least, to stand below its heading. */
static double
least_height (const BePages *pages, const BeBlock *block)
{
  if (block != NULL && block->kind == BE_BLOCK_CHART)
    return chart_height (pages) + CHART_ROOM;
  return block != NULL && block->kind == BE_BLOCK_HEADING ? 100 : 72;
}

static void
add_heading (BePages *pages, const BeBlock *block, const BeBlock *next)
{
  gboolean first = block->level == 1;
  PangoLayout *layout = be_pages_text (pages, block->text, first ? 15 : 11.5, TRUE, pages->content);
  double before = pages->y > pages->top ? (first ? 22 : 12) : 0;

  /* A heading stays with what follows it. */
  be_pages_need (pages, before + be_pages_layout_height (layout) + least_height (pages, next));
  if (pages->y > pages->top)
    pages->y += before;
  if (first) {
    BePageMark mark = { g_strdup (block->text), pages->n_pages - 1, pages->y };
    g_array_append_val (pages->marks, mark);
  }
  flow_text (pages, layout, MARGIN, FALSE);
  pages->y += first ? 6 : 4;
}

static void
add_list (BePages *pages, const BeBlock *block)
{
  for (guint i = 0; i < block->items->len; i++) {
    PangoLayout *bullet = be_pages_text (pages, "•", 10, FALSE, 0);
    PangoLayout *layout =
        be_pages_text (pages, g_ptr_array_index (block->items, i), 10, FALSE, pages->content - 14);
    BePiece *piece;

    be_pages_need (pages, 14);
    piece = be_pages_add (pages, BE_PIECE_TEXT, MARGIN + 2, pages->y, 10, 14);
    piece->layout = bullet;
    flow_text (pages, layout, MARGIN + 14, FALSE);
    pages->y += 3;
  }
  pages->y += 5;
}

static void
add_chart (BePages *pages, const BeBlock *block)
{
  double width = MIN (pages->content, BE_DOCUMENT_CHART_WIDTH), height = chart_height (pages);
  BePiece *piece;

  be_pages_need (pages, height + CHART_ROOM);
  piece = be_pages_add (pages, BE_PIECE_SCENE, MARGIN, pages->y, width, height);
  piece->scene = be_document_chart_scene (block->data, BE_THEME_PRINT);
  g_ptr_array_add (pages->scenes, piece->scene);
  pages->y += height + 4;
  if (block->data->summary != NULL)
    flow_text (pages, be_pages_text (pages, block->data->summary, 9, FALSE, pages->content), MARGIN,
               TRUE);
  pages->y += 10;
}

static void
add_block (BePages *pages, const BeBlock *block, const BeBlock *next)
{
  switch (block->kind) {
  case BE_BLOCK_HEADING:
    add_heading (pages, block, next);
    break;
  case BE_BLOCK_LEAD:
  case BE_BLOCK_PARAGRAPH:
    flow_text (pages,
               be_pages_text (pages, block->text, block->kind == BE_BLOCK_LEAD ? 12 : 10, FALSE,
                              pages->content),
               MARGIN, FALSE);
    pages->y += 8;
    break;
  case BE_BLOCK_LIST:
    add_list (pages, block);
    break;
  case BE_BLOCK_TABLE:
    be_pages_add_table (pages, block);
    pages->y += 12;
    break;
  case BE_BLOCK_CHART:
    add_chart (pages, block);
    break;
  }
}

static void
add_title (BePages *pages)
{
  PangoLayout *title = be_pages_text (pages, pages->document->title, 22, TRUE, pages->content);

  pango_layout_set_height (title, -3);
  pango_layout_set_ellipsize (title, PANGO_ELLIPSIZE_END);
  flow_text (pages, title, MARGIN, FALSE);
  pages->y += 2;
  flow_text (pages, be_pages_text (pages, pages->document->subtitle, 10.5, FALSE, pages->content),
             MARGIN, TRUE);
  pages->y += 10;
}

static PangoContext *
new_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  /* Positions must not depend on the device that the page is painted on. */
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_cairo_context_set_resolution (context, 72);
  return context;
}

BePages *
be_pages_new (const BeDocument *document, double width, double height)
{
  BePages *pages = g_new0 (BePages, 1);

  pages->document = document;
  pages->width = MAX (width, SMALLEST);
  pages->height = MAX (height, SMALLEST);
  pages->margin = MARGIN;
  pages->content = pages->width - 2 * MARGIN;
  pages->top = MARGIN + 6;
  pages->bottom = pages->height - MARGIN - 6;
  pages->context = new_context ();
  pages->pieces = g_array_new (FALSE, FALSE, sizeof (BePiece));
  g_array_set_clear_func (pages->pieces, piece_clear);
  pages->scenes = g_ptr_array_new_with_free_func ((GDestroyNotify) be_scene_free);
  pages->marks = g_array_new (FALSE, FALSE, sizeof (BePageMark));
  g_array_set_clear_func (pages->marks, mark_clear);
  be_pages_break (pages);
  add_title (pages);
  for (guint i = 0; i < document->blocks->len; i++)
    add_block (pages, g_ptr_array_index (document->blocks, i),
               i + 1 < document->blocks->len ? g_ptr_array_index (document->blocks, i + 1) : NULL);
  return pages;
}

void
be_pages_free (BePages *pages)
{
  if (pages == NULL)
    return;
  g_array_unref (pages->pieces);
  g_ptr_array_unref (pages->scenes);
  g_array_unref (pages->marks);
  g_object_unref (pages->context);
  g_free (pages);
}

guint
be_pages_get_n (const BePages *pages)
{
  return pages->n_pages;
}

gboolean
be_pages_get_heading (const BePages *pages, guint index, const char **text, guint *page, double *y)
{
  const BePageMark *mark;

  if (index >= pages->marks->len)
    return FALSE;
  mark = &g_array_index (pages->marks, BePageMark, index);
  *text = mark->text;
  *page = mark->page;
  *y = mark->y;
  return TRUE;
}

static void
set_color (cairo_t *cr, const BeColor *color)
{
  cairo_set_source_rgba (cr, color->r, color->g, color->b, color->a);
}

static void
paint_piece (const BePages *pages, const BePiece *piece, cairo_t *cr)
{
  const BeTheme *theme = be_theme_get (BE_THEME_PRINT);

  set_color (cr, piece->is_dim ? &theme->dim_text : &theme->text);
  switch (piece->kind) {
  case BE_PIECE_LINE:
    cairo_move_to (cr, piece->x, piece->y + piece->baseline);
    pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (piece->layout, piece->line));
    break;
  case BE_PIECE_TEXT:
    cairo_move_to (cr, piece->x, piece->y);
    pango_cairo_show_layout (cr, piece->layout);
    break;
  case BE_PIECE_RULE:
    set_color (cr, piece->is_dim ? &theme->grid : &theme->axis);
    cairo_rectangle (cr, piece->x, piece->y, piece->width, piece->height);
    cairo_fill (cr);
    break;
  case BE_PIECE_SCENE:
    cairo_save (cr);
    cairo_translate (cr, piece->x, piece->y);
    cairo_scale (cr, piece->width / BE_DOCUMENT_CHART_WIDTH,
                 piece->width / BE_DOCUMENT_CHART_WIDTH);
    be_scene_paint (piece->scene, cr);
    cairo_restore (cr);
    break;
  }
}

/* One line, cut with dots where it is wider; returns its width. */
static double
paint_edge (const BePages *pages, cairo_t *cr, const char *text, double y, double width,
            gboolean at_end)
{
  PangoLayout *layout = be_pages_text ((BePages *) pages, text, FOOT_SIZE, FALSE, width);
  PangoRectangle extents;

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  if (at_end)
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
  cairo_move_to (cr, at_end ? pages->width - MARGIN - width : MARGIN, y);
  pango_cairo_show_layout (cr, layout);
  pango_layout_get_extents (layout, NULL, &extents);
  g_object_unref (layout);
  return (double) extents.width / PANGO_SCALE;
}

/* The title heads every page but the first, which has it large. */
static void
paint_edges (const BePages *pages, guint page, cairo_t *cr)
{
  const BeTheme *theme = be_theme_get (BE_THEME_PRINT);
  double foot = pages->height - MARGIN + 14, used;
  /* Translators: the foot of a printed page: its number, and how many there are. */
  g_autofree char *number = g_strdup_printf (_ ("Page %u of %u"), page + 1, pages->n_pages);

  set_color (cr, &theme->dim_text);
  if (page > 0)
    paint_edge (pages, cr, pages->document->title, MARGIN - 20, pages->content, FALSE);
  used = paint_edge (pages, cr, number, foot, pages->content, TRUE);
  paint_edge (pages, cr, pages->document->footer, foot, pages->content - used - 12, FALSE);
  set_color (cr, &theme->grid);
  cairo_rectangle (cr, MARGIN, foot - 5, pages->content, 0.75);
  cairo_fill (cr);
}

void
be_pages_paint (const BePages *pages, guint page, cairo_t *cr)
{
  for (guint i = 0; i < pages->pieces->len; i++) {
    const BePiece *piece = &g_array_index (pages->pieces, BePiece, i);

    if (piece->page == page)
      paint_piece (pages, piece, cr);
  }
  paint_edges (pages, page, cr);
}
