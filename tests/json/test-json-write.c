/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers are the shortest that read back; writing twice gives the same bytes. */
#include "json/be-json.h"

#include <math.h>
#include <string.h>

typedef struct {
  const char *name;
  double value;
  const char *text;
} NumberRow;

static const NumberRow numbers[] = {
  { "zero", 0, "0" },
  { "negative-zero", -0.0, "-0" },
  { "one", 1, "1" },
  { "tenth", 0.1, "0.1" },
  { "third", 1.0 / 3, "0.3333333333333333" },
  { "sum-of-tenths", 0.1 + 0.2, "0.30000000000000004" },
  { "price", 2.5, "2.5" },
  { "negative", -12.75, "-12.75" },
  { "large-integer", 500000, "500000" },
  { "largest-plain-integer", 9007199254740992.0, "9007199254740992" },
  { "beyond-plain-integer", 9007199254740994.0, "9.007199254740994e15" },
  { "sextillion", 1e21, "1e21" },
  { "micro", 0.000001, "0.000001" },
  { "tenth-of-micro", 0.0000001, "1e-7" },
  { "small", 1.5e-9, "1.5e-9" },
  { "largest", 1.7976931348623157e308, "1.7976931348623157e308" },
  { "smallest-normal", 2.2250738585072014e-308, "2.2250738585072014e-308" },
  { "smallest", 5e-324, "5e-324" },
  { "below-normal", 1.6e-322, "1.6e-322" },
  { "two-below-normal", -1.265e-321, "-1.265e-321" },
  /* Powers of two, whose nearest decimal of 16 digits is another double. */
  { "power-of-two", 0x1p-24, "5.960464477539063e-8" },
  { "large-power-of-two", 0x1p89, "6.189700196426902e26" },
  { "halfway", 9007199254740993.0 / 2, "4503599627370496" },
  { "not-a-number", NAN, "null" },
  { "infinity", INFINITY, "null" },
};

static void
test_number (gconstpointer data)
{
  const NumberRow *row = data;
  g_autofree char *text = be_json_format_double (row->value);
  g_assert_cmpstr (text, ==, row->text);
}

/* Counts the significant digits of a written number. */
static int
count_digits (const char *text)
{
  int n = 0, zeros = 0;
  gboolean started = FALSE;
  for (; *text != '\0' && *text != 'e'; text++) {
    if (!g_ascii_isdigit (*text) || (*text == '0' && !started))
      continue;
    started = TRUE;
    zeros = *text == '0' ? zeros + 1 : 0;
    n++;
  }
  return n - zeros;
}

static gboolean
fewer_digits_suffice (double value, int digits)
{
  char format[8], text[40];
  g_snprintf (format, sizeof format, "%%.%de", MAX (digits - 2, 0));
  g_ascii_formatd (text, sizeof text, format, value);
  return digits > 1 && g_ascii_strtod (text, NULL) == value;
}

static void
check_shortest (double value)
{
  g_autofree char *text = be_json_format_double (value);
  g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, value);
  if (fewer_digits_suffice (value, count_digits (text)))
    g_error ("%s has more digits than needed", text);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = be_json_parse (text, strlen (text), "number", &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (json_node_get_double (node), ==, value);
}

static void
test_shortest (void)
{
  guint32 seed = 20260923;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_test_message ("seed %u", seed);
  for (int i = 0; i < 20000; i++) {
    guint64 bits = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
    double value;
    memcpy (&value, &bits, sizeof value);
    if (isfinite (value))
      check_shortest (value);
    check_shortest (g_rand_int_range (rand, -100000000, 100000000) / 10000.0);
    check_shortest (ldexp (g_rand_double (rand), g_rand_int_range (rand, 0, 70)));
  }
}

static void
test_same_bytes (void)
{
  const char text[] =
      "{\"z\":[],\"a\":{},\"n\":null,\"t\":true,\"f\":false,\"list\":[1,2.50,-0.1e1,"
      "1e300,[\"x\"]],\"s\":\"q\\\"b\\\\n\\nc\\u0001e\\u00e9\\/\",\"\":{\"k\":-0}}";
  const char expected[] =
      "{\n  \"z\": [],\n  \"a\": {},\n  \"n\": null,\n  \"t\": true,\n  \"f\": false,\n"
      "  \"list\": [\n    1,\n    2.5,\n    -1,\n    1e300,\n    [\n      \"x\"\n    ]\n  ],\n"
      "  \"s\": \"q\\\"b\\\\n\\nc\\u0001e\u00e9/\",\n  \"\": {\n    \"k\": -0\n  }\n}\n";
  gsize length, again_length;
  g_autoptr (JsonNode) root = be_json_parse (text, strlen (text), "first", NULL);
  g_autofree char *written = be_json_write (root, &length);
  g_assert_cmpstr (written, ==, expected);
  g_assert_cmpuint (length, ==, strlen (expected));
  g_autoptr (JsonNode) reread = be_json_parse (written, length, "second", NULL);
  g_autofree char *again = be_json_write (reread, &again_length);
  g_assert_cmpmem (written, length, again, again_length);
}

static JsonNode *
random_tree (GRand *rand, int depth)
{
  int kind = g_rand_int_range (rand, 0, depth > 0 ? 7 : 5);
  JsonNode *node = json_node_alloc ();
  if (kind < 2)
    return json_node_init_double (node, (g_rand_double (rand) - 0.5)
                                            * pow (10, g_rand_int_range (rand, -30, 30)));
  if (kind == 2)
    return json_node_init_int (node, g_rand_int_range (rand, -1000000, 1000000));
  if (kind == 3)
    return json_node_init_boolean (node, g_rand_boolean (rand));
  if (kind == 4) {
    char text[8] = { 0 };
    for (int i = 0; i < 7; i++)
      text[i] = (char) g_rand_int_range (rand, 1, 128);
    return json_node_init_string (node, text);
  }
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonObject) object = json_object_new ();
  for (int i = g_rand_int_range (rand, 0, 5); i > 0; i--) {
    g_autofree char *name = g_strdup_printf ("m%d\n\"", g_rand_int_range (rand, 0, 1000));
    json_array_add_element (array, random_tree (rand, depth - 1));
    json_object_set_member (object, name, random_tree (rand, depth - 1));
  }
  return kind == 5 ? json_node_init_array (node, array) : json_node_init_object (node, object);
}

static void
test_random_trees (void)
{
  guint32 seed = 7;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_test_message ("seed %u", seed);
  for (int i = 0; i < 500; i++) {
    gsize length, again_length;
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) tree = random_tree (rand, 5);
    g_autofree char *written = be_json_write (tree, &length);
    g_autoptr (JsonNode) reread = be_json_parse (written, length, "written", &error);
    g_assert_no_error (error);
    g_autofree char *again = be_json_write (reread, &again_length);
    g_assert_cmpmem (written, length, again, again_length);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autofree char *path = g_strdup_printf ("/json/number/%s", numbers[i].name);
    g_test_add_data_func (path, &numbers[i], test_number);
  }
  g_test_add_func ("/json/shortest", test_shortest);
  g_test_add_func ("/json/same-bytes", test_same_bytes);
  g_test_add_func ("/json/random-trees", test_random_trees);
  return g_test_run ();
}
