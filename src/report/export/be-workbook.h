/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan as an .xlsx workbook whose bills compute. */
#pragma once

#include "report/be-report.h"

G_BEGIN_DECLS

/* Sheets: Summary; Plan, each bill line with quantity x rate as a formula, the reserve and the
 * total below; Curve, every plan's cost over volume with a native chart; Inputs; Offers. A rate
 * that was changed runs through amounts, reserve, totals, $/Mtok and the cheapest plan. Formulas
 * hold their values, for programs that do not compute. Texts are never formulas. No date of the day
 * inside: the same scenario gives the same bytes. NULL and error when the scenario cannot be
 * evaluated or no temporary file can be written. */
GBytes *be_report_workbook (BeScenario *scenario, GError **error);
/* The same to a file, whole or not at all. */
gboolean be_report_workbook_save (BeScenario *scenario, const char *path, GError **error);

G_END_DECLS
