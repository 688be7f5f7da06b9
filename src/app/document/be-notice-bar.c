/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bar below the header with a sentence and two buttons. */
#include "app/document/be-notice-bar.h"

#include "widget/be-widget.h"

static GtkWidget *
make_button (const char *label, const char *action)
{
  GtkWidget *button = be_widget_button_new (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

GtkWidget *
be_notice_bar_new (const char *text, const char *first_label, const char *first_action,
                   const char *second_label, const char *second_action)
{
  GtkWidget *revealer = gtk_revealer_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (first_label != NULL)
    gtk_box_append (GTK_BOX (box), make_button (first_label, first_action));
  if (second_label != NULL)
    gtk_box_append (GTK_BOX (box), make_button (second_label, second_action));
  gtk_widget_add_css_class (box, "be-notice");
  gtk_revealer_set_child (GTK_REVEALER (revealer), box);
  gtk_widget_set_visible (revealer, FALSE);
  g_object_set_data (G_OBJECT (revealer), "label", label);
  return revealer;
}

void
be_notice_bar_set_text (GtkWidget *bar, const char *text)
{
  gtk_label_set_text (GTK_LABEL (g_object_get_data (G_OBJECT (bar), "label")), text);
}

void
be_notice_bar_set_shown (GtkWidget *bar, gboolean shown)
{
  gtk_widget_set_visible (bar, shown); /* what is not revealed must not be read aloud */
  gtk_revealer_set_reveal_child (GTK_REVEALER (bar), shown);
}

gboolean
be_notice_bar_get_shown (GtkWidget *bar)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (bar));
}
