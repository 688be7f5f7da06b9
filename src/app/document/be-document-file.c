/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document's file: save, what others do to the file, unsaved changes. */
#include "app/document/be-document-view-private.h"

#include "app/be-recent.h"
#include "app/dialog/be-file-dialog.h"
#include "app/dialog/be-message.h"
#include "app/document/be-notice-bar.h"
#include "app/page/be-page-compare.h"
#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

/* A close that waited for a save does not happen. */
static void
stop_closing (BeDocumentView *self)
{
  if (self->closes_on_save)
    be_document_view_settle_close (self, FALSE);
}

static void
settle_save (BeDocumentView *self)
{
  self->is_keeping = FALSE;
  be_recent_add (be_scenario_get_path (self->scenario));
  be_document_view_check_file (self);
  if (self->closes_on_save)
    be_document_view_settle_close (self, TRUE);
}

static void
elsewhere_cb (const char *answer, gpointer data)
{
  if (g_strcmp0 (answer, "save-as") == 0)
    be_document_view_choose_save (data);
  else
    stop_closing (data);
}

/* A place that cannot be written has a way out; the document stays as it is. */
static void
tell_unsaved (BeDocumentView *self, const GError *error)
{
  const BeAnswer answers[] = {
    { "cancel", _ ("_Cancel"), BE_ANSWER_PLAIN },
    { "save-as", _ ("Save _As…"), BE_ANSWER_SUGGESTED },
  };

  be_message_ask (be_document_view_get_window (self), _ ("The scenario was not saved"),
                  error->message, answers, G_N_ELEMENTS (answers), elsewhere_cb, self);
}

static void
overwrite_cb (const char *answer, gpointer data)
{
  BeDocumentView *self = data;
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (answer, "overwrite") != 0) {
    stop_closing (self);
    return;
  }
  if (be_scenario_save (self->scenario, NULL, TRUE, &error))
    settle_save (self);
  else
    tell_unsaved (self, error);
}

static void
ask_overwrite (BeDocumentView *self)
{
  const BeAnswer answers[] = {
    { "cancel", _ ("_Cancel"), BE_ANSWER_PLAIN },
    { "overwrite", _ ("_Overwrite"), BE_ANSWER_DESTRUCTIVE },
  };

  be_message_ask (be_document_view_get_window (self), _ ("Overwrite the other changes?"),
                  _ ("Another program changed the file since it was opened here. Saving replaces "
                     "those changes."),
                  answers, G_N_ELEMENTS (answers), overwrite_cb, self);
}

gboolean
be_document_view_save_path (BeDocumentView *self, const char *name)
{
  g_autofree char *path = name != NULL ? g_canonicalize_filename (name, NULL) : NULL;
  g_autoptr (GError) error = NULL;

  if (be_scenario_save (self->scenario, path, path == NULL && self->is_keeping, &error)) {
    settle_save (self);
    return TRUE;
  }
  if (g_error_matches (error, BE_JSON_ERROR, BE_JSON_ERROR_CHANGED)) {
    ask_overwrite (self);
    return FALSE;
  }
  tell_unsaved (self, error);
  return FALSE;
}

static void
save_path (const char *path, gpointer data)
{
  be_document_view_save_path (data, path);
}

static void
save_cancelled (gpointer data)
{
  stop_closing (data);
}

void
be_document_view_choose_save (BeDocumentView *self)
{
  const BeFileKind kind = { _ ("Scenarios"), "*.json" };
  const char *name = be_scenario_get_name (self->scenario);
  g_autofree char *file =
      g_strconcat (name != NULL ? name : _ ("Scenario"), ".breakeven.json", NULL);

  g_strdelimit (file, "/", '-');
  be_file_dialog_save_or_cancel (be_document_view_get_window (self), _ ("Save the Scenario"), file,
                                 &kind, 1, save_path, save_cancelled, self);
}

void
be_document_view_save (BeDocumentView *self)
{
  if (be_scenario_get_path (self->scenario) == NULL)
    be_document_view_choose_save (self);
  else
    be_document_view_save_path (self, NULL);
}

void
be_document_view_reload (BeDocumentView *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (BE_IS_DOCUMENT_VIEW (self));

  be_volume_gesture_end (&self->volume, self->scenario);
  self->is_keeping = FALSE;
  if (!be_scenario_reload (self->scenario, &error))
    be_message_tell (be_document_view_get_window (self), _ ("The file cannot be opened"),
                     error->message);
  be_document_view_check_file (self);
}

void
be_document_view_keep_mine (BeDocumentView *self)
{
  self->is_keeping = TRUE;
  be_document_view_check_file (self);
}

/* The bar for a file that is there, or no more. */
void
be_document_view_check_file (BeDocumentView *self)
{
  const char *path = be_scenario_get_path (self->scenario);
  gboolean changed = path != NULL && be_scenario_changed_on_disk (self->scenario);
  gboolean is_there = path != NULL && g_file_test (path, G_FILE_TEST_EXISTS);

  be_notice_bar_set_shown (self->notice, changed && is_there && !self->is_keeping);
  be_notice_bar_set_shown (self->gone, changed && !is_there && !self->is_keeping);
}

static void
file_changed_cb (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
                 BeDocumentView *self)
{
  if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
    return;
  self->is_keeping = FALSE;
  be_document_view_check_file (self);
}

void
be_document_view_watch_file (BeDocumentView *self)
{
  const char *path = be_scenario_get_path (self->scenario);
  g_autofree char *target = NULL;
  g_autoptr (GFile) file = NULL;

  if (self->monitor != NULL
      && g_strcmp0 (path, g_object_get_data (G_OBJECT (self->monitor), "path")) == 0)
    return;
  g_clear_object (&self->monitor);
  if (path == NULL)
    return;
  /* Others change what a link leads to, not the link. */
  target = realpath (path, NULL);
  file = g_file_new_for_path (target != NULL ? target : path);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor == NULL)
    return; /* no notices then; a save still refuses to overwrite */
  g_object_set_data_full (G_OBJECT (self->monitor), "path", g_strdup (path), g_free);
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (file_changed_cb), self, 0);
}

void
be_document_view_compare_path (BeDocumentView *self, const char *path)
{
  BePage *page = be_document_view_get_page (self, "compare");

  adw_view_stack_set_visible_child (ADW_VIEW_STACK (self->stack), GTK_WIDGET (page));
  be_page_compare_open (BE_PAGE_COMPARE (page), be_document_view_get_update (self), path);
}

static void
close_cb (const char *answer, gpointer data)
{
  BeDocumentView *self = data;

  if (g_strcmp0 (answer, "save") == 0) {
    self->closes_on_save = TRUE;
    be_document_view_save (self);
  } else {
    be_document_view_settle_close (self, g_strcmp0 (answer, "discard") == 0);
  }
}

void
be_document_view_ask_close (BeDocumentView *self)
{
  const BeAnswer answers[] = {
    { "cancel", _ ("_Cancel"), BE_ANSWER_PLAIN },
    { "discard", _ ("_Discard"), BE_ANSWER_DESTRUCTIVE },
    { "save", _ ("_Save"), BE_ANSWER_SUGGESTED },
  };
  g_autofree char *title = NULL;
  g_autofree char *heading = NULL;

  g_return_if_fail (BE_IS_DOCUMENT_VIEW (self));

  if (!be_scenario_is_dirty (self->scenario)) {
    be_document_view_settle_close (self, TRUE);
    return;
  }
  title = be_document_view_get_title (self);
  heading = g_strdup_printf (_ ("Save changes to “%s”?"), title);
  be_message_ask (be_document_view_get_window (self), heading,
                  _ ("What was changed since the last save is lost otherwise."), answers,
                  G_N_ELEMENTS (answers), close_cb, self);
}
