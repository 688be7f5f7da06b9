/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Side bar beside content, folding over it when the window is narrow. */
#include "app/document/be-split.h"

#include <adwaita.h>

GtkWidget *
be_split_new (GtkWidget *content)
{
  AdwFlap *flap = ADW_FLAP (adw_flap_new ());

  adw_flap_set_content (flap, content);
  adw_flap_set_separator (flap, gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_flap_set_fold_threshold_policy (flap, ADW_FOLD_THRESHOLD_POLICY_MINIMUM);
  /* Swipes belong to the sliders and to the chart. */
  adw_flap_set_swipe_to_open (flap, FALSE);
  adw_flap_set_swipe_to_close (flap, FALSE);
  return GTK_WIDGET (flap);
}

void
be_split_set_sidebar (GtkWidget *split, GtkWidget *sidebar)
{
  gtk_widget_add_css_class (sidebar, "background"); /* it lies over the content when folded */
  adw_flap_set_flap (ADW_FLAP (split), sidebar);
}

GtkWidget *
be_split_get_sidebar (GtkWidget *split)
{
  return adw_flap_get_flap (ADW_FLAP (split));
}

gboolean
be_split_get_folded (GtkWidget *split)
{
  return adw_flap_get_folded (ADW_FLAP (split));
}

gboolean
be_split_get_shown (GtkWidget *split)
{
  return adw_flap_get_reveal_flap (ADW_FLAP (split));
}

void
be_split_set_shown (GtkWidget *split, gboolean shown)
{
  adw_flap_set_reveal_flap (ADW_FLAP (split), shown);
}
