/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the input table as widgets: label, entry, slider, reset and an explanation. */
#include "widget/be-input-row.h"

#include "be-config.h"
#include "report/be-report.h"
#include "widget/be-input-position.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define ERROR_SHOWN_MS 1500
#define SLIDER_STEP 0.01
#define SLIDER_PAGE 0.1
#define ENTRY_CHARS 9

struct _BeInputRow {
  GtkWidget parent_instance;

  GtkWidget *scale; /* NULL for choices and switches */
  GtkWidget *spin;
  GtkWidget *choice;
  GtkWidget *flag;
  GtkWidget *reset;

  const BeInput *input; /* borrowed */
  char *name;           /* owned: "Requests per day, Chat" */
  double value;
  guint error_id;
  gboolean is_updating; /* the setters are at work, not the user */
  gboolean is_set;      /* the document has a value of its own */
  gboolean is_dragging;
  gboolean is_plain; /* a row of a long form */
};

G_DEFINE_FINAL_TYPE (BeInputRow, be_input_row, GTK_TYPE_WIDGET)

enum { GESTURE_BEGIN, VALUE_CHANGED, GESTURE_END, RESET, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
begin_gesture (BeInputRow *self)
{
  g_signal_emit (self, signals[GESTURE_BEGIN], 0);
}

/* The user's value, as a gesture of its own unless a drag is under way. */
static void
commit (BeInputRow *self, double value)
{
  if (self->is_updating || value == self->value)
    return;
  g_object_ref (self);
  if (!self->is_dragging)
    begin_gesture (self);
  be_input_row_set_value (self, value);
  g_signal_emit (self, signals[VALUE_CHANGED], 0, value);
  if (!self->is_dragging)
    g_signal_emit (self, signals[GESTURE_END], 0);
  g_object_unref (self);
}

static void
reset (BeInputRow *self)
{
  g_object_ref (self);
  begin_gesture (self);
  g_signal_emit (self, signals[RESET], 0);
  g_signal_emit (self, signals[GESTURE_END], 0);
  g_object_unref (self);
}

static gboolean
drag_cb (GtkEventController *controller, GdkEvent *event, BeInputRow *self)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (!self->is_dragging && (type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN)) {
    self->is_dragging = TRUE;
    begin_gesture (self);
  }
  return GDK_EVENT_PROPAGATE;
}

static void
stop_drag (BeInputRow *self)
{
  if (!self->is_dragging)
    return;
  self->is_dragging = FALSE;
  g_signal_emit (self, signals[GESTURE_END], 0);
}

/* After the slider has seen the event, so that its last move is in the gesture. */
static gboolean
release_cb (GtkEventController *controller, GdkEvent *event, BeInputRow *self)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_BUTTON_RELEASE || type == GDK_TOUCH_END || type == GDK_TOUCH_CANCEL
      || type == GDK_GRAB_BROKEN)
    stop_drag (self);
  return GDK_EVENT_PROPAGATE;
}

static void
scale_changed_cb (GtkAdjustment *adjustment, BeInputRow *self)
{
  if (!self->is_updating)
    commit (self, be_input_position_to_value (self->input, gtk_adjustment_get_value (adjustment)));
}

static void
spin_changed_cb (GtkAdjustment *adjustment, BeInputRow *self)
{
  commit (self, gtk_adjustment_get_value (adjustment));
}

static gboolean
error_over_cb (gpointer data)
{
  BeInputRow *self = data;

  self->error_id = 0;
  gtk_widget_remove_css_class (self->spin, "error");
  return G_SOURCE_REMOVE;
}

static void
show_error (BeInputRow *self)
{
  g_clear_handle_id (&self->error_id, g_source_remove);
  gtk_widget_add_css_class (self->spin, "error");
  self->error_id = g_timeout_add (ERROR_SHOWN_MS, error_over_cb, self);
}

static char *
edit_text (BeInputRow *self)
{
  return isnan (self->value) ? g_strdup ("") : be_format_edit (self->value, self->input->unit);
}

/* Text that was not touched stands for the exact value, not for its rounded digits. */
static int
input_cb (GtkSpinButton *spin, double *value, BeInputRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (spin));
  g_autofree char *shown = edit_text (self);
  double current = gtk_adjustment_get_value (gtk_spin_button_get_adjustment (spin));

  *value = current;
  if (g_strcmp0 (text, shown) == 0)
    return TRUE;
  if (self->is_plain && *text == '\0') {
    reset (self);
    *value = gtk_adjustment_get_value (gtk_spin_button_get_adjustment (spin));
    return TRUE;
  }
  if (!be_parse_value (text, self->input->unit, value) || *value < self->input->minimum
      || *value > self->input->maximum
      || (self->input->type == BE_INPUT_WHOLE && *value != floor (*value))) {
    *value = current;
    show_error (self);
    return GTK_INPUT_ERROR;
  }
  if (*value == current && isnan (self->value))
    commit (self, *value);
  return TRUE;
}

static gboolean
output_cb (GtkSpinButton *spin, BeInputRow *self)
{
  g_autofree char *text = edit_text (self);

  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (spin))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static void
choice_cb (GtkDropDown *choice, GParamSpec *pspec, BeInputRow *self)
{
  guint selected = gtk_drop_down_get_selected (choice);

  if (selected != GTK_INVALID_LIST_POSITION)
    commit (self, selected);
}

static void
flag_cb (GtkSwitch *flag, GParamSpec *pspec, BeInputRow *self)
{
  commit (self, gtk_switch_get_active (flag) ? 1 : 0);
}

static void
reset_cb (GtkButton *button, BeInputRow *self)
{
  reset (self);
}

static void
make_scale (BeInputRow *self)
{
  GtkAdjustment *adjustment = gtk_adjustment_new (0, 0, 1, SLIDER_STEP, SLIDER_PAGE, 0);
  GtkEventController *press = gtk_event_controller_legacy_new ();
  GtkEventController *release = gtk_event_controller_legacy_new ();

  self->scale = gtk_scale_new (GTK_ORIENTATION_HORIZONTAL, adjustment);
  gtk_scale_set_draw_value (GTK_SCALE (self->scale), FALSE);
  gtk_range_set_round_digits (GTK_RANGE (self->scale), -1);
  gtk_widget_set_hexpand (self->scale, TRUE);
  be_widget_ignore_wheel (self->scale);
  gtk_event_controller_set_propagation_phase (press, GTK_PHASE_CAPTURE);
  g_signal_connect (press, "event", G_CALLBACK (drag_cb), self);
  gtk_widget_add_controller (self->scale, press);
  gtk_event_controller_set_propagation_phase (release, GTK_PHASE_BUBBLE);
  g_signal_connect (release, "event", G_CALLBACK (release_cb), self);
  gtk_widget_add_controller (self->scale, release);
  g_signal_connect_swapped (self->scale, "unmap", G_CALLBACK (stop_drag), self);
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (scale_changed_cb), self);
}

/* The slider and the arrow keys do what the two small buttons would, which have no room here. */
static void
make_spin (BeInputRow *self)
{
  const BeInput *input = self->input;
  GtkAdjustment *adjustment = gtk_adjustment_new (input->minimum, input->minimum, input->maximum,
                                                  input->step, 10 * input->step, 0);

  self->spin = gtk_spin_button_new (adjustment, 0, 0);
  gtk_spin_button_set_update_policy (GTK_SPIN_BUTTON (self->spin), GTK_UPDATE_IF_VALID);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->spin), ENTRY_CHARS);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->spin), ENTRY_CHARS);
  gtk_editable_set_alignment (GTK_EDITABLE (self->spin), 1);
  gtk_widget_add_css_class (self->spin, "numeric");
  gtk_widget_set_tooltip_text (self->spin, be_unit_suffix (input->unit));
  for (GtkWidget *child = gtk_widget_get_first_child (self->spin); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, !GTK_IS_BUTTON (child));
  be_widget_ignore_wheel (self->spin);
  g_signal_connect (self->spin, "input", G_CALLBACK (input_cb), self);
  g_signal_connect (self->spin, "output", G_CALLBACK (output_cb), self);
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (spin_changed_cb), self);
}

static void
make_choice (BeInputRow *self)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (gsize i = 0; self->input->choice_labels[i] != NULL; i++)
    g_ptr_array_add (labels,
                     (gpointer) g_dgettext (GETTEXT_PACKAGE, self->input->choice_labels[i]));
  g_ptr_array_add (labels, NULL);
  self->choice = gtk_drop_down_new_from_strings ((const char *const *) labels->pdata);
  g_signal_connect (self->choice, "notify::selected", G_CALLBACK (choice_cb), self);
}

static void
make_control (BeInputRow *self)
{
  if (self->input->type == BE_INPUT_CHOICE)
    make_choice (self);
  else if (self->input->type == BE_INPUT_BOOLEAN) {
    self->flag = gtk_switch_new ();
    g_signal_connect (self->flag, "notify::active", G_CALLBACK (flag_cb), self);
  } else {
    make_spin (self);
    make_scale (self);
  }
}

static char *
describe_default (const BeInput *input)
{
  g_autofree char *value = NULL;

  if (isnan (input->default_value))
    return g_strdup (_ ("There is no default."));
  if (input->type == BE_INPUT_CHOICE)
    value =
        g_strdup (g_dgettext (GETTEXT_PACKAGE, input->choice_labels[(int) input->default_value]));
  else if (input->type == BE_INPUT_BOOLEAN)
    value = g_strdup (input->default_value != 0 ? _ ("on") : _ ("off"));
  else
    value = be_format_value (input->default_value, input->unit, FALSE);
  return g_strdup_printf (_ ("Default: %s"), value);
}

static GtkWidget *
make_info (BeInputRow *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  g_autofree char *words = describe_default (self->input);
  g_autofree char *text = g_strconcat (be_input_help (self->input), "\n", words, NULL);
  g_autofree char *name = g_strdup_printf (_ ("About %s"), self->name);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_popover_set_child (GTK_POPOVER (popover), label);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "help-about-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  gtk_widget_add_css_class (button, "dim-label");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  be_widget_name_deep (button, name);
  return button;
}

/* The button keeps its place when it is not needed, so that nothing moves under the pointer. */
static void
show_reset (BeInputRow *self)
{
  gboolean is_needed = self->is_set && !isnan (self->input->default_value)
                       && self->value != self->input->default_value;

  if (self->reset == NULL)
    return;
  gtk_widget_set_opacity (self->reset, is_needed ? 1 : 0);
  gtk_widget_set_sensitive (self->reset, is_needed);
  gtk_widget_set_can_target (self->reset, is_needed);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->reset), GTK_ACCESSIBLE_STATE_HIDDEN,
                               !is_needed, -1);
}

static void
make_reset (BeInputRow *self)
{
  g_autofree char *name = g_strdup_printf (_ ("Reset %s"), self->name);

  self->reset = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  gtk_button_set_has_frame (GTK_BUTTON (self->reset), FALSE);
  gtk_widget_set_tooltip_text (self->reset, _ ("Back to the default"));
  gtk_widget_set_valign (self->reset, GTK_ALIGN_CENTER);
  show_reset (self);
  be_widget_name_deep (self->reset, name);
  g_signal_connect (self->reset, "clicked", G_CALLBACK (reset_cb), self);
}

/* The units that neither the label nor the entry says. */
static gboolean
is_unit_unsaid (BeUnit unit)
{
  switch ((int) unit) {
  case BE_UNIT_USD:
  case BE_UNIT_USD_PER_MTOK:
  case BE_UNIT_USD_PER_HOUR:
  case BE_UNIT_USD_PER_MONTH:
  case BE_UNIT_TOKENS_PER_SECOND:
  case BE_UNIT_TOKENS_PER_MINUTE:
  case BE_UNIT_REQUESTS_PER_MINUTE:
  case BE_UNIT_HOURS:
  case BE_UNIT_MINUTES:
  case BE_UNIT_SECONDS:
  case BE_UNIT_MILLISECONDS:
  case BE_UNIT_MONTHS:
  case BE_UNIT_YEARS:
  case BE_UNIT_FTE:
  case BE_UNIT_KILOWATT:
    return TRUE;
  default:
    return FALSE;
  }
}

static GtkWidget *
make_label (const BeInput *input)
{
  GtkWidget *label = gtk_label_new (be_input_label (input));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  return label;
}

static GtkWidget *
make_unit (const BeInput *input)
{
  GtkWidget *label = gtk_label_new (be_unit_suffix (input->unit));

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_margin_start (label, 4);
  gtk_widget_set_visible (label, is_unit_unsaid (input->unit));
  return label;
}

static void
build (BeInputRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *info = make_info (self), *control;

  make_control (self);
  make_reset (self);
  control = self->spin != NULL ? self->spin : self->choice != NULL ? self->choice : self->flag;
  gtk_widget_set_hexpand (info, TRUE);
  gtk_widget_set_halign (info, GTK_ALIGN_START);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  be_widget_name_deep (control, self->name);
  gtk_box_append (GTK_BOX (line), make_label (self->input));
  gtk_box_append (GTK_BOX (line), make_unit (self->input));
  gtk_box_append (GTK_BOX (line), info);
  gtk_box_append (GTK_BOX (line), self->reset);
  gtk_box_append (GTK_BOX (line), control);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name,
                                  -1);
  gtk_widget_set_parent (line, GTK_WIDGET (self));
  if (self->scale != NULL) {
    be_widget_name_deep (self->scale, self->name);
    gtk_widget_set_parent (self->scale, GTK_WIDGET (self));
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name,
                                  -1);
}

static void
be_input_row_dispose (GObject *object)
{
  BeInputRow *self = BE_INPUT_ROW (object);
  GtkWidget *child;

  g_clear_handle_id (&self->error_id, g_source_remove);
  self->is_updating = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->scale = self->spin = self->choice = self->flag = self->reset = NULL;
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (be_input_row_parent_class)->dispose (object);
}

static guint
add_signal (const char *name, GType argument)
{
  return g_signal_new (name, BE_TYPE_INPUT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       argument != G_TYPE_NONE ? 1 : 0, argument);
}

static void
be_input_row_class_init (BeInputRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_input_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[GESTURE_BEGIN] = add_signal ("gesture-begin", G_TYPE_NONE);
  signals[VALUE_CHANGED] = add_signal ("value-changed", G_TYPE_DOUBLE);
  signals[GESTURE_END] = add_signal ("gesture-end", G_TYPE_NONE);
  signals[RESET] = add_signal ("reset", G_TYPE_NONE);
}

static void
be_input_row_init (BeInputRow *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "be-input");
  self->value = NAN;
}

GtkWidget *
be_input_row_new (const BeInput *input, const char *accessible_context)
{
  BeInputRow *self = g_object_new (BE_TYPE_INPUT_ROW, NULL);

  self->input = input;
  if (accessible_context != NULL && *accessible_context != '\0')
    self->name = g_strdup_printf ("%s, %s", be_input_label (input), accessible_context);
  else
    self->name = g_strdup (be_input_label (input));
  build (self);
  return GTK_WIDGET (self);
}

/* Arrow keys move by a step that suits the size of the value. */
static void
show_number (BeInputRow *self, double value)
{
  GtkAdjustment *adjustment = gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (self->spin));
  g_autofree char *words = be_format_value (value, self->input->unit, FALSE);
  double step = self->input->step;

  if (self->input->logarithmic && value > 0)
    step = MAX (step, pow (10, floor (log10 (value)) - 1));
  gtk_adjustment_set_step_increment (adjustment, step);
  gtk_adjustment_set_page_increment (adjustment, 10 * step);
  gtk_adjustment_set_value (adjustment, isnan (value) ? self->input->minimum : value);
  output_cb (GTK_SPIN_BUTTON (self->spin), self);
  if (!self->is_dragging)
    gtk_range_set_value (GTK_RANGE (self->scale), be_input_value_to_position (self->input, value));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  words, -1);
}

void
be_input_row_set_value (BeInputRow *self, double value)
{
  gboolean was_updating = self->is_updating;

  g_return_if_fail (BE_IS_INPUT_ROW (self));
  if (value == self->value || (isnan (value) && isnan (self->value)))
    return;
  self->is_updating = TRUE;
  self->value = value;
  if (self->spin != NULL)
    show_number (self, value);
  else if (self->choice != NULL)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->choice),
                                isnan (value) ? GTK_INVALID_LIST_POSITION : (guint) value);
  else
    gtk_switch_set_active (GTK_SWITCH (self->flag), value > 0);
  self->is_updating = was_updating;
  show_reset (self);
}

double
be_input_row_get_value (BeInputRow *self)
{
  g_return_val_if_fail (BE_IS_INPUT_ROW (self), NAN);

  return self->value;
}

void
be_input_row_set_is_set (BeInputRow *self, gboolean is_set)
{
  g_return_if_fail (BE_IS_INPUT_ROW (self));

  self->is_set = is_set;
  show_reset (self);
}

void
be_input_row_set_plain (BeInputRow *self)
{
  g_return_if_fail (BE_IS_INPUT_ROW (self));

  self->is_plain = TRUE;
  if (self->scale != NULL)
    gtk_widget_set_visible (self->scale, FALSE);
}

GtkWidget *
be_input_row_get_scale (BeInputRow *self)
{
  return self->scale;
}

GtkWidget *
be_input_row_get_entry (BeInputRow *self)
{
  return self->spin;
}

GtkWidget *
be_input_row_get_reset_button (BeInputRow *self)
{
  return self->reset;
}
