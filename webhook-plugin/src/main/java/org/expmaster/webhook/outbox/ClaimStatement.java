package org.expmaster.webhook.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.expmaster.webhook.db.Dialect;

/**
 * Claims due deliveries, up to the room each webhook has. The order is one a webhook, so that what
 * waits for a webhook without room costs the others nothing.
 */
abstract class ClaimStatement {
  static ClaimStatement of(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL -> new Postgresql();
      case SQLITE -> new Sqlite();
    };
  }

  abstract List<ClaimedDelivery> claim(
      Connection connection, List<Room> rooms, Instant now, Duration lease) throws SQLException;

  final void read(PreparedStatement statement, List<ClaimedDelivery> into) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        into.add(
            new ClaimedDelivery(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                row.getLong(5),
                row.getInt(6),
                row.getInt(7),
                row.getString(8),
                row.getBytes(9)));
      }
    }
  }

  private static final class Postgresql extends ClaimStatement {
    // the ARRAY makes sure that the rows are chosen once, by the index, before any is changed
    private static final String SQL =
        """
        WITH claimed AS (
          UPDATE webhooks_outbox SET leased_until = ?, lease = lease + 1
          WHERE id = ANY (ARRAY(
            SELECT due.id
            FROM unnest(?::bigint[], ?::int[]) AS room (webhook_id, count)
            CROSS JOIN LATERAL (
              SELECT id FROM webhooks_outbox
              WHERE webhook_id = room.webhook_id AND due_at <= ? AND leased_until <= ?
              ORDER BY due_at, id
              LIMIT room.count
              FOR UPDATE SKIP LOCKED) AS due))
          RETURNING id, lease, webhook_id, attempts, failures)
        SELECT claimed.id, lease, claimed.webhook_id, event_id, experiment_id, attempts, failures,
          content_type, body
        FROM claimed JOIN webhooks_delivery ON webhooks_delivery.id = claimed.id""";

    @Override
    List<ClaimedDelivery> claim(
        Connection connection, List<Room> rooms, Instant now, Duration lease) throws SQLException {
      List<ClaimedDelivery> claimed = new ArrayList<>();
      try (PreparedStatement statement = connection.prepareStatement(SQL)) {
        statement.setLong(1, now.plus(lease).toEpochMilli());
        statement.setArray(
            2, connection.createArrayOf("bigint", rooms.stream().map(Room::webhookId).toArray()));
        statement.setArray(
            3, connection.createArrayOf("int", rooms.stream().map(Room::count).toArray()));
        statement.setLong(4, now.toEpochMilli());
        statement.setLong(5, now.toEpochMilli());
        read(statement, claimed);
      }
      return claimed;
    }
  }

  private static final class Sqlite extends ClaimStatement {
    private static final String DUE =
        """
        SELECT outbox.id, lease + 1, outbox.webhook_id, event_id, experiment_id, attempts, failures,
          content_type, body
        FROM webhooks_outbox AS outbox JOIN webhooks_delivery AS delivery ON delivery.id = outbox.id
        WHERE outbox.webhook_id = ? AND due_at <= ? AND leased_until <= ?
        ORDER BY due_at, outbox.id
        LIMIT ?""";
    private static final String LEASE =
        "UPDATE webhooks_outbox SET leased_until = ?, lease = ? WHERE id = ?";

    @Override
    List<ClaimedDelivery> claim(
        Connection connection, List<Room> rooms, Instant now, Duration lease) throws SQLException {
      List<ClaimedDelivery> claimed = new ArrayList<>();
      try (PreparedStatement due = connection.prepareStatement(DUE);
          PreparedStatement take = connection.prepareStatement(LEASE)) {
        for (Room room : rooms) {
          due.setLong(1, room.webhookId());
          due.setLong(2, now.toEpochMilli());
          due.setLong(3, now.toEpochMilli());
          due.setInt(4, room.count());
          read(due, claimed);
        }
        // nobody writes between: a transaction that may write is SQLite's only one
        for (ClaimedDelivery claim : claimed) {
          take.setLong(1, now.plus(lease).toEpochMilli());
          take.setLong(2, claim.lease());
          take.setLong(3, claim.id());
          take.addBatch();
        }
        take.executeBatch();
      }
      return claimed;
    }
  }
}
