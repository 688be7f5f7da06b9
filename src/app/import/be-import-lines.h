/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a preview as a list model: made when they are looked at, shown a few at a time. */
#pragma once

#include "catalog/be-price-list.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One line: what it is about, and what is to be said of it. Both are owned by the line. */
#define BE_TYPE_IMPORT_LINE (be_import_line_get_type ())
G_DECLARE_FINAL_TYPE (BeImportLine, be_import_line, BE, IMPORT_LINE, GObject)

const char *be_import_line_get_title (BeImportLine *self);
const char *be_import_line_get_words (BeImportLine *self);

/* A list view makes widgets for some two hundred items as soon as it has them, and others for those
 * that go; so the model shows its first lines in small pieces, and hides its last likewise. A
 * line's words are made when a view asks for it. */
#define BE_TYPE_IMPORT_LINES (be_import_lines_get_type ())
G_DECLARE_FINAL_TYPE (BeImportLines, be_import_lines, BE, IMPORT_LINES, GObject)

/* Lines of the changes (BePriceChange) of one kind, or of remarks (BePriceListRemark). Borrows the
 * array, which must hold what it holds now as long as lines are shown. Shows none yet. */
BeImportLines *be_import_lines_new_changes (GPtrArray *changes, BePriceChangeKind kind);
BeImportLines *be_import_lines_new_remarks (GPtrArray *remarks);

/* How many there are, shown or not. */
guint be_import_lines_get_n (BeImportLines *self);
/* Shows the next piece; whether there is another. */
gboolean be_import_lines_grow (BeImportLines *self);
/* Hides all but the items from..to-1: those that a view has widgets for, so that it makes none. */
void be_import_lines_keep (BeImportLines *self, guint from, guint to);
/* Hides the last piece; whether there is another. */
gboolean be_import_lines_shrink (BeImportLines *self);

G_END_DECLS
