/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds a document to what reaches over several members: ids, references, sums of shares. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define SUM_TOLERANCE 1e-9

typedef struct {
  BeCatalog *catalog;
  JsonNode *root;
  GPtrArray *problems;
} Check;

static void report (const Check *check, BeScenarioError code, const char *found,
                    const char *allowed, const char *first, ...) G_GNUC_NULL_TERMINATED;

/* The path's segments follow, NULL-terminated. */
static void
report (const Check *check, BeScenarioError code, const char *found, const char *allowed,
        const char *first, ...)
{
  g_autoptr (GString) path = g_string_new (NULL);
  va_list segments;
  va_start (segments, first);
  for (const char *id = first; id != NULL; id = va_arg (segments, const char *)) {
    g_autofree char *segment = be_path_escape (id);
    g_string_append_printf (path, "%s%s", path->len > 0 ? "/" : "", segment);
  }
  va_end (segments);
  be_validate_problem (check->problems, code, path->str, found, allowed);
}

static guint
count (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

static JsonNode *
find_id (JsonArray *array, const char *member, const char *id)
{
  for (guint i = 0; i < count (array) && id != NULL; i++) {
    JsonNode *element = json_array_get_element (array, i);
    if (g_strcmp0 (be_tree_element_id (element, member), id) == 0)
      return element;
  }
  return NULL;
}

/* Every element has an id, and no two the same. */
static void
check_ids (const Check *check, JsonArray *array, const char *member, const char *path)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < count (array); i++) {
    const char *id = be_tree_element_id (json_array_get_element (array, i), member);
    g_autofree char *index = g_strdup_printf ("%s/%u", path, i);
    g_autofree char *segment = be_path_escape (id != NULL ? id : "");
    g_autofree char *at = g_strdup_printf ("%s/%s", path, segment);
    if (id == NULL || *id == '\0')
      be_validate_problem (check->problems, BE_SCENARIO_ERROR_MISSING, index, _ ("no id"),
                           _ ("an id that is not empty"));
    else if (!g_hash_table_add (seen, (gpointer) id))
      be_validate_problem (check->problems, BE_SCENARIO_ERROR_DUPLICATE_ID, at, _ ("this id again"),
                           _ ("each id once"));
  }
}

static gboolean
is_known_offer (const Check *check, const char *key)
{
  return key != NULL && be_tree_member (be_tree_member (check->root, "offers"), key) != NULL;
}

static void
check_route (const Check *check, const char *workload, JsonNode *route)
{
  const char *key = be_tree_text (route, "offer"), *rates = be_tree_text (route, "rates");
  if (key == NULL)
    return;
  if (!is_known_offer (check, key)) {
    report (check, BE_SCENARIO_ERROR_UNKNOWN_ID, key,
            _ ("an offer of the file or of the catalogue at the prices' date"), "workloads",
            workload, "routing", "routes", key, "offer", NULL);
    return;
  }
  JsonNode *offer = be_tree_member (be_tree_member (check->root, "offers"), key);
  if (rates != NULL && be_tree_member (be_tree_member (offer, "rateSets"), rates) == NULL)
    report (check, BE_SCENARIO_ERROR_UNKNOWN_ID, rates, _ ("one of the offer's rate sets"),
            "workloads", workload, "routing", "routes", key, "rates", NULL);
}

static void
check_split (const Check *check, const char *workload, JsonArray *routes)
{
  double sum = 0;
  for (guint i = 0; i < count (routes); i++)
    sum += be_tree_number (json_array_get_element (routes, i), "share", 1);
  if (count (routes) == 0 || fabs (sum - 1) <= SUM_TOLERANCE)
    return;
  g_autofree char *found = be_json_format_double (sum);
  g_autofree char *text = g_strdup_printf (_ ("shares that sum to %s"), found);
  report (check, BE_SCENARIO_ERROR_RANGE, text, _ ("shares that sum to 1"), "workloads", workload,
          "routing", "routes", NULL);
}

static void
check_cascade (const Check *check, const char *workload, JsonArray *routes)
{
  double before = 1;
  for (guint i = 0; i < count (routes); i++) {
    JsonNode *route = json_array_get_element (routes, i);
    const char *key = be_tree_text (route, "offer");
    double share = be_tree_number (route, "share", 1);
    g_autofree char *found = be_json_format_double (share);
    if (i == 0 ? share != 1 : share > before)
      report (check, BE_SCENARIO_ERROR_RANGE, found,
              i == 0 ? _ ("1 for the first route of a cascade")
                     : _ ("no more than the route before it has"),
              "workloads", workload, "routing", "routes", key != NULL ? key : "", "share", NULL);
    before = share;
  }
}

static void
check_profile (const Check *check, const char *workload, JsonNode *node)
{
  JsonArray *weights = be_tree_array (node, "profile");
  if (weights == NULL)
    return;
  double sum = 0;
  for (guint i = 0; i < count (weights); i++)
    sum += json_node_get_double (json_array_get_element (weights, i));
  g_autofree char *found = g_strdup_printf (_ ("%u weights with the sum %g"), count (weights), sum);
  if (count (weights) != BE_WEEK_HOURS || !(sum > 0) || !isfinite (sum))
    report (check, BE_SCENARIO_ERROR_RANGE, found, _ ("168 weights with a mean above 0"),
            "workloads", workload, "profile", NULL);
}

static void
check_workload (const Check *check, JsonNode *node)
{
  const char *id = be_tree_text (node, "id");
  JsonNode *routing = be_tree_member (node, "routing"), *cache = be_tree_member (node, "cache");
  JsonArray *routes = be_tree_array (routing, "routes");
  g_autofree char *segment = be_path_escape (id);
  g_autofree char *path = g_strdup_printf ("workloads/%s/routing/routes", segment);
  check_ids (check, routes, "routes", path);
  for (guint i = 0; i < count (routes); i++)
    check_route (check, id, json_array_get_element (routes, i));
  if (g_strcmp0 (be_tree_text (routing, "kind"), "cascade") == 0)
    check_cascade (check, id, routes);
  else
    check_split (check, id, routes);
  check_profile (check, id, node);
  double cached = be_tree_number (cache, "readShare", 0) + be_tree_number (cache, "writeShare", 0);
  g_autofree char *found = g_strdup_printf (_ ("read and written shares of %g together"), cached);
  if (cached > 1 + SUM_TOLERANCE)
    report (check, BE_SCENARIO_ERROR_RANGE, found, _ ("at most 1 together"), "workloads", id,
            "cache", NULL);
  if (be_tree_member (node, "people") != NULL && be_tree_member (node, "requestsPerDay") != NULL)
    report (check, BE_SCENARIO_ERROR_RANGE, _ ("requestsPerDay and people"), _ ("one of the two"),
            "workloads", id, "people", NULL);
}

/* The routes that an entry replaces are routes of a split. */
static void
check_replaces (const Check *check, const char *pool, JsonNode *entry, JsonNode *workload)
{
  const char *id = be_tree_text (entry, "workload");
  JsonArray *replaces = be_tree_array (entry, "replaces");
  JsonNode *routing = be_tree_member (workload, "routing");
  JsonArray *routes = be_tree_array (routing, "routes");
  if (replaces == NULL)
    return;
  if (g_strcmp0 (be_tree_text (routing, "kind"), "cascade") == 0)
    report (check, BE_SCENARIO_ERROR_RANGE, _ ("replaces in a cascade"), _ ("replaces in a split"),
            "pools", pool, "serves", id, "replaces", NULL);
  for (guint i = 0; i < count (replaces); i++) {
    JsonNode *element = json_array_get_element (replaces, i);
    const char *key = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;
    if (find_id (routes, "routes", key) == NULL)
      report (check, BE_SCENARIO_ERROR_UNKNOWN_ID, key != NULL ? key : _ ("no text"),
              _ ("an offer of the workload's routes"), "pools", pool, "serves", id, "replaces",
              NULL);
  }
}

/* Whether an entry takes from a route; NULL: from a workload without routes. */
static gboolean
takes_from (JsonNode *entry, const char *offer)
{
  JsonArray *replaces = be_tree_array (entry, "replaces");
  for (guint i = 0; i < count (replaces); i++) {
    JsonNode *element = json_array_get_element (replaces, i);
    if (JSON_NODE_HOLDS_VALUE (element) && g_strcmp0 (json_node_get_string (element), offer) == 0)
      return TRUE;
  }
  return replaces == NULL;
}

/* What pools take of one route is at most all of it; `taken` holds the sum so far of each. */
static void
check_taken (const Check *check, const char *pool, JsonNode *entry, const char *offer,
             GHashTable *taken)
{
  const char *id = be_tree_text (entry, "workload");
  if (!takes_from (entry, offer))
    return;
  char *route = g_strdup_printf ("%s\n%s", id, offer != NULL ? offer : "");
  const double *before = g_hash_table_lookup (taken, route);
  double *sum = g_new (double, 1);
  *sum = (before != NULL ? *before : 0) + be_tree_number (entry, "share", 1);
  g_hash_table_replace (taken, route, sum);
  g_autofree char *found = g_strdup_printf (_ ("shares of %g over all pools"), *sum);
  if (*sum > 1 + SUM_TOLERANCE)
    report (check, BE_SCENARIO_ERROR_RANGE, found, _ ("at most 1 together"), "pools", pool,
            "serves", id, "share", NULL);
}

static void
check_hardware (const Check *check, const char *pool, JsonNode *node)
{
  BeModelShape shape;
  BeGpu gpu;
  const char *model_name = be_tree_text (node, "model"), *gpu_name = be_tree_text (node, "gpu");
  const char *source = be_tree_text (be_tree_member (node, "throughput"), "source");
  if (g_strcmp0 (source, "measured") == 0)
    return;
  if (model_name != NULL && !be_resolve_shape (check->catalog, check->root, model_name, &shape))
    report (check, BE_SCENARIO_ERROR_UNKNOWN_ID, model_name,
            _ ("a model of the catalogue or of the file"), "pools", pool, "model", NULL);
  if (gpu_name != NULL && !be_resolve_gpu (check->catalog, check->root, gpu_name, &gpu))
    report (check, BE_SCENARIO_ERROR_UNKNOWN_ID, gpu_name,
            _ ("a GPU of the catalogue or of the file"), "pools", pool, "gpu", NULL);
}

static void
check_layout (const Check *check, const char *pool, JsonNode *node)
{
  int gpus = (int) be_tree_number (node, "gpusPerReplica", 1);
  int stages = (int) be_tree_number (node, "pipelineStages", 1);
  int ranks = (int) be_tree_number (node, "attentionDataParallel", 1);
  g_autofree char *found = g_strdup_printf ("%d", stages);
  g_autofree char *found_ranks = g_strdup_printf ("%d", ranks);
  if (gpus % stages != 0)
    report (check, BE_SCENARIO_ERROR_RANGE, found, _ ("a divisor of the GPUs per replica"), "pools",
            pool, "pipelineStages", NULL);
  else if (gpus / stages % ranks != 0)
    report (check, BE_SCENARIO_ERROR_RANGE, found_ranks,
            _ ("a divisor of the GPUs of a pipeline stage"), "pools", pool, "attentionDataParallel",
            NULL);
  const char *overflow = be_tree_text (node, "overflow");
  if (overflow != NULL && !is_known_offer (check, overflow))
    report (check, BE_SCENARIO_ERROR_UNKNOWN_ID, overflow,
            _ ("an offer of the file or of the catalogue"), "pools", pool, "overflow", NULL);
}

/* A fleet cannot be larger at least than at most. */
static void
check_replicas (const Check *check, const char *pool, JsonNode *node)
{
  JsonNode *replicas = be_tree_member (node, "replicas");
  double least = be_tree_number (replicas, "minimum", 1);
  double most = be_tree_number (replicas, "maximum",
                                be_input_find ("pools/?/replicas/maximum")->default_value);
  g_autofree char *found = be_json_format_double (least);
  g_autofree char *limit = be_json_format_double (most);
  g_autofree char *allowed = g_strdup_printf (_ ("at most %s, the pool’s replicas at most"), limit);
  if (least > most)
    report (check, BE_SCENARIO_ERROR_RANGE, found, allowed, "pools", pool, "replicas", "minimum",
            NULL);
}

static void
check_pool (const Check *check, JsonNode *node, GHashTable *taken)
{
  const char *pool = be_tree_text (node, "id");
  JsonArray *serves = be_tree_array (node, "serves");
  g_autofree char *segment = be_path_escape (pool);
  g_autofree char *path = g_strdup_printf ("pools/%s/serves", segment);
  check_ids (check, serves, "serves", path);
  for (guint i = 0; i < count (serves); i++) {
    JsonNode *entry = json_array_get_element (serves, i);
    const char *id = be_tree_text (entry, "workload");
    JsonNode *workload = find_id (be_tree_array (check->root, "workloads"), "workloads", id);
    if (id == NULL)
      continue;
    if (workload == NULL) {
      report (check, BE_SCENARIO_ERROR_UNKNOWN_ID, id, _ ("the id of a workload"), "pools", pool,
              "serves", id, "workload", NULL);
      continue;
    }
    check_replaces (check, pool, entry, workload);
    JsonArray *routes = be_tree_array (be_tree_member (workload, "routing"), "routes");
    guint before = check->problems->len;
    for (guint r = 0; r < MAX (count (routes), 1) && check->problems->len == before; r++)
      check_taken (check, pool, entry,
                   count (routes) > 0 ? be_tree_text (json_array_get_element (routes, r), "offer")
                                      : NULL,
                   taken);
  }
  check_hardware (check, pool, node);
  check_layout (check, pool, node);
  check_replicas (check, pool, node);
}

static void
check_provisioned (const Check *check, JsonNode *node)
{
  const char *id = be_tree_text (node, "id"), *offer = be_tree_text (node, "offer");
  const char *workload = be_tree_text (node, "workload");
  if (find_id (be_tree_array (check->root, "workloads"), "workloads", workload) == NULL)
    report (check, BE_SCENARIO_ERROR_UNKNOWN_ID, workload != NULL ? workload : _ ("nothing"),
            _ ("the id of a workload"), "provisioned", id, "workload", NULL);
  if (!is_known_offer (check, offer))
    report (check, BE_SCENARIO_ERROR_UNKNOWN_ID, offer != NULL ? offer : _ ("nothing"),
            _ ("an offer of the file or of the catalogue"), "provisioned", id, "offer", NULL);
}

static gboolean
is_clock_range (JsonNode *node)
{
  int from_h, from_m, to_h, to_m, end = 0;
  const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  if (text == NULL || sscanf (text, "%2d:%2d-%2d:%2d%n", &from_h, &from_m, &to_h, &to_m, &end) != 4)
    return FALSE;
  int from = from_h * 60 + from_m, to = to_h * 60 + to_m, day = 24 * 60;
  return text[end] == '\0' && from_h >= 0 && from_m >= 0 && from_m < 60 && from <= day && to_h >= 0
         && to_m >= 0 && to_m < 60 && to <= day;
}

static void
check_days (const Check *check, const char *path, JsonNode *window)
{
  JsonArray *days = be_tree_array (window, "days");
  g_autofree char *at = g_strconcat (path, "/days", NULL);
  for (guint i = 0; i < count (days); i++)
    if (be_resolve_day (json_array_get_element (days, i)) < 0)
      be_validate_problem (check->problems, BE_SCENARIO_ERROR_TYPE, at, _ ("another value"),
                           _ ("the name of a day, or its number from Monday = 1"));
}

static void
check_window (const Check *check, const char *path, JsonNode *window)
{
  JsonArray *ranges = be_tree_array (window, "utc");
  const char *calendar = be_tree_text (window, "calendar");
  g_autoptr (GTimeZone) zone = calendar != NULL ? g_time_zone_new_identifier (calendar) : NULL;
  g_autofree char *utc = g_strconcat (path, "/utc", NULL);
  g_autofree char *at = g_strconcat (path, "/calendar", NULL);
  check_days (check, path, window);
  for (guint r = 0; r < count (ranges); r++)
    if (!is_clock_range (json_array_get_element (ranges, r)))
      be_validate_problem (check->problems, BE_SCENARIO_ERROR_TYPE, utc, _ ("another text"),
                           _ ("“HH:MM-HH:MM”"));
  if (calendar != NULL && zone == NULL)
    be_validate_problem (check->problems, BE_SCENARIO_ERROR_UNKNOWN_ID, at, calendar,
                         _ ("a time zone"));
}

/* Of two prices at one time only the first would hold. */
static void
check_overlap (const Check *check, const char *path, JsonArray *windows)
{
  gboolean taken[BE_WEEK_MINUTES] = { FALSE }, all_free = TRUE;
  double share[BE_WEEK_HOURS];
  const char *date = be_tree_text (check->root, "pricesAsOf");
  for (guint i = 0; i < count (windows); i++)
    if (!be_resolve_window (json_array_get_element (windows, i), date, taken, share))
      all_free = FALSE;
  if (!all_free)
    be_validate_problem (check->problems, BE_SCENARIO_ERROR_RANGE, path, _ ("windows that overlap"),
                         _ ("one window at a time"));
}

/* Tiers and windows of an offer, of one of its rate sets, or of a row that is announced. */
static void
check_rates (const Check *check, const char *path, JsonNode *rates)
{
  JsonArray *tiers = be_tree_array (rates, "tiers"), *windows = be_tree_array (rates, "windows");
  guint before = check->problems->len;
  for (guint i = 0; i < count (tiers); i++) {
    JsonNode *tier = json_array_get_element (tiers, i);
    g_autofree char *at = g_strdup_printf ("%s/tiers/%u", path, i);
    if ((be_tree_member (tier, "above") != NULL) == (be_tree_member (tier, "atLeast") != NULL))
      be_validate_problem (check->problems, BE_SCENARIO_ERROR_MISSING, at, _ ("not one threshold"),
                           _ ("either above or atLeast"));
  }
  for (guint i = 0; i < count (windows); i++) {
    g_autofree char *at = g_strdup_printf ("%s/windows/%u", path, i);
    check_window (check, at, json_array_get_element (windows, i));
  }
  g_autofree char *at = g_strconcat (path, "/windows", NULL);
  if (check->problems->len == before && count (windows) > 1)
    check_overlap (check, at, windows);
}

static void
check_offer (const Check *check, const char *key, JsonNode *offer)
{
  g_autofree char *path = be_path_join ("offers", key, NULL);
  JsonNode *sets = be_tree_member (offer, "rateSets");
  JsonArray *later = be_tree_array (offer, "later");
  JsonObjectIter iter;
  const char *name;
  JsonNode *set;
  check_rates (check, path, offer);
  be_validate_dates (check->problems, path, offer);
  for (guint i = 0; i < count (later); i++) {
    g_autofree char *at = g_strdup_printf ("%s/later/%u", path, i);
    check_rates (check, at, json_array_get_element (later, i));
    be_validate_dates (check->problems, at, json_array_get_element (later, i));
  }
  if (sets == NULL)
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (sets));
  while (json_object_iter_next_ordered (&iter, &name, &set)) {
    g_autofree char *at = be_path_join ("offers", key, "rateSets", name, NULL);
    check_rates (check, at, set);
  }
}

static void
check_offers (const Check *check)
{
  JsonNode *offers = be_tree_member (check->root, "offers");
  JsonObjectIter iter;
  const char *key;
  JsonNode *offer;
  if (offers == NULL)
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (offers));
  while (json_object_iter_next_ordered (&iter, &key, &offer))
    check_offer (check, key, offer);
}

/* Whether the workload, pool, route ... that an input belongs to is there; the input itself may
 * stand at its default. */
static gboolean
has_owner (const Check *check, const BeInput *input, const char *path)
{
  const char *owner = strrchr (input->pattern, '?');
  guint depth = 0;
  if (owner == NULL)
    return TRUE;
  for (const char *at = input->pattern; at <= owner; at++)
    depth += *at == '/';
  const char *end = path;
  for (guint i = 0; i <= depth; i++)
    end += strcspn (end, "/") + (i < depth);
  g_autofree char *entity = g_strndup (path, (gsize) (end - path));
  return be_tree_find (check->root, entity) != NULL;
}

static void
check_uncertain (const Check *check, JsonNode *node, const char *index)
{
  static const char *const kinds[] = { "lognormal", "normal", "triangular", NULL };
  const char *path = be_tree_text (node, "input"), *kind = be_tree_text (node, "kind");
  const BeInput *input = path != NULL ? be_input_find (path) : NULL;
  double low = be_tree_number (node, "low", NAN), high = be_tree_number (node, "high", NAN);
  if (input == NULL || (input->type != BE_INPUT_NUMBER && input->type != BE_INPUT_WHOLE)
      || !has_owner (check, input, path)) {
    report (check, BE_SCENARIO_ERROR_UNKNOWN_ID, path != NULL ? path : _ ("nothing"),
            _ ("the path of a number of this scenario"), "uncertainty", index, "input", NULL);
    return;
  }
  if (kind == NULL || !g_strv_contains (kinds, kind))
    report (check, BE_SCENARIO_ERROR_RANGE, kind != NULL ? kind : _ ("nothing"),
            "lognormal, normal, triangular", "uncertainty", index, "kind", NULL);
  gboolean is_lognormal = g_strcmp0 (kind, "lognormal") == 0;
  g_autofree char *found = g_strdup_printf (_ ("low %g and high %g"), low, high);
  if (isnan (low) || isnan (high) || low > high || (is_lognormal && low <= 0)
      || low < input->minimum || high > input->maximum)
    report (check, BE_SCENARIO_ERROR_RANGE, found,
            is_lognormal ? _ ("low above 0, at most high, both in the input's range")
                         : _ ("low at most high, both in the input's range"),
            "uncertainty", index, NULL);
  double mode = be_tree_number (node, "mode", (low + high) / 2);
  g_autofree char *mode_text = be_json_format_double (mode);
  if (mode < low || mode > high)
    report (check, BE_SCENARIO_ERROR_RANGE, mode_text, _ ("a mode from low to high"), "uncertainty",
            index, "mode", NULL);
}

static gboolean
is_uncertain (const Check *check, const char *path)
{
  JsonArray *array = be_tree_array (check->root, "uncertainty");
  for (guint i = 0; i < count (array); i++) {
    if (g_strcmp0 (be_tree_text (json_array_get_element (array, i), "input"), path) == 0)
      return path != NULL;
  }
  return FALSE;
}

static void
check_correlations (const Check *check)
{
  JsonArray *array = be_tree_array (check->root, "correlations");
  for (guint i = 0; i < count (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    const char *a = be_tree_text (node, "a"), *b = be_tree_text (node, "b");
    double rank = be_tree_number (node, "rank", NAN);
    g_autofree char *index = g_strdup_printf ("%u", i), *found = be_json_format_double (rank);
    if (!is_uncertain (check, a) || !is_uncertain (check, b))
      report (check, BE_SCENARIO_ERROR_UNKNOWN_ID, is_uncertain (check, a) ? b : a,
              _ ("the input of an entry of uncertainty"), "correlations", index, NULL);
    if (!(rank >= -1 && rank <= 1))
      report (check, BE_SCENARIO_ERROR_RANGE, found, _ ("a number from -1 to 1"), "correlations",
              index, "rank", NULL);
  }
}

static void
check_date (const Check *check)
{
  const char *date = be_tree_text (check->root, "pricesAsOf");
  if (date != NULL && !be_is_day (date))
    report (check, BE_SCENARIO_ERROR_RANGE, date, _ ("a date, YYYY-MM-DD"), "pricesAsOf", NULL);
}

static void
check_ladder (const Check *check)
{
  static const char *const levers[] = { "caching",     "batch",        "routing", "fineTuned",
                                        "selfHosting", "quantisation", "hybrid",  NULL };
  JsonArray *array = be_tree_array (check->root, "ladder");
  for (guint i = 0; i < count (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    const char *lever = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
    g_autofree char *index = g_strdup_printf ("%u", i);
    if (lever == NULL || !g_strv_contains (levers, lever))
      report (check, BE_SCENARIO_ERROR_UNKNOWN_ID, lever != NULL ? lever : _ ("no text"),
              "caching, batch, routing, fineTuned, selfHosting, quantisation, hybrid", "ladder",
              index, NULL);
  }
}

void
be_validate_relations (BeCatalog *catalog, JsonNode *root, GPtrArray *problems)
{
  Check check = { catalog, root, problems };
  static const char *const named[] = { "workloads", "pools", "provisioned", "gpus", "models" };
  guint before = problems->len;
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    check_ids (&check, be_tree_array (root, named[i]), named[i], named[i]);
  if (problems->len > before)
    return;
  JsonArray *workloads = be_tree_array (root, "workloads"), *pools = be_tree_array (root, "pools");
  JsonArray *provisioned = be_tree_array (root, "provisioned");
  for (guint i = 0; i < count (workloads); i++)
    check_workload (&check, json_array_get_element (workloads, i));
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < count (pools); i++)
    check_pool (&check, json_array_get_element (pools, i), taken);
  for (guint i = 0; i < count (provisioned); i++)
    check_provisioned (&check, json_array_get_element (provisioned, i));
  check_offers (&check);
  JsonArray *uncertainty = be_tree_array (root, "uncertainty");
  for (guint i = 0; i < count (uncertainty); i++) {
    g_autofree char *index = g_strdup_printf ("%u", i);
    check_uncertain (&check, json_array_get_element (uncertainty, i), index);
  }
  check_correlations (&check);
  check_date (&check);
  check_ladder (&check);
}
