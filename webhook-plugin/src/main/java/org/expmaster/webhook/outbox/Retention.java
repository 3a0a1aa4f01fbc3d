package org.expmaster.webhook.outbox;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.expmaster.webhook.db.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Forgets deliveries that ended long ago, in small batches that nobody has to wait for. */
public final class Retention {
  private static final int BATCH = 500;

  private final Database database;
  private final Clock clock;
  private final Duration keepDelivered;
  private final Duration keepDead;

  /**
   * @param keepDelivered how long what arrived is kept
   * @param keepDead how long dead letters are kept
   */
  public Retention(Database database, Clock clock, Duration keepDelivered, Duration keepDead) {
    this.database = database;
    this.clock = clock;
    this.keepDelivered = keepDelivered;
    this.keepDead = keepDead;
  }

  private record Row(long webhookId, long id, long createdAt, String state, long endedAt) {}

  /** Forgets what is old enough now. */
  public void purge() {
    for (long webhookId : Keys.first(database, "webhooks_history", "webhook_id")) {
      long after = 0;
      while (after >= 0) {
        after = purgePage(webhookId, after);
      }
    }
  }

  /**
   * Looks at the oldest rows after an id, in a transaction of their own.
   *
   * @return the id to go on after; negative if what follows is too young
   */
  private long purgePage(long webhookId, long after) {
    long now = clock.millis();
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              List<Row> page = page(handle, webhookId, after);
              forget(handle, page.stream().filter(row -> isOld(row, now)).toList());
              boolean more =
                  page.size() == BATCH
                      && page.get(BATCH - 1).createdAt()
                          < now - Math.min(keepDelivered.toMillis(), keepDead.toMillis());
              return more ? page.get(BATCH - 1).id() : -1L;
            });
  }

  private boolean isOld(Row row, long now) {
    Duration keep = row.state().equals(DeliveryState.DEAD.name()) ? keepDead : keepDelivered;
    return row.endedAt() < now - keep.toMillis();
  }

  private static List<Row> page(Handle handle, long webhookId, long after) {
    return handle
        .createQuery(
            """
            SELECT history.webhook_id, history.id, created_at, state, ended_at
            FROM webhooks_history AS history
            JOIN webhooks_delivery AS delivery ON delivery.id = history.id
            WHERE history.webhook_id = :webhookId AND history.id > :after
            ORDER BY history.id LIMIT :limit
            """)
        .bind("webhookId", webhookId)
        .bind("after", after)
        .bind("limit", BATCH)
        .map(
            (row, context) ->
                new Row(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getString(4),
                    row.getLong(5)))
        .list();
  }

  private static void forget(Handle handle, List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedBatch attempts =
            handle.prepareBatch("DELETE FROM webhooks_attempt WHERE delivery_id = ?");
        PreparedBatch deliveries =
            handle.prepareBatch("DELETE FROM webhooks_delivery WHERE id = ?");
        PreparedBatch history =
            handle.prepareBatch("DELETE FROM webhooks_history WHERE webhook_id = ? AND id = ?")) {
      rows.forEach(row -> attempts.add(row.id()));
      rows.forEach(row -> deliveries.add(row.id()));
      rows.forEach(row -> history.add(row.webhookId(), row.id()));
      attempts.execute();
      deliveries.execute();
      history.execute();
    }
  }
}
