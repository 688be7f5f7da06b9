/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart on the screen: the static part is kept as a render node, crosshair and volume marker
 * are drawn over it. */
#include "widget/be-chart-view-private.h"

#include "widget/be-widget.h"

#include <adwaita.h>
#include <math.h>

#define GRAB_PX 12
#define VOLUME_STEPS 50
#define PAN_SHARE 0.1 /* of the shown range */

G_DEFINE_FINAL_TYPE (BeChartView, be_chart_view, GTK_TYPE_WIDGET)

guint be_chart_view_signals[BE_CHART_VIEW_N_SIGNALS];

void
be_chart_view_invalidate (BeChartView *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_pointer (&self->scene, be_scene_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- the static part ---- */

void
be_chart_view_ensure_scene (BeChartView *self)
{
  BeChartStyle style;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->scene != NULL || self->data == NULL || width < 1 || height < 1)
    return;
  be_chart_style_init (&style, be_chart_view_theme (), width, height);
  style.text_scale = be_widget_get_text_scale (GTK_WIDGET (self));
  style.rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  style.format = self->format;
  style.format_data = self->format_data;
  self->scene = be_chart_layout (self->data, &style);
}

void
be_chart_view_ensure_node (BeChartView *self)
{
  gint64 start = g_get_monotonic_time ();

  if (self->node != NULL)
    return;
  be_chart_view_ensure_scene (self);
  if (self->scene == NULL)
    return;
  self->node = gsk_cairo_node_new (
      &GRAPHENE_RECT_INIT (0, 0, (float) self->scene->width, (float) self->scene->height));
  cairo_t *cr = gsk_cairo_node_get_draw_context (self->node);
  be_scene_paint (self->scene, cr);
  cairo_destroy (cr);
  self->work_ms = (double) (g_get_monotonic_time () - start) / 1000;
}

/* ---- the volume marker ---- */

static void
move_volume (BeChartView *self, double x, gboolean final)
{
  self->drag_x = x;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, be_chart_view_signals[BE_CHART_VIEW_VOLUME_CHANGED], 0, x, final);
}

static void
step_volume (BeChartView *self, double by)
{
  be_chart_view_ensure_scene (self);
  if (self->scene == NULL || !isfinite (self->data->volume_x))
    return;
  double px = be_scene_x_to_px (self->scene, self->data->volume_x)
              + by * self->scene->plot_width / VOLUME_STEPS;
  double x = be_scene_px_to_x (self->scene, px);

  if (x > 0)
    move_volume (self, x, TRUE);
}

gboolean
be_chart_view_is_near_volume (BeChartView *self, double px)
{
  be_chart_view_ensure_scene (self);
  return self->scene != NULL && isfinite (self->data->volume_x)
         && fabs (be_scene_x_to_px (self->scene, self->data->volume_x) - px) <= GRAB_PX;
}

gboolean
be_chart_view_is_for_volume (BeChartView *self, double px, double py)
{
  be_chart_view_ensure_scene (self);
  return self->scene != NULL && isfinite (self->data->volume_x) && px >= self->scene->plot_x
         && px <= self->scene->plot_x + self->scene->plot_width && py >= self->scene->plot_y
         && py <= self->scene->plot_y + self->scene->plot_height;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, BeChartView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!be_chart_view_is_near_volume (self, x)) {
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
    return;
  }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->dragging = TRUE;
  self->drag_start_px = be_scene_x_to_px (self->scene, self->data->volume_x);
  self->drag_x = self->data->volume_x;
  self->drag_moved = FALSE;
  be_chart_view_hide_readout (self);
}

static void
drag_to (BeChartView *self, double offset, gboolean final)
{
  if (!self->dragging)
    return;
  be_chart_view_ensure_scene (self);
  if (self->scene == NULL)
    return;
  double x = be_scene_px_to_x (self->scene, self->drag_start_px + offset);
  if (x > 0)
    move_volume (self, x, final);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double x, double y, BeChartView *self)
{
  self->drag_moved = self->drag_moved || fabs (x) >= 1;
  if (self->drag_moved)
    drag_to (self, x, FALSE);
}

static void
drag_end_cb (GtkGestureDrag *gesture, double x, double y, BeChartView *self)
{
  /* A click moves nothing. */
  if (self->drag_moved)
    drag_to (self, x, TRUE);
  self->dragging = FALSE;
}

/* ---- keys and pointer ---- */

void
be_chart_view_change_zoom (BeChartView *self, double factor)
{
  if (factor > 0 ? be_chart_view_zoom (self, factor) : be_chart_view_reset_zoom (self))
    g_signal_emit (self, be_chart_view_signals[BE_CHART_VIEW_VIEW_CHANGED], 0);
}

gboolean
be_chart_view_move (BeChartView *self, double share)
{
  if (!be_chart_view_pan (self, share))
    return FALSE;
  g_signal_emit (self, be_chart_view_signals[BE_CHART_VIEW_VIEW_CHANGED], 0);
  return TRUE;
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, BeChartView *self)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  double along = dx != 0 ? dx : dy;

  if ((state & GDK_CONTROL_MASK) != 0) {
    be_chart_view_change_zoom (self, dy > 0 ? 1.25 : 0.8);
    return TRUE;
  }
  if (dx == 0 && (state & GDK_SHIFT_MASK) == 0)
    return FALSE;
  return be_chart_view_move (self, along > 0 ? PAN_SHARE : -PAN_SHARE);
}

static void
activate_point (BeChartView *self)
{
  if (self->has_readout && self->readout.point >= 0)
    g_signal_emit (self, be_chart_view_signals[BE_CHART_VIEW_POINT_ACTIVATED], 0,
                   self->readout.series, self->readout.point);
}

/* The readout, or with Shift or Alt the volume marker; past the edge of a zoomed view it moves on.
 */
static void
step_sideways (BeChartView *self, int by, gboolean volume)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (volume) {
    step_volume (self, by);
    return;
  }
  /* Bars run from right to left there; an axis of numbers does not. */
  if (rtl && self->data->type != BE_CHART_XY)
    by = -by;
  if (!be_chart_view_step (self, by) && be_chart_view_move (self, by * PAN_SHARE))
    be_chart_view_step (self, by * -1e6 * PAN_SHARE);
}

static gboolean
zoom_key (BeChartView *self, guint key)
{
  switch (key) {
  case GDK_KEY_plus:
  case GDK_KEY_KP_Add:
  case GDK_KEY_equal:
    be_chart_view_change_zoom (self, 0.8);
    return TRUE;
  case GDK_KEY_minus:
  case GDK_KEY_KP_Subtract:
    be_chart_view_change_zoom (self, 1.25);
    return TRUE;
  case GDK_KEY_0:
  case GDK_KEY_KP_0:
    be_chart_view_change_zoom (self, 0);
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
enter_key (BeChartView *self)
{
  if (!self->has_readout)
    return FALSE;
  if (self->readout.point >= 0)
    activate_point (self);
  else
    be_chart_view_pin (self);
  return TRUE;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
                BeChartView *self)
{
  gboolean volume = (state & (GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0;

  if (self->data == NULL || (state & GDK_CONTROL_MASK) != 0)
    return FALSE;
  switch (key) {
  case GDK_KEY_Left:
  case GDK_KEY_Right:
    step_sideways (self, key == GDK_KEY_Left ? -1 : 1, volume);
    return TRUE;
  case GDK_KEY_Up:
  case GDK_KEY_Down:
    return be_chart_view_step_named (self, key == GDK_KEY_Up ? -1 : 1);
  case GDK_KEY_Page_Up:
  case GDK_KEY_Page_Down:
    be_chart_view_step (self, key == GDK_KEY_Page_Up ? -10 : 10);
    return TRUE;
  case GDK_KEY_Home:
  case GDK_KEY_End:
    be_chart_view_step (self, key == GDK_KEY_Home ? -1e6 : 1e6);
    return TRUE;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_space:
    return enter_key (self);
  case GDK_KEY_Escape:
    return be_chart_view_escape (self);
  default:
    return zoom_key (self, key);
  }
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, BeChartView *self)
{
  /* A pointer that rests is told again after each layout: what keys read, or hid, stays so. */
  gboolean is_resting = x == self->pointer_x && y == self->pointer_y;

  self->pointer_x = x;
  self->pointer_y = y;
  if (self->data == NULL || self->dragging || is_resting)
    return;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   be_chart_view_is_near_volume (self, x) ? "ew-resize" : NULL);
  be_chart_view_show_readout (self, x, y, FALSE);
}

static void
click_cb (GtkGestureClick *gesture, int n_press, double x, double y, BeChartView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->data == NULL || self->dragging)
    return;
  be_chart_view_show_readout (self, x, y, FALSE);
  activate_point (self);
}

static void
leave_cb (GtkEventControllerMotion *controller, BeChartView *self)
{
  self->pointer_x = self->pointer_y = NAN;
  be_chart_view_hide_readout (self);
}

/* ---- the widget ---- */

static void
be_chart_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;

  BeChartView *self = BE_CHART_VIEW (widget);
  double scale = be_widget_get_text_scale (widget);

  *minimum = horizontal ? 240 : (int) (scale * self->minimum_height);
  *natural = horizontal ? 640 : (int) (scale * self->natural_height);
  *minimum_baseline = *natural_baseline = -1;
}

static void
be_chart_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BeChartView *self = BE_CHART_VIEW (widget);

  for (int i = 0; i < MAX_CHILDREN; i++) {
    int minimum_width, minimum_height;
    gtk_widget_measure (self->children[i], GTK_ORIENTATION_HORIZONTAL, -1, &minimum_width, NULL,
                        NULL, NULL);
    gtk_widget_measure (self->children[i], GTK_ORIENTATION_VERTICAL, -1, &minimum_height, NULL,
                        NULL, NULL);
    gtk_widget_size_allocate (self->children[i],
                              &(GtkAllocation){ 0, 0, minimum_width, minimum_height }, -1);
  }
  /* New words of a child ask for a new layout, too: the readout that they tell of stays then. */
  if (width == self->allocated_width && height == self->allocated_height)
    return;
  self->allocated_width = width;
  self->allocated_height = height;
  be_chart_view_hide_readout (self);
  be_chart_view_invalidate (self);
}

static void
be_chart_view_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (be_chart_view_parent_class)->direction_changed (widget, previous);
  be_chart_view_invalidate (BE_CHART_VIEW (widget));
}

static void
be_chart_view_dispose (GObject *object)
{
  BeChartView *self = BE_CHART_VIEW (object);

  for (int i = 0; i < MAX_CHILDREN; i++)
    g_clear_pointer (&self->children[i], gtk_widget_unparent);
  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_pointer (&self->scene, be_scene_free);
  g_clear_pointer (&self->data, be_chart_data_free);
  be_readout_clear (&self->readout);
  be_readout_clear (&self->pinned);
  g_clear_pointer (&self->readout_text, g_free);
  g_clear_pointer (&self->pinned_text, g_free);
  G_OBJECT_CLASS (be_chart_view_parent_class)->dispose (object);
}

static void
be_chart_view_class_init (BeChartViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = be_chart_view_dispose;
  widget_class->snapshot = be_chart_view_snapshot;
  widget_class->measure = be_chart_view_measure;
  widget_class->size_allocate = be_chart_view_size_allocate;
  widget_class->direction_changed = be_chart_view_direction_changed;
  be_chart_view_signals[BE_CHART_VIEW_VOLUME_CHANGED] =
      g_signal_new ("volume-changed", BE_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_BOOLEAN);
  be_chart_view_signals[BE_CHART_VIEW_READOUT_CHANGED] =
      g_signal_new ("readout-changed", BE_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_STRING);
  be_chart_view_signals[BE_CHART_VIEW_VIEW_CHANGED] = g_signal_new (
      "view-changed", BE_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  be_chart_view_signals[BE_CHART_VIEW_POINT_ACTIVATED] =
      g_signal_new ("point-activated", BE_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_controllers (BeChartView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (click_cb), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  be_chart_view_add_touch (self);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

static void
be_chart_view_init (BeChartView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->pointer_x = self->pointer_y = NAN;
  self->zoom_low = self->zoom_high = NAN;
  self->full_low = self->full_high = NAN;
  self->readout = self->pinned =
      (BeReadout){ .x = NAN, .marker = -1, .bar = -1, .series = -1, .point = -1 };
  self->selected_series = self->selected_point = -1;
  self->minimum_height = 200;
  self->natural_height = 400;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  for (int i = 0; i < MAX_CHILDREN; i++) {
    self->children[i] = gtk_label_new (NULL);
    gtk_widget_set_opacity (self->children[i], 0);
    gtk_widget_set_can_target (self->children[i], FALSE);
    gtk_widget_set_visible (self->children[i], FALSE);
    gtk_widget_set_parent (self->children[i], GTK_WIDGET (self));
  }
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (be_chart_view_invalidate), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (be_chart_view_invalidate),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (be_chart_view_invalidate), self, G_CONNECT_SWAPPED);
  be_chart_view_describe (self);
  add_controllers (self);
}

GtkWidget *
be_chart_view_new (void)
{
  return g_object_new (BE_TYPE_CHART_VIEW, NULL);
}

void
be_chart_view_set_data (BeChartView *self, BeChartData *data)
{
  g_return_if_fail (BE_IS_CHART_VIEW (self));
  g_clear_pointer (&self->data, be_chart_data_free);
  self->data = data;
  self->full_low = data != NULL ? data->x_low : NAN;
  self->full_high = data != NULL ? data->x_high : NAN;
  be_chart_view_apply_zoom (self);
  be_chart_view_forget_readout (self);
  be_chart_view_describe (self);
  be_chart_view_invalidate (self);
}

BeChartData *
be_chart_view_get_data (BeChartView *self)
{
  g_return_val_if_fail (BE_IS_CHART_VIEW (self), NULL);
  return self->data;
}

void
be_chart_view_set_format (BeChartView *self, BeChartFormat format, gpointer user_data)
{
  g_return_if_fail (BE_IS_CHART_VIEW (self));
  self->format = format;
  self->format_data = user_data;
  be_chart_view_invalidate (self);
}

double
be_chart_view_get_last_work_ms (BeChartView *self)
{
  g_return_val_if_fail (BE_IS_CHART_VIEW (self), 0);
  return self->work_ms;
}

void
be_chart_view_set_selected (BeChartView *self, int series, int point)
{
  g_return_if_fail (BE_IS_CHART_VIEW (self));
  self->selected_series = series;
  self->selected_point = point;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
be_chart_view_set_minimum_height (BeChartView *self, int height)
{
  g_return_if_fail (BE_IS_CHART_VIEW (self));
  if (self->minimum_height == height && self->natural_height == height)
    return;
  self->minimum_height = self->natural_height = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
