/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people read them: one formatter, chart data, tables, sentences. */
#pragma once

#include "chart/be-chart.h"
#include "study/be-study.h"

G_BEGIN_DECLS

/* Begins a program: the locale of the environment, translations from where they are installed or
 * from BE_LOCALE_DIR. What is written to files never depends on it. */
void be_locale_start (void);

/* ---- the formatter ---- */
/* Whether numbers stand in text that runs from right to left: a sign and a "%" then need marks, or
 * they would be drawn on the wrong side of their number. FALSE at the start. */
void be_format_set_right_to_left (gboolean right_to_left);
/* "$38,475.00", compact "$38.5k", "$0.0075"; by LC_NUMERIC. NaN gives an en dash; not compact, what
 * ten decimals cannot show is "$0.00". */
char *be_format_money (double usd, gboolean compact);
/* "$1.375", "$2.50", "$0.0036": a price of one unit as it is quoted, cents at least and six
 * significant digits; for what quantities are multiplied by. NaN gives an en dash. */
char *be_format_price (double usd);
/* "$1.200006": two to ten decimals, for the cost of a single request. */
char *be_format_money_fine (double usd);
/* "$1.24/Mtok": what something comes to, rounded as money is; `unit` is one of money. */
char *be_format_cost (double usd, BeUnit unit);
/* "500,000 requests/day", "70 %", "8k" ... significant digits that matter. */
char *be_format_value (double value, BeUnit unit, gboolean compact);
/* "+12.5 %", "−$3.00": what something changes by, with its sign; "±$0.00" for what no decimal
 * shows, an en dash for NaN. */
char *be_format_change (double value, BeUnit unit);
/* Edit text for an entry: grouped digits, no unit that the parser would not read back. */
char *be_format_edit (double value, BeUnit unit);
const char *be_unit_suffix (BeUnit unit); /* translated: "tokens", "$/h", ... */
/* "8k", "1.5M", "$2.50/h", "70%", "1 500"; decimal sign by locale and ".". Returns FALSE if
 * unreadable. */
gboolean be_parse_value (const char *text, BeUnit unit, double *value);
/* "Mon 14:00", compact "Mon": an hour of the week, 0 = Monday 00:00. */
char *be_format_week_hour (double hour, gboolean compact);
char *be_format_chart (double value, BeChartUnit unit, gboolean compact,
                       gpointer unused); /* a BeChartFormat */
/* "123,456.78" with the digits that matter; compact "123k". Non-finite gives an en dash. */
char *be_format_number (double value, gboolean compact);

/* ---- names and sentences ---- */
const char *be_plan_label (BePlanKind plan); /* "Hosted", "Self-hosted", "Hybrid", "Provisioned" */
const char *be_plan_id (BePlanKind plan);    /* "hosted", "selfHosted", ... */
BeRole be_plan_role (BePlanKind plan);
char *be_line_label (BeScenario *scenario, const BeLine *line);
/* The formula of a line with its values: "4.5 Mtok x $2.50/Mtok = $11.25". */
char *be_line_formula (BeScenario *scenario, const BeLine *line);
char *be_feasibility_sentence (BeScenario *scenario, const BePlan *plan);
typedef struct {
  char *code, *path, *message;
} BeMessage;
GPtrArray *
be_report_warnings (BeScenario *scenario, const BePlanResult *result); /* BeMessage, owned */
/* The same as of a day; NULL: nothing about the age of prices, only when
 * they end. */
GPtrArray *
be_report_warnings_on (BeScenario *scenario, const BePlanResult *result, GDateTime *today);
/* When a pool is compared with another model: that it is, and what the same open weights cost at a
 * provider where the catalogue has one. NULL: like is compared with like. Caller frees. */
char *be_same_weights_sentence (BeScenario *scenario, int pool);
/* Headline: cheapest plan, its cost, the difference to the others, permanent crossover, $/Mtok. */
typedef struct {
  int cheapest; /* -1 none */
  char *plan, *cost, *difference, *crossover, *per_mtok;
} BeHeadline;
void be_headline_clear (BeHeadline *headline);
void be_report_headline (BeScenario *scenario, const BePlanResult *result,
                         const BeCrossover *crossover /* nullable */, BeHeadline *headline);
char *be_crossover_sentence (const BeCrossover *crossover);

/* ---- chart kinds: the same for window, CLI and export ---- */
typedef enum {
  BE_KIND_COSTS,
  BE_KIND_CROSSOVER,
  BE_KIND_BREAKDOWN,
  BE_KIND_BILL,
  BE_KIND_OFFERS,
  BE_KIND_CACHING,
  BE_KIND_LIMITS,
  BE_KIND_LATENCY,
  BE_KIND_FINE_TUNED,
  BE_KIND_STEP,
  BE_KIND_THROUGHPUT,
  BE_KIND_GPUS,
  BE_KIND_PRECISIONS,
  BE_KIND_REPLICAS,
  BE_KIND_WEEK,
  BE_KIND_MEMORY,
  BE_KIND_FLEET,
  BE_KIND_BRIDGE,
  BE_N_KINDS
} BeKind;
const char *
be_kind_id (BeKind kind); /* "costs", "crossover", "breakdown" (ladder waterfall), "bill" (plans as
                             bars), "offers", "caching", "limits", "latency", "fineTuned", "step",
                             "throughput", "gpus", "precisions", "replicas", "week", "memory",
                             "fleet", "bridge" */
typedef struct _BeComparison BeComparison; /* of compare/be-comparison.h */
typedef struct {
  BeScaleKind x_scale, y_scale;
  double from, to;          /* NaN: automatic */
  gboolean reference_band;  /* $30k-$100k on crossover */
  guint points;             /* 0 = default */
  int pool;                 /* of the kinds that show one: from "step" on */
  int workload;             /* of the kinds that show one: offers, caching, latency, fineTuned */
  BeComparison *comparison; /* of the bridge: what it shows, whatever the scenario; borrowed */
} BeChartOptions;
void be_chart_options_init (BeChartOptions *options);
BeChartData *
be_report_chart (BeScenario *scenario, BeKind kind, const BeChartOptions *options, GError **error);
/* A table of texts. Every row has as many cells as there are headers; both end in NULL. */
typedef struct {
  char **headers;
  GPtrArray *rows; /* char** */
} BeTable;
BeTable *be_table_new (const char *first, ...) G_GNUC_NULL_TERMINATED;
BeTable *be_table_new_strv (const char *const *headers);
/* Take the cells. */
void be_table_add (BeTable *table, char *first, ...) G_GNUC_NULL_TERMINATED;
void be_table_take_row (BeTable *table, char **cells);
void be_table_free (BeTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeTable, be_table_free)
/* The chart's numbers: header and rows of text (formatted) or CSV (raw, C locale). */
char *be_report_chart_csv (const BeChartData *data);
BeTable *be_report_chart_table (const BeChartData *data);
/* Label, quantity, rate, $/month. Lines of less than a billionth of the plan's cost are left out;
 * be_report_bill_csv has them. */
BeTable *be_report_bill_table (BeScenario *scenario, const BePlanResult *result, BePlanKind plan);
/* RFC 4180, lines end in "\n". A text that a spreadsheet would run as a formula gets an apostrophe
 * in front. */
char *be_table_to_csv (const BeTable *table);
/* Every plan's lines and total, as CSV with raw numbers in the C locale. Ids, not words, in plan
 * and kind. */
char *be_report_bill_csv (BeScenario *scenario, const BePlanResult *result);
/* A row for each crossing: what happens there, requests/day, Mtok/month, $/month. */
BeTable *be_report_crossings_table (const BeCrossover *crossover);

/* ---- serving ---- */
/* An estimate to the three digits that it can bear. */
double be_report_estimate (double value);
const char *be_weights_label (BeWeights weights); /* "FP8" */
/* The chart of kind "gpus" for choices that were worked out before (of be_study_gpus). Its first
 * series has those with a price in order of latency, named. */
BeChartData *be_report_choices_chart (GArray *choices, const BeChartOptions *options);
/* "PATH=VALUE" of everything that makes a pool ("pools/ID") run so; its rent stays where the
 * catalogue has not priced the choice. g_strfreev. */
char **be_report_choice_assignments (const BeServingChoice *choice, const char *pool);
/* What a pool's page says; all strings translated and owned. */
typedef struct {
  gboolean fits;
  char *fit;                                /* a sentence on the memory of a GPU */
  char *speed, *band, *tpot, *ttft, *batch; /* figures with units; an en dash where unknown */
  char *per_mtok, *replicas, *per_month;
  char *parameters, *active; /* active NULL: all are */
  char *target;              /* what the next 10 ms of latency cost, both ways */
} BeServingFigures;
gboolean be_report_serving_figures (BeScenario *scenario, const BePlanInput *input, int pool,
                                    BeServingFigures *figures, GError **error);
void be_serving_figures_clear (BeServingFigures *figures);
/* What the fleet of a pool is over the week. */
char *be_report_fleet_sentence (const BePlanInput *input, const BePlanResult *result, int pool);
const char *be_report_fleet_label (BeFleetKind kind); /* "Autoscaled, on demand" */
char *be_report_fleet_words (const BeFleetOption *option);
/* "PATH=VALUE" of everything that gives the pool `own` ("pools/ID") its fleet in this way;
 * AS_IS gives none. */
char **
be_report_fleet_assignments (BeFleetKind kind, const BeFleetOption *option,
                             const BeFleetPrices *prices, const BePool *own, const char *path);
/* What several workloads on one pool, and work that may wait, save against separate pools. */
char *be_report_sharing_sentence (const BePlanInput *input, int pool);
/* What the pool's own weights cost at a provider, against the pool; caller frees. */
char *be_report_elsewhere_sentence (BeScenario *scenario, const BePlanResult *result, int pool);
/* Reads a CSV of timestamps or hourly counts into a workload's profile, one step of undo; a
 * sentence on what was read, or NULL and error with nothing changed. */
char *be_report_read_profile (BeScenario *scenario, const char *workload, const char *path,
                              GError **error);

/* ---- precisions side by side; rows of be_study_precisions ---- */
typedef enum { BE_PRECISION_COST, BE_PRECISION_SPEED, BE_PRECISION_MEMORY } BePrecisionMeasure;
BeChartData *
be_report_precision_chart (const BePrecision rows[BE_N_PRECISIONS], BePrecisionMeasure measure);
BeTable *be_report_precision_table (const BePrecision rows[BE_N_PRECISIONS]);
/* What marketing promises against what this case gets; caller frees. */
char *be_report_precision_words (const BePrecision rows[BE_N_PRECISIONS]);

char *be_serving_choice_name (const BeServingChoice *choice); /* "2 × H100, FP8" */

/* Everything that must be said of a computed throughput, where the serving model is weak or leaves
 * things out: BeMessage with empty paths. prefix_hit as in the demand. */
GPtrArray *
be_serving_notes (const BeServingSetup *setup, const BeServingResult *result, double prefix_hit);
char *be_serving_latency_note (void); /* what is always to be said of the time to first token */
char *be_serving_range_words (const BeServingResult *result); /* "1,700 to 2,300 tokens/s" */

/* ---- offers side by side ---- */
typedef struct {
  char *key, *name, *provider, *as_of; /* NULL: unknown */
  char *age_note;                      /* NULL: nothing to say */
  double context_window;               /* tokens, NaN: unknown */
  const BeOffer *offer;                /* borrowed from the ranking */
  BeOfferCost cost;
  gboolean is_used; /* by a route of the workload */
  gboolean fits;    /* FALSE: the mean request is longer than the context window */
  char *words;      /* for the search */
  gsize index;
} BeRankedOffer;
/* Every offer of the snapshot and the catalogue, with what a workload would cost on it. */
typedef struct _BeOfferRanking BeOfferRanking;
BeOfferRanking *be_offer_ranking_new (void);
void be_offer_ranking_free (BeOfferRanking *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeOfferRanking, be_offer_ranking_free)
gboolean
be_offer_ranking_update (BeOfferRanking *self, BeScenario *scenario, int workload, GError **error);
/* The same in pieces, for callers that must not keep others waiting: begin, then steps until done;
 * a step reads `budget` offers or prices ten times as many. Edits between them begin anew. */
void be_offer_ranking_begin (BeOfferRanking *self, BeScenario *scenario, int workload);
gboolean be_offer_ranking_step (BeOfferRanking *self, BeScenario *scenario, guint budget,
                                gboolean *done, GError **error);
GPtrArray *be_offer_ranking_get_offers (BeOfferRanking *self); /* BeRankedOffer, borrowed */
typedef enum {
  BE_OFFER_SORT_COST,
  BE_OFFER_SORT_INPUT,
  BE_OFFER_SORT_OUTPUT,
  BE_OFFER_SORT_CONTEXT, /* the longest first */
  BE_OFFER_SORT_DATE,    /* the newest first */
  BE_OFFER_SORT_NAME
} BeOfferSort;
/* What is looked for. The search: every word occurs in the key, name, provider, date, context
 * window or a price, or compares ("context>=200k", "in<1", "out<=5", "cached<0.1", "cost<10k",
 * "date>=2026-09"); commas part searches of which one must hold. */
typedef struct {
  const char *search;    /* NULL: all */
  const char *provider;  /* NULL: any */
  double least_context;  /* tokens; 0: any */
  gboolean only_current; /* leaves out old prices and those that end */
  BeOfferSort sort;
} BeOfferFilter;
/* BeRankedOffer of a ranking that is done, borrowed from it; the array is the caller's. */
GPtrArray *be_offer_ranking_filter (BeOfferRanking *ranking, const BeOfferFilter *filter);
char **be_offer_ranking_list_providers (BeOfferRanking *ranking); /* sorted, NULL-terminated */
/* The cheapest of `offers` (a filter's) and those in use as rows, after the routing as it is (NaN:
 * left out). */
BeChartData *be_offer_ranking_chart (GPtrArray *offers, guint n_bars, double today_usd);
/* A text or a number of an offer in the scenario's form; NULL (borrowed), NaN when it has none. */
const char *be_offer_text (JsonNode *offer, const char *member);
double be_offer_number (JsonNode *offer, const char *member);
/* "the price is 143 days old", "this price ends on 2026-12-31", a promotion near or past its end,
 * "implausible: ..." (by be-price-list.h) before any of these; NULL when there is nothing to say.
 * The offer is in the scenario's form. */
char *be_offer_age_note (JsonNode *offer);
/* The same by the offer's key; NULL is no offer. */
char *be_offer_note (BeScenario *scenario, const char *key);
/* Only that it is implausible, or NULL. */
char *be_offer_implausible_note (JsonNode *offer);
/* Only what the dates say, as of a day; NULL: only the dates themselves, no age. */
char *be_offer_note_on (JsonNode *offer, GDateTime *today);
/* A workload's part of the hosted plan, its buffer included; NaN when it has no price. */
double be_report_workload_usd (const BePlanInput *input, const BePlanResult *result, int workload);

/* ---- cost against latency ---- */
/* A place as people read it. */
typedef struct {
  char *key;                         /* of the offer; NULL: a pool */
  char *name;                        /* "GPT-4o" */
  char *origin;                      /* where the figures are from; NULL: nothing is known */
  double ttft_ms, tokens_per_second; /* of an offer; NaN: not known */
  BePlace place;
} BeLatencyRow;
typedef struct {
  GPtrArray *rows; /* BeLatencyRow: routes, pools, then offers */
  BeLatency latency;
  double timeout_s;
  char *gain;    /* routing in time and cost against its dearest route; NULL: there is one route */
  char *timeout; /* what runs past it, and what that costs */
  char *unknown; /* how many have no time yet; NULL: all have */
} BeLatencyReport;
/* The routes and pools of a workload, and of other offers those of which a speed is known and those
 * of `wanted` (keys); NULL: the cheapest, which may be asked next. */
BeLatencyReport *
be_report_latency (BeScenario *scenario, int workload, const char *const *wanted, GError **error);
void be_latency_report_free (BeLatencyReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeLatencyReport, be_latency_report_free)
/* A point for each place with a time and a price, the line of those that nothing beats, the mean of
 * the routing and its slowest route. */
BeChartData *be_report_latency_chart (const BeLatencyReport *report, const BeChartOptions *options);
/* "2.4 s · $3.10 for 1,000 requests · 12 % past the timeout"; caller frees. */
char *be_report_latency_words (const BeLatencyRow *row, double timeout_s);

/* How many prices drifted and what that does to the monthly cost; NULL: none did. */
char *be_report_drift_sentence (BeScenario *scenario);

/* The reference checks as a table: what, published, ours, source. `all_hold` may be NULL. */
BeTable *be_report_reference_table (BeCatalog *catalog, gboolean *all_hold);
/* The published figure of a check as its table says it: "112,500", "0.43 to 0.7", "below 0.5". */
char *be_report_reference_published (const BeReferenceCheck *check);

/* be_plan_evaluate with its status as an error in BE_SCENARIO_ERROR. `result` was initialised. */
gboolean be_report_evaluate (const BePlanInput *input, BePlanResult *result, GError **error);

/* ---- machine output ---- */
JsonNode *be_report_evaluate_json (BeScenario *scenario, const BePlanResult *result);
JsonNode *be_report_crossover_json (BeScenario *scenario, const BeCrossover *crossover);

G_END_DECLS
