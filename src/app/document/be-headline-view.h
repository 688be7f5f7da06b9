/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The headline: cheapest plan and its cost, difference, crossover, $/Mtok, and the warnings. */
#pragma once

#include "app/be-update.h"

G_BEGIN_DECLS

#define BE_TYPE_HEADLINE_VIEW (be_headline_view_get_type ())
G_DECLARE_FINAL_TYPE (BeHeadlineView, be_headline_view, BE, HEADLINE_VIEW, GtkWidget)

GtkWidget *be_headline_view_new (void);
/* Shows the newest results of update. The crossover is dimmed while a newer one is being studied.
 */
void be_headline_view_show (BeHeadlineView *self, BeUpdate *update);
/* Compact, for a narrow window: cost and plan in one line, the other figures behind a button. */
void be_headline_view_set_compact (BeHeadlineView *self, gboolean compact);
/* The text of a figure as shown, borrowed: "plan", "cost", "difference", "crossover", "per-mtok",
 * "notice" (plans that are not possible, or why nothing can be worked out), "warnings" (how many).
 * NULL for another name. */
const char *be_headline_view_get_text (BeHeadlineView *self, const char *figure);

G_END_DECLS
