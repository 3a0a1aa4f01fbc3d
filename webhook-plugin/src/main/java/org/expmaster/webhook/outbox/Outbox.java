package org.expmaster.webhook.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.expmaster.webhook.db.Database;

/**
 * The deliveries in the database. Any thread may use it. What fails is an exception of Jdbi or
 * JDBC.
 */
public final class Outbox {
  private static final String INSERT =
      """
      INSERT INTO webhooks_outbox
        (webhook_id, event_id, experiment_id, body, created_at, due_at, problem, lease, attempts)
      SELECT id, ?, ?, ?, ?, ?, ?, 0, 0 FROM webhooks_webhook WHERE id = ?""";

  private final Database database;
  private final Clock clock;
  private final ClaimStatement claimStatement;

  /** The outbox in this database. */
  public Outbox(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.claimStatement = ClaimStatement.of(database.dialect());
  }

  /**
   * Writes deliveries through a connection whose transaction is someone else's to commit. One for a
   * webhook that has been deleted meanwhile is not written: there is nobody left to tell.
   */
  public void add(Connection connection, List<NewDelivery> deliveries) throws SQLException {
    long now = clock.millis();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (NewDelivery delivery : deliveries) {
        insert.setString(1, delivery.eventId());
        insert.setLong(2, delivery.experimentId());
        insert.setBytes(3, delivery.body());
        insert.setLong(4, now);
        if (delivery.undeliverable().isPresent()) {
          insert.setNull(5, Types.BIGINT);
        } else {
          insert.setLong(5, now);
        }
        insert.setString(6, delivery.undeliverable().orElse(null));
        insert.setLong(7, delivery.webhookId());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * Records how claimed deliveries ended and claims new ones, in one commit.
   *
   * @param results recorded where the lease still holds, passed over otherwise
   * @param rooms for which webhooks to claim, and how many at most for each
   * @param lease how long the claimed ones are ours alone
   */
  public List<ClaimedDelivery> turn(List<Result> results, List<Room> rooms, Duration lease)
      throws SQLException {
    Instant now = clock.instant();
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              RecordStatements.record(handle.getConnection(), results);
              return rooms.isEmpty()
                  ? List.<ClaimedDelivery>of()
                  : claimStatement.claim(handle.getConnection(), rooms, now, lease);
            });
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
                          WHERE webhook_id = webhooks_webhook.id AND due_at <= :now)
                        """)
                    .bind("now", clock.millis())
                    .mapTo(Long.class)
                    .set());
  }

  /** Drops what was written for a webhook while another master was deleting it. */
  public int dropOrphans() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle.execute(
                    """
                    DELETE FROM webhooks_outbox
                    WHERE webhook_id NOT IN (SELECT id FROM webhooks_webhook)
                    """));
  }
}
