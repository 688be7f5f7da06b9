/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scenario that a document is compared with. */
#include "app/compare/be-other.h"

#include "be-config.h"

#include <stdlib.h>

struct _BeOther {
  GObject parent_instance;

  /* owned */
  BeScenario *scenario;
  BeUpdate *update;
  GFileMonitor *monitor; /* NULL where none can be had */
  char *path, *name;

  /* borrowed */
  BeScenario *document; /* weak: the open document that was copied */
  GtkWidget *clock;
};

G_DEFINE_FINAL_TYPE (BeOther, be_other, G_TYPE_OBJECT)

enum { SIGNAL_READY, SIGNAL_OUTDATED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
ready_cb (BeUpdate *update, BeOther *self)
{
  g_signal_emit (self, signals[SIGNAL_READY], 0);
}

static void
forget (BeOther *self)
{
  if (self->update != NULL) {
    g_signal_handlers_disconnect_by_data (self->update, self);
    be_update_stop (self->update);
  }
  g_clear_object (&self->update);
  g_clear_object (&self->scenario);
}

/* Takes the scenario. */
static void
take (BeOther *self, BeScenario *scenario)
{
  forget (self);
  self->scenario = scenario;
  self->update = be_update_new (scenario, self->clock);
  g_signal_connect (self->update, "crossover-ready", G_CALLBACK (ready_cb), self);
  be_update_flush (self->update);
}

static void
file_changed_cb (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
                 BeOther *self)
{
  if (event != G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED
      && be_scenario_changed_on_disk (self->scenario))
    g_signal_emit (self, signals[SIGNAL_OUTDATED], 0);
}

/* Others change what a link leads to, not the link. */
static void
watch (BeOther *self)
{
  g_autofree char *target = realpath (self->path, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (target != NULL ? target : self->path);

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (file_changed_cb), self, 0);
}

BeOther *
be_other_new_for_file (BeCatalog *catalog, const char *path, GtkWidget *clock, GError **error)
{
  BeScenario *scenario = be_scenario_load (catalog, path, error);
  BeOther *self;

  if (scenario == NULL)
    return NULL;
  self = g_object_new (BE_TYPE_OTHER, NULL);
  self->clock = clock;
  self->path = g_strdup (path);
  self->name = g_path_get_basename (path);
  take (self, scenario);
  watch (self);
  return self;
}

/* A copy has the very same tree until the document gets another. */
static void
document_changed_cb (BeScenario *document, BeOther *self)
{
  if (!be_scenario_is_in_gesture (document)
      && be_scenario_get_root (document) != be_scenario_get_root (self->scenario))
    g_signal_emit (self, signals[SIGNAL_OUTDATED], 0);
}

BeOther *
be_other_new_for_document (BeScenario *scenario, const char *name, GtkWidget *clock)
{
  BeOther *self = g_object_new (BE_TYPE_OTHER, NULL);

  self->clock = clock;
  self->name = g_strdup (name);
  g_set_weak_pointer (&self->document, scenario);
  g_signal_connect_object (scenario, "saved-changed", G_CALLBACK (document_changed_cb), self, 0);
  take (self, be_scenario_copy (scenario));
  return self;
}

gboolean
be_other_reload (BeOther *self, GError **error)
{
  BeScenario *scenario;

  g_return_val_if_fail (BE_IS_OTHER (self), FALSE);

  /* A document that was closed since stays as it was. */
  if (self->path == NULL)
    scenario =
        self->document != NULL ? be_scenario_copy (self->document) : g_object_ref (self->scenario);
  else
    scenario = be_scenario_load (be_scenario_get_catalog (self->scenario), self->path, error);
  if (scenario != NULL)
    take (self, scenario);
  return scenario != NULL;
}

static void
be_other_dispose (GObject *object)
{
  BeOther *self = BE_OTHER (object);

  forget (self);
  g_clear_object (&self->monitor);
  g_clear_weak_pointer (&self->document);
  G_OBJECT_CLASS (be_other_parent_class)->dispose (object);
}

static void
be_other_finalize (GObject *object)
{
  BeOther *self = BE_OTHER (object);

  g_free (self->path);
  g_free (self->name);
  G_OBJECT_CLASS (be_other_parent_class)->finalize (object);
}

static void
be_other_class_init (BeOtherClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_other_dispose;
  G_OBJECT_CLASS (klass)->finalize = be_other_finalize;
  signals[SIGNAL_READY] =
      g_signal_new ("ready", BE_TYPE_OTHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_OUTDATED] = g_signal_new ("outdated", BE_TYPE_OTHER, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
}

static void
be_other_init (BeOther *self)
{
}

BeScenario *
be_other_get_scenario (BeOther *self)
{
  return self->scenario;
}

const char *
be_other_get_path (BeOther *self)
{
  return self->path;
}

const char *
be_other_get_name (BeOther *self)
{
  return self->name;
}

void
be_other_get_side (BeOther *self, BeSide *side)
{
  *side = (BeSide){ self->scenario, be_update_get_result (self->update),
                    be_update_get_crossover (self->update, NULL) };
}
