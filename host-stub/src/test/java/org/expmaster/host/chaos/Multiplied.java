package org.expmaster.host.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Inserts thousands of rows directly into the database; no master may run meanwhile. */
final class Multiplied {
  /** Greater than the ids that a test creates otherwise. */
  static final long FIRST_ID = 1_000_000;

  private Multiplied() {}

  /** Inserts copies of a webhook. */
  static void webhook(ChaosDatabase database, long webhook, int times) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.url());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String[] table :
          List.of(
              new String[] {"webhooks_webhook", "id"},
              new String[] {"webhooks_trigger", "webhook_id"})) {
        copy(statement, table[0], table[1], webhook, times);
      }
      connection.commit();
    }
  }

  /**
   * Inserts deliveries of a webhook, alternately dead and delivered, each of an event of its own,
   * one second apart. The events' ids begin at {@link #FIRST_ID}.
   */
  static void deliveries(ChaosDatabase database, long webhook, int count) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.url());
        PreparedStatement events =
            connection.prepareStatement(
                numbers(0, count)
                    + """
                    INSERT INTO webhooks_event
                      (id, event_id, event_type, experiment_id, content_type, created_at, uses, body)
                    SELECT number + %d, 'event-' || number, 'experiment_state_change', 1,
                      'application/json; charset=UTF-8', number * 1000 + %d, 1, ? FROM copy
                    """
                        .formatted(FIRST_ID, System.currentTimeMillis() - 1_000L * count));
        Statement ends = connection.createStatement()) {
      connection.setAutoCommit(false);
      events.setBytes(1, "{}".getBytes(UTF_8));
      events.executeUpdate();
      ends.executeUpdate(
          """
          INSERT INTO webhooks_history (webhook_id, state, created_at, id, attempts, ended_at, status)
          SELECT %d, CASE id %% 2 WHEN 0 THEN 'DEAD' ELSE 'DELIVERED' END,
            created_at, id, 1, created_at, CASE id %% 2 WHEN 0 THEN NULL ELSE 200 END
          FROM webhooks_event WHERE id >= %d
          """
              .formatted(webhook, FIRST_ID));
      connection.commit();
    }
  }

  /** Returns a common table expression {@code copy} with this many numbers. */
  private static String numbers(long first, int count) {
    return """
    WITH RECURSIVE copy (number) AS (
      SELECT %d UNION ALL SELECT number + 1 FROM copy WHERE number < %d)
    """
        .formatted(first, first + count - 1);
  }

  private static void copy(Statement statement, String table, String key, long webhook, int times)
      throws SQLException {
    List<String> others = columns(statement, table);
    others.remove("id");
    others.remove(key);
    String columns = others.stream().map(name -> ", " + name).collect(joining());
    boolean isWebhook = key.equals("id");
    String rest = isWebhook ? "" : ", id";
    String ids = isWebhook ? "" : ", copy.number * 10 + id";
    statement.executeUpdate(
        numbers(FIRST_ID, times)
            + "INSERT INTO %s (%s%s%s) SELECT copy.number%s%s FROM copy, %s WHERE %s = %d"
                .formatted(table, key, rest, columns, ids, columns, table, key, webhook));
  }

  private static List<String> columns(Statement statement, String table) throws SQLException {
    try (ResultSet nothing = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
      ResultSetMetaData described = nothing.getMetaData();
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= described.getColumnCount(); i++) {
        columns.add(described.getColumnName(i));
      }
      return columns;
    }
  }
}
