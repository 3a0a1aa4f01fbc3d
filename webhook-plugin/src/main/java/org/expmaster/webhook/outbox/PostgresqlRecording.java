package org.expmaster.webhook.outbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** On PostgreSQL all rows go in one statement: the way there costs more than the work. */
final class PostgresqlRecording extends Recording {
  private static final String KEEP =
      """
      WITH ended AS (
        SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[])
          AS ended (id, lease, at, status, millis, response)),
      gone AS (
        DELETE FROM webhooks_outbox USING ended
        WHERE webhooks_outbox.id = ended.id AND webhooks_outbox.lease = ended.lease
        RETURNING webhook_id, webhooks_outbox.id, event_id, event_type, experiment_id, content_type, body,
          created_at, attempts, at, status, millis, response)
      INSERT INTO webhooks_history
        (webhook_id, id, event_id, event_type, experiment_id, content_type, body, created_at,
         state, attempts, ended_at, status, millis, response)
      SELECT webhook_id, id, event_id, event_type, experiment_id, content_type, body, created_at,
        'DELIVERED', attempts + 1, at, status, millis, response
      FROM gone""";

  @Override
  void delivered(Connection connection, List<Result.Delivered> results) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
      statement.setArray(1, bigints(connection, results, end -> end.claim().id()));
      statement.setArray(2, bigints(connection, results, end -> end.claim().lease()));
      statement.setArray(3, bigints(connection, results, end -> end.attempt().at().toEpochMilli()));
      statement.setArray(
          4, bigints(connection, results, end -> (long) end.attempt().status().orElseThrow()));
      statement.setArray(5, bigints(connection, results, end -> end.attempt().took().toMillis()));
      statement.setArray(
          6,
          connection.createArrayOf(
              "text",
              results.stream().map(end -> end.attempt().response().orElse(null)).toArray()));
      statement.executeUpdate();
    }
  }

  private static Array bigints(
      Connection connection, List<Result.Delivered> results, Function<Result.Delivered, Long> value)
      throws SQLException {
    return connection.createArrayOf("bigint", results.stream().map(value).toArray());
  }
}
