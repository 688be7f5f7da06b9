/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Published examples beside the program's own figures. */
#include "app/dialog/be-reference-window.h"

#include "app/be-accessible.h"
#include "be-config.h"
#include "report/be-report.h"
#include "study/be-study.h"
#include "widget/be-widget.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

static void
add_figure (GtkGrid *grid, int row, const char *caption, const char *figure)
{
  GtkWidget *name = gtk_label_new (caption), *value = gtk_label_new (figure);

  gtk_label_set_xalign (GTK_LABEL (name), 1);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_widget_set_focusable (value, FALSE);
  gtk_label_set_width_chars (GTK_LABEL (value), 10);
  gtk_widget_add_css_class (name, "dim-label");
  gtk_widget_add_css_class (name, "caption");
  gtk_widget_add_css_class (value, "numeric");
  gtk_grid_attach (grid, name, 0, row, 1, 1);
  gtk_grid_attach (grid, value, 1, row, 1, 1);
}

static GtkWidget *
make_figures (const BeReferenceCheck *check)
{
  GtkWidget *grid = gtk_grid_new ();
  g_autofree char *published = be_report_reference_published (check);
  g_autofree char *ours = be_format_number (check->ours, FALSE);

  add_figure (GTK_GRID (grid), 0, _ ("Published"), published);
  add_figure (GTK_GRID (grid), 1, _ ("Here"), ours);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  gtk_widget_set_valign (grid, GTK_ALIGN_CENTER);
  return grid;
}

/* What is not worked out here has an empty place, so that the figures stay in one column. */
static GtkWidget *
make_mark (const BeReferenceCheck *check)
{
  const char *words = !check->worked ? _ ("Not worked out here")
                      : check->holds ? _ ("Holds")
                                     : _ ("Does not hold");
  GtkWidget *mark = gtk_image_new_from_icon_name (!check->worked ? NULL
                                                  : check->holds ? "emblem-ok-symbolic"
                                                                 : "dialog-warning-symbolic");

  gtk_widget_set_size_request (mark, 16, 16);
  gtk_widget_add_css_class (mark, check->holds ? "success" : "error");
  gtk_widget_set_tooltip_text (mark, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return mark;
}

static GtkWidget *
make_row (const BeReferenceCheck *check)
{
  GtkWidget *row = adw_action_row_new ();

  /* Before the texts: they are no markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (check->what));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), check->note != NULL ? _ (check->note) : "");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_figures (check));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_mark (check));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (check->what), -1);
  return row;
}

/* One group for each run of checks of one source; returns whether all hold. */
static gboolean
add_checks (AdwPreferencesPage *page, GArray *checks)
{
  AdwPreferencesGroup *group = NULL;
  const char *source = NULL;
  gboolean all_hold = TRUE;

  for (guint i = 0; i < checks->len; i++) {
    const BeReferenceCheck *check = &g_array_index (checks, BeReferenceCheck, i);

    if (g_strcmp0 (check->source, source) != 0) {
      g_autofree char *text = g_markup_escape_text (_ (check->source), -1);

      source = check->source;
      group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      /* A title would be cut where a description wraps. */
      adw_preferences_group_set_description (group, text);
      /* Nothing to act on: the keys scroll. */
      gtk_widget_set_can_focus (GTK_WIDGET (group), FALSE);
      adw_preferences_page_add (page, group);
    }
    adw_preferences_group_add (group, make_row (check));
    all_hold = all_hold && (!check->worked || check->holds);
  }
  return all_hold;
}

void
be_reference_window_show (GtkWindow *parent, BeCatalog *catalog)
{
  g_autoptr (GArray) checks = be_study_reference (catalog);
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new (), *label = gtk_label_new (NULL);
  GtkWidget *page = adw_preferences_page_new ();
  gboolean all_hold = add_checks (ADW_PREFERENCES_PAGE (page), checks);

  gtk_label_set_text (GTK_LABEL (label),
                      all_hold ? _ ("Every published figure comes out of this program, too.")
                               : _ ("Some published figures do not come out: see the marks."));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), page);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Reference Checks"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  be_widget_set_default_size (GTK_WINDOW (window), 720, 640);
  gtk_widget_set_size_request (window, 360, 294);
  adw_window_set_content (ADW_WINDOW (window), box);
  be_widget_close_on_escape (window);
  be_accessible_name_toolkit (window, _ ("Reference Checks"));
  gtk_window_present (GTK_WINDOW (window));
}
