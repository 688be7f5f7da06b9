/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo and redo: a step is a reference to the tree as it was. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>

#define MAX_STEPS 500

/* The document as it was: its tree, and the catalogue that it drew on. */
typedef struct {
  JsonNode *root;
  BeCatalog *catalog;
  char *label; /* of the edit that led on from here, for people; NULL */
} Step;

void
be_scenario_step_free (gpointer data)
{
  Step *step = data;
  json_node_unref (step->root);
  g_clear_pointer (&step->catalog, be_catalog_unref);
  g_free (step->label);
  g_free (step);
}

static void
push (GPtrArray *steps, JsonNode *root, BeCatalog *catalog, const char *label)
{
  Step *step = g_new (Step, 1);
  if (steps->len == MAX_STEPS)
    g_ptr_array_remove_index (steps, 0);
  *step = (Step){ json_node_ref (root), catalog != NULL ? be_catalog_ref (catalog) : NULL,
                  g_strdup (label) };
  g_ptr_array_add (steps, step);
}

static void
become (BeScenario *self, JsonNode *root, BeCatalog *catalog)
{
  if (catalog != NULL && catalog != self->catalog) {
    g_clear_pointer (&self->catalog, be_catalog_unref);
    self->catalog = be_catalog_ref (catalog);
  }
  json_node_ref (root);
  json_node_unref (self->root);
  self->root = root;
  be_scenario_invalidate (self);
  g_signal_emit_by_name (self, "changed");
  g_signal_emit_by_name (self, "saved-changed");
}

gboolean
be_scenario_check_writable (BeScenario *self, GError **error)
{
  if (self->read_only)
    g_set_error (error, BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_READ_ONLY,
                 _ ("found version %g, this program writes version %d: the scenario can be read, "
                    "not changed"),
                 be_tree_number (self->root, "version", 0), BE_SCENARIO_VERSION);
  return !self->read_only;
}

gboolean
be_scenario_commit (BeScenario *self, JsonNode *root, GError **error)
{
  return be_scenario_commit_with (self, root, self->catalog, error);
}

gboolean
be_scenario_commit_with (BeScenario *self, JsonNode *root, BeCatalog *catalog, GError **error)
{
  g_autoptr (JsonNode) taken = root;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  if (!be_scenario_check_writable (self, error))
    return FALSE;
  if (catalog == self->catalog && json_node_equal (root, self->root))
    return TRUE;
  be_validate_relations (catalog, root, problems);
  if (problems->len > 0) {
    g_propagate_error (error, g_error_copy (problems->pdata[0]));
    return FALSE;
  }
  if (self->gesture_depth == 0)
    push (self->undo, self->root, self->catalog, NULL);
  g_ptr_array_set_size (self->redo, 0);
  become (self, taken, catalog);
  return TRUE;
}

void
be_scenario_replace (BeScenario *self, JsonNode *root)
{
  if (self->gesture_depth == 0)
    push (self->undo, self->root, self->catalog, NULL);
  g_ptr_array_set_size (self->redo, 0);
  become (self, root, self->catalog);
}

void
be_scenario_begin_gesture (BeScenario *self, const char *label)
{
  if (self->gesture_depth++ > 0)
    return;
  self->gesture_root = json_node_ref (self->root);
  self->gesture_catalog = self->catalog != NULL ? be_catalog_ref (self->catalog) : NULL;
  self->gesture_label = g_strdup (label);
}

void
be_scenario_end_gesture (BeScenario *self)
{
  g_return_if_fail (self->gesture_depth > 0);
  if (--self->gesture_depth > 0)
    return;
  g_autoptr (JsonNode) before = g_steal_pointer (&self->gesture_root);
  g_autoptr (BeCatalog) catalog = g_steal_pointer (&self->gesture_catalog);
  g_autofree char *label = g_steal_pointer (&self->gesture_label);
  if (catalog == self->catalog && before == self->root)
    return;
  if (catalog != self->catalog || !json_node_equal (before, self->root))
    push (self->undo, before, catalog, label);
  g_signal_emit_by_name (self, "saved-changed"); /* a way there and back took the redo steps */
}

gboolean
be_scenario_is_in_gesture (BeScenario *self)
{
  return self->gesture_depth > 0;
}

gboolean
be_scenario_can_undo (BeScenario *self)
{
  return self->gesture_depth == 0 && self->undo->len > 0;
}

gboolean
be_scenario_can_redo (BeScenario *self)
{
  return self->gesture_depth == 0 && self->redo->len > 0;
}

static void
step_back (BeScenario *self, GPtrArray *from, GPtrArray *to)
{
  Step *step = g_ptr_array_steal_index (from, from->len - 1);
  push (to, self->root, self->catalog, step->label);
  become (self, step->root, step->catalog);
  be_scenario_step_free (step);
}

static const char *
last_label (GPtrArray *steps)
{
  Step *step = steps->len > 0 ? g_ptr_array_index (steps, steps->len - 1) : NULL;
  return step != NULL ? step->label : NULL;
}

const char *
be_scenario_get_undo_label (BeScenario *self)
{
  return last_label (self->undo);
}

const char *
be_scenario_get_redo_label (BeScenario *self)
{
  return last_label (self->redo);
}

void
be_scenario_undo (BeScenario *self)
{
  if (be_scenario_can_undo (self))
    step_back (self, self->undo, self->redo);
}

void
be_scenario_redo (BeScenario *self)
{
  if (be_scenario_can_redo (self))
    step_back (self, self->redo, self->undo);
}
