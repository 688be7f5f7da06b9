/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The largest load that n replicas carry within a wait target. */
#include "engine/be-plan-internal.h"

#include <math.h>
#include <stdlib.h>

/* Above this many replicas only every eighth part more is solved, and the margin in between, which
 * is smooth in the square root of the fleet, is interpolated through eight of them: that is right
 * to some 1e-9 of the load. */
enum { EXACT_REPLICAS = 32, N_NODES = 8 };

/* Of a load, relative: far below what a bill shows. */
#define TOLERANCE 1e-10

/* ln of the chance of too long a wait, less ln of the one that is allowed. */
static double
excess (const BeQueue *queue, double servers, double erlangs)
{
  return log (be_erlang_c_wait (servers, erlangs, queue->wait_s, queue->hold_s)
              / queue->probability);
}

/* Whole servers of n replicas; a weighted mean of equal slots may be a hair less than they are. */
static double
servers_of (const BeQueue *queue, int n)
{
  return floor (n * queue->servers_per_replica * (1 + 1e-12));
}

/* The load at which the excess is 0: regula falsi (Illinois), as it is nearly straight there. */
static double
solve (const BeQueue *queue, int n)
{
  double k = servers_of (queue, n), low = 0, high = k, nudge = TOLERANCE * k / 2;
  double at_low = -INFINITY, at_high = -log (queue->probability);
  double x = k > 9 ? k - 1.5 * sqrt (k) : k / 2;
  int side = 0;

  if (k < 1 || !(queue->probability > 0))
    return 0;
  for (int step = 0; step < 100 && high - low > TOLERANCE * k; step++) {
    double at_x = excess (queue, k, x);
    if (at_x <= 0) {
      low = x;
      at_low = at_x;
      at_high *= side < 0 ? 0.5 : 1;
      side = -1;
    } else {
      high = x;
      at_high = at_x;
      at_low *= side > 0 ? 0.5 : 1;
      side = 1;
    }
    x = isfinite (at_low) ? low - at_low * (high - low) / (at_high - at_low) : (low + high) / 2;
    /* A step inside of the end that is close closes the bracket. */
    x = fmin (fmax (x, low + nudge), high - nudge);
  }
  return low;
}

static int
next_node (int n)
{
  return n + (n + 7) / 8;
}

/* Fills the entries from one node to the next by the polynomial of the margin over sqrt (servers)
 * through the last nodes, in Lagrange's form. */
static void
fill_between (BeQueue *queue, int from, int to)
{
  int nodes[N_NODES] = { 16, 18, 20, 22, 25, 28, EXACT_REPLICAS, 36 };
  double root[N_NODES], weight[N_NODES];

  while (nodes[N_NODES - 2] < from) {
    for (int i = 0; i < N_NODES - 1; i++)
      nodes[i] = nodes[i + 1];
    nodes[N_NODES - 1] = next_node (nodes[N_NODES - 2]);
  }
  queue->erlangs[to] = solve (queue, to);
  for (int i = 0; i < N_NODES; i++)
    root[i] = sqrt (servers_of (queue, nodes[i]));
  for (int i = 0; i < N_NODES; i++) {
    weight[i] = servers_of (queue, nodes[i]) - queue->erlangs[nodes[i]];
    for (int j = 0; j < N_NODES; j++)
      weight[i] /= j == i ? 1 : root[i] - root[j];
  }
  for (int n = from + 1; n < to; n++) {
    double k = servers_of (queue, n), x = sqrt (k), product = 1, sum = 0;
    for (int i = 0; i < N_NODES; i++) {
      product *= x - root[i];
      sum += weight[i] / (x - root[i]);
    }
    queue->erlangs[n] = k - product * sum;
  }
}

double
be_queue_capacity (BeQueue *queue, int n)
{
  while (queue->known <= n) {
    int last = queue->known - 1;
    int next = last < EXACT_REPLICAS ? last + 1 : next_node (last);
    if (next >= queue->allocated) {
      int allocated = next * 2 + 32;
      double *grown = realloc (queue->erlangs, allocated * sizeof *grown);
      if (grown == NULL)
        return NAN;
      queue->erlangs = grown;
      queue->allocated = allocated;
    }
    if (next == last + 1)
      queue->erlangs[next] = next == 0 ? 0 : solve (queue, next);
    else
      fill_between (queue, last, next);
    queue->known = next + 1;
  }
  return queue->erlangs[n];
}

static void
queue_key (const BeQueue *queue, double key[4])
{
  key[0] = queue->servers_per_replica;
  key[1] = queue->hold_s;
  key[2] = queue->wait_s;
  key[3] = queue->probability;
}

/* A mix of several workloads is a weighted mean, whose last bits move with the volume. */
static bool
same_key (const double a[4], const double b[4])
{
  for (int i = 0; i < 4; i++)
    if (!(fabs (a[i] - b[i]) <= 1e-12 * fabs (a[i])))
      return false;
  return true;
}

void
be_queue_recall (BeQueue *queue, struct BeQueueMemory *memory)
{
  double key[4];

  if (memory == NULL)
    return;
  queue_key (queue, key);
  if (!same_key (key, memory->key))
    return;
  queue->erlangs = memory->erlangs;
  queue->known = memory->known;
  queue->allocated = memory->allocated;
  *memory = (struct BeQueueMemory){ 0 };
}

void
be_queue_remember (BeQueue *queue, struct BeQueueMemory *memory)
{
  if (memory == NULL || queue->known <= 1)
    return;
  free (memory->erlangs);
  queue_key (queue, memory->key);
  memory->erlangs = queue->erlangs;
  memory->known = queue->known;
  memory->allocated = queue->allocated;
  queue->erlangs = NULL;
  queue->known = queue->allocated = 0;
}
