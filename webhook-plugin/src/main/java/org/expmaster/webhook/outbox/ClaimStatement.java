package org.expmaster.webhook.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.expmaster.webhook.db.Dialect;

/**
 * Claims due deliveries, up to the room each webhook has and the memory there is. The order is one
 * a webhook, so that what waits for a webhook without room costs the others nothing.
 */
abstract class ClaimStatement {
  static ClaimStatement of(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL -> new Postgresql();
      case SQLITE -> new Sqlite();
    };
  }

  abstract Claim claim(
      Connection connection,
      List<Capacity> capacities,
      Instant now,
      Duration lease,
      HeldBodies held)
      throws SQLException;

  private static final class Postgresql extends ClaimStatement {
    // the ARRAY makes sure that the rows are chosen once, by the index, before any is changed;
    // they are locked, so that each is still where it was found
    private static final String SQL =
        """
        WITH claimed AS (
          UPDATE webhooks_outbox SET leased_until = ?, lease = lease + 1
          WHERE ctid = ANY (ARRAY(
            SELECT due.place
            FROM unnest(?::bigint[], ?::int[]) AS room (webhook_id, count)
            CROSS JOIN LATERAL (
              SELECT ctid AS place FROM webhooks_outbox
              WHERE webhook_id = room.webhook_id AND due_at <= ? AND leased_until <= ?
              ORDER BY due_at, id
              LIMIT room.count
              FOR UPDATE SKIP LOCKED) AS due))
          RETURNING webhook_id, created_at, id, lease, attempts, failures)
        SELECT\s"""
            + ClaimSelection.columns("claimed", "NULL", "lease", "octet_length")
            + " FROM claimed JOIN webhooks_event AS event ON event.id = claimed.id";

    private static final String GIVE_BACK =
        "UPDATE webhooks_outbox SET leased_until = 0 " + RecordStatement.THE_CLAIMED;

    @Override
    Claim claim(
        Connection connection,
        List<Capacity> capacities,
        Instant now,
        Duration lease,
        HeldBodies held)
        throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(SQL)) {
        statement.setLong(1, now.plus(lease).toEpochMilli());
        statement.setArray(
            2,
            connection.createArrayOf(
                "bigint", capacities.stream().map(Capacity::webhookId).toArray()));
        statement.setArray(
            3, connection.createArrayOf("int", capacities.stream().map(Capacity::count).toArray()));
        statement.setLong(4, now.toEpochMilli());
        statement.setLong(5, now.toEpochMilli());
        ClaimSelection selection = new ClaimSelection(held, connection);
        selection.choose(statement);
        giveBack(connection, selection.refused());
        return selection.claim();
      }
    }

    private static void giveBack(Connection connection, List<ClaimSelection.Refused> rows)
        throws SQLException {
      if (rows.isEmpty()) {
        return;
      }
      try (PreparedStatement back = connection.prepareStatement(GIVE_BACK)) {
        for (ClaimSelection.Refused row : rows) {
          back.setLong(1, row.webhookId());
          back.setLong(2, row.created());
          back.setLong(3, row.id());
          back.setLong(4, row.lease());
          back.addBatch();
        }
        back.executeBatch();
      }
    }
  }

  private static final class Sqlite extends ClaimStatement {
    private static final String DUE =
        "SELECT "
            + ClaimSelection.columns("outbox", "outbox.rowid", "lease + 1", "length")
            + """

              FROM webhooks_outbox AS outbox JOIN webhooks_event AS event ON event.id = outbox.id
              WHERE outbox.webhook_id = ? AND due_at <= ? AND leased_until <= ?
              ORDER BY due_at, outbox.id
              LIMIT ?""";
    private static final String LEASE =
        "UPDATE webhooks_outbox SET leased_until = ?, lease = lease + 1 WHERE rowid = ?";

    @Override
    Claim claim(
        Connection connection,
        List<Capacity> capacities,
        Instant now,
        Duration lease,
        HeldBodies held)
        throws SQLException {
      try (PreparedStatement due = connection.prepareStatement(DUE);
          PreparedStatement take = connection.prepareStatement(LEASE)) {
        ClaimSelection selection = new ClaimSelection(held, connection);
        for (Capacity capacity : capacities) {
          due.setLong(1, capacity.webhookId());
          due.setLong(2, now.toEpochMilli());
          due.setLong(3, now.toEpochMilli());
          due.setInt(4, capacity.count());
          selection.choose(due);
        }
        // nobody writes between: a transaction that may write is SQLite's only one
        for (long place : selection.places()) {
          take.setLong(1, now.plus(lease).toEpochMilli());
          take.setLong(2, place);
          take.addBatch();
        }
        take.executeBatch();
        return selection.claim();
      }
    }
  }
}
