/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bar below the header with a sentence and two buttons. */
#include "app/document/be-notice-bar.h"

#include "widget/be-widget.h"
#include "widget/be-wrapped.h"

static GtkWidget *
make_button (const char *label, const char *action)
{
  GtkWidget *button = be_widget_button_new (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

/* Less than this is a narrow window: the buttons stand below the words. */
#define NARROW 560

typedef struct {
  GtkWidget *box, *words, *buttons; /* borrowed */
  GtkWidget *window;                /* borrowed, whose width is followed */
  gulong handler;
} Bar;

static Bar *
bar_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "be-notice-bar");
}

/* A label that wraps would make its window as wide as suits a label; these words have the height
 * that their width needs. */
static void
fit (Bar *self)
{
  int width = 0, height, used = 0;

  if (self->window == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self->window), &width, &height);
  gboolean is_narrow = width > 0 && width < NARROW;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box), is_narrow
                                                                  ? GTK_ORIENTATION_VERTICAL
                                                                  : GTK_ORIENTATION_HORIZONTAL);
  if (!is_narrow)
    gtk_widget_measure (self->buttons, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &used, NULL, NULL);
  be_wrapped_fit (self->words, width - used - 36);
}

static void
map_cb (GtkWidget *revealer, Bar *self)
{
  self->window = GTK_WIDGET (gtk_widget_get_root (revealer));
  self->handler =
      g_signal_connect_swapped (self->window, "notify::default-width", G_CALLBACK (fit), self);
  fit (self);
}

static void
unmap_cb (GtkWidget *revealer, Bar *self)
{
  if (self->window != NULL)
    g_signal_handler_disconnect (self->window, self->handler);
  self->window = NULL;
}

GtkWidget *
be_notice_bar_new (const char *text, const char *first_label, const char *first_action,
                   const char *second_label, const char *second_action)
{
  GtkWidget *revealer = gtk_revealer_new ();
  Bar *self = g_new0 (Bar, 1);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->words = be_wrapped_new ("body", NULL);
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  be_wrapped_set (self->words, text, 0);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_set_valign (self->words, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (self->buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self->box), self->words);
  gtk_box_append (GTK_BOX (self->box), self->buttons);
  if (first_label != NULL)
    gtk_box_append (GTK_BOX (self->buttons), make_button (first_label, first_action));
  if (second_label != NULL)
    gtk_box_append (GTK_BOX (self->buttons), make_button (second_label, second_action));
  gtk_widget_add_css_class (self->box, "be-notice");
  gtk_revealer_set_child (GTK_REVEALER (revealer), self->box);
  gtk_widget_set_visible (revealer, FALSE);
  g_object_set_data_full (G_OBJECT (revealer), "be-notice-bar", self, g_free);
  g_signal_connect (revealer, "map", G_CALLBACK (map_cb), self);
  g_signal_connect (revealer, "unmap", G_CALLBACK (unmap_cb), self);
  return revealer;
}

void
be_notice_bar_set_text (GtkWidget *bar, const char *text)
{
  be_wrapped_set (bar_of (bar)->words, text, 0);
  fit (bar_of (bar));
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
