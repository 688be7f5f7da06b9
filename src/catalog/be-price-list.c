/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recognises a price list and reads it row by row into a catalogue document. */
#include "catalog/be-price-list-private.h"

#include "be-config.h"
#include "json/be-json.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

/* Of a thousand parts of the time, what building the tree takes. */
#define PARSED 400

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

JsonNode *
be_price_list_get_plausible (const BePriceList *list)
{
  JsonObject *root = json_node_get_object (list->catalogue), *copy;
  JsonArray *from = json_object_get_array_member (root, "models"), *to;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (list->n_implausible == 0)
    return json_node_ref (list->catalogue);
  copy = json_object_new ();
  to = json_array_new ();
  json_object_iter_init_ordered (&iter, root);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (copy, name, json_node_ref (node));
  for (guint i = 0; i < json_array_get_length (from); i++) {
    node = json_array_get_element (from, i);
    if (g_strcmp0 (be_list_text (json_node_get_object (node), "flag"), "implausible") != 0)
      json_array_add_element (to, json_node_ref (node));
  }
  json_object_set_array_member (copy, "models", to);
  node = json_node_init_object (json_node_alloc (), copy);
  json_object_unref (copy);
  return node;
}

gboolean
be_list_goes_on (BeListReader *reader, guint index, guint n)
{
  if (reader->watch == NULL)
    return TRUE;
  g_atomic_int_set (&reader->watch->permille,
                    PARSED + (gint) ((1000 - PARSED) * (guint64) index / MAX (n, 1)));
  return !g_atomic_int_get (&reader->watch->is_stopped);
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
                    BeJsonWatch *watch, GError **error)
{
  g_autoptr (GPtrArray) repeated = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) root =
      be_json_parse_lenient (data, length, name, repeated, watch, PARSED, error);
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
  BeListReader reader = { list, json_array_new (), keys, g_strdup (as_of), watch };
  note_repeated (&reader, repeated);
  format->read (&reader, root);
  list->catalogue = finish (&reader);
  g_free (reader.as_of);
  if (watch != NULL && g_atomic_int_get (&watch->is_stopped)) {
    be_price_list_free (list);
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("%s: reading was stopped"), name);
    return NULL;
  }
  if (watch != NULL)
    g_atomic_int_set (&watch->permille, 1000);
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
be_price_list_load (const char *path, BeJsonWatch *watch, GError **error)
{
  g_autoptr (GBytes) bytes = be_file_read (path, 0, NULL, error);
  g_autofree char *name = g_filename_display_name (path);
  if (bytes == NULL)
    return NULL;
  g_autofree char *as_of = date_of_file (path);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  return be_price_list_read (data != NULL ? data : "", length, name, as_of, watch, error);
}
