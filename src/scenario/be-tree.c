/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trees of JSON by path, shared between versions of a document and never changed. */
#include "scenario/be-scenario-private.h"

#include <math.h>
#include <string.h>

#define LONG_ARRAY 32 /* where a search from the start would be felt */

/* The file's order of members. One list serves all objects: no two of them disagree. */
static const char *const member_order[] = {
  "format",
  "version",
  "id",
  "key",
  "provider",
  "offer",
  "workload",
  "utc",
  "days",
  "calendar",
  "above",
  "atLeast",
  "name",
  "notes",
  "monthHours",
  "pricesAsOf",
  "workloads",
  "requestsPerDay",
  "people",
  "count",
  "sessionsPerDay",
  "requestsPerSession",
  "growthPerMonth",
  "profile",
  "profileShiftHours",
  "tokens",
  "system",
  "input",
  "output",
  "cachedInput",
  "cacheWrite",
  "cacheWrite1h",
  "reasoning",
  "inputSpread",
  "outputSpread",
  "turns",
  "webSearchesPerRequest",
  "cache",
  "source",
  "readShare",
  "writeShare",
  "ttlMinutes",
  "prefixShare",
  "prefixes",
  "batchShare",
  "retry",
  "rate",
  "maxRetries",
  "billedShare",
  "timeoutSeconds",
  "buffer",
  "minimumQuality",
  "routing",
  "gpuHour",
  "kind",
  "overheadPerRequest",
  "routes",
  "share",
  "replaces",
  "quality",
  "tokenFactor",
  "rates",
  "fineTuned",
  "pools",
  "serves",
  "model",
  "gpu",
  "gpusPerReplica",
  "gpusPerInstance",
  "pipelineStages",
  "attentionDataParallel",
  "weights",
  "kvCache",
  "engine",
  "prefixHitShare",
  "throughput",
  "outputTokensPerSecond",
  "sequences",
  "ttftMs",
  "entered",
  "softwareEfficiency",
  "target",
  "tpotMs",
  "waitSeconds",
  "waitProbability",
  "replicas",
  "minimum",
  "spare",
  "maximum",
  "autoscale",
  "coldStartMinutes",
  "rent",
  "interruption",
  "reserved",
  "capex",
  "lifeYears",
  "residual",
  "costOfCapital",
  "kw",
  "pue",
  "perKwh",
  "colocationPerKwMonth",
  "maintenance",
  "overflow",
  "perFteMonth",
  "steps",
  "fromReplicas",
  "fte",
  "fixedPerMonth",
  "overheadShare",
  "setupCost",
  "gpus",
  "models",
  "provisioned",
  "units",
  "unitHour",
  "tokensPerMinutePerUnit",
  "termMonths",
  "offers",
  "batch",
  "tiers",
  "windows",
  "rateSets",
  "discount",
  "commitment",
  "perMonth",
  "fees",
  "perRequest",
  "webSearchPer1000",
  "limits",
  "rpm",
  "tpm",
  "latency",
  "training",
  "cost",
  "lifeMonths",
  "hostingHour",
  "contextWindow",
  "maxOutput",
  "asOf",
  "from",
  "to",
  "promotionEnds",
  "later",
  "horizon",
  "months",
  "hostedPriceDeclinePerYear",
  "gpuPriceDeclinePerYear",
  "discountRate",
  "setupMonths",
  "uncertainty",
  "low",
  "high",
  "mode",
  "correlations",
  "a",
  "b",
  "rank",
  "ladder",
};

static guint
rank_of (const char *member)
{
  for (guint i = 0; i < G_N_ELEMENTS (member_order); i++) {
    if (strcmp (member_order[i], member) == 0)
      return i + 1;
  }
  return 0;
}

JsonNode *
be_tree_member (JsonNode *node, const char *member)
{
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  return json_object_get_member (json_node_get_object (node), member);
}

JsonArray *
be_tree_array (JsonNode *node, const char *member)
{
  JsonNode *found = be_tree_member (node, member);
  return found != NULL && JSON_NODE_HOLDS_ARRAY (found) ? json_node_get_array (found) : NULL;
}

const char *
be_tree_text (JsonNode *node, const char *member)
{
  JsonNode *found = be_tree_member (node, member);
  gboolean is_text = found != NULL && JSON_NODE_HOLDS_VALUE (found)
                     && json_node_get_value_type (found) == G_TYPE_STRING;
  return is_text ? json_node_get_string (found) : NULL;
}

gboolean
be_tree_is_number (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  GType type = json_node_get_value_type (node);
  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
}

double
be_tree_number (JsonNode *node, const char *member, double fallback)
{
  JsonNode *found = be_tree_member (node, member);
  return be_tree_is_number (found) ? json_node_get_double (found) : fallback;
}

JsonNode *
be_tree_new_number (double value)
{
  JsonNode *node = json_node_alloc ();
  if (value == floor (value) && fabs (value) <= 9007199254740992.0)
    return json_node_init_int (node, (gint64) value);
  return json_node_init_double (node, value);
}

JsonNode *
be_tree_new_text (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

JsonObject *
be_tree_copy_members (JsonNode *node)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return copy;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (copy, name, json_node_ref (value));
  return copy;
}

JsonNode *
be_tree_take_object (JsonObject *object)
{
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  return node;
}

void
be_tree_advance (JsonNode **root, JsonNode *next)
{
  json_node_unref (*root);
  *root = next;
}

const char *
be_tree_element_id (JsonNode *element, const char *member)
{
  if (g_str_equal (member, "routes"))
    return be_tree_text (element, "offer");
  if (g_str_equal (member, "serves"))
    return be_tree_text (element, "workload");
  const char *id = be_tree_text (element, "id");
  if (id == NULL && g_str_equal (member, "gpus"))
    id = be_tree_text (element, "key");
  if (id == NULL && g_str_equal (member, "models"))
    id = be_tree_text (element, "model");
  return id;
}

/* Index of the element that a segment names, or the array's length. Who asks for one path after the
 * other mostly asks in the order of a long array: the search begins where the last one ended. */
static guint
find_element (JsonArray *array, const char *member, const char *id)
{
  static _Thread_local guint last;
  guint length = json_array_get_length (array);
  guint first = length >= LONG_ARRAY && last < length ? last : 0;
  for (guint i = 0; i < length; i++) {
    guint at = (first + i) % length;
    const char *found = be_tree_element_id (json_array_get_element (array, at), member);
    if (found == NULL || strcmp (found, id) != 0)
      continue;
    if (length >= LONG_ARRAY)
      last = at;
    return at;
  }
  guint64 index;
  if (g_ascii_string_to_unsigned (id, 10, 0, G_MAXINT, &index, NULL) && index < length
      && be_tree_element_id (json_array_get_element (array, (guint) index), member) == NULL)
    return (guint) index;
  return length;
}

static char **
split (const char *path)
{
  if (*path == '\0')
    return g_new0 (char *, 1);
  char **segments = g_strsplit (path, "/", -1);
  for (char **at = segments; *at != NULL; at++) {
    if (strchr (*at, '~') != NULL) {
      char *id = be_path_unescape (*at);
      g_free (*at);
      *at = id;
    }
  }
  return segments;
}

JsonNode *
be_tree_find (JsonNode *root, const char *path)
{
  g_auto (GStrv) segments = split (path);
  JsonNode *node = root;
  const char *member = "";
  for (char **at = segments; *at != NULL && node != NULL; member = *at++) {
    if (!JSON_NODE_HOLDS_ARRAY (node)) {
      node = be_tree_member (node, *at);
      continue;
    }
    JsonArray *array = json_node_get_array (node);
    guint index = find_element (array, member, *at);
    node = index < json_array_get_length (array) ? json_array_get_element (array, index) : NULL;
  }
  return node;
}

static JsonNode *replace_in (JsonNode *node, const char *member, char **segments, JsonNode *value);

/* The first member that comes after `name` in the file's order, or NULL. A member that the list
 * does not know stays behind the one before it. */
static const char *
member_after (JsonObject *object, const char *name)
{
  guint rank = rank_of (name);
  const char *after = NULL;
  g_autoptr (GList) names = rank > 0 ? json_object_get_members (object) : NULL;
  for (GList *at = names; at != NULL; at = at->next) {
    guint other = rank_of (at->data);
    if (other > rank && after == NULL)
      after = at->data;
    else if (other > 0 && other < rank)
      after = NULL;
  }
  return after;
}

static JsonNode *
replace_member (JsonNode *node, char **segments, JsonNode *value)
{
  g_autoptr (JsonObject) empty = json_object_new ();
  JsonObject *from = node != NULL ? json_node_get_object (node) : empty;
  JsonObject *to = json_object_new ();
  JsonNode *old = json_object_get_member (from, segments[0]);
  JsonNode *changed = replace_in (old, segments[0], segments + 1, value);
  const char *before = old == NULL && changed != NULL ? member_after (from, segments[0]) : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  json_object_iter_init_ordered (&iter, from);
  while (json_object_iter_next_ordered (&iter, &name, &member)) {
    if (before != NULL && strcmp (name, before) == 0)
      json_object_set_member (to, segments[0], g_steal_pointer (&changed));
    if (member != old)
      json_object_set_member (to, name, json_node_ref (member));
    else if (changed != NULL)
      json_object_set_member (to, name, g_steal_pointer (&changed));
  }
  if (changed != NULL)
    json_object_set_member (to, segments[0], changed);
  return be_tree_take_object (to);
}

static JsonNode *
replace_element (JsonNode *node, const char *member, char **segments, JsonNode *value)
{
  JsonArray *from = json_node_get_array (node);
  guint length = json_array_get_length (from), index = find_element (from, member, segments[0]);
  JsonArray *to = json_array_sized_new (length);
  for (guint i = 0; i < length; i++) {
    JsonNode *element = json_array_get_element (from, i);
    JsonNode *changed =
        i == index ? replace_in (element, "", segments + 1, value) : json_node_ref (element);
    if (changed != NULL)
      json_array_add_element (to, changed);
  }
  if (index == length && value != NULL)
    json_node_unref (value);
  JsonNode *result = json_node_alloc ();
  json_node_init_array (result, to);
  json_array_unref (to);
  return result;
}

/* Takes value. */
static JsonNode *
replace_in (JsonNode *node, const char *member, char **segments, JsonNode *value)
{
  if (segments[0] == NULL)
    return value;
  if (node == NULL && value == NULL)
    return NULL;
  if (node == NULL || JSON_NODE_HOLDS_OBJECT (node))
    return replace_member (node, segments, value);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return replace_element (node, member, segments, value);
  if (value != NULL)
    json_node_unref (value);
  return json_node_ref (node);
}

JsonNode *
be_tree_replace (JsonNode *root, const char *path, JsonNode *value)
{
  g_auto (GStrv) segments = split (path);
  return replace_in (root, "", segments, value);
}

JsonNode *
be_tree_append (JsonNode *root, const char *path, JsonNode *value)
{
  JsonNode *old = be_tree_find (root, path);
  JsonArray *array = json_array_new ();
  if (old != NULL && JSON_NODE_HOLDS_ARRAY (old)) {
    JsonArray *from = json_node_get_array (old);
    for (guint i = 0; i < json_array_get_length (from); i++)
      json_array_add_element (array, json_node_ref (json_array_get_element (from, i)));
  }
  json_array_add_element (array, value);
  JsonNode *node = json_node_alloc ();
  json_node_init_array (node, array);
  json_array_unref (array);
  return be_tree_replace (root, path, node);
}
