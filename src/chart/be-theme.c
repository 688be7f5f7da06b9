/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place where a chart's colours, dashes and sizes are named. */
#include "chart/be-chart-private.h"

#define RGB(hex)                                                                                   \
  {                                                                                                \
    ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex) &0xff) / 255.0, 1            \
  }
#define RGBA(hex, alpha)                                                                           \
  {                                                                                                \
    ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex) &0xff) / 255.0, alpha        \
  }

static const double dashed[] = { 7, 4 };
static const double dotted[] = { 2, 3 };

/* Hues after Okabe and Ito (2008), with a lightness of their own each, so that the plans and
 * totals, and savings and increases beside the hybrid that the ladder ends at, differ by 20 or more
 * in CIELAB under each simulated colour blindness and by 3:1 from the background;
 * tests/chart/test-theme.c computes both. */
#define LIGHT_ROLES                                                                                \
  {                                                                                                \
    [BE_ROLE_HOSTED] = RGB (0x0d59a5), [BE_ROLE_SELF_HOSTED] = RGB (0xc24a00),                     \
    [BE_ROLE_HYBRID] = RGB (0xbf5d9c), [BE_ROLE_PROVISIONED] = RGB (0x249064),                     \
    [BE_ROLE_SAVING] = RGB (0x249064), [BE_ROLE_INCREASE] = RGB (0xc24a00),                        \
    [BE_ROLE_TOTAL] = RGB (0x57555b), [BE_ROLE_REFERENCE] = RGB (0x77767b),                        \
  }
#define LIGHT_CONTRAST_ROLES                                                                       \
  {                                                                                                \
    [BE_ROLE_HOSTED] = RGB (0x0c3e7d), [BE_ROLE_SELF_HOSTED] = RGB (0xb04000),                     \
    [BE_ROLE_HYBRID] = RGB (0xaf4983), [BE_ROLE_PROVISIONED] = RGB (0x317e50),                     \
    [BE_ROLE_SAVING] = RGB (0x317e50), [BE_ROLE_INCREASE] = RGB (0xb04000),                        \
    [BE_ROLE_TOTAL] = RGB (0x2e2e32), [BE_ROLE_REFERENCE] = RGB (0x5e5c64),                        \
  }
#define DARK_ROLES                                                                                 \
  {                                                                                                \
    [BE_ROLE_HOSTED] = RGB (0x3aacf4), [BE_ROLE_SELF_HOSTED] = RGB (0xff9a4d),                     \
    [BE_ROLE_HYBRID] = RGB (0xeca1d3), [BE_ROLE_PROVISIONED] = RGB (0x5eecb7),                     \
    [BE_ROLE_SAVING] = RGB (0x5eecb7), [BE_ROLE_INCREASE] = RGB (0xff9a4d),                        \
    [BE_ROLE_TOTAL] = RGB (0x8d8c8d), [BE_ROLE_REFERENCE] = RGB (0x9a9996),                        \
  }
#define DASHES                                                                                     \
  .dash = { [BE_ROLE_HYBRID] = dashed,                                                             \
            [BE_ROLE_PROVISIONED] = dotted,                                                        \
            [BE_ROLE_REFERENCE] = dotted },                                                        \
  .n_dash = { [BE_ROLE_HYBRID] = 2, [BE_ROLE_PROVISIONED] = 2, [BE_ROLE_REFERENCE] = 2 }

static const BeTheme themes[] = {
  [BE_THEME_LIGHT] = { .background = RGB (0xffffff),
                       .text = RGB (0x2e2e32),
                       .dim_text = RGB (0x5e5c64),
                       .grid = RGB (0xe6e5e8),
                       .axis = RGB (0x8a8890),
                       .band = RGBA (0x77767b, 0.12),
                       .crosshair = RGB (0x5e5c64),
                       .role = LIGHT_ROLES,
                       DASHES,
                       .line_width = 2.25,
                       .font_size = 12,
                       .area_alpha = 0.32,
                       .font_family = "Cantarell, Adwaita Sans, DejaVu Sans, sans-serif" },
  [BE_THEME_DARK] = { .background = RGB (0x1e1e1e),
                      .text = RGB (0xf4f4f5),
                      .dim_text = RGB (0xb8b6bd),
                      .grid = RGB (0x383838),
                      .axis = RGB (0x8a8890),
                      .band = RGBA (0xffffff, 0.08),
                      .crosshair = RGB (0xc0bfbc),
                      .role = DARK_ROLES,
                      DASHES,
                      .line_width = 2.25,
                      .font_size = 12,
                      .area_alpha = 0.32,
                      .font_family = "Cantarell, Adwaita Sans, DejaVu Sans, sans-serif" },
  [BE_THEME_PRINT] = { .background = RGB (0xffffff),
                       .text = RGB (0x000000),
                       .dim_text = RGB (0x3d3d3d),
                       .grid = RGB (0xdcdcdc),
                       .axis = RGB (0x5e5c64),
                       .band = RGBA (0x000000, 0.08),
                       .crosshair = RGB (0x3d3d3d),
                       .role = LIGHT_ROLES,
                       DASHES,
                       .line_width = 1.75,
                       .font_size = 11,
                       .area_alpha = 0.32,
                       .font_family = "Cantarell, Adwaita Sans, DejaVu Sans, sans-serif" },
  [BE_THEME_LIGHT_CONTRAST] = { .background = RGB (0xffffff),
                                .text = RGB (0x000000),
                                .dim_text = RGB (0x2e2e32),
                                .grid = RGB (0xc0bfc4),
                                .axis = RGB (0x2e2e32),
                                .band = RGBA (0x000000, 0.16),
                                .crosshair = RGB (0x000000),
                                .role = LIGHT_CONTRAST_ROLES,
                                DASHES,
                                .line_width = 3,
                                .font_size = 12,
                                .area_alpha = 0.32,
                                .font_family = "Cantarell, Adwaita Sans, DejaVu Sans, sans-serif" },
  [BE_THEME_DARK_CONTRAST] = { .background = RGB (0x000000),
                               .text = RGB (0xffffff),
                               .dim_text = RGB (0xe0dfe3),
                               .grid = RGB (0x5e5c64),
                               .axis = RGB (0xdeddda),
                               .band = RGBA (0xffffff, 0.2),
                               .crosshair = RGB (0xffffff),
                               .role = DARK_ROLES,
                               DASHES,
                               .line_width = 3,
                               .font_size = 12,
                               .area_alpha = 0.32,
                               .font_family = "Cantarell, Adwaita Sans, DejaVu Sans, sans-serif" },
};

const BeTheme *
be_theme_get (BeThemeKind kind)
{
  return &themes[kind];
}

BeMarkShape
be_role_shape (BeRole role)
{
  switch (role) {
  case BE_ROLE_SELF_HOSTED:
    return BE_MARK_SQUARE;
  case BE_ROLE_HYBRID:
    return BE_MARK_DIAMOND;
  case BE_ROLE_PROVISIONED:
    return BE_MARK_TRIANGLE;
  case BE_ROLE_HOSTED:
  case BE_ROLE_SAVING:
  case BE_ROLE_INCREASE:
  case BE_ROLE_TOTAL:
  case BE_ROLE_REFERENCE:
  case BE_N_ROLES:
    break;
  }
  return BE_MARK_CIRCLE;
}

void
be_chart_style_init (BeChartStyle *style, BeThemeKind theme, double width, double height)
{
  *style = (BeChartStyle){
    .width = width, .height = height, .text_scale = 1, .theme = be_theme_get (theme)
  };
}
