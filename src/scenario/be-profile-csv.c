/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts arrivals by hour of the week. */
#include "scenario/be-profile-csv.h"

#include "be-config.h"
#include "scenario/be-moment.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MOST_BYTES (256u * 1024 * 1024)
#define MOST_FIELDS 64
#define FIELD_BYTES 64

static const char *const time_names[] = { "timestamp",    "time",       "date",      "datetime",
                                          "ts",           "created_at", "createdat", "hour",
                                          "hour_of_week", "hourofweek", NULL };
static const char *const count_names[] = { "count",  "requests", "calls", "n", "total",
                                           "weight", "weights",  "value", NULL };

typedef enum { CELL_NONE, CELL_NUMBER, CELL_MOMENT, CELL_DAY, CELL_OTHER } CellKind;
typedef struct {
  CellKind kind;
  double number; /* as written */
  gint64 second; /* since 1970 UTC */
  char text[FIELD_BYTES];
} Cell;

typedef struct {
  const char *name;
  guint64 line;
  int moment, hour, count; /* columns; -1: none */
  gboolean started;        /* the first row of data was seen */
  BeProfileCsv *profile;
  double sums[BE_WEEK_HOURS];
  GArray *numbers; /* of a single column, to be told apart at the end */
  gint64 from, to; /* seconds of hours */
  GError **error;
} Reader;

static gboolean
fail (Reader *reader, BeScenarioError code, const char *found, const char *allowed)
{
  g_set_error (reader->error, BE_SCENARIO_ERROR, code, _ ("%s:%u: found %s, allowed is %s"),
               reader->name, (guint) reader->line, found, allowed);
  return FALSE;
}

static gboolean
fail_whole (Reader *reader, BeScenarioError code, const char *found, const char *allowed)
{
  g_set_error (reader->error, BE_SCENARIO_ERROR, code, _ ("%s: found %s, allowed is %s"),
               reader->name, found, allowed);
  return FALSE;
}

/* ---- fields ---- */

static char
find_separator (const char *line, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (line[i] == ';' || line[i] == '\t')
      return line[i];
  return ',';
}

static void
read_cell (Cell *cell)
{
  char *end = NULL;
  g_strstrip (cell->text);
  cell->number = g_ascii_strtod (cell->text, &end);
  if (*cell->text == '\0')
    cell->kind = CELL_NONE;
  else if (*end == '\0' && isfinite (cell->number))
    cell->kind = CELL_NUMBER;
  else if (be_moment_parse (cell->text, &cell->second))
    cell->kind = strlen (cell->text) <= 10 ? CELL_DAY : CELL_MOMENT;
  else
    cell->kind = CELL_OTHER;
}

/* The fields of one line; quotes are dropped, what is longer than a field is no timestamp. */
static int
split_line (const char *line, gsize length, char separator, Cell *cells)
{
  int n = 0;
  gsize at = 0;
  gboolean quoted = FALSE;
  for (gsize i = 0; i <= length && n < MOST_FIELDS; i++) {
    char c = i < length ? line[i] : separator;
    if (i == length || (c == separator && !quoted)) {
      cells[n].text[at] = '\0';
      read_cell (&cells[n++]);
      at = 0;
    } else if (c == '"')
      quoted = !quoted;
    else if (at < FIELD_BYTES - 1)
      cells[n].text[at++] = c;
  }
  return n;
}

static gboolean
is_named (const Cell *cell, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (cell->text, names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* A line of names says which columns count; without one it is the first and the second. */
static void
choose_columns (Reader *reader, const Cell *cells, int n, gboolean named)
{
  reader->moment = 0;
  reader->count = n > 1 && !named ? 1 : -1;
  reader->hour = -1;
  for (int i = n - 1; named && i >= 0; i--) {
    if (is_named (&cells[i], time_names))
      reader->moment = i;
    if (is_named (&cells[i], count_names))
      reader->count = i;
  }
  for (int i = 0; named && i < n; i++)
    if (i > reader->moment && g_ascii_strcasecmp (cells[i].text, "hour") == 0)
      reader->hour = i;
  if (named && n == 1 && reader->count == 0)
    reader->count = -1;
}

/* ---- rows ---- */

static gboolean
add_count (Reader *reader, int hour_of_week, double count)
{
  reader->sums[hour_of_week] += count;
  reader->profile->requests += count;
  reader->profile->n_rows++;
  return TRUE;
}

static gboolean
add_moment (Reader *reader, gint64 second, double count)
{
  gint64 hour = second / 3600 * 3600;
  if (reader->profile->n_rows == 0 || hour < reader->from)
    reader->from = hour;
  if (reader->profile->n_rows == 0 || hour > reader->to)
    reader->to = hour;
  return add_count (reader, be_moment_hour_of_week (second), count);
}

static gboolean
check_form (Reader *reader, BeProfileCsvForm form, const char *found)
{
  if (!reader->started)
    reader->profile->form = form;
  reader->started = TRUE;
  if (reader->profile->form == form)
    return TRUE;
  return fail (reader, BE_SCENARIO_ERROR_FORMAT, found, _ ("rows of one kind in the whole file"));
}

/* The count of a row; 1 where each row is a request. */
static gboolean
read_count (Reader *reader, const Cell *cells, int n, double *count)
{
  *count = 1;
  if (reader->count < 0)
    return TRUE;
  const Cell *cell = reader->count < n ? &cells[reader->count] : NULL;
  if (cell != NULL && cell->kind == CELL_NUMBER && cell->number >= 0) {
    *count = cell->number;
    return TRUE;
  }
  return fail (reader, BE_SCENARIO_ERROR_RANGE,
               cell == NULL || cell->kind == CELL_NONE ? _ ("nothing") : cell->text,
               _ ("a count of at least 0"));
}

/* "2026-09-01, 13, 250" without names has the hour in between. */
static void
notice_hour_column (Reader *reader, const Cell *cells, int n)
{
  if (!reader->started && reader->hour < 0 && n >= 3 && cells[reader->moment].kind == CELL_DAY
      && cells[reader->moment + 1].kind == CELL_NUMBER && reader->count == reader->moment + 1) {
    reader->hour = reader->moment + 1;
    reader->count = reader->moment + 2;
  }
}

static gboolean
read_dated (Reader *reader, const Cell *cells, int n)
{
  const Cell *moment = &cells[reader->moment];
  gint64 second = moment->second;
  double count;

  if (moment->kind == CELL_NUMBER && !be_moment_from_number (moment->number, &second))
    return fail (reader, BE_SCENARIO_ERROR_RANGE, moment->text,
                 _ ("a moment from 1970 to 2200: ISO 8601, seconds, milli- or microseconds"));
  notice_hour_column (reader, cells, n);
  if (reader->hour >= 0) {
    const Cell *hour = reader->hour < n ? &cells[reader->hour] : moment;
    if (hour->kind != CELL_NUMBER || hour->number != floor (hour->number) || hour->number < 0
        || hour->number > 23)
      return fail (reader, BE_SCENARIO_ERROR_RANGE, hour->text, _ ("an hour from 0 to 23"));
    second += (gint64) hour->number * 3600;
  }
  BeProfileCsvForm form = reader->count < 0 ? BE_PROFILE_CSV_EVENTS : BE_PROFILE_CSV_HOUR_COUNTS;
  return check_form (reader, form, moment->text) && read_count (reader, cells, n, &count)
         && add_moment (reader, second, count);
}

static gboolean
read_hour_of_week (Reader *reader, const Cell *cells, int n)
{
  const Cell *hour = &cells[reader->moment];
  double count;
  if (hour->number < 0 || hour->number >= BE_WEEK_HOURS || hour->number != floor (hour->number))
    return fail (reader, BE_SCENARIO_ERROR_RANGE, hour->text,
                 _ ("an hour of the week from 0 to 167, or a timestamp"));
  return check_form (reader, BE_PROFILE_CSV_HOUR_OF_WEEK, hour->text)
         && read_count (reader, cells, n, &count) && add_count (reader, (int) hour->number, count);
}

static gboolean
read_row (Reader *reader, const Cell *cells, int n)
{
  const Cell *first = reader->moment < n ? &cells[reader->moment] : NULL;
  if (first == NULL || first->kind == CELL_NONE || first->kind == CELL_OTHER)
    return fail (reader, BE_SCENARIO_ERROR_FORMAT,
                 first == NULL || first->kind == CELL_NONE ? _ ("nothing") : first->text,
                 _ ("a timestamp (ISO 8601 or since 1970), or an hour of the week"));
  if (first->kind != CELL_NUMBER || first->number >= BE_MOMENT_LEAST_NUMBER)
    return read_dated (reader, cells, n);
  if (reader->count >= 0)
    return read_hour_of_week (reader, cells, n);
  if (first->number < 0)
    return fail (reader, BE_SCENARIO_ERROR_RANGE, first->text, _ ("a weight of at least 0"));
  reader->profile->n_rows++;
  g_array_append_val (reader->numbers, first->number);
  return check_form (reader, BE_PROFILE_CSV_WEIGHTS, first->text);
}

static gboolean
is_data (const Cell *cells, int n)
{
  for (int i = 0; i < n; i++)
    if (cells[i].kind == CELL_MOMENT || cells[i].kind == CELL_DAY || cells[i].kind == CELL_NUMBER)
      return TRUE;
  return FALSE;
}

static gboolean
read_lines (Reader *reader, const char *data, gsize length)
{
  g_autofree Cell *cells = g_new0 (Cell, MOST_FIELDS + 1);
  const char *at = data, *end = data + length;
  char separator = '\0';
  gboolean chosen = FALSE;

  while (at < end) {
    const char *stop = memchr (at, '\n', (gsize) (end - at));
    gsize size = (gsize) ((stop != NULL ? stop : end) - at);
    const char *line = at;
    at += size + 1;
    reader->line++;
    while (size > 0 && g_ascii_isspace (line[size - 1]))
      size--;
    if (size == 0)
      continue;
    if (separator == '\0')
      separator = find_separator (line, size);
    int n = split_line (line, size, separator, cells);
    gboolean named = !chosen && !is_data (cells, n);
    if (!chosen)
      choose_columns (reader, cells, n, named);
    chosen = TRUE;
    if (!named && !read_row (reader, cells, n))
      return FALSE;
  }
  return TRUE;
}

/* ---- the week ---- */

static gboolean
take_numbers (Reader *reader)
{
  guint n = reader->numbers->len;
  g_autofree char *found = g_strdup_printf (_ ("%u numbers in one column"), n);
  if (n != BE_WEEK_HOURS && n != 24)
    return fail_whole (reader, BE_SCENARIO_ERROR_FORMAT, found,
                       _ ("168 weights, 24 for every day, or timestamps"));
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    reader->sums[hour] = g_array_index (reader->numbers, double, hour % (int) n);
    reader->profile->requests += reader->sums[hour];
  }
  return TRUE;
}

/* How often each hour of the week occurs from the first to the last hour. */
static gboolean
average_over_span (Reader *reader)
{
  double times[BE_WEEK_HOURS] = { 0 };
  gint64 hours = (reader->to - reader->from) / 3600 + 1;
  int first = be_moment_hour_of_week (reader->from);

  if (hours < 24)
    return fail_whole (reader, BE_SCENARIO_ERROR_MISSING, _ ("less than a day"),
                       _ ("a day at least, better some weeks"));
  reader->profile->from = reader->from;
  reader->profile->to = reader->to;
  reader->profile->requests_per_day = reader->profile->requests / ((double) hours / 24);
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    times[(first + hour) % BE_WEEK_HOURS] =
        (double) (hours / BE_WEEK_HOURS + (hour < hours % BE_WEEK_HOURS));
  reader->profile->covered_hours = 0;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    reader->profile->covered_hours += times[hour] > 0;
    reader->sums[hour] = times[hour] > 0 ? reader->sums[hour] / times[hour] : NAN;
  }
  return TRUE;
}

/* Hours that were not covered get the mean of the same hour of the days that were. */
static void
fill_gaps (Reader *reader)
{
  for (int of_day = 0; of_day < 24; of_day++) {
    double sum = 0, n = 0;
    for (int hour = of_day; hour < BE_WEEK_HOURS; hour += 24)
      if (!isnan (reader->sums[hour])) {
        sum += reader->sums[hour];
        n++;
      }
    for (int hour = of_day; hour < BE_WEEK_HOURS; hour += 24)
      if (isnan (reader->sums[hour]))
        reader->sums[hour] = n > 0 ? sum / n : 0;
  }
}

static gboolean
finish (Reader *reader)
{
  BeProfileCsv *profile = reader->profile;
  double sum = 0;

  if (profile->n_rows == 0)
    return fail_whole (reader, BE_SCENARIO_ERROR_MISSING, _ ("no row"),
                       _ ("timestamps, or hours with counts"));
  profile->covered_hours = BE_WEEK_HOURS;
  profile->requests_per_day = NAN;
  if (profile->form == BE_PROFILE_CSV_WEIGHTS && !take_numbers (reader))
    return FALSE;
  if (profile->form <= BE_PROFILE_CSV_HOUR_COUNTS && !average_over_span (reader))
    return FALSE;
  fill_gaps (reader);
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    sum += reader->sums[hour];
  if (!(sum > 0) || !isfinite (sum))
    return fail_whole (reader, BE_SCENARIO_ERROR_RANGE, _ ("no requests in any hour"),
                       _ ("counts above 0 that add up"));
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    profile->weights[hour] = reader->sums[hour] / sum * BE_WEEK_HOURS;
  return TRUE;
}

gboolean
be_profile_csv_parse (const char *data, gsize length, const char *name, BeProfileCsv *profile,
                      GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (double));
  Reader reader = { .name = name, .profile = profile, .numbers = numbers, .error = error };

  memset (profile, 0, sizeof *profile);
  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0) {
    data += 3;
    length -= 3;
  }
  if (!g_utf8_validate_len (data, length, NULL))
    return fail_whole (&reader, BE_SCENARIO_ERROR_FORMAT, _ ("bytes that are no text"),
                       _ ("a table in UTF-8"));
  return read_lines (&reader, data, length) && finish (&reader);
}

gboolean
be_profile_csv_load (const char *path, BeProfileCsv *profile, GError **error)
{
  g_autoptr (GBytes) bytes = be_file_read (path, MOST_BYTES, NULL, error);
  gsize length;
  if (bytes == NULL)
    return FALSE;
  const char *data = g_bytes_get_data (bytes, &length);
  return be_profile_csv_parse (data != NULL ? data : "", length, path, profile, error);
}
