package org.expmaster.webhook.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.expmaster.webhook.outbox.DeliveryHistory.Filter;
import org.jdbi.v3.core.Handle;

/**
 * Reads deliveries for users. Those of a webhook in one state are one range of an index, in the
 * order in which they are shown: a page reads at most one page size of rows per state.
 */
final class Listing {
  private static final String WAITING =
      """
      webhook_id, created_at, id, 'WAITING' AS state, attempts,
        CASE WHEN leased_until > due_at THEN leased_until ELSE due_at END AS next_at,
        CAST(NULL AS BIGINT) AS ended_at, CAST(NULL AS TEXT) AS reason
      FROM webhooks_outbox
      WHERE webhook_id = :webhookId
      """;

  private static final String ENDED =
      """
      webhook_id, created_at, id, state, attempts, CAST(NULL AS BIGINT) AS next_at, ended_at, reason
      FROM webhooks_history
      WHERE webhook_id = :webhookId AND state = '%s'
      """;

  private static final String PAGE =
      """
       AND created_at >= :since AND (created_at, id) < (:beforeCreated, :beforeId)
      ORDER BY created_at DESC, id DESC LIMIT :limit
      """;

  private static final String ONE =
      """
       AND created_at = (SELECT created_at FROM webhooks_event WHERE id = :id) AND id = :id
      """;

  private static final Comparator<Delivery> NEWEST_FIRST =
      Comparator.comparing(Delivery::position).reversed();

  private Listing() {}

  static List<Delivery> page(Handle handle, Filter filter) {
    Position before = filter.before().orElse(new Position(Instant.MAX, Long.MAX_VALUE));
    return handle
        .createQuery(withFacts(filter.state().map(Stream::of).orElse(states()), PAGE))
        .bind("webhookId", filter.webhookId())
        .bind("since", millis(filter.since().orElse(Instant.EPOCH)))
        .bind("beforeCreated", millis(before.created()))
        .bind("beforeId", before.id())
        .bind("limit", filter.limit())
        .map((row, context) -> delivery(row))
        .stream()
        .sorted(NEWEST_FIRST)
        .limit(filter.limit())
        .toList();
  }

  static Optional<Delivery> one(Handle handle, long webhookId, long id) {
    return handle
        .createQuery(withFacts(states(), ONE))
        .bind("webhookId", webhookId)
        .bind("id", id)
        .map((row, context) -> delivery(row))
        .findFirst();
  }

  private static Stream<DeliveryState> states() {
    return Stream.of(DeliveryState.values());
  }

  /** Returns a query for rows in these states with their events, which goes from rows to events. */
  private static String withFacts(Stream<DeliveryState> states, String which) {
    String rows =
        states
            .map(state -> "SELECT * FROM (SELECT " + of(state) + which + ") AS " + state.name())
            .collect(Collectors.joining(" UNION ALL "));
    return """
    SELECT found.id, webhook_id, event_id, event_type, experiment_id, found.created_at, state,
      attempts, next_at, ended_at, reason
    FROM (%s) AS found CROSS JOIN webhooks_event AS event
    WHERE event.id = found.id
    """
        .formatted(rows);
  }

  private static String of(DeliveryState state) {
    return state == DeliveryState.WAITING ? WAITING : ENDED.formatted(state.name());
  }

  /** Returns epoch milliseconds, as stored. Times out of their range become its nearest end. */
  static long millis(Instant instant) {
    try {
      return instant.toEpochMilli();
    } catch (ArithmeticException beyond) {
      return instant.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getLong("id"),
        row.getLong("webhook_id"),
        row.getString("event_id"),
        row.getString("event_type"),
        row.getLong("experiment_id"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        DeliveryState.valueOf(row.getString("state")),
        row.getInt("attempts"),
        instant(row, "next_at"),
        instant(row, "ended_at"),
        Optional.ofNullable(row.getString("reason")));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
