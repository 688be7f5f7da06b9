/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scenario files that were used last, as the desktop keeps them. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tells the desktop that a file was opened or saved. */
void be_recent_add (const char *path);
/* Local files that are still there, the newest first, at most 10; NULL-terminated, caller frees. */
char **be_recent_list (void);
/* A path as people read it: the file's name with its folder, the home directory as "~". Caller
 * frees. */
char *be_recent_describe (const char *path, char **folder);
/* A menu of them, each with the action win.open-path; it follows what is used. Caller unrefs. */
GMenuModel *be_recent_menu_new (void);

G_END_DECLS
