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

/**
 * The deliveries that have not come to their end. Any thread may use it. What takes a connection
 * works in a transaction that is its caller's to commit.
 */
public final class Outbox {
  private final Database database;
  private final Clock clock;
  private final Statements statements;
  private final RecordStatement recordStatement;

  /** The outbox in this database. */
  public Outbox(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.statements = Statements.of(database.dialect());
    this.recordStatement = new RecordStatement(statements);
  }

  /** The database it is in. */
  public Database database() {
    return database;
  }

  /** The clock by which deliveries become due and leases end. */
  public Clock clock() {
    return clock;
  }

  /** When the newest delivery was written; empty if there is none. */
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

  /**
   * Writes deliveries. One for a webhook that has been deleted meanwhile is not written: there is
   * nobody left to tell.
   */
  public void add(Connection connection, List<NewDelivery> deliveries) throws SQLException {
    if (!deliveries.isEmpty()) {
      statements.insert(connection, Fanout.of(deliveries), clock.instant());
    }
  }

  /**
   * Records how claimed deliveries ended, where their lease still holds; the rest is passed over.
   */
  public void record(Connection connection, List<Result> results) throws SQLException {
    recordStatement.record(connection, results);
  }

  /** The same for one, of which nothing is kept but that it has ended. */
  public void end(Connection connection, Result result) throws SQLException {
    recordStatement.end(connection, result);
  }

  /**
   * Claims what is due.
   *
   * @param capacities for which webhooks, and how many at most for each
   * @param lease how long the claimed ones are ours alone
   * @param held the bodies that are in memory already, and how much more there is room for
   */
  public Claim claim(
      Connection connection, List<Capacity> capacities, Duration lease, HeldBodies held)
      throws SQLException {
    return capacities.isEmpty()
        ? Claim.NOTHING
        : statements.claim(connection, capacities, clock.instant(), lease, held);
  }

  /** The webhooks for which a delivery is due. */
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
