/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adds, renames, exchanges and removes workloads, routes and pools. */
#include "app/input/be-sidebar-structure.h"

#include "app/dialog/be-offer-dialog.h"
#include "app/dialog/be-provision-dialog.h"
#include "app/input/be-route-choice.h"
#include "be-config.h"
#include "report/be-report.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>

/* What one control edits; freed with the control, or with the dialog it opened. */
typedef struct {
  BeScenario *scenario; /* owned */
  BeRefusedFunc refused;
  gpointer sidebar;       /* weak: a dialog may outlive it */
  char *path;             /* "workloads/chat"; NULL to add one */
  char *workload, *offer; /* of a route; offer NULL to add one */
  BeGroup group;
} Edit;

static Edit *
edit_copy (const Edit *from, const char *path, const char *workload, const char *offer)
{
  Edit *edit = g_new0 (Edit, 1);

  *edit = *from;
  edit->scenario = g_object_ref (from->scenario);
  edit->sidebar = NULL;
  g_set_weak_pointer (&edit->sidebar, from->sidebar);
  edit->path = g_strdup (path);
  edit->workload = g_strdup (workload);
  edit->offer = g_strdup (offer);
  return edit;
}

static void
edit_free (Edit *edit)
{
  g_clear_weak_pointer (&edit->sidebar);
  g_object_unref (edit->scenario);
  g_free (edit->path);
  g_free (edit->workload);
  g_free (edit->offer);
  g_free (edit);
}

static void
edit_free_closure (gpointer edit, GClosure *closure)
{
  edit_free (edit);
}

static void
finish (const Edit *edit, GError *error)
{
  if (error != NULL && edit->sidebar != NULL)
    edit->refused (edit->sidebar, error);
}

static void
remove_cb (GtkButton *button, Edit *edit)
{
  g_autofree char *name = be_scenario_get_entity_name (edit->scenario, edit->path);
  g_autofree char *label = g_strdup_printf (_ ("Remove %s"), name);
  g_autoptr (GError) error = NULL;

  be_scenario_begin_gesture (edit->scenario, label);
  be_scenario_remove (edit->scenario, edit->path, &error);
  be_scenario_end_gesture (edit->scenario);
  finish (edit, error);
}

static void
rename_entry (GtkWidget *entry, Edit *edit)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = be_scenario_get_entity_name (edit->scenario, edit->path);
  const char *name = gtk_editable_get_text (GTK_EDITABLE (entry));

  if (g_strcmp0 (name, before) == 0)
    return;
  be_scenario_begin_gesture (edit->scenario, _ ("Rename"));
  if (*name == '\0' || !be_scenario_rename (edit->scenario, edit->path, name, &error))
    gtk_editable_set_text (GTK_EDITABLE (entry), before);
  be_scenario_end_gesture (edit->scenario);
  finish (edit, error);
}

static void
add_cb (GtkButton *button, Edit *edit)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  if (edit->group == BE_GROUP_TRAFFIC) {
    be_scenario_begin_gesture (edit->scenario, _ ("Add Workload"));
    id = be_scenario_add_workload (edit->scenario, _ ("New workload"), &error);
  } else {
    be_scenario_begin_gesture (edit->scenario, _ ("Add Pool"));
    id = be_scenario_add_pool (edit->scenario, _ ("New pool"), &error);
  }
  be_scenario_end_gesture (edit->scenario);
  finish (edit, error);
}

static void
offer_chosen_cb (const char *key, gpointer data)
{
  Edit *edit = data;
  g_autoptr (GError) error = NULL;

  be_scenario_begin_gesture (edit->scenario, _ ("Offer"));
  if (edit->offer == NULL)
    be_scenario_add_route (edit->scenario, edit->workload, key, &error);
  else if (g_strcmp0 (key, edit->offer) != 0)
    be_scenario_set_route_offer (edit->scenario, edit->workload, edit->offer, key, &error);
  be_scenario_end_gesture (edit->scenario);
  finish (edit, error);
}

static void
choose_offer_cb (GtkButton *button, Edit *edit)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (button));
  Edit *request = edit_copy (edit, NULL, edit->workload, edit->offer);

  gtk_window_present (GTK_WINDOW (
      be_offer_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, edit->scenario,
                           edit->workload, offer_chosen_cb, request, (GDestroyNotify) edit_free)));
}

static GtkWidget *
make_button (const char *label, const char *icon, const char *name, GCallback callback, Edit *edit)
{
  GtkWidget *button =
      icon != NULL ? gtk_button_new_from_icon_name (icon) : gtk_button_new_with_label (label);

  if (icon != NULL)
    gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  g_signal_connect_data (button, "clicked", callback, edit, edit_free_closure, 0);
  be_widget_name_deep (button, name);
  return button;
}

static GtkWidget *
make_remove_button (const Edit *base, const char *path, const char *name)
{
  g_autofree char *label = g_strdup_printf (_ ("Remove %s"), name);

  return make_button (NULL, "user-trash-symbolic", label, G_CALLBACK (remove_cb),
                      edit_copy (base, path, NULL, NULL));
}

static void
focus_left_cb (GtkEventControllerFocus *controller, Edit *edit)
{
  rename_entry (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)), edit);
}

/* A name that can be typed over where it stands, and a button that removes what bears it. It looks
 * like a heading until it has the focus. (GtkEditableLabel of 4.8 has a timer that outlives it.) */
static void
add_named (GtkWidget *box, const Edit *base, const char *path)
{
  g_autofree char *name = be_scenario_get_entity_name (base->scenario, path);
  g_autofree char *label = g_strdup_printf (_ ("Name of %s"), name);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  gtk_widget_add_css_class (entry, "be-name");
  gtk_widget_add_css_class (entry, "heading");
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_widget_set_tooltip_text (entry, _ ("Click to rename"));
  g_signal_connect_data (entry, "activate", G_CALLBACK (rename_entry),
                         edit_copy (base, path, NULL, NULL), edit_free_closure, 0);
  g_signal_connect_data (focus, "leave", G_CALLBACK (focus_left_cb),
                         edit_copy (base, path, NULL, NULL), edit_free_closure, 0);
  gtk_widget_add_controller (entry, focus);
  be_widget_name_deep (entry, label);
  gtk_box_append (GTK_BOX (row), entry);
  gtk_box_append (GTK_BOX (row), make_remove_button (base, path, name));
  gtk_box_append (GTK_BOX (box), row);
}

/* Names of the offer's rate sets: regions, priority, flex; NULL-terminated. */
static char **
list_rate_sets (BeScenario *scenario, const char *offer)
{
  g_autoptr (JsonNode) node = be_scenario_get_offer (scenario, offer);
  JsonNode *sets =
      node != NULL ? json_object_get_member (json_node_get_object (node), "rateSets") : NULL;
  GPtrArray *names = g_ptr_array_new ();
  JsonObjectIter iter;
  const char *name;

  if (sets != NULL && JSON_NODE_HOLDS_OBJECT (sets)) {
    json_object_iter_init_ordered (&iter, json_node_get_object (sets));
    while (json_object_iter_next_ordered (&iter, &name, NULL))
      g_ptr_array_add (names, g_strdup (name));
  }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

static void
rate_set_cb (GtkDropDown *drop_down, GParamSpec *pspec, Edit *edit)
{
  g_autoptr (GError) error = NULL;
  guint selected = gtk_drop_down_get_selected (drop_down);
  GtkStringObject *item = gtk_drop_down_get_selected_item (drop_down);
  g_autofree char *before = be_scenario_get_text (edit->scenario, edit->path);

  if (selected == 0 && before != NULL)
    be_scenario_reset (edit->scenario, edit->path, &error);
  else if (selected > 0 && item != NULL
           && g_strcmp0 (before, gtk_string_object_get_string (item)) != 0)
    be_scenario_set_text (edit->scenario, edit->path, gtk_string_object_get_string (item), &error);
  finish (edit, error);
}

/* Which of the offer's rates a route pays; nothing where the offer has one set. */
static void
add_rate_set (GtkWidget *row, const Edit *base, const char *route, const char *offer)
{
  g_auto (GStrv) sets = list_rate_sets (base->scenario, offer);
  g_autofree char *path = g_strconcat (route, "/rates", NULL);
  g_autofree char *value = be_scenario_get_text (base->scenario, path);
  GtkStringList *names;
  GtkWidget *drop_down;

  if (sets[0] == NULL)
    return;
  names = gtk_string_list_new ((const char *const[]){ _ ("Standard"), NULL });
  drop_down = gtk_drop_down_new (G_LIST_MODEL (names), NULL);
  for (guint i = 0; sets[i] != NULL; i++) {
    gtk_string_list_append (names, sets[i]);
    if (g_strcmp0 (sets[i], value) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), i + 1);
  }
  be_widget_name_deep (drop_down, _ ("Rates"));
  g_signal_connect_data (drop_down, "notify::selected", G_CALLBACK (rate_set_cb),
                         edit_copy (base, path, NULL, NULL), edit_free_closure, 0);
  gtk_box_append (GTK_BOX (row), drop_down);
}

/* A warning where it belongs. */
static void
add_note (GtkWidget *box, const char *note)
{
  GtkWidget *label = gtk_label_new (note);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "warning");
  gtk_box_append (GTK_BOX (box), label);
}

/* Old prices, and those that end, are told where the route stands. */
static void
add_age_note (GtkWidget *box, BeScenario *scenario, const char *offer)
{
  g_autofree char *note = be_offer_note (scenario, offer);

  if (note != NULL)
    add_note (box, note);
}

static void
add_route_row (GtkWidget *box, const Edit *base, const char *workload, const char *offer)
{
  g_autofree char *path = be_path_join ("workloads", workload, "routing", "routes", offer, NULL);
  g_autofree char *name = be_scenario_get_entity_name (base->scenario, path);
  g_autofree char *label = g_strdup_printf (_ ("Change offer %s"), name);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = make_button (name, NULL, label, G_CALLBACK (choose_offer_cb),
                                   edit_copy (base, NULL, workload, offer));

  gtk_widget_set_hexpand (button, TRUE);
  gtk_box_append (GTK_BOX (row), button);
  add_rate_set (row, base, path, offer);
  gtk_box_append (GTK_BOX (row), make_remove_button (base, path, name));
  gtk_box_append (GTK_BOX (box), row);
  add_age_note (box, base->scenario, offer);
}

/* ---- provisioned units ---- */

static void
provision_cb (GtkButton *button, Edit *edit)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (button));

  gtk_window_present (
      GTK_WINDOW (be_provision_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                           edit->scenario, edit->refused, edit->sidebar)));
}

static void
carries_cb (GtkDropDown *drop_down, GParamSpec *pspec, Edit *edit)
{
  GtkWidget *choice = gtk_widget_get_parent (GTK_WIDGET (drop_down));
  g_autofree char *workload = NULL;
  g_autofree char *offer = be_route_choice_get (choice, &workload);
  g_autoptr (GError) error = NULL;

  if (offer == NULL)
    return;
  be_scenario_begin_gesture (edit->scenario, _ ("Carries"));
  be_scenario_set_provisioned_route (edit->scenario, edit->path, workload, offer, &error);
  be_scenario_end_gesture (edit->scenario);
  finish (edit, error);
}

/* While it is not known what they carry, units carry nothing: the plan pays them on top. */
static gboolean
lacks_capacity (BeScenario *scenario, const char *id)
{
  g_autofree char *path = be_path_join ("provisioned", id, "tokensPerMinutePerUnit", NULL);

  return !(be_scenario_get_number (scenario, path) > 0);
}

/* What stands above the rows of provisioned units: name, and whose requests they carry. */
static void
add_units_owner (GtkWidget *box, const Edit *base, const char *path, const char *id)
{
  g_autofree char *workload = NULL;
  g_autofree char *offer = be_scenario_get_provisioned_route (base->scenario, id, &workload);
  GtkWidget *choice = be_route_choice_new (base->scenario, workload, offer);

  add_named (box, base, path);
  g_signal_connect_data (be_route_choice_get_drop_down (choice), "notify::selected",
                         G_CALLBACK (carries_cb), edit_copy (base, id, NULL, NULL),
                         edit_free_closure, 0);
  gtk_box_append (GTK_BOX (box), choice);
  if (lacks_capacity (base->scenario, id))
    add_note (box, _ ("What a unit carries is not known: enter its tokens per minute, or its cost "
                      "comes on top of every request."));
}

static gboolean
has_route (BeScenario *scenario)
{
  g_auto (GStrv) workloads = be_scenario_list_workloads (scenario);

  for (guint i = 0; workloads[i] != NULL; i++) {
    g_auto (GStrv) routes = be_scenario_list_routes (scenario, workloads[i]);
    if (routes[0] != NULL)
      return TRUE;
  }
  return FALSE;
}

/* Units carry the requests of a route: without one there is nothing for them. */
static void
add_provisioned (GtkWidget *box, const Edit *base)
{
  const char *label = _ ("Add Provisioned Units…");

  if (has_route (base->scenario))
    gtk_box_append (GTK_BOX (box), make_button (label, NULL, label, G_CALLBACK (provision_cb),
                                                edit_copy (base, NULL, NULL, NULL)));
}

static void
add_routes (GtkWidget *box, const Edit *base)
{
  g_auto (GStrv) workloads = be_scenario_list_workloads (base->scenario);

  for (int i = 0; workloads[i] != NULL; i++) {
    g_autofree char *path = be_path_join ("workloads", workloads[i], NULL);
    g_autofree char *name = be_scenario_get_entity_name (base->scenario, path);
    g_autofree char *label = g_strdup_printf (_ ("Add Offer to %s…"), name);
    gtk_box_append (GTK_BOX (box), make_button (label, NULL, label, G_CALLBACK (choose_offer_cb),
                                                edit_copy (base, NULL, workloads[i], NULL)));
  }
}

/* ---- the model and the GPU of a pool ---- */

static GtkStringList *
list_keys (BeScenario *scenario, gboolean gpus)
{
  BeCatalog *catalog = be_scenario_get_catalog (scenario);
  GtkStringList *list = gtk_string_list_new (NULL);
  size_t n = gpus ? be_catalog_get_n_gpus (catalog) : be_catalog_get_n_models (catalog);

  for (size_t i = 0; i < n; i++)
    gtk_string_list_append (list, gpus ? be_catalog_get_gpu (catalog, i)->key
                                       : be_catalog_get_model (catalog, i)->name);
  return list;
}

static void
selected_cb (GtkDropDown *drop_down, GParamSpec *pspec, Edit *edit)
{
  g_autoptr (GError) error = NULL;
  GtkStringObject *item = gtk_drop_down_get_selected_item (drop_down);
  g_autofree char *before = be_scenario_get_text (edit->scenario, edit->path);

  if (item == NULL || g_strcmp0 (before, gtk_string_object_get_string (item)) == 0)
    return;
  be_scenario_set_text (edit->scenario, edit->path, gtk_string_object_get_string (item), &error);
  finish (edit, error);
}

static void
add_choice (GtkWidget *box, const Edit *base, const char *pool, const char *member,
            const char *title)
{
  g_autofree char *path = be_path_join ("pools", pool, member, NULL);
  g_autofree char *value = be_scenario_get_text (base->scenario, path);
  GtkStringList *keys = list_keys (base->scenario, g_str_equal (member, "gpu"));
  guint selected = GTK_INVALID_LIST_POSITION;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (keys));

  for (guint i = 0; i < n && selected == GTK_INVALID_LIST_POSITION; i++)
    if (g_strcmp0 (gtk_string_list_get_string (keys, i), value) == 0)
      selected = i;
  if (selected == GTK_INVALID_LIST_POSITION && value != NULL) {
    gtk_string_list_append (keys, value); /* one of the user's own */
    selected = n;
  }
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *drop_down = gtk_drop_down_new (
      G_LIST_MODEL (keys), gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (drop_down), TRUE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  be_widget_name_deep (drop_down, title);
  g_signal_connect_data (drop_down, "notify::selected", G_CALLBACK (selected_cb),
                         edit_copy (base, path, NULL, NULL), edit_free_closure, 0);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), drop_down);
  gtk_box_append (GTK_BOX (box), row);
}

static void
add_adder (GtkWidget *box, const Edit *base, const char *label)
{
  gtk_box_append (GTK_BOX (box), make_button (label, NULL, label, G_CALLBACK (add_cb),
                                              edit_copy (base, NULL, NULL, NULL)));
}

gboolean
be_sidebar_add_owner (GtkWidget *box, BeScenario *scenario, BeGroup group, const char *owner,
                      BeRefusedFunc refused, gpointer sidebar)
{
  const Edit base = {
    .scenario = scenario, .refused = refused, .sidebar = sidebar, .group = group
  };
  g_auto (GStrv) parts = g_strsplit (owner, "/", -1);
  guint n = g_strv_length (parts);

  for (guint i = 0; i < n; i++) {
    char *id = be_path_unescape (parts[i]);
    g_free (parts[i]);
    parts[i] = id;
  }
  if (group == BE_GROUP_ROUTING && n == 5) {
    add_route_row (box, &base, parts[1], parts[4]);
    return TRUE;
  }
  if (group == BE_GROUP_ROUTING && n == 2 && g_str_equal (parts[0], "provisioned")) {
    add_units_owner (box, &base, owner, parts[1]);
    return TRUE;
  }
  if (n != 2 || !g_str_equal (parts[0], group == BE_GROUP_TRAFFIC ? "workloads" : "pools")
      || (group != BE_GROUP_TRAFFIC && group != BE_GROUP_SELF_HOSTING))
    return FALSE;
  add_named (box, &base, owner);
  if (group == BE_GROUP_SELF_HOSTING) {
    add_choice (box, &base, parts[1], "model", _ ("Model"));
    add_choice (box, &base, parts[1], "gpu", _ ("GPU"));
  }
  return TRUE;
}

void
be_sidebar_add_structure (GtkWidget *box, BeScenario *scenario, BeGroup group,
                          BeRefusedFunc refused, gpointer sidebar)
{
  const Edit base = {
    .scenario = scenario, .refused = refused, .sidebar = sidebar, .group = group
  };

  if (group == BE_GROUP_TRAFFIC)
    add_adder (box, &base, _ ("Add Workload"));
  else if (group == BE_GROUP_ROUTING) {
    add_routes (box, &base);
    add_provisioned (box, &base);
  } else if (group == BE_GROUP_SELF_HOSTING)
    add_adder (box, &base, _ ("Add Pool"));
}

static void
append_names (GString *words, BeScenario *scenario, const char *array, char **ids)
{
  for (int i = 0; ids[i] != NULL; i++) {
    g_autofree char *path = be_path_join (array, ids[i], NULL);
    g_autofree char *name = be_scenario_get_entity_name (scenario, path);
    g_autofree char *model_path = be_path_join (array, ids[i], "model", NULL);
    g_autofree char *gpu_path = be_path_join (array, ids[i], "gpu", NULL);
    gboolean pool = g_str_equal (array, "pools");
    g_autofree char *model = pool ? be_scenario_get_text (scenario, model_path) : NULL;
    g_autofree char *gpu = pool ? be_scenario_get_text (scenario, gpu_path) : NULL;
    g_string_append_printf (words, "%s=%s %s %s\n", path, name, model != NULL ? model : "",
                            gpu != NULL ? gpu : "");
  }
}

static void
append_rate_sets (GString *words, BeScenario *scenario, char **workloads)
{
  for (int w = 0; workloads[w] != NULL; w++) {
    g_auto (GStrv) routes = be_scenario_list_routes (scenario, workloads[w]);
    for (int r = 0; routes[r] != NULL; r++) {
      g_autofree char *path =
          be_path_join ("workloads", workloads[w], "routing", "routes", routes[r], "rates", NULL);
      g_autofree char *rates = be_scenario_get_text (scenario, path);
      g_autofree char *note = be_offer_note (scenario, routes[r]);
      if (rates != NULL || note != NULL)
        g_string_append_printf (words, "%s=%s %s\n", path, rates != NULL ? rates : "",
                                note != NULL ? note : "");
    }
  }
}

static void
append_units (GString *words, BeScenario *scenario, char **ids)
{
  append_names (words, scenario, "provisioned", ids);
  for (int i = 0; ids[i] != NULL; i++) {
    g_autofree char *workload = NULL;
    g_autofree char *offer = be_scenario_get_provisioned_route (scenario, ids[i], &workload);
    g_string_append_printf (words, "%s %s %d\n", workload != NULL ? workload : "",
                            offer != NULL ? offer : "", lacks_capacity (scenario, ids[i]));
  }
}

char *
be_sidebar_describe_structure (BeScenario *scenario)
{
  GString *words = g_string_new (NULL);
  g_auto (GStrv) workloads = be_scenario_list_workloads (scenario);
  g_auto (GStrv) pools = be_scenario_list_pools (scenario);
  g_auto (GStrv) provisioned = be_scenario_list_provisioned (scenario);

  append_names (words, scenario, "workloads", workloads);
  g_string_append_printf (words, "%d\n", has_route (scenario));
  append_rate_sets (words, scenario, workloads);
  append_names (words, scenario, "pools", pools);
  append_units (words, scenario, provisioned);
  return g_string_free (words, FALSE);
}
