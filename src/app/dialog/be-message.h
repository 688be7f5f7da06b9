/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Message dialogs, in one place because their widget changes between libadwaita versions. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum { BE_ANSWER_PLAIN, BE_ANSWER_SUGGESTED, BE_ANSWER_DESTRUCTIVE } BeAnswerKind;

typedef struct {
  const char *id;
  const char *label; /* translated, with mnemonic */
  BeAnswerKind kind;
} BeAnswer;

/* answer: the chosen id; that of the first answer when the dialog was closed. */
typedef void (*BeMessageCallback) (const char *answer, gpointer user_data);

/* Asks a question above parent. The first of the n_answers is the one that changes nothing
 * (Cancel), the last one the default. The callback runs once, or not at all when user_data, a
 * GObject, is gone by then. */
void
be_message_ask (GtkWindow *parent, const char *heading, const char *body, const BeAnswer *answers,
                guint n_answers, BeMessageCallback callback, gpointer user_data);
/* Tells of something that is too long for a toast; body may have several lines. */
void be_message_tell (GtkWindow *parent, const char *heading, const char *body);

G_END_DECLS
