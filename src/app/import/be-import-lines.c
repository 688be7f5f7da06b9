/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a preview as a list model: made when they are looked at, shown a few at a time. */
#include "app/import/be-import-lines.h"

#include "be-config.h"
#include "report/be-report.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A piece is a millisecond or two of making widgets. */
#define PIECE 6
/* Lines that a view may have made widgets for; what is beyond costs nothing. */
#define REALISED 240

struct _BeImportLine {
  GObject parent_instance;
  char *title, *words;
};

G_DEFINE_FINAL_TYPE (BeImportLine, be_import_line, G_TYPE_OBJECT)

struct _BeImportLines {
  GObject parent_instance;
  GPtrArray *from; /* borrowed */
  GArray *rows;    /* owned: indices into it; NULL = all */
  BePriceChangeKind kind;
  guint first, n_shown;
};

static void be_import_lines_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BeImportLines, be_import_lines, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      be_import_lines_iface_init))

/* ---- one line ---- */

static void
be_import_line_finalize (GObject *object)
{
  BeImportLine *self = BE_IMPORT_LINE (object);

  g_free (self->title);
  g_free (self->words);
  G_OBJECT_CLASS (be_import_line_parent_class)->finalize (object);
}

static void
be_import_line_class_init (BeImportLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = be_import_line_finalize;
}

static void
be_import_line_init (BeImportLine *self)
{
}

const char *
be_import_line_get_title (BeImportLine *self)
{
  return self->title;
}

const char *
be_import_line_get_words (BeImportLine *self)
{
  return self->words;
}

/* Takes the words over. */
static BeImportLine *
make_line (const char *title, char *words)
{
  BeImportLine *line = g_object_new (BE_TYPE_IMPORT_LINE, NULL);

  line->title = g_strdup (title);
  line->words = words;
  return line;
}

/* "input 2.5 → 5 (+100 %)" for each rate that the list has; what it lacks is named at the end. */
static char *
change_words (const BePriceChange *change)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GString) lacking = g_string_new (NULL);

  for (guint i = 0; i < change->rates->len; i++) {
    const BeRateChange *rate = change->rates->pdata[i];
    g_autofree char *before = be_format_number (rate->before, FALSE);
    g_autofree char *after = be_format_number (rate->after, FALSE);
    if (isnan (rate->after)) {
      g_string_append_printf (lacking, "%s%s", lacking->len > 0 ? ", " : "", rate->path);
      continue;
    }
    g_string_append_printf (text, "%s%s ", text->len > 0 ? "; " : "", rate->path);
    if (isnan (rate->before))
      g_string_append_printf (text, _ ("%s (new)"), after);
    else
      g_string_append_printf (text, "%s → %s", before, after);
    if (rate->before > 0) {
      double share = rint ((rate->after / rate->before - 1) * 100) / 100;
      g_autofree char *by = be_format_change (share, BE_UNIT_SHARE);
      g_string_append_printf (text, " (%s)", by);
    }
  }
  if (lacking->len > 0) {
    g_string_append (text, text->len > 0 ? "; " : "");
    g_string_append_printf (text, _ ("not in the list, so without a price of their own: %s"),
                            lacking->str);
  }
  return g_string_free (text, FALSE);
}

static char *
new_words (const BePriceChange *change)
{
  g_autofree char *input = be_format_price (change->offer->input);
  g_autofree char *output = be_format_price (change->offer->output);

  return g_strdup_printf (_ ("in %s, out %s for a million tokens"), input, output);
}

/* ---- the model ---- */

static GType
get_item_type (GListModel *model)
{
  return BE_TYPE_IMPORT_LINE;
}

static guint
get_n_items (GListModel *model)
{
  return BE_IMPORT_LINES (model)->n_shown;
}

static gpointer
get_item (GListModel *model, guint position)
{
  BeImportLines *self = BE_IMPORT_LINES (model);

  if (position >= self->n_shown)
    return NULL;
  position += self->first;
  if (self->rows == NULL) {
    const BePriceListRemark *remark = self->from->pdata[position];
    return make_line (remark->place, g_strdup (remark->reason));
  }
  const BePriceChange *change = self->from->pdata[g_array_index (self->rows, guint, position)];
  return make_line (change->offer->key,
                    self->kind == BE_PRICE_CHANGED ? change_words (change) : new_words (change));
}

static void
be_import_lines_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
be_import_lines_finalize (GObject *object)
{
  BeImportLines *self = BE_IMPORT_LINES (object);

  g_clear_pointer (&self->rows, g_array_unref);
  G_OBJECT_CLASS (be_import_lines_parent_class)->finalize (object);
}

static void
be_import_lines_class_init (BeImportLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = be_import_lines_finalize;
}

static void
be_import_lines_init (BeImportLines *self)
{
}

BeImportLines *
be_import_lines_new_changes (GPtrArray *changes, BePriceChangeKind kind)
{
  BeImportLines *self = g_object_new (BE_TYPE_IMPORT_LINES, NULL);

  self->from = changes;
  self->kind = kind;
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < changes->len; i++)
    if (((const BePriceChange *) changes->pdata[i])->kind == kind)
      g_array_append_val (self->rows, i);
  return self;
}

BeImportLines *
be_import_lines_new_remarks (GPtrArray *remarks)
{
  BeImportLines *self = g_object_new (BE_TYPE_IMPORT_LINES, NULL);

  self->from = remarks;
  return self;
}

guint
be_import_lines_get_n (BeImportLines *self)
{
  g_return_val_if_fail (BE_IS_IMPORT_LINES (self), 0);

  return self->rows != NULL ? self->rows->len : self->from->len;
}

static void
set_n_shown (BeImportLines *self, guint n)
{
  guint before = self->n_shown;

  self->n_shown = n;
  if (n > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, n - before);
  else if (n < before)
    g_list_model_items_changed (G_LIST_MODEL (self), n, before - n, 0);
}

gboolean
be_import_lines_grow (BeImportLines *self)
{
  guint n;

  g_return_val_if_fail (BE_IS_IMPORT_LINES (self), FALSE);

  n = be_import_lines_get_n (self);
  set_n_shown (self, self->n_shown < REALISED ? MIN (n, self->n_shown + PIECE) : n);
  return self->n_shown < n;
}

void
be_import_lines_keep (BeImportLines *self, guint from, guint to)
{
  g_return_if_fail (BE_IS_IMPORT_LINES (self));

  if (to < self->n_shown)
    set_n_shown (self, to);
  from = MIN (from, self->n_shown);
  self->first += from;
  self->n_shown -= from;
  if (from > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, from, 0);
}

gboolean
be_import_lines_shrink (BeImportLines *self)
{
  g_return_val_if_fail (BE_IS_IMPORT_LINES (self), FALSE);

  set_n_shown (self, self->n_shown - MIN (self->n_shown, PIECE));
  return self->n_shown > 0;
}
