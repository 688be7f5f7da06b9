/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The application: its catalog, windows, actions and keys. */
#pragma once

#include "catalog/be-catalog.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* With the environment variable BE_MEASURE_START=1 the first painted frame prints "first frame N
 * ms" on standard output: milliseconds since be_application_new. The option
 * --new-instance keeps the program from joining one that runs already. */
#define BE_TYPE_APPLICATION (be_application_get_type ())
G_DECLARE_FINAL_TYPE (BeApplication, be_application, BE, APPLICATION, AdwApplication)

/* flags are added to G_APPLICATION_HANDLES_OPEN. */
BeApplication *be_application_new (GApplicationFlags flags);
/* Prices, GPUs and models; borrowed, there from startup on. */
/* Offers of a price list that new documents have from now on, after a restart, too. */
void be_application_take_offers (BeApplication *self, BeCatalog *offers);
BeCatalog *be_application_get_catalog (BeApplication *self);
/* The program's settings, borrowed; NULL when their schema is not installed. */
GSettings *be_application_get_settings (BeApplication *self);

/* Windows tell that something changed which the next start should find again ... */
void be_application_touch_session (BeApplication *self);
/* ... that all questions of one that closes are answered, or one of them with "no" ... */
void be_application_go_on_closing (BeApplication *self, GtkWindow *window);
void be_application_stop_closing (BeApplication *self);
/* ... and that one goes away now, after its questions. With the last one the program ends. */
void be_application_window_closes (BeApplication *self);

G_END_DECLS
