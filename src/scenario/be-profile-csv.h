/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A weekly profile from what really arrived: a table of timestamps, or of counts by the hour. */
#pragma once

#include "scenario/be-scenario.h"

G_BEGIN_DECLS

typedef enum {
  BE_PROFILE_CSV_EVENTS,       /* a timestamp for each request */
  BE_PROFILE_CSV_HOUR_COUNTS,  /* a timestamp (or a date and an hour) and a count */
  BE_PROFILE_CSV_HOUR_OF_WEEK, /* 0..167 from Monday 00:00 UTC and a count */
  BE_PROFILE_CSV_WEIGHTS,      /* 168 numbers, or 24 for every day, in order */
} BeProfileCsvForm;

typedef struct {
  BeProfileCsvForm form;
  double weights[BE_WEEK_HOURS]; /* Monday 00:00 UTC first, mean 1 */
  guint64 n_rows;                /* of data */
  double requests;               /* their sum; of weights, too */
  double requests_per_day;       /* over the hours covered; NaN without dates */
  guint covered_hours;           /* hours of the week with data; the others are filled */
  gint64 from, to;               /* seconds since 1970 UTC of the first and last hour; 0 without */
} BeProfileCsv;

/* Reads a table with fields parted by comma, semicolon or tab, with or without a line of names.
 * Timestamps are ISO 8601 with a zone (without one: UTC), or seconds, milliseconds or microseconds
 * since 1970. With names, the columns called timestamp, time, date, datetime, ts, created_at, hour,
 * hour_of_week and count, requests, calls, n, total, weight are taken; without, the first and the
 * second. Each hour of the week is divided by how often it occurs between the first and the last
 * row, so that a span of nine days does not favour two of them; hours that were not covered get the
 * mean of the same hour of the other days. FALSE and BE_SCENARIO_ERROR_FORMAT, _RANGE or _MISSING
 * with "NAME:LINE: ..." for a field that cannot be read, a count below 0, less than a day, no
 * requests at all. */
gboolean be_profile_csv_parse (const char *data, gsize length, const char *name,
                               BeProfileCsv *profile, GError **error);
/* The same of a file of at most 256 MiB. */
gboolean be_profile_csv_load (const char *path, BeProfileCsv *profile, GError **error);

/* Weights of "flat", "office", "consumer" or "nightly", mean 1; FALSE for other names. */
gboolean be_profile_preset (const char *id, double weights[BE_WEEK_HOURS]);

G_END_DECLS
