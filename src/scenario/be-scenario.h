/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document: one scenario with undo, dirty state and the plan input it resolves to. */
#pragma once

#include "catalog/be-catalog.h"
#include "catalog/be-model-config.h"
#include "catalog/be-price-list.h"
#include "engine/be-plan.h"
#include "json/be-json.h"
#include "scenario/be-input.h"

G_BEGIN_DECLS

#define BE_SCENARIO_ERROR (be_scenario_error_quark ())
GQuark be_scenario_error_quark (void);
typedef enum {
  BE_SCENARIO_ERROR_FORMAT,     /* not a scenario */
  BE_SCENARIO_ERROR_VERSION,    /* not a version this program can read */
  BE_SCENARIO_ERROR_TYPE,       /* a string where a number belongs ... */
  BE_SCENARIO_ERROR_RANGE,      /* outside the input's range; shares that do not sum to 1 */
  BE_SCENARIO_ERROR_UNKNOWN_ID, /* a reference to nothing */
  BE_SCENARIO_ERROR_DUPLICATE_ID,
  BE_SCENARIO_ERROR_MISSING,   /* requestsPerDay, tokens or a price that is needed */
  BE_SCENARIO_ERROR_PATH,      /* no such input */
  BE_SCENARIO_ERROR_READ_ONLY, /* written by a newer version */
  BE_SCENARIO_ERROR_IN_USE,    /* cannot go while something names it */
} BeScenarioError;

/* Signals: "changed" (after any edit, undo, redo), "saved-changed" (file, dirty or undo state
 * changed; after any edit, and once more at the end of a gesture that edited). The tree is the
 * truth: members this version does not know stay where they are, and absent members stay absent.
 * Every failing call leaves the document as it was. */
#define BE_TYPE_SCENARIO (be_scenario_get_type ())
G_DECLARE_FINAL_TYPE (BeScenario, be_scenario, BE, SCENARIO, GObject)

/* The worked example ("support"), and the other templates of File > New. */
typedef struct {
  const char *id;          /* "support", "rag", "summaries", "coding" */
  const char *name;        /* N_() */
  const char *description; /* N_() */
} BeTemplate;
const BeTemplate *be_scenario_templates (guint *n_templates);
BeScenario *be_scenario_new_from_template (BeCatalog *catalog, const char *id, GError **error);

BeScenario *be_scenario_new_from_data (BeCatalog *catalog, const char *data, gsize length,
                                       const char *name, GError **error);
BeScenario *be_scenario_load (BeCatalog *catalog, const char *path, GError **error);
/* Every problem of a file, as GError*; empty = valid. A row of the user's own without a figure that
 * a pool needs is one, too, though such a file can be opened and completed. */
GPtrArray *
be_scenario_validate (BeCatalog *catalog, const char *data, gsize length, const char *name);

/* path NULL: where it was loaded from or saved last. Refuses a file changed by others unless force.
 */
gboolean be_scenario_save (BeScenario *self, const char *path, gboolean force, GError **error);
/* Takes what the file holds now, as one step of undo; what it was before is not lost. */
gboolean be_scenario_reload (BeScenario *self, GError **error);
/* A document as a draft kept it. It has unsaved changes when `is_dirty`; path (nullable) and stamp
 * (of the file as it was known when the draft was written) say where it belongs. */
BeScenario *be_scenario_restore (BeCatalog *catalog, GBytes *draft, const char *path,
                                 const BeFileStamp *stamp, gboolean is_dirty, GError **error);
/* The file as it was read or written last; its sha256 is NULL when there is none. Borrowed. */
const BeFileStamp *be_scenario_get_stamp (BeScenario *self);
/* The bytes a save would write. Offers named by routes and absent from the snapshot are added. */
char *be_scenario_to_data (BeScenario *self, gsize *length);
/* Same content, no file, no undo. It may be changed, also that of a newer version, to be worked
 * with.
 */
BeScenario *be_scenario_copy (BeScenario *self);

BeCatalog *be_scenario_get_catalog (BeScenario *self);
const char *be_scenario_get_path (BeScenario *self); /* NULL: never saved */
const char *be_scenario_get_name (BeScenario *self); /* member "name" */
gboolean be_scenario_is_dirty (BeScenario *self);
gboolean be_scenario_is_read_only (BeScenario *self); /* newer version */
gboolean be_scenario_changed_on_disk (BeScenario *self);
JsonNode *be_scenario_get_root (BeScenario *self); /* borrowed, do not change */

/* Inputs by path. A number that is absent answers its default (NaN where there is none). */
double be_scenario_get_number (BeScenario *self, const char *path);
gboolean be_scenario_is_set (BeScenario *self, const char *path); /* present in the file */
char *be_scenario_get_text (BeScenario *self, const char *path); /* NULL if absent and no default */
gboolean be_scenario_set_number (BeScenario *self, const char *path, double value, GError **error);
gboolean
be_scenario_set_text (BeScenario *self, const char *path, const char *value, GError **error);
/* Removes the member, so that the default holds again. */
gboolean be_scenario_reset (BeScenario *self, const char *path, GError **error);
/* Several at once, one undo step, all or nothing; each "PATH=VALUE" (JSON value, or bare text for a
 * text or choice). Setting all shares of a split must sum to 1. */
gboolean be_scenario_assign (BeScenario *self, const char *const *assignments, GError **error);
/* All concrete paths of inputs in this document, of one group (BE_N_GROUPS = all), in table order.
 */
GPtrArray *be_scenario_list_inputs (BeScenario *self, BeGroup group); /* of char*, owned */
/* Human context of a path: "Chat", "GPT-4o mini", "Llama 3.3 70B on H100"; "" for document inputs.
 */
char *be_scenario_describe_owner (BeScenario *self, const char *path);

/* One undo step per gesture: everything between begin and end is one step (calls nest). label: what
 * the outermost one does, for people. */
void be_scenario_begin_gesture (BeScenario *self, const char *label);
void be_scenario_end_gesture (BeScenario *self);
gboolean be_scenario_is_in_gesture (BeScenario *self);
gboolean be_scenario_can_undo (BeScenario *self);
gboolean be_scenario_can_redo (BeScenario *self);
/* What the step that would be undone or redone was, for people ("Requests per day"); NULL when it
 * has no name. */
const char *be_scenario_get_undo_label (BeScenario *self);
const char *be_scenario_get_redo_label (BeScenario *self);
void be_scenario_undo (BeScenario *self);
void be_scenario_redo (BeScenario *self);

/* Structure. New ids are made from the name, unique. Returned ids are owned by the caller. */
char *be_scenario_add_workload (BeScenario *self, const char *name, GError **error);
char *be_scenario_add_pool (BeScenario *self, const char *name, GError **error);
gboolean be_scenario_add_route (BeScenario *self, const char *workload, const char *offer_key,
                                GError **error);
/* One committed unit for a workload's requests on an offer; its capacity is 0 until it is set. */
char *be_scenario_add_provisioned (BeScenario *self, const char *workload, const char *offer_key,
                                   const char *name, double unit_hour, double term_months,
                                   GError **error);
/* The workload and the offer whose requests the units carry; the rest is paid as it goes. */
gboolean be_scenario_set_provisioned_route (BeScenario *self, const char *id, const char *workload,
                                            const char *offer_key, GError **error);
/* Key of that offer and id of that workload; the caller frees both. */
char *be_scenario_get_provisioned_route (BeScenario *self, const char *id, char **workload);
/* Replaces the offer of a route, share and the rest kept, its rate set only if the new
 * offer has one of that name; the offer's snapshot is added. */
gboolean be_scenario_set_route_offer (BeScenario *self, const char *workload, const char *old_key,
                                      const char *new_key, GError **error);
/* path: "workloads/chat", "pools/llama", "workloads/chat/routing/routes/openai~1gpt-4o". Removing a
 * workload removes what refers to it; removing a route gives its share to the others. Also
 * "offers/KEY", refused with BE_SCENARIO_ERROR_IN_USE while something uses it. */
gboolean be_scenario_remove (BeScenario *self, const char *path, GError **error);
gboolean be_scenario_rename (BeScenario *self, const char *path, const char *name, GError **error);
gboolean be_scenario_set_profile (BeScenario *self, const char *workload, const double weights[168],
                                  GError **error);

/* ---- models and GPUs of the user's own ---- */

/* Puts a model read from its config.json into the document, under a new id made from its name, and
 * has `pool` (its id; nullable) run it: one step of undo. Its fields are then inputs as others are
 * ("models/ID/layers" ...); be_scenario_rename and be_scenario_remove take "models/ID", the latter
 * not while a pool runs it. The returned id is the caller's. */
char *be_scenario_add_model (BeScenario *self, const BeModelConfig *model, const char *pool,
                             GError **error);
/* The same for a GPU as its datasheet has it: name, vendor, arch, link_type, source, tdp_w and the
 * figures; key is not used. Memory, bandwidth and BF16 must be above 0; NaN or 0 = not supported.
 * `gddr` and `nvlink` follow from arch, bandwidth and link_type when it is read. */
char *
be_scenario_add_gpu (BeScenario *self, const BeCatalogGpu *gpu, const char *pool, GError **error);
char **be_scenario_list_models (BeScenario *self); /* ids of the document's own; g_strfreev */
char **be_scenario_list_gpus (BeScenario *self);
/* The document's own row of this id, else the catalogue's. FALSE: neither has it. */
gboolean be_scenario_find_shape (BeScenario *self, const char *model, BeModelShape *shape);
gboolean be_scenario_find_gpu (BeScenario *self, const char *gpu, BeGpu *figures);
/* A GPU of the document's own as the catalogue has its GPUs, its id as the key; NULL when there is
 * none. It stays as it is for as long as the document lives, whatever becomes of the row. */
const BeCatalogGpu *be_scenario_get_own_gpu (BeScenario *self, const char *id);
/* Paths ("gpus/ID/memGib") of what a pool's model or GPU, where it is a row of the document's own,
 * lacks for its throughput to be worked out; none when it is measured. g_strfreev. */
char **be_scenario_list_missing_figures (BeScenario *self, const char *pool);
/* "model_type" of a model of the document's own, "" when unknown; borrowed. */
const char *be_scenario_model_family (BeScenario *self, const char *model);

/* Ids in document order; NULL-terminated, caller frees with g_strfreev. */
char **be_scenario_list_workloads (BeScenario *self);
char **be_scenario_list_pools (BeScenario *self);
char **be_scenario_list_provisioned (BeScenario *self);
char **be_scenario_list_routes (BeScenario *self, const char *workload); /* offer keys */
char *
be_scenario_get_entity_name (BeScenario *self, const char *path); /* name or id; offers: name */

/* The engine's input for the document as it stands; cached until the next change; borrowed. NULL
 * with BE_SCENARIO_ERROR_MISSING when something required is absent. Indices follow document order.
 */
const BePlanInput *be_scenario_resolve (BeScenario *self, GError **error);
/* Key of the engine offer with this index, as in "openai/gpt-4o"; of a rate set, its offer's. NULL:
 * there is no such offer, or nothing can be resolved. */
const char *be_scenario_offer_key (BeScenario *self, int offer);

/* ---- prices ---- */

/* An offer of the snapshot that differs from the catalogue's of the same key. An offer that says of
 * itself that it is newer than the catalogue, or the user's own ("own": true), does not drift. */
typedef struct {
  char *key;
  GPtrArray *rates; /* BeRateChange, from the snapshot's to the catalogue's */
} BeDrift;
GPtrArray *be_scenario_list_drift (BeScenario *self); /* of BeDrift, owned */
/* Takes the catalogue's prices for everything that drifted; what the user added to an offer
 * (discount, commitment, training, and limits that the catalogue has none of) stays. A published
 * speed is renewed as the prices are: only one that was entered stays. One step of undo. */
gboolean be_scenario_apply_drift (BeScenario *self, GError **error);
/* Puts `offers` (of a price list) over the catalogue and takes their prices into the snapshot,
 * older ones too: the user asks for them. One step of undo, the catalogue included. FALSE and
 * error, and nothing is changed, when a price in use is beyond what a scenario holds. */
gboolean be_scenario_import_offers (BeScenario *self, BeCatalog *offers, GError **error);
/* The offer of the snapshot, else of the catalogue, in the file's form; NULL if there is none.
 * Caller frees. */
JsonNode *be_scenario_get_offer (BeScenario *self, const char *key);
/* An offer in the file's form as the engine's, account 0; the caller clears it. */
gboolean be_scenario_resolve_offer (BeScenario *self, JsonNode *node, BeOffer *offer);
/* Puts an offer of the user's own into the snapshot: a copy of `like` (a key; NULL: empty) under a
 * new key "own/NAME", which the caller frees. */
char *be_scenario_add_offer (BeScenario *self, const char *like, const char *name, GError **error);
/* An offer of the document that the catalogue does not have, or that the user edited. */
gboolean be_scenario_is_own_offer (BeScenario *self, const char *key);
/* Paths of what uses an offer: routes ("workloads/chat/routing/routes/KEY"), pools that overflow to
 * it ("pools/llama"), provisioned units ("provisioned/units"). g_strfreev. */
char **be_scenario_list_offer_users (BeScenario *self, const char *key);
/* The names of the workloads, pools and units among them, parted by commas; NULL when there are
 * none. Caller frees. */
char *be_scenario_describe_offer_users (BeScenario *self, const char *key);
/* Takes an offer out of the snapshot. What uses it uses `instead` (a key) from then on, a route
 * that has it already takes the share, too; with NULL it is refused (BE_SCENARIO_ERROR_IN_USE, its
 * users named). An offer of the catalogue is then as the catalogue has it. One step of undo. */
gboolean
be_scenario_remove_offer (BeScenario *self, const char *key, const char *instead, GError **error);
/* Gives an offer of the snapshot back what the catalogue has under its key: all that the user
 * changed or added is gone. One step of undo. */
gboolean be_scenario_restore_offer (BeScenario *self, const char *key, GError **error);
/* A fine-tuned model to compare with: a copy of the offer in use whose output is the cheapest, as
 * what is fine-tuned is a small model. It is an offer of the user's own with a training that is
 * spread over its life, on a route of the workload that is marked as fine-tuned and takes no
 * requests yet. Its rates and the training are then edited as those of any offer. The new key is
 * the caller's. One step of undo. */
char *be_scenario_add_fine_tuned (BeScenario *self, const char *workload, GError **error);
/* Parts of an offer that come and go. Each edit is one step of undo; the offer is then in the
 * snapshot and the user's own. */
typedef enum {
  BE_OFFER_TIER,    /* begins above twice the longest threshold */
  BE_OFFER_WINDOW,  /* begins with up to eight hours that no other window has */
  BE_OFFER_RATE_SET /* needs a name that is not taken: a region, priority, flex */
} BeOfferPart;
gboolean be_scenario_add_offer_part (BeScenario *self, const char *key, BeOfferPart part,
                                     const char *name, GError **error);
/* path: "offers/KEY/tiers/N", "offers/KEY/windows/N" or "offers/KEY/rateSets/NAME". A rate set that
 * a route pays is refused. */
gboolean be_scenario_remove_offer_part (BeScenario *self, const char *path, GError **error);
/* Whether a tier ("offers/KEY/tiers/N") begins at its threshold ("atLeast") or above it ("above").
 */
gboolean be_scenario_get_tier_at_least (BeScenario *self, const char *path);
/* Sets the one threshold that a tier has, and how it counts. */
gboolean be_scenario_set_tier_threshold (BeScenario *self, const char *path, gboolean at_least,
                                         double tokens, GError **error);
/* An element of a window's `days`, 0 = Monday: "mon", "Monday" or 1; -1: none of these. */
int be_resolve_day (JsonNode *element);
/* The days of a window ("offers/KEY/windows/N"), bit 0 = Monday; all seven when it names none. */
guint be_scenario_get_window_days (BeScenario *self, const char *path);
/* At least one day; all seven take the member away. */
gboolean
be_scenario_set_window_days (BeScenario *self, const char *path, guint days, GError **error);
/* The time zone that the days are read in; "" = UTC. Caller frees. */
char *be_scenario_get_window_calendar (BeScenario *self, const char *path);
/* An IANA name ("Asia/Shanghai"); "" takes the member away, which leaves UTC. */
gboolean be_scenario_set_window_calendar (BeScenario *self, const char *path, const char *zone,
                                          GError **error);
/* The hours of UTC of a window ("offers/KEY/windows/N") as "01:00-04:00, 06:00-10:00". Caller
 * frees.
 */
char *be_scenario_get_window_hours (BeScenario *self, const char *path);
gboolean be_scenario_set_window_hours (BeScenario *self, const char *path, const char *hours,
                                       GError **error);
/* One figure of an offer's speed ("ttftMs", "outputTokensPerSecond"), as it was measured; NaN: it
 * is not known. The offer is then in the snapshot, where its prices follow the catalogue as before;
 * a published figure beside it keeps its source. One step of undo. */
gboolean be_scenario_set_latency (BeScenario *self, const char *key, const char *member,
                                  double value, GError **error);
/* Marks the offer as the user's own, so that it does not drift. Part of the caller's gesture. */
gboolean be_scenario_own_offer (BeScenario *self, const char *key, GError **error);

/* Paths of inputs that differ between two scenarios. */
typedef struct {
  char *path;
  char *before, *after; /* JSON text, NULL = absent */
} BeDifference;
GPtrArray *be_scenario_diff (BeScenario *a, BeScenario *b); /* of BeDifference*, owned */

G_END_DECLS
