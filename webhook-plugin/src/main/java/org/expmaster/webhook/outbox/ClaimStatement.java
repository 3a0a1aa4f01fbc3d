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
  static final String RETURNING =
      " RETURNING id, lease, webhook_id, event_id, experiment_id, attempts, failures,"
          + " content_type, body";

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
        UPDATE webhooks_outbox SET due_at = ?, lease = lease + 1
        WHERE id = ANY (ARRAY(
          SELECT due.id
          FROM unnest(?::bigint[], ?::int[]) AS room (webhook_id, count)
          CROSS JOIN LATERAL (
            SELECT id FROM webhooks_outbox
            WHERE webhook_id = room.webhook_id AND due_at <= ?
            ORDER BY due_at, id
            LIMIT room.count
            FOR UPDATE SKIP LOCKED) AS due))"""
            + RETURNING;

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
        read(statement, claimed);
      }
      return claimed;
    }
  }

  private static final class Sqlite extends ClaimStatement {
    private static final String SQL =
        """
        UPDATE webhooks_outbox SET due_at = ?, lease = lease + 1
        WHERE id IN (
          SELECT id FROM webhooks_outbox
          WHERE webhook_id = ? AND due_at <= ?
          ORDER BY due_at, id
          LIMIT ?)"""
            + RETURNING;

    @Override
    List<ClaimedDelivery> claim(
        Connection connection, List<Room> rooms, Instant now, Duration lease) throws SQLException {
      List<ClaimedDelivery> claimed = new ArrayList<>();
      try (PreparedStatement statement = connection.prepareStatement(SQL)) {
        for (Room room : rooms) {
          statement.setLong(1, now.plus(lease).toEpochMilli());
          statement.setLong(2, room.webhookId());
          statement.setLong(3, now.toEpochMilli());
          statement.setInt(4, room.count());
          read(statement, claimed);
        }
      }
      return claimed;
    }
  }
}
