/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moments as logs write them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Smaller numbers are no moment: seconds of the year 1973. */
#define BE_MOMENT_LEAST_NUMBER 1e8

/* ISO 8601: YYYY-MM-DD, then optionally T or a space, HH[:MM[:SS[.fraction]]] and Z, +HH, +HHMM or
 * +HH:MM; without a zone UTC. Seconds since 1970, from 1970 to 2200. */
gboolean be_moment_parse (const char *text, gint64 *second);
/* Seconds, milliseconds or microseconds since 1970, told apart by size. */
gboolean be_moment_from_number (double number, gint64 *second);
/* 0 = Monday 00:00 UTC. The moment is not before 1970. */
int be_moment_hour_of_week (gint64 second);

G_END_DECLS
