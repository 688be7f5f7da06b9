/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Published examples beside the program's own figures. */
#include "app/dialog/be-reference-window.h"

#include "app/be-accessible.h"
#include "be-config.h"
#include "widget/be-widget.h"
#include "report/be-report.h"
#include "widget/be-table-view.h"

#include <glib/gi18n-lib.h>

void
be_reference_window_show (GtkWindow *parent, BeCatalog *catalog)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *table = be_table_view_new ();
  gboolean all_hold;

  be_table_view_set_table (BE_TABLE_VIEW (table), be_report_reference_table (catalog, &all_hold));
  gtk_label_set_text (GTK_LABEL (label),
                      all_hold
                          ? _ ("Every published figure comes out of this program, too.")
                          : _ ("Some published figures do not come out: see the column Holds."));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_vexpand (table, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), table);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Reference Checks"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1120, 600);
  gtk_window_set_child (GTK_WINDOW (window), box);
  be_widget_close_on_escape (window);
  gtk_window_present (GTK_WINDOW (window));
  be_accessible_hush (window);
}
