/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents for the tests of this room. */
#include "report-inputs.h"

BeScenario *
report_open_template (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeCatalog) catalog = be_catalog_new_default (&error);
  g_assert_no_error (error);
  BeScenario *scenario = be_scenario_new_from_template (catalog, name, &error);
  g_assert_no_error (error);
  return scenario;
}
