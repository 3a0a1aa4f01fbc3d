package org.expmaster.webhook.outbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.expmaster.webhook.db.Dialect;

/** Handles all rows in one statement, because a round trip costs more than the work. */
final class ArrayStatements implements Statements {
  private static final String INSERT =
      """
      WITH webhook AS (
        SELECT id FROM webhooks_webhook WHERE id = ANY (?)),
      event AS (
        INSERT INTO webhooks_event
          (event_id, event_type, experiment_id, content_type, body, created_at, traceparent, uses)
        SELECT ?, ?, ?, ?, ?, ?, ?, count(*) FROM webhook HAVING count(*) > 0
        RETURNING id, created_at)
      INSERT INTO webhooks_outbox
        (webhook_id, created_at, id, due_at, leased_until, lease, attempts, failures)
      SELECT webhook.id, created_at, event.id, created_at, 0, 0, 0, 0
      FROM event CROSS JOIN webhook""";

  // ARRAY(...) ensures that the rows are chosen once, by the index, before any is changed. They are
  // locked, so that their row ids stay valid.
  private static final String CLAIM =
      """
      WITH claimed AS (
        UPDATE webhooks_outbox SET leased_until = ?, lease = lease + 1
        WHERE {row} = ANY (ARRAY(
          SELECT due.place
          FROM unnest(?::bigint[], ?::int[]) AS capacity (webhook_id, count)
          CROSS JOIN LATERAL (
            SELECT {row} AS place FROM webhooks_outbox
            WHERE webhook_id = capacity.webhook_id AND due_at <= ? AND leased_until <= ?
            ORDER BY due_at, id
            LIMIT capacity.count
            FOR UPDATE SKIP LOCKED) AS due))
        RETURNING webhook_id, created_at, id, lease, attempts, failures)
      SELECT {columns}
      FROM claimed CROSS JOIN LATERAL (
        SELECT * FROM webhooks_event WHERE webhooks_event.id = claimed.id LIMIT 1) AS event""";

  private static final String GIVE_BACK =
      "UPDATE webhooks_outbox SET leased_until = 0 " + RecordStatement.THE_CLAIMED;

  // LATERAL ... LIMIT 1 makes the planner look each row up by its key, whatever the statistics of
  // a queue make it believe; a row that is claimed meanwhile has another place, and is left alone
  private static final String DELIVERED =
      """
      WITH gone AS (
        DELETE FROM webhooks_outbox AS outbox
        USING unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
            ?::bigint[], ?::bigint[], ?::text[])
          AS ended (webhook_id, created_at, id, lease, at, status, millis, response)
        CROSS JOIN LATERAL (
          SELECT {row} AS place FROM webhooks_outbox AS mine
          WHERE mine.webhook_id = ended.webhook_id AND mine.created_at = ended.created_at
            AND mine.id = ended.id AND mine.lease = ended.lease
          LIMIT 1) AS found
        WHERE outbox.{row} = found.place
        RETURNING outbox.webhook_id, outbox.created_at, outbox.id, attempts, at, status, millis,
          response)
      INSERT INTO webhooks_history
        (webhook_id, state, created_at, id, attempts, ended_at, status, millis, response)
      SELECT webhook_id, 'DELIVERED', created_at, id, attempts + 1, at, status, millis, response
      FROM gone""";

  private final String claim;
  private final String delivered;

  ArrayStatements(Dialect dialect) {
    claim =
        CLAIM
            .replace("{row}", dialect.rowId())
            .replace("{columns}", ClaimSelection.columns("claimed", "lease", dialect.byteLength()));
    delivered = DELIVERED.replace("{row}", dialect.rowId());
  }

  @Override
  public void insert(Connection connection, List<Fanout> fanouts, Instant now) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Fanout fanout : fanouts) {
        insert.setArray(1, connection.createArrayOf("bigint", fanout.webhookIds().toArray()));
        fanout.bindEvent(insert, 2, now);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  @Override
  public Claim claim(
      Connection connection,
      List<Capacity> capacities,
      Instant now,
      Duration lease,
      HeldBodies held)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(claim)) {
      statement.setLong(1, now.plus(lease).toEpochMilli());
      statement.setArray(2, bigints(connection, capacities, Capacity::webhookId));
      statement.setArray(
          3, connection.createArrayOf("int", capacities.stream().map(Capacity::count).toArray()));
      statement.setLong(4, now.toEpochMilli());
      statement.setLong(5, now.toEpochMilli());
      ClaimSelection selection = new ClaimSelection(held, connection);
      selection.choose(statement, row -> {});
      giveBack(connection, selection.refused());
      return selection.claim();
    }
  }

  private static void giveBack(Connection connection, List<ClaimSelection.Refused> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement back = connection.prepareStatement(GIVE_BACK)) {
      for (ClaimSelection.Refused row : rows) {
        back.setLong(1, row.webhookId());
        back.setLong(2, row.created());
        back.setLong(3, row.id());
        back.setLong(4, row.lease());
        back.addBatch();
      }
      back.executeBatch();
    }
  }

  @Override
  public void delivered(Connection connection, List<Result.Delivered> results) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(delivered)) {
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

  private static <T> Array bigints(Connection connection, List<T> rows, Function<T, Long> value)
      throws SQLException {
    return connection.createArrayOf("bigint", rows.stream().map(value).toArray(Long[]::new));
  }
}
