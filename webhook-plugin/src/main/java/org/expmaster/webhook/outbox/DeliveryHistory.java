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
  private static final String BODY =
      """
      SELECT body FROM webhooks_event AS event
      WHERE id = :id AND (
        EXISTS (
          SELECT 1 FROM webhooks_outbox
          WHERE webhook_id = :webhookId AND created_at = event.created_at AND id = event.id)
        OR EXISTS (
          SELECT 1 FROM webhooks_history
          WHERE webhook_id = :webhookId AND state IN ('DELIVERED', 'DEAD')
            AND created_at = event.created_at AND id = event.id))
      """;

  private static final String ATTEMPTS =
      """
      SELECT attempt, at, status, problem, millis, response
      FROM webhooks_attempt WHERE webhook_id = :webhookId AND delivery_id = :id
      UNION ALL
      SELECT attempts, ended_at, status, '', millis, response
      FROM webhooks_history
      WHERE webhook_id = :webhookId AND state = 'DELIVERED'
        AND created_at = (SELECT created_at FROM webhooks_event WHERE id = :id) AND id = :id
      ORDER BY attempt
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
   * @param before only those that stand before this one, which are the older ones
   * @param limit how many at most
   */
  public record Filter(
      long webhookId,
      Optional<DeliveryState> state,
      Optional<Instant> since,
      Optional<Position> before,
      int limit) {}

  /** Lists deliveries, the newest first. */
  public List<Delivery> list(Filter filter) {
    return database.jdbi().withHandle(handle -> Listing.page(handle, filter));
  }

  /** A delivery of a webhook. */
  public Optional<Delivery> find(long webhookId, long id) {
    return database.jdbi().withHandle(handle -> Listing.one(handle, webhookId, id));
  }

  /** What was or will be sent; empty if there is no such delivery (any more). */
  public Optional<byte[]> body(long webhookId, long id) {
    return database
        .jdbi()
        .withHandle(handle -> byIds(handle, BODY, webhookId, id).mapTo(byte[].class).findFirst());
  }

  /** The attempts of a delivery that have ended, the first one first. */
  public List<Attempt> attempts(long webhookId, long id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                byIds(handle, ATTEMPTS, webhookId, id).map((row, context) -> attempt(row)).list());
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
   * Makes dead deliveries of a webhook due again, the oldest first, for about a second.
   *
   * @param since only those that were created at or after this time
   * @param after only those that stand after this one: where an earlier call ended
   */
  public Redelivered redeliverDead(long webhookId, Instant since, Optional<Position> after) {
    Position start = Position.before(since);
    return redelivery.dead(
        webhookId, after.filter(position -> position.compareTo(start) > 0).orElse(start));
  }

  /**
   * How far a call has come.
   *
   * @param count how many it has made due again
   * @param next where to go on; empty if there are no more
   */
  public record Redelivered(int count, Optional<Position> next) {}

  private static Query byIds(Handle handle, String sql, long webhookId, long id) {
    return handle.createQuery(sql).bind("webhookId", webhookId).bind("id", id);
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
