/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fingers on a chart: a pinch zooms and moves, one finger moves a zoomed view. */
#include "widget/be-chart-view-private.h"

#include <math.h>

/* A step of less is not worth a new layout. */
#define LEAST_PINCH 0.05
#define LEAST_MOVE_PX 1

/* What lies under a finger stays there. */
static void
move_by_px (BeChartView *self, double px)
{
  be_chart_view_ensure_scene (self);
  if (self->scene != NULL && self->scene->plot_width > 0)
    be_chart_view_move (self, -px / self->scene->plot_width);
}

/* The gesture gives the whole factor since it began; the view wants the step. */
static void
scale_changed_cb (GtkGestureZoom *pinch, double scale, BeChartView *self)
{
  double step = scale > 0 && self->touch_scale > 0 ? self->touch_scale / scale : 1;

  if (fabs (log (step)) < LEAST_PINCH)
    return;
  self->touch_scale = scale;
  be_chart_view_change_zoom (self, step);
}

/* NaN while no fingers are known. */
static double
middle_of (GtkGesture *pinch)
{
  double x, y;

  if (!gtk_gesture_is_recognized (pinch) || !gtk_gesture_get_bounding_box_center (pinch, &x, &y))
    return NAN;
  return x;
}

static void
pinch_begin_cb (GtkGesture *pinch, GdkEventSequence *sequence, BeChartView *self)
{
  self->touch_scale = 1;
  self->touch_x = middle_of (pinch);
}

static void
pinch_update_cb (GtkGesture *pinch, GdkEventSequence *sequence, BeChartView *self)
{
  double x = middle_of (pinch);

  if (!(fabs (x - self->touch_x) >= LEAST_MOVE_PX))
    return;
  move_by_px (self, x - self->touch_x);
  self->touch_x = x;
}

/* A finger on the volume marker drags that; on a chart that shows all it scrolls the page. */
static void
finger_begin_cb (GtkGestureDrag *finger, double x, double y, BeChartView *self)
{
  self->touch_x = 0;
  if (!isfinite (self->zoom_low) || be_chart_view_is_near_volume (self, x))
    gtk_gesture_set_state (GTK_GESTURE (finger), GTK_EVENT_SEQUENCE_DENIED);
}

static void
finger_update_cb (GtkGestureDrag *finger, double x, double y, BeChartView *self)
{
  if (!isfinite (self->zoom_low) || fabs (x - self->touch_x) < LEAST_MOVE_PX || fabs (y) > fabs (x))
    return;
  gtk_gesture_set_state (GTK_GESTURE (finger), GTK_EVENT_SEQUENCE_CLAIMED);
  move_by_px (self, x - self->touch_x);
  self->touch_x = x;
}

void
be_chart_view_add_touch (BeChartView *self)
{
  GtkGesture *pinch = gtk_gesture_zoom_new (), *finger = gtk_gesture_drag_new ();

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (finger), TRUE);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (scale_changed_cb), self);
  g_signal_connect (pinch, "update", G_CALLBACK (pinch_update_cb), self);
  g_signal_connect (finger, "drag-begin", G_CALLBACK (finger_begin_cb), self);
  g_signal_connect (finger, "drag-update", G_CALLBACK (finger_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (finger));
}
