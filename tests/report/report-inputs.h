/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents for the tests of this room. */
#pragma once

#include "report/be-report.h"

/* A template of the program ("support") over the shipped catalogue, as a new document. */
BeScenario *report_open_template (const char *name);
