package org.expmaster.webhook.health;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.AbstractMap.SimpleEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.expmaster.webhook.db.Along;
import org.expmaster.webhook.db.Database;
import org.jdbi.v3.core.statement.Query;

/**
 * Stores the health of webhooks in the database. Thread-safe.
 *
 * <p>Every change increments the version of its row. A user's decision is written whatever the
 * version is; a master's finding is written only over the version that the master knew.
 */
public final class HealthStore {
  /** Writes nothing for a webhook that has been deleted meanwhile. */
  private static final String INSERT =
      """
      INSERT INTO webhooks_health
        (webhook_id, failing_since, paused_until, disabled_at, reason, version)
      SELECT id, ?, ?, ?, ?, ? FROM webhooks_webhook WHERE id = ?
      ON CONFLICT (webhook_id) DO UPDATE SET
        failing_since = excluded.failing_since,
        paused_until = excluded.paused_until,
        disabled_at = excluded.disabled_at,
        reason = excluded.reason,
      """;

  private static final String DECIDE = INSERT + "  version = webhooks_health.version + 1";
  private static final String REPLACE =
      INSERT
          + """
              version = excluded.version
            WHERE webhooks_health.version = excluded.version - 1""";

  private static final String ALL =
      """
      SELECT webhook_id, failing_since, paused_until, disabled_at, reason, version
      FROM webhooks_health
      """;

  private static final String FORGET_DELETED =
      "DELETE FROM webhooks_health WHERE webhook_id NOT IN (SELECT id FROM webhooks_webhook)";

  private final Database database;

  /** Creates a store in this database. */
  public HealthStore(Database database) {
    this.database = database;
  }

  /** Returns all stored health by webhook id; webhooks without stored health are missing. */
  public Map<Long, KeptHealth> all() {
    return database.jdbi().withHandle(handle -> kept(handle.createQuery(ALL)));
  }

  private static Map<Long, KeptHealth> kept(Query query) {
    return query.map((row, context) -> new SimpleEntry<>(row.getLong(1), kept(row))).stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Returns those of the given webhooks that are not well. The cost does not depend on others. */
  public Map<Long, Health> unwell(Collection<Long> webhookIds) {
    if (webhookIds.isEmpty()) {
      return Map.of();
    }
    return thoseUnwell(
        database
            .jdbi()
            .withHandle(
                handle ->
                    kept(
                        handle
                            .createQuery(ALL + "WHERE webhook_id IN (<ids>)")
                            .bindList("ids", webhookIds))));
  }

  /** Returns the stored health of a webhook, or {@link KeptHealth#NONE}. */
  public KeptHealth find(long webhookId) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(ALL + "WHERE webhook_id = ?")
                    .bind(0, webhookId)
                    .map((row, context) -> kept(row))
                    .findOne()
                    .orElse(KeptHealth.NONE));
  }

  /** Returns the health of all webhooks that are not well, by webhook id. */
  public Map<Long, Health> unwell() {
    return thoseUnwell(all());
  }

  private static Map<Long, Health> thoseUnwell(Map<Long, KeptHealth> all) {
    Map<Long, Health> unwell = new HashMap<>();
    all.forEach(
        (webhookId, kept) -> {
          if (!kept.health().isWell()) {
            unwell.put(webhookId, kept.health());
          }
        });
    return unwell;
  }

  /** Stores a user's decision, in a transaction of its own. */
  public void put(long webhookId, Health health) throws SQLException {
    put(webhookId, health, Along.NOTHING);
  }

  /** Stores a user's decision, and something along with it. */
  public void put(long webhookId, Health health, Along along) throws SQLException {
    database.inTransaction(
        connection -> {
          along.write(connection, webhookId);
          return write(connection, DECIDE, webhookId, health, 1);
        });
  }

  /**
   * Stores a master's finding, in the caller's transaction.
   *
   * @param known the stored health as the master knew it
   * @return false, without writing, if that has changed since or the webhook was deleted
   */
  public boolean replace(Connection connection, long webhookId, KeptHealth known, Health found)
      throws SQLException {
    return write(connection, REPLACE, webhookId, found, known.version() + 1);
  }

  /** Deletes health that was written while its webhook was being deleted. */
  public void forgetDeleted() {
    database.jdbi().useHandle(handle -> handle.execute(FORGET_DELETED));
  }

  private static boolean write(
      Connection connection, String sql, long webhookId, Health health, long version)
      throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(sql)) {
      bind(put, 1, health.failingSince());
      bind(put, 2, health.pausedUntil());
      bind(put, 3, health.disabledAt());
      put.setString(4, health.reason());
      put.setLong(5, version);
      put.setLong(6, webhookId);
      return put.executeUpdate() > 0;
    }
  }

  private static void bind(PreparedStatement statement, int index, Optional<Instant> instant)
      throws SQLException {
    if (instant.isPresent()) {
      statement.setLong(index, instant.get().toEpochMilli());
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }

  private static KeptHealth kept(ResultSet row) throws SQLException {
    Health health = new Health(instant(row, 2), instant(row, 3), instant(row, 4), row.getString(5));
    return new KeptHealth(health, row.getLong(6));
  }

  private static Optional<Instant> instant(ResultSet row, int index) throws SQLException {
    long millis = row.getLong(index);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
