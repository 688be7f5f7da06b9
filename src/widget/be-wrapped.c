/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that wrap, at a cost that does not grow with them. */
#include "widget/be-wrapped.h"

#define MOST_LINES 6
/* Lines are broken at words, so they are not full. */
#define FILLED 0.95
#define UNKNOWN_WIDTH 360

/* Asked for only when the pointer rests here: telling the toolkit of each text costs it a question
 * to the display. */
static gboolean
tooltip_cb (GtkWidget *words, int x, int y, gboolean by_keys, GtkTooltip *tooltip)
{
  const char *text = gtk_inscription_get_text (GTK_INSCRIPTION (words));

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

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
  gtk_widget_set_has_tooltip (words, TRUE);
  g_signal_connect (words, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
  if (second != NULL)
    gtk_widget_add_css_class (words, second);
  return words;
}

/* Of the font of the words, in pixels; asking for it takes longer than all else here. */
static double
character_width (GtkWidget *words, gboolean again)
{
  static const char name[] = "be-wrapped-character-width";
  double *known = g_object_get_data (G_OBJECT (words), name);

  if (known == NULL || again) {
    PangoFontMetrics *metrics =
        pango_context_get_metrics (gtk_widget_get_pango_context (words), NULL, NULL);
    known = g_new (double, 1);
    *known =
        MAX (1, (double) pango_font_metrics_get_approximate_char_width (metrics) / PANGO_SCALE);
    g_object_set_data_full (G_OBJECT (words), name, known, g_free);
    pango_font_metrics_unref (metrics);
  }
  return *known;
}

static void
fit (GtkWidget *words, int width, gboolean again)
{
  const char *text = gtk_inscription_get_text (GTK_INSCRIPTION (words));
  double length = text != NULL ? (double) g_utf8_strlen (text, -1) : 0;
  double per_line = FILLED * (width > 0 ? width : UNKNOWN_WIDTH) / character_width (words, again);
  double lines = MAX (1, length / per_line);

  gtk_inscription_set_min_lines (GTK_INSCRIPTION (words), (guint) MIN (MOST_LINES, lines + 0.99));
}

void
be_wrapped_fit (GtkWidget *words, int width)
{
  fit (words, width, TRUE);
}

void
be_wrapped_set (GtkWidget *words, const char *text, int width)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (words), text);
  fit (words, width, FALSE);
}
