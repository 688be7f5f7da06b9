/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a price list in a thread, with its progress. */
#include "app/import/be-import-reading.h"

/* Two own it: whoever started it, and the thread. */
typedef struct {
  BeImportReading parent;
  gatomicrefcount references;
  char *path;
  BeJsonWatch watch;
  GError *error;
  BeImportReadFunc read; /* NULL: stopped */
  gpointer user_data;
} Job;

static gpointer
free_parts (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->parent.list, be_price_list_free);
  g_clear_pointer (&job->parent.offers, be_catalog_unref);
  g_clear_pointer (&job->parent.every, be_catalog_unref);
  g_clear_error (&job->error);
  g_free (job->path);
  g_free (job);
  return NULL;
}

static void
job_unref (Job *job)
{
  if (g_atomic_ref_count_dec (&job->references))
    g_thread_unref (g_thread_new ("free-price-list", free_parts, job));
}

static gboolean
done_cb (gpointer data)
{
  Job *job = data;

  if (job->read != NULL)
    job->read (&job->parent, job->error, job->user_data);
  job_unref (job);
  return G_SOURCE_REMOVE;
}

static gpointer
read_thread (gpointer data)
{
  Job *job = data;
  BeImportReading *self = &job->parent;

  self->list = be_price_list_load (job->path, &job->watch, &job->error);
  if (self->list != NULL) {
    g_autoptr (JsonNode) plausible = be_price_list_get_plausible (self->list);
    self->offers = be_catalog_new_from_document (plausible, job->path, &job->error);
    if (self->offers != NULL && self->list->n_implausible > 0)
      self->every = be_catalog_new_from_document (self->list->catalogue, job->path, NULL);
  }
  g_idle_add (done_cb, job);
  return NULL;
}

BeImportReading *
be_import_reading_start (const char *path, BeImportReadFunc read, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  g_atomic_ref_count_init (&job->references);
  g_atomic_ref_count_inc (&job->references);
  job->path = g_strdup (path);
  job->read = read;
  job->user_data = user_data;
  g_thread_unref (g_thread_new ("read-price-list", read_thread, job));
  return &job->parent;
}

double
be_import_reading_get_share (BeImportReading *self)
{
  return g_atomic_int_get (&((Job *) self)->watch.permille) / 1000.0;
}

void
be_import_reading_stop (BeImportReading *self)
{
  Job *job = (Job *) self;

  job->read = NULL;
  g_atomic_int_set (&job->watch.is_stopped, TRUE);
}

void
be_import_reading_drop (BeImportReading *self)
{
  be_import_reading_stop (self);
  job_unref ((Job *) self);
}
