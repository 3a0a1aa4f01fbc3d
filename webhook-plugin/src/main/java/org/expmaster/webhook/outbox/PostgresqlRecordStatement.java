package org.expmaster.webhook.outbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** On PostgreSQL all rows go in one statement: the way there costs more than the work. */
final class PostgresqlRecordStatement extends RecordStatement {
  private static final String KEEP =
      """
      WITH ended AS (
        SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
            ?::bigint[], ?::bigint[], ?::text[])
          AS ended (webhook_id, created_at, id, lease, at, status, millis, response)),
      gone AS (
        DELETE FROM webhooks_outbox AS outbox USING ended
        WHERE outbox.webhook_id = ended.webhook_id AND outbox.created_at = ended.created_at
          AND outbox.id = ended.id AND outbox.lease = ended.lease
        RETURNING outbox.webhook_id, outbox.created_at, outbox.id, attempts, at, status, millis,
          response)
      INSERT INTO webhooks_history
        (webhook_id, state, created_at, id, attempts, ended_at, status, millis, response)
      SELECT webhook_id, 'DELIVERED', created_at, id, attempts + 1, at, status, millis, response
      FROM gone""";

  @Override
  void delivered(Connection connection, List<Result.Delivered> results) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
      statement.setArray(1, bigints(connection, results, end -> end.claim().webhookId()));
      statement.setArray(
          2, bigints(connection, results, end -> end.claim().created().toEpochMilli()));
      statement.setArray(3, bigints(connection, results, end -> end.claim().id()));
      statement.setArray(4, bigints(connection, results, end -> end.claim().lease()));
      statement.setArray(5, bigints(connection, results, end -> end.attempt().at().toEpochMilli()));
      statement.setArray(
          6, bigints(connection, results, end -> (long) end.attempt().status().orElseThrow()));
      statement.setArray(7, bigints(connection, results, end -> end.attempt().took().toMillis()));
      statement.setArray(
          8,
          connection.createArrayOf(
              "text",
              results.stream().map(end -> end.attempt().response().orElse(null)).toArray()));
      statement.executeUpdate();
    }
  }

  private static Array bigints(
      Connection connection, List<Result.Delivered> results, Function<Result.Delivered, Long> value)
      throws SQLException {
    Long[] values = new Long[results.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.apply(results.get(i));
    }
    return connection.createArrayOf("bigint", values);
  }
}
