/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of one offer in groups, and the names of its parts. */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Groups of an offer's numbers in their order; `rest` is a path below the offer, "batch/input". */
guint be_offer_group_of (const char *rest);
const char *be_offer_group_prefix (guint group); /* NULL: there are no more groups */
const char *be_offer_group_title (guint group);

/* "tiers/0" of "tiers/0/batch/input"; NULL for what is in no part. Caller frees. */
char *be_offer_part_of (const char *rest);
/* Which tier, window or set: "Prompts above 272,000 tokens", "01:00-04:00 UTC · mon, tue". Caller
 * frees. */
char *be_offer_part_title (JsonNode *offer, const char *part);

/* The numbers of an offer in the scenario's form, or of a price to come, each with the label of its
 * input; offer_path is "offers/KEY". */
GtkWidget *be_offer_sheet_new (JsonNode *offer, const char *offer_path);

G_END_DECLS
