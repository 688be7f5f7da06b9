/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inputs of a document, in groups that fold. */
#include "app/input/be-sidebar.h"

#include "app/be-accessible.h"
#include "app/input/be-bound-row.h"
#include "app/input/be-sidebar-structure.h"
#include "be-config.h"
#include "widget/be-widget.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _BeSidebar {
  GtkWidget parent_instance;

  GtkWidget *scroll;
  GtkWidget *content; /* rebuilt when the structure changes */
  BeScenario *scenario;
  GPtrArray *rows;   /* bound rows, borrowed from content */
  char *structure;   /* ids that content was built for */
  GHashTable *folds; /* key of a fold -> is it open: kept when content is rebuilt */
  guint rebuild_id;
};

G_DEFINE_FINAL_TYPE (BeSidebar, be_sidebar, GTK_TYPE_WIDGET)

static guint message_signal;

/* Inputs by the ends of their paths that most people change; the others stand under "More". */
static const char *const common[] = {
  "/requestsPerDay",
  "/profile",
  "/tokens/system",
  "/tokens/input",
  "/tokens/output",
  "/routing/kind",
  "/share",
  "/cache/readShare",
  "/batchShare",
  "/buffer",
  "/retry/rate",
  "/gpusPerReplica",
  "/weights",
  "/kvCache",
  "/throughput/source",
  "/throughput/outputTokensPerSecond",
  "/rent/gpuHour",
  "/replicas/minimum",
  "/replicas/spare",
  "/replicas/autoscale",
  "/people/perFteMonth",
  "/units",
  "/unitHour",
  "/tokensPerMinutePerUnit",
  "/termMonths",
};

static void
tell (BeSidebar *self, GError *error)
{
  g_signal_emit (self, message_signal, 0, error->message);
}

static void
refused_cb (gpointer sidebar, GError *error)
{
  tell (sidebar, error);
}

static void
add_row (BeSidebar *self, GtkWidget *box, const char *path)
{
  GtkWidget *row = be_bound_row_new (self->scenario, path, refused_cb, self);

  gtk_box_append (GTK_BOX (box), row);
  g_ptr_array_add (self->rows, row);
}

static gboolean
is_common (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (common); i++) {
    if (g_str_has_suffix (path, common[i]))
      return TRUE;
  }
  return FALSE;
}

static void
fold_cb (GtkExpander *fold, GParamSpec *pspec, BeSidebar *self)
{
  g_hash_table_insert (self->folds, g_strdup (g_object_get_data (G_OBJECT (fold), "key")),
                       GINT_TO_POINTER (gtk_expander_get_expanded (fold)));
}

/* key: what the fold is known by when the inputs are built again. */
static GtkWidget *
make_fold (BeSidebar *self, const char *key, const char *title, const char *css_class,
           gboolean is_open, GtkWidget **box)
{
  gpointer kept = NULL;
  GtkWidget *fold = gtk_expander_new (NULL), *label = gtk_label_new (title);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_expander_set_label_widget (GTK_EXPANDER (fold), label);
  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_top (*box, 6);
  if (g_hash_table_lookup_extended (self->folds, key, NULL, &kept))
    is_open = GPOINTER_TO_INT (kept);
  gtk_expander_set_expanded (GTK_EXPANDER (fold), is_open);
  g_object_set_data_full (G_OBJECT (fold), "key", g_strdup (key), g_free);
  g_signal_connect (fold, "notify::expanded", G_CALLBACK (fold_cb), self);
  g_object_set_data (G_OBJECT (*box), "fold", fold);
  be_accessible_fold (GTK_EXPANDER (fold), *box);
  be_widget_name_deep (fold, title);
  return fold;
}

static void
add_heading (GtkWidget *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
}

static gboolean
is_shown (const char *path)
{
  return strchr (path, '/') != NULL && strstr (path, "/profile/") == NULL
         && !g_str_has_prefix (path, "gpus/") && !g_str_has_prefix (path, "models/")
         && be_input_find (path)->type != BE_INPUT_TEXT;
}

/* What a path belongs to: "workloads/chat", "workloads/chat/routing/routes/KEY", "pools/llama". */
static char *
get_owner (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  guint n = g_strv_length (parts);
  guint kept = n > 5 && g_str_equal (parts[3], "routes") ? 5 : n > 2 ? 2 : 0;

  for (guint i = kept; i < n; i++)
    g_clear_pointer (&parts[i], g_free);
  return g_strjoinv ("/", parts);
}

/* A path with the ranks of its workload or pool and of its owner among those of the group. */
typedef struct {
  const char *path;
  guint root_rank, owner_rank, rank;
} Ranked;

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *left = a, *right = b;

  if (left->root_rank != right->root_rank)
    return left->root_rank < right->root_rank ? -1 : 1;
  if (left->owner_rank != right->owner_rank)
    return left->owner_rank < right->owner_rank ? -1 : 1;
  return left->rank < right->rank ? -1 : left->rank > right->rank;
}

/* The number of a name: in order of first appearance. The name is taken. */
static guint
get_rank (GHashTable *ranks, char *name)
{
  gpointer rank;

  if (g_hash_table_lookup_extended (ranks, name, NULL, &rank)) {
    g_free (name);
    return GPOINTER_TO_UINT (rank);
  }
  rank = GUINT_TO_POINTER (g_hash_table_size (ranks));
  g_hash_table_insert (ranks, name, rank);
  return GPOINTER_TO_UINT (rank);
}

static char *
get_root (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 3);

  return g_strv_length (parts) > 2 ? g_strjoin ("/", parts[0], parts[1], NULL) : g_strdup ("");
}

/* The table has all owners of an input one after the other; here each owner has its inputs
 * together, routes with their workload. */
static void
sort_by_owner (GPtrArray *paths)
{
  g_autoptr (GHashTable) ranks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (Ranked));

  for (guint i = 0; i < paths->len; i++) {
    const char *path = g_ptr_array_index (paths, i);
    Ranked ranked = { path, get_rank (ranks, get_root (path)), get_rank (ranks, get_owner (path)),
                      i };
    g_array_append_val (sorted, ranked);
  }
  g_array_sort (sorted, compare_ranked);
  for (guint i = 0; i < paths->len; i++)
    paths->pdata[i] = (gpointer) g_array_index (sorted, Ranked, i).path;
}

/* Does the group show rows of more than one workload or pool, so that each needs its name? */
static gboolean
has_several (GPtrArray *paths)
{
  g_autofree char *first = NULL;

  for (guint i = 0; i < paths->len; i++) {
    g_autofree char *root = get_root (g_ptr_array_index (paths, i));

    if (!is_shown (g_ptr_array_index (paths, i)) || *root == '\0')
      continue;
    if (first != NULL && strcmp (first, root) != 0)
      return TRUE;
    if (first == NULL)
      first = g_steal_pointer (&root);
  }
  return FALSE;
}

/* The rows of one group that are common, or those that are not: a section for each owner, with what
 * names, changes or removes it, or just with its name where there are several. */
static void
fill_part (BeSidebar *self, BeGroup group, GPtrArray *paths, gboolean common_ones, GtkWidget *box)
{
  gboolean needs_names = has_several (paths);
  GtkWidget *section = NULL;
  g_autofree char *owner = NULL;

  for (guint i = 0; i < paths->len; i++) {
    const char *path = g_ptr_array_index (paths, i);
    g_autofree char *of = get_owner (path);

    if (!is_shown (path) || is_common (path) != common_ones)
      continue;
    if (section == NULL || g_strcmp0 (of, owner) != 0) {
      g_autofree char *name = be_scenario_describe_owner (self->scenario, path);
      gboolean is_named = FALSE;

      section = be_widget_add_card (box, 6);
      if (common_ones)
        is_named = be_sidebar_add_owner (section, self->scenario, group, of, refused_cb, self);
      if (!is_named && *name != '\0' && (needs_names || strstr (of, "/routes/") != NULL))
        add_heading (section, name);
      g_free (owner);
      owner = g_steal_pointer (&of);
    }
    add_row (self, section, path);
  }
}

static void
fill_group (BeSidebar *self, BeGroup group, GtkWidget *box)
{
  g_autoptr (GPtrArray) paths = be_scenario_list_inputs (self->scenario, group);
  g_autofree char *key = g_strdup_printf ("more %d", group);
  GtkWidget *more_box, *more = make_fold (self, key, _ ("More"), NULL, FALSE, &more_box);

  sort_by_owner (paths);
  fill_part (self, group, paths, TRUE, box);
  fill_part (self, group, paths, FALSE, more_box);
  gtk_box_append (GTK_BOX (box), more);
}

/* Ids and names: while these are equal the rows need only new values. */
static char *
describe_structure (BeSidebar *self)
{
  g_autoptr (GPtrArray) paths = be_scenario_list_inputs (self->scenario, BE_N_GROUPS);
  g_autofree char *names = be_sidebar_describe_structure (self->scenario);
  GString *words = g_string_new (names);

  for (guint i = 0; i < paths->len; i++) {
    const char *path = g_ptr_array_index (paths, i);
    if (!is_shown (path))
      continue;
    g_string_append (words, path);
    g_string_append_c (words, '\n');
  }
  return g_string_free (words, FALSE);
}

/* A name that is being typed is taken before its entry goes. TRUE when the focus was among the
 * inputs. */
static gboolean
leave_focus (BeSidebar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return FALSE;
  gtk_root_set_focus (root, NULL);
  return TRUE;
}

static const struct {
  BeGroup group;
  const char *title;
} groups[] = {
  { BE_GROUP_TRAFFIC, N_ ("Traffic") },           { BE_GROUP_TOKENS, N_ ("Tokens") },
  { BE_GROUP_ROUTING, N_ ("Routing") },           { BE_GROUP_SAVINGS, N_ ("Savings") },
  { BE_GROUP_SELF_HOSTING, N_ ("Self-hosting") },
};

gboolean
be_sidebar_takes (const char *path)
{
  const BeInput *input = be_input_find (path);

  for (gsize i = 0; input != NULL && i < G_N_ELEMENTS (groups); i++)
    if (groups[i].group == input->group)
      return is_shown (path);
  return FALSE;
}

static void
rebuild (BeSidebar *self)
{
  gboolean had_focus = leave_focus (self);

  g_ptr_array_set_size (self->rows, 0);
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_margin_start (self->content, 12);
  gtk_widget_set_margin_end (self->content, 12);
  gtk_widget_set_margin_top (self->content, 12);
  gtk_widget_set_margin_bottom (self->content, 12);
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++) {
    GtkWidget *box,
        *fold = make_fold (self, groups[i].title, _ (groups[i].title), "title-4", i < 3, &box);
    fill_group (self, groups[i].group, box);
    be_sidebar_add_structure (box, self->scenario, groups[i].group, refused_cb, self);
    gtk_box_append (GTK_BOX (self->content), fold);
  }
  gtk_widget_set_sensitive (self->content, !be_scenario_is_read_only (self->scenario));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), self->content);
  be_accessible_hush (self->content);
  if (had_focus)
    gtk_widget_child_focus (self->content, GTK_DIR_TAB_FORWARD);
}

static gboolean
rebuild_cb (gpointer data)
{
  BeSidebar *self = data;

  self->rebuild_id = 0;
  rebuild (self);
  return G_SOURCE_REMOVE;
}

/* A row that caused the change is still at work, so new rows are made when it is done. */
static void
check_structure (BeSidebar *self)
{
  g_autofree char *structure = describe_structure (self);

  if (g_strcmp0 (structure, self->structure) != 0) {
    g_free (self->structure);
    self->structure = g_steal_pointer (&structure);
    if (self->rebuild_id == 0)
      self->rebuild_id = g_idle_add (rebuild_cb, self);
  }
}

/* After a gesture, too. */
static void
saved_changed_cb (BeScenario *scenario, BeSidebar *self)
{
  if (!be_scenario_is_in_gesture (scenario))
    check_structure (self);
}

/* While a slider moves only values change. */
static void
changed_cb (BeScenario *scenario, BeSidebar *self)
{
  if (!be_scenario_is_in_gesture (scenario))
    check_structure (self);
  if (self->rebuild_id != 0)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    be_bound_row_refresh (g_ptr_array_index (self->rows, i));
}

static void
be_sidebar_dispose (GObject *object)
{
  BeSidebar *self = BE_SIDEBAR (object);

  g_clear_handle_id (&self->rebuild_id, g_source_remove);
  if (self->scenario != NULL)
    g_signal_handlers_disconnect_by_data (self->scenario, self);
  g_clear_pointer (&self->scroll, gtk_widget_unparent);
  g_clear_object (&self->scenario);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->structure, g_free);
  g_clear_pointer (&self->folds, g_hash_table_unref);
  G_OBJECT_CLASS (be_sidebar_parent_class)->dispose (object);
}

static void
be_sidebar_class_init (BeSidebarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = be_sidebar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  message_signal = g_signal_new ("message", BE_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* Larger text gets a wider column, up to what a phone has. */
static void
fit_text (BeSidebar *self)
{
  double width = CLAMP (320 * be_widget_get_text_scale (GTK_WIDGET (self)), 320, 400);

  gtk_widget_set_size_request (self->scroll, (int) width, -1);
}

static void
be_sidebar_init (BeSidebar *self)
{
  self->rows = g_ptr_array_new ();
  self->folds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (self->scroll, TRUE);
  fit_text (self);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (fit_text), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
  be_widget_name_deep (GTK_WIDGET (self), _ ("Inputs"));
}

GtkWidget *
be_sidebar_new (BeScenario *scenario)
{
  BeSidebar *self = g_object_new (BE_TYPE_SIDEBAR, NULL);

  self->scenario = g_object_ref (scenario);
  self->structure = describe_structure (self);
  rebuild (self);
  g_signal_connect (scenario, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (scenario, "saved-changed", G_CALLBACK (saved_changed_cb), self);
  return GTK_WIDGET (self);
}

/* Opens every fold around a row. What a fold that is shut holds has no parent: it knows its fold.
 */
static void
unfold (GtkWidget *row)
{
  for (GtkWidget *around = row; around != NULL;) {
    GtkWidget *fold = g_object_get_data (G_OBJECT (around), "fold");

    if (fold != NULL)
      gtk_expander_set_expanded (GTK_EXPANDER (fold), TRUE);
    around = fold != NULL ? fold : gtk_widget_get_parent (around);
  }
}

static GtkWidget *
find_row (BeSidebar *self, const char *path)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (strcmp (be_bound_row_get_path (self->rows->pdata[i]), path) == 0)
      return self->rows->pdata[i];
  return NULL;
}

/* An input on its way into view. */
typedef struct {
  char *path;
  int frames; /* until what was unfolded has its place */
} Showing;

static void
showing_free (gpointer data)
{
  g_free (((Showing *) data)->path);
  g_free (data);
}

/* The focus scrolls to where a row is: that must be known by then. */
static gboolean
show_cb (GtkWidget *sidebar, GdkFrameClock *clock, gpointer data)
{
  Showing *showing = data;
  GtkWidget *row;

  if (showing->frames-- > 0)
    return G_SOURCE_CONTINUE;
  row = find_row (BE_SIDEBAR (sidebar), showing->path);
  if (row != NULL)
    gtk_widget_child_focus (row, GTK_DIR_TAB_BACKWARD); /* its last part sets the value */
  return G_SOURCE_REMOVE;
}

void
be_sidebar_show_input (BeSidebar *self, const char *path)
{
  GtkWidget *row;
  Showing *showing;

  g_return_if_fail (BE_IS_SIDEBAR (self));

  row = find_row (self, path);
  if (row == NULL)
    return;
  unfold (row);
  showing = g_new (Showing, 1);
  *showing = (Showing){ g_strdup (path), 2 };
  gtk_widget_add_tick_callback (GTK_WIDGET (self), show_cb, showing, showing_free);
}
