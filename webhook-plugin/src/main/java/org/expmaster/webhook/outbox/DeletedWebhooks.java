package org.expmaster.webhook.outbox;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.outbox.Forgetting.Ended;
import org.expmaster.webhook.outbox.Forgetting.Waiting;

/**
 * Deletes the deliveries of deleted webhooks, in small batches, so that others do not wait for the
 * database. The transaction that deletes a webhook also stores its id. The id stays for a while,
 * because another master may be writing more deliveries for the webhook at that moment.
 */
public final class DeletedWebhooks {
  /** How long an id stays: longer than any state change takes and any claim lasts. */
  private static final Duration LATE = Duration.ofHours(1);

  private final Database database;
  private final Clock clock;

  /**
   * Creates a clean-up of this database.
   *
   * @param clock the clock by which webhooks were deleted
   */
  public DeletedWebhooks(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Deletes all deliveries that deleted webhooks have left so far. */
  public void forget() {
    for (long webhookId : ids()) {
      // waiting ones first: one that is under way may end meanwhile, and then is among the ended
      while (forgetWaiting(webhookId) == Forgetting.BATCH) {
        continue;
      }
      while (forgetEnded(webhookId) == Forgetting.BATCH) {
        continue;
      }
    }
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "DELETE FROM webhooks_leftover WHERE deleted_at < ?",
                    clock.millis() - LATE.toMillis()));
  }

  private List<Long> ids() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT webhook_id FROM webhooks_leftover ORDER BY webhook_id")
                    .mapTo(Long.class)
                    .list());
  }

  /** Returns the number of rows found. */
  private int forgetWaiting(long webhookId) {
    List<Waiting> rows =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            SELECT created_at, id FROM webhooks_outbox
                            WHERE webhook_id = :webhookId ORDER BY created_at, id LIMIT :limit
                            """)
                        .bind("webhookId", webhookId)
                        .bind("limit", Forgetting.BATCH)
                        .map(
                            (row, context) ->
                                new Waiting(webhookId, row.getLong(1), row.getLong(2)))
                        .list());
    if (!rows.isEmpty()) {
      database.jdbi().inTransaction(handle -> Forgetting.waiting(handle, rows));
    }
    return rows.size();
  }

  private int forgetEnded(long webhookId) {
    List<Ended> rows =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            SELECT state, created_at, id, ended_at FROM webhooks_history
                            WHERE webhook_id = :webhookId
                            ORDER BY state, created_at, id LIMIT :limit
                            """)
                        .bind("webhookId", webhookId)
                        .bind("limit", Forgetting.BATCH)
                        .map(
                            (row, context) ->
                                new Ended(
                                    webhookId,
                                    row.getString(1),
                                    row.getLong(2),
                                    row.getLong(3),
                                    row.getLong(4)))
                        .list());
    if (!rows.isEmpty()) {
      database.jdbi().inTransaction(handle -> Forgetting.ended(handle, rows));
    }
    return rows.size();
  }
}
