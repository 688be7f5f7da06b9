/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a document's view shows beyond the results, for the next start. */
#include "app/document/be-document-shown.h"

#include "widget/be-chart-view.h"

#include <math.h>

/* The chart with its tools; NULL for a chart without. */
static BePageChart *
get_tools (BeChartView *chart)
{
  GtkWidget *tools = gtk_widget_get_ancestor (GTK_WIDGET (chart), BE_TYPE_PAGE_CHART);

  return tools != NULL ? BE_PAGE_CHART (tools) : NULL;
}

/* Those without tools come and go with what is looked at: there is no place to keep them at. */
static gboolean
is_kept (GtkWidget *widget)
{
  return BE_IS_CHART_VIEW (widget) && get_tools (BE_CHART_VIEW (widget)) != NULL;
}

/* The charts with tools below a widget, in the order of the tree; borrowed. */
static void
find_charts (GtkWidget *widget, GPtrArray *charts)
{
  if (is_kept (widget)) {
    g_ptr_array_add (charts, widget);
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_charts (child, charts);
}

static GPtrArray *
list_charts (BePage *page)
{
  GPtrArray *charts = g_ptr_array_new ();

  find_charts (GTK_WIDGET (page), charts);
  return charts;
}

/* ---- out ---- */

static JsonObject *
describe_chart (BeChartView *chart)
{
  JsonObject *object = json_object_new ();
  BePageChart *tools = get_tools (chart);
  double low, high;

  json_object_set_boolean_member (object, "logarithmic", be_page_chart_get_logarithmic (tools));
  json_object_set_boolean_member (object, "band", be_page_chart_get_band_shown (tools));
  json_object_set_boolean_member (object, "numbers", be_page_chart_get_numbers_shown (tools));
  if (be_chart_view_get_zoom (chart, &low, &high)) {
    json_object_set_double_member (object, "low", low);
    json_object_set_double_member (object, "high", high);
  }
  return object;
}

static JsonObject *
describe_page (BePage *page)
{
  g_autoptr (GPtrArray) charts = list_charts (page);
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  if (be_page_get_part (page) != NULL)
    json_object_set_string_member (object, "part", be_page_get_part (page));
  for (guint i = 0; i < charts->len; i++)
    json_array_add_object_element (array, describe_chart (g_ptr_array_index (charts, i)));
  json_object_set_array_member (object, "charts", array);
  return object;
}

JsonObject *
be_document_view_describe_shown (BeDocumentView *self)
{
  JsonObject *object = json_object_new ();
  guint n_pages;
  const BePageEntry *entries = be_page_list (&n_pages);

  for (guint i = 0; i < n_pages; i++)
    json_object_set_object_member (
        object, entries[i].name, describe_page (be_document_view_get_page (self, entries[i].name)));
  return object;
}

/* ---- in ---- */

static JsonNode *
get_member (JsonObject *object, const char *member, JsonNodeType type)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_TYPE (node) == type ? node : NULL;
}

/* NaN for what is no number. */
static double
get_number (JsonObject *object, const char *member)
{
  JsonNode *node = get_member (object, member, JSON_NODE_VALUE);
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : NAN;
}

/* Sets what the object has as a truth value. */
static void
restore_flag (JsonObject *object, const char *member, BePageChart *tools,
              void (*set) (BePageChart *, gboolean))
{
  JsonNode *node = get_member (object, member, JSON_NODE_VALUE);

  if (node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    set (tools, json_node_get_boolean (node));
}

static void
restore_chart (BeChartView *chart, JsonObject *object)
{
  BePageChart *tools = get_tools (chart);

  restore_flag (object, "logarithmic", tools, be_page_chart_set_logarithmic);
  restore_flag (object, "band", tools, be_page_chart_set_band_shown);
  restore_flag (object, "numbers", tools, be_page_chart_set_numbers_shown);
  be_chart_view_set_zoom (chart, get_number (object, "low"), get_number (object, "high"));
}

static void
restore_page (BePage *page, JsonObject *object)
{
  g_autoptr (GPtrArray) charts = list_charts (page);
  JsonNode *part = get_member (object, "part", JSON_NODE_VALUE);
  JsonNode *node = get_member (object, "charts", JSON_NODE_ARRAY);
  JsonArray *array = node != NULL ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 0;

  if (part != NULL && json_node_get_value_type (part) == G_TYPE_STRING)
    be_page_set_part (page, json_node_get_string (part));
  for (guint i = 0; i < MIN (n, charts->len); i++) {
    JsonNode *element = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_OBJECT (element))
      restore_chart (g_ptr_array_index (charts, i), json_node_get_object (element));
  }
}

void
be_document_view_restore_shown (BeDocumentView *self, JsonObject *shown)
{
  guint n_pages;
  const BePageEntry *entries = be_page_list (&n_pages);

  for (guint i = 0; i < n_pages; i++) {
    JsonNode *node = get_member (shown, entries[i].name, JSON_NODE_OBJECT);

    if (node != NULL)
      restore_page (be_document_view_get_page (self, entries[i].name), json_node_get_object (node));
  }
}

/* ---- following ---- */

static void
changed_cb (BeDocumentView *self)
{
  g_signal_emit_by_name (self, "view-changed");
}

static void
watch (BeDocumentView *self, GtkWidget *widget)
{
  if (BE_IS_PAGE (widget) || is_kept (widget))
    g_signal_connect_object (widget, "view-changed", G_CALLBACK (changed_cb), self,
                             G_CONNECT_SWAPPED);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    watch (self, child);
}

void
be_document_view_watch_shown (BeDocumentView *self)
{
  watch (self, GTK_WIDGET (be_document_view_get_stack (self)));
}
