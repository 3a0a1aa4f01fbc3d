package org.expmaster.webhook.outbox;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.outbox.Forgetting.Ended;
import org.expmaster.webhook.outbox.Forgetting.Waiting;

/**
 * Forgets what was left of webhooks that were deleted, in small batches that nobody has to wait
 * for. Whoever deletes a webhook writes its id down in the same commit; the id stays for a while
 * after nothing is left, for what another master may be writing for it at that moment.
 */
public final class DeletedWebhooks {
  /** For longer than any change of state takes, and than any claim lasts. */
  private static final Duration LATE = Duration.ofHours(1);

  private final Database database;
  private final Clock clock;

  /**
   * Those in this database.
   *
   * @param clock by which they were deleted
   */
  public DeletedWebhooks(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Forgets all that is left by now. */
  public void forget() {
    for (long webhookId : ids()) {
      // what is under way may end meanwhile: first those that wait, then those that have ended
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

  /** How many rows it has looked at. */
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
