/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the scenario room share. */
#pragma once

#include "scenario/be-scenario.h"

G_BEGIN_DECLS

/* The newest version of the format that this program writes. */
#define BE_SCENARIO_VERSION 1

/* Trees are never changed once they are made: an edit makes a new root that shares what stayed. So
 * a step of undo is one reference, and a failing edit has nothing to put back. */
struct _BeScenario {
  GObject parent_instance;

  /* owned */
  BeCatalog *catalog;
  JsonNode *root;
  JsonNode *saved_root; /* the root that the file holds; NULL: none does */
  char *path;
  BeFileStamp stamp;      /* of the file, sha256 NULL when there is none */
  GPtrArray *undo, *redo; /* of steps */
  JsonNode *gesture_root;
  BeCatalog *gesture_catalog;
  char *gesture_label;
  guint gesture_depth;
  gboolean read_only;

  /* caches */
  BePlanInput input;
  GPtrArray *offer_keys; /* of char*, by index in input */
  GPtrArray *own_gpus;   /* of rows that were handed out */
  gboolean resolved;
  GError *resolve_error;
};

/* The id that names an element of the array `member`: its id, offer, workload ... NULL when it has
 * none. */
const char *be_tree_element_id (JsonNode *element, const char *member);
/* The node at a path, borrowed; NULL when there is none. An empty path is the root. */
JsonNode *be_tree_find (JsonNode *root, const char *path);
/* A new root with `value` at the path (taken; NULL removes it), members missing on the way added in
 * the file's order. The same root, with a reference, when the path leads nowhere. */
JsonNode *be_tree_replace (JsonNode *root, const char *path, JsonNode *value);
/* A new root with `value` (taken) as last element of the array at path, which is made if absent. */
JsonNode *be_tree_append (JsonNode *root, const char *path, JsonNode *value);
/* Member of an object node, or NULL; absent nodes and other kinds have no members. */
JsonNode *be_tree_member (JsonNode *node, const char *member);
/* Array at a member, or NULL. */
JsonArray *be_tree_array (JsonNode *node, const char *member);
const char *be_tree_text (JsonNode *node, const char *member); /* borrowed, NULL if not a text */
double be_tree_number (JsonNode *node, const char *member, double fallback);
gboolean be_tree_is_number (JsonNode *node);
JsonNode *be_tree_new_number (double value);
JsonNode *be_tree_new_text (const char *text);
/* The members of an object node in an object of their own, none for another node: trees are never
 * changed, and a copied node shares its object with the one it was copied from. */
JsonObject *be_tree_copy_members (JsonNode *node);
JsonNode *be_tree_take_object (JsonObject *object); /* a node that takes it over */
/* Takes the new root in place of the old. */
void be_tree_advance (JsonNode **root, JsonNode *next);
/* The document's root with the offer in its snapshot, from the catalogue where it is not there yet;
 * NULL and error when neither has it. */
JsonNode *be_tree_with_offer (BeScenario *self, const char *key, GError **error);

/* A root with the offers that routes name and the snapshot lacks, from the catalogue. */
JsonNode *be_offers_complete (BeCatalog *catalog, JsonNode *root);
/* Checks one value against its row. */
gboolean
be_validate_value (const BeInput *input, const char *path, JsonNode *value, GError **error);
/* Checks that reach over several members: ids, references, shares. First problem or all of them. */
void be_validate_relations (BeCatalog *catalog, JsonNode *root, GPtrArray *problems);
/* Every problem of a parsed document. */
void be_validate_document (BeCatalog *catalog, JsonNode *root, GPtrArray *problems);
/* Puts file and line before a problem's message, from the path that it begins with. */
void
be_validate_locate (GError *problem, JsonNode *root, BeJsonPositions *positions, const char *name);
/* Appends a new problem, message "PATH: found X, allowed Y". */
void be_validate_problem (GPtrArray *problems, BeScenarioError code, const char *path,
                          const char *found, const char *allowed);
/* The dates of an offer, or of a row of its `later`, at `path`. */
void be_validate_dates (GPtrArray *problems, const char *path, JsonNode *offer);

/* A new id for an element of the array, made from a name; owned by the caller. */
char *be_scenario_new_id (BeScenario *self, const char *array, const char *name);
/* FALSE and an error that names the users while an offer has any. */
gboolean be_scenario_check_unused (BeScenario *self, const char *key, GError **error);
/* Ids of an array of the document's, NULL-terminated. */
char **be_scenario_list_ids (BeScenario *self, const char *array);

/* Makes `root` (taken) the document's, one step of undo, if it holds together. */
gboolean be_scenario_commit (BeScenario *self, JsonNode *root, GError **error);
/* The same with another catalogue, which is part of the step. */
gboolean
be_scenario_commit_with (BeScenario *self, JsonNode *root, BeCatalog *catalog, GError **error);
/* Makes `root` the document's as one step of undo, without looking at it. */
void be_scenario_replace (BeScenario *self, JsonNode *root);
void be_scenario_step_free (gpointer step);
void be_scenario_invalidate (BeScenario *self);
gboolean be_scenario_check_writable (BeScenario *self, GError **error);
/* A new document of a tree that was checked; takes root. */
BeScenario *be_scenario_new_from_root (BeCatalog *catalog, JsonNode *root);

/* Numbers of one scope from a node into the engine's struct, by the table's offsets. */
void be_resolve_numbers (BeScope scope, JsonNode *node, void *into);
/* One offer with its own rates, or those of the named set; FALSE when it has no such set. Days of
 * its windows are read in the week of the date (YYYY-MM-DD). */
gboolean be_resolve_offer (JsonNode *offer, const char *rates, const char *date, BeOffer *into);
/* A figure of an offer's speed that was just entered, or taken away, is not published: the source
 * is that of the other, or goes. Any other path leaves the root as it is. */
void be_offer_note_entered (JsonNode **root, const char *path);
/* What the user entered of an offer's speed stays beside what its vendor publishes now. */
void be_offer_renew_latency (JsonNode *snapshot, JsonObject *renewed);
void be_resolve_profile (JsonNode *workload, double profile[BE_WEEK_HOURS]);
#define BE_WEEK_MINUTES (BE_WEEK_HOURS * 60)
/* Part of each UTC hour of the week inside a window, at the date (YYYY-MM-DD, may be NULL). Minutes
 * that are `taken` are left to the windows before it, the others become taken: each has one price.
 * Whether all of its minutes were free. */
gboolean be_resolve_window (JsonNode *window, const char *date, gboolean taken[BE_WEEK_MINUTES],
                            double hour_share[BE_WEEK_HOURS]);
gboolean
be_resolve_shape (BeCatalog *catalog, JsonNode *root, const char *name, BeModelShape *shape);
gboolean be_resolve_gpu (BeCatalog *catalog, JsonNode *root, const char *name, BeGpu *gpu);
void be_own_gpu_free (gpointer gpu); /* a row of own_gpus */
gboolean be_resolve_document (BeScenario *self, GError **error);
/* Paths of the columns that the rows of the document's own, which this pool (a node) names, lack
 * for a throughput to be worked out. The caller owns it. */
GPtrArray *be_find_missing_figures (JsonNode *root, JsonNode *pool);
/* The same of all pools whose throughput is computed, as problems. */
void be_validate_figures (JsonNode *root, GPtrArray *problems);

G_END_DECLS
