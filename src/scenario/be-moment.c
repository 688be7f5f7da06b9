/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads moments without a calendar library: logs have millions of them. */
#include "scenario/be-moment.h"

#include <math.h>

#define DAY_SECONDS 86400
#define END_SECOND 7258118400 /* 2200-01-01 */

/* Exactly `digits` digits, from low to high; FALSE leaves `at` anywhere. */
static gboolean
take_number (const char **at, int digits, int low, int high, int *value)
{
  *value = 0;
  for (int i = 0; i < digits; i++) {
    if (!g_ascii_isdigit (**at))
      return FALSE;
    *value = *value * 10 + (*(*at)++ - '0');
  }
  return *value >= low && *value <= high;
}

static gboolean
take (const char **at, char sign)
{
  if (**at != sign)
    return FALSE;
  (*at)++;
  return TRUE;
}

static int
days_in_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

/* Days from 1970-01-01: whole years and their leap days, then the months. */
static gint64
days_from_1970 (int year, int month, int day)
{
  gint64 before = year - 1;
  gint64 days =
      (gint64) (year - 1970) * 365 + (before / 4 - before / 100 + before / 400) - 477; /* to 1969 */
  for (int m = 1; m < month; m++)
    days += days_in_month (year, m);
  return days + day - 1;
}

static gboolean
take_time (const char **at, gint64 *second)
{
  int hour, minute = 0, of_minute = 0;
  if (!take_number (at, 2, 0, 24, &hour))
    return FALSE;
  if (take (at, ':')) {
    if (!take_number (at, 2, 0, 59, &minute))
      return FALSE;
    if (take (at, ':')) {
      if (!take_number (at, 2, 0, 60, &of_minute))
        return FALSE;
      if (take (at, '.') || take (at, ','))
        while (g_ascii_isdigit (**at))
          (*at)++;
    }
  }
  *second += hour * 3600 + minute * 60 + of_minute;
  return hour < 24 || (minute == 0 && of_minute == 0);
}

static gboolean
take_zone (const char **at, gint64 *second)
{
  int hours, minutes = 0;
  while (**at == ' ')
    (*at)++;
  if (**at == '\0' || take (at, 'Z') || take (at, 'z'))
    return TRUE;
  if (g_ascii_strcasecmp (*at, "UTC") == 0) {
    *at += 3;
    return TRUE;
  }
  int sign = **at == '-' ? 1 : -1;
  if (!take (at, '+') && !take (at, '-'))
    return FALSE;
  if (!take_number (at, 2, 0, 14, &hours))
    return FALSE;
  gboolean colon = take (at, ':');
  if ((colon || **at != '\0') && !take_number (at, 2, 0, 59, &minutes))
    return FALSE;
  *second += sign * (hours * 3600 + minutes * 60);
  return TRUE;
}

gboolean
be_moment_parse (const char *text, gint64 *second)
{
  const char *at = text;
  int year, month, day;
  if (!take_number (&at, 4, 1970, 2199, &year) || !take (&at, '-')
      || !take_number (&at, 2, 1, 12, &month) || !take (&at, '-')
      || !take_number (&at, 2, 1, days_in_month (year, month), &day))
    return FALSE;
  *second = days_from_1970 (year, month, day) * DAY_SECONDS;
  if (*at == '\0')
    return TRUE;
  if (!take (&at, 'T') && !take (&at, 't') && !take (&at, ' '))
    return FALSE;
  return take_time (&at, second) && take_zone (&at, second) && *at == '\0' && *second >= 0;
}

gboolean
be_moment_from_number (double number, gint64 *second)
{
  if (number >= 1e14)
    number /= 1e6;
  else if (number >= 1e11)
    number /= 1e3;
  if (!(number >= BE_MOMENT_LEAST_NUMBER && number < (double) END_SECOND))
    return FALSE;
  *second = (gint64) floor (number);
  return TRUE;
}

int
be_moment_hour_of_week (gint64 second)
{
  /* 1970-01-01 was a Thursday. */
  return (int) ((second / 3600 + 3 * 24) % (7 * 24));
}
