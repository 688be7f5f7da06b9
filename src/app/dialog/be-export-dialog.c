/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to export, in which format, how it looks; a chart is shown as it will be. */
#include "app/dialog/be-export-dialog.h"

#include "app/be-accessible.h"
#include "be-config.h"
#include "widget/be-widget.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define LEAST_HEIGHT 190 /* of a report's choices */
#define MAX_FORMATS 3
#define PREVIEW_HEIGHT 180

typedef struct {
  GtkWidget *window, *picture, *what, *format, *size, *width, *height, *theme, *scale, *transparent;
  GtkWidget *group; /* of what and in which format */
  GtkWidget *look;  /* the group of what pictures have */
  GtkWidget *size_rows[2];
  BeExportPreview preview;
  BeExportChosen chosen;
  GObject *user_data; /* weak */
  gboolean is_filling;
} Dialog;

static const struct {
  const char *label, *ending;
  gboolean is_bill;
} formats[][MAX_FORMATS] = {
  [BE_EXPORT_WHAT_CHART] = { { N_ ("PNG image"), "png", FALSE },
                             { N_ ("SVG drawing"), "svg", FALSE },
                             { N_ ("PDF document"), "pdf", FALSE } },
  [BE_EXPORT_WHAT_NUMBERS] = { { N_ ("Chart as CSV"), "csv", FALSE },
                               { N_ ("Workbook (.xlsx)"), "xlsx", FALSE },
                               { N_ ("Bills as CSV"), "csv", TRUE } },
  [BE_EXPORT_WHAT_REPORT] = { { N_ ("PDF document"), "pdf", FALSE },
                              { N_ ("Web page (HTML)"), "html", FALSE },
                              { N_ ("Markdown text"), "md", FALSE } },
};

/* The last is the user's own. */
static const struct {
  const char *label;
  int width, height;
} sizes[] = {
  { "960 × 600", 960, 600 },
  { "1280 × 720", 1280, 720 },
  { "640 × 480", 640, 480 },
  { N_ ("Other"), 0, 0 },
};

/* Chosen last, while the program runs. */
static BeExportChoice last = { .theme = BE_THEME_LIGHT,
                               .width = 960,
                               .height = 600,
                               .scale = 2,
                               .transparent = FALSE };

static guint
selected (GtkWidget *row)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (row));
}

static BeExportChoice
read_choice (Dialog *self)
{
  BeExportChoice choice = last;
  guint size = selected (self->size), format = selected (self->format);

  choice.what = (BeExportWhat) selected (self->what);
  format = MIN (format, MAX_FORMATS - 1);
  choice.ending = formats[choice.what][format].ending;
  choice.is_bill = formats[choice.what][format].is_bill;
  choice.theme = (BeThemeKind) selected (self->theme);
  choice.width = size < G_N_ELEMENTS (sizes) && sizes[size].width > 0
                     ? sizes[size].width
                     : gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->width));
  choice.height = size < G_N_ELEMENTS (sizes) && sizes[size].height > 0
                      ? sizes[size].height
                      : gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->height));
  choice.scale = selected (self->scale) + 1;
  choice.transparent = gtk_switch_get_active (GTK_SWITCH (self->transparent));
  return choice;
}

static void
show_preview (Dialog *self, const BeExportChoice *choice)
{
  BeExportChoice small = *choice;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  small.scale = 1;
  if (choice->what == BE_EXPORT_WHAT_CHART && self->user_data != NULL)
    png = self->preview (&small, self->user_data);
  texture = png != NULL ? gdk_texture_new_from_bytes (png, NULL) : NULL;
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (texture));
  gtk_widget_set_visible (self->picture, texture != NULL);
}

/* What is in the file, where its name does not say it. */
static const char *
describe (const BeExportChoice *choice)
{
  if (choice->what == BE_EXPORT_WHAT_REPORT)
    return _ ("The whole plan: summary, charts, bills, assumptions with their sources and dates, "
              "what is left out, and warnings.");
  if (g_str_equal (choice->ending, "xlsx"))
    return _ (
        "The whole plan: bills whose amounts follow their rates, the curve with a chart, inputs "
        "and offers.");
  return NULL;
}

static void
update (Dialog *self)
{
  BeExportChoice choice;
  gboolean is_other;

  if (self->is_filling)
    return;
  choice = read_choice (self);
  is_other = selected (self->size) == G_N_ELEMENTS (sizes) - 1;
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->group), describe (&choice));
  gtk_widget_set_visible (self->look, choice.what == BE_EXPORT_WHAT_CHART);
  gtk_widget_set_visible (self->size_rows[0], is_other);
  gtk_widget_set_visible (self->size_rows[1], is_other);
  gtk_widget_set_sensitive (self->scale, g_str_equal (choice.ending, "png"));
  show_preview (self, &choice);
}

static void
fill_formats (Dialog *self)
{
  const char *labels[MAX_FORMATS + 1] = { NULL };
  guint what = selected (self->what);
  g_autoptr (GtkStringList) list = NULL;

  for (gsize i = 0; i < MAX_FORMATS; i++)
    labels[i] = _ (formats[what][i].label);
  list = gtk_string_list_new (labels);
  self->is_filling = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self->format), G_LIST_MODEL (list));
  self->is_filling = FALSE;
  update (self);
}

static GtkWidget *
add_row (GtkWidget *group, const char *title, GtkWidget *widget)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), widget);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), widget);
  be_widget_name_deep (widget, title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static GtkWidget *
add_combo (GtkWidget *group, const char *title, const char *const *labels, guint chosen)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (labels);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), chosen);
  be_widget_name_deep (row, title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static guint
size_of_last (void)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (sizes) - 1
         && (sizes[i].width != (int) last.width || sizes[i].height != (int) last.height))
    i++;
  return i;
}

static GtkWidget *
make_look (Dialog *self)
{
  const char *const themes[] = { _ ("Light"), _ ("Dark"), _ ("Print"), NULL };
  const char *const scales[] = { "1×", "2×", "3×", "4×", NULL };
  const char *labels[G_N_ELEMENTS (sizes) + 1] = { NULL };
  GtkWidget *group = adw_preferences_group_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    labels[i] = _ (sizes[i].label);
  self->size = add_combo (group, _ ("Size"), labels, size_of_last ());
  self->width = gtk_spin_button_new_with_range (100, 4000, 10);
  self->height = gtk_spin_button_new_with_range (100, 4000, 10);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->width), last.width);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->height), last.height);
  self->size_rows[0] = add_row (group, _ ("Width"), self->width);
  self->size_rows[1] = add_row (group, _ ("Height"), self->height);
  self->scale = add_combo (group, _ ("Pixels for each unit"), scales, (guint) last.scale - 1);
  self->theme = add_combo (group, _ ("Colours"), themes, (guint) last.theme);
  self->transparent = gtk_switch_new ();
  gtk_switch_set_active (GTK_SWITCH (self->transparent), last.transparent);
  add_row (group, _ ("Transparent background"), self->transparent);
  return group;
}

static GtkWidget *
make_content (Dialog *self, BeExportWhat what)
{
  const char *const whats[] = { _ ("Chart"), _ ("Numbers"), _ ("Report"), NULL };
  const char *const none[] = { NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *group = self->group = adw_preferences_group_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->picture = gtk_picture_new ();
  gtk_widget_set_size_request (self->picture, -1, PREVIEW_HEIGHT);
  gtk_picture_set_alternative_text (GTK_PICTURE (self->picture), _ ("The chart as it will be"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The chart as it will be"), -1);
  self->what = add_combo (group, _ ("Export"), whats, what);
  self->format = add_combo (group, _ ("Format"), none, 0);
  self->look = make_look (self);
  gtk_box_append (GTK_BOX (box), self->picture);
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), self->look);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  return clamp;
}

static void
export_cb (GtkButton *button, Dialog *self)
{
  BeExportChoice choice = read_choice (self);
  BeExportChosen chosen = self->chosen;
  g_autoptr (GObject) user_data = self->user_data != NULL ? g_object_ref (self->user_data) : NULL;

  last = choice;
  gtk_window_close (GTK_WINDOW (self->window));
  if (user_data != NULL)
    chosen (&choice, user_data);
}

static GtkWidget *
make_bar (Dialog *self)
{
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *cancel = be_widget_button_new (_ ("_Cancel"));
  GtkWidget *export = be_widget_button_new (_ ("_Export…"));

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_widget_add_css_class (export, "suggested-action");
  g_signal_connect (export, "clicked", G_CALLBACK (export_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), export);
  gtk_window_set_default_widget (GTK_WINDOW (self->window), export);
  return bar;
}

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_clear_weak_pointer (&self->user_data);
  g_free (self);
}

static void
follow_rows (Dialog *self)
{
  GtkWidget *const combos[] = { self->format, self->size, self->scale, self->theme };

  g_signal_connect_swapped (self->what, "notify::selected", G_CALLBACK (fill_formats), self);
  for (gsize i = 0; i < G_N_ELEMENTS (combos); i++)
    g_signal_connect_swapped (combos[i], "notify::selected", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->transparent, "notify::active", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->width, "value-changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->height, "value-changed", G_CALLBACK (update), self);
}

GtkWidget *
be_export_dialog_new (GtkWindow *parent, BeExportWhat what, BeExportPreview preview,
                      BeExportChosen chosen, gpointer user_data)
{
  Dialog *self = g_new0 (Dialog, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->preview = preview;
  self->chosen = chosen;
  g_set_weak_pointer (&self->user_data, G_OBJECT (user_data));
  self->window = adw_window_new ();
  g_object_set_data_full (G_OBJECT (self->window), "be-export-dialog", self, dialog_free);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_content (self, what));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  /* Words that wrap are taken for one line when the window learns its height. */
  gtk_scrolled_window_set_min_content_height (
      GTK_SCROLLED_WINDOW (scroller),
      (int) (LEAST_HEIGHT * be_widget_get_text_scale (self->window)));
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 640);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), make_bar (self));
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (self->window), box);
  gtk_window_set_title (GTK_WINDOW (self->window), _ ("Export"));
  gtk_window_set_transient_for (GTK_WINDOW (self->window), parent);
  gtk_window_set_modal (GTK_WINDOW (self->window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self->window), TRUE);
  be_widget_set_default_size (GTK_WINDOW (self->window), 460, -1);
  be_widget_close_on_escape (self->window);
  fill_formats (self);
  follow_rows (self);
  return self->window;
}
