/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways to start the program beyond its files: options of the command line, and the actions that
 * the desktop entry offers in a launcher's menu. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Adds --new-instance, --new-window, --template ID and --version; call it from instance init. */
void be_launch_add_options (GApplication *application);

/* Adds an action "new-ID" without a parameter for each template, as launchers give none; each
 * activates "new-from". Call it in startup. */
void be_launch_add_actions (GApplication *application);

/* What the handle-local-options vfunc answers: -1 to go on, else the exit status (2: there is no
 * such template, told on standard error with those there are). A window asked for appears in the
 * program that runs already, if there is one. */
int be_launch_handle_options (GApplication *application, GVariantDict *options);

G_END_DECLS
