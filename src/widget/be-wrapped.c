/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that wrap, at a cost that does not grow with them. */
#include "widget/be-wrapped.h"

#define MOST_LINES 6
/* Lines are broken at words, so they are not full. */
#define FILLED 0.95
#define UNKNOWN_WIDTH 360

GtkWidget *
be_wrapped_new (const char *css_class, const char *second)
{
  GtkWidget *words = gtk_inscription_new (NULL);
  GtkInscription *self = GTK_INSCRIPTION (words);

  gtk_inscription_set_text_overflow (self, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_wrap_mode (self, PANGO_WRAP_WORD_CHAR);
  gtk_inscription_set_xalign (self, 0);
  gtk_inscription_set_yalign (self, 0);
  gtk_inscription_set_min_chars (self, 10);
  gtk_widget_add_css_class (words, css_class);
  if (second != NULL)
    gtk_widget_add_css_class (words, second);
  return words;
}

static double
character_width (GtkWidget *words)
{
  PangoFontMetrics *metrics =
      pango_context_get_metrics (gtk_widget_get_pango_context (words), NULL, NULL);
  double width = (double) pango_font_metrics_get_approximate_char_width (metrics) / PANGO_SCALE;

  pango_font_metrics_unref (metrics);
  return MAX (width, 1);
}

void
be_wrapped_fit (GtkWidget *words, int width)
{
  const char *text = gtk_inscription_get_text (GTK_INSCRIPTION (words));
  double length = text != NULL ? (double) g_utf8_strlen (text, -1) : 0;
  double per_line = FILLED * (width > 0 ? width : UNKNOWN_WIDTH) / character_width (words);
  double lines = MAX (1, length / per_line);

  gtk_inscription_set_min_lines (GTK_INSCRIPTION (words), (guint) MIN (MOST_LINES, lines + 0.99));
}

void
be_wrapped_set (GtkWidget *words, const char *text, int width)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (words), text);
  gtk_widget_set_tooltip_text (words, text);
  be_wrapped_fit (words, width);
}
