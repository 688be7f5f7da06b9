/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast each offer answers, as it was measured: a table to fill in. */
#include "app/offer/be-speed-table.h"

#include "be-config.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const struct {
  const char *member;
  BeUnit unit;
  const char *title, *name;
} figures[] = {
  { "ttftMs", BE_UNIT_MILLISECONDS, N_ ("First token, ms"), N_ ("Time to first token") },
  { "outputTokensPerSecond", BE_UNIT_TOKENS_PER_SECOND, N_ ("Tokens/s"), N_ ("Output speed") },
};
enum { N_FIGURES = G_N_ELEMENTS (figures) };

typedef struct {
  char *key; /* NULL: a pool */
  GtkWidget *words, *origin, *entries[N_FIGURES];
  char *shown[N_FIGURES]; /* what the entries said before anything was typed */
} Row;

struct _BeSpeedTable {
  GtkWidget parent_instance;

  GtkWidget *grid;
  GPtrArray *rows; /* Row */
  char *structure; /* names and keys of the rows */
};

G_DEFINE_FINAL_TYPE (BeSpeedTable, be_speed_table, GTK_TYPE_WIDGET)

static guint entered_signal, message_signal;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->key);
  for (int i = 0; i < N_FIGURES; i++)
    g_free (row->shown[i]);
  g_free (row);
}

static void
be_speed_table_dispose (GObject *object)
{
  g_clear_pointer (&BE_SPEED_TABLE (object)->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (be_speed_table_parent_class)->dispose (object);
}

static void
be_speed_table_finalize (GObject *object)
{
  BeSpeedTable *self = BE_SPEED_TABLE (object);

  g_ptr_array_unref (self->rows);
  g_free (self->structure);
  G_OBJECT_CLASS (be_speed_table_parent_class)->finalize (object);
}

static void
be_speed_table_class_init (BeSpeedTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = be_speed_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = be_speed_table_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  entered_signal =
      g_signal_new ("entered", BE_TYPE_SPEED_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_BOOLEAN, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_DOUBLE);
  message_signal = g_signal_new ("message", BE_TYPE_SPEED_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
be_speed_table_init (BeSpeedTable *self)
{
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 12);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  be_widget_name (GTK_WIDGET (self), _ ("Measured speeds"));
}

GtkWidget *
be_speed_table_new (void)
{
  return g_object_new (BE_TYPE_SPEED_TABLE, NULL);
}

/* ---- what is typed ---- */

static Row *
find_row (BeSpeedTable *self, GtkWidget *entry, int *figure)
{
  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = self->rows->pdata[i];
    for (*figure = 0; *figure < N_FIGURES; (*figure)++)
      if (row->entries[*figure] == entry)
        return row;
  }
  return NULL;
}

#define REFUSED_KEY "be-refused"

/* `text`: what the entry says and cannot be; NULL when it is in order. */
static void
mark (GtkWidget *entry, const char *text)
{
  g_object_set_data_full (G_OBJECT (entry), REFUSED_KEY, g_strdup (text), g_free);
  if (text != NULL)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");
}

static void
commit (BeSpeedTable *self, GtkWidget *entry)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));
  g_autoptr (GtkWidget) held = g_object_ref (entry); /* what is entered may make the rows anew */
  gboolean is_taken = FALSE;
  double value = NAN;
  int figure;
  const Row *row = find_row (self, entry, &figure);

  if (row == NULL || g_strcmp0 (text, g_object_get_data (G_OBJECT (entry), REFUSED_KEY)) == 0)
    return;
  if (g_strcmp0 (text, row->shown[figure]) == 0) {
    mark (entry, NULL);
    return;
  }
  if (text[strspn (text, " ")] != '\0' && !be_parse_value (text, figures[figure].unit, &value)) {
    g_autofree char *message = g_strdup_printf (_ ("“%s” is no number."), text);
    mark (entry, text);
    g_signal_emit (self, message_signal, 0, message);
    return;
  }
  mark (entry, NULL);
  g_autofree char *key = g_strdup (row->key);
  g_signal_emit (self, entered_signal, 0, key, figures[figure].member, value, &is_taken);
  if (!is_taken)
    mark (entry, text);
}

static void
activate_cb (GtkEntry *entry, BeSpeedTable *self)
{
  commit (self, GTK_WIDGET (entry));
}

static void
leave_cb (GtkEventControllerFocus *focus, BeSpeedTable *self)
{
  commit (self, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus)));
}

/* ---- rows ---- */

static GtkWidget *
new_entry (BeSpeedTable *self, const BeLatencyRow *row, int figure)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_autofree char *name = g_strconcat (_ (figures[figure].name), ", ", row->name, NULL);

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 8);
  gtk_entry_set_alignment (GTK_ENTRY (entry), 1);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "–");
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (entry, "numeric");
  be_widget_name_deep (entry, name);
  g_signal_connect (entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

static void
add_row (BeSpeedTable *self, const BeLatencyRow *from, int at)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = be_widget_words_new (from->name, from->place.share > 0 ? "heading" : NULL);

  row->key = g_strdup (from->key);
  row->words = be_widget_words_new ("", "caption");
  row->origin = be_widget_words_new ("", "caption");
  gtk_widget_add_css_class (row->origin, "dim-label");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), name);
  gtk_box_append (GTK_BOX (texts), row->words);
  gtk_box_append (GTK_BOX (texts), row->origin);
  gtk_grid_attach (GTK_GRID (self->grid), texts, 0, at, from->key != NULL ? 1 : 1 + N_FIGURES, 1);
  for (int i = 0; i < N_FIGURES && from->key != NULL; i++) {
    row->entries[i] = new_entry (self, from, i);
    gtk_grid_attach (GTK_GRID (self->grid), row->entries[i], 1 + i, at, 1, 1);
  }
  g_ptr_array_add (self->rows, row);
}

static void
add_head (BeSpeedTable *self)
{
  gtk_grid_attach (GTK_GRID (self->grid), be_widget_words_new (_ ("Offer"), "dim-label"), 0, 0, 1,
                   1);
  for (int i = 0; i < N_FIGURES; i++) {
    GtkWidget *title = be_widget_words_new (_ (figures[i].title), "dim-label");
    gtk_label_set_xalign (GTK_LABEL (title), 1);
    gtk_label_set_max_width_chars (GTK_LABEL (title), 12);
    gtk_grid_attach (GTK_GRID (self->grid), title, 1 + i, 0, 1, 1);
  }
}

static void
rebuild (BeSpeedTable *self, const BeLatencyReport *report)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->rows, 0);
  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  add_head (self);
  for (guint i = 0; i < report->rows->len; i++)
    add_row (self, report->rows->pdata[i], (int) i + 1);
}

static void
show_figure (Row *row, int figure, double value)
{
  g_autofree char *text =
      isnan (value) ? g_strdup ("") : be_format_edit (value, figures[figure].unit);
  const char *now = gtk_editable_get_text (GTK_EDITABLE (row->entries[figure]));

  if (row->shown[figure] != NULL && strcmp (text, row->shown[figure]) == 0
      && strcmp (now, text) != 0 && gtk_widget_has_css_class (row->entries[figure], "error"))
    return; /* what was refused stays to be mended */
  if (strcmp (now, text) != 0
      && (row->shown[figure] == NULL || strcmp (text, row->shown[figure]) != 0)) {
    gtk_editable_set_text (GTK_EDITABLE (row->entries[figure]), text);
    mark (row->entries[figure], NULL);
  }
  g_free (row->shown[figure]);
  row->shown[figure] = g_steal_pointer (&text);
}

static void
show_row (Row *row, const BeLatencyRow *from, double timeout_s)
{
  g_autofree char *words = be_report_latency_words (from, timeout_s);

  gtk_label_set_text (GTK_LABEL (row->words), words);
  gtk_label_set_text (GTK_LABEL (row->origin), from->origin != NULL ? from->origin : "");
  gtk_widget_set_visible (row->origin, from->origin != NULL);
  if (row->key == NULL)
    return;
  show_figure (row, 0, from->ttft_ms);
  show_figure (row, 1, from->tokens_per_second);
}

void
be_speed_table_show (BeSpeedTable *self, const BeLatencyReport *report)
{
  GString *structure = g_string_new (NULL);

  for (guint i = 0; i < report->rows->len; i++) {
    const BeLatencyRow *row = report->rows->pdata[i];
    g_string_append_printf (structure, "%s\n%s\n%d\n", row->key != NULL ? row->key : "", row->name,
                            row->place.share > 0);
  }
  if (g_strcmp0 (structure->str, self->structure) != 0)
    rebuild (self, report);
  g_free (self->structure);
  self->structure = g_string_free (structure, FALSE);
  for (guint i = 0; i < report->rows->len; i++)
    show_row (self->rows->pdata[i], report->rows->pdata[i], report->timeout_s);
}

void
be_speed_table_ask (BeSpeedTable *self, const char *key)
{
  for (guint i = 0; i < self->rows->len; i++) {
    const Row *row = self->rows->pdata[i];
    for (int k = 0; k < N_FIGURES && row->key != NULL; k++) {
      gboolean empty = *gtk_editable_get_text (GTK_EDITABLE (row->entries[k])) == '\0';
      if (!empty || (key != NULL && strcmp (key, row->key) != 0))
        continue;
      gtk_widget_grab_focus (row->entries[k]);
      return;
    }
  }
}
