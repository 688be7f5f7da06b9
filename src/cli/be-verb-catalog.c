/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb catalog: what the program knows, with dates and sources. */
#include "cli/be-cli.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Every word of the search must occur in one of the texts, whatever its case. */
static gboolean
matches (const char *search, const char *a, const char *b)
{
  g_autofree char *both = g_strconcat (a != NULL ? a : "", " ", b != NULL ? b : "", NULL);
  g_autofree char *folded = g_utf8_casefold (both, -1);
  g_autofree char *wanted = g_utf8_casefold (search, -1);
  g_auto (GStrv) words = g_strsplit (wanted, " ", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    if (strstr (folded, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static char *
text_or_dash (const char *text)
{
  return g_strdup (text != NULL ? text : "–");
}

static char *
verified (gboolean unverified)
{
  return g_strdup (unverified ? _ ("no") : _ ("yes"));
}

static void
append_section (GString *text, const char *title, const BeTable *table)
{
  if (table->rows->len == 0)
    return;
  g_string_append_printf (text, "%s%s\n", text->len > 0 ? "\n" : "", title);
  be_cli_append_table (text, table, "  ");
}

static void
append_offers (GString *text, BeCatalog *catalog, const char *search)
{
  const char *const headers[] = { _ ("Offer"), _ ("input"),  _ ("output"), _ ("cached"),
                                  _ ("as of"), _ ("source"), NULL };
  g_autoptr (BeTable) table = be_table_new_strv (headers);

  for (size_t i = 0; i < be_catalog_get_n_offers (catalog); i++) {
    const BeCatalogOffer *offer = be_catalog_get_offer (catalog, i);

    if (matches (search, offer->key, offer->name))
      be_table_add (table, g_strdup (offer->key), be_format_price (offer->input),
                    be_format_price (offer->output), be_format_price (offer->cached_input),
                    text_or_dash (offer->as_of), text_or_dash (offer->source), NULL);
  }
  append_section (text, _ ("Offers, $/Mtok"), table);
}

static void
append_gpus (GString *text, BeCatalog *catalog, const char *search)
{
  const char *const headers[] = { _ ("GPU"), _ ("GiB"),      _ ("GB/s"),   _ ("bf16 TFLOPS"),
                                  _ ("$/h"), _ ("verified"), _ ("source"), NULL };
  g_autoptr (BeTable) table = be_table_new_strv (headers);

  for (size_t i = 0; i < be_catalog_get_n_gpus (catalog); i++) {
    const BeCatalogGpu *gpu = be_catalog_get_gpu (catalog, i);

    if (matches (search, gpu->key, gpu->name))
      be_table_add (table, g_strdup (gpu->key), be_format_number (gpu->gpu.memory_gib, FALSE),
                    be_format_number (gpu->gpu.bandwidth_gbs, FALSE),
                    be_format_number (gpu->gpu.bf16_tflops, FALSE),
                    be_format_price (be_catalog_gpu_price (catalog, gpu->key)),
                    verified (gpu->unverified), text_or_dash (gpu->source), NULL);
  }
  append_section (text, _ ("GPUs, median rent on demand"), table);
}

static void
append_models (GString *text, BeCatalog *catalog, const char *search)
{
  const char *const headers[] = { _ ("Model"),   _ ("billion parameters"), _ ("active"),
                                  _ ("context"), _ ("verified"),           _ ("source"),
                                  NULL };
  g_autoptr (BeTable) table = be_table_new_strv (headers);

  for (size_t i = 0; i < be_catalog_get_n_models (catalog); i++) {
    const BeCatalogModel *model = be_catalog_get_model (catalog, i);

    if (matches (search, model->name, model->org))
      be_table_add (table, g_strdup (model->name), be_format_number (model->params_b, FALSE),
                    be_format_number (model->active_b, FALSE),
                    be_format_number (model->context, FALSE), verified (model->unverified),
                    text_or_dash (model->source), NULL);
  }
  append_section (text, _ ("Open-weight models"), table);
}

static void
build_offers (JsonBuilder *builder, BeCatalog *catalog, const char *search)
{
  json_builder_set_member_name (builder, "offers");
  json_builder_begin_array (builder);
  for (size_t i = 0; i < be_catalog_get_n_offers (catalog); i++) {
    const BeCatalogOffer *offer = be_catalog_get_offer (catalog, i);

    if (!matches (search, offer->key, offer->name))
      continue;
    json_builder_begin_object (builder);
    be_cli_json_text (builder, "key", offer->key);
    be_cli_json_text (builder, "name", offer->name);
    be_cli_json_number (builder, "input", offer->input);
    be_cli_json_number (builder, "output", offer->output);
    be_cli_json_number (builder, "cachedInput", offer->cached_input);
    be_cli_json_number (builder, "contextWindow", offer->context_window);
    be_cli_json_text (builder, "asOf", offer->as_of);
    be_cli_json_text (builder, "source", offer->source);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
build_gpus (JsonBuilder *builder, BeCatalog *catalog, const char *search)
{
  json_builder_set_member_name (builder, "gpus");
  json_builder_begin_array (builder);
  for (size_t i = 0; i < be_catalog_get_n_gpus (catalog); i++) {
    const BeCatalogGpu *gpu = be_catalog_get_gpu (catalog, i);

    if (!matches (search, gpu->key, gpu->name))
      continue;
    json_builder_begin_object (builder);
    be_cli_json_text (builder, "key", gpu->key);
    be_cli_json_text (builder, "name", gpu->name);
    be_cli_json_number (builder, "memoryGiB", gpu->gpu.memory_gib);
    be_cli_json_number (builder, "gpuHour", be_catalog_gpu_price (catalog, gpu->key));
    json_builder_set_member_name (builder, "unverified");
    json_builder_add_boolean_value (builder, gpu->unverified);
    be_cli_json_text (builder, "source", gpu->source);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
build_models (JsonBuilder *builder, BeCatalog *catalog, const char *search)
{
  json_builder_set_member_name (builder, "models");
  json_builder_begin_array (builder);
  for (size_t i = 0; i < be_catalog_get_n_models (catalog); i++) {
    const BeCatalogModel *model = be_catalog_get_model (catalog, i);

    if (!matches (search, model->name, model->org))
      continue;
    json_builder_begin_object (builder);
    be_cli_json_text (builder, "name", model->name);
    be_cli_json_text (builder, "org", model->org);
    be_cli_json_number (builder, "paramsB", model->params_b);
    be_cli_json_number (builder, "activeB", model->active_b);
    json_builder_set_member_name (builder, "unverified");
    json_builder_add_boolean_value (builder, model->unverified);
    be_cli_json_text (builder, "source", model->source);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static int
print_catalog (BeCatalog *catalog, const char *search, gboolean json)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (json) {
    json_builder_begin_object (builder);
    be_cli_json_text (builder, "asOf", be_catalog_get_as_of (catalog));
    build_offers (builder, catalog, search);
    build_gpus (builder, catalog, search);
    build_models (builder, catalog, search);
    json_builder_end_object (builder);
    return be_cli_print_json (json_builder_get_root (builder));
  }
  append_offers (text, catalog, search);
  append_gpus (text, catalog, search);
  append_models (text, catalog, search);
  if (text->len == 0)
    g_string_append_printf (text, _ ("Nothing known matches %s.\n"), search);
  return be_cli_print (text->str);
}

int
be_cli_run_catalog (const BeVerb *verb, int argc, char **argv)
{
  g_auto (BeCliOptions) options = { 0 };
  g_autoptr (BeCatalog) catalog = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *search = NULL;

  if (!be_cli_parse (verb, NULL, argc, argv, 0, G_MAXUINT, &options))
    return BE_EXIT_USAGE;
  if (options.sets != NULL)
    return be_cli_usage (_ ("catalog: there is no scenario that --set could change"));
  catalog = be_cli_catalog (&options, &error);
  if (catalog == NULL)
    return be_cli_fail (error);
  search = options.arguments != NULL ? g_strjoinv (" ", options.arguments) : g_strdup ("");
  return print_catalog (catalog, search, options.json);
}
