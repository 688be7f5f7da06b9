/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb price: one request, line by line. The offer is read by the scenario's own reader. */
#include "cli/be-cli.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define PRICE_ERROR BE_SCENARIO_ERROR
#define OWN_KEY "offer"

typedef struct {
  double input, output, cached, cache_write, cache_write_1h, reasoning, searches;
  gboolean batch;
  char *at, *rates;
} PriceArguments;

static gboolean
check_part (const char *part, double value, const char *whole, double whole_value, GError **error)
{
  g_autofree char *found = be_json_format_double (value);
  g_autofree char *allowed = be_json_format_double (whole_value);

  if (value <= whole_value)
    return TRUE;
  g_set_error (error, PRICE_ERROR, BE_SCENARIO_ERROR_RANGE,
               _ ("--%s is %s, but it is a part of %s, which is %s: at most that is allowed"), part,
               found, whole, allowed);
  return FALSE;
}

static gboolean
check_count (const char *name, double value, GError **error)
{
  if (isfinite (value) && value >= 0)
    return TRUE;
  g_set_error (error, PRICE_ERROR, BE_SCENARIO_ERROR_RANGE,
               _ ("--%s is %g: a number of 0 or more is allowed"), name, value);
  return FALSE;
}

static gboolean
check_counts (const PriceArguments *arguments, GError **error)
{
  const struct {
    const char *name;
    double value;
  } counts[] = {
    { "input", arguments->input },
    { "output", arguments->output },
    { "cached", arguments->cached },
    { "cache-write", arguments->cache_write },
    { "cache-write-1h", arguments->cache_write_1h },
    { "reasoning", arguments->reasoning },
    { "searches", arguments->searches },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    if (!check_count (counts[i].name, counts[i].value, error))
      return FALSE;
  return check_part ("cached", arguments->cached, "--input", arguments->input, error)
         && check_part ("cache-write", arguments->cache_write, "--input", arguments->input, error)
         && check_part ("cached", arguments->cached, "--input without --cache-write",
                        arguments->input - arguments->cache_write, error)
         && check_part ("cache-write-1h", arguments->cache_write_1h, "--cache-write",
                        arguments->cache_write, error)
         && check_part ("reasoning", arguments->reasoning, "--output", arguments->output, error);
}

/* "2026-11-24", "2026-11-24 10:30", "2026-11-24T10:30:00Z": UTC unless it says otherwise. */
static GDateTime *
parse_moment (const char *text, GError **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *filled = g_strdup (text);
  g_autoptr (GDateTime) moment = NULL;

  if (strlen (filled) > 10 && filled[10] == ' ')
    filled[10] = 'T';
  if (strlen (filled) == 10 || strlen (filled) == 16) {
    char *longer = g_strconcat (filled, strlen (filled) == 10 ? "T00:00:00" : ":00", NULL);
    g_free (filled);
    filled = longer;
  }
  moment = g_date_time_new_from_iso8601 (filled, utc);
  if (moment != NULL)
    return g_date_time_to_utc (moment);
  g_set_error (error, PRICE_ERROR, BE_SCENARIO_ERROR_RANGE,
               _ ("--at is %s: a moment such as 2026-09-23 or 2026-09-23T10:30:00Z is allowed"),
               text);
  return NULL;
}

/* The catalogue's offer by its key, or by its id alone where that is the only one. */
static const BeCatalogOffer *
find_offer (BeCatalog *catalog, const char *name, GError **error)
{
  const BeCatalogOffer *found = be_catalog_find_offer (catalog, name);
  g_autoptr (GString) keys = g_string_new (NULL);
  guint n = 0;

  if (found != NULL)
    return found;
  for (size_t i = 0; i < be_catalog_get_n_offers (catalog); i++) {
    const BeCatalogOffer *offer = be_catalog_get_offer (catalog, i);

    if (!g_str_equal (offer->id, name))
      continue;
    found = offer;
    g_string_append_printf (keys, "%s%s", n++ > 0 ? ", " : "", offer->key);
  }
  if (n == 1)
    return found;
  if (n == 0)
    g_set_error (error, PRICE_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID,
                 _ ("%s is no offer of the catalogue; breakeven-cli catalog lists them"), name);
  else
    g_set_error (error, PRICE_ERROR, BE_SCENARIO_ERROR_UNKNOWN_ID,
                 _ ("%s is offered by several: %s"), name, keys->str);
  return NULL;
}

/* The row of `later` in force at a date: the last one whose `from` is not after it. NULL = none. */
static JsonObject *
later_row (JsonObject *offer, const char *date)
{
  JsonNode *later = json_object_get_member (offer, "later");
  JsonObject *found = NULL;
  const char *best = "";

  for (guint i = 0; later != NULL && JSON_NODE_HOLDS_ARRAY (later)
                    && i < json_array_get_length (json_node_get_array (later));
       i++) {
    JsonNode *row = json_array_get_element (json_node_get_array (later), i);
    const char *from =
        JSON_NODE_HOLDS_OBJECT (row)
            ? json_object_get_string_member_with_default (json_node_get_object (row), "from", NULL)
            : NULL;

    if (from == NULL || strncmp (from, date, 10) > 0 || strcmp (from, best) < 0)
      continue;
    found = json_node_get_object (row);
    best = from;
  }
  return found;
}

static gboolean
check_dates (JsonObject *offer, const char *date, GError **error)
{
  const char *from = json_object_get_string_member_with_default (offer, "from", "");
  const char *to = json_object_get_string_member_with_default (offer, "to", "");

  if ((from[0] == '\0' || strncmp (from, date, 10) <= 0)
      && (to[0] == '\0' || strncmp (to, date, 10) > 0))
    return TRUE;
  g_set_error (error, PRICE_ERROR, BE_SCENARIO_ERROR_MISSING,
               _ ("--rates: no price is in force on %s (from %s to %s)"), date,
               from[0] != '\0' ? from : "…", to[0] != '\0' ? to : "…");
  return FALSE;
}

/* --rates: the object itself, its row of the date. */
static JsonNode *
read_rates (const char *text, const char *date, GError **error)
{
  g_autoptr (JsonNode) root = be_json_parse (text, strlen (text), "--rates", error);
  JsonObject *later;

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root)) {
    g_set_error_literal (error, PRICE_ERROR, BE_SCENARIO_ERROR_TYPE,
                         _ ("--rates: an offer object is wanted"));
    return NULL;
  }
  if (date == NULL)
    return g_steal_pointer (&root);
  later = later_row (json_node_get_object (root), date);
  if (later != NULL) {
    JsonNode *row = json_node_new (JSON_NODE_OBJECT);
    json_node_set_object (row, later);
    return row;
  }
  return check_dates (json_node_get_object (root), date, error) ? g_steal_pointer (&root) : NULL;
}

static JsonNode *
choose_offer (BeCatalog *catalog, const BeCliOptions *options, const PriceArguments *arguments,
              const char *date, char **key, GError **error)
{
  const BeCatalogOffer *offer;
  JsonNode *node;

  if (arguments->rates != NULL) {
    *key = g_strdup (options->arguments != NULL ? options->arguments[0] : OWN_KEY);
    return read_rates (arguments->rates, date, error);
  }
  offer = find_offer (catalog, options->arguments[0], error);
  if (offer == NULL)
    return NULL;
  *key = g_strdup (offer->key);
  node = be_catalog_offer_to_scenario (offer, date);
  if (node == NULL)
    g_set_error (error, PRICE_ERROR, BE_SCENARIO_ERROR_MISSING,
                 _ ("%s has no price in force on %s"), offer->key,
                 date != NULL ? date : be_catalog_get_as_of (catalog));
  return node;
}

/* The smallest scenario that names the offer, so that its reader and its resolver do the work. */
static char *
scenario_around (const char *key, JsonNode *offer, const char *date)
{
  g_autofree char *offer_text = be_json_write (offer, NULL);
  g_autofree char *key_text = NULL;
  g_autoptr (JsonNode) key_node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (key_node, key);
  key_text = be_json_write (key_node, NULL);
  return g_strdup_printf ("{ \"format\": \"breakeven-scenario\", \"version\": 1, \"pricesAsOf\": "
                          "\"%s\", \"workloads\": [ "
                          "{ \"id\": \"request\","
                          " \"requestsPerDay\": 1, \"tokens\": { \"input\": 1, \"output\": 1 },"
                          " \"routing\": { \"routes\": [ { \"offer\": %s } ] } } ],"
                          " \"offers\": { %s: %s } }",
                          date, key_text, key_text, offer_text);
}

static BeScenario *
open_offer (BeCatalog *catalog, const BeCliOptions *options, const char *key, JsonNode *offer,
            const char *date, GError **error)
{
  g_autofree char *text = scenario_around (key, offer, date);
  g_autoptr (BeScenario) scenario =
      be_scenario_new_from_data (catalog, text, strlen (text), key, error);

  if (scenario == NULL)
    return NULL;
  if (options->sets != NULL
      && !be_scenario_assign (scenario, (const char *const *) options->sets, error))
    return NULL;
  return g_steal_pointer (&scenario);
}

/* "01:00-04:00": whether the minute of the day lies inside; ranges over midnight wrap. */
static gboolean
range_holds (const char *range, int minute)
{
  int from, to;

  if (strlen (range) != 11)
    return FALSE;
  from = atoi (range) * 60 + atoi (range + 3);
  to = atoi (range + 6) * 60 + atoi (range + 9);
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

static gboolean
window_holds_minute (JsonNode *offer, size_t index, int minute)
{
  JsonArray *windows = json_object_get_array_member (json_node_get_object (offer), "windows");
  JsonArray *ranges =
      json_object_get_array_member (json_array_get_object_element (windows, (guint) index), "utc");

  for (guint i = 0; i < json_array_get_length (ranges); i++)
    if (range_holds (json_array_get_string_element (ranges, i), minute))
      return TRUE;
  return FALSE;
}

/* The window in force: the hour decides, and within an hour that is only partly inside, the minute.
 */
static int
window_at (const BeOffer *offer, JsonNode *node, GDateTime *moment)
{
  int hour, minute;

  if (moment == NULL)
    return -1;
  hour = (g_date_time_get_day_of_week (moment) - 1) * 24 + g_date_time_get_hour (moment);
  minute = g_date_time_get_hour (moment) * 60 + g_date_time_get_minute (moment);
  for (size_t i = 0; i < offer->n_windows; i++) {
    double share = offer->windows[i].hour_share[hour];

    if (share >= 1 || (share > 0 && window_holds_minute (node, i, minute)))
      return (int) i;
  }
  return -1;
}

static const struct {
  const char *id, *label;
  double scale;
} parts[BE_N_PARTS] = {
  [BE_PART_FRESH] = { "input", N_ ("input"), 1e6 },
  [BE_PART_CACHED] = { "cachedInput", N_ ("cached input"), 1e6 },
  [BE_PART_CACHE_WRITE] = { "cacheWrite", N_ ("cache write"), 1e6 },
  [BE_PART_CACHE_WRITE_1H] = { "cacheWrite1h", N_ ("cache write, 1 hour"), 1e6 },
  [BE_PART_OUTPUT] = { "output", N_ ("output"), 1e6 },
  [BE_PART_REASONING] = { "reasoning", N_ ("reasoning"), 1e6 },
  [BE_PART_SEARCH] = { "searches", N_ ("web searches"), 1 },
  [BE_PART_REQUEST] = { "request", N_ ("request fee"), 1 },
};

static void
quantities_of (const BeRequest *request, double quantities[BE_N_PARTS])
{
  quantities[BE_PART_FRESH] = request->fresh;
  quantities[BE_PART_CACHED] = request->cached;
  quantities[BE_PART_CACHE_WRITE] = request->cache_write;
  quantities[BE_PART_CACHE_WRITE_1H] = request->cache_write_1h;
  quantities[BE_PART_OUTPUT] = request->output;
  quantities[BE_PART_REASONING] = request->reasoning;
  quantities[BE_PART_SEARCH] = request->searches;
  quantities[BE_PART_REQUEST] = 1;
}

static gboolean
is_shown (const BeRequestCost *cost, const double *quantities, int part)
{
  return part == BE_PART_REQUEST ? cost->usd[part] > 0 : quantities[part] > 0;
}

static JsonNode *
price_json (const char *key, const BeRequest *request, const BeRequestCost *cost)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  double quantities[BE_N_PARTS];

  quantities_of (request, quantities);
  json_builder_begin_object (builder);
  be_cli_json_text (builder, "offer", key);
  be_cli_json_number (builder, "total", cost->total_usd);
  json_builder_set_member_name (builder, "lines");
  json_builder_begin_array (builder);
  for (int i = 0; i < BE_N_PARTS; i++) {
    if (!is_shown (cost, quantities, i))
      continue;
    json_builder_begin_object (builder);
    be_cli_json_text (builder, "label", _ (parts[i].label));
    be_cli_json_number (builder, "amount", cost->usd[i]);
    be_cli_json_text (builder, "part", parts[i].id);
    be_cli_json_number (builder, "quantity", quantities[i]);
    be_cli_json_number (builder, "rate", cost->rate[i]);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  be_cli_json_number (builder, "tier", cost->tier >= 0 ? cost->tier : NAN);
  be_cli_json_number (builder, "window", request->window >= 0 ? request->window : NAN);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static char *
price_text (const char *key, const BeRequest *request, const BeRequestCost *cost)
{
  const char *const headers[] = { key, _ ("Quantity"), _ ("Rate"), _ ("$"), NULL };
  g_autoptr (BeTable) table = be_table_new_strv (headers);
  GString *text = g_string_new (NULL);
  double quantities[BE_N_PARTS];

  quantities_of (request, quantities);
  for (int i = 0; i < BE_N_PARTS; i++) {
    if (!is_shown (cost, quantities, i))
      continue;
    be_table_add (table, g_strdup (_ (parts[i].label)), be_format_number (quantities[i], FALSE),
                  parts[i].scale > 1 ? be_format_value (cost->rate[i], BE_UNIT_USD_PER_MTOK, FALSE)
                                     : be_format_price (cost->rate[i]),
                  be_format_money_fine (cost->usd[i]), NULL);
  }
  be_table_add (table, g_strdup (_ ("total")), g_strdup (""), g_strdup (""),
                be_format_money_fine (cost->total_usd), NULL);
  be_cli_append_table (text, table, "");
  if (cost->tier >= 0)
    g_string_append_printf (text, "%s\n", _ ("The long-context tier applies."));
  if (request->window >= 0)
    g_string_append_printf (text, "%s\n", _ ("The rates of a time-of-day window apply."));
  return g_string_free (text, FALSE);
}

static BeRequest
request_of (const PriceArguments *arguments, int window)
{
  return (BeRequest){
    .fresh = arguments->input - arguments->cached - arguments->cache_write,
    .cached = arguments->cached,
    .cache_write = arguments->cache_write - arguments->cache_write_1h,
    .cache_write_1h = arguments->cache_write_1h,
    .output = arguments->output - arguments->reasoning,
    .reasoning = arguments->reasoning,
    .searches = arguments->searches,
    .batch = arguments->batch,
    .window = window,
  };
}

static gboolean
price_request (const BeOffer *offer, const char *key, const BeRequest *request, BeRequestCost *cost,
               GError **error)
{
  BeStatus status = be_price_request (offer, request, cost);

  if (status == BE_OK)
    return TRUE;
  if (status == BE_MISSING_PRICE)
    g_set_error (error, PRICE_ERROR, BE_SCENARIO_ERROR_MISSING,
                 _ ("%s has no %s price, but such tokens are billed"), key,
                 cost->missing == BE_RATE_OUTPUT || cost->missing == BE_RATE_REASONING
                     ? _ ("output")
                     : _ ("input"));
  else
    g_set_error (error, PRICE_ERROR, BE_SCENARIO_ERROR_RANGE,
                 _ ("%s: the request cannot be priced"), key);
  return FALSE;
}

/* The day whose clock changes a window's calendar follows; any will do where no moment is asked
 * for. */
static const char *
price_date (BeCatalog *catalog, const char *date)
{
  if (date != NULL)
    return date;
  return catalog != NULL ? be_catalog_get_as_of (catalog) : "1970-01-01";
}

static int
run_price (const BeCliOptions *options, const PriceArguments *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) moment = NULL;
  g_autofree char *date = NULL;
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;
  g_autoptr (BeCatalog) catalog = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (BeScenario) scenario = NULL;
  const BePlanInput *input;
  BeRequestCost cost;
  BeRequest request;

  if (!check_counts (arguments, &error))
    return be_cli_fail (error);
  moment = arguments->at != NULL ? parse_moment (arguments->at, &error) : NULL;
  if (error != NULL)
    return be_cli_fail (error);
  date = moment != NULL ? g_date_time_format (moment, "%Y-%m-%d") : NULL;
  /* With --rates nothing is looked up in the catalogue, so it need not be there. */
  catalog = be_cli_catalog (
      options, arguments->rates != NULL && options->catalog_path == NULL ? NULL : &error);
  if (error != NULL)
    return be_cli_fail (error);
  node = choose_offer (catalog, options, arguments, date, &key, &error);
  scenario = node != NULL
                 ? open_offer (catalog, options, key, node, price_date (catalog, date), &error)
                 : NULL;
  input = scenario != NULL ? be_scenario_resolve (scenario, &error) : NULL;
  if (input == NULL)
    return be_cli_fail (error);
  request = request_of (arguments, window_at (&input->offers[0], node, moment));
  if (!price_request (&input->offers[0], key, &request, &cost, &error))
    return be_cli_fail (error);
  if (options->json)
    return be_cli_print_json (price_json (key, &request, &cost));
  text = price_text (key, &request, &cost);
  return be_cli_print (text);
}

int
be_cli_run_price (const BeVerb *verb, int argc, char **argv)
{
  PriceArguments arguments = { 0 };
  g_auto (BeCliOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "input", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.input,
      N_ ("Prompt tokens, cached and written included"), "N" },
    { "output", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.output,
      N_ ("Output tokens, reasoning included"), "N" },
    { "cached", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.cached, N_ ("Tokens read from the cache"),
      "N" },
    { "cache-write", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.cache_write,
      N_ ("All tokens written to the cache"), "N" },
    { "cache-write-1h", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.cache_write_1h,
      N_ ("Those written for an hour"), "N" },
    { "reasoning", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.reasoning, N_ ("Reasoning tokens"), "N" },
    { "searches", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.searches, N_ ("Web searches"), "N" },
    { "batch", 0, 0, G_OPTION_ARG_NONE, &arguments.batch, N_ ("At batch rates"), NULL },
    { "at", 0, 0, G_OPTION_ARG_STRING, &arguments.at,
      N_ ("When, UTC (default: the catalogue's date, no window)"), N_ ("DATETIME") },
    { "rates", 0, 0, G_OPTION_ARG_STRING, &arguments.rates,
      N_ ("An offer object; needs no catalogue"), "JSON" },
    { NULL },
  };
  int status = BE_EXIT_USAGE;

  if (be_cli_parse (verb, entries, argc, argv, 0, 1, &options)) {
    if (options.arguments == NULL && arguments.rates == NULL)
      status = be_cli_usage (_ ("price: name an offer or give --rates"));
    else
      status = run_price (&options, &arguments);
  }
  g_free (arguments.at);
  g_free (arguments.rates);
  return status;
}
