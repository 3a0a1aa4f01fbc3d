package org.expmaster.webhook.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses among the rows that are due those whose bodies there is memory for, and reads each body
 * once. Short bodies come with their rows; a long one is fetched when the first of its deliveries
 * is chosen.
 */
final class ClaimSelection {
  /** How many bytes a body may have to come along with every row that needs it. */
  private static final int SHORT = 4_096;

  private static final String LONG_BODY = "SELECT body FROM webhooks_event WHERE id = ?";

  private final HeldBodies held;
  private final Connection connection;
  private final Map<Long, byte[]> read = new HashMap<>();
  private final Map<Long, Long> bytesByWebhook = new HashMap<>();
  private final List<ClaimedDelivery> chosen = new ArrayList<>();
  private final List<Long> places = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private final Set<Long> cutShort = new HashSet<>();
  private long bytes;

  /** A row that was due, and for whose body there is no memory. */
  record Refused(long webhookId, long created, long id, long lease) {}

  /**
   * @param held what is in memory already
   * @param connection where the rows are
   */
  ClaimSelection(HeldBodies held, Connection connection) {
    this.held = held;
    this.connection = connection;
  }

  /**
   * The columns that {@link #choose} reads.
   *
   * @param place what tells where the row is, for {@link #places}
   * @param lease the lease of the claim
   * @param length what tells a body's length in bytes
   */
  static String columns(String row, String place, String lease, String length) {
    return """
    %1$s.webhook_id, %1$s.created_at, %1$s.id, %3$s, attempts, failures,
      event_id, experiment_id, content_type,
      CASE WHEN %4$s(body) <= %5$d THEN body END, %2$s"""
        .formatted(row, place, lease, length, SHORT);
  }

  void choose(PreparedStatement due) throws SQLException {
    try (ResultSet row = due.executeQuery()) {
      while (row.next()) {
        long webhookId = row.getLong(1);
        if (held.hasRoomFor(webhookId, bytes, bytesByWebhook.getOrDefault(webhookId, 0L))) {
          take(webhookId, row);
        } else {
          cutShort.add(webhookId);
          refused.add(new Refused(webhookId, row.getLong(2), row.getLong(3), row.getLong(4)));
        }
      }
    }
  }

  private void take(long webhookId, ResultSet row) throws SQLException {
    long id = row.getLong(3);
    byte[] body = body(id, row);
    bytesByWebhook.merge(webhookId, (long) body.length, Long::sum);
    chosen.add(
        new ClaimedDelivery(
            id,
            row.getLong(4),
            webhookId,
            Instant.ofEpochMilli(row.getLong(2)),
            row.getString(7),
            row.getLong(8),
            row.getInt(5),
            row.getInt(6),
            row.getString(9),
            body));
    places.add(row.getLong(11));
  }

  private byte[] body(long id, ResultSet row) throws SQLException {
    byte[] known = held.find(id).orElseGet(() -> read.get(id));
    if (known != null) {
      return known;
    }
    byte[] body = row.getBytes(10);
    if (body == null) {
      body = fetch(id);
    }
    read.put(id, body);
    bytes += body.length;
    return body;
  }

  private byte[] fetch(long id) throws SQLException {
    try (PreparedStatement longBody = connection.prepareStatement(LONG_BODY)) {
      longBody.setLong(1, id);
      try (ResultSet found = longBody.executeQuery()) {
        if (!found.next()) {
          throw new IllegalStateException("delivery " + id + " has no event");
        }
        return found.getBytes(1);
      }
    }
  }

  /** Where the rows of the chosen ones are, in the same order. */
  List<Long> places() {
    return places;
  }

  List<Refused> refused() {
    return refused;
  }

  Claim claim() {
    return new Claim(chosen, cutShort);
  }
}
