/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recognises a price list and reads it row by row into a catalogue document. */
#include "catalog/be-price-list-private.h"

#include "be-config.h"
#include "json/be-json.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Above these a list is off by the unit: USD per million tokens. */
#define IMPLAUSIBLE_INPUT 1000.0
#define IMPLAUSIBLE_OUTPUT 2000.0

static const BeListFormat *const formats[] = { &be_list_own,        &be_list_openrouter,
                                               &be_list_llm_prices, &be_list_genai_prices,
                                               &be_list_models_dev, &be_list_litellm };

static void
remark_free (gpointer data)
{
  BePriceListRemark *remark = data;
  g_free (remark->place);
  g_free (remark->reason);
  g_free (remark);
}

void
be_price_list_free (BePriceList *list)
{
  if (list == NULL)
    return;
  g_clear_pointer (&list->catalogue, json_node_unref);
  g_ptr_array_unref (list->skipped);
  g_ptr_array_unref (list->notes);
  g_free (list);
}

static JsonNode *
member (JsonObject *from, const char *name)
{
  JsonNode *node = json_object_get_member (from, name);
  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

JsonObject *
be_list_object (JsonObject *from, const char *name)
{
  JsonNode *node = member (from, name);
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
be_list_array (JsonObject *from, const char *name)
{
  JsonNode *node = member (from, name);
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

const char *
be_list_text (JsonObject *from, const char *name)
{
  JsonNode *node = member (from, name);
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

/* A number, or text that is nothing but a number. */
static gboolean
read_number (JsonNode *node, double *value)
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

static char *
written (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);
  return g_strdup_printf ("%.60s", text);
}

double
be_list_price (BeListRow *row, JsonObject *from, const char *name, double scale)
{
  JsonNode *node = member (from, name);
  double value;

  if (node == NULL)
    return NAN;
  g_autofree char *found = written (node);
  if (!read_number (node, &value) || isnan (value))
    be_list_refuse (row, _ ("%s: found %s, a price is a number"), name, found);
  else if (value == -1)
    be_list_refuse (row, _ ("%s is -1: the price is dynamic"), name);
  else if (value < 0)
    be_list_refuse (row, _ ("%s: found %s, a price is at least 0"), name, found);
  else if (!isfinite (value * scale))
    be_list_refuse (row, _ ("%s: found %s, a price is finite"), name, found);
  else
    return settled (value * scale);
  return NAN;
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
  JsonNode *node = member (from, name);
  double value;

  if (node == NULL)
    return;
  if (!read_number (node, &value) || !(value >= 0) || !(value <= 1e15)) {
    g_autofree char *found = written (node);
    be_list_note (row->reader, row->place, _ ("%s: found %s, left out"), name, found);
    return;
  }
  if (floor (value) > 0)
    json_object_set_int_member (to, as, (gint64) floor (value));
}

static JsonArray *
list_member (JsonObject *object, const char *name)
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
  json_array_add_object_element (list_member (row_prices, "tiers"), tier);
  return tier;
}

JsonObject *
be_list_add_window (JsonObject *row_prices, const char *utc)
{
  JsonObject *window = json_object_new ();
  JsonArray *hours = json_array_new ();
  json_array_add_string_element (hours, utc);
  json_object_set_array_member (window, "utc", hours);
  json_array_add_object_element (list_member (row_prices, "windows"), window);
  return window;
}

static double
number_of (JsonObject *object, const char *name)
{
  JsonNode *node = member (object, name);
  double value;
  return node != NULL && read_number (node, &value) ? value : NAN;
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

void
be_list_settle_tiers (JsonObject *row_prices)
{
  JsonArray *tiers = be_list_array (row_prices, "tiers");
  g_autoptr (GPtrArray) sorted =
      g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  if (tiers == NULL)
    return;
  for (guint i = 0; i < json_array_get_length (tiers); i++) {
    JsonObject *tier = json_array_get_object_element (tiers, i);
    if (!is_free (row_prices) || !is_free (tier))
      g_ptr_array_add (sorted, json_object_ref (tier));
  }
  g_ptr_array_sort (sorted, compare_tiers);
  json_object_remove_member (row_prices, "tiers");
  for (guint i = 0; i < sorted->len; i++)
    json_array_add_object_element (list_member (row_prices, "tiers"),
                                   json_object_ref (sorted->pdata[i]));
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
be_list_add_prices (JsonObject *entry, JsonObject *prices, const char *from, const char *to)
{
  set_date (prices, "from", from);
  set_date (prices, "to", to);
  be_list_settle_tiers (prices);
  json_array_add_object_element (list_member (entry, "prices"), prices);
}

static gboolean
has_price (JsonObject *prices)
{
  return !isnan (number_of (prices, "input")) || !isnan (number_of (prices, "output"));
}

/* What a reader of the preview should look at in one price row. */
static void
examine (BeListRow *row, JsonObject *entry, JsonObject *prices)
{
  static const char *const parts[] = { "cached_input", "cache_write", "cache_write_1h",
                                       "reasoning" };
  double input = number_of (prices, "input"), output = number_of (prices, "output");

  if (input > IMPLAUSIBLE_INPUT || output > IMPLAUSIBLE_OUTPUT) {
    json_object_set_string_member (entry, "flag", "implausible");
    be_list_note (row->reader, row->place,
                  _ ("implausible: %g input and %g output USD per million tokens"), input, output);
  }
  if (is_free (prices)) {
    if (!json_object_has_member (entry, "flag"))
      json_object_set_string_member (entry, "flag", "free");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (number_of (prices, parts[i]) == 0)
      be_list_note (row->reader, row->place,
                    _ ("%s is 0: free, or no separate charge; the list does not tell which"),
                    parts[i]);
  if (isnan (input) || isnan (output))
    be_list_note (row->reader, row->place,
                  _ ("%s has no price: it is unknown, and an error as soon as it is billed"),
                  isnan (input) ? "input" : "output");
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
  if (!json_object_has_member (entry, "as_of"))
    json_object_set_string_member (entry, "as_of", row->reader->as_of);
  if (!json_object_has_member (entry, "source"))
    json_object_set_string_member (entry, "source", row->reader->list->format);
  g_hash_table_add (row->reader->keys, g_steal_pointer (&key));
  json_array_add_object_element (row->reader->models, g_steal_pointer (&taken));
  row->reader->list->n_models++;
}

static void
note_repeated (BeListReader *reader, GPtrArray *repeated)
{
  for (guint i = 0; i < repeated->len; i++)
    be_list_note (reader, repeated->pdata[i],
                  _ ("the member occurs again; the last one was taken"));
}

static JsonNode *
finish (BeListReader *reader)
{
  JsonObject *root = json_object_new ();
  json_object_set_string_member (root, "format", "hosted-price-catalogue");
  json_object_set_int_member (root, "format_version", 1);
  json_object_set_string_member (root, "as_of", reader->as_of);
  json_object_set_string_member (root, "source", reader->list->format);
  json_object_set_array_member (root, "models", reader->models);
  return json_node_init_object (json_node_alloc (), root);
}

BePriceList *
be_price_list_read (const char *data, gsize length, const char *name, const char *as_of,
                    GError **error)
{
  g_autoptr (GPtrArray) repeated = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) root = be_json_parse_lenient (data, length, name, repeated, error);
  const BeListFormat *format = NULL;

  if (root == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (formats) && format == NULL; i++)
    if (formats[i]->recognise (root))
      format = formats[i];
  if (format == NULL) {
    g_set_error (error, BE_CATALOG_ERROR, BE_CATALOG_ERROR_FORMAT,
                 _ ("%s: this is not a price list of a known form (LiteLLM, genai-prices, "
                    "models.dev, OpenRouter, llm-prices, or this program's catalogue)"),
                 name);
    return NULL;
  }
  BePriceList *list = g_new0 (BePriceList, 1);
  list->format = format->name;
  list->skipped = g_ptr_array_new_with_free_func (remark_free);
  list->notes = g_ptr_array_new_with_free_func (remark_free);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  BeListReader reader = { list, json_array_new (), keys, g_strdup (as_of) };
  note_repeated (&reader, repeated);
  format->read (&reader, root);
  list->catalogue = finish (&reader);
  g_free (reader.as_of);
  return list;
}

static char *
date_of_file (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_TIME_MODIFIED, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GDateTime) changed =
      info != NULL ? g_file_info_get_modification_date_time (info) : NULL;
  return changed != NULL ? g_date_time_format (changed, "%Y-%m-%d") : g_strdup ("1970-01-01");
}

BePriceList *
be_price_list_load (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = be_file_read (path, 0, NULL, error);
  g_autofree char *name = g_filename_display_name (path);
  if (bytes == NULL)
    return NULL;
  g_autofree char *as_of = date_of_file (path);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  return be_price_list_read (data != NULL ? data : "", length, name, as_of, error);
}
