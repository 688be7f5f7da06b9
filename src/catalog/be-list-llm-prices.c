/* SPDX-License-Identifier: GPL-3.0-or-later */
/* llm-prices' current-v1.json and historical-v1.json, and this program's own catalogue. */
#include "catalog/be-catalog-private.h"
#include "catalog/be-price-list-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static JsonArray *
rows_of (JsonNode *root)
{
  return JSON_NODE_HOLDS_OBJECT (root) ? be_list_array (json_node_get_object (root), "prices")
                                       : NULL;
}

static gboolean
recognise (JsonNode *root)
{
  JsonArray *rows = rows_of (root);
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    JsonNode *node = json_array_get_element (rows, i);
    if (JSON_NODE_HOLDS_OBJECT (node)
        && be_list_text (json_node_get_object (node), "vendor") != NULL)
      return TRUE;
  }
  return FALSE;
}

/* NULL for none; refuses the row for what is not a date. */
static char *
read_date (BeListRow *row, JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  char *date = be_list_date (be_list_text (object, name));
  if (date == NULL)
    be_list_refuse (row, _ ("%s is not a date, YYYY-MM-DD"), name);
  return date;
}

/* Rows of one vendor and id are the periods of one offer. */
typedef struct {
  JsonObject *entry; /* owned until it is taken */
  char *place;
  gboolean refused;
} Model;

static void
model_free (gpointer data)
{
  Model *model = data;
  g_clear_pointer (&model->entry, json_object_unref);
  g_free (model->place);
  g_free (model);
}

static Model *
find_model (GPtrArray *models, GHashTable *by_key, const char *vendor, const char *id,
            const char *name)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", vendor, id);
  Model *model = g_hash_table_lookup (by_key, key);
  if (model != NULL)
    return model;
  model = g_new0 (Model, 1);
  model->entry = be_list_entry (vendor, id, name);
  model->place = g_strdup (key);
  g_ptr_array_add (models, model);
  g_hash_table_insert (by_key, g_steal_pointer (&key), model);
  return model;
}

static gboolean
overlaps (JsonObject *entry, const char *from, const char *to)
{
  JsonArray *prices = be_list_array (entry, "prices");
  for (guint i = 0; prices != NULL && i < json_array_get_length (prices); i++) {
    JsonObject *other = json_array_get_object_element (prices, i);
    const char *begins = be_list_text (other, "from"), *ends = be_list_text (other, "to");
    if ((to == NULL || begins == NULL || strcmp (begins, to) < 0)
        && (from == NULL || ends == NULL || strcmp (from, ends) < 0))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_price (const char *name)
{
  return g_str_has_prefix (name, "input") || g_str_has_prefix (name, "output");
}

static gboolean
is_taken (const char *name)
{
  return strcmp (name, "input") == 0 || strcmp (name, "output") == 0
         || strcmp (name, "input_cached") == 0;
}

/* Periods in the order of time: lists have them in any. */
static int
compare_periods (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (be_list_text (*(JsonObject *const *) a, "from"),
                    be_list_text (*(JsonObject *const *) b, "from"));
}

static void
sort_periods (JsonObject *entry)
{
  JsonArray *periods = be_list_array (entry, "prices"), *sorted = json_array_new ();
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  for (guint i = 0; periods != NULL && i < json_array_get_length (periods); i++)
    g_ptr_array_add (order, json_array_get_object_element (periods, i));
  g_ptr_array_sort (order, compare_periods);
  for (guint i = 0; i < order->len; i++)
    json_array_add_object_element (sorted, json_object_ref (order->pdata[i]));
  json_object_set_array_member (entry, "prices", sorted);
}

static void
read_row (BeListReader *reader, JsonNode *node, guint index, GPtrArray *models, GHashTable *by_key)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *vendor = object != NULL ? be_list_text (object, "vendor") : NULL;
  const char *id = object != NULL ? be_list_text (object, "id") : NULL;
  g_autofree char *place = id != NULL && vendor != NULL ? g_strdup_printf ("%s/%s", vendor, id)
                                                        : g_strdup_printf ("prices/%u", index);
  BeListRow row = { reader, place, FALSE };
  if (id == NULL || vendor == NULL) {
    be_list_skip (reader, place, _ ("not a price: it needs an id and a vendor"));
    return;
  }
  g_autofree char *from = read_date (&row, object, "from_date");
  g_autofree char *to = read_date (&row, object, "to_date");
  g_autoptr (JsonObject) prices = json_object_new ();
  be_list_rate (&row, object, "input", BE_PER_MTOK, prices, "input");
  be_list_rate (&row, object, "output", BE_PER_MTOK, prices, "output");
  be_list_rate (&row, object, "input_cached", BE_PER_MTOK, prices, "cached_input");
  be_list_note_untaken (&row, object, is_price, is_taken);
  if (from != NULL && to != NULL && strcmp (from, to) >= 0)
    be_list_refuse (&row, _ ("the price ends on %s, before it begins on %s"), to, from);
  if (row.refused)
    return;
  Model *model = find_model (models, by_key, vendor, id, be_list_text (object, "name"));
  if (overlaps (model->entry, from, to)) {
    be_list_skip (reader, place, _ ("another row holds at the same time; the first was taken"));
    return;
  }
  be_list_add_prices (&row, model->entry, g_steal_pointer (&prices), from, to);
}

static void
read_list (BeListReader *reader, JsonNode *root)
{
  JsonArray *rows = rows_of (root);
  BeListRow head = { reader, "updated_at", FALSE };
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (model_free);
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  char *updated = read_date (&head, json_node_get_object (root), "updated_at");
  if (updated != NULL) {
    g_free (reader->as_of);
    reader->as_of = updated;
  }
  guint n = json_array_get_length (rows);
  for (guint i = 0; i < n && be_list_goes_on (reader, i, n); i++)
    read_row (reader, json_array_get_element (rows, i), i, models, by_key);
  for (guint i = 0; i < models->len; i++) {
    Model *model = models->pdata[i];
    BeListRow row = { reader, model->place, FALSE };
    sort_periods (model->entry);
    be_list_take (&row, g_steal_pointer (&model->entry));
  }
}

const BeListFormat be_list_llm_prices = { "llm-prices", recognise, read_list };

static gboolean
recognise_own (JsonNode *root)
{
  return be_catalog_is_own (root)
         && json_object_get_int_member_with_default (json_node_get_object (root), "format_version",
                                                     0)
                == 1
         && be_list_array (json_node_get_object (root), "models") != NULL;
}

static void
read_own (BeListReader *reader, JsonNode *root)
{
  JsonObject *document = json_node_get_object (root);
  JsonArray *models = be_list_array (document, "models");
  BeListRow head = { reader, "as_of", FALSE };
  char *as_of = read_date (&head, document, "as_of");
  if (as_of != NULL) {
    g_free (reader->as_of);
    reader->as_of = as_of;
  }
  guint n = json_array_get_length (models);
  for (guint i = 0; i < n && be_list_goes_on (reader, i, n); i++) {
    JsonNode *node = json_array_get_element (models, i);
    JsonObject *model = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    g_autofree char *place = g_strdup_printf ("models/%u", i);
    BeListRow row = { reader, place, FALSE };
    g_autoptr (GError) error = NULL;
    if (model == NULL)
      be_list_skip (reader, place, _ ("not a model: the entry is no object"));
    else if (!be_catalog_check_entry (model, place, &error))
      be_list_skip (reader, place, "%s", error->message);
    else
      be_list_take (&row, json_object_ref (model));
  }
}

const BeListFormat be_list_own = { "Breakeven", recognise_own, read_own };
