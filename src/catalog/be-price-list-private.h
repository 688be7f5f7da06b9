/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the readers of price lists share. */
#pragma once

#include "catalog/be-price-list.h"

G_BEGIN_DECLS

/* The list in the making. */
typedef struct {
  BePriceList *list;
  JsonArray *models;  /* of the catalogue document */
  GHashTable *keys;   /* "provider/id" taken */
  char *as_of;        /* of the list */
  BeJsonWatch *watch; /* NULL: nobody looks on */
} BeListReader;

/* Whether to read row `index` of `n`; whoever looks on learns how far the reading is. */
gboolean be_list_goes_on (BeListReader *reader, guint index, guint n);

/* One row in the making; `refused` as soon as something in it cannot be taken. */
typedef struct {
  BeListReader *reader;
  const char *place;
  gboolean refused;
} BeListRow;

/* Per token and per million tokens. */
#define BE_PER_TOKEN 1e6
#define BE_PER_MTOK 1.0

/* Members; NULL when absent, null or of another kind, text also when empty. */
JsonNode *be_list_member (JsonObject *from, const char *name);
JsonObject *be_list_object (JsonObject *from, const char *name);
JsonArray *be_list_array (JsonObject *from, const char *name);
const char *be_list_text (JsonObject *from, const char *name);
/* The list that is a member, made when there is none. */
JsonArray *be_list_array_of (JsonObject *object, const char *name);

void be_list_skip (BeListReader *reader, const char *place, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void be_list_note (BeListReader *reader, const char *place, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
/* Skips the row, once, with the first reason. */
void be_list_refuse (BeListRow *row, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Whether a node is a number, or text that is nothing but a number. */
gboolean be_list_number (JsonNode *node, double *value);
/* A length of prompts; NaN when absent. Refuses the row for anything else. */
double be_list_tokens (BeListRow *row, JsonObject *from, const char *name);
/* A list that may be absent (NULL). Refuses the row when there is something else. */
JsonArray *be_list_of (BeListRow *row, JsonObject *from, const char *name);
/* The date of "2026-09-23" or "2026-09-23T10:00:00Z"; NULL for anything else. The caller owns it.
 */
char *be_list_date (const char *text);
/* "HH:MM-HH:MM" of two times of UTC; NULL when one is none. The same twice is the whole day. The
 * caller owns it. */
char *be_list_hours (const char *start, const char *end);
/* A time of the day as be_list_hours takes it: text, or a number like 1630. NULL when there is
 * none. The caller owns it. */
char *be_list_clock (JsonObject *from, const char *name);
/* Notes the members that are prices of the list but that no reader takes. */
typedef gboolean (*BeListNameFunc) (const char *name);
void be_list_note_untaken (BeListRow *row, JsonObject *from, BeListNameFunc is_price,
                           BeListNameFunc is_taken);

/* A price times `scale`, rounded to 9 decimals; NaN when absent or null. Text that is a number is
 * one. Refuses the row for anything else, below zero or not finite. */
double be_list_price (BeListRow *row, JsonObject *from, const char *name, double scale);
/* The same into a member of `to`; TRUE when there was a price. */
gboolean be_list_rate (BeListRow *row, JsonObject *from, const char *name, double scale,
                       JsonObject *to, const char *as);
/* A number of tokens into a member of `to`; nought and nonsense are unknown. */
void
be_list_count (BeListRow *row, JsonObject *from, const char *name, JsonObject *to, const char *as);
/* A number rounded to 9 decimals, as JSON has it. */
void be_list_set (JsonObject *to, const char *name, double value);

/* A tier that reprices the whole request, appended to row_prices' tiers. */
JsonObject *be_list_add_tier (JsonObject *row_prices, double threshold, gboolean at_least);
/* A window of UTC, "HH:MM-HH:MM", on the days of "mon" to "sun" (taken; NULL: on all), appended to
 * row_prices' windows. NULL and a note when it overlaps one before it: only the first would hold.
 */
JsonObject *
be_list_add_window (BeListRow *row, JsonObject *row_prices, const char *utc, JsonArray *days);
/* Tiers in ascending order without those that change nothing on a free offer, that have no price or
 * that begin where another does. */
void be_list_settle_tiers (BeListRow *row, JsonObject *row_prices);

/* An entry of the catalogue; prices are added with be_list_add_prices. */
JsonObject *be_list_entry (const char *provider, const char *id, const char *name);
/* Takes prices over; from, to: dates or NULL. */
void be_list_add_prices (BeListRow *row, JsonObject *entry, JsonObject *prices, const char *from,
                         const char *to);
/* Takes the entry into the list, or skips it when it has no price or its key was taken before;
 * notes what is free or implausible. Takes the entry over in any case. */
void be_list_take (BeListRow *row, JsonObject *entry);

/* One for each format: whether the root is of it, and reading it. */
typedef struct {
  const char *name;
  gboolean (*recognise) (JsonNode *root);
  void (*read) (BeListReader *reader, JsonNode *root);
} BeListFormat;

extern const BeListFormat be_list_litellm, be_list_genai_prices, be_list_models_dev,
    be_list_openrouter, be_list_llm_prices, be_list_own;

G_END_DECLS
