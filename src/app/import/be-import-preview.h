/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a price list would change: its head, and the lines of one kind at a time. */
#pragma once

#include "catalog/be-price-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _BeImportPreview BeImportPreview;

/* The widget belongs to whoever puts it into a window; free the preview after that. */
BeImportPreview *be_import_preview_new (void);
void be_import_preview_free (BeImportPreview *self);
GtkWidget *be_import_preview_get_widget (BeImportPreview *self);

/* Shows a list against a catalogue of `known_as_of`. Borrows all but the date until the last piece
 * is taken down. Building goes on after the call, some lines a frame. */
void be_import_preview_show (BeImportPreview *self, BePriceList *list, BeCatalog *offers,
                             GPtrArray *changes, const char *known_as_of);
/* Whether implausible offers are wanted, too. */
gboolean be_import_preview_wants_all (BeImportPreview *self);
/* Lets go of all that was shown, at once. */
void be_import_preview_clear (BeImportPreview *self);
/* Takes down a piece of what shows, a millisecond or two of work; whether there is another. */
gboolean be_import_preview_take_down (BeImportPreview *self);

G_END_DECLS
