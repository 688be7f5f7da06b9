/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb import: a public price list, what was taken, what changes, what was skipped and why. */
#include "catalog/be-price-list.h"
#include "cli/be-cli.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* How many places a reason is shown with. */
#define SHOWN_PLACES 3
#define SHOWN_CHANGES 40
#define SHOWN_REASONS 100

typedef struct {
  BePriceList *list;
  BeCatalog *offers; /* of the list */
  GPtrArray *changes;
  guint counts[3]; /* by BePriceChangeKind */
} Import;

static void
import_clear (Import *import)
{
  g_clear_pointer (&import->changes, g_ptr_array_unref);
  g_clear_pointer (&import->offers, be_catalog_unref);
  g_clear_pointer (&import->list, be_price_list_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static void
append_changes (GString *text, const Import *import)
{
  const char *const headers[] = { _ ("Offer"), _ ("rate"), _ ("catalogue"), _ ("list"), NULL };
  g_autoptr (BeTable) table = be_table_new_strv (headers);
  guint more = 0, lacking = 0;

  for (guint i = 0; i < import->changes->len; i++) {
    const BePriceChange *change = import->changes->pdata[i];
    for (guint r = 0; change->kind == BE_PRICE_CHANGED && r < change->rates->len; r++) {
      const BeRateChange *rate = change->rates->pdata[r];
      lacking += isnan (rate->after);
      more += !isnan (rate->after) && table->rows->len >= SHOWN_CHANGES;
      if (isnan (rate->after) || table->rows->len >= SHOWN_CHANGES)
        continue;
      be_table_add (table, g_strdup (change->offer->key), g_strdup (rate->path),
                    be_format_number (rate->before, FALSE), be_format_number (rate->after, FALSE),
                    NULL);
    }
  }
  if (table->rows->len > 0) {
    g_string_append_printf (text, "\n%s\n", _ ("Changed, $/Mtok"));
    be_cli_append_table (text, table, "  ");
  }
  if (more > 0)
    g_string_append_printf (
        text, ngettext ("  and %u more; --json has all\n", "  and %u more; --json has all\n", more),
        more);
  if (lacking > 0)
    g_string_append_printf (text,
                            ngettext ("%u rate of the catalogue is not in the list\n",
                                      "%u rates of the catalogue are not in the list\n", lacking),
                            lacking);
}

/* Remarks with one reason: how many there are, and the first places. */
typedef struct {
  const char *reason; /* borrowed */
  GString *places;    /* owned */
  guint count;
} Reason;

static void
reason_free (gpointer data)
{
  Reason *reason = data;

  g_string_free (reason->places, TRUE);
  g_free (reason);
}

/* In the order in which they occur first. */
static GPtrArray *
group_remarks (GPtrArray *remarks)
{
  GPtrArray *reasons = g_ptr_array_new_with_free_func (reason_free);
  g_autoptr (GHashTable) by_text = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < remarks->len; i++) {
    const BePriceListRemark *remark = remarks->pdata[i];
    Reason *reason = g_hash_table_lookup (by_text, remark->reason);

    if (reason == NULL) {
      reason = g_new0 (Reason, 1);
      reason->reason = remark->reason;
      reason->places = g_string_new (NULL);
      g_hash_table_insert (by_text, remark->reason, reason);
      g_ptr_array_add (reasons, reason);
    }
    if (reason->count++ < SHOWN_PLACES)
      g_string_append_printf (reason->places, "%s%s", reason->count > 1 ? ", " : "", remark->place);
  }
  return reasons;
}

/* One line for each reason. */
static void
append_remarks (GString *text, const char *title, GPtrArray *remarks)
{
  g_autoptr (GPtrArray) reasons = group_remarks (remarks);

  if (remarks->len > 0)
    g_string_append_printf (text, "\n%s\n", title);
  for (guint i = 0; i < reasons->len; i++) {
    const Reason *reason = reasons->pdata[i];
    if (i >= SHOWN_REASONS) {
      g_string_append_printf (text, _ ("         and %u more reasons; --json has all\n"),
                              reasons->len - i);
      return;
    }
    g_string_append_printf (text, "  %5u  %s (%s%s)\n", reason->count, reason->reason,
                            reason->places->str, reason->count > SHOWN_PLACES ? ", …" : "");
  }
}

static int
print_text (const Import *import, BeCatalog *known, const char *name)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _ ("%s: a list of %s, as of %s\n"), name, import->list->format,
                          be_catalog_get_as_of (import->offers));
  g_string_append_printf (text, _ ("%u offers taken, %u rows skipped, %u notes\n"),
                          import->list->n_models, import->list->skipped->len,
                          import->list->notes->len);
  g_string_append_printf (text,
                          _ ("Against the catalogue of %s: %u new, %u changed, %u the same\n"),
                          be_catalog_get_as_of (known), import->counts[BE_PRICE_NEW],
                          import->counts[BE_PRICE_CHANGED], import->counts[BE_PRICE_SAME]);
  append_changes (text, import);
  append_remarks (text, _ ("Skipped"), import->list->skipped);
  append_remarks (text, _ ("Notes"), import->list->notes);
  return be_cli_print (text->str);
}

static void
build_remarks (JsonBuilder *builder, const char *name, GPtrArray *remarks)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < remarks->len; i++) {
    const BePriceListRemark *remark = remarks->pdata[i];
    json_builder_begin_object (builder);
    be_cli_json_text (builder, "place", remark->place);
    be_cli_json_text (builder, "reason", remark->reason);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
build_changes (JsonBuilder *builder, const Import *import)
{
  json_builder_set_member_name (builder, "changed");
  json_builder_begin_array (builder);
  for (guint i = 0; i < import->changes->len; i++) {
    const BePriceChange *change = import->changes->pdata[i];
    if (change->kind != BE_PRICE_CHANGED)
      continue;
    json_builder_begin_object (builder);
    be_cli_json_text (builder, "key", change->offer->key);
    json_builder_set_member_name (builder, "rates");
    json_builder_begin_array (builder);
    for (guint r = 0; r < change->rates->len; r++) {
      const BeRateChange *rate = change->rates->pdata[r];
      json_builder_begin_object (builder);
      be_cli_json_text (builder, "path", rate->path);
      be_cli_json_number (builder, "before", rate->before);
      be_cli_json_number (builder, "after", rate->after);
      json_builder_end_object (builder);
    }
    json_builder_end_array (builder);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static int
print_json (const Import *import)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  JsonObject *catalogue = json_node_get_object (import->list->catalogue);

  json_builder_begin_object (builder);
  be_cli_json_text (builder, "format", import->list->format);
  be_cli_json_text (builder, "asOf", be_catalog_get_as_of (import->offers));
  be_cli_json_number (builder, "taken", import->list->n_models);
  be_cli_json_number (builder, "new", import->counts[BE_PRICE_NEW]);
  be_cli_json_number (builder, "same", import->counts[BE_PRICE_SAME]);
  build_changes (builder, import);
  build_remarks (builder, "skipped", import->list->skipped);
  build_remarks (builder, "notes", import->list->notes);
  json_builder_set_member_name (builder, "models");
  json_builder_add_value (builder, json_node_copy (json_object_get_member (catalogue, "models")));
  json_builder_end_object (builder);
  return be_cli_print_json (json_builder_get_root (builder));
}

static gboolean
read_import (Import *import, const char *path, const char *name, BeCatalog *known, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  const char *data;
  gsize length;

  if (!be_cli_is_stream (path)) {
    import->list = be_price_list_load (path, NULL, error);
  } else {
    g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
    g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
    bytes = be_cli_read (path, NULL, error);
    data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
    import->list = bytes != NULL ? be_price_list_read (data != NULL ? data : "", length, name,
                                                       today, NULL, error)
                                 : NULL;
  }
  if (import->list != NULL)
    import->offers = be_catalog_new_from_document (import->list->catalogue, name, error);
  if (import->offers == NULL)
    return FALSE;
  import->changes = be_catalog_compare (import->offers, known, import->list->notes);
  for (guint i = 0; i < import->changes->len; i++)
    import->counts[((BePriceChange *) import->changes->pdata[i])->kind]++;
  return TRUE;
}

int
be_cli_run_import (const BeVerb *verb, int argc, char **argv)
{
  g_auto (BeCliOptions) options = { 0 };
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("Write the offers here, as a catalogue for --catalog"), N_ ("FILE") },
    { NULL },
  };
  g_auto (Import) import = { 0 };
  g_autoptr (BeCatalog) known = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  if (!be_cli_parse (verb, entries, argc, argv, 1, 1, &options))
    return BE_EXIT_USAGE;
  if (options.sets != NULL)
    return be_cli_usage (_ ("import: there is no scenario that --set could change"));
  name = g_str_equal (options.arguments[0], "-") ? g_strdup (_ ("standard input"))
                                                 : g_filename_display_name (options.arguments[0]);
  known = be_cli_catalog (&options, &error);
  if (known == NULL || !read_import (&import, options.arguments[0], name, known, &error))
    return be_cli_fail (error);
  if (output != NULL) {
    gsize length;
    g_autofree char *text = be_json_write (import.list->catalogue, &length);
    if (!be_file_save (output, text, length, NULL, NULL, &error))
      return be_cli_fail (error);
  }
  return options.json ? print_json (&import) : print_text (&import, known, name);
}
