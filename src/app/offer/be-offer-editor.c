/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything of an offer that can be edited, in groups. */
#include "app/offer/be-offer-editor.h"

#include "app/be-accessible.h"
#include "app/offer/be-offer-hours.h"
#include "app/offer/be-offer-sheet.h"
#include "be-config.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  GtkWidget *box;       /* borrowed: the editor itself */
  BeScenario *scenario; /* owned */
  char *key, *path;     /* owned; path is "offers/KEY" */
  GPtrArray *rows;      /* bound rows, borrowed from the content */
  GPtrArray *hours;     /* of the windows, borrowed from the content */
  GPtrArray *titles;    /* of the parts, borrowed from the content, each with its "part" */
  JsonNode *offers;     /* owned: the document's, as the rows show them; NULL */
  char *structure;      /* the paths that the content was made for */
  GHashTable *open;     /* keys of folds that are open: kept when the content is made anew */
  guint rebuild_id;
  gboolean is_changed; /* the document, since the gesture of a row began */
  BeRefusedFunc refused;
  gpointer user_data;
} Editor;

static gboolean rebuild_cb (gpointer data);

static void
editor_free (gpointer data)
{
  Editor *self = data;

  g_signal_handlers_disconnect_by_data (self->scenario, self);
  g_clear_handle_id (&self->rebuild_id, g_source_remove);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->hours);
  g_ptr_array_unref (self->titles);
  g_hash_table_unref (self->open);
  g_object_unref (self->scenario);
  g_clear_pointer (&self->offers, json_node_unref);
  g_free (self->key);
  g_free (self->path);
  g_free (self->structure);
  g_free (self);
}

/* A tier has one of two thresholds: the other is not there to be filled in. */
static gboolean
is_absent_threshold (Editor *self, const char *path)
{
  return strstr (path, "/tiers/") != NULL
         && (g_str_has_suffix (path, "/above") || g_str_has_suffix (path, "/atLeast"))
         && !be_scenario_is_set (self->scenario, path);
}

/* The offer's inputs that are numbers, in the table's order. */
static GPtrArray *
list_paths (Editor *self)
{
  g_autoptr (GPtrArray) all = be_scenario_list_inputs (self->scenario, BE_GROUP_PRICES);
  g_autofree char *prefix = g_strconcat (self->path, "/", NULL);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < all->len; i++) {
    const char *path = all->pdata[i];
    if (g_str_has_prefix (path, prefix) && be_input_find (path)->type != BE_INPUT_TEXT
        && !is_absent_threshold (self, path))
      g_ptr_array_add (paths, g_strdup (path));
  }
  return paths;
}

static char *
describe_structure (GPtrArray *paths)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < paths->len; i++)
    g_string_append_printf (words, "%s\n", (char *) paths->pdata[i]);
  return g_string_free (words, FALSE);
}

static void
refused_cb (gpointer data, GError *error)
{
  Editor *self = data;

  self->refused (self->user_data, error);
}

static void
begin_cb (BeInputRow *row, Editor *self)
{
  self->is_changed = FALSE;
}

/* After the row's own handler, in the same gesture: what was edited is the user's own, unless the
 * edit was refused or changed nothing. */
static void
own_edited (Editor *self)
{
  if (self->is_changed)
    be_scenario_own_offer (self->scenario, self->key, NULL);
}

static void
rebuild_soon (Editor *self)
{
  if (self->rebuild_id == 0)
    self->rebuild_id = g_idle_add (rebuild_cb, self);
}

static void
add_row (Editor *self, GtkWidget *box, const char *path, const char *context)
{
  GtkWidget *row = be_bound_row_new_named (self->scenario, path, context, refused_cb, self);

  be_input_row_set_plain (BE_INPUT_ROW (row));
  g_signal_connect (row, "gesture-begin", G_CALLBACK (begin_cb), self);
  g_signal_connect_swapped (row, "value-changed", G_CALLBACK (own_edited), self);
  g_signal_connect_swapped (row, "reset", G_CALLBACK (own_edited), self);
  g_ptr_array_add (self->rows, row);
  gtk_box_append (GTK_BOX (box), row);
}

/* ---- batch rates, which most offers have few of ---- */

static void
fold_cb (GtkExpander *fold, GParamSpec *pspec, Editor *self)
{
  const char *key = g_object_get_data (G_OBJECT (fold), "key");

  if (gtk_expander_get_expanded (fold))
    g_hash_table_add (self->open, g_strdup (key));
  else
    g_hash_table_remove (self->open, key);
}

static GtkWidget *
add_fold (Editor *self, GtkWidget *box, const char *part, const char *context)
{
  GtkWidget *fold = gtk_expander_new (_ ("Batch"));
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *name = g_strdup_printf ("%s, %s", _ ("Batch"), context);

  g_object_set_data_full (G_OBJECT (fold), "key", g_strdup (part), g_free);
  gtk_expander_set_expanded (GTK_EXPANDER (fold), g_hash_table_contains (self->open, part));
  g_signal_connect (fold, "notify::expanded", G_CALLBACK (fold_cb), self);
  be_accessible_fold (GTK_EXPANDER (fold), inner);
  be_widget_name_deep (fold, name);
  gtk_box_append (GTK_BOX (box), fold);
  return inner;
}

/* ---- parts that come and go ---- */

static void
remove_part_cb (GtkButton *button, Editor *self)
{
  const char *path = g_object_get_data (G_OBJECT (button), "path");
  g_autoptr (GError) error = NULL;

  if (!be_scenario_remove_offer_part (self->scenario, path, &error))
    self->refused (self->user_data, error);
}

static void
threshold_cb (GtkDropDown *choice, GParamSpec *pspec, Editor *self)
{
  const char *path = g_object_get_data (G_OBJECT (choice), "path");
  gboolean at_least = gtk_drop_down_get_selected (choice) == 1;
  gboolean before = be_scenario_get_tier_at_least (self->scenario, path);
  g_autofree char *number = g_strconcat (path, before ? "/atLeast" : "/above", NULL);
  g_autoptr (GError) error = NULL;

  if (at_least != before
      && !be_scenario_set_tier_threshold (self->scenario, path, at_least,
                                          be_scenario_get_number (self->scenario, number),
                                          &error)) {
    self->refused (self->user_data, error);
    rebuild_soon (self); /* the choice shows again what holds */
  }
}

/* A tier begins above its threshold, or at it: vendors differ. */
static void
add_threshold (Editor *self, GtkWidget *box, const char *path, const char *context)
{
  const char *const kinds[] = { _ ("above a length"), _ ("from a length on"), NULL };
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_ ("Prompts pay these prices"));
  GtkWidget *choice = gtk_drop_down_new_from_strings (kinds);
  g_autofree char *name = g_strdup_printf ("%s, %s", _ ("Threshold"), context);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice),
                              be_scenario_get_tier_at_least (self->scenario, path) ? 1 : 0);
  g_object_set_data_full (G_OBJECT (choice), "path", g_strdup (path), g_free);
  g_signal_connect (choice, "notify::selected", G_CALLBACK (threshold_cb), self);
  be_accessible_name_drop_down (GTK_DROP_DOWN (choice), name);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), choice);
  gtk_box_append (GTK_BOX (box), row);
}

/* What holds while a part's numbers change: "Tier 1", "Window 2", the name of a rate set. */
static char *
name_part (const char *part)
{
  const char *index = strchr (part, '/') + 1;

  if (g_str_has_prefix (part, "tiers/"))
    /* Translators: the number of a tier of long prompts. */
    return g_strdup_printf (_ ("Tier %d"), atoi (index) + 1);
  if (g_str_has_prefix (part, "windows/"))
    /* Translators: the number of a window of hours. */
    return g_strdup_printf (_ ("Window %d"), atoi (index) + 1);
  return be_path_unescape (index);
}

static void
show_title (GtkWidget *label, JsonNode *offer)
{
  g_autofree char *title =
      be_offer_part_title (offer, g_object_get_data (G_OBJECT (label), "part"));

  gtk_label_set_text (GTK_LABEL (label), title);
}

static void
add_title (Editor *self, GtkWidget *row, JsonNode *offer, const char *part)
{
  GtkWidget *label = be_widget_add_words (row, "", "caption-heading");

  gtk_widget_set_hexpand (label, TRUE);
  g_object_set_data_full (G_OBJECT (label), "part", g_strdup (part), g_free);
  g_ptr_array_add (self->titles, label);
  show_title (label, offer);
}

static void
add_part_head (Editor *self, GtkWidget *box, JsonNode *offer, const char *part)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *title = name_part (part);
  g_autofree char *name = g_strdup_printf (_ ("Remove %s"), title);
  g_autofree char *path = g_strconcat (self->path, "/", part, NULL);

  gtk_box_append (GTK_BOX (box), row);
  add_title (self, row, offer, part);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, name);
  g_object_set_data_full (G_OBJECT (button), "path", g_strdup (path), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_part_cb), self);
  be_widget_name_deep (button, name);
  gtk_box_append (GTK_BOX (row), button);
  if (g_str_has_prefix (part, "tiers/"))
    add_threshold (self, box, path, title);
  if (g_str_has_prefix (part, "windows/")) {
    GtkWidget *hours = be_offer_hours_new (self->scenario, path, refused_cb, self);
    g_ptr_array_add (self->hours, hours);
    gtk_widget_set_margin_bottom (hours, 6);
    gtk_box_append (GTK_BOX (box), hours);
  }
}

static void
add_part_cb (GtkButton *button, Editor *self)
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
add_part_button (Editor *self, GtkWidget *box, BeOfferPart part, const char *label)
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

/* ---- groups ---- */

/* Groups whose parts the user adds, with what a new part is for. */
static const struct {
  const char *prefix;
  BeOfferPart part;
  const char *label, *hint;
} growing[] = {
  { "tiers/", BE_OFFER_TIER, N_ ("Add a _Tier"),
    N_ ("Prompts that pass a length pay other prices for the whole request.") },
  { "windows/", BE_OFFER_WINDOW, N_ ("Add a _Window"),
    N_ ("Hours of the day with prices of their own, like the cheap night of DeepSeek.") },
  { "rateSets/", BE_OFFER_RATE_SET, N_ ("Add a _Rate Set"),
    N_ ("A region's uplift, priority or flex: each route chooses which it pays.") },
};

static int
find_growing (const char *prefix)
{
  for (guint i = 0; i < G_N_ELEMENTS (growing); i++)
    if (strcmp (growing[i].prefix, prefix) == 0)
      return (int) i;
  return -1;
}

/* The rows of one group, a card for each of its parts. A batch rate stands in its part's fold. */
static void
add_rows (Editor *self, GtkWidget *box, JsonNode *offer, GPtrArray *paths, guint group)
{
  g_autofree char *last = NULL, *title = NULL;
  gsize skip = strlen (self->path) + 1;
  GtkWidget *card = NULL, *fold = NULL;

  for (guint i = 0; i < paths->len; i++) {
    const char *path = paths->pdata[i], *rest = path + skip;
    g_autofree char *part = be_offer_part_of (rest);

    if (be_offer_group_of (rest) != group)
      continue;
    if (card == NULL || g_strcmp0 (part, last) != 0) {
      card = be_widget_add_card (box, 2);
      fold = NULL;
      g_free (title);
      title = part != NULL ? name_part (part) : NULL;
      if (part != NULL)
        add_part_head (self, card, offer, part);
    }
    gboolean is_folded = part != NULL && strstr (rest, "/batch/") != NULL;
    if (is_folded && fold == NULL)
      fold = add_fold (self, card, part, title);
    g_free (last);
    last = g_steal_pointer (&part);
    add_row (self, is_folded ? fold : card, path, title);
  }
}

static gboolean
has_rows (Editor *self, GPtrArray *paths, guint group)
{
  gsize skip = strlen (self->path) + 1;

  for (guint i = 0; i < paths->len; i++)
    if (be_offer_group_of ((const char *) paths->pdata[i] + skip) == group)
      return TRUE;
  return FALSE;
}

static void
add_group (Editor *self, JsonNode *offer, GPtrArray *paths, guint group)
{
  const char *title = be_offer_group_title (group);
  int grows = find_growing (be_offer_group_prefix (group));
  gboolean is_filled = has_rows (self, paths, group);

  if (grows >= 0 || is_filled)
    gtk_widget_set_margin_top (be_widget_add_words (self->box, title, "heading"), 12);
  add_rows (self, self->box, offer, paths, group);
  if (grows < 0)
    return;
  if (!is_filled)
    be_widget_add_words (self->box, _ (growing[grows].hint), "dim-label");
  add_part_button (self, self->box, growing[grows].part, _ (growing[grows].label));
}

static void
rebuild (Editor *self)
{
  g_autoptr (JsonNode) offer = be_scenario_get_offer (self->scenario, self->key);
  g_autoptr (GPtrArray) paths = list_paths (self);
  GtkRoot *root = gtk_widget_get_root (self->box);
  GtkWidget *child;

  g_free (self->structure);
  self->structure = describe_structure (paths);
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->hours, 0);
  g_ptr_array_set_size (self->titles, 0);
  if (root != NULL && gtk_root_get_focus (root) != NULL
      && gtk_widget_is_ancestor (gtk_root_get_focus (root), self->box))
    gtk_root_set_focus (root, NULL); /* what is being typed is taken before its entry goes */
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  for (guint g = 0; be_offer_group_prefix (g) != NULL; g++)
    add_group (self, offer, paths, g);
  be_accessible_hush (self->box);
}

static gboolean
rebuild_cb (gpointer data)
{
  Editor *self = data;

  self->rebuild_id = 0;
  if (be_scenario_is_set (self->scenario, self->path))
    rebuild (self);
  return G_SOURCE_REMOVE;
}

/* Whether the document's offers are others than the last time: an edit of anything else leaves them
 * the very same node. */
static gboolean
take_offers (Editor *self)
{
  JsonObject *root = json_node_get_object (be_scenario_get_root (self->scenario));
  JsonNode *offers = json_object_get_member (root, "offers");

  if (offers == self->offers)
    return FALSE;
  g_clear_pointer (&self->offers, json_node_unref);
  self->offers = offers != NULL ? json_node_ref (offers) : NULL;
  return TRUE;
}

/* A row that caused the change is still at work, so new rows are made when it is done. */
static void
changed_cb (BeScenario *scenario, Editor *self)
{
  g_autoptr (GPtrArray) paths = NULL;
  g_autofree char *structure = NULL;

  if (!take_offers (self))
    return;
  self->is_changed = TRUE;
  if (!be_scenario_is_set (scenario, self->path))
    return;
  paths = list_paths (self);
  structure = describe_structure (paths);
  if (g_strcmp0 (structure, self->structure) != 0) {
    rebuild_soon (self);
    return;
  }
  for (guint i = 0; i < self->rows->len; i++)
    be_bound_row_refresh (self->rows->pdata[i]);
  g_autoptr (JsonNode) offer = be_scenario_get_offer (scenario, self->key);
  for (guint i = 0; i < self->titles->len; i++)
    show_title (self->titles->pdata[i], offer);
  for (guint i = 0; i < self->hours->len; i++)
    be_offer_hours_refresh (self->hours->pdata[i]);
}

GtkWidget *
be_offer_editor_new (BeScenario *scenario, const char *key, BeRefusedFunc refused,
                     gpointer user_data)
{
  Editor *self = g_new0 (Editor, 1);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->scenario = g_object_ref (scenario);
  self->key = g_strdup (key);
  self->path = be_path_join ("offers", key, NULL);
  self->rows = g_ptr_array_new ();
  self->hours = g_ptr_array_new ();
  self->titles = g_ptr_array_new ();
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->refused = refused;
  self->user_data = user_data;
  g_object_set_data_full (G_OBJECT (self->box), "be-offer-editor", self, editor_free);
  take_offers (self);
  rebuild (self);
  g_signal_connect (scenario, "changed", G_CALLBACK (changed_cb), self);
  return self->box;
}
