/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a slider stands for a value, and which value a place of it means. */
#pragma once

#include "scenario/be-input.h"

G_BEGIN_DECLS

/* Where the slider stands for a value, 0 to 1, and the rounded value of a position. Logarithmic
 * inputs that start at 0 are spaced like log (1 + value / step). */
double be_input_value_to_position (const BeInput *input, double value);
double be_input_position_to_value (const BeInput *input, double position);

G_END_DECLS
