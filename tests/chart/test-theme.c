/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The five themes, computed: contrast by WCAG 2.1 (relative luminance), and what is left of the
 * differences between colours under the three colour blindnesses, by the matrices of Machado,
 * Oliveira and Fernandes (2009), severity 1, in CIELAB (CIE 1976). */
#include "chart/be-chart-private.h"

#include <math.h>

/* A difference of about 2 is just seen side by side; marks far apart need ten times that. */
#define LEAST_DIFFERENCE 20

static const char *const theme_names[] = { "light", "dark", "print", "light contrast",
                                           "dark contrast" };

static const struct {
  const char *name;
  double matrix[3][3];
} eyes[] = {
  { "all cones", { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } } },
  { "protanopia",
    { { 0.152286, 1.052583, -0.204868 },
      { 0.114503, 0.786281, 0.099216 },
      { -0.003882, -0.048116, 1.051998 } } },
  { "deuteranopia",
    { { 0.367322, 0.860646, -0.227968 },
      { 0.280085, 0.672501, 0.047413 },
      { -0.011820, 0.042940, 0.968881 } } },
  { "tritanopia",
    { { 1.255528, -0.076749, -0.178779 },
      { -0.078411, 0.930809, 0.147602 },
      { 0.004733, 0.691367, 0.303900 } } },
};

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (const BeColor *color)
{
  return 0.2126 * linear (color->r) + 0.7152 * linear (color->g) + 0.0722 * linear (color->b);
}

static double
contrast (const BeColor *one, const BeColor *other)
{
  double a = luminance (one), b = luminance (other);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

static BeColor
over (const BeColor *top, const BeColor *ground)
{
  return (BeColor){ top->r * top->a + ground->r * (1 - top->a),
                    top->g * top->a + ground->g * (1 - top->a),
                    top->b * top->a + ground->b * (1 - top->a), 1 };
}

static double
lab_curve (double t)
{
  return t > 216.0 / 24389 ? cbrt (t) : (24389.0 / 27 * t + 16) / 116;
}

/* CIELAB (D65) of a colour as one kind of eye sees it. */
static void
seen_by (const double matrix[3][3], const BeColor *color, double *lab)
{
  const double in[3] = { linear (color->r), linear (color->g), linear (color->b) };
  double out[3];

  for (int i = 0; i < 3; i++)
    out[i] = CLAMP (matrix[i][0] * in[0] + matrix[i][1] * in[1] + matrix[i][2] * in[2], 0, 1);
  double x = (0.4124564 * out[0] + 0.3575761 * out[1] + 0.1804375 * out[2]) / 0.95047;
  double y = 0.2126729 * out[0] + 0.7151522 * out[1] + 0.0721750 * out[2];
  double z = (0.0193339 * out[0] + 0.1191920 * out[1] + 0.9503041 * out[2]) / 1.08883;
  lab[0] = 116 * lab_curve (y) - 16;
  lab[1] = 500 * (lab_curve (x) - lab_curve (y));
  lab[2] = 200 * (lab_curve (y) - lab_curve (z));
}

static double
difference (const double matrix[3][3], const BeColor *one, const BeColor *other)
{
  double a[3], b[3];

  seen_by (matrix, one, a);
  seen_by (matrix, other, b);
  return sqrt (pow (a[0] - b[0], 2) + pow (a[1] - b[1], 2) + pow (a[2] - b[2], 2));
}

static void
assert_contrast (int theme, const char *what, const BeColor *color, const BeColor *ground,
                 double least)
{
  double found = contrast (color, ground);

  if (found >= least)
    return;
  g_test_message ("%s: %s has %.2f:1, wants %.1f:1", theme_names[theme], what, found, least);
  g_test_fail ();
}

static void
test_contrast (void)
{
  for (int kind = 0; kind < (int) G_N_ELEMENTS (theme_names); kind++) {
    const BeTheme *theme = be_theme_get (kind);
    double text = kind >= BE_THEME_LIGHT_CONTRAST ? 7 : 4.5;
    BeColor band = over (&theme->band, &theme->background);

    assert_contrast (kind, "text", &theme->text, &theme->background, text);
    assert_contrast (kind, "dim text", &theme->dim_text, &theme->background, text);
    assert_contrast (kind, "text in a band", &theme->text, &band, text);
    assert_contrast (kind, "dim text in a band", &theme->dim_text, &band, 4.5);
    assert_contrast (kind, "axis", &theme->axis, &theme->background, 3);
    assert_contrast (kind, "crosshair", &theme->crosshair, &theme->background, 3);
    for (int role = 0; role < BE_N_ROLES; role++) {
      g_autofree char *what = g_strdup_printf ("role %d", role);
      assert_contrast (kind, what, &theme->role[role], &theme->background, 3);
      assert_contrast (kind, what, &theme->role[role], &band, 3);
    }
  }
}

/* Pairs that stand in one chart. */
static const BeRole pairs[][2] = {
  { BE_ROLE_HOSTED, BE_ROLE_SELF_HOSTED },
  { BE_ROLE_HOSTED, BE_ROLE_HYBRID },
  { BE_ROLE_HOSTED, BE_ROLE_PROVISIONED },
  { BE_ROLE_SELF_HOSTED, BE_ROLE_HYBRID },
  { BE_ROLE_SELF_HOSTED, BE_ROLE_PROVISIONED },
  { BE_ROLE_HYBRID, BE_ROLE_PROVISIONED },
  { BE_ROLE_HOSTED, BE_ROLE_TOTAL },
  { BE_ROLE_SELF_HOSTED, BE_ROLE_TOTAL },
  { BE_ROLE_HYBRID, BE_ROLE_TOTAL },
  { BE_ROLE_PROVISIONED, BE_ROLE_TOTAL },
  { BE_ROLE_SAVING, BE_ROLE_INCREASE },
  { BE_ROLE_SAVING, BE_ROLE_TOTAL },
  { BE_ROLE_INCREASE, BE_ROLE_TOTAL },
  { BE_ROLE_SAVING, BE_ROLE_HYBRID },
  { BE_ROLE_INCREASE, BE_ROLE_HYBRID },
  { BE_ROLE_SAVING, BE_ROLE_HOSTED },
};

static void
test_colour_blindness (void)
{
  for (gsize eye = 0; eye < G_N_ELEMENTS (eyes); eye++)
    for (int kind = 0; kind < (int) G_N_ELEMENTS (theme_names); kind++)
      for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
        const BeTheme *theme = be_theme_get (kind);
        double found =
            difference (eyes[eye].matrix, &theme->role[pairs[i][0]], &theme->role[pairs[i][1]]);
        if (found >= LEAST_DIFFERENCE)
          continue;
        g_test_message ("%s, %s: roles %d and %d differ by %.1f", eyes[eye].name, theme_names[kind],
                        pairs[i][0], pairs[i][1], found);
        g_test_fail ();
      }
}

/* Beside its colour each plan has a mark of its own, and no two have the same dash and mark. */
static void
test_marks_beside_colour (void)
{
  for (int one = BE_ROLE_HOSTED; one <= BE_ROLE_PROVISIONED; one++)
    for (int other = one + 1; other <= BE_ROLE_PROVISIONED; other++)
      g_assert_cmpint (be_role_shape (one), !=, be_role_shape (other));
}

/* The arithmetic itself, at values that others publish: black on white is 21:1, #777 on white 4.48
 * (WebAIM); pure red and green are 170.6 apart in CIELAB. */
static void
test_the_measures (void)
{
  const BeColor black = { 0, 0, 0, 1 }, white = { 1, 1, 1, 1 };
  const BeColor grey = { 0x77 / 255.0, 0x77 / 255.0, 0x77 / 255.0, 1 };
  const BeColor red = { 1, 0, 0, 1 }, green = { 0, 1, 0, 1 };

  g_assert_cmpfloat_with_epsilon (contrast (&black, &white), 21, 1e-9);
  g_assert_cmpfloat_with_epsilon (contrast (&grey, &white), 4.48, 0.005);
  g_assert_cmpfloat_with_epsilon (difference (eyes[0].matrix, &red, &green), 170.6, 0.1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/theme/the-measures", test_the_measures);
  g_test_add_func ("/theme/contrast", test_contrast);
  g_test_add_func ("/theme/colour-blindness", test_colour_blindness);
  g_test_add_func ("/theme/marks-beside-colour", test_marks_beside_colour);
  return g_test_run ();
}
