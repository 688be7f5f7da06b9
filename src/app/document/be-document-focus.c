/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The focus goes from the inputs to each chart of the shown page and back, by one key. */
#include "app/document/be-document-view-private.h"

#include "app/document/be-split.h"
#include "widget/be-chart-view.h"
#include "widget/be-week-grid.h"

/* What is drawn and read by keys, in the order of the tree; borrowed. */
static void
find_drawings (GtkWidget *widget, GPtrArray *drawings)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (BE_IS_CHART_VIEW (widget) || BE_IS_WEEK_GRID (widget)) {
    g_ptr_array_add (drawings, widget);
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_drawings (child, drawings);
}

static gboolean
has_focus_within (GtkWidget *widget, GtkWidget *focus)
{
  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* The drawing after the one with the focus, or the first; NULL behind the last. */
static GtkWidget *
next_drawing (GPtrArray *drawings, GtkWidget *focus)
{
  for (guint i = 0; i < drawings->len; i++)
    if (has_focus_within (drawings->pdata[i], focus))
      return i + 1 < drawings->len ? drawings->pdata[i + 1] : NULL;
  return drawings->len > 0 ? drawings->pdata[0] : NULL;
}

void
be_document_view_focus_next (BeDocumentView *self)
{
  g_autoptr (GPtrArray) drawings = g_ptr_array_new ();
  GtkWidget *page, *sidebar, *focus, *next;

  g_return_if_fail (BE_IS_DOCUMENT_VIEW (self));

  page = GTK_WIDGET (be_document_view_get_shown_page (self));
  sidebar = be_split_get_sidebar (self->split);
  focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  find_drawings (page, drawings);
  next = next_drawing (drawings, focus);
  if (next != NULL)
    gtk_widget_grab_focus (next);
  else if (!has_focus_within (page, focus))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
  else if (gtk_widget_get_mapped (sidebar))
    gtk_widget_child_focus (sidebar, GTK_DIR_TAB_FORWARD);
  else if (drawings->len > 0)
    gtk_widget_grab_focus (drawings->pdata[0]);
}
