package org.expmaster.webhook.registry;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.registry.Webhook.LastEdit;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads what has changed in the registry, at a cost that depends on the changes and not on the
 * number of webhooks.
 */
final class ChangeStore {
  /** The version of a reader that has read nothing yet. */
  static final long NOTHING = -1;

  /** For how many versions deletions are kept; a master further behind reads everything. */
  private static final long REMEMBERED = 10_000;

  /** The maximum number of webhooks read by id; if more have changed, whole tables are read. */
  private static final int FEW = 1_000;

  private static final String COLUMNS =
      """
      SELECT id, version, name, url, headers, type, payload_version, template, mode, workspace_id,
        secret, previous_secret, previous_until, updated_by, updated_at
      FROM webhooks_webhook
      """;

  private final Database database;

  ChangeStore(Database database) {
    this.database = database;
  }

  /**
   * The changes since a version.
   *
   * @param version the registry's version after them
   * @param everything whether {@code written} contains all webhooks there are
   * @param written the webhooks that were created or edited
   * @param deleted the ids of the webhooks that were deleted
   */
  record Changes(long version, boolean everything, List<Webhook> written, Set<Long> deleted) {}

  long version() {
    return database.jdbi().withHandle(ChangeStore::version);
  }

  /**
   * Returns the changes since a version. The current version is read first: an edit in between is
   * then read again, never missed.
   */
  Changes since(long seen) {
    return database.jdbi().withHandle(handle -> since(handle, seen));
  }

  private static Changes since(Handle handle, long seen) {
    long version = version(handle);
    // a smaller one: the database was restored to an earlier state
    if (seen < version - REMEMBERED || seen > version) {
      return everything(handle, version);
    }
    List<Long> ids =
        handle
            .createQuery("SELECT id FROM webhooks_webhook WHERE changed > :seen LIMIT :most")
            .bind("seen", seen)
            .bind("most", FEW + 1)
            .mapTo(Long.class)
            .list();
    return ids.size() > FEW
        ? everything(handle, version)
        : new Changes(version, false, written(handle, ids), deleted(handle, seen));
  }

  private static Changes everything(Handle handle, long version) {
    Map<Long, List<StoredTrigger>> triggers = TriggerStore.all(handle);
    return new Changes(version, true, webhooks(handle.createQuery(COLUMNS), triggers), Set.of());
  }

  private static List<Webhook> written(Handle handle, List<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<Long, List<StoredTrigger>> triggers = TriggerStore.of(handle, ids);
    return webhooks(
        handle.createQuery(COLUMNS + "WHERE id IN (<ids>)").bindList("ids", ids), triggers);
  }

  private static List<Webhook> webhooks(Query query, Map<Long, List<StoredTrigger>> triggers) {
    return query
        .map((row, context) -> webhook(row, triggers.getOrDefault(row.getLong("id"), List.of())))
        .list();
  }

  private static long version(Handle handle) {
    return handle
        .createQuery("SELECT version FROM webhooks_registry_version")
        .mapTo(Long.class)
        .one();
  }

  private static Set<Long> deleted(Handle handle, long seen) {
    return new TreeSet<>(
        handle
            .createQuery("SELECT webhook_id FROM webhooks_deleted WHERE changed > :seen")
            .bind("seen", seen)
            .mapTo(Long.class)
            .list());
  }

  /** Returns a webhook as the caller's transaction sees it. */
  static Webhook webhook(Handle handle, long id) {
    return written(handle, List.of(id)).get(0);
  }

  /**
   * Tells other masters that a webhook was deleted, in the caller's transaction.
   *
   * @param version the registry's version after the deletion
   */
  static void tellDeleted(Handle handle, long id, long version) {
    handle.execute("INSERT INTO webhooks_deleted (changed, webhook_id) VALUES (?, ?)", version, id);
    handle.execute("DELETE FROM webhooks_deleted WHERE changed <= ?", version - REMEMBERED);
  }

  private static Optional<LastEdit> lastEdit(ResultSet row) throws SQLException {
    long at = row.getLong("updated_at");
    return at == 0
        ? Optional.empty()
        : Optional.of(new LastEdit(row.getString("updated_by"), Instant.ofEpochMilli(at)));
  }

  private static Webhook webhook(ResultSet row, List<StoredTrigger> triggers) throws SQLException {
    long workspaceId = row.getLong("workspace_id");
    return new Webhook(
        row.getLong("id"),
        row.getLong("version"),
        row.getString("name"),
        new Endpoint(
            URI.create(row.getString("url")), RequestHeaders.parse(row.getString("headers"))),
        new PayloadForm(
            WebhookType.valueOf(row.getString("type")),
            row.getInt("payload_version"),
            row.getString("template")),
        WebhookMode.valueOf(row.getString("mode")),
        workspaceId == 0 ? OptionalLong.empty() : OptionalLong.of(workspaceId),
        triggers,
        SecretStore.read(row),
        lastEdit(row));
  }
}
