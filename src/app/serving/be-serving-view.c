/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The base of the Serving page's views. */
#include "app/serving/be-serving-view.h"

#include "app/be-accessible.h"
#include "app/input/be-bound-row.h"
#include "widget/be-widget.h"

#define WORD_JOINER "\342\201\240"

typedef struct {
  BeUpdate *update; /* weak */
  int pool;
  char *bound; /* path of the pool that the rows are bound to */
  BeScenario *bound_scenario;
  gboolean is_built;
} BeServingViewPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BeServingView, be_serving_view, GTK_TYPE_WIDGET)

static guint message_signal;

static BeServingViewPrivate *
get_private (BeServingView *self)
{
  return be_serving_view_get_instance_private (self);
}

static void
be_serving_view_dispose (GObject *object)
{
  BeServingViewPrivate *priv = get_private (BE_SERVING_VIEW (object));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_weak_pointer (&priv->update);
  g_clear_pointer (&priv->bound, g_free);
  g_clear_object (&priv->bound_scenario);
  G_OBJECT_CLASS (be_serving_view_parent_class)->dispose (object);
}

static void
be_serving_view_class_init (BeServingViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = be_serving_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  message_signal = g_signal_new ("message", BE_TYPE_SERVING_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
be_serving_view_init (BeServingView *self)
{
}

static void
rebind (BeServingView *self)
{
  BeServingViewPrivate *priv = get_private (self);
  BeServingViewClass *klass = BE_SERVING_VIEW_GET_CLASS (self);
  BeScenario *scenario = be_serving_view_get_scenario (self);
  g_autofree char *path = be_serving_view_pool_path (self, NULL);

  if (priv->bound_scenario == scenario && g_strcmp0 (priv->bound, path) == 0)
    return;
  g_set_object (&priv->bound_scenario, scenario);
  g_free (priv->bound);
  priv->bound = g_steal_pointer (&path);
  if (klass->rebind != NULL)
    klass->rebind (self);
  be_accessible_hush (GTK_WIDGET (self));
}

void
be_serving_view_show (BeServingView *self, BeUpdate *update, int pool)
{
  BeServingViewPrivate *priv = get_private (self);

  g_return_if_fail (BE_IS_SERVING_VIEW (self));

  g_set_weak_pointer (&priv->update, update);
  priv->pool = pool;
  if (!priv->is_built)
    BE_SERVING_VIEW_GET_CLASS (self)->build (self);
  priv->is_built = TRUE;
  rebind (self);
  BE_SERVING_VIEW_GET_CLASS (self)->refresh (self);
}

BeChartData *
be_serving_view_get_data (BeServingView *self)
{
  g_return_val_if_fail (BE_IS_SERVING_VIEW (self), NULL);

  return get_private (self)->is_built ? BE_SERVING_VIEW_GET_CLASS (self)->get_data (self) : NULL;
}

BeUpdate *
be_serving_view_get_update (BeServingView *self)
{
  return get_private (self)->update;
}

BeScenario *
be_serving_view_get_scenario (BeServingView *self)
{
  return be_update_get_scenario (get_private (self)->update);
}

const BePlanInput *
be_serving_view_get_input (BeServingView *self)
{
  return be_scenario_resolve (be_serving_view_get_scenario (self), NULL);
}

const BePlanResult *
be_serving_view_get_result (BeServingView *self)
{
  return be_update_get_result (get_private (self)->update);
}

int
be_serving_view_get_pool (BeServingView *self)
{
  return get_private (self)->pool;
}

char *
be_serving_view_pool_path (BeServingView *self, const char *member)
{
  g_auto (GStrv) pools = be_scenario_list_pools (be_serving_view_get_scenario (self));
  g_autofree char *path = be_path_join ("pools", pools[be_serving_view_get_pool (self)], NULL);

  return member != NULL ? g_strconcat (path, "/", member, NULL) : g_steal_pointer (&path);
}

int
be_serving_view_get_workload (BeServingView *self)
{
  const BePlanInput *input = be_serving_view_get_input (self);
  int pool = be_serving_view_get_pool (self);

  if (input == NULL || pool >= (int) input->n_pools || input->pools[pool].n_serves == 0)
    return 0;
  return input->pools[pool].serves[0].workload;
}

void
be_serving_view_tell (BeServingView *self, const char *text)
{
  g_signal_emit (self, message_signal, 0, text);
}

static void
refused (gpointer self, GError *error)
{
  be_serving_view_tell (self, error->message);
}

GtkWidget *
be_serving_view_bind (BeServingView *self, const char *member)
{
  g_autofree char *path = be_serving_view_pool_path (self, member);

  return be_bound_row_new (be_serving_view_get_scenario (self), path, refused, self);
}

/* ---- the parts ---- */

/* With GTK 4.18 a box has a name only in a role that can have one. */
static GtkWidget *
make_group (int spacing)
{
  return g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, "orientation",
                       GTK_ORIENTATION_VERTICAL, "spacing", spacing, NULL);
}

GtkWidget *
be_card_new (const char *title)
{
  GtkWidget *card = make_group (12);

  gtk_widget_add_css_class (card, "be-card");
  if (title == NULL)
    return card;
  GtkWidget *heading = be_widget_words_new (NULL, "heading");
  gtk_label_set_text (GTK_LABEL (heading), title);
  gtk_box_append (GTK_BOX (card), heading);
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return card;
}

void
be_card_append (GtkWidget *card, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (card), child);
}

GtkWidget *
be_tile_new (const char *caption)
{
  GtkWidget *tile = make_group (2);
  GtkWidget *title = be_widget_words_new (NULL, "caption"),
            *value = be_widget_words_new (NULL, "numeric");

  gtk_label_set_text (GTK_LABEL (title), caption);
  gtk_widget_add_css_class (title, "dim-label");
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD);
  gtk_widget_add_css_class (value, "be-tile-value");
  gtk_box_append (GTK_BOX (tile), title);
  gtk_box_append (GTK_BOX (tile), value);
  g_object_set_data_full (G_OBJECT (tile), "caption", g_strdup (caption), g_free);
  g_object_set_data (G_OBJECT (tile), "value", value);
  return tile;
}

void
be_tile_set (GtkWidget *tile, const char *value, const char *remark)
{
  /* A line may end between words, not within "tokens/s". */
  g_auto (GStrv) parts = g_strsplit (value, "/", -1);
  g_autofree char *whole = g_strjoinv ("/" WORD_JOINER, parts);
  g_autofree char *markup =
      g_markup_printf_escaped ("%s%s<span size='smaller' weight='normal' alpha='60%%'>%s</span>",
                               whole, remark != NULL ? "  " : "", remark != NULL ? remark : "");
  g_autofree char *name =
      g_strdup_printf ("%s: %s%s%s", (char *) g_object_get_data (G_OBJECT (tile), "caption"), value,
                       remark != NULL ? " " : "", remark != NULL ? remark : "");

  gtk_label_set_markup (g_object_get_data (G_OBJECT (tile), "value"), markup);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tile), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

GtkWidget *
be_tiles_new (const char *const *captions, guint n, GtkWidget **tiles)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 12);
  for (guint i = 0; i < n; i++) {
    tiles[i] = be_tile_new (captions[i]);
    gtk_grid_attach (GTK_GRID (grid), tiles[i], (int) i % 2, (int) i / 2, 1, 1);
  }
  return grid;
}

GtkWidget *
be_line_new (const char *label, GtkWidget *widget)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = be_widget_words_new (NULL, NULL);

  gtk_label_set_text (GTK_LABEL (title), label);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), widget);
  return line;
}
