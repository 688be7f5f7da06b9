/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shown range of x of a chart view. */
#include "widget/be-chart-view-private.h"

#include <math.h>

void
be_chart_view_apply_zoom (BeChartView *self)
{
  gboolean zoomed = isfinite (self->zoom_low);

  if (self->data == NULL)
    return;
  self->data->x_low = zoomed ? self->zoom_low : self->full_low;
  self->data->x_high = zoomed ? self->zoom_high : self->full_high;
}

gboolean
be_chart_view_zoom (BeChartView *self, double factor)
{
  be_chart_view_ensure_scene (self);
  if (self->scene == NULL || self->data->type != BE_CHART_XY)
    return FALSE;
  double width = self->scene->plot_width, left = self->scene->plot_x;
  double centre = self->has_readout ? self->readout_px : left + width / 2;
  double from = centre - (centre - left) * factor, to = centre + (left + width - centre) * factor;
  gboolean all = factor > 1 && (!isfinite (self->zoom_low) || to - from > 3 * width);

  self->zoom_low = all ? NAN : be_scene_px_to_x (self->scene, from);
  self->zoom_high = all ? NAN : be_scene_px_to_x (self->scene, to);
  if (factor > 1 && !all) {
    /* px_to_x stops at the edges: widen in the scale's own measure. */
    gboolean log_scale = self->scene->x_scale == BE_SCALE_LOG;
    double low = self->scene->x_low, high = self->scene->x_high;
    double grow = (factor - 1) / 2;
    self->zoom_low = log_scale ? low / pow (high / low, grow) : low - (high - low) * grow;
    self->zoom_high = log_scale ? high * pow (high / low, grow) : high + (high - low) * grow;
    if (self->zoom_low <= self->full_low && self->zoom_high >= self->full_high)
      self->zoom_low = self->zoom_high = NAN;
    else {
      self->zoom_low = MAX (self->zoom_low, self->full_low);
      self->zoom_high = MIN (self->zoom_high, self->full_high);
    }
  }
  be_chart_view_apply_zoom (self);
  be_chart_view_invalidate (self);
  return TRUE;
}

gboolean
be_chart_view_reset_zoom (BeChartView *self)
{
  self->zoom_low = self->zoom_high = NAN;
  be_chart_view_apply_zoom (self);
  be_chart_view_invalidate (self);
  return TRUE;
}

gboolean
be_chart_view_pan (BeChartView *self, double share)
{
  be_chart_view_ensure_scene (self);
  if (self->scene == NULL || !isfinite (self->zoom_low))
    return FALSE;
  gboolean logarithmic = self->scene->x_scale == BE_SCALE_LOG;
  double low = self->zoom_low, high = self->zoom_high;
  double full_low = self->full_low, full_high = self->full_high;
  /* In the scale's own measure; not past the ends of the data where these are known. */
  double span = logarithmic ? log (high / low) : high - low;
  double by = share * span;
  if (isfinite (full_high))
    by = MIN (by, logarithmic ? log (full_high / high) : full_high - high);
  if (isfinite (full_low))
    by = MAX (by, logarithmic ? log (full_low / low) : full_low - low);
  if (fabs (by) < 1e-9 * span)
    return FALSE;
  self->zoom_low = logarithmic ? low * exp (by) : low + by;
  self->zoom_high = logarithmic ? high * exp (by) : high + by;
  be_chart_view_apply_zoom (self);
  be_chart_view_invalidate (self);
  return TRUE;
}

gboolean
be_chart_view_get_zoom (BeChartView *self, double *low, double *high)
{
  g_return_val_if_fail (BE_IS_CHART_VIEW (self), FALSE);
  *low = self->zoom_low;
  *high = self->zoom_high;
  return isfinite (self->zoom_low);
}

void
be_chart_view_set_zoom (BeChartView *self, double low, double high)
{
  gboolean zoomed = isfinite (low) && isfinite (high) && low < high;

  g_return_if_fail (BE_IS_CHART_VIEW (self));
  self->zoom_low = zoomed ? low : NAN;
  self->zoom_high = zoomed ? high : NAN;
  be_chart_view_apply_zoom (self);
  be_chart_view_invalidate (self);
}
