/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program with the window: breakeven [FILE...] */
#include "app/be-application.h"
#include "report/be-report.h"

int
main (int argc, char **argv)
{
  g_autoptr (BeApplication) application = NULL;

  be_locale_start ();
  application = be_application_new (G_APPLICATION_DEFAULT_FLAGS);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
