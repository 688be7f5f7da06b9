/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two scenarios side by side: what differs, what that does to the cost, and both sides' figures. */
#pragma once

#include "report/be-report.h"

G_BEGIN_DECLS

/* One thing that differs, as people read it. All strings are owned, none is NULL. */
typedef struct {
  char *label;          /* "Requests per day", or what was added or removed: "Route" */
  char *owner;          /* "Chat, GPT-4o mini"; "" for an input of the document */
  char *path;           /* of the input, or of what was added or removed */
  char *before, *after; /* with units; defaults as values */
  int cause;            /* BeGroup, or one of the two below */
  gboolean is_single;   /* an input that can be set by itself to what either has */
} BeDifferenceRow;

/* What differs between two scenarios and the bridge from one cost to the other. It keeps neither
 * scenario and does not follow them. Counted by reference. */
BeComparison *be_comparison_new (BeScenario *before, BeScenario *after);
BeComparison *be_comparison_ref (BeComparison *self);
void be_comparison_unref (BeComparison *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeComparison, be_comparison_unref)

/* No input differs, and the costs are the same, or one of them cannot be told (see the fault). */
gboolean be_comparison_is_equal (BeComparison *self);
/* BeDifferenceRow, by cause in the order of the bridge, borrowed. What was added or removed is one
 * row, whatever it holds; offers that are alike but are not in both snapshots are none, and a week
 * that was entered hour by hour is one. */
GPtrArray *be_comparison_get_rows (BeComparison *self);
/* BeDifference of be_scenario_diff, borrowed: every path as the files have it. */
GPtrArray *be_comparison_get_differences (BeComparison *self);
/* "PATH=VALUE" of an input that differs as one of the two has it; NULL: it is absent there, so that
 * its default holds. Caller frees. */
char *be_comparison_get_assignment (BeComparison *self, const char *path, gboolean after);
/* NULL when one of the two cannot be priced, see the fault; borrowed. Of a scenario without a plan
 * that can be run the cost is NaN. */
const BeBridge *be_comparison_get_bridge (BeComparison *self);
/* Why there is no bridge, or no cost at one of its ends; NULL: there are both. Borrowed. */
const char *be_comparison_get_fault (BeComparison *self);
/* The error behind a bridge that is not there; NULL otherwise. Borrowed. */
const GError *be_comparison_get_error (BeComparison *self);
/* "From $38,475.00/month to $41,000.00/month: $2,525.00 (6.6 %) more. Largest cause: Tokens.", that
 * no input differs, or the fault. Borrowed. */
const char *be_comparison_get_sentence (BeComparison *self);

/* The causes of a bridge: BeGroup, and BE_N_GROUPS for what was added or removed. What has no part
 * in any cost is none of them, and comes last. */
enum { BE_CAUSE_STRUCTURE = BE_N_GROUPS, BE_CAUSE_NONE, BE_N_CAUSES };
const char *be_cause_id (int cause);    /* "traffic" ... "structure" */
const char *be_cause_label (int cause); /* translated */
/* $/month by a cause; NaN without a bridge or a cost at one of its ends, and for what is none. */
double be_comparison_get_change (BeComparison *self, int cause);

/* One scenario with its results, all borrowed. */
typedef struct {
  BeScenario *scenario;
  const BePlanResult *result;   /* NULL: it cannot be priced */
  const BeCrossover *crossover; /* NULL: not known (yet) */
} BeSide;
/* One figure of both; owned strings, none is NULL. */
typedef struct {
  char *label;
  char *before, *after;           /* an en dash where there is none */
  char *difference;               /* signed; "" or an en dash where nothing can be subtracted */
  char *before_note, *after_note; /* why there is no figure, "" where there is */
} BeFigure;
/* The cheapest plan, its cost by month, request and Mtok, the permanent crossover, and the cost of
 * every plan that one of the two has. GPtrArray of BeFigure, owned. */
GPtrArray *be_report_figures (const BeSide *before, const BeSide *after);

G_END_DECLS
