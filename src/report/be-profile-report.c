/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A weekly profile that is read from a file, and what is said of it. */
#include "report/be-report.h"

#include "be-config.h"
#include "scenario/be-profile-csv.h"

#include <glib/gi18n-lib.h>
#include <math.h>

char *
be_report_read_profile (BeScenario *scenario, const char *workload, const char *path,
                        GError **error)
{
  BeProfileCsv profile;

  if (!be_profile_csv_load (path, &profile, error)
      || !be_scenario_set_profile (scenario, workload, profile.weights, error))
    return NULL;
  g_autofree char *requests = be_format_number (profile.requests, FALSE);
  g_autofree char *ratio = be_format_number (be_peak_to_average (profile.weights), FALSE);
  g_autofree char *per_day =
      be_format_value (profile.requests_per_day, BE_UNIT_REQUESTS_PER_DAY, FALSE);
  if (profile.form == BE_PROFILE_CSV_WEIGHTS)
    return g_strdup_printf (_ ("A profile is read; its peak is %s times its average."), ratio);
  if (isnan (profile.requests_per_day))
    return g_strdup_printf (_ ("%s requests are read; the peak is %s times the average."), requests,
                            ratio);
  return g_strdup_printf (_ ("%s requests are read (%s, which are not taken over); the peak is %s "
                             "times the average, and %u of 168 hours are covered."),
                          requests, per_day, ratio, profile.covered_hours);
}
