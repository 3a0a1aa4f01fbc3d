package org.expmaster.webhook.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.expmaster.webhook.db.Along;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.outbox.DeliveryHistory.Redelivered;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/**
 * Moves ended deliveries back into the outbox. Exactly the rows that are deleted from the history
 * are put back: a delivery that ends meanwhile is not touched, and two concurrent requests do not
 * redeliver it twice.
 */
final class Redelivery {
  private static final int BATCH = 500;
  private static final Position END = new Position(Instant.MAX, Long.MAX_VALUE);

  /** How long a call may take before it returns its progress. */
  private static final Duration TURN = Duration.ofSeconds(1);

  private static final String TAKE_ONE =
      """
      DELETE FROM webhooks_history
      WHERE webhook_id = :webhookId AND state IN ('DELIVERED', 'DEAD')
        AND created_at = (SELECT created_at FROM webhooks_event WHERE id = :id) AND id = :id
      """;

  private static final String DEAD_AFTER =
      """
       FROM webhooks_history
      WHERE webhook_id = :webhookId AND state = 'DEAD'
        AND (created_at, id) > (:afterCreated, :afterId)
      """;

  private static final String END_OF_BATCH =
      "SELECT created_at, id " + DEAD_AFTER + " ORDER BY created_at, id LIMIT 1 OFFSET :offset";

  private static final String TAKE_DEAD =
      "DELETE" + DEAD_AFTER + " AND (created_at, id) <= (:toCreated, :toId)";

  private static final String TAKEN =
      """
       RETURNING id, webhook_id, created_at, state, attempts, ended_at, status, millis, response
      """;

  private static final String PUT_BACK =
      """
      INSERT INTO webhooks_outbox
        (webhook_id, created_at, id, due_at, leased_until, lease, attempts, failures)
      VALUES (?, ?, ?, ?, 0, ?, ?, 0)
      """;

  private static final String KEEP_ARRIVAL =
      """
      INSERT INTO webhooks_attempt
        (webhook_id, delivery_id, attempt, at, status, problem, millis, response)
      VALUES (?, ?, ?, ?, ?, '', ?, ?)
      """;

  private final Database database;
  private final Clock clock;

  Redelivery(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  private record Taken(
      long id,
      long webhookId,
      long createdAt,
      DeliveryState state,
      int attempts,
      long endedAt,
      int status,
      long millis,
      String response) {

    static Taken of(ResultSet row) throws SQLException {
      return new Taken(
          row.getLong("id"),
          row.getLong("webhook_id"),
          row.getLong("created_at"),
          DeliveryState.valueOf(row.getString("state")),
          row.getInt("attempts"),
          row.getLong("ended_at"),
          row.getInt("status"),
          row.getLong("millis"),
          row.getString("response"));
    }
  }

  boolean one(long webhookId, long id, Along along) throws SQLException {
    return 0
        < database
            .jdbi()
            .inTransaction(
                handle ->
                    putBack(
                        handle,
                        handle
                            .createQuery(TAKE_ONE + TAKEN)
                            .bind("webhookId", webhookId)
                            .bind("id", id)
                            .map((row, context) -> Taken.of(row))
                            .list(),
                        webhookId,
                        along));
  }

  /**
   * Works in batches with a transaction each: others need not wait for all, and finished ones stay.
   * A delivery that dies again meanwhile is behind the cursor, and is not taken twice.
   */
  Redelivered dead(long webhookId, Position start, Along along) throws SQLException {
    Instant end = clock.instant().plus(TURN);
    int count = 0;
    for (Optional<Position> next = Optional.of(start); next.isPresent(); ) {
      if (!clock.instant().isBefore(end)) {
        return new Redelivered(count, next);
      }
      Position after = next.get();
      Optional<Position> last = endOfBatch(webhookId, after);
      Position to = last.orElse(END);
      Along first = count == 0 ? along : Along.NOTHING;
      count += database.jdbi().inTransaction(handle -> batch(handle, webhookId, after, to, first));
      next = last;
    }
    return new Redelivered(count, Optional.empty());
  }

  private Optional<Position> endOfBatch(long webhookId, Position after) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                bind(handle.createQuery(END_OF_BATCH), webhookId, after)
                    .bind("offset", BATCH - 1)
                    .map(
                        (row, context) ->
                            new Position(Instant.ofEpochMilli(row.getLong(1)), row.getLong(2)))
                    .findFirst());
  }

  private int batch(Handle handle, long webhookId, Position after, Position to, Along along)
      throws SQLException {
    return putBack(
        handle,
        bind(handle.createQuery(TAKE_DEAD + TAKEN), webhookId, after)
            .bind("toCreated", Listing.millis(to.created()))
            .bind("toId", to.id())
            .map((row, context) -> Taken.of(row))
            .list(),
        webhookId,
        along);
  }

  private static Query bind(Query query, long webhookId, Position after) {
    return query
        .bind("webhookId", webhookId)
        .bind("afterCreated", Listing.millis(after.created()))
        .bind("afterId", after.id());
  }

  private int putBack(Handle handle, List<Taken> rows, long webhookId, Along along)
      throws SQLException {
    if (rows.isEmpty()) {
      return 0;
    }
    along.write(handle.getConnection(), webhookId);
    long now = clock.millis();
    try (PreparedBatch outbox = handle.prepareBatch(PUT_BACK);
        PreparedBatch attempts = handle.prepareBatch(KEEP_ARRIVAL)) {
      for (Taken row : rows) {
        outbox.add(
            row.webhookId(),
            row.createdAt(),
            row.id(),
            now,
            // the lease: greater than any that the row had during an earlier stay in the outbox
            now,
            row.attempts());
        // a successful attempt is stored only with its delivery; failed ones are attempts already
        if (row.state() == DeliveryState.DELIVERED) {
          attempts.add(
              row.webhookId(),
              row.id(),
              row.attempts(),
              row.endedAt(),
              row.status(),
              row.millis(),
              row.response());
        }
      }
      outbox.execute();
      if (attempts.size() > 0) {
        attempts.execute();
      }
    }
    return rows.size();
  }
}
