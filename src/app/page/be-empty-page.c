/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the place of a view that has nothing to show yet. */
#include "app/page/be-empty-page.h"

#include "widget/be-widget.h"

#include <adwaita.h>

GtkWidget *
be_empty_page_new_plain (const char *icon, const char *title, const char *words)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), words);
  gtk_widget_add_css_class (page, "compact");
  gtk_widget_set_vexpand (page, TRUE);
  return page;
}

GtkWidget *
be_empty_page_new (const char *icon, const char *title, const char *words, const char *label,
                   GCallback callback, gpointer data)
{
  GtkWidget *page = be_empty_page_new_plain (icon, title, words);
  GtkWidget *button = be_widget_button_new (label);

  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", callback, data);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

void
be_empty_page_set_words (GtkWidget *page, const char *words)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_status_page_set_description (ADW_STATUS_PAGE (page), markup);
}
