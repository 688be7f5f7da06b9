/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The largest load that n replicas carry within a wait target. */
#include "engine/be-plan-internal.h"

#include <math.h>
#include <stdlib.h>

/* Above this many replicas only every so many are solved, and the margin in between, which is
 * smooth in the square root of the fleet, is interpolated. */
enum { EXACT_REPLICAS = 24 };

static double
solve (const BeQueue *queue, double servers)
{
  double k = floor (servers);
  double low = 0, high = k;
  if (k < 1)
    return 0;
  double guess = k - 1.5 * sqrt (k);
  for (int step = 0; step < 60 && high - low > 1e-9 * k; step++) {
    double middle = step == 0 && guess > 0 ? guess : (low + high) / 2;
    if (be_erlang_c_wait (k, middle, queue->wait_s, queue->hold_s) <= queue->probability)
      low = middle;
    else
      high = middle;
  }
  return low;
}

static int
next_node (int n)
{
  return n + (n + 3) / 4;
}

/* Fills the entries from one node to the next by a straight line of margin over sqrt (servers). */
static void
fill_between (BeQueue *queue, int from, int to)
{
  double k0 = floor (from * queue->servers_per_replica);
  double k1 = floor (to * queue->servers_per_replica);
  queue->erlangs[to] = solve (queue, k1);
  double margin0 = k0 - queue->erlangs[from], margin1 = k1 - queue->erlangs[to];
  for (int n = from + 1; n < to; n++) {
    double k = floor (n * queue->servers_per_replica);
    double t = (sqrt (k) - sqrt (k0)) / (sqrt (k1) - sqrt (k0));
    queue->erlangs[n] = k - (margin0 + t * (margin1 - margin0));
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
      queue->erlangs[next] = next == 0 ? 0 : solve (queue, next * queue->servers_per_replica);
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
