/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the input table as widgets: label, entry, slider, reset and an explanation. */
#pragma once

#include "scenario/be-input.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows one number, choice or switch and knows no document. Signals:
 * "gesture-begin", "gesture-end": around what is one step of undo: a whole drag of the slider, or
 *   one key press, one typed value, one choice, one reset. Always in pairs.
 * "value-changed" (double): the user wants this value (index of a choice, 0 or 1 of a switch).
 * "reset": the user wants the default back.
 * Never emitted by the setters below. */
#define BE_TYPE_INPUT_ROW (be_input_row_get_type ())
G_DECLARE_FINAL_TYPE (BeInputRow, be_input_row, BE, INPUT_ROW, GtkWidget)

/* `input` is borrowed for the row's life and is no text. `accessible_context` ("Chat") is appended
 * to the accessible names; NULL or "" for none. */
GtkWidget *be_input_row_new (const BeInput *input, const char *accessible_context);

/* NaN shows an empty entry. Between minimum and maximum values outside the soft range are kept; the
 * slider then stands at its end. */
void be_input_row_set_value (BeInputRow *self, double value);
double be_input_row_get_value (BeInputRow *self);

/* Whether the document has a value of its own: only then, and when it is not the default, there is
 * something to reset. */
void be_input_row_set_is_set (BeInputRow *self, gboolean is_set);

/* A row of a long form: without a slider, and an emptied entry emits "reset", so that a value that
 * has no default can be taken away. */
void be_input_row_set_plain (BeInputRow *self);

/* The parts, for tests and for focus; NULL when the row has none. */
GtkWidget *be_input_row_get_scale (BeInputRow *self);
GtkWidget *be_input_row_get_entry (BeInputRow *self);
GtkWidget *be_input_row_get_reset_button (BeInputRow *self);

G_END_DECLS
