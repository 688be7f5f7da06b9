/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns price snapshots, time windows, weekly profiles and hardware rows into the engine's. */
#include "scenario/be-profile-csv.h"
#include "scenario/be-scenario-private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static int
compare_tiers (const void *a, const void *b)
{
  double x = ((const BeTier *) a)->threshold, y = ((const BeTier *) b)->threshold;
  return (x > y) - (x < y);
}

static void
resolve_tiers (JsonNode *node, BeOffer *offer)
{
  JsonArray *tiers = be_tree_array (node, "tiers");
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
resolve_windows (JsonNode *node, BeOffer *offer)
{
  JsonArray *windows = be_tree_array (node, "windows");
  offer->n_windows = windows != NULL ? json_array_get_length (windows) : 0;
  offer->windows = offer->n_windows > 0 ? calloc (offer->n_windows, sizeof *offer->windows) : NULL;
  for (guint i = 0; i < offer->n_windows; i++) {
    be_rates_init (&offer->windows[i].standard);
    be_rates_init (&offer->windows[i].batch);
    JsonNode *window = json_array_get_element (windows, i);
    be_resolve_numbers (BE_SCOPE_WINDOW, window, &offer->windows[i]);
  }
}

gboolean
be_resolve_offer (JsonNode *node, const char *rates, BeOffer *offer)
{
  be_offer_init (offer);
  be_resolve_numbers (BE_SCOPE_OFFER, node, offer);
  if (rates == NULL) {
    resolve_tiers (node, offer);
    resolve_windows (node, offer);
    return TRUE;
  }
  JsonNode *set = be_tree_member (be_tree_member (node, "rateSets"), rates);
  if (set == NULL)
    return FALSE;
  /* A rate set stands for the whole list of rates: only what it lacks comes from the offer. */
  be_resolve_numbers (BE_SCOPE_RATE_SET, set, offer);
  resolve_tiers (be_tree_array (set, "tiers") != NULL ? set : node, offer);
  resolve_windows (be_tree_array (set, "windows") != NULL ? set : node, offer);
  return TRUE;
}

/* Whether a day of the week (0 = Monday) is among "days": names or ranges, absent = all. */
static gboolean
day_is_in (JsonNode *window, int day)
{
  static const char *const names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
  JsonArray *days = be_tree_array (window, "days");
  if (days == NULL)
    return TRUE;
  for (guint i = 0; i < json_array_get_length (days); i++) {
    JsonNode *element = json_array_get_element (days, i);
    if (be_tree_is_number (element) && (int) json_node_get_double (element) == day + 1)
      return TRUE;
    const char *name = be_tree_is_number (element) ? NULL : json_node_get_string (element);
    if (name != NULL && g_ascii_strncasecmp (name, names[day], 3) == 0)
      return TRUE;
  }
  return FALSE;
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

/* Adds one "HH:MM-HH:MM" of UTC, which may run over midnight, minute by minute. */
static void
add_range (JsonNode *window, const char *range, GDateTime *monday, GTimeZone *zone, double *share)
{
  int from_h, from_m, to_h, to_m;
  if (range == NULL || sscanf (range, "%d:%d-%d:%d", &from_h, &from_m, &to_h, &to_m) != 4)
    return;
  int from = from_h * 60 + from_m, to = to_h * 60 + to_m;
  if (to <= from)
    to += 24 * 60;
  for (int hour = 0; hour < BE_WEEK_HOURS; hour++) {
    int start = hour % 24 * 60, overlap = 0;
    for (int shift = 0; shift <= 24 * 60; shift += 24 * 60)
      overlap += MAX (0, MIN (start + shift + 60, to) - MAX (start + shift, from));
    if (overlap == 0)
      continue;
    g_autoptr (GDateTime) utc = g_date_time_add_hours (monday, hour);
    g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
    if (day_is_in (window, g_date_time_get_day_of_week (local) - 1))
      share[hour] = MIN (1.0, share[hour] + overlap / 60.0);
  }
}

void
be_resolve_window (JsonNode *window, const char *date, double hour_share[BE_WEEK_HOURS])
{
  memset (hour_share, 0, BE_WEEK_HOURS * sizeof *hour_share);
  const char *calendar = be_tree_text (window, "calendar");
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (calendar != NULL ? calendar : "UTC");
  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  g_autoptr (GDateTime) monday = week_start (date);
  JsonArray *ranges = be_tree_array (window, "utc");
  for (guint i = 0; ranges != NULL && i < json_array_get_length (ranges); i++) {
    JsonNode *range = json_array_get_element (ranges, i);
    if (!be_tree_is_number (range))
      add_range (window, json_node_get_string (range), monday, zone, hour_share);
  }
  if (ranges == NULL)
    add_range (window, "00:00-24:00", monday, zone, hour_share);
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
