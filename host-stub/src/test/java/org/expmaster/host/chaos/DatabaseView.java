package org.expmaster.host.chaos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A snapshot of what a database contains.
 *
 * @param states the state of each experiment, by id
 * @param ends the end of each experiment that has ended, by id
 * @param rows the deliveries
 */
record DatabaseView(Map<Long, String> states, Map<Long, Instant> ends, List<Row> rows) {
  private static final Set<String> FINAL = Set.of("COMPLETED", "ERROR", "CANCELED");

  /** A delivery; {@code state} is WAITING, DELIVERED or DEAD. */
  record Row(long webhookId, long experimentId, String eventId, String state) {}

  /** Reads the database, in one snapshot if the connection's isolation level provides it. */
  static DatabaseView of(Connection connection) throws SQLException {
    Map<Long, String> states = new HashMap<>();
    Map<Long, Instant> ends = new HashMap<>();
    List<Row> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("SELECT id, state, end_time FROM experiments")) {
        while (row.next()) {
          states.put(row.getLong(1), row.getString(2));
          ends.put(row.getLong(1), Instant.ofEpochMilli(row.getLong(3)));
        }
      }
      try (ResultSet row =
          statement.executeQuery(
              """
              SELECT found.webhook_id, experiment_id, event_id, state
              FROM (
                SELECT webhook_id, id, 'WAITING' AS state FROM webhooks_outbox
                UNION ALL
                SELECT webhook_id, id, state FROM webhooks_history) AS found
              JOIN webhooks_event AS event ON event.id = found.id
              """)) {
        while (row.next()) {
          rows.add(new Row(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4)));
        }
      }
    }
    return new DatabaseView(states, ends, rows);
  }

  /** Returns this view with the deliveries of one webhook only. */
  DatabaseView only(long webhook) {
    return new DatabaseView(
        states, ends, rows.stream().filter(row -> row.webhookId() == webhook).toList());
  }

  Set<Long> ended() {
    return states.keySet().stream().filter(id -> FINAL.contains(states.get(id))).collect(toSet());
  }

  Map<Long, List<Row>> rowsByExperiment() {
    return rows.stream().collect(groupingBy(Row::experimentId));
  }

  /** Returns whether all experiments have ended and no delivery waits. */
  boolean isSettled() {
    return ended().size() == states.size() && count("WAITING") == 0;
  }

  long count(String state) {
    return rows.stream().filter(row -> row.state().equals(state)).count();
  }
}
