/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What differs between two scenarios: a card for each cause with what it does to the cost. */
#include "app/compare/be-difference-list.h"

#include "app/be-accessible.h"
#include "app/input/be-sidebar.h"
#include "be-config.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Of one cause, until all are asked for: more rows than are read at once. */
#define SHOWN_AT_FIRST 30

/* A cause: heading, cost, rows. */
typedef struct {
  GtkWidget *box, *change, *list, *more;
  GPtrArray *rows; /* GtkListBoxRow, borrowed from the list */
  gboolean is_whole;
} Section;

struct _BeDifferenceList {
  GtkWidget parent_instance;

  Section sections[BE_N_CAUSES];
  BeComparison *comparison; /* owned, NULL before the first */
  gboolean can_take;
};

G_DEFINE_FINAL_TYPE (BeDifferenceList, be_difference_list, GTK_TYPE_WIDGET)

static guint take_signal, chosen_signal;

static void show_section (BeDifferenceList *self, int cause);

/* ---- a row ---- */

static void
take_cb (GtkButton *button, BeDifferenceList *self)
{
  g_autofree char *path = g_strdup (g_object_get_data (G_OBJECT (button), "path"));

  if (path != NULL)
    g_signal_emit (self, take_signal, 0, path);
}

static void
add_value (GtkWidget *row, GtkWidget *box, const char *key)
{
  GtkWidget *label = be_widget_add_words (box, NULL, "numeric");

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
  /* In one line where there is room for it. */
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  g_object_set_data (G_OBJECT (row), key, label);
}

static GtkWidget *
make_take_button (BeDifferenceList *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-revert-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Take over what the other scenario has"));
  g_signal_connect (button, "clicked", G_CALLBACK (take_cb), self);
  return button;
}

static GtkWidget *
make_row (BeDifferenceList *self)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  GtkWidget *take = make_take_button (self);

  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (row), "label", be_widget_add_words (words, NULL, NULL));
  gtk_label_set_width_chars (g_object_get_data (G_OBJECT (row), "label"), 8);
  g_object_set_data (G_OBJECT (row), "owner", be_widget_add_words (words, NULL, "dim-label"));
  gtk_widget_add_css_class (g_object_get_data (G_OBJECT (row), "owner"), "caption");
  gtk_widget_add_css_class (arrow, "dim-label");
  gtk_box_append (GTK_BOX (box), words);
  add_value (row, box, "before");
  gtk_box_append (GTK_BOX (box), arrow);
  add_value (row, box, "after");
  gtk_box_append (GTK_BOX (box), take);
  g_object_set_data (G_OBJECT (row), "take", take);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

static void
set_text (GtkWidget *row, const char *key, const char *text)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (row), key);

  be_widget_set_words (label, text, NULL);
  gtk_widget_set_visible (label, *text != '\0');
}

/* What the row is called, with what it says; nothing is done where that is the same as before. */
static void
fill_row (BeDifferenceList *self, GtkWidget *row, const BeDifferenceRow *difference)
{
  GtkWidget *take = g_object_get_data (G_OBJECT (row), "take");
  const char *owner = difference->owner;
  g_autofree char *title = *owner != '\0' ? g_strdup_printf (_ ("%s, %s"), difference->label, owner)
                                          : g_strdup (difference->label);
  g_autofree char *name = NULL, *act = NULL;

  /* Translators: an input with its owner, its value before and after. */
  name =
      g_strdup_printf (_ ("%s: before %s, after %s"), title, difference->before, difference->after);
  gtk_widget_set_visible (row, TRUE);
  gtk_widget_set_visible (take, self->can_take && difference->is_single);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row),
                                    difference->is_single && be_sidebar_takes (difference->path));
  if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "name"), name) == 0
      && g_strcmp0 (gtk_widget_get_tooltip_text (row), difference->path) == 0)
    return;
  /* Translators: an input with its owner. */
  act = g_strdup_printf (_ ("Take over %s"), title);
  set_text (row, "label", difference->label);
  set_text (row, "owner", owner);
  set_text (row, "before", difference->before);
  set_text (row, "after", difference->after);
  gtk_widget_set_tooltip_text (row, difference->path);
  g_object_set_data_full (G_OBJECT (take), "path", g_strdup (difference->path), g_free);
  be_widget_name (take, act);
  be_widget_name (row, name);
  g_object_set_data_full (G_OBJECT (row), "name", g_steal_pointer (&name), g_free);
}

/* ---- a cause ---- */

/* The row's tooltip is the path of its input. */
static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, BeDifferenceList *self)
{
  g_autofree char *path = g_strdup (gtk_widget_get_tooltip_text (GTK_WIDGET (row)));

  g_signal_emit (self, chosen_signal, 0, path);
}

static void
more_cb (GtkButton *button, BeDifferenceList *self)
{
  int cause = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "cause"));

  self->sections[cause].is_whole = TRUE;
  show_section (self, cause);
}

static GtkWidget *
make_head (Section *section, int cause)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = be_widget_add_words (head, be_cause_label (cause), "heading");

  gtk_widget_set_hexpand (label, TRUE);
  section->change = gtk_label_new (NULL);
  gtk_widget_add_css_class (section->change, "heading");
  gtk_widget_add_css_class (section->change, "numeric");
  gtk_widget_set_valign (section->change, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (head), section->change);
  return head;
}

static void
make_section (BeDifferenceList *self, int cause)
{
  Section *section = &self->sections[cause];

  section->rows = g_ptr_array_new ();
  section->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  section->list = gtk_list_box_new ();
  section->more = gtk_button_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (section->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (section->list, "boxed-list");
  be_widget_name (section->list, be_cause_label (cause));
  g_signal_connect (section->list, "row-activated", G_CALLBACK (activated_cb), self);
  g_object_set_data (G_OBJECT (section->more), "cause", GINT_TO_POINTER (cause));
  g_signal_connect (section->more, "clicked", G_CALLBACK (more_cb), self);
  gtk_box_append (GTK_BOX (section->box), make_head (section, cause));
  gtk_box_append (GTK_BOX (section->box), section->list);
  gtk_box_append (GTK_BOX (section->box), section->more);
  gtk_widget_set_visible (section->box, FALSE);
  gtk_widget_set_parent (section->box, GTK_WIDGET (self));
}

static void
show_more_button (Section *section, guint n_rows, guint n_shown)
{
  /* Translators: a number of inputs that differ. */
  g_autofree char *label =
      g_strdup_printf (ngettext ("Show All %u", "Show All %u", n_rows), n_rows);

  gtk_widget_set_visible (section->more, n_shown < n_rows);
  if (n_shown < n_rows && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (section->more)), label) != 0)
    gtk_button_set_label (GTK_BUTTON (section->more), label);
}

/* "+$1,200.00/month"; nothing where the bridge has no such cause. */
static void
show_change (Section *section, double change)
{
  g_autofree char *text = be_format_change (change, BE_UNIT_USD_PER_MONTH);

  be_widget_set_words (section->change, isfinite (change) ? text : "", NULL);
}

static void
show_section (BeDifferenceList *self, int cause)
{
  Section *section = &self->sections[cause];
  GPtrArray *rows = be_comparison_get_rows (self->comparison);
  guint n_rows = 0, n_shown = 0;

  for (guint i = 0; i < rows->len; i++) {
    const BeDifferenceRow *row = g_ptr_array_index (rows, i);

    if (row->cause != cause || (n_rows++ >= SHOWN_AT_FIRST && !section->is_whole))
      continue;
    if (n_shown == section->rows->len) {
      GtkWidget *made = make_row (self);
      gtk_list_box_append (GTK_LIST_BOX (section->list), made);
      be_accessible_hush (made);
      g_ptr_array_add (section->rows, made);
    }
    fill_row (self, section->rows->pdata[n_shown++], row);
  }
  for (guint i = n_shown; i < section->rows->len; i++)
    gtk_widget_set_visible (section->rows->pdata[i], FALSE);
  gtk_widget_set_visible (section->box, n_rows > 0);
  show_more_button (section, n_rows, n_shown);
  show_change (section, be_comparison_get_change (self->comparison, cause));
}

void
be_difference_list_show (BeDifferenceList *self, BeComparison *comparison, gboolean can_take)
{
  g_return_if_fail (BE_IS_DIFFERENCE_LIST (self));

  be_comparison_ref (comparison);
  g_clear_pointer (&self->comparison, be_comparison_unref);
  self->comparison = comparison;
  self->can_take = can_take;
  for (int cause = 0; cause < BE_N_CAUSES; cause++)
    show_section (self, cause);
}

static void
be_difference_list_dispose (GObject *object)
{
  BeDifferenceList *self = BE_DIFFERENCE_LIST (object);

  for (int cause = 0; cause < BE_N_CAUSES; cause++) {
    g_clear_pointer (&self->sections[cause].box, gtk_widget_unparent);
    g_clear_pointer (&self->sections[cause].rows, g_ptr_array_unref);
  }
  g_clear_pointer (&self->comparison, be_comparison_unref);
  G_OBJECT_CLASS (be_difference_list_parent_class)->dispose (object);
}

static void
be_difference_list_class_init (BeDifferenceListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_difference_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  chosen_signal = g_signal_new ("chosen", BE_TYPE_DIFFERENCE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  take_signal = g_signal_new ("take-over", BE_TYPE_DIFFERENCE_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                              NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
be_difference_list_init (BeDifferenceList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 18);
  for (int cause = 0; cause < BE_N_CAUSES; cause++)
    make_section (self, cause);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What differs"), -1);
}

GtkWidget *
be_difference_list_new (void)
{
  return g_object_new (BE_TYPE_DIFFERENCE_LIST, NULL);
}
