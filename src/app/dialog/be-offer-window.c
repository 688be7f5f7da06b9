/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window with everything that is known of one offer, to read and to edit. */
#include "app/dialog/be-offer-window.h"

#include "app/be-accessible.h"
#include "be-config.h"
#include "report/be-report.h"
#include "widget/be-widget.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct {
  GtkWidget *window, *scroll; /* borrowed */
  BeScenario *scenario;       /* owned */
  char *key, *path;           /* owned; path is "offers/KEY" */
  GPtrArray *rows;            /* bound rows, borrowed from the content */
  char *structure;            /* the paths that the rows were made for */
  guint rebuild_id;
  BeRefusedFunc refused;
  gpointer user_data;
} Window;

/* Rows of one heading: those whose path below the offer begins so. */
static const struct {
  const char *prefix, *title;
} groups[] = {
  { "", N_ ("Rates per million tokens") },
  { "batch/", N_ ("Batch") },
  { "tiers/", N_ ("Long prompts") },
  { "windows/", N_ ("Hours of the day") },
  { "rateSets/", N_ ("Regions and service tiers") },
  { "fees/", N_ ("Fees") },
  { "discount", N_ ("Your contract") },
  { "commitment/", NULL },
  { "limits/", N_ ("Limits") },
  { "latency/", N_ ("Latency") },
  { "training/", N_ ("Fine-tuning") },
};

static void rebuild (Window *self);

static void
window_free (gpointer data)
{
  Window *self = data;

  g_signal_handlers_disconnect_by_data (self->scenario, self);
  g_clear_handle_id (&self->rebuild_id, g_source_remove);
  g_ptr_array_unref (self->rows);
  g_object_unref (self->scenario);
  g_free (self->key);
  g_free (self->path);
  g_free (self->structure);
  g_free (self);
}

static guint
group_of (const char *rest)
{
  for (guint i = 1; i < G_N_ELEMENTS (groups); i++)
    if (g_str_has_prefix (rest, groups[i].prefix))
      return i;
  return 0;
}

static gboolean
is_in_snapshot (const Window *self)
{
  return be_scenario_is_set (self->scenario, self->path);
}

/* The offer's inputs that are numbers, in the table's order. */
static GPtrArray *
list_paths (const Window *self)
{
  g_autoptr (GPtrArray) all = be_scenario_list_inputs (self->scenario, BE_GROUP_PRICES);
  g_autofree char *prefix = g_strconcat (self->path, "/", NULL);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < all->len; i++) {
    const char *path = all->pdata[i];
    if (g_str_has_prefix (path, prefix) && be_input_find (path)->type != BE_INPUT_TEXT)
      g_ptr_array_add (paths, g_strdup (path));
  }
  return paths;
}

static char *
describe_structure (const Window *self)
{
  g_autoptr (GPtrArray) paths = list_paths (self);
  GString *words = g_string_new (is_in_snapshot (self) ? "own\n" : "");

  for (guint i = 0; i < paths->len; i++)
    g_string_append_printf (words, "%s\n", (char *) paths->pdata[i]);
  return g_string_free (words, FALSE);
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static const char *
text_of (JsonNode *offer, const char *name)
{
  JsonNode *node = json_object_get_member (json_node_get_object (offer), name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* Who, since when, until when, from where, how old. */
static void
add_origin (GtkWidget *box, const Window *self, JsonNode *offer)
{
  const BeCatalogOffer *known =
      be_catalog_find_offer (be_scenario_get_catalog (self->scenario), self->key);
  const char *as_of = text_of (offer, "asOf"), *source = text_of (offer, "source");
  const char *from = text_of (offer, "from"), *to = text_of (offer, "to");
  g_autofree char *age = be_offer_age_note (offer);
  g_autoptr (GString) text = g_string_new (self->key);

  if (as_of != NULL)
    g_string_append_printf (text, _ (" · prices as of %s"), as_of);
  if (from != NULL)
    g_string_append_printf (text, _ (" · in force since %s"), from);
  if (to != NULL)
    g_string_append_printf (text, _ (" · until %s"), to);
  if (source != NULL)
    g_string_append_printf (text, _ (" · source: %s"), source);
  add_label (box, text->str, "dim-label");
  if (known != NULL && known->pricing_url != NULL)
    add_label (box, known->pricing_url, "caption");
  if (known != NULL && known->note != NULL)
    add_label (box, known->note, "caption");
  if (age != NULL) {
    g_autofree char *warning = g_strdup_printf (_ ("Mind the date: %s."), age);
    add_label (box, warning, "warning");
  }
}

static void
refused_cb (gpointer data, GError *error)
{
  Window *self = data;

  self->refused (self->user_data, error);
}

/* After the row's own handler, in the same gesture: what was edited is the user's own. */
static void
edited_cb (BeInputRow *row, double value, Window *self)
{
  be_scenario_own_offer (self->scenario, self->key, NULL);
}

/* "Input, prompts from 200,000 tokens": which tier, window or set a row belongs to. */
static char *
part_name (const Window *self, const char *rest)
{
  g_auto (GStrv) segments = g_strsplit (rest, "/", 3);

  if (segments[0] == NULL || segments[1] == NULL)
    return NULL;
  if (strcmp (segments[0], "tiers") == 0 || strcmp (segments[0], "windows") == 0)
    return g_strdup_printf ("%d", atoi (segments[1]) + 1);
  if (strcmp (segments[0], "rateSets") == 0)
    return be_path_unescape (segments[1]);
  return NULL;
}

static void
add_rows (GtkWidget *box, Window *self)
{
  g_autoptr (GPtrArray) paths = list_paths (self);
  gsize skip = strlen (self->path) + 1;

  for (guint g = 0; g < G_N_ELEMENTS (groups); g++) {
    g_autofree char *last = NULL;
    gboolean titled = groups[g].title == NULL;
    for (guint i = 0; i < paths->len; i++) {
      const char *path = paths->pdata[i];
      g_autofree char *part = NULL;
      GtkWidget *row;
      if (group_of (path + skip) != g)
        continue;
      if (!titled)
        gtk_widget_set_margin_top (add_label (box, _ (groups[g].title), "heading"), 12);
      titled = TRUE;
      part = part_name (self, path + skip);
      if (part != NULL && g_strcmp0 (part, last) != 0)
        add_label (box, part, "dim-label");
      g_free (last);
      last = g_steal_pointer (&part);
      row = be_bound_row_new (self->scenario, path, refused_cb, self);
      g_signal_connect (row, "value-changed", G_CALLBACK (edited_cb), self);
      g_ptr_array_add (self->rows, row);
      gtk_box_append (GTK_BOX (box), row);
    }
  }
}

/* An offer of the catalogue: its numbers, each with the label of its input. */
static void
add_numbers (GtkWidget *box, const Window *self, JsonNode *offer)
{
  g_autoptr (GPtrArray) numbers = be_offer_changes (NULL, offer);
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  for (guint i = 0; i < numbers->len; i++) {
    const BeRateChange *number = numbers->pdata[i];
    g_autofree char *path = g_strconcat (self->path, "/", number->path, NULL);
    g_autofree char *part = part_name (self, number->path);
    const BeInput *input = be_input_find (path);
    const char *title = input != NULL ? be_input_label (input) : number->path;
    guint group = group_of (number->path);
    g_autofree char *label =
        part == NULL ? g_strdup (title)
                     : g_strdup_printf ("%s %s: %s", _ (groups[group].title), part, title);
    g_autofree char *value =
        be_format_value (number->after, input != NULL ? input->unit : BE_UNIT_NONE, FALSE);
    GtkWidget *name = gtk_label_new (label), *figure = gtk_label_new (value);
    gtk_label_set_xalign (GTK_LABEL (name), 0);
    gtk_label_set_xalign (GTK_LABEL (figure), 1);
    gtk_label_set_wrap (GTK_LABEL (name), TRUE);
    gtk_widget_set_hexpand (name, TRUE);
    gtk_widget_add_css_class (figure, "numeric");
    gtk_grid_attach (GTK_GRID (grid), name, 0, (int) i, 1, 1);
    gtk_grid_attach (GTK_GRID (grid), figure, 1, (int) i, 1, 1);
  }
  gtk_box_append (GTK_BOX (box), grid);
}

static void
copy_cb (GtkButton *button, Window *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) offer = be_scenario_get_offer (self->scenario, self->key);
  const char *name = offer != NULL ? text_of (offer, "name") : NULL;
  g_autofree char *copy_name =
      g_strdup_printf (_ ("%s, negotiated"), name != NULL ? name : self->key);
  g_autofree char *key = be_scenario_add_offer (self->scenario, self->key, copy_name, &error);

  if (key == NULL) {
    self->refused (self->user_data, error);
    return;
  }
  g_free (self->key);
  g_free (self->path);
  self->key = g_strdup (key);
  self->path = be_path_join ("offers", key, NULL);
  rebuild (self);
}

static void
name_edited_cb (GtkEditable *entry, Window *self)
{
  g_autofree char *path = g_strconcat (self->path, "/name", NULL);
  g_autoptr (GError) error = NULL;

  if (!be_scenario_set_text (self->scenario, path, gtk_editable_get_text (entry), &error))
    self->refused (self->user_data, error);
}

static void
add_name (GtkWidget *box, Window *self, const char *name)
{
  GtkWidget *entry;

  if (!is_in_snapshot (self)) {
    add_label (box, name, "title-2");
    return;
  }
  entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  g_signal_connect (entry, "activate", G_CALLBACK (name_edited_cb), self);
  be_widget_name_deep (entry, _ ("Name of the offer"));
  gtk_box_append (GTK_BOX (box), entry);
}

static void
rebuild (Window *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autoptr (JsonNode) offer = be_scenario_get_offer (self->scenario, self->key);
  GtkWidget *copy = be_widget_button_new (_ ("Edit a _Copy"));

  g_free (self->structure);
  self->structure = describe_structure (self);
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  add_name (box, self, text_of (offer, "name") != NULL ? text_of (offer, "name") : self->key);
  add_origin (box, self, offer);
  gtk_widget_set_halign (copy, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (
      copy, _ ("A negotiated price, a discount or a commitment: an offer of your "
               "own that is shared inside the scenario"));
  g_signal_connect (copy, "clicked", G_CALLBACK (copy_cb), self);
  gtk_box_append (GTK_BOX (box), copy);
  if (is_in_snapshot (self))
    add_rows (box, self);
  else
    add_numbers (box, self, offer);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), box);
  be_accessible_hush (self->window);
}

static gboolean
rebuild_cb (gpointer data)
{
  Window *self = data;

  self->rebuild_id = 0;
  rebuild (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (BeScenario *scenario, Window *self)
{
  g_autoptr (JsonNode) offer = be_scenario_get_offer (scenario, self->key);
  g_autofree char *structure = NULL;

  if (offer == NULL) {
    gtk_window_close (GTK_WINDOW (self->window));
    return;
  }
  structure = describe_structure (self);
  if (g_strcmp0 (structure, self->structure) != 0) {
    if (self->rebuild_id == 0)
      self->rebuild_id = g_idle_add (rebuild_cb, self);
    return;
  }
  for (guint i = 0; i < self->rows->len; i++)
    be_bound_row_refresh (self->rows->pdata[i]);
}

GtkWidget *
be_offer_window_new (GtkWindow *parent, BeScenario *scenario, const char *key,
                     BeRefusedFunc refused, gpointer user_data)
{
  Window *self = g_new0 (Window, 1);

  self->scenario = g_object_ref (scenario);
  self->key = g_strdup (key);
  self->path = be_path_join ("offers", key, NULL);
  self->rows = g_ptr_array_new ();
  self->refused = refused;
  self->user_data = user_data;
  self->window = gtk_window_new ();
  self->scroll = gtk_scrolled_window_new ();
  gtk_window_set_title (GTK_WINDOW (self->window), _ ("Offer"));
  gtk_window_set_transient_for (GTK_WINDOW (self->window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self->window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 520, 640);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_window_set_child (GTK_WINDOW (self->window), self->scroll);
  be_widget_close_on_escape (self->window);
  g_object_set_data_full (G_OBJECT (self->window), "be-offer-window", self, window_free);
  rebuild (self);
  g_signal_connect (scenario, "changed", G_CALLBACK (changed_cb), self);
  return self->window;
}
