package org.expmaster.webhook.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.expmaster.webhook.db.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Deliveries and their attempts as people look at them, and ask for them again. */
public final class DeliveryHistory {
  /** Every delivery of a webhook, wherever it stands. */
  private static final String DELIVERIES =
      """
      SELECT found.id, found.webhook_id, event_id, event_type, experiment_id, created_at, state,
        attempts, next_at, ended_at
      FROM (
        SELECT id, webhook_id, 'WAITING' AS state, attempts,
          CASE WHEN leased_until > due_at THEN leased_until ELSE due_at END AS next_at,
          NULL AS ended_at
        FROM webhooks_outbox
        WHERE webhook_id = :webhookId AND id < :before AND :state IN ('', 'WAITING')
        UNION ALL
        SELECT id, webhook_id, state, attempts, NULL AS next_at, ended_at
        FROM webhooks_history
        WHERE webhook_id = :webhookId AND id < :before AND :state IN ('', state)) AS found
      JOIN webhooks_delivery AS delivery ON delivery.id = found.id
      WHERE created_at >= :since
      """;

  private final Database database;
  private final Redelivery redelivery;

  /**
   * The history in this database.
   *
   * @param clock by which rows become due; the same as the outbox's
   */
  public DeliveryHistory(Database database, Clock clock) {
    this.database = database;
    this.redelivery = new Redelivery(database, clock);
  }

  /**
   * Which deliveries of a webhook to list.
   *
   * @param state only those in this state
   * @param since only those created at or after this time
   * @param before only those with a smaller id, which are the older ones
   * @param limit how many at most
   */
  public record Filter(
      long webhookId,
      Optional<DeliveryState> state,
      Optional<Instant> since,
      Optional<Long> before,
      int limit) {}

  /** Lists deliveries, the newest first. */
  public List<Delivery> list(Filter filter) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(DELIVERIES + " ORDER BY found.id DESC LIMIT :limit")
                    .bind("webhookId", filter.webhookId())
                    .bind("before", filter.before().orElse(Long.MAX_VALUE))
                    .bind("since", filter.since().orElse(Instant.EPOCH).toEpochMilli())
                    .bind("state", filter.state().map(Enum::name).orElse(""))
                    .bind("limit", filter.limit())
                    .map((row, context) -> delivery(row))
                    .list());
  }

  /** A delivery of a webhook. */
  public Optional<Delivery> find(long webhookId, long id) {
    Filter upToIt =
        new Filter(webhookId, Optional.empty(), Optional.empty(), Optional.of(id + 1), 1);
    return list(upToIt).stream().filter(delivery -> delivery.id() == id).findFirst();
  }

  /** What was or will be sent; empty if there is no such delivery (any more). */
  public Optional<byte[]> body(long webhookId, long id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                byIds(
                        handle,
                        """
                        SELECT body FROM webhooks_delivery
                        WHERE webhook_id = :webhookId AND id = :id
                        """,
                        webhookId,
                        id)
                    .mapTo(byte[].class)
                    .findFirst());
  }

  /** The attempts of a delivery that have ended, the first one first. */
  public List<Attempt> attempts(long webhookId, long id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                byIds(
                        handle,
                        """
                        SELECT attempt, at, status, problem, millis, response
                        FROM webhooks_attempt WHERE delivery_id = :id
                        UNION ALL
                        SELECT attempts, ended_at, status, '', millis, response
                        FROM webhooks_history
                        WHERE webhook_id = :webhookId AND id = :id AND state = 'DELIVERED'
                        ORDER BY attempt
                        """,
                        webhookId,
                        id)
                    .map((row, context) -> attempt(row))
                    .list());
  }

  /**
   * Makes a delivery that has ended due again, with a schedule of its own; it keeps its id, its
   * event and its attempts.
   *
   * @return false if it is not among those that have ended
   */
  public boolean redeliver(long webhookId, long id) {
    return redelivery.one(webhookId, id);
  }

  /**
   * Makes every dead delivery of a webhook due again.
   *
   * @param since only those that were created at or after this time
   * @return how many
   */
  public int redeliverDead(long webhookId, Instant since) {
    return redelivery.dead(webhookId, since);
  }

  private static Query byIds(Handle handle, String sql, long webhookId, long id) {
    return handle.createQuery(sql).bind("webhookId", webhookId).bind("id", id);
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getLong("id"),
        row.getLong("webhook_id"),
        row.getString("event_id"),
        row.getString("event_type"),
        row.getLong("experiment_id"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        DeliveryState.valueOf(row.getString("state")),
        row.getInt("attempts"),
        instant(row, "next_at"),
        instant(row, "ended_at"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    int status = row.getInt("status");
    OptionalInt answered = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(status);
    return new Attempt(
        Instant.ofEpochMilli(row.getLong("at")),
        answered,
        row.getString("problem"),
        Duration.ofMillis(row.getLong("millis")),
        Optional.ofNullable(row.getString("response")));
  }
}
