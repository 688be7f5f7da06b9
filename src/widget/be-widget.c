/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The style sheet of the widgets and the helpers that name them for assistive tools. */
#include "widget/be-widget.h"

#include "widget/be-widget-resources.h"

#define STYLE_SHEET "/io/github/breakeven/Breakeven/widget/be-style.css"

void
be_widget_init (void)
{
  static gsize once = 0;
  g_autoptr (GtkCssProvider) provider = NULL;
  GdkDisplay *display = gdk_display_get_default ();

  if (display == NULL || !g_once_init_enter (&once))
    return;
  g_resources_register (be_widget_get_resource ());
  /* Text that comes into focus with its window is read, not copied. */
  g_object_set (gtk_settings_get_for_display (display), "gtk-label-select-on-focus", FALSE, NULL);
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, STYLE_SHEET);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_once_init_leave (&once, 1);
}

static const char *
find_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    const char *text = find_text (child);
    if (text != NULL && *text != '\0')
      return text;
  }
  return NULL;
}

static gboolean
is_list_item (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return parent != NULL && GTK_IS_LIST_BASE (parent);
}

void
be_widget_name (GtkWidget *widget, const char *name)
{
  /* GTK 4.18 has a button or a drop-down labelled by the words it shows, which come before a name.
   */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
be_widget_name_deep (GtkWidget *widget, const char *name)
{
  const char *text = is_list_item (widget) ? find_text (widget) : NULL;

  if (text != NULL)
    name = text;
  if (!GTK_IS_LABEL (widget))
    be_widget_name (widget, name);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    be_widget_name_deep (child, name);
}

GtkWidget *
be_widget_scrolled_new (GtkWidget *child)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), child);
  gtk_widget_set_vexpand (scroll, TRUE);
  return scroll;
}

GtkWidget *
be_widget_button_new (const char *label)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *name = g_strjoinv ("", parts);

  be_widget_name (button, name);
  return button;
}

void
be_widget_set_words (GtkWidget *label, const char *text, const char *tooltip)
{
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text) != 0)
    gtk_label_set_text (GTK_LABEL (label), text);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (label), tooltip) != 0)
    gtk_widget_set_tooltip_text (label, tooltip);
}

GtkWidget *
be_widget_words_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
be_widget_add_words (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *words = be_widget_words_new (text, css_class);

  gtk_box_append (GTK_BOX (box), words);
  return words;
}

GtkWidget *
be_widget_add_card (GtkWidget *box, int spacing)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, spacing);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "be-section");
  gtk_box_append (GTK_BOX (box), card);
  return card;
}

void
be_widget_ignore_wheel (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
  }
}

void
be_widget_close_on_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
}

double
be_widget_get_text_scale (GtkWidget *widget)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? CLAMP (dpi / (96.0 * 1024), 0.75, 3) : 1;
}

/* The size of the first monitor, less what the desktop may need of it. */
static void
get_room (GtkWidget *widget, int *width, int *height)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (widget));
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle geometry = { 0, 0, G_MAXINT, G_MAXINT };

  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &geometry);
  *width = (int) (geometry.width * 0.95);
  *height = (int) (geometry.height * 0.9);
}

void
be_widget_set_default_size (GtkWindow *window, int width, int height)
{
  double scale = be_widget_get_text_scale (GTK_WIDGET (window));
  int most_width, most_height;

  get_room (GTK_WIDGET (window), &most_width, &most_height);
  gtk_window_set_default_size (window, width > 0 ? MIN ((int) (width * scale), most_width) : width,
                               height > 0 ? MIN ((int) (height * scale), most_height) : height);
}
