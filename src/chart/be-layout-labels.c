/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of points, bands and the volume marker: each where it covers neither a line nor a name. */
#include "chart/be-chart-private.h"

#include <math.h>

/* What a place costs: distance in lines of text, and this for each line that runs through it. */
#define COST_OF_A_CROSSING 40
#define ROWS 9
#define RING 1.75 /* in gaps, from the middle of a point */

typedef struct {
  double x, y, width, height;
} Box;

gboolean
be_layout_wrap (BeLayout *layout, const char *name, double width, GPtrArray *lines)
{
  g_auto (GStrv) words = g_strsplit (name, " ", -1);
  g_autofree char *line = NULL;
  gboolean fits = TRUE;

  for (char **word = words; *word != NULL; word++) {
    g_autofree char *longer =
        line != NULL ? g_strconcat (line, " ", *word, NULL) : g_strdup (*word);
    fits = fits && be_layout_text_width (layout, *word, layout->font_size, FALSE) <= width;
    if (line != NULL && be_layout_text_width (layout, longer, layout->font_size, FALSE) > width) {
      g_ptr_array_add (lines, g_steal_pointer (&line));
      line = g_strdup (*word);
    } else {
      g_free (line);
      line = g_steal_pointer (&longer);
    }
  }
  g_ptr_array_add (lines, g_steal_pointer (&line));
  return fits;
}

char *
be_layout_ellipsize (BeLayout *layout, const char *text, double width)
{
  g_autofree char *shorter = g_strdup (text);

  if (be_layout_text_width (layout, text, layout->font_size, FALSE) <= width)
    return g_steal_pointer (&shorter);
  for (glong n = g_utf8_strlen (text, -1) - 1; n > 0; n--) {
    g_autofree char *start = g_utf8_substring (text, 0, n);
    g_autofree char *cut = g_strconcat (g_strchomp (start), "…", NULL);
    if (be_layout_text_width (layout, cut, layout->font_size, FALSE) <= width)
      return g_steal_pointer (&cut);
  }
  return g_strdup ("…");
}

/* Whether a point is inside the box, or no farther from it than `reach`. */
static gboolean
in_box (const Box *box, double x, double y, double reach)
{
  return x >= box->x - reach && x <= box->x + box->width + reach && y >= box->y - reach
         && y <= box->y + box->height + reach;
}

/* Whether the segment has a point inside the box: clipped by Liang and Barsky (1984). */
static gboolean
segment_meets (const Box *box, const double *from, const double *to)
{
  const double dx = to[0] - from[0], dy = to[1] - from[1];
  const double p[4] = { -dx, dx, -dy, dy };
  const double q[4] = { from[0] - box->x, box->x + box->width - from[0], from[1] - box->y,
                        box->y + box->height - from[1] };
  double enter = 0, leave = 1;

  for (int i = 0; i < 4; i++) {
    if (p[i] == 0) {
      if (q[i] < 0)
        return FALSE;
      continue;
    }
    double at = q[i] / p[i];
    if (p[i] < 0)
      enter = MAX (enter, at);
    else
      leave = MIN (leave, at);
  }
  return enter <= leave;
}

static gboolean
line_meets (const Box *box, const BePrim *line)
{
  for (gsize i = 1; i < line->n_points; i++) {
    const double *from = line->points + 2 * (i - 1), *to = line->points + 2 * i;
    if (MAX (from[0], to[0]) < box->x || MIN (from[0], to[0]) > box->x + box->width)
      continue;
    if (segment_meets (box, from, to))
      return TRUE;
  }
  return FALSE;
}

/* How many of the things that carry data a label here would cover. */
static int
covered (const BeLayout *layout, const Box *box)
{
  const GArray *prims = layout->scene->prims;
  int n = 0;

  for (guint i = 0; i < prims->len; i++) {
    const BePrim *prim = &g_array_index (prims, BePrim, i);
    gboolean carries = g_str_equal (prim->part, "series") || g_str_equal (prim->part, "volume")
                       || g_str_equal (prim->part, "leader");
    if (!carries || prim->filled)
      continue;
    if (prim->kind == BE_PRIM_POLYLINE)
      n += line_meets (box, prim);
    else if (prim->kind == BE_PRIM_MARKER)
      n += in_box (box, prim->x, prim->y, prim->width / 2);
  }
  return n;
}

static double
distance_to (const Box *box, double x, double y)
{
  double dx = MAX (MAX (box->x - x, x - box->x - box->width), 0);
  double dy = MAX (MAX (box->y - y, y - box->y - box->height), 0);

  return hypot (dx, dy);
}

/* How many names the line from a point to its own name would run through. */
static int
led_through (const BeLayout *layout, const Box *box, double x, double y)
{
  const GArray *prims = layout->scene->prims;
  const double from[] = { x, y };
  const double to[] = { CLAMP (x, box->x, box->x + box->width),
                        CLAMP (y, box->y, box->y + box->height) };
  int n = 0;

  for (guint i = 0; i + 3 < layout->taken->len; i += 4) {
    const double *other = &g_array_index (layout->taken, double, i);
    Box taken = { other[0], other[1], other[2] - other[0], other[3] - other[1] };
    n += !in_box (&taken, x, y, 0) && segment_meets (&taken, from, to);
  }
  for (guint i = 0; i < prims->len; i++) {
    const BePrim *prim = &g_array_index (prims, BePrim, i);
    if (g_str_equal (prim->part, "volume") && prim->kind == BE_PRIM_POLYLINE
        && fabs (prim->points[0] - x) > 1)
      n += (prim->points[0] - from[0]) * (prim->points[0] - to[0]) < 0;
  }
  return n;
}

/* The cheapest place around the point; FALSE where every one is taken or outside. */
static gboolean
find_place (BeLayout *layout, double x, double y, double gap, Box *box)
{
  const BeScene *scene = layout->scene;
  double row = layout->font_size * 1.3;
  double last = scene->plot_x + scene->plot_width - box->width;
  const double lefts[] = { x + gap, x - box->width - gap, x - box->width * 0.5,
                           x - box->width * 0.85, x - box->width * 0.15 };
  double best = INFINITY;
  Box found = *box;

  for (int k = 0; k < 2 * ROWS * (int) G_N_ELEMENTS (lefts); k++) {
    int step = k / 2 % ROWS;
    Box here = *box;
    here.x = CLAMP (lefts[k / (2 * ROWS)], MIN (scene->plot_x, last), MAX (scene->plot_x, last));
    here.y = k % 2 == 0 ? y - gap / 2 - box->height - step * row : y + gap / 2 + step * row;
    if (!be_layout_is_free (layout, here.x, here.y, here.width, here.height))
      continue;
    double cost = distance_to (&here, x, y) / row;
    if (cost < best)
      cost += COST_OF_A_CROSSING * covered (layout, &here)
              + COST_OF_A_CROSSING / 2.0 * led_through (layout, &here, x, y);
    if (cost < best) {
      best = cost;
      found = here;
    }
  }
  *box = found;
  return isfinite (best);
}

/* From the point to the nearest edge of a name that stands away from it. */
static void
draw_leader (BeLayout *layout, const Box *box, double x, double y)
{
  double to_x = CLAMP (x, box->x, box->x + box->width);
  double to_y = CLAMP (y, box->y, box->y + box->height);

  if (distance_to (box, x, y) <= 2 * layout->gap)
    return;
  be_layout_line (layout, "leader", x, y, to_x, to_y, layout->style->theme->axis, 1);
}

static void
draw_lines (BeLayout *layout, const char *part, const Box *box, GPtrArray *lines, int datum)
{
  const BeTheme *theme = layout->style->theme;
  gboolean rtl = layout->style->rtl;

  if (covered (layout, box) > 0)
    be_layout_rect (layout, part, box->x - 2, box->y, box->width + 4, box->height,
                    theme->background)
        ->color.a = 0.8;
  for (guint i = 0; i < lines->len; i++)
    be_layout_text (layout, part, rtl ? box->x + box->width : box->x,
                    box->y + layout->font_size * (1 + 1.25 * i), rtl ? 1 : 0, lines->pdata[i],
                    theme->text)
        ->datum = datum;
}

/* A name next to a point of the plot; left out when there is no room at all, or (`only_near`) none
 * close by. What is near may be chosen, and has a ring then. */
static void
name_point (BeLayout *layout, const char *part, const char *name, int datum, double x, double y,
            gboolean only_near)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  Box box = { 0, 0, 0, 0 };

  be_layout_wrap (layout, name, MAX (layout->scene->plot_width * 0.42, layout->font_size * 9),
                  lines);
  for (guint i = 0; i < lines->len; i++)
    box.width =
        MAX (box.width, be_layout_text_width (layout, lines->pdata[i], layout->font_size, FALSE));
  box.height = layout->font_size * (0.1 + 1.25 * lines->len);
  if (!find_place (layout, x, y, layout->gap * (only_near ? RING : 1), &box)
      || (only_near && distance_to (&box, x, y) > layout->font_size * 2))
    return;
  be_layout_claim (layout, box.x, box.y, box.width, box.height);
  draw_lines (layout, part, &box, lines, datum);
  draw_leader (layout, &box, x, y);
}

static gboolean
in_plot (const BeScene *scene, double x, double y)
{
  return isfinite (x) && isfinite (y) && x >= scene->plot_x - 1
         && x <= scene->plot_x + scene->plot_width + 1 && y >= scene->plot_y - 1
         && y <= scene->plot_y + scene->plot_height + 1;
}

/* Of many crossings the first and the last (the permanent one) and the other points are named. */
static gboolean
is_named (const GPtrArray *markers, guint i)
{
  return markers->len <= 4 || i == 0 || i + 2 >= markers->len;
}

/* Where a marker has not one of those already drawn upon it: the halo of each would cut the last.
 */
static gboolean
has_room (const BeLayout *layout, double x, double y, double size)
{
  const GArray *prims = layout->scene->prims;

  for (guint i = 0; i < prims->len; i++) {
    const BePrim *prim = &g_array_index (prims, BePrim, i);
    if (g_str_equal (prim->part, "marker") && hypot (prim->x - x, prim->y - y) < size)
      return FALSE;
  }
  return TRUE;
}

/* Names first, so that the markers without one come last and only where there is room. */
static void
place_markers (BeLayout *layout, gboolean named)
{
  const BeScene *scene = layout->scene;
  GPtrArray *markers = layout->data->markers;
  double size = layout->font_size * 0.85;

  for (guint i = 0; i < markers->len; i++) {
    const BeMarker *marker = markers->pdata[i];
    double x = be_scene_x_to_px (scene, marker->x), y = be_scene_y_to_px (scene, marker->y);
    if (is_named (markers, i) != named || !in_plot (scene, x, y)
        || (!named && !has_room (layout, x, y, size)))
      continue;
    if (named)
      name_point (layout, "label", marker->name, (int) i, x, y, FALSE);
    be_layout_mark (layout, "marker", x, y, size, marker->role)->datum = (int) i;
  }
}

void
be_layout_markers (BeLayout *layout)
{
  const BeScene *scene = layout->scene;
  GPtrArray *markers = layout->data->markers;
  double size = layout->font_size * 0.85;

  for (guint i = 0; i < markers->len; i++) {
    const BeMarker *marker = markers->pdata[i];
    double x = be_scene_x_to_px (scene, marker->x), y = be_scene_y_to_px (scene, marker->y);
    be_layout_claim (layout, x - size / 2, y - size / 2, size, size);
  }
  place_markers (layout, TRUE);
  place_markers (layout, FALSE);
}

/* The points first, so that no name lies on one. */
void
be_layout_name_points (BeLayout *layout)
{
  const BeScene *scene = layout->scene;
  double size = layout->font_size * 0.7;

  for (guint pass = 0; pass < 2; pass++)
    for (guint s = 0; s < layout->data->series->len; s++) {
      const BeSeries *series = layout->data->series->pdata[s];
      for (gsize i = 0; series->is_labelled && i < series->n; i++) {
        double x = be_scene_x_to_px (scene, series->x[i]);
        double y = be_scene_y_to_px (scene, series->y[i]);
        if (!in_plot (scene, x, y))
          continue;
        if (pass == 0)
          be_layout_claim (layout, x - size / 2, y - size / 2, size, size);
        else
          name_point (layout, "label", series->names[i], -1, x, y, TRUE);
      }
    }
}

void
be_layout_name_volume (BeLayout *layout)
{
  const BeChartData *data = layout->data;
  BeScene *scene = layout->scene;
  double x = be_scene_x_to_px (scene, data->volume_x);
  double bottom = scene->plot_y + scene->plot_height;

  if (data->volume_name != NULL && in_plot (scene, x, bottom))
    name_point (layout, "volume", data->volume_name, -1, x, bottom - layout->gap / 2, FALSE);
}

/* A band's name stands in the corner of the band, else at the place inside, where it covers least.
 */
static gboolean
find_place_in (BeLayout *layout, const BeBand *band, Box *box)
{
  const BeScene *scene = layout->scene;
  double top = band->on_x ? scene->plot_y : be_scene_y_to_px (scene, band->high);
  double bottom = band->on_x ? INFINITY : be_scene_y_to_px (scene, band->low);
  double left = band->on_x ? be_scene_x_to_px (scene, band->low) : scene->plot_x;
  double right = scene->plot_x + scene->plot_width - box->width - layout->gap / 2;
  static const double parts[] = { 0, 1, 0.5, 0.25, 0.75 };
  int best = G_MAXINT;
  Box found = *box;

  top = MAX (top, scene->plot_y) + 2;
  bottom = MIN (bottom, scene->plot_y + scene->plot_height) - box->height - 2;
  left += layout->gap / 2;
  for (guint k = 0; k < G_N_ELEMENTS (parts) * G_N_ELEMENTS (parts) && best > 0; k++) {
    Box here = *box;
    here.x = band->on_x ? left : left + parts[k % G_N_ELEMENTS (parts)] * (right - left);
    here.y = top + parts[k / G_N_ELEMENTS (parts)] * (bottom - top);
    if (!be_layout_is_free (layout, here.x, here.y, here.width, here.height))
      continue;
    int cost = covered (layout, &here);
    if (cost < best) {
      best = cost;
      found = here;
    }
  }
  *box = found;
  return best < G_MAXINT;
}

void
be_layout_name_bands (BeLayout *layout)
{
  double size = layout->font_size * 0.9;

  for (guint i = 0; i < layout->data->bands->len; i++) {
    const BeBand *band = layout->data->bands->pdata[i];
    double width = be_layout_text_width (layout, band->name, size, FALSE);
    Box box = { 0, 0, width, size * 1.3 };
    if (!find_place_in (layout, band, &box))
      continue;
    be_layout_claim (layout, box.x, box.y, box.width, box.height);
    be_layout_text (layout, "band", box.x, box.y + size, 0, band->name,
                    layout->style->theme->dim_text)
        ->font_size = size;
  }
}
