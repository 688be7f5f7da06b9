/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an edit to fresh results: at most one evaluation per frame, the crossover off the main loop.
 */
#pragma once

#include "report/be-report.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Follows one scenario. An edit only asks for the next frame; in that frame the plans are evaluated
 * once and "evaluated" is emitted, however many edits there were. The crossover is studied in a
 * thread on a copy of the input; "crossover-ready" is emitted when it belongs to the newest edit,
 * and a result that comes too late is dropped.
 *
 * Before a measured frame is written down "measure" is emitted: whoever drew for the update calls
 * be_update_add_work_ms then.
 *
 * With the environment variable BE_MEASURE_FRAMES=FILE every painted update appends a line to FILE:
 * the milliseconds of the program's own work on the main loop for it (evaluation, headline, chart
 * data, chart layout and drawing). */
#define BE_TYPE_UPDATE (be_update_get_type ())
G_DECLARE_FINAL_TYPE (BeUpdate, be_update, BE, UPDATE, GObject)

/* clock: the widget whose frames drive the updates; it must outlive the object or be the one that
 * calls be_update_stop. */
BeUpdate *be_update_new (BeScenario *scenario, GtkWidget *clock);
/* Disconnects from scenario and frame clock and emits "stopped", for what must go with the
 * document; nothing else is emitted after it. */
void be_update_stop (BeUpdate *self);

BeScenario *be_update_get_scenario (BeUpdate *self);
/* The newest results, borrowed; NULL when the scenario cannot be evaluated (see the error). */
const BePlanResult *be_update_get_result (BeUpdate *self);
const GError *be_update_get_error (BeUpdate *self);
/* be_report_warnings of the results, borrowed until the next evaluation; NULL without results. */
GPtrArray *be_update_get_warnings (BeUpdate *self);
/* The newest crossover, borrowed; NULL before the first one. `current` (nullable): does it belong
 * to the newest results? */
const BeCrossover *be_update_get_crossover (BeUpdate *self, gboolean *current);

/* Brings results up to date now when an edit is waiting, for callers that cannot wait for a frame.
 */
void be_update_flush (BeUpdate *self);
/* Adds to the measured work of the update under way what a page did for it, in milliseconds. */
void be_update_add_work_ms (BeUpdate *self, double work_ms);

G_END_DECLS
