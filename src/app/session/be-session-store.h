/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where drafts and sessions lie: a directory for each running program. */
#pragma once

#include "app/session/be-saved-session.h"

G_BEGIN_DECLS

/* Below the user's data directory breakeven/sessions/ has one directory for each program that runs
 * or was killed: "session.json", the drafts that it names ("ID.breakeven.json") and "lock", which
 * the running program holds. A directory whose lock is free is left over. Each file is written
 * atomically, drafts before the session that names them. */
typedef struct _BeSessionStore BeSessionStore;

/* A store with a directory of its own, made and locked. NULL with an error when that cannot be. */
BeSessionStore *be_session_store_new (GError **error);
/* Gives up the lock. What was written stays, for the next start; a directory that was not used
 * goes.
 */
void be_session_store_free (BeSessionStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeSessionStore, be_session_store_free)

/* A session that is left over, with the directory of its drafts. */
typedef struct {
  char *directory;
  BeSavedSession *session;
} BeLeftSession;
/* All of them, of BeLeftSession, owned. One whose file is broken holds a tab for each draft that is
 * there. They stay on disk until be_session_store_drop_left. */
GPtrArray *be_session_store_list_left (BeSessionStore *store);
/* The bytes of a draft; NULL with an error when it is gone. Caller unrefs. */
GBytes *be_left_session_read_draft (const BeLeftSession *left, const char *draft, GError **error);
/* Puts a draft that cannot be read aside, into breakeven/unreadable/, where a person finds it. */
void be_left_session_set_aside (const BeLeftSession *left, const char *draft);
/* Removes what was listed: it has been written anew, or is not wanted. */
void be_session_store_drop_left (BeSessionStore *store);

/* What is written at once. */
typedef struct {
  GPtrArray *names; /* of drafts, char *, owned */
  GPtrArray *bytes; /* GBytes of each, owned */
  BeSavedSession *session;
} BeSessionWrite;
BeSessionWrite *be_session_write_new (void);
void be_session_write_free (BeSessionWrite *write);
/* Writes drafts, then the session, then removes drafts that it does not name. May run in a thread,
 * one at a time. */
gboolean
be_session_store_write (BeSessionStore *store, const BeSessionWrite *write, GError **error);

G_END_DECLS
