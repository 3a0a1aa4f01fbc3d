package org.expmaster.webhook.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.webhook.db.Dialect;

/**
 * Writes deliveries to be made. What several of them tell is written once. One for a webhook that
 * has been deleted meanwhile is not written: there is nobody left to tell.
 */
abstract class InsertStatement {
  static InsertStatement of(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL -> new Postgresql();
      case SQLITE -> new Sqlite();
    };
  }

  final void add(Connection connection, List<NewDelivery> deliveries, Instant now)
      throws SQLException {
    if (!deliveries.isEmpty()) {
      addTellings(connection, tellings(deliveries), now);
    }
  }

  abstract void addTellings(Connection connection, Collection<Telling> tellings, Instant now)
      throws SQLException;

  /** What is told, and to whom. */
  record Telling(NewDelivery what, List<Long> webhookIds) {}

  /** What is in the same array of bytes and tells of the same event is told once. */
  private static Collection<Telling> tellings(List<NewDelivery> deliveries) {
    Map<byte[], Map<String, Telling>> found = new IdentityHashMap<>();
    List<Telling> inOrder = new ArrayList<>();
    for (NewDelivery delivery : deliveries) {
      found
          .computeIfAbsent(delivery.body(), body -> new LinkedHashMap<>())
          .computeIfAbsent(
              delivery.eventId(),
              eventId -> {
                Telling telling = new Telling(delivery, new ArrayList<>());
                inOrder.add(telling);
                return telling;
              })
          .webhookIds()
          .add(delivery.webhookId());
    }
    return inOrder;
  }

  /** Binds what is told from a parameter on. */
  private static void bind(PreparedStatement insert, int from, NewDelivery what, Instant now)
      throws SQLException {
    insert.setString(from, what.eventId());
    insert.setString(from + 1, what.eventType());
    insert.setLong(from + 2, what.experimentId());
    insert.setString(from + 3, what.contentType());
    insert.setBytes(from + 4, what.body());
    insert.setLong(from + 5, now.toEpochMilli());
  }

  private static final class Postgresql extends InsertStatement {
    private static final String SQL =
        """
        WITH told AS (
          SELECT id FROM webhooks_webhook WHERE id = ANY (?)),
        event AS (
          INSERT INTO webhooks_event
            (event_id, event_type, experiment_id, content_type, body, created_at, uses)
          SELECT ?, ?, ?, ?, ?, ?, count(*) FROM told HAVING count(*) > 0
          RETURNING id, created_at)
        INSERT INTO webhooks_outbox
          (webhook_id, created_at, id, due_at, leased_until, lease, attempts, failures)
        SELECT told.id, created_at, event.id, created_at, 0, 0, 0, 0
        FROM event CROSS JOIN told""";

    @Override
    void addTellings(Connection connection, Collection<Telling> tellings, Instant now)
        throws SQLException {
      try (PreparedStatement insert = connection.prepareStatement(SQL)) {
        for (Telling telling : tellings) {
          insert.setArray(1, connection.createArrayOf("bigint", telling.webhookIds().toArray()));
          bind(insert, 2, telling.what(), now);
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }

  private static final class Sqlite extends InsertStatement {
    private static final String EVENT =
        """
        INSERT INTO webhooks_event
          (event_id, event_type, experiment_id, content_type, body, created_at, uses)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        RETURNING id""";

    private static final String DELIVERY =
        """
        INSERT INTO webhooks_outbox
          (webhook_id, created_at, id, due_at, leased_until, lease, attempts, failures)
        SELECT id, ?, ?, ?, 0, 0, 0, 0 FROM webhooks_webhook WHERE id = ?
        ON CONFLICT DO NOTHING""";

    private static final String CORRECT = "UPDATE webhooks_event SET uses = ? WHERE id = ?";
    private static final String DROP = "DELETE FROM webhooks_event WHERE id = ? AND uses = 0";

    @Override
    void addTellings(Connection connection, Collection<Telling> tellings, Instant now)
        throws SQLException {
      try (PreparedStatement event = connection.prepareStatement(EVENT);
          PreparedStatement delivery = connection.prepareStatement(DELIVERY)) {
        for (Telling telling : tellings) {
          bind(event, 1, telling.what(), now);
          event.setInt(7, telling.webhookIds().size());
          long id = id(event);
          int added = 0;
          for (long webhookId : telling.webhookIds()) {
            delivery.setLong(1, now.toEpochMilli());
            delivery.setLong(2, id);
            delivery.setLong(3, now.toEpochMilli());
            delivery.setLong(4, webhookId);
            added += delivery.executeUpdate();
          }
          if (added < telling.webhookIds().size()) {
            correct(connection, id, added);
          }
        }
      }
    }

    private static long id(PreparedStatement event) throws SQLException {
      try (ResultSet row = event.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }

    /** Some of the webhooks are gone, or were named twice. */
    private static void correct(Connection connection, long id, int added) throws SQLException {
      try (PreparedStatement correct = connection.prepareStatement(CORRECT);
          PreparedStatement drop = connection.prepareStatement(DROP)) {
        correct.setInt(1, added);
        correct.setLong(2, id);
        correct.executeUpdate();
        drop.setLong(1, id);
        drop.executeUpdate();
      }
    }
  }
}
