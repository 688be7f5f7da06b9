/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Message dialogs, in one place because their widget changes between libadwaita versions. */
#include "app/dialog/be-message.h"

#include "app/be-accessible.h"
#include "be-config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct {
  BeMessageCallback callback;
  GObject *user_data; /* weak */
} Question;

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Question *question = data;

  /* The answer may end the parent, and the dialog is still there then. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  if (question->callback != NULL && question->user_data != NULL)
    question->callback (response, question->user_data);
}

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_clear_weak_pointer (&question->user_data);
  g_free (question);
}

void
be_message_ask (GtkWindow *parent, const char *heading, const char *body, const BeAnswer *answers,
                guint n_answers, BeMessageCallback callback, gpointer user_data)
{
  static const AdwResponseAppearance appearances[] = {
    [BE_ANSWER_PLAIN] = ADW_RESPONSE_DEFAULT,
    [BE_ANSWER_SUGGESTED] = ADW_RESPONSE_SUGGESTED,
    [BE_ANSWER_DESTRUCTIVE] = ADW_RESPONSE_DESTRUCTIVE,
  };
  /* The heading is set above the text here: libadwaita's own heading makes GTK 4.18 warn of a label
   * that is measured for less than its least width. */
  g_autofree char *markup = g_markup_printf_escaped (
      "<span size=\"x-large\" weight=\"heavy\">%s</span>\n\n%s", heading, body);
  GtkWidget *widget = adw_message_dialog_new (parent, NULL, NULL);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);
  Question *question = g_new0 (Question, 1);

  g_return_if_fail (n_answers > 0);

  adw_message_dialog_set_body_use_markup (dialog, TRUE);
  adw_message_dialog_set_body (dialog, markup);
  for (guint i = 0; i < n_answers; i++) {
    adw_message_dialog_add_response (dialog, answers[i].id, answers[i].label);
    adw_message_dialog_set_response_appearance (dialog, answers[i].id,
                                                appearances[answers[i].kind]);
  }
  adw_message_dialog_set_close_response (dialog, answers[0].id);
  adw_message_dialog_set_default_response (dialog, answers[n_answers - 1].id);
  question->callback = callback;
  if (user_data != NULL)
    g_set_weak_pointer (&question->user_data, G_OBJECT (user_data));
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog), GTK_ACCESSIBLE_PROPERTY_LABEL, heading,
                                  -1);
  be_accessible_hush (widget);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
be_message_tell (GtkWindow *parent, const char *heading, const char *body)
{
  const BeAnswer close = { "close", _ ("_Close"), BE_ANSWER_PLAIN };

  be_message_ask (parent, heading, body, &close, 1, NULL, NULL);
}
