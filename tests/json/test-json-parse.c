/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the strict reader accepts and refuses, and where it says so. */
#include "json/be-json.h"

#include <string.h>

#define DATA(text) text, sizeof (text) - 1

typedef struct {
  const char *name;
  const char *data;
  gsize length;
} ValidRow;

static const ValidRow valid[] = {
  { "empty-array", DATA ("[]") },
  { "empty-object", DATA ("{}") },
  { "space-everywhere", DATA (" \t\r\n[ 1 ,\n2\t] \n") },
  { "nested", DATA ("[[], [[]], {\"a\": {\"b\": [{}]}}]") },
  { "empty-name", DATA ("{\"\": 0}") },
  { "names-differ-in-case", DATA ("{\"a\": 0, \"A\": 1}") },
  { "same-name-in-two-objects", DATA ("[{\"a\": 0}, {\"a\": 1}]") },
  { "lone-true", DATA ("true") },
  { "lone-null", DATA ("null") },
  { "lone-string", DATA ("\"a\"") },
  { "lone-number", DATA ("-0.5") },
  { "number-zero", DATA ("[0, -0, 0.0, 0e0, 0E+1, -0e-1]") },
  { "number-exponents", DATA ("[1e2, 1E2, 1e+2, 1e-2, 1.5e22, 123.456e78]") },
  { "number-underflows", DATA ("[1e-999]") },
  { "number-close-to-zero", DATA ("[-0.000000000000000000000000000000000000000000000000000001]") },
  { "integer-limits", DATA ("[9007199254740992, -9007199254740992]") },
  { "all-escapes", DATA ("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"]") },
  { "surrogate-pair", DATA ("[\"\\uD834\\uDD1E\\ud801\\udc37\"]") },
  { "utf-8", DATA ("[\"\xc3\xa9 \xe2\x82\xac \xf0\x9d\x84\x9e\"]") },
  { "noncharacter", DATA ("[\"\xef\xbf\xbf \\uFFFE\"]") },
  { "delete-character", DATA ("[\"\x7f\"]") },
  { "bom-inside-string", DATA ("[\"\xef\xbb\xbf\"]") },
  { "comment-in-string", DATA ("[\"a/*b*/c//d\"]") },
};

typedef struct {
  const char *name;
  const char *data;
  gsize length;
  int code;
  guint line, column;
} InvalidRow;

static const InvalidRow invalid[] = {
  { "empty-file", DATA (""), BE_JSON_ERROR_SYNTAX, 1, 1 },
  { "only-space", DATA (" \n "), BE_JSON_ERROR_SYNTAX, 2, 2 },
  { "bom", DATA ("\xef\xbb\xbf{}"), BE_JSON_ERROR_SYNTAX, 1, 1 },
  { "two-documents", DATA ("{} {}"), BE_JSON_ERROR_SYNTAX, 1, 4 },
  { "trailing-bytes", DATA ("[1]x"), BE_JSON_ERROR_SYNTAX, 1, 4 },
  { "trailing-nul", DATA ("[1]\0"), BE_JSON_ERROR_SYNTAX, 1, 4 },
  { "nul-in-string", DATA ("[\"a\0b\"]"), BE_JSON_ERROR_SYNTAX, 1, 4 },
  { "escaped-nul", DATA ("[\"a\\u0000b\"]"), BE_JSON_ERROR_SYNTAX, 1, 4 },
  { "single-quotes", DATA ("['a']"), BE_JSON_ERROR_SYNTAX, 1, 2 },
  { "single-quoted-name", DATA ("{'a': 1}"), BE_JSON_ERROR_SYNTAX, 1, 2 },
  { "bare-name", DATA ("{a: 1}"), BE_JSON_ERROR_SYNTAX, 1, 2 },
  { "number-name", DATA ("{1: 1}"), BE_JSON_ERROR_SYNTAX, 1, 2 },
  { "block-comment", DATA ("[1 /* one */]"), BE_JSON_ERROR_SYNTAX, 1, 4 },
  { "line-comment", DATA ("[1] // one\n"), BE_JSON_ERROR_SYNTAX, 1, 5 },
  { "hash-comment", DATA ("# one\n[1]"), BE_JSON_ERROR_SYNTAX, 1, 1 },
  { "hex", DATA ("[0x1F]"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "leading-zero", DATA ("[012]"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "negative-leading-zero", DATA ("[-012]"), BE_JSON_ERROR_SYNTAX, 1, 4 },
  { "leading-plus", DATA ("[+1]"), BE_JSON_ERROR_SYNTAX, 1, 2 },
  { "leading-point", DATA ("[.5]"), BE_JSON_ERROR_SYNTAX, 1, 2 },
  { "trailing-point", DATA ("[1.]"), BE_JSON_ERROR_SYNTAX, 1, 4 },
  { "point-then-exponent", DATA ("[1.e3]"), BE_JSON_ERROR_SYNTAX, 1, 4 },
  { "bare-exponent", DATA ("[1e]"), BE_JSON_ERROR_SYNTAX, 1, 4 },
  { "signed-bare-exponent", DATA ("[1e+]"), BE_JSON_ERROR_SYNTAX, 1, 5 },
  { "lone-minus", DATA ("[-]"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "double-minus", DATA ("[--1]"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "number-with-letter", DATA ("[1a]"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "nan", DATA ("[NaN]"), BE_JSON_ERROR_SYNTAX, 1, 2 },
  { "infinity", DATA ("[-Infinity]"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "full-width-digit", DATA ("[\xef\xbc\x91]"), BE_JSON_ERROR_SYNTAX, 1, 2 },
  { "capital-true", DATA ("[True]"), BE_JSON_ERROR_SYNTAX, 1, 2 },
  { "cut-null", DATA ("[nul]"), BE_JSON_ERROR_SYNTAX, 1, 2 },
  { "cut-at-end", DATA ("tru"), BE_JSON_ERROR_SYNTAX, 1, 1 },
  { "word-goes-on", DATA ("[truer]"), BE_JSON_ERROR_SYNTAX, 1, 6 },
  { "unclosed-array", DATA ("[1"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "unclosed-object", DATA ("{\"a\": 1"), BE_JSON_ERROR_SYNTAX, 1, 8 },
  { "unclosed-string", DATA ("[\"a"), BE_JSON_ERROR_SYNTAX, 1, 4 },
  { "unclosed-escape", DATA ("[\"a\\"), BE_JSON_ERROR_SYNTAX, 1, 5 },
  { "wrong-closing", DATA ("[1}"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "lone-closing", DATA ("]"), BE_JSON_ERROR_SYNTAX, 1, 1 },
  { "extra-closing", DATA ("[1]]"), BE_JSON_ERROR_SYNTAX, 1, 4 },
  { "trailing-comma", DATA ("[1,]"), BE_JSON_ERROR_SYNTAX, 1, 4 },
  { "object-trailing-comma", DATA ("{\"a\": 1,}"), BE_JSON_ERROR_SYNTAX, 1, 9 },
  { "double-comma", DATA ("[1,,2]"), BE_JSON_ERROR_SYNTAX, 1, 4 },
  { "leading-comma", DATA ("[,1]"), BE_JSON_ERROR_SYNTAX, 1, 2 },
  { "missing-comma", DATA ("[1 2]"), BE_JSON_ERROR_SYNTAX, 1, 4 },
  { "missing-colon", DATA ("{\"a\" 1}"), BE_JSON_ERROR_SYNTAX, 1, 6 },
  { "missing-value", DATA ("{\"a\":}"), BE_JSON_ERROR_SYNTAX, 1, 6 },
  { "colon-in-array", DATA ("[1: 2]"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "bad-escape", DATA ("[\"\\x00\"]"), BE_JSON_ERROR_SYNTAX, 1, 4 },
  { "short-unicode-escape", DATA ("[\"\\u00A\"]"), BE_JSON_ERROR_SYNTAX, 1, 8 },
  { "raw-newline-in-string", DATA ("[\"a\nb\"]"), BE_JSON_ERROR_SYNTAX, 1, 4 },
  { "raw-tab-in-string", DATA ("[\"\t\"]"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "lone-high-surrogate", DATA ("[\"\\uD800\"]"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "lone-low-surrogate", DATA ("[\"\\uDC00\"]"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "two-high-surrogates", DATA ("[\"\\uD800\\uD800\"]"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "high-then-letter", DATA ("[\"\\uD800\\u0041\"]"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "latin-1", DATA ("[\"\xe9\"]"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "overlong", DATA ("[\"\xc0\xaf\"]"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "utf-8-surrogate", DATA ("[\"\xed\xa0\x80\"]"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "utf-8-cut", DATA ("[\"\xe2\x82\"]"), BE_JSON_ERROR_SYNTAX, 1, 3 },
  { "utf-8-outside-string", DATA ("[\xc3\xa9]"), BE_JSON_ERROR_SYNTAX, 1, 2 },
  { "utf-16", DATA ("[\0\"\0\xe9\0\"\0]\0"), BE_JSON_ERROR_SYNTAX, 1, 2 },
  { "form-feed", DATA ("[\f]"), BE_JSON_ERROR_SYNTAX, 1, 2 },
  { "no-break-space", DATA ("[\xc2\xa0]"), BE_JSON_ERROR_SYNTAX, 1, 2 },
  { "duplicate", DATA ("{\"a\": 1,\n \"b\": 2,\n \"a\": 3}"), BE_JSON_ERROR_DUPLICATE, 3, 2 },
  { "duplicate-by-escape", DATA ("{\"a\": 1, \"\\u0061\": 3}"), BE_JSON_ERROR_DUPLICATE, 1, 10 },
  { "number-overflows", DATA ("[1e999]"), BE_JSON_ERROR_RANGE, 1, 2 },
  { "number-overflows-below", DATA ("[-1e999]"), BE_JSON_ERROR_RANGE, 1, 2 },
  { "integer-beyond", DATA ("[9007199254740993]"), BE_JSON_ERROR_LIMIT, 1, 2 },
  { "integer-below", DATA ("[-9007199254740993]"), BE_JSON_ERROR_LIMIT, 1, 2 },
  { "integer-beyond-64-bits", DATA ("[123456789012345678901234567890]"), BE_JSON_ERROR_LIMIT, 1,
    2 },
  { "column-counts-characters", DATA ("[\"\xe2\x82\xac\xe2\x82\xac\",\n \"\xc3\xa9\" x]"),
    BE_JSON_ERROR_SYNTAX, 2, 6 },
};

static void
test_valid (gconstpointer data)
{
  const ValidRow *row = data;
  g_autoptr (GError) error = NULL;
  /* A block without a byte to spare, so that a checker sees any read beyond the end. */
  g_autofree char *copy = g_memdup2 (row->data, row->length);
  g_autoptr (JsonNode) root = be_json_parse (copy, row->length, "file", &error);
  g_assert_no_error (error);
  g_assert_nonnull (root);
}

static void
test_invalid (gconstpointer data)
{
  const InvalidRow *row = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = g_memdup2 (row->data, row->length);
  g_autofree char *start = g_strdup_printf ("file:%u:%u: found ", row->line, row->column);
  g_assert_null (be_json_parse (copy, row->length, "file", &error));
  g_assert_error (error, BE_JSON_ERROR, row->code);
  if (!g_str_has_prefix (error->message, start))
    g_error ("%s: expected %s..., found %s", row->name, start, error->message);
  g_assert_nonnull (strstr (error->message, ", expected "));
}

static void
assert_refused (GString *text, int code)
{
  g_autoptr (GError) error = NULL;
  gint64 from = g_get_monotonic_time ();
  g_assert_null (be_json_parse (text->str, text->len, "file", &error));
  g_assert_error (error, BE_JSON_ERROR, code);
  g_assert_cmpint (g_get_monotonic_time () - from, <, 5 * G_USEC_PER_SEC);
}

static void
test_depth (void)
{
  for (guint depth = BE_JSON_MAX_DEPTH; depth <= BE_JSON_MAX_DEPTH + 1; depth++) {
    g_autoptr (GString) text = g_string_new (NULL);
    for (guint i = 0; i < depth; i++)
      g_string_append_c (text, '[');
    for (guint i = 0; i < depth; i++)
      g_string_append_c (text, ']');
    g_autoptr (JsonNode) root = be_json_parse (text->str, text->len, "file", NULL);
    g_assert_true ((root != NULL) == (depth <= BE_JSON_MAX_DEPTH));
  }
  g_autoptr (GString) arrays = g_string_new (NULL), objects = g_string_new (NULL);
  for (guint i = 0; i < 200000; i++) {
    g_string_append_c (arrays, '[');
    g_string_append (objects, "{\"a\":");
  }
  assert_refused (arrays, BE_JSON_ERROR_LIMIT);
  assert_refused (objects, BE_JSON_ERROR_LIMIT);
}

static void
test_many_values (void)
{
  g_autoptr (GString) text = g_string_new ("[0");
  while (text->len < 10 * 1000 * 1000)
    g_string_append (text, ",0");
  g_string_append_c (text, ']');
  assert_refused (text, BE_JSON_ERROR_LIMIT);
}

static void
test_many_members (void)
{
  g_autoptr (GString) text = g_string_new ("{");
  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "%s\"%u\":0", i == 0 ? "" : ",", i);
  g_string_append_c (text, '}');
  assert_refused (text, BE_JSON_ERROR_LIMIT);
}

/* g_str_hash gives "aB" and "b!" the same hash (33 * 'a' + 'B' = 33 * 'b' + '!'). */
static void
test_colliding_members (void)
{
  g_assert_cmpuint (g_str_hash ("aB"), ==, g_str_hash ("b!"));
  g_autoptr (GString) text = g_string_new ("{");
  for (guint i = 0; i < 8192; i++) {
    g_string_append (text, i == 0 ? "\"" : ",\"");
    for (guint bit = 0; bit < 13; bit++)
      g_string_append (text, (i >> bit & 1) != 0 ? "aB" : "b!");
    g_string_append (text, "\":0");
  }
  g_string_append_c (text, '}');
  assert_refused (text, BE_JSON_ERROR_LIMIT);
}

static void
test_long_number (void)
{
  g_autoptr (GString) text = g_string_new ("0.");
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, '1');
  assert_refused (text, BE_JSON_ERROR_LIMIT);
}

static void
test_size (void)
{
  g_autoptr (GString) text = g_string_new ("[1]");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) fits = be_json_parse_full (text->str, text->len, "file", 3, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (fits);
  g_assert_null (be_json_parse_full (text->str, text->len, "file", 2, NULL, &error));
  g_assert_error (error, BE_JSON_ERROR, BE_JSON_ERROR_LIMIT);
  while (text->len <= BE_JSON_MAX_BYTES)
    g_string_append (text, "                                ");
  assert_refused (text, BE_JSON_ERROR_LIMIT);
}

static void
test_values (void)
{
  const char text[] = "{\"i\": 7, \"d\": 0.1, \"m\": -0, \"s\": \"\\u20ac\\ud834\\udd1e\", "
                      "\"b\": true, \"n\": null, \"a\": [1, 2]}";
  g_autoptr (JsonNode) root = be_json_parse (text, strlen (text), "file", NULL);
  JsonObject *object = json_node_get_object (root);
  g_assert_cmpint (json_object_get_int_member (object, "i"), ==, 7);
  g_assert_cmpfloat (json_object_get_double_member (object, "d"), ==, 0.1);
  g_assert_true (json_object_get_double_member (object, "m") == 0);
  g_assert_cmpstr (json_object_get_string_member (object, "s"), ==, "\u20ac\U0001d11e");
  g_assert_true (json_object_get_boolean_member (object, "b"));
  g_assert_true (json_object_get_null_member (object, "n"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "a")), ==, 2);
}

static void
test_positions (void)
{
  static const struct {
    const char *pointer;
    guint line, column;
  } rows[] = { { "", 1, 1 },        { "/a", 2, 8 },        { "/a/0", 2, 9 },       { "/a/1", 3, 5 },
               { "/a/1/x", 3, 11 }, { "/b~1c~0d", 4, 12 }, { "/b~1c~0d/0", 4, 13 } };
  const char text[] = "{\n  \"a\": [1,\n    {\"x\": 2}],\n  \"b/c~d\": [\"\u20ac\"]}";
  g_autoptr (BeJsonPositions) positions = NULL;
  g_autoptr (JsonNode) root = be_json_parse_full (text, strlen (text), "file", 0, &positions, NULL);
  g_assert_nonnull (root);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint line, column;
    g_assert_true (be_json_positions_find (positions, rows[i].pointer, &line, &column));
    g_assert_cmpuint (line, ==, rows[i].line);
    g_assert_cmpuint (column, ==, rows[i].column);
  }
  g_assert_false (be_json_positions_find (positions, "/c", NULL, NULL));
}

/* Whoever looks on is told of the bytes read, and may stop it. */
static void
test_watch (void)
{
  g_autoptr (GString) text = g_string_new ("[0");
  g_autoptr (GPtrArray) repeated = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  BeJsonWatch watch = { 0, FALSE };
  for (guint i = 0; i < 5000; i++)
    g_string_append (text, ",1");
  g_string_append_c (text, ']');
  g_autoptr (JsonNode) root =
      be_json_parse_lenient (text->str, text->len, "file", repeated, &watch, 500, &error);
  g_assert_no_error (error);
  g_assert_nonnull (root);
  g_assert_cmpint (watch.permille, >, 300);
  g_assert_cmpint (watch.permille, <=, 500);
  watch = (BeJsonWatch){ 0, TRUE };
  g_assert_null (
      be_json_parse_lenient (text->str, text->len, "file", repeated, &watch, 500, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (valid); i++) {
    g_autofree char *path = g_strdup_printf ("/json/valid/%s", valid[i].name);
    g_test_add_data_func (path, &valid[i], test_valid);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++) {
    g_autofree char *path = g_strdup_printf ("/json/invalid/%s", invalid[i].name);
    g_test_add_data_func (path, &invalid[i], test_invalid);
  }
  g_test_add_func ("/json/bounds/depth", test_depth);
  g_test_add_func ("/json/bounds/values", test_many_values);
  g_test_add_func ("/json/bounds/members", test_many_members);
  g_test_add_func ("/json/bounds/collisions", test_colliding_members);
  g_test_add_func ("/json/bounds/number", test_long_number);
  g_test_add_func ("/json/bounds/size", test_size);
  g_test_add_func ("/json/values", test_values);
  g_test_add_func ("/json/positions", test_positions);
  g_test_add_func ("/json/watch", test_watch);
  return g_test_run ();
}
