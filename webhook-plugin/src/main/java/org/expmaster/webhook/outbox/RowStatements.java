package org.expmaster.webhook.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.expmaster.webhook.db.Dialect;

/**
 * Runs one statement per row, for an embedded database. The database must allow only one writing
 * transaction at a time, so that a row that is found due is still due when it is leased.
 */
final class RowStatements implements Statements {
  private static final String INSERT_EVENT =
      """
      INSERT INTO webhooks_event
        (event_id, event_type, experiment_id, content_type, body, created_at, traceparent, uses)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      RETURNING id""";

  private static final String INSERT_DELIVERY =
      """
      INSERT INTO webhooks_outbox
        (webhook_id, created_at, id, due_at, leased_until, lease, attempts, failures)
      SELECT id, ?, ?, ?, 0, 0, 0, 0 FROM webhooks_webhook WHERE id = ?
      ON CONFLICT (webhook_id, created_at, id) DO NOTHING""";

  private static final String CORRECT_USES = "UPDATE webhooks_event SET uses = ? WHERE id = ?";
  private static final String DROP_UNUSED = "DELETE FROM webhooks_event WHERE id = ? AND uses = 0";

  private static final String FIND_DUE =
      """
      SELECT {columns}, outbox.{row}
      FROM webhooks_outbox AS outbox JOIN webhooks_event AS event ON event.id = outbox.id
      WHERE outbox.webhook_id = ? AND due_at <= ? AND leased_until <= ?
      ORDER BY due_at, outbox.id
      LIMIT ?""";

  private static final String LEASE =
      "UPDATE webhooks_outbox SET leased_until = ?, lease = lease + 1 WHERE {row} = ?";

  private static final String KEEP_DELIVERED =
      """
      INSERT INTO webhooks_history
        (webhook_id, state, created_at, id, attempts, ended_at, status, millis, response)
      SELECT webhook_id, 'DELIVERED', created_at, id, attempts + 1, ?, ?, ?, ?
      FROM webhooks_outbox
      """
          + RecordStatement.THE_CLAIMED;

  private final String findDue;
  private final String takeLease;

  RowStatements(Dialect dialect) {
    findDue =
        FIND_DUE
            .replace(
                "{columns}", ClaimSelection.columns("outbox", "lease + 1", dialect.byteLength()))
            .replace("{row}", dialect.rowId());
    takeLease = LEASE.replace("{row}", dialect.rowId());
  }

  @Override
  public void insert(Connection connection, List<Fanout> fanouts, Instant now) throws SQLException {
    try (PreparedStatement event = connection.prepareStatement(INSERT_EVENT);
        PreparedStatement delivery = connection.prepareStatement(INSERT_DELIVERY)) {
      for (Fanout fanout : fanouts) {
        fanout.bindEvent(event, 1, now);
        event.setInt(8, fanout.webhookIds().size());
        long id = id(event);
        int added = 0;
        for (long webhookId : fanout.webhookIds()) {
          delivery.setLong(1, now.toEpochMilli());
          delivery.setLong(2, id);
          delivery.setLong(3, now.toEpochMilli());
          delivery.setLong(4, webhookId);
          added += delivery.executeUpdate();
        }
        if (added < fanout.webhookIds().size()) {
          correct(connection, id, added);
        }
      }
    }
  }

  private static long id(PreparedStatement event) throws SQLException {
    try (ResultSet row = event.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Corrects the count if some of the webhooks have been deleted or were named twice. */
  private static void correct(Connection connection, long id, int added) throws SQLException {
    try (PreparedStatement correct = connection.prepareStatement(CORRECT_USES);
        PreparedStatement drop = connection.prepareStatement(DROP_UNUSED)) {
      correct.setInt(1, added);
      correct.setLong(2, id);
      correct.executeUpdate();
      drop.setLong(1, id);
      drop.executeUpdate();
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
    try (PreparedStatement due = connection.prepareStatement(findDue);
        PreparedStatement take = connection.prepareStatement(takeLease)) {
      ClaimSelection selection = new ClaimSelection(held, connection);
      long until = now.plus(lease).toEpochMilli();
      for (Capacity capacity : capacities) {
        due.setLong(1, capacity.webhookId());
        due.setLong(2, now.toEpochMilli());
        due.setLong(3, now.toEpochMilli());
        due.setInt(4, capacity.count());
        selection.choose(
            due,
            row -> {
              take.setLong(1, until);
              take.setLong(2, row.getLong(ClaimSelection.COLUMNS + 1));
              take.addBatch();
            });
      }
      take.executeBatch();
      return selection.claim();
    }
  }

  @Override
  public void delivered(Connection connection, List<Result.Delivered> results) throws SQLException {
    RecordStatement.batch(
        connection,
        KEEP_DELIVERED,
        results,
        (row, result) -> {
          Attempt attempt = result.attempt();
          row.setLong(1, attempt.at().toEpochMilli());
          row.setInt(2, attempt.status().orElseThrow());
          row.setLong(3, attempt.took().toMillis());
          row.setString(4, attempt.response().orElse(null));
          return 4;
        });
    RecordStatement.batch(connection, RecordStatement.REMOVE, results, (row, result) -> 0);
  }
}
