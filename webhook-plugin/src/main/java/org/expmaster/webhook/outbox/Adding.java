package org.expmaster.webhook.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.expmaster.webhook.db.Dialect;

/**
 * Writes deliveries to be made. One for a webhook that has been deleted meanwhile is not written:
 * there is nobody left to tell.
 */
abstract class Adding {
  private static final String DELIVERY =
      """
      INSERT INTO webhooks_delivery
        (webhook_id, event_id, event_type, experiment_id, content_type, body, created_at)
      SELECT id, ?, ?, ?, ?, ?, ? FROM webhooks_webhook WHERE id = ?""";

  static Adding of(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL -> new Postgresql();
      case SQLITE -> new Sqlite();
    };
  }

  abstract void add(Connection connection, List<NewDelivery> deliveries, Instant now)
      throws SQLException;

  private static void bind(PreparedStatement insert, NewDelivery delivery, Instant now)
      throws SQLException {
    insert.setString(1, delivery.eventId());
    insert.setString(2, delivery.eventType());
    insert.setLong(3, delivery.experimentId());
    insert.setString(4, delivery.contentType());
    insert.setBytes(5, delivery.body());
    insert.setLong(6, now.toEpochMilli());
    insert.setLong(7, delivery.webhookId());
  }

  private static final class Postgresql extends Adding {
    private static final String SQL =
        "WITH delivery AS ("
            + DELIVERY
            + """
               RETURNING id, webhook_id, created_at)
              INSERT INTO webhooks_outbox
                (id, webhook_id, due_at, leased_until, lease, attempts, failures)
              SELECT id, webhook_id, created_at, 0, 0, 0, 0 FROM delivery""";

    @Override
    void add(Connection connection, List<NewDelivery> deliveries, Instant now) throws SQLException {
      try (PreparedStatement insert = connection.prepareStatement(SQL)) {
        for (NewDelivery delivery : deliveries) {
          bind(insert, delivery, now);
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }

  private static final class Sqlite extends Adding {
    private static final String OUTBOX =
        """
        INSERT INTO webhooks_outbox
          (id, webhook_id, due_at, leased_until, lease, attempts, failures)
        VALUES (last_insert_rowid(), ?, ?, 0, 0, 0, 0)""";

    @Override
    void add(Connection connection, List<NewDelivery> deliveries, Instant now) throws SQLException {
      try (PreparedStatement insert = connection.prepareStatement(DELIVERY);
          PreparedStatement outbox = connection.prepareStatement(OUTBOX)) {
        for (NewDelivery delivery : deliveries) {
          bind(insert, delivery, now);
          if (insert.executeUpdate() > 0) {
            outbox.setLong(1, delivery.webhookId());
            outbox.setLong(2, now.toEpochMilli());
            outbox.executeUpdate();
          }
        }
      }
    }
  }
}
