/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The crossings against a dense scan of random scenarios: every kind of pool, none missed. */
#include "study-inputs.h"

#include <math.h>
#include <stdlib.h>

enum { SCENARIOS = 320, SAMPLES = 1200, STEPS = 150, BEYOND = 40 };

/* Closer than this, relative, two volumes are the same edge, and two bills the same. */
#define NEAR_EDGE 1e-6
#define SAME_BILL 1e-9

typedef struct {
  BePlanInput input;
  BePlanResult result;
  BeCrossover crossover;
} Case;

static void
decorate_pool (GRand *rand, BePool *pool)
{
  int rent = g_rand_int_range (rand, 0, 8);
  pool->serves[0].share = g_rand_boolean (rand) ? 1 : g_rand_double_range (rand, 0.2, 1);
  if (rent == 0) {
    pool->rent_kind = BE_RENT_SPOT;
    pool->interruption = g_rand_double_range (rand, 0.05, 0.6);
  } else if (rent < 4) {
    pool->reserved_replicas = rent == 1 ? BE_RESERVED_BEST : g_rand_int_range (rand, 1, 6);
    pool->reserved_gpu_hour_usd = pool->gpu_hour_usd * g_rand_double_range (rand, 0.4, 0.95);
  } else if (rent == 4) {
    pool->rent_kind = BE_RENT_OWNED;
    pool->capex_usd = 30000;
    pool->life_years = 4;
    pool->cost_of_capital = 0.08;
  }
  if (g_rand_int_range (rand, 0, 5) == 0)
    pool->gpus_per_instance = 8;
  if (g_rand_int_range (rand, 0, 10) == 0)
    pool->maximum = g_rand_int_range (rand, 3, 40);
}

static void
add_second_pool (BePlanInput *input)
{
  input->pools = realloc (input->pools, 2 * sizeof *input->pools);
  input->pools[1] = input->pools[0];
  BePool *second = &input->pools[1];
  input->n_pools = 2;
  second->serves = calloc (1, sizeof *second->serves);
  second->serves[0] = input->pools[0].serves[0];
  second->serves[0].workload = 1;
  second->people = calloc (1, sizeof *second->people);
  second->n_people = 0;
  second->gpu_hour_usd *= 1.3;
}

static void
case_init (Case *c, GRand *rand)
{
  study_random_input (rand, &c->input);
  decorate_pool (rand, &c->input.pools[0]);
  if (c->input.n_workloads == 2 && g_rand_boolean (rand))
    add_second_pool (&c->input);
  if (g_rand_int_range (rand, 0, 6) == 0)
    c->input.offers[0].commitment_usd_per_month = g_rand_double_range (rand, 500, 30000);
  if (g_rand_int_range (rand, 0, 6) == 0)
    c->input.offers[2].hosting_usd_per_hour = g_rand_double_range (rand, 0.5, 5);
  be_plan_result_init (&c->result);
}

static void
case_clear (Case *c)
{
  be_crossover_clear (&c->crossover);
  be_plan_result_clear (&c->result);
  be_plan_input_clear (&c->input);
}

/* What the list of crossings says at a volume; *near an edge it may be either. */
static gboolean
is_said_cheaper (const BeCrossover *crossover, double x, gboolean *near)
{
  gboolean cheaper = crossover->first == 0;
  *near = FALSE;
  for (guint i = 0; i < crossover->crossings->len; i++) {
    const BeCrossing *crossing = &g_array_index (crossover->crossings, BeCrossing, i);
    *near |= fabs (x / crossing->volume_factor - 1) < NEAR_EDGE;
    if (crossing->volume_factor <= x)
      cheaper = crossing->kind == BE_CROSSING_BECOMES_CHEAPER;
  }
  return cheaper;
}

/* -1: self-hosting costs less at this volume, 1: more, 0: as much; 2: it cannot be run. */
static int
compare_at (Case *c, double x)
{
  const BePlan *plans = c->result.plans;
  c->input.volume = x;
  g_assert_cmpint (be_plan_evaluate_some (&c->input, 3, &c->result), ==, BE_OK);
  if (plans[BE_PLAN_SELF_HOSTED].feasible != BE_FEASIBLE)
    return 2;
  double hosted = plans[BE_PLAN_HOSTED].per_month_usd;
  double self = plans[BE_PLAN_SELF_HOSTED].per_month_usd;
  if (fabs (self - hosted) <= SAME_BILL * MAX (hosted, self))
    return 0;
  return self < hosted ? -1 : 1;
}

static void
check_at (Case *c, int number, double x)
{
  gboolean near;
  int found = compare_at (c, x);
  gboolean said = is_said_cheaper (&c->crossover, x, &near);
  if (found == 0 || found == 2 || near || said == (found < 0))
    return;
  for (guint i = 0; i < c->crossover.crossings->len; i++) {
    const BeCrossing *at = &g_array_index (c->crossover.crossings, BeCrossing, i);
    g_test_message ("crossing %u at %.12g, kind %d", i, at->volume_factor, at->kind);
  }
  g_error ("case %d, factor %.12g, verdict %d: hosted %.12g, self-hosted %.12g", number, x,
           c->crossover.verdict, c->result.plans[BE_PLAN_HOSTED].per_month_usd,
           c->result.plans[BE_PLAN_SELF_HOSTED].per_month_usd);
}

/* Even steps, steps of equal ratio, and both sides of the staircase's own steps. */
static void
scan (Case *c, int number, double to)
{
  for (int i = 1; i <= SAMPLES; i++) {
    check_at (c, number, to * i / SAMPLES);
    check_at (c, number, to * pow (1e-5, (double) i / SAMPLES));
  }
  compare_at (c, 1);
  double peak = c->result.self_hosted[0].peak_replicas;
  for (int n = 1; n <= STEPS && n / peak < to; n++) {
    check_at (c, number, n / peak * (1 - 3 * NEAR_EDGE));
    check_at (c, number, n / peak * (1 + 3 * NEAR_EDGE));
  }
}

/* Permanent: cheaper everywhere beyond. Never: dearer far out, as far as capacity was priced. */
static void
check_verdict (Case *c, int number, double last)
{
  double permanent = NAN;
  int found = 2;
  for (guint i = 0; i < c->crossover.crossings->len; i++) {
    const BeCrossing *at = &g_array_index (c->crossover.crossings, BeCrossing, i);
    if (at->permanent)
      permanent = at->volume_factor;
  }
  if (c->crossover.verdict == BE_CROSSOVER_FOUND) {
    g_assert_cmpfloat (permanent, ==, last);
    for (int i = 1; i <= BEYOND; i++) {
      int beyond = compare_at (c, permanent * pow (1.3, i));
      if (beyond == 1)
        g_error ("case %d: not permanent from %.12g on", number, permanent);
    }
  }
  if (c->crossover.verdict != BE_CROSSOVER_NEVER)
    return;
  for (double x = last; compare_at (c, x) != 2 && x < last * 1e6; x *= 2)
    found = compare_at (c, x);
  if (found == -1)
    g_error ("case %d: cheaper far out, and never", number);
}

static void
test_brute_force (void)
{
  guint32 seed = 20261125;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  int verdicts[BE_CROSSOVER_INFEASIBLE + 1] = { 0 };
  guint crossings = 0;
  g_test_message ("seed %u", seed);
  for (int i = 0; i < SCENARIOS; i++) {
    Case c;
    g_autoptr (GError) error = NULL;
    case_init (&c, rand);
    be_study_crossover (&c.input, &c.crossover, &error);
    g_assert_no_error (error);
    guint n = c.crossover.crossings->len;
    double last =
        n > 0 ? g_array_index (c.crossover.crossings, BeCrossing, n - 1).volume_factor : 1;
    verdicts[c.crossover.verdict]++;
    crossings += n;
    scan (&c, i, 3 * last);
    check_verdict (&c, i, last);
    case_clear (&c);
  }
  g_test_message ("%u crossings; verdicts %d %d %d %d", crossings, verdicts[0], verdicts[1],
                  verdicts[2], verdicts[3]);
  g_assert_cmpint (verdicts[BE_CROSSOVER_FOUND], >, 50);
  g_assert_cmpint (verdicts[BE_CROSSOVER_NEVER], >, 20);
  g_assert_cmpint (verdicts[BE_CROSSOVER_BEYOND_CAPACITY], >=, 1);
  g_assert_cmpint (verdicts[BE_CROSSOVER_INFEASIBLE], ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/study/crossover/brute-force", test_brute_force);
  return g_test_run ();
}
