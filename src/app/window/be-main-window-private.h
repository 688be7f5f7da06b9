/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window's files share. */
#pragma once

#include "app/window/be-main-window.h"

G_BEGIN_DECLS

struct _BeMainWindow {
  AdwApplicationWindow parent_instance;

  /* children */
  GtkWidget *middle, *switcher, *title; /* of the header */
  GtkWidget *switcher_bar, *name_label;
  GtkWidget *undo, *redo;           /* buttons of the header */
  GtkWidget *wide_start, *wide_end; /* of the header, hidden when narrow */
  GtkWidget *tab_bar;
  AdwTabView *tabs;

  /* borrowed */
  BeDocumentView *shown; /* NULL while there is none */

  /* state */
  gboolean is_fitting; /* header and tabs follow in the next frame */
  gboolean is_closing; /* unsaved changes are being asked about, one document after the other */
};

/* be-main-window.c */
/* Shows a document of a tab, or none, in header and actions. */
void be_main_window_show (BeMainWindow *self, BeDocumentView *view);
/* Title, header and actions for what is shown now. */
void be_main_window_update (BeMainWindow *self);

/* be-main-window-tabs.c */
void be_main_window_build_tabs (BeMainWindow *self);
/* A new tab with the start page. */
void be_main_window_add_start (BeMainWindow *self);
void be_main_window_close_tab (BeMainWindow *self);
void be_main_window_move_tab (BeMainWindow *self);
/* Shows the tab that has this file open, in whichever window; FALSE when none has. */
gboolean be_main_window_show_file (BeMainWindow *self, const char *path);

/* be-main-window-state.c */
/* Size of the window as it was kept, or the usual one. */
void be_main_window_restore_state (BeMainWindow *self);
void be_main_window_keep_state (BeMainWindow *self);
/* Whether a document shows its inputs. */
void be_main_window_apply_state (BeMainWindow *self, BeDocumentView *view);

/* be-main-window-actions.c */
void be_main_window_add_actions (BeMainWindow *self);
/* Ties page and side bar to the document that is shown. */
void be_main_window_bind_actions (BeMainWindow *self);
/* Makes the actions follow what is shown now. */
void be_main_window_update_actions (BeMainWindow *self);

G_END_DECLS
