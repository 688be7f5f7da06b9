/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates as documents and price lists write them. */
#include "catalog/be-catalog.h"

#include <string.h>

/* A number of digits alone; -1 when anything else is among them. */
static int
read_digits (const char *text, gsize n)
{
  int value = 0;

  for (gsize i = 0; i < n; i++) {
    if (!g_ascii_isdigit (text[i]))
      return -1;
    value = value * 10 + g_ascii_digit_value (text[i]);
  }
  return value;
}

gboolean
be_is_date (const char *text, gboolean partial)
{
  gsize length = text != NULL ? strlen (text) : 0;
  int month = 1, day = 1;

  if (length < 10 && !(partial && (length == 4 || length == 7)))
    return FALSE;
  int year = read_digits (text, 4);
  if (length >= 7)
    month = text[4] == '-' ? read_digits (text + 5, 2) : -1;
  if (length >= 10)
    day = text[7] == '-' ? read_digits (text + 8, 2) : -1;
  /* Before the look at the calendar: its types have no room for what is no number. */
  if (year < 1 || month < 1 || month > 12 || day < 1)
    return FALSE;
  return g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year)
         && (length <= 10 || text[10] == 'T' || text[10] == ' ');
}

gboolean
be_is_day (const char *text)
{
  return be_is_date (text, FALSE) && strlen (text) == strlen ("YYYY-MM-DD");
}
