/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the verbs share: options, opening files, output and exit statuses. */
#pragma once

#include "report/be-report.h"

G_BEGIN_DECLS

enum { BE_EXIT_OK = 0, BE_EXIT_INPUT = 1, BE_EXIT_USAGE = 2 };

/* One verb: a row of the table in be-cli-verbs.c. `run` gets its own words, the verb at index 0,
 * and answers the exit status. */
typedef struct _BeVerb BeVerb;
struct _BeVerb {
  const char *name;
  const char *arguments; /* "FILE": what --help shows after the name */
  const char *summary;   /* N_(), one line */
  int (*run) (const BeVerb *verb, int argc, char **argv);
};

/* The options that every verb takes, and its arguments. */
typedef struct {
  gboolean json;
  char **sets;
  char *catalog_path;
  char **arguments; /* NULL = none */
} BeCliOptions;
void be_cli_options_clear (BeCliOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BeCliOptions, be_cli_options_clear)

/* Reads the verb's words: its own entries (nullable) and the common ones. At least `least` and at
 * most `most` arguments, else a usage error is printed. FALSE: end with BE_EXIT_USAGE. */
gboolean be_cli_parse (const BeVerb *verb, const GOptionEntry *entries, int argc, char **argv,
                       guint least, guint most, BeCliOptions *options);

/* Prints "breakeven-cli: message" to standard error and answers the status. */
int be_cli_usage (const char *format, ...) G_GNUC_PRINTF (1, 2);
int be_cli_fail (const GError *error);

/* The catalogue of --catalog, else the one that ships with the program. */
BeCatalog *be_cli_catalog (const BeCliOptions *options, GError **error);
/* Whether a file is read to its end as it comes: "-", a pipe or a device. */
gboolean be_cli_is_stream (const char *path);
/* A whole file, "-" is standard input; waits for a pipe. `name` (nullable) gets what messages call
 * it. */
GBytes *be_cli_read (const char *path, char **name, GError **error);
/* Opens a scenario and applies --set. */
BeScenario *
be_cli_open (const BeCliOptions *options, BeCatalog *catalog, const char *path, GError **error);
/* The same with the catalogue made on the way. */
BeScenario *be_cli_open_argument (const BeCliOptions *options, guint index, GError **error);

/* Writes to standard output; BE_EXIT_INPUT with a message when it cannot be written. */
int be_cli_print (const char *text);
/* Writes a JSON document; takes the node. */
int be_cli_print_json (JsonNode *root);
/* Appends a table, columns aligned: the first to the left, the others to the right. */
void be_cli_append_table (GString *text, const BeTable *table, const char *indent);
/* JSON building. NaN and infinity become null. */
void be_cli_json_number (JsonBuilder *builder, const char *name, double value);
void be_cli_json_text (JsonBuilder *builder, const char *name, const char *value);

/* The verbs that help lists. */
const BeVerb *be_cli_verbs (gsize *n_verbs);

int be_cli_run_complete (const BeVerb *verb, int argc, char **argv);
int be_cli_run_evaluate (const BeVerb *verb, int argc, char **argv);
int be_cli_run_crossover (const BeVerb *verb, int argc, char **argv);
int be_cli_run_sweep (const BeVerb *verb, int argc, char **argv);
int be_cli_run_chart (const BeVerb *verb, int argc, char **argv);
int be_cli_run_report (const BeVerb *verb, int argc, char **argv);
int be_cli_run_price (const BeVerb *verb, int argc, char **argv);
int be_cli_run_throughput (const BeVerb *verb, int argc, char **argv);
int be_cli_run_catalog (const BeVerb *verb, int argc, char **argv);
int be_cli_run_import (const BeVerb *verb, int argc, char **argv);
int be_cli_run_selftest (const BeVerb *verb, int argc, char **argv);
int be_cli_run_set (const BeVerb *verb, int argc, char **argv);
int be_cli_run_validate (const BeVerb *verb, int argc, char **argv);
int be_cli_run_diff (const BeVerb *verb, int argc, char **argv);

G_END_DECLS
