/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's settings: io.github.breakeven.Breakeven.gschema.xml is their list. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The settings; the caller owns a reference. The schema is sought where GSettings looks
 * (GSETTINGS_SCHEMA_DIR, XDG_DATA_DIRS), then below the program's own prefix, which need not be
 * among those. NULL when it is in neither, with a message on standard error: the program then goes
 * on with its defaults. */
GSettings *be_settings_new (void);

G_END_DECLS
