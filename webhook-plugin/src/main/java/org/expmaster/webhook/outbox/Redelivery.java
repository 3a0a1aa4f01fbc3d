package org.expmaster.webhook.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.expmaster.webhook.db.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Moves deliveries that have ended back into the outbox. What is taken out of the history is what
 * is put back, row by row: a delivery that ends meanwhile is not touched, and two who ask at once
 * do not get it twice.
 */
final class Redelivery {
  private static final int BATCH = 500;

  private static final String TAKE_ONE =
      "DELETE FROM webhooks_history WHERE webhook_id = :webhookId AND id = :id";

  private static final String TAKE_DEAD =
      """
      DELETE FROM webhooks_history
      WHERE webhook_id = :webhookId AND id IN (
        SELECT id FROM webhooks_history
        WHERE webhook_id = :webhookId AND state = 'DEAD' AND created_at >= :since
        ORDER BY id LIMIT :limit)
      """;

  private static final String TAKEN =
      """
       RETURNING id, webhook_id, event_id, event_type, experiment_id, content_type, body, created_at,
        state, attempts, ended_at, status, millis, response
      """;

  private static final String PUT_BACK =
      """
      INSERT INTO webhooks_outbox
        (id, webhook_id, event_id, event_type, experiment_id, content_type, body, created_at, due_at,
         lease, attempts, failures)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
      """;

  private static final String KEEP_ARRIVAL =
      """
      INSERT INTO webhooks_attempt (delivery_id, attempt, at, status, problem, millis, response)
      VALUES (?, ?, ?, ?, '', ?, ?)
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
      String eventId,
      String eventType,
      long experimentId,
      String contentType,
      byte[] body,
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
          row.getString("event_id"),
          row.getString("event_type"),
          row.getLong("experiment_id"),
          row.getString("content_type"),
          row.getBytes("body"),
          row.getLong("created_at"),
          DeliveryState.valueOf(row.getString("state")),
          row.getInt("attempts"),
          row.getLong("ended_at"),
          row.getInt("status"),
          row.getLong("millis"),
          row.getString("response"));
    }
  }

  boolean one(long webhookId, long id) {
    return database
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
                            .list())
                    > 0);
  }

  /** In batches, each a transaction of its own, so that nobody has to wait for all of them. */
  int dead(long webhookId, Instant since) {
    int all = 0;
    for (int batch = BATCH; batch == BATCH; all += batch) {
      batch = database.jdbi().inTransaction(handle -> deadBatch(handle, webhookId, since));
    }
    return all;
  }

  private int deadBatch(Handle handle, long webhookId, Instant since) {
    return putBack(
        handle,
        handle
            .createQuery(TAKE_DEAD + TAKEN)
            .bind("webhookId", webhookId)
            .bind("since", since.toEpochMilli())
            .bind("limit", BATCH)
            .map((row, context) -> Taken.of(row))
            .list());
  }

  private int putBack(Handle handle, List<Taken> rows) {
    long now = clock.millis();
    try (PreparedBatch outbox = handle.prepareBatch(PUT_BACK);
        PreparedBatch attempts = handle.prepareBatch(KEEP_ARRIVAL)) {
      for (Taken row : rows) {
        outbox.add(
            row.id(),
            row.webhookId(),
            row.eventId(),
            row.eventType(),
            row.experimentId(),
            row.contentType(),
            row.body(),
            row.createdAt(),
            now,
            // as a lease: above any number that an earlier stay in the outbox can have handed out
            now,
            row.attempts());
        // an arrival is kept with its delivery alone; a dead one's attempts are there already
        if (row.state() == DeliveryState.DELIVERED) {
          attempts.add(
              row.id(), row.attempts(), row.endedAt(), row.status(), row.millis(), row.response());
        }
      }
      if (outbox.size() > 0) {
        outbox.execute();
      }
      if (attempts.size() > 0) {
        attempts.execute();
      }
    }
    return rows.size();
  }
}
