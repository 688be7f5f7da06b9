/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The week's grid: drawn, painted with the pointer, changed cell by cell with keys. */
#include "widget/be-week-grid.h"

#include "be-config.h"
#include "report/be-report.h"
#include "widget/be-widget.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

enum { DAYS = BE_WEEK_GRID_DAYS, HOURS = BE_WEEK_GRID_HOURS, CELLS = BE_WEEK_GRID_CELLS };
#define STEP 0.05
#define CELL_GAP 1.5f
#define HEAD_EMS 1.6
#define SIDE_EMS 3.2

struct _BeWeekGrid {
  GtkWidget parent_instance;

  GtkWidget *spoken; /* says what the cell is, for assistive tools only */

  double weights[CELLS];
  double scale;       /* the weight of a full cell */
  double brush;       /* share of it */
  int cell;           /* of the keys */
  int painted;        /* last cell of the stroke, -1: none under way */
  double paint_level; /* of this stroke */
};

G_DEFINE_FINAL_TYPE (BeWeekGrid, be_week_grid, GTK_TYPE_WIDGET)

enum { GESTURE_BEGIN, CHANGED, GESTURE_END, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- words ---- */

static void
describe (BeWeekGrid *self)
{
  g_autofree char *when = be_format_week_hour (self->cell, FALSE);
  g_autofree char *share =
      be_format_value (self->weights[self->cell] / self->scale, BE_UNIT_SHARE, FALSE);
  /* Translators: an hour of the week ("Mon 14:00") and how busy it is. */
  g_autofree char *text = g_strdup_printf (_ ("%s: %s of the busiest hour"), when, share);

  gtk_label_set_text (GTK_LABEL (self->spoken), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static void
measure_scale (BeWeekGrid *self)
{
  double most = 0;

  for (int i = 0; i < CELLS; i++)
    most = MAX (most, self->weights[i]);
  self->scale = most > 0 ? most : 1;
}

/* ---- geometry ---- */

typedef struct {
  double side, head, width, height; /* of names, and of a cell */
  gboolean rtl;
} Grid;

static double
em (GtkWidget *widget)
{
  return 12 * be_widget_get_text_scale (widget);
}

static Grid
get_grid (BeWeekGrid *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double size = em (widget);
  Grid grid = { .side = SIDE_EMS * size,
                .head = HEAD_EMS * size,
                .rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL };

  grid.width = MAX (gtk_widget_get_width (widget) - grid.side, 1) / HOURS;
  grid.height = MAX (gtk_widget_get_height (widget) - grid.head, 1) / DAYS;
  return grid;
}

static graphene_rect_t
cell_rect (BeWeekGrid *self, const Grid *grid, int cell)
{
  int column = cell % HOURS;
  double x = grid->rtl ? (HOURS - 1 - column) * grid->width : grid->side + column * grid->width;

  return GRAPHENE_RECT_INIT ((float) x + CELL_GAP / 2,
                             (float) (grid->head + cell / HOURS * grid->height) + CELL_GAP / 2,
                             (float) grid->width - CELL_GAP, (float) grid->height - CELL_GAP);
}

/* Outside of the grid the nearest cell, so that a stroke may run over the edge. */
static int
cell_at (BeWeekGrid *self, double x, double y)
{
  Grid grid = get_grid (self);
  double from_side =
      grid.rtl ? gtk_widget_get_width (GTK_WIDGET (self)) - grid.side - x : x - grid.side;
  int column = CLAMP ((int) floor (from_side / grid.width), 0, HOURS - 1);
  int row = CLAMP ((int) floor ((y - grid.head) / grid.height), 0, DAYS - 1);

  return row * HOURS + column;
}

/* ---- changes ---- */

static void
move_to (BeWeekGrid *self, int cell)
{
  self->cell = CLAMP (cell, 0, CELLS - 1);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
set_cell (BeWeekGrid *self, int cell, double level)
{
  double weight = CLAMP (level, 0, 10) * self->scale;

  if (weight == self->weights[cell])
    return FALSE;
  self->weights[cell] = weight;
  return TRUE;
}

/* One key press: one step of undo. */
static void
change_once (BeWeekGrid *self, int cell, double level)
{
  if (!set_cell (self, cell, level))
    return;
  g_signal_emit (self, signals[GESTURE_BEGIN], 0);
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[GESTURE_END], 0);
  measure_scale (self);
  move_to (self, cell);
}

/* Every cell on the way from the last one, so that a quick stroke leaves no holes. */
static void
paint_to (BeWeekGrid *self, int cell)
{
  int from = self->painted;
  int columns = cell % HOURS - from % HOURS, rows = cell / HOURS - from / HOURS;
  int steps = MAX (MAX (ABS (columns), ABS (rows)), 1);
  gboolean is_other = FALSE;

  for (int i = 0; i <= steps; i++) {
    int column = from % HOURS + (int) lround ((double) columns * i / steps);
    int row = from / HOURS + (int) lround ((double) rows * i / steps);
    is_other = set_cell (self, row * HOURS + column, self->paint_level) || is_other;
  }
  self->painted = cell;
  move_to (self, cell);
  if (is_other)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, BeWeekGrid *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  Grid grid = get_grid (self);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (y < grid.head || (button != GDK_BUTTON_PRIMARY && button != GDK_BUTTON_SECONDARY)) {
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
    return;
  }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->paint_level =
      button == GDK_BUTTON_SECONDARY || (state & GDK_SHIFT_MASK) != 0 ? 0 : self->brush;
  self->painted = cell_at (self, x, y);
  g_signal_emit (self, signals[GESTURE_BEGIN], 0);
  paint_to (self, self->painted);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, BeWeekGrid *self)
{
  double x, y;

  if (self->painted < 0 || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  int cell = cell_at (self, x + dx, y + dy);
  if (cell != self->painted)
    paint_to (self, cell);
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, BeWeekGrid *self)
{
  if (self->painted < 0)
    return;
  self->painted = -1;
  g_signal_emit (self, signals[GESTURE_END], 0);
  measure_scale (self);
  move_to (self, self->cell);
}

/* ---- keys ---- */

/* Where a key moves the cell; -1: nowhere. */
static int
target_of (BeWeekGrid *self, guint key)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int cell = self->cell, column = cell % HOURS;

  switch (key) {
  case GDK_KEY_Left:
  case GDK_KEY_Right: {
    int by = (key == GDK_KEY_Right) != rtl ? 1 : -1;
    return CLAMP (cell + by, 0, CELLS - 1);
  }
  case GDK_KEY_Up:
    return cell - HOURS >= 0 ? cell - HOURS : cell;
  case GDK_KEY_Down:
    return cell + HOURS < CELLS ? cell + HOURS : cell;
  case GDK_KEY_Home:
    return cell - column;
  case GDK_KEY_End:
    return cell - column + HOURS - 1;
  case GDK_KEY_Page_Up:
    return column;
  case GDK_KEY_Page_Down:
    return CELLS - HOURS + column;
  default:
    return -1;
  }
}

/* The level that a key gives to the cell; NaN: none. */
static double
level_of (BeWeekGrid *self, guint key)
{
  double level = self->weights[self->cell] / self->scale;

  if (key >= GDK_KEY_0 && key <= GDK_KEY_9)
    return (key - GDK_KEY_0) / 10.0;
  if (key >= GDK_KEY_KP_0 && key <= GDK_KEY_KP_9)
    return (key - GDK_KEY_KP_0) / 10.0;
  switch (key) {
  case GDK_KEY_plus:
  case GDK_KEY_equal:
  case GDK_KEY_KP_Add:
    return level + STEP;
  case GDK_KEY_minus:
  case GDK_KEY_KP_Subtract:
    return MAX (level - STEP, 0);
  case GDK_KEY_space:
    return self->brush;
  case GDK_KEY_Delete:
  case GDK_KEY_BackSpace:
    return 0;
  default:
    return NAN;
  }
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
                BeWeekGrid *self)
{
  int target = target_of (self, key);
  double level = level_of (self, key);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (target >= 0 && (state & GDK_SHIFT_MASK) != 0)
    change_once (self, target, self->weights[self->cell] / self->scale);
  if (target >= 0)
    move_to (self, target);
  else if (!isnan (level))
    change_once (self, self->cell, level);
  return target >= 0 || !isnan (level);
}

/* ---- drawing ---- */

static GdkRGBA
mix (const BeColor *from, const BeColor *to, double share)
{
  return (GdkRGBA){ (float) (from->r + (to->r - from->r) * share),
                    (float) (from->g + (to->g - from->g) * share),
                    (float) (from->b + (to->b - from->b) * share), 1 };
}

static const BeTheme *
get_theme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean contrast = adw_style_manager_get_high_contrast (manager);

  if (adw_style_manager_get_dark (manager))
    return be_theme_get (contrast ? BE_THEME_DARK_CONTRAST : BE_THEME_DARK);
  return be_theme_get (contrast ? BE_THEME_LIGHT_CONTRAST : BE_THEME_LIGHT);
}

static void
snapshot_text (BeWeekGrid *self, GtkSnapshot *snapshot, const char *text, double x, double y,
               double align)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoFontDescription *font = pango_font_description_from_string ("Cantarell, sans-serif");
  const BeColor *color = &get_theme ()->dim_text;
  GdkRGBA rgba = mix (color, color, 0);
  int width, height;

  pango_font_description_set_absolute_size (font, em (GTK_WIDGET (self)) * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float) (x - align * width), (float) (y - height / 2.0)));
  gtk_snapshot_append_layout (snapshot, layout, &rgba);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_names (BeWeekGrid *self, GtkSnapshot *snapshot, const Grid *grid)
{
  double right = gtk_widget_get_width (GTK_WIDGET (self));

  for (int day = 0; day < DAYS; day++) {
    g_autofree char *name = be_format_week_hour (day * HOURS, TRUE);
    snapshot_text (self, snapshot, name, grid->rtl ? right : 0,
                   grid->head + (day + 0.5) * grid->height, grid->rtl ? 1 : 0);
  }
  for (int hour = 0; hour < HOURS; hour += 6) {
    g_autofree char *name = g_strdup_printf ("%02d:00", hour);
    graphene_rect_t rect = cell_rect (self, grid, hour);
    double x = grid->rtl ? rect.origin.x + rect.size.width : rect.origin.x;
    snapshot_text (self, snapshot, name, x, grid->head / 2, grid->rtl ? 1 : 0);
  }
}

static void
be_week_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BeWeekGrid *self = BE_WEEK_GRID (widget);
  const BeTheme *theme = get_theme ();
  Grid grid = get_grid (self);
  GskRoundedRect ring;

  snapshot_names (self, snapshot, &grid);
  for (int cell = 0; cell < CELLS; cell++) {
    graphene_rect_t rect = cell_rect (self, &grid, cell);
    double level = CLAMP (self->weights[cell] / self->scale, 0, 1);
    GdkRGBA color = mix (&theme->grid, &theme->role[BE_ROLE_SELF_HOSTED], level);
    gtk_snapshot_append_color (snapshot, &color, &rect);
  }
  if (!gtk_widget_has_focus (widget))
    return;
  graphene_rect_t rect = cell_rect (self, &grid, self->cell);
  const float widths[4] = { 2, 2, 2, 2 };
  GdkRGBA text = mix (&theme->text, &theme->text, 0);
  const GdkRGBA colors[4] = { text, text, text, text };
  graphene_rect_inset (&rect, -2, -2);
  gsk_rounded_rect_init_from_rect (&ring, &rect, 3);
  gtk_snapshot_append_border (snapshot, &ring, widths, colors);
}

/* ---- the widget ---- */

static void
be_week_grid_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  double size = em (widget);
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum_baseline = *natural_baseline = -1;
  *minimum = (int) (horizontal ? SIDE_EMS * size + HOURS * 9 : HEAD_EMS * size + DAYS * 20);
  *natural = (int) (horizontal ? SIDE_EMS * size + HOURS * 24 : HEAD_EMS * size + DAYS * 28);
}

static void
be_week_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BeWeekGrid *self = BE_WEEK_GRID (widget);
  int least_width, least_height;

  gtk_widget_measure (self->spoken, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  gtk_widget_measure (self->spoken, GTK_ORIENTATION_VERTICAL, -1, &least_height, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->spoken, &(GtkAllocation){ 0, 0, least_width, least_height }, -1);
}

static void
be_week_grid_dispose (GObject *object)
{
  g_clear_pointer (&BE_WEEK_GRID (object)->spoken, gtk_widget_unparent);
  G_OBJECT_CLASS (be_week_grid_parent_class)->dispose (object);
}

static void
be_week_grid_class_init (BeWeekGridClass *klass)
{
  static const char *const names[N_SIGNALS] = { "gesture-begin", "changed", "gesture-end" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = be_week_grid_dispose;
  widget_class->snapshot = be_week_grid_snapshot;
  widget_class->measure = be_week_grid_measure;
  widget_class->size_allocate = be_week_grid_size_allocate;
  for (int i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], BE_TYPE_WEEK_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "weekgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
add_controllers (BeWeekGrid *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (gtk_widget_queue_draw), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (gtk_widget_queue_draw), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, focus);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
}

static void
be_week_grid_init (BeWeekGrid *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  for (int i = 0; i < CELLS; i++)
    self->weights[i] = 1;
  self->scale = self->brush = 1;
  self->painted = -1;
  self->spoken = gtk_label_new (NULL);
  gtk_widget_set_opacity (self->spoken, 0);
  gtk_widget_set_can_target (self->spoken, FALSE);
  gtk_widget_set_parent (self->spoken, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Hours of the week"), -1);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
  add_controllers (self);
  describe (self);
}

GtkWidget *
be_week_grid_new (void)
{
  return g_object_new (BE_TYPE_WEEK_GRID, NULL);
}

void
be_week_grid_set_weights (BeWeekGrid *self, const double weights[BE_WEEK_GRID_CELLS])
{
  g_return_if_fail (BE_IS_WEEK_GRID (self));

  if (self->painted >= 0) /* the painter's own weights come back, in another measure */
    return;
  memcpy (self->weights, weights, sizeof self->weights);
  measure_scale (self);
  move_to (self, self->cell);
}

const double *
be_week_grid_get_weights (BeWeekGrid *self)
{
  g_return_val_if_fail (BE_IS_WEEK_GRID (self), NULL);
  return self->weights;
}

void
be_week_grid_set_brush (BeWeekGrid *self, double level)
{
  g_return_if_fail (BE_IS_WEEK_GRID (self));
  self->brush = CLAMP (level, 0, 1);
}

int
be_week_grid_get_cell (BeWeekGrid *self)
{
  g_return_val_if_fail (BE_IS_WEEK_GRID (self), 0);
  return self->cell;
}

void
be_week_grid_set_cell (BeWeekGrid *self, int cell)
{
  g_return_if_fail (BE_IS_WEEK_GRID (self));
  move_to (self, cell);
}

const char *
be_week_grid_get_description (BeWeekGrid *self)
{
  g_return_val_if_fail (BE_IS_WEEK_GRID (self), NULL);
  return gtk_label_get_text (GTK_LABEL (self->spoken));
}
