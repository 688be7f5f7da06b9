/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window to choose one of the hosted offers. */
#pragma once

#include "scenario/be-scenario.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Told the chosen offer's key ("openai/gpt-4o"), borrowed; never told when nothing was chosen. */
typedef void (*BeOfferChosenFunc) (const char *key, gpointer data);

/* A modal window over `parent` (may be NULL) with a search, filters, and the offers of the document
 * and its catalogue: prices, context window, date, and what the workload (by id) would cost on
 * each, cheapest first; Enter or a click chooses and closes it. `data` is freed with `free_data`
 * when it closes. The caller presents it. */
GtkWidget *be_offer_dialog_new (GtkWindow *parent, BeScenario *scenario, const char *workload,
                                BeOfferChosenFunc chosen, gpointer data, GDestroyNotify free_data);

G_END_DECLS
