/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared between the files of this folder, and with nobody else. */
#pragma once

#include "report/compare/be-comparison.h"

G_BEGIN_DECLS

/* BeDifferenceRow of both scenarios' differences (of be_scenario_diff), sorted by cause; owned. */
GPtrArray *be_compare_make_rows (BeScenario *before, BeScenario *after, GPtrArray *differences);

/* $/month by a cause, BE_N_GROUPS the rest. */
double be_bridge_change (const BeBridge *bridge, int cause);

G_END_DECLS
