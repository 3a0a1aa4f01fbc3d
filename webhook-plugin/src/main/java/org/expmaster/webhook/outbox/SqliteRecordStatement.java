package org.expmaster.webhook.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** On SQLite a statement a row is cheap: there is no way to go. */
final class SqliteRecordStatement extends RecordStatement {
  private static final String KEEP =
      """
      INSERT INTO webhooks_history
        (webhook_id, state, created_at, id, attempts, ended_at, status, millis, response)
      SELECT webhook_id, 'DELIVERED', created_at, id, attempts + 1, ?, ?, ?, ?
      FROM webhooks_outbox
      """
          + THE_CLAIMED;

  @Override
  void delivered(Connection connection, List<Result.Delivered> results) throws SQLException {
    batch(
        connection,
        KEEP,
        results,
        (row, result) -> {
          Attempt attempt = result.attempt();
          row.setLong(1, attempt.at().toEpochMilli());
          row.setInt(2, attempt.status().orElseThrow());
          row.setLong(3, attempt.took().toMillis());
          row.setString(4, attempt.response().orElse(null));
          return 4;
        });
    batch(connection, REMOVE, results, (row, result) -> 0);
  }
}
