/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offers side by side: what a search leaves and in which order, and what their dates say. */
#include "report-inputs.h"

#include <math.h>
#include <string.h>

static double
field (const BeRankedOffer *offer, BeOfferSort sort)
{
  switch (sort) {
  case BE_OFFER_SORT_INPUT:
    return offer->offer->standard.per_mtok[BE_RATE_INPUT];
  case BE_OFFER_SORT_OUTPUT:
    return offer->offer->standard.per_mtok[BE_RATE_OUTPUT];
  case BE_OFFER_SORT_CONTEXT:
    return -offer->context_window;
  default:
    return offer->cost.per_month_usd;
  }
}

static void
test_search (void)
{
  static const struct {
    const char *name;
    BeOfferFilter filter;
    guint n; /* offers left of the shipped catalogue's */
  } rows[] = {
    { "all", { NULL }, 101 },
    { "nothing typed", { "" }, 101 },
    { "a provider", { "anthropic" }, 24 },
    { "words together", { "bedrock nova" }, 4 },
    { "case", { "GPT-4O MINI" }, 1 },
    { "one or the other", { "gpt-4o mini, nova micro" }, 2 },
    { "a comma too many", { "nova micro," }, 1 },
    { "nobody", { "no such offer" }, 0 },
    { "cheap", { "openai in<=0.15" }, 5 },
    { "strictly cheap", { "openai in<0.15" }, 3 },
    { "both ends", { "openai out>=10 output<=15 date>=2026-09" }, 8 },
    { "newer than all", { "date>2026-09-23" }, 0 },
    { "no comparison", { "price<3" }, 0 },
    { "half a comparison", { "in<" }, 0 },
    { "provider chosen", { NULL, "xai" }, 5 },
    { "long prompts", { "openai", NULL, 1000000 }, 12 },
    { "long prompts typed", { "openai context>=1M" }, 12 },
    { "small letters", { "OpenAI Context>=1m" }, 12 },
    { "by input", { "anthropic", NULL, 0, FALSE, BE_OFFER_SORT_INPUT }, 24 },
    { "by output", { "", NULL, 0, FALSE, BE_OFFER_SORT_OUTPUT }, 101 },
    { "by context", { "", NULL, 0, FALSE, BE_OFFER_SORT_CONTEXT }, 101 },
  };
  g_autoptr (BeScenario) scenario = report_open_template ("support");
  g_autoptr (BeOfferRanking) ranking = be_offer_ranking_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (be_offer_ranking_update (ranking, scenario, 0, &error));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) left = be_offer_ranking_filter (ranking, &rows[i].filter);
    g_test_message ("%s: %u", rows[i].name, left->len);
    g_assert_cmpuint (left->len, ==, rows[i].n);
    for (guint k = 1; k < left->len; k++) {
      double before = field (left->pdata[k - 1], rows[i].filter.sort);
      double after = field (left->pdata[k], rows[i].filter.sort);
      g_assert_true (before <= after || isnan (after));
    }
  }
  g_auto (GStrv) providers = be_offer_ranking_list_providers (ranking);
  g_assert_cmpuint (g_strv_length (providers), ==, 16);
  g_assert_cmpstr (providers[0], ==, "alibaba");
}

/* What is not in force, without a price or unresolved is still listed. */
static void
test_without_a_price (void)
{
  g_autoptr (BeScenario) scenario = report_open_template ("support");
  g_autoptr (BeOfferRanking) ranking = be_offer_ranking_new ();
  const BeOfferFilter all = { .search = "context>=1k" };
  g_autoptr (GError) error = NULL;

  g_assert_true (be_scenario_reset (scenario, "workloads/chat/requestsPerDay", &error));
  g_assert_false (be_offer_ranking_update (ranking, scenario, 0, &error));
  g_autoptr (GPtrArray) left = be_offer_ranking_filter (ranking, &all);
  g_assert_cmpuint (left->len, >, 90);
  g_assert_true (isnan (((BeRankedOffer *) left->pdata[0])->cost.per_month_usd));
}

static gboolean
fits (BeOfferRanking *ranking, const char *key)
{
  GPtrArray *offers = be_offer_ranking_get_offers (ranking);

  for (guint i = 0; i < offers->len; i++) {
    const BeRankedOffer *offer = offers->pdata[i];
    if (strcmp (offer->key, key) == 0)
      return offer->fits;
  }
  g_assert_not_reached ();
}

/* What a call resends of the turns before it, and what it reasons, is in the context window too:
 * GPT-4o's holds 128,000 tokens. */
static void
test_fits (void)
{
  static const struct {
    double input, output, reasoning, turns;
    gboolean fits;
  } rows[] = {
    { 100000, 27000, 0, 1, TRUE },     { 100000, 29000, 0, 1, FALSE },
    { 100000, 1000, 28000, 1, FALSE }, { 30000, 1000, 0, 3, TRUE },
    { 30000, 1000, 0, 10, FALSE },
  };
  static const char *const paths[] = { "tokens/input", "tokens/output", "tokens/reasoning",
                                       "turns" };
  g_autoptr (BeScenario) scenario = report_open_template ("support");
  g_autoptr (BeOfferRanking) ranking = be_offer_ranking_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const double values[] = { rows[i].input, rows[i].output, rows[i].reasoning, rows[i].turns };
    for (guint k = 0; k < G_N_ELEMENTS (paths); k++) {
      g_autofree char *path = g_strdup_printf ("workloads/chat/%s", paths[k]);
      g_assert_true (be_scenario_set_number (scenario, path, values[k], &error));
    }
    g_test_message ("%g turns of %g and %g", rows[i].turns, rows[i].input, rows[i].output);
    g_assert_true (be_offer_ranking_update (ranking, scenario, 0, &error));
    g_assert_cmpint (fits (ranking, "openai/gpt-4o"), ==, rows[i].fits);
  }
}

static void
test_chart (void)
{
  g_autoptr (BeScenario) scenario = report_open_template ("support");
  g_autoptr (BeOfferRanking) ranking = be_offer_ranking_new ();
  const BeOfferFilter filter = { .search = "gpt-4o, claude" };

  g_assert_true (be_offer_ranking_update (ranking, scenario, 0, NULL));
  g_autoptr (GPtrArray) offers = be_offer_ranking_filter (ranking, &filter);
  g_autoptr (BeChartData) data = be_offer_ranking_chart (offers, 3, 40000);
  /* the routing as it is, three offers, and the one in use that is dearer than those */
  g_assert_cmpuint (data->bars->len, ==, 5);
  g_assert_cmpint (((BeBar *) data->bars->pdata[0])->role, ==, BE_ROLE_TOTAL);
  g_assert_cmpint (((BeBar *) data->bars->pdata[1])->role, ==, BE_ROLE_HOSTED);
  g_assert_cmpint (((BeBar *) data->bars->pdata[2])->role, ==, BE_ROLE_SAVING);
  g_assert_cmpint (((BeBar *) data->bars->pdata[4])->role, ==, BE_ROLE_HOSTED);
}

/* Without a limit on the offer the published usage tiers stand in, the first that is enough bold.
 */
static void
test_usage_tiers (void)
{
  g_autoptr (BeScenario) scenario = report_open_template ("support");
  g_autoptr (GError) error = NULL;
  BeChartOptions options;
  guint enough = 0, over = 0;

  be_chart_options_init (&options);
  g_autoptr (BeChartData) data = be_report_chart (scenario, BE_KIND_LIMITS, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (data->bars->len, ==, 10);
  for (guint i = 0; i < data->bars->len; i++) {
    const BeBar *bar = data->bars->pdata[i];
    enough += bar->is_total;
    over += bar->role == BE_ROLE_INCREASE;
    g_assert_true ((bar->value > 100) == (bar->role == BE_ROLE_INCREASE));
    g_assert_false (bar->is_total && bar->value > 100);
  }
  g_assert_cmpuint (enough, ==, 2);
  g_assert_cmpuint (over, ==, 3);
  g_assert_true (
      be_scenario_set_number (scenario, "offers/openai~1gpt-4o/limits/rpm", 100, &error));
  g_autoptr (BeChartData) limited = be_report_chart (scenario, BE_KIND_LIMITS, &options, &error);
  g_assert_cmpuint (limited->bars->len, ==, 6);
  g_assert_nonnull (strstr (limited->summary, "turned away"));
}

static char *
day (int from_now)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, from_now);
  return g_date_time_format (then, "%Y-%m-%d");
}

static void
test_dates (void)
{
  static const struct {
    const char *name, *member;
    int days;
    const char *words; /* NULL: nothing to say */
  } rows[] = {
    { "fresh", "asOf", -90, NULL },
    { "old", "asOf", -91, "91 days old" },
    { "to come", "asOf", 3, NULL },
    { "ended", "to", 0, "ended" },
    { "ends soon", "to", 60, "ends on" },
    { "ends later", "to", 61, NULL },
    { "promotion's last day", "promotionEnds", 0, "is stated to run through" },
    { "promotion over", "promotionEnds", -1, "was stated to run through" },
    { "promotion near its end", "promotionEnds", 60, "is stated to run through" },
    { "promotion to stay", "promotionEnds", 61, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *date = day (rows[i].days);
    g_autofree char *text = g_strdup_printf ("{\"%s\": \"%s\"}", rows[i].member, date);
    g_autoptr (JsonNode) offer = json_from_string (text, NULL);
    g_autofree char *note = be_offer_age_note (offer);
    g_test_message ("%s: %s", rows[i].name, note);
    g_assert_true ((note != NULL) == (rows[i].words != NULL));
    g_assert_true (note == NULL || strstr (note, rows[i].words) != NULL);
  }
  static const char *const vague[] = { "2020", "2020-03", "2020-03-15" };
  for (gsize i = 0; i < G_N_ELEMENTS (vague); i++) {
    g_autofree char *text = g_strdup_printf ("{\"asOf\": \"%s\"}", vague[i]);
    g_autoptr (JsonNode) offer = json_from_string (text, NULL);
    g_autofree char *note = be_offer_age_note (offer);
    g_assert_nonnull (note);
  }
  g_autoptr (JsonNode) nonsense = json_from_string ("{\"asOf\": \"soon\", \"to\": 3}", NULL);
  g_assert_null (be_offer_age_note (nonsense));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/offers/search", test_search);
  g_test_add_func ("/offers/without-a-price", test_without_a_price);
  g_test_add_func ("/offers/fits", test_fits);
  g_test_add_func ("/offers/chart", test_chart);
  g_test_add_func ("/offers/usage-tiers", test_usage_tiers);
  g_test_add_func ("/offers/dates", test_dates);
  return g_test_run ();
}
