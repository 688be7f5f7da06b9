/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which offers a search leaves, and in which order. */
#include "report/be-report.h"

#include "be-config.h"

#include <math.h>
#include <string.h>

/* One word of a search: text that must occur, or a comparison. */
typedef struct {
  char *word;      /* folded; NULL for a comparison */
  int field;       /* of a comparison */
  gboolean less;   /* "<" and "<=", else ">" and ">=" */
  gboolean strict; /* "<" and ">" */
  double number;
  char *date; /* what a date is compared with */
} Term;

enum { FIELD_INPUT, FIELD_OUTPUT, FIELD_CACHED, FIELD_CONTEXT, FIELD_COST, FIELD_DATE };

static const struct {
  const char *name;
  int field;
  BeUnit unit;
} fields[] = {
  { "input", FIELD_INPUT, BE_UNIT_USD_PER_MTOK },   { "in", FIELD_INPUT, BE_UNIT_USD_PER_MTOK },
  { "output", FIELD_OUTPUT, BE_UNIT_USD_PER_MTOK }, { "out", FIELD_OUTPUT, BE_UNIT_USD_PER_MTOK },
  { "cached", FIELD_CACHED, BE_UNIT_USD_PER_MTOK }, { "context", FIELD_CONTEXT, BE_UNIT_TOKENS },
  { "cost", FIELD_COST, BE_UNIT_USD_PER_MONTH },    { "date", FIELD_DATE, BE_UNIT_NONE },
};

static void
term_free (gpointer data)
{
  Term *term = data;

  g_free (term->word);
  g_free (term->date);
  g_free (term);
}

/* "context>=200k"; FALSE when the word is no comparison: it is then looked for as it stands. */
static gboolean
read_comparison (const char *word, Term *term)
{
  const char *sign = strpbrk (word, "<>");
  const char *value = sign != NULL ? sign + 1 + (sign[1] == '=') : NULL;

  if (sign == NULL || *value == '\0')
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    if (strlen (fields[i].name) != (gsize) (sign - word)
        || g_ascii_strncasecmp (word, fields[i].name, (gsize) (sign - word)) != 0)
      continue;
    term->field = fields[i].field;
    term->less = *sign == '<';
    term->strict = sign[1] != '=';
    if (term->field == FIELD_DATE)
      term->date = g_strdup (value);
    g_autofree char *capital = g_ascii_strup (value, -1); /* "1m" tokens are millions here */
    return term->date != NULL || be_parse_value (value, fields[i].unit, &term->number)
           || be_parse_value (capital, fields[i].unit, &term->number);
  }
  return FALSE;
}

/* Commas part what may hold instead, blanks what must hold together. */
static GPtrArray *
read_search (const char *search)
{
  g_auto (GStrv) choices = g_strsplit (search != NULL ? search : "", ",", -1);
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (int i = 0; choices[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit_set (choices[i], " \t", -1);
    GPtrArray *terms = g_ptr_array_new_with_free_func (term_free);
    for (int k = 0; words[k] != NULL; k++) {
      if (*words[k] == '\0')
        continue;
      Term *term = g_new0 (Term, 1);
      if (!read_comparison (words[k], term))
        term->word = g_utf8_casefold (words[k], -1);
      g_ptr_array_add (terms, term);
    }
    if (terms->len > 0 || (i == 0 && choices[1] == NULL))
      g_ptr_array_add (all, terms);
    else
      g_ptr_array_unref (terms); /* a comma that nothing follows yet */
  }
  return all;
}

static double
field_of (const BeRankedOffer *offer, int field)
{
  const double *rates = offer->offer->standard.per_mtok;

  switch (field) {
  case FIELD_INPUT:
    return rates[BE_RATE_INPUT];
  case FIELD_OUTPUT:
    return rates[BE_RATE_OUTPUT];
  case FIELD_CACHED:
    return rates[BE_RATE_CACHED_INPUT];
  case FIELD_CONTEXT:
    return offer->context_window;
  default:
    return offer->cost.per_month_usd;
  }
}

static gboolean
term_holds (const Term *term, const BeRankedOffer *offer)
{
  double order;

  if (term->word != NULL)
    return strstr (offer->words, term->word) != NULL;
  if (term->field == FIELD_DATE)
    /* "2026-09" is before "2026-09-23" but not after it */
    order = offer->as_of != NULL ? strncmp (offer->as_of, term->date, strlen (term->date)) : NAN;
  else
    order = field_of (offer, term->field) - term->number;
  if (order == 0)
    return !term->strict;
  return term->less ? order < 0 : order > 0;
}

static gboolean
search_holds (GPtrArray *choices, const BeRankedOffer *offer)
{
  for (guint i = 0; i < choices->len; i++) {
    GPtrArray *terms = choices->pdata[i];
    gboolean holds = TRUE;
    for (guint k = 0; k < terms->len && holds; k++)
      holds = term_holds (terms->pdata[k], offer);
    if (holds)
      return TRUE;
  }
  return choices->len == 0;
}

static gboolean
filter_holds (const BeOfferFilter *filter, const BeRankedOffer *offer)
{
  if (filter->provider != NULL && g_strcmp0 (filter->provider, offer->provider) != 0)
    return FALSE;
  if (filter->least_context > 0 && !(offer->context_window >= filter->least_context))
    return FALSE;
  return !filter->only_current || offer->age_note == NULL;
}

static int
compare_unknown_last (double a, double b, gboolean descending)
{
  if (isnan (a) || isnan (b))
    return isnan (a) - isnan (b);
  return descending ? (a < b) - (a > b) : (a > b) - (a < b);
}

static int
compare_offers (gconstpointer a, gconstpointer b, gpointer sort)
{
  const BeRankedOffer *x = *(BeRankedOffer *const *) a, *y = *(BeRankedOffer *const *) b;

  switch ((BeOfferSort) GPOINTER_TO_INT (sort)) {
  case BE_OFFER_SORT_INPUT:
    return compare_unknown_last (field_of (x, FIELD_INPUT), field_of (y, FIELD_INPUT), FALSE);
  case BE_OFFER_SORT_OUTPUT:
    return compare_unknown_last (field_of (x, FIELD_OUTPUT), field_of (y, FIELD_OUTPUT), FALSE);
  case BE_OFFER_SORT_CONTEXT:
    return compare_unknown_last (x->context_window, y->context_window, TRUE);
  case BE_OFFER_SORT_DATE:
    return -g_strcmp0 (x->as_of, y->as_of);
  case BE_OFFER_SORT_NAME:
    return strcmp (x->words, y->words);
  default:
    return 0; /* as they are ranked */
  }
}

GPtrArray *
be_offer_ranking_filter (BeOfferRanking *ranking, const BeOfferFilter *filter)
{
  GPtrArray *offers = be_offer_ranking_get_offers (ranking);
  g_autoptr (GPtrArray) choices = read_search (filter->search);
  GPtrArray *left = g_ptr_array_new ();

  for (guint i = 0; i < offers->len; i++)
    if (filter_holds (filter, offers->pdata[i]) && search_holds (choices, offers->pdata[i]))
      g_ptr_array_add (left, offers->pdata[i]);
  if (filter->sort != BE_OFFER_SORT_COST)
    g_ptr_array_sort_with_data (left, compare_offers, GINT_TO_POINTER (filter->sort));
  return left;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
be_offer_ranking_list_providers (BeOfferRanking *ranking)
{
  GPtrArray *offers = be_offer_ranking_get_offers (ranking);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < offers->len; i++) {
    const BeRankedOffer *offer = offers->pdata[i];
    if (offer->provider != NULL && g_hash_table_add (seen, offer->provider))
      g_ptr_array_add (names, g_strdup (offer->provider));
  }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}
