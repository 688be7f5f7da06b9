/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linear and logarithmic scales, as tables of functions. */
#include "chart/be-chart-private.h"

#include <math.h>

static double
linear_to_unit (double value, double low, double high)
{
  return (value - low) / (high - low);
}

static double
linear_from_unit (double unit, double low, double high)
{
  return low + unit * (high - low);
}

static double
log_to_unit (double value, double low, double high)
{
  if (!(value > 0))
    return -1;
  return log (value / low) / log (high / low);
}

static double
log_from_unit (double unit, double low, double high)
{
  return low * pow (high / low, unit);
}

/* The smallest of 1, 2, 2.5, 5 x 10^k that divides the span into at most `wanted` parts. */
static double
nice_step (double span, int wanted)
{
  static const double steps[] = { 1, 2, 2.5, 5, 10 };
  double raw = span / MAX (wanted, 1);
  double decade = pow (10, floor (log10 (raw)));

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] * decade >= raw * (1 - 1e-9))
      return steps[i] * decade;
  return 10 * decade;
}

static GArray *
linear_ticks (double low, double high, int wanted)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (double));
  double step = nice_step (high - low, wanted);
  double first = ceil (low / step - 1e-9);
  double last = floor (high / step + 1e-9);

  for (double i = first; i <= last && ticks->len < 100; i++) {
    double value = i * step + 0.0; /* no negative zero */
    g_array_append_val (ticks, value);
  }
  return ticks;
}

static void
append_decades (GArray *ticks, double low, double high, int every, const double *factors,
                gsize n_factors)
{
  int first = (int) floor (log10 (low) + 1e-9);
  int last = (int) floor (log10 (high) + 1e-9);

  for (int decade = first; decade <= last; decade++) {
    if (((decade % every) + every) % every != 0)
      continue;
    for (gsize i = 0; i < n_factors; i++) {
      double value = factors[i] * pow (10, decade);
      if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
        g_array_append_val (ticks, value);
    }
  }
}

static GArray *
log_ticks (double low, double high, int wanted)
{
  static const double factors[] = { 1, 2, 5 };
  double decades = log10 (high / low);
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (double));

  wanted = MAX (wanted, 2);
  if (decades * 3 <= wanted + 1)
    append_decades (ticks, low, high, 1, factors, 3);
  else
    append_decades (ticks, low, high, MAX (1, (int) ceil (decades / wanted)), factors, 1);
  if (ticks->len >= 2)
    return ticks;
  g_array_unref (ticks);
  return linear_ticks (low, high, wanted);
}

static const BeScale scales[] = {
  [BE_SCALE_LINEAR] = { linear_to_unit, linear_from_unit, linear_ticks },
  [BE_SCALE_LOG] = { log_to_unit, log_from_unit, log_ticks },
};

const BeScale *
be_scale_get (BeScaleKind kind)
{
  return &scales[kind];
}

void
be_scale_mend (BeScaleKind kind, double *low, double *high)
{
  if (!isfinite (*low) && !isfinite (*high)) {
    *low = kind == BE_SCALE_LOG ? 1 : 0;
    *high = kind == BE_SCALE_LOG ? 10 : 1;
  }
  if (!isfinite (*low))
    *low = kind == BE_SCALE_LOG ? *high / 100 : MIN (0, *high);
  if (!isfinite (*high))
    *high = *low;
  if (kind == BE_SCALE_LOG) {
    if (!(*high > 0))
      *high = 10;
    if (!(*low > 0))
      *low = *high / 1000;
  }
  if (*high < *low) {
    double swap = *low;
    *low = *high;
    *high = swap;
  }
  if (*high - *low > 1e-12 * MAX (fabs (*low), fabs (*high)))
    return;
  if (kind == BE_SCALE_LOG) {
    *low /= 3;
    *high *= 3;
  } else if (*high == 0) {
    *high = 1;
  } else {
    *low = MIN (0, 2 * *low);
    *high = MAX (0, 2 * *high);
  }
}

void
be_scale_round (BeScaleKind kind, double *low, double *high)
{
  if (kind == BE_SCALE_LOG) {
    *low /= 1.15;
    *high *= 1.15;
    return;
  }
  double step = nice_step (*high - *low, 6);
  *low = floor (*low / step + 1e-9) * step;
  *high = ceil (*high / step - 1e-9) * step;
}
