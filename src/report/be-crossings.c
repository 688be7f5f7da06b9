/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every crossing of hosted and self-hosted, as a table. */
#include "report/be-report.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

BeTable *
be_report_crossings_table (const BeCrossover *crossover)
{
  BeTable *table = g_new0 (BeTable, 1);

  table->headers = g_new0 (char *, 5);
  table->headers[0] = g_strdup (_ ("From here on"));
  table->headers[1] = g_strdup (_ ("Requests/day"));
  table->headers[2] = g_strdup (_ ("Mtok/month"));
  table->headers[3] = g_strdup (_ ("$/month"));
  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  for (guint i = 0; i < crossover->crossings->len; i++) {
    const BeCrossing *crossing = &g_array_index (crossover->crossings, BeCrossing, i);
    char **cells = g_new0 (char *, 5);
    const char *what = crossing->kind == BE_CROSSING_REVERSAL ? _ ("hosted is cheaper again")
                       : crossing->permanent ? _ ("self-hosting is cheaper for good")
                                             : _ ("self-hosting is cheaper");
    cells[0] = g_strdup (what);
    cells[1] = be_format_number (round (crossing->requests_per_day), FALSE);
    cells[2] = be_format_number (be_report_estimate (crossing->mtok_per_month), FALSE);
    cells[3] = be_format_money (crossing->usd_per_month, TRUE);
    g_ptr_array_add (table->rows, cells);
  }
  return table;
}
