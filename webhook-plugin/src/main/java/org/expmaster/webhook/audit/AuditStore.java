package org.expmaster.webhook.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.expmaster.webhook.db.Database;

/** The table of what people did. */
final class AuditStore {
  private static final int BATCH = 500;

  private static final String INSERT =
      """
      INSERT INTO webhooks_audit
        (at, user_id, username, action, webhook_id, webhook_name, detail)
      VALUES (?, ?, ?, ?, ?, COALESCE((SELECT name FROM webhooks_webhook WHERE id = ?), ''), ?)
      """;

  private static final String PAGE =
      """
      SELECT id, at, user_id, username, action, webhook_id, webhook_name, detail
      FROM webhooks_audit
      WHERE id < :before <andWebhook>
      ORDER BY id DESC LIMIT :limit
      """;

  private static final String FORGET =
      """
      DELETE FROM webhooks_audit WHERE id IN (
        SELECT id FROM webhooks_audit WHERE at < :before ORDER BY at LIMIT :limit)
      """;

  private final Database database;

  AuditStore(Database database) {
    this.database = database;
  }

  static void insert(Connection connection, Act act, long webhookId, Instant at)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setLong(1, at.toEpochMilli());
      insert.setLong(2, act.userId);
      insert.setString(3, act.username);
      insert.setString(4, act.action.name());
      insert.setLong(5, webhookId);
      insert.setLong(6, webhookId);
      insert.setString(7, act.detail);
      insert.executeUpdate();
    }
  }

  void insert(Act act, long webhookId) throws SQLException {
    database.inTransaction(
        connection -> {
          act.write(connection, webhookId);
          return null;
        });
  }

  List<Entry> page(OptionalLong webhookId, long before, int limit) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(PAGE)
                    .define(
                        "andWebhook", webhookId.isPresent() ? "AND webhook_id = :webhookId" : "")
                    .bind("before", before)
                    .bind("limit", limit)
                    .bindMap(
                        webhookId.isPresent()
                            ? Map.of("webhookId", webhookId.getAsLong())
                            : Map.of())
                    .map((row, context) -> entry(row))
                    .list());
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong(1),
        Instant.ofEpochMilli(row.getLong(2)),
        row.getLong(3),
        row.getString(4),
        Action.valueOf(row.getString(5)),
        row.getLong(6),
        row.getString(7),
        row.getString(8));
  }

  /** Deletes what is older, in small batches, so that others do not wait. */
  void forget(Instant before) {
    int deleted;
    do {
      deleted =
          database
              .jdbi()
              .withHandle(
                  handle ->
                      handle
                          .createUpdate(FORGET)
                          .bind("before", before.toEpochMilli())
                          .bind("limit", BATCH)
                          .execute());
    } while (deleted == BATCH);
  }
}
