/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erlang C: how likely an arrival waits when every server may be busy. */

#include "engine/be-serving.h"

#include <math.h>

/* Inverse of Erlang B by 1/B = 1 + k/A + k(k-1)/A^2 + ..., which is the recursion B_i = A B_(i-1) /
 * (i + A B_(i-1)) written out from the last server backwards: it ends as soon as the terms vanish,
 * so its cost is that of the margin and not of the fleet. */
static double
inverse_erlang_b (double servers, double erlangs)
{
  double sum = 1, term = 1;
  for (double left = servers; left >= 1; left--) {
    term *= left / erlangs;
    sum += term;
    if (sum > 1e300 || (left < erlangs && term < sum * 1e-18))
      break;
  }
  return sum;
}

double
be_erlang_c_wait (double servers, double erlangs, double wait_s, double hold_s)
{
  const double k = floor (servers);
  if (!(erlangs > 0))
    return 0;
  if (!(k > erlangs))
    return 1;
  const double blocked = 1 / inverse_erlang_b (k, erlangs);
  const double waits = k * blocked / (k - erlangs * (1 - blocked));
  if (!(wait_s > 0))
    return waits;
  return waits * exp (-(k - erlangs) * wait_s / hold_s);
}
