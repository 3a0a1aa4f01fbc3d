package org.expmaster.webhook.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.expmaster.webhook.db.Along;
import org.expmaster.webhook.db.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Lists deliveries and their attempts for users, and redelivers. */
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
   * Creates a history of this database.
   *
   * @param clock the outbox's clock, by which rows become due
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
   * @param before only those before this position, which are older
   * @param limit the page size
   */
  public record Filter(
      long webhookId,
      Optional<DeliveryState> state,
      Optional<Instant> since,
      Optional<Position> before,
      int limit) {}

  /** Lists deliveries, newest first. */
  public List<Delivery> list(Filter filter) {
    return database.jdbi().withHandle(handle -> Listing.page(handle, filter));
  }

  /** Returns a delivery of a webhook; empty if there is none with this id (any more). */
  public Optional<Delivery> find(long webhookId, long id) {
    return database.jdbi().withHandle(handle -> Listing.one(handle, webhookId, id));
  }

  /** Returns the payload of a delivery; empty if there is no such delivery (any more). */
  public Optional<byte[]> body(long webhookId, long id) {
    return database
        .jdbi()
        .withHandle(handle -> byIds(handle, BODY, webhookId, id).mapTo(byte[].class).findFirst());
  }

  /** Returns the attempts of a delivery that have ended, oldest first. */
  public List<Attempt> attempts(long webhookId, long id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                byIds(handle, ATTEMPTS, webhookId, id).map((row, context) -> attempt(row)).list());
  }

  /**
   * Makes an ended delivery due again, with a new retry schedule. It keeps its id, its event and
   * its attempts.
   *
   * @return false if there is no such delivery, or it has not ended
   */
  public boolean redeliver(long webhookId, long id) throws SQLException {
    return redeliver(webhookId, id, Along.NOTHING);
  }

  /** Does the same, and writes something along with it. */
  public boolean redeliver(long webhookId, long id, Along along) throws SQLException {
    return redelivery.one(webhookId, id, along);
  }

  /**
   * Makes dead letters of a webhook due again, oldest first; stops after about a second.
   *
   * @param since only those created at or after this time
   * @param after only those after this position, where an earlier call stopped
   */
  public Redelivered redeliverDead(long webhookId, Instant since, Optional<Position> after)
      throws SQLException {
    return redeliverDead(webhookId, since, after, Along.NOTHING);
  }

  /** Does the same, and writes something along with the first of them. */
  public Redelivered redeliverDead(
      long webhookId, Instant since, Optional<Position> after, Along along) throws SQLException {
    Position start = Position.before(since);
    return redelivery.dead(
        webhookId, after.filter(position -> position.compareTo(start) > 0).orElse(start), along);
  }

  /**
   * The progress of a call.
   *
   * @param count the number of deliveries made due again
   * @param next where to continue; empty if there are no more
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
