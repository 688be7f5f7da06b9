/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window that reads a public price list and shows what it would change, before it does. */
#include "app/dialog/be-import-dialog.h"

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
/* A list makes widgets for its first lines at once, so those come a few at a time. */
#define FIRST_LINES 240
#define FIRST_PIECE 20

typedef struct {
  GtkWidget *window, *stack, *bar, *title, *box, *apply, *all, *changed; /* borrowed */
  BeScenario *scenario;                                                  /* owned */
  GCancellable *cancellable;                                             /* owned */
  BePriceList *list;                                                     /* owned */
  BeCatalog *offers;  /* owned; what is plausible */
  BeCatalog *every;   /* owned; NULL when all is */
  GPtrArray *changes; /* owned, BePriceChange */
  size_t compared;
  guint counts[3]; /* changes, by BePriceChangeKind */
  guint step;      /* of the preview in the making */
  guint source;
  BeImportedFunc imported;
  GObject *user_data; /* weak */
} Dialog;

/* What the thread makes. */
typedef struct {
  BePriceList *list;
  BeCatalog *offers, *every;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->list, be_price_list_free);
  g_clear_pointer (&reading->offers, be_catalog_unref);
  g_clear_pointer (&reading->every, be_catalog_unref);
  g_free (reading);
}

static gpointer
free_changes (gpointer changes)
{
  g_ptr_array_unref (changes);
  return NULL;
}

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->changes != NULL) /* thousands of pieces: nobody has to wait for their end */
    g_thread_unref (g_thread_new ("free-changes", free_changes, self->changes));
  g_clear_pointer (&self->offers, be_catalog_unref);
  g_clear_pointer (&self->every, be_catalog_unref);
  g_clear_pointer (&self->list, be_price_list_free);
  g_object_unref (self->cancellable);
  g_object_unref (self->scenario);
  g_clear_weak_pointer (&self->user_data);
  g_free (self);
}

static void
read_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  Reading *reading = g_new0 (Reading, 1);
  GError *error = NULL;

  reading->list = be_price_list_load (path, &error);
  if (reading->list != NULL) {
    g_autoptr (JsonNode) plausible = be_price_list_get_plausible (reading->list);
    reading->offers = be_catalog_new_from_document (plausible, path, &error);
    if (reading->offers != NULL && reading->list->n_implausible > 0)
      reading->every = be_catalog_new_from_document (reading->list->catalogue, path, NULL);
  }
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

/* "input 2.5 → 5 (+100 %)" for each rate that the list has; what it lacks is named at the end. */
static char *
change_line (const BePriceChange *change)
{
  GString *text = g_string_new (change->offer->key);
  g_autoptr (GString) lacking = g_string_new (NULL);

  g_string_append_c (text, ':');
  for (guint i = 0; i < change->rates->len; i++) {
    const BeRateChange *rate = change->rates->pdata[i];
    g_autofree char *before = be_format_number (rate->before, FALSE);
    g_autofree char *after = be_format_number (rate->after, FALSE);
    if (isnan (rate->after)) {
      g_string_append_printf (lacking, "%s%s", lacking->len > 0 ? ", " : "", rate->path);
      continue;
    }
    g_string_append_printf (text, " %s %s → %s", rate->path, before, after);
    if (rate->before > 0)
      g_string_append_printf (text, " (%+.0f %%)", (rate->after / rate->before - 1) * 100);
    g_string_append_c (text, ';');
  }
  if (lacking->len > 0)
    g_string_append_printf (text, _ (" not in the list, so without a price of their own: %s"),
                            lacking->str);
  return g_string_free (text, FALSE);
}

static char *
new_line (const BePriceChange *change)
{
  g_autofree char *input = be_format_price (change->offer->input);
  g_autofree char *output = be_format_price (change->offer->output);

  return g_strdup_printf (_ ("%s: in %s, out %s"), change->offer->key, input, output);
}

/* What a fold shows: changes of one kind, or remarks. */
typedef struct {
  Dialog *dialog;
  GtkStringList *lines; /* owned */
  GPtrArray *remarks;   /* NULL: changes */
  BePriceChangeKind kind;
  guint next, source;
} Fold;

static void
fold_free (gpointer data, GClosure *closure)
{
  Fold *fold = data;

  g_clear_handle_id (&fold->source, g_source_remove);
  g_object_unref (fold->lines);
  g_free (fold);
}

/* A piece of the lines at a time, so that nobody waits for thousands of them. */
static gboolean
fill_cb (gpointer data)
{
  Fold *fold = data;
  GPtrArray *from = fold->remarks != NULL ? fold->remarks : fold->dialog->changes;
  guint end = MIN (fold->next + 10 * PIECE, from->len);
  guint n_lines = g_list_model_get_n_items (G_LIST_MODEL (fold->lines));
  guint most = n_lines < FIRST_LINES ? n_lines + FIRST_PIECE : G_MAXUINT;

  for (; fold->next < end && n_lines < most; fold->next++) {
    const BePriceListRemark *remark = from->pdata[fold->next];
    const BePriceChange *change = from->pdata[fold->next];
    char *line;
    if (fold->remarks != NULL)
      line = g_strdup_printf ("%s: %s", remark->place, remark->reason);
    else if (change->kind == fold->kind)
      line = fold->kind == BE_PRICE_CHANGED ? change_line (change) : new_line (change);
    else
      continue;
    gtk_string_list_take (fold->lines, line);
    n_lines++;
  }
  if (fold->next < from->len)
    return G_SOURCE_CONTINUE;
  fold->source = 0;
  return G_SOURCE_REMOVE;
}

static void
expanded_cb (GtkExpander *expander, GParamSpec *pspec, Fold *fold)
{
  if (gtk_expander_get_expanded (expander) && fold->next == 0 && fold->source == 0)
    fold->source = g_idle_add (fill_cb, fold);
}

/* Left out when there is nothing of the kind. Filled when it is opened. */
static void
add_fold (Dialog *self, const char *name, guint n, GPtrArray *remarks, BePriceChangeKind kind)
{
  g_autofree char *title = g_strdup_printf ("%s (%u)", name, n);
  GtkWidget *expander, *scroll, *view;
  GtkListItemFactory *factory;
  Fold *fold;

  if (n == 0)
    return;
  fold = g_new0 (Fold, 1);
  *fold = (Fold){ self, gtk_string_list_new (NULL), remarks, kind, 0, 0 };
  expander = gtk_expander_new (title);
  scroll = gtk_scrolled_window_new ();
  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  view = gtk_list_view_new (
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (fold->lines)))),
      factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scroll, -1, 160);
  be_accessible_fold (GTK_EXPANDER (expander), scroll);
  be_widget_name_deep (expander, title);
  g_signal_connect_data (expander, "notify::expanded", G_CALLBACK (expanded_cb), fold, fold_free,
                         0);
  if (remarks == NULL && kind == BE_PRICE_CHANGED)
    self->changed = expander;
  gtk_box_append (GTK_BOX (self->box), expander);
}

static GtkWidget *
add_words (Dialog *self, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->box), label);
  return label;
}

/* An older list would put back prices that were in force before. */
static void
add_age (Dialog *self)
{
  const char *known = be_catalog_get_as_of (be_scenario_get_catalog (self->scenario));

  if (strcmp (be_catalog_get_as_of (self->offers), known) >= 0)
    return;
  g_autofree char *text = g_strdup_printf (_ ("The list is older than the catalogue of %s: its "
                                              "prices would take the place of newer ones."),
                                           known);
  add_words (self, text, "warning");
}

/* The label of a check button is in one line unless it is told. */
static void
let_wrap (GtkWidget *button)
{
  for (GtkWidget *child = gtk_widget_get_first_child (button); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LABEL (child)) {
      gtk_label_set_wrap (GTK_LABEL (child), TRUE);
      gtk_label_set_xalign (GTK_LABEL (child), 0);
    }
}

/* What is off by the unit stays out unless the user wants it. */
static void
add_implausible (Dialog *self)
{
  guint n = self->list->n_implausible;
  g_autofree char *text = NULL;

  if (n == 0)
    return;
  text =
      g_strdup_printf (ngettext ("Take %u implausible offer too: more than $1,000 for a million "
                                 "tokens of input or $2,000 of output",
                                 "Take %u implausible offers too: more than $1,000 for a million "
                                 "tokens of input or $2,000 of output",
                                 n),
                       n);
  self->all = gtk_check_button_new_with_label (text);
  let_wrap (self->all);
  be_widget_name_deep (self->all, text);
  gtk_box_append (GTK_BOX (self->box), self->all);
}

static void
show_head (Dialog *self)
{
  g_autofree char *title = g_strdup_printf (
      ngettext ("A list of %s as of %s with %u offer", "A list of %s as of %s with %u offers",
                self->list->n_models),
      self->list->format, be_catalog_get_as_of (self->offers), self->list->n_models);

  for (guint i = 0; i < self->changes->len; i++)
    self->counts[((BePriceChange *) self->changes->pdata[i])->kind]++;
  gtk_label_set_text (GTK_LABEL (self->title), title);
  add_age (self);
  add_implausible (self);
}

static void
show_whole (Dialog *self)
{
  gtk_widget_set_sensitive (self->apply, self->list->n_models > 0);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "preview");
}

/* The preview in steps: each is a few milliseconds of building, and the loop turns between them. */
static gboolean
preview_cb (gpointer data)
{
  Dialog *self = data;

  switch (self->step++) {
  case 0:
    show_head (self);
    return G_SOURCE_CONTINUE;
  case 1:
    add_fold (self, _ ("Changed"), self->counts[BE_PRICE_CHANGED], NULL, BE_PRICE_CHANGED);
    return G_SOURCE_CONTINUE;
  case 2:
    add_fold (self, _ ("New"), self->counts[BE_PRICE_NEW], NULL, BE_PRICE_NEW);
    return G_SOURCE_CONTINUE;
  case 3:
    add_fold (self, _ ("Skipped"), self->list->skipped->len, self->list->skipped, BE_PRICE_SAME);
    return G_SOURCE_CONTINUE;
  case 4:
    add_fold (self, _ ("Notes"), self->list->notes->len, self->list->notes, BE_PRICE_SAME);
    return G_SOURCE_CONTINUE;
  case 5:
    show_whole (self);
    return G_SOURCE_CONTINUE;
  default:
    be_accessible_hush (self->window);
    if (self->changed != NULL) /* not before it shows: its lines then come a few at a time */
      gtk_expander_set_expanded (GTK_EXPANDER (self->changed), TRUE);
    self->source = 0;
    return G_SOURCE_REMOVE;
  }
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
  self->source = g_idle_add (preview_cb, self);
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
    add_words (self, error->message, "error");
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "preview");
    return;
  }
  self->list = g_steal_pointer (&reading->list);
  self->offers = g_steal_pointer (&reading->offers);
  self->every = g_steal_pointer (&reading->every);
  reading_free (reading);
  self->changes = be_price_changes_new ();
  self->source = g_idle_add (compare_cb, self);
}

static void
apply_cb (GtkButton *button, Dialog *self)
{
  g_autoptr (GError) error = NULL;

  gboolean wants_all =
      self->all != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->all));
  BeCatalog *offers = wants_all && self->every != NULL ? self->every : self->offers;

  if (!be_scenario_import_offers (self->scenario, offers, &error)) {
    gtk_label_set_text (GTK_LABEL (self->title), error->message);
    return;
  }
  if (self->imported != NULL && self->user_data != NULL)
    self->imported (offers, self->user_data);
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
  g_autoptr (GTask) task = NULL;

  self->scenario = g_object_ref (scenario);
  self->cancellable = g_cancellable_new ();
  self->imported = imported;
  if (user_data != NULL)
    g_set_weak_pointer (&self->user_data, G_OBJECT (user_data));
  self->window = gtk_window_new ();
  be_accessible_add_bar (self->window);
  gtk_window_set_title (GTK_WINDOW (self->window), _ ("Import Prices"));
  gtk_window_set_transient_for (GTK_WINDOW (self->window), parent);
  gtk_window_set_modal (GTK_WINDOW (self->window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self->window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 560, 520);
  build (self);
  be_widget_close_on_escape (self->window);
  g_object_set_data_full (G_OBJECT (self->window), "be-import-dialog", self, dialog_free);
  task = g_task_new (NULL, self->cancellable, read_done_cb, self);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, read_thread);
  return self->window;
}
