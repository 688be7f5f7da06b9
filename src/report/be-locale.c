/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The locale of a program: numbers by LC_NUMERIC, sentences by the catalogues of translations. */
#include "report/be-report.h"

#include "be-config.h"

#include <libintl.h>
#include <locale.h>

void
be_locale_start (void)
{
  const char *folder = g_getenv ("BE_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : BE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
