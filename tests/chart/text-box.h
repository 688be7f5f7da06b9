/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/be-chart.h"

/* Left, top, right, bottom of a text in fixed metrics. */
static inline void
text_box (const BePrim *text, double box[4])
{
  double width = g_utf8_strlen (text->text, -1) * text->font_size * 0.56;

  box[0] = text->x - text->anchor * width;
  box[1] = text->y - text->font_size;
  box[2] = box[0] + width;
  box[3] = text->y + text->font_size * 0.2;
}
