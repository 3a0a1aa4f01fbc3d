package org.expmaster.webhook.health;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.AbstractMap.SimpleEntry;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.expmaster.webhook.db.Database;

/** The health of the webhooks in the database. Any thread may use it. */
public final class HealthStore {
  private static final String PUT =
      """
      INSERT INTO webhooks_health (webhook_id, failing_since, paused_until, disabled_at, reason)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (webhook_id) DO UPDATE SET
        failing_since = excluded.failing_since,
        paused_until = excluded.paused_until,
        disabled_at = excluded.disabled_at,
        reason = excluded.reason""";
  private static final String REMOVE = "DELETE FROM webhooks_health WHERE webhook_id = ?";

  private final Database database;

  /** The health kept in this database. */
  public HealthStore(Database database) {
    this.database = database;
  }

  /** The webhooks that are not well. */
  public Map<Long, Health> unwell() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT webhook_id, failing_since, paused_until, disabled_at, reason
                        FROM webhooks_health
                        """)
                    .map((row, context) -> new SimpleEntry<>(row.getLong(1), health(row)))
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** Those of some webhooks that are not well; costs as many, however many others there are. */
  public Map<Long, Health> unwell(Collection<Long> webhookIds) {
    if (webhookIds.isEmpty()) {
      return Map.of();
    }
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT webhook_id, failing_since, paused_until, disabled_at, reason
                        FROM webhooks_health WHERE webhook_id IN (<ids>)
                        """)
                    .bindList("ids", webhookIds)
                    .map((row, context) -> new SimpleEntry<>(row.getLong(1), health(row)))
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** Keeps the health of webhooks, in a transaction that is the caller's to commit. */
  public void put(Connection connection, Map<Long, Health> changes) throws SQLException {
    for (Map.Entry<Long, Health> change : changes.entrySet()) {
      put(connection, change.getKey(), change.getValue());
    }
  }

  /** Keeps the health of a webhook in a transaction of its own. */
  public void put(long webhookId, Health health) throws SQLException {
    database.inTransaction(
        connection -> {
          put(connection, webhookId, health);
          return null;
        });
  }

  private static void put(Connection connection, long webhookId, Health health)
      throws SQLException {
    if (health.isWell()) {
      try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
        remove.setLong(1, webhookId);
        remove.executeUpdate();
      }
      return;
    }
    try (PreparedStatement put = connection.prepareStatement(PUT)) {
      put.setLong(1, webhookId);
      bind(put, 2, health.failingSince());
      bind(put, 3, health.pausedUntil());
      bind(put, 4, health.disabledAt());
      put.setString(5, health.reason());
      put.executeUpdate();
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

  private static Health health(ResultSet row) throws SQLException {
    return new Health(instant(row, 2), instant(row, 3), instant(row, 4), row.getString(5));
  }

  private static Optional<Instant> instant(ResultSet row, int index) throws SQLException {
    long millis = row.getLong(index);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
