/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The headline: cheapest plan and its cost, difference, crossover, $/Mtok, and the warnings. */
#include "app/document/be-headline-view.h"

#include "be-config.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>

struct _BeHeadlineView {
  GtkWidget parent_instance;

  /* children */
  GtkWidget *head, *flow; /* the cheapest plan, and the other figures beside or below it */
  GtkWidget *plan_line;   /* the cheapest plan's name, and the warnings when there is room */
  GtkWidget *line;        /* below: the warnings when there is none, the notice, the details */
  GtkWidget *cheapest_caption, *cheapest; /* the box of cost and plan */
  GtkWidget *plan, *cost, *difference, *crossover, *per_mtok;
  GtkWidget *details; /* toggle: shows the figures after the first when narrow */
  GtkWidget *notice;
  GtkWidget *warning_button, *warning_label, *warning_list;

  /* cache: what the warning list shows, so that it is built again only when it changed */
  char *warning_text;
};

G_DEFINE_FINAL_TYPE (BeHeadlineView, be_headline_view, GTK_TYPE_WIDGET)

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = be_widget_words_new (NULL, css_class);

  gtk_widget_add_css_class (label, "numeric");
  return label;
}

/* A caption, which describes `described`, with the figure below it. */
static GtkWidget *
make_tile (const char *caption, GtkWidget *value, GtkWidget *described, GtkWidget **caption_label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (caption);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), value);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (described), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  label, NULL, -1);
  if (caption_label != NULL)
    *caption_label = label;
  return box;
}

static GtkWidget *
make_figure (BeHeadlineView *self, const char *caption)
{
  GtkWidget *label = make_label (NULL);
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_label_set_width_chars (GTK_LABEL (label), 5);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  /* The window's least height is that at its least width: there many lines would make it tall. */
  gtk_label_set_lines (GTK_LABEL (label), 5);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child),
                                make_tile (caption, label, label, NULL));
  gtk_widget_set_focusable (child, FALSE);
  gtk_widget_add_css_class (child, "be-tile");
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, caption,
                                  -1);
  gtk_flow_box_append (GTK_FLOW_BOX (self->flow), child);
  return label;
}

static GtkWidget *
make_warning_button (BeHeadlineView *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->warning_button = gtk_menu_button_new ();
  self->warning_label = gtk_label_new (NULL);
  /* Beside the figures it must not keep the window from being made narrow. */
  gtk_label_set_ellipsize (GTK_LABEL (self->warning_label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (content), self->warning_label);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->warning_button), content);
  gtk_widget_set_valign (self->warning_button, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (self->warning_button, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->warning_button, "flat");

  self->warning_list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->warning_list);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Warnings"), -1);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->warning_button), popover);
  gtk_widget_set_visible (self->warning_button, FALSE);
  return self->warning_button;
}

static void
make_cheapest (BeHeadlineView *self)
{
  self->cost = make_label ("title-1");
  gtk_label_set_wrap (GTK_LABEL (self->cost), FALSE);
  self->plan = make_label ("heading");
  gtk_label_set_wrap (GTK_LABEL (self->plan), FALSE);
  self->cheapest = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->plan_line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (self->plan_line), self->plan);
  gtk_box_append (GTK_BOX (self->plan_line), make_warning_button (self));
  gtk_box_append (GTK_BOX (self->cheapest), self->cost);
  gtk_box_append (GTK_BOX (self->cheapest), self->plan_line);
  gtk_box_append (GTK_BOX (self->head), make_tile (_ ("Cheapest plan"), self->cheapest, self->cost,
                                                   &self->cheapest_caption));
}

/* When narrow, only the cheapest plan shows unless the person asks for the others. */
static void
show_tiles (BeHeadlineView *self)
{
  GtkToggleButton *details = GTK_TOGGLE_BUTTON (self->details);
  gboolean all = !gtk_widget_get_visible (self->details) || gtk_toggle_button_get_active (details);

  gtk_widget_set_visible (self->flow, all);
}

static GtkWidget *
make_details (BeHeadlineView *self)
{
  self->details = gtk_toggle_button_new_with_label (_ ("Details"));
  gtk_widget_add_css_class (self->details, "flat");
  gtk_widget_set_valign (self->details, GTK_ALIGN_START);
  gtk_widget_set_halign (self->details, GTK_ALIGN_END);
  gtk_widget_set_visible (self->details, FALSE);
  g_signal_connect_swapped (self->details, "toggled", G_CALLBACK (show_tiles), self);
  return self->details;
}

static void
be_headline_view_dispose (GObject *object)
{
  BeHeadlineView *self = BE_HEADLINE_VIEW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->warning_text, g_free);
  G_OBJECT_CLASS (be_headline_view_parent_class)->dispose (object);
}

static void
be_headline_view_class_init (BeHeadlineViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = be_headline_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
be_headline_view_init (BeHeadlineView *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Headline"), -1);
  gtk_widget_set_margin_start (GTK_WIDGET (self), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 9);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 6);

  self->flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->flow), 1);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->flow), 3);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->flow), 12);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->flow), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->flow), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Figures"), -1);
  /* A flow box of figures that take no focus would catch Tab for good. */
  gtk_widget_set_can_focus (self->flow, FALSE);
  gtk_widget_set_hexpand (self->flow, TRUE);
  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_parent (self->head, GTK_WIDGET (self));
  make_cheapest (self);
  gtk_box_append (GTK_BOX (self->head), self->flow);
  self->difference = make_figure (self, _ ("Difference"));
  self->crossover = make_figure (self, _ ("Crossover"));
  self->per_mtok = make_figure (self, _ ("Price of tokens"));

  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->notice = make_label ("dim-label");
  gtk_widget_set_hexpand (self->notice, TRUE);
  gtk_widget_set_visible (self->notice, FALSE);
  gtk_box_append (GTK_BOX (self->line), self->notice);
  gtk_box_append (GTK_BOX (self->line), make_details (self));
  /* It stands at the end of the line with and without a notice. */
  g_object_bind_property (self->notice, "visible", self->details, "hexpand",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
}

GtkWidget *
be_headline_view_new (void)
{
  return g_object_new (BE_TYPE_HEADLINE_VIEW, NULL);
}

static void
place_warnings (BeHeadlineView *self, gboolean compact)
{
  GtkWidget *from = gtk_widget_get_parent (self->warning_button);
  GtkWidget *to = compact ? self->line : self->plan_line;

  if (from == to)
    return;
  g_object_ref (self->warning_button);
  gtk_box_remove (GTK_BOX (from), self->warning_button);
  if (compact)
    gtk_box_prepend (GTK_BOX (to), self->warning_button);
  else
    gtk_box_append (GTK_BOX (to), self->warning_button);
  g_object_unref (self->warning_button);
}

void
be_headline_view_set_compact (BeHeadlineView *self, gboolean compact)
{
  g_return_if_fail (BE_IS_HEADLINE_VIEW (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->head),
                                  compact ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self->head), compact ? 6 : 12);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->cheapest),
                                  compact ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self->cheapest), compact ? 12 : 0);
  gtk_widget_set_valign (self->cost, compact ? GTK_ALIGN_BASELINE : GTK_ALIGN_FILL);
  gtk_widget_set_valign (self->plan_line, compact ? GTK_ALIGN_BASELINE : GTK_ALIGN_FILL);
  gtk_widget_remove_css_class (self->cost, compact ? "title-1" : "title-2");
  gtk_widget_add_css_class (self->cost, compact ? "title-2" : "title-1");
  gtk_widget_set_visible (self->cheapest_caption, !compact);
  gtk_widget_set_visible (self->details, compact);
  place_warnings (self, compact);
  show_tiles (self);
}

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL && *text != '\0' ? text : "–");
}

/* Sentences on plans that are meant but not possible, or why nothing can be worked out. */
static char *
make_notice (BeUpdate *update)
{
  const BePlanResult *result = be_update_get_result (update);
  GString *text = g_string_new (NULL);

  if (result == NULL) {
    const GError *error = be_update_get_error (update);

    g_string_append (text, error != NULL ? error->message : "");
    return g_string_free (text, FALSE);
  }
  for (int i = 0; i < BE_N_PLANS; i++) {
    const BePlan *plan = &result->plans[i];
    g_autofree char *sentence = NULL;

    if (!plan->defined || plan->feasible == BE_FEASIBLE)
      continue;
    sentence = be_feasibility_sentence (be_update_get_scenario (update), plan);
    if (text->len > 0)
      g_string_append_c (text, '\n');
    g_string_append_printf (text, "%s: %s", be_plan_label ((BePlanKind) i), sentence);
  }
  return g_string_free (text, FALSE);
}

static void
rebuild_warnings (BeHeadlineView *self, GPtrArray *messages)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->warning_list)) != NULL)
    gtk_box_remove (GTK_BOX (self->warning_list), child);
  for (guint i = 0; i < messages->len; i++) {
    const BeMessage *message = g_ptr_array_index (messages, i);
    GtkWidget *label = gtk_label_new (message->message);

    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
    gtk_label_set_selectable (GTK_LABEL (label), TRUE);
    gtk_box_append (GTK_BOX (self->warning_list), label);
  }
}

static void
show_warnings (BeHeadlineView *self, BeUpdate *update)
{
  GPtrArray *messages = be_update_get_warnings (update);
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *count = NULL;

  gtk_widget_set_visible (self->warning_button, messages != NULL && messages->len > 0);
  if (messages == NULL)
    return;
  for (guint i = 0; i < messages->len; i++)
    g_string_append_printf (all, "%s\n", ((BeMessage *) g_ptr_array_index (messages, i))->message);
  if (g_strcmp0 (all->str, self->warning_text) == 0)
    return;
  g_free (self->warning_text);
  self->warning_text = g_strdup (all->str);
  rebuild_warnings (self, messages);
  count = g_strdup_printf (ngettext ("%u warning", "%u warnings", messages->len), messages->len);
  gtk_label_set_text (GTK_LABEL (self->warning_label), count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->warning_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, count, -1);
}

void
be_headline_view_show (BeHeadlineView *self, BeUpdate *update)
{
  const BePlanResult *result = be_update_get_result (update);
  gboolean current = FALSE;
  const BeCrossover *crossover = be_update_get_crossover (update, &current);
  g_autofree char *notice = make_notice (update);
  BeHeadline headline = { 0 };

  g_return_if_fail (BE_IS_HEADLINE_VIEW (self));

  if (result != NULL)
    be_report_headline (be_update_get_scenario (update), result, crossover, &headline);
  set_text (self->plan, headline.plan);
  set_text (self->cost, headline.cost);
  set_text (self->difference, headline.difference);
  set_text (self->crossover, headline.crossover);
  set_text (self->per_mtok, headline.per_mtok);
  if (current)
    gtk_widget_remove_css_class (self->crossover, "dim-label");
  else
    gtk_widget_add_css_class (self->crossover, "dim-label");
  gtk_label_set_text (GTK_LABEL (self->notice), notice);
  gtk_widget_set_visible (self->notice, *notice != '\0');
  show_warnings (self, update);
  if (result != NULL)
    be_headline_clear (&headline);
}

const char *
be_headline_view_get_text (BeHeadlineView *self, const char *figure)
{
  const struct {
    const char *name;
    GtkWidget *label;
  } figures[] = {
    { "plan", self->plan },
    { "cost", self->cost },
    { "difference", self->difference },
    { "crossover", self->crossover },
    { "per-mtok", self->per_mtok },
    { "notice", self->notice },
    { "warnings", self->warning_label },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++) {
    if (g_strcmp0 (figures[i].name, figure) == 0)
      return gtk_label_get_text (GTK_LABEL (figures[i].label));
  }
  return NULL;
}
