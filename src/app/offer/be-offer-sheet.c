/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of one offer in groups, and the names of its parts. */
#include "app/offer/be-offer-sheet.h"

#include "be-config.h"
#include "report/be-report.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Rows of one heading: those whose path below the offer begins so, or so. */
static const struct {
  const char *prefix, *title, *second;
} groups[] = {
  { "", N_ ("Rates per million tokens") },
  { "batch/", N_ ("Batch") },
  { "tiers/", N_ ("Long prompts") },
  { "windows/", N_ ("Hours of the day") },
  { "rateSets/", N_ ("Regions and service tiers") },
  { "fees/", N_ ("Fees") },
  { "discount", N_ ("Your contract"), "commitment/" },
  { "limits/", N_ ("Limits") },
  { "latency/", N_ ("Latency") },
  { "training/", N_ ("Fine-tuning") },
};

const char *
be_offer_group_prefix (guint group)
{
  return group < G_N_ELEMENTS (groups) ? groups[group].prefix : NULL;
}

const char *
be_offer_group_title (guint group)
{
  return _ (groups[group].title);
}

guint
be_offer_group_of (const char *rest)
{
  for (guint i = 1; i < G_N_ELEMENTS (groups); i++)
    if (g_str_has_prefix (rest, groups[i].prefix)
        || (groups[i].second != NULL && g_str_has_prefix (rest, groups[i].second)))
      return i;
  return 0;
}

char *
be_offer_part_of (const char *rest)
{
  g_auto (GStrv) segments = g_strsplit (rest, "/", 3);

  if (segments[0] == NULL || segments[1] == NULL
      || !g_strv_contains ((const char *const[]){ "tiers", "windows", "rateSets", NULL },
                           segments[0]))
    return NULL;
  return g_strdup_printf ("%s/%s", segments[0], segments[1]);
}

static JsonNode *
element_of (JsonNode *offer, const char *list, const char *index)
{
  JsonNode *node = json_object_get_member (json_node_get_object (offer), list);
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint64 at = g_ascii_strtoull (index, NULL, 10);

  return array != NULL && at < json_array_get_length (array)
             ? json_array_get_element (array, (guint) at)
             : NULL;
}

static char *
describe_tier (JsonNode *tier)
{
  gboolean at_least = json_object_has_member (json_node_get_object (tier), "atLeast");
  double from = json_object_get_double_member_with_default (json_node_get_object (tier),
                                                            at_least ? "atLeast" : "above", NAN);
  g_autofree char *tokens = be_format_value (from, BE_UNIT_TOKENS, FALSE);

  return g_strdup_printf (at_least ? _ ("Prompts of %s or more") : _ ("Prompts above %s"), tokens);
}

/* NULL for what is no text. */
static char *
copy_text (JsonNode *element)
{
  return g_strdup (JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL);
}

/* "mon" or 1 in the reader's words, another text as it is; NULL for what is neither. */
static char *
name_day (JsonNode *element)
{
  int day = be_resolve_day (element);

  return day >= 0 ? be_format_week_hour (24 * day, TRUE) : copy_text (element);
}

static void
append_texts (GString *text, JsonNode *window, const char *list, char *(*name) (JsonNode *),
              const char *before)
{
  JsonNode *node = json_object_get_member (json_node_get_object (window), list);
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    g_autofree char *word = name (json_array_get_element (array, i));
    if (word == NULL)
      continue;
    g_string_append_printf (text, "%s%s", before, word);
    before = ", ";
  }
}

char *
be_offer_part_title (JsonNode *offer, const char *part)
{
  g_auto (GStrv) segments = g_strsplit (part, "/", 2);
  JsonNode *element = element_of (offer, segments[0], segments[1]);
  GString *text;

  if (strcmp (segments[0], "rateSets") == 0)
    return be_path_unescape (segments[1]);
  if (element == NULL)
    return g_strdup (segments[1]);
  if (strcmp (segments[0], "tiers") == 0)
    return describe_tier (element);
  text = g_string_new (NULL);
  append_texts (text, element, "utc", copy_text, "");
  g_string_append (text, " UTC");
  append_texts (text, element, "days", name_day, " · ");
  if (be_offer_text (element, "calendar") != NULL)
    g_string_append_printf (text, " (%s)", be_offer_text (element, "calendar"));
  return g_string_free (text, FALSE);
}

static void
add_figure (GtkWidget *grid, int row, const char *label, const char *value)
{
  GtkWidget *name = gtk_label_new (label), *figure = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (figure), 1);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (figure, "numeric");
  gtk_grid_attach (GTK_GRID (grid), name, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), figure, 1, row, 1, 1);
}

static void
add_heading (GtkWidget *grid, int row, const char *title, const char *css_class)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_margin_top (label, 6);
  gtk_grid_attach (GTK_GRID (grid), label, 0, row, 2, 1);
}

GtkWidget *
be_offer_sheet_new (JsonNode *offer, const char *offer_path)
{
  g_autoptr (GPtrArray) numbers = be_offer_changes (NULL, offer);
  GtkWidget *grid = gtk_grid_new ();
  g_autofree char *last = NULL;
  guint last_group = G_MAXUINT;
  int row = 0;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  for (guint i = 0; i < numbers->len; i++) {
    const BeRateChange *number = numbers->pdata[i];
    g_autofree char *path = g_strconcat (offer_path, "/", number->path, NULL);
    g_autofree char *part = be_offer_part_of (number->path);
    const BeInput *input = be_input_find (path);
    guint group = be_offer_group_of (number->path);
    g_autofree char *value =
        be_format_value (number->after, input != NULL ? input->unit : BE_UNIT_NONE, FALSE);
    if (group != last_group)
      add_heading (grid, row++, be_offer_group_title (group), "heading");
    last_group = group;
    if (part != NULL && g_strcmp0 (part, last) != 0) {
      g_autofree char *title = be_offer_part_title (offer, part);
      add_heading (grid, row++, title, "dim-label");
    }
    g_free (last);
    last = g_steal_pointer (&part);
    add_figure (grid, row++, input != NULL ? be_input_label (input) : number->path, value);
  }
  return grid;
}
