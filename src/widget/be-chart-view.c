/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart on the screen: the static part is kept as a render node, crosshair and volume marker
 * are drawn over it. */
#include "widget/be-chart-view-private.h"

#include "be-config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define GRAB_PX 12
#define KEY_STEPS 100
#define VOLUME_STEPS 50

G_DEFINE_FINAL_TYPE (BeChartView, be_chart_view, GTK_TYPE_WIDGET)

enum { VOLUME_CHANGED, READOUT_CHANGED, VIEW_CHANGED, POINT_ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

static double
text_scale (GtkWidget *widget)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? CLAMP (dpi / (96.0 * 1024), 0.75, 3) : 1;
}

void
be_chart_view_invalidate (BeChartView *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_pointer (&self->scene, be_scene_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static char *
format_number (BeChartView *self, double value, BeChartUnit unit)
{
  if (self->format != NULL)
    return self->format (value, unit, FALSE, self->format_data);
  return g_strdup_printf ("%.6g", value);
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
  style.text_scale = text_scale (GTK_WIDGET (self));
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

/* ---- the readout ---- */

static char *
describe_bar (BeChartView *self)
{
  const BeBar *bar = self->data->bars->pdata[self->readout.bar];
  g_autofree char *value = format_number (self, bar->value, self->data->y_unit);

  return g_strdup_printf ("%s: %s", bar->name, value);
}

static char *
describe_point (BeChartView *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *x = format_number (self, self->readout.x, self->data->x_unit);

  if (self->readout.marker >= 0) {
    const BeMarker *marker = self->data->markers->pdata[self->readout.marker];
    g_string_append_printf (text, "%s\n",
                            marker->description != NULL ? marker->description : marker->name);
  }
  if (self->readout.point >= 0) {
    const BeSeries *points = self->data->series->pdata[self->readout.series];
    if (points->names != NULL)
      g_string_append_printf (text, "%s\n", points->names[self->readout.point]);
  }
  g_string_append_printf (text, "%s %s", x, self->data->x_label != NULL ? self->data->x_label : "");
  for (gsize i = 0; i < self->readout.n; i++) {
    const BeSeries *series = self->data->series->pdata[i];
    if (!isfinite (self->readout.y[i]))
      continue;
    g_autofree char *y = format_number (self, self->readout.y[i], self->data->y_unit);
    g_string_append_printf (text, "\n%s: %s", series->name, y);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
be_chart_view_describe_readout (BeChartView *self)
{
  g_return_val_if_fail (BE_IS_CHART_VIEW (self), NULL);
  if (!self->has_readout || self->data == NULL)
    return NULL;
  return self->readout.bar >= 0 ? describe_bar (self) : describe_point (self);
}

static void
describe_self (BeChartView *self)
{
  const char *title =
      self->data != NULL && self->data->title != NULL ? self->data->title : _ ("Chart");
  const char *summary =
      self->data != NULL && self->data->summary != NULL ? self->data->summary : "";
  g_autofree char *description = self->readout_text != NULL
                                     ? g_strconcat (self->readout_text, "\n", summary, NULL)
                                     : g_strdup (summary);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

static void
hide_readout (BeChartView *self)
{
  if (!self->has_readout)
    return;
  self->has_readout = FALSE;
  be_readout_clear (&self->readout);
  g_clear_pointer (&self->readout_text, g_free);
  describe_self (self);
  g_signal_emit (self, signals[READOUT_CHANGED], 0, "");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
show_readout (BeChartView *self, double px, double py)
{
  BeReadout readout;

  be_chart_view_ensure_scene (self);
  if (self->scene == NULL || !be_chart_readout (self->data, self->scene, px, py, &readout)) {
    hide_readout (self);
    return;
  }
  be_readout_clear (&self->readout);
  self->readout = readout;
  self->has_readout = TRUE;
  self->readout_px = readout.bar >= 0 ? px : be_scene_x_to_px (self->scene, readout.x);
  g_free (self->readout_text);
  self->readout_text = be_chart_view_describe_readout (self);
  describe_self (self);
  g_signal_emit (self, signals[READOUT_CHANGED], 0, self->readout_text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* From point to point where the chart has points. */
static gboolean
step_point (BeChartView *self, int by)
{
  int series = self->has_readout ? self->readout.series : -1, point = self->readout.point;

  if (self->data->type != BE_CHART_XY || !be_chart_next_point (self->data, by, &series, &point))
    return FALSE;
  const BeSeries *points = self->data->series->pdata[series];
  show_readout (self, be_scene_x_to_px (self->scene, points->x[point]),
                be_scene_y_to_px (self->scene, points->y[point]));
  return TRUE;
}

static void
step_readout (BeChartView *self, double by)
{
  be_chart_view_ensure_scene (self);
  if (self->scene == NULL || (fabs (by) == 1 && step_point (self, (int) by)))
    return;
  double left = self->scene->plot_x, width = self->scene->plot_width;
  double steps = self->data->type == BE_CHART_XY ? KEY_STEPS : MAX (self->data->bars->len, 1);
  double at = self->has_readout ? self->readout_px : left + width / 2 - by * width / steps;
  double px = CLAMP (at + by * width / steps, left, left + width);

  /* Far above the lines, so that keys read x itself and do not jump to a marker. */
  show_readout (self, px, self->scene->plot_y - 100);
  self->readout_px = px;
}

/* ---- the volume marker ---- */

static void
move_volume (BeChartView *self, double x, gboolean final)
{
  self->drag_x = x;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[VOLUME_CHANGED], 0, x, final);
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

static gboolean
near_volume (BeChartView *self, double px)
{
  be_chart_view_ensure_scene (self);
  return self->scene != NULL && isfinite (self->data->volume_x)
         && fabs (be_scene_x_to_px (self->scene, self->data->volume_x) - px) <= GRAB_PX;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, BeChartView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!near_volume (self, x)) {
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
    return;
  }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->dragging = TRUE;
  self->drag_start_px = x;
  self->drag_x = self->data->volume_x;
  hide_readout (self);
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
  drag_to (self, x, FALSE);
}

static void
drag_end_cb (GtkGestureDrag *gesture, double x, double y, BeChartView *self)
{
  drag_to (self, x, TRUE);
  self->dragging = FALSE;
}

/* ---- keys and pointer ---- */

static void
change_zoom (BeChartView *self, double factor)
{
  if (factor > 0 ? be_chart_view_zoom (self, factor) : be_chart_view_reset_zoom (self))
    g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, BeChartView *self)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if ((state & GDK_CONTROL_MASK) == 0)
    return FALSE;
  change_zoom (self, dy > 0 ? 1.25 : 0.8);
  return TRUE;
}

static void
activate_point (BeChartView *self)
{
  if (self->has_readout && self->readout.point >= 0)
    g_signal_emit (self, signals[POINT_ACTIVATED], 0, self->readout.series, self->readout.point);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
                BeChartView *self)
{
  gboolean alt = (state & GDK_ALT_MASK) != 0;

  if (self->data == NULL || (state & GDK_CONTROL_MASK) != 0)
    return FALSE;
  switch (key) {
  case GDK_KEY_Left:
  case GDK_KEY_Right:
    (alt ? step_volume : step_readout) (self, key == GDK_KEY_Left ? -1 : 1);
    return TRUE;
  case GDK_KEY_Home:
  case GDK_KEY_End:
    step_readout (self, key == GDK_KEY_Home ? -1e6 : 1e6);
    return TRUE;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_space:
    activate_point (self);
    return self->has_readout && self->readout.point >= 0;
  case GDK_KEY_Escape:
    if (!self->has_readout)
      return FALSE;
    hide_readout (self);
    return TRUE;
  case GDK_KEY_plus:
  case GDK_KEY_KP_Add:
  case GDK_KEY_equal:
    change_zoom (self, 0.8);
    return TRUE;
  case GDK_KEY_minus:
  case GDK_KEY_KP_Subtract:
    change_zoom (self, 1.25);
    return TRUE;
  case GDK_KEY_0:
  case GDK_KEY_KP_0:
    change_zoom (self, 0);
    return TRUE;
  default:
    return FALSE;
  }
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, BeChartView *self)
{
  if (self->data == NULL || self->dragging)
    return;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), near_volume (self, x) ? "ew-resize" : NULL);
  show_readout (self, x, y);
}

static void
click_cb (GtkGestureClick *gesture, int n_press, double x, double y, BeChartView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->data == NULL || self->dragging)
    return;
  show_readout (self, x, y);
  activate_point (self);
}

static void
leave_cb (GtkEventControllerMotion *controller, BeChartView *self)
{
  hide_readout (self);
}

/* ---- the widget ---- */

static void
be_chart_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;

  BeChartView *self = BE_CHART_VIEW (widget);

  *minimum = horizontal ? 240 : self->minimum_height;
  *natural = horizontal ? 640 : self->minimum_height * 2;
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
  hide_readout (self);
  be_chart_view_invalidate (self);
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
  g_clear_pointer (&self->readout_text, g_free);
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
  signals[VOLUME_CHANGED] =
      g_signal_new ("volume-changed", BE_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_BOOLEAN);
  signals[READOUT_CHANGED] = g_signal_new ("readout-changed", BE_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[VIEW_CHANGED] = g_signal_new ("view-changed", BE_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[POINT_ACTIVATED] =
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
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
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

  self->zoom_low = self->zoom_high = NAN;
  self->full_low = self->full_high = NAN;
  self->readout.bar = self->readout.marker = self->readout.series = self->readout.point = -1;
  self->selected_series = self->selected_point = -1;
  self->minimum_height = 200;
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
  describe_self (self);
  add_controllers (self);
}

GtkWidget *
be_chart_view_new (void)
{
  return g_object_new (BE_TYPE_CHART_VIEW, NULL);
}

static char *
describe_series (BeChartView *self, guint i)
{
  if (self->data->type != BE_CHART_XY) {
    const BeBar *bar = self->data->bars->pdata[i];
    g_autofree char *value = format_number (self, bar->value, self->data->y_unit);
    return g_strdup_printf ("%s: %s", bar->name, value);
  }
  const BeSeries *series = self->data->series->pdata[i];
  double y = be_series_value_at (series, self->data->volume_x);
  if (!isfinite (self->data->volume_x) || !isfinite (y))
    return g_strdup (series->name);
  g_autofree char *cost = format_number (self, y, self->data->y_unit);
  g_autofree char *volume = format_number (self, self->data->volume_x, self->data->x_unit);
  /* Translators: "Hosted: $112,500 at 500,000 requests/day" */
  return g_strdup_printf (_ ("%s: %s at %s %s"), series->name, cost, volume,
                          self->data->x_label != NULL ? self->data->x_label : "");
}

static void
describe_children (BeChartView *self)
{
  guint n = 0;

  if (self->data != NULL)
    n = self->data->type == BE_CHART_XY ? self->data->series->len : self->data->bars->len;
  for (guint i = 0; i < MAX_CHILDREN; i++) {
    g_autofree char *text = i < n ? describe_series (self, i) : g_strdup ("");
    if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->children[i])), text) != 0)
      gtk_label_set_text (GTK_LABEL (self->children[i]), text);
    gtk_widget_set_visible (self->children[i], i < n);
  }
}

void
be_chart_view_set_data (BeChartView *self, BeChartData *data)
{
  g_return_if_fail (BE_IS_CHART_VIEW (self));
  self->has_readout = FALSE;
  be_readout_clear (&self->readout);
  g_clear_pointer (&self->readout_text, g_free);
  g_clear_pointer (&self->data, be_chart_data_free);
  self->data = data;
  self->full_low = data != NULL ? data->x_low : NAN;
  self->full_high = data != NULL ? data->x_high : NAN;
  be_chart_view_apply_zoom (self);
  describe_self (self);
  describe_children (self);
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
  self->minimum_height = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
