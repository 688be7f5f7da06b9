/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the readers of price lists share: numbers as lists write them, tiers, windows, entries. */
#include "catalog/be-price-list-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

JsonNode *
be_list_member (JsonObject *from, const char *name)
{
  JsonNode *node = json_object_get_member (from, name);
  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

JsonObject *
be_list_object (JsonObject *from, const char *name)
{
  JsonNode *node = be_list_member (from, name);
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
be_list_array (JsonObject *from, const char *name)
{
  JsonNode *node = be_list_member (from, name);
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

const char *
be_list_text (JsonObject *from, const char *name)
{
  JsonNode *node = be_list_member (from, name);
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  const char *text = json_node_get_string (node);
  return *text != '\0' ? text : NULL;
}

static void
add_remark (GPtrArray *remarks, const char *place, char *reason)
{
  BePriceListRemark *remark = g_new (BePriceListRemark, 1);
  remark->place = g_strdup (place);
  remark->reason = reason;
  g_ptr_array_add (remarks, remark);
}

void
be_list_skip (BeListReader *reader, const char *place, const char *format, ...)
{
  va_list values;
  va_start (values, format);
  add_remark (reader->list->skipped, place, g_strdup_vprintf (format, values));
  va_end (values);
}

void
be_list_note (BeListReader *reader, const char *place, const char *format, ...)
{
  va_list values;
  va_start (values, format);
  add_remark (reader->list->notes, place, g_strdup_vprintf (format, values));
  va_end (values);
}

void
be_list_refuse (BeListRow *row, const char *format, ...)
{
  va_list values;
  if (row->refused)
    return;
  row->refused = TRUE;
  va_start (values, format);
  add_remark (row->reader->list->skipped, row->place, g_strdup_vprintf (format, values));
  va_end (values);
}

/* To 9 decimals: what is left of a price per token times a million is noise. */
static double
settled (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE * 12];
  if (!isfinite (value) || fabs (value) > 1e15)
    return value;
  return g_ascii_strtod (g_ascii_formatd (text, sizeof text, "%.9f", value), NULL);
}

void
be_list_set (JsonObject *to, const char *name, double value)
{
  value = settled (value);
  if (value == trunc (value) && fabs (value) < 1e15)
    json_object_set_int_member (to, name, (gint64) value);
  else
    json_object_set_double_member (to, name, value);
}

gboolean
be_list_number (JsonNode *node, double *value)
{
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  GType type = json_node_get_value_type (node);
  if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE) {
    *value = json_node_get_double (node);
    return TRUE;
  }
  if (type != G_TYPE_STRING)
    return FALSE;
  g_autofree char *text = g_strstrip (g_strdup (json_node_get_string (node)));
  char *end = NULL;
  if (!g_ascii_isdigit (*text) && *text != '-' && *text != '.' && *text != '+')
    return FALSE;
  if (strpbrk (text, "xXpP") != NULL)
    return FALSE;
  *value = g_ascii_strtod (text, &end);
  return end != text && *end == '\0';
}

/* What stands in the list, cut to a length that a sentence bears. */
static char *
written (JsonNode *node)
{
  g_autofree char *text = NULL;
  double value;
  if (be_list_number (node, &value) && !isfinite (value)
      && json_node_get_value_type (node) != G_TYPE_STRING)
    return g_strdup (_ ("a number that is too large"));
  text = json_to_string (node, FALSE);
  return g_utf8_substring (text, 0, MIN (60, g_utf8_strlen (text, -1)));
}

double
be_list_price (BeListRow *row, JsonObject *from, const char *name, double scale)
{
  JsonNode *node = be_list_member (from, name);
  double value;

  if (node == NULL)
    return NAN;
  gboolean is_number = be_list_number (node, &value) && !isnan (value) && value != -INFINITY;
  if (is_number && value >= 0 && isfinite (value * scale))
    return settled (value * scale);
  g_autofree char *found = written (node);
  if (!is_number)
    be_list_refuse (row, _ ("%s: found %s, a price is a number"), name, found);
  else if (value == -1)
    be_list_refuse (row, _ ("%s is -1: the price is dynamic"), name);
  else if (value < 0)
    be_list_refuse (row, _ ("%s: found %s, a price is at least 0"), name, found);
  else
    be_list_refuse (row, _ ("%s: found %s, a price is finite"), name, found);
  return NAN;
}

double
be_list_tokens (BeListRow *row, JsonObject *from, const char *name)
{
  JsonNode *node = be_list_member (from, name);
  double value;

  if (node == NULL)
    return NAN;
  if (be_list_number (node, &value) && value >= 0 && value <= 1e12)
    return value;
  g_autofree char *found = written (node);
  be_list_refuse (row, _ ("%s: found %s, not a number of tokens"), name, found);
  return NAN;
}

JsonArray *
be_list_of (BeListRow *row, JsonObject *from, const char *name)
{
  JsonNode *node = be_list_member (from, name);
  if (node == NULL || JSON_NODE_HOLDS_ARRAY (node))
    return node != NULL ? json_node_get_array (node) : NULL;
  g_autofree char *found = written (node);
  be_list_refuse (row, _ ("%s: found %s, expected a list"), name, found);
  return NULL;
}

char *
be_list_date (const char *text)
{
  return be_is_date (text, FALSE) ? g_strndup (text, strlen ("YYYY-MM-DD")) : NULL;
}

void
be_list_note_untaken (BeListRow *row, JsonObject *from, BeListNameFunc is_price,
                      BeListNameFunc is_taken)
{
  g_autoptr (GString) names = g_string_new (NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, from);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    double value;
    gboolean priced = JSON_NODE_HOLDS_OBJECT (node) || JSON_NODE_HOLDS_ARRAY (node)
                      || (be_list_number (node, &value) && value > 0);
    if (priced && is_price (name) && !is_taken (name))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
  }
  if (names->len > 0)
    be_list_note (row->reader, row->place, _ ("not taken, since it is not known here: %s"),
                  names->str);
}

gboolean
be_list_rate (BeListRow *row, JsonObject *from, const char *name, double scale, JsonObject *to,
              const char *as)
{
  double price = be_list_price (row, from, name, scale);
  if (isnan (price))
    return FALSE;
  be_list_set (to, as, price);
  return TRUE;
}

void
be_list_count (BeListRow *row, JsonObject *from, const char *name, JsonObject *to, const char *as)
{
  JsonNode *node = be_list_member (from, name);
  double value;

  if (node == NULL)
    return;
  if (!be_list_number (node, &value) || !(value >= 0) || !(value <= 1e15)) {
    g_autofree char *found = written (node);
    be_list_note (row->reader, row->place, _ ("%s: found %s, left out"), name, found);
    return;
  }
  if (floor (value) > 0)
    json_object_set_int_member (to, as, (gint64) floor (value));
}

JsonArray *
be_list_array_of (JsonObject *object, const char *name)
{
  JsonArray *array = be_list_array (object, name);
  if (array == NULL) {
    array = json_array_new ();
    json_object_set_array_member (object, name, array);
  }
  return array;
}

JsonObject *
be_list_add_tier (JsonObject *row_prices, double threshold, gboolean at_least)
{
  JsonObject *tier = json_object_new ();
  be_list_set (tier, "prompt_tokens", threshold);
  json_object_set_string_member (tier, "compare", at_least ? "ge" : "gt");
  json_object_set_string_member (tier, "applies_to", "whole_request");
  json_array_add_object_element (be_list_array_of (row_prices, "tiers"), tier);
  return tier;
}

static double
number_of (JsonObject *object, const char *name)
{
  JsonNode *node = be_list_member (object, name);
  double value;
  return node != NULL && be_list_number (node, &value) ? value : NAN;
}

static int
compare_tiers (gconstpointer a, gconstpointer b)
{
  double x = number_of (*(JsonObject *const *) a, "prompt_tokens");
  double y = number_of (*(JsonObject *const *) b, "prompt_tokens");
  return (x > y) - (x < y);
}

static gboolean
is_free (JsonObject *prices)
{
  double input = number_of (prices, "input"), output = number_of (prices, "output");
  return input == 0 && !(output > 0);
}

static gboolean
names_a_rate (JsonObject *tier)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  json_object_iter_init (&iter, tier);
  while (json_object_iter_next (&iter, &name, &node))
    if (strcmp (name, "prompt_tokens") != 0 && JSON_NODE_HOLDS_VALUE (node)
        && json_node_get_value_type (node) != G_TYPE_STRING)
      return TRUE;
  return FALSE;
}

/* Whether a tier is taken after the one before it. */
static gboolean
tier_counts (BeListRow *row, JsonObject *tier, JsonObject *before)
{
  double from = number_of (tier, "prompt_tokens");
  if (!names_a_rate (tier)) {
    be_list_note (row->reader, row->place, _ ("the tier from %.0f tokens has no price: left out"),
                  from);
    return FALSE;
  }
  if (before != NULL && number_of (before, "prompt_tokens") == from) {
    be_list_note (row->reader, row->place,
                  _ ("two tiers begin at %.0f tokens; the first was taken"), from);
    return FALSE;
  }
  return TRUE;
}

void
be_list_settle_tiers (BeListRow *row, JsonObject *row_prices)
{
  JsonArray *tiers = be_list_array (row_prices, "tiers");
  g_autoptr (GPtrArray) sorted =
      g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  JsonObject *last = NULL;
  if (tiers == NULL)
    return;
  for (guint i = 0; i < json_array_get_length (tiers); i++) {
    JsonObject *tier = json_array_get_object_element (tiers, i);
    if (!is_free (row_prices) || !is_free (tier))
      g_ptr_array_add (sorted, json_object_ref (tier));
  }
  g_ptr_array_sort (sorted, compare_tiers);
  json_object_remove_member (row_prices, "tiers");
  for (guint i = 0; i < sorted->len; i++) {
    if (!tier_counts (row, sorted->pdata[i], last))
      continue;
    last = sorted->pdata[i];
    json_array_add_object_element (be_list_array_of (row_prices, "tiers"), json_object_ref (last));
  }
}

JsonObject *
be_list_entry (const char *provider, const char *id, const char *name)
{
  JsonObject *entry = json_object_new ();
  json_object_set_string_member (entry, "provider", provider);
  json_object_set_string_member (entry, "id", id);
  if (name != NULL)
    json_object_set_string_member (entry, "name", name);
  return entry;
}

static void
set_date (JsonObject *to, const char *name, const char *date)
{
  if (date != NULL)
    json_object_set_string_member (to, name, date);
  else
    json_object_set_null_member (to, name);
}

void
be_list_add_prices (BeListRow *row, JsonObject *entry, JsonObject *prices, const char *from,
                    const char *to)
{
  set_date (prices, "from", from);
  set_date (prices, "to", to);
  be_list_settle_tiers (row, prices);
  json_array_add_object_element (be_list_array_of (entry, "prices"), prices);
}

static gboolean
has_price (JsonObject *prices)
{
  return !isnan (number_of (prices, "input")) || !isnan (number_of (prices, "output"));
}

/* Appends "output 600000" for each rate that is off by the unit. */
static void
find_implausible (JsonObject *prices, GString *words)
{
  static const struct {
    const char *name;
    double most;
  } limits[] = {
    { "input", BE_IMPLAUSIBLE_INPUT_USD },
    { "cached_input", BE_IMPLAUSIBLE_INPUT_USD },
    { "cache_write", BE_IMPLAUSIBLE_INPUT_USD },
    { "cache_write_1h", BE_IMPLAUSIBLE_INPUT_USD },
    { "output", BE_IMPLAUSIBLE_OUTPUT_USD },
    { "reasoning", BE_IMPLAUSIBLE_OUTPUT_USD },
    { "batch_input", BE_IMPLAUSIBLE_INPUT_USD },
    { "batch_cached_input", BE_IMPLAUSIBLE_INPUT_USD },
    { "batch_output", BE_IMPLAUSIBLE_OUTPUT_USD },
  };
  static const char *const lists[] = { "tiers", "windows" };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++) {
    double value = number_of (prices, limits[i].name);
    if (value > limits[i].most)
      g_string_append_printf (words, "%s%s %.15g", words->len > 0 ? ", " : "", limits[i].name,
                              value);
  }
  for (guint k = 0; k < G_N_ELEMENTS (lists); k++) {
    JsonArray *list = be_list_array (prices, lists[k]);
    for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
      find_implausible (json_array_get_object_element (list, i), words);
  }
}

/* Nought beside a paid price means one of two things. */
static void
note_noughts (BeListRow *row, JsonObject *prices)
{
  static const char *const parts[] = { "input",       "output",         "cached_input",
                                       "cache_write", "cache_write_1h", "reasoning" };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (number_of (prices, parts[i]) == 0)
      be_list_note (row->reader, row->place,
                    _ ("%s is 0: free, or no separate charge; the list does not tell which"),
                    parts[i]);
}

/* What a reader of the preview should look at in one price row. */
static void
examine (BeListRow *row, JsonObject *entry, JsonObject *prices)
{
  g_autoptr (GString) implausible = g_string_new (NULL);
  double input = number_of (prices, "input"), output = number_of (prices, "output");

  find_implausible (prices, implausible);
  if (implausible->len > 0) {
    json_object_set_string_member (entry, "flag", "implausible");
    be_list_note (row->reader, row->place, _ ("implausible in USD per million tokens: %s"),
                  implausible->str);
  }
  if (is_free (prices)) {
    if (!json_object_has_member (entry, "flag"))
      json_object_set_string_member (entry, "flag", "free");
    return;
  }
  note_noughts (row, prices);
  if (isnan (input) || isnan (output))
    be_list_note (row->reader, row->place,
                  _ ("%s has no price: it is unknown, and an error as soon as it is billed"),
                  isnan (input) ? "input" : "output");
}

/* A list whose offer ended, or has not begun, has no price for today. */
static void
note_dates (BeListRow *row, JsonArray *prices)
{
  const char *today = row->reader->as_of;
  for (guint i = 0; i < json_array_get_length (prices); i++) {
    JsonObject *period = json_array_get_object_element (prices, i);
    const char *from = be_list_text (period, "from"), *to = be_list_text (period, "to");
    if ((from == NULL || strcmp (from, today) <= 0) && (to == NULL || strcmp (today, to) < 0))
      return;
  }
  be_list_note (row->reader, row->place, _ ("no price is in force on %s"), today);
}

void
be_list_take (BeListRow *row, JsonObject *entry)
{
  g_autoptr (JsonObject) taken = entry;
  JsonArray *prices = be_list_array (entry, "prices");
  g_autofree char *key =
      g_strdup_printf ("%s/%s", be_list_text (entry, "provider"), be_list_text (entry, "id"));

  if (row->refused)
    return;
  gboolean any = FALSE;
  for (guint i = 0; prices != NULL && i < json_array_get_length (prices); i++)
    any |= has_price (json_array_get_object_element (prices, i));
  if (!any) {
    be_list_skip (row->reader, row->place, _ ("no price for a token: unknown, not zero"));
    return;
  }
  if (g_hash_table_contains (row->reader->keys, key)) {
    be_list_skip (row->reader, row->place, _ ("%s stands in the list before; the first was taken"),
                  key);
    return;
  }
  for (guint i = 0; i < json_array_get_length (prices); i++)
    examine (row, entry, json_array_get_object_element (prices, i));
  note_dates (row, prices);
  if (!json_object_has_member (entry, "as_of"))
    json_object_set_string_member (entry, "as_of", row->reader->as_of);
  if (!json_object_has_member (entry, "source"))
    json_object_set_string_member (entry, "source", row->reader->list->format);
  gboolean is_implausible = g_strcmp0 (be_list_text (entry, "flag"), "implausible") == 0;
  g_hash_table_add (row->reader->keys, g_steal_pointer (&key));
  json_array_add_object_element (row->reader->models, g_steal_pointer (&taken));
  row->reader->list->n_models++;
  row->reader->list->n_implausible += is_implausible;
}
