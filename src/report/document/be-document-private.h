/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared between the files of report/document/, and with nobody else. */
#pragma once

#include "report/document/be-document.h"

G_BEGIN_DECLS

/* The size that charts are laid out at; pages scale it down. */
#define BE_DOCUMENT_CHART_WIDTH 760
#define BE_DOCUMENT_CHART_HEIGHT 430

/* A chart of the document as it is drawn; the caller frees. */
BeScene *be_document_chart_scene (const BeChartData *data, BeThemeKind theme);
char *be_document_chart_svg (const BeChartData *data, BeThemeKind theme);
/* "en", "de", "pt-BR": of the messages, whatever the locale is; the caller frees. */
char *be_document_language (void);

/* The parts of a plan's document, in their order. */
typedef struct {
  BeScenario *scenario;
  const BePlanInput *input;
  BePlanResult result;
  const char *today; /* nullable */
} BePlanPaper;
void be_paper_add_summary (BeDocument *document, const BePlanPaper *paper);
void be_paper_add_charts (BeDocument *document, const BePlanPaper *paper);
void be_paper_add_bills (BeDocument *document, const BePlanPaper *paper);
void be_paper_add_assumptions (BeDocument *document, const BePlanPaper *paper);
void be_paper_add_exclusions (BeDocument *document, const BePlanPaper *paper);
void be_paper_add_warnings (BeDocument *document, const BePlanPaper *paper);

G_END_DECLS
