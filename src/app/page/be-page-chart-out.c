/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways out of a chart. */
#include "app/page/be-page-chart-out.h"

#include "app/be-accessible.h"
#include "app/export/be-chart-content.h"
#include "app/page/be-page-chart.h"
#include "be-config.h"

#include <glib/gi18n-lib.h>

#define MENU_KEY "be-chart-menu"

/* The nearest around the chart that lays out what it holds, which keeps popovers in their place. */
static GtkWidget *
find_holder (GtkWidget *chart)
{
  GtkWidget *holder = gtk_widget_get_parent (chart);

  while (holder != NULL && !BE_IS_PAGE_CHART (holder)
         && !GTK_IS_BIN_LAYOUT (gtk_widget_get_layout_manager (holder)))
    holder = gtk_widget_get_parent (holder);
  return holder;
}

/* NULL where nothing can hold it. */
static GtkWidget *
make_menu (GtkWidget *chart)
{
  GtkWidget *holder = find_holder (chart);
  g_autoptr (GMenu) model = g_menu_new ();
  GtkWidget *menu;

  if (holder == NULL)
    return NULL;
  g_menu_append (model, _ ("_Copy Chart"), "win.copy-chart");
  g_menu_append (model, _ ("Copy _Numbers"), "win.copy-numbers");
  g_menu_append (model, _ ("_Export…"), "win.export");
  menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (model));
  gtk_popover_set_has_arrow (GTK_POPOVER (menu), FALSE);
  gtk_widget_set_halign (menu, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Chart menu"), -1);
  be_accessible_name_menu (GTK_POPOVER (menu));
  gtk_widget_set_parent (menu, holder);
  g_signal_connect_object (holder, "destroy", G_CALLBACK (gtk_widget_unparent), menu,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (menu, "closed", G_CALLBACK (gtk_widget_grab_focus), chart,
                           G_CONNECT_SWAPPED);
  g_object_set_data (G_OBJECT (chart), MENU_KEY, menu);
  return menu;
}

/* The chart takes the focus first: the window's actions are about the one that has it. */
static void
open_menu (GtkWidget *chart, double x, double y)
{
  GtkWidget *menu = g_object_get_data (G_OBJECT (chart), MENU_KEY);

  if (menu == NULL)
    menu = make_menu (chart);
  if (menu == NULL)
    return;
  gtk_widget_grab_focus (chart);
  gtk_widget_translate_coordinates (chart, gtk_widget_get_parent (menu), x, y, &x, &y);
  gtk_popover_set_pointing_to (GTK_POPOVER (menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (menu));
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, GtkWidget *chart)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (chart, x, y);
}

static void
long_pressed_cb (GtkGestureLongPress *gesture, double x, double y, GtkWidget *chart)
{
  open_menu (chart, x, y);
}

static gboolean
menu_key_cb (GtkWidget *chart, GVariant *arguments, gpointer data)
{
  open_menu (chart, gtk_widget_get_width (chart) / 2.0, gtk_widget_get_height (chart) / 2.0);
  return TRUE;
}

static void
add_keys (GtkWidget *chart)
{
  static const struct {
    guint key;
    GdkModifierType modifiers;
  } menu_keys[] = { { GDK_KEY_Menu, 0 }, { GDK_KEY_F10, GDK_SHIFT_MASK } };
  GtkEventController *keys = gtk_shortcut_controller_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (menu_keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (keys),
        gtk_shortcut_new (gtk_keyval_trigger_new (menu_keys[i].key, menu_keys[i].modifiers),
                          gtk_callback_action_new (menu_key_cb, NULL, NULL)));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_c, GDK_CONTROL_MASK),
                        gtk_named_action_new ("win.copy-chart")));
  gtk_widget_add_controller (chart, keys);
}

/* In the plot a pointer may have missed the volume marker: there Ctrl says that the chart is meant.
 */
static gboolean
is_meant (GtkDragSource *source, BeChartView *chart, double x, double y)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (source));

  return (state & GDK_CONTROL_MASK) != 0 || !be_chart_view_is_for_volume (chart, x, y);
}

/* A finger that moves scrolls the page. */
static gboolean
is_touch (GtkDragSource *source)
{
  GdkDevice *device = gtk_gesture_get_device (GTK_GESTURE (source));

  return device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, BeChartView *chart)
{
  BeChartData *data = be_chart_view_get_data (chart);

  if (data == NULL || is_touch (source) || !is_meant (source, chart, x, y))
    return NULL;
  /* Translators: the name of the file that a chart becomes when it is dropped in a folder. */
  return be_chart_content_new_with_file (data, _ ("Breakeven chart"), NULL);
}

static void
add_drag (BeChartView *chart)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), chart);
  gtk_widget_add_controller (GTK_WIDGET (chart), GTK_EVENT_CONTROLLER (source));
}

void
be_page_chart_add_ways_out (BeChartView *chart)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), chart);
  g_signal_connect (press, "pressed", G_CALLBACK (long_pressed_cb), chart);
  gtk_widget_add_controller (GTK_WIDGET (chart), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (chart), GTK_EVENT_CONTROLLER (press));
  add_keys (GTK_WIDGET (chart));
  add_drag (chart);
}
