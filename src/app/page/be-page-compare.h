/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Compare page: the document beside another scenario. */
#pragma once

#include "app/page/be-page.h"

G_BEGIN_DECLS

/* A BePage; its chart is the bridge between the two costs. The document's side follows its edits;
 * the other scenario is only read. Its part is the path of the other file, for the next start. */
#define BE_TYPE_PAGE_COMPARE (be_page_compare_get_type ())
G_DECLARE_FINAL_TYPE (BePageCompare, be_page_compare, BE, PAGE_COMPARE, GtkWidget)

GtkWidget *be_page_compare_new (void);
/* Compares with a file. One that cannot be opened is told, and nothing is changed. */
void be_page_compare_open (BePageCompare *self, BeUpdate *update, const char *path);

G_END_DECLS
