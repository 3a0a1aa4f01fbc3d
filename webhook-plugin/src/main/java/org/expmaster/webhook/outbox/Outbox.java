package org.expmaster.webhook.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.telling.Meters;

/**
 * The deliveries that have not ended. Thread-safe. Methods that take a connection work in the
 * caller's transaction.
 */
public final class Outbox {
  private final Database database;
  private final Clock clock;
  private final Statements statements;
  private final RecordStatement recordStatement;
  private final OutboxMeters meters;

  /** Creates an outbox whose inserts and claims nobody counts. */
  public Outbox(Database database, Clock clock) {
    this(database, clock, new OutboxMeters(Meters.unread()));
  }

  /** Creates an outbox in this database. */
  public Outbox(Database database, Clock clock, OutboxMeters meters) {
    this.database = database;
    this.clock = clock;
    this.statements = Statements.of(database.dialect());
    this.recordStatement = new RecordStatement(statements);
    this.meters = meters;
  }

  public Database database() {
    return database;
  }

  /** Returns the meters of what is written. */
  public OutboxMeters meters() {
    return meters;
  }

  /** Returns the clock by which deliveries become due and leases end. */
  public Clock clock() {
    return clock;
  }

  /** Returns when the newest event was written; empty if there is none. */
  public static Optional<Instant> newest(Database database) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT created_at FROM webhooks_event ORDER BY id DESC LIMIT 1")
                    .mapTo(Long.class)
                    .findOne()
                    .map(Instant::ofEpochMilli));
  }

  /** Writes deliveries, except those for webhooks that have been deleted meanwhile. */
  public void add(Connection connection, List<NewDelivery> deliveries) throws SQLException {
    if (!deliveries.isEmpty()) {
      statements.insert(connection, Fanout.of(deliveries), clock.instant());
      meters.inserted(deliveries.size());
    }
  }

  /**
   * Records results of claimed deliveries, and ignores those whose claim no longer has the lease.
   */
  public void record(Connection connection, List<Result> results) throws SQLException {
    recordStatement.record(connection, results);
  }

  /** Ends a claim but stores nothing about the attempt, for a database that refuses to store it. */
  public void end(Connection connection, Result result) throws SQLException {
    recordStatement.end(connection, result);
  }

  /**
   * Claims due deliveries.
   *
   * @param capacities the webhooks, and the maximum number of deliveries for each
   * @param lease how long only this master may send the claimed deliveries
   * @param held the bodies that are already in memory, and their limit
   */
  public Claim claim(
      Connection connection, List<Capacity> capacities, Duration lease, HeldBodies held)
      throws SQLException {
    if (capacities.isEmpty()) {
      return Claim.NOTHING;
    }
    Claim claim = statements.claim(connection, capacities, clock.instant(), lease, held);
    meters.claimed(claim.deliveries().size());
    return claim;
  }

  /** Returns the ids of the webhooks that have a delivery to claim. */
  public Set<Long> dueWebhooks() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT id FROM webhooks_webhook
                        WHERE EXISTS (
                          SELECT 1 FROM webhooks_outbox
                          WHERE webhook_id = webhooks_webhook.id AND due_at <= :now
                            AND leased_until <= :now)
                        """)
                    .bind("now", clock.millis())
                    .mapTo(Long.class)
                    .set());
  }
}
