/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drop-down of models or of GPUs: the document's own first, then the catalogue's, with a search.
 */
#pragma once

#include "scenario/be-scenario.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum { BE_HARDWARE_MODEL, BE_HARDWARE_GPU } BeHardwareKind;

/* Signal "chosen" (const char *id): the user wants this one. Never emitted by the setter. */
#define BE_TYPE_HARDWARE_CHOOSER (be_hardware_chooser_get_type ())
G_DECLARE_FINAL_TYPE (BeHardwareChooser, be_hardware_chooser, BE, HARDWARE_CHOOSER, GtkWidget)

GtkWidget *be_hardware_chooser_new (BeHardwareKind kind);
/* Lists what the document can name, and selects `id`; nothing is selected when it is unknown. */
void be_hardware_chooser_show (BeHardwareChooser *self, BeScenario *scenario, const char *id);

G_END_DECLS
