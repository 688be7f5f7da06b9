/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which documents were open, in which windows and tabs: the data, and its file. */
#pragma once

#include "json/be-json.h"

G_BEGIN_DECLS

/* One tab. A document with unsaved changes, or without a file, has a draft. */
typedef struct {
  char *path;        /* of its file; NULL: never saved */
  char *draft;       /* name of the draft's file; NULL: the file itself is the document */
  char *page;        /* the page that was shown; NULL: the first */
  JsonObject *shown; /* what the view shows, see be_document_view_describe_shown; owned, nullable */
  gboolean is_dirty; /* the draft holds unsaved changes */
  BeFileStamp stamp; /* of the file as the draft's document knew it: size and sha256 */
} BeSavedTab;

typedef struct {
  int width, height;
  gboolean is_maximized;
  guint shown;     /* index of the tab */
  GPtrArray *tabs; /* of BeSavedTab, owned */
} BeSavedWindow;

typedef struct {
  gboolean has_ended; /* the program ended by itself, after it had asked about unsaved changes */
  GPtrArray *windows; /* of BeSavedWindow, owned */
} BeSavedSession;

BeSavedTab *be_saved_tab_new (void);
BeSavedWindow *be_saved_window_new (void);
BeSavedSession *be_saved_session_new (void);
void be_saved_session_free (BeSavedSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeSavedSession, be_saved_session_free)

/* Text of the file, see be_json_write. Caller frees. */
char *be_saved_session_to_data (const BeSavedSession *session, gsize *length);
/* Nothing in the data is trusted: what has not the form that is expected is left out, names of
 * drafts that lead out of their directory, too. NULL with an error only when it is no such file. */
BeSavedSession *
be_saved_session_from_data (const char *data, gsize length, const char *name, GError **error);

G_END_DECLS
