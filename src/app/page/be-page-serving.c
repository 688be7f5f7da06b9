/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Serving page: views of one pool behind a switcher, or what to do where there is none. */
#include "app/page/be-page-serving.h"

#include "app/be-accessible.h"
#include "app/page/be-page.h"
#include "app/page/be-empty-page.h"
#include "app/serving/be-compare-view.h"
#include "app/serving/be-fleet-view.h"
#include "app/serving/be-hybrid-view.h"
#include "app/serving/be-precision-view.h"
#include "app/serving/be-profile-view.h"
#include "app/serving/be-replica-view.h"
#include "be-config.h"

#include <glib/gi18n-lib.h>

enum { REPLICA, COMPARE, PRECISION, WEEK, FLEET, HYBRID, N_VIEWS };

static const struct {
  const char *id, *title;
  GtkWidget *(*make) (void);
} views[N_VIEWS] = {
  [REPLICA] = { "replica", N_ ("Replica"), be_replica_view_new },
  [COMPARE] = { "gpus", N_ ("GPUs"), be_compare_view_new },
  [PRECISION] = { "precision", N_ ("Precision"), be_precision_view_new },
  [WEEK] = { "week", N_ ("Week"), be_profile_view_new },
  [FLEET] = { "fleet", N_ ("Fleet"), be_fleet_view_new },
  [HYBRID] = { "hybrid", N_ ("Hybrid"), be_hybrid_view_new },
};

struct _BePageServing {
  GtkWidget parent_instance;

  /* children */
  GtkWidget *whole; /* stack: the views or the empty state */
  GtkWidget *box, *empty, *switcher, *chooser, *stack;
  GtkWidget *views[N_VIEWS];

  /* borrowed */
  BeUpdate *update; /* weak */

  /* owned */
  char *pools; /* names that the chooser shows */
  gboolean is_selecting;
};

static void be_page_serving_iface_init (BePageInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (BePageServing, be_page_serving, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (BE_TYPE_PAGE, be_page_serving_iface_init))

static guint message_signal;

static int
get_pool (BePageServing *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser));

  return selected == GTK_INVALID_LIST_POSITION ? 0 : (int) selected;
}

static BeServingView *
get_view (BePageServing *self)
{
  return BE_SERVING_VIEW (gtk_stack_get_visible_child (GTK_STACK (self->stack)));
}

/* FALSE: there is no pool. */
static gboolean
fill_chooser (BePageServing *self, BeScenario *scenario)
{
  g_auto (GStrv) pools = be_scenario_list_pools (scenario);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  int selected = get_pool (self);
  int n = 0;

  for (; pools[n] != NULL; n++) {
    g_autofree char *path = be_path_join ("pools", pools[n], NULL);
    g_autofree char *name = be_scenario_get_entity_name (scenario, path);
    g_string_append_printf (names, "%s\n", name);
    gtk_string_list_append (model, name);
  }
  if (g_strcmp0 (names->str, self->pools) == 0)
    return n > 0;
  g_free (self->pools);
  self->pools = g_strdup (names->str);
  self->is_selecting = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->chooser), G_LIST_MODEL (model));
  if (selected < n)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), (guint) selected);
  self->is_selecting = FALSE;
  gtk_widget_set_visible (self->chooser, n > 1);
  be_accessible_name_drop_down (GTK_DROP_DOWN (self->chooser), _ ("Pool"));
  be_accessible_hush (self->chooser);
  return n > 0;
}

static void
show (BePageServing *self)
{
  gboolean has_pool;

  if (self->update == NULL)
    return;
  has_pool = fill_chooser (self, be_update_get_scenario (self->update));
  gtk_stack_set_visible_child (GTK_STACK (self->whole), has_pool ? self->box : self->empty);
  if (has_pool)
    be_serving_view_show (get_view (self), self->update, get_pool (self));
}

static void
view_changed_cb (GtkStack *stack, GParamSpec *pspec, BePageServing *self)
{
  show (self);
  if (self->update != NULL)
    be_accessible_hush (GTK_WIDGET (self));
  be_page_view_changed (BE_PAGE (self));
}

static void
pool_selected_cb (GtkDropDown *chooser, GParamSpec *pspec, BePageServing *self)
{
  if (!self->is_selecting)
    show (self);
}

static void
add_pool_cb (GtkButton *button, BePageServing *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  if (self->update == NULL)
    return;
  id = be_scenario_add_pool (be_update_get_scenario (self->update), _ ("New pool"), &error);
  if (id == NULL)
    g_signal_emit (self, message_signal, 0, error->message);
}

static void
message_cb (GtkWidget *view, const char *text, BePageServing *self)
{
  g_signal_emit (self, message_signal, 0, text);
}

/* Whether a file looks like a model's configuration, so that its reader's complaints make sense. */
static gboolean
is_model_config (const char *path)
{
  static const char *const signs[] = { "\"model_type\"", "\"architectures\"",
                                       "\"num_hidden_layers\"" };
  g_autofree char *text = NULL;
  gsize length;

  if (!g_str_has_suffix (path, ".json") || !g_file_get_contents (path, &text, &length, NULL))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_strstr_len (text, (gssize) MIN (length, 65536), signs[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* A model's configuration for the shown pool, or a week of traffic for its workload. */
static gboolean
page_take_file (BePage *page, BeUpdate *update, const char *path)
{
  BePageServing *self = BE_PAGE_SERVING (page);
  gboolean is_csv = g_str_has_suffix (path, ".csv");

  if (!is_csv && !is_model_config (path))
    return FALSE;
  g_set_weak_pointer (&self->update, update);
  show (self);
  if (gtk_stack_get_visible_child (GTK_STACK (self->whole)) != self->box)
    return FALSE;
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->views[is_csv ? WEEK : REPLICA]);
  if (is_csv)
    be_profile_view_read_csv (BE_PROFILE_VIEW (self->views[WEEK]), path);
  else
    be_replica_view_read_model (BE_REPLICA_VIEW (self->views[REPLICA]), path);
  return TRUE;
}

static void
be_page_serving_dispose (GObject *object)
{
  BePageServing *self = BE_PAGE_SERVING (object);

  g_clear_weak_pointer (&self->update);
  if (self->stack != NULL)
    g_signal_handlers_disconnect_by_data (self->stack, self);
  self->stack = NULL;
  g_clear_pointer (&self->whole, gtk_widget_unparent);
  g_clear_pointer (&self->pools, g_free);
  G_OBJECT_CLASS (be_page_serving_parent_class)->dispose (object);
}

static void
be_page_serving_class_init (BePageServingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_page_serving_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  message_signal = g_signal_new ("message", BE_TYPE_PAGE_SERVING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* The switcher scrolls where a translation is too wide for a phone. */
static GtkWidget *
build_switcher (BePageServing *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroll = gtk_scrolled_window_new ();

  self->switcher = gtk_stack_switcher_new ();
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (self->switcher), GTK_STACK (self->stack));
  gtk_widget_add_css_class (self->switcher, "be-switcher");
  gtk_widget_set_halign (self->switcher, GTK_ALIGN_CENTER);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), self->switcher);
  self->chooser = gtk_drop_down_new (NULL, NULL);
  gtk_widget_set_halign (self->chooser, GTK_ALIGN_CENTER);
  be_accessible_name_drop_down (GTK_DROP_DOWN (self->chooser), _ ("Pool"));
  gtk_widget_set_visible (self->chooser, FALSE);
  g_signal_connect (self->chooser, "notify::selected", G_CALLBACK (pool_selected_cb), self);
  gtk_box_append (GTK_BOX (box), scroll);
  gtk_box_append (GTK_BOX (box), self->chooser);
  return box;
}

static GtkWidget *
build_empty (BePageServing *self)
{
  return be_empty_page_new ("network-server-symbolic", _ ("Nothing Is Self-Hosted Yet"),
                            _ ("A pool is an open-weight model on GPUs of yours: its throughput, "
                               "its fleet and its cost are computed here."),
                            _ ("_Add a Self-Hosted Pool"), G_CALLBACK (add_pool_cb), self);
}

static void
be_page_serving_init (BePageServing *self)
{
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  for (guint i = 0; i < N_VIEWS; i++) {
    self->views[i] = views[i].make ();
    g_signal_connect (self->views[i], "message", G_CALLBACK (message_cb), self);
    gtk_stack_add_titled (GTK_STACK (self->stack), self->views[i], views[i].id, _ (views[i].title));
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->views[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ (views[i].title), -1);
  }
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_margin_start (self->box, 12);
  gtk_widget_set_margin_end (self->box, 12);
  gtk_widget_set_margin_bottom (self->box, 12);
  gtk_box_append (GTK_BOX (self->box), build_switcher (self));
  gtk_box_append (GTK_BOX (self->box), self->stack);
  self->empty = build_empty (self);
  self->whole = gtk_stack_new ();
  gtk_stack_add_child (GTK_STACK (self->whole), self->box);
  gtk_stack_add_child (GTK_STACK (self->whole), self->empty);
  gtk_widget_set_parent (self->whole, GTK_WIDGET (self));
  g_signal_connect (self->stack, "notify::visible-child", G_CALLBACK (view_changed_cb), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Serving"), -1);
}

GtkWidget *
be_page_serving_new (void)
{
  return g_object_new (BE_TYPE_PAGE_SERVING, NULL);
}

static void
page_refresh (BePage *page, BeUpdate *update)
{
  BePageServing *self = BE_PAGE_SERVING (page);

  g_set_weak_pointer (&self->update, update);
  show (self);
}

static BeChartData *
page_get_data (BePage *page)
{
  return be_serving_view_get_data (get_view (BE_PAGE_SERVING (page)));
}

static const char *
page_get_part (BePage *page)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (BE_PAGE_SERVING (page)->stack));
}

static void
page_set_part (BePage *page, const char *part)
{
  GtkStack *stack = GTK_STACK (BE_PAGE_SERVING (page)->stack);

  if (gtk_stack_get_child_by_name (stack, part) != NULL)
    gtk_stack_set_visible_child_name (stack, part);
}

static void
be_page_serving_iface_init (BePageInterface *iface)
{
  iface->get_part = page_get_part;
  iface->set_part = page_set_part;
  iface->refresh = page_refresh;
  iface->get_data = page_get_data;
  iface->take_file = page_take_file;
}
