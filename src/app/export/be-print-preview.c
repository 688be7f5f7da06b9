/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages as they will be printed, each drawn when it is seen. */
#include "app/export/be-print-preview.h"

#include "app/export/be-print.h"
#include "be-config.h"
#include "widget/be-widget.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define WIDTH 640
#define HEIGHT 760
#define PAPER 820 /* the widest that a page is shown, px */

/* What a window keeps while its pages are shown. */
typedef struct {
  BeDocument *document;
  BePages *pages;
  double width, height; /* of the paper, points */
} Preview;

static void
preview_free (gpointer data)
{
  Preview *preview = data;

  be_pages_free (preview->pages);
  be_document_free (preview->document);
  g_free (preview);
}

/* ---- one page, drawn when it is seen ---- */

#define BE_TYPE_PAGE_PAINTABLE (be_page_paintable_get_type ())
G_DECLARE_FINAL_TYPE (BePagePaintable, be_page_paintable, BE, PAGE_PAINTABLE, GObject)

struct _BePagePaintable {
  GObject parent_instance;

  const Preview *preview; /* borrowed: the window outlives its pages */
  guint page;
};

static void be_page_paintable_iface_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BePagePaintable, be_page_paintable, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE,
                                                      be_page_paintable_iface_init))

static void
paint_page (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  BePagePaintable *self = BE_PAGE_PAINTABLE (paintable);
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, width / self->preview->width, height / self->preview->height);
  be_pages_paint (self->preview->pages, self->page, cr);
  cairo_destroy (cr);
}

static GdkPaintableFlags
page_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_SIZE | GDK_PAINTABLE_STATIC_CONTENTS;
}

static int
page_width (GdkPaintable *paintable)
{
  return PAPER;
}

static int
page_height (GdkPaintable *paintable)
{
  const Preview *preview = BE_PAGE_PAINTABLE (paintable)->preview;

  return (int) (PAPER * preview->height / preview->width);
}

static void
be_page_paintable_iface_init (GdkPaintableInterface *iface)
{
  iface->snapshot = paint_page;
  iface->get_flags = page_flags;
  iface->get_intrinsic_width = page_width;
  iface->get_intrinsic_height = page_height;
}

static void
be_page_paintable_class_init (BePagePaintableClass *klass)
{
}

static void
be_page_paintable_init (BePagePaintable *self)
{
}

/* ---- the window ---- */

static GtkWidget *
make_page (const Preview *preview, guint page)
{
  g_autoptr (BePagePaintable) paintable = g_object_new (BE_TYPE_PAGE_PAINTABLE, NULL);
  GtkWidget *picture = gtk_picture_new ();
  /* Translators: one page of the preview of what is printed. */
  g_autofree char *name =
      g_strdup_printf (_ ("Page %u of %u"), page + 1, be_pages_get_n (preview->pages));

  paintable->preview = preview;
  paintable->page = page;
  gtk_picture_set_paintable (GTK_PICTURE (picture), GDK_PAINTABLE (paintable));
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), name);
  gtk_widget_add_css_class (picture, "card");
  gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  return picture;
}

/* A page's height follows the width that the window leaves it. */
static GtkWidget *
make_pages (const Preview *preview)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  for (guint page = 0; page < be_pages_get_n (preview->pages); page++)
    gtk_box_append (GTK_BOX (box), make_page (preview, page));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), PAPER);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), PAPER);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_widget_set_margin_start (clamp, 18);
  gtk_widget_set_margin_end (clamp, 18);
  gtk_widget_set_margin_top (clamp, 18);
  gtk_widget_set_margin_bottom (clamp, 18);
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (viewport), GTK_SCROLL_NATURAL);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), clamp);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), viewport);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static void
print_cb (GtkButton *button, GtkWindow *window)
{
  GtkWindow *parent = gtk_window_get_transient_for (window);

  gtk_window_close (window);
  if (parent != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (parent), "print", NULL);
}

GtkWidget *
be_print_preview_new (GtkWindow *parent, BeDocument *document)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *print = be_widget_button_new (_ ("_Print…"));
  Preview *preview = g_new0 (Preview, 1);

  preview->document = document;
  be_print_get_paper (&preview->width, &preview->height);
  preview->pages = be_pages_new (document, preview->width, preview->height);
  g_object_set_data_full (G_OBJECT (window), "be-print-preview", preview, preview_free);
  gtk_widget_add_css_class (print, "suggested-action");
  g_signal_connect (print, "clicked", G_CALLBACK (print_cb), window);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), print);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), make_pages (preview));
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Print Preview"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  be_widget_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  be_widget_close_on_escape (window);
  return window;
}
