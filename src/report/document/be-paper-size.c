/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The papers that a document is laid out for. */
#include "report/document/be-document.h"

#include <langinfo.h>

/* ISO 216, and ANSI/ASME Y14.1 A. */
static const struct {
  const char *name;
  double width, height; /* points */
  int width_mm, height_mm;
} papers[BE_N_PAPERS] = {
  [BE_PAPER_A4] = { "a4", 595.28, 841.89, 210, 297 },
  [BE_PAPER_LETTER] = { "letter", 612, 792, 216, 279 },
};

BePaper
be_paper_of (const char *name)
{
  BePaper paper = 0;

  while (paper < BE_N_PAPERS && g_ascii_strcasecmp (name, papers[paper].name) != 0)
    paper++;
  return paper;
}

#ifdef __GLIBC__
/* glibc gives a whole number in the place of the text, at its beginning in either order of bytes.
 */
static int
get_millimetres (nl_item item)
{
  const union {
    const char *text;
    unsigned number;
  } value = { nl_langinfo (item) };

  return (int) value.number;
}
#endif

BePaper
be_paper_of_locale (void)
{
#ifdef __GLIBC__
  int width_mm = get_millimetres (_NL_PAPER_WIDTH), height_mm = get_millimetres (_NL_PAPER_HEIGHT);

  for (BePaper paper = 0; paper < BE_N_PAPERS; paper++)
    if (width_mm == papers[paper].width_mm && height_mm == papers[paper].height_mm)
      return paper;
#endif
  return BE_PAPER_A4;
}

void
be_paper_get_size (BePaper paper, double *width, double *height)
{
  g_return_if_fail (paper < BE_N_PAPERS);
  *width = papers[paper].width;
  *height = papers[paper].height;
}
