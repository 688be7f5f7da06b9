/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window with everything that is known of one offer, to read and to edit. */
#include "app/dialog/be-offer-window.h"

#include "app/be-accessible.h"
#include "app/dialog/be-message.h"
#include "app/dialog/be-offer-dialog.h"
#include "app/offer/be-offer-editor.h"
#include "app/offer/be-offer-sheet.h"
#include "be-config.h"
#include "report/be-report.h"
#include "widget/be-widget.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct {
  GtkWidget *window, *toasts; /* borrowed */
  GtkWidget *head, *body;     /* borrowed: what is told of the offer, and its numbers */
  BeScenario *scenario;       /* owned */
  char *key, *path;           /* owned; path is "offers/KEY" */
  gboolean is_edited;         /* the body is an editor, not a sheet */
  gboolean is_stale;          /* the document changed since the window was filled */
  guint refill_id;
} Window;

static void refill_soon (Window *self);

static void
window_free (gpointer data)
{
  Window *self = data;

  g_signal_handlers_disconnect_by_data (self->scenario, self);
  g_clear_handle_id (&self->refill_id, g_source_remove);
  g_object_unref (self->scenario);
  g_free (self->key);
  g_free (self->path);
  g_free (self);
}

static gboolean
is_in_snapshot (const Window *self)
{
  return be_scenario_is_set (self->scenario, self->path);
}

static gboolean
is_editable (const Window *self)
{
  return is_in_snapshot (self) && !be_scenario_is_read_only (self->scenario);
}

/* An edit that was refused is told here, where it was made. Which offer it was need not be said. */
static void
refused_cb (gpointer data, GError *error)
{
  Window *self = data;
  const char *end =
      g_str_has_prefix (error->message, self->path) ? strstr (error->message, ": ") : NULL;
  g_autofree char *text =
      g_markup_escape_text (end != NULL ? end + strlen (": ") : error->message, -1);

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), adw_toast_new (text));
}

/* ---- what is told of it ---- */

/* Who, since when, until when, from where, how old. */
static void
add_origin (GtkWidget *box, const Window *self, JsonNode *offer)
{
  const BeCatalogOffer *known =
      be_catalog_find_offer (be_scenario_get_catalog (self->scenario), self->key);
  const char *as_of = be_offer_text (offer, "asOf"), *source = be_offer_text (offer, "source");
  const char *from = be_offer_text (offer, "from"), *to = be_offer_text (offer, "to");
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
  be_widget_add_words (box, text->str, "dim-label");
  if (known != NULL && known->pricing_url != NULL)
    be_widget_add_words (box, known->pricing_url, "caption");
  if (known != NULL && known->note != NULL)
    be_widget_add_words (box, known->note, "caption");
  if (age != NULL) {
    g_autofree char *warning = g_strdup_printf (_ ("Mind the date: %s."), age);
    be_widget_add_words (box, warning, "warning");
  }
}

static void
add_window_sizes (GtkWidget *box, JsonNode *offer)
{
  double longest = be_offer_number (offer, "contextWindow");
  double answer = be_offer_number (offer, "maxOutput");
  g_autofree char *prompt = be_format_value (longest, BE_UNIT_TOKENS, FALSE);
  g_autofree char *output = be_format_value (answer, BE_UNIT_TOKENS, FALSE);
  g_autofree char *text = NULL;

  if (isnan (longest) && isnan (answer))
    return;
  text = g_strdup_printf (_ ("Context window %s · longest answer %s"), prompt, output);
  be_widget_add_words (box, text, "dim-label");
}

static gboolean
is_of_catalogue (const Window *self)
{
  return be_catalog_find_offer (be_scenario_get_catalog (self->scenario), self->key) != NULL;
}

/* Whose price it is, and what an edit does to that. */
static void
add_ownership (GtkWidget *box, const Window *self)
{
  const char *words;

  if (!is_in_snapshot (self))
    words = _ ("An offer of the catalogue that this scenario does not use. Put it on a route or "
               "edit a copy to change its prices.");
  else if (!be_scenario_is_own_offer (self->scenario, self->key))
    words = _ ("A price of the catalogue. An edit makes it your own in this scenario: it then no "
               "longer follows the catalogue.");
  else if (is_of_catalogue (self))
    words = _ ("Edited by you, and shared inside the scenario: it does not follow the catalogue.");
  else
    words = _ ("Your own offer, shared inside the scenario.");
  be_widget_add_words (box, words, NULL);
}

static void
add_users (GtkWidget *box, const Window *self)
{
  g_autofree char *users = be_scenario_describe_offer_users (self->scenario, self->key);
  g_autofree char *words = NULL;

  if (users == NULL)
    return;
  words = g_strdup_printf (_ ("Used by %s"), users);
  be_widget_add_words (box, words, "dim-label");
}

static void
take_name (GtkWidget *entry, Window *self)
{
  const char *path = g_object_get_data (G_OBJECT (entry), "path"); /* a copy has another */
  g_autofree char *before = be_scenario_get_text (self->scenario, path);
  const char *name = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (name, before) == 0 || !be_path_is_within (path, self->path)
      || !is_in_snapshot (self))
    return;
  be_scenario_begin_gesture (self->scenario, _ ("Rename"));
  if (*name == '\0' || !be_scenario_set_text (self->scenario, path, name, &error))
    gtk_editable_set_text (GTK_EDITABLE (entry), before != NULL ? before : "");
  else
    be_scenario_own_offer (self->scenario, self->key, &error);
  be_scenario_end_gesture (self->scenario);
  if (error != NULL)
    refused_cb (self, error);
}

static void
name_left_cb (GtkEventControllerFocus *controller, Window *self)
{
  take_name (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)), self);
}

static void
add_name (GtkWidget *box, Window *self, const char *name)
{
  GtkEventController *focus;
  GtkWidget *entry;

  if (!is_editable (self)) {
    be_widget_add_words (box, name, "title-2");
    return;
  }
  entry = gtk_entry_new ();
  focus = gtk_event_controller_focus_new ();
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  gtk_widget_add_css_class (entry, "be-name");
  gtk_widget_add_css_class (entry, "title-2");
  gtk_widget_set_tooltip_text (entry, _ ("Click to rename"));
  g_object_set_data_full (G_OBJECT (entry), "path", g_strconcat (self->path, "/name", NULL),
                          g_free);
  g_signal_connect (entry, "activate", G_CALLBACK (take_name), self);
  g_signal_connect (focus, "leave", G_CALLBACK (name_left_cb), self);
  gtk_widget_add_controller (entry, focus);
  be_widget_name_deep (entry, _ ("Name of the offer"));
  gtk_box_append (GTK_BOX (box), entry);
}

/* ---- what can be done with it ---- */

/* The copy is shown in the place of the original. */
static void
copy_cb (GtkButton *button, Window *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) offer = be_scenario_get_offer (self->scenario, self->key);
  const char *name = offer != NULL ? be_offer_text (offer, "name") : NULL;
  g_autofree char *copy_name =
      g_strdup_printf (_ ("%s, negotiated"), name != NULL ? name : self->key);
  g_autofree char *key = NULL;

  be_scenario_begin_gesture (self->scenario, _ ("Copy an Offer"));
  key = be_scenario_add_offer (self->scenario, self->key, copy_name, &error);
  be_scenario_end_gesture (self->scenario);
  if (key == NULL) {
    refused_cb (self, error);
    return;
  }
  g_free (self->key);
  g_free (self->path);
  self->key = g_strdup (key);
  self->path = be_path_join ("offers", key, NULL);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (self->body)), self->body);
  self->body = NULL;
  refill_soon (self);
}

static void
restore_cb (GtkButton *button, Window *self)
{
  g_autoptr (GError) error = NULL;

  be_scenario_begin_gesture (self->scenario, _ ("Back to the Catalogue"));
  be_scenario_restore_offer (self->scenario, self->key, &error);
  be_scenario_end_gesture (self->scenario);
  if (error != NULL)
    refused_cb (self, error);
}

static Window *
get_window (gpointer window)
{
  return g_object_get_data (G_OBJECT (window), "be-offer-window");
}

static void
remove_offer (Window *self, const char *instead)
{
  g_autoptr (GError) error = NULL;

  /* When it goes, so does this window. */
  if (!be_scenario_remove_offer (self->scenario, self->key, instead, &error))
    refused_cb (self, error);
}

static void
replacement_chosen_cb (const char *key, gpointer data)
{
  GtkWidget **window = data;

  if (*window != NULL)
    remove_offer (get_window (*window), key);
}

static void
clear_window (gpointer data)
{
  GtkWidget **window = data;

  g_clear_weak_pointer (window);
  g_free (window);
}

static void
answered_cb (const char *answer, gpointer window)
{
  Window *self = get_window (window);
  GtkWidget **held;

  if (strcmp (answer, "choose") != 0)
    return;
  held = g_new0 (GtkWidget *, 1);
  g_set_weak_pointer (held, GTK_WIDGET (window));
  gtk_window_present (GTK_WINDOW (be_offer_dialog_new (GTK_WINDOW (window), self->scenario, NULL,
                                                       replacement_chosen_cb, held, clear_window)));
}

/* What is in use does not go before something takes its place. */
static void
remove_cb (GtkButton *button, Window *self)
{
  const BeAnswer answers[] = {
    { "cancel", _ ("_Cancel"), BE_ANSWER_PLAIN },
    { "choose", _ ("C_hoose an Offer…"), BE_ANSWER_SUGGESTED },
  };
  g_autofree char *users = be_scenario_describe_offer_users (self->scenario, self->key);
  g_autofree char *name = be_scenario_get_entity_name (self->scenario, self->path);
  g_autofree char *heading = NULL, *body = NULL;

  if (users == NULL) {
    remove_offer (self, NULL);
    return;
  }
  heading = g_strdup_printf (_ ("Remove %s?"), name);
  body =
      g_strdup_printf (_ ("It is used by %s. Choose the offer that takes its place there."), users);
  be_message_ask (GTK_WINDOW (self->window), heading, body, answers, G_N_ELEMENTS (answers),
                  answered_cb, self->window);
}

static GtkWidget *
add_button (GtkWidget *box, const char *label, const char *tooltip, GCallback callback,
            Window *self)
{
  GtkWidget *button = be_widget_button_new (label);

  gtk_widget_set_tooltip_text (button, tooltip);
  g_signal_connect (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
add_buttons (GtkWidget *box, Window *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gboolean is_own = be_scenario_is_own_offer (self->scenario, self->key);

  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_sensitive (row, !be_scenario_is_read_only (self->scenario));
  gtk_box_append (GTK_BOX (box), row);
  add_button (row, _ ("Edit a _Copy"),
              _ ("A negotiated price, a discount or a commitment: an offer of your own that is "
                 "shared inside the scenario"),
              G_CALLBACK (copy_cb), self);
  if (is_own && is_of_catalogue (self))
    add_button (row, _ ("_Back to the Catalogue"),
                _ ("Takes back all that you changed of this offer"), G_CALLBACK (restore_cb), self);
  if (is_own && !is_of_catalogue (self))
    gtk_widget_add_css_class (add_button (row, _ ("_Remove…"),
                                          _ ("Takes this offer out of the scenario"),
                                          G_CALLBACK (remove_cb), self),
                              "destructive-action");
}

/* ---- the window ---- */

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
    g_autofree char *title =
        g_strdup_printf (_ ("Announced from %s"), be_offer_text (price, "from"));
    gtk_widget_set_margin_top (be_widget_add_words (box, title, "title-4"), 12);
    gtk_box_append (GTK_BOX (box), be_offer_sheet_new (price, self->path));
  }
}

static void
empty (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* The numbers: an editor where the document has the offer and can be changed, else a sheet to read.
 * The editor stays: it follows the document by itself. */
static void
fill_body (Window *self, JsonNode *offer)
{
  GtkWidget *parent = gtk_widget_get_parent (self->head);
  gboolean is_edited = is_editable (self);

  if (self->body != NULL && is_edited && self->is_edited)
    return;
  if (self->body != NULL)
    gtk_box_remove (GTK_BOX (parent), self->body);
  self->is_edited = is_edited;
  self->body = is_edited ? be_offer_editor_new (self->scenario, self->key, refused_cb, self)
                         : be_offer_sheet_new (offer, self->path);
  gtk_box_append (GTK_BOX (parent), self->body);
}

static void
fill (Window *self)
{
  g_autoptr (JsonNode) offer = be_scenario_get_offer (self->scenario, self->key);
  const char *name = offer != NULL ? be_offer_text (offer, "name") : NULL;
  GtkRoot *root = GTK_ROOT (self->window);
  GtkWidget *focus = gtk_root_get_focus (root);

  self->is_stale = FALSE;
  if (offer == NULL)
    return;
  if (focus != NULL && gtk_widget_is_ancestor (focus, self->head))
    gtk_root_set_focus (root, NULL);
  empty (self->head);
  gtk_window_set_title (GTK_WINDOW (self->window), name != NULL ? name : self->key);
  add_name (self->head, self, name != NULL ? name : self->key);
  add_origin (self->head, self, offer);
  add_window_sizes (self->head, offer);
  add_users (self->head, self);
  add_ownership (self->head, self);
  add_buttons (self->head, self);
  add_later (self->head, self, offer);
  fill_body (self, offer);
  be_accessible_hush (self->window);
}

static gboolean
refill_cb (gpointer data)
{
  Window *self = data;

  self->refill_id = 0;
  fill (self);
  return G_SOURCE_REMOVE;
}

/* A control that caused the change is still at work, so the head is made anew when it is done. */
static void
refill_soon (Window *self)
{
  if (self->refill_id == 0)
    self->refill_id = g_idle_add (refill_cb, self);
}

static void
changed_cb (BeScenario *scenario, Window *self)
{
  self->is_stale = TRUE;
}

/* After every change and at the end of a gesture, whose steps do not count; also after a save,
 * which changes nothing here. */
static void
saved_changed_cb (BeScenario *scenario, Window *self)
{
  g_autoptr (JsonNode) offer = NULL;

  if (!self->is_stale || be_scenario_is_in_gesture (scenario))
    return;
  offer = be_scenario_get_offer (scenario, self->key);
  if (offer == NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  else
    refill_soon (self);
}

static GtkWidget *
make_content (Window *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_box_append (GTK_BOX (box), self->head);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  return be_widget_scrolled_new (clamp);
}

GtkWidget *
be_offer_window_new (GtkWindow *parent, BeScenario *scenario, const char *key)
{
  Window *self = g_new0 (Window, 1);

  self->scenario = g_object_ref (scenario);
  self->key = g_strdup (key);
  self->path = be_path_join ("offers", key, NULL);
  self->window = gtk_window_new ();
  be_accessible_add_bar (self->window);
  gtk_window_set_transient_for (GTK_WINDOW (self->window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self->window), TRUE);
  be_widget_set_default_size (GTK_WINDOW (self->window), 520, 680);
  self->toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), make_content (self));
  gtk_window_set_child (GTK_WINDOW (self->window), self->toasts);
  be_widget_close_on_escape (self->window);
  g_object_set_data_full (G_OBJECT (self->window), "be-offer-window", self, window_free);
  fill (self);
  g_signal_connect (scenario, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (scenario, "saved-changed", G_CALLBACK (saved_changed_cb), self);
  return self->window;
}
