/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a hosted offer serves the same open weights as a model of the table. */
#include "catalog/be-catalog-private.h"

#include <string.h>

static const char *
skip_marks (const char *at)
{
  while (*at != '\0' && !g_ascii_isalnum (*at))
    at++;
  return at;
}

/* The end of `model` at the start of `text`, marks and case aside; NULL if it is not there. */
static const char *
match_here (const char *text, const char *model)
{
  for (model = skip_marks (model); *model != '\0'; model = skip_marks (model + 1)) {
    text = skip_marks (text);
    if (g_ascii_tolower (*text) != g_ascii_tolower (*model))
      return NULL;
    text++;
  }
  return text;
}

/* "2" in K2 goes on in "K2.5", "V3" in "v3p1", "7" in "70b". */
static gboolean
number_goes_on (const char *rest)
{
  if (g_ascii_isdigit (rest[0]))
    return TRUE;
  return (rest[0] == '.' || rest[0] == 'p') && g_ascii_isdigit (rest[1]);
}

static gboolean
is_distilled (const char *text)
{
  static const char word[] = "distill";

  for (; *text != '\0'; text++)
    if (g_ascii_strncasecmp (text, word, sizeof word - 1) == 0)
      return TRUE;
  return FALSE;
}

gboolean
be_catalog_same_model (const char *model, const char *offer_key)
{
  const char *owner = strrchr (offer_key, '/');
  const char *id = owner != NULL ? owner + 1 : offer_key;
  char first = g_ascii_tolower (*skip_marks (model));

  if (first == '\0')
    return FALSE;
  for (const char *at = id; *at != '\0'; at++) {
    if (g_ascii_tolower (*at) != first || (at > id && g_ascii_isalnum (at[-1])))
      continue;
    const char *end = match_here (at, model);
    if (end != NULL && !number_goes_on (end))
      return is_distilled (model) || !is_distilled (id);
  }
  return FALSE;
}

GPtrArray *
be_catalog_list_same_model (BeCatalog *catalog, const char *model)
{
  GPtrArray *same = g_hash_table_lookup (catalog->same_models, model);

  if (same != NULL)
    return same;
  same = g_ptr_array_new ();
  for (size_t i = 0; i < be_catalog_get_n_offers (catalog); i++) {
    const BeCatalogOffer *offer = be_catalog_get_offer (catalog, i);
    if (be_catalog_same_model (model, offer->id))
      g_ptr_array_add (same, (gpointer) offer);
  }
  g_hash_table_insert (catalog->same_models, g_strdup (model), same);
  return same;
}
