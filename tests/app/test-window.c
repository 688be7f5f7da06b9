/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window as a whole: edits reach headline and pages, undo, saving, reopening, exporting. */
#include "app/be-application.h"
#include "app/document/be-document-view-private.h"
#include "app/document/be-headline-view.h"
#include "app/document/be-notice-bar.h"
#include "app/page/be-page-breakdown.h"
#include "app/window/be-main-window.h"

#include <glib/gstdio.h>
#include <string.h>

static BeApplication *application;

typedef struct {
  BeMainWindow *window;
  BeDocumentView *view; /* borrowed */
  BeScenario *scenario; /* borrowed */
  char *folder;
  char *volume_path; /* requestsPerDay of the first workload */
} Fixture;

static void
spin (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Turns the main loop until `question` says yes; fails after ten seconds. */
static void
wait_until (gboolean (*question) (Fixture *f), Fixture *f)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (!question (f)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
}

static BeScenario *
new_scenario (void)
{
  g_autoptr (GError) error = NULL;
  BeScenario *scenario =
      be_scenario_new_from_template (be_application_get_catalog (application), "support", &error);

  g_assert_no_error (error);
  return scenario;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (BeScenario) scenario = new_scenario ();
  g_auto (GStrv) workloads = be_scenario_list_workloads (scenario);

  f->window = be_main_window_new (GTK_APPLICATION (application), scenario);
  f->view = be_main_window_get_shown (f->window);
  f->scenario = be_main_window_get_scenario (f->window);
  f->volume_path = be_path_join ("workloads", workloads[0], "requestsPerDay", NULL);
  f->folder = g_dir_make_tmp ("breakeven-test-XXXXXX", NULL);
  gtk_window_present (GTK_WINDOW (f->window));
  spin ();
}

static void
close_all (void)
{
  GList *windows;

  while ((windows = gtk_application_get_windows (GTK_APPLICATION (application))) != NULL)
    gtk_window_destroy (windows->data);
  spin ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  close_all ();
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (f->folder, name, NULL);
    g_unlink (path);
  }
  g_rmdir (f->folder);
  g_free (f->folder);
  g_free (f->volume_path);
}

static void
activate (Fixture *f, const char *action, const char *parameter)
{
  GVariant *variant = parameter != NULL ? g_variant_new_string (parameter) : NULL;

  g_action_group_activate_action (G_ACTION_GROUP (f->window), action, variant);
}

static void
set_volume (Fixture *f, double requests)
{
  g_autoptr (GError) error = NULL;

  be_scenario_set_number (f->scenario, f->volume_path, requests, &error);
  g_assert_no_error (error);
}

/* What the headline must say, by an evaluation of its own. */
static char *
expected_cost (BeScenario *scenario)
{
  g_autoptr (GError) error = NULL;
  const BePlanInput *input = be_scenario_resolve (scenario, &error);
  BePlanResult result;
  char *text;

  g_assert_no_error (error);
  be_plan_result_init (&result);
  g_assert_cmpint (be_plan_evaluate (input, &result), ==, BE_OK);
  g_assert_cmpint (result.cheapest, >=, 0);
  text =
      be_format_value (result.plans[result.cheapest].per_month_usd, BE_UNIT_USD_PER_MONTH, FALSE);
  be_plan_result_clear (&result);
  return text;
}

static void
assert_headline_is_right (Fixture *f)
{
  g_autofree char *expected = expected_cost (f->scenario);

  g_assert_cmpstr (be_document_view_get_headline (f->view, "cost"), ==, expected);
}

static void
test_headline (Fixture *f, gconstpointer data)
{
  static const double volumes[] = { 500000, 1000, 20000000, 123456 };
  g_autofree char *last = NULL;

  assert_headline_is_right (f);
  for (gsize i = 0; i < G_N_ELEMENTS (volumes); i++) {
    set_volume (f, volumes[i]);
    assert_headline_is_right (f);
    g_assert_cmpstr (be_document_view_get_headline (f->view, "cost"), !=, last);
    g_free (last);
    last = g_strdup (be_document_view_get_headline (f->view, "cost"));
  }
}

static gboolean
crossover_is_current (Fixture *f)
{
  gboolean current;

  return be_update_get_crossover (f->view->update, &current) != NULL && current;
}

static void
test_crossover_follows (Fixture *f, gconstpointer data)
{
  g_autofree char *sentence = NULL;

  set_volume (f, 2000);
  set_volume (f, 90000);
  be_document_view_get_headline (f->view, "cost");
  wait_until (crossover_is_current, f);
  sentence = be_crossover_sentence (be_update_get_crossover (f->view->update, NULL));
  g_assert_cmpstr (be_document_view_get_headline (f->view, "crossover"), ==, sentence);
  activate (f, "page", "crossover");
  g_assert_cmpstr (
      be_page_chart_get_sentence (be_page_get_chart (be_document_view_get_shown_page (f->view))),
      ==, sentence);
}

static gboolean
is_painted (Fixture *f)
{
  const char *shown = be_headline_view_get_text (BE_HEADLINE_VIEW (f->view->headline), "cost");
  g_autofree char *expected = expected_cost (f->scenario);

  return g_strcmp0 (shown, expected) == 0;
}

static void
test_frames_bring_edits (Fixture *f, gconstpointer data)
{
  set_volume (f, 77777);
  g_assert_false (is_painted (f));
  wait_until (is_painted, f);
}

static void
test_pages (Fixture *f, gconstpointer data)
{
  static const char *const pages[] = { "costs", "crossover", "breakdown" };
  BePageChart *chart;

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_test_message ("page %s", pages[i]);
    activate (f, "page", pages[i]);
    g_assert_cmpstr (adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (f->view->stack)), ==,
                     pages[i]);
    chart = be_page_get_chart (be_document_view_get_shown_page (f->view));
    g_assert_nonnull (be_page_chart_get_data (chart));
    g_assert_cmpuint (be_page_chart_get_data (chart)->series->len
                          + be_page_chart_get_data (chart)->bars->len,
                      >, 0);
    be_page_chart_set_numbers_shown (chart, TRUE);
    spin ();
    g_assert_true (be_page_chart_get_numbers_shown (chart));
    be_page_chart_set_numbers_shown (chart, FALSE);
  }
}

static void
test_hidden_pages_wait (Fixture *f, gconstpointer data)
{
  double before;

  activate (f, "page", "crossover");
  before = be_page_chart_get_data (BE_PAGE_CHART (be_document_view_get_page (f->view, "crossover")))
               ->volume_x;
  activate (f, "page", "costs");
  set_volume (f, 1234);
  be_document_view_get_headline (f->view, "cost");
  g_assert_true (f->view->stale[1]);
  g_assert_false (f->view->stale[0]);
  activate (f, "page", "crossover");
  g_assert_false (f->view->stale[1]);
  g_assert_cmpfloat (
      be_page_chart_get_data (BE_PAGE_CHART (be_document_view_get_page (f->view, "crossover")))
          ->volume_x,
      !=, before);
}

static void
test_bill (Fixture *f, gconstpointer data)
{
  BePageBreakdown *page = BE_PAGE_BREAKDOWN (be_document_view_get_page (f->view, "breakdown"));
  const BePlanResult *result;

  activate (f, "page", "breakdown");
  be_document_view_get_headline (f->view, "cost");
  result = be_update_get_result (f->view->update);
  g_assert_nonnull (result);
  g_assert_cmpint ((int) be_page_breakdown_get_plan (page), ==, result->cheapest);
  for (int plan = 0; plan < BE_N_PLANS; plan++) {
    gsize n_lines = result->plans[plan].defined ? result->plans[plan].n_lines : 0;

    be_page_breakdown_set_plan (page, (BePlanKind) plan);
    g_assert_cmpuint (be_page_breakdown_get_n_lines (page), ==, n_lines);
  }
}

static void
test_undo (Fixture *f, gconstpointer data)
{
  double before = be_scenario_get_number (f->scenario, f->volume_path);
  g_autofree char *cost = g_strdup (be_document_view_get_headline (f->view, "cost"));

  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (f->window), "undo"));
  g_assert_true (be_document_view_is_pristine (f->view));
  set_volume (f, 42);
  g_assert_false (be_document_view_is_pristine (f->view));
  g_assert_true (g_str_has_prefix (gtk_window_get_title (GTK_WINDOW (f->window)), "• "));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (f->window), "undo"));
  activate (f, "undo", NULL);
  g_assert_cmpfloat (be_scenario_get_number (f->scenario, f->volume_path), ==, before);
  g_assert_cmpstr (be_document_view_get_headline (f->view, "cost"), ==, cost);
  activate (f, "redo", NULL);
  g_assert_cmpfloat (be_scenario_get_number (f->scenario, f->volume_path), ==, 42);
}

static void
test_volume_gesture (Fixture *f, gconstpointer data)
{
  double before = be_scenario_get_number (f->scenario, f->volume_path);
  double factors[] = { 1.1, 1.7, 2.5 };

  activate (f, "page", "crossover");
  for (guint i = 0; i < G_N_ELEMENTS (factors); i++) {
    gboolean final = i + 1 == G_N_ELEMENTS (factors);

    g_signal_emit_by_name (be_document_view_get_page (f->view, "crossover"), "volume-changed",
                           factors[i], final);
    g_assert_cmpfloat_with_epsilon (be_scenario_get_number (f->scenario, f->volume_path),
                                    before * factors[i], 1e-6 * before);
    assert_headline_is_right (f);
  }
  activate (f, "undo", NULL);
  g_assert_cmpfloat (be_scenario_get_number (f->scenario, f->volume_path), ==, before);
  g_assert_false (be_scenario_can_undo (f->scenario));
}

static void
count_cb (gpointer sender, int *count)
{
  (*count)++;
}

static gboolean
can_redo (Fixture *f)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (f->window), "redo");
}

/* What is told once a gesture need not be told at each of its steps; but at its end it is. */
static void
test_gesture_steps (Fixture *f, gconstpointer data)
{
  double before = be_scenario_get_number (f->scenario, f->volume_path);
  int told = 0;

  set_volume (f, 42);
  activate (f, "undo", NULL);
  g_assert_true (can_redo (f));
  g_signal_connect (f->view, "state-changed", G_CALLBACK (count_cb), &told);
  be_scenario_begin_gesture (f->scenario, "drag");
  set_volume (f, 43);
  set_volume (f, before);
  g_assert_cmpint (told, ==, 0);
  be_scenario_end_gesture (f->scenario);
  g_assert_cmpint (told, ==, 1);
  g_assert_false (can_redo (f));
}

static void
test_save_and_reopen (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "plan.json", NULL);
  g_autofree char *moved = g_build_filename (f->folder, "moved.json", NULL);
  g_autofree char *cost = NULL;
  g_autoptr (BeScenario) fresh = new_scenario ();
  BeMainWindow *other;

  set_volume (f, 314159);
  activate (f, "save-path", path);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_false (be_scenario_is_dirty (f->scenario));
  g_assert_false (g_str_has_prefix (gtk_window_get_title (GTK_WINDOW (f->window)), "•"));
  cost = g_strdup (be_document_view_get_headline (f->view, "cost"));

  g_assert_cmpint (g_rename (path, moved), ==, 0);
  other = be_main_window_new (GTK_APPLICATION (application), fresh);
  be_main_window_open_path (other, moved);
  g_assert_cmpstr (be_scenario_get_path (be_main_window_get_scenario (other)), ==, moved);
  g_assert_cmpstr (be_document_view_get_headline (be_main_window_get_shown (other), "cost"), ==,
                   cost);
}

/* An edited document stays; its own file is not opened twice. */
static void
test_edited_document_is_kept (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "plan.json", NULL);
  g_autofree char *other = g_build_filename (f->folder, "other.json", NULL);
  g_autoptr (BeScenario) copy = be_scenario_copy (f->scenario);

  activate (f, "save-path", path);
  g_assert_true (be_scenario_save (copy, other, FALSE, NULL));
  set_volume (f, 5);
  activate (f, "open-path", path);
  g_assert_cmpuint (be_main_window_get_n_tabs (f->window), ==, 1);
  activate (f, "open-path", other);
  g_assert_cmpuint (be_main_window_get_n_tabs (f->window), ==, 2);
  g_assert_cmpstr (be_scenario_get_path (be_main_window_get_scenario (f->window)), ==, other);
  activate (f, "open-path", path);
  g_assert_true (be_main_window_get_scenario (f->window) == f->scenario);
  g_assert_cmpfloat (be_scenario_get_number (f->scenario, f->volume_path), ==, 5);
}

/* Drops a list of files (taken) on the window. */
static gboolean
drop_files (Fixture *f, GSList *files)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (f->window));
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean is_taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, files);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_DROP_TARGET (controller))
      g_signal_emit_by_name (controller, "drop", &value, 10.0, 10.0, &is_taken);
  }
  return is_taken;
}

static void
test_drop (Fixture *f, gconstpointer data)
{
  GSList *files = NULL;

  set_volume (f, 5);
  for (int i = 0; i < 2; i++) {
    g_autofree char *name = g_strdup_printf ("dropped-%d.breakeven.json", i);
    g_autofree char *path = g_build_filename (f->folder, name, NULL);
    g_autoptr (BeScenario) copy = be_scenario_copy (f->scenario);

    g_assert_true (be_scenario_save (copy, path, FALSE, NULL));
    files = g_slist_append (files, g_file_new_for_path (path));
  }
  g_assert_true (drop_files (f, files));
  g_assert_cmpuint (be_main_window_get_n_tabs (f->window), ==, 3);
  g_assert_cmpfloat (be_scenario_get_number (f->scenario, f->volume_path), ==, 5);
  g_assert_false (drop_files (f, NULL));
}

static int
least_width (GtkWidget *widget)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  return width;
}

/* A phone's window has room for every page and for every notice. */
static void
test_narrow (Fixture *f, gconstpointer data)
{
  GtkWidget *const bars[] = { f->view->notice, f->view->gone, f->view->newer, f->view->drift };
  guint n_pages;
  const BePageEntry *pages = be_page_list (&n_pages);

  for (gsize i = 0; i < G_N_ELEMENTS (bars); i++) {
    be_notice_bar_set_shown (bars[i], TRUE);
    g_test_message ("notice %d: %d", (int) i, least_width (bars[i]));
    g_assert_cmpint (least_width (bars[i]), <=, 360);
  }
  for (guint i = 0; i < n_pages; i++) {
    activate (f, "page", pages[i].name);
    spin ();
    g_test_message ("page %s: %d", pages[i].name, least_width (GTK_WIDGET (f->view)));
    g_assert_cmpint (least_width (GTK_WIDGET (f->view)), <=, 360);
  }
}

static guint
count_windows (void)
{
  return g_list_length (gtk_application_get_windows (GTK_APPLICATION (application)));
}

/* Actions go to the document that is shown, and a tab keeps its document in another window. */
static void
test_tabs (Fixture *f, gconstpointer data)
{
  g_autoptr (BeScenario) second = new_scenario ();
  GtkWindow *window;

  be_main_window_add (f->window, second);
  set_volume (f, 5);
  g_assert_true (g_str_has_prefix (gtk_window_get_title (GTK_WINDOW (f->window)), "S"));
  activate (f, "undo", NULL);
  g_assert_cmpfloat (be_scenario_get_number (f->scenario, f->volume_path), ==, 5);
  activate (f, "page", "serving");
  activate (f, "move-tab", NULL);
  spin ();
  g_assert_cmpuint (count_windows (), ==, 2);
  g_assert_cmpuint (be_main_window_get_n_tabs (f->window), ==, 1);
  g_assert_true (be_main_window_get_scenario (f->window) == f->scenario);
  activate (f, "undo", NULL);
  g_assert_cmpfloat (be_scenario_get_number (f->scenario, f->volume_path), !=, 5);
  window = gtk_application_get_windows (GTK_APPLICATION (application))->data;
  g_assert_true (be_main_window_get_scenario (BE_MAIN_WINDOW (window)) == second);
  g_action_group_activate_action (G_ACTION_GROUP (window), "close-tab", NULL);
  spin ();
  g_assert_cmpuint (count_windows (), ==, 1);
}

static gboolean
notice_is_shown (Fixture *f)
{
  return be_notice_bar_get_shown (f->view->notice);
}

static void
test_change_on_disk (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "plan.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (BeScenario) other = be_scenario_copy (f->scenario);
  gsize length;

  activate (f, "save-path", path);
  g_assert_false (notice_is_shown (f));
  g_assert_true (be_scenario_set_number (other, f->volume_path, 987, NULL));
  text = be_scenario_to_data (other, &length);
  g_assert_true (g_file_set_contents (path, text, (gssize) length, NULL));
  wait_until (notice_is_shown, f);
  activate (f, "reload", NULL);
  f->scenario = be_main_window_get_scenario (f->window);
  g_assert_cmpfloat (be_scenario_get_number (f->scenario, f->volume_path), ==, 987);
  g_assert_false (notice_is_shown (f));
}

static void
test_export (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *file, *magic;
  } rows[] = {
    { "chart.png", "\x89PNG" },
    { "chart.svg", "<" },
    { "chart.pdf", "%PDF" },
    { "chart.csv", "" },
  };
  static const char *const pages[] = { "costs", "crossover", "breakdown" };

  for (gsize page = 0; page < G_N_ELEMENTS (pages); page++) {
    activate (f, "page", pages[page]);
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
      g_autofree char *name = g_strconcat (pages[page], "-", rows[i].file, NULL);
      g_autofree char *path = g_build_filename (f->folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length = 0;

      g_test_message ("%s", name);
      activate (f, "export-path", path);
      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      g_assert_cmpuint (length, >, 40);
      g_assert_cmpint (memcmp (bytes, rows[i].magic, strlen (rows[i].magic)), ==, 0);
    }
  }
}

static void
test_bad_file (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "bad.json", NULL);
  g_autofree char *cost = g_strdup (be_document_view_get_headline (f->view, "cost"));

  g_assert_true (g_file_set_contents (path, "{\"format\": 1}", -1, NULL));
  activate (f, "open-path", path);
  g_assert_true (be_main_window_get_scenario (f->window) == f->scenario);
  g_assert_cmpstr (be_document_view_get_headline (f->view, "cost"), ==, cost);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/window/headline", test_headline },
    { "/window/crossover-follows", test_crossover_follows },
    { "/window/frames-bring-edits", test_frames_bring_edits },
    { "/window/pages", test_pages },
    { "/window/hidden-pages-wait", test_hidden_pages_wait },
    { "/window/bill", test_bill },
    { "/window/undo", test_undo },
    { "/window/volume-gesture", test_volume_gesture },
    { "/window/gesture-steps", test_gesture_steps },
    { "/window/save-and-reopen", test_save_and_reopen },
    { "/window/edited-document-is-kept", test_edited_document_is_kept },
    { "/window/tabs", test_tabs },
    { "/window/narrow", test_narrow },
    { "/window/drop", test_drop },
    { "/window/change-on-disk", test_change_on_disk },
    { "/window/export", test_export },
    { "/window/bad-file", test_bad_file },
  };
  g_autoptr (GError) error = NULL;
  int status;

  g_autofree char *data_home = g_dir_make_tmp ("breakeven-test-data-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", data_home, TRUE); /* recent files and prices of one's own */
  if (!gtk_init_check ())
    return 77;
  g_test_init (&argc, &argv, NULL);
  application = be_application_new (G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (be_application_get_catalog (application));
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].run, tear_down);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
