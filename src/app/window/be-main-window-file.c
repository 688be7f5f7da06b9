/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's files: open, save, export, what others do to the file, unsaved changes. */
#include "app/window/be-main-window-private.h"

#include "app/dialog/be-file-dialog.h"
#include "app/dialog/be-message.h"
#include "app/window/be-notice-bar.h"
#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Size of an exported chart, in its own units, and pixels per unit of a PNG. */
#define EXPORT_WIDTH 960
#define EXPORT_HEIGHT 600
#define EXPORT_SCALE 2

static void
open_path (const char *path, gpointer data)
{
  be_main_window_open_path (data, path);
}

void
be_main_window_choose_open (BeMainWindow *self)
{
  const BeFileKind kind = { _ ("Scenarios"), "*.json" };

  be_file_dialog_open (GTK_WINDOW (self), _ ("Open a Scenario"), &kind, 1, open_path, self);
}

void
be_main_window_open_path (BeMainWindow *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario =
      be_scenario_load (be_scenario_get_catalog (self->scenario), path, &error);

  if (scenario == NULL)
    be_message_tell (GTK_WINDOW (self), _ ("The file cannot be opened"), error->message);
  else if (be_main_window_is_pristine (self))
    be_main_window_set_scenario (self, scenario);
  else
    gtk_window_present (
        GTK_WINDOW (be_main_window_new (gtk_window_get_application (GTK_WINDOW (self)), scenario)));
}

static void
settle_save (BeMainWindow *self)
{
  self->is_keeping = FALSE;
  be_main_window_check_file (self);
  if (!self->closes_on_save)
    return;
  self->is_leaving = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
overwrite_cb (const char *answer, gpointer data)
{
  BeMainWindow *self = data;
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (answer, "overwrite") != 0) {
    self->closes_on_save = FALSE;
    return;
  }
  if (be_scenario_save (self->scenario, NULL, TRUE, &error))
    settle_save (self);
  else
    be_message_tell (GTK_WINDOW (self), _ ("The scenario was not saved"), error->message);
}

static void
ask_overwrite (BeMainWindow *self)
{
  const BeAnswer answers[] = {
    { "cancel", _ ("_Cancel"), BE_ANSWER_PLAIN },
    { "overwrite", _ ("_Overwrite"), BE_ANSWER_DESTRUCTIVE },
  };

  be_message_ask (GTK_WINDOW (self), _ ("Overwrite the other changes?"),
                  _ ("Another program changed the file since it was opened here. Saving replaces "
                     "those changes."),
                  answers, G_N_ELEMENTS (answers), overwrite_cb, self);
}

gboolean
be_main_window_save_path (BeMainWindow *self, const char *path)
{
  g_autoptr (GError) error = NULL;

  if (be_scenario_save (self->scenario, path, path == NULL && self->is_keeping, &error)) {
    settle_save (self);
    return TRUE;
  }
  if (g_error_matches (error, BE_JSON_ERROR, BE_JSON_ERROR_CHANGED)) {
    ask_overwrite (self);
    return FALSE;
  }
  self->closes_on_save = FALSE;
  be_message_tell (GTK_WINDOW (self), _ ("The scenario was not saved"), error->message);
  return FALSE;
}

static void
save_path (const char *path, gpointer data)
{
  be_main_window_save_path (data, path);
}

void
be_main_window_choose_save (BeMainWindow *self)
{
  const BeFileKind kind = { _ ("Scenarios"), "*.json" };
  const char *name = be_scenario_get_name (self->scenario);
  g_autofree char *file =
      g_strconcat (name != NULL ? name : _ ("Scenario"), ".breakeven.json", NULL);

  g_strdelimit (file, "/", '-');
  be_file_dialog_save (GTK_WINDOW (self), _ ("Save the Scenario"), file, &kind, 1, save_path, self);
}

void
be_main_window_save (BeMainWindow *self)
{
  if (be_scenario_get_path (self->scenario) == NULL)
    be_main_window_choose_save (self);
  else
    be_main_window_save_path (self, NULL);
}

static gboolean
export_csv (const BeChartData *data, const char *path, GError **error)
{
  g_autofree char *text = be_report_chart_csv (data);

  return be_file_save (path, text, strlen (text), NULL, NULL, error);
}

static gboolean
export_chart (const BeChartData *data, const char *path, GError **error)
{
  static const struct {
    const char *suffix;
    BeExportFormat format;
    BeThemeKind theme;
  } formats[] = {
    { ".png", BE_EXPORT_PNG, BE_THEME_LIGHT },
    { ".svg", BE_EXPORT_SVG, BE_THEME_LIGHT },
    { ".pdf", BE_EXPORT_PDF, BE_THEME_PRINT },
  };
  g_autofree char *folded = g_ascii_strdown (path, -1);
  BeChartStyle style;

  if (g_str_has_suffix (folded, ".csv"))
    return export_csv (data, path, error);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    if (!g_str_has_suffix (folded, formats[i].suffix))
      continue;
    be_chart_style_init (&style, formats[i].theme, EXPORT_WIDTH, EXPORT_HEIGHT);
    style.format = be_format_chart;
    return be_chart_export (data, &style, formats[i].format, EXPORT_SCALE, FALSE, path, error);
  }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               _ ("“%s” names no format: end it with .png, .svg, .pdf or .csv"), path);
  return FALSE;
}

gboolean
be_main_window_export_path (BeMainWindow *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = NULL;
  BeChartData *data;

  be_update_flush (self->update);
  data = be_main_window_get_shown_data (self);
  if (!export_chart (data, path, &error)) {
    be_message_tell (GTK_WINDOW (self), _ ("The chart was not exported"), error->message);
    return FALSE;
  }
  text = g_strdup_printf (_ ("Exported “%s”"), name);
  be_main_window_tell (self, _ ("Exported"), text);
  return TRUE;
}

static void
export_path (const char *path, gpointer data)
{
  be_main_window_export_path (data, path);
}

void
be_main_window_choose_export (BeMainWindow *self)
{
  const BeFileKind kinds[] = {
    { _ ("PNG image"), "*.png" },
    { _ ("SVG drawing"), "*.svg" },
    { _ ("PDF document"), "*.pdf" },
    { _ ("Numbers as CSV"), "*.csv" },
  };
  const char *page = adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (self->stack));
  g_autofree char *name = g_strconcat (page, ".png", NULL);

  be_file_dialog_save (GTK_WINDOW (self), _ ("Export the Chart"), name, kinds, G_N_ELEMENTS (kinds),
                       export_path, self);
}

void
be_main_window_reload (BeMainWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = NULL;
  const char *path = be_scenario_get_path (self->scenario);

  if (path == NULL)
    return;
  scenario = be_scenario_load (be_scenario_get_catalog (self->scenario), path, &error);
  if (scenario == NULL) {
    be_message_tell (GTK_WINDOW (self), _ ("The file cannot be opened"), error->message);
    return;
  }
  be_main_window_set_scenario (self, scenario);
  be_notice_bar_set_shown (self->notice, FALSE);
}

void
be_main_window_keep_mine (BeMainWindow *self)
{
  self->is_keeping = TRUE;
  be_notice_bar_set_shown (self->notice, FALSE);
}

void
be_main_window_check_file (BeMainWindow *self)
{
  gboolean changed =
      be_scenario_get_path (self->scenario) != NULL && be_scenario_changed_on_disk (self->scenario);

  be_notice_bar_set_shown (self->notice, changed && !self->is_keeping);
}

static void
file_changed_cb (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
                 BeMainWindow *self)
{
  if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
    return;
  self->is_keeping = FALSE;
  be_main_window_check_file (self);
}

void
be_main_window_watch_file (BeMainWindow *self)
{
  const char *path = be_scenario_get_path (self->scenario);
  g_autoptr (GFile) file = NULL;

  if (self->monitor != NULL
      && g_strcmp0 (path, g_object_get_data (G_OBJECT (self->monitor), "path")) == 0)
    return;
  g_clear_object (&self->monitor);
  if (path == NULL)
    return;
  file = g_file_new_for_path (path);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor == NULL)
    return; /* no notices then; a save still refuses to overwrite */
  g_object_set_data_full (G_OBJECT (self->monitor), "path", g_strdup (path), g_free);
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (file_changed_cb), self, 0);
}

static void
close_cb (const char *answer, gpointer data)
{
  BeMainWindow *self = data;

  if (g_strcmp0 (answer, "save") == 0) {
    self->closes_on_save = TRUE;
    be_main_window_save (self);
  } else if (g_strcmp0 (answer, "discard") == 0) {
    self->is_leaving = TRUE;
    gtk_window_close (GTK_WINDOW (self));
  }
}

void
be_main_window_ask_close (BeMainWindow *self)
{
  const BeAnswer answers[] = {
    { "cancel", _ ("_Cancel"), BE_ANSWER_PLAIN },
    { "discard", _ ("_Discard"), BE_ANSWER_DESTRUCTIVE },
    { "save", _ ("_Save"), BE_ANSWER_SUGGESTED },
  };

  be_message_ask (GTK_WINDOW (self), _ ("Save changes?"),
                  _ ("What was changed since the last save is lost otherwise."), answers,
                  G_N_ELEMENTS (answers), close_cb, self);
}
