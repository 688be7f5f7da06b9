/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving the volume: every workload's requests by one factor, one undo step per gesture. */
#pragma once

#include "scenario/be-scenario.h"

G_BEGIN_DECLS

/* A gesture under way, or none when all is zero. */
typedef struct {
  GPtrArray *paths; /* char*, owned: the number of each workload that its requests follow from */
  GArray *values;   /* double: what it was when the gesture began */
} BeVolumeGesture;

/* Sets every workload to factor times what it was when the gesture began, kept within the input's
 * range. The first call begins the gesture, one with `final` ends it. On error the gesture is over.
 */
gboolean be_volume_gesture_scale (BeVolumeGesture *gesture, BeScenario *scenario, double factor,
                                  gboolean final, GError **error);
/* Ends a gesture that is under way, if any. */
void be_volume_gesture_end (BeVolumeGesture *gesture, BeScenario *scenario);

G_END_DECLS
