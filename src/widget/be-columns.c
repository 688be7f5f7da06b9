/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards in columns: a height for each width, the same arithmetic for measuring and placing. */
#include "widget/be-columns.h"

#define GAP 12
#define MAX_COLUMNS 4

struct _BeColumns {
  GtkWidget parent_instance;

  int column_width, max_columns;
};

G_DEFINE_FINAL_TYPE (BeColumns, be_columns, GTK_TYPE_WIDGET)

static gboolean
is_wide (GtkWidget *child)
{
  return g_object_get_data (G_OBJECT (child), "be-wide") != NULL;
}

static int
tallest (const int *heights, int n)
{
  int most = 0;

  for (int i = 0; i < n; i++)
    most = MAX (most, heights[i]);
  return most;
}

static void
place (GtkWidget *child, int x, int y, int width, int height)
{
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

/* Goes through the children at this width; places them if asked, and returns the height. */
static int
arrange (BeColumns *self, int width, gboolean do_place)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int n = CLAMP ((width + GAP) / (self->column_width + GAP), 1, self->max_columns);
  int column_width = (width - (n - 1) * GAP) / n;
  int heights[MAX_COLUMNS] = { 0 };

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int column = 0, height, minimum, child_width = is_wide (child) ? width : column_width;

    if (!gtk_widget_should_layout (child))
      continue;
    for (int i = 1; i < n; i++)
      column = heights[i] < heights[column] ? i : column;
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child_width, &minimum, &height, NULL,
                        NULL);
    int y = is_wide (child) ? tallest (heights, n) : heights[column];
    int x = is_wide (child) ? 0 : column * (column_width + GAP);
    if (do_place)
      place (child, rtl ? width - x - child_width : x, y, child_width, height);
    for (int i = 0; i < n; i++)
      if (i == column || is_wide (child))
        heights[i] = y + height + GAP;
  }
  return MAX (tallest (heights, n) - GAP, 0);
}

static void
be_columns_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                    int *natural, int *minimum_baseline, int *natural_baseline)
{
  BeColumns *self = BE_COLUMNS (widget);

  *minimum_baseline = *natural_baseline = -1;
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int least = 0;
    if (gtk_widget_should_layout (child))
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
    *minimum = MAX (*minimum, least);
  }
  *natural = MAX (*minimum, self->column_width);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  *minimum = *natural = arrange (self, for_size < 0 ? *natural : for_size, FALSE);
}

static void
be_columns_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  arrange (BE_COLUMNS (widget), width, TRUE);
}

static GtkSizeRequestMode
be_columns_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
be_columns_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (be_columns_parent_class)->dispose (object);
}

static void
be_columns_class_init (BeColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = be_columns_dispose;
  widget_class->measure = be_columns_measure;
  widget_class->size_allocate = be_columns_size_allocate;
  widget_class->get_request_mode = be_columns_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
be_columns_init (BeColumns *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
}

GtkWidget *
be_columns_new (int column_width, int max_columns)
{
  BeColumns *self = g_object_new (BE_TYPE_COLUMNS, NULL);

  g_return_val_if_fail (column_width > 0, NULL);
  g_return_val_if_fail (max_columns >= 1 && max_columns <= MAX_COLUMNS, NULL);
  self->column_width = column_width;
  self->max_columns = max_columns;
  return GTK_WIDGET (self);
}

void
be_columns_append (BeColumns *self, GtkWidget *child, gboolean wide)
{
  g_return_if_fail (BE_IS_COLUMNS (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  if (wide)
    g_object_set_data (G_OBJECT (child), "be-wide", GINT_TO_POINTER (1));
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
