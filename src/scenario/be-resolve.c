/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns the tree into the engine's input: numbers by the table's offsets, the rest by hand. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A row's path below its entity, split; made once. */
typedef struct {
  const BeInput *input;
  char **members;
} Slot;

static const guint pattern_depth[] = {
  [BE_SCOPE_DOCUMENT] = 0, [BE_SCOPE_WORKLOAD] = 2, [BE_SCOPE_ROUTE] = 5,
  [BE_SCOPE_POOL] = 2,     [BE_SCOPE_SERVES] = 4,   [BE_SCOPE_PEOPLE_STEP] = 5,
  [BE_SCOPE_OFFER] = 2,    [BE_SCOPE_TIER] = 4,     [BE_SCOPE_PROVISIONED] = 2,
  [BE_SCOPE_RATE_SET] = 4, [BE_SCOPE_WINDOW] = 4,   [BE_SCOPE_GPU] = 2,
  [BE_SCOPE_MODEL] = 2,
};

static GArray *
make_slots (BeScope scope)
{
  GArray *slots = g_array_new (TRUE, TRUE, sizeof (Slot));
  guint n_inputs;
  const BeInput *inputs = be_inputs (&n_inputs);
  for (guint i = 0; i < n_inputs; i++) {
    if (inputs[i].scope != scope || inputs[i].offset == G_MAXSIZE)
      continue;
    g_auto (GStrv) segments = g_strsplit (inputs[i].pattern, "/", -1);
    Slot slot = { &inputs[i], g_strdupv (segments + pattern_depth[scope]) };
    g_array_append_val (slots, slot);
  }
  return slots;
}

static const Slot *
slots_of (BeScope scope)
{
  static gsize ready = 0;
  static GArray *all[G_N_ELEMENTS (pattern_depth)];
  if (g_once_init_enter (&ready)) {
    for (guint i = 0; i < G_N_ELEMENTS (all); i++)
      all[i] = make_slots ((BeScope) i);
    g_once_init_leave (&ready, 1);
  }
  return (const Slot *) (gpointer) all[scope]->data;
}

static double
choice_index (const BeInput *input, JsonNode *node)
{
  const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  for (guint i = 0; text != NULL && input->choices[i] != NULL; i++) {
    if (strcmp (input->choices[i], text) == 0)
      return i;
  }
  return input->default_value;
}

static double
value_of (const BeInput *input, JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return input->default_value;
  if (input->type == BE_INPUT_CHOICE)
    return choice_index (input, node);
  if (input->type == BE_INPUT_BOOLEAN)
    return json_node_get_boolean (node) ? 1 : 0;
  return be_tree_is_number (node) ? json_node_get_double (node) : input->default_value;
}

void
be_resolve_numbers (BeScope scope, JsonNode *node, void *into)
{
  for (const Slot *slot = slots_of (scope); slot->input != NULL; slot++) {
    JsonNode *found = node;
    for (char **member = slot->members; *member != NULL && found != NULL; member++)
      found = be_tree_member (found, *member);
    if (found == NULL && isnan (slot->input->default_value))
      continue; /* the engine's own initial value stands for "unknown" */
    double value = value_of (slot->input, found);
    void *at = (char *) into + slot->input->offset;
    if (slot->input->type == BE_INPUT_NUMBER)
      *(double *) at = value;
    else if (slot->input->type == BE_INPUT_BOOLEAN)
      *(bool *) at = value != 0;
    else
      *(int *) at = (int) value;
  }
}

static gboolean
missing (GError **error, const char *path, const char *allowed)
{
  g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_MISSING,
               _ ("%s: found nothing, allowed is %s"), path, allowed);
  return FALSE;
}

static gboolean
missing_in (GError **error, const char *kind, JsonNode *entity, const char *rest)
{
  const char *id = be_tree_text (entity, "id");
  g_autofree char *owner = be_path_join (kind, id != NULL ? id : "", NULL);
  g_autofree char *path = g_strconcat (owner, "/", rest, NULL);
  return missing (error, path, _ ("a number"));
}

static gboolean
missing_routes (GError **error, JsonNode *workload)
{
  const char *id = be_tree_text (workload, "id");
  g_autofree char *path =
      be_path_join ("workloads", id != NULL ? id : "", "routing", "routes", NULL);

  return missing (error, path, _ ("at least one route"));
}

static int
index_of_id (JsonArray *array, const char *id)
{
  guint length = array != NULL ? json_array_get_length (array) : 0;
  for (guint i = 0; i < length && id != NULL; i++) {
    if (g_strcmp0 (be_tree_text (json_array_get_element (array, i), "id"), id) == 0)
      return (int) i;
  }
  return -1;
}

static const char *
date_of (BeScenario *self)
{
  const char *date = be_tree_text (self->root, "pricesAsOf");
  return date != NULL ? date : be_catalog_get_as_of (self->catalog);
}

gboolean
be_scenario_resolve_offer (BeScenario *self, JsonNode *node, BeOffer *offer)
{
  if (!be_resolve_offer (node, NULL, date_of (self), offer))
    return FALSE;
  offer->account = 0;
  return TRUE;
}

/* Index of an offer with a rate set (NULL: its own rates), added when it is new; -1: no such offer.
 */
static int
offer_index (BeScenario *self, const char *key, const char *rates)
{
  if (key == NULL)
    return -1;
  g_autofree char *name = rates != NULL ? g_strdup_printf ("%s\n%s", key, rates) : g_strdup (key);
  for (guint i = 0; i < self->offer_keys->len; i++) {
    if (strcmp (self->offer_keys->pdata[i], name) == 0)
      return (int) i;
  }
  JsonNode *node = be_tree_member (be_tree_member (self->root, "offers"), key);
  int account = rates != NULL ? offer_index (self, key, NULL) : -1;
  BeOffer offer;
  if (node == NULL || !be_resolve_offer (node, rates, date_of (self), &offer))
    return -1;
  BePlanInput *input = &self->input;
  input->offers = realloc (input->offers, (input->n_offers + 1) * sizeof *input->offers);
  int index = (int) input->n_offers++;
  offer.account = account >= 0 ? account : index;
  input->offers[index] = offer;
  g_ptr_array_add (self->offer_keys, g_steal_pointer (&name));
  return index;
}

static void
resolve_routes (BeScenario *self, JsonNode *routing, BeWorkload *workload)
{
  JsonArray *routes = be_tree_array (routing, "routes");
  workload->n_routes = routes != NULL ? json_array_get_length (routes) : 0;
  workload->routes = calloc (MAX (workload->n_routes, 1), sizeof *workload->routes);
  for (guint i = 0; i < workload->n_routes; i++) {
    JsonNode *node = json_array_get_element (routes, i);
    BeRoute *route = &workload->routes[i];
    be_resolve_numbers (BE_SCOPE_ROUTE, node, route);
    route->offer = offer_index (self, be_tree_text (node, "offer"), be_tree_text (node, "rates"));
  }
}

static gboolean
resolve_workload (BeScenario *self, JsonNode *node, BeWorkload *workload, GError **error)
{
  be_workload_init (workload);
  workload->requests_per_day = workload->input = workload->output = NAN;
  workload->growth_per_month =
      be_tree_number (be_tree_member (self->root, "horizon"), "growthPerMonth", 0);
  be_resolve_numbers (BE_SCOPE_WORKLOAD, node, workload);
  be_resolve_profile (node, workload->profile);
  JsonNode *people = be_tree_member (node, "people");
  if (people != NULL)
    workload->requests_per_day = be_tree_number (people, "count", NAN)
                                 * be_tree_number (people, "sessionsPerDay", NAN)
                                 * be_tree_number (people, "requestsPerSession", NAN);
  resolve_routes (self, be_tree_member (node, "routing"), workload);
  if (isnan (workload->requests_per_day))
    return missing_in (error, "workloads", node, "requestsPerDay");
  if (isnan (workload->input))
    return missing_in (error, "workloads", node, "tokens/input");
  if (isnan (workload->output))
    return missing_in (error, "workloads", node, "tokens/output");
  if (workload->n_routes == 0)
    return missing_routes (error, node);
  return TRUE;
}

static void
resolve_serves (BeScenario *self, JsonNode *node, BeServes *serves)
{
  be_resolve_numbers (BE_SCOPE_SERVES, node, serves);
  serves->workload =
      index_of_id (be_tree_array (self->root, "workloads"), be_tree_text (node, "workload"));
  serves->replaces = NULL;
  JsonArray *replaces = be_tree_array (node, "replaces");
  if (replaces == NULL || serves->workload < 0)
    return;
  JsonNode *workload =
      json_array_get_element (be_tree_array (self->root, "workloads"), (guint) serves->workload);
  JsonArray *routes = be_tree_array (be_tree_member (workload, "routing"), "routes");
  guint n_routes = routes != NULL ? json_array_get_length (routes) : 0;
  serves->replaces = calloc (MAX (n_routes, 1), 1);
  for (guint r = 0; r < n_routes; r++) {
    const char *offer = be_tree_text (json_array_get_element (routes, r), "offer");
    for (guint i = 0; i < json_array_get_length (replaces); i++) {
      if (g_strcmp0 (json_array_get_string_element (replaces, i), offer) == 0)
        serves->replaces[r] = 1;
    }
  }
}

static int
compare_steps (const void *a, const void *b)
{
  double x = ((const BePeopleStep *) a)->from_replicas;
  double y = ((const BePeopleStep *) b)->from_replicas;
  return (x > y) - (x < y);
}

static void
resolve_people (JsonNode *people, BePool *pool)
{
  JsonArray *steps = be_tree_array (people, "steps");
  double fte = be_tree_number (people, "fte", 0);
  pool->n_people = steps != NULL ? json_array_get_length (steps) : fte > 0 ? 1 : 0;
  pool->people = calloc (MAX (pool->n_people, 1), sizeof *pool->people);
  if (steps == NULL && fte > 0)
    pool->people[0] = (BePeopleStep){ .from_replicas = 0, .fte = fte };
  for (guint i = 0; steps != NULL && i < pool->n_people; i++) {
    JsonNode *step = json_array_get_element (steps, i);
    be_resolve_numbers (BE_SCOPE_PEOPLE_STEP, step, &pool->people[i]);
    pool->people[i].from_replicas = be_tree_number (step, "fromReplicas", 1);
  }
  if (pool->n_people > 1)
    qsort (pool->people, pool->n_people, sizeof *pool->people, compare_steps);
}

static void
resolve_serving (BeScenario *self, JsonNode *node, BePool *pool)
{
  const char *model = be_tree_text (node, "model"), *gpu = be_tree_text (node, "gpu");
  const char *source = be_tree_text (be_tree_member (node, "throughput"), "source");
  pool->throughput_measured = g_strcmp0 (source, "measured") == 0;
  gboolean has_model = be_resolve_shape (self->catalog, self->root, model, &pool->serving.model);
  gboolean has_gpu = be_resolve_gpu (self->catalog, self->root, gpu, &pool->serving.gpu);
  g_autoptr (GPtrArray) gaps = be_find_missing_figures (self->root, node);
  pool->serving_known = has_model && has_gpu && gaps->len == 0;
  int stages = MAX (pool->serving.pipeline_stages, 1);
  pool->serving.tensor_parallel = MAX (pool->gpus_per_replica / stages, 1);
}

static gboolean
resolve_pool (BeScenario *self, JsonNode *node, BePool *pool, GError **error)
{
  be_pool_init (pool);
  pool->gpu_hour_usd = NAN;
  be_resolve_numbers (BE_SCOPE_POOL, node, pool);
  resolve_serving (self, node, pool);
  JsonArray *serves = be_tree_array (node, "serves");
  pool->n_serves = serves != NULL ? json_array_get_length (serves) : 0;
  pool->serves = calloc (MAX (pool->n_serves, 1), sizeof *pool->serves);
  for (guint i = 0; i < pool->n_serves; i++)
    resolve_serves (self, json_array_get_element (serves, i), &pool->serves[i]);
  resolve_people (be_tree_member (node, "people"), pool);
  JsonNode *reserved = be_tree_member (be_tree_member (node, "rent"), "reserved");
  pool->reserved_replicas = be_tree_text (reserved, "replicas") != NULL
                                ? BE_RESERVED_BEST
                                : be_tree_number (reserved, "replicas", 0);
  pool->overflow_offer = offer_index (self, be_tree_text (node, "overflow"), NULL);
  if (pool->rent_kind == BE_RENT_OWNED)
    pool->gpu_hour_usd = pool->reserved_replicas = 0;
  if (isnan (pool->gpu_hour_usd))
    return missing_in (error, "pools", node, "rent/gpuHour");
  return TRUE;
}

static gboolean
resolve_provisioned (BeScenario *self, JsonNode *node, BeProvisioned *row, GError **error)
{
  *row = (BeProvisioned){ .units = be_tree_number (node, "units", NAN),
                          .unit_hour_usd = NAN,
                          .tokens_per_minute_per_unit = NAN };
  be_resolve_numbers (BE_SCOPE_PROVISIONED, node, row);
  row->workload =
      index_of_id (be_tree_array (self->root, "workloads"), be_tree_text (node, "workload"));
  row->offer = offer_index (self, be_tree_text (node, "offer"), NULL);
  if (isnan (row->units))
    return missing_in (error, "provisioned", node, "units");
  if (isnan (row->unit_hour_usd))
    return missing_in (error, "provisioned", node, "unitHour");
  if (isnan (row->tokens_per_minute_per_unit))
    return missing_in (error, "provisioned", node, "tokensPerMinutePerUnit");
  return TRUE;
}

static guint
length_of (JsonNode *root, const char *member)
{
  JsonArray *array = be_tree_array (root, member);
  return array != NULL ? json_array_get_length (array) : 0;
}

static JsonNode *
element_of (JsonNode *root, const char *member, size_t index)
{
  return json_array_get_element (be_tree_array (root, member), (guint) index);
}

/* The counts grow with what is made, so that clearing after an error frees exactly that. */
gboolean
be_resolve_document (BeScenario *self, GError **error)
{
  BePlanInput *input = &self->input;
  JsonNode *root = self->root;
  be_resolve_numbers (BE_SCOPE_DOCUMENT, root, input);
  guint n_workloads = length_of (root, "workloads"), n_pools = length_of (root, "pools");
  guint n_provisioned = length_of (root, "provisioned");
  input->workloads = calloc (MAX (n_workloads, 1), sizeof *input->workloads);
  input->pools = calloc (MAX (n_pools, 1), sizeof *input->pools);
  input->provisioned = calloc (MAX (n_provisioned, 1), sizeof *input->provisioned);
  while (input->n_workloads < n_workloads) {
    size_t i = input->n_workloads++;
    JsonNode *node = element_of (root, "workloads", i);
    if (!resolve_workload (self, node, &input->workloads[i], error))
      return FALSE;
  }
  while (input->n_pools < n_pools) {
    size_t i = input->n_pools++;
    if (!resolve_pool (self, element_of (root, "pools", i), &input->pools[i], error))
      return FALSE;
  }
  while (input->n_provisioned < n_provisioned) {
    size_t i = input->n_provisioned++;
    JsonNode *node = element_of (root, "provisioned", i);
    if (!resolve_provisioned (self, node, &input->provisioned[i], error))
      return FALSE;
  }
  return n_workloads > 0 || missing (error, "workloads", _ ("at least one workload"));
}
