/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan assumes, with sources and dates; what it leaves out; what to be warned of. */
#include "report/document/be-document-private.h"

#include "be-config.h"
#include "report/be-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static gboolean
is_of_an_offer (const BeInput *input)
{
  return input->scope == BE_SCOPE_OFFER || input->scope == BE_SCOPE_TIER
         || input->scope == BE_SCOPE_RATE_SET || input->scope == BE_SCOPE_WINDOW;
}

static gboolean
is_an_hour (const BeInput *input)
{
  return g_str_has_suffix (input->pattern, "profile/?");
}

/* Names stand with what they name; what concerns later months is no part of any figure; a step of
 * people is two numbers that belong together. */
static gboolean
is_shown (BeScenario *scenario, const BeInput *input, const char *path)
{
  if (is_of_an_offer (input) || input->group == BE_GROUP_OVER_TIME
      || g_str_has_suffix (path, "/name") || g_str_equal (path, "name")
      || g_str_equal (path, "notes"))
    return FALSE;
  return be_report_input_is_own (scenario, input, path)
         || (input->scope == BE_SCOPE_PEOPLE_STEP && be_scenario_is_set (scenario, path));
}

static void
add_inputs (BeDocument *document, const BePlanPaper *paper)
{
  g_autoptr (GPtrArray) paths = be_scenario_list_inputs (paper->scenario, BE_N_GROUPS);
  BeTable *table = be_table_new (_ ("Input"), _ ("Of"), _ ("Value"), _ ("Default"), NULL);
  gboolean hours = FALSE;

  for (guint i = 0; i < paths->len; i++) {
    const char *path = g_ptr_array_index (paths, i);
    const BeInput *input = be_input_find (path);

    if (input == NULL || !is_shown (paper->scenario, input, path))
      continue;
    /* 168 weights of a week say little one by one. */
    hours = hours || is_an_hour (input);
    if (is_an_hour (input))
      continue;
    be_table_add (table, g_strdup (be_input_label (input)),
                  be_report_input_owner (paper->scenario, input, path),
                  be_report_input_value (paper->scenario, input, path),
                  be_report_input_default (input), NULL);
  }
  be_document_add_heading (document, 2, _ ("Inputs that were set"));
  be_document_take_table (document, table, "llrr", FALSE);
  if (hours)
    be_document_add_paragraph (document,
                               _ ("A weekly profile was entered hour by hour; the scenario file "
                                  "has its 168 weights."));
  be_document_add_paragraph (document, _ ("All other inputs are at their defaults."));
}

static char *
rate_cell (const BePlanPaper *paper, const char *key, const char *member)
{
  double rate = be_report_offer_rate (paper->scenario, key, member);

  return isfinite (rate) ? be_format_price (rate) : g_strdup ("");
}

static void
add_offers (BeDocument *document, const BePlanPaper *paper)
{
  g_autoptr (GPtrArray) keys = be_report_used_offers (paper->scenario, paper->input);
  BeTable *table =
      be_table_new (_ ("Offer"), _ ("Input"), _ ("Output"), _ ("Cached"), _ ("Batch input"),
                    _ ("Batch output"), _ ("As of"), _ ("Source"), NULL);

  be_document_add_heading (document, 2, _ ("Hosted offers, $ per million tokens"));
  for (guint i = 0; i < keys->len; i++) {
    const char *key = g_ptr_array_index (keys, i);

    be_table_add (table, g_strdup (key), rate_cell (paper, key, "input"),
                  rate_cell (paper, key, "output"), rate_cell (paper, key, "cachedInput"),
                  rate_cell (paper, key, "batch/input"), rate_cell (paper, key, "batch/output"),
                  be_report_offer_fact (paper->scenario, key, "asOf"),
                  be_report_offer_fact (paper->scenario, key, "source"), NULL);
  }
  be_document_take_table (document, table, "lrrrrrll", FALSE);
}

/* The tail of a path after its offer: "tiers/0/input". */
static const char *
after_offer (const char *path)
{
  const char *slash = strchr (path, '/');

  slash = slash != NULL ? strchr (slash + 1, '/') : NULL;
  return slash != NULL ? slash + 1 : path;
}

static gboolean
is_listed_rate (const char *tail)
{
  static const char *const listed[] = { "input",        "output", "cachedInput", "batch/input",
                                        "batch/output", "asOf",   "source",      "name",
                                        "provider",     NULL };

  return g_strv_contains (listed, tail);
}

/* Tiers, windows, fees, limits, discounts: what the table of rates has no column for. */
static void
add_offer_terms (BeDocument *document, const BePlanPaper *paper)
{
  g_autoptr (GPtrArray) paths = be_scenario_list_inputs (paper->scenario, BE_N_GROUPS);
  g_autoptr (GPtrArray) keys = be_report_used_offers (paper->scenario, paper->input);
  BeTable *table = be_table_new (_ ("Offer"), _ ("Term"), _ ("Where"), _ ("Value"), NULL);

  for (guint i = 0; i < paths->len; i++) {
    const char *path = g_ptr_array_index (paths, i);
    const BeInput *input = be_input_find (path);
    g_auto (GStrv) segments = g_strsplit (path, "/", 3);
    g_autofree char *key = segments[1] != NULL ? be_path_unescape (segments[1]) : NULL;

    if (input == NULL || !is_of_an_offer (input) || is_listed_rate (after_offer (path))
        || !be_scenario_is_set (paper->scenario, path) || key == NULL
        || !g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
      continue;
    be_table_add (table, g_strdup (key), g_strdup (be_input_label (input)),
                  g_strdup (after_offer (path)),
                  be_report_input_value (paper->scenario, input, path), NULL);
  }
  if (table->rows->len > 0)
    be_document_add_heading (document, 2, _ ("Other terms of these offers"));
  be_document_take_table (document, table, "lllr", FALSE);
}

/* The entered rent beside what the catalogue knows. */
static char *
describe_rents (BeCatalog *catalog, const char *gpu)
{
  const char *last = NULL;
  int n = 0;
  g_autofree char *median =
      be_format_value (be_catalog_gpu_price (catalog, gpu), BE_UNIT_USD_PER_HOUR, FALSE);

  for (size_t i = 0; i < be_catalog_get_n_gpu_prices (catalog); i++) {
    const BeGpuPrice *price = be_catalog_get_gpu_price_row (catalog, i);

    if (!g_str_equal (price->gpu, gpu) || !g_str_equal (price->kind, "cloud")
        || !isfinite (price->on_demand))
      continue;
    n++;
    if (last == NULL || g_strcmp0 (price->date, last) > 0)
      last = price->date;
  }
  if (n == 0)
    return g_strdup (_ ("entered; the catalogue has no price"));
  /* Translators: how many prices, the middle one of them, a date. */
  return g_strdup_printf (ngettext ("entered; the catalogue's %d price on demand: %s (%s)",
                                    "entered; median of the catalogue's %d prices on demand: %s "
                                    "(to %s)",
                                    (gulong) n),
                          n, median, last != NULL ? last : "");
}

static char *
pool_text (const BePlanPaper *paper, int pool, const char *member)
{
  g_autofree char *path = be_pool_path (paper->scenario, pool);
  g_autofree char *whole = path != NULL ? g_strconcat (path, "/", member, NULL) : NULL;
  char *text = whole != NULL ? be_scenario_get_text (paper->scenario, whole) : NULL;

  return text != NULL ? text : g_strdup ("");
}

static void
add_hardware (BeDocument *document, const BePlanPaper *paper)
{
  BeCatalog *catalog = be_scenario_get_catalog (paper->scenario);
  BeTable *table = be_table_new (_ ("Pool"), _ ("What"), _ ("Value"), _ ("Source"), NULL);

  for (size_t i = 0; i < paper->input->n_pools; i++) {
    const BePool *pool = &paper->input->pools[i];
    g_autofree char *name = be_pool_name (paper->scenario, (int) i);
    g_autofree char *model = pool_text (paper, (int) i, "model");
    g_autofree char *gpu = pool_text (paper, (int) i, "gpu");
    const BeCatalogModel *known = be_catalog_find_model (catalog, model);
    const BeCatalogGpu *chip = be_catalog_find_gpu (catalog, gpu);

    be_table_add (table, g_strdup (name), g_strdup (_ ("Model")), g_strdup (model),
                  g_strdup (known != NULL && known->source != NULL ? known->source : ""), NULL);
    be_table_add (table, g_strdup (name), g_strdup (_ ("GPU")),
                  g_strdup_printf ("%d × %s", pool->gpus_per_replica, gpu),
                  g_strdup (chip != NULL && chip->source != NULL ? chip->source : ""), NULL);
    if (pool->rent_kind != BE_RENT_OWNED)
      be_table_add (table, g_strdup (name), g_strdup (_ ("Rent of a GPU")),
                    be_format_value (pool->gpu_hour_usd, BE_UNIT_USD_PER_HOUR, FALSE),
                    describe_rents (catalog, gpu), NULL);
  }
  if (table->rows->len > 0)
    be_document_add_heading (document, 2, _ ("Hardware and models"));
  be_document_take_table (document, table, "llll", FALSE);
}

void
be_paper_add_assumptions (BeDocument *document, const BePlanPaper *paper)
{
  g_autofree char *notes = be_scenario_get_text (paper->scenario, "notes");

  be_document_add_heading (document, 1, _ ("Assumptions"));
  if (notes != NULL && notes[0] != '\0')
    be_document_add_paragraph (document, notes);
  add_inputs (document, paper);
  add_offers (document, paper);
  add_offer_terms (document, paper);
  add_hardware (document, paper);
}

static gboolean
has_setup_cost (const BePlanInput *input)
{
  for (size_t i = 0; i < input->n_pools; i++)
    if (input->pools[i].setup_cost_usd > 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_later_months (const BePlanPaper *paper)
{
  g_autoptr (GPtrArray) paths = be_scenario_list_inputs (paper->scenario, BE_GROUP_OVER_TIME);

  for (guint i = 0; i < paths->len; i++) {
    const BeInput *input = be_input_find (paths->pdata[i]);
    if (input != NULL && be_report_input_is_own (paper->scenario, input, paths->pdata[i]))
      return TRUE;
  }
  return FALSE;
}

void
be_paper_add_exclusions (BeDocument *document, const BePlanPaper *paper)
{
  const BePlanInput *input = paper->input;

  be_document_add_heading (document, 1, _ ("What is not in these figures"));
  be_document_add_item (document, _ ("Taxes, exchange rates and the terms of a contract that was "
                                     "not entered as a discount or a commitment."));
  be_document_add_item (document, _ ("Changes of price, traffic or models after the dates that are "
                                     "named here."));
  be_document_add_item (document, _ ("Engineering for the hosted plan: prompts, evaluation, "
                                     "switching from one provider to another."));
  be_document_add_item (document, _ ("Training of own models, beyond the fine-tuning cost of an "
                                     "offer."));
  be_document_add_item (document, _ ("Networks, storage and monitoring, but for the overhead share "
                                     "of a pool."));
  be_document_add_item (document, _ ("Outages of a provider or of own hardware, but for spare "
                                     "replicas and the share of spot interruptions."));
  for (size_t i = 0; i < input->n_pools; i++) {
    g_autofree char *name = be_pool_name (paper->scenario, (int) i);
    g_autofree char *text = NULL;

    if (input->pools[i].n_people > 0)
      continue;
    text = g_strdup_printf (_ ("%s: no people are entered to run it."), name);
    be_document_add_item (document, text);
  }
  if (has_later_months (paper))
    be_document_add_item (document, _ ("Growth, falling prices, months of set-up and the discount "
                                       "rate that the scenario file holds: every figure is that of "
                                       "one month at today's volume."));
  if (has_setup_cost (input))
    be_document_add_item (document, _ ("The one-off set-up cost of the pools: it is not a cost of "
                                       "every month."));
}

void
be_paper_add_warnings (BeDocument *document, const BePlanPaper *paper)
{
  g_autofree char *moment =
      paper->today != NULL ? g_strconcat (paper->today, "T00:00:00Z", NULL) : NULL;
  g_autoptr (GDateTime) today = moment != NULL ? g_date_time_new_from_iso8601 (moment, NULL) : NULL;
  g_autoptr (GPtrArray) messages = be_report_warnings_on (paper->scenario, &paper->result, today);

  be_document_add_heading (document, 1, _ ("Warnings"));
  if (messages->len == 0)
    be_document_add_paragraph (document, _ ("None."));
  for (guint i = 0; i < messages->len; i++)
    be_document_add_item (document, ((const BeMessage *) g_ptr_array_index (messages, i))->message);
}
