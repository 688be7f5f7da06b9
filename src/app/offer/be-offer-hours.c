/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a window of an offer holds: ranges of hours, days, and the time zone of the days. */
#include "app/offer/be-offer-hours.h"

#include "be-config.h"
#include "report/be-report.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define DAY_MINUTES 1440
#define STEP_MINUTES 30
enum { N_DAYS = 7 };

typedef struct {
  GtkWidget *ranges, *zone, *days[N_DAYS]; /* borrowed */
  BeScenario *scenario;                    /* owned */
  char *path, *shown;                      /* owned; shown: the hours that `ranges` was made for */
  BeRefusedFunc refused;
  gpointer user_data;
  guint refresh_id;
  gboolean is_updating;
} Hours;

static void
hours_free (gpointer data)
{
  Hours *self = data;

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_object_unref (self->scenario);
  g_free (self->path);
  g_free (self->shown);
  g_free (self);
}

static gboolean
refresh_cb (gpointer widget)
{
  Hours *self = g_object_get_data (G_OBJECT (widget), "be-offer-hours");

  self->refresh_id = 0;
  be_offer_hours_refresh (widget);
  return G_SOURCE_REMOVE;
}

/* Tells of an edit that was refused, and shows again what holds once the control is done with it.
 */
static void
settle (Hours *self, GError *error)
{
  if (error == NULL)
    return;
  self->refused (self->user_data, error);
  g_clear_pointer (&self->shown, g_free);
  if (self->refresh_id == 0)
    self->refresh_id = g_idle_add (refresh_cb, gtk_widget_get_parent (self->ranges));
}

/* ---- ranges of hours ---- */

/* "08:30", "8:30" or "8" in minutes; "24:00" is the end of the day. */
static gboolean
parse_clock (const char *text, double *minutes)
{
  int hour = 0, minute = 0, end = 0;
  gsize length = strlen (text);
  gboolean is_whole =
      (sscanf (text, "%2d:%2d%n", &hour, &minute, &end) == 2 && (gsize) end == length)
      || (sscanf (text, "%2d%n", &hour, &end) == 1 && (gsize) end == length);

  *minutes = hour * 60 + minute;
  return is_whole && hour >= 0 && minute >= 0 && minute < 60 && *minutes <= DAY_MINUTES;
}

static int
clock_input_cb (GtkSpinButton *spin, double *minutes, gpointer data)
{
  return parse_clock (gtk_editable_get_text (GTK_EDITABLE (spin)), minutes) ? TRUE
                                                                            : GTK_INPUT_ERROR;
}

static gboolean
clock_output_cb (GtkSpinButton *spin, gpointer data)
{
  int minutes = (int) gtk_adjustment_get_value (gtk_spin_button_get_adjustment (spin));
  g_autofree char *text = g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60);

  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (spin))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static int
minutes_of (GtkWidget *range, const char *part)
{
  GtkSpinButton *spin = g_object_get_data (G_OBJECT (range), part);

  return (int) gtk_spin_button_get_value (spin);
}

/* The hours as the rows have them, without one (nullable); "08:00-12:00, 13:00-17:00". */
static char *
collect (Hours *self, GtkWidget *without)
{
  GString *text = g_string_new (NULL);

  for (GtkWidget *range = gtk_widget_get_first_child (self->ranges); range != NULL;
       range = gtk_widget_get_next_sibling (range)) {
    if (range == without)
      continue;
    int from = minutes_of (range, "from"), to = minutes_of (range, "to");
    g_string_append_printf (text, "%s%02d:%02d-%02d:%02d", text->len > 0 ? ", " : "", from / 60,
                            from % 60, to / 60, to % 60);
  }
  return g_string_free (text, FALSE);
}

static void
set_hours (Hours *self, const char *hours)
{
  g_autoptr (GError) error = NULL;

  be_scenario_begin_gesture (self->scenario, _ ("Hours of the day"));
  be_scenario_set_window_hours (self->scenario, self->path, hours, &error);
  be_scenario_end_gesture (self->scenario);
  settle (self, error);
}

static void
clock_changed_cb (GtkSpinButton *spin, Hours *self)
{
  g_autofree char *hours = NULL;

  if (self->is_updating)
    return;
  hours = collect (self, NULL);
  g_free (self->shown);
  self->shown = g_strdup (hours); /* the rows stand as they are */
  set_hours (self, hours);
}

static void
remove_range_cb (GtkButton *button, Hours *self)
{
  GtkWidget *range = gtk_widget_get_parent (GTK_WIDGET (button));
  g_autofree char *hours = collect (self, range);

  set_hours (self, hours);
}

static GtkWidget *
add_clock (Hours *self, GtkWidget *range, const char *part, const char *name, int minutes)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, DAY_MINUTES, STEP_MINUTES);

  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), FALSE); /* "08:00" has a colon */
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 5);
  gtk_widget_add_css_class (spin, "numeric");
  g_signal_connect (spin, "input", G_CALLBACK (clock_input_cb), NULL);
  g_signal_connect (spin, "output", G_CALLBACK (clock_output_cb), NULL);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), minutes);
  clock_output_cb (GTK_SPIN_BUTTON (spin), NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (spin); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, !GTK_IS_BUTTON (child));
  g_signal_connect (spin, "value-changed", G_CALLBACK (clock_changed_cb), self);
  be_widget_ignore_wheel (spin);
  be_widget_name_deep (spin, name);
  g_object_set_data (G_OBJECT (range), part, spin);
  gtk_box_append (GTK_BOX (range), spin);
  return spin;
}

static void
add_range (Hours *self, const char *text, gboolean can_go)
{
  GtkWidget *range = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  int from_h = 0, from_m = 0, to_h = 24, to_m = 0;

  if (sscanf (text, "%d:%d-%d:%d", &from_h, &from_m, &to_h, &to_m) != 4)
    from_h = from_m = to_m = 0;
  add_clock (self, range, "from", _ ("From, UTC"), from_h * 60 + from_m);
  gtk_box_append (GTK_BOX (range), gtk_label_new ("–"));
  add_clock (self, range, "to", _ ("To, UTC"), to_h * 60 + to_m);
  gtk_box_append (GTK_BOX (range), gtk_label_new ("UTC"));
  gtk_widget_set_hexpand (space, TRUE);
  gtk_box_append (GTK_BOX (range), space);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _ ("Remove these hours"));
  gtk_widget_set_visible (remove, can_go);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_range_cb), self);
  be_widget_name_deep (remove, _ ("Remove these hours"));
  gtk_box_append (GTK_BOX (range), remove);
  gtk_box_append (GTK_BOX (self->ranges), range);
}

/* An hour after the last range. */
static void
add_range_cb (GtkButton *button, Hours *self)
{
  GtkWidget *last = gtk_widget_get_last_child (self->ranges);
  int from = last != NULL ? minutes_of (last, "to") % DAY_MINUTES : 0;
  int to = from + 60 <= DAY_MINUTES ? from + 60 : DAY_MINUTES;
  g_autofree char *before = collect (self, NULL);
  g_autofree char *hours =
      g_strdup_printf ("%s%s%02d:%02d-%02d:%02d", before, *before != '\0' ? ", " : "", from / 60,
                       from % 60, to / 60, to % 60);

  set_hours (self, hours);
}

static void
show_ranges (Hours *self)
{
  g_autofree char *hours = be_scenario_get_window_hours (self->scenario, self->path);
  g_auto (GStrv) ranges = g_strsplit (hours, ", ", -1);
  GtkWidget *child;

  if (g_strcmp0 (hours, self->shown) == 0)
    return;
  while ((child = gtk_widget_get_first_child (self->ranges)) != NULL)
    gtk_box_remove (GTK_BOX (self->ranges), child);
  if (*hours == '\0')
    add_range (self, "00:00-24:00", FALSE); /* no member: the whole day */
  for (guint i = 0; ranges[i] != NULL; i++)
    add_range (self, ranges[i], ranges[1] != NULL);
  g_free (self->shown);
  self->shown = g_strdup (hours);
}

/* ---- days and their time zone ---- */

static void
day_cb (GtkToggleButton *button, Hours *self)
{
  g_autoptr (GError) error = NULL;
  guint days = 0;

  if (self->is_updating)
    return;
  for (guint day = 0; day < N_DAYS; day++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->days[day])))
      days |= 1u << day;
  be_scenario_begin_gesture (self->scenario, _ ("Days"));
  be_scenario_set_window_days (self->scenario, self->path, days, &error);
  be_scenario_end_gesture (self->scenario);
  settle (self, error);
}

static void
take_zone (GtkWidget *entry, Hours *self)
{
  g_autofree char *before = be_scenario_get_window_calendar (self->scenario, self->path);
  g_autofree char *zone = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  g_autoptr (GError) error = NULL;

  if (strcmp (zone, before) == 0)
    return;
  be_scenario_begin_gesture (self->scenario, _ ("Time zone"));
  be_scenario_set_window_calendar (self->scenario, self->path, zone, &error);
  be_scenario_end_gesture (self->scenario);
  settle (self, error);
}

static void
zone_left_cb (GtkEventControllerFocus *controller, Hours *self)
{
  take_zone (self->zone, self);
}

static void
add_days (GtkWidget *box, Hours *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (row, "linked");
  for (guint day = 0; day < N_DAYS; day++) {
    g_autofree char *name = be_format_week_hour (24 * day, TRUE);
    self->days[day] = gtk_toggle_button_new_with_label (name);
    gtk_widget_add_css_class (self->days[day], "be-day");
    gtk_widget_set_hexpand (self->days[day], TRUE);
    g_signal_connect (self->days[day], "toggled", G_CALLBACK (day_cb), self);
    gtk_box_append (GTK_BOX (row), self->days[day]);
  }
  gtk_box_append (GTK_BOX (box), row);
}

static void
add_zone (GtkWidget *box, Hours *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_ ("Time zone of the days"));
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->zone = gtk_entry_new ();
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->zone), "UTC");
  gtk_editable_set_width_chars (GTK_EDITABLE (self->zone), 16);
  gtk_widget_set_tooltip_text (
      self->zone,
      _ ("The name of a time zone, like Asia/Shanghai. Only the days are read in it: the hours are "
         "UTC."));
  g_signal_connect (self->zone, "activate", G_CALLBACK (take_zone), self);
  g_signal_connect (focus, "leave", G_CALLBACK (zone_left_cb), self);
  gtk_widget_add_controller (self->zone, focus);
  be_widget_name_deep (self->zone, _ ("Time zone of the days"));
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), self->zone);
  gtk_box_append (GTK_BOX (box), row);
}

void
be_offer_hours_refresh (GtkWidget *widget)
{
  Hours *self = g_object_get_data (G_OBJECT (widget), "be-offer-hours");
  guint days = be_scenario_get_window_days (self->scenario, self->path);
  g_autofree char *zone = be_scenario_get_window_calendar (self->scenario, self->path);

  self->is_updating = TRUE;
  show_ranges (self);
  for (guint day = 0; day < N_DAYS; day++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->days[day]), (days & 1u << day) != 0);
  if (g_strcmp0 (zone, gtk_editable_get_text (GTK_EDITABLE (self->zone))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->zone), zone);
  self->is_updating = FALSE;
}

GtkWidget *
be_offer_hours_new (BeScenario *scenario, const char *path, BeRefusedFunc refused,
                    gpointer user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *add = gtk_button_new_with_label (_ ("Add Hours"));
  Hours *self = g_new0 (Hours, 1);

  self->scenario = g_object_ref (scenario);
  self->path = g_strdup (path);
  self->refused = refused;
  self->user_data = user_data;
  self->ranges = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (box), self->ranges);
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  gtk_widget_add_css_class (add, "flat");
  g_signal_connect (add, "clicked", G_CALLBACK (add_range_cb), self);
  gtk_box_append (GTK_BOX (box), add);
  add_days (box, self);
  add_zone (box, self);
  g_object_set_data_full (G_OBJECT (box), "be-offer-hours", self, hours_free);
  be_offer_hours_refresh (box);
  return box;
}
