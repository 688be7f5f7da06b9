/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts that a hand acts on: fingers on a chart, keys on the week, columns, the table of
 * choices, an offer's window; and that nothing moves by itself where a person wants no motion. */
#include "app/dialog/be-offer-window.h"
#include "app/document/be-notice-bar.h"
#include "app/document/be-split.h"
#include "app/offer/be-offer-sheet.h"
#include "app/serving/be-choice-table.h"
#include "widget/be-chart-view.h"
#include "widget/be-columns.h"
#include "widget/be-week-grid.h"
#include "widget/be-widget.h"

#include <adwaita.h>
#include <math.h>

static void
spin (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
count_cb (gpointer widget, int *count)
{
  (*count)++;
}

static GtkEventController *
find_controller (GtkWidget *widget, GType type, gboolean touch_only)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    if (g_type_is_a (G_OBJECT_TYPE (controller), type)
        && (!touch_only || gtk_gesture_single_get_touch_only (GTK_GESTURE_SINGLE (controller))))
      return controller;
  }
  g_assert_not_reached ();
}

static gboolean
press (GtkWidget *widget, guint key, GdkModifierType state)
{
  gboolean handled = FALSE;

  g_signal_emit_by_name (find_controller (widget, GTK_TYPE_EVENT_CONTROLLER_KEY, FALSE),
                         "key-pressed", key, 0, state, &handled);
  return handled;
}

static GtkWidget *
show_in_window (GtkWidget *widget, int width, int height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  for (int i = 0; i < 200 && gtk_widget_get_height (widget) == 0; i++) {
    spin ();
    g_usleep (5000);
  }
  return window;
}

/* ---- a chart under fingers ---- */

static GtkWidget *
make_chart (void)
{
  static const double x[] = { 0, 100, 200, 300, 400 }, y[] = { 1, 2, 3, 4, 5 };
  GtkWidget *chart = be_chart_view_new ();
  BeChartData *data = be_chart_data_new (BE_CHART_XY);

  be_chart_data_add_series (data, "Hosted", BE_ROLE_HOSTED, BE_SERIES_LINE, x, y, 5);
  data->x_low = 0;
  data->x_high = 400;
  be_chart_view_set_data (BE_CHART_VIEW (chart), data);
  return chart;
}

static void
test_pinch (void)
{
  GtkWidget *chart = make_chart (), *window = show_in_window (chart, 600, 400);
  GtkEventController *pinch = find_controller (chart, GTK_TYPE_GESTURE_ZOOM, FALSE);
  double low, high, closer;
  int told = 0;

  g_signal_connect (chart, "view-changed", G_CALLBACK (count_cb), &told);
  g_assert_false (be_chart_view_get_zoom (BE_CHART_VIEW (chart), &low, &high));
  g_signal_emit_by_name (pinch, "begin", NULL);
  g_signal_emit_by_name (pinch, "scale-changed", 2.0);
  g_assert_true (be_chart_view_get_zoom (BE_CHART_VIEW (chart), &low, &high));
  g_assert_cmpfloat_with_epsilon (high - low, 200, 2);
  g_assert_cmpfloat_with_epsilon ((high + low) / 2, 200, 2);
  g_assert_cmpint (told, ==, 1);
  /* The factor counts from the beginning of the pinch: the same once more changes nothing. */
  g_signal_emit_by_name (pinch, "scale-changed", 2.01);
  g_assert_cmpint (told, ==, 1);
  g_signal_emit_by_name (pinch, "scale-changed", 4.0);
  closer = high - low;
  g_assert_true (be_chart_view_get_zoom (BE_CHART_VIEW (chart), &low, &high));
  g_assert_cmpfloat_with_epsilon (high - low, closer / 2, 2);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_finger (void)
{
  GtkWidget *chart = make_chart (), *window = show_in_window (chart, 600, 400);
  GtkEventController *finger = find_controller (chart, GTK_TYPE_GESTURE_DRAG, TRUE);
  double low, high;

  /* A chart that shows all has nowhere to go: the finger scrolls the page. */
  g_signal_emit_by_name (finger, "drag-begin", 300.0, 200.0);
  g_signal_emit_by_name (finger, "drag-update", -90.0, 0.0);
  g_assert_false (be_chart_view_get_zoom (BE_CHART_VIEW (chart), &low, &high));
  be_chart_view_set_zoom (BE_CHART_VIEW (chart), 100, 200);
  g_signal_emit_by_name (finger, "drag-begin", 300.0, 200.0);
  g_signal_emit_by_name (finger, "drag-update", -90.0, 5.0);
  g_assert_true (be_chart_view_get_zoom (BE_CHART_VIEW (chart), &low, &high));
  g_assert_cmpfloat (low, >, 110);
  g_assert_cmpfloat_with_epsilon (high - low, 100, 1e-6);
  /* Back by the same way, and not past the data. */
  g_signal_emit_by_name (finger, "drag-update", 0.5, 0.0);
  g_signal_emit_by_name (finger, "drag-update", 5000.0, 0.0);
  g_assert_true (be_chart_view_get_zoom (BE_CHART_VIEW (chart), &low, &high));
  g_assert_cmpfloat_with_epsilon (low, 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (high, 100, 1e-6);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* ---- the week ---- */

static void
test_week_keys (void)
{
  static const struct {
    const char *name;
    guint key;
    GdkModifierType state;
    int cell, changes;
    double weight; /* of the cell that the keys are at then */
  } keys[] = {
    { "to the last day", GDK_KEY_Page_Down, 0, 144, 0, 1 },
    { "to the first", GDK_KEY_Page_Up, 0, 0, 0, 1 },
    { "no further", GDK_KEY_Left, 0, 0, 0, 1 },
    { "a tenth each", GDK_KEY_4, 0, 0, 1, 0.4 },
    { "a twentieth more", GDK_KEY_plus, 0, 0, 1, 0.45 },
    { "a twentieth less", GDK_KEY_minus, 0, 0, 1, 0.4 },
    { "taken along", GDK_KEY_Right, GDK_SHIFT_MASK, 1, 1, 0.4 },
    { "a day later", GDK_KEY_Down, 0, 25, 0, 1 },
    { "to the evening", GDK_KEY_End, 0, 47, 0, 1 },
    { "cleared", GDK_KEY_Delete, 0, 47, 1, 0 },
    { "by the brush", GDK_KEY_space, 0, 47, 1, 0.5 },
    { "not with Ctrl", GDK_KEY_9, GDK_CONTROL_MASK, 47, 0, 0.5 },
  };
  g_autoptr (GtkWidget) grid = g_object_ref_sink (be_week_grid_new ());
  int begun = 0, ended = 0, changed = 0;

  be_week_grid_set_brush (BE_WEEK_GRID (grid), 0.5);
  g_signal_connect (grid, "gesture-begin", G_CALLBACK (count_cb), &begun);
  g_signal_connect (grid, "gesture-end", G_CALLBACK (count_cb), &ended);
  g_signal_connect (grid, "changed", G_CALLBACK (count_cb), &changed);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    int before = changed;
    g_test_message ("%s", keys[i].name);
    g_assert_cmpint (press (grid, keys[i].key, keys[i].state), ==,
                     (keys[i].state & GDK_CONTROL_MASK) == 0);
    g_assert_cmpint (be_week_grid_get_cell (BE_WEEK_GRID (grid)), ==, keys[i].cell);
    g_assert_cmpint (changed - before, ==, keys[i].changes);
    g_assert_cmpfloat_with_epsilon (be_week_grid_get_weights (BE_WEEK_GRID (grid))[keys[i].cell],
                                    keys[i].weight, 1e-12);
    g_assert_cmpint (begun, ==, ended);
  }
  g_assert_cmpint (begun, ==, changed);
  g_assert_nonnull (g_strstr_len (be_week_grid_get_description (BE_WEEK_GRID (grid)), -1, "23:00"));
}

/* ---- columns ---- */

static GtkWidget *
add_box (GtkWidget *columns, int height, gboolean is_wide)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_size_request (box, 50, height);
  be_columns_append (BE_COLUMNS (columns), box, is_wide);
  return box;
}

static graphene_rect_t
place_of (GtkWidget *child, GtkWidget *columns)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (child, columns, &bounds));
  return bounds;
}

/* Two side by side where there is room, the next under the shorter one, a wide one below both. */
static void
test_columns (void)
{
  GtkWidget *columns = be_columns_new (200, 2);
  GtkWidget *tall = add_box (columns, 100, FALSE), *low = add_box (columns, 40, FALSE);
  GtkWidget *third = add_box (columns, 40, FALSE), *wide = add_box (columns, 30, TRUE);
  GtkWidget *hidden = add_box (columns, 500, FALSE);
  GtkWidget *window;
  int natural, one_column;

  gtk_widget_set_visible (hidden, FALSE);
  gtk_widget_measure (columns, GTK_ORIENTATION_VERTICAL, 300, NULL, &one_column, NULL, NULL);
  gtk_widget_measure (columns, GTK_ORIENTATION_VERTICAL, 600, NULL, &natural, NULL, NULL);
  g_assert_cmpint (one_column, >=, 100 + 40 + 40 + 30);
  g_assert_cmpint (natural, <, one_column);
  g_assert_cmpint (natural, <, 200);
  gtk_widget_set_valign (columns, GTK_ALIGN_START);
  window = show_in_window (columns, 600, 500);
  graphene_rect_t a = place_of (tall, columns), b = place_of (low, columns);
  graphene_rect_t c = place_of (third, columns), d = place_of (wide, columns);
  g_assert_cmpfloat (a.origin.y, ==, b.origin.y);
  g_assert_cmpfloat (b.origin.x, >, a.origin.x + 200);
  g_assert_cmpfloat (c.origin.x, ==, b.origin.x);
  g_assert_cmpfloat (c.origin.y, >=, b.origin.y + 40);
  g_assert_cmpfloat (d.origin.y, >=, a.origin.y + 100);
  g_assert_cmpfloat (d.size.width, ==, gtk_widget_get_width (columns));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* ---- the table of choices ---- */

static void
selected_cb (BeChoiceTable *table, guint choice, guint *seen)
{
  *seen = choice;
}

static void
test_choices (void)
{
  g_autoptr (GArray) choices = g_array_new (FALSE, TRUE, sizeof (BeServingChoice));
  GtkWidget *table = be_choice_table_new (), *window;
  static const BeCatalogGpu gpu = { .key = "h100", .name = "H100" };
  guint seen = G_MAXUINT - 1;

  for (int i = 0; i < 6; i++) {
    BeServingChoice choice = { .gpu = &gpu };
    choice.gpus_per_replica = 1 << i;
    choice.replicas = 1;
    choice.meets_target = i % 2 == 0;
    choice.per_month_usd = 1000.0 * (6 - i);
    g_array_append_val (choices, choice);
  }
  window = show_in_window (table, 700, 400);
  g_signal_connect (table, "selected", G_CALLBACK (selected_cb), &seen);
  be_choice_table_set_choices (BE_CHOICE_TABLE (table), choices, FALSE);
  be_choice_table_select (BE_CHOICE_TABLE (table), 3);
  g_assert_cmpuint (be_choice_table_get_selected (BE_CHOICE_TABLE (table)), ==, 3);
  g_assert_cmpuint (seen, ==, 3);
  /* One that the target leaves out is not shown, so it cannot stay chosen; another can. */
  be_choice_table_set_choices (BE_CHOICE_TABLE (table), choices, TRUE);
  g_assert_cmpuint (be_choice_table_get_selected (BE_CHOICE_TABLE (table)), !=, 3);
  be_choice_table_select (BE_CHOICE_TABLE (table), 1);
  g_assert_cmpuint (be_choice_table_get_selected (BE_CHOICE_TABLE (table)), !=, 1);
  be_choice_table_select (BE_CHOICE_TABLE (table), 4);
  be_choice_table_set_choices (BE_CHOICE_TABLE (table), choices, TRUE);
  g_assert_cmpuint (be_choice_table_get_selected (BE_CHOICE_TABLE (table)), ==, 4);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* ---- no motion ---- */

static void
test_reduced_motion (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = be_notice_bar_new ("Another program changed this file.", NULL, NULL, NULL, NULL);
  GtkWidget *split = be_split_new (make_chart ());
  GtkWidget *window;

  be_split_set_sidebar (split, gtk_label_new ("Inputs"));
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), split);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  window = show_in_window (box, 900, 500);
  be_notice_bar_set_shown (bar, TRUE);
  g_assert_true (gtk_revealer_get_child_revealed (GTK_REVEALER (bar)));
  be_split_set_shown (split, FALSE);
  g_assert_cmpfloat (adw_flap_get_reveal_progress (ADW_FLAP (split)), ==, 0);
  be_split_set_shown (split, TRUE);
  g_assert_cmpfloat (adw_flap_get_reveal_progress (ADW_FLAP (split)), ==, 1);
  be_notice_bar_set_shown (bar, FALSE);
  g_assert_false (gtk_revealer_get_child_revealed (GTK_REVEALER (bar)));
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
}

/* ---- an offer's parts ---- */

static void
test_part_titles (void)
{
  static const struct {
    const char *name, *window, *title;
  } cases[] = {
    { "every day", "{\"utc\":[\"16:30-00:30\"]}", "16:30-00:30 UTC" },
    { "names", "{\"utc\":[\"16:30-00:30\"],\"days\":[\"sat\",\"Sunday\"]}",
      "16:30-00:30 UTC · Sat, Sun" },
    { "numbers", "{\"utc\":[\"01:00-02:00\",\"03:00-04:00\"],\"days\":[1,\"tue\",7]}",
      "01:00-02:00, 03:00-04:00 UTC · Mon, Tue, Sun" },
    { "another text", "{\"utc\":[\"01:00-02:00\"],\"days\":[8,\"satellite\"]}",
      "01:00-02:00 UTC · satellite" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *data = g_strdup_printf ("{\"windows\":[%s]}", cases[i].window);
    g_autoptr (JsonNode) offer = json_from_string (data, NULL);
    g_autofree char *title = be_offer_part_title (offer, "windows/0");
    g_test_message ("%s", cases[i].name);
    g_assert_cmpstr (title, ==, cases[i].title);
  }
}

/* An offer's window shows what a gesture led to, not its steps, and follows undo. */
static void
test_offer_window (void)
{
  const char *const name = "offers/openai~1gpt-4o-mini/name";
  g_autoptr (BeCatalog) catalog = be_catalog_new_default (NULL);
  g_autoptr (BeScenario) scenario = be_scenario_new_from_template (catalog, "support", NULL);
  GtkWidget *window = be_offer_window_new (NULL, scenario, "openai/gpt-4o-mini");
  GtkWindow *shown = GTK_WINDOW (window);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_assert_cmpstr (gtk_window_get_title (shown), ==, "GPT-4o mini");
  be_scenario_begin_gesture (scenario, "rename");
  g_assert_true (be_scenario_set_text (scenario, name, "A", NULL));
  spin ();
  g_assert_cmpstr (gtk_window_get_title (shown), ==, "GPT-4o mini");
  be_scenario_end_gesture (scenario);
  spin ();
  g_assert_cmpstr (gtk_window_get_title (shown), ==, "A");
  be_scenario_undo (scenario);
  spin ();
  g_assert_cmpstr (gtk_window_get_title (shown), ==, "GPT-4o mini");
  gtk_window_destroy (shown);
  spin ();
  g_assert_null (window);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ()) {
    g_print ("1..0 # SKIP no display\n");
    return 0;
  }
  adw_init ();
  be_widget_init ();
  g_test_add_func ("/parts/chart/pinch", test_pinch);
  g_test_add_func ("/parts/chart/finger", test_finger);
  g_test_add_func ("/parts/week/keys", test_week_keys);
  g_test_add_func ("/parts/columns", test_columns);
  g_test_add_func ("/parts/choices", test_choices);
  g_test_add_func ("/parts/reduced-motion", test_reduced_motion);
  g_test_add_func ("/parts/offer/titles", test_part_titles);
  g_test_add_func ("/parts/offer/window", test_offer_window);
  return g_test_run ();
}
