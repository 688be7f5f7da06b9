/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's prices: lists that are imported, and newer prices than the document's. */
#include "app/window/be-main-window-private.h"

#include "app/be-application.h"
#include "app/dialog/be-file-dialog.h"
#include "app/dialog/be-import-dialog.h"
#include "app/window/be-notice-bar.h"
#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  BeApplication *application;
  BeCatalog *offers;
} Keeping;

/* For the windows to come; this one has the offers already. */
static gboolean
keep_cb (gpointer data)
{
  Keeping *keeping = data;

  be_application_take_offers (keeping->application, keeping->offers);
  be_catalog_unref (keeping->offers);
  g_object_unref (keeping->application);
  g_free (keeping);
  return G_SOURCE_REMOVE;
}

static void
imported_cb (BeCatalog *offers, gpointer data)
{
  BeMainWindow *self = data;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autofree char *text = g_strdup_printf (ngettext ("%u offer imported", "%u offers imported",
                                                     (gulong) be_catalog_get_n_offers (offers)),
                                           (guint) be_catalog_get_n_offers (offers));

  if (BE_IS_APPLICATION (application)) {
    Keeping *keeping = g_new (Keeping, 1);
    *keeping = (Keeping){ g_object_ref (BE_APPLICATION (application)), be_catalog_ref (offers) };
    g_timeout_add (300, keep_cb, keeping);
  }
  be_main_window_tell (self, _ ("Imported"), text);
}

void
be_main_window_import_path (BeMainWindow *self, const char *path)
{
  gtk_window_present (GTK_WINDOW (
      be_import_dialog_new (GTK_WINDOW (self), self->scenario, path, imported_cb, self)));
}

static void
import_path (const char *path, gpointer data)
{
  be_main_window_import_path (data, path);
}

void
be_main_window_choose_import (BeMainWindow *self)
{
  const BeFileKind kind = { _ ("Price lists"), "*.json" };

  be_file_dialog_open (GTK_WINDOW (self), _ ("Import a Price List"), &kind, 1, import_path, self);
}

void
be_main_window_apply_prices (BeMainWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (!be_scenario_apply_drift (self->scenario, &error))
    be_main_window_tell (self, _ ("The prices were not changed"), error->message);
}

void
be_main_window_keep_prices (BeMainWindow *self)
{
  self->keeps_prices = TRUE;
  be_main_window_check_prices (self);
}

void
be_main_window_check_prices (BeMainWindow *self)
{
  JsonObject *root = json_node_get_object (be_scenario_get_root (self->scenario));
  JsonNode *offers = json_object_get_member (root, "offers");
  BeCatalog *catalog = be_scenario_get_catalog (self->scenario);
  g_autofree char *sentence = NULL;

  if (offers == self->checked_offers && catalog == self->checked_catalog
      && !be_notice_bar_get_shown (self->drift))
    return;
  g_clear_pointer (&self->checked_offers, json_node_unref);
  g_clear_pointer (&self->checked_catalog, be_catalog_unref);
  self->checked_offers = offers != NULL ? json_node_ref (offers) : NULL;
  self->checked_catalog = be_catalog_ref (catalog);
  if (!self->keeps_prices)
    sentence = be_report_drift_sentence (self->scenario);
  if (sentence != NULL)
    be_notice_bar_set_text (self->drift, sentence);
  be_notice_bar_set_shown (self->drift, sentence != NULL);
}

gboolean
be_main_window_is_scenario_file (const char *path)
{
  char start[4096 + 1] = { 0 };
  FILE *file = fopen (path, "rb");
  gsize n = file != NULL ? fread (start, 1, sizeof start - 1, file) : 0;

  if (file != NULL)
    fclose (file);
  start[n] = '\0';
  return strstr (start, "breakeven-scenario") != NULL;
}
