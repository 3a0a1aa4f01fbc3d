package org.expmaster.webhook.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Records results of deliveries, each only if its row still has the lease of the claim. Recording
 * ends the lease, so recording again (after a commit whose answer was lost) has no effect.
 */
final class RecordStatement {
  static final String THE_CLAIMED =
      "WHERE webhook_id = ? AND created_at = ? AND id = ? AND lease = ?";
  private static final String KEEP_ATTEMPT =
      """
      INSERT INTO webhooks_attempt
        (webhook_id, delivery_id, attempt, at, status, problem, millis, response)
      SELECT webhook_id, id, attempts + 1, ?, ?, ?, ?, ?
      FROM webhooks_outbox
      """
          + THE_CLAIMED;
  private static final String POSTPONE =
      """
      UPDATE webhooks_outbox
      SET due_at = ?, leased_until = 0, lease = lease + 1, attempts = attempts + 1,
        failures = failures + 1
      """
          + THE_CLAIMED;
  private static final String BURY =
      """
      INSERT INTO webhooks_history
        (webhook_id, state, created_at, id, attempts, ended_at)
      SELECT webhook_id, 'DEAD', created_at, id, attempts + 1, ?
      FROM webhooks_outbox
      """
          + THE_CLAIMED;
  private static final String RELEASE =
      "UPDATE webhooks_outbox SET leased_until = 0, lease = lease + 1 " + THE_CLAIMED;
  private static final String FORGET =
      "UPDATE webhooks_event SET uses = uses - 1 WHERE id = (SELECT id FROM webhooks_outbox "
          + THE_CLAIMED
          + ")";
  static final String REMOVE = "DELETE FROM webhooks_outbox " + THE_CLAIMED;

  private final Statements statements;

  RecordStatement(Statements statements) {
    this.statements = statements;
  }

  void record(Connection connection, List<Result> results) throws SQLException {
    Sorted sorted = Sorted.of(results);
    if (!sorted.delivered.isEmpty()) {
      statements.delivered(connection, sorted.delivered);
    }
    batch(connection, KEEP_ATTEMPT, sorted.retries, (row, end) -> bind(row, end.attempt()));
    batch(connection, POSTPONE, sorted.retries, (row, end) -> bind(row, end.due()));
    batch(connection, KEEP_ATTEMPT, sorted.dead, (row, end) -> bind(row, end.attempt()));
    batch(connection, BURY, sorted.dead, (row, end) -> bind(row, end.attempt().at()));
    batch(connection, REMOVE, sorted.dead, (row, end) -> 0);
    batch(connection, RELEASE, sorted.released, (row, end) -> 0);
  }

  /** Ends a claim but stores nothing about the attempt, for a database that refuses to store it. */
  void end(Connection connection, Result result) throws SQLException {
    Sorted sorted = Sorted.of(List.of(result));
    batch(connection, POSTPONE, sorted.retries, (row, end) -> bind(row, end.due()));
    batch(connection, RELEASE, sorted.released, (row, end) -> 0);
    batch(connection, FORGET, sorted.delivered, (row, end) -> 0);
    batch(connection, REMOVE, sorted.delivered, (row, end) -> 0);
    batch(connection, FORGET, sorted.dead, (row, end) -> 0);
    batch(connection, REMOVE, sorted.dead, (row, end) -> 0);
  }

  /** The results by kind. */
  private static final class Sorted implements Result.Visitor {
    private final List<Result.Delivered> delivered = new ArrayList<>();
    private final List<Result.Retry> retries = new ArrayList<>();
    private final List<Result.Dead> dead = new ArrayList<>();
    private final List<Result.Released> released = new ArrayList<>();

    static Sorted of(List<Result> results) {
      Sorted sorted = new Sorted();
      results.forEach(result -> result.accept(sorted));
      return sorted;
    }

    @Override
    public void delivered(Result.Delivered result) {
      delivered.add(result);
    }

    @Override
    public void retry(Result.Retry result) {
      retries.add(result);
    }

    @Override
    public void dead(Result.Dead result) {
      dead.add(result);
    }

    @Override
    public void released(Result.Released result) {
      released.add(result);
    }
  }

  /** Binds a row's own parameters and returns their number. The claim's parameters follow them. */
  interface Binder<R> {
    int bind(PreparedStatement row, R result) throws SQLException;
  }

  static <R extends Result> void batch(
      Connection connection, String sql, List<R> results, Binder<R> binder) throws SQLException {
    if (results.isEmpty()) {
      return;
    }
    try (PreparedStatement row = connection.prepareStatement(sql)) {
      for (R result : results) {
        int bound = binder.bind(row, result);
        ClaimedDelivery claim = result.claim();
        row.setLong(bound + 1, claim.webhookId());
        row.setLong(bound + 2, claim.created().toEpochMilli());
        row.setLong(bound + 3, claim.id());
        row.setLong(bound + 4, claim.lease());
        row.addBatch();
      }
      row.executeBatch();
    }
  }

  private static int bind(PreparedStatement row, Instant instant) throws SQLException {
    row.setLong(1, instant.toEpochMilli());
    return 1;
  }

  private static int bind(PreparedStatement row, Attempt attempt) throws SQLException {
    row.setLong(1, attempt.at().toEpochMilli());
    if (attempt.status().isPresent()) {
      row.setInt(2, attempt.status().getAsInt());
    } else {
      row.setNull(2, Types.BIGINT);
    }
    row.setString(3, attempt.problem());
    row.setLong(4, attempt.took().toMillis());
    row.setString(5, attempt.response().orElse(null));
    return 5;
  }
}
