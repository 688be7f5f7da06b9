/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window that reads a public price list and shows what it would change, before it does. */
#include "app/be-import-dialog.h"

#include "app/be-accessible.h"
#include "be-config.h"
#include "report/be-report.h"
#include "widget/be-widget.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Offers compared between two looks at the events: a piece takes a millisecond or two. */
#define PIECE 40

typedef struct {
  GtkWidget *window, *stack, *bar, *title, *box, *apply; /* borrowed */
  BeScenario *scenario;                                  /* owned */
  GCancellable *cancellable;                             /* owned */
  BePriceList *list;                                     /* owned */
  BeCatalog *offers;                                     /* owned */
  GPtrArray *changes;                                    /* owned, BePriceChange */
  size_t compared;
  guint source;
  BeImportedFunc imported;
  gpointer user_data;
} Dialog;

/* What the thread makes. */
typedef struct {
  BePriceList *list;
  BeCatalog *offers;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->list, be_price_list_free);
  g_clear_pointer (&reading->offers, be_catalog_unref);
  g_free (reading);
}

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->offers, be_catalog_unref);
  g_clear_pointer (&self->list, be_price_list_free);
  g_object_unref (self->cancellable);
  g_object_unref (self->scenario);
  g_free (self);
}

static void
read_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  Reading *reading = g_new0 (Reading, 1);
  GError *error = NULL;

  reading->list = be_price_list_load (path, &error);
  if (reading->list != NULL)
    reading->offers = be_catalog_new_from_document (reading->list->catalogue, path, &error);
  if (reading->offers != NULL) {
    g_task_return_pointer (task, reading, reading_free);
    return;
  }
  reading_free (reading);
  g_task_return_error (task, error);
}

/* ---- the preview ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *text = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (text));
}

/* A fold with a list of lines; takes the lines. Empty ones are left out. */
static void
add_fold (Dialog *self, const char *format, GPtrArray *lines, gboolean is_open)
{
  g_autoptr (GPtrArray) taken = lines;
  g_autofree char *title = g_strdup_printf ("%s (%u)", format, lines->len);
  GtkWidget *fold = gtk_expander_new (title), *scroll = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkStringList *strings;
  GtkWidget *view;

  if (lines->len == 0) {
    g_object_unref (factory);
    g_object_ref_sink (fold);
    g_object_unref (fold);
    g_object_ref_sink (scroll);
    g_object_unref (scroll);
    return;
  }
  g_ptr_array_add (lines, NULL);
  strings = gtk_string_list_new ((const char *const *) lines->pdata);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  view = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (strings))),
                            factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scroll, -1, 160);
  gtk_expander_set_child (GTK_EXPANDER (fold), scroll);
  gtk_expander_set_expanded (GTK_EXPANDER (fold), is_open);
  be_widget_name_deep (fold, title);
  gtk_box_append (GTK_BOX (self->box), fold);
}

static char *
change_line (const BePriceChange *change)
{
  GString *text = g_string_new (change->offer->key);
  guint lacking = 0;

  g_string_append_c (text, ':');
  for (guint i = 0; i < change->rates->len; i++) {
    const BeRateChange *rate = change->rates->pdata[i];
    g_autofree char *before = be_format_number (rate->before, FALSE);
    g_autofree char *after = be_format_number (rate->after, FALSE);
    if (isnan (rate->after)) {
      lacking++;
      continue;
    }
    g_string_append_printf (text, " %s %s → %s", rate->path, before, after);
    if (rate->before > 0)
      g_string_append_printf (text, " (%+.0f %%)", (rate->after / rate->before - 1) * 100);
    g_string_append_c (text, ';');
  }
  if (lacking > 0)
    g_string_append_printf (
        text, ngettext (" %u rate is not in the list", " %u rates are not in the list", lacking),
        lacking);
  return g_string_free (text, FALSE);
}

static char *
new_line (const BePriceChange *change)
{
  g_autofree char *input = be_format_money (change->offer->input, FALSE);
  g_autofree char *output = be_format_money (change->offer->output, FALSE);

  return g_strdup_printf (_ ("%s: in %s, out %s"), change->offer->key, input, output);
}

static GPtrArray *
change_lines (const Dialog *self, BePriceChangeKind kind)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->changes->len; i++) {
    const BePriceChange *change = self->changes->pdata[i];
    if (change->kind == kind)
      g_ptr_array_add (lines, kind == BE_PRICE_CHANGED ? change_line (change) : new_line (change));
  }
  return lines;
}

static GPtrArray *
remark_lines (GPtrArray *remarks)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < remarks->len; i++) {
    const BePriceListRemark *remark = remarks->pdata[i];
    g_ptr_array_add (lines, g_strdup_printf ("%s: %s", remark->place, remark->reason));
  }
  return lines;
}

static void
show_preview (Dialog *self)
{
  g_autofree char *title = g_strdup_printf (
      ngettext ("A list of %s as of %s with %u offer", "A list of %s as of %s with %u offers",
                self->list->n_models),
      self->list->format, be_catalog_get_as_of (self->offers), self->list->n_models);

  gtk_label_set_text (GTK_LABEL (self->title), title);
  add_fold (self, _ ("Changed"), change_lines (self, BE_PRICE_CHANGED), TRUE);
  add_fold (self, _ ("New"), change_lines (self, BE_PRICE_NEW), FALSE);
  add_fold (self, _ ("Skipped"), remark_lines (self->list->skipped), FALSE);
  add_fold (self, _ ("Notes"), remark_lines (self->list->notes), FALSE);
  gtk_widget_set_sensitive (self->apply, self->list->n_models > 0);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "preview");
  be_accessible_hush (self->window);
}

static gboolean
compare_cb (gpointer data)
{
  Dialog *self = data;
  size_t n = be_catalog_get_n_offers (self->offers);
  size_t to = MIN (self->compared + PIECE, n);

  be_catalog_compare_some (self->offers, be_scenario_get_catalog (self->scenario), self->compared,
                           to, self->changes, self->list->notes);
  self->compared = to;
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar),
                                 0.5 + 0.5 * (double) to / (double) MAX (n, 1));
  if (to < n)
    return G_SOURCE_CONTINUE;
  self->source = 0;
  show_preview (self);
  return G_SOURCE_REMOVE;
}

static void
read_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  Reading *reading = g_task_propagate_pointer (G_TASK (result), &error);
  Dialog *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the window is gone */
  if (reading == NULL) {
    gtk_label_set_text (GTK_LABEL (self->title), _ ("The price list cannot be read"));
    GtkWidget *label = gtk_label_new (error->message);
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_box_append (GTK_BOX (self->box), label);
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "preview");
    return;
  }
  self->list = g_steal_pointer (&reading->list);
  self->offers = g_steal_pointer (&reading->offers);
  reading_free (reading);
  self->changes = be_price_changes_new ();
  self->source = g_idle_add (compare_cb, self);
}

static void
apply_cb (GtkButton *button, Dialog *self)
{
  g_autoptr (GError) error = NULL;

  if (!be_scenario_import_offers (self->scenario, self->offers, &error)) {
    gtk_label_set_text (GTK_LABEL (self->title), error->message);
    return;
  }
  if (self->imported != NULL)
    self->imported (self->offers, self->user_data);
  gtk_window_close (GTK_WINDOW (self->window));
}

static GtkWidget *
build_waiting (Dialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reading the list"), -1);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("Reading the list…")));
  gtk_box_append (GTK_BOX (box), self->bar);
  return box;
}

static void
build (Dialog *self)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *cancel = be_widget_button_new (_ ("_Cancel"));
  GtkWidget *scroll = gtk_scrolled_window_new ();

  self->stack = gtk_stack_new ();
  self->title = gtk_label_new (NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->apply = be_widget_button_new (_ ("_Apply"));
  gtk_widget_add_css_class (self->title, "title-4");
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_box_append (GTK_BOX (self->box), self->title);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), self->box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_stack_add_named (GTK_STACK (self->stack), build_waiting (self), "waiting");
  gtk_stack_add_named (GTK_STACK (self->stack), scroll, "preview");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_widget_set_sensitive (self->apply, FALSE);
  gtk_widget_add_css_class (self->apply, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  g_signal_connect (self->apply, "clicked", G_CALLBACK (apply_cb), self);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), self->apply);
  gtk_box_append (GTK_BOX (all), self->stack);
  gtk_box_append (GTK_BOX (all), buttons);
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
  GtkEventController *keys = gtk_shortcut_controller_new ();
  g_autoptr (GTask) task = NULL;

  self->scenario = g_object_ref (scenario);
  self->cancellable = g_cancellable_new ();
  self->imported = imported;
  self->user_data = user_data;
  self->window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (self->window), _ ("Import Prices"));
  gtk_window_set_transient_for (GTK_WINDOW (self->window), parent);
  gtk_window_set_modal (GTK_WINDOW (self->window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self->window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 560, 520);
  build (self);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (self->window, keys);
  g_object_set_data_full (G_OBJECT (self->window), "be-import-dialog", self, dialog_free);
  task = g_task_new (NULL, self->cancellable, read_done_cb, self);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, read_thread);
  return self->window;
}
