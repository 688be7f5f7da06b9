/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo and redo: a step is a reference to the tree as it was. */
#include "scenario/be-scenario-private.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>

#define MAX_STEPS 500

static void
push (GPtrArray *steps, JsonNode *root)
{
  if (steps->len == MAX_STEPS)
    g_ptr_array_remove_index (steps, 0);
  g_ptr_array_add (steps, json_node_ref (root));
}

static void
become (BeScenario *self, JsonNode *root)
{
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
  g_autoptr (JsonNode) taken = root;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  if (!be_scenario_check_writable (self, error))
    return FALSE;
  if (json_node_equal (root, self->root))
    return TRUE;
  be_validate_relations (self->catalog, root, problems);
  if (problems->len > 0) {
    g_propagate_error (error, g_error_copy (problems->pdata[0]));
    return FALSE;
  }
  if (self->gesture_depth == 0)
    push (self->undo, self->root);
  g_ptr_array_set_size (self->redo, 0);
  become (self, g_steal_pointer (&taken));
  return TRUE;
}

void
be_scenario_begin_gesture (BeScenario *self, const char *label)
{
  if (self->gesture_depth++ == 0)
    self->gesture_root = json_node_ref (self->root);
}

void
be_scenario_end_gesture (BeScenario *self)
{
  g_return_if_fail (self->gesture_depth > 0);
  if (--self->gesture_depth > 0)
    return;
  g_autoptr (JsonNode) before = g_steal_pointer (&self->gesture_root);
  if (json_node_equal (before, self->root))
    return;
  push (self->undo, before);
  g_signal_emit_by_name (self, "saved-changed");
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

void
be_scenario_undo (BeScenario *self)
{
  if (!be_scenario_can_undo (self))
    return;
  push (self->redo, self->root);
  become (self, g_ptr_array_steal_index (self->undo, self->undo->len - 1));
}

void
be_scenario_redo (BeScenario *self)
{
  if (!be_scenario_can_redo (self))
    return;
  push (self->undo, self->root);
  become (self, g_ptr_array_steal_index (self->redo, self->redo->len - 1));
}
