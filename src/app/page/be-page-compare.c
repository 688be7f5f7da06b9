/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Compare page: the document beside another scenario, the bridge between their costs, and what
 * differs. */
#include "app/page/be-page-compare.h"

#include "app/be-accessible.h"
#include "app/compare/be-compare-bar.h"
#include "app/compare/be-difference-list.h"
#include "app/compare/be-figure-grid.h"
#include "app/compare/be-open-documents.h"
#include "app/compare/be-other.h"
#include "app/dialog/be-file-dialog.h"
#include "app/dialog/be-message.h"
#include "app/page/be-empty-page.h"
#include "be-config.h"
#include "widget/be-columns.h"
#include "widget/be-widget.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define CHART_HEIGHT 340
#define COLUMN_WIDTH 400

struct _BePageCompare {
  GtkWidget parent_instance;

  /* children */
  GtkWidget *stack, *empty, *filled;
  GtkWidget *saved, *open; /* buttons of the empty page */
  GtkWidget *bar, *chart, *grid, *list;
  GtkWidget *unequal, *equal; /* one of them shows below the bar */

  /* owned */
  BeOther *other;           /* NULL: nothing is compared */
  BeComparison *comparison; /* NULL likewise */
  GPtrArray *documents;     /* BeOpenDocument that the menu offers */
  char *pending;            /* the file of the last session, until the page is shown */
  GSimpleActionGroup *actions;

  /* borrowed */
  BeUpdate *update; /* weak */

  gboolean is_swapped; /* the document is before */
};

static void be_page_compare_iface_init (BePageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BePageCompare, be_page_compare, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (BE_TYPE_PAGE, be_page_compare_iface_init))

static guint message_signal, chosen_signal;

/* ---- what is shown ---- */

/* Whether the document is compared with its own file. */
static gboolean
is_with_saved (BePageCompare *self)
{
  const char *path = be_scenario_get_path (be_update_get_scenario (self->update));

  return path != NULL && g_strcmp0 (path, be_other_get_path (self->other)) == 0;
}

static void
show_names (BePageCompare *self)
{
  const char *this_one = _ ("This document");
  const char *name = is_with_saved (self) ? _ ("Saved version") : be_other_get_name (self->other);

  be_compare_bar_show (BE_COMPARE_BAR (self->bar), self->is_swapped ? this_one : name,
                       self->is_swapped ? name : this_one);
}

static void
show_figures (BePageCompare *self)
{
  BeSide this_one = { be_update_get_scenario (self->update), be_update_get_result (self->update),
                      be_update_get_crossover (self->update, NULL) };
  g_autoptr (GPtrArray) figures = NULL;
  BeSide other;

  be_other_get_side (self->other, &other);
  figures = self->is_swapped ? be_report_figures (&this_one, &other)
                             : be_report_figures (&other, &this_one);
  be_figure_grid_show (BE_FIGURE_GRID (self->grid), figures);
}

static void
compare (BePageCompare *self)
{
  BeScenario *this_one = be_update_get_scenario (self->update);
  BeScenario *other = be_other_get_scenario (self->other);

  g_clear_pointer (&self->comparison, be_comparison_unref);
  self->comparison =
      self->is_swapped ? be_comparison_new (this_one, other) : be_comparison_new (other, this_one);
  be_page_chart_set_comparison (BE_PAGE_CHART (self->chart), self->comparison);
  be_page_chart_refresh (BE_PAGE_CHART (self->chart), self->update);
}

/* The buttons of the empty page: what there is to compare with. */
static void
show_choices (BePageCompare *self)
{
  BeScenario *scenario = be_update_get_scenario (self->update);
  g_autoptr (GPtrArray) documents = be_open_documents_list (scenario);

  gtk_widget_set_visible (self->saved, be_scenario_get_path (scenario) != NULL
                                           && be_scenario_is_dirty (scenario));
  gtk_widget_set_visible (self->open, documents->len > 0);
}

static void
show (BePageCompare *self)
{
  const char *fault;
  gboolean is_equal;

  if (self->update == NULL)
    return;
  gtk_stack_set_visible_child (GTK_STACK (self->stack),
                               self->other != NULL ? self->filled : self->empty);
  if (self->other == NULL) {
    show_choices (self);
    return;
  }
  compare (self);
  is_equal = be_comparison_is_equal (self->comparison);
  fault = be_comparison_get_fault (self->comparison);
  be_empty_page_set_words (self->equal,
                           fault != NULL ? fault : _ ("Both scenarios come to the same costs."));
  gtk_widget_set_visible (self->equal, is_equal);
  gtk_widget_set_visible (self->unequal, !is_equal);
  show_names (self);
  show_figures (self);
  be_difference_list_show (BE_DIFFERENCE_LIST (self->list), self->comparison,
                           !be_scenario_is_read_only (be_update_get_scenario (self->update)));
}

/* ---- the other scenario ---- */

static void
ready_cb (BePageCompare *self)
{
  if (self->other != NULL && self->update != NULL)
    show_figures (self);
}

/* The document's own file changes with every save: nobody wants to be asked about that. */
static void
outdated_cb (BePageCompare *self)
{
  gboolean is_read =
      self->update != NULL && is_with_saved (self) && be_other_reload (self->other, NULL);

  be_compare_bar_set_outdated (BE_COMPARE_BAR (self->bar), !is_read);
  if (is_read)
    show (self);
}

/* Takes the other; NULL ends the comparison. */
static void
take_other (BePageCompare *self, BeOther *other)
{
  if (self->other != NULL)
    g_signal_handlers_disconnect_by_data (self->other, self);
  g_clear_object (&self->other);
  self->other = other;
  if (other != NULL) {
    g_signal_connect_swapped (other, "ready", G_CALLBACK (ready_cb), self);
    g_signal_connect_swapped (other, "outdated", G_CALLBACK (outdated_cb), self);
  } else {
    g_clear_pointer (&self->comparison, be_comparison_unref);
    be_page_chart_set_comparison (BE_PAGE_CHART (self->chart), NULL);
    if (self->update != NULL) /* so that nothing is exported that is not shown */
      be_page_chart_refresh (BE_PAGE_CHART (self->chart), self->update);
  }
  be_compare_bar_set_outdated (BE_COMPARE_BAR (self->bar), FALSE);
  show (self);
  be_accessible_hush (GTK_WIDGET (self));
  be_page_view_changed (BE_PAGE (self));
}

static GtkWindow *
get_window (BePageCompare *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
tell_unread (BePageCompare *self, const GError *error)
{
  be_message_tell (get_window (self), _ ("The file cannot be opened"), error->message);
}

static void
follow (BePageCompare *self, BeUpdate *update)
{
  if (self->update == update)
    return;
  if (self->update != NULL)
    g_signal_handlers_disconnect_by_data (self->update, self);
  g_signal_connect_swapped (update, "crossover-ready", G_CALLBACK (ready_cb), self);
  g_set_weak_pointer (&self->update, update);
}

/* FALSE: it cannot be opened, and nothing is changed. */
static gboolean
take_file (BePageCompare *self, const char *path, GError **error)
{
  BeCatalog *catalog = be_scenario_get_catalog (be_update_get_scenario (self->update));
  BeOther *other = be_other_new_for_file (catalog, path, GTK_WIDGET (self), error);

  if (other != NULL)
    take_other (self, other);
  return other != NULL;
}

void
be_page_compare_open (BePageCompare *self, BeUpdate *update, const char *name)
{
  g_autofree char *path = g_canonicalize_filename (name, NULL);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (BE_IS_PAGE_COMPARE (self));

  follow (self, update);
  if (!take_file (self, path, &error))
    tell_unread (self, error);
}

/* The file of the last session; one that is no more is no reason for a message at the start. */
static void
take_pending (BePageCompare *self)
{
  g_autofree char *path = g_steal_pointer (&self->pending);

  if (path != NULL && self->update != NULL)
    take_file (self, path, NULL);
}

/* ---- actions ---- */

static void
chosen_cb (const char *path, gpointer data)
{
  BePageCompare *self = data;

  if (self->update != NULL)
    be_page_compare_open (self, self->update, path);
}

static void
choose_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const BeFileKind kind = { _ ("Scenarios"), "*.json" };

  be_file_dialog_open (get_window (data), _ ("Compare with a Scenario"), &kind, 1, chosen_cb, data);
}

static void
saved_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BePageCompare *self = data;
  const char *path =
      self->update != NULL ? be_scenario_get_path (be_update_get_scenario (self->update)) : NULL;

  if (path != NULL)
    be_page_compare_open (self, self->update, path);
}

static void
document_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BePageCompare *self = data;
  guint index = g_variant_get_uint32 (parameter);
  const BeOpenDocument *document;

  if (self->documents == NULL || index >= self->documents->len)
    return;
  document = g_ptr_array_index (self->documents, index);
  take_other (self,
              be_other_new_for_document (document->scenario, document->title, GTK_WIDGET (self)));
}

static void
swap_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BePageCompare *self = data;

  self->is_swapped = !self->is_swapped;
  show (self);
}

static void
reload_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BePageCompare *self = data;
  g_autoptr (GError) error = NULL;

  if (self->other == NULL)
    return;
  if (!be_other_reload (self->other, &error)) {
    tell_unread (self, error);
    return;
  }
  be_compare_bar_set_outdated (BE_COMPARE_BAR (self->bar), FALSE);
  show (self);
}

static void
close_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  take_other (data, NULL);
}

static void
add_actions (BePageCompare *self)
{
  static const GActionEntry entries[] = {
    { "choose", choose_cb, NULL, NULL, NULL, { 0 } },
    { "saved", saved_cb, NULL, NULL, NULL, { 0 } },
    { "document", document_cb, "u", NULL, NULL, { 0 } },
    { "swap", swap_cb, NULL, NULL, NULL, { 0 } },
    { "reload", reload_cb, NULL, NULL, NULL, { 0 } },
    { "close", close_cb, NULL, NULL, NULL, { 0 } },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "compare", G_ACTION_GROUP (self->actions));
}

static void
append_documents (BePageCompare *self, GMenu *menu)
{
  g_autoptr (GMenu) section = g_menu_new ();

  g_clear_pointer (&self->documents, g_ptr_array_unref);
  self->documents = be_open_documents_list (be_update_get_scenario (self->update));
  for (guint i = 0; i < self->documents->len; i++) {
    const BeOpenDocument *document = g_ptr_array_index (self->documents, i);
    g_auto (GStrv) parts = g_strsplit (document->title, "_", -1); /* no mnemonics */
    g_autofree char *label = g_strjoinv ("__", parts);
    g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

    g_menu_item_set_action_and_target (item, "compare.document", "u", i);
    g_menu_append_item (section, item);
  }
  if (self->documents->len > 0)
    g_menu_append_section (menu, _ ("Open documents"), G_MENU_MODEL (section));
}

/* What else there is to compare with, as of now. */
static GMenuModel *
make_menu (gpointer data)
{
  BePageCompare *self = data;
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("Choose a _File…"), "compare.choose");
  if (self->update == NULL)
    return G_MENU_MODEL (menu);
  if (be_scenario_get_path (be_update_get_scenario (self->update)) != NULL)
    g_menu_append (menu, _ ("_Saved Version"), "compare.saved");
  append_documents (self, menu);
  return G_MENU_MODEL (menu);
}

static void
take_over_cb (BeDifferenceList *list, const char *path, BePageCompare *self)
{
  BeScenario *scenario = be_update_get_scenario (self->update);
  g_autofree char *assignment =
      be_comparison_get_assignment (self->comparison, path, self->is_swapped);
  const char *const assignments[] = { assignment, NULL };
  const BeInput *input = be_input_find (path);
  g_autoptr (GError) error = NULL;
  gboolean done;

  be_scenario_begin_gesture (scenario, be_input_label (input));
  done = assignment != NULL ? be_scenario_assign (scenario, assignments, &error)
                            : be_scenario_reset (scenario, path, &error);
  be_scenario_end_gesture (scenario);
  if (!done)
    g_signal_emit (self, message_signal, 0, error->message);
}

static void
input_chosen_cb (BeDifferenceList *list, const char *path, BePageCompare *self)
{
  g_signal_emit (self, chosen_signal, 0, path);
}

/* ---- building ---- */

static void
be_page_compare_dispose (GObject *object)
{
  BePageCompare *self = BE_PAGE_COMPARE (object);

  if (self->update != NULL)
    g_signal_handlers_disconnect_by_data (self->update, self);
  g_clear_weak_pointer (&self->update);
  if (self->other != NULL)
    g_signal_handlers_disconnect_by_data (self->other, self);
  g_clear_object (&self->other);
  g_clear_pointer (&self->comparison, be_comparison_unref);
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  g_clear_pointer (&self->pending, g_free);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (be_page_compare_parent_class)->dispose (object);
}

static void
be_page_compare_class_init (BePageCompareClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_page_compare_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  message_signal = g_signal_new ("message", BE_TYPE_PAGE_COMPARE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  chosen_signal = g_signal_new ("input-chosen", BE_TYPE_PAGE_COMPARE, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
make_choice (const char *label, const char *action, const char *css_class)
{
  GtkWidget *button = be_widget_button_new (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "pill");
  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  return button;
}

static void
documents_cb (GtkMenuButton *button, gpointer data)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  append_documents (data, menu);
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
  be_accessible_name_menu (gtk_menu_button_get_popover (button));
}

static GtkWidget *
make_documents_button (BePageCompare *self)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Open Documents"));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), documents_cb, self, NULL);
  gtk_widget_add_css_class (gtk_widget_get_first_child (button), "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  be_widget_name_deep (button, _ ("Compare with an open document"));
  return button;
}

static void
build_empty (BePageCompare *self)
{
  GtkWidget *choices = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->empty = be_empty_page_new_plain (
      "view-dual-symbolic", _ ("Nothing to Compare With Yet"),
      _ ("Choose another scenario, such as the one that a contract was signed on. This page then "
         "shows what differs from it, and what each cause does to the cost."));
  self->saved = make_choice (_ ("_Saved Version"), "compare.saved", NULL);
  self->open = make_documents_button (self);
  gtk_box_append (GTK_BOX (choices),
                  make_choice (_ ("Choose a _File…"), "compare.choose", "suggested-action"));
  gtk_box_append (GTK_BOX (choices), self->saved);
  gtk_box_append (GTK_BOX (choices), self->open);
  adw_status_page_set_child (ADW_STATUS_PAGE (self->empty), choices);
}

/* The chart beside the figures where there is room for both. */
static GtkWidget *
build_top (BePageCompare *self)
{
  double scale = be_widget_get_text_scale (GTK_WIDGET (self));
  GtkWidget *columns = be_columns_new ((int) (COLUMN_WIDTH * scale), 2);
  GtkWidget *figures = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *card;

  self->chart = be_page_chart_new (BE_KIND_BRIDGE);
  be_page_chart_set_chart_height (BE_PAGE_CHART (self->chart), CHART_HEIGHT);
  self->grid = be_figure_grid_new ();
  card = be_widget_add_card (figures, 6);
  gtk_box_append (GTK_BOX (card), self->grid);
  be_columns_append (BE_COLUMNS (columns), self->chart, FALSE);
  be_columns_append (BE_COLUMNS (columns), figures, FALSE);
  return columns;
}

static void
build_filled (BePageCompare *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->bar = be_compare_bar_new ();
  be_compare_bar_set_menu (BE_COMPARE_BAR (self->bar), make_menu, self);
  self->list = be_difference_list_new ();
  g_signal_connect (self->list, "chosen", G_CALLBACK (input_chosen_cb), self);
  g_signal_connect (self->list, "take-over", G_CALLBACK (take_over_cb), self);
  self->unequal = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_box_append (GTK_BOX (self->unequal), build_top (self));
  gtk_box_append (GTK_BOX (self->unequal), self->list);
  self->equal = be_empty_page_new_plain ("object-select-symbolic", _ ("No Input Differs"), "");
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), self->unequal);
  gtk_box_append (GTK_BOX (box), self->equal);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  self->filled = be_widget_scrolled_new (box);
}

static void
be_page_compare_init (BePageCompare *self)
{
  add_actions (self);
  build_empty (self);
  build_filled (self);
  self->stack = gtk_stack_new ();
  gtk_stack_add_child (GTK_STACK (self->stack), self->empty);
  gtk_stack_add_child (GTK_STACK (self->stack), self->filled);
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Compare"), -1);
}

GtkWidget *
be_page_compare_new (void)
{
  return g_object_new (BE_TYPE_PAGE_COMPARE, NULL);
}

/* ---- as a page ---- */

static void
page_refresh (BePage *page, BeUpdate *update)
{
  BePageCompare *self = BE_PAGE_COMPARE (page);

  follow (self, update);
  if (self->pending != NULL)
    take_pending (self);
  show (self);
}

static BePageChart *
page_get_chart (BePage *page)
{
  return BE_PAGE_CHART (BE_PAGE_COMPARE (page)->chart);
}

static BeChartData *
page_get_data (BePage *page)
{
  return be_page_chart_get_data (page_get_chart (page));
}

static const char *
page_get_part (BePage *page)
{
  BePageCompare *self = BE_PAGE_COMPARE (page);

  return self->other != NULL ? be_other_get_path (self->other) : self->pending;
}

static void
page_set_part (BePage *page, const char *part)
{
  BePageCompare *self = BE_PAGE_COMPARE (page);

  g_free (self->pending);
  self->pending = g_strdup (part);
  if (self->update != NULL)
    take_pending (self);
}

static void
be_page_compare_iface_init (BePageInterface *iface)
{
  iface->refresh = page_refresh;
  iface->get_data = page_get_data;
  iface->get_chart = page_get_chart;
  iface->get_part = page_get_part;
  iface->set_part = page_set_part;
}
