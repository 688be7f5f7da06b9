/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a price list would change: its head, and the lines of one kind at a time. */
#include "app/import/be-import-preview.h"

#include "app/import/be-import-lines.h"
#include "be-config.h"
#include "report/be-report.h"
#include "widget/be-widget.h"
#include "widget/be-wrapped.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The kinds of lines, in the order of their buttons. */
enum { CHANGED, NEW, SKIPPED, NOTES, N_KINDS };
static const char *const kind_names[N_KINDS] = { N_ ("Changed"), N_ ("New"), N_ ("Skipped"),
                                                 N_ ("Notes") };

typedef struct {
  GtkWidget *button, *count, *view; /* borrowed */
  BeImportLines *lines;             /* owned; NULL before there is a list */
  GPtrArray *items;                 /* owned: GtkListItem that have widgets, borrowed */
  guint tick;
} Kind;

struct _BeImportPreview {
  GtkWidget *box, *title, *age, *all, *same, *stack; /* borrowed */
  Kind kinds[N_KINDS];
  guint step, tick; /* of what is shown in a frame each */
  guint refit;
  guint n_implausible;
};

/* ---- lines ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Kind *kind)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), be_wrapped_new ("body", NULL));
  gtk_box_append (GTK_BOX (box), be_wrapped_new ("dim-label", "caption"));
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
  g_ptr_array_add (kind->items, item);
}

static void
teardown_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Kind *kind)
{
  g_ptr_array_remove_fast (kind->items, item);
}

/* What the words of a row have of the list's width. */
static int
row_width (Kind *kind)
{
  return gtk_widget_get_width (kind->view) - 24;
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Kind *kind)
{
  BeImportLine *line = gtk_list_item_get_item (item);
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *words = gtk_widget_get_next_sibling (title);

  gtk_inscription_set_text (GTK_INSCRIPTION (title), be_import_line_get_title (line));
  be_wrapped_set (words, be_import_line_get_words (line), row_width (kind));
}

static gboolean
refit_cb (gpointer data)
{
  BeImportPreview *self = data;
  GtkWidget *const heads[] = { self->title, self->age, self->same };
  int width = gtk_widget_get_width (self->box);

  self->refit = 0;
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    be_wrapped_fit (heads[i], width);
  be_wrapped_fit (gtk_check_button_get_child (GTK_CHECK_BUTTON (self->all)), width - 30);
  for (guint i = 0; i < N_KINDS; i++)
    for (guint k = 0; k < self->kinds[i].items->len; k++) {
      GtkWidget *row = gtk_list_item_get_child (self->kinds[i].items->pdata[k]);
      be_wrapped_fit (gtk_widget_get_last_child (row), row_width (&self->kinds[i]));
    }
  return G_SOURCE_REMOVE;
}

/* The window has another width. */
static void
width_cb (GtkAdjustment *adjustment, GParamSpec *pspec, BeImportPreview *self)
{
  if (self->refit == 0)
    self->refit = g_idle_add (refit_cb, self);
}

static gboolean
grow_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Kind *kind = data;

  if (be_import_lines_grow (kind->lines))
    return G_SOURCE_CONTINUE;
  kind->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
toggled_cb (GtkToggleButton *button, BeImportPreview *self)
{
  guint shown = 0;

  if (!gtk_toggle_button_get_active (button))
    return;
  while (self->kinds[shown].button != GTK_WIDGET (button))
    shown++;
  Kind *kind = &self->kinds[shown];
  gtk_stack_set_visible_child (GTK_STACK (self->stack),
                               gtk_widget_get_ancestor (kind->view, GTK_TYPE_SCROLLED_WINDOW));
  if (kind->lines != NULL && kind->tick == 0
      && g_list_model_get_n_items (G_LIST_MODEL (kind->lines)) == 0)
    kind->tick = gtk_widget_add_tick_callback (kind->view, grow_cb, kind, NULL);
}

/* ---- building ---- */

/* How many there are above what they are: its button shows them. */
static GtkWidget *
make_button (BeImportPreview *self, Kind *kind, const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (name);

  kind->count = gtk_label_new ("0");
  gtk_widget_add_css_class (kind->count, "be-tile-value");
  gtk_widget_add_css_class (kind->count, "numeric");
  gtk_widget_add_css_class (label, "caption");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), kind->count);
  gtk_box_append (GTK_BOX (box), label);
  kind->button = gtk_toggle_button_new ();
  gtk_button_set_child (GTK_BUTTON (kind->button), box);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (kind->button),
                               kind != self->kinds ? GTK_TOGGLE_BUTTON (self->kinds[0].button)
                                                   : NULL);
  gtk_widget_set_hexpand (kind->button, TRUE);
  be_widget_name (kind->button, name); /* until there is a count */
  g_signal_connect (kind->button, "toggled", G_CALLBACK (toggled_cb), self);
  return kind->button;
}

static GtkWidget *
make_list (BeImportPreview *self, Kind *kind, const char *name)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroll;

  kind->items = g_ptr_array_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), kind);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), kind);
  g_signal_connect (factory, "teardown", G_CALLBACK (teardown_cb), kind);
  kind->view = gtk_list_view_new (NULL, factory);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (kind->view), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (kind->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  scroll = be_widget_scrolled_new (kind->view);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scroll), TRUE);
  g_signal_connect (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroll)),
                    "notify::page-size", G_CALLBACK (width_cb), self);
  return scroll;
}

BeImportPreview *
be_import_preview_new (void)
{
  BeImportPreview *self = g_new0 (BeImportPreview, 1);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->title = be_wrapped_new ("title-4", NULL);
  self->age = be_wrapped_new ("warning", NULL);
  self->same = be_wrapped_new ("dim-label", NULL);
  self->all = gtk_check_button_new ();
  gtk_check_button_set_child (GTK_CHECK_BUTTON (self->all), be_wrapped_new ("body", NULL));
  be_widget_name (self->all, "");
  gtk_widget_set_visible (self->all, FALSE); /* until there is something to take */
  gtk_widget_set_hexpand (gtk_check_button_get_child (GTK_CHECK_BUTTON (self->all)), TRUE);
  self->stack = gtk_stack_new ();
  gtk_widget_add_css_class (buttons, "linked");
  gtk_widget_add_css_class (buttons, "be-switcher");
  gtk_box_set_homogeneous (GTK_BOX (buttons), TRUE);
  gtk_box_append (GTK_BOX (self->box), self->title);
  gtk_box_append (GTK_BOX (self->box), self->age);
  gtk_box_append (GTK_BOX (self->box), self->same);
  gtk_box_append (GTK_BOX (self->box), self->all);
  gtk_box_append (GTK_BOX (self->box), buttons);
  gtk_box_append (GTK_BOX (self->box), self->stack);
  for (guint i = 0; i < N_KINDS; i++) {
    gtk_box_append (GTK_BOX (buttons), make_button (self, &self->kinds[i], _ (kind_names[i])));
    gtk_stack_add_child (GTK_STACK (self->stack),
                         make_list (self, &self->kinds[i], _ (kind_names[i])));
  }
  return self;
}

void
be_import_preview_free (BeImportPreview *self)
{
  g_clear_handle_id (&self->refit, g_source_remove);
  for (guint i = 0; i < N_KINDS; i++) {
    g_clear_object (&self->kinds[i].lines);
    g_clear_pointer (&self->kinds[i].items, g_ptr_array_unref);
  }
  g_free (self);
}

GtkWidget *
be_import_preview_get_widget (BeImportPreview *self)
{
  return self->box;
}

/* ---- what is in a list ---- */

static void
show_words (BeImportPreview *self, GtkWidget *words, char *text)
{
  gtk_widget_set_visible (words, text != NULL);
  be_wrapped_set (words, text, gtk_widget_get_width (self->box));
  g_free (text);
}

/* What is off by the unit stays out unless the user wants it. */
static void
show_implausible (BeImportPreview *self, guint n)
{
  g_autofree char *text =
      g_strdup_printf (ngettext ("Take %u implausible offer too: more than $1,000 for a million "
                                 "tokens of input or $2,000 of output",
                                 "Take %u implausible offers too: more than $1,000 for a million "
                                 "tokens of input or $2,000 of output",
                                 n),
                       n);

  gtk_widget_set_visible (self->all, n > 0);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->all), FALSE);
  if (n == 0)
    return;
  be_wrapped_set (gtk_check_button_get_child (GTK_CHECK_BUTTON (self->all)), text,
                  gtk_widget_get_width (self->box) - 30);
  be_widget_name_deep (self->all, text);
}

static void
show_lines (BeImportPreview *self, guint index, BeImportLines *lines)
{
  Kind *kind = &self->kinds[index];
  guint n = be_import_lines_get_n (lines);
  g_autofree char *name = g_strdup_printf ("%s (%u)", _ (kind_names[index]), n);
  g_autofree char *count = be_format_number (n, FALSE);
  g_autoptr (GtkNoSelection) model = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (lines)));

  g_set_object (&kind->lines, lines);
  g_object_unref (lines);
  gtk_label_set_text (GTK_LABEL (kind->count), count);
  gtk_widget_set_sensitive (kind->button, n > 0);
  be_widget_name_deep (kind->button, name);
  gtk_list_view_set_model (GTK_LIST_VIEW (kind->view), GTK_SELECTION_MODEL (model));
}

/* The first kind that has lines is looked at first; what is new before what was skipped. */
static void
choose_kind (BeImportPreview *self)
{
  guint first = 0;

  while (first < N_KINDS - 1 && be_import_lines_get_n (self->kinds[first].lines) == 0)
    first++;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->kinds[first].button), TRUE);
  toggled_cb (GTK_TOGGLE_BUTTON (self->kinds[first].button), self);
}

/* What has long words to lay out comes in a frame of its own. */
static gboolean
step_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  BeImportPreview *self = data;

  switch (self->step++) {
  case 0:
    return G_SOURCE_CONTINUE;
  case 1:
    show_implausible (self, self->n_implausible);
    return G_SOURCE_CONTINUE;
  default:
    choose_kind (self);
    width_cb (NULL, NULL, self); /* it is known by now */
    self->tick = 0;
    return G_SOURCE_REMOVE;
  }
}

static gboolean
says_nothing_new (BeImportPreview *self)
{
  return be_import_lines_get_n (self->kinds[CHANGED].lines) == 0
         && be_import_lines_get_n (self->kinds[NEW].lines) == 0;
}

void
be_import_preview_show (BeImportPreview *self, BePriceList *list, BeCatalog *offers,
                        GPtrArray *changes, const char *known_as_of)
{
  const char *as_of = be_catalog_get_as_of (offers);

  show_lines (self, CHANGED, be_import_lines_new_changes (changes, BE_PRICE_CHANGED));
  show_lines (self, NEW, be_import_lines_new_changes (changes, BE_PRICE_NEW));
  show_lines (self, SKIPPED, be_import_lines_new_remarks (list->skipped));
  show_lines (self, NOTES, be_import_lines_new_remarks (list->notes));
  show_words (self, self->title,
              g_strdup_printf (ngettext ("A list of %s as of %s with %u offer",
                                         "A list of %s as of %s with %u offers", list->n_models),
                               list->format, as_of, list->n_models));
  /* An older list would put back prices that were in force before. */
  show_words (self, self->age,
              strcmp (as_of, known_as_of) < 0
                  ? g_strdup_printf (_ ("The list is older than the catalogue of %s: its prices "
                                        "would take the place of newer ones."),
                                     known_as_of)
                  : NULL);
  show_words (self, self->same,
              says_nothing_new (self)
                  ? g_strdup (_ ("Every offer of this list is known, with the same prices."))
                  : NULL);
  self->n_implausible = list->n_implausible;
  gtk_widget_set_visible (self->all, FALSE);
  self->step = 0;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (self->box, step_cb, self, NULL);
}

gboolean
be_import_preview_wants_all (BeImportPreview *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->all));
}

static void
stop_tick (GtkWidget *widget, guint *tick)
{
  if (*tick != 0)
    gtk_widget_remove_tick_callback (widget, *tick);
  *tick = 0;
}

void
be_import_preview_clear (BeImportPreview *self)
{
  stop_tick (self->box, &self->tick);
  for (guint i = 0; i < N_KINDS; i++) {
    Kind *kind = &self->kinds[i];
    stop_tick (kind->view, &kind->tick);
    gtk_list_view_set_model (GTK_LIST_VIEW (kind->view), NULL);
    g_clear_object (&kind->lines);
  }
}

/* What has no widgets goes at once, before what has some. */
static void
keep_items (Kind *kind)
{
  guint from = G_MAXUINT, to = 0;

  for (guint i = 0; i < kind->items->len; i++) {
    guint position = gtk_list_item_get_position (kind->items->pdata[i]);
    if (position == GTK_INVALID_LIST_POSITION)
      continue;
    from = MIN (from, position);
    to = MAX (to, position + 1);
  }
  be_import_lines_keep (kind->lines, from, to);
}

gboolean
be_import_preview_take_down (BeImportPreview *self)
{
  stop_tick (self->box, &self->tick);
  for (guint i = 0; i < N_KINDS; i++) {
    Kind *kind = &self->kinds[i];
    if (kind->lines == NULL || g_list_model_get_n_items (G_LIST_MODEL (kind->lines)) == 0)
      continue;
    stop_tick (kind->view, &kind->tick);
    keep_items (kind);
    be_import_lines_shrink (kind->lines);
    return TRUE;
  }
  return FALSE;
}
