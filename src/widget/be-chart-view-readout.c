/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a chart view reads: under the pointer, by keys, pinned; and what it tells assistive tools.
 */
#include "widget/be-chart-view-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define KEY_STEPS 100

static char *
format_number (BeChartView *self, double value, BeChartUnit unit)
{
  if (self->format != NULL)
    return self->format (value, unit, FALSE, self->format_data);
  return g_strdup_printf ("%.6g", value);
}

/* ---- as words ---- */

static char *
describe_bar (BeChartView *self, int index)
{
  const BeBar *bar = self->data->bars->pdata[index];
  g_autofree char *value = format_number (self, bar->value, self->data->y_unit);

  /* Translators: a bar's name and its value, "Routing: −$90,000" */
  return g_strdup_printf (_ ("%s: %s"), bar->name, value);
}

static char *
describe_point (BeChartView *self, const BeReadout *readout)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *x = format_number (self, readout->x, self->data->x_unit);

  if (readout->marker >= 0) {
    const BeMarker *marker = self->data->markers->pdata[readout->marker];
    g_string_append_printf (text, "%s\n",
                            marker->description != NULL ? marker->description : marker->name);
  }
  if (readout->point >= 0) {
    const BeSeries *points = self->data->series->pdata[readout->series];
    if (points->names != NULL)
      g_string_append_printf (text, "%s\n", points->names[readout->point]);
  }
  g_string_append_printf (text, "%s %s", x, self->data->x_label != NULL ? self->data->x_label : "");
  for (gsize i = 0; i < readout->n; i++) {
    const BeSeries *series = self->data->series->pdata[i];
    if (!isfinite (readout->y[i]))
      continue;
    g_autofree char *y = format_number (self, readout->y[i], self->data->y_unit);
    g_string_append_c (text, '\n');
    g_string_append_printf (text, _ ("%s: %s"), series->name, y);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_readout (BeChartView *self, const BeReadout *readout)
{
  return readout->bar >= 0 ? describe_bar (self, readout->bar) : describe_point (self, readout);
}

char *
be_chart_view_describe_readout (BeChartView *self)
{
  g_return_val_if_fail (BE_IS_CHART_VIEW (self), NULL);
  if (!self->has_readout || self->data == NULL)
    return NULL;
  return describe_readout (self, &self->readout);
}

/* Where the children read a series: at the readout, else at the volume marker. */
static double
read_at (BeChartView *self)
{
  return self->has_readout ? self->readout.x : self->data->volume_x;
}

static char *
describe_series (BeChartView *self, guint i)
{
  if (self->data->type != BE_CHART_XY)
    return describe_bar (self, (int) i);
  const BeSeries *series = self->data->series->pdata[i];
  double y = series->style == BE_SERIES_POINTS ? NAN : be_series_value_at (series, read_at (self));
  if (!isfinite (read_at (self)) || !isfinite (y))
    return g_strdup (series->name);
  g_autofree char *cost = format_number (self, y, self->data->y_unit);
  g_autofree char *volume = format_number (self, read_at (self), self->data->x_unit);
  /* Translators: "Hosted: $112,500 at 500,000 requests/day" */
  return g_strdup_printf (_ ("%s: %s at %s %s"), series->name, cost, volume,
                          self->data->x_label != NULL ? self->data->x_label : "");
}

/* The children are few: of many bars those around the readout have one. */
static void
describe_children (BeChartView *self)
{
  guint n = 0, first = 0;

  if (self->data != NULL)
    n = self->data->type == BE_CHART_XY ? self->data->series->len : self->data->bars->len;
  if (n > MAX_CHILDREN && self->has_readout && self->readout.bar >= 0)
    first = (guint) CLAMP (self->readout.bar - MAX_CHILDREN / 2, 0, (int) n - MAX_CHILDREN);
  for (guint i = 0; i < MAX_CHILDREN; i++) {
    gboolean used = first + i < n;
    g_autofree char *text = used ? describe_series (self, first + i) : g_strdup ("");
    if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->children[i])), text) != 0)
      gtk_label_set_text (GTK_LABEL (self->children[i]), text);
    gtk_widget_set_visible (self->children[i], used);
  }
}

/* The chart's sentence; without one its data, or why there is nothing to draw. */
static void
append_sentence (BeChartView *self, GString *text)
{
  const BeChartData *data = self->data;
  gsize start = text->len;

  if (data != NULL && data->summary != NULL && data->summary[0] != '\0') {
    g_string_append (text, data->summary);
    return;
  }
  for (int i = 0; i < MAX_CHILDREN; i++)
    if (gtk_widget_get_visible (self->children[i]))
      g_string_append_printf (text, "%s%s", text->len > start ? "; " : "",
                              gtk_label_get_text (GTK_LABEL (self->children[i])));
  if (text->len == start && data != NULL && data->empty_text != NULL)
    g_string_append (text, data->empty_text);
}

void
be_chart_view_describe (BeChartView *self)
{
  const char *title =
      self->data != NULL && self->data->title != NULL ? self->data->title : _ ("Chart");
  gboolean told = self->by_keys && self->has_readout && self->readout_text != NULL;
  g_autoptr (GString) description = g_string_new (NULL);
  /* A change of name is what screen readers announce of the widget that has the focus. */
  g_autofree char *name =
      told ? g_strdup_printf (_ ("%s: %s"), title, self->readout_text) : g_strdup (title);

  if (self->readout_text != NULL)
    g_string_append_printf (description, "%s\n", self->readout_text);
  if (self->pinned_text != NULL) {
    /* Translators: what was pinned in a chart to be compared with */
    g_string_append_printf (description, _ ("Pinned: %s"), self->pinned_text);
    g_string_append_c (description, '\n');
  }
  describe_children (self);
  append_sentence (self, description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description->str, -1);
}

/* ---- shown and hidden ---- */

static void
readout_changed (BeChartView *self)
{
  be_chart_view_describe (self);
  g_signal_emit (self, be_chart_view_signals[BE_CHART_VIEW_READOUT_CHANGED], 0,
                 self->readout_text != NULL ? self->readout_text : "");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
be_chart_view_hide_readout (BeChartView *self)
{
  if (!self->has_readout)
    return;
  self->has_readout = FALSE;
  be_readout_clear (&self->readout);
  g_clear_pointer (&self->readout_text, g_free);
  readout_changed (self);
}

/* Takes over `readout`. */
static void
take_readout (BeChartView *self, BeReadout *readout, double px, double py, gboolean by_keys)
{
  be_readout_clear (&self->readout);
  self->readout = *readout;
  self->has_readout = TRUE;
  self->by_keys = by_keys;
  self->readout_px = px;
  self->readout_py = py;
  g_free (self->readout_text);
  self->readout_text = be_chart_view_describe_readout (self);
  readout_changed (self);
}

void
be_chart_view_show_readout (BeChartView *self, double px, double py, gboolean by_keys)
{
  BeReadout readout;

  be_chart_view_ensure_scene (self);
  if (self->scene == NULL || !be_chart_readout (self->data, self->scene, px, py, &readout)) {
    be_chart_view_hide_readout (self);
    return;
  }
  if (readout.bar < 0)
    px = be_scene_x_to_px (self->scene, readout.x);
  take_readout (self, &readout, px, py, by_keys);
}

/* ---- by keys ---- */

/* The middle of what the scene drew for a bar. */
static gboolean
bar_place (BeChartView *self, int bar, double *x, double *y)
{
  const GArray *prims = self->scene->prims;

  for (guint i = 0; i < prims->len; i++) {
    const BePrim *prim = &g_array_index (prims, BePrim, i);
    if (prim->kind != BE_PRIM_RECT || prim->datum != bar || !g_str_equal (prim->part, "bar"))
      continue;
    *x = prim->x + prim->width / 2;
    *y = prim->y + prim->height / 2;
    return TRUE;
  }
  return FALSE;
}

static gboolean
step_bar (BeChartView *self, double by)
{
  int last = (int) self->data->bars->len - 1;
  int from = self->has_readout ? self->readout.bar : (by > 0 ? -1 : last + 1);
  int bar = (int) CLAMP (from + by, 0, last);
  double px, py;

  if (last < 0 || !bar_place (self, bar, &px, &py))
    return FALSE;
  const BeBar *shown = self->data->bars->pdata[bar];
  BeReadout readout = {
    .x = bar, .n = 1, .y = g_new (double, 1), .marker = -1, .bar = bar, .series = -1, .point = -1
  };
  readout.y[0] = shown->value;
  take_readout (self, &readout, px, py, TRUE);
  return bar != from;
}

/* From point to point where the chart has points. */
static gboolean
step_point (BeChartView *self, int by)
{
  int series = self->has_readout ? self->readout.series : -1, point = self->readout.point;

  if (!be_chart_next_point (self->data, by, &series, &point))
    return FALSE;
  const BeSeries *points = self->data->series->pdata[series];
  be_chart_view_show_readout (self, be_scene_x_to_px (self->scene, points->x[point]),
                              be_scene_y_to_px (self->scene, points->y[point]), TRUE);
  return TRUE;
}

gboolean
be_chart_view_step (BeChartView *self, double by)
{
  be_chart_view_ensure_scene (self);
  if (self->scene == NULL)
    return FALSE;
  if (self->data->type != BE_CHART_XY)
    return step_bar (self, by);
  if (fabs (by) == 1 && step_point (self, (int) by))
    return TRUE;
  double left = self->scene->plot_x, width = self->scene->plot_width;
  double step = width / KEY_STEPS;
  /* The first step shows the middle, Home and End go to the edges from anywhere. */
  gboolean is_first = !self->has_readout && fabs (by) < KEY_STEPS;
  double at = self->has_readout ? self->readout_px : left + width / 2;
  double px = is_first ? at : CLAMP (at + by * step, left, left + width);

  /* Far above the lines, so that keys read x itself and do not jump to a marker. */
  be_chart_view_show_readout (self, px, self->scene->plot_y - 100, TRUE);
  self->readout_px = px;
  return is_first || fabs (px - at) > step / 2;
}

gboolean
be_chart_view_step_named (BeChartView *self, int by)
{
  const BeMarker *next = NULL;
  double from = self->has_readout ? self->readout.x : (by > 0 ? -INFINITY : INFINITY);

  be_chart_view_ensure_scene (self);
  if (self->scene == NULL)
    return FALSE;
  if (self->data->type != BE_CHART_XY)
    return step_bar (self, by), TRUE;
  for (guint i = 0; i < self->data->markers->len; i++) {
    const BeMarker *marker = self->data->markers->pdata[i];
    gboolean shown = marker->x >= self->scene->x_low && marker->x <= self->scene->x_high;
    double ahead = (marker->x - from) * by;
    if (shown && ahead > fabs (from) * 1e-9 && (next == NULL || (marker->x - next->x) * by < 0))
      next = marker;
  }
  if (next == NULL)
    return self->data->markers->len > 0;
  be_chart_view_show_readout (self, be_scene_x_to_px (self->scene, next->x),
                              be_scene_y_to_px (self->scene, next->y), TRUE);
  return TRUE;
}

/* ---- pinned ---- */

static gboolean
is_pinned (BeChartView *self)
{
  return isfinite (self->pinned.x) || self->pinned.bar >= 0;
}

static void
unpin (BeChartView *self)
{
  be_readout_clear (&self->pinned);
  self->pinned.x = NAN;
  self->pinned.bar = self->pinned.marker = -1;
  g_clear_pointer (&self->pinned_text, g_free);
}

void
be_chart_view_pin (BeChartView *self)
{
  gboolean same = self->pinned.bar == self->readout.bar
                  && (self->readout.bar >= 0 || self->pinned.x == self->readout.x);

  if (!self->has_readout)
    return;
  unpin (self);
  if (!same) {
    self->pinned = self->readout;
    self->pinned.y = g_memdup2 (self->readout.y, self->readout.n * sizeof (double));
    self->pinned_text = g_strdup (self->readout_text);
  }
  readout_changed (self);
}

gboolean
be_chart_view_escape (BeChartView *self)
{
  if (self->has_readout) {
    be_chart_view_hide_readout (self);
    return TRUE;
  }
  if (!is_pinned (self))
    return FALSE;
  unpin (self);
  readout_changed (self);
  return TRUE;
}

/* Reads the pinned x in the new data. */
static void
read_pinned_again (BeChartView *self)
{
  double x = self->pinned.x;
  int bar = self->pinned.bar;

  unpin (self);
  if (self->data == NULL)
    return;
  if (bar >= 0) {
    if (self->data->type == BE_CHART_XY || bar >= (int) self->data->bars->len)
      return;
    self->pinned.bar = bar;
    self->pinned.x = bar;
  } else {
    if (self->data->type != BE_CHART_XY)
      return;
    self->pinned.x = x;
    self->pinned.n = self->data->series->len;
    self->pinned.y = g_new (double, MAX (self->pinned.n, 1));
    for (gsize i = 0; i < self->pinned.n; i++) {
      const BeSeries *series = self->data->series->pdata[i];
      self->pinned.y[i] = series->style == BE_SERIES_POINTS ? NAN : be_series_value_at (series, x);
    }
  }
  self->pinned_text = describe_readout (self, &self->pinned);
}

void
be_chart_view_forget_readout (BeChartView *self)
{
  self->has_readout = FALSE;
  be_readout_clear (&self->readout);
  g_clear_pointer (&self->readout_text, g_free);
  if (is_pinned (self))
    read_pinned_again (self);
}

double
be_chart_view_pinned_px (BeChartView *self)
{
  double x, y;

  if (!is_pinned (self) || self->scene == NULL)
    return NAN;
  if (self->pinned.bar >= 0)
    return bar_place (self, self->pinned.bar, &x, &y) ? x : NAN;
  if (self->pinned.x < self->scene->x_low || self->pinned.x > self->scene->x_high)
    return NAN;
  return be_scene_x_to_px (self->scene, self->pinned.x);
}
