/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of a datasheet. */
#include "app/dialog/be-gpu-dialog.h"

#include "app/be-accessible.h"
#include "be-config.h"
#include "report/be-report.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum { MEMORY, BANDWIDTH, BF16, FP8, INT8, FP4, LINK, TDP, N_FIGURES };

static const struct {
  const char *label, *unit;
  gboolean is_needed;
} figures[N_FIGURES] = {
  [MEMORY] = { N_ ("Memory"), N_ ("GiB"), TRUE },
  [BANDWIDTH] = { N_ ("Memory bandwidth"), N_ ("GB/s"), TRUE },
  [BF16] = { N_ ("BF16, dense"), N_ ("TFLOP/s"), TRUE },
  [FP8] = { N_ ("FP8, dense"), N_ ("TFLOP/s"), FALSE },
  [INT8] = { N_ ("INT8, dense"), N_ ("TOP/s"), FALSE },
  [FP4] = { N_ ("FP4, dense"), N_ ("TFLOP/s"), FALSE },
  [LINK] = { N_ ("Link, one direction"), N_ ("GB/s"), TRUE },
  [TDP] = { N_ ("Power"), N_ ("W"), FALSE },
};

static const char *const archs[] = { "Hopper", "Blackwell", "Ada",        "Ampere", "Turing",
                                     "CDNA3",  "CDNA4",     N_ ("Other"), NULL };
static const char *const links[] = { "NVLink", "PCIe", "Infinity Fabric", NULL };

typedef struct {
  GtkWidget *window, *name, *arch, *link, *problem;
  GtkWidget *entries[N_FIGURES];
  BeScenario *scenario; /* owned */
  char *pool;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->scenario);
  g_free (dialog->pool);
  g_free (dialog);
}

static void
tell (Dialog *dialog, const char *text)
{
  gtk_label_set_text (GTK_LABEL (dialog->problem), text);
  gtk_widget_set_visible (dialog->problem, TRUE);
}

/* NaN where the field is empty; FALSE, and told, where it cannot be read. */
static gboolean
read_figure (Dialog *dialog, int i, double *value)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (dialog->entries[i]));
  g_autofree char *problem = NULL;

  *value = NAN;
  if (*text == '\0' && !figures[i].is_needed)
    return TRUE;
  if (be_parse_value (text, BE_UNIT_COUNT, value) && *value > 0)
    return TRUE;
  /* Translators: a field of the form, and what was typed into it. */
  problem = g_strdup_printf (_ ("%s: found “%s”, allowed is a number above 0"),
                             _ (figures[i].label), text);
  tell (dialog, problem);
  gtk_widget_grab_focus (dialog->entries[i]);
  return FALSE;
}

static void
add_cb (GtkButton *button, Dialog *dialog)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (dialog->name));
  double values[N_FIGURES];
  g_autoptr (GError) error = NULL;

  if (*name == '\0') {
    tell (dialog, _ ("The GPU needs a name."));
    gtk_widget_grab_focus (dialog->name);
    return;
  }
  for (int i = 0; i < N_FIGURES; i++)
    if (!read_figure (dialog, i, &values[i]))
      return;
  const BeCatalogGpu gpu = {
    .name = name,
    .vendor = "",
    .arch = archs[gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->arch))],
    .link_type = links[gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->link))],
    .source = _ ("entered from its datasheet"),
    .tdp_w = values[TDP],
    .gpu = { .memory_gib = values[MEMORY],
             .bandwidth_gbs = values[BANDWIDTH],
             .bf16_tflops = values[BF16],
             .fp8_tflops = values[FP8],
             .int8_tops = values[INT8],
             .fp4_tflops = values[FP4],
             .link_gbs = values[LINK],
             .sustained_compute = 1 },
  };
  g_autofree char *id = be_scenario_add_gpu (dialog->scenario, &gpu, dialog->pool, &error);
  if (id == NULL)
    tell (dialog, error->message);
  else
    gtk_window_close (GTK_WINDOW (dialog->window));
}

static void
add_field (GtkWidget *grid, int row, const char *label, GtkWidget *field, const char *unit)
{
  GtkWidget *title = gtk_label_new (label), *suffix = gtk_label_new (unit);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (suffix), 0);
  gtk_widget_add_css_class (suffix, "dim-label");
  gtk_widget_set_hexpand (field, TRUE);
  gtk_grid_attach (GTK_GRID (grid), title, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), field, 1, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), suffix, 2, row, 1, 1);
  be_widget_name_deep (field, label);
}

static GtkWidget *
make_choice (const char *const *names)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    gtk_string_list_append (list, _ (names[i]));
  return gtk_drop_down_new (G_LIST_MODEL (list), NULL);
}

static GtkWidget *
make_form (Dialog *dialog)
{
  GtkWidget *grid = gtk_grid_new ();
  int row = 0;

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  dialog->name = gtk_entry_new ();
  dialog->arch = make_choice (archs);
  dialog->link = make_choice (links);
  add_field (grid, row++, _ ("Name"), dialog->name, NULL);
  add_field (grid, row++, _ ("Architecture"), dialog->arch, NULL);
  for (int i = 0; i < N_FIGURES; i++) {
    dialog->entries[i] = gtk_entry_new ();
    gtk_entry_set_input_purpose (GTK_ENTRY (dialog->entries[i]), GTK_INPUT_PURPOSE_NUMBER);
    gtk_entry_set_placeholder_text (GTK_ENTRY (dialog->entries[i]),
                                    figures[i].is_needed ? NULL : _ ("not supported"));
    gtk_entry_set_activates_default (GTK_ENTRY (dialog->entries[i]), TRUE);
    add_field (grid, row++, _ (figures[i].label), dialog->entries[i], _ (figures[i].unit));
  }
  gtk_entry_set_placeholder_text (GTK_ENTRY (dialog->entries[TDP]), _ ("unknown"));
  add_field (grid, row++, _ ("Kind of link"), dialog->link, NULL);
  return grid;
}

static GtkWidget *
make_content (Dialog *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *scroll = gtk_scrolled_window_new ();
  GtkWidget *hint = gtk_label_new (_ ("Figures without sparsity: where a datasheet says “with "
                                      "sparsity”, take half."));
  GtkWidget *add = be_widget_button_new (_ ("_Add GPU"));

  dialog->problem = gtk_label_new (NULL);
  for (int i = 0; i < 2; i++) {
    GtkWidget *label = i == 0 ? hint : dialog->problem;
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
  }
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_add_css_class (dialog->problem, "error");
  gtk_widget_set_visible (dialog->problem, FALSE);
  gtk_widget_add_css_class (add, "suggested-action");
  gtk_widget_set_halign (add, GTK_ALIGN_END);
  g_signal_connect (add, "clicked", G_CALLBACK (add_cb), dialog);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_box_append (GTK_BOX (box), make_form (dialog));
  gtk_box_append (GTK_BOX (box), dialog->problem);
  gtk_box_append (GTK_BOX (box), add);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_window_set_default_widget (GTK_WINDOW (dialog->window), add);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), box);
  return scroll;
}

void
be_gpu_dialog_show (GtkWindow *parent, BeScenario *scenario, const char *pool)
{
  Dialog *dialog = g_new0 (Dialog, 1);

  dialog->scenario = g_object_ref (scenario);
  dialog->pool = g_strdup (pool);
  dialog->window = gtk_window_new ();
  be_accessible_add_bar (dialog->window);
  gtk_window_set_title (GTK_WINDOW (dialog->window), _ ("GPU From Its Datasheet"));
  gtk_window_set_transient_for (GTK_WINDOW (dialog->window), parent);
  gtk_window_set_modal (GTK_WINDOW (dialog->window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog->window), TRUE);
  be_widget_set_default_size (GTK_WINDOW (dialog->window), 420, -1);
  gtk_window_set_child (GTK_WINDOW (dialog->window), make_content (dialog));
  be_widget_close_on_escape (dialog->window);
  g_object_set_data_full (G_OBJECT (dialog->window), "dialog", dialog, dialog_free);
  gtk_window_present (GTK_WINDOW (dialog->window));
  gtk_widget_grab_focus (dialog->name);
  be_accessible_hush (dialog->window);
}
