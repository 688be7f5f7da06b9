/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every crossing of hosted and self-hosted, as a table. */
#include "report/be-report.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

BeTable *
be_report_crossings_table (const BeCrossover *crossover)
{
  BeTable *table =
      be_table_new (_ ("From here on"), _ ("Requests/day"), _ ("Mtok/month"), _ ("$/month"), NULL);

  for (guint i = 0; i < crossover->crossings->len; i++) {
    const BeCrossing *crossing = &g_array_index (crossover->crossings, BeCrossing, i);
    const char *what = crossing->kind == BE_CROSSING_REVERSAL ? _ ("hosted is cheaper again")
                       : crossing->permanent ? _ ("self-hosting is cheaper for good")
                                             : _ ("self-hosting is cheaper");

    be_table_add (table, g_strdup (what),
                  be_format_number (round (crossing->requests_per_day), FALSE),
                  be_format_number (be_report_estimate (crossing->mtok_per_month), FALSE),
                  be_format_money (crossing->usd_per_month, TRUE), NULL);
  }
  return table;
}
