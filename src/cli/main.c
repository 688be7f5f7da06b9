/* SPDX-License-Identifier: GPL-3.0-or-later */
/* breakeven-cli: the table of verbs and the way to them. */
#include "cli/be-cli.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <signal.h>

static const BeVerb verbs[] = {
  { "evaluate", "FILE", N_ ("Cost of every plan, line by line, and the cheapest"),
    be_cli_run_evaluate },
  { "crossover", "FILE",
    N_ ("The volumes at which self-hosting becomes cheaper, or why it never does"),
    be_cli_run_crossover },
  { "sweep", "FILE", N_ ("Cost of every plan over one input, as CSV"), be_cli_run_sweep },
  { "chart", "FILE", N_ ("Write a chart as PNG, SVG, PDF or CSV"), be_cli_run_chart },
  { "report", "FILE", N_ ("Write the plan as PDF, HTML, Markdown, workbook or CSV"),
    be_cli_run_report },
  { "price", "[OFFER]", N_ ("What one request costs, line by line"), be_cli_run_price },
  { "throughput", "", N_ ("Tokens per second of a model on GPUs"), be_cli_run_throughput },
  { "import", "LIST.json", N_ ("A public price list: what it holds, changes and lacks"),
    be_cli_run_import },
  { "catalog", "[SEARCH]", N_ ("Offers, GPUs and models that are known"), be_cli_run_catalog },
  { "selftest", "", N_ ("Published examples beside this program's own figures"),
    be_cli_run_selftest },
  { "set", "FILE [PATH=VALUE…]", N_ ("Write the scenario with inputs changed"), be_cli_run_set },
  { "validate", "FILE", N_ ("Every problem of a scenario file"), be_cli_run_validate },
  { "diff", "A B", N_ ("Inputs that differ, and what they do to the cost"), be_cli_run_diff },
};

/* Not among the verbs that help lists: only shells call it. */
static const BeVerb complete = { "complete", "LIST [FILE]", N_ ("Words for a shell to offer"),
                                 be_cli_run_complete };

const BeVerb *
be_cli_verbs (gsize *n_verbs)
{
  *n_verbs = G_N_ELEMENTS (verbs);
  return verbs;
}

static int
print_help (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n  breakeven-cli %s\n\n%s\n", _ ("Usage:"),
                          _ ("VERB [OPTION…] [ARGUMENT…]"), _ ("Verbs:"));
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_string_append_printf (text, "  %-11s %s\n", verbs[i].name, _ (verbs[i].summary));
  g_string_append_printf (
      text, "\n%s\n%s\n%s\n", _ ("Every verb takes --json, --set PATH=VALUE and --catalog FILE."),
      _ ("breakeven-cli VERB --help describes a verb; FILE may be - for standard input."),
      _ ("Exit status: 0 done, 1 bad file or input, 2 bad usage."));
  return be_cli_print (text->str);
}

int
main (int argc, char **argv)
{
  const char *name = argc > 1 ? argv[1] : "";

  be_locale_start ();
  /* A closed pipe is a write error with a message and status 1, not a silent death. */
  signal (SIGPIPE, SIG_IGN);
  if (g_str_equal (name, "--help") || g_str_equal (name, "-h") || g_str_equal (name, "help"))
    return print_help ();
  if (g_str_equal (name, "--version"))
    return be_cli_print ("breakeven-cli " BE_VERSION "\n");
  if (g_str_equal (name, complete.name))
    return complete.run (&complete, argc - 1, argv + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (name, verbs[i].name))
      return verbs[i].run (&verbs[i], argc - 1, argv + 1);
  if (name[0] == '\0')
    return be_cli_usage (_ ("no verb; breakeven-cli --help lists them"));
  return be_cli_usage (_ ("%s is no verb; breakeven-cli --help lists them"), name);
}
