/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window with everything that is known of one offer, to read and to edit. */
#include "app/dialog/be-offer-window.h"

#include "app/be-accessible.h"
#include "app/offer/be-offer-sheet.h"
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
  g_autoptr (JsonNode) offer = be_scenario_get_offer (self->scenario, self->key);
  JsonNode *windows =
      offer != NULL ? json_object_get_member (json_node_get_object (offer), "windows") : NULL;

  for (guint i = 0; i < paths->len; i++)
    g_string_append_printf (words, "%s\n", (char *) paths->pdata[i]);
  if (windows != NULL) {
    g_autofree char *hours = json_to_string (windows, FALSE);
    g_string_append_printf (words, "%s\n", hours);
  }
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

/* ---- parts that come and go ---- */

static void
remove_part_cb (GtkButton *button, Window *self)
{
  const char *path = g_object_get_data (G_OBJECT (button), "path");
  g_autoptr (GError) error = NULL;

  if (!be_scenario_remove_offer_part (self->scenario, path, &error))
    self->refused (self->user_data, error);
}

static void
hours_cb (GtkEditable *entry, Window *self)
{
  const char *path = g_object_get_data (G_OBJECT (entry), "path");
  g_autofree char *before = be_scenario_get_window_hours (self->scenario, path);
  g_autoptr (GError) error = NULL;

  if (be_scenario_set_window_hours (self->scenario, path, gtk_editable_get_text (entry), &error))
    return;
  gtk_editable_set_text (entry, before);
  self->refused (self->user_data, error);
}

static void
add_hours (GtkWidget *box, Window *self, const char *path)
{
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *hours = be_scenario_get_window_hours (self->scenario, path);

  gtk_editable_set_text (GTK_EDITABLE (entry), hours);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "01:00-04:00, 06:00-10:00");
  gtk_widget_set_tooltip_text (entry, _ ("Hours of UTC, parted by commas; Enter takes them"));
  g_object_set_data_full (G_OBJECT (entry), "path", g_strdup (path), g_free);
  g_signal_connect (entry, "activate", G_CALLBACK (hours_cb), self);
  be_widget_name_deep (entry, _ ("Hours of UTC"));
  gtk_box_append (GTK_BOX (box), entry);
}

static void
add_part_head (GtkWidget *box, Window *self, JsonNode *offer, const char *part)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *title = be_offer_part_title (offer, part);
  g_autofree char *name = g_strdup_printf (_ ("Remove %s"), title);
  g_autofree char *path = g_strconcat (self->path, "/", part, NULL);

  gtk_box_append (GTK_BOX (box), row);
  gtk_widget_set_hexpand (add_label (row, title, "dim-label"), TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  g_object_set_data_full (G_OBJECT (button), "path", g_strdup (path), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_part_cb), self);
  be_widget_name_deep (button, name);
  gtk_box_append (GTK_BOX (row), button);
  if (g_str_has_prefix (part, "windows/"))
    add_hours (box, self, path);
}

static void
add_part_cb (GtkButton *button, Window *self)
{
  BeOfferPart part = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "part"));
  GtkEditable *entry = g_object_get_data (G_OBJECT (button), "entry");
  g_autoptr (GError) error = NULL;

  if (!be_scenario_add_offer_part (self->scenario, self->key, part,
                                   entry != NULL ? gtk_editable_get_text (entry) : NULL, &error))
    self->refused (self->user_data, error);
}

/* A rate set needs a name first. */
static void
add_part_button (GtkWidget *box, Window *self, BeOfferPart part, const char *label)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = be_widget_button_new (label), *entry = NULL;

  if (part == BE_OFFER_RATE_SET) {
    entry = gtk_entry_new ();
    gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("eu, priority, flex"));
    gtk_widget_set_hexpand (entry, TRUE);
    be_widget_name_deep (entry, _ ("Name of the rate set"));
    gtk_box_append (GTK_BOX (row), entry);
  }
  g_object_set_data (G_OBJECT (button), "part", GINT_TO_POINTER (part));
  g_object_set_data (G_OBJECT (button), "entry", entry);
  g_signal_connect (button, "clicked", G_CALLBACK (add_part_cb), self);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (box), row);
}

static void
add_part_buttons (GtkWidget *box, Window *self, const char *prefix)
{
  if (strcmp (prefix, "tiers/") == 0)
    add_part_button (box, self, BE_OFFER_TIER, _ ("Add a _Tier"));
  else if (strcmp (prefix, "windows/") == 0)
    add_part_button (box, self, BE_OFFER_WINDOW, _ ("Add _Hours"));
  else if (strcmp (prefix, "rateSets/") == 0)
    add_part_button (box, self, BE_OFFER_RATE_SET, _ ("Add a _Rate Set"));
}

static gboolean
can_grow (const char *prefix)
{
  return strcmp (prefix, "tiers/") == 0 || strcmp (prefix, "windows/") == 0
         || strcmp (prefix, "rateSets/") == 0;
}

static void
add_row (GtkWidget *box, Window *self, const char *path)
{
  GtkWidget *row = be_bound_row_new (self->scenario, path, refused_cb, self);

  g_signal_connect (row, "value-changed", G_CALLBACK (edited_cb), self);
  g_ptr_array_add (self->rows, row);
  gtk_box_append (GTK_BOX (box), row);
}

static void
add_group (GtkWidget *box, Window *self, JsonNode *offer, GPtrArray *paths, guint group)
{
  g_autofree char *last = NULL;
  gsize skip = strlen (self->path) + 1;
  const char *prefix = be_offer_group_prefix (group), *title = be_offer_group_title (group);
  gboolean titled = title == NULL;

  if (!titled && can_grow (prefix)) {
    gtk_widget_set_margin_top (add_label (box, title, "heading"), 12);
    titled = TRUE;
  }
  for (guint i = 0; i < paths->len; i++) {
    const char *path = paths->pdata[i];
    g_autofree char *part = be_offer_part_of (path + skip);

    if (be_offer_group_of (path + skip) != group)
      continue;
    if (!titled)
      gtk_widget_set_margin_top (add_label (box, title, "heading"), 12);
    titled = TRUE;
    if (part != NULL && g_strcmp0 (part, last) != 0)
      add_part_head (box, self, offer, part);
    g_free (last);
    last = g_steal_pointer (&part);
    add_row (box, self, path);
  }
  add_part_buttons (box, self, prefix);
}

static void
add_rows (GtkWidget *box, Window *self, JsonNode *offer)
{
  g_autoptr (GPtrArray) paths = list_paths (self);

  for (guint g = 0; be_offer_group_prefix (g) != NULL; g++)
    add_group (box, self, offer, paths, g);
}

static double
number_of (JsonNode *offer, const char *name)
{
  return json_object_get_double_member_with_default (json_node_get_object (offer), name, NAN);
}

static void
add_window_sizes (GtkWidget *box, JsonNode *offer)
{
  double longest = number_of (offer, "contextWindow"), answer = number_of (offer, "maxOutput");
  g_autofree char *prompt = be_format_value (longest, BE_UNIT_TOKENS, FALSE);
  g_autofree char *output = be_format_value (answer, BE_UNIT_TOKENS, FALSE);
  g_autofree char *text = NULL;

  if (isnan (longest) && isnan (answer))
    return;
  text = g_strdup_printf (_ ("Context window %s · longest answer %s"), prompt, output);
  add_label (box, text, "dim-label");
}

/* Prices that are announced already. */
static void
add_later (GtkWidget *box, const Window *self, JsonNode *offer)
{
  JsonNode *node = json_object_get_member (json_node_get_object (offer), "later");
  JsonArray *later =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; later != NULL && i < json_array_get_length (later); i++) {
    JsonNode *price = json_array_get_element (later, i);
    if (!JSON_NODE_HOLDS_OBJECT (price))
      continue;
    g_autofree char *title = g_strdup_printf (_ ("Announced from %s"), text_of (price, "from"));
    gtk_widget_set_margin_top (add_label (box, title, "title-4"), 12);
    gtk_box_append (GTK_BOX (box), be_offer_sheet_new (price, self->path));
  }
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
  add_window_sizes (box, offer);
  add_origin (box, self, offer);
  gtk_widget_set_halign (copy, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (
      copy, _ ("A negotiated price, a discount or a commitment: an offer of your "
               "own that is shared inside the scenario"));
  g_signal_connect (copy, "clicked", G_CALLBACK (copy_cb), self);
  gtk_box_append (GTK_BOX (box), copy);
  if (is_in_snapshot (self))
    add_rows (box, self, offer);
  else
    gtk_box_append (GTK_BOX (box), be_offer_sheet_new (offer, self->path));
  add_later (box, self, offer);
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
  be_accessible_add_bar (self->window);
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
