/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A search entry with filters and an order for lists of offers. */
#pragma once

#include "report/be-report.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signals: "changed": another filter; "submitted": Enter in the entry. */
#define BE_TYPE_OFFER_SEARCH (be_offer_search_get_type ())
G_DECLARE_FINAL_TYPE (BeOfferSearch, be_offer_search, BE, OFFER_SEARCH, GtkWidget)

GtkWidget *be_offer_search_new (void);
/* The names to choose from, NULL-terminated; the choice stays when it is among them. */
void be_offer_search_set_providers (BeOfferSearch *self, char **providers);
/* The filter as it is set; its strings belong to the widget and hold until the next change. */
BeOfferFilter be_offer_search_get_filter (BeOfferSearch *self);
/* Gives the entry the focus. */
void be_offer_search_focus (BeOfferSearch *self);
/* The GtkSearchEntry, borrowed: it keeps Escape to itself ("stop-search"). */
GtkWidget *be_offer_search_get_entry (BeOfferSearch *self);

G_END_DECLS
