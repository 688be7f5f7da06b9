/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks what to export, in which format and how it looks. */
#pragma once

#include "chart/be-chart.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum { BE_EXPORT_WHAT_CHART, BE_EXPORT_WHAT_NUMBERS, BE_EXPORT_WHAT_REPORT } BeExportWhat;

/* What was chosen. The last four are of charts as pictures. */
typedef struct {
  BeExportWhat what;
  const char *ending; /* "png", "svg", "pdf"; "csv" (the chart's), "xlsx"; "pdf", "html", "md" */
  gboolean is_bill;   /* with "csv": every plan's bill, not the chart */
  BeThemeKind theme;
  double width, height, scale;
  gboolean transparent;
} BeExportChoice;

/* The user pressed Export; choice is borrowed. */
typedef void (*BeExportChosen) (const BeExportChoice *choice, gpointer user_data);
/* A PNG of the chart as chosen, for the preview; NULL when there is none. */
typedef GBytes *(*BeExportPreview) (const BeExportChoice *choice, gpointer user_data);

/* Shows the dialog, begun at `what`; size, theme and scale are as they were chosen last. Nothing is
 * called any more when user_data, a GObject, is gone. */
GtkWidget *be_export_dialog_new (GtkWindow *parent, BeExportWhat what, BeExportPreview preview,
                                 BeExportChosen chosen, gpointer user_data);

G_END_DECLS
