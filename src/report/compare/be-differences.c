/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What differs between two scenarios as rows that people read. */
#include "be-config.h"
#include "report/be-report-private.h"
#include "report/compare/be-compare-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is listed in a member of the file. */
static const struct {
  const char *member, *label;
} lists[] = {
  { "workloads", N_ ("Workload") },
  { "routes", N_ ("Route") },
  { "pools", N_ ("Pool") },
  { "serves", N_ ("Workload served") },
  { "steps", N_ ("Step of people") },
  { "offers", N_ ("Offer") },
  { "tiers", N_ ("Tier") },
  { "windows", N_ ("Hours of the day") },
  { "rateSets", N_ ("Rate set") },
  { "provisioned", N_ ("Provisioned units") },
  { "gpus", N_ ("GPU") },
  { "models", N_ ("Model") },
};

typedef struct {
  BeScenario *before, *after;
  GPtrArray *rows;
  GHashTable *gone; /* the places that only one of the two has, told or not worth telling */
} Making;

static void
row_free (gpointer data)
{
  BeDifferenceRow *row = data;

  g_free (row->label);
  g_free (row->owner);
  g_free (row->path);
  g_free (row->before);
  g_free (row->after);
  g_free (row);
}

/* ---- what was added or removed ---- */

static const char *
label_of_list (const char *member)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    if (g_str_equal (lists[i].member, member))
      return _ (lists[i].label);
  return member;
}

/* The first `n` segments of a path. */
static char *
head_of (char **segments, guint n)
{
  g_auto (GStrv) head = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    head[i] = g_strdup (segments[i]);
  return g_strjoinv ("/", head);
}

/* The outermost place of an input's path that only one of the two has, as a number of segments; 0:
 * they have the same places. */
static guint
count_to_missing (const Making *making, const BeInput *input, char **segments)
{
  g_auto (GStrv) pattern = g_strsplit (input->pattern, "/", -1);

  for (guint i = 0; pattern[i] != NULL; i++) {
    if (!g_str_equal (pattern[i], "?") || pattern[i + 1] == NULL)
      continue;
    g_autofree char *place = head_of (segments, i + 1);
    if (be_scenario_is_set (making->before, place) != be_scenario_is_set (making->after, place))
      return i + 1;
  }
  return 0;
}

/* Whether what is listed has numbers instead of names. */
static gboolean
has_numbers (const char *member)
{
  static const char *const numbered[] = { "steps", "tiers", "windows", NULL };

  return g_strv_contains (numbered, member);
}

/* "Chat, GPT-4o mini", "GPT-4o, no. 2": what a place is called in the scenario that has it. */
static char *
name_place (BeScenario *scenario, char **segments, guint n, const char *place)
{
  g_autofree char *name = be_scenario_get_entity_name (scenario, place);
  g_autofree char *outer = NULL, *owner = NULL;

  if (n <= 2)
    return g_steal_pointer (&name);
  outer = head_of (segments, 2);
  owner = be_scenario_get_entity_name (scenario, outer);
  if (has_numbers (segments[n - 2]))
    /* Translators: what holds a list ("GPT-4o"), and a place in it, from 1. */
    return g_strdup_printf (_ ("%s, no. %d"), owner, atoi (segments[n - 1]) + 1);
  return g_strdup_printf (_ ("%s, %s"), owner, name);
}

/* An offer that a route no longer names leaves the snapshot; the catalogue has it all the same. */
static gboolean
is_known_alike (const Making *making, char **segments)
{
  g_autofree char *key = be_path_unescape (segments[1]);
  JsonNode *before, *after;
  gboolean alike;

  if (!g_str_equal (segments[0], "offers"))
    return FALSE;
  before = be_scenario_get_offer (making->before, key);
  after = be_scenario_get_offer (making->after, key);
  alike = before != NULL && after != NULL && json_node_equal (before, after);
  g_clear_pointer (&before, json_node_unref);
  g_clear_pointer (&after, json_node_unref);
  return alike;
}

/* What a pool serves goes with the workload; those come first in the lists of paths. */
static gboolean
goes_with_workload (const Making *making, char **segments, guint n)
{
  g_autofree char *workload = g_strconcat ("workloads/", segments[n - 1], NULL);

  return g_str_equal (segments[n - 2], "serves") && g_hash_table_contains (making->gone, workload);
}

static void
add_place (Making *making, char **segments, guint n)
{
  g_autofree char *place = head_of (segments, n);
  gboolean is_added = be_scenario_is_set (making->after, place);
  BeDifferenceRow *row;

  if (!g_hash_table_add (making->gone, g_strdup (place)))
    return;
  if (n == 2 ? is_known_alike (making, segments) : goes_with_workload (making, segments, n))
    return;
  row = g_new0 (BeDifferenceRow, 1);
  row->label = g_strdup (label_of_list (segments[n - 2]));
  row->owner = name_place (is_added ? making->after : making->before, segments, n, place);
  row->path = g_steal_pointer (&place);
  /* Translators: of a route or a pool: it is there before, and not after. */
  row->before = g_strdup (is_added ? "–" : _ ("there"));
  row->after = g_strdup (is_added ? _ ("added") : _ ("removed"));
  row->cause = BE_CAUSE_STRUCTURE;
  g_ptr_array_add (making->rows, row);
}

/* Places that hold nothing but defaults differ in no input: only the lists of paths tell. */
static void
add_places (Making *making)
{
  g_autoptr (GPtrArray) ours = be_scenario_list_inputs (making->before, BE_N_GROUPS);
  g_autoptr (GPtrArray) theirs = be_scenario_list_inputs (making->after, BE_N_GROUPS);
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *const both[] = { ours, theirs };

  for (gsize side = 0; side < G_N_ELEMENTS (both); side++)
    for (guint i = 0; i < both[side]->len; i++) {
      gpointer count = g_hash_table_lookup (counts, both[side]->pdata[i]);
      g_hash_table_insert (counts, both[side]->pdata[i],
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
    }
  for (gsize side = 0; side < G_N_ELEMENTS (both); side++)
    for (guint i = 0; i < both[side]->len; i++) {
      const char *path = both[side]->pdata[i];
      if (g_hash_table_lookup (counts, path) != GUINT_TO_POINTER (1))
        continue;
      g_auto (GStrv) segments = g_strsplit (path, "/", -1);
      guint n = count_to_missing (making, be_input_find (path), segments);
      if (n > 0)
        add_place (making, segments, n);
    }
}

/* ---- inputs ---- */

/* Whether an input is below a place that is told as a whole. */
static gboolean
is_told (const Making *making, const BeInput *input, const char *path)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  guint n = count_to_missing (making, input, segments);
  g_autofree char *place = n > 0 ? head_of (segments, n) : NULL;

  return place != NULL && g_hash_table_contains (making->gone, place);
}

/* What only says what is what. */
static gboolean
is_for_people (const BeInput *input)
{
  return g_str_equal (input->pattern, "notes") || g_str_equal (input->pattern, "name")
         || g_str_has_suffix (input->pattern, "/name");
}

static gboolean
is_number (const BeInput *input)
{
  return input->type == BE_INPUT_NUMBER || input->type == BE_INPUT_WHOLE;
}

/* Whether a week has its weights in the place of a preset. */
static gboolean
is_by_the_hour (BeScenario *scenario, const BeInput *input, const char *path)
{
  g_autofree char *text = be_scenario_get_text (scenario, path);

  return g_str_has_suffix (input->pattern, "/profile") && text == NULL
         && be_scenario_is_set (scenario, path);
}

static char *
value_of (BeScenario *scenario, const BeInput *input, const char *path)
{
  g_autofree char *text = NULL;

  if (is_by_the_hour (scenario, input, path))
    return g_strdup (_ ("hour by hour"));
  if (is_number (input) && !isfinite (be_scenario_get_number (scenario, path)))
    text = be_scenario_get_text (scenario, path);
  else
    text = be_report_input_value (scenario, input, path);
  return text != NULL && *text != '\0' ? g_steal_pointer (&text) : g_strdup ("–");
}

/* One has what the other leaves at its default, and that is the same. */
static gboolean
is_same (const Making *making, const BeInput *input, const char *path)
{
  g_autofree char *before = be_scenario_get_text (making->before, path);
  g_autofree char *after = be_scenario_get_text (making->after, path);

  if (is_number (input) || input->type == BE_INPUT_BOOLEAN)
    return be_scenario_get_number (making->before, path)
           == be_scenario_get_number (making->after, path);
  return before != NULL && g_strcmp0 (before, after) == 0;
}

/* Requests are given as a number or by people, one in the place of the other. Of one that is not in
 * both a part alone would leave the workload without either. */
static gboolean
is_other_way (const Making *making, const BeInput *input, const char *path)
{
  return (g_str_equal (input->pattern, "workloads/?/requestsPerDay")
          || g_str_has_prefix (input->pattern, "workloads/?/people/"))
         && be_scenario_is_set (making->before, path) != be_scenario_is_set (making->after, path);
}

/* With all their digits, where fewer show no difference. */
static void
tell_apart (const Making *making, const BeInput *input, BeDifferenceRow *row)
{
  if (!is_number (input) || !g_str_equal (row->before, row->after))
    return;
  g_free (row->before);
  g_free (row->after);
  row->before = be_format_edit (be_scenario_get_number (making->before, row->path), input->unit);
  row->after = be_format_edit (be_scenario_get_number (making->after, row->path), input->unit);
}

static void
add_input (Making *making, const char *path)
{
  const BeInput *input = be_input_find (path);
  BeDifferenceRow *row;

  if (input == NULL || is_told (making, input, path)
      || g_str_has_suffix (input->pattern, "/profile/?") || is_same (making, input, path))
    return;
  row = g_new0 (BeDifferenceRow, 1);
  row->label = g_strdup (be_input_label (input));
  row->owner = be_report_input_owner (making->after, input, path);
  row->path = g_strdup (path);
  row->before = value_of (making->before, input, path);
  row->after = value_of (making->after, input, path);
  row->cause = is_for_people (input) ? BE_CAUSE_NONE : (int) input->group;
  row->is_single = !is_by_the_hour (making->before, input, path)
                   && !is_by_the_hour (making->after, input, path)
                   && !is_other_way (making, input, path);
  tell_apart (making, input, row);
  g_ptr_array_add (making->rows, row);
}

static GPtrArray *
sort_by_cause (GPtrArray *rows)
{
  GPtrArray *sorted = g_ptr_array_new_with_free_func (row_free);

  for (int cause = 0; cause < BE_N_CAUSES; cause++)
    for (guint i = 0; i < rows->len; i++)
      if (((BeDifferenceRow *) rows->pdata[i])->cause == cause)
        g_ptr_array_add (sorted, rows->pdata[i]);
  return sorted;
}

GPtrArray *
be_compare_make_rows (BeScenario *before, BeScenario *after, GPtrArray *differences)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GHashTable) gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Making making = { before, after, rows, gone };

  add_places (&making);
  for (guint i = 0; i < differences->len; i++)
    add_input (&making, ((const BeDifference *) differences->pdata[i])->path);
  return sort_by_cause (rows);
}
