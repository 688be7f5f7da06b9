/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strict JSON: reads bytes with positions and bounds, writes shortest numbers. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define BE_JSON_ERROR (be_json_error_quark ())
GQuark be_json_error_quark (void);

typedef enum {
  BE_JSON_ERROR_SYNTAX,    /* not RFC 8259, not UTF-8, empty, trailing bytes */
  BE_JSON_ERROR_DUPLICATE, /* a member name occurs twice */
  BE_JSON_ERROR_LIMIT,   /* deeper than 64, larger than 16 MiB, too many values, integer beyond 2^53
                          */
  BE_JSON_ERROR_RANGE,   /* a number that is not finite as a double */
  BE_JSON_ERROR_IO,      /* cannot be read or written */
  BE_JSON_ERROR_CHANGED, /* the file was changed by others since it was read */
} BeJsonError;

#define BE_JSON_MAX_DEPTH 64
#define BE_JSON_MAX_BYTES (16u * 1024 * 1024)

/* Where each value of a document begins: path ("/workloads/0/tokens") to line and column, both
 * from 1. What has a path of more than 400 bytes is not known. */
typedef struct _BeJsonPositions BeJsonPositions;
void be_json_positions_free (BeJsonPositions *positions);
gboolean be_json_positions_find (BeJsonPositions *positions, const char *pointer, guint *line,
                                 guint *column);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeJsonPositions, be_json_positions_free)

/* Parses one document: RFC 8259 UTF-8 without a byte order mark. Of JSONTestSuite it refuses all
 * 188 invalid files, and takes 91 of the 95 valid ones: the other four repeat a member or hold
 * \u0000, which a scenario may not. Refused besides the invalid: duplicate members, \u0000
 * (JsonNode's strings end there), halves of surrogate pairs, over 500,000 values, over 16,384
 * members in one object, numbers of over 1,000 characters. name stands in messages
 * ("name:line:column: ..."). Returns a new tree. */
JsonNode *be_json_parse (const char *data, gsize length, const char *name, GError **error);
/* The same, with positions (RFC 6901 pointers as keys) when `positions` is not NULL, and other
 * limits (0 = the default) for price lists. */
JsonNode *be_json_parse_full (const char *data, gsize length, const char *name, gsize max_bytes,
                              BeJsonPositions **positions, GError **error);

/* A reading that another thread looks at. Both members by g_atomic_int_get and _set: how far it is,
 * which only grows, and whether it shall end early, with G_IO_ERROR_CANCELLED. */
typedef struct {
  gint permille, is_stopped;
} BeJsonWatch;

/* Reads a document that others wrote carelessly but correctly, a price list (all 95 valid files of
 * JSONTestSuite, none of the invalid): a member that occurs
 * again takes the place of the one before and is named in `repeated` (RFC 6901 pointers, owned
 * strings); an integer beyond 2^53 is the nearest double, a number beyond the doubles infinite;
 * a byte order mark is skipped; \u0000 and halves of surrogate pairs become U+FFFD. The bounds of
 * be_json_parse hold, but for those on values and members of an object, which are larger.
 * `watch` (nullable) is told of the bytes read in the permille up to `watched`. */
JsonNode *
be_json_parse_lenient (const char *data, gsize length, const char *name, GPtrArray *repeated,
                       BeJsonWatch *watch, gint watched, GError **error);

/* Shortest decimal that reads back to the same double, JSON syntax, C locale. Whole numbers to 2^53
 * and magnitudes from 1e-6 are written plainly. "null" for NaN and infinities, which JSON cannot
 * hold. */
char *be_json_format_double (double value);
/* Two-space indent, "\n" ends, members in the object's order, numbers shortest, ends with "\n". */
char *be_json_write (JsonNode *root, gsize *length);

/* Identity of a file's content, to notice changes by others. */
typedef struct {
  goffset size;
  gint64 mtime_ns;
  guint64 inode;
  char *sha256; /* owned */
} BeFileStamp;
void be_file_stamp_clear (BeFileStamp *stamp);

/* Reads a whole file, at most max_bytes (0 = 16 MiB); fills stamp when not NULL. A pipe or a device
 * is refused with BE_JSON_ERROR_IO, at once: a window must not wait for whoever writes into it. */
GBytes *be_file_read (const char *path, gsize max_bytes, BeFileStamp *stamp, GError **error);
/* The rest of an open file, pipe or device, whole, with the same bound; waits for it. name is what
 * messages call it. */
GBytes *be_file_read_stream (int fd, const char *name, gsize max_bytes, GError **error);
/* Atomic, durable save: real path, temporary beside it, mode and owner kept, fsync, rename, fsync
 * of the directory. expected (nullable): refuses with BE_JSON_ERROR_CHANGED when the file differs
 * from it. On error the old file is untouched. written (nullable) gets the new stamp. */
gboolean be_file_save (const char *path, const char *data, gsize length,
                       const BeFileStamp *expected, BeFileStamp *written, GError **error);

G_END_DECLS
