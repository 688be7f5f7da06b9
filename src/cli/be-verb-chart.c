/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs sweep and chart. */
#include "cli/be-cli.h"

#include "be-config.h"
#include "report/compare/be-comparison.h"
#include "report/export/be-chart-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>

#define MAX_POINTS 100000
#define N_COLUMNS (1 + BE_N_PLANS)

typedef struct {
  char *over;
  double from, to;
  int points;
  gboolean logarithmic;
} SweepArguments;

static char *
sweep_csv (const char *path, const double *rows, guint points)
{
  const char *const headers[] = { path,
                                  be_plan_id (BE_PLAN_HOSTED),
                                  be_plan_id (BE_PLAN_SELF_HOSTED),
                                  be_plan_id (BE_PLAN_HYBRID),
                                  be_plan_id (BE_PLAN_PROVISIONED),
                                  NULL };
  g_autoptr (BeTable) table = be_table_new_strv (headers);

  for (guint i = 0; i < points; i++) {
    char **cells = g_new0 (char *, N_COLUMNS + 1);

    for (gsize column = 0; column < N_COLUMNS; column++) {
      double value = rows[i * N_COLUMNS + column];
      cells[column] = isfinite (value) ? be_json_format_double (value) : g_strdup ("");
    }
    be_table_take_row (table, cells);
  }
  return be_table_to_csv (table);
}

static JsonNode *
sweep_json (const char *path, const double *rows, guint points)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  be_cli_json_text (builder, "input", path);
  json_builder_set_member_name (builder, "points");
  json_builder_begin_array (builder);
  for (guint i = 0; i < points; i++) {
    json_builder_begin_object (builder);
    be_cli_json_number (builder, "value", rows[i * N_COLUMNS]);
    for (int plan = 0; plan < BE_N_PLANS; plan++)
      be_cli_json_number (builder, be_plan_id (plan), rows[i * N_COLUMNS + 1 + (guint) plan]);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static int
check_sweep (const SweepArguments *arguments)
{
  if (arguments->over == NULL || isnan (arguments->from) || isnan (arguments->to)
      || arguments->points == 0)
    return be_cli_usage (_ ("sweep: --over, --from, --to and --points are needed"));
  if (arguments->points < 2 || arguments->points > MAX_POINTS)
    return be_cli_usage (_ ("sweep: --points is %d: 2 to %d are allowed"), arguments->points,
                         MAX_POINTS);
  if (!isfinite (arguments->from) || !isfinite (arguments->to))
    return be_cli_usage (_ ("sweep: --from and --to are finite numbers"));
  if (arguments->logarithmic && (arguments->from <= 0 || arguments->to <= 0))
    return be_cli_usage (_ ("sweep: --log needs --from and --to above 0"));
  return BE_EXIT_OK;
}

static int
run_sweep (const BeCliOptions *options, const SweepArguments *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeScenario) scenario = be_cli_open_argument (options, 0, &error);
  guint points = (guint) arguments->points;
  g_autofree double *rows = NULL;
  g_autofree char *csv = NULL;

  if (scenario == NULL
      || !be_study_sweep (scenario, arguments->over, arguments->from, arguments->to, points,
                          arguments->logarithmic, &rows, &error))
    return be_cli_fail (error);
  if (options->json)
    return be_cli_print_json (sweep_json (arguments->over, rows, points));
  csv = sweep_csv (arguments->over, rows, points);
  return be_cli_print (csv);
}

int
be_cli_run_sweep (const BeVerb *verb, int argc, char **argv)
{
  SweepArguments arguments = { .from = NAN, .to = NAN };
  g_auto (BeCliOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "over", 0, 0, G_OPTION_ARG_STRING, &arguments.over, N_ ("Input to vary"), N_ ("PATH") },
    { "from", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.from, N_ ("First value"), "A" },
    { "to", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.to, N_ ("Last value"), "B" },
    { "points", 0, 0, G_OPTION_ARG_INT, &arguments.points, N_ ("Number of values"), "N" },
    { "log", 0, 0, G_OPTION_ARG_NONE, &arguments.logarithmic, N_ ("Spaced evenly in ratio"), NULL },
    { NULL },
  };
  int status = BE_EXIT_USAGE;

  if (be_cli_parse (verb, entries, argc, argv, 1, 1, &options)) {
    status = check_sweep (&arguments);
    if (status == BE_EXIT_OK)
      status = run_sweep (&options, &arguments);
  }
  g_free (arguments.over);
  return status;
}

typedef struct {
  char *kind, *output, *size, *theme, *before;
  double scale;
  gboolean transparent;
} ChartArguments;

static gboolean
find_kind (const char *id, BeKind *kind)
{
  for (int i = 0; i < BE_N_KINDS; i++) {
    if (!g_str_equal (be_kind_id (i), id))
      continue;
    *kind = i;
    return TRUE;
  }
  return FALSE;
}

/* Every kind, parted by commas. */
static char *
list_kinds (void)
{
  const char *ids[BE_N_KINDS + 1] = { NULL };

  for (int i = 0; i < BE_N_KINDS; i++)
    ids[i] = be_kind_id (i);
  return g_strjoinv (", ", (char **) ids);
}

static gboolean
find_theme (const char *id, BeThemeKind *theme)
{
  static const char *const themes[] = { "light", "dark", "print" };

  for (gsize i = 0; i < G_N_ELEMENTS (themes); i++) {
    if (!g_str_equal (themes[i], id))
      continue;
    *theme = (BeThemeKind) i;
    return TRUE;
  }
  return FALSE;
}

static gboolean
read_size (const char *text, int *width, int *height)
{
  char end;

  return sscanf (text, "%5dx%5d%c", width, height, &end) == 2 && *width >= 100 && *height >= 100
         && *width <= 10000 && *height <= 10000;
}

/* The chart of a scenario; that of the bridge begins at the one of --before. */
static BeChartData *
make_chart (const BeCliOptions *options, const char *before, BeKind kind, GError **error)
{
  g_autoptr (BeScenario) scenario = be_cli_open_argument (options, 0, error);
  g_autoptr (BeScenario) other = NULL;
  g_autoptr (BeComparison) comparison = NULL;
  BeChartOptions chart;

  be_chart_options_init (&chart);
  if (kind == BE_KIND_COSTS)
    chart.x_scale = chart.y_scale = BE_SCALE_LINEAR;
  if (scenario == NULL)
    return NULL;
  if (kind == BE_KIND_BRIDGE) {
    other = be_cli_open (options, be_scenario_get_catalog (scenario), before, error);
    if (other == NULL)
      return NULL;
    chart.comparison = comparison = be_comparison_new (other, scenario);
  }
  return be_report_chart (scenario, kind, &chart, error);
}

static int
write_chart (const BeCliOptions *options, const ChartArguments *arguments, BeKind kind,
             const BeChartStyle *style, BeChartFile format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BeChartData) data = make_chart (options, arguments->before, kind, &error);
  g_autoptr (JsonBuilder) builder = NULL;

  if (data == NULL
      || !be_report_chart_save (data, format, style, arguments->scale, arguments->transparent,
                                arguments->output, &error))
    return be_cli_fail (error);
  if (!options->json)
    return BE_EXIT_OK;
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  be_cli_json_text (builder, "file", arguments->output);
  be_cli_json_text (builder, "kind", be_kind_id (kind));
  be_cli_json_number (builder, "width", style->width);
  be_cli_json_number (builder, "height", style->height);
  be_cli_json_text (builder, "summary", data->summary);
  json_builder_end_object (builder);
  return be_cli_print_json (json_builder_get_root (builder));
}

/* What is wrong with the words of the command, said; BE_EXIT_OK when nothing is. */
static int
check_chart (const ChartArguments *arguments)
{
  BeKind kind;
  BeThemeKind theme;
  int width, height;
  g_autofree char *kinds = list_kinds ();

  if (arguments->kind == NULL || arguments->output == NULL)
    return be_cli_usage (_ ("chart: --kind and -o are needed"));
  if (!find_kind (arguments->kind, &kind))
    return be_cli_usage (_ ("chart: --kind is %s, these are allowed: %s"), arguments->kind, kinds);
  if ((kind == BE_KIND_BRIDGE) != (arguments->before != NULL))
    return be_cli_usage (_ ("chart: --kind bridge needs --before, which no other kind takes"));
  if (be_chart_file_of (arguments->output) == BE_N_CHART_FILES)
    return be_cli_usage (_ ("chart: %s: a name that ends in .png, .svg, .pdf or .csv is wanted"),
                         arguments->output);
  if (arguments->theme != NULL && !find_theme (arguments->theme, &theme))
    return be_cli_usage (_ ("chart: --theme is %s: light, dark and print are allowed"),
                         arguments->theme);
  if (arguments->size != NULL && !read_size (arguments->size, &width, &height))
    return be_cli_usage (_ ("chart: --size is %s: WxH of 100 to 10000 each is allowed"),
                         arguments->size);
  if (!(arguments->scale >= 1 && arguments->scale <= BE_EXPORT_MAX_SCALE))
    return be_cli_usage (_ ("chart: --scale is %g: 1 to %d is allowed"), arguments->scale,
                         BE_EXPORT_MAX_SCALE);
  return BE_EXIT_OK;
}

static int
run_chart (const BeCliOptions *options, const ChartArguments *arguments)
{
  BeThemeKind theme = BE_THEME_LIGHT;
  BeKind kind = BE_KIND_COSTS;
  int width = 960, height = 600;
  BeChartStyle style;
  int status = check_chart (arguments);

  if (status != BE_EXIT_OK)
    return status;
  find_kind (arguments->kind, &kind);
  if (arguments->theme != NULL)
    find_theme (arguments->theme, &theme);
  if (arguments->size != NULL)
    read_size (arguments->size, &width, &height);
  be_chart_style_init (&style, theme, width, height);
  style.format = be_format_chart;
  return write_chart (options, arguments, kind, &style, be_chart_file_of (arguments->output));
}

int
be_cli_run_chart (const BeVerb *verb, int argc, char **argv)
{
  ChartArguments arguments = { .scale = 1 };
  g_auto (BeCliOptions) options = { 0 };
  g_autofree char *kinds = list_kinds ();
  /* Translators: a list of words that are typed as they are. */
  g_autofree char *what = g_strdup_printf (_ ("What to draw: %s"), kinds);
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &arguments.kind, what, N_ ("KIND") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &arguments.output,
      N_ ("File to write: .png, .svg, .pdf, or .csv for the numbers"), N_ ("FILE") },
    { "size", 0, 0, G_OPTION_ARG_STRING, &arguments.size, N_ ("Width and height (960x600)"),
      "WxH" },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &arguments.theme, "light, dark, print", N_ ("THEME") },
    { "scale", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.scale, N_ ("Pixels per unit of a PNG, 1 to 4"),
      "N" },
    { "before", 0, 0, G_OPTION_ARG_FILENAME, &arguments.before,
      N_ ("Scenario that the bridge begins at"), N_ ("FILE") },
    { "transparent", 0, 0, G_OPTION_ARG_NONE, &arguments.transparent, N_ ("No background"), NULL },
    { NULL },
  };
  int status = BE_EXIT_USAGE;

  if (be_cli_parse (verb, entries, argc, argv, 1, 1, &options))
    status = run_chart (&options, &arguments);
  g_free (arguments.kind);
  g_free (arguments.output);
  g_free (arguments.size);
  g_free (arguments.theme);
  g_free (arguments.before);
  return status;
}
