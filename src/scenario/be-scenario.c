/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document object: opens, saves, resolves and answers what is in it. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (BeScenario, be_scenario, G_TYPE_OBJECT)
G_DEFINE_QUARK (be - scenario - error - quark, be_scenario_error)

static void
be_scenario_finalize (GObject *object)
{
  BeScenario *self = BE_SCENARIO (object);
  be_plan_input_clear (&self->input);
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->saved_root, json_node_unref);
  g_clear_pointer (&self->gesture_root, json_node_unref);
  g_clear_pointer (&self->gesture_catalog, be_catalog_unref);
  g_clear_pointer (&self->gesture_label, g_free);
  g_clear_pointer (&self->undo, g_ptr_array_unref);
  g_clear_pointer (&self->redo, g_ptr_array_unref);
  g_clear_pointer (&self->offer_keys, g_ptr_array_unref);
  g_clear_pointer (&self->own_gpus, g_ptr_array_unref);
  g_clear_pointer (&self->catalog, be_catalog_unref);
  g_clear_error (&self->resolve_error);
  g_clear_pointer (&self->path, g_free);
  be_file_stamp_clear (&self->stamp);
  G_OBJECT_CLASS (be_scenario_parent_class)->finalize (object);
}

static void
be_scenario_class_init (BeScenarioClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = be_scenario_finalize;
  g_signal_new ("changed", BE_TYPE_SCENARIO, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                0);
  g_signal_new ("saved-changed", BE_TYPE_SCENARIO, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
be_scenario_init (BeScenario *self)
{
  self->undo = g_ptr_array_new_with_free_func (be_scenario_step_free);
  self->redo = g_ptr_array_new_with_free_func (be_scenario_step_free);
  self->offer_keys = g_ptr_array_new_with_free_func (g_free);
  self->own_gpus = g_ptr_array_new_with_free_func (be_own_gpu_free);
  be_plan_input_init (&self->input);
}

BeScenario *
be_scenario_new_from_root (BeCatalog *catalog, JsonNode *root)
{
  BeScenario *self = g_object_new (BE_TYPE_SCENARIO, NULL);
  self->catalog = catalog != NULL ? be_catalog_ref (catalog) : NULL;
  self->root = root;
  self->read_only = be_tree_number (root, "version", 0) > BE_SCENARIO_VERSION;
  return self;
}

/* Adds one offer to the snapshot, unless it is there or the catalogue has none. */
static void
complete_offer (BeCatalog *catalog, JsonNode **root, const char *key)
{
  const char *date = be_tree_text (*root, "pricesAsOf");
  if (key == NULL || be_tree_member (be_tree_member (*root, "offers"), key) != NULL)
    return;
  const BeCatalogOffer *offer = be_catalog_find_offer (catalog, key);
  JsonNode *row = offer != NULL ? be_catalog_offer_to_scenario (offer, date) : NULL;
  if (row == NULL)
    return;
  g_autofree char *path = be_path_join ("offers", key, NULL);
  JsonNode *next = be_tree_replace (*root, path, row);
  json_node_unref (*root);
  *root = next;
}

static void
complete_from (BeCatalog *catalog, JsonNode **root, JsonArray *array, const char *member)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    complete_offer (catalog, root, be_tree_text (json_array_get_element (array, i), member));
}

JsonNode *
be_offers_complete (BeCatalog *catalog, JsonNode *root)
{
  JsonNode *complete = json_node_ref (root);
  JsonArray *workloads = be_tree_array (root, "workloads");
  for (guint w = 0; workloads != NULL && w < json_array_get_length (workloads); w++) {
    JsonNode *routing = be_tree_member (json_array_get_element (workloads, w), "routing");
    complete_from (catalog, &complete, be_tree_array (routing, "routes"), "offer");
  }
  complete_from (catalog, &complete, be_tree_array (root, "pools"), "overflow");
  complete_from (catalog, &complete, be_tree_array (root, "provisioned"), "offer");
  return complete;
}

/* Parses and checks, if asked also that no figure is missing; a message names file and line. */
static JsonNode *
read_document (BeCatalog *catalog, const char *data, gsize length, const char *name,
               gboolean complete, GPtrArray *problems)
{
  GError *error = NULL;
  g_autoptr (BeJsonPositions) positions = NULL;
  g_autoptr (JsonNode) parsed = be_json_parse_full (data, length, name, 0, &positions, &error);
  if (parsed == NULL) {
    g_ptr_array_add (problems, error);
    return NULL;
  }
  g_autoptr (JsonNode) root = be_offers_complete (catalog, parsed);
  be_validate_document (catalog, root, problems);
  if (complete && problems->len == 0)
    be_validate_figures (root, problems);
  for (guint i = 0; i < problems->len; i++)
    be_validate_locate (problems->pdata[i], root, positions, name);
  return problems->len == 0 ? g_steal_pointer (&root) : NULL;
}

BeScenario *
be_scenario_new_from_data (BeCatalog *catalog, const char *data, gsize length, const char *name,
                           GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  JsonNode *root = read_document (catalog, data, length, name, FALSE, problems);
  if (root != NULL)
    return be_scenario_new_from_root (catalog, root);
  g_propagate_error (error, g_error_copy (problems->pdata[0]));
  return NULL;
}

GPtrArray *
be_scenario_validate (BeCatalog *catalog, const char *data, gsize length, const char *name)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (JsonNode) root = read_document (catalog, data, length, name, TRUE, problems);
  return problems;
}

BeScenario *
be_scenario_load (BeCatalog *catalog, const char *path, GError **error)
{
  BeFileStamp stamp = { 0 };
  g_autoptr (GBytes) bytes = be_file_read (path, 0, &stamp, error);
  if (bytes == NULL)
    return NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *name = g_path_get_basename (path);
  BeScenario *self =
      be_scenario_new_from_data (catalog, data != NULL ? data : "", length, name, error);
  if (self == NULL) {
    be_file_stamp_clear (&stamp);
    return NULL;
  }
  self->path = g_strdup (path);
  self->stamp = stamp;
  self->saved_root = json_node_ref (self->root);
  return self;
}

gboolean
be_scenario_reload (BeScenario *self, GError **error)
{
  g_autoptr (BeScenario) fresh = NULL;
  if (self->path == NULL) {
    g_set_error (error, BE_JSON_ERROR, BE_JSON_ERROR_IO, _ ("the scenario has no file yet"));
    return FALSE;
  }
  fresh = be_scenario_load (self->catalog, self->path, error);
  if (fresh == NULL)
    return FALSE;
  be_file_stamp_clear (&self->stamp);
  self->stamp = fresh->stamp;
  fresh->stamp = (BeFileStamp){ 0 };
  self->read_only = fresh->read_only;
  if (!json_node_equal (fresh->root, self->root))
    be_scenario_replace (self, fresh->root);
  g_clear_pointer (&self->saved_root, json_node_unref);
  self->saved_root = json_node_ref (self->root);
  g_signal_emit_by_name (self, "saved-changed");
  return TRUE;
}

BeScenario *
be_scenario_restore (BeCatalog *catalog, GBytes *draft, const char *path, const BeFileStamp *stamp,
                     gboolean is_dirty, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (draft, &length);
  BeScenario *self =
      be_scenario_new_from_data (catalog, data != NULL ? data : "", length, _ ("Draft"), error);
  if (self == NULL)
    return NULL;
  self->path = g_strdup (path);
  if (path != NULL && stamp != NULL) {
    self->stamp = *stamp;
    self->stamp.sha256 = g_strdup (stamp->sha256);
  }
  /* No file holds a node of its own, so that the document differs from every file until a save. */
  if (is_dirty)
    self->saved_root = json_node_new (JSON_NODE_NULL);
  else if (path != NULL)
    self->saved_root = json_node_ref (self->root);
  return self;
}

const BeFileStamp *
be_scenario_get_stamp (BeScenario *self)
{
  return &self->stamp;
}

char *
be_scenario_to_data (BeScenario *self, gsize *length)
{
  g_autoptr (JsonNode) complete = be_offers_complete (self->catalog, self->root);
  return be_json_write (complete, length);
}

gboolean
be_scenario_save (BeScenario *self, const char *path, gboolean force, GError **error)
{
  const char *target = path != NULL ? path : self->path;
  gboolean is_same = target != NULL && g_strcmp0 (target, self->path) == 0;
  if (!be_scenario_check_writable (self, error))
    return FALSE;
  if (target == NULL) {
    g_set_error (error, BE_JSON_ERROR, BE_JSON_ERROR_IO, _ ("the scenario has no file yet"));
    return FALSE;
  }
  gsize length;
  g_autofree char *data = be_scenario_to_data (self, &length);
  const BeFileStamp *expected =
      is_same && !force && self->stamp.sha256 != NULL ? &self->stamp : NULL;
  BeFileStamp written = { 0 };
  if (!be_file_save (target, data, length, expected, &written, error))
    return FALSE;
  char *kept = g_strdup (target);
  g_free (self->path);
  self->path = kept;
  be_file_stamp_clear (&self->stamp);
  self->stamp = written;
  g_clear_pointer (&self->saved_root, json_node_unref);
  self->saved_root = json_node_ref (self->root);
  g_signal_emit_by_name (self, "saved-changed");
  return TRUE;
}

BeScenario *
be_scenario_copy (BeScenario *self)
{
  BeScenario *copy = be_scenario_new_from_root (self->catalog, json_node_ref (self->root));
  copy->read_only = FALSE;
  return copy;
}

BeCatalog *
be_scenario_get_catalog (BeScenario *self)
{
  return self->catalog;
}

const char *
be_scenario_get_path (BeScenario *self)
{
  return self->path;
}

const char *
be_scenario_get_name (BeScenario *self)
{
  const char *name = be_tree_text (self->root, "name");
  return name != NULL ? name : "";
}

gboolean
be_scenario_is_dirty (BeScenario *self)
{
  return self->saved_root != NULL ? self->saved_root != self->root : self->undo->len > 0;
}

gboolean
be_scenario_is_read_only (BeScenario *self)
{
  return self->read_only;
}

gboolean
be_scenario_changed_on_disk (BeScenario *self)
{
  if (self->path == NULL || self->stamp.sha256 == NULL)
    return FALSE;
  BeFileStamp now = { 0 };
  g_autoptr (GBytes) bytes = be_file_read (self->path, 0, &now, NULL);
  gboolean is_same = bytes != NULL && g_strcmp0 (now.sha256, self->stamp.sha256) == 0;
  be_file_stamp_clear (&now);
  return !is_same;
}

JsonNode *
be_scenario_get_root (BeScenario *self)
{
  return self->root;
}

/* Text of a choice or number as a number; NaN when it is neither. */
static double
number_of (const BeInput *input, JsonNode *node)
{
  if (node == NULL)
    return input != NULL ? input->default_value : NAN;
  if (be_tree_is_number (node))
    return json_node_get_double (node);
  if (!JSON_NODE_HOLDS_VALUE (node))
    return NAN;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node) ? 1 : 0;
  const char *text = json_node_get_string (node);
  for (guint i = 0; input != NULL && input->choices != NULL && input->choices[i] != NULL; i++) {
    if (g_strcmp0 (input->choices[i], text) == 0)
      return i;
  }
  return NAN;
}

double
be_scenario_get_number (BeScenario *self, const char *path)
{
  const BeInput *input = be_input_find (path);
  JsonNode *node = be_tree_find (self->root, path);
  if (node == NULL && input != NULL && g_str_has_suffix (path, "/growthPerMonth"))
    return be_tree_number (be_tree_member (self->root, "horizon"), "growthPerMonth", 0);
  return number_of (input, node);
}

gboolean
be_scenario_is_set (BeScenario *self, const char *path)
{
  return be_tree_find (self->root, path) != NULL;
}

char *
be_scenario_get_text (BeScenario *self, const char *path)
{
  const BeInput *input = be_input_find (path);
  JsonNode *node = be_tree_find (self->root, path);
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)) {
    if (json_node_get_value_type (node) == G_TYPE_STRING)
      return g_strdup (json_node_get_string (node));
    if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");
    return be_json_format_double (json_node_get_double (node));
  }
  if (node != NULL || input == NULL)
    return NULL;
  if (input->type == BE_INPUT_CHOICE)
    return isnan (input->default_value) ? NULL
                                        : g_strdup (input->choices[(int) input->default_value]);
  if (input->type == BE_INPUT_BOOLEAN)
    return g_strdup (input->default_value != 0 ? "true" : "false");
  return isnan (input->default_value) ? NULL : be_json_format_double (input->default_value);
}

void
be_scenario_invalidate (BeScenario *self)
{
  self->resolved = FALSE;
  g_clear_error (&self->resolve_error);
}

const BePlanInput *
be_scenario_resolve (BeScenario *self, GError **error)
{
  if (!self->resolved) {
    be_plan_input_clear (&self->input);
    be_plan_input_init (&self->input);
    g_ptr_array_set_size (self->offer_keys, 0);
    be_resolve_document (self, &self->resolve_error);
    self->resolved = TRUE;
  }
  if (self->resolve_error == NULL)
    return &self->input;
  if (error != NULL)
    *error = g_error_copy (self->resolve_error);
  return NULL;
}

const char *
be_scenario_offer_key (BeScenario *self, int offer)
{
  if (be_scenario_resolve (self, NULL) == NULL || offer < 0 || offer >= (int) self->offer_keys->len)
    return NULL;
  /* A rate set is "key\nset": its owner's key is interned up to there. */
  const char *key = self->offer_keys->pdata[offer], *end = strchr (key, '\n');
  return end == NULL ? key : self->offer_keys->pdata[self->input.offers[offer].account];
}
