package org.expmaster.webhook.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.telling.Log;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Gives up deliveries that have waited too long for a disabled webhook, in small batches, so that
 * others do not wait. They become dead letters, kept as long as any other, and may be redelivered.
 */
public final class WaitingLimit {
  private static final Log log = Log.of(WaitingLimit.class);

  private static final String DISABLED =
      """
      SELECT webhook_id FROM webhooks_health
      WHERE disabled_at <= :since AND webhook_id IN (SELECT id FROM webhooks_webhook)
      ORDER BY webhook_id
      """;

  private static final String WAITING =
      """
      SELECT webhook_id, created_at, id, lease, attempts FROM webhooks_outbox
      WHERE webhook_id = :webhookId AND due_at <= :since AND leased_until <= :now
      ORDER BY due_at, id LIMIT :limit
      """;

  private static final String BURY =
      """
      INSERT INTO webhooks_history
        (webhook_id, state, created_at, id, attempts, ended_at, reason)
      VALUES (?, 'DEAD', ?, ?, ?, ?, ?)
      """;

  private final Database database;
  private final Clock clock;
  private final Duration keepWaiting;
  private final String reason;

  /**
   * @param keepWaiting how long deliveries wait for a disabled webhook
   */
  public WaitingLimit(Database database, Clock clock, Duration keepWaiting) {
    this.database = database;
    this.clock = clock;
    this.keepWaiting = keepWaiting;
    this.reason =
        "not sent: the webhook was disabled, and this waited for it longer than "
            + "webhooks.keep_waiting ("
            + words(keepWaiting)
            + ")";
  }

  private record Row(long webhookId, long created, long id, long lease, int attempts) {}

  /** Gives up the deliveries that have waited too long by now. */
  public void enforce() {
    Instant now = clock.instant();
    Instant since = now.minus(keepWaiting);
    for (long webhookId : disabled(since)) {
      int all = 0;
      for (int found = Forgetting.BATCH; found == Forgetting.BATCH; ) {
        List<Row> rows = waiting(webhookId, since, now);
        found = rows.size();
        all += database.jdbi().inTransaction(handle -> bury(handle, rows, now));
      }
      if (all > 0) {
        log.warn(
            "webhook {} is disabled: {} deliveries that have waited for it longer than {}"
                + " (webhooks.keep_waiting) are given up",
            webhookId,
            all,
            words(keepWaiting));
      }
    }
  }

  private List<Long> disabled(Instant since) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(DISABLED)
                    .bind("since", since.toEpochMilli())
                    .mapTo(Long.class)
                    .list());
  }

  private List<Row> waiting(long webhookId, Instant since, Instant now) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(WAITING)
                    .bind("webhookId", webhookId)
                    .bind("since", since.toEpochMilli())
                    .bind("now", now.toEpochMilli())
                    .bind("limit", Forgetting.BATCH)
                    .map(
                        (row, context) ->
                            new Row(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getInt(5)))
                    .list());
  }

  /** Skips rows that were claimed or have ended since they were read. */
  private int bury(Handle handle, List<Row> rows, Instant now) {
    List<Row> taken = new ArrayList<>();
    try (PreparedBatch outbox = handle.prepareBatch(RecordStatement.REMOVE);
        PreparedBatch history = handle.prepareBatch(BURY)) {
      rows.forEach(row -> outbox.add(row.webhookId(), row.created(), row.id(), row.lease()));
      int[] counts = rows.isEmpty() ? new int[0] : outbox.execute();
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] > 0) {
          taken.add(rows.get(i));
        }
      }
      for (Row row : taken) {
        history.add(
            row.webhookId(), row.created(), row.id(), row.attempts(), now.toEpochMilli(), reason);
      }
      if (!taken.isEmpty()) {
        history.execute();
      }
    }
    return taken.size();
  }

  private static String words(Duration span) {
    return span.toDays() > 0 ? span.toDays() + " days" : span.toSeconds() + " seconds";
  }
}
