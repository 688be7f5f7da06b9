/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared between the files of report/export/, and with nobody else. */
#pragma once

#include "report/be-report.h"

G_BEGIN_DECLS

/* Whether a spreadsheet would run the text as a formula: it begins with = + - @, a tab or a
 * carriage return, and is no number. */
gboolean be_text_is_formula (const char *text);

G_END_DECLS
