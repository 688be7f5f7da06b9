/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window's files share. */
#pragma once

#include "app/window/be-headline-view.h"
#include "app/page/be-page-breakdown.h"
#include "app/page/be-page-chart.h"
#include "app/page/be-page-prices.h"
#include "app/page/be-page-serving.h"
#include "app/be-update.h"
#include "app/input/be-volume.h"
#include "app/window/be-main-window.h"

G_BEGIN_DECLS

typedef enum {
  BE_TAB_COSTS,
  BE_TAB_CROSSOVER,
  BE_TAB_BREAKDOWN,
  BE_TAB_PRICES,
  BE_TAB_SERVING,
  BE_N_TABS
} BeTab;

struct _BeMainWindow {
  AdwApplicationWindow parent_instance;

  /* children */
  GtkWidget *switcher_title, *switcher_bar, *name_label;
  GtkWidget *wide_start, *wide_end; /* of the header, hidden when narrow */
  GtkWidget *notice, *drift, *toasts, *split, *headline, *stack;
  GtkWidget *costs, *crossover, *breakdown, *prices, *serving;

  /* owned */
  BeScenario *scenario;
  BeUpdate *update;
  GFileMonitor *monitor;
  BeVolumeGesture volume;

  /* state */
  gboolean stale[BE_N_TABS];
  gboolean is_leaving; /* closing was agreed on */
  gboolean is_keeping; /* the change on disk was seen, and the document is kept */
  gboolean closes_on_save;
  JsonNode *checked_offers; /* the snapshot that was last compared with checked_catalog */
  BeCatalog *checked_catalog;
  gboolean keeps_prices; /* older prices than the catalogue's were agreed on */
};

/* be-main-window.c */
/* NULL on the page that has no BePageChart. */
BePageChart *be_main_window_get_shown_chart (BeMainWindow *self);
/* Data of the chart that is shown, borrowed; NULL before there is any. */
BeChartData *be_main_window_get_shown_data (BeMainWindow *self);
/* Tells of an error or a fact: a toast when it is short, else a dialog. */
void be_main_window_tell (BeMainWindow *self, const char *heading, const char *text);

/* be-main-window-actions.c */
void be_main_window_add_actions (BeMainWindow *self);
void be_main_window_update_actions (BeMainWindow *self);

/* be-main-window-prices.c */
void be_main_window_choose_import (BeMainWindow *self);
void be_main_window_apply_prices (BeMainWindow *self);
void be_main_window_keep_prices (BeMainWindow *self);
/* Shows or hides the bar that tells of other prices in the catalogue. */
void be_main_window_check_prices (BeMainWindow *self);
/* Whether a file says that it is a scenario, by its first bytes. */
gboolean be_main_window_is_scenario_file (const char *path);

/* be-main-window-file.c */
void be_main_window_choose_open (BeMainWindow *self);
void be_main_window_save (BeMainWindow *self);
void be_main_window_choose_save (BeMainWindow *self);
void be_main_window_choose_export (BeMainWindow *self);
void be_main_window_reload (BeMainWindow *self);
void be_main_window_keep_mine (BeMainWindow *self);
void be_main_window_watch_file (BeMainWindow *self);
void be_main_window_check_file (BeMainWindow *self);
/* Asks what to do with unsaved changes; the window closes itself when they are settled. */
void be_main_window_ask_close (BeMainWindow *self);

G_END_DECLS
