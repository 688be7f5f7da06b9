/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window that reads a public price list and shows what it would change, before it does. */
#include "app/dialog/be-import-dialog.h"

#include "app/be-accessible.h"
#include "app/dialog/be-file-dialog.h"
#include "app/import/be-import-preview.h"
#include "app/import/be-import-reading.h"
#include "app/page/be-empty-page.h"
#include "be-config.h"
#include "widget/be-widget.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Offers are compared for so long between two looks at the events. */
#define BUDGET_US 3000
#define PIECE 10
/* Of what is waited for, reading in the thread; the rest is comparing. */
#define READ_SHARE 0.7
/* Waiting of less than this shows no progress. */
#define PATIENCE_MS 300
#define LOOK_MS 50

typedef struct {
  GtkWidget *window, *stack, *waiting, *bar, *failed, *apply; /* borrowed */
  BeImportPreview *preview; /* owned; NULL before something was read */
  BeScenario *scenario;     /* owned */
  BeImportReading *reading; /* owned; NULL when nothing was read */
  GPtrArray *changes;       /* owned, BePriceChange */
  size_t compared;
  gint64 begin_us; /* of the reading */
  guint source;    /* what goes on: looking, comparing or taking down */
  BeImportedFunc imported;
  GObject *user_data; /* weak */
} Dialog;

static void read_path (Dialog *self, const char *path);

static gpointer
free_changes (gpointer changes)
{
  g_ptr_array_unref (changes);
  return NULL;
}

/* Thousands of pieces: nobody has to wait for their end. */
static void
forget_list (Dialog *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->changes != NULL)
    g_thread_unref (g_thread_new ("free-changes", free_changes, g_steal_pointer (&self->changes)));
  g_clear_pointer (&self->reading, be_import_reading_drop);
}

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_clear_pointer (&self->preview, be_import_preview_free);
  forget_list (self);
  g_object_unref (self->scenario);
  g_clear_weak_pointer (&self->user_data);
  g_free (self);
}

/* ---- what cannot be read, or holds nothing ---- */

static void
show_page (Dialog *self, const char *name)
{
  gboolean previews = g_str_equal (name, "preview");

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), name);
  gtk_widget_set_visible (self->apply, !g_str_equal (name, "failed"));
  gtk_widget_set_sensitive (self->apply, previews);
  be_accessible_hush (self->window);
}

static void
show_failure (Dialog *self, const char *title, const char *words)
{
  adw_status_page_set_title (ADW_STATUS_PAGE (self->failed), title);
  be_empty_page_set_words (self->failed, words);
  show_page (self, "failed");
}

static void
show_error (Dialog *self, const GError *error)
{
  g_autofree char *words = g_strdup_printf (
      _ ("%s\n\nA price list is a JSON file of LiteLLM, genai-prices, models.dev, OpenRouter or "
         "llm-prices, or a catalogue of this program. A scenario (*.breakeven.json) is opened, not "
         "imported."),
      error->message);

  show_failure (self, _ ("This File Cannot Be Imported"), words);
}

/* The first rows tell why. */
static void
show_nothing (Dialog *self)
{
  const BePriceList *list = self->reading->list;
  GString *words = g_string_new (NULL);
  g_autofree char *text = NULL;

  g_string_printf (
      words,
      ngettext ("The file is a list of %s, but its %u row was skipped:",
                "The file is a list of %s, but all its %u rows were skipped:", list->skipped->len),
      list->format, list->skipped->len);
  for (guint i = 0; i < MIN (3, list->skipped->len); i++) {
    const BePriceListRemark *remark = list->skipped->pdata[i];
    g_string_append_printf (words, "\n%.80s: %s", remark->place, remark->reason);
  }
  if (list->skipped->len > 3)
    g_string_append (words, "\n…");
  text = g_utf8_make_valid (words->str, -1);
  g_string_free (words, TRUE);
  show_failure (self, _ ("No Offers in This List"), text);
}

static void
choose_another (const char *path, gpointer window)
{
  read_path (g_object_get_data (G_OBJECT (window), "be-import-dialog"), path);
}

static void
another_cb (GtkButton *button, Dialog *self)
{
  const BeFileKind kind = { _ ("Price lists"), "*.json" };

  be_file_dialog_open (GTK_WINDOW (self->window), _ ("Import a Price List"), &kind, 1,
                       choose_another, self->window);
}

/* ---- reading and comparing ---- */

static void
show_progress (Dialog *self, double share)
{
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), share);
  if (g_get_monotonic_time () - self->begin_us > PATIENCE_MS * 1000)
    gtk_widget_set_visible (self->waiting, TRUE);
}

static void
show_preview (Dialog *self)
{
  if (self->reading->list->n_models == 0) {
    show_nothing (self);
    return;
  }
  if (self->preview == NULL) {
    self->preview = be_import_preview_new ();
    gtk_stack_add_named (GTK_STACK (self->stack), be_import_preview_get_widget (self->preview),
                         "preview");
  }
  be_import_preview_show (self->preview, self->reading->list, self->reading->offers, self->changes,
                          be_catalog_get_as_of (be_scenario_get_catalog (self->scenario)));
  show_page (self, "preview");
}

static gboolean
compare_cb (gpointer data)
{
  Dialog *self = data;
  BeCatalog *offers = self->reading->offers;
  size_t n = be_catalog_get_n_offers (offers);
  gint64 until = g_get_monotonic_time () + BUDGET_US;

  while (self->compared < n && g_get_monotonic_time () < until) {
    size_t to = MIN (self->compared + PIECE, n);
    be_catalog_compare_some (offers, be_scenario_get_catalog (self->scenario), self->compared, to,
                             self->changes, self->reading->list->notes);
    self->compared = to;
  }
  show_progress (self,
                 READ_SHARE + (1 - READ_SHARE) * (double) self->compared / (double) MAX (n, 1));
  if (self->compared < n)
    return G_SOURCE_CONTINUE;
  self->source = 0;
  show_preview (self);
  return G_SOURCE_REMOVE;
}

static gboolean
look_cb (gpointer data)
{
  Dialog *self = data;

  show_progress (self, READ_SHARE * be_import_reading_get_share (self->reading));
  return G_SOURCE_CONTINUE;
}

static void
read_cb (BeImportReading *reading, const GError *error, gpointer data)
{
  Dialog *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  if (error != NULL) {
    show_error (self, error);
    return;
  }
  self->compared = 0;
  self->changes = be_price_changes_new ();
  self->source = g_idle_add (compare_cb, self);
}

static void
read_path (Dialog *self, const char *path)
{
  if (self->preview != NULL)
    be_import_preview_clear (self->preview);
  forget_list (self);
  gtk_widget_set_visible (self->waiting, FALSE);
  show_page (self, "waiting");
  self->begin_us = g_get_monotonic_time ();
  self->source = g_timeout_add (LOOK_MS, look_cb, self);
  self->reading = be_import_reading_start (path, read_cb, self);
}

/* ---- the end ---- */

static void
apply_cb (GtkButton *button, Dialog *self)
{
  g_autoptr (GError) error = NULL;
  BeCatalog *offers = self->reading->offers;

  if (be_import_preview_wants_all (self->preview) && self->reading->every != NULL)
    offers = self->reading->every;
  if (!be_scenario_import_offers (self->scenario, offers, &error)) {
    show_failure (self, _ ("These Prices Cannot Be Kept"), error->message);
    return;
  }
  if (self->imported != NULL && self->user_data != NULL)
    self->imported (offers, self->user_data);
  gtk_window_close (GTK_WINDOW (self->window));
}

static gboolean
take_down_cb (gpointer data)
{
  Dialog *self = data;

  if (self->preview != NULL && be_import_preview_take_down (self->preview))
    return G_SOURCE_CONTINUE;
  self->source = 0;
  gtk_window_destroy (GTK_WINDOW (self->window));
  return G_SOURCE_REMOVE;
}

/* The window is out of sight at once; its hundreds of widgets go piece by piece. */
static gboolean
close_request_cb (GtkWindow *window, Dialog *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->reading != NULL)
    be_import_reading_stop (self->reading);
  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
  self->source = g_idle_add (take_down_cb, self);
  return GDK_EVENT_STOP;
}

/* ---- building ---- */

static GtkWidget *
build_waiting (Dialog *self)
{
  GtkWidget *label = gtk_label_new (_ ("Reading the list…"));
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->waiting = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reading the list"), -1);
  gtk_widget_add_css_class (label, "title-4");
  gtk_widget_set_valign (self->waiting, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (self->waiting, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (self->bar, 240, -1);
  gtk_box_append (GTK_BOX (self->waiting), label);
  gtk_box_append (GTK_BOX (self->waiting), self->bar);
  gtk_widget_set_vexpand (self->waiting, TRUE);
  gtk_box_append (GTK_BOX (page), self->waiting); /* a stack shows no page that is hidden */
  return page;
}

static GtkWidget *
build_buttons (Dialog *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *cancel = be_widget_button_new (_ ("_Cancel"));

  self->apply = be_widget_button_new (_ ("_Apply"));
  gtk_widget_add_css_class (self->apply, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  g_signal_connect (self->apply, "clicked", G_CALLBACK (apply_cb), self);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), self->apply);
  return buttons;
}

static void
build (Dialog *self)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->stack = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), build_waiting (self), "waiting");
  self->failed = be_empty_page_new ("dialog-warning-symbolic", "", "", _ ("Choose _Another File…"),
                                    G_CALLBACK (another_cb), self);
  gtk_stack_add_named (GTK_STACK (self->stack), self->failed, "failed");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (all), self->stack);
  gtk_box_append (GTK_BOX (all), build_buttons (self));
  gtk_widget_set_margin_start (all, 18);
  gtk_widget_set_margin_end (all, 18);
  gtk_widget_set_margin_top (all, 12);
  gtk_widget_set_margin_bottom (all, 12);
  gtk_window_set_child (GTK_WINDOW (self->window), all);
}

GtkWidget *
be_import_dialog_new (GtkWindow *parent, BeScenario *scenario, const char *path,
                      BeImportedFunc imported, gpointer user_data)
{
  Dialog *self = g_new0 (Dialog, 1);

  self->scenario = g_object_ref (scenario);
  self->imported = imported;
  if (user_data != NULL)
    g_set_weak_pointer (&self->user_data, G_OBJECT (user_data));
  self->window = gtk_window_new ();
  be_accessible_add_bar (self->window);
  gtk_window_set_title (GTK_WINDOW (self->window), _ ("Import Prices"));
  gtk_window_set_transient_for (GTK_WINDOW (self->window), parent);
  gtk_window_set_modal (GTK_WINDOW (self->window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self->window), TRUE);
  be_widget_set_default_size (GTK_WINDOW (self->window), 600, 600);
  build (self);
  be_widget_close_on_escape (self->window);
  g_signal_connect (self->window, "close-request", G_CALLBACK (close_request_cb), self);
  g_object_set_data_full (G_OBJECT (self->window), "be-import-dialog", self, dialog_free);
  read_path (self, path);
  return self->window;
}
