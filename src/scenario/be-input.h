/* SPDX-License-Identifier: GPL-3.0-or-later */
/* THE INPUT TABLE: every number (and choice) a user may set is one row here. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  BE_UNIT_NONE,
  BE_UNIT_COUNT,
  BE_UNIT_TOKENS,
  BE_UNIT_SHARE, /* 0..1, shown as % */
  BE_UNIT_USD,
  BE_UNIT_USD_PER_MTOK,
  BE_UNIT_USD_PER_HOUR,
  BE_UNIT_USD_PER_MONTH,
  BE_UNIT_REQUESTS_PER_DAY,
  BE_UNIT_TOKENS_PER_SECOND,
  BE_UNIT_TOKENS_PER_MINUTE,
  BE_UNIT_REQUESTS_PER_MINUTE,
  BE_UNIT_HOURS,
  BE_UNIT_MINUTES,
  BE_UNIT_SECONDS,
  BE_UNIT_MILLISECONDS,
  BE_UNIT_MONTHS,
  BE_UNIT_YEARS,
  BE_UNIT_GPUS,
  BE_UNIT_REPLICAS,
  BE_UNIT_FTE,
  BE_UNIT_KILOWATT,
  BE_UNIT_FACTOR,
} BeUnit;

typedef enum {
  BE_GROUP_TRAFFIC,
  BE_GROUP_TOKENS,
  BE_GROUP_ROUTING,
  BE_GROUP_SAVINGS, /* cache, batch, retries, buffer */
  BE_GROUP_SELF_HOSTING,
  BE_GROUP_OVER_TIME,
  BE_GROUP_PRICES, /* rates of an offer */
  BE_N_GROUPS
} BeGroup;

typedef enum {
  BE_INPUT_NUMBER,
  BE_INPUT_WHOLE,
  BE_INPUT_BOOLEAN,
  BE_INPUT_CHOICE,
  BE_INPUT_TEXT
} BeInputType;

typedef enum {
  BE_SCOPE_DOCUMENT,
  BE_SCOPE_WORKLOAD,
  BE_SCOPE_ROUTE,
  BE_SCOPE_POOL,
  BE_SCOPE_SERVES,
  BE_SCOPE_PEOPLE_STEP,
  BE_SCOPE_OFFER,
  BE_SCOPE_TIER,
  BE_SCOPE_PROVISIONED,
  BE_SCOPE_RATE_SET,
  BE_SCOPE_WINDOW,
  BE_SCOPE_GPU,
  BE_SCOPE_MODEL,
} BeScope;

typedef struct {
  const char *pattern; /* "workloads/?/tokens/input": ? stands for one id */
  BeScope scope;
  BeGroup group;
  BeInputType type;
  BeUnit unit;
  double minimum, maximum;           /* allowed in a file, inclusive */
  double soft_minimum, soft_maximum; /* the slider's range */
  double step;
  gboolean logarithmic;
  double default_value;             /* NaN: no default, its absence is reported */
  const char *label;                /* N_() */
  const char *help;                 /* N_(): meaning, where the default comes from, source */
  const char *const *choices;       /* NULL-terminated file values, BE_INPUT_CHOICE */
  const char *const *choice_labels; /* N_() */
  gsize offset; /* of the number in the engine's struct of its scope; G_MAXSIZE: resolved by code */
} BeInput;

const BeInput *be_inputs (guint *n_inputs);
/* The row for a concrete path ("workloads/chat/tokens/input"), or NULL. */
const BeInput *be_input_find (const char *path);
const char *be_input_label (const BeInput *input); /* translated */
const char *be_input_help (const BeInput *input);  /* translated */

/* Path segments: ids with ~ as ~0 and / as ~1. */
char *be_path_escape (const char *id);
char *be_path_unescape (const char *segment);
/* "workloads", "chat", "tokens" ... -> escaped and joined; NULL-terminated. Caller frees. */
char *be_path_join (const char *first, ...) G_GNUC_NULL_TERMINATED;
/* Whether `path` is `owner` or below it: "pools/llama-2" is not within "pools/llama". */
gboolean be_path_is_within (const char *path, const char *owner);

G_END_DECLS
