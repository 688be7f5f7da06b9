/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables on pages: widths of columns, rows that wrap, the header again on every page. */
#include "report/document/be-pages-private.h"

#define CELL_SIZE 8.5
#define GAP 10
#define PADDING 3
#define NARROWEST 40
#define MAX_LINES 12 /* of one cell: a name as long as a book is cut */

typedef struct {
  BePages *pages;
  const BeBlock *block;
  gsize n;
  double *widths; /* owned */
} Grid;

static double
natural_width (BePages *pages, const char *text, gboolean bold)
{
  PangoLayout *layout = be_pages_text (pages, text, CELL_SIZE, bold, 0);
  PangoRectangle extents;

  pango_layout_get_extents (layout, NULL, &extents);
  g_object_unref (layout);
  /* A hair more, so that rounding does not wrap what just fits. */
  return (double) extents.width / PANGO_SCALE + 0.5;
}

static void
measure (Grid *grid)
{
  const BeTable *table = grid->block->table;

  for (gsize column = 0; column < grid->n; column++) {
    double width = natural_width (grid->pages, table->headers[column], TRUE);

    for (guint row = 0; row < table->rows->len; row++) {
      char **cells = g_ptr_array_index (table->rows, row);
      gboolean bold = grid->block->total && row + 1 == table->rows->len;

      width = MAX (width, natural_width (grid->pages, cells[column], bold));
    }
    grid->widths[column] = width;
  }
}

/* Takes `excess` from the widest columns first, down to a common width. */
static void
shrink (Grid *grid, char align, double excess)
{
  for (int round = 0; round < 64 && excess > 0.01; round++) {
    double widest = 0, second = NARROWEST;
    gsize n_widest = 0;

    for (gsize i = 0; i < grid->n; i++)
      if (grid->block->align[i] == align)
        widest = MAX (widest, grid->widths[i]);
    if (widest <= NARROWEST + 0.01)
      return;
    for (gsize i = 0; i < grid->n; i++) {
      if (grid->block->align[i] != align)
        continue;
      if (grid->widths[i] > widest - 0.01)
        n_widest++;
      else
        second = MAX (second, grid->widths[i]);
    }
    double cut = MIN (widest - second, excess / (double) n_widest);
    for (gsize i = 0; i < grid->n; i++)
      if (grid->block->align[i] == align && grid->widths[i] > widest - 0.01)
        grid->widths[i] -= cut;
    excess -= cut * (double) n_widest;
  }
}

static double
total_width (const Grid *grid)
{
  double sum = GAP * (double) (grid->n - 1);

  for (gsize i = 0; i < grid->n; i++)
    sum += grid->widths[i];
  return sum;
}

/* Texts wrap before numbers do; room that is left goes to the first column of text. */
static void
fit (Grid *grid)
{
  double content = grid->pages->content;

  shrink (grid, 'l', total_width (grid) - content);
  shrink (grid, 'r', total_width (grid) - content);
  for (gsize i = 0; i < grid->n; i++) {
    if (grid->block->align[i] != 'l')
      continue;
    grid->widths[i] += MAX (content - total_width (grid), 0);
    return;
  }
}

static PangoLayout *
cell_layout (const Grid *grid, gsize column, const char *text, gboolean bold)
{
  PangoLayout *layout = be_pages_text (grid->pages, text, CELL_SIZE, bold, grid->widths[column]);

  pango_layout_set_height (layout, -MAX_LINES);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  if (grid->block->align[column] == 'r')
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
  return layout;
}

static void
place_row (const Grid *grid, GPtrArray *layouts, double height, gboolean is_header, gboolean is_sum)
{
  BePages *pages = grid->pages;
  double x = pages->margin;

  if (is_sum)
    be_pages_add (pages, BE_PIECE_RULE, x, pages->y, pages->content, 0.75);
  for (gsize i = 0; i < grid->n; i++) {
    PangoLayout *layout = g_ptr_array_index (layouts, i);
    BePiece *piece =
        be_pages_add (pages, BE_PIECE_TEXT, x, pages->y + PADDING, grid->widths[i], height);

    piece->layout = g_object_ref (layout);
    x += grid->widths[i] + GAP;
  }
  pages->y += height + 2 * PADDING;
  be_pages_add (pages, BE_PIECE_RULE, pages->margin, pages->y, pages->content,
                is_header ? 0.75 : 0.5)
      ->is_dim = !is_header;
}

static void
add_row (const Grid *grid, char **cells, gboolean is_header, gboolean is_sum)
{
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func (g_object_unref);
  guint page = grid->pages->n_pages;
  double height = 0;

  for (gsize i = 0; i < grid->n; i++) {
    PangoLayout *layout = cell_layout (grid, i, cells[i], is_header || is_sum);

    g_ptr_array_add (layouts, layout);
    height = MAX (height, be_pages_layout_height (layout));
  }
  /* The header never stands alone at the foot of a page. */
  be_pages_need (grid->pages, height + 2 * PADDING + (is_header ? 24 : 0));
  if (!is_header && grid->pages->n_pages != page)
    add_row (grid, grid->block->table->headers, TRUE, FALSE);
  place_row (grid, layouts, height, is_header, is_sum);
}

void
be_pages_add_table (BePages *pages, const BeBlock *block)
{
  gsize n = g_strv_length (block->table->headers);
  g_autofree double *widths = g_new0 (double, n);
  Grid grid = { pages, block, n, widths };
  guint n_rows = block->table->rows->len;

  measure (&grid);
  fit (&grid);
  add_row (&grid, block->table->headers, TRUE, FALSE);
  for (guint i = 0; i < n_rows; i++)
    add_row (&grid, g_ptr_array_index (block->table->rows, i), FALSE,
             block->total && i + 1 == n_rows);
}
