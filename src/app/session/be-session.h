/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The open windows and their unsaved edits, kept on disk while the program runs. */
#pragma once

#include "catalog/be-catalog.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Follows an application's windows. Two seconds after something changed it writes, in a thread, the
 * drafts of the documents that have unsaved changes or no file, and which window shows what. A kill
 * loses no more than that. */
typedef struct _BeSession BeSession;

/* Where nothing can be written it says so once and keeps nothing; it is never NULL. */
BeSession *be_session_new (GtkApplication *application);
void be_session_free (BeSession *session);

/* Opens the windows of programs that were killed, and those of one that ended by itself when
 * `with_ended`. What cannot be read is set aside. Returns whether a window was opened. */
gboolean be_session_restore (BeSession *session, BeCatalog *catalog, gboolean with_ended);
/* Something changed that is worth keeping. */
void be_session_touch (BeSession *session);
/* Writes at once, for a program that is told to go. */
void be_session_flush (BeSession *session);
/* The program ends by itself, its windows still open and all questions answered: keeps what has a
 * file, for the next start, and writes nothing any more. */
void be_session_end (BeSession *session);

G_END_DECLS
