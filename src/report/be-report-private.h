/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared between the files of report/, and with nobody else. */
#pragma once

#include "report/be-report.h"

G_BEGIN_DECLS

/* How the locale writes numbers, in UTF-8. In the C locale groups of three are parted by commas,
 * since people read the result. */
typedef struct {
  char decimal[8];
  char group[8];     /* "" = none */
  char grouping[16]; /* as in struct lconv */
} BeNumberSigns;
void be_number_signs_get (BeNumberSigns *signs);

/* The unit as it stands behind a number, translated: "1 GPU", "2 GPUs". A fraction takes the
 * plural. */
const char *be_unit_after (double value, BeUnit unit);

/* Paths of entities by their index in the plan input; NULL when there is none. Caller frees. */
char *be_workload_path (BeScenario *scenario, int workload);
char *be_route_path (BeScenario *scenario, int workload, int route);
char *be_pool_path (BeScenario *scenario, int pool);
/* Names for people; never NULL. Caller frees. */
char *be_workload_name (BeScenario *scenario, int workload);
char *be_pool_name (BeScenario *scenario, int pool);
char *be_offer_name (BeScenario *scenario, int offer);
const char *be_line_kind_label (BeLineKind kind); /* translated: "input", "GPU rent" ... */
const char *be_line_kind_id (BeLineKind kind);    /* "freshInput", "rent" ... */
/* The unit that quantities of a kind are shown in, translated ("Mtok", "GPU-h", "" = none), and how
 * many of the engine's make one (nullable). */
const char *be_line_quantity_unit (BeLineKind kind, double *scale);
const char *be_line_rate_unit (BeLineKind kind); /* translated: "/Mtok", "/GPU-h"; "" = none */
double be_line_quantity (const BeLine *line);    /* in that unit; NaN where there is none */
const char *be_feasibility_id (BeFeasibility feasibility);
/* Where a plan fails, the missing price of a pool included; NULL: nowhere in particular. Caller
 * frees. */
char *be_fault_path (BeScenario *scenario, const BePlan *plan);
const char *be_verdict_id (BeCrossoverVerdict verdict);

/* Whether two costs differ by more than a billionth: less is left over by sums of doubles. */
gboolean be_differs (double a_usd, double b_usd);

/* Requests a day of all workloads as written, times the input's volume factor. */
double be_total_requests_per_day (const BePlanInput *input);

/* Adds a line for each pool whose open weights a provider hosts: its work there. */
void be_report_add_elsewhere (BeChartData *data, BeScenario *scenario, const BePlanInput *input);
/* Its numbers at factors of today's volume, and the offer. FALSE: no provider is known, or the
 * hosted plan is that offer already. */
gboolean be_report_elsewhere (BeScenario *scenario, const BePlanInput *input, int pool,
                              const double *volume_factors, gsize n, double *per_month_usd,
                              const BeCatalogOffer **host);

/* Costs and crossover: the kinds of chart over volume. */
/* Costs by volume, still without curves; today's volume is marked when it is above 0. */
BeChartData *be_report_new_volume_chart (const char *title, const char *x_label, double today,
                                         const BeChartOptions *options);
BeChartData *
be_report_volume_chart (BeScenario *scenario, const BePlanInput *input, const BePlanResult *result,
                        BeKind kind, const BeChartOptions *options, GError **error);

/* The kinds that show the hosted side of one workload. */
BeChartData *
be_report_hosted_chart (BeScenario *scenario, const BePlanInput *input, const BePlanResult *result,
                        BeKind kind, const BeChartOptions *options, GError **error);

/* be-bars.c: an empty chart of costs, its bars each one of something ("Lever"). */
BeChartData *be_report_new_bar_chart (BeChartType type, const char *title, const char *each);
/* compare/be-comparison.c: NULL is not compared yet. */
BeChartData *be_report_bridge_chart (BeComparison *comparison);

/* The kinds that show one pool. */
BeChartData *
be_report_serving_chart (BeScenario *scenario, const BePlanInput *input, const BePlanResult *result,
                         BeKind kind, const BeChartOptions *options, GError **error);

/* What must be said of the throughput that a pool computes. */
void be_report_add_pool_notes (GPtrArray *messages, BeScenario *scenario, const BePlanInput *input,
                               int pool);
/* be-serving-charts.c: an empty chart of a pool. */
BeChartData *be_report_new_pool_chart (BeChartType type, const char *title, const char *x_label,
                                       const char *y_label, const BeChartOptions *options);
/* be-fleet-charts.c */
BeChartData *be_report_memory_chart (BeScenario *scenario, const BePlanInput *input, int pool,
                                     const BeChartOptions *options, GError **error);
BeChartData *
be_report_replicas_chart (const BePlanResult *result, int pool, const BeChartOptions *options);
BeChartData *
be_report_week_chart (const BePlanResult *result, int pool, const BeChartOptions *options);
BeChartData *be_report_fleet_chart (const BePlanInput *input, const BePlanResult *result, int pool,
                                    const BeChartOptions *options);

void be_message_free (gpointer message);

/* An input's value and default as people read them; "" where there is none. Callers free. */
char *be_report_input_value (BeScenario *scenario, const BeInput *input, const char *path);
char *be_report_input_default (const BeInput *input);
/* What an input belongs to: "Chat", "Chat, GPT-4o mini"; "" for one of the document. Caller frees.
 */
char *be_report_input_owner (BeScenario *scenario, const BeInput *input, const char *path);
/* Whether the file sets the input to something else than its default. */
gboolean be_report_input_is_own (BeScenario *scenario, const BeInput *input, const char *path);
/* Keys of the offers that the plan bills, each once, rate sets under their offer; owned. */
GPtrArray *be_report_used_offers (BeScenario *scenario, const BePlanInput *input);
/* $ per Mtok as the snapshot has it ("input", "batch/output"); NaN where it has none. */
double be_report_offer_rate (BeScenario *scenario, const char *key, const char *member);
/* "asOf" or "source" of the snapshot, else of the catalogue; "" where there is none. Caller frees.
 */
char *be_report_offer_fact (BeScenario *scenario, const char *key, const char *member);

G_END_DECLS
