/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an edit to fresh results: at most one evaluation per frame, the crossover off the main loop.
 */
#include "app/be-update.h"

#include "be-config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

struct _BeUpdate {
  GObject parent_instance;

  /* owned */
  BeScenario *scenario;
  BePlanResult result;
  GError *error;
  GPtrArray *warnings; /* NULL: nobody has asked since the evaluation */
  BeCrossover crossover;
  char *measure_path;

  /* borrowed */
  GtkWidget *clock;
  GdkFrameClock *measured_clock; /* weak: the widget may come under another window */

  guint tick;
  guint generation;           /* of the newest edit */
  guint crossover_generation; /* of the crossover that is held */
  gboolean waiting;           /* an edit has not been evaluated */
  gboolean has_result;
  gboolean has_crossover;
  gboolean studying; /* a thread is at work */

  /* measuring */
  gboolean is_unpainted; /* an update whose frame has not been painted */
  double work_ms;
};

typedef struct {
  BePlanInput input;
  guint generation;
} CrossoverJob;

enum { SIGNAL_EVALUATED, SIGNAL_CROSSOVER_READY, SIGNAL_MEASURE, SIGNAL_STOPPED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BeUpdate, be_update, G_TYPE_OBJECT)

static void start_crossover (BeUpdate *self);

static void
crossover_job_free (gpointer data)
{
  CrossoverJob *job = data;

  be_plan_input_clear (&job->input);
  g_free (job);
}

static void
crossover_free (gpointer data)
{
  be_crossover_clear (data);
  g_free (data);
}

static void
crossover_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  CrossoverJob *job = task_data;
  BeCrossover *crossover = g_new0 (BeCrossover, 1);
  GError *error = NULL;

  if (!be_study_crossover (&job->input, crossover, &error)) {
    g_free (crossover);
    g_task_return_error (task, error);
    return;
  }
  g_task_return_pointer (task, crossover, crossover_free);
}

static void
crossover_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BeUpdate *self = BE_UPDATE (source);
  CrossoverJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  BeCrossover *crossover = g_task_propagate_pointer (G_TASK (result), &error);

  self->studying = FALSE;
  if (self->clock == NULL || job->generation != self->generation) {
    g_clear_pointer (&crossover, crossover_free);
    if (self->clock != NULL && !self->waiting)
      start_crossover (self);
    return;
  }
  if (self->has_crossover)
    be_crossover_clear (&self->crossover);
  self->has_crossover = crossover != NULL;
  if (crossover != NULL)
    self->crossover = *crossover;
  g_free (crossover);
  self->crossover_generation = job->generation;
  g_signal_emit (self, signals[SIGNAL_CROSSOVER_READY], 0);
}

static void
start_crossover (BeUpdate *self)
{
  const BePlanInput *input = be_scenario_resolve (self->scenario, NULL);
  g_autoptr (GTask) task = NULL;
  CrossoverJob *job;

  if (self->studying || input == NULL)
    return;
  job = g_new0 (CrossoverJob, 1);
  if (be_plan_input_copy (&job->input, input) != BE_OK) {
    g_free (job);
    return;
  }
  job->generation = self->generation;
  self->studying = TRUE;
  task = g_task_new (self, NULL, crossover_done_cb, NULL);
  g_task_set_task_data (task, job, crossover_job_free);
  g_task_run_in_thread (task, crossover_thread);
}

static void
evaluate (BeUpdate *self)
{
  const BePlanInput *input;
  BeStatus status;

  g_clear_error (&self->error);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  self->has_result = FALSE;
  input = be_scenario_resolve (self->scenario, &self->error);
  if (input == NULL)
    return;
  status = be_plan_evaluate (input, &self->result);
  self->has_result = status == BE_OK;
  if (status != BE_OK)
    self->error = g_error_new (BE_SCENARIO_ERROR, BE_SCENARIO_ERROR_RANGE, "%s",
                               _ ("The inputs contradict each other, so no plan can be priced"));
}

static void
update_now (BeUpdate *self)
{
  gint64 begin = g_get_monotonic_time ();

  self->waiting = FALSE;
  self->work_ms = 0;
  self->is_unpainted = TRUE;
  evaluate (self);
  g_signal_emit (self, signals[SIGNAL_EVALUATED], 0);
  start_crossover (self);
  self->work_ms += (double) (g_get_monotonic_time () - begin) / 1000.0;
}

static void
after_paint_cb (GdkFrameClock *clock, BeUpdate *self)
{
  FILE *file;

  if (!self->is_unpainted)
    return;
  self->is_unpainted = FALSE;
  g_signal_emit (self, signals[SIGNAL_MEASURE], 0);
  file = fopen (self->measure_path, "a");
  if (file == NULL)
    return;
  fprintf (file, "%.3f\n", self->work_ms);
  fclose (file);
}

static void
measure_frames (BeUpdate *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (self->clock);

  if (self->measure_path == NULL || self->measured_clock == clock || clock == NULL)
    return;
  if (self->measured_clock != NULL)
    g_signal_handlers_disconnect_by_data (self->measured_clock, self);
  g_set_weak_pointer (&self->measured_clock, clock);
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (after_paint_cb), self, 0);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  BeUpdate *self = data;

  self->tick = 0;
  measure_frames (self);
  if (self->waiting)
    update_now (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (BeScenario *scenario, BeUpdate *self)
{
  self->waiting = TRUE;
  self->generation++;
  if (self->tick == 0 && self->clock != NULL)
    self->tick = gtk_widget_add_tick_callback (self->clock, tick_cb, self, NULL);
}

void
be_update_stop (BeUpdate *self)
{
  g_return_if_fail (BE_IS_UPDATE (self));

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (self->clock, self->tick);
  self->tick = 0;
  self->clock = NULL;
  if (self->measured_clock != NULL)
    g_signal_handlers_disconnect_by_data (self->measured_clock, self);
  g_clear_weak_pointer (&self->measured_clock);
  if (self->scenario != NULL)
    g_signal_handlers_disconnect_by_data (self->scenario, self);
  g_signal_emit (self, signals[SIGNAL_STOPPED], 0);
}

static void
be_update_dispose (GObject *object)
{
  be_update_stop (BE_UPDATE (object));
  G_OBJECT_CLASS (be_update_parent_class)->dispose (object);
}

static void
be_update_finalize (GObject *object)
{
  BeUpdate *self = BE_UPDATE (object);

  g_clear_object (&self->scenario);
  be_plan_result_clear (&self->result);
  g_clear_error (&self->error);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  if (self->has_crossover)
    be_crossover_clear (&self->crossover);
  g_free (self->measure_path);
  G_OBJECT_CLASS (be_update_parent_class)->finalize (object);
}

static void
be_update_class_init (BeUpdateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = be_update_dispose;
  object_class->finalize = be_update_finalize;
  signals[SIGNAL_EVALUATED] = g_signal_new ("evaluated", BE_TYPE_UPDATE, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CROSSOVER_READY] = g_signal_new (
      "crossover-ready", BE_TYPE_UPDATE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MEASURE] = g_signal_new ("measure", BE_TYPE_UPDATE, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_STOPPED] = g_signal_new ("stopped", BE_TYPE_UPDATE, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
be_update_init (BeUpdate *self)
{
  const char *path = g_getenv ("BE_MEASURE_FRAMES");

  be_plan_result_init (&self->result);
  if (path != NULL && *path != '\0')
    self->measure_path = g_strdup (path);
}

BeUpdate *
be_update_new (BeScenario *scenario, GtkWidget *clock)
{
  BeUpdate *self;

  g_return_val_if_fail (BE_IS_SCENARIO (scenario), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (clock), NULL);

  self = g_object_new (BE_TYPE_UPDATE, NULL);
  self->scenario = g_object_ref (scenario);
  self->clock = clock;
  self->waiting = TRUE;
  self->generation = 1;
  g_signal_connect (scenario, "changed", G_CALLBACK (changed_cb), self);
  return self;
}

BeScenario *
be_update_get_scenario (BeUpdate *self)
{
  return self->scenario;
}

const BePlanResult *
be_update_get_result (BeUpdate *self)
{
  return self->has_result ? &self->result : NULL;
}

GPtrArray *
be_update_get_warnings (BeUpdate *self)
{
  if (self->warnings == NULL && self->has_result)
    self->warnings = be_report_warnings (self->scenario, &self->result);
  return self->warnings;
}

const GError *
be_update_get_error (BeUpdate *self)
{
  return self->error;
}

const BeCrossover *
be_update_get_crossover (BeUpdate *self, gboolean *current)
{
  if (current != NULL)
    *current = self->crossover_generation == self->generation;
  return self->has_crossover ? &self->crossover : NULL;
}

void
be_update_flush (BeUpdate *self)
{
  g_return_if_fail (BE_IS_UPDATE (self));

  if (self->waiting)
    update_now (self);
}

void
be_update_add_work_ms (BeUpdate *self, double work_ms)
{
  self->work_ms += work_ms;
}
