/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two halves of the strict reader share: where it is, and reading one word of JSON. */
#pragma once

#include "json/be-json.h"

G_BEGIN_DECLS

typedef struct {
  const char *start, *at, *end;
  const char *name;
  /* The place last asked for; places are asked for in ascending order, so this stays linear. */
  const char *counted;
  guint line, column;
  guint depth, values;
  guint max_values, max_members;
  GPtrArray *repeated;        /* NULL: strict */
  GString *pointer;           /* owned, NULL when no positions are wanted */
  BeJsonPositions *positions; /* owned until the end */
  BeJsonWatch *watch;         /* NULL: nobody looks on */
  gint watched;               /* what `watch` says at the end */
  GError **error;
} BeJsonReader;

/* Counts lines and columns up to a place. */
void be_json_locate (BeJsonReader *reader, const char *at);
/* Sets the error "name:line:column: ..." of a place. */
void be_json_fail_at (BeJsonReader *reader, const char *at, BeJsonError code, const char *format,
                      ...) G_GNUC_PRINTF (4, 5);
/* The same for "found this, expected that". */
void be_json_fail_expected (BeJsonReader *reader, const char *at, const char *expected);

void be_json_skip_space (BeJsonReader *reader);
gboolean be_json_next_is (const BeJsonReader *reader, char byte);
/* Each moves over one word; NULL with the error set. */
JsonNode *be_json_read_number (BeJsonReader *reader);
char *be_json_read_string (BeJsonReader *reader);

G_END_DECLS
