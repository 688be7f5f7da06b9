/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of one document: inputs at the left, headline above, pages in the middle. */
#pragma once

#include "scenario/be-scenario.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Window actions, also exported on the session bus: open, save, save-as, undo, redo, export,
 * reload, keep-mine, import-prices, apply-prices, keep-prices, sidebar and page (stateful: "costs",
 * "crossover", "breakdown", "prices", "serving"); and for scripts, with a path: open-path,
 * save-path, import-path, export-path (the chart shown; by suffix png, svg, pdf or csv). */
#define BE_TYPE_MAIN_WINDOW (be_main_window_get_type ())
G_DECLARE_FINAL_TYPE (BeMainWindow, be_main_window, BE, MAIN_WINDOW, AdwApplicationWindow)

BeMainWindow *be_main_window_new (GtkApplication *application, BeScenario *scenario);
BeScenario *be_main_window_get_scenario (BeMainWindow *self);
/* Shows another document in this window. */
void be_main_window_set_scenario (BeMainWindow *self, BeScenario *scenario);
/* Is it an example that nobody has touched, so that another document may take its place? */
gboolean be_main_window_is_pristine (BeMainWindow *self);

/* Opens a file here when the window is pristine, else in a window of its own. Errors are told. */
void be_main_window_open_path (BeMainWindow *self, const char *path);
/* Saves; path NULL: where it belongs. TRUE when it was saved; else the error is told. */
gboolean be_main_window_save_path (BeMainWindow *self, const char *path);
gboolean be_main_window_export_path (BeMainWindow *self, const char *path);
/* Shows what a public price list would change, to be applied or left. */
void be_main_window_import_path (BeMainWindow *self, const char *path);

/* Text as shown in the headline, see be_headline_view_get_text. Results are brought up to date. */
const char *be_main_window_get_headline (BeMainWindow *self, const char *figure);

G_END_DECLS
