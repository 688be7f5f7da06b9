/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns price snapshots, time windows, weekly profiles and hardware rows into the engine's. */
#include "scenario/be-profile-csv.h"
#include "scenario/be-scenario-private.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* At one threshold "at or above" comes first: a prompt beyond passes both, and the highest counts.
 */
static int
compare_tiers (const void *a, const void *b)
{
  const BeTier *left = a, *right = b;
  double x = left->threshold, y = right->threshold;
  return x != y ? (x > y) - (x < y) : right->at_least - left->at_least;
}

static void
resolve_tiers (JsonArray *tiers, BeOffer *offer)
{
  offer->n_tiers = tiers != NULL ? json_array_get_length (tiers) : 0;
  offer->tiers = offer->n_tiers > 0 ? calloc (offer->n_tiers, sizeof *offer->tiers) : NULL;
  for (guint i = 0; i < offer->n_tiers; i++) {
    JsonNode *tier = json_array_get_element (tiers, i);
    be_rates_init (&offer->tiers[i].standard);
    be_rates_init (&offer->tiers[i].batch);
    be_resolve_numbers (BE_SCOPE_TIER, tier, &offer->tiers[i]);
    offer->tiers[i].at_least = be_tree_member (tier, "atLeast") != NULL;
  }
  if (offer->n_tiers > 1)
    qsort (offer->tiers, offer->n_tiers, sizeof *offer->tiers, compare_tiers);
}

static void
resolve_windows (JsonArray *windows, const char *date, BeOffer *offer)
{
  gboolean taken[BE_WEEK_MINUTES] = { FALSE };
  offer->n_windows = windows != NULL ? json_array_get_length (windows) : 0;
  offer->windows = offer->n_windows > 0 ? calloc (offer->n_windows, sizeof *offer->windows) : NULL;
  for (guint i = 0; i < offer->n_windows; i++) {
    JsonNode *window = json_array_get_element (windows, i);
    be_rates_init (&offer->windows[i].standard);
    be_rates_init (&offer->windows[i].batch);
    be_resolve_numbers (BE_SCOPE_WINDOW, window, &offer->windows[i]);
    /* A price list's windows may overlap: the first is in force. */
    be_resolve_window (window, date, taken, offer->windows[i].hour_share);
  }
}

/* A set's fees, limits and speed take the place of the offer's where it names them. */
static void
resolve_set_terms (JsonNode *set, BeOffer *offer)
{
  JsonNode *fees = be_tree_member (set, "fees"), *limits = be_tree_member (set, "limits");
  JsonNode *latency = be_tree_member (set, "latency");
  offer->per_request_usd = be_tree_number (fees, "perRequest", offer->per_request_usd);
  offer->web_search_per_1000_usd =
      be_tree_number (fees, "webSearchPer1000", offer->web_search_per_1000_usd);
  offer->rpm_limit = be_tree_number (limits, "rpm", offer->rpm_limit);
  offer->tpm_limit = be_tree_number (limits, "tpm", offer->tpm_limit);
  offer->ttft_ms = be_tree_number (latency, "ttftMs", offer->ttft_ms);
  offer->output_tokens_per_second =
      be_tree_number (latency, "outputTokensPerSecond", offer->output_tokens_per_second);
  offer->discount = be_tree_number (set, "discount", offer->discount);
}

gboolean
be_resolve_offer (JsonNode *node, const char *rates, const char *date, BeOffer *offer)
{
  JsonNode *set = node;
  be_offer_init (offer);
  be_resolve_numbers (BE_SCOPE_OFFER, node, offer);
  if (rates != NULL) {
    set = be_tree_member (be_tree_member (node, "rateSets"), rates);
    if (set == NULL)
      return FALSE;
    /* A rate set stands for the whole list of rates: only what it lacks comes from the offer. */
    be_resolve_numbers (BE_SCOPE_RATE_SET, set, offer);
    resolve_set_terms (set, offer);
  }
  JsonArray *tiers = be_tree_array (set, "tiers"), *windows = be_tree_array (set, "windows");
  resolve_tiers (tiers != NULL ? tiers : be_tree_array (node, "tiers"), offer);
  resolve_windows (windows != NULL ? windows : be_tree_array (node, "windows"), date, offer);
  return TRUE;
}

enum { DAY_MINUTES = 24 * 60 };

static const char *const day_names[] = { "monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday" };

int
be_resolve_day (JsonNode *element)
{
  if (be_tree_is_number (element)) {
    double number = json_node_get_double (element);
    return number >= 1 && number <= 7 && number == (int) number ? (int) number - 1 : -1;
  }
  const char *name = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;
  for (int day = 0; name != NULL && day < (int) G_N_ELEMENTS (day_names); day++)
    if (g_ascii_strncasecmp (name, day_names[day], 3) == 0
        && (name[3] == '\0' || g_ascii_strcasecmp (name, day_names[day]) == 0))
      return day;
  return -1;
}

/* Whether a day of the week (0 = Monday) is among "days"; absent = all. */
static gboolean
day_is_in (JsonNode *window, int day)
{
  JsonArray *days = be_tree_array (window, "days");
  for (guint i = 0; days != NULL && i < json_array_get_length (days); i++)
    if (be_resolve_day (json_array_get_element (days, i)) == day)
      return TRUE;
  return days == NULL;
}

/* Monday 00:00 UTC of the week of the date. */
static GDateTime *
week_start (const char *date)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *text = g_strdup_printf ("%sT00:00:00Z", date != NULL ? date : "");
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (text, utc);
  if (day == NULL)
    day = g_date_time_new_utc (2026, 1, 5, 0, 0, 0);
  return g_date_time_add_days (day, 1 - g_date_time_get_day_of_week (day));
}

enum { DAY_QUARTERS = 24 * 4, WEEK_QUARTERS = 7 * DAY_QUARTERS };

/* Marks the quarters of an hour of the UTC week that fall on the window's days; zones are whole
 * quarters away from UTC. */
static void
mark_days (JsonNode *window, const char *date, gboolean on_days[WEEK_QUARTERS])
{
  gboolean days[7], is_every_day = TRUE;
  for (int day = 0; day < 7; day++) {
    days[day] = day_is_in (window, day);
    is_every_day = is_every_day && days[day];
  }
  const char *calendar = is_every_day ? NULL : be_tree_text (window, "calendar");
  g_autoptr (GTimeZone) zone = calendar != NULL ? g_time_zone_new_identifier (calendar) : NULL;
  g_autoptr (GDateTime) monday = week_start (date);
  for (int quarter = 0; quarter < WEEK_QUARTERS; quarter++) {
    int day = quarter / DAY_QUARTERS;
    if (zone != NULL) {
      g_autoptr (GDateTime) utc = g_date_time_add_minutes (monday, quarter * 15);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
      day = g_date_time_get_day_of_week (local) - 1;
    }
    on_days[quarter] = days[day];
  }
}

/* Marks the minutes of the UTC day that one "HH:MM-HH:MM" holds; it may run over midnight. */
static void
mark_range (const char *range, gboolean inside[DAY_MINUTES])
{
  int from_h, from_m, to_h, to_m;
  if (range == NULL || sscanf (range, "%d:%d-%d:%d", &from_h, &from_m, &to_h, &to_m) != 4)
    return;
  int from = from_h * 60 + from_m, to = to_h * 60 + to_m;
  if (to <= from)
    to += DAY_MINUTES;
  for (int minute = from; minute < to; minute++)
    inside[minute % DAY_MINUTES] = TRUE;
}

static void
mark_ranges (JsonNode *window, gboolean inside[DAY_MINUTES])
{
  JsonArray *ranges = be_tree_array (window, "utc");
  for (guint i = 0; ranges != NULL && i < json_array_get_length (ranges); i++) {
    JsonNode *range = json_array_get_element (ranges, i);
    if (!be_tree_is_number (range))
      mark_range (json_node_get_string (range), inside);
  }
  if (ranges == NULL)
    mark_range ("00:00-24:00", inside);
}

gboolean
be_resolve_window (JsonNode *window, const char *date, gboolean taken[BE_WEEK_MINUTES],
                   double hour_share[BE_WEEK_HOURS])
{
  gboolean inside[DAY_MINUTES] = { FALSE }, on_days[WEEK_QUARTERS], all_free = TRUE;
  int minutes[BE_WEEK_HOURS] = { 0 };
  mark_ranges (window, inside);
  mark_days (window, date, on_days);
  for (int minute = 0; minute < BE_WEEK_MINUTES; minute++) {
    if (!inside[minute % DAY_MINUTES] || !on_days[minute / 15])
      continue;
    minutes[minute / 60] += !taken[minute];
    all_free = all_free && !taken[minute];
    taken[minute] = TRUE;
  }
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    hour_share[hour] = minutes[hour] / 60.0;
  return all_free;
}

static double
preset_weight (const char *preset, int hour)
{
  static const double office[24] = { .05, .05, .05, .05, .05, .05, .05, .3,  .8, 1,  1,   .95,
                                     .8,  .9,  1,   1,   .9,  .6,  .3,  .15, .1, .1, .05, .05 };
  static const double consumer[24] = { .2,  .15,  .1,  .1,  .1,  .15, .3, .5, .8, 1,  1.1, 1.2,
                                       1.2, 1.15, 1.1, 1.1, 1.0, .9,  .7, .6, .5, .4, .35, .25 };
  int of_day = hour % 24;
  if (strcmp (preset, "office") == 0)
    return hour < 5 * 24 ? office[of_day] : .05;
  if (strcmp (preset, "consumer") == 0)
    return consumer[of_day];
  if (strcmp (preset, "nightly") == 0)
    return of_day >= 22 || of_day < 6 ? 1 : 0;
  return 1;
}

gboolean
be_profile_preset (const char *id, double weights[BE_WEEK_HOURS])
{
  static const char *const known[] = { "flat", "office", "consumer", "nightly", NULL };
  double sum = 0;
  if (!g_strv_contains (known, id))
    return FALSE;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    sum += preset_weight (id, hour);
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++)
    weights[hour] = preset_weight (id, hour) / sum * BE_WEEK_HOURS;
  return TRUE;
}

void
be_resolve_profile (JsonNode *workload, double profile[BE_WEEK_HOURS])
{
  JsonArray *weights = be_tree_array (workload, "profile");
  const char *preset = be_tree_text (workload, "profile");
  int shift = (int) be_tree_number (workload, "profileShiftHours", 0);
  double sum = 0;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    int from = ((hour - shift) % BE_WEEK_HOURS + BE_WEEK_HOURS) % BE_WEEK_HOURS;
    if (weights != NULL && (guint) hour < json_array_get_length (weights))
      profile[hour] = json_node_get_double (json_array_get_element (weights, (guint) hour));
    else
      profile[hour] = preset_weight (preset != NULL ? preset : "flat", from);
    sum += profile[hour];
  }
  for (int hour = 0; hour < BE_WEEK_HOURS && sum > 0; hour++)
    profile[hour] *= BE_WEEK_HOURS / sum;
}

/* The user's own row of an array by its name, or NULL. */
static JsonNode *
own_row (JsonNode *root, const char *member, const char *name)
{
  JsonArray *rows = be_tree_array (root, member);
  for (guint i = 0; rows != NULL && name != NULL && i < json_array_get_length (rows); i++) {
    JsonNode *row = json_array_get_element (rows, i);
    if (g_strcmp0 (be_tree_element_id (row, member), name) == 0)
      return row;
  }
  return NULL;
}

gboolean
be_resolve_shape (BeCatalog *catalog, JsonNode *root, const char *name, BeModelShape *shape)
{
  JsonNode *row = own_row (root, "models", name);
  if (row == NULL) {
    const BeCatalogModel *model = name != NULL ? be_catalog_find_model (catalog, name) : NULL;
    if (model != NULL)
      *shape = model->shape;
    return model != NULL;
  }
  memset (shape, 0, sizeof *shape);
  be_resolve_numbers (BE_SCOPE_MODEL, row, shape);
  shape->tied_embeddings = be_tree_number (row, "tiedEmb", 0) != 0;
  shape->mla = g_strcmp0 (be_tree_text (row, "attn"), "mla") == 0;
  const char *family = be_tree_text (row, "family");
  shape->gpt_oss = g_str_has_prefix (name, "gpt-oss") || g_strcmp0 (family, "gpt_oss") == 0;
  shape->sparse_attention = be_model_family_is_sparse (family);
  if (be_tree_member (row, "denseLayers") == NULL && !(shape->experts > 0))
    shape->dense_layers = shape->layers;
  if (be_tree_member (row, "kvLayers") == NULL)
    shape->kv_layers = shape->layers - shape->swa_layers;
  return TRUE;
}

gboolean
be_resolve_gpu (BeCatalog *catalog, JsonNode *root, const char *name, BeGpu *gpu)
{
  JsonNode *row = own_row (root, "gpus", name);
  if (row == NULL) {
    const BeCatalogGpu *found = name != NULL ? be_catalog_find_gpu (catalog, name) : NULL;
    if (found != NULL)
      *gpu = found->gpu;
    return found != NULL;
  }
  *gpu = (BeGpu){ .memory_gib = NAN,
                  .bandwidth_gbs = NAN,
                  .bf16_tflops = NAN,
                  .fp8_tflops = NAN,
                  .int8_tops = NAN,
                  .fp4_tflops = NAN,
                  .link_gbs = NAN };
  be_resolve_numbers (BE_SCOPE_GPU, row, gpu);
  gpu->arch = be_gpu_arch_from_name (be_tree_text (row, "arch"));
  const char *link = be_tree_text (row, "linkType");
  gpu->nvlink = link != NULL && strstr (link, "PCIe") == NULL;
  gpu->evidence = be_gpu_evidence (name, gpu->arch);
  gpu->gddr = be_gpu_is_gddr (name, gpu->arch, gpu->bandwidth_gbs);
  return TRUE;
}
