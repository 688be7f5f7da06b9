/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths of inputs: segments, escapes, and the row that a path belongs to. */
#include "scenario/be-input.h"

#include <string.h>

/* Whether a concrete path matches a pattern, segment by segment. */
static gboolean
matches (const char *pattern, const char *path)
{
  for (;;) {
    if (*pattern == '?') {
      gsize length = strcspn (path, "/");
      if (length == 0)
        return FALSE;
      path += length;
      pattern++;
    } else {
      while (*pattern != '\0' && *pattern != '/') {
        if (*pattern++ != *path++)
          return FALSE;
      }
    }
    if (*pattern != *path)
      return FALSE;
    if (*pattern == '\0')
      return TRUE;
    pattern++;
    path++;
  }
}

const BeInput *
be_input_find (const char *path)
{
  guint n_inputs;
  const BeInput *inputs = be_inputs (&n_inputs);
  for (guint i = 0; i < n_inputs; i++) {
    if (inputs[i].pattern[0] == path[0] && matches (inputs[i].pattern, path))
      return &inputs[i];
  }
  return NULL;
}

char *
be_path_escape (const char *id)
{
  GString *segment = g_string_sized_new (strlen (id) + 4);
  for (; *id != '\0'; id++) {
    if (*id == '~')
      g_string_append (segment, "~0");
    else if (*id == '/')
      g_string_append (segment, "~1");
    else
      g_string_append_c (segment, *id);
  }
  return g_string_free (segment, FALSE);
}

char *
be_path_unescape (const char *segment)
{
  GString *id = g_string_sized_new (strlen (segment));
  for (; *segment != '\0'; segment++) {
    if (segment[0] == '~' && (segment[1] == '0' || segment[1] == '1'))
      g_string_append_c (id, *++segment == '0' ? '~' : '/');
    else
      g_string_append_c (id, *segment);
  }
  return g_string_free (id, FALSE);
}

char *
be_path_join (const char *first, ...)
{
  GString *path = g_string_new (NULL);
  va_list arguments;
  va_start (arguments, first);
  for (const char *id = first; id != NULL; id = va_arg (arguments, const char *)) {
    g_autofree char *segment = be_path_escape (id);
    if (path->len > 0)
      g_string_append_c (path, '/');
    g_string_append (path, segment);
  }
  va_end (arguments);
  return g_string_free (path, FALSE);
}

gboolean
be_path_is_within (const char *path, const char *owner)
{
  gsize length = strlen (owner);
  return strncmp (path, owner, length) == 0 && (path[length] == '\0' || path[length] == '/');
}
