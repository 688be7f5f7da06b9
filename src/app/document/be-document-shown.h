/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a document's view shows beyond the results, for the next start. */
#pragma once

#include "app/document/be-document-view.h"

G_BEGIN_DECLS

/* Of every page the part that it shows and, in the order of its charts with tools, their scale,
 * band, numbers and zoom: {"prices": {"part": "caching", "charts": [{"logarithmic": true, "low": 1,
 * "high": 9}]}}. The caller owns the object. */
JsonObject *be_document_view_describe_shown (BeDocumentView *self);
/* Shows that again. Nothing in it is trusted: what does not fit is left as it is. */
void be_document_view_restore_shown (BeDocumentView *self, JsonObject *shown);
/* Emits the document view's "view-changed" whenever that would be described differently. */
void be_document_view_watch_shown (BeDocumentView *self);

G_END_DECLS
