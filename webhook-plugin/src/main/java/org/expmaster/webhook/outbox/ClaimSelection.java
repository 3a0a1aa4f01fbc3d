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
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the due rows for whose bodies there is memory, and reads each event once. Short bodies
 * are read together with their rows; a long one is fetched when the first of its deliveries is
 * chosen.
 */
final class ClaimSelection {
  /** The maximum size, in bytes, of a body that is read with every row that needs it. */
  private static final int SHORT = 4_096;

  /** The number of columns in {@link #columns}. */
  static final int COLUMNS = 12;

  private static final String LONG_BODY = "SELECT body FROM webhooks_event WHERE id = ?";

  private final HeldBodies held;
  private final Connection connection;
  private final Map<Long, Event> events = new HashMap<>();
  private final Map<Long, Share> shares = new HashMap<>();
  private final List<ClaimedDelivery> chosen = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private final Set<Long> cutShort = new HashSet<>();
  private long bytes;

  /** The bytes chosen for one webhook. */
  private static final class Share {
    private final long webhookId;
    private long bytes;

    Share(long webhookId) {
      this.webhookId = webhookId;
    }
  }

  /** What all deliveries of an event share. */
  private record Event(
      String id,
      String type,
      long experimentId,
      String contentType,
      Optional<String> traceparent,
      byte[] body) {}

  /** A due row for whose body there is no memory. */
  record Refused(long webhookId, long created, long id, long lease) {}

  /**
   * @param held the bodies that are already in memory
   * @param connection the connection for reading long bodies
   */
  ClaimSelection(HeldBodies held, Connection connection) {
    this.held = held;
    this.connection = connection;
  }

  /** Is called for each chosen row. */
  @FunctionalInterface
  interface Chosen {
    void see(ResultSet row) throws SQLException;
  }

  /**
   * Returns the columns that {@link #choose} reads.
   *
   * @param row the name of the outbox table, or of the rows claimed from it
   * @param lease the SQL expression for the claim's lease
   * @param byteLength the SQL function for the length of a body
   */
  static String columns(String row, String lease, String byteLength) {
    return """
    %1$s.webhook_id, %1$s.created_at, %1$s.id, %2$s, attempts, failures,
      event_id, event_type, experiment_id, content_type, traceparent,
      CASE WHEN %3$s(body) <= %4$d THEN body END"""
        .formatted(row, lease, byteLength, SHORT);
  }

  void choose(PreparedStatement due, Chosen chosen) throws SQLException {
    try (ResultSet row = due.executeQuery()) {
      while (row.next()) {
        long webhookId = row.getLong(1);
        Share share = shares.computeIfAbsent(webhookId, Share::new);
        if (held.hasRoomFor(webhookId, bytes, share.bytes)) {
          take(share, row);
          chosen.see(row);
        } else {
          cutShort.add(webhookId);
          refused.add(new Refused(webhookId, row.getLong(2), row.getLong(3), row.getLong(4)));
        }
      }
    }
  }

  private void take(Share share, ResultSet row) throws SQLException {
    long id = row.getLong(3);
    Event event = events.get(id);
    if (event == null) {
      event = read(id, row);
      events.put(id, event);
    }
    share.bytes += event.body.length;
    chosen.add(
        new ClaimedDelivery(
            id,
            row.getLong(4),
            share.webhookId,
            Instant.ofEpochMilli(row.getLong(2)),
            event.id,
            event.type,
            event.experimentId,
            row.getInt(5),
            row.getInt(6),
            event.contentType,
            event.traceparent,
            event.body));
  }

  private Event read(long id, ResultSet row) throws SQLException {
    return new Event(
        row.getString(7),
        row.getString(8),
        row.getLong(9),
        row.getString(10),
        Optional.of(row.getString(11)).filter(text -> !text.isEmpty()),
        body(id, row));
  }

  private byte[] body(long id, ResultSet row) throws SQLException {
    Optional<byte[]> known = held.find(id);
    if (known.isPresent()) {
      return known.get();
    }
    byte[] body = row.getBytes(12);
    if (body == null) {
      body = fetch(id);
    }
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

  List<Refused> refused() {
    return refused;
  }

  Claim claim() {
    return new Claim(chosen, cutShort);
  }
}
