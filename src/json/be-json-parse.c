/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads bytes as RFC 8259 JSON, strictly and with bounds, and builds the tree as it goes. */
#include "json/be-json.h"

#include "be-config.h"
#include "json/be-json-reader.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* A tree costs about 80 bytes a value, so this many stay under 50 MB. */
#define MAX_VALUES 500000u
#define MAX_MEMBERS 16384u
#define LENIENT_VALUES 2000000u
#define LENIENT_MEMBERS 200000u
/* JsonObject hashes with g_str_hash; more equal hashes than this are made on purpose. */
#define MAX_EQUAL_HASHES 16u
/* Bytes of a pointer: of what has a longer one the place is not kept, as each holds its whole. */
#define MAX_PLACE_LENGTH 400u
/* Values between two looks at whether to go on. */
#define VALUES_A_LOOK 1024u

struct _BeJsonPositions {
  GHashTable *places; /* pointer -> line << 32 | column */
};

static JsonNode *read_value (BeJsonReader *reader);

GQuark
be_json_error_quark (void)
{
  return g_quark_from_static_string ("be-json-error-quark");
}

void
be_json_positions_free (BeJsonPositions *positions)
{
  if (positions == NULL)
    return;
  g_hash_table_unref (positions->places);
  g_free (positions);
}

gboolean
be_json_positions_find (BeJsonPositions *positions, const char *pointer, guint *line, guint *column)
{
  const gint64 *place = g_hash_table_lookup (positions->places, pointer);
  if (place == NULL)
    return FALSE;
  if (line != NULL)
    *line = (guint) (*place >> 32);
  if (column != NULL)
    *column = (guint) (*place & 0xffffffff);
  return TRUE;
}

static gsize
push_segment (BeJsonReader *reader, const char *segment)
{
  if (reader->pointer == NULL)
    return 0;
  gsize before = reader->pointer->len;
  g_string_append_c (reader->pointer, '/');
  for (; *segment != '\0'; segment++) {
    if (*segment == '~')
      g_string_append (reader->pointer, "~0");
    else if (*segment == '/')
      g_string_append (reader->pointer, "~1");
    else
      g_string_append_c (reader->pointer, *segment);
  }
  return before;
}

static void
pop_segment (BeJsonReader *reader, gsize before)
{
  if (reader->pointer != NULL)
    g_string_truncate (reader->pointer, before);
}

static void
remember_place (BeJsonReader *reader)
{
  if (reader->positions == NULL || reader->pointer->len > MAX_PLACE_LENGTH)
    return;
  be_json_locate (reader, reader->at);
  gint64 *place = g_new (gint64, 1);
  *place = (gint64) reader->line << 32 | reader->column;
  g_hash_table_replace (reader->positions->places, g_strdup (reader->pointer->str), place);
}

static gboolean
enter (BeJsonReader *reader)
{
  if (++reader->depth <= BE_JSON_MAX_DEPTH) {
    reader->at++;
    be_json_skip_space (reader);
    return TRUE;
  }
  be_json_fail_at (reader, reader->at, BE_JSON_ERROR_LIMIT,
                   _ ("found a value nested %u deep, expected at most %u"), reader->depth,
                   (guint) BE_JSON_MAX_DEPTH);
  return FALSE;
}

/* After a member or element: moves over "," and what follows, or over the closing byte. */
static gboolean
read_separator (BeJsonReader *reader, char closing, gboolean *closed)
{
  be_json_skip_space (reader);
  *closed = be_json_next_is (reader, closing);
  if (!*closed && !be_json_next_is (reader, ',')) {
    be_json_fail_expected (reader, reader->at,
                           closing == ']' ? _ ("“,” or “]”") : _ ("“,” or “}”"));
    return FALSE;
  }
  reader->at++;
  if (!*closed)
    be_json_skip_space (reader);
  return TRUE;
}

static JsonNode *
read_array (BeJsonReader *reader)
{
  g_autoptr (JsonArray) array = json_array_new ();
  if (!enter (reader))
    return NULL;
  gboolean closed = be_json_next_is (reader, ']');
  if (closed)
    reader->at++;
  for (guint i = 0; !closed; i++) {
    char segment[16];
    g_snprintf (segment, sizeof segment, "%u", i);
    gsize before = push_segment (reader, segment);
    JsonNode *element = read_value (reader);
    pop_segment (reader, before);
    if (element == NULL)
      return NULL;
    json_array_add_element (array, element);
    if (!read_separator (reader, ']', &closed))
      return NULL;
  }
  reader->depth--;
  return json_node_init_array (json_node_alloc (), array);
}

/* Whether a member of this name may be added; hashes counts names by their g_str_hash. */
static gboolean
check_name (BeJsonReader *reader, const char *at, JsonObject *object, GHashTable *hashes,
            const char *name)
{
  gpointer hash = GUINT_TO_POINTER (g_str_hash (name));
  guint equal = GPOINTER_TO_UINT (g_hash_table_lookup (hashes, hash));
  if (equal > 0 && json_object_has_member (object, name)) {
    if (reader->repeated != NULL) {
      gsize before = push_segment (reader, name);
      g_ptr_array_add (reader->repeated, g_strdup (reader->pointer->str));
      pop_segment (reader, before);
      return TRUE;
    }
    be_json_fail_at (reader, at, BE_JSON_ERROR_DUPLICATE,
                     _ ("found the member “%.80s” again, expected each name once"), name);
    return FALSE;
  }
  if (equal >= MAX_EQUAL_HASHES) {
    be_json_fail_at (reader, at, BE_JSON_ERROR_LIMIT,
                     _ ("found member names made to collide, expected ordinary names"));
    return FALSE;
  }
  if (json_object_get_size (object) >= reader->max_members) {
    be_json_fail_at (reader, at, BE_JSON_ERROR_LIMIT,
                     _ ("found more than %u members in one object, expected fewer"),
                     reader->max_members);
    return FALSE;
  }
  g_hash_table_insert (hashes, hash, GUINT_TO_POINTER (equal + 1));
  return TRUE;
}

static gboolean
read_member (BeJsonReader *reader, JsonObject *object, GHashTable *hashes)
{
  const char *at = reader->at;
  if (!be_json_next_is (reader, '"')) {
    be_json_fail_expected (reader, at, _ ("a member name in double quotes"));
    return FALSE;
  }
  g_autofree char *name = be_json_read_string (reader);
  if (name == NULL || !check_name (reader, at, object, hashes, name))
    return FALSE;
  be_json_skip_space (reader);
  if (!be_json_next_is (reader, ':')) {
    be_json_fail_expected (reader, reader->at, _ ("“:”"));
    return FALSE;
  }
  reader->at++;
  be_json_skip_space (reader);
  gsize before = push_segment (reader, name);
  JsonNode *value = read_value (reader);
  pop_segment (reader, before);
  if (value == NULL)
    return FALSE;
  json_object_set_member (object, name, value);
  return TRUE;
}

static JsonNode *
read_object (BeJsonReader *reader)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GHashTable) hashes = g_hash_table_new (NULL, NULL);
  if (!enter (reader))
    return NULL;
  gboolean closed = be_json_next_is (reader, '}');
  if (closed)
    reader->at++;
  while (!closed) {
    if (!read_member (reader, object, hashes) || !read_separator (reader, '}', &closed))
      return NULL;
  }
  reader->depth--;
  return json_node_init_object (json_node_alloc (), object);
}

static gboolean
read_word (BeJsonReader *reader, const char *word)
{
  gsize length = strlen (word);
  if ((gsize) (reader->end - reader->at) < length || memcmp (reader->at, word, length) != 0)
    return FALSE;
  reader->at += length;
  return TRUE;
}

static JsonNode *
read_text_value (BeJsonReader *reader)
{
  g_autofree char *text = be_json_read_string (reader);
  return text == NULL ? NULL : json_node_init_string (json_node_alloc (), text);
}

/* Whether reading goes on; whoever looks on learns how far it is. */
static gboolean
goes_on (BeJsonReader *reader)
{
  if (reader->watch == NULL || reader->values % VALUES_A_LOOK != 0)
    return TRUE;
  double share = (double) (reader->at - reader->start) / (double) (reader->end - reader->start);
  g_atomic_int_set (&reader->watch->permille, (gint) (share * reader->watched));
  if (!g_atomic_int_get (&reader->watch->is_stopped))
    return TRUE;
  g_set_error (reader->error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("%s: reading was stopped"),
               reader->name);
  return FALSE;
}

static JsonNode *
read_value (BeJsonReader *reader)
{
  if (++reader->values > reader->max_values) {
    be_json_fail_at (reader, reader->at, BE_JSON_ERROR_LIMIT,
                     _ ("found more than %u values, expected fewer"), reader->max_values);
    return NULL;
  }
  if (!goes_on (reader))
    return NULL;
  remember_place (reader);
  char byte = reader->at < reader->end ? *reader->at : '\0';
  if (byte == '{')
    return read_object (reader);
  if (byte == '[')
    return read_array (reader);
  if (byte == '"')
    return read_text_value (reader);
  if (byte == '-' || g_ascii_isdigit (byte))
    return be_json_read_number (reader);
  if (read_word (reader, "true"))
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (read_word (reader, "false"))
    return json_node_init_boolean (json_node_alloc (), FALSE);
  if (read_word (reader, "null"))
    return json_node_init_null (json_node_alloc ());
  be_json_fail_expected (reader, reader->at, _ ("a JSON value"));
  return NULL;
}

static gboolean
check_bytes (BeJsonReader *reader, gsize max_bytes)
{
  gsize length = (gsize) (reader->end - reader->start);
  if (length > max_bytes) {
    be_json_fail_at (reader, reader->start, BE_JSON_ERROR_LIMIT,
                     _ ("found %zu bytes, expected at most %zu"), length, max_bytes);
    return FALSE;
  }
  const char *bad;
  if (length > 0 && !g_utf8_validate_len (reader->start, length, &bad)) {
    be_json_fail_at (reader, bad, BE_JSON_ERROR_SYNTAX,
                     _ ("found the byte 0x%02X, expected UTF-8 text"), (unsigned char) *bad);
    return FALSE;
  }
  return TRUE;
}

static JsonNode *
read_document (BeJsonReader *reader, gsize max_bytes)
{
  if (!check_bytes (reader, max_bytes))
    return NULL;
  be_json_skip_space (reader);
  g_autoptr (JsonNode) root = read_value (reader);
  if (root == NULL)
    return NULL;
  be_json_skip_space (reader);
  if (reader->at < reader->end) {
    be_json_fail_expected (reader, reader->at, _ ("the end of the document"));
    return NULL;
  }
  return g_steal_pointer (&root);
}

JsonNode *
be_json_parse_full (const char *data, gsize length, const char *name, gsize max_bytes,
                    BeJsonPositions **positions, GError **error)
{
  BeJsonReader reader = { .start = data,
                          .at = data,
                          .end = data + length,
                          .name = name,
                          .counted = data,
                          .line = 1,
                          .column = 1,
                          .max_values = MAX_VALUES,
                          .max_members = MAX_MEMBERS,
                          .error = error };
  g_autoptr (GString) pointer = NULL;
  g_autoptr (BeJsonPositions) places = NULL;
  if (positions != NULL) {
    *positions = NULL;
    places = g_new0 (BeJsonPositions, 1);
    places->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    pointer = g_string_new (NULL);
  }
  reader.pointer = pointer;
  reader.positions = places;
  JsonNode *root = read_document (&reader, max_bytes == 0 ? BE_JSON_MAX_BYTES : max_bytes);
  if (root != NULL && positions != NULL)
    *positions = g_steal_pointer (&places);
  return root;
}

JsonNode *
be_json_parse_lenient (const char *data, gsize length, const char *name, GPtrArray *repeated,
                       BeJsonWatch *watch, gint watched, GError **error)
{
  static const char mark[] = "\xef\xbb\xbf";
  g_autoptr (GString) pointer = g_string_new (NULL);
  gsize skipped = length >= 3 && memcmp (data, mark, 3) == 0 ? 3 : 0;
  BeJsonReader reader = { .start = data,
                          .at = data + skipped,
                          .end = data + length,
                          .name = name,
                          .counted = data,
                          .line = 1,
                          .column = 1,
                          .max_values = LENIENT_VALUES,
                          .max_members = LENIENT_MEMBERS,
                          .repeated = repeated,
                          .pointer = pointer,
                          .watch = watch,
                          .watched = watched,
                          .error = error };
  return read_document (&reader, BE_JSON_MAX_BYTES);
}

JsonNode *
be_json_parse (const char *data, gsize length, const char *name, GError **error)
{
  return be_json_parse_full (data, length, name, 0, NULL, error);
}
