/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drop-down keeps ids beside what it shows. */
#include "app/serving/be-hardware-chooser.h"

#include "app/be-accessible.h"
#include "be-config.h"
#include "report/be-report.h"

#include <glib/gi18n-lib.h>

struct _BeHardwareChooser {
  GtkWidget parent_instance;

  GtkWidget *drop_down;
  GPtrArray *ids; /* char *, owned */
  char *listed;   /* what it lists, to see whether that changed */
  BeHardwareKind kind;
  gboolean is_showing;
};

G_DEFINE_FINAL_TYPE (BeHardwareChooser, be_hardware_chooser, GTK_TYPE_WIDGET)

static guint chosen_signal;

static void
selected_cb (GtkDropDown *drop_down, GParamSpec *pspec, BeHardwareChooser *self)
{
  guint selected = gtk_drop_down_get_selected (drop_down);

  if (!self->is_showing && selected < self->ids->len)
    g_signal_emit (self, chosen_signal, 0, g_ptr_array_index (self->ids, selected));
}

static void
be_hardware_chooser_dispose (GObject *object)
{
  BeHardwareChooser *self = BE_HARDWARE_CHOOSER (object);

  g_clear_pointer (&self->drop_down, gtk_widget_unparent);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->listed, g_free);
  G_OBJECT_CLASS (be_hardware_chooser_parent_class)->dispose (object);
}

static void
be_hardware_chooser_class_init (BeHardwareChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_hardware_chooser_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  chosen_signal = g_signal_new ("chosen", BE_TYPE_HARDWARE_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
be_hardware_chooser_init (BeHardwareChooser *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
}

/* The text of a long name is cut in the button, never in the list. */
static void
bind_button_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer unused)
{
  GtkStringObject *text = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (text));
}

static void
setup_button_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer unused)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), 14);
  gtk_list_item_set_child (item, label);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer unused)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (item, label);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer unused)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_label_set_text (GTK_LABEL (label), text);
  if (gtk_widget_get_parent (label) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (label)),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static GtkListItemFactory *
make_factory (GCallback setup, GCallback bind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", setup, NULL);
  g_signal_connect (factory, "bind", bind, NULL);
  return factory;
}

GtkWidget *
be_hardware_chooser_new (BeHardwareKind kind)
{
  BeHardwareChooser *self = g_object_new (BE_TYPE_HARDWARE_CHOOSER, NULL);
  g_autoptr (GtkListItemFactory) button =
      make_factory (G_CALLBACK (setup_button_cb), G_CALLBACK (bind_button_cb));
  g_autoptr (GtkListItemFactory) rows =
      make_factory (G_CALLBACK (setup_row_cb), G_CALLBACK (bind_row_cb));
  const char *name = kind == BE_HARDWARE_MODEL ? _ ("Model") : _ ("GPU");

  self->kind = kind;
  self->drop_down = gtk_drop_down_new (
      NULL, gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (self->drop_down), TRUE);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (self->drop_down), button);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (self->drop_down), rows);
  g_signal_connect (self->drop_down, "notify::selected", G_CALLBACK (selected_cb), self);
  gtk_widget_set_parent (self->drop_down, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  be_accessible_name_drop_down (GTK_DROP_DOWN (self->drop_down), name);
  return GTK_WIDGET (self);
}

static void
add_item (BeHardwareChooser *self, GString *listed, const char *id, char *words)
{
  g_string_append_printf (listed, "%s\n", words);
  g_ptr_array_add (self->ids, g_strdup (id));
  g_free (words);
}

static void
add_own (BeHardwareChooser *self, BeScenario *scenario, GString *listed)
{
  gboolean is_model = self->kind == BE_HARDWARE_MODEL;
  g_auto (GStrv) ids =
      is_model ? be_scenario_list_models (scenario) : be_scenario_list_gpus (scenario);

  for (guint i = 0; ids[i] != NULL; i++) {
    g_autofree char *path = be_path_join (is_model ? "models" : "gpus", ids[i], NULL);
    g_autofree char *name = be_scenario_get_entity_name (scenario, path);
    add_item (self, listed, ids[i], g_strdup_printf (_ ("%s (your own)"), name));
  }
}

static void
add_catalog (BeHardwareChooser *self, BeCatalog *catalog, GString *listed)
{
  gboolean is_model = self->kind == BE_HARDWARE_MODEL;
  size_t n = is_model ? be_catalog_get_n_models (catalog) : be_catalog_get_n_gpus (catalog);

  for (size_t i = 0; i < n; i++) {
    if (is_model) {
      const BeCatalogModel *model = be_catalog_get_model (catalog, i);
      add_item (self, listed, model->name,
                g_strdup_printf (model->unverified ? _ ("%s (unverified)") : "%s", model->name));
      continue;
    }
    const BeCatalogGpu *gpu = be_catalog_get_gpu (catalog, i);
    g_autofree char *memory = be_format_number (gpu->gpu.memory_gib, FALSE);
    add_item (self, listed, gpu->key,
              g_strdup_printf (gpu->unverified ? _ ("%s · %s GiB (unverified)") : _ ("%s · %s GiB"),
                               gpu->key, memory));
  }
}

void
be_hardware_chooser_show (BeHardwareChooser *self, BeScenario *scenario, const char *id)
{
  g_autoptr (GString) listed = g_string_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION;

  g_return_if_fail (BE_IS_HARDWARE_CHOOSER (self));

  self->is_showing = TRUE;
  g_ptr_array_set_size (self->ids, 0);
  add_own (self, scenario, listed);
  add_catalog (self, be_scenario_get_catalog (scenario), listed);
  if (g_strcmp0 (listed->str, self->listed) != 0) {
    g_auto (GStrv) lines = g_strsplit (listed->str, "\n", -1);
    g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
    for (guint i = 0; i < self->ids->len; i++)
      gtk_string_list_append (model, lines[i]);
    g_free (self->listed);
    self->listed = g_strdup (listed->str);
    gtk_drop_down_set_model (GTK_DROP_DOWN (self->drop_down), G_LIST_MODEL (model));
  }
  for (guint i = 0; i < self->ids->len && selected == GTK_INVALID_LIST_POSITION; i++)
    if (g_strcmp0 (g_ptr_array_index (self->ids, i), id) == 0)
      selected = i;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down), selected);
  self->is_showing = FALSE;
}
