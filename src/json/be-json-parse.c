/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads bytes as RFC 8259 JSON, strictly and with bounds, and builds the tree as it goes. */
#include "json/be-json.h"

#include "be-config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
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
#define MAX_NUMBER_LENGTH 1000u
#define MAX_INTEGER (G_GINT64_CONSTANT (1) << 53)

struct _BeJsonPositions {
  GHashTable *places; /* pointer -> line << 32 | column */
};

typedef struct {
  const char *start, *at, *end;
  const char *name;
  /* The place last asked for; places are asked for in ascending order, so this stays linear. */
  const char *counted;
  guint line, column;
  guint depth, values;
  guint max_values, max_members;
  GPtrArray *repeated;        /* NULL: strict */
  GString *pointer;           /* owned, NULL when no positions are wanted */
  BeJsonPositions *positions; /* owned until the end */
  GError **error;
} Reader;

static JsonNode *read_value (Reader *reader);

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

static void
locate (Reader *reader, const char *at)
{
  if (at < reader->counted) {
    reader->counted = reader->start;
    reader->line = reader->column = 1;
  }
  for (; reader->counted < at; reader->counted++) {
    unsigned char byte = (unsigned char) *reader->counted;
    if (byte == '\n') {
      reader->line++;
      reader->column = 1;
    } else if ((byte & 0xc0) != 0x80) {
      reader->column++;
    }
  }
}

static void fail_at (Reader *reader, const char *at, BeJsonError code, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static void
fail_at (Reader *reader, const char *at, BeJsonError code, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  locate (reader, at);
  g_set_error (reader->error, BE_JSON_ERROR, code, "%s:%u:%u: %s", reader->name, reader->line,
               reader->column, message);
}

/* What stands at a place, for a message. The bytes were checked to be UTF-8 before. */
static char *
describe (const Reader *reader, const char *at)
{
  if (at >= reader->end)
    return g_strdup (_ ("the end of the document"));
  gunichar character = g_utf8_get_char (at);
  if (character == 0xfeff)
    return g_strdup (_ ("a byte order mark"));
  if (character <= ' ' || !g_unichar_isprint (character))
    return g_strdup_printf ("U+%04X", character);
  char text[7] = { 0 };
  g_unichar_to_utf8 (character, text);
  return g_strdup_printf (_ ("“%s”"), text);
}

static void
fail_expected (Reader *reader, const char *at, const char *expected)
{
  g_autofree char *found = describe (reader, at);
  fail_at (reader, at, BE_JSON_ERROR_SYNTAX, _ ("found %s, expected %s"), found, expected);
}

static void
skip_space (Reader *reader)
{
  while (reader->at < reader->end && strchr (" \t\n\r", *reader->at) != NULL && *reader->at != '\0')
    reader->at++;
}

static gboolean
next_is (const Reader *reader, char byte)
{
  return reader->at < reader->end && *reader->at == byte;
}

static void
skip_digits (Reader *reader)
{
  while (reader->at < reader->end && g_ascii_isdigit (*reader->at))
    reader->at++;
}

static gboolean
read_digits (Reader *reader)
{
  const char *from = reader->at;
  skip_digits (reader);
  if (reader->at > from)
    return TRUE;
  fail_expected (reader, reader->at, _ ("a digit"));
  return FALSE;
}

/* Moves over one number by the grammar; *whole tells whether it has neither fraction nor exponent.
 */
static gboolean
scan_number (Reader *reader, gboolean *whole)
{
  *whole = TRUE;
  if (next_is (reader, '-'))
    reader->at++;
  const char *first = reader->at;
  if (!read_digits (reader))
    return FALSE;
  if (*first == '0' && reader->at > first + 1) {
    fail_expected (reader, first + 1, _ ("no digit after a leading zero"));
    return FALSE;
  }
  if (next_is (reader, '.')) {
    *whole = FALSE;
    reader->at++;
    if (!read_digits (reader))
      return FALSE;
  }
  if (next_is (reader, 'e') || next_is (reader, 'E')) {
    *whole = FALSE;
    reader->at++;
    if (next_is (reader, '+') || next_is (reader, '-'))
      reader->at++;
    return read_digits (reader);
  }
  return TRUE;
}

static JsonNode *
read_number (Reader *reader)
{
  const char *from = reader->at;
  gboolean whole;
  if (!scan_number (reader, &whole))
    return NULL;
  gsize length = (gsize) (reader->at - from);
  if (length > MAX_NUMBER_LENGTH) {
    fail_at (reader, from, BE_JSON_ERROR_LIMIT,
             _ ("found a number of %zu characters, expected at most %u"), length,
             MAX_NUMBER_LENGTH);
    return NULL;
  }
  char text[MAX_NUMBER_LENGTH + 1];
  memcpy (text, from, length);
  text[length] = '\0';
  if (whole && strcmp (text, "-0") != 0) {
    errno = 0;
    gint64 integer = g_ascii_strtoll (text, NULL, 10);
    if (errno == 0 && integer >= -MAX_INTEGER && integer <= MAX_INTEGER)
      return json_node_init_int (json_node_alloc (), integer);
    if (reader->repeated != NULL)
      return json_node_init_double (json_node_alloc (), g_ascii_strtod (text, NULL));
    fail_at (reader, from, BE_JSON_ERROR_LIMIT,
             _ ("found the integer %.40s, expected at most 9007199254740992 either side of zero"),
             text);
    return NULL;
  }
  double value = g_ascii_strtod (text, NULL);
  if (isfinite (value) || reader->repeated != NULL)
    return json_node_init_double (json_node_alloc (), value);
  fail_at (reader, from, BE_JSON_ERROR_RANGE, _ ("found %.40s, expected a finite number"), text);
  return NULL;
}

static gboolean
read_hex (Reader *reader, gunichar *code)
{
  *code = 0;
  for (int digit = 0; digit < 4; digit++, reader->at++) {
    if (reader->at >= reader->end || !g_ascii_isxdigit (*reader->at)) {
      fail_expected (reader, reader->at, _ ("a hexadecimal digit"));
      return FALSE;
    }
    *code = *code * 16 + (gunichar) g_ascii_xdigit_value (*reader->at);
  }
  return TRUE;
}

/* After "\u": one escape, or two of a surrogate pair. */
static gboolean
read_unicode_escape (Reader *reader, GString *text)
{
  const char *from = reader->at - 2;
  gunichar code, low;
  if (!read_hex (reader, &code))
    return FALSE;
  if (code == 0 && reader->repeated != NULL)
    code = 0xfffd;
  if (code == 0) {
    fail_at (reader, from, BE_JSON_ERROR_SYNTAX,
             _ ("found \\u0000, expected a character that text can hold"));
    return FALSE;
  }
  if (code >= 0xd800 && code <= 0xdbff && reader->end - reader->at >= 2 && reader->at[0] == '\\'
      && reader->at[1] == 'u') {
    reader->at += 2;
    if (!read_hex (reader, &low))
      return FALSE;
    if (low >= 0xdc00 && low <= 0xdfff)
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
  }
  if (code >= 0xd800 && code <= 0xdfff && reader->repeated != NULL)
    code = 0xfffd;
  if (code >= 0xd800 && code <= 0xdfff) {
    fail_at (reader, from, BE_JSON_ERROR_SYNTAX,
             _ ("found half of a surrogate pair, expected both halves"));
    return FALSE;
  }
  g_string_append_unichar (text, code);
  return TRUE;
}

static gboolean
read_escape (Reader *reader, GString *text)
{
  static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  reader->at++;
  if (next_is (reader, 'u')) {
    reader->at++;
    return read_unicode_escape (reader, text);
  }
  const char *found = reader->at < reader->end ? strchr (names, *reader->at) : NULL;
  if (found == NULL || *found == '\0') {
    fail_expected (reader, reader->at, _ ("one of \"\\/bfnrtu after a backslash"));
    return FALSE;
  }
  g_string_append_c (text, meant[found - names]);
  reader->at++;
  return TRUE;
}

/* Reads a string; NULL with the error set. */
static char *
read_string (Reader *reader)
{
  g_autoptr (GString) text = g_string_new (NULL);
  reader->at++;
  for (;;) {
    const char *from = reader->at;
    while (reader->at < reader->end && (unsigned char) *reader->at >= 0x20 && *reader->at != '"'
           && *reader->at != '\\')
      reader->at++;
    g_string_append_len (text, from, reader->at - from);
    if (next_is (reader, '"')) {
      reader->at++;
      return g_string_free (g_steal_pointer (&text), FALSE);
    }
    if (!next_is (reader, '\\')) {
      fail_expected (reader, reader->at, _ ("the rest of a string and its closing quote"));
      return NULL;
    }
    if (!read_escape (reader, text))
      return NULL;
  }
}

static gsize
push_segment (Reader *reader, const char *segment)
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
pop_segment (Reader *reader, gsize before)
{
  if (reader->pointer != NULL)
    g_string_truncate (reader->pointer, before);
}

static void
remember_place (Reader *reader)
{
  if (reader->positions == NULL || reader->pointer->len > MAX_PLACE_LENGTH)
    return;
  locate (reader, reader->at);
  gint64 *place = g_new (gint64, 1);
  *place = (gint64) reader->line << 32 | reader->column;
  g_hash_table_replace (reader->positions->places, g_strdup (reader->pointer->str), place);
}

static gboolean
enter (Reader *reader)
{
  if (++reader->depth <= BE_JSON_MAX_DEPTH) {
    reader->at++;
    skip_space (reader);
    return TRUE;
  }
  fail_at (reader, reader->at, BE_JSON_ERROR_LIMIT,
           _ ("found a value nested %u deep, expected at most %u"), reader->depth,
           (guint) BE_JSON_MAX_DEPTH);
  return FALSE;
}

/* After a member or element: moves over "," and what follows, or over the closing byte. */
static gboolean
read_separator (Reader *reader, char closing, gboolean *closed)
{
  skip_space (reader);
  *closed = next_is (reader, closing);
  if (!*closed && !next_is (reader, ',')) {
    fail_expected (reader, reader->at, closing == ']' ? _ ("“,” or “]”") : _ ("“,” or “}”"));
    return FALSE;
  }
  reader->at++;
  if (!*closed)
    skip_space (reader);
  return TRUE;
}

static JsonNode *
read_array (Reader *reader)
{
  g_autoptr (JsonArray) array = json_array_new ();
  if (!enter (reader))
    return NULL;
  gboolean closed = next_is (reader, ']');
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
check_name (Reader *reader, const char *at, JsonObject *object, GHashTable *hashes,
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
    fail_at (reader, at, BE_JSON_ERROR_DUPLICATE,
             _ ("found the member “%.80s” again, expected each name once"), name);
    return FALSE;
  }
  if (equal >= MAX_EQUAL_HASHES) {
    fail_at (reader, at, BE_JSON_ERROR_LIMIT,
             _ ("found member names made to collide, expected ordinary names"));
    return FALSE;
  }
  if (json_object_get_size (object) >= reader->max_members) {
    fail_at (reader, at, BE_JSON_ERROR_LIMIT,
             _ ("found more than %u members in one object, expected fewer"), reader->max_members);
    return FALSE;
  }
  g_hash_table_insert (hashes, hash, GUINT_TO_POINTER (equal + 1));
  return TRUE;
}

static gboolean
read_member (Reader *reader, JsonObject *object, GHashTable *hashes)
{
  const char *at = reader->at;
  if (!next_is (reader, '"')) {
    fail_expected (reader, at, _ ("a member name in double quotes"));
    return FALSE;
  }
  g_autofree char *name = read_string (reader);
  if (name == NULL || !check_name (reader, at, object, hashes, name))
    return FALSE;
  skip_space (reader);
  if (!next_is (reader, ':')) {
    fail_expected (reader, reader->at, _ ("“:”"));
    return FALSE;
  }
  reader->at++;
  skip_space (reader);
  gsize before = push_segment (reader, name);
  JsonNode *value = read_value (reader);
  pop_segment (reader, before);
  if (value == NULL)
    return FALSE;
  json_object_set_member (object, name, value);
  return TRUE;
}

static JsonNode *
read_object (Reader *reader)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GHashTable) hashes = g_hash_table_new (NULL, NULL);
  if (!enter (reader))
    return NULL;
  gboolean closed = next_is (reader, '}');
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
read_word (Reader *reader, const char *word)
{
  gsize length = strlen (word);
  if ((gsize) (reader->end - reader->at) < length || memcmp (reader->at, word, length) != 0)
    return FALSE;
  reader->at += length;
  return TRUE;
}

static JsonNode *
read_text_value (Reader *reader)
{
  g_autofree char *text = read_string (reader);
  return text == NULL ? NULL : json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
read_value (Reader *reader)
{
  if (++reader->values > reader->max_values) {
    fail_at (reader, reader->at, BE_JSON_ERROR_LIMIT,
             _ ("found more than %u values, expected fewer"), reader->max_values);
    return NULL;
  }
  remember_place (reader);
  char byte = reader->at < reader->end ? *reader->at : '\0';
  if (byte == '{')
    return read_object (reader);
  if (byte == '[')
    return read_array (reader);
  if (byte == '"')
    return read_text_value (reader);
  if (byte == '-' || g_ascii_isdigit (byte))
    return read_number (reader);
  if (read_word (reader, "true"))
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (read_word (reader, "false"))
    return json_node_init_boolean (json_node_alloc (), FALSE);
  if (read_word (reader, "null"))
    return json_node_init_null (json_node_alloc ());
  fail_expected (reader, reader->at, _ ("a JSON value"));
  return NULL;
}

static gboolean
check_bytes (Reader *reader, gsize max_bytes)
{
  gsize length = (gsize) (reader->end - reader->start);
  if (length > max_bytes) {
    fail_at (reader, reader->start, BE_JSON_ERROR_LIMIT,
             _ ("found %zu bytes, expected at most %zu"), length, max_bytes);
    return FALSE;
  }
  const char *bad;
  if (length > 0 && !g_utf8_validate_len (reader->start, length, &bad)) {
    fail_at (reader, bad, BE_JSON_ERROR_SYNTAX, _ ("found the byte 0x%02X, expected UTF-8 text"),
             (unsigned char) *bad);
    return FALSE;
  }
  return TRUE;
}

static JsonNode *
read_document (Reader *reader, gsize max_bytes)
{
  if (!check_bytes (reader, max_bytes))
    return NULL;
  skip_space (reader);
  g_autoptr (JsonNode) root = read_value (reader);
  if (root == NULL)
    return NULL;
  skip_space (reader);
  if (reader->at < reader->end) {
    fail_expected (reader, reader->at, _ ("the end of the document"));
    return NULL;
  }
  return g_steal_pointer (&root);
}

JsonNode *
be_json_parse_full (const char *data, gsize length, const char *name, gsize max_bytes,
                    BeJsonPositions **positions, GError **error)
{
  Reader reader = { .start = data,
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
                       GError **error)
{
  static const char mark[] = "\xef\xbb\xbf";
  g_autoptr (GString) pointer = g_string_new (NULL);
  gsize skipped = length >= 3 && memcmp (data, mark, 3) == 0 ? 3 : 0;
  Reader reader = { .start = data,
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
                    .error = error };
  return read_document (&reader, BE_JSON_MAX_BYTES);
}

JsonNode *
be_json_parse (const char *data, gsize length, const char *name, GError **error)
{
  return be_json_parse_full (data, length, name, 0, NULL, error);
}
