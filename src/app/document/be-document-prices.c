/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document's prices: lists that are imported, and newer prices than its own. */
#include "app/document/be-document-view-private.h"

#include "app/be-application.h"
#include "app/dialog/be-file-dialog.h"
#include "app/dialog/be-import-dialog.h"
#include "app/document/be-notice-bar.h"
#include "be-config.h"

#include <glib/gi18n-lib.h>

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
  BeDocumentView *self = data;
  GApplication *application = g_application_get_default ();
  g_autofree char *text = g_strdup_printf (ngettext ("%u offer imported", "%u offers imported",
                                                     (gulong) be_catalog_get_n_offers (offers)),
                                           (guint) be_catalog_get_n_offers (offers));

  if (BE_IS_APPLICATION (application)) {
    Keeping *keeping = g_new (Keeping, 1);
    *keeping = (Keeping){ g_object_ref (BE_APPLICATION (application)), be_catalog_ref (offers) };
    g_timeout_add (300, keep_cb, keeping);
  }
  be_document_view_tell (self, _ ("Imported"), text);
}

static void show_next_list (BeDocumentView *self);

static void
list_closed_cb (BeDocumentView *self)
{
  self->import_dialog = NULL;
  show_next_list (self);
}

/* One list after the other, so that each is compared with what the one before brought. */
static void
show_next_list (BeDocumentView *self)
{
  g_autofree char *path = NULL;

  if (self->import_dialog != NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  path = g_queue_pop_head (&self->lists_to_import);
  if (path == NULL)
    return;
  self->import_dialog = be_import_dialog_new (be_document_view_get_window (self), self->scenario,
                                              path, imported_cb, self);
  g_signal_connect_object (self->import_dialog, "destroy", G_CALLBACK (list_closed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self->import_dialog));
}

void
be_document_view_import_path (BeDocumentView *self, const char *path)
{
  if (be_document_view_give_file (self, path))
    return;
  g_queue_push_tail (&self->lists_to_import, g_strdup (path));
  show_next_list (self);
}

static void
import_path (const char *path, gpointer data)
{
  be_document_view_import_path (data, path);
}

void
be_document_view_choose_import (BeDocumentView *self)
{
  const BeFileKind kind = { _ ("Price lists"), "*.json" };

  be_file_dialog_open (be_document_view_get_window (self), _ ("Import a Price List"), &kind, 1,
                       import_path, self);
}

void
be_document_view_apply_prices (BeDocumentView *self)
{
  g_autoptr (GError) error = NULL;

  if (!be_scenario_apply_drift (self->scenario, &error))
    be_document_view_tell (self, _ ("The prices were not changed"), error->message);
}

void
be_document_view_keep_prices (BeDocumentView *self)
{
  self->keeps_prices = TRUE;
  be_document_view_check_prices (self);
}

void
be_document_view_check_prices (BeDocumentView *self)
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
