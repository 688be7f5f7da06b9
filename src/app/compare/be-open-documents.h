/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The documents that are open in any tab of any window. */
#pragma once

#include "scenario/be-scenario.h"

G_BEGIN_DECLS

/* One of them, with its title. */
typedef struct {
  BeScenario *scenario;
  char *title;
} BeOpenDocument;
/* All but `except`. GPtrArray of BeOpenDocument, owned. */
GPtrArray *be_open_documents_list (BeScenario *except);

G_END_DECLS
