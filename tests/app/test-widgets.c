/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The input row: what typing and sliding mean, and that each is one gesture. */
#include "widget/be-input-position.h"
#include "widget/be-input-row.h"
#include "widget/be-widget.h"

#include <math.h>

typedef struct {
  int begun, ended, changed, reset;
} Seen;

static void
count_cb (gpointer row, int *count)
{
  (*count)++;
}

static void
changed_cb (gpointer row, double value, int *count)
{
  (*count)++;
}

static BeInputRow *
make_row (const char *path, Seen *seen)
{
  GtkWidget *row = be_input_row_new (be_input_find (path), "Chat");

  *seen = (Seen){ 0 };
  g_signal_connect (row, "gesture-begin", G_CALLBACK (count_cb), &seen->begun);
  g_signal_connect (row, "gesture-end", G_CALLBACK (count_cb), &seen->ended);
  g_signal_connect (row, "value-changed", G_CALLBACK (changed_cb), &seen->changed);
  g_signal_connect (row, "reset", G_CALLBACK (count_cb), &seen->reset);
  return g_object_ref_sink (BE_INPUT_ROW (row));
}

static void
test_typing (void)
{
  static const struct {
    const char *name, *text;
    double value;
    int changed;
  } cases[] = {
    { "thousands", "8k", 8000, 1 },       { "millions", "1.5M", 1.5e6, 1 },
    { "past the slider", "2e9", 2e9, 1 }, { "words", "many", 500, 0 },
    { "negative", "-5", 500, 0 },         { "the same", "500", 500, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    Seen seen;
    g_autoptr (BeInputRow) row = make_row ("workloads/chat/requestsPerDay", &seen);
    GtkWidget *entry = be_input_row_get_entry (row);
    g_test_message ("%s", cases[i].name);
    be_input_row_set_value (row, 500);
    g_assert_cmpint (seen.changed, ==, 0);
    gtk_editable_set_text (GTK_EDITABLE (entry), cases[i].text);
    gtk_spin_button_update (GTK_SPIN_BUTTON (entry));
    g_assert_cmpfloat (be_input_row_get_value (row), ==, cases[i].value);
    g_assert_cmpint (seen.changed, ==, cases[i].changed);
    g_assert_cmpint (seen.begun, ==, cases[i].changed);
    g_assert_cmpint (seen.ended, ==, cases[i].changed);
  }
}

static void
test_slider (void)
{
  Seen seen;
  g_autoptr (BeInputRow) row = make_row ("workloads/chat/requestsPerDay", &seen);
  const BeInput *input = be_input_find ("workloads/chat/requestsPerDay");

  be_input_row_set_value (row, 500);
  gtk_range_set_value (GTK_RANGE (be_input_row_get_scale (row)), 1);
  g_assert_cmpfloat (be_input_row_get_value (row), ==, input->soft_maximum);
  g_assert_cmpint (seen.begun, ==, 1);
  g_assert_cmpint (seen.ended, ==, 1);
  for (double value = input->soft_minimum; value <= input->soft_maximum; value *= 10) {
    double position = be_input_value_to_position (input, value);
    g_assert_cmpfloat_with_epsilon (be_input_position_to_value (input, position), value,
                                    value * 1e-9);
  }
}

/* The button keeps its place and is there only for a value that is not the default. */
static void
test_reset (void)
{
  Seen seen;
  g_autoptr (BeInputRow) row = make_row ("workloads/chat/buffer", &seen);
  GtkWidget *button = be_input_row_get_reset_button (row);
  const BeInput *input = be_input_find ("workloads/chat/buffer");

  g_assert_true (gtk_widget_get_visible (button));
  g_assert_false (gtk_widget_get_sensitive (button));
  be_input_row_set_is_set (row, TRUE);
  be_input_row_set_value (row, input->default_value);
  g_assert_false (gtk_widget_get_sensitive (button));
  be_input_row_set_value (row, input->default_value + 0.25);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_assert_cmpfloat (gtk_widget_get_opacity (button), ==, 1);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpint (seen.reset, ==, 1);
  be_input_row_set_is_set (row, FALSE);
  g_assert_cmpfloat (gtk_widget_get_opacity (button), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ()) {
    g_print ("1..0 # SKIP no display\n");
    return 0;
  }
  be_widget_init ();
  g_test_add_func ("/widget/input-row/typing", test_typing);
  g_test_add_func ("/widget/input-row/slider", test_slider);
  g_test_add_func ("/widget/input-row/reset", test_reset);
  return g_test_run ();
}
