/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a slider stands for a value, and which value a place of it means. */
#include "widget/be-input-position.h"

#include <math.h>

static double
log_offset (const BeInput *input)
{
  return input->soft_minimum > 0 ? 0 : (input->step > 0 ? input->step : 1);
}

double
be_input_value_to_position (const BeInput *input, double value)
{
  double low = input->soft_minimum, high = input->soft_maximum;

  if (!(value > low) || !(high > low))
    return 0;
  if (value >= high)
    return 1;
  if (!input->logarithmic)
    return (value - low) / (high - low);
  low += log_offset (input);
  high += log_offset (input);
  return log ((value + log_offset (input)) / low) / log (high / low);
}

/* Two digits are as fine as a slider of this width can be. */
static double
round_digits (double value)
{
  double unit;

  if (value == 0)
    return 0;
  unit = pow (10, floor (log10 (fabs (value))) - 1);
  return unit >= 1 ? round (value / unit) * unit : round (value / unit) / round (1 / unit);
}

double
be_input_position_to_value (const BeInput *input, double position)
{
  double low = input->soft_minimum, high = input->soft_maximum, value;
  double inverse = input->step > 0 ? 1 / input->step : 0;

  if (position <= 0)
    return low;
  if (position >= 1)
    return high;
  if (input->logarithmic) {
    double offset = log_offset (input);
    value =
        round_digits ((low + offset) * pow ((high + offset) / (low + offset), position) - offset);
  } else
    value = low + position * (high - low);
  if (input->type == BE_INPUT_WHOLE)
    value = round (value);
  else if (inverse > 1)
    value = round (value * inverse) / inverse;
  else if (inverse > 0 && !input->logarithmic)
    value = round (value / input->step) * input->step;
  return CLAMP (value, low, high);
}
